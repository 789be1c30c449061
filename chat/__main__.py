"""Commands beside the server: ``python -m chat --help``."""

import argparse
import asyncio
import sys
from pathlib import Path

from chat.settings import InvalidSettings, load_settings

IMPORT = """\
Moves conversations into the database that CHATKIT_DATABASE names: this project's export (one
thread or everything), OpenAI-style messages ([{"role", "content", ...}], one conversation or
many), or JSON Lines of either. What is there already stays as it is, so a file may be imported
again, also when it has grown. See docs/moving-in.md.
"""


def main() -> int:
    """Do what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m chat")
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")
    importing = commands.add_parser(
        "import", help="move conversations in, from a file", description=IMPORT
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument(
        "--owner", help="whose threads they become; without a login of your own it may be left out"
    )
    given = parser.parse_args()
    return _import(given.file, given.owner)


def _import(file: Path, owner: str | None) -> int:
    from chat.importing import command  # the model libraries take seconds; --help need not wait

    try:
        settings = load_settings()
        for sentence in asyncio.run(command.run(file, owner, settings)):
            print(sentence)
        if said := command.link(command.checked_owner(owner, settings), settings):
            print(said)
    except (command.Failed, InvalidSettings) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
