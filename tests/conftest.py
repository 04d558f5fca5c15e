"""What the whole suite shares: the quiet surroundings of Prefect, one server, the shared material when it is there."""

import os

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one Prefect server for the session, with a database and a home of its own."""
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield str(PREFECT_API_URL.value())


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is measured with but not shipped; without it the test is skipped."""
    folder = Path(os.environ.get("QINGLIU_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the shared material (QINGLIU_SHARED)")
    return folder
