from typing import Any

from playwright.async_api import expect

from tests.browser.visiting import Visitors

CODE = "markdown ```python\nprint('milk')\n```\n\nThat prints **milk**."


async def test_a_widget_changes_in_place(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("widget")
    await alice.page.get_by_role("button", name="Raise", exact=True).click()
    await expect(alice.items.last).to_contain_text("Count 1")
    await alice.settle()
    await alice.page.get_by_role("button", name="Raise by ten").click()
    await expect(alice.items.last).to_contain_text("Count 11")
    await expect(alice.items).to_have_count(2)
    await alice.page.reload()
    await expect(alice.items.last).to_contain_text("Count 11")


async def test_a_widget_changes_in_every_tab(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("widget")
    second = await visitors.tab(alice)
    await second.open(await alice.thread())
    await alice.page.get_by_role("button", name="Raise by ten").click()
    await expect(second.items.last).to_contain_text("Count 10")


async def test_a_question_is_answered(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("ask")
    await expect(alice.field).to_be_hidden()
    await alice.page.get_by_label("Tea").check()
    await alice.page.get_by_role("button", name="Submit").click()
    await expect(alice.items.last).to_contain_text("Thank you.")
    await expect(alice.items.nth(1)).to_contain_text("Tea")
    await expect(alice.field).to_be_visible()


async def test_an_answer_that_is_missing_leaves_the_question(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("ask")
    await alice.page.get_by_role("button", name="Submit").click()
    await expect(alice.page.locator("#alerts")).to_contain_text("Answer a question")
    await alice.page.get_by_role("button", name="Skip").click()
    await expect(alice.items.last).to_contain_text("Thank you.")
    alice.expect_problem("400")


async def test_a_selected_text_is_given_to_the_server(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say remember these words")
    words: Any = alice.items.last.get_by_text("remember these words")
    await words.select_text()
    await alice.field.focus()
    await alice.say("tool")
    await expect(alice.items.last).to_contain_text("Thank you.")
    exported = await alice.page.context.request.get(
        f"{visitors.url}{await alice.thread()}/export.json"
    )
    call = (await exported.json())["thread"]["items"]["data"][3]
    assert call["output"] == {"text": "remember these words"}


async def test_code_and_answers_are_copied(visitors: Visitors) -> None:
    alice = await visitors.arrive(permissions=["clipboard-read", "clipboard-write"])
    await alice.hear(CODE)
    copied = "navigator.clipboard.readText()"
    await alice.page.locator("figure").hover()
    await alice.page.locator("figure [data-copy]").click()
    await expect(alice.page.locator("figure [data-copied]")).to_be_attached()
    assert await alice.page.evaluate(copied) == "print('milk')\n"
    await alice.items.last.hover()
    await alice.items.last.get_by_label("Copy", exact=True).click()
    await expect(alice.page.locator(".item-actions [data-copied]")).to_be_attached()
    assert await alice.page.evaluate(copied) == CODE.removeprefix("markdown ")


async def test_an_opinion_is_shown_without_moving_the_page(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    thread = await alice.thread()
    await alice.items.last.hover()
    good = alice.page.get_by_role("button", name="Good response")
    await good.click()
    await expect(good).to_have_attribute("aria-pressed", "true")
    assert await alice.thread() == thread
    await alice.page.reload()
    await expect(good).to_have_attribute("aria-pressed", "true")


async def test_what_the_reader_opened_stays_open_while_it_changes(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("everything")
    details = alice.page.locator("article[data-item-type=workflow] details").first
    was_open = await details.get_attribute("open") is not None
    await details.locator("summary").first.click()
    await alice.page.get_by_role("button", name="Skip").click()
    await expect(alice.items.last).to_contain_text("Thank you.")
    await alice.settle()
    assert (await details.get_attribute("open") is not None) != was_open


async def test_effects_reach_the_page_that_embeds_them(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.page.evaluate(
        "document.addEventListener('chatkit.effect', (e) => (window.effect = e.detail))"
    )
    await alice.say("everything")
    await alice.until("window.effect !== undefined")
    effect = {"name": "confetti", "data": {"colour": "gold"}}
    assert await alice.page.evaluate("window.effect") == effect
