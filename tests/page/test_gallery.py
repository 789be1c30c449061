"""``/gallery``: everything that a thread can show, and the widgets of a folder."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
from chatkit import widgets
from chatkit.icons import IconName
from chatkit.types import ThreadItem, WidgetItem
from chatkit.widgets import BoxBase, StrictWidgetComponent, StrictWidgetRoot

from chat.gallery.examples import THREAD_ID, own_groups
from chat.gallery.folder import entry_id
from chat.page.widgets.render import VIEWS
from chat.page.widgets.tree import Node, plain, walk
from chat.settings import Settings
from tests.page.browsing import HTMX, Browser
from tests.page.dom import Element, parse
from tests.running import running

COLLECTED = Path(__file__).parents[3] / "shared" / "widgets"
HIDDEN = {"hidden_context_item", "sdk_hidden_context"}
AS_BOX = {"Row", "Col", "Form"}  # they are laid out as a Box is
# What chatkit.js has and the SDK's classes have not.
JS_ONLY = {
    "Table": {"children"},
    "Table.Row": {"children", "header"},
    "Table.Cell": {
        "children", "width", "padding", "colSpan", "rowSpan", "align", "vAlign", "colSize",
    },
    "Card": {"border"},
    "Basic": {"gap", "padding", "align", "justify", "theme", "direction"},
}  # fmt: skip


def nodes() -> Iterator[Node]:
    """Yield every component of the package's own examples."""
    for group in own_groups():
        for entry in group.entries:
            for example in entry.examples:
                if isinstance(example.item, WidgetItem):
                    yield from (node for _, node in walk(plain(example.item.widget)))


def classes() -> list[Any]:
    unions = (StrictWidgetComponent, StrictWidgetRoot)
    return [cls for union in unions for cls in get_args(get_args(union)[0])]


def words(annotation: Any) -> Iterator[str]:
    """Yield the words that a property may be set to."""
    if get_origin(annotation) is Literal:
        yield from (word for word in get_args(annotation) if isinstance(word, str))
        return
    for inner in get_args(annotation):
        yield from words(inner)


@pytest.fixture
async def page(alices: Browser) -> Element:
    return await alices.read("/gallery")


async def test_it_shows_every_item_type_that_is_ever_shown(page: Element) -> None:
    known = {cls.model_fields["type"].default for cls in get_args(get_args(ThreadItem)[0])}
    shown = {article["data-item-type"] for article in page.all("article")}
    assert shown == known - HIDDEN


async def test_it_shows_every_component(page: Element) -> None:
    assert {element["data-widget"] for element in page if "data-widget" in element.attributes} == (
        set(VIEWS)
    )


def test_every_property_of_every_component_has_an_example() -> None:
    shown: dict[str, set[str]] = {}
    for node in nodes():
        shown.setdefault(node["type"], set()).update(node)
    for cls in classes():
        name = cls.model_fields["type"].default
        missing = set(cls.model_fields) - {"key", "id", "type"} - shown[name]
        if name in AS_BOX:
            missing -= set(BoxBase.model_fields)
        assert not missing, (name, missing)
    for name, properties in JS_ONLY.items():
        assert not properties - shown[name], name


def test_every_word_that_a_property_may_be_set_to_has_an_example() -> None:
    shown: dict[tuple[str, str], set[str]] = {}
    for node in nodes():
        for name, value in node.items():
            if isinstance(value, str):
                shown.setdefault((node["type"], name), set()).add(value)
    for cls in classes():
        component = cls.model_fields["type"].default
        for name, field in cls.model_fields.items():
            if name in {"type", "iconStart", "iconEnd"} or (component, name) == ("Image", "radius"):
                continue
            if component in AS_BOX and name in BoxBase.model_fields:
                continue
            missing = set(words(field.annotation)) - shown.get((component, name), set())
            assert not missing, (component, name, missing)


def test_every_icon_of_the_sdk_has_an_example() -> None:
    shown = {node["name"] for node in nodes() if node["type"] == "Icon"}
    assert set(words(IconName)) <= shown


