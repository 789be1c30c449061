from tests.page.browsing import HTMX, Browser
from tests.page.dom import parse


async def test_an_unknown_address_has_a_page_with_the_way_on(alices: Browser) -> None:
    page = await alices.read("/nowhere", 404)
    assert "does not exist" in page.text
    assert page.has("a", href="/")


async def test_a_wrong_method_is_told(alices: Browser) -> None:
    response = await alices.http.put("/threads")
    assert response.status_code == 405
    assert "does not take that method" in parse(response.text).text


async def test_back_leads_to_the_page_it_came_from(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    came_from = {"Referer": f"{alices.http.base_url}{thread}?before=x"}
    response = await alices.http.post(f"{thread}/title", data={"title": ""}, headers=came_from)
    assert parse(response.text).has("a", href=f"{thread}?before=x")


async def test_back_never_leads_to_another_site(alices: Browser) -> None:
    response = await alices.http.get("/nowhere", headers={"Referer": "https://evil.example/x"})
    assert "evil" not in response.text


async def test_what_was_typed_is_shown_as_text(alices: Browser) -> None:
    thread = await alices.say("hang")
    typed = "</textarea><script>alert(1)</script>"
    response = await alices.post(f"{thread}/messages", text=typed)
    assert parse(response.text).one("textarea", id="again-text").children == [typed]
    await alices.post(f"{thread}/stop")


async def test_a_form_that_is_too_large_is_told_so(alices: Browser) -> None:
    response = await alices.post("/threads", text="x" * (17 * 1024 * 1024))
    assert response.status_code == 413
    assert "larger" in parse(response.text).text


async def test_the_address_is_text_in_the_page_and_in_the_alert(alices: Browser) -> None:
    for headers in ({}, HTMX):
        response = await alices.http.get("/threads/<img src=x>?a=<img>", headers=headers)
        assert response.status_code == 404
        assert not parse(response.text).has("img")
