import itertools

from playwright.async_api import Route, expect

from tests.browser.visiting import Visitors
from tests.running import Running


async def test_a_message_is_sent_with_enter_and_its_answer_grows(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.press_sequentially("stream 40 0.05")
    await alice.field.press("Enter")
    await expect(alice.items).to_have_count(2)
    await expect(alice.items.last).to_contain_text("word3")
    assert "word39" not in await alice.items.last.inner_text()
    await alice.settle()
    await expect(alice.items.last).to_contain_text("word39")
    assert (await alice.thread()).startswith("/threads/thr_")


async def test_shift_and_enter_begin_a_new_line(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.press_sequentially("say one")
    await alice.field.press("Shift+Enter")
    await alice.field.press_sequentially("two")
    assert await alice.field.input_value() == "say one\ntwo"
    await expect(alice.items).to_have_count(0)


async def test_the_field_is_empty_and_focused_after_a_message(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say one")
    await expect(alice.field).to_have_value("")
    await expect(alice.field).to_be_focused()
    await alice.hear("say two")
    await expect(alice.field).to_have_value("")
    await expect(alice.items).to_have_count(4)


async def test_stop_ends_the_answer(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.say("hang")
    await expect(alice.items.last).to_contain_text("word0")
    await expect(alice.page.get_by_role("button", name="Send")).to_have_count(0)
    await alice.stop.click()
    await expect(alice.page.locator("[data-turn=stopped]")).to_be_visible()
    await expect(alice.items.last).to_contain_text("word0")
    await expect(alice.stop).to_have_count(0)
    await expect(alice.page.get_by_role("button", name="Send")).to_be_visible()


async def test_a_message_costs_one_request_and_stays_on_the_page(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say one")
    asked: list[str] = []
    alice.page.on("request", lambda request: asked.append(request.method))
    address = alice.page.url
    await alice.hear("say two")
    await expect(alice.items.last).to_contain_text("two")
    await expect(alice.field).to_have_value("")
    await expect(alice.field).to_be_focused()
    assert asked == ["POST"]
    assert alice.page.url == address


async def test_while_the_stream_is_lost_a_message_is_answered_with_the_page(
    visitors: Visitors,
) -> None:
    alice = await visitors.arrive()
    await alice.hear("say one")
    await alice.page.evaluate(
        """document.dispatchEvent(new CustomEvent("htmx:sse:error", { detail: {} }))"""
    )
    async with alice.page.expect_response(lambda answer: answer.request.method == "POST") as said:
        await alice.hear("say two")
    assert (await said.value).status == 200


async def test_retry_gives_another_answer(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.say("fail")
    await expect(alice.page.locator("[data-turn=failed]")).to_contain_text("went wrong")
    await expect(alice.items).to_have_count(2)
    failed = await alice.items.last.get_attribute("data-item-id")
    await alice.retry.click()
    await expect(alice.page.locator(f"[data-item-id='{failed}']")).to_have_count(0)
    await expect(alice.page.locator("[data-turn=failed]")).to_be_visible()
    await expect(alice.items).to_have_count(2)


async def test_a_reload_in_the_middle_goes_on_where_it_was(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.say("stream 60 0.05")
    await expect(alice.items.last).to_contain_text("word5")
    await alice.page.reload()
    text = await alice.items.last.inner_text()
    assert "word5" in text
    assert "word59" not in text
    await alice.settle()
    text = await alice.items.last.inner_text()
    assert text.split()[-60:] == [f"word{number}" for number in range(60)]


async def test_a_second_tab_sees_the_same_answer_grow(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    second = await visitors.tab(alice)
    await second.open(await alice.thread())
    await alice.say("stream 30 0.05")
    await expect(second.items.last).to_contain_text("word3")
    assert "word29" not in await second.items.last.inner_text()
    await alice.settle()
    await second.settle()
    assert await alice.html() == await second.html()


async def test_an_answer_that_a_chatkit_client_asked_for_appears(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    thread_id = (await alice.thread()).removeprefix("/threads/")
    message = {
        "content": [{"type": "input_text", "text": "stream 10"}],
        "attachments": [],
        "inference_options": {},
    }
    await alice.page.context.request.post(
        f"{visitors.url}/chatkit",
        data={
            "type": "threads.add_user_message",
            "params": {"thread_id": thread_id, "input": message},
        },
    )
    await expect(alice.items).to_have_count(4)
    await expect(alice.items.last).to_contain_text("word9")


async def test_what_is_typed_while_a_message_is_on_its_way_stays(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.say("stream 10 0.05")
    await alice.field.press_sequentially("next thought")
    await alice.settle()
    await expect(alice.field).to_have_value("next thought")


async def test_enter_sends_nothing_while_an_answer_is_written(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.say("hang")
    await expect(alice.stop).to_be_visible()
    await alice.field.fill("too early")
    await alice.field.press("Enter")
    await expect(alice.field).to_have_value("too early")
    await alice.stop.click()
    await expect(alice.items).to_have_count(2)
    await expect(alice.field).to_have_value("too early")


async def test_a_double_click_on_send_does_not_stop_the_answer(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.field.fill("stream 20")
    await alice.page.get_by_role("button", name="Send").dblclick(delay=40)
    await expect(alice.items).to_have_count(4)
    await alice.settle()
    await expect(alice.page.locator("[data-turn=done]")).to_be_attached()


async def test_an_answer_is_announced_once_when_it_is_there(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    announced = alice.page.get_by_role("status")
    await alice.say("stream 20 0.2")
    await expect(alice.stop).to_be_visible()
    await expect(announced).to_have_text("")
    await alice.settle()
    await expect(announced).to_contain_text("word19")


async def test_a_lost_connection_is_told_and_what_was_missed_comes_after_it(
    visitors: Visitors, site: Running
) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    second = await visitors.tab(alice)
    thread = await alice.thread()
    await second.open(thread)
    lost = second.page.get_by_text("Connection lost")
    await expect(lost).to_be_hidden()
    network = await second.page.context.new_cdp_session(second.page)
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    await network.send("Network.enable")
    await network.send("Network.emulateNetworkConditions", offline)
    live = site.host.turns.live(thread.removeprefix("/threads/"))
    live.closing = True  # as when the server shuts down: every stream ends
    live.touch()
    await expect(lost).to_be_visible()
    live.closing = False
    await alice.hear("say what was missed")
    await network.send("Network.emulateNetworkConditions", offline | {"offline": False})
    await expect(second.items.last).to_contain_text("what was missed", timeout=15_000)
    await expect(lost).to_be_hidden()
    second.problems.clear()


async def test_a_page_that_could_not_connect_at_first_connects_later(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    thread = await alice.thread()
    second = await visitors.tab(alice)
    attempts = itertools.count(1)

    async def restart(route: Route) -> None:
        """Do as a server that restarts behind a proxy."""
        match next(attempts):
            case 1:
                await route.abort("connectionrefused")
            case 2:
                await route.fulfill(status=502, content_type="text/html", body="<p>Bad gateway")
            case _:
                await route.continue_()

    await second.page.route("**/events?*", restart)
    await second.open(thread)
    lost = second.page.get_by_text("Connection lost")
    await expect(lost).to_be_visible()
    await alice.hear("say what was missed")
    await expect(second.items.last).to_contain_text("what was missed")
    await expect(lost).to_be_hidden()
    await expect(second.page.get_by_text("Bad gateway")).to_have_count(0)
    await expect(second.page.locator("#alerts")).to_have_text("")
    second.expect_problem("ERR_CONNECTION_REFUSED")
    second.expect_problem("502")
    second.expect_problem("Failed to fetch")


async def test_a_stream_whose_thread_is_gone_is_not_asked_for_again(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    thread = await alice.thread()
    second = await visitors.tab(alice)
    asked = itertools.count()

    async def gone(route: Route) -> None:
        next(asked)
        await route.fulfill(status=404, content_type="text/html", body="<p>Not found")

    await second.page.route("**/events?*", gone)
    await second.open(thread)
    await expect(second.page.get_by_role("alert")).to_contain_text("not there any more")
    await expect(second.page.locator("[hx-sse\\:connect]")).to_have_count(0)
    await expect(second.page.get_by_text("Connection lost")).to_be_hidden()
    assert next(asked) == 1
    second.expect_problem("404")


async def test_a_broken_stream_ends_where_its_thread_is_gone_meanwhile(
    visitors: Visitors, site: Running
) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    thread = (await alice.thread()).removeprefix("/threads/")
    await alice.page.route("**/events?*", lambda route: route.fulfill(status=410))
    live = site.host.turns.live(thread)
    live.closing = True  # as when the server shuts down: every stream ends
    live.touch()
    await expect(alice.page.get_by_role("alert")).to_contain_text("not there any more")
    await expect(alice.page.locator("[hx-sse\\:connect]")).to_have_count(0)
    await expect(alice.page.get_by_text("Connection lost")).to_be_hidden()
    live.closing = False
    alice.expect_problem("410")
