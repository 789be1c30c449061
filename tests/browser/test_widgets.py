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
