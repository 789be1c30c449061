"""What the functions that the settings name are given: by their parameters' names and types."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict


def accepted(factory: Callable[..., Any], offered: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keywords to call a factory with.

    A parameter gets what is offered under its name. One that has a default keeps it where its
    type says that something else is meant, such as a store of the server's own; one that has
    none, and a name of its own, gets what is offered of its type.

    Args:
        factory: a function or a class.
        offered: values by the names they are offered under.
    """
    parameters = inspect.signature(factory).parameters
    types = _types(factory)
    given: dict[str, Any] = {}
    for name, parameter in parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            given |= {other: offered[other] for other in offered if other not in parameters}
        elif parameter.kind is parameter.VAR_POSITIONAL:
            continue
        elif name in offered:
            needed = parameter.default is parameter.empty
            if needed or not types.get(name) or isinstance(offered[name], types[name]):
                given[name] = offered[name]
        elif parameter.default is parameter.empty and types.get(name):
            fitting = [each for each in offered.values() if isinstance(each, types[name])]
            if fitting:
                given[name] = fitting[0]
    return given


def takes_starlettes(function: Callable[..., Any]) -> bool:
    """Return whether a function names Starlette's request, which is FastAPI's, as what it takes."""
    types = [found for name, found in _types(function).items() if name != "return"]
    return any(each.__module__ == "starlette.requests" for found in types for each in found)


def _types(factory: Callable[..., Any]) -> dict[str, tuple[type, ...]]:
    """Return the classes that each parameter's type names; none where that cannot be told."""
    function = factory.__init__ if isinstance(factory, type) else factory  # type: ignore[misc]
    try:
        hints = get_type_hints(function)
    except Exception:  # a type that is only imported for type checkers, for example
        return {}
    return {name: _classes(hint) for name, hint in hints.items()}


def _classes(hint: Any) -> tuple[type, ...]:
    if get_origin(hint) in {Union, UnionType}:
        each = [_classes(part) for part in get_args(hint) if part is not type(None)]
        return tuple(found for part in each for found in part) if all(each) else ()
    found = get_origin(hint) or hint
    plain = isinstance(found, type) and found not in {Any, object} and not is_typeddict(found)
    return (found,) if plain and not getattr(found, "_is_protocol", False) else ()
