"""Finds the Chromium that the browser tests drive, and installs one where there is none.

``python -m tests.chromium`` does the latter, in the first of these ways that works: the
system's package on Debian, Playwright's own download with the libraries it needs, the
download alone.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
MISSING = (
    "No Chromium was found and none could be installed: install Chromium or Google Chrome, "
    "or set CHROMIUM to the path of one."
)


def find_chromium() -> Path | None:
    """Return the Chromium to test with, or None where none that starts is there.

    ``CHROMIUM`` in the environment is the only candidate where it is set; otherwise the
    commands of the system come first, then what Playwright has downloaded.
    """
    return next((path for path in candidates() if version(path)), None)


def candidates() -> Iterator[Path]:
    """Yield the browsers that seem to be there, the preferred one first."""
    if chosen := os.environ.get("CHROMIUM"):
        yield Path(chosen)
        return
    yield from (Path(path) for command in COMMANDS if (path := shutil.which(command)))
    asked = [sys.executable, "-c", PLAYWRIGHTS_OWN]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if path := answer.stdout.strip():
        yield Path(path)


def version(path: Path) -> str:
    """Return what the browser says it is, or nothing where it cannot be started.

    Being there is not enough: Ubuntu's package is a command that only tells how to get a
    browser, and a downloaded one may lack libraries.
    """
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def install_chromium() -> Path | None:
    """Install a Chromium and return it, or None where no way of getting one works."""
    for commands in ways_to_install():
        for command in commands:
            print("+", *command, flush=True)
            if subprocess.run(command, check=False).returncode:
                break
        if path := find_chromium():
            return path
    return None


def ways_to_install() -> Iterator[list[list[str]]]:
    """Yield the ways that may work here, each as commands to run one after another."""
    sudo = as_root()
    if sudo is not None and shutil.which("apt-get") and on_debian():
        apt_get = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
        yield [[*apt_get, "update"], [*apt_get, "install", "chromium"]]
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    if sudo is not None:
        yield [[*download, "--with-deps"]]
    yield [download]


def as_root() -> list[str] | None:
    """Return what runs a command as root without a question, or None where nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def on_debian() -> bool:
    """Return whether the system's package named chromium is a browser, as it is on Debian."""
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        return False
    family = {system["ID"], *system.get("ID_LIKE", "").split()}
    return "debian" in family and "ubuntu" not in family


def main() -> int:
    """Make sure that there is a Chromium; say which, or what is missing.

    Returns:
        0, or 1 where there is none.
    """
    if chosen := os.environ.get("CHROMIUM"):
        path = find_chromium()
        missing = f"CHROMIUM is {chosen}, which is no browser that can be started."
    else:
        path = find_chromium() or install_chromium()
        missing = MISSING
    print(f"Testing with {version(path)} at {path}" if path else missing, flush=True)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
