"""Importing modules and named objects off the event loop.

The model libraries take seconds to import; pages and health checks are answered meanwhile.
One thread imports, one module after the other, because two threads that import modules
which need each other may see them half made.
"""

import asyncio
import importlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

_importer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
_loaded: set[str] = set()


class ReferenceNotFound(ImportError):
    """A reference ``package.module:name`` leads nowhere; the message is one clear sentence."""


def resolve(reference: str) -> Any:
    """Return the object that ``package.module:name`` names, importing the module here and now.

    Raises:
        ReferenceNotFound: the module or the name does not exist.
        Exception: whatever the module itself raises while it is imported.
    """
    module_name, _, path = reference.partition(":")
    try:
        found: Any = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name and (module_name == error.name or module_name.startswith(f"{error.name}.")):
            raise ReferenceNotFound(f"There is no module {module_name!r}.") from None
        raise
    for name in path.split("."):
        try:
            found = getattr(found, name)
        except AttributeError:
            raise ReferenceNotFound(f"Module {module_name!r} has no {path!r}.") from None
    return found


async def load(reference: str) -> Any:
    """Do the same, but import on the importing thread; see `resolve`."""
    if reference in _loaded:
        return resolve(reference)
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_importer, resolve, reference)
    _loaded.add(reference)
    return found
