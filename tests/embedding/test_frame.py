"""What a page that embeds the chat may ask for over HTTP, and what others get: nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from chat.embedding.tokens import FrameTokens
from chat.settings import InvalidSettings, Settings, load_settings
from tests.page.dom import parse
from tests.running import Running, running

FRIEND = "https://app.example.org"
STRANGER = "https://evil.example.org"
ASKING = {"Origin": FRIEND, "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
async def open_served(settings: Settings) -> AsyncIterator[Running]:
    """The application, which pages of a friend's origin may show."""
    allowed = msgspec.structs.replace(settings, origins=f"{FRIEND}, http://localhost:5173/")
    async with running(allowed) as served:
        yield served


@pytest.fixture
def site(open_served: Running) -> httpx.AsyncClient:
    """A browser without cookies of that application."""
    return open_served.client("friend")


def directive(response: httpx.Response, name: str) -> str:
    """Return what a directive of the answer's policy says."""
    policy = response.headers["Content-Security-Policy"]
    [found] = [part.split(" ", 1)[1] for part in policy.split("; ") if part.startswith(f"{name} ")]
    return str(found)


async def options(http: httpx.AsyncClient, **chosen: Any) -> dict[str, str]:
    """Send options, and return the header that names them."""
    response = await http.post("/frame/options", json=chosen)
    assert response.status_code == 200, response.text
    return {"ChatKit-Options": response.json()["digest"]}


async def test_only_the_frame_may_be_framed_and_only_by_the_allowed(
    site: httpx.AsyncClient, alice: httpx.AsyncClient
) -> None:
    frame = await site.get("/chatkit/frame")
    assert directive(frame, "frame-ancestors") == f"'self' {FRIEND} http://localhost:5173"
    assert "set-cookie" not in frame.headers
    assert directive(await site.get("/"), "frame-ancestors") == "'none'"
    assert directive(await alice.get("/chatkit/frame"), "frame-ancestors") == "'self'"


async def test_the_frame_speaks_the_language_that_it_is_asked_for_in(
    settings: Settings, tmp_path: Any
) -> None:
    words = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid "Remove {name}"\nmsgstr "{name} entfernen"\n')
    german = msgspec.structs.replace(settings, locales=str(tmp_path))
    async with running(german) as served:
        http = served.client()
        assert "{name} entfernen" in (await http.get("/chatkit/frame?locale=de-DE")).text
        assert "Remove {name}" in (await http.get("/chatkit/frame?locale=fr")).text


async def test_allowed_origins_have_cors_and_others_have_none(
    site: httpx.AsyncClient, alice: httpx.AsyncClient
) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-mine"}
    response = await site.options("/chatkit", headers={**ASKING, **asked})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == FRIEND
    assert response.headers["Access-Control-Allow-Headers"] == "x-mine"
    assert "Origin" in response.headers["Vary"]
    for http, origin in ((site, STRANGER), (alice, FRIEND)):
        headers = {**asked, "Origin": origin, "Sec-Fetch-Site": "cross-site"}
        for refused in (
            await http.options("/chatkit", headers=headers),
            await http.get("/static/chatkit.js", headers=headers),
        ):
            assert not [name for name in refused.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/frame/token", "/frame/options", "/chatkit", "/threads"])
async def test_a_stranger_is_refused(site: httpx.AsyncClient, path: str) -> None:
    for origin in (STRANGER, "null", f"{FRIEND}.evil.example", FRIEND.replace("https", "http")):
        headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
        response = await site.post(path, content=b"{}", headers=headers)
        assert response.status_code == 403, (path, origin)
        assert "token" not in response.text


async def test_a_token_is_an_owner_of_its_own(site: httpx.AsyncClient) -> None:
    given = (await site.post("/frame/token", json={}, headers=ASKING)).json()
    token = {"ChatKit-Token": given["token"]}
    response = await site.post("/threads", data={"text": "say Mine."}, headers=token)
    assert "set-cookie" not in response.headers
    thread = response.headers["location"].partition("/live")[0]
    assert (await site.get(thread, headers=token)).status_code == 200
    assert (await site.get(thread)).status_code == 404
    other = (await site.post("/frame/token", json={}, headers=ASKING)).json()
    assert (await site.get(thread, headers={"ChatKit-Token": other["token"]})).status_code == 404


async def test_a_key_is_worth_tokens_of_the_same_owner_to_its_origin_alone(
    site: httpx.AsyncClient,
) -> None:
    given = (await site.post("/frame/token", json={}, headers=ASKING)).json()
    token = {"ChatKit-Token": given["token"]}
    response = await site.post("/threads", data={"text": "say Mine."}, headers=token)
    thread = response.headers["location"].partition("/live")[0]
    elsewhere = {**ASKING, "Origin": "http://localhost:5173"}
    for headers, status in ((ASKING, 200), (elsewhere, 404)):
        again = await site.post("/frame/token", json={"key": given["key"]}, headers=headers)
        assert (again.json()["key"] == given["key"]) is (headers is ASKING)
        fresh = {"ChatKit-Token": again.json()["token"]}
        assert (await site.get(thread, headers=fresh)).status_code == status


async def test_a_token_that_is_not_ours_or_too_old_is_refused(
    site: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (await site.post("/frame/token", json={}, headers=ASKING)).json()
    for token in ("nonsense", given["key"], given["token"][:-2]):
        response = await site.get("/threads", headers={"ChatKit-Token": token})
        assert response.status_code == 401
        assert "set-cookie" not in response.headers
    monkeypatch.setattr("chat.embedding.tokens.TOKEN_TIME", timedelta(seconds=-1))
    response = await site.get("/threads", headers={"ChatKit-Token": given["token"]})
    assert response.status_code == 401


def test_keys_of_another_secret_name_nobody() -> None:
    ours, theirs = FrameTokens("a" * 32), FrameTokens("b" * 32)
    key = str(theirs.give(FRIEND, "")["key"])
    owner = theirs.owner(str(theirs.give(FRIEND, key)["token"]))
    assert ours.owner(str(ours.give(FRIEND, key)["token"])) != owner


async def test_options_are_those_of_the_requests_that_name_them(alice: httpx.AsyncClient) -> None:
    one = await options(alice, startScreen={"greeting": "One"}, callbacks=["entities.onTagSearch"])
    two = await options(alice, startScreen={"greeting": "Two"}, history={"enabled": False})
    first, second, none = [(await alice.get("/", headers=h)).text for h in (one, two, {})]
    assert "One" in first
    assert "data-mentions" in first
    assert "Two" in second
    assert "/threads" not in second.partition("<main")[0]
    assert "What can I help with today?" in none


async def test_what_options_make_of_the_whole_page_is_told(alice: httpx.AsyncClient) -> None:
    theme = {
        "colorScheme": "dark",
        "radius": "sharp",
        "typography": {
            "fontFamily": "Mine, serif",
            "fontSources": [
                {"family": "Mine", "src": "https://fonts.example.org/mine.woff2"},
                {"family": "Ours", "src": "/static/ours.woff2"},
            ],
        },
    }
    told = (await alice.post("/frame/options", json={"theme": theme})).json()
    assert told["schemes"] == "dark"
    assert told["attributes"]["data-theme"] == "dark"
    assert "--radius-control: 0px" in told["css"]
    assert "example.org" not in told["css"]
    assert "/static/ours.woff2" in told["css"]


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        ({"theme": {"radius": "round; }"}}, "theme"),
        ({"theme": {"color": {"accent": {"primary": "url(x)", "level": 1}}}}, "accent.primary"),
        ({"theme": {"typography": {"fontFamily": "a; } *{}"}}}, "fontFamily"),
        ({"startScreen": {"prompts": [{"label": "x"}]}}, "startScreen.prompts[0]"),
        ({"startScreen": {"prompts": [{"label": "x", "prompt": "y", "icon": "no"}]}}, "icon"),
        ({"header": {"leftAction": {"icon": "no"}}}, "header.leftAction.icon"),
        ({"nonsense": 1}, "nonsense"),
        ({"locale": "../etc"}, "locale"),
        ([], "object"),
    ],
)
async def test_what_cannot_be_used_is_refused_by_its_name(
    alice: httpx.AsyncClient, chosen: Any, name: str
) -> None:
    response = await alice.post("/frame/options", json=chosen)
    assert response.status_code == 400
    assert name in response.json()["error"]["message"]


