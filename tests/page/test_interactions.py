import pytest

from tests.page.browsing import HTMX, Browser, items, texts
from tests.page.dom import parse


async def test_a_widgets_button_does_what_the_server_makes_of_it(alices: Browser) -> None:
    thread = await alices.hear("widget")
    response = await alices.press(await alices.read(thread), "Raise")
    assert (response.status_code, response.headers["location"]) == (303, f"{thread}/live#latest")
    page = await alices.settle(thread)
    assert "Count 1" in texts(page)[-1]
    await alices.press(page, "Raise")
    assert "Count 2" in texts(await alices.settle(thread))[-1]


async def test_an_action_that_answers_at_once_leads_back_to_its_item(alices: Browser) -> None:
    thread = await alices.hear("widget")
    page = await alices.read(thread)
    response = await alices.press(page, "Raise by ten")
    assert response.headers["location"] == f"{thread}#{items(page)[-1]['id']}"
    assert "Count 10" in texts(await alices.read(thread))[-1]


async def test_htmx_gets_the_one_item_that_changed(alices: Browser) -> None:
    thread = await alices.hear("widget")
    page = await alices.read(thread)
    (button,) = [button for button in page.all("button") if button.text == "Raise by ten"]
    form = page.one("form", id=button["form"])
    response = await alices.http.post(
        form["action"], data={button["name"]: button["value"]}, headers=HTMX
    )
    change = parse(response.text).one("hx-partial")
    assert change["hx-target"] == f"#{items(page)[-1]['id']}"
    assert "Count 10" in change.text


async def test_an_action_of_a_widget_that_changed_meanwhile_is_refused(alices: Browser) -> None:
    thread = await alices.hear("widget")
    (button,) = [
        button
        for button in (await alices.read(thread)).all("button")
        if button.text == "Raise by ten"
    ]
    place, _, _ = button["value"].rpartition(":")
    address = f"{thread}/items/{items(await alices.read(thread))[-1]['data-item-id']}/action"
    response = await alices.post(address, **{button["name"]: f"{place}:{'0' * 16}"})
    assert response.status_code == 409
    assert "Count 0" in texts(await alices.read(thread))[-1]


async def test_an_action_of_a_widget_that_is_gone_is_refused_with_a_clear_sentence(
    alices: Browser,
) -> None:
    thread = await alices.hear("widget")
    (button,) = [b for b in (await alices.read(thread)).all("button") if b.text == "Raise"]
    sent = {button["name"]: button["value"]}
    response = await alices.post(f"{thread}/items/removed/action", **sent)
    assert response.status_code == 409
    assert "not there any more" in parse(response.text).one("p", role="alert").text
    told = await alices.http.post(f"{thread}/items/removed/action", data=sent, headers=HTMX)
    assert told.status_code == 409
    assert "not there any more" in parse(told.text).one("hx-partial").text


@pytest.mark.parametrize("fields", [{}, {"_path": "children.1", "_event": "onEvilAction"}])
async def test_an_action_that_names_no_place_is_refused(
    alices: Browser, fields: dict[str, str]
) -> None:
    thread = await alices.hear("widget")
    item = items(await alices.read(thread))[-1]["data-item-id"]
    assert (await alices.post(f"{thread}/items/{item}/action", **fields)).status_code == 400


