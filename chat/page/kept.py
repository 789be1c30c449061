"""The HTML of texts that were rendered lately, within a bound of memory."""

from collections import OrderedDict
from collections.abc import Callable

from markupsafe import Markup

from chat.words import language

SHORT = 500  # characters; a shorter text is rendered faster than it would be worth keeping


class Kept:
    """HTML by its language and the text it was made of; what was used longest ago goes first."""

    def __init__(self, limit: int) -> None:
        """Take how many characters, of texts and of HTML, may be kept together."""
        self._limit = limit
        self._size = 0
        self._html: OrderedDict[tuple[str, str], Markup] = OrderedDict()

    def get(self, text: str, render: Callable[[], Markup]) -> Markup:
        """Return the HTML of a text, rendering it where it is not kept."""
        if len(text) < SHORT:
            return render()
        key = (language(), text)
        if (html := self._html.get(key)) is not None:
            self._html.move_to_end(key)
            return html
        html = self._html[key] = render()
        self._size += len(text) + len(html)
        while self._size > self._limit:
            (_, old), gone = self._html.popitem(last=False)
            self._size -= len(old) + len(gone)
        return html
