"""A lake in a bucket, on a real S3 server: the tables of one on disk, whatever the network does and whoever writes."""

import json
import shutil
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from urllib.parse import quote

import polars as pl
import pyarrow.dataset as ds
import pytest
from pyarrow.fs import S3FileSystem

from tasks.lake import open_lake, releases, sql
from tasks.lake.errors import CorruptData, GateFailed, LakeError, ReleaseConflict, StoreRefused, StoreUnreachable
from tasks.lake.forget import forget
from tasks.lake.lake import Lake
from tasks.lake.maintain import compact, rollback, unhold
from tasks.lake.raw import put_raw, read_raw
from tasks.lake.vacuum import vacuum
from tasks.lake.verify import verify, verify_releases
from tasks.lake.working import address_of, lake_folder
from tasks.publish import publish
from tests.crash.readers import told
from tests.crash.story import TABLES
from tests.lake.s3 import BUCKET, KEY, SECRET, Fault, Store, served, use
from tests.lake.staged import PASS, Doc, Verdict, stage

NOWHERE = 10**9


@pytest.fixture(scope="module")
def server() -> Iterator[Store]:
    with served() as store:
        yield store


@pytest.fixture
def store(server: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    use(server, monkeypatch)
    yield server
    server.faults.clear()


@pytest.fixture
def address(store: Store, request: pytest.FixtureRequest) -> str:
    return f"s3://{BUCKET}/lakes/{quote(request.node.name).replace('%', '-')}"


@pytest.fixture
def root(address: str, tmp_path: Path) -> Path:
    """The working folder of this machine."""
    return lake_folder(address, tmp_path / "here")


@pytest.fixture
def elsewhere(address: str, tmp_path: Path) -> Path:
    """That of another machine."""
    return lake_folder(address, tmp_path / "there")


def shown(root: Path, number: int | None = None) -> dict[str, tuple[int, int]]:
    lake = open_lake(root)
    release = lake.current() if number is None else lake.release(number)
    return {name: told(lake.scan(name, release).collect()) for name in TABLES}


def life(root: Path) -> None:
    """Add, replace, compact, roll back, let go, forget, vacuum."""
    publish(root, stage(root, [Doc("a"), Doc("b", "unknown", "云山报")]), PASS)
    put_raw(root, b"a", Doc("a").id)
    publish(root, stage(root, [Doc("c"), Doc("d", "2021-03")]), PASS)
    publish(root, stage(root, [Doc("b", "unknown", "云山报")], recipe="two", text="第二次座谈会。"), PASS)
    compact(open_lake(root))
    rollback(open_lake(root), 2)
    unhold(open_lake(root))
    forget(open_lake(root), documents=[Doc("a").id], reason="test")
    vacuum(open_lake(root), keep_releases=1, keep_days=0, reader_seconds=0)


@pytest.mark.slow
def test_a_bucket_holds_the_releases_that_a_disk_holds(root: Path, tmp_path: Path) -> None:
    life(root)
    life(tmp_path / "local")
    lake, local = open_lake(root), open_lake(tmp_path / "local")
    assert releases.numbers(lake.root) == releases.numbers(local.root)
    for number in releases.numbers(local.root):
        here, there = local.release(number), lake.release(number)
        assert {name: table.files for name, table in here.tables.items() if table.key != "release"} == {
            name: table.files for name, table in there.tables.items() if table.key != "release"
        }
    assert shown(root) == shown(local.root)
    assert verify(lake, contracts=False, raw=True) == [] == verify_releases(lake)
    assert lake.store.below("data").keys() >= {
        file.path for file in lake.current().data_files() if "data/" in file.path
    }
    with pytest.raises(CorruptData, match=f"s3://{BUCKET}/.*/raw/"):
        read_raw(root, Doc("a").id)


def test_readers_of_a_bucket_agree_and_nothing_in_it_is_a_credential(
    root: Path, address: str, store: Store, tmp_path: Path
) -> None:
    publish(root, stage(root, [Doc("a"), Doc("b", "unknown", "云山报")]), PASS)
    publish(root, stage(root, [Doc("c"), Doc("a")], recipe="two", text="第二次座谈会。"), PASS)
    want = shown(root)
    release = json.loads(open_lake(root).store.read("releases/000002.json"))
    options = {"aws_allow_http": "true"}
    place = f"127.0.0.1:{store.port}"
    arrow = S3FileSystem(access_key=KEY, secret_key=SECRET, endpoint_override=place, scheme="http")
    for name, table in release["tables"].items():
        if name not in TABLES:
            continue
        paths = [f"{address}/{file['path']}" for file in table["files"]]
        columns = {one["name"] for one in table["columns"]}
        plain = pl.scan_parquet(paths, storage_options=options, hive_schema={table["key"]: pl.String}).collect()
        delta = pl.scan_delta(f"{address}/data/{name}", storage_options=options).collect()
        keys = [path.removeprefix("s3://") for path in paths]
        by_arrow = ds.dataset(keys, filesystem=arrow, format="parquet").to_table()
        _, rows = sql(open_lake(root), f"SELECT count(*) FROM {name}")  # noqa: S608
        assert set(plain.columns) == columns
        assert told(plain) == told(delta) == want[name]
        assert by_arrow.num_rows == rows[0][0] == want[name][0]
    _, rows = sql(open_lake(root), "SELECT article_id, count(*) FROM v_sentences GROUP BY ALL ORDER BY ALL")
    assert len(rows) == 3
    assert sum(row[1] for row in rows) == want["sentences"][0]
    there = open_lake(root).store
    everything = [there.read(name) for name in there.below("")]
    everything += [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(everything) > 20
    assert not any(secret.encode() in data for data in everything for secret in (KEY, SECRET))


@pytest.mark.slow
def test_a_lost_working_folder_costs_nothing_but_time(root: Path, elsewhere: Path) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    want = shown(root)
    shutil.rmtree(root)
    assert shown(elsewhere) == want
    publish(elsewhere, stage(elsewhere, [Doc("b")]), PASS)
    assert open_lake(elsewhere).scan("documents").collect().height == 2


def test_the_second_of_two_writers_judges_again_and_comes_after(root: Path, elsewhere: Path, store: Store) -> None:
    publish(root, stage(root, [Doc("first")]), PASS)
    mine = stage(root, [Doc("a"), Doc("both")])
    (mine / "linked.json").write_text('{"release": 1}')
    judged: list[int] = []

    def other() -> None:
        publish(elsewhere, stage(elsewhere, [Doc("b"), Doc("both")]), PASS)

    def again() -> Verdict:
        judged.append(2)
        (mine / "linked.json").write_text('{"release": 2}')
        return PASS

    store.faults.append(Fault(other, "^PUT .*/releases/000002.json"))
    assert publish(root, mine, PASS, again=again).release == 3
    assert judged == [2]
    documents = open_lake(elsewhere).scan("documents").collect()["document_id"]
    assert sorted(documents) == sorted(Doc(name).id for name in ("first", "a", "b", "both"))
    assert open_lake(root).scan("sentences").collect()["sentence_id"].is_unique().all()
    assert verify(open_lake(root), contracts=False) == []


@pytest.mark.slow
def test_a_writer_whose_second_judgement_fails_publishes_nothing(root: Path, elsewhere: Path, store: Store) -> None:
    publish(root, stage(root, [Doc("first")]), PASS)
    mine = stage(root, [Doc("a")])
    (mine / "linked.json").write_text('{"release": 1}')
    store.faults.append(
        Fault(lambda: publish(elsewhere, stage(elsewhere, [Doc("b")]), PASS), "^PUT .*/releases/000002.json")
    )
    with pytest.raises(GateFailed):
        publish(root, mine, PASS, again=lambda: Verdict("fail", ("drift",)))
    assert releases.numbers(root) == [1, 2]


@pytest.mark.slow
def test_a_writer_that_cannot_judge_again_leaves_with_75(root: Path, elsewhere: Path, store: Store) -> None:
    publish(root, stage(root, [Doc("first")]), PASS)
    store.faults.append(
        Fault(lambda: publish(elsewhere, stage(elsewhere, [Doc("b")]), PASS), "^PUT .*/releases/000002.json")
    )
    with pytest.raises(
        ReleaseConflict, match=r"another writer published first at s3://.*000002.json.*run again"
    ) as said:
        publish(root, stage(root, [Doc("a")]), PASS)
    assert said.value.exit_code == 75


@pytest.mark.slow
@pytest.mark.parametrize("how", ["unanswered", "unheard", "slow down"])
@pytest.mark.parametrize("where", ["/releases/0", "/data/", "^GET", "^HEAD", "^PUT", "catalog", "_delta_log"])
def test_a_request_that_is_lost_is_made_again(root: Path, store: Store, how: str, where: str) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    store.faults.append(Fault(how, where, times=2))
    assert publish(root, stage(root, [Doc("b")]), PASS).release == 2
    assert store.faults[0].struck == 2
    assert releases.numbers(root) == [1, 2]
    assert verify(open_lake(root), contracts=False) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "where"),
    [("slow down", "^PUT .*/data/"), ("unheard", "^PUT .*/releases/"), ("unheard", "^GET"), ("slow down", "^HEAD")],
)
def test_a_store_that_stays_away_leaves_the_last_release_and_the_next_run_repairs(
    root: Path, store: Store, how: str, where: str
) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    want, run = shown(root), stage(root, [Doc("b")])
    store.faults.append(Fault(how, where, times=NOWHERE))
    with pytest.raises(StoreUnreachable, match=r"does not answer at s3://qinghe/lakes/.*Next: run again") as said:
        publish(root, run, PASS)
    assert said.value.exit_code == 75
    store.faults.clear()
    assert shown(root) == want
    assert publish(root, run, PASS).release == 2
    assert verify(open_lake(root), contracts=False) == []


