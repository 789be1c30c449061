"""An address as servers read it: text that also has the parts that Starlette's ``URL`` has."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit


class WebAddress(str):
    """A whole address. It is plain text to all who know no better."""

    __slots__ = ()

    @property
    def components(self) -> SplitResult:
        """All parts of it."""
        return urlsplit(self)

    @property
    def scheme(self) -> str:
        """What comes before ``://``."""
        return self.components.scheme

    @property
    def netloc(self) -> str:
        """The host, with the port where one is named."""
        return self.components.netloc

    @property
    def hostname(self) -> str | None:
        """The host alone."""
        return self.components.hostname

    @property
    def port(self) -> int | None:
        """The port, or None where none is named."""
        return self.components.port

    @property
    def path(self) -> str:
        """The path."""
        return self.components.path

    @property
    def query(self) -> str:
        """What comes after the question mark."""
        return self.components.query

    @property
    def fragment(self) -> str:
        """What comes after the number sign."""
        return self.components.fragment

    @property
    def is_secure(self) -> bool:
        """Whether it is reached by an encrypted connection."""
        return self.scheme in {"https", "wss"}

    def replace(self, *texts: Any, **parts: Any) -> WebAddress:
        """Return it with other parts, ``replace(scheme="https")``, or another text in it.

        Args:
            texts: the old and the new text, and how often, as with any text.
            parts: new ones by their names, a `hostname` or `port` among them.
        """
        if texts:
            return WebAddress(super().replace(*texts))
        if {"hostname", "port"} & parts.keys():
            user, at, place = self.netloc.rpartition("@")
            host = parts.pop("hostname", place.removesuffix(f":{self.port}"))
            port = parts.pop("port", self.port)
            parts["netloc"] = f"{user}{at}{host}" + ("" if port is None else f":{port}")
        return WebAddress(self.components._replace(**parts).geturl())

    def include_query_params(self, **fields: Any) -> WebAddress:
        """Return it with fields added to its query, in place of those of the same names."""
        there = parse_qsl(self.query, keep_blank_values=True)
        kept = [(name, value) for name, value in there if name not in fields]
        return self.replace(query=urlencode([*kept, *fields.items()]))
