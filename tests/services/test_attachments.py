import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from werkzeug.http import parse_options_header

from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.running import running


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + chunk(b"IEND", b"")
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


async def upload(
    client: httpx.AsyncClient, data: bytes, claim: str = "text/plain", name: str = "notes.txt"
) -> httpx.Response:
    return await client.post("/attachments", files={"file": (name, data, claim)})


async def announce(client: httpx.AsyncClient, claim: str, size: int = 10) -> dict[str, Any]:
    announced: dict[str, Any] = await ChatKitClient(client).ask(
        "attachments.create", name="../../a.bin", size=size, mime_type=claim
    )
    return announced


def files_of(settings: Settings) -> list[Path]:
    folder = settings.attachments_folder
    assert folder
    return list(folder.iterdir()) if folder.is_dir() else []


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(1000):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("it did not happen")


async def test_a_file_comes_back_as_it_was_sent(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    sent = await upload(alice, "grüße".encode())
    assert sent.status_code == 200, sent.text
    attachment = sent.json()
    assert attachment == {
        "id": attachment["id"],
        "type": "file",
        "name": "notes.txt",
        "mime_type": "text/plain",
    }
    assert [path.name for path in files_of(settings)] == [attachment["id"]]
    got = await alice.get(f"/attachments/{attachment['id']}")
    assert got.content == "grüße".encode()
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert got.headers["Content-Length"] == "7"
    assert got.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "immutable" in got.headers["Cache-Control"]
    assert "private" in got.headers["Cache-Control"]
    assert got.headers["Vary"] == "Cookie"


async def test_an_image_has_a_preview_and_is_shown(alice: httpx.AsyncClient) -> None:
    attachment = (await upload(alice, PNG, "image/png", "dot.png")).json()
    assert attachment["type"] == "image"
    assert attachment["preview_url"] == f"{alice.base_url}/attachments/{attachment['id']}"
    got = await alice.get(attachment["preview_url"])
    assert got.content == PNG
    assert got.headers["Content-Type"] == "image/png"
    assert got.headers["Content-Disposition"] == 'inline; filename="dot.png"'


async def test_a_browser_that_has_a_file_is_not_sent_it_again(alice: httpx.AsyncClient) -> None:
    path = f"/attachments/{(await upload(alice, b'text')).json()['id']}"
    tag = (await alice.get(path)).headers["ETag"]
    again = await alice.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (await alice.head(path)).headers["Content-Length"] == "4"


async def test_a_message_can_bring_an_uploaded_file(alice: httpx.AsyncClient) -> None:
    attachment = (await upload(alice, b"text")).json()
    client = ChatKitClient(alice)
    events = await client.all(
        "threads.create", input=message("say Thanks.", attachments=[attachment["id"]])
    )
    [item] = [item for item in await client.items(events[0].thread.id) if "attachments" in item]
    assert item["attachments"] == [attachment | {"thread_id": events[0].thread.id}]


async def test_what_is_anothers_is_not_there(
    alice: httpx.AsyncClient, charlie: httpx.AsyncClient
) -> None:
    kept = (await upload(alice, b"secret")).json()["id"]
    pending = (await announce(alice, "text/plain"))["id"]
    unknown = "atc_" + "0" * 32
    for attachment_id in (kept, pending, unknown):
        path = f"/attachments/{attachment_id}"
        refusals = [
            await charlie.get(path),
            await charlie.get(path, headers={"If-None-Match": f'"{attachment_id}"'}),
            await charlie.put(path, content=b"mine"),
            await charlie.post(path, files={"file": ("a", b"mine", "text/plain")}),
        ]
        for refusal in refusals:
            assert refusal.status_code == 404
            assert refusal.json()["error"]["code"] == "not_found"
        assert len({refusal.text for refusal in refusals}) == 1  # nothing tells which it was
    assert (await alice.get(f"/attachments/{kept}")).content == b"secret"


@pytest.mark.parametrize(
    "attachment_id",
    ["%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cchat.db", "chat.db", "%00", "a" * 3000],
)
async def test_an_id_is_never_a_path(alice: httpx.AsyncClient, attachment_id: str) -> None:
    for method in ("GET", "PUT"):
        response = await alice.request(method, f"/attachments/{attachment_id}", content=b"x")
        assert response.status_code == 404


async def test_an_announced_file_is_taken_once(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    announced = await announce(alice, "image/png", len(PNG))
    upload_to = announced["upload_descriptor"]
    early = await alice.get(f"/attachments/{announced['id']}")
    assert early.status_code == 404
    done = await alice.request(
        upload_to["method"], upload_to["url"], headers=upload_to["headers"], content=PNG
    )
    assert done.status_code == 200, done.text
    assert "upload_descriptor" not in done.json()
    assert done.json()["name"] == "a.bin"
    assert (await alice.get(done.json()["preview_url"])).content == PNG
    again = await alice.put(upload_to["url"], content=PNG)
    assert again.status_code == 409
    assert [path.name for path in files_of(settings)] == [announced["id"]]


async def test_an_announced_file_may_come_as_a_form(alice: httpx.AsyncClient) -> None:
    announced = await announce(alice, "text/plain", 4)
    done = await alice.post(
        announced["upload_descriptor"]["url"], files={"file": ("b.txt", b"text", "text/html")}
    )
    assert done.json()["mime_type"] == "text/plain"  # as it was announced


async def test_a_file_that_is_arriving_is_not_taken_a_second_time(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    announced = await announce(alice, "text/plain", 1007)
    go_on = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"x" * 1000
        await go_on.wait()
        yield b"the end"

    path = f"/attachments/{announced['id']}"
    first = asyncio.create_task(alice.put(path, content=slowly()))
    await until(lambda: bool(files_of(settings)))
    assert (await alice.put(path, content=b"other")).status_code == 409
    go_on.set()
    assert (await first).status_code == 200
    assert (await alice.get(path)).content == b"x" * 1000 + b"the end"


async def test_a_refused_second_phase_can_be_tried_again(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    announced = await announce(alice, "image/png", len(PNG))
    path = f"/attachments/{announced['id']}"
    assert (await alice.put(path, content=HTML)).status_code == 415
    assert files_of(settings) == []
    assert (await alice.put(path, content=PNG)).status_code == 200


@pytest.mark.parametrize("data", [b"", b"123456789", b"12345678901"])
async def test_an_announced_file_of_another_size_is_refused_and_can_be_sent_again(
    alice: httpx.AsyncClient, settings: Settings, data: bytes
) -> None:
    announced = await announce(alice, "text/plain", 10)
    path = f"/attachments/{announced['id']}"
    refused = await alice.put(path, content=data)
    assert refused.status_code == 400
    message = refused.json()["error"]["message"]
    assert message == f"This file has {len(data)} bytes, but 10 were announced."
    assert files_of(settings) == []
    assert (await alice.put(path, content=b"1234567890")).status_code == 200
    assert (await alice.get(path)).content == b"1234567890"


async def test_an_announcement_is_refused_and_named_as_the_file_will_be(
    alice: httpx.AsyncClient,
) -> None:
    announced = await announce(alice, "text/plain")
    assert announced["name"] == "a.bin"
    assert "metadata" not in announced
    answer = await alice.post(
        "/chatkit",
        json={
            "type": "attachments.create",
            "params": {"name": "a.svg", "size": 10, "mime_type": "image/svg+xml"},
        },
    )
    assert answer.status_code == 415


async def test_a_file_deleted_while_it_arrives_leaves_nothing(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    announced = await announce(alice, "text/plain", 1007)

    async def while_it_is_deleted() -> AsyncIterator[bytes]:
        yield b"x" * 1000
        await ChatKitClient(alice).ask("attachments.delete", attachment_id=announced["id"])
        yield b"the end"

    gone = await alice.put(f"/attachments/{announced['id']}", content=while_it_is_deleted())
    assert gone.status_code == 404
    assert files_of(settings) == []


@pytest.mark.parametrize("size", [1001, 100_000, 5_000_000])
async def test_a_file_beyond_the_limit_is_refused(settings: Settings, size: int) -> None:
    small = msgspec.structs.replace(settings, max_attachment_bytes=1000)
    async with running(small) as served:
        alice = served.client()
        announced = await announce(alice, "text/plain")

        async def unannounced() -> AsyncIterator[bytes]:
            for start in range(0, size, 1000):
                yield b"x" * min(1000, size - start)

        path = f"/attachments/{announced['id']}"
        for refused in (
            await upload(alice, b"x" * size),
            await alice.put(path, content=b"x" * size),
            await alice.put(path, content=unannounced()),
        ):
            assert refused.status_code == 413
            assert refused.json()["error"]["code"] == "too_large"
            assert "1000" in refused.json()["error"]["message"]
        assert files_of(small) == []
        assert (await upload(alice, b"x" * 1000)).status_code == 200


async def test_an_upload_may_be_larger_than_other_requests(settings: Settings) -> None:
    small = msgspec.structs.replace(settings, max_request_bytes=10_000)
    async with running(small) as served:
        assert (await upload(served.client(), b"x" * 1_000_000)).status_code == 200


async def test_an_upload_that_breaks_off_leaves_nothing(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    announced = await announce(alice, "text/plain", 1)
    _, writer = await asyncio.open_connection(alice.base_url.host, alice.base_url.port)
    cookies = "; ".join(f"{name}={value}" for name, value in alice.cookies.items())
    head = f"PUT /attachments/{announced['id']} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\n"
    writer.write(head.encode() + b"Content-Length: 100000\r\n\r\n" + b"x" * 1000)
    await until(lambda: bool(files_of(settings)))
    assert [path.name for path in files_of(settings)] != [announced["id"]]
    writer.close()
    await writer.wait_closed()
    await until(lambda: not files_of(settings))
    assert (await alice.put(f"/attachments/{announced['id']}", content=b"x")).status_code == 200


@pytest.mark.parametrize(
    ("claim", "data"),
    [
        ("image/png", HTML),
        ("image/png", SVG),
        ("image/png", b""),
        ("image/png", b"\xff\xd8\xff\xe0 a jpeg"),
        ("image/jpeg", PNG),
        ("image/gif", b"alert(1)//GIF89a"),
        ("image/svg+xml", SVG),
        ("IMAGE/SVG+XML; charset=utf-8", SVG),
        ("text/plain", b"nul \0 in text"),
        ("text/plain", b"x" * 100_000 + b"\xff"),
        ("text/plain", "in another encoding: ü".encode("latin-1")),
        ("text/plain", b"cut off: \xc3"),
        ("text/csv", PNG),
        ("application/json", b"\xff\xfe{\0}\0"),
        ("application/json", b"%PDF-1.4 readable"),
        ("application/pdf", HTML),
        ("application/pdf", b" %PDF-1.4"),
        ("application/octet-stream", b"MZ" + bytes(62)),
        ("application/octet-stream", b"\0\1\2\3"),
        ("application/zip", b"PK\x03\x04"),
        ("text/html", b"\x7fELF"),
        ("no type at all", b"\0"),
        ("../../etc", b"\0"),
    ],
)
async def test_a_file_that_is_not_what_it_claims_or_not_wanted_is_refused(
    alice: httpx.AsyncClient, settings: Settings, claim: str, data: bytes
) -> None:
    refused = await upload(alice, data, claim)
    assert refused.status_code == 415, refused.text
    assert refused.json()["error"]["code"] == "type.unsupported"
    assert files_of(settings) == []


@pytest.mark.parametrize(
    ("claim", "data", "kept_as"),
    [
        ("application/octet-stream", PNG, "image/png"),
        ("application/octet-stream", b"plain words", "text/plain"),
        ("application/octet-stream", b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        ("image/jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("image/webp", b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        ("IMAGE/PNG", PNG, "image/png"),
        ("text/plain; charset=utf-8", b"\xef\xbb\xbfwith a mark", "text/plain"),
        ("text/plain", b"", "text/plain"),
        ("text/plain", b"BMW is a car maker, MZ is a motorcycle", "text/plain"),
        ("text/plain", ("x" * 65535 + "ü" * 40000).encode(), "text/plain"),
        ("application/json", b'{"a": 1}', "application/json"),
        ("image/bmp", b"BM\x46\0\0\0\0\0\0\0\x36", "image/bmp"),
    ],
)
async def test_a_file_that_is_what_it_claims_is_kept(
    alice: httpx.AsyncClient, claim: str, data: bytes, kept_as: str
) -> None:
    kept = await upload(alice, data, claim)
    assert kept.status_code == 200, kept.text
    assert kept.json()["mime_type"] == kept_as
    assert (await alice.get(f"/attachments/{kept.json()['id']}")).content == data


@pytest.mark.parametrize(
    ("claim", "data"),
    [
        ("text/html", HTML),
        ("text/javascript", b"alert(1)"),
        ("text/css", b"*{}"),
        ("text/xml", SVG),
        ("image/bmp", b"BM\x46\0\0\0\0\0\0\0\x36"),
        ("image/svg+xml", SVG),
    ],
)
async def test_what_a_browser_could_run_is_only_ever_downloaded(
    settings: Settings, claim: str, data: bytes
) -> None:
    named = msgspec.structs.replace(settings, attachment_types="image/*,text/*,image/svg+xml")
    async with running(named) as served:
        alice = served.client()
        kept = await upload(alice, data, claim, "x.html")
        assert kept.json()["type"] == "file"
        got = await alice.get(f"/attachments/{kept.json()['id']}")
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]


async def test_an_image_with_a_program_inside_is_still_only_an_image(
    alice: httpx.AsyncClient,
) -> None:
    kept = (await upload(alice, b"GIF89a/*" + HTML + b"*/=1;alert(1)", "image/gif")).json()
    got = await alice.get(f"/attachments/{kept['id']}")
    assert got.headers["Content-Type"] == "image/gif"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"content": b"bytes"}, "form"),
        ({"json": {"file": "x"}}, "form"),
        ({"data": {"file": "x"}}, "form"),
        ({"files": {"other": ("a.txt", b"x", "text/plain")}}, "`file`"),
        ({"files": {"file": (None, b"x")}}, "`file`"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, "broken"),
        (
            {
                "content": b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"'
                b"\r\n\r\ncut off",
                "headers": {"Content-Type": "multipart/form-data; boundary=b"},
            },
            "broken",
        ),
        (
            {
                "content": b"--b\r\nX: " + b"x" * 1_000_000,
                "headers": {"Content-Type": "multipart/form-data; boundary=b"},
            },
            "broken",
        ),
    ],
)
async def test_what_is_no_upload_is_refused_with_a_reason(
    alice: httpx.AsyncClient, settings: Settings, request_: dict[str, Any], words: str
) -> None:
    refused = await alice.post("/attachments", **request_)
    assert refused.status_code == 400, refused.text
    assert words in refused.json()["error"]["message"]
    assert files_of(settings) == []


async def test_the_file_is_found_behind_other_fields(alice: httpx.AsyncClient) -> None:
    kept = await alice.post(
        "/attachments",
        data={"note": "x" * 100_000},
        files={"other": ("a.bin", b"\0", "image/png"), "file": ("b.txt", b"text", "text/plain")},
    )
    assert kept.json()["name"] == "b.txt"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\alice\\notes.txt", "notes.txt"),
        ('quo"te; filename=b.exe;.txt', 'quo"te; filename=b.exe;.txt'),
        ("naïve – 日本.txt", "naïve – 日本.txt"),
        ("100% sure.txt", "100% sure.txt"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("tab\tand\x7fdelete", "tabanddelete"),
        ("..", "file"),
        ("x" * 500 + ".txt", "x" * 196 + ".txt"),
        ("<script>alert(1)<", "<script>alert(1)<"),
    ],
)
async def test_a_name_is_data_and_never_a_path_or_a_header(
    alice: httpx.AsyncClient, given: str, kept: str
) -> None:
    quoted = given.replace("\\", "\\\\").replace('"', '\\"')
    form = (
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
        "Content-Type: text/plain\r\n\r\ntext\r\n--b--\r\n"
    )
    sent = await alice.post(
        "/attachments",
        content=form.encode(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert sent.json()["name"] == kept
    got = await alice.get(f"/attachments/{sent.json()['id']}")
    offered = got.headers["Content-Disposition"]
    assert offered.isascii()
    kind, options = parse_options_header(offered)
    assert (kind, options["filename"]) == ("attachment", kept)


async def test_a_name_cannot_begin_a_header_of_its_own(alice: httpx.AsyncClient) -> None:
    announced = await ChatKitClient(alice).ask(
        "attachments.create", name="a\r\nSet-Cookie: b=1", size=1, mime_type="text/plain"
    )
    path = f"/attachments/{announced['id']}"
    assert (await alice.put(path, content=b"x")).json()["name"] == "aSet-Cookie: b=1"
    got = await alice.get(path)
    assert got.status_code == 200
    assert "Set-Cookie" not in got.headers


async def test_uploads_are_counted(alice: httpx.AsyncClient) -> None:
    def counted(text: str, name: str) -> float:
        return float(next(line for line in text.splitlines() if line.startswith(name)).split()[1])

    before = (await alice.get("/metrics")).text
    await upload(alice, b"12345")
    await upload(alice, b"\0")  # refused
    after = (await alice.get("/metrics")).text
    for name, more in {"chatkit_uploads_total": 1, "chatkit_upload_bytes_total": 5}.items():
        assert counted(after, name) == counted(before, name) + more


async def test_a_server_without_our_attachments_takes_none(settings: Settings) -> None:
    bare = msgspec.structs.replace(settings, server="tests.servers:bare")
    async with running(bare) as served:
        refused = await upload(served.client(), b"text")
    assert refused.status_code == 501
    assert refused.json()["error"]["code"] == "not_supported"


async def test_another_site_cannot_upload(alice: httpx.AsyncClient) -> None:
    refused = await alice.post(
        "/attachments",
        files={"file": ("a.txt", b"x", "text/plain")},
        headers={"Origin": "https://evil.example"},
    )
    assert refused.status_code == 403
