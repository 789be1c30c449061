"""The element in a page of the chat's own origin: options, methods, events and callbacks."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, expect

from tests.browser.embedding import Embedder, embedding
from tests.running import Running


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, embedded_site: Running) -> AsyncIterator[Embedder]:
    """A page of the chat's own origin with the element's script; nothing may go wrong in it."""
    async with embedding(chromium, embedded_site.url, embedded_site.url) as embedder:
        yield embedder


async def test_it_shows_a_new_thread_with_the_options_of_its_page(page: Embedder) -> None:
    chat = await page.add(
        """startScreen: {greeting: "Good morning", prompts: [{label: "Begin", prompt: "say Yes."}]},
        composer: {placeholder: "Say it", tools: [{id: "t", label: "Tool", icon: "bolt"}]},
        disclaimer: {text: "It *may* err."}"""
    )
    await expect(chat.frame.get_by_role("heading", name="Good morning")).to_be_visible()
    await expect(chat.field).to_have_attribute("placeholder", "Say it")
    await expect(chat.frame.get_by_text("It may err.")).to_be_visible()
    await expect(chat.frame.locator("input[name=tool][value=t]")).to_be_attached()
    await chat.frame.get_by_role("button", name="Begin").click()
    await expect(chat.items.last).to_contain_text("Yes.")


async def test_it_tells_of_an_answer(page: Embedder) -> None:
    chat = await page.add()
    await chat.say("stream 5")
    await chat.hears("response.end")
    await expect(chat.items.last).to_contain_text("word4")
    heard = await chat.heard("thread.change", "response.start", "response.end")
    [change, *responses] = heard
    assert change[1]["threadId"].startswith("thr_")
    assert [name for name, _ in responses] == ["chatkit.response.start", "chatkit.response.end"]


async def test_a_quick_answer_begins_and_ends_too(page: Embedder) -> None:
    chat = await page.add()
    for count, text in enumerate(("one", "two"), 1):
        await chat.do(f"sendUserMessage({{text: 'say {text}'}})")
        await chat.page.wait_for_function(
            "count => heard.filter(([name]) => name === 'chatkit.response.end').length === count",
            arg=count,
        )
        await expect(chat.items.last).to_contain_text(text)
    assert len(await chat.heard("response.start")) == 2


async def test_what_cannot_be_an_option_is_refused_by_its_name(page: Embedder) -> None:
    await page.bare()
    for options, name in (
        ("{}", "api"),
        ("{api: {}}", "api.url"),
        ("{api: {url: 'http://'}}", "api.url"),
        ("{api: {url: 'javascript:void(0)'}}", "api.url"),
        (page.options("composer: {valueOf: {}}"), "composer.valueOf"),
        (page.options("theme: 'purple'"), "theme"),
        (page.options("composer: {placholder: 'x'}"), "composer.placholder"),
        (page.options("startScreen: {prompts: [{label: 1, prompt: 'x'}]}"), "prompts[0].label"),
        (page.options("", api="uploadStrategy: {type: 'direct'}"), "api.uploadStrategy.uploadUrl"),
        (page.options("onClientTool: {}"), "onClientTool"),
    ):
        refused = await page.page.evaluate(
            f"""() => {{
                try {{ chat.setOptions({options}); }} catch (error) {{ return error.message; }}
            }}"""
        )
        assert name in refused, (options, refused)


async def test_what_only_the_server_can_tell_is_an_error_event(page: Embedder) -> None:
    await page.bare()
    options = page.options("startScreen: {prompts: [{label: 'x', prompt: 'x', icon: 'nonesuch'}]}")
    await page.page.evaluate(f"chat.setOptions({options})")
    await page.page.wait_for_function(
        """heard.some(([name, detail]) => name === "chatkit.error"
            && detail.includes("startScreen.prompts[0].icon"))"""
    )
    page.expect_problem("400")


async def test_new_options_replace_the_old_and_leave_the_thread_as_it_is(page: Embedder) -> None:
    chat = await page.add("composer: {placeholder: 'One'}, theme: 'light'")
    await chat.say("say Still here.")
    await expect(chat.items.last).to_contain_text("Still here.")
    await chat.field.fill("half a sentence")
    await chat.set(page.options("theme: {colorScheme: 'dark', radius: 'sharp'}"))
    root = chat.frame.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await expect(chat.field).to_have_attribute("placeholder", "Message the AI")
    await expect(chat.field).to_have_value("half a sentence")
    await expect(chat.items.last).to_contain_text("Still here.")
    radius = await root.evaluate("e => getComputedStyle(e).getPropertyValue('--radius-control')")
    assert radius == "0px"
    assert len(await chat.heard("thread.change")) == 1
    assert await chat.heard("thread.load.start") == []


async def test_threads_are_opened_and_left(page: Embedder) -> None:
    chat = await page.add()
    await chat.say("say First.")
    await chat.hears("response.end")
    [[_, change]] = await chat.heard("thread.change")
    thread = change["threadId"]
    await chat.do("setThreadId(null)")
    await expect(chat.items).to_have_count(0)
    await chat.do(f"setThreadId('{thread}')")
    await expect(chat.items.last).to_contain_text("First.")
    assert await chat.heard("thread.change", "thread.load.start", "thread.load.end") == [
        ["chatkit.thread.change", {"threadId": thread}],
        ["chatkit.thread.change", {"threadId": None}],
        ["chatkit.thread.load.start", {"threadId": thread}],
        ["chatkit.thread.change", {"threadId": thread}],
        ["chatkit.thread.load.end", {"threadId": thread}],
    ]
    other = await page.add(f"initialThread: '{thread}'", name="other")
    await expect(other.items.last).to_contain_text("First.")
    await other.hears("thread.load.end", {"threadId": thread})


async def test_an_unknown_thread_is_refused(page: Embedder) -> None:
    chat = await page.add()
    with pytest.raises(Error, match="does not exist"):
        await chat.do("setThreadId('thr_nobody')")
    await expect(chat.field).to_be_visible()
    await chat.hears("error")
    page.expect_problem("404")


async def test_an_unknown_initial_thread_gives_way_to_a_new_one(page: Embedder) -> None:
    chat = await page.add("initialThread: 'thr_nobody'")
    await expect(chat.field).to_be_visible()
    await chat.hears("thread.change", {"threadId": None})
    page.expect_problem("404")


async def test_commands_are_refused_while_an_answer_is_written(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'hang'})")
    await chat.hears("response.start")
    for call in (
        "sendUserMessage({text: 'x'})",
        "setThreadId(null)",
        "sendCustomAction({type: 'x'})",
        "fetchUpdates()",
    ):
        with pytest.raises(Error, match="already responding"):
            await chat.do(call)
    await chat.frame.get_by_role("button", name="Stop").click()
    await chat.hears("response.end")
    await chat.do("setThreadId(null)")


async def test_a_message_is_sent_with_all_that_belongs_to_it(page: Embedder) -> None:
    chat = await page.add("composer: {attachments: {enabled: true}}")
    uploaded = await chat.page.evaluate(
        """async () => {
            const form = new FormData();
            form.append("file", new File(["hello"], "note.txt", {type: "text/plain"}));
            return (await fetch("/attachments", {method: "POST", body: form})).json();
        }"""
    )
    await chat.do(
        f"""sendUserMessage({{
            content: [{{type: "input_text", text: "told "}},
                      {{type: "input_tag", id: "e1", text: "Ada", data: {{k: "v"}}}}],
            reply: "as was said",
            attachments: [{{type: "file", id: "{uploaded["id"]}", name: "note.txt",
                           mime_type: "text/plain"}}],
            toolChoice: {{id: "search"}}, model: "large",
        }})"""
    )
    said = (await chat.told())["said"]
    assert said["quoted_text"] == "as was said"
    assert [one["name"] for one in said["attachments"]] == ["note.txt"]
    assert said["inference_options"]["tool_choice"] == {"id": "search"}
    assert said["inference_options"]["model"] == "large"
    tag = said["content"][1]
    assert (tag["id"], tag["text"], tag["data"]) == ("e1", "Ada", {"k": "v"})


async def test_a_message_can_begin_a_new_thread(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'say One.'})")
    await chat.hears("response.end")
    await chat.do("sendUserMessage({text: 'say Two.', newThread: true})")
    await expect(chat.items).to_have_count(2)
    threads = {change["threadId"] for _, change in await chat.heard("thread.change")}
    assert len(threads) == 2


async def test_the_composer_is_filled_and_focused(page: Embedder) -> None:
    chat = await page.add(
        """composer: {attachments: {enabled: true},
            tools: [{id: "t", label: "Tool", icon: "bolt"}],
            models: [{id: "m1", label: "One"}, {id: "m2", label: "Two"}]}"""
    )
    await chat.do(
        """setComposerValue({text: "told everything", reply: "a passage", selectedToolId: "t",
            selectedModelId: "m2", files: [new File(["x"], "x.txt", {type: "text/plain"})]})"""
    )
    await chat.hears("tool.change", {"toolId": "t"})
    await chat.do("focusComposer()")
    await expect(chat.field).to_be_focused()
    await expect(chat.field).to_have_value("told everything")
    await expect(chat.frame.locator("[data-quoted]")).to_contain_text("a passage")
    await expect(chat.frame.locator("input[name=attachment]")).to_be_attached()
    await chat.do("setComposerValue({selectedModelId: 'm1'})")
    await chat.frame.get_by_role("button", name="Send").click()
    said = (await chat.told())["said"]
    assert said["inference_options"] == {"tool_choice": {"id": "t"}, "model": "m1"}
    assert [one["name"] for one in said["attachments"]] == ["x.txt"]
    assert said["quoted_text"] == "a passage"
    await chat.hears("tool.change", {"toolId": None})


async def test_it_shows_how_far_a_file_is(page: Embedder) -> None:
    chat = await page.add("composer: {attachments: {enabled: true}}")
    network = await page.page.context.new_cdp_session(page.page)
    await network.send("Network.enable")
    slow = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    await network.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    await chat.frame.locator("input[type=file]").set_input_files(
        {"name": "long.txt", "mimeType": "text/plain", "buffer": b"text " * 100_000}
    )
    bar = chat.frame.get_by_role("progressbar", name="long.txt")
    seen = {await bar.evaluate("bar => bar.position")}
    while not any(0 < share < 1 for share in seen):
        seen.add(await bar.evaluate("bar => bar.position", timeout=5000))
    await expect(chat.frame.locator("input[name=attachment]")).to_be_attached()


async def test_the_history_is_shown_and_hidden(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'title Geese'})")
    await chat.hears("response.end")
    await chat.do("showHistory()")
    await expect(chat.frame.get_by_role("heading", name="History")).to_be_visible()
    await chat.hears("history.open")
    await chat.do("hideHistory()")
    await chat.hears("history.close")
    await expect(chat.items.first).to_be_visible()
    assert len(await chat.heard("thread.change")) == 1


async def test_updates_are_fetched(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'say One.'})")
    await chat.hears("response.end")
    await chat.do("fetchUpdates()")
    await expect(chat.items).to_have_count(2)


async def test_a_client_tool_runs_in_the_page_and_the_answer_goes_on(page: Embedder) -> None:
    chat = await page.add("onClientTool: async ({name, params}) => ({name, doubled: params.n * 2})")
    await chat.say('call double {"n": 21}')
    await expect(chat.items.last.locator("pre code")).to_be_visible()
    assert (await chat.told())["said"] == {"result": {"name": "double", "doubled": 42}}


async def test_a_client_tool_that_fails_is_a_readable_error(page: Embedder) -> None:
    chat = await page.add("onClientTool: () => { throw new Error('The door is locked'); }")
    await chat.say("call open {}")
    await expect(chat.items.last.locator("pre code")).to_be_visible()
    assert (await chat.told())["said"] == {"result": {"error": "The door is locked"}}
    await chat.hears("error")


@pytest.mark.parametrize(
    ("thrown", "said"),
    [("new Error()", "Error"), ("''", "Error"), ("{code: 'locked'}", '{"code":"locked"}')],
)
async def test_a_client_tool_that_fails_without_words_is_an_error_too(
    page: Embedder, thrown: str, said: str
) -> None:
    chat = await page.add(f"onClientTool: () => Promise.reject({thrown})")
    await chat.say("call open {}")
    await expect(chat.items.last.locator("pre code")).to_be_visible()
    assert (await chat.told())["said"] == {"result": {"error": said}}


async def test_an_action_of_a_widget_is_handled_in_the_page(page: Embedder) -> None:
    chat = await page.add(
        """widgets: {async onAction(action, item) {
            window.done = [action, item.id, item.widget.type];
            await window.chat.sendCustomAction({...action, type: "sent"}, item.id);
        }}"""
    )
    await chat.say("press")
    await chat.frame.get_by_role("button", name="Press here").click()
    told = await chat.told()
    action, item_id, kind = await chat.page.evaluate("done")
    assert action == {"type": "pressed", "payload": {"n": 1}}
    assert kind == "Card"
    assert told["said"] == {"type": "sent", "payload": {"n": 1}, "sender": item_id}


async def test_effects_and_deep_links_are_events(page: Embedder) -> None:
    chat = await page.add()
    await chat.say("press")
    await chat.frame.get_by_role("link", name="Go there").click()
    await chat.hears("deeplink", {"name": "place", "data": {"x": "1"}})
    await chat.hears("response.end")
    await chat.do("sendUserMessage({text: 'effect confetti'})")
    await chat.hears("effect", {"name": "confetti", "data": {"colour": "gold"}})


async def test_a_failed_answer_is_an_error_event(page: Embedder) -> None:
    chat = await page.add()
    await chat.say("refuse")
    await chat.hears("error", "The model is busy. Try again in a minute.")
    await chat.hears("response.end")


async def test_entities_are_those_of_the_page(page: Embedder) -> None:
    chat = await page.add(
        """entities: {showComposerMenu: true,
            onTagSearch: async (query) => [
                {id: "p1", title: "Ada Lovelace", group: "People", interactive: true,
                 data: {year: "1815"}}].filter(({title}) => title.toLowerCase().includes(query)),
            onClick: (entity) => (window.clicked = entity),
            onRequestPreview: async (entity) => ({preview: {type: "Basic", children: [
                {type: "Title", value: entity.title},
                {type: "Text", value: "Born in " + entity.data.year}]}})}"""
    )
    await chat.field.press_sequentially("told @ada")
    await chat.frame.get_by_role("option", name="Ada Lovelace").wait_for()
    await expect(chat.frame.get_by_text("Born in 1815")).to_be_visible()
    await chat.field.press("Enter")
    await chat.field.press("Enter")
    said = (await chat.told())["said"]
    tag = said["content"][1]
    assert tag["id"] == "p1"
    assert tag["data"] == {"year": "1815"}
    assert tag["group"] == "People"
    await chat.frame.locator("[data-entity] summary").click()
    await chat.page.wait_for_function("window.clicked?.title === 'Ada Lovelace'")


async def test_commands_are_found_and_done_by_the_page(page: Embedder) -> None:
    chat = await page.add(
        """composer: {tools: [{id: "search", label: "Search the web", icon: "search"}]},
        entities: {onTagSearch: async () => []},
        commands: {enabled: true,
            onSearch: async (query) => [{id: "a", label: "Archive", description: "for good"},
                {id: "c", label: "Colours", icon: "bolt"}, {id: "e", label: "Ada"}]
                .filter(({label}) => label.toLowerCase().includes(query.toLowerCase())),
            async onSelect({id}) {
                window.selected = id;
                if (id === "c") return {type: "menu", commands: [{id: "red", label: "Red"}]};
                if (id === "e") return {type: "entity", entity: {id: "p1", title: "Ada L"}};
            }}"""
    )
    await chat.field.press_sequentially("/")
    options = chat.frame.get_by_role("option")
    await expect(options).to_have_text(
        ["Search the web", re.compile("Archive *for good"), "Colours", "Ada"]
    )
    await chat.field.press_sequentially("archi")
    await expect(options).to_have_count(1)
    await chat.field.press("Enter")
    await page.page.wait_for_function("window.selected === 'a'")
    await expect(chat.field).to_have_value("")
    await chat.field.press_sequentially("/col")
    await expect(options).to_have_text(["Colours"])
    await chat.field.press("Enter")
    await options.get_by_text("Red").click()
    await page.page.wait_for_function("window.selected === 'red'")
    await chat.field.press_sequentially("/search")
    await expect(options).to_have_text(["Search the web"])
    await chat.field.press("Enter")
    await chat.hears("tool.change", {"toolId": "search"})
    await chat.field.press_sequentially("/ada")
    await expect(options).to_have_text(["Ada"])
    await chat.field.press("Enter")
    await expect(chat.field).to_have_value("@Ada L ")


async def test_header_actions_are_those_of_the_page(page: Embedder) -> None:
    chat = await page.add(
        """header: {title: {text: "Mine"},
            leftAction: {icon: "menu", onClick: () => (window.l = 1)},
            rightAction: {icon: "settings-cog", onClick: () => (window.r = 1)}},
            history: {enabled: false}"""
    )
    await chat.frame.get_by_role("button", name="Menu").click()
    await chat.frame.get_by_role("button", name="Settings cog").click()
    await chat.page.wait_for_function("window.l && window.r")
    await expect(chat.frame.get_by_role("link", name="History")).to_have_count(0)


async def test_elements_of_one_page_have_options_and_threads_of_their_own(page: Embedder) -> None:
    one = await page.add("composer: {placeholder: 'One'}", name="one")
    two = await page.add("composer: {placeholder: 'Two'}, theme: 'dark'", name="two")
    await one.field.fill("a draft")
    await two.do("sendUserMessage({text: 'say Second.'})")
    await expect(two.items.last).to_contain_text("Second.")
    await expect(one.field).to_have_attribute("placeholder", "One")
    await expect(one.field).to_have_value("a draft")
    await expect(two.field).to_have_attribute("placeholder", "Two")
    await expect(one.frame.locator("html")).to_have_attribute("data-theme", "light")
    assert await one.heard("thread.change", "response.start") == []


async def test_many_elements_of_one_page_answer_at_the_same_time(page: Embedder) -> None:
    """A browser has six connections to a host, and each thread that is shown is followed."""
    chats = [await page.add(name=f"chat{number}") for number in range(9)]
    for number, chat in enumerate(chats):
        await chat.do(f"sendUserMessage({{text: 'say Number {number}'}})")
        await expect(chat.items.last).to_contain_text(f"Number {number}")
    last = chats[-1]
    for chat in chats[:3]:
        await chat.do("sendUserMessage({text: 'hang'})")
        await chat.hears("response.start")
    await last.do("sendUserMessage({text: 'stream 40'})")
    await expect(last.items.last).to_contain_text("word39")
    for chat in chats[:3]:
        await chat.frame.get_by_role("button", name="Stop").click()
        await chat.hears("response.end")


async def test_it_can_be_taken_away_and_put_back(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'say Kept.'})")
    await chat.hears("response.end")
    for _ in range(3):
        await chat.page.evaluate(
            """() => {
                const one = document.getElementById("chat");
                one.remove();
                document.body.append(one);
            }"""
        )
        await expect(chat.items.last).to_contain_text("Kept.")
    assert len(chat.page.frames) == 2
    await chat.page.evaluate("() => void (window.gone = document.getElementById('chat')).remove()")
    with pytest.raises(Error, match="ignored"):
        await chat.page.evaluate("gone.fetchUpdates()")
    assert len(chat.page.frames) == 1


async def test_what_has_begun_ends_where_the_element_is_moved(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'hang'})")
    await chat.hears("response.start")
    await page.page.evaluate("() => document.body.append(chat)")
    await chat.frame.get_by_role("button", name="Stop").click()
    await page.page.wait_for_function(
        "heard.filter(([name]) => name === 'chatkit.response.end').length === 2"
    )
    names = [name for name, _ in await chat.heard("response.start", "response.end")]
    assert names == ["chatkit.response.start", "chatkit.response.end"] * 2


async def test_a_new_thread_is_still_one_where_the_element_is_moved(page: Embedder) -> None:
    first = await page.add()
    await first.do("sendUserMessage({text: 'say First.'})")
    await first.hears("response.end")
    [[_, change]] = await first.heard("thread.change")
    chat = await page.add(f"initialThread: '{change['threadId']}'", name="later")
    await chat.do("setThreadId(null)")
    await page.page.evaluate("() => document.body.append(later)")
    await chat.do("sendUserMessage({text: 'say Second.'})")
    await expect(chat.items.last).to_contain_text("Second.")
    await expect(chat.items).to_have_count(2)


async def test_the_page_shows_the_same_thread(page: Embedder) -> None:
    chat = await page.add("threadItemActions: {feedback: true, retry: true}")
    await chat.do("sendUserMessage({text: 'markdown **bold** and `code`'})")
    await chat.hears("response.end")
    [[_, change]] = await chat.heard("thread.change")
    html = await chat.frame.locator("#items").inner_html()
    await page.page.goto(f"{page.url}/threads/{change['threadId']}")
    assert " ".join((await page.page.inner_html("#items")).split()) == " ".join(html.split())
