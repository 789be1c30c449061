import pytest
from chatkit.store import NotFoundError
from chatkit.types import LockedStatus, Page, Thread, ThreadMetadata

from tests.store.making import AnyStore, Person, a_thread, add, an_answer, ids


async def test_a_thread_is_loaded_as_it_was_saved(store: AnyStore, alice: Person) -> None:
    thread = a_thread("thr_1", "Groceries", nested={"none": None, "list": [1, 2.5, "ä"]})
    thread.status = LockedStatus(reason="Closed for today")
    thread.allowed_image_domains = ["example.com"]
    await store.save_thread(thread, alice)
    assert await store.load_thread("thr_1", alice) == thread


async def test_saving_a_thread_again_replaces_it_in_its_place(
    store: AnyStore, alice: Person
) -> None:
    for name in ("thr_1", "thr_2"):
        await store.save_thread(a_thread(name), alice)
    await store.save_thread(a_thread("thr_1", "New title"), alice)
    page = await store.load_threads(10, None, "asc", alice)
    assert [(thread.id, thread.title) for thread in page.data] == [
        ("thr_1", "New title"),
        ("thr_2", None),
    ]


async def test_the_items_of_a_whole_thread_are_not_kept_with_it(
    store: AnyStore, alice: Person
) -> None:
    whole = Thread(**a_thread("thr_1").model_dump(), items=Page(data=[an_answer("msg_1")]))
    await store.save_thread(whole, alice)
    loaded = await store.load_thread("thr_1", alice)
    assert type(loaded) is ThreadMetadata
    assert await ids(store, alice) == []


async def test_changing_an_object_changes_nothing_in_the_store(
    store: AnyStore, alice: Person
) -> None:
    thread = a_thread("thr_1", "Before", tags=["kept"])
    await store.save_thread(thread, alice)
    thread.title = "After"
    thread.metadata["tags"].append("later")
    (await store.load_thread("thr_1", alice)).metadata["tags"].append("later")
    (await store.load_threads(1, None, "asc", alice)).data[0].title = "After"
    assert await store.load_thread("thr_1", alice) == a_thread("thr_1", "Before", tags=["kept"])


async def test_threads_are_in_the_order_of_first_insertion(store: AnyStore, alice: Person) -> None:
    for name in ("thr_b", "thr_c", "thr_a"):
        await store.save_thread(a_thread(name), alice)
    oldest = await store.load_threads(10, None, "asc", alice)
    newest = await store.load_threads(10, None, "desc", alice)
    assert [thread.id for thread in oldest.data] == ["thr_b", "thr_c", "thr_a"]
    assert [thread.id for thread in newest.data] == ["thr_a", "thr_c", "thr_b"]


async def test_a_page_of_threads_ends_with_the_cursor_of_the_next(
    store: AnyStore, alice: Person
) -> None:
    for number in range(3):
        await store.save_thread(a_thread(f"thr_{number}"), alice)
    first = await store.load_threads(2, None, "asc", alice)
    assert (first.has_more, first.after) == (True, "thr_1")
    last = await store.load_threads(2, first.after, "asc", alice)
    assert [thread.id for thread in last.data] == ["thr_2"]
    assert (last.has_more, last.after) == (False, None)


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_a_page_of_threads_goes_on_where_a_deleted_one_was(
    store: AnyStore, alice: Person, order: str
) -> None:
    for number in range(4):
        await store.save_thread(a_thread(f"thr_{number}"), alice)
    first = await store.load_threads(2, None, order, alice)
    rest = await store.load_threads(2, first.after, order, alice)
    await store.delete_thread(str(first.after), alice)
    assert await store.load_threads(2, first.after, order, alice) == rest


async def test_a_thread_saved_after_its_deletion_is_a_new_one_at_the_end(
    store: AnyStore, alice: Person
) -> None:
    for name in ("thr_1", "thr_2"):
        await store.save_thread(a_thread(name), alice)
    await add(store, alice, an_answer("msg_1"))
    await store.delete_thread("thr_1", alice)
    await store.save_thread(a_thread("thr_1"), alice)
    page = await store.load_threads(10, None, "asc", alice)
    assert [thread.id for thread in page.data] == ["thr_2", "thr_1"]
    assert await ids(store, alice) == []


async def test_a_thread_cursor_that_names_nothing_is_not_found(
    store: AnyStore, alice: Person
) -> None:
    await store.save_thread(a_thread("thr_1"), alice)
    with pytest.raises(NotFoundError, match="Thread thr_none not found"):
        await store.load_threads(2, "thr_none", "asc", alice)


async def test_a_deleted_thread_is_gone_with_everything_in_it(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1"))
    await store.delete_thread(thread, alice)
    with pytest.raises(NotFoundError, match=f"Thread {thread} not found"):
        await store.load_thread(thread, alice)
    with pytest.raises(NotFoundError):
        await store.load_item(thread, "msg_1", alice)
    assert (await store.load_threads(10, None, "asc", alice)).data == []


async def test_deleting_an_unknown_thread_is_not_found(store: AnyStore, alice: Person) -> None:
    with pytest.raises(NotFoundError):
        await store.delete_thread("thr_none", alice)


@pytest.mark.parametrize(("limit", "order"), [(0, "asc"), (-1, "desc"), (5, "sideways")])
async def test_a_page_that_cannot_be_is_refused(
    store: AnyStore, alice: Person, thread: str, limit: int, order: str
) -> None:
    with pytest.raises(ValueError, match=r"[Pp]age"):
        await store.load_threads(limit, None, order, alice)
    with pytest.raises(ValueError, match=r"[Pp]age"):
        await store.load_thread_items(thread, None, limit, order, alice)


async def test_a_page_may_be_larger_than_any_number_a_database_takes(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1"))
    assert len((await store.load_threads(10**30, None, "asc", alice)).data) == 1
    assert len((await store.load_thread_items(thread, None, 10**30, "desc", alice)).data) == 1
