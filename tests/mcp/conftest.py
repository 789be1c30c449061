from pathlib import Path

import pytest

from chat.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The Todo assistant with its embedded model."""
    return Settings(database=f"sqlite:///{tmp_path}/chat.db", log_level="error", shutdown_grace=0.1)
