import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    CustomTask,
    HiddenContextItem,
    InferenceOptions,
    TaskItem,
    ThreadItem,
    UserMessageItem,
    UserMessageTagContent,
    UserMessageTextContent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot

from store.base import FoundThread, Piece, SearchesThreads
from tests.store.making import (
    NOW,
    AnyStore,
    Person,
    a_file,
    a_message,
    a_question,
    a_thread,
    a_turn,
    add,
    an_answer,
)


async def search(store: AnyStore, context: Person, query: str) -> list[FoundThread]:
    return (await store.search_threads(query, 100, None, context)).data


async def found(store: AnyStore, context: Person, query: str) -> list[str]:
    return [one.thread.id for one in await search(store, context, query)]


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.matched else piece.text for piece in pieces)


def a_widget(item_id: str, *children: dict[str, object]) -> WidgetItem:
    root = DynamicWidgetRoot.model_validate({"type": "Card", "children": list(children)})
    return WidgetItem(id=item_id, thread_id="thr_1", created_at=NOW, widget=root)


def test_every_store_searches(store: AnyStore) -> None:
    assert isinstance(store, SearchesThreads)


async def test_a_thread_is_found_by_its_title(store: AnyStore, alice: Person) -> None:
    await store.save_thread(a_thread("thr_1", "Weekly groceries"), alice)
    await store.save_thread(a_thread("thr_2", "Holidays"), alice)
    [one] = await search(store, alice, "groceries")
    assert one.thread == a_thread("thr_1", "Weekly groceries")
    assert shown(one.title) == "Weekly [groceries]"
    assert one.passage == ()


async def test_a_thread_is_found_by_what_is_written_in_it(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1", "Milk and *two* eggs"))
    [one] = await search(store, alice, "two")
    assert one.thread.id == thread
    assert one.title == ()
    assert shown(one.passage) == "Milk and [two] eggs"


async def test_all_words_must_be_in_a_thread_but_not_together(
    store: AnyStore, alice: Person
) -> None:
    await store.save_thread(a_thread("thr_1", "Groceries"), alice)
    await store.save_thread(a_thread("thr_2", "Groceries"), alice)
    await add(store, alice, an_answer("msg_1", "Milk"), an_answer("msg_2", "Eggs"))
    assert await found(store, alice, "eggs milk groceries") == ["thr_1"]
    assert await found(store, alice, "eggs milk bread") == []


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("MILK", True),
        ("mil", True),
        ("mil eggs", False),
        ("eggs mil", True),
        ("ilk", False),
        ("cafe", True),
        ("CAFÉ", True),
        ("cafe\u0301", True),
        ("strasse", True),
        ("don't", True),
        ("don", True),
        ("don x", False),
        ("19:30", True),
        ("30:19", False),
        ("19:3", True),
        ("牛乳", True),
        ("乳", True),
        ("乳牛", False),
        ("を買う", True),
        ("наиболее", True),
        ("ελλας", True),
        ("123", True),
    ],
)
async def test_words_are_found_however_they_are_written(
    store: AnyStore, alice: Person, thread: str, query: str, is_there: bool
) -> None:
    text = (
        "Don't forget: milk, Eggs, Café, Straße at 19:30; 明日は牛乳を買う; Наиболее; ΕΛΛΆΣ; № 123"
    )
    await add(store, alice, an_answer("msg_1", text))
    assert await found(store, alice, query) == ([thread] if is_there else [])


@pytest.mark.parametrize(
    "query",
    [
        '"milk',
        "milk*",
        "milk)",
        "(milk",
        "words:milk",
        "-milk",
        "^milk",
        "milk'",
        "milk;",
        "milk\\",
        "{milk}",
        "+milk",
        "milk\x00",
        "\ud800 milk",
    ],
)
async def test_signs_have_no_meaning(
    store: AnyStore, alice: Person, thread: str, query: str
) -> None:
    await add(store, alice, an_answer("msg_1", "words milk"))
    assert await found(store, alice, query) == [thread]


