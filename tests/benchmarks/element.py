"""The element in a page: how large its script is, and how soon it is ready."""

from __future__ import annotations

from statistics import median

from playwright.async_api import Browser

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
    """Measure the element on the live example, in a browser that has been there once.

    Args:
        chromium: the browser.
        url: the chat's host.
    """
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.add_init_script(READY)
    taken = []
    for _ in range(ROUNDS + 1):
        await page.goto(f"{url}/embed")
        taken.append(await page.evaluate("taken"))
    await context.close()
    size = len(find_asset("chatkit.js").compressed) / 1024
    first, *again = taken
    note = f"the first time: {first:.0f} ms"
    return [
        Figure("the element's script, compressed", size, 8, unit=" KB"),
        Figure("from its start to chatkit.ready", median(again), 300, note, unit=" ms"),
    ]
