"""The whole host in a Quart application that is there already, below ``/chat``.

Run it with ``hypercorn examples.in_quart:app``.
"""

from quart import Quart

from chat.mounting import beside

app = Quart(__name__)
app.asgi_app = beside(app.asgi_app, "/chat")  # type: ignore[method-assign, assignment]


@app.get("/")
async def home() -> str:
    """Link to the chat."""
    return '<a href="/chat/">Ask us</a>'
