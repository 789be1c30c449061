"""HTML that was rendered lately, within a bound of memory."""

from collections import OrderedDict
from collections.abc import Callable

from markupsafe import Markup

from chat.words import language


class Kept:
    """HTML by its language and what it was made of; what was used longest ago goes first."""

    def __init__(self, limit: int) -> None:
        """Take how many characters, of names and of HTML, may be kept together."""
        self._limit = limit
        self._size = 0
        self._html: OrderedDict[tuple[str, str], Markup] = OrderedDict()

    def get(self, name: str, render: Callable[[], Markup]) -> Markup:
        """Return the HTML of a name, rendering it where it is not kept.

        Args:
            name: names all that the HTML is made of, such as a text itself.
            render: makes it; it may read nothing else but the spoken language.
        """
        key = (language(), name)
        if (html := self._html.get(key)) is not None:
            self._html.move_to_end(key)
            return html
        html = self._html[key] = render()
        self._size += len(name) + len(html)
        while self._size > self._limit:
            (_, old), gone = self._html.popitem(last=False)
            self._size -= len(old) + len(gone)
        return html
