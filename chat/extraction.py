"""What Babel finds to translate in our Python sources: ``make words``.

Beside calls of ``gettext`` and its kin, that is every sentence of an error: the docstring of a
`ChatError`'s class, or the text that it is raised with.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python

from chat import errors
from chat.errors import ChatError

Found = tuple[Any, ...]


def extract(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[Found]:
    """Yield what is to be translated in one file, as Babel asks of an extraction method.

    Args:
        file: the source.
        keywords: the names of the functions whose arguments are messages.
        comment_tags: how a comment begins that is meant for translators.
        options: of the mapping in pyproject.toml.
    """
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    tree = ast.parse(file.read())
    known = {name for name, value in vars(errors).items() if _is_error(value)}
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(bases=[ast.Name(id=base), *_], name=name) if base in known:
                known.add(name)
                yield node.lineno, None, (ast.get_docstring(node) or "").splitlines()[0], []
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(said)), *_]):
                if name in known:
                    yield node.lineno, None, said, []
            case _:
                pass


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, ChatError)
