"""What factories are given: by the names and the types of what they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypedDict

import pytest
from chatkit.server import ChatKitServer
from chatkit.store import AttachmentStore, Store
from fastapi import Request

from chat.factories import accepted, takes_starlettes
from store import MemoryStore
from tests.hosting.theirs import DictStore, Uploads

if TYPE_CHECKING:
    from nowhere import Nothing  # type: ignore[import-not-found]

OURS, UPLOADS = MemoryStore(), Uploads()
OFFERED = {"store": OURS, "attachment_store": UPLOADS}


class Finds(Protocol):
    def find(self) -> None: ...


class Described(TypedDict):
    name: str


class Guide(ChatKitServer[Any]):
    def __init__(
        self, data_store: Store[Any], attachment_store: AttachmentStore[Any] | None = None
    ) -> None: ...


def unnamed(database: Store[Any], files: AttachmentStore[Any]) -> None: ...
def untyped(store, files=None) -> None: ...  # type: ignore[no-untyped-def]  # noqa: ANN001
def of_its_own(store: DictStore | None = None) -> None: ...
def needed_of_its_own(store: DictStore) -> None: ...
def anything(store: Any = None, attachment_store: object = None) -> None: ...
def either(store: DictStore | MemoryStore | None = None) -> None: ...
def finding(store: Finds | None = None) -> None: ...
def described(store: Described | None = None) -> None: ...
def unreadable(store: Nothing | None = None) -> None: ...
def more(store: DictStore | None = None, **others: Any) -> None: ...


@pytest.mark.parametrize(
    ("factory", "given"),
    [
        (Guide, {"data_store": OURS, "attachment_store": UPLOADS}),
        (unnamed, {"database": OURS, "files": UPLOADS}),
        (untyped, {"store": OURS}),
        (of_its_own, {}),
        (needed_of_its_own, {"store": OURS}),
        (anything, OFFERED),
        (either, {"store": OURS}),
        (finding, {"store": OURS}),
        (described, {"store": OURS}),
        (unreadable, {"store": OURS}),
        (more, {"attachment_store": UPLOADS}),
    ],
)
def test_a_factory_gets_what_it_means(factory: Any, given: dict[str, Any]) -> None:
    assert accepted(factory, OFFERED) == given


def test_a_function_may_name_the_request_of_fastapi() -> None:
    def named(request: Request) -> None: ...
    def optional(request: Request | None = None) -> None: ...
    def plain(request: Any) -> None: ...

    assert [takes_starlettes(each) for each in (named, optional, plain)] == [True, True, False]
