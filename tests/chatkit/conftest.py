import httpx
import pytest

from tests.client import ChatKitClient


@pytest.fixture
def client(alice: httpx.AsyncClient) -> ChatKitClient:
    """Alice's ChatKit client."""
    return ChatKitClient(alice)


@pytest.fixture
def stranger(charlie: httpx.AsyncClient) -> ChatKitClient:
    """Charlie's ChatKit client."""
    return ChatKitClient(charlie)
