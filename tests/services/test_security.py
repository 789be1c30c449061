import re

import httpx
import msgspec
import pytest

from chat.settings import Settings
from tests.services.serving import serving, small_app

NONCE = re.compile(r"'nonce-([\w-]{20,})'")


async def test_every_answer_carries_a_strict_policy(browser: httpx.AsyncClient) -> None:
    for path in ("/page", "/nowhere", "/stream/word", "/healthz"):
        headers = (await browser.get(path)).headers
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["trusted-types"] == "htmx"
        assert "unsafe" not in policy["script-src"] + policy["style-src"]
        assert "http" not in headers["Content-Security-Policy"]  # no other origin anywhere
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "microphone=(self)" in headers["Permissions-Policy"]


async def test_the_pages_nonce_is_the_policys_and_new_every_time(
    browser: httpx.AsyncClient,
) -> None:
    nonces = []
    for _ in range(2):
        response = await browser.get("/page")
        [nonce] = NONCE.findall(response.headers["Content-Security-Policy"])
        assert response.text == f"<script nonce='{nonce}'></script>"
        nonces.append(nonce)
    assert nonces[0] != nonces[1]


async def test_html_is_kept_apart_from_its_fragments_and_checked_again(
    browser: httpx.AsyncClient,
) -> None:
    html = (await browser.get("/page")).headers
    assert html["Vary"] == "HX-Request"
    assert html["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in (await browser.get("/who")).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "anything else"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "http://[broken"},
    ],
)
async def test_other_sites_cannot_change_anything(
    browser: httpx.AsyncClient, method: str, headers: dict[str, str]
) -> None:
    response = await browser.request(method, "/who", headers=headers)
    assert response.status_code == 403
    assert response.json() == {"code": "origin.foreign"}


async def test_own_pages_and_programs_can(browser: httpx.AsyncClient) -> None:
    own = str(browser.base_url).rstrip("/")
    for headers in (
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"},
        {"Origin": own},
        {"Origin": own.upper().replace("HTTP", "http")},
    ):
        assert (await browser.post("/who", headers=headers)).status_code == 200


async def test_reading_across_sites_is_the_browsers_to_refuse(browser: httpx.AsyncClient) -> None:
    response = await browser.get("/who", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 200
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_the_public_addresses_host_is_an_own_one(settings: Settings) -> None:
    public = msgspec.structs.replace(settings, public_url="https://chat.example.org")
    async with serving(small_app(public)) as browser:
        for origin, status in {
            "https://chat.example.org": 200,
            "https://chat.example.org:443": 200,
            "https://chat.example.org:8443": 403,
            "https://example.org": 403,
        }.items():
            response = await browser.post("/who", headers={"Origin": origin})
            assert response.status_code == status, origin