async def test_icons_that_lucide_does_not_have_any_more_are_left_out(
    alice: httpx.AsyncClient,
) -> None:
    icon = "lucide:an-icon-of-old"
    tool = {"id": "find", "label": "Find", "icon": icon, "pinned": True}
    prompt = {"label": "Begin", "prompt": "Begin", "icon": icon}
    named = await options(alice, startScreen={"prompts": [prompt]}, composer={"tools": [tool]})
    page = parse((await alice.get("/", headers=named)).text)
    assert page.one("button", class_="prompt").text == "Begin"
    assert page.one("input", name="tool", value="find")


async def test_options_that_are_not_kept_any_more_are_asked_for_again(
    served: Running, alice: httpx.AsyncClient
) -> None:
    named = await options(alice, startScreen={"greeting": "One"})
    served.host.embedded_options._kept.clear()
    assert (await alice.get("/", headers=named)).status_code == 428
    await options(alice, startScreen={"greeting": "One"})
    assert "One" in (await alice.get("/", headers=named)).text


async def test_no_more_options_are_kept_than_there_is_room_for(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.embedding.options.MOST", 2)
    first = await options(alice, startScreen={"greeting": "0"})
    for number in (1, 2):
        await options(alice, startScreen={"greeting": str(number)})
    assert (await alice.get("/", headers=first)).status_code == 428
    monkeypatch.setattr("chat.embedding.options.ROOM", 100_000)
    second = await options(alice, startScreen={"greeting": "2" * 60_000})
    await options(alice, startScreen={"greeting": "3" * 60_000})
    assert (await alice.get("/", headers=second)).status_code == 428
    large = {"startScreen": {"greeting": "x" * 300_000}}
    assert (await alice.post("/frame/options", json=large)).status_code == 400


async def test_the_scripts_stay_where_they_are_and_are_checked(alice: httpx.AsyncClient) -> None:
    for name in ("chatkit.js", "chatkit-loader.js"):
        response = await alice.get(f"/static/{name}")
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.headers["Content-Encoding"] == "gzip"
        known = {"If-None-Match": response.headers["ETag"]}
        assert (await alice.get(f"/static/{name}", headers=known)).status_code == 304


async def test_the_element_is_small(alice: httpx.AsyncClient) -> None:
    async with alice.stream("GET", "/static/chatkit.js") as response:
        assert int(response.headers["Content-Length"]) < 8 * 1024


@pytest.mark.parametrize("origin", ["example.org", "https://", "https://a/b", "*", "'unsafe'"])
def test_what_is_no_origin_stops_the_start(origin: str) -> None:
    with pytest.raises(InvalidSettings, match="CHATKIT_ORIGINS"):
        load_settings({"CHATKIT_ORIGINS": origin})
