from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where a test's lake goes; its name has what trips up readers that parse paths."""
    return tmp_path / "qinghe-lake's"
