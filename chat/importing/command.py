"""``python -m chat import``: moving conversations in, from a file."""

import hashlib
import inspect
import sqlite3
from pathlib import Path
from typing import Any

from chatkit.store import Store

from chat.host import Host, HostFailed
from chat.identity import CLAIM_TIME, OWNER, RequestContext, claim_of
from chat.importing.brought_store import guarded
from chat.importing.failed import Failed
from chat.importing.json_text import UnreadableFile
from chat.importing.reading import read
from chat.importing.report import Report
from chat.importing.writing import Importer, Owner
from chat.loading import load
from chat.servers import Server
from chat.settings import DEFAULT_CONTEXT, Settings
from store import MemoryStore, SQLiteStore
from store.base import StoreError

__all__ = ["IMPORTS", "Failed", "checked_owner", "link", "run"]

IMPORTS = f"usr_{hashlib.sha256(b'imports').hexdigest()[:32]}"
"""The anonymous owner whose threads become what is imported without naming one."""
NEEDS_CONTEXT = (
    "If it wants contexts of its own, name a function that makes one of an owner with --context."
)


async def run(file: Path, owner: str | None, server: Server, context: str = "") -> list[str]:
    """Import a file, and return what happened, a sentence each.

    The whole file is read once before anything is stored: one that breaks off changes nothing.

    Args:
        file: what to import.
        owner: whose threads they become; None for those of imports.
        server: where they go: into whatever store it uses.
        context: the function that makes a context of an owner, ``package.module:function``, for
            a store that wants one of its own kind; without it, that is a `RequestContext`.

    Raises:
        Failed: the file, the owner, the store or the server cannot be used.
        InvalidSettings: the settings cannot be used.
    """
    settings = server.settings
    owner = checked_owner(owner, settings)
    try:
        _check(file)
        report = await _store(file, owner, server, context)
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
    below = f" into {server.prefix}" if server.prefix else ""
    return [f"Imported {file}{below} for the owner {owner}.", *report.sentences()]


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


def link(owner: str, server: Server) -> str:
    """Return how a person gets to the threads of an anonymous owner; empty with a login."""
    settings = server.settings
    if settings.context != DEFAULT_CONTEXT:
        return ""
    if not settings.secret_key and settings.data_folder is None:
        return "There is no link that opens them: that takes CHATKIT_SECRET_KEY."
    hours = int(CLAIM_TIME.total_seconds()) // 3600
    address = Host(settings, server.prefix).base_url()
    return (
        f"Open them within {hours} hour, in the browser that is to show them (whoever has this "
        f"link can read them):\n{address}/claim/{claim_of(owner, settings)}"
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


async def _store(file: Path, owner: str, server: Server, context: str) -> Report:
    settings = server.settings
    host = Host(settings, server.prefix)
    try:
        store = await _open(host)
        given = await _context(owner, context)
        ours = isinstance(store, SQLiteStore | MemoryStore)
        if await host.brought_store():
            store = guarded(store, settings.server, "" if context else NEEDS_CONTEXT)
        importer = Importer(
            store,
            host.attachment_files if _takes_files(host) else None,
            settings,
            Owner(owner, given),
            host.base_url(given),
            ours=ours,
        )
        with file.open("rb") as source:
            await importer.add(read(source))
        return importer.report
    finally:
        await host.close()


async def _open(host: Host) -> Store[Any]:
    """Return the store of a host.

    Raises:
        Failed: what it keeps is gone when this process ends.
    """
    store = await host.store()
    settings = host.settings
    if not await host.brought_store():
        if settings.database_path is None:
            raise Failed("CHATKIT_DATABASE is in memory; nothing would be left of an import.")
    elif isinstance(store, MemoryStore):
        raise Failed(
            f"The store of {settings.server} is in memory; nothing would be left of an import."
        )
    return store


async def _context(owner: str, reference: str) -> Any:
    """Return the context that acts for an owner."""
    if not reference:
        return RequestContext(user_id=owner, locale="en", request=None)
    try:
        context = (await load(reference))(owner)
        return await context if inspect.isawaitable(context) else context
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise Failed(f"--context {reference} cannot be used: {reason.rstrip('.')}.") from error


def _takes_files(host: Host) -> bool:
    """Return whether a server takes files at the host's own address, where they are kept."""
    return host.abilities.attachments and host.settings.attachments_folder is not None
