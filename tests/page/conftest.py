import pytest

from tests.page.browsing import Browser
from tests.running import Running


@pytest.fixture
def alices(served: Running) -> Browser:
    """Alice's browser."""
    return Browser(served.client("alice"))


@pytest.fixture
def charlies(served: Running) -> Browser:
    """Charlie's browser."""
    return Browser(served.client("charlie"))
