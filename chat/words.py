"""The interface's words, in the language of who reads them.

The source is English: a message is its own name, so English needs no catalogue. Every other
language is a gettext catalogue ``<language>/LC_MESSAGES/messages.po``, in ``chat/locale`` or
in the folder that ``CHATKIT_LOCALES`` names; ``chat/locale/messages.pot`` is the template that
a new one is made from. Babel reads them at first use, for the first page must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape
from quart import Quart, Response, current_app, request

from chat.settings import InvalidSettings, Settings

SOURCE = "en"
FOLDER = Path(__file__).parent / "locale"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

_CATALOGUES = "catalogues"
_UNTRANSLATED = NullTranslations()
_spoken: ContextVar[tuple[str, NullTranslations]] = ContextVar(
    "spoken", default=(SOURCE, _UNTRANSLATED)
)


class Catalogues:
    """The languages that the interface speaks.

    Attributes:
        files: the catalogue of each language but English, by its tag.
    """

    def __init__(self, *folders: Path) -> None:
        """Find the catalogues of some folders; one in a later folder counts before an earlier."""
        self.files = {
            path.parents[1].name.replace("_", "-"): path
            for folder in folders
            for path in sorted(folder.glob("*/LC_MESSAGES/messages.po"))
        }
        self._known = {tag.lower(): tag for tag in (SOURCE, *self.files)}
        self._read: dict[str, NullTranslations] = {SOURCE: _UNTRANSLATED}

    def choose(self, liked: Iterable[str]) -> str:
        """Return the language to speak.

        Args:
            liked: language tags, the one liked best first; a region that is not there is
                answered with its language.
        """
        for tag in liked:
            parts = tag.lower().split("-")
            for length in range(len(parts), 0, -1):
                if found := self._known.get("-".join(parts[:length])):
                    return found
        return SOURCE

    def words(self, language: str) -> NullTranslations:
        """Return the words of a language that `choose` returned.

        Raises:
            InvalidSettings: its catalogue cannot be read.
        """
        if language not in self._read:
            self._read[language] = _read(self.files[language])
        return self._read[language]


def install(app: Quart, settings: Settings, chosen: Callable[[], str | None]) -> None:
    """Answer every request in a chosen language, else the one ``Accept-Language`` likes best.

    Args:
        app: the application.
        settings: where more languages are.
        chosen: returns the language of the present request's options, or None.

    Raises:
        InvalidSettings: ``CHATKIT_LOCALES`` names no folder, or a catalogue cannot be read.
    """
    app.extensions[_CATALOGUES] = _catalogues(settings.locales)
    install_words(app.jinja_env)

    @app.before_request
    async def listen() -> None:
        liked = [tag for tag, quality in request.accept_languages if quality > 0]
        one = chosen()
        speak([one] if one else liked)

    @app.after_request
    async def name_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Language"] = language()
            response.vary.add("Accept-Language")
        return response


def speak(liked: Iterable[str]) -> None:
    """Answer the present request in the language that is liked best; see `Catalogues.choose`."""
    catalogues: Catalogues = current_app.extensions[_CATALOGUES]
    language = catalogues.choose(liked)
    _spoken.set((language, catalogues.words(language)))


def _catalogues(folder: str) -> Catalogues:
    if not folder:
        return Catalogues(FOLDER)
    if not Path(folder).is_dir():
        raise InvalidSettings(f"CHATKIT_LOCALES: there is no folder {folder}.")
    catalogues = Catalogues(FOLDER, Path(folder))
    for tag in catalogues.files:
        catalogues.words(tag)
    return catalogues


def install_words(environment: Environment) -> None:
    """Let templates say ``_("New chat")`` and ``{% trans %}``, and name the language.

    A catalogue's words are text, never HTML: markup goes into them as values.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _text, _text_of_number, newstyle=True
    )
    environment.globals["language"] = language
    environment.globals["direction"] = direction


def _text(message: str) -> Markup:
    return escape(gettext(message))


def _text_of_number(singular: str, plural: str, number: int) -> Markup:
    return escape(ngettext(singular, plural, number))


def marked(message: str) -> str:
    """Return a message as it is, marked to be translated by `gettext` where it is shown."""
    return message


def language() -> str:
    """Return the tag of the language that is spoken now."""
    return _spoken.get()[0]


def direction() -> str:
    """Return the way in which the spoken language is written, ``ltr`` or ``rtl``."""
    return "rtl" if language().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def gettext(message: str) -> str:
    """Return a message in the language that is spoken now."""
    return _spoken.get()[1].gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a message that a number needs, in the language that is spoken now."""
    return _spoken.get()[1].ngettext(singular, plural, number)


def _read(path: Path) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po
    from babel.support import Translations

    compiled = BytesIO()
    try:
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, abort_invalid=True))
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"CHATKIT_LOCALES: {path} cannot be read: {error}.") from None
    compiled.seek(0)
    return Translations(compiled)
