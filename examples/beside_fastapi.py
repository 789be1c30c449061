"""The whole host beside a FastAPI application, below ``/chat``.

Run it with ``uvicorn examples.beside_fastapi:app --timeout-graceful-shutdown 10``: without a
limit, uvicorn waits for open pages before it lets an application stop.
"""

from fastapi import FastAPI

from chat.mounting import beside

api = FastAPI()
app = beside(api, "/chat")


@api.get("/hello")
async def hello() -> dict[str, str]:
    """Answer as before."""
    return {"hello": "world"}
