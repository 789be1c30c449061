import gzip
import re

import httpx
import pytest

from chat.assets import FOLDER, PARTS, address_of, find_asset
from tests.page.browsing import Browser

FOREVER = "public, max-age=31536000, immutable"
UNCOMPRESSED = {"Accept-Encoding": "identity"}


async def addresses(browser: Browser) -> list[str]:
    """Return what a browser asks for to show the start page."""
    page = await browser.read("/")
    return [link["href"] for link in page.all("link")] + [
        script["src"] for script in page.all("script") if "src" in script.attributes
    ]


async def test_a_page_asks_for_one_style_sheet_one_icon_and_one_script(alices: Browser) -> None:
    assert await addresses(alices) == [
        address_of(name) for name in ("favicon.svg", "page.css", "page.js")
    ]


async def test_what_a_page_asks_for_need_never_be_asked_for_again(alices: Browser) -> None:
    for address in await addresses(alices):
        response = await alices.http.get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == FOREVER
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("name", PARTS)
async def test_a_file_is_all_of_its_parts_compressed_or_not(
    alice: httpx.AsyncClient, name: str
) -> None:
    packed = await alice.get(address_of(name))
    plain = await alice.get(address_of(name), headers=UNCOMPRESSED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.content == plain.content == find_asset(name).content
    for part in PARTS[name]:
        assert (FOLDER / part).read_bytes() in plain.content


async def test_the_type_of_a_file_is_that_of_its_name(alice: httpx.AsyncClient) -> None:
    types = [
        (await alice.get(address_of(name))).headers["Content-Type"].partition(";")[0]
        for name in ("page.css", "page.js", "favicon.svg")
    ]
    assert types == ["text/css", "text/javascript", "image/svg+xml"]


async def test_a_page_from_before_an_update_gets_the_present_file_but_not_for_good(
    alice: httpx.AsyncClient,
) -> None:
    old = re.sub(r"[0-9a-f]{16}", "0" * 16, address_of("page.css"))
    response = await alice.get(old)
    assert response.content == find_asset("page.css").content
    assert response.headers["Cache-Control"] == "no-cache"


async def test_there_are_no_other_files(alice: httpx.AsyncClient) -> None:
    for name in ("nothing.css", "tokens.css", "..%2fapp.py"):
        assert (await alice.get(f"/static/built/{'0' * 16}/{name}")).status_code == 404


def test_every_style_sheet_and_script_of_the_page_is_in_one() -> None:
    written = {
        path.relative_to(FOLDER).as_posix()
        for pattern in ("*.css", "*.js")
        for path in FOLDER.rglob(pattern)
        if "lucide" not in path.parts
    }
    assert written == {part for parts in PARTS.values() for part in parts if "svg" not in part}


def test_all_of_a_page_but_its_html_stays_small() -> None:
    elsewhere = {"frame.js", "chatkit.js", "chatkit-loader.js", "embed.js", "embed.css"}
    sent = [gzip.compress(find_asset(name).content, 9) for name in PARTS if name not in elsewhere]
    assert sum(map(len, sent)) < 52 * 1024
