"""Readers that look at a lake while its writer dies, and know what every release must show."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl
from deltalake import DeltaTable

from tasks.lake import open_lake, releases
from tests.crash.story import STEPS, TABLES, tell

Golden = dict[int, dict[str, tuple[int, int]]]


def golden(root: Path) -> Golden:
    """Tell the story undisturbed; per release and table, its rows and a hash of them all."""
    tell(root)
    assert releases.numbers(root) == list(range(1, len(STEPS) + 1))
    return {number: seen(root, number) for number in releases.numbers(root)}


def seen(root: Path, number: int) -> dict[str, tuple[int, int]]:
    lake = open_lake(root)
    release = lake.release(number)
    return {name: told(lake.scan(name, release).collect()) for name in TABLES}


def told(rows: pl.DataFrame) -> tuple[int, int]:
    """Row count, and a sum of row hashes that does not mind the order."""
    if rows.is_empty():
        return (0, 0)
    plain = rows.select(sorted(rows.columns)).with_columns(pl.col(pl.Datetime).dt.epoch("us"))
    text = plain.with_columns(pl.selectors.list().list.join("|")).select(pl.all().cast(pl.String))
    return rows.height, int(text.hash_rows(seed=7).cast(pl.UInt64).sum() % (1 << 62))


@dataclass
class Reader:
    """Reads on and on until told to stop; wrong reads are kept as text, reads before the first release not counted."""

    root: Path
    wanted: Golden
    how: str
    reads: int = 0
    wrong: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stop.wait(0.05):
            self.once()

    def once(self) -> None:
        try:
            found = {"catalogue": self._catalogue, "tree": self._tree, "delta": self._delta}[self.how]()
        except Exception as error:  # an unreadable state is what is looked for
            self.wrong.append(f"{self.how}: {type(error).__name__}: {error}")
            return
        if found is None:
            return
        self.reads += 1
        number, tables = found
        for name, rows in tables.items():
            fits = [n for n, want in self.wanted.items() if want[name] == rows]
            if not (number in fits if number else fits):
                self.wrong.append(
                    f"{self.how}: release {number} shows {name} as {rows}, wanted {self.wanted.get(number)}"
                )

    def _catalogue(self) -> tuple[int, dict[str, tuple[int, int]]] | None:
        path = self.root / "catalog.duckdb"
        if not path.exists():
            return None
        with duckdb.connect(path, read_only=True) as connection:
            number = connection.execute("SELECT release FROM this_release").fetchall()[0][0]
            return number, {name: told(connection.table(name).pl()) for name in TABLES}

    def _tree(self) -> tuple[int, dict[str, tuple[int, int]]] | None:
        if not (self.root / "current").exists():
            return None
        place = (self.root / "current").resolve()
        schema = {"publish_month": pl.String, "source": pl.String}
        tables = {}
        for name in TABLES:
            key = "source" if name in {"documents", "sightings", "spans"} else "publish_month"
            rows = pl.scan_parquet(place / name, hive_schema={key: schema[key]}).collect()
            tables[name] = told(rows)
        return int(place.name), tables

    def _delta(self) -> tuple[int, dict[str, tuple[int, int]]] | None:
        """Delta tables are whole one by one: each shows some release."""
        tables = {}
        for name in TABLES:
            place = self.root / "data" / name
            if not DeltaTable.is_deltatable(str(place)):
                return None
            tables[name] = told(pl.scan_delta(str(place)).collect())
        return 0, tables
