"""Requests of a frame that come as JSON to the ChatKit endpoint."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.running import Running


async def tunnel(http: httpx.AsyncClient, path: str, **params: Any) -> httpx.Response:
    """Send a frame's request as the page around it does."""
    body = {"type": "frame.request", "params": {"path": path, **params}, "added": "by the page"}
    return await http.post("/chatkit", json=body)


FORM = {"content-type": "application/x-www-form-urlencoded", "hx-request": "true"}


async def test_it_is_the_request_that_it_describes(alice: httpx.AsyncClient) -> None:
    page = await tunnel(alice, "/?x=1", headers={"hx-request": "true"})
    assert page.status_code == 200
    assert page.text.startswith("<title>New chat")
    assert page.headers["HX-Push-Url"] == "/?x=1"


async def begin(http: httpx.AsyncClient) -> str:
    """Begin a thread, and return its address."""
    said = await tunnel(http, "/threads", method="POST", headers=FORM, body="text=say+Hello.")
    assert said.headers["ChatKit-Turn"].startswith("trn_")
    return str(said.headers["HX-Push-Url"])


async def test_what_leads_elsewhere_is_told_and_not_followed(alice: httpx.AsyncClient) -> None:
    thread = await begin(alice)
    named = await tunnel(alice, f"{thread}/title", method="POST", headers=FORM, body="title=Geese")
    assert named.status_code == 200
    assert "location" not in named.headers
    assert named.headers["ChatKit-Location"] == thread
    shown = await tunnel(alice, thread, headers={"hx-request": "true"})
    assert "Geese" in shown.text


async def test_who_asks_is_said_by_the_page_around_alone(
    alice: httpx.AsyncClient, charlie: httpx.AsyncClient
) -> None:
    thread = await begin(alice)
    cookie = f"chatkit_owner={alice.cookies['chatkit_owner']}"
    for name in ("cookie", "Cookie", "authorization", "origin", "host", "x-user"):
        refused = await tunnel(charlie, thread, headers={name: cookie})
        assert refused.status_code == 404


@pytest.mark.parametrize(
    "params",
    [
        {"path": "//evil.example.org/"},
        {"path": "https://evil.example.org/"},
        {"path": "threads"},
        {"path": "/\r\nX: y"},
        {"path": "/\n"},
        {"path": "/", "method": "DELETE"},
        {"path": "/", "headers": {"hx-request": "a\r\nCookie: b"}},
        {"path": "/", "body": 1},
        {},
        [],
    ],
)
async def test_what_is_no_request_of_a_frame_is_refused(
    alice: httpx.AsyncClient, params: Any
) -> None:
    body = {"type": "frame.request", "params": params}
    response = await alice.post("/chatkit", json=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "request.invalid"


async def test_a_body_that_is_too_large_is_refused(alice: httpx.AsyncClient) -> None:
    response = await tunnel(alice, "/threads", method="POST", body="x" * 1_100_000)
    assert response.status_code == 400


async def test_another_sites_page_cannot_send_one(
    served: Running, alice: httpx.AsyncClient
) -> None:
    await alice.get("/")
    body = '{"type": "frame.request", "params": {"path": "/threads", "method": "POST"}}'
    headers = {"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"}
    response = await alice.post("/chatkit", content=body, headers=headers)
    assert response.status_code == 403


@pytest.mark.parametrize("says", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
async def test_another_sites_form_cannot_make_the_browser_forget_its_owner(
    served: Running, says: dict[str, str]
) -> None:
    """A form of another site brings no cookie, whatever the request within it seems to be."""
    body = '{"type":"frame.request","params":{"path":"/","method":"GET"},"x":"="}'
    headers = {**says, "Content-Type": "text/plain"}
    response = await served.client("nobody").post("/chatkit", content=body, headers=headers)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers


async def test_the_page_around_may_add_to_it_anywhere_and_send_it_in_pieces(
    alice: httpx.AsyncClient,
) -> None:
    body = json.dumps({"user": "ada", "params": {"path": "/"}, "type": "frame.request"})

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 10):
            yield body[at : at + 10].encode()

    response = await alice.post("/chatkit", content=pieces())
    assert (response.status_code, response.headers["ChatKit-Answer"]) == (200, "1")


async def test_a_large_request_of_the_protocol_that_speaks_of_frames_is_left_alone(
    alice: httpx.AsyncClient,
) -> None:
    for text in ("frame.request", "frame.request " * 100_000):
        given = {"content": [{"type": "input_text", "text": text}], "attachments": []}
        asked = {"type": "threads.create", "params": {"input": {**given, "inference_options": {}}}}
        response = await alice.post("/chatkit", json=asked)
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")


async def test_requests_of_the_protocol_are_left_alone(alice: httpx.AsyncClient) -> None:
    asked = {"type": "threads.list", "params": {"limit": 1}}
    response = await alice.post("/chatkit", json=asked)
    assert response.json()["data"] == []
    assert (await alice.post("/chatkit", content=b"")).status_code == 400


async def test_a_request_within_a_request_is_refused(alice: httpx.AsyncClient) -> None:
    inner = '{"type": "frame.request", "params": {"path": "/"}}'
    response = await tunnel(alice, "/chatkit", method="POST", body=inner)
    assert response.status_code == 400
