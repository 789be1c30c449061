"""The key that signs cookies: set, or made once and kept beside the database."""

import os
import secrets
from pathlib import Path

from chat.settings import InvalidSettings, Settings

FILE_NAME = "secret.key"
LEAST_LENGTH = 32


def load_secret_key(settings: Settings) -> str:
    """Return the signing key; the first start makes it and later ones read it again.

    With the database in memory there is nothing to keep it beside, so the key lasts as long
    as the process, like the data.

    Raises:
        InvalidSettings: the key's file can neither be read nor made, or holds no key.
    """
    if settings.secret_key:
        return settings.secret_key
    if settings.data_folder is None:
        return secrets.token_hex(32)
    path = settings.data_folder / FILE_NAME
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise InvalidSettings(
            f"The key file {path} cannot be used ({reason}); CHATKIT_SECRET_KEY can replace it."
        ) from None
    if len(key) < LEAST_LENGTH:
        raise InvalidSettings(f"The key file {path} holds no key; delete it to have one made.")
    return key


def _make(path: Path) -> None:
    """Write a new key that only this user can read; whoever is first wins.

    The file appears under its name only when it is complete, so a process that starts at
    the same time reads a whole key or makes its own attempt.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
