"""Tools that the embedded model knows nothing of, called because the user names one.

It cannot tell what a tool of another program is good for; so it uses one only where a message
begins with "use" and the tool's name, with arguments that the message spells out.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from agents import FunctionTool, Tool
from agents.tool import ToolOriginType, get_function_tool_origin

from chat.assistant.offline.results import Result, error_of
from chat.assistant.offline.steps import Call, Steps

LONGEST_PAIRS = 2000
"""Characters in which pairs are looked for; longer arguments are given as JSON."""

_ASKED = re.compile(
    r"\s*(?:please\s+)?(?:use|call|run|invoke)\s+(?:the\s+)?(?:tool\s+)?(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"(?:\s+tool\b)?\s*(?:\b(?:with|on|for|to|about)\b|[:,])?\s*", re.IGNORECASE)
_PAIR = re.compile(
    r"""(?P<name>[A-Za-z_][\w-]*)\s*[=:]\s*(?P<value>"[^"]*"|'[^']*'|[^,;]+?)\s*"""
    r"(?:[,;]|\band\b(?=\s+[A-Za-z_][\w-]*\s*[=:])|$)\s*",
    re.IGNORECASE,
)
_QUOTES = "`\"'“”„"


def named_tool(text: str, tools: Sequence[Tool]) -> Steps | None:
    """Return how a message is carried out that names another program's tool, or None.

    Args:
        text: the message.
        tools: all tools that the model may call.
    """
    if not (asked := _ASKED.match(text)):
        return None
    remote = [tool for tool in tools if isinstance(tool, FunctionTool) and _is_remote(tool)]
    for tool in sorted(remote, key=lambda each: -len(each.name)):
        words = re.split(r"[_-]+", tool.name)
        name = r"[\s_-]+".join(map(re.escape, words))
        if found := re.match(rf"[{_QUOTES}]*{name}[{_QUOTES}]*(?![\w-])", asked["rest"], re.I):
            said = asked["rest"][found.end() :]
            return _use(tool, said[_link(said) :].strip())
    return None


def _is_remote(tool: FunctionTool) -> bool:
    origin = get_function_tool_origin(tool)
    return origin is not None and origin.type is ToolOriginType.MCP


def _link(said: str) -> int:
    linked = _LINK.match(said)
    return linked.end() if linked else 0


def _use(tool: FunctionTool, said: str) -> Steps:
    arguments = _arguments(said, tool.params_json_schema)
    missing = [name for name in _required(tool.params_json_schema) if name not in arguments]
    if missing:
        example = ", ".join(f"{name}=…" for name in missing)
        return f"The tool **{tool.name}** needs more: say “use {tool.name} with {example}”."
    [result] = yield [Call(tool.name, arguments)]
    return f"**{tool.name}** answers:\n\n{_told(result)}"


def _told(result: Result) -> str:
    if isinstance(text := result.get("text"), str):
        return text
    if len(result) == 1 and (error := error_of(result)):
        return error
    return f"```json\n{json.dumps(dict(result), ensure_ascii=False, indent=2)}\n```"


def _arguments(said: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Read arguments: a JSON object, pairs such as ``city=Paris``, or the only one there is."""
    properties = _properties(schema)
    try:
        given = json.loads(said)
    except ValueError:
        given = None
    if isinstance(given, dict):
        return given
    pairs = list(_PAIR.finditer(said[:LONGEST_PAIRS]))
    if pairs and all(pair["name"] in properties for pair in pairs):
        return {pair["name"]: _value(pair["value"], properties[pair["name"]]) for pair in pairs}
    only = _required(schema) or list(properties)
    if said and len(only) == 1:
        return {only[0]: _value(said, properties.get(only[0]))}
    return {}


def _value(said: str, schema: Any) -> Any:
    """Return a value as its schema has it; where it does not fit, the tool says so."""
    plain = said.strip().strip(_QUOTES)
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if kind == "string":
        return plain
    try:
        return json.loads(said)
    except ValueError:
        return plain


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, Mapping) else {}


def _required(schema: Mapping[str, Any]) -> list[str]:
    found = schema.get("required")
    return [str(name) for name in found] if isinstance(found, list) else []
