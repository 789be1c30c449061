"""A person's browser without scripts: it reads pages, posts their forms, follows redirects."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx

from tests.page.dom import Element, parse

HTMX = {"HX-Request": "true", "HX-Target": "div#main"}


@dataclass
class Browser:
    """One person's browser."""

    http: httpx.AsyncClient

    async def read(self, address: str, status: int = 200) -> Element:
        """Load a page."""
        response = await self.http.get(address, follow_redirects=True)
        assert response.status_code == status, response.text
        return parse(response.text)

    async def post(self, address: str, **fields: str) -> httpx.Response:
        """Post a form and return the answer to it, without following where it leads."""
        return await self.http.post(address, data=fields)

    async def say(self, text: str, thread: str = "", *, below: str = "") -> str:
        """Send a message and return the address of its thread; new ones are below a path."""
        start = f"{below}/threads"
        response = await self.post(f"{thread}/messages" if thread else start, text=text)
        assert response.status_code == 303, response.text
        address = response.headers["location"]
        assert address.endswith("/live#latest")
        return str(address).removesuffix("/live#latest")

    async def press(self, page: Element, name: str, **fields: str) -> httpx.Response:
        """Press the only button with a name, with some of its form's fields filled in."""
        (button,) = [
            b for b in page.all("button") if name in (b.text, b.attributes.get("aria-label"))
        ]
        if "form" in button.attributes:
            form = page.one("form", id=button["form"])
        else:
            (form,) = [form for form in page.all("form") if button in form.all("button")]
        sent = form.fields | fields
        if "name" in button.attributes:
            sent[button["name"]] = button["value"]
        return await self.post(form["action"], **sent)

    async def hear(self, text: str, thread: str = "", *, below: str = "") -> str:
        """Send a message and return its thread's address when the answer is complete."""
        address = await self.say(text, thread, below=below)
        await self.settle(address)
        return address

    async def settle(self, thread: str) -> Element:
        """Return a thread's page when nothing is being written in it any more."""
        for _ in range(400):
            page = await self.read(thread)
            if not page.has(data_turn="running"):
                return page
            await asyncio.sleep(0.025)
        raise TimeoutError(f"{thread} is still being answered")


def items(page: Element) -> list[Element]:
    """Return a page's items."""
    return [article for article in page.all("article") if "data-item-id" in article.attributes]


def texts(page: Element) -> list[str]:
    """Return what a page's items say."""
    return [item.text for item in items(page)]