def test_a_commit_whose_answers_are_all_lost_is_found_to_have_happened(root: Path, store: Store) -> None:
    store.faults.append(Fault("unanswered", "^PUT .*/releases/", times=NOWHERE))
    assert publish(root, stage(root, [Doc("a")]), PASS).release == 1
    assert releases.numbers(root) == [1]


@pytest.mark.slow
def test_derived_things_that_could_not_be_written_come_with_the_next_look(root: Path, store: Store) -> None:
    store.faults.append(Fault("slow down", "^PUT .*/_delta_log/", times=NOWHERE))
    with pytest.raises(StoreUnreachable):
        publish(root, stage(root, [Doc("a")]), PASS)
    store.faults.clear()
    assert sql(open_lake(root), "SELECT release FROM this_release")[1] == [(1,)]
    assert verify(open_lake(root), contracts=False) == []


@pytest.mark.slow
def test_a_slower_writer_never_takes_the_views_back(root: Path, elsewhere: Path, store: Store) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    other = Fault(lambda: publish(elsewhere, stage(elsewhere, [Doc("c")]), PASS), "^PUT .*/catalog.duckdb")
    store.faults.append(other)
    publish(root, stage(root, [Doc("b")]), PASS)
    assert sql(open_lake(root), "SELECT release FROM this_release")[1] == [(3,)]
    assert verify(open_lake(root), contracts=False) == []


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: p.setenv("AWS_ACCESS_KEY_ID", "AKIDANOTHER"), "refuses the credentials at .*InvalidAccessKeyId"),
        (
            lambda p: p.setattr(util, "find_spec", lambda name: None),
            r"needs the extra `s3`.*pip install 'qingliu\[s3\]'",
        ),
    ],
)
def test_what_the_user_can_mend_is_said_with_the_way(
    root: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[pytest.MonkeyPatch], None], says: str
) -> None:
    from tasks.lake import client

    spoil(monkeypatch)
    monkeypatch.setattr(client, "find_spec", util.find_spec)
    with pytest.raises(StoreRefused, match=says) as said:
        open_lake(root, create=True)
    assert said.value.exit_code == 2
    assert SECRET not in str(said.value)


