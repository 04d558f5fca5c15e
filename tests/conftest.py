"""What the whole suite shares: the quiet surroundings of Prefect, one server, the shared material when it is there."""

import os

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# CI asks what a clone was asked; on a developer's machine the properties go on looking for new cases.
settings.register_profile("same", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("same")

ROOT = Path(__file__).resolve().parent.parent
_SERVED = "tests/flows/"


class ByServer(LoadScopeScheduling):  # type: ignore[misc]
    """Two processes share the suite by files; what asks Prefect stays together, for there is one server."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return _SERVED if file.startswith(_SERVED) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByServer:
    """Schedule the suite by server; xdist's own groups do nothing under this pytest."""
    return ByServer(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest goes first."""
    items.sort(key=lambda item: not item.nodeid.startswith(_SERVED))


@dataclass(frozen=True)
class Server:
    """The one Prefect server of the suite: its address, the folder of its data and logs, and its password."""

    api: str
    state: Path
    password: str


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that `make up` starts, in a folder of its own, hardened as an installed one is."""
    state = tmp_path_factory.mktemp("stack")
    (state / "prefect").mkdir()
    from flows import stack
    from flows.database import sqlite

    password = "qingliu:only-in-the-tests"  # noqa: S105
    lines = (ROOT / "deployments" / "stack.env").read_text(encoding="utf-8").splitlines()
    hardened = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    with pytest.MonkeyPatch.context() as patch:
        # A worker and its runs find it where those of an installed stack do.
        patch.setenv("PREFECT_API_AUTH_STRING", password)
        with pytest.MonkeyPatch.context() as surroundings:
            for name, value in {**hardened, "PREFECT_SERVER_API_AUTH_STRING": password}.items():
                surroundings.setenv(name, value)
            stack.serve(state, 4700, sqlite(state, "for the tests"))
        try:
            from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, PREFECT_HOME, temporary_settings

            api = stack.client_env(state)["PREFECT_API_URL"]
            ours = {PREFECT_API_URL: api, PREFECT_HOME: state / "prefect", PREFECT_API_AUTH_STRING: password}
            with temporary_settings(ours):
                yield Server(api, state, password)
        finally:
            stack.down(state)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is measured with but not shipped; without it the test is skipped."""
    folder = Path(os.environ.get("QINGLIU_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the shared material (QINGLIU_SHARED)")
    return folder