def test_every_curve_has_an_example() -> None:
    series = [each for node in nodes() for each in node.get("series", ())]
    assert {each.get("curveType") for each in series} >= set(get_args(widgets.CurveType))


async def test_it_has_a_list_of_contents_that_leads_everywhere(page: Element) -> None:
    links = page.one("nav", aria_label="Contents").all("a")
    targets = {element["id"] for element in page if "id" in element.attributes}
    assert len(links) > 40
    assert {link["href"].removeprefix("#") for link in links} <= targets


async def test_no_dom_id_is_used_twice(page: Element) -> None:
    ids = [element["id"] for element in page if "id" in element.attributes]
    assert sorted(ids) == sorted(set(ids))


async def test_nothing_is_loaded_from_elsewhere(page: Element) -> None:
    for element in page:
        assert not element.attributes.get("src", "").startswith(("http", "//"))


async def test_every_entry_can_be_shown_alone(alices: Browser, page: Element) -> None:
    entry = page.one("section", id="widgets-Badge")
    link = entry.one("h3").one("a")
    assert link["href"] == "/gallery?only=widgets-Badge"
    shown = await alices.read(link["href"])
    (alone,) = shown.all("section", _class="gallery-entry")
    assert alone["id"] == "widgets-Badge"
    assert alone.text == entry.text
    (back,) = [each for each in shown.all("a") if each.text == "Show everything"]
    assert back["href"] == "/gallery#widgets-Badge"


@pytest.mark.parametrize("name", ["", "widgets-Nothing", "components"])
async def test_an_unknown_entry_is_not_found(alices: Browser, name: str) -> None:
    await alices.read(f"/gallery?only={name}", 404)


async def test_its_forms_only_say_what_they_would_send(alices: Browser) -> None:
    widget = await alices.read("/gallery?only=items-widget")
    form = widget.one("form", id="item-items-widget-1-action")
    assert form["action"].startswith(f"/threads/{THREAD_ID}/")
    card = await alices.read("/gallery?only=widgets-Form")
    (save,) = [button for button in card.all("button") if button.text == "Save"]
    address = card.one("form", id=save["form"])["action"]
    fields = {save["name"]: save["value"], "user.name": "Ada", "user.mail": "ada@example.org"}
    sent = await alices.post(address, **fields)
    assert sent.status_code == 200
    shown = parse(sent.text)
    assert shown.one("h1").text == "Nothing was sent"
    action = json.loads(shown.one("pre").text)
    user = {"id": 7, "name": "Ada", "mail": "ada@example.org", "news": False}
    assert action == {"type": "gallery.save", "payload": {"user": user}}
    refused = await alices.post(address, **(fields | {"user.mail": "ada"}))
    assert refused.status_code == 400
    assert "e-mail address" in refused.text
    assert await alices.read("/threads")  # no thread came of it
    assert "Nothing here yet" in (await alices.read("/threads")).text


async def test_htmx_is_told_beside_what_was_pressed(alices: Browser) -> None:
    card = await alices.read("/gallery?only=widgets-Button")
    (press, *_) = [button for button in card.all("button") if button.text == "Press"]
    address = f"/threads/{THREAD_ID}/items/{press['form'][5:-7]}/action"
    answer = await alices.http.post(address, data={press["name"]: press["value"]}, headers=HTMX)
    change = parse(answer.text).one("hx-partial")
    assert change["hx-target"] == "#alerts"
    assert "gallery.press" in change.text


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("items/items-assistant_message-1/feedback", 200),
        ("items/items-structured_input-1/answers", 200),
        ("tool-output", 200),
        ("items/unknown/action", 404),
        ("messages", 404),
        ("items/items-widget-1/action", 400),
    ],
)
async def test_forms_of_other_items_do_nothing_either(
    alices: Browser, rest: str, status: int
) -> None:
    answer = await alices.post(f"/threads/{THREAD_ID}/{rest}", kind="positive")
    assert answer.status_code == status


CARD = {"type": "Card", "border": 2, "children": [{"type": "Text", "value": "from a file"}]}
TEMPLATE = '{"type": "Card", "children": [{"type": "Text", "value": {{ name | tojson }}}]}'


