"""What the whole suite shares: the quiet surroundings of Prefect, one server, the shared material when it is there."""

import os

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """The one Prefect server of the suite: its address, and the folder with its data and logs."""

    api: str
    state: Path


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that `make up` starts, with its scheduler and its automations, in a folder of its own."""
    state = tmp_path_factory.mktemp("stack")
    (state / "prefect").mkdir()
    from flows import stack
    from flows.database import sqlite

    stack.serve(state, 4700, sqlite(state, "for the tests"))
    try:
        from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

        api = stack.client_env(state)["PREFECT_API_URL"]
        with temporary_settings({PREFECT_API_URL: api, PREFECT_HOME: state / "prefect"}):
            yield Server(api, state)
    finally:
        stack.down(state)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is measured with but not shipped; without it the test is skipped."""
    folder = Path(os.environ.get("QINGLIU_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the shared material (QINGLIU_SHARED)")
    return folder
