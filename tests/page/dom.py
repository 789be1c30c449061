"""HTML as a browser without scripts sees it: elements, visible text, forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
CHOICES = {"radio", "checkbox"}
UNSEEN = {"head", "script", "style", "template", "title"}


@dataclass
class Element:
    """One element and what is in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Return the elements with a tag and attributes; ``data_x`` is ``data-x``."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self
            if tag in ("", element.tag)
            and all(element.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """Return the only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def has(self, tag: str = "", **attributes: str) -> bool:
        """Return whether there is such an element."""
        return bool(self.all(tag, **attributes))

    @property
    def text(self) -> str:
        """The text that is shown: of a row of frames only the last one is."""
        css = self.attributes.get("class", "").split()
        if self.tag in UNSEEN or "hidden" in self.attributes or "visually-hidden" in css:
            return ""
        shown = self.children
        if css == ["frames"]:
            frames = [child for child in shown if isinstance(child, Element)]
            shown = [*frames[-1:]]
        parts = (child if isinstance(child, str) else f" {child.text} " for child in shown)
        return " ".join("".join(parts).split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def fields(self) -> dict[str, str]:
        """The values that a form sends when nothing is changed in it."""
        sent = {
            element["name"]: element.attributes.get("value", "")
            for element in self.all("input")
            if "name" in element.attributes
            and element.attributes.get("type") != "file"
            and (element.attributes.get("type") not in CHOICES or "checked" in element.attributes)
        }
        areas = {area["name"]: area.text for area in self.all("textarea")}
        return sent | areas


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.path[-1].tag == tag, f"</{tag}> closes <{self.path[-1].tag}>"
        self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def parse(html: str) -> Element:
    """Return a page or a piece of one; elements must be closed in the order they were opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.path[0]