def test_a_missing_bucket_is_told(tmp_path: Path, store: Store) -> None:
    root = lake_folder("s3://no-such-bucket/lake", tmp_path)
    for create in (True, False):
        with pytest.raises(StoreRefused, match="no such bucket at s3://no-such-bucket/lake"):
            open_lake(root, create=create)


@pytest.mark.parametrize(
    "text", ["s3://", "s3:///x", f"s3://{KEY}:{SECRET}@{BUCKET}/x", f"s3://{BUCKET}/a?x={SECRET}", "s3://b/*"]
)
def test_an_address_that_is_none_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(StoreRefused, match="no address of a lake") as said:
        lake_folder(text, tmp_path)
    assert SECRET not in str(said.value)


def test_two_spellings_of_an_address_are_one_lake(tmp_path: Path) -> None:
    root = lake_folder(f"s3://{BUCKET}/a/b", tmp_path)
    assert root == lake_folder(f"s3://{BUCKET}//a/b/", tmp_path)
    assert address_of(root) == f"s3://{BUCKET}/a/b"


@pytest.mark.slow
def test_an_altered_object_is_found_and_not_carried_on(root: Path, elsewhere: Path) -> None:
    publish(root, stage(root, [Doc("a"), Doc("b")]), PASS)
    lake = open_lake(root)
    file = lake.table("sentences").files[0]
    data = bytearray(lake.store.read(file.path))
    data[len(data) // 2] ^= 4
    lake.store.replace(file.path, bytes(data))
    assert file.path in {problem.path for problem in verify(lake, contracts=False)}
    with pytest.raises(CorruptData, match=r"altered at s3://.*checksum differs.*qingliu verify"):
        open_lake(elsewhere).scan("sentences")
    lake.store.drop(file.path)
    with pytest.raises(CorruptData, match="missing at s3://"):
        open_lake(elsewhere).scan("sentences")


@pytest.mark.slow
def test_young_files_of_no_release_may_be_of_a_run_elsewhere_and_stay(root: Path) -> None:
    publish(root, stage(root, [Doc("a")]), PASS)
    lake = open_lake(root)
    lake.store.replace("data/sentences/publish_month=2020-02/part-0123456789abcdef.parquet", b"on its way")
    done = vacuum(lake, keep_releases=1, keep_days=0, reader_seconds=0)
    assert done.files == []


def test_a_folder_with_other_things_is_no_place_for_a_lake(root: Path) -> None:
    Lake(root).store.replace("holiday.jpg", b"...")
    with pytest.raises(LakeError, match="not a lake and not empty at s3://"):
        open_lake(root, create=True)
