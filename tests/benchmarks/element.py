"""The element in a page: how large its script is, and how soon it is ready."""

from __future__ import annotations

from statistics import median

from playwright.async_api import Browser, BrowserContext

from chat.assets import find_asset
from tests.benchmarks.figures import Figure

ROUNDS = 7
READY = """
window.taken = new Promise((resolve) => addEventListener("chatkit.ready", () => {
  const scripts = performance.getEntriesByType("resource");
  const { startTime } = scripts.find(({ name }) => name.endsWith("/static/chatkit.js"));
  resolve(performance.now() - startTime);
}));
"""


async def element(chromium: Browser, url: str) -> list[Figure]:
    """Measure the element on the live example, in browsers that know it and in new ones.

    Args:
        chromium: the browser.
        url: the chat's host.
    """
    known = await chromium.new_context(viewport={"width": 1280, "height": 800})
    first, *again = [await ready(known, url) for _ in range(ROUNDS + 1)]
    await known.close()
    new = []
    for _ in range(ROUNDS):
        context = await chromium.new_context(viewport={"width": 1280, "height": 800})
        new.append(await ready(context, url))
        await context.close()
    size = len(find_asset("chatkit.js").compressed) / 1024
    note = f"in a new browser: {median(new):.0f} ms; the very first time: {first:.0f} ms"
    return [
        Figure("the element's script, compressed", size, 8, unit=" KB"),
        Figure("from its start to chatkit.ready", median(again), 300, note, unit=" ms"),
    ]


async def ready(context: BrowserContext, url: str) -> float:
    """Return the milliseconds from the script's start until the element is ready."""
    page = await context.new_page()
    await page.add_init_script(READY)
    await page.goto(f"{url}/embed")
    taken: float = await page.evaluate("taken")
    await page.close()
    return taken