async def test_only_widgets_have_actions(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    item = items(await alices.read(thread))[-1]["data-item-id"]
    fields = {"_path": "", "_event": "onClickAction"}
    assert (await alices.post(f"{thread}/items/{item}/action", **fields)).status_code == 400


async def test_questions_are_answered(alices: Browser) -> None:
    thread = await alices.hear("ask")
    page = await alices.read(thread)
    fields = {"choice-0": "Tea", "text-1": "Bob <b>"}
    await alices.press(page, "Submit", **fields)
    page = await alices.settle(thread)
    assert "Tea" in texts(page)[1]
    assert "Bob <b>" in texts(page)[1]
    assert texts(page)[2] == "Thank you."
    assert "hidden" not in page.one("form", id="composer").attributes


async def test_questions_are_skipped(alices: Browser) -> None:
    thread = await alices.hear("ask")
    await alices.press(await alices.read(thread), "Skip")
    assert "Skipped" in texts(await alices.settle(thread))[1]


async def test_questions_are_answered_once(alices: Browser) -> None:
    thread = await alices.hear("ask")
    page = await alices.read(thread)
    await alices.press(page, "Skip")
    await alices.settle(thread)
    assert (await alices.press(page, "Skip")).status_code == 409


async def test_no_answer_at_all_is_refused(alices: Browser) -> None:
    thread = await alices.hear("ask")
    response = await alices.press(await alices.read(thread), "Submit")
    assert response.status_code == 400
    assert "Answer a question" in parse(response.text).text


async def test_only_questions_have_answers(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    item = items(await alices.read(thread))[-1]["data-item-id"]
    assert (await alices.post(f"{thread}/items/{item}/answers", skip="1")).status_code == 400


@pytest.mark.parametrize(
    ("name", "kind"), [("Good response", "positive"), ("Bad response", "negative")]
)
async def test_an_opinion_is_kept_and_shown(alices: Browser, name: str, kind: str) -> None:
    thread = await alices.hear("say hi")
    page = await alices.read(thread)
    response = await alices.press(page, name)
    assert response.headers["location"] == f"{thread}#{items(page)[-1]['id']}"
    item = items(await alices.read(thread))[-1]
    assert item.one("button", aria_label=name)["aria-pressed"] == "true"
    assert [b["value"] for b in item.all("button", aria_pressed="true")] == [kind]


async def test_an_opinion_that_is_none_is_refused(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    item = items(await alices.read(thread))[-1]["data-item-id"]
    response = await alices.post(f"{thread}/items/{item}/feedback", kind="so-so")
    assert response.status_code == 400


async def test_a_client_tool_can_be_skipped(alices: Browser) -> None:
    thread = await alices.hear("tool")
    await alices.press(await alices.read(thread), "Skip")
    page = await alices.settle(thread)
    assert texts(page)[-1] == "Thank you."
    exported = (await alices.http.get(f"{thread}/export.json")).json()
    assert exported["thread"]["items"]["data"][1]["output"] == {"skipped": True}


async def test_a_client_tools_result_is_given_to_the_server(alices: Browser) -> None:
    thread = await alices.hear("tool")
    await alices.post(f"{thread}/tool-output", result='{"text": "milk"}')
    await alices.settle(thread)
    exported = (await alices.http.get(f"{thread}/export.json")).json()
    assert exported["thread"]["items"]["data"][1]["output"] == {"text": "milk"}


@pytest.mark.parametrize("result", ["", "{", "NaN", "[" * 100_000])
async def test_a_result_that_is_not_json_is_refused(alices: Browser, result: str) -> None:
    thread = await alices.hear("tool")
    response = await alices.post(f"{thread}/tool-output", result=result)
    assert response.status_code == 400
    assert "JSON" in parse(response.text).text


async def test_a_result_that_nothing_waits_for_is_refused(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    assert (await alices.post(f"{thread}/tool-output", skip="1")).status_code == 409


@pytest.mark.parametrize("what", ["action", "answers", "feedback"])
async def test_nobody_else_does_anything_to_an_item(
    alices: Browser, charlies: Browser, what: str
) -> None:
    thread = await alices.hear("widget")
    item = items(await alices.read(thread))[-1]["data-item-id"]
    response = await charlies.post(f"{thread}/items/{item}/{what}", kind="positive", skip="1")
    assert response.status_code == 404
    assert (await charlies.post(f"{thread}/tool-output", skip="1")).status_code == 404
    assert (await alices.post(f"{thread}/items/unknown/{what}", kind="positive")).status_code == 404
