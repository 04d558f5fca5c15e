"""The campaign of kills and faults on a lake in a bucket: writers die at requests, the network fails, readers loop.

python -m tests.crash.bucket [--kills 60] [--faults 60] [--seed 1] [--minutes 10]
"""

import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tasks.lake import releases
from tasks.lake.lake import CATALOG, Lake
from tasks.lake.working import lake_folder
from tests.crash.campaign import HOWS, Nursery, Tally, finish, looping, run, whole
from tests.crash.readers import Golden, Reader, golden, told
from tests.crash.story import STEPS, TABLES
from tests.lake.s3 import BUCKET, Fault, Store, served, use

KILLS, FAULTS, MINUTES = 60, 60, 10.0
_WRITE = "^(PUT|POST|DELETE)"
_HOWS = ("slow down", "unheard", "unanswered", "cut", "late")
_OPTIONS = {"aws_allow_http": "true"}
# writes of one step of the story, about
_WRITES = 30


class BucketReader(Reader):
    """Reads as another machine: the catalogue with its views, the files a release names, the Delta tables."""

    def _catalogue(self) -> tuple[int, dict[str, tuple[int, int]]] | None:
        store = Lake(self.root).store
        try:
            path = store.fresh(CATALOG)
        except FileNotFoundError:
            return None
        with duckdb.connect(path, read_only=True) as connection:
            store.attach(connection)
            number = connection.execute("SELECT release FROM this_release").fetchall()[0][0]
            return number, {name: told(connection.table(name).pl()) for name in TABLES}

    def _tree(self) -> tuple[int, dict[str, tuple[int, int]]] | None:
        lake = Lake(self.root)
        release = lake.current()
        if release is None:
            return None
        found = {}
        for name in TABLES:
            table = release.tables[name]
            places = [lake.store.where(file.path) for file in table.files]
            rows = pl.scan_parquet(places, storage_options=_OPTIONS, hive_schema={table.key: pl.String})
            found[name] = told(rows.collect())
        return release.number, found

    def _delta(self) -> tuple[int, dict[str, tuple[int, int]]] | None:
        lake = Lake(self.root)
        if not all(lake.store.below(f"data/{name}/_delta_log") for name in TABLES):
            return None
        places = {name: lake.store.where(f"data/{name}") for name in TABLES}
        return 0, {
            name: told(pl.scan_delta(place, storage_options=_OPTIONS).collect()) for name, place in places.items()
        }


def kill_lake(
    folder: Path, name: str, store: Store, want: Golden, kills: int, chance: random.Random, tally: Tally
) -> None:
    """Tell one story with tellers killed at a write, before it is carried out or after; compare the end."""
    root = _here(folder, name)
    readers = looping(_readers(folder, name, want))
    with Nursery(root, store.environment, patience=600) as nursery:

        def kill() -> None:
            with suppress(ProcessLookupError):
                os.kill(nursery.teller, signal.SIGKILL)

        for _ in range(kills):
            if len(releases.numbers(root)) == len(STEPS):
                break
            skip = chance.randrange(_WRITES)
            before = chance.random() < 0.5
            fault = Fault(kill if before else "", _WRITE, skip=skip, after=None if before else kill)
            store.faults[:] = [fault]
            nursery.tell("tell")
            store.faults.clear()
            tally.landed += fault.struck
            tally.kills += 1
            whole(root, want, tally)
            if chance.random() < 0.2:
                # another machine goes on
                shutil.rmtree(root)
                _here(folder, name)
        finish(root, want, readers, nursery, tally)


def fault_lake(
    folder: Path, name: str, store: Store, want: Golden, faults: int, chance: random.Random, tally: Tally
) -> None:
    """Tell one story while a share of the requests, or all of one kind, fail; compare the end."""
    root = _here(folder, name)
    readers = looping(_readers(folder, name, want))
    with Nursery(root, store.environment, patience=600) as nursery:
        for _ in range(faults):
            if len(releases.numbers(root)) == len(STEPS):
                break
            how = chance.choice(_HOWS)
            steady = chance.random() < 0.5 and how != "late"
            where = chance.choice(["^PUT", "^GET", "^HEAD", "/releases/", "/data/", "_delta_log", "catalog"])
            share = chance.choice([0.05, 0.15, 0.4]) if how != "late" else 0.02
            fault = Fault(how, where if steady else "", times=10**9, share=1 if steady else share)
            store.faults[:] = [fault]
            ended = nursery.tell("step")
            store.faults.clear()
            tally.faults += 1
            tally.struck += bool(fault.struck)
            tally.said.update([ended.get("error", "").partition(":")[0] or "went on"] if fault.struck else [])
            if ended["code"] or "bug" in ended or ended.get("exit", 75) != 75:
                tally.wrong.append(f"after {how} at {where} the writer ended so: {ended}")
            whole(root, want, tally)
        finish(root, want, readers, nursery, tally)


def _here(folder: Path, name: str) -> Path:
    return lake_folder(f"s3://{BUCKET}/{name}", folder / "here")


def _readers(folder: Path, name: str, want: Golden) -> list[Reader]:
    return [BucketReader(lake_folder(f"s3://{BUCKET}/{name}", folder / how), want, how) for how in HOWS]


def campaign(folder: Path, kills: int, faults: int, *, seed: int, minutes: float) -> Tally:
    """Go from lake to lake until enough tellers were killed at a write and enough met a fault, or time is up."""
    chance, tally, until = random.Random(seed), Tally(), time.monotonic() + minutes * 60
    want = golden(folder / "golden")
    with served() as steady, served() as faulty, pytest.MonkeyPatch.context() as patch:
        # the tellers' way to the bucket has faults, that of the readers and of who judges has none
        use(steady, patch)
        while tally.landed < kills and time.monotonic() < until:
            kill_lake(folder, f"lake{tally.lakes}", faulty, want, kills - tally.landed, chance, tally)
            print(tally.tell(), flush=True)
        while tally.struck < faults and time.monotonic() < until:
            fault_lake(folder, f"lake{tally.lakes}", faulty, want, 2 * faults, chance, tally)
            print(tally.tell(), flush=True)
    return tally


if __name__ == "__main__":
    sys.exit(run(campaign, __doc__ or "", kills=KILLS, faults=FAULTS, minutes=MINUTES))