@pytest.mark.parametrize(
    "query", ["milk OR bread", "milk NOT eggs", "NEAR(milk eggs)", "% _ milk%"]
)
async def test_operators_are_words(store: AnyStore, alice: Person, thread: str, query: str) -> None:
    await add(store, alice, an_answer("msg_1", "milk"))
    assert await found(store, alice, query) == ([thread] if "%" in query else [])


@pytest.mark.parametrize("query", ["", "  ", "?!", "* \" '", "\u0301", "🥛"])
async def test_nothing_is_found_without_a_word(
    store: AnyStore, alice: Person, thread: str, query: str
) -> None:
    await add(store, alice, an_answer("msg_1", "? ! * 🥛"))
    assert await found(store, alice, query) == []


@pytest.mark.parametrize(
    ("item", "query"),
    [
        (
            UserMessageItem(
                id="msg_1",
                thread_id="thr_1",
                created_at=NOW,
                content=[
                    UserMessageTextContent(text="Ask"),
                    UserMessageTagContent(id="t", text="Marie Curie", data={"secret": "radium"}),
                ],
                quoted_text="polonium",
                attachments=[a_file("atc_1")],
                inference_options=InferenceOptions(),
            ),
            "ask curie polonium notes.txt",
        ),
        (an_answer("msg_1", "See [the **manual**](https://example.org/hidden)."), "the manual"),
        (
            a_widget(
                "msg_1",
                {"type": "Row", "children": [{"type": "Text", "value": "Buy milk"}]},
                {"type": "Button", "label": "Done"},
                {"type": "Select", "options": [{"label": "Tomorrow", "value": "x"}]},
            ),
            "milk done tomorrow",
        ),
        (a_question("msg_1", "The blue one"), "which blue"),
    ],
    ids=["user_message", "assistant_message", "widget", "structured_input"],
)
async def test_all_that_can_be_read_is_found(
    store: AnyStore, alice: Person, thread: str, item: ThreadItem, query: str
) -> None:
    await add(store, alice, item)
    assert await found(store, alice, query) == [thread]


@pytest.mark.parametrize(
    "item",
    [
        HiddenContextItem(id="msg_1", thread_id="thr_1", created_at=NOW, content="secret"),
        UserMessageItem(
            id="msg_1",
            thread_id="thr_1",
            created_at=NOW,
            content=[UserMessageTagContent(id="secret", text="Tag", data={"secret": "secret"})],
            inference_options=InferenceOptions(),
        ),
        an_answer("msg_1", "See [this](https://example.org/secret)"),
        a_widget(
            "msg_1",
            {
                "type": "Button",
                "label": "Go",
                "name": "secret",
                "onClickAction": {"type": "secret", "payload": {"title": "secret"}},
            },
            {"type": "Select", "options": [{"label": "Tomorrow", "value": "secret"}]},
        ),
    ],
    ids=["hidden", "tag", "link", "widget"],
)
async def test_what_is_not_shown_is_not_found(
    store: AnyStore, alice: Person, thread: str, item: ThreadItem
) -> None:
    await add(store, alice, item)
    assert await found(store, alice, "secret") == []


async def test_an_unfinished_item_is_found_when_it_is_finished(
    store: AnyStore, alice: Person, thread: str
) -> None:
    answer = an_answer("msg_1", "milk")
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, [answer], alice)
    assert await found(store, alice, "milk") == []
    await store.add_thread_item(thread, answer, alice)
    assert await found(store, alice, "milk") == [thread]


async def test_an_item_that_a_crash_left_unfinished_is_found(
    store: AnyStore, alice: Person, thread: str
) -> None:
    task = TaskItem(id="tsk_1", thread_id=thread, created_at=NOW, task=CustomTask(title="x"))
    await store.keep_unfinished(thread, [an_answer("msg_1", "milk"), task], alice)
    await store.interrupt_turns()
    assert await found(store, alice, "milk") == [thread]


