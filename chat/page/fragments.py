"""Templates rendered outside of a request: ``render_fragment("items/task.html", view=view)``.

Quart's own environment is asynchronous; items and widgets are rendered from synchronous
code, a component at a time, so they have an environment of their own over the same folder.
Undefined names are errors, and everything is escaped. Templates of a user's own folder go
before those of the package.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from chat.addresses import address
from chat.page import icons
from chat.words import install_words

FOLDER = Path(__file__).parents[2] / "templates"

_own: Path | None = None


def use_folders(templates: str, own_icons: str) -> None:
    """Take templates and icons from folders of a user's.

    Args:
        templates: where they are looked for first; empty for only the package's own.
        own_icons: where icons with ``vendor:`` names are; empty for none.
    """
    global _own
    own = Path(templates) if templates else None
    if not icons.use_folder(own_icons) and own == _own:
        return
    _own = own
    environment.cache_clear()
    _names.cache_clear()


@cache
def environment() -> Environment:
    """Return the environment; a template that changes is read again when the process restarts."""
    made = Environment(
        loader=FileSystemLoader([_own, FOLDER] if _own else FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(icon=icons.icon, address=address)
    install_words(made)
    return made


@cache
def _names() -> frozenset[str]:
    return frozenset(environment().list_templates(extensions=["html"]))


def find_template(name: str) -> Template | None:
    """Return a template by its path below ``templates/``, or None where there is none."""
    return get_template(name) if name in _names() else None


def get_template(name: str) -> Template:
    """Return a template by its path below ``templates/``.

    Raises:
        jinja2.TemplateNotFound: there is none.
    """
    return environment().get_template(name)


def render_fragment(name: str, **context: object) -> Markup:
    """Render a template.

    Args:
        name: its path below ``templates/``.
        context: what the template may read.

    Raises:
        jinja2.TemplateError: there is no such template, or it reads what is not there.
    """
    return Markup(get_template(name).render(context))  # noqa: S704 - autoescaped
