"""`make dashboard` on a real Superset: charts with rows, columns with comments, new releases, nothing but reading.

Slow: Superset is installed in an environment of its own. QINGLIU_SUPERSET may name a state folder that has one.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from flows.direct import Order, run
from flows.settings import SEEDS, Settings
from flows.stack import free_port
from flows.watch import Watch
from tests.browsers import browser
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
SCRIPT = ROOT / "deployments" / "bi" / "superset" / "dashboard.py"


@dataclass(frozen=True)
class Dashboard:
    """One that is up, how to ask it, and what `up` said."""

    lake: Path
    state: Path
    address: str
    said: str
    login: dict[str, str]
    opener: OpenerDirector

    def ask(self, path: str, content: object = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        kind = {"Content-Type": "application/json"} if body else {}
        request = Request(self.address + path, body, kind)  # noqa: S310 - our own address
        with self.opener.open(request, timeout=120) as answer:
            return json.load(answer)

    def every(self, what: str) -> list[dict[str, Any]]:
        return list(self.ask(f"/api/v1/{what}/?q=(page_size:100)")["result"])

    def rows(self, chart: str) -> list[dict[str, Any]]:
        number = next(one["id"] for one in self.every("chart") if one["slice_name"] == chart)
        return list(self.ask(f"/api/v1/chart/{number}/data/")["result"][0]["data"])

    def sql(self, text: str) -> Any:
        return self.ask(
            "/api/v1/sqllab/execute/", {"database_id": self.every("database")[0]["id"], "sql": text, "runAsync": False}
        )

    def handles(self) -> list[str]:
        """What its processes hold open of the lake."""
        parent = json.loads((self.state / "superset.json").read_text())["pid"]
        told = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=True).stdout.split()
        links = [link for pid in [str(parent), *told] for link in Path(f"/proc/{pid}/fd").iterdir()]
        return [target for link in links if "catalog.duckdb" in (target := str(link.readlink()))]


def dashboard(what: str, lake: Path, state: Path, *more: str) -> str:
    command = [sys.executable, SCRIPT, what, "--lake", lake, "--state", state, *more]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if told.returncode and "uv failed" in told.stderr:
        pytest.skip(f"Superset cannot be installed here: {told.stderr.strip()[-300:]}")
    assert told.returncode == 0, told.stderr[-3000:]
    return told.stdout


def log_in(there: Dashboard) -> Dashboard:
    asked = {"username": there.login["user"], "password": there.login["password"], "provider": "db"}
    token = there.ask("/api/v1/security/login", asked)["access_token"]
    there.opener.addheaders = [("Authorization", f"Bearer {token}"), ("Referer", there.address)]
    there.opener.addheaders += [("X-CSRFToken", there.ask("/api/v1/security/csrf_token/")["result"])]
    return there


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    place = tmp_path_factory.mktemp("dashboard")
    lake, state = place / "清河 lake's", place / "state"
    state.mkdir()
    if given := os.environ.get("QINGLIU_SUPERSET"):
        (state / "venv").symlink_to(Path(given) / "venv")
    run(Order((str(SEEDS / "scrapes"),), lake, None, Settings(workers=1)), Watch())
    said = dashboard("up", lake, state, "--port", str(free_port(8188)))
    try:
        address = next(line.split()[1] for line in said.splitlines() if line.startswith("Dashboard"))
        address = address.removesuffix("/superset/dashboard/qingliu/")
        login = json.loads((state / "login.json").read_text())
        yield log_in(Dashboard(lake, state, address, said, login, build_opener(HTTPCookieProcessor())))
    finally:
        dashboard("down", lake, state)


def test_dashboard_says_where_it_is_and_keeps_its_password_to_its_owner(up: Dashboard) -> None:
    assert up.address.startswith("http://127.0.0.1:")
    assert up.login["password"] in up.said
    assert (up.state / "login.json").stat().st_mode & 0o077 == 0
    assert (up.state / "secret_key").stat().st_mode & 0o077 == 0


def test_every_chart_of_the_dashboard_has_rows(up: Dashboard) -> None:
    charts = up.every("chart")
    assert len(charts) >= 10
    empty = [one["slice_name"] for one in charts if not up.rows(one["slice_name"])]
    assert empty == []
    assert up.rows("拒收") == [{"rejected_share": pytest.approx(2 / 22)}]


def test_every_column_of_every_dataset_says_what_it_is(up: Dashboard) -> None:
    datasets = up.every("dataset")
    assert {"v_articles", "v_sentences", "v_intake", "dim_source", "dim_date"} <= {
        one["table_name"] for one in datasets
    }
    bare = [
        f"{one['table_name']}.{column['column_name']}"
        for one in datasets
        for column in up.ask(f"/api/v1/dataset/{one['id']}")["result"]["columns"]
        if " · " not in (column["description"] or "") and "· " not in (column["description"] or "")
    ]
    assert bare == []


def test_dashboard_started_again_changes_nothing(up: Dashboard) -> None:
    def stands() -> list[Any]:
        return [
            sorted((one["id"], one.get("changed_on_utc", one.get("changed_on"))) for one in up.every(what))
            for what in ("chart", "dataset", "dashboard", "database")
        ]

    before = stands()
    assert dashboard("up", up.lake, up.state) == up.said[up.said.index("Dashboard") :]
    assert stands() == before


def test_new_releases_are_published_while_it_reads_and_shown_at_once(up: Dashboard, tmp_path: Path) -> None:
    failed: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                up.rows("每月文章 · Articles per month and source")
            except (HTTPError, OSError) as error:
                failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in (2, 3, 4):
            file = tmp_path / f"{number}.txt"
            file.write_text(
                f"县里召开第{number}次春耕会议\n\n会议听取了第{number}批物资的调运情况。\n", encoding="utf-8"
            )
            run(Order((str(file),), up.lake, None, Settings(workers=1)), Watch())
            assert up.rows("版次") == [{"number": number}]
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failed == []
    assert up.handles() == []


def test_query_of_an_analyst_reads_the_lake_and_nothing_else(up: Dashboard) -> None:
    told = up.sql("SELECT count(*) AS n FROM v_sentences")
    assert told["data"][0]["n"] > 300
    for refused in (
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO 'out.csv'",
        "DROP VIEW v_sentences",
        "SET enable_external_access = true",
    ):
        with pytest.raises(HTTPError):
            up.sql(refused)


def test_pages_draw_in_a_browser_and_ask_no_host_outside(up: Dashboard, tmp_path: Path) -> None:
    browser("chromedriver")
    python, script = up.state / "venv" / "bin" / "python", Path(__file__).with_name("browser.py")
    command = [python, script, up.address, up.login["user"], up.login["password"], tmp_path]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-2000:]
    seen = json.loads(told.stdout)
    assert "unsupported_format" in seen["dashboard"]
    for fault in ("Unexpected error", "Data error", "No results", "Network error", "NaN"):
        assert fault not in seen["dashboard"]
    assert seen["columns"][0] == "文章编号：文档编号前 20 位加序号 · First 20 of document_id, then the ordinal"
    assert [url for url in seen["asked"] if not url.startswith((up.address, "data:", "blob:", "chrome"))] == []
