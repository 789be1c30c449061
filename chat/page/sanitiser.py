"""The only place where text becomes `Markup` without a template: ``sanitise`` and ``escape``.

Everything that Markdown produced passes through `sanitise`, one top-level block at a time.
"""

import nh3
from markupsafe import Markup

from chat.page.links import LINK_SCHEMES

_PLAIN_TAGS = "b blockquote br del em hr i li ol p pre s strong sub tbody thead tr ul u"
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "target", "class", "data-deeplink"},
    "button": {"class", "data-copy"},
    "code": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "figcaption": set(),
    "figure": {"class"},
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "h6": set(),
    "img": {"src", "alt", "title"},
    "input": {"class", "disabled", "checked"},
    "li": {"class"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"tabindex", "class"},
    "span": {"class"},
    "sup": {"class"},
    "table": set(),
    "td": {"class"},
    "th": {"class"},
    "ul": {"class"},
}

_CLEANER = nh3.Cleaner(
    tags=set(_ATTRIBUTES) | set(_PLAIN_TAGS.split()),
    attributes=_ATTRIBUTES,
    tag_attribute_values={"button": {"type": {"button"}}, "input": {"type": {"checkbox"}}},
    set_tag_attribute_values={"img": {"loading": "lazy"}},
    url_schemes=set(LINK_SCHEMES) | {"data"},
    link_rel="noopener noreferrer",
)


def sanitise(html: str) -> Markup:
    """Return HTML that holds only what our Markdown can produce; balanced, and safe anywhere."""
    return Markup(_CLEANER.clean(html))  # noqa: S704 - this is the sanitiser