async def test_a_changed_item_is_found_by_its_new_text_alone(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1", "milk"))
    await store.save_item(thread, an_answer("msg_1", "bread"), alice)
    assert await found(store, alice, "milk") == []
    assert await found(store, alice, "bread") == [thread]
    await store.save_item(thread, an_answer("msg_1", ""), alice)
    assert await found(store, alice, "bread") == []


async def test_a_renamed_thread_is_found_by_its_new_title_alone(
    store: AnyStore, alice: Person
) -> None:
    for title in ("Milk", "Bread"):
        await store.save_thread(a_thread("thr_1", title), alice)
    assert await found(store, alice, "milk") == []
    assert await found(store, alice, "bread") == ["thr_1"]
    await store.save_thread(a_thread("thr_1"), alice)
    assert await found(store, alice, "bread") == []


async def test_what_is_deleted_is_not_found(store: AnyStore, alice: Person) -> None:
    await store.save_thread(a_thread("thr_1", "Milk"), alice)
    await add(store, alice, an_answer("msg_1", "bread"), an_answer("msg_2", "eggs"))
    await store.delete_thread_item("thr_1", "msg_1", alice)
    assert await found(store, alice, "bread") == []
    assert await found(store, alice, "eggs") == ["thr_1"]
    await store.delete_thread("thr_1", alice)
    assert await found(store, alice, "milk") == []
    assert await found(store, alice, "eggs") == []
    await store.save_thread(a_thread("thr_1", "Tea"), alice)
    assert await found(store, alice, "eggs") == []


async def test_nobody_finds_what_is_anothers(
    store: AnyStore, alice: Person, charlie: Person, thread: str
) -> None:
    await store.save_thread(a_thread("thr_2", "Groceries"), alice)
    await add(store, alice, an_answer("msg_1", "milk"))
    await store.save_thread(a_thread("thr_3", "Milk and groceries"), charlie)
    assert await found(store, charlie, "milk") == ["thr_3"]
    assert await found(store, charlie, "groceries") == ["thr_3"]
    assert await found(store, alice, "milk") == [thread]
    with pytest.raises(NotFoundError):
        await store.search_threads("milk", 1, "thr_3", alice)


async def test_pages_have_the_newest_first(store: AnyStore, alice: Person) -> None:
    names = [f"thr_{number}" for number in range(1, 6)]
    for name in names:
        await store.save_thread(a_thread(name, f"Milk {name}"), alice)
    await store.save_thread(a_thread("thr_6", "Bread"), alice)
    pages, after = [], None
    while True:
        page = await store.search_threads("milk", 2, after, alice)
        pages.append([one.thread.id for one in page.data])
        if not page.has_more:
            break
        after = page.after
        assert after
        await store.delete_thread(after, alice)  # its place is known all the same
    assert pages == [["thr_5", "thr_4"], ["thr_3", "thr_2"], ["thr_1"]]
    assert page.after is None


async def test_a_page_after_a_thread_that_never_was_is_refused(
    store: AnyStore, alice: Person
) -> None:
    with pytest.raises(NotFoundError):
        await store.search_threads("milk", 1, "thr_unknown", alice)
    with pytest.raises(ValueError, match="at least 1"):
        await store.search_threads("milk", 0, None, alice)


async def test_the_passage_is_of_the_item_with_most_words_else_of_the_newest(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(
        store,
        alice,
        an_answer("msg_1", "first milk"),
        an_answer("msg_2", "milk and bread"),
        an_answer("msg_3", "unrelated"),
        a_message("msg_4"),
    )
    [one] = await search(store, alice, "milk bread")
    assert shown(one.passage) == "[milk] and [bread]"
    await add(store, alice, an_answer("msg_5", "more milk"), an_answer("msg_6", "more bread"))
    [one] = await search(store, alice, "milk bread")
    assert shown(one.passage) == "more [bread]"


async def test_a_passage_of_a_long_text_is_short_and_around_what_was_found(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1", f"{'before ' * 900} Crème brûlée {'after ' * 900}"))
    [one] = await search(store, alice, "creme")
    text = shown(one.passage)
    assert text.startswith("… before before")
    assert "before [Crème] brûlée after" in text
    assert text.endswith("after …")
    assert len(text) < 220
