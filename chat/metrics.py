"""What is counted, for Prometheus. Labels only take values from fixed, short lists."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from quart import Response
from quart.typing import ResponseReturnValue

REQUESTS = Counter(
    "chatkit_requests",
    "ChatKit requests answered, by the protocol's request type and the HTTP status.",
    ["type", "status"],
)
TURNS = Counter("chatkit_turns", "Turns that ended, by how.", ["outcome"])
TURNS_RUNNING = Gauge("chatkit_turns_running", "Turns that run now.")
TURN_SECONDS = Histogram(
    "chatkit_turn_seconds",
    "How long turns took, in seconds.",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300),
)
EVENTS = Counter("chatkit_events", "Events that turns streamed, by type.", ["type"])
TOKENS = Counter(
    "chatkit_tokens", "Tokens that models used, by model and direction.", ["model", "direction"]
)
UPLOADS = Counter("chatkit_uploads", "Attachments whose bytes were received.")
UPLOAD_BYTES = Counter("chatkit_upload_bytes", "Bytes of attachments that were received.")


async def metrics() -> ResponseReturnValue:
    """``GET /metrics``: everything counted by this process, in Prometheus' text format."""
    return Response(
        generate_latest(),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )
