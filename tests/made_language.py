"""A made language: a catalogue in which every message of the interface stands in « and »."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

TEMPLATE = Path(__file__).parents[1] / "chat" / "locale" / "messages.pot"


def make_language(folder: Path, language: str) -> Path:
    """Write the catalogue of a language into a folder of languages, and return the folder."""
    with TEMPLATE.open("rb") as file:
        known = read_po(file)
    made = Catalog(locale=language)
    for message in known:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            wrapped: str | tuple[str, ...] = tuple(f"«{form}»" for form in message.id)
        else:
            wrapped = f"«{message.id}»"
        made.add(message.id, wrapped, flags=message.flags)
    path = folder / language / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)
    return folder
