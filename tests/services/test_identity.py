import re
import subprocess
import sys

import httpx
import msgspec
import pytest
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

from chat.identity import COOKIE, LIFETIME
from chat.secret_key import load_secret_key
from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.running import Running
from tests.services.serving import serving, small_app

OWNER = re.compile(r"usr_[0-9a-f]{32}")


async def owner(client: httpx.AsyncClient, **headers: str) -> str:
    return str((await client.get("/who", headers=headers)).json()["user_id"])


async def owner_of_cookie(client: httpx.AsyncClient, cookie: str) -> str:
    client.cookies.clear()
    return await owner(client, Cookie=f"{COOKIE}={cookie}")


async def test_the_first_answer_gives_a_browser_an_owner_and_later_ones_keep_it(
    browser: httpx.AsyncClient,
) -> None:
    first = await browser.get("/who")
    cookie = first.headers["Set-Cookie"]
    assert OWNER.fullmatch(first.json()["user_id"])
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert f"Max-Age={int(LIFETIME.total_seconds())}" in cookie
    assert "Secure" not in cookie  # this request came by http
    second = await browser.get("/who")
    assert second.json() == first.json()
    assert "Set-Cookie" not in second.headers


async def test_two_browsers_are_two_owners(browser: httpx.AsyncClient) -> None:
    alice = await owner(browser)
    browser.cookies.clear()
    assert await owner(browser) != alice


@pytest.mark.parametrize("path", ["/stream/word", "/nowhere", "/page"])
async def test_streams_errors_and_pages_give_an_owner_too(
    browser: httpx.AsyncClient, path: str
) -> None:
    response = await browser.get(path)
    assert COOKIE in response.cookies
    assert COOKIE in browser.cookies


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_probes_get_no_cookie(browser: httpx.AsyncClient, path: str) -> None:
    assert "Set-Cookie" not in (await browser.get(path)).headers


async def test_an_owner_survives_a_restart(settings: Settings) -> None:
    async with serving(small_app(settings)) as browser:
        alice = await owner(browser)
        cookie = browser.cookies[COOKIE]
    async with serving(small_app(settings)) as browser:
        assert await owner_of_cookie(browser, cookie) == alice


async def test_forged_cookies_are_worth_nothing(
    browser: httpx.AsyncClient, settings: Settings
) -> None:
    alice = await owner(browser)
    genuine = browser.cookies[COOKIE]
    key = load_secret_key(settings)
    forged = [
        alice,
        genuine[:-9] + ("A" if genuine[-9] != "A" else "B") + genuine[-8:],
        "." + genuine,
        genuine.partition(".")[0],
        URLSafeTimedSerializer("another key" * 4, salt=COOKIE).dumps(alice),
        URLSafeTimedSerializer(key, salt="another use").dumps(alice),
        URLSafeSerializer(key, salt=COOKIE).dumps(alice),
        "x" * 5000,
        "%00%0d%0a",
        "",
    ]
    for cookie in forged:
        assert await owner_of_cookie(browser, cookie) != alice


@pytest.mark.parametrize(
    "value", [None, 7, ["usr_" + "0" * 32], "usr_0", "root", "usr_" + "0" * 32 + "\n"]
)
async def test_a_signed_value_that_is_no_owner_is_not_taken(
    browser: httpx.AsyncClient, settings: Settings, value: object
) -> None:
    cookie = URLSafeTimedSerializer(load_secret_key(settings), salt=COOKIE).dumps(value)
    found = await owner_of_cookie(browser, str(cookie))
    assert OWNER.fullmatch(found)
    assert found != value


async def test_an_old_cookie_is_signed_anew_for_the_same_owner(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(small_app(settings)) as browser:
        alice = await owner(browser)
        monkeypatch.setattr("chat.identity.REFRESH_AFTER", LIFETIME * 0)
        again = await browser.get("/who")
    assert again.json()["user_id"] == alice
    assert COOKIE in again.cookies


async def test_another_sites_form_cannot_make_a_browser_forget_its_owner(
    browser: httpx.AsyncClient,
) -> None:
    refused = await browser.post("/who", headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "Set-Cookie" not in refused.headers


async def test_the_cookie_is_secure_where_the_public_address_is(settings: Settings) -> None:
    public = msgspec.structs.replace(settings, public_url="https://chat.example.org")
    async with serving(small_app(public)) as browser:
        outside = await browser.get("/who", headers={"Host": "chat.example.org"})
        inside = await browser.get("/who")
    assert "Secure" in outside.headers["Set-Cookie"]
    assert "Secure" not in inside.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("de-CH, en;q=0.7", "de-CH"),
        ("en;q=0.3, fr;q=0.9, *;q=0.1", "fr"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("*", "en"),
        ("", "en"),
        ("de;q=0", "en"),
        ("<script>, it;q=0.5", "it"),
        ("../../etc/passwd", "en"),
        ("a" * 400, "en"),
        (",;=q", "en"),
    ],
)
async def test_the_locale_is_the_best_well_formed_language(
    browser: httpx.AsyncClient, accepted: str, locale: str
) -> None:
    response = await browser.get("/who", headers={"Accept-Language": accepted})
    assert response.json()["locale"] == locale


async def test_a_context_function_of_ones_own_decides_about_the_cookie(settings: Settings) -> None:
    own = msgspec.structs.replace(settings, context="somewhere.else:context")
    async with serving(small_app(own)) as browser:
        assert "Set-Cookie" not in (await browser.get("/page")).headers
        assert "Set-Cookie" in (await browser.get("/who")).headers


async def test_the_pages_and_the_endpoint_know_the_same_owner(
    served: Running, alice: httpx.AsyncClient
) -> None:
    first = await alice.get("/")
    assert first.status_code == 200
    assert COOKIE in first.cookies
    answer = await ChatKitClient(alice).post("threads.create", input=message("say Hello."))
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert "Set-Cookie" not in answer.headers
    assert "Hello." in (await alice.get("/export.json")).text
    stranger = await ChatKitClient(served.client("bob")).post(
        "threads.create", input=message("say Hello.")
    )
    assert COOKIE in stranger.cookies


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/static/page.css"])
async def test_what_belongs_to_nobody_gets_no_cookie(alice: httpx.AsyncClient, path: str) -> None:
    response = await alice.get(path)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


async def test_another_sites_form_is_refused_with_a_page_and_without_a_cookie(
    alice: httpx.AsyncClient,
) -> None:
    refused = await alice.post("/threads", headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "Set-Cookie" not in refused.headers


def test_what_the_first_page_needs_imports_nothing_heavy() -> None:
    script = (
        "import sys, chat.identity, chat.security, chat.logs, chat.health\n"
        "print(sorted({'chatkit', 'pydantic', 'agents', 'openai'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
