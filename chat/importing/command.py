"""``python -m chat import``: moving conversations in, from a file."""

import hashlib
import sqlite3
from pathlib import Path

from chat.host import Host, HostFailed
from chat.identity import CLAIM_TIME, OWNER, RequestContext, claim_of
from chat.importing.json_text import UnreadableFile
from chat.importing.reading import read
from chat.importing.report import Report
from chat.importing.writing import Importer
from chat.settings import DEFAULT_CONTEXT, Settings
from store.base import StoreError

IMPORTS = f"usr_{hashlib.sha256(b'imports').hexdigest()[:32]}"
"""The anonymous owner whose threads become what is imported without naming one."""


class Failed(Exception):
    """The import did not happen; the message is one clear sentence."""


async def run(file: Path, owner: str | None, settings: Settings) -> list[str]:
    """Import a file, and return what happened, a sentence each.

    The whole file is read once before anything is stored: one that breaks off changes nothing.

    Args:
        file: what to import.
        owner: whose threads they become; None for those of imports.
        settings: which database and server.

    Raises:
        Failed: the file, the owner, the database or the server cannot be used.
        InvalidSettings: the settings cannot be used.
    """
    owner = checked_owner(owner, settings)
    if settings.database_path is None:
        raise Failed("CHATKIT_DATABASE is in memory; nothing would be left of an import.")
    try:
        _check(file)
        report = await _store(file, owner, settings)
    except UnreadableFile as error:
        raise Failed(f"{file} cannot be imported: {error}") from None
    except OSError as error:
        raise Failed(f"{error.filename or file} cannot be used: {error.strerror}.") from None
    except (HostFailed, StoreError) as error:
        raise Failed(str(error)) from None
    except sqlite3.Error as error:
        raise Failed(f"The database {settings.database} cannot be used: {error}.") from None
    if not report.understood:
        raise Failed(f"{file} cannot be imported: no conversation in it is of a form known here.")
    return [f"Imported {file} for the owner {owner}.", *report.sentences()]


def checked_owner(owner: str | None, settings: Settings) -> str:
    """Return whose threads an import makes.

    Raises:
        Failed: it must be named and is not, or nobody could ever have that name.
    """
    anonymous = settings.context == DEFAULT_CONTEXT
    if owner is None and anonymous:
        return IMPORTS
    if not owner:
        raise Failed(
            "Name whose threads these become with --owner: "
            f"a user id as {settings.context} gives them."
        )
    if anonymous and not OWNER.fullmatch(owner):
        raise Failed(
            "Without a login of your own (CHATKIT_CONTEXT), an owner is usr_ and 32 hexadecimal "
            "digits; leave --owner out to get a link that opens the threads in a browser."
        )
    return owner


def link(owner: str, settings: Settings) -> str:
    """Return how a person gets to the threads of an anonymous owner; empty with a login."""
    if settings.context != DEFAULT_CONTEXT:
        return ""
    hours = int(CLAIM_TIME.total_seconds()) // 3600
    return (
        f"Open them within {hours} hour, in the browser that is to show them (whoever has this "
        f"link can read them):\n{Host(settings).base_url()}/claim/{claim_of(owner, settings)}"
    )


def _check(file: Path) -> None:
    """Read a file to its end.

    Raises:
        Failed: it can be read only once.
        UnreadableFile: it holds no JSON, or breaks off.
        OSError: it cannot be read.
    """
    if file.exists() and not file.is_file():
        raise Failed(f"{file} is no plain file; it has to be one because it is read twice.")
    with file.open("rb") as source:
        for _ in read(source):
            pass


async def _store(file: Path, owner: str, settings: Settings) -> Report:
    context = RequestContext(user_id=owner, locale="en", request=None)
    host = Host(settings)
    try:
        store = await host.store()
        importer = Importer(store, host.attachment_files, settings, context, host.base_url(context))
        with file.open("rb") as source:
            await importer.add(read(source))
        return importer.report
    finally:
        await host.close()
