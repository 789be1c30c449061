import subprocess
import sys

from chat.settings import Settings
from tests.page.browsing import Browser
from tests.page.dom import parse
from tests.running import ROOT, running

HEAVY = {"agents", "chatkit", "openai", "pydantic", "markdown_it", "nh3", "pygments"}


def test_the_start_page_needs_no_heavy_module() -> None:
    code = (
        "import sys, app, chat.page.start, chat.page.errors; "
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(loaded.stdout.split())


async def test_it_has_the_composer_and_the_way_to_the_history(alices: Browser) -> None:
    page = await alices.read("/")
    composer = page.one("form", id="composer")
    assert "data-composer" in composer.attributes
    assert composer["action"] == "/threads"
    assert composer["method"] == "post"
    assert composer.has("textarea", name="text")
    assert composer.has("input", type="file", name="file")
    assert composer.has("button", aria_label="Send")
    assert page.has("a", href="/threads")


async def test_another_server_than_the_default_one_gets_no_prompts(alices: Browser) -> None:
    assert not (await alices.read("/")).has(class_="prompt")


async def test_the_default_server_has_prompts_that_are_sent_with_one_click(
    settings: Settings,
) -> None:
    import msgspec

    async with running(msgspec.structs.replace(settings, server=Settings().server)) as served:
        page = await Browser(served.client()).read("/")
    prompts = [form for form in page.all("form") if form.has("button", class_="prompt")]
    assert len(prompts) == 3
    for form in prompts:
        assert form["action"] == "/threads"
        assert form.fields["text"] == form.one("button").text


async def test_what_the_server_can_do_follows_once_it_is_loaded(settings: Settings) -> None:
    import msgspec

    slow = msgspec.structs.replace(settings, server="tests.servers:slow_to_load")
    async with running(slow) as served:
        alices = Browser(served.client())
        early = await alices.read("/")
        (asking,) = [each for each in early.all("div") if "hx-get" in each.attributes]
        assert not early.has("button", aria_label="Dictate")
        assert not early.has(id="mentions")
        answer = await alices.http.get(asking["hx-get"], headers={"HX-Request": "true"})
        (change,) = parse(answer.text).all("hx-partial")
        for later in (change, await alices.read("/")):
            assert later.one("form", id="composer")["action"] == "/threads"
            assert later.has("button", aria_label="Dictate")
            assert later.has(id="mentions")
            assert not [each for each in later.all("div") if "hx-get" in each.attributes]


async def test_scripts_and_htmx_carry_the_nonce_of_the_policy(alices: Browser) -> None:
    response = await alices.http.get("/")
    page = await alices.read("/")
    scripts = page.all("script")
    assert scripts
    nonces = {script["nonce"] for script in scripts} | {page.one("body")["hx-nonce"]}
    assert len(nonces) == 1
    assert nonces.pop() not in response.headers["content-security-policy"]  # each answer its own


async def test_everything_comes_from_this_server(alices: Browser) -> None:
    page = await alices.read("/")
    addresses = [
        element.attributes[name]
        for element in page
        for name in ("src", "href", "action")
        if name in element.attributes
    ]
    assert addresses
    assert all(address.startswith(("/", "#")) for address in addresses)
    for address in addresses:
        if address.startswith("/static/"):
            assert (await alices.http.get(address)).status_code == 200
