"""The three hooks of ``static/widgets.js``, on widgets as the renderer makes them."""

import re
from typing import Any

from chatkit.widgets import DynamicWidgetRoot
from playwright.async_api import Request, Route, expect

from chat.page.markdown import render_markdown
from chat.page.widgets.render import render_widget
from tests.browser.visiting import Visitor, Visitors

PRIORITY = {
    "type": "Select",
    "name": "task.priority",
    "options": [{"value": "low", "label": "Low"}, {"value": "high", "label": "High"}],
    "onChangeAction": {"type": "task.prioritise", "payload": {"id": 7}},
}
DONE = {
    "type": "Checkbox",
    "name": "task.done",
    "label": "Done",
    "onChangeAction": {"type": "task.check"},
}
OPEN = {
    "type": "Button",
    "label": "Open",
    "onClickAction": {"type": "task.open", "payload": {"id": 7}, "handler": "client"},
}
LINK = "[Task](chatkit-link://task?id=7&tab=notes)"

LISTEN = """
window.heard = [];
for (const name of ["action", "deeplink"]) {
    document.addEventListener(`chatkit.${name}`, ({ detail, target }) => {
        window.heard.push({ name, detail, tag: target.tagName });
    });
}
"""


REFUSED = '<hx-partial hx-target="#alerts" hx-swap="innerHTML">No.</hx-partial>'


async def with_article(visitors: Visitors, html: str) -> tuple[Visitor, list[Request]]:
    """Return someone who sees an item with this HTML, and what their page asks for from now on.

    Nothing that is posted reaches the server: it does not know the item.
    """
    alice = await visitors.arrive()
    await alice.hear("say hi")
    thread = await alice.thread()
    article = f'<article data-item-id="wgt_7">{html}</article></section>'

    async def with_item(route: Route) -> None:
        answer = await route.fetch()
        page = (await answer.text()).replace("</section>", article)
        await route.fulfill(response=answer, body=page)

    await alice.page.route(f"**{thread}", with_item)
    await alice.page.add_init_script(LISTEN)
    await alice.page.reload()
    await alice.until("document.querySelector('[id^=events-]')?._htmx?.sse !== undefined")
    await alice.page.route("**/items/wgt_7/action", lambda route: route.fulfill(status=204))
    asked: list[Request] = []

    def note(request: Request) -> None:
        if "/static/" not in request.url:
            asked.append(request)

    alice.page.on("request", note)
    return alice, asked


def widget(*children: dict[str, Any]) -> str:
    root = DynamicWidgetRoot.model_validate({"type": "Card", "children": [*children]})
    address = "/threads/thr_1/items/wgt_7/action"
    form = f'<form id="w-form" method="post" action="{address}" hidden></form>'
    return form + str(render_widget(root, "w", address, "w-form"))


async def heard(visitor: Visitor) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = await visitor.page.evaluate("window.heard")
    return told


async def test_a_change_submits_its_action_at_once(visitors: Visitors) -> None:
    alice, asked = await with_article(visitors, widget(PRIORITY, DONE))
    apply = alice.page.get_by_role("button", name="Apply")
    await expect(apply).to_have_count(0)  # hidden where there are scripts
    async with alice.page.expect_request("**/items/wgt_7/action") as first:
        await alice.page.get_by_role("combobox").select_option("high")
    assert "high" in ((await first.value).post_data or "")
    async with alice.page.expect_request("**/items/wgt_7/action") as second:
        await alice.page.get_by_label("Done").check()
    assert "children.1" in ((await second.value).post_data or "")
    assert len(asked) == 2
    assert await heard(alice) == []


async def test_an_action_for_the_browser_is_an_event_and_sends_nothing(
    visitors: Visitors,
) -> None:
    alice, asked = await with_article(visitors, widget(OPEN))
    await alice.page.get_by_role("button", name="Open", exact=True).click()
    (told,) = await heard(alice)
    assert (told["name"], told["tag"]) == ("action", "BUTTON")
    assert told["detail"]["itemId"] == "wgt_7"
    assert told["detail"]["action"]["type"] == "task.open"
    assert told["detail"]["action"]["payload"] == {"id": 7}
    assert not asked


SAVE = {
    "type": "Form",
    "onSubmitAction": {"type": "task.save", "payload": {"task": {"id": 7}}, "handler": "client"},
    "children": [
        {"type": "Input", "name": "task.title", "required": True, "placeholder": "Title"},
        {"type": "Checkbox", "name": "task.done", "label": "Done"},
        {"type": "DatePicker", "name": "due", "placeholder": "Due"},
        {
            "type": "RadioGroup",
            "name": "size",
            "options": [{"value": "s", "label": "Small"}, {"value": "l", "label": "Large"}],
        },
        {"type": "Button", "label": "Save", "submit": True},
    ],
}