def encoded(state: dict[str, Any]) -> str:
    data = json.dumps({"defaultState": state}).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class Files:
    """A folder of widgets, and the page that shows it."""

    folder: Path
    browser: Browser

    async def shown(self, name: str, content: Any) -> Element:
        """Put a file into the folder and return its part of the gallery."""
        text = content if isinstance(content, str) else json.dumps(content)
        (self.folder / name).write_text(text)
        page = await self.browser.read(f"/gallery?only={entry_id(name)}")
        entry = page.one("section", id="yours").one("section", _class="gallery-entry")
        assert entry.one("h3").text == name
        return entry


@pytest.fixture
async def files(settings: Settings, tmp_path: Path) -> AsyncIterator[Files]:
    folder = tmp_path / "mine"
    folder.mkdir()
    async with running(msgspec.structs.replace(settings, gallery=str(folder))) as served:
        yield Files(folder, Browser(served.client("alice")))


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("root.json", CARD, "from a file"),
        ("inside.json", {"source": "x", "widget": CARD}, "from a file"),
        ("box.json", {"type": "Box", "children": CARD["children"]}, "from a file"),
        ("preview.widget", {"version": "1.0", "outputJsonPreview": json.dumps(CARD)},
         "from a file"),
        ("sample.widget", {"version": "1.0", "name": "x", "template": TEMPLATE,
                           "encodedWidget": encoded({"name": "Ada"})}, "Ada"),
        ("schema.widget", {"version": "1.0", "name": "x", "template": TEMPLATE, "jsonSchema": {
            "properties": {"name": {"type": "string", "default": "Bob"}}}}, "Bob"),
    ],
)  # fmt: skip
async def test_it_shows_the_widgets_of_a_folder(
    files: Files, name: str, content: Any, text: str
) -> None:
    entry = await files.shown(name, content)
    assert entry.one(data_item_type="widget").text == text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.json", "{"), ("list.json", []), ("text.json", "\"x\""), ("empty.json", {}),
        ("typeless.json", {"widget": {"children": []}}), ("deep.json", "[" * 99_999),
        ("wrong.json", {"type": "Card", "children": [7]}),
        ("bad.widget", {"version": "1.0", "name": "x", "template": "{{ nothing.at.all }}"}),
        ("worse.widget", {"version": "2.0"}), ("binary.json", "\x00"),
        ("code.widget", {"version": "1.0", "name": "x", "encodedWidget": "!", "template": "{"}),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_be_shown_says_why(files: Files, name: str, content: Any) -> None:
    entry = await files.shown(name, content)
    assert entry.one("p", _class="note").text
    assert not entry.has(data_item_type="widget")


async def test_actions_of_a_folders_widget_are_found_too(files: Files) -> None:
    press = {"type": "Button", "label": "Go", "onClickAction": {"type": "go", "payload": {"n": 1}}}
    entry = await files.shown("press.json", {"type": "Card", "children": [press]})
    (button,) = [each for each in entry.all("button") if each.text == "Go"]
    form = entry.one("form", id=button["form"])
    sent = await files.browser.post(form["action"], **{button["name"]: button["value"]})
    assert json.loads(parse(sent.text).one("pre").text) == {"type": "go", "payload": {"n": 1}}


async def test_other_files_are_left_alone(files: Files) -> None:
    (files.folder / "notes.txt").write_text("secret")
    entry = await files.shown("a.json", CARD)
    assert entry.has(data_item_type="widget")
    assert "secret" not in (await files.browser.http.get("/gallery")).text


@pytest.mark.skipif(not COLLECTED.is_dir(), reason=f"no collected widgets in {COLLECTED}")
async def test_it_shows_every_collected_widget(settings: Settings) -> None:
    async with running(msgspec.structs.replace(settings, gallery=str(COLLECTED))) as served:
        page = await Browser(served.client()).read("/gallery")
    group = page.one("section", id="yours")
    assert len(group.all("article")) == len([*COLLECTED.glob("*.json")])
    assert not group.all(_class="note")
