"""Addresses with other parts, as Starlette's `URL` makes them."""

from typing import Any

import pytest
from starlette.datastructures import URL

from chat.web_addresses import WebAddress


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("http://[::1]:8000/a", {"port": 9000}),
        ("http://[::1]:8000/a", {"hostname": "example.org"}),
        ("http://example.org/a", {"port": 9000}),
        ("http://example.org:8000/a", {"port": None}),
        ("http://who:secret@example.org:8000/a", {"hostname": "example.com"}),
        ("http://example.org:8000/a?b=c", {"scheme": "https", "path": "/d"}),
    ],
)
def test_parts_are_replaced_as_starlettes(address: str, parts: dict[str, Any]) -> None:
    assert WebAddress(address).replace(**parts) == str(URL(address).replace(**parts))


@pytest.mark.parametrize("query", ["", "?tag=a&tag=b", "?page=1&page=2&tag=", "?tag=%C3%A4+b"])
def test_fields_are_added_as_to_starlettes(query: str) -> None:
    address = f"http://example.org/{query}"
    added = WebAddress(address).include_query_params(page=3)
    assert added == str(URL(address).include_query_params(page=3))
