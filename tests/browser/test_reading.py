from playwright.async_api import expect

from tests.browser.visiting import Visitor, Visitors

AT_END = "document.documentElement.scrollHeight - innerHeight - scrollY < 4"


async def place(visitor: Visitor, text: str) -> float:
    box = await visitor.page.get_by_text(text, exact=True).bounding_box()
    assert box is not None
    return box["y"]


async def test_a_thread_opens_at_its_end(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("many 60")
    await alice.until(AT_END)
    thread = await alice.thread()
    await alice.page.get_by_role("link", name="History").click()
    await expect(alice.page.locator(".thread-title")).to_have_count(1)
    await alice.page.locator(".thread-link").click()
    await expect(alice.items).to_have_count(50)
    await alice.until(AT_END)
    await alice.open(thread)
    await alice.until(AT_END)


async def test_the_page_follows_an_answer(visitors: Visitors) -> None:
    alice = await visitors.arrive(viewport={"width": 600, "height": 400})
    await alice.hear("many 30")
    await alice.say("stream 150 0.005")
    await expect(alice.items.last).to_contain_text("word60")
    await alice.until(AT_END)
    await alice.settle()
    await alice.until(AT_END)


async def test_who_reads_further_up_is_left_there(visitors: Visitors) -> None:
    alice = await visitors.arrive(viewport={"width": 600, "height": 400})
    await alice.hear("many 30")
    await alice.say("stream 60 0.02")
    await expect(alice.items.last).to_contain_text("word3")
    await alice.page.mouse.move(300, 150)
    await alice.page.mouse.wheel(0, -700)
    await alice.until(f"!({AT_END})")
    before = await place(alice, "Number 20.")
    await alice.settle()
    assert abs(await place(alice, "Number 20.") - before) < 2


async def test_earlier_messages_come_above_without_moving_the_others(visitors: Visitors) -> None:
    alice = await visitors.arrive(viewport={"width": 600, "height": 600})
    await alice.hear("many 120")
    await alice.page.reload()
    await expect(alice.items).to_have_count(50)
    await alice.page.evaluate("scrollTo(0, 0)")
    before = await place(alice, "Number 70.")
    await alice.page.get_by_role("link", name="Earlier messages").click()
    await expect(alice.items).to_have_count(100)
    assert abs(await place(alice, "Number 70.") - before) < 60  # the link itself went away
    await alice.page.evaluate("scrollTo(0, 0)")
    await alice.page.get_by_role("link", name="Earlier messages").click()
    await expect(alice.items).to_have_count(121)
    await expect(alice.page.get_by_role("link", name="Earlier messages")).to_have_count(0)
    numbers = await alice.page.locator("[data-item-type=assistant_message]").all_inner_texts()
    assert [text.split(".")[0].split()[-1] for text in numbers] == [str(n) for n in range(120)]


async def test_the_skip_link_is_the_first_stop_of_the_keyboard(visitors: Visitors) -> None:
    alice = await visitors.arrive("/threads")
    await alice.page.evaluate("document.activeElement.blur()")
    await alice.page.keyboard.press("Tab")
    skip = alice.page.get_by_text("Skip to the content")
    await expect(skip).to_be_focused()
    await alice.page.keyboard.press("Enter")
    await expect(alice.page.locator("#content")).to_be_focused()


async def test_nothing_is_wider_than_a_small_screen(visitors: Visitors) -> None:
    alice = await visitors.arrive(viewport={"width": 320, "height": 640})
    long = "x" * 200
    await alice.hear(
        f"markdown | {long} | b |\n|-|-|\n| 1 | 2 |\n\n`{long}`\n\n```\n{long}\n```\n\n{long}"
    )
    wider = "document.documentElement.scrollWidth > innerWidth"
    assert not await alice.page.evaluate(wider)
    await alice.page.get_by_title("Rename").click()
    assert not await alice.page.evaluate(wider)
    await alice.open("/threads")
    assert not await alice.page.evaluate(wider)
