"""Building the React example as its users do: npm ci, then Vite."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hatch_build import QUIET, run_npm
from tests.browser.embedding import serving
from tests.running import ROOT

EXAMPLE = ROOT / "examples" / "react"


def build(folder: Path, chat: str) -> Path:
    """Build the example in a folder of its own, for a host of the chat; return its files."""
    project = folder / "react"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("node_modules", "dist"))
    for command in (("ci", *QUIET), ("run", "build")):
        run_npm(project, *command, VITE_CHATKIT=chat).check_returncode()
    return project / "dist"


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def web_server(port_for: Path) -> Iterator[ThreadingHTTPServer]:
    """Serve a folder, which may be filled later, on a free port for the length of the block."""
    handler = partial(_Files, directory=str(port_for))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, serving(server):
        yield server
