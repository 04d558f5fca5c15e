"""What accepted releases looked like: the history of every measure, its median, and the bounds it suggests."""

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tasks.lake.errors import CorruptData, LakeMissing
from tasks.lake.lake import Lake, open_lake, scan_files
from tasks.lake.releases import Release
from tasks.measures import DOCUMENTS, MEASURES, measure_of, names

REMEMBERED = 20  # releases that a median is taken over, the newest
_HISTORY = pl.Schema(
    {
        "release": pl.Int32(),
        "source": pl.String(),
        "table_name": pl.String(),
        "measure": pl.String(),
        "value": pl.Float64(),
    }
)
PLACES = pl.Schema(
    {"source": pl.String(), "publish_month": pl.String(), "document_id": pl.String(), "published_on": pl.Date()}
)


@dataclass(frozen=True)
class Baseline:
    """The accepted releases of a lake, as far as a new run is compared with them.

    Attributes:
        history: release, source, table_name, measure, value; the newest REMEMBERED releases that measured anything.
        documents: document_id, source, recipe_version of what is published.
        articles: source, publish_month, document_id, published_on of what is published.
        recipe: the recipe of the newest release; null without one.
    """

    history: pl.DataFrame
    documents: pl.DataFrame
    articles: pl.DataFrame
    recipe: str | None

    def medians(self) -> pl.DataFrame:
        """source, measure, median, n_releases, and `n_documents`: the median volume it rests on."""
        each = self.history.group_by("source", "measure").agg(
            median=pl.col("value").median(), n_releases=pl.col("release").n_unique()
        )
        volumes = each.filter(measure=DOCUMENTS).select("source", n_documents="median")
        return each.join(volumes, on="source", how="left").with_columns(pl.col("n_documents").fill_null(1.0))


def read_baseline(path: Path) -> Baseline:
    """Read what the newest release of a lake remembers; empty where there is no lake, or nothing in it.

    Raises:
        CorruptData: a file of it is damaged or gone.
    """
    try:
        lake = open_lake(path)
    except LakeMissing:
        return Baseline(_HISTORY.to_frame(), _documents(None, None), PLACES.to_frame(), None)
    release = lake.current()
    if release is None:
        return Baseline(_HISTORY.to_frame(), _documents(None, None), PLACES.to_frame(), None)
    recipe = release.versions.get("recipe")
    try:
        articles = lake.scan("articles", release).select(list(PLACES)).collect()
        return Baseline(_history(lake, release), _documents(lake, release), articles, recipe)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise CorruptData(
            "the releases to compare with cannot be read", where=lake.place, why=str(error), then="qingliu verify"
        ) from error


def suggest(baseline: Baseline, source: str) -> dict[str, tuple[float, float]]:
    """Bounds that would have passed every remembered release of a source, with the tolerances of a new one around them.

    Returns:
        Lowest and highest value by measure, in the order of `measures.names()`; a measure that may be anything is left
        out.
    """
    rows = baseline.history.filter(source=source).group_by("measure").agg(low=pl.min("value"), high=pl.max("value"))
    seen = {name: (low, high) for name, low, high in rows.iter_rows()}
    found = {}
    for name in names():
        if name in seen:
            low, high = _widened(name, *seen[name])
            if not (measure_of(name).kind in ("share", "family") and (low, high) == (0.0, 1.0)):
                found[name] = (low, high)
    return found


def last_day(baseline: Baseline, source: str) -> date | None:
    """The newest day of an article of a source."""
    day = baseline.articles.filter(source=source)["published_on"].max()
    return day if isinstance(day, date) else None


def _widened(name: str, low: float, high: float) -> tuple[float, float]:
    measure = MEASURES[name.partition(":")[0]]
    if measure.kind in ("share", "family"):
        down = 0.0 if measure.worse == "up" else max(0.0, math.floor((low - measure.warn) * 100) / 100)
        return down, min(1.0, math.ceil((high + measure.warn) * 100) / 100)
    factor = math.exp(measure.warn)
    if measure.kind == "count":
        return math.floor(low / factor), math.ceil(high * factor)
    return math.floor(low / factor * 1000) / 1000, math.ceil(high * factor * 1000) / 1000


def _history(lake: Lake, release: Release) -> pl.DataFrame:
    table = lake.table("metrics", release)
    newest: list[pl.DataFrame] = []
    # partitions are release numbers: the newest files are opened first, and no more than needed
    for partition in sorted({file.partition for file in table.files}, reverse=True):
        files = tuple(file for file in table.files if file.partition == partition)
        rows = scan_files(lake.root, table, files).filter(
            pl.col("value").is_not_null() & pl.col("source").is_not_null()
        )
        found = rows.select(
            pl.col("release").cast(pl.Int32), "source", "table_name", measure="rule", value="value"
        ).collect()
        newest += [found] if found.height else []
        if len(newest) == REMEMBERED:
            break
    return pl.concat([_HISTORY.to_frame(), *newest])


def _documents(lake: Lake | None, release: Release | None) -> pl.DataFrame:
    columns = ["document_id", "source", "recipe_version"]
    if lake is None or release is None:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    return lake.scan("documents", release).select(columns).collect()