async def test_a_form_for_the_browser_is_checked_and_hands_over_its_values(
    visitors: Visitors,
) -> None:
    alice, asked = await with_article(visitors, widget(SAVE))
    save = alice.page.get_by_role("button", name="Save", exact=True)
    await save.click()
    assert await heard(alice) == []  # the title is still missing
    await alice.page.get_by_placeholder("Title").fill("Milk")
    await alice.page.get_by_label("Done").check()
    await alice.page.get_by_placeholder("Title").press("Enter")
    await alice.page.get_by_label("Due").fill("2026-03-05")
    await alice.page.get_by_label("Large").check()
    await save.click()
    first, second = (told["detail"]["action"] for told in await heard(alice))
    assert first["payload"] == {
        "task": {"id": 7, "title": "Milk", "done": True}, "due": None, "size": None
    }  # fmt: skip
    assert (second["payload"]["due"], second["payload"]["size"]) == ("2026-03-05", "l")
    assert not asked


async def test_a_change_for_the_browser_hands_over_its_own_value(visitors: Visitors) -> None:
    action = {"type": "task.check", "handler": "client"}
    alice, asked = await with_article(visitors, widget(PRIORITY, DONE | {"onChangeAction": action}))
    await alice.page.get_by_label("Done").check()
    (told,) = await heard(alice)
    assert told["detail"]["action"]["payload"] == {"task": {"done": True}}
    assert not asked


async def test_what_is_pressed_is_busy_until_it_is_answered(visitors: Visitors) -> None:
    press = {"type": "Button", "label": "Raise", "onClickAction": {"type": "x"}}
    whole = {"type": "x", "loadingBehavior": "container"}
    alice, _ = await with_article(
        visitors, widget(press, press | {"label": "All", "onClickAction": whole})
    )
    await alice.page.unroute("**/items/wgt_7/action")
    waiting: list[Route] = []
    await alice.page.route("**/items/wgt_7/action", lambda route: waiting.append(route))
    for name, busy in (("Raise", "button"), ("All", "section")):
        await alice.page.get_by_role("button", name=name, exact=True).click()
        await expect(alice.page.locator(f"{busy}[aria-busy=true]")).to_have_count(1)
        while not waiting:
            await alice.page.wait_for_timeout(20)
        await waiting.pop().fulfill(status=409, content_type="text/html", body=REFUSED)
        await expect(alice.page.locator("[aria-busy=true]")).to_have_count(0)
    alice.expect_problem("409")


async def test_a_field_can_be_selected_as_a_whole_when_it_is_entered(visitors: Visitors) -> None:
    field = {"type": "Input", "name": "a", "defaultValue": "Milk", "autoSelect": True}
    alice, _ = await with_article(visitors, widget(field))
    await alice.page.locator("input[name=a]").focus()
    assert await alice.page.evaluate("String(getSelection())") == "Milk"


async def test_a_deep_link_is_an_event_and_leads_nowhere(visitors: Visitors) -> None:
    alice, asked = await with_article(visitors, render_markdown(LINK))
    await alice.page.get_by_role("link", name="Task").click()
    (told,) = await heard(alice)
    assert (told["name"], told["tag"]) == ("deeplink", "A")
    assert told["detail"] == {"name": "task", "data": {"id": "7", "tab": "notes"}}
    assert not asked
    await expect(alice.page).to_have_url(re.compile(r"/threads/thr_"))


async def test_a_deep_link_in_an_answer_is_one_too(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear(f"markdown {LINK}")
    await alice.page.evaluate(
        "document.addEventListener('chatkit.deeplink', (e) => (window.told = e.detail))"
    )
    await alice.items.last.get_by_role("link", name="Task").click()
    assert await alice.page.evaluate("window.told.name") == "task"


CITIES = ["Aachen", "Bergen", "Málaga", "New York", "Nice", "Yokohama"]
CITY = {
    "type": "Select",
    "name": "city",
    "searchable": True,
    "options": [{"value": name.lower(), "label": name} for name in CITIES],
    "onChangeAction": {"type": "city.choose"},
}


async def test_the_choices_of_a_select_are_searched_by_keyboard(visitors: Visitors) -> None:
    alice, _ = await with_article(visitors, widget(CITY))
    choices = alice.page.locator("select option:not([hidden])")
    field = alice.page.get_by_role("searchbox", name="Filter the choices")
    await field.press_sequentially("n")
    await expect(choices).to_have_text(["Choose…", "New York", "Nice"])
    await expect(alice.page.locator("#announcement")).to_have_text("2 found")
    await field.press("Escape")
    await expect(choices).to_have_count(7)
    await field.press_sequentially("malag")
    async with alice.page.expect_request("**/items/wgt_7/action") as sent:
        await field.press("Enter")
    assert "m%C3%A1laga" in ((await sent.value).post_data or "")
    await expect(alice.page.locator("select")).to_be_focused()
    await expect(alice.page.locator("select")).to_have_value("málaga")
    await expect(field).to_have_value("")
    await expect(choices).to_have_count(7)


async def test_a_word_that_fits_no_choice_changes_nothing(visitors: Visitors) -> None:
    alice, asked = await with_article(visitors, widget(CITY))
    field = alice.page.get_by_role("searchbox")
    await field.fill("nowhere")
    await field.press("Enter")
    await expect(alice.page.locator("select")).to_have_value("")
    await expect(field).to_be_focused()
    await field.press("ArrowDown")
    await expect(alice.page.locator("select")).to_be_focused()
    assert not asked
