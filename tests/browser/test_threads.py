import json
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.visiting import Visitors


async def test_a_thread_is_renamed_in_place(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.field.fill("half a thought")
    await alice.page.get_by_title("Rename").click()
    await alice.page.get_by_label("Title").fill("Shopping <list>")
    await alice.page.get_by_role("button", name="Save").click()
    await expect(alice.page.locator("#title")).to_have_text("Shopping <list>")
    await expect(alice.page).to_have_title("Shopping <list>")
    await expect(alice.page.get_by_label("Title")).to_be_hidden()
    await expect(alice.field).to_have_value("half a thought")


async def test_a_new_title_reaches_every_tab(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    second = await visitors.tab(alice)
    await second.open(await alice.thread())
    await alice.say("title From the server")
    await expect(second.page.locator("#title")).to_have_text("From the server")
    await expect(second.page).to_have_title("From the server")


async def test_a_thread_is_deleted_only_when_that_is_confirmed(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("title Old")
    await alice.page.get_by_title("Delete").click()
    await alice.page.get_by_role("button", name="Delete for good").click()
    await expect(alice.page).to_have_url(f"{visitors.url}/threads")
    await expect(alice.page.get_by_text("Nothing here yet")).to_be_visible()


async def test_a_deleted_thread_tells_the_other_tab(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    second = await visitors.tab(alice)
    await second.open(await alice.thread())
    await alice.page.get_by_title("Delete").click()
    await alice.page.get_by_role("button", name="Delete for good").click()
    await expect(second.page.get_by_text("This thread was deleted.")).to_be_visible()


async def test_a_thread_is_exported(visitors: Visitors, tmp_path: Path) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    async with alice.page.expect_download() as download:
        await alice.page.get_by_title("Export").click()
    await (await download.value).save_as(tmp_path / "thread.json")
    exported = json.loads((tmp_path / "thread.json").read_text())
    assert len(exported["thread"]["items"]["data"]) == 2


async def test_the_history_leads_to_a_thread_and_back(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("title First")
    first = await alice.thread()
    await alice.page.get_by_role("link", name="New chat", exact=True).click()
    await expect(alice.page.get_by_role("heading", level=1)).to_contain_text("What can I help")
    await alice.hear("title Second")
    await alice.page.get_by_role("link", name="History").click()
    await expect(alice.page.locator(".thread-title")).to_have_text(["Second", "First"])
    await alice.page.get_by_role("link", name="First").click()
    await expect(alice.page.locator("#title")).to_have_text("First")
    assert await alice.thread() == first
    await alice.page.go_back()
    await expect(alice.page.locator(".thread-title")).to_have_count(2)
    await alice.page.go_forward()
    await expect(alice.page.locator("#title")).to_have_text("First")
    await alice.hear("say still alive")
    await expect(alice.items).to_have_count(4)


async def test_many_messages_are_one_step_back(visitors: Visitors) -> None:
    alice = await visitors.arrive("/threads")
    await alice.page.get_by_role("link", name="New chat", exact=True).click()
    await alice.hear("say one")
    await alice.thread()  # the address is that of the thread now
    await alice.hear("say two")
    await alice.hear("say three")
    await alice.page.go_back()
    await expect(alice.page.get_by_role("heading", level=1)).to_contain_text("What can I help")


async def test_a_thread_is_renamed_in_the_history(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("title Old name")
    await alice.page.get_by_role("link", name="History").click()
    await expect(alice.page.locator("#history-search")).to_be_visible()
    await alice.page.get_by_title("Rename").click()
    await alice.page.get_by_label("Title").fill("New name")
    await alice.page.get_by_label("Title").press("Enter")
    await expect(alice.page.locator(".thread-title")).to_have_text("New name")
    await expect(alice.page).to_have_url(re.compile(r"/threads\?current=thr_\w+$"))


async def test_the_history_is_searched_as_one_types(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    for name in ("Groceries", "Holidays", "Grandmother"):
        await alice.open()
        await alice.hear(f"title {name}")
    await alice.open("/threads")
    titles = alice.page.locator(".thread-title")
    await expect(titles).to_have_text(["Grandmother", "Holidays", "Groceries"])
    field = alice.page.get_by_role("searchbox")
    await field.press_sequentially("gr", delay=20)
    await expect(titles).to_have_text(["Grandmother", "Groceries"])
    await field.press_sequentially("oc", delay=20)
    await expect(titles).to_have_text(["Groceries"])
    await expect(field).to_be_focused()
    await expect(field).to_have_value("groc")
    await expect(alice.page).to_have_url(f"{visitors.url}/threads?q=groc")
    await expect(alice.page.locator("#found-count")).to_have_text("1 thread found")
    await field.fill("nowhere")
    await expect(alice.page.get_by_text("No thread has “nowhere” in it.")).to_be_visible()
    await field.fill("")
    await expect(titles).to_have_count(3)
    await alice.page.go_back()  # over the whole search at once
    await expect(alice.page.locator("#title")).to_have_text("Grandmother")


async def test_enter_searches_at_once(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("title Groceries")
    await alice.open("/threads")
    await alice.page.get_by_role("searchbox").fill("groc")
    await alice.page.get_by_role("searchbox").press("Enter")
    await expect(alice.page).to_have_url(f"{visitors.url}/threads?q=groc")
    await expect(alice.page.locator(".thread-title")).to_have_text("Groceries")


async def test_a_thread_is_deleted_from_among_those_found(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    for name in ("Milk one", "Milk two", "Bread"):
        await alice.open()
        await alice.hear(f"title {name}")
    await alice.open("/threads?q=milk")
    await alice.page.get_by_title("Delete").first.click()
    await alice.page.get_by_role("button", name="Delete for good").click()
    await expect(alice.page.locator(".thread-title")).to_have_text(["Milk one"])
    await expect(alice.page).to_have_url(f"{visitors.url}/threads?q=milk")


async def test_the_newest_threads_stand_beside_a_thread_where_there_is_room(
    visitors: Visitors,
) -> None:
    alice = await visitors.arrive(viewport={"width": 1280, "height": 800})
    await alice.hear("title First")
    await alice.page.get_by_role("link", name="New chat", exact=True).click()
    await expect(alice.page.get_by_role("heading", level=1)).to_contain_text("What can I help")
    await alice.hear("title Second")
    nav = alice.page.get_by_role("navigation", name="Recent threads")
    links = nav.get_by_role("listitem")
    await expect(links).to_have_text(["Second", "First"])
    await nav.get_by_role("link", name="First").click()
    await expect(alice.page.locator("#title")).to_have_text("First")
    await expect(nav.locator("[aria-current]")).to_have_text("First")
    await alice.page.get_by_title("Rename").click()
    await alice.page.get_by_label("Title").fill("Renamed")
    await alice.page.get_by_role("button", name="Save").click()
    await expect(links).to_have_text(["Second", "Renamed"])
    await alice.page.set_viewport_size({"width": 390, "height": 800})
    await expect(nav).to_be_hidden()
    await expect(alice.page.get_by_role("link", name="History")).to_be_visible()


async def test_escape_closes_what_is_open(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.page.get_by_title("Rename").click()
    await expect(alice.page.get_by_label("Title")).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(alice.page.get_by_label("Title")).to_be_hidden()
