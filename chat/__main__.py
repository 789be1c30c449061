"""Commands beside the server: ``python -m chat --help``."""

import argparse
import asyncio
import sys
from pathlib import Path

from chat import logs
from chat.servers import load_servers, with_one_key
from chat.settings import InvalidSettings, load_settings

IMPORT = """\
Moves conversations into the store of the server that the settings name: this project's export
(one thread or everything), OpenAI-style messages ([{"role", "content", ...}], one conversation or
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
    importing.add_argument(
        "--server",
        metavar="PREFIX",
        help="where they go, where CHATKIT_SERVERS lists several servers: its prefix, such as news",
    )
    importing.add_argument(
        "--context",
        default="",
        metavar="MODULE:FUNCTION",
        help="makes the context of the owner, for a server whose store wants one of its own kind",
    )
    given = parser.parse_args()
    return _import(given)


def _import(given: argparse.Namespace) -> int:
    from chat.importing import command  # the model libraries take seconds; --help need not wait
    from chat.importing.choosing import choose

    try:
        settings = load_settings()
        if settings.log_level == "debug":
            logs.configure(settings)  # it says why a store or a server failed
        server = choose(load_servers(with_one_key(settings)), given.server)
        for sentence in asyncio.run(command.run(given.file, given.owner, server, given.context)):
            print(sentence)
        if said := command.link(command.checked_owner(given.owner, server.settings), server):
            print(said)
    except (command.Failed, InvalidSettings) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
