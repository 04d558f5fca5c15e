"""What the lake has rejected: by reason, with samples; and the raw files that a replay of it has to read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import polars as pl

from contracts.registry import CONTRACTS
from tasks.lake.errors import CorruptData
from tasks.lake.lake import Lake
from tasks.lake.raw import raw_sizes, stream_raw
from tasks.lake.state import INPUTS, read_state
from tasks.records import PlannedFile

SAMPLES = 3
_EXCERPT = 300


@dataclass(frozen=True)
class Rejected:
    """All rejections of one reason: rows, documents, the most often any was tried, and the first of them."""

    reason: str
    rows: int
    documents: int
    attempts: int
    samples: tuple[dict[str, str | None], ...]


@dataclass(frozen=True)
class Again:
    """What a replay reads: files with the hash of each, and how many documents have no raw file any more."""

    files: tuple[tuple[PlannedFile, str], ...]
    without_raw: int


def read_rejections(lake: Lake, release: int | None = None, rule: str | None = None) -> pl.DataFrame:
    """Rejections that stand now: all, those that one release recorded, or those for one rule or reason code.

    Returns:
        The columns of `rejections`; those that an older lake lacks are null.

    Raises:
        CorruptData: a file of them is damaged or gone.
    """
    try:
        rows = _all(lake)
        if release is not None:
            rows = rows.filter(pl.col("release") == release)
        if rule is not None:
            rows = rows.filter(pl.col("reason").str.split("; ").list.contains(rule))
        return rows.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise CorruptData(
            "rejections cannot be read", where=lake.place, why=str(error), then="qingliu verify"
        ) from error


def _all(lake: Lake) -> pl.LazyFrame:
    current = lake.current()
    schema = CONTRACTS["rejections"].polars_schema()
    if current is None or "rejections" not in current.tables:
        return pl.LazyFrame(schema=schema)
    rows = lake.scan("rejections", current)
    there = rows.collect_schema().names()
    return rows.select(
        (pl.col(name) if name in there else pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
    )


def by_reason(rows: pl.DataFrame, samples: int = SAMPLES) -> list[Rejected]:
    """Group rejections by single rule or reason code, the most frequent first; rows at fault come before their kin."""
    each = rows.with_columns(
        pl.col("reason").str.split("; "), pl.col("n_attempts").fill_null(1), place=pl.col("source_uri").fill_null("?")
    ).explode("reason")
    shown = pl.struct(
        "place",
        "table_name",
        "row_key",
        message=pl.col("message").str.head(_EXCERPT),
        row=pl.col("row_json").str.head(_EXCERPT),
    )
    found = (
        each.sort("reason", "message", "place", "rejection_id")
        .group_by("reason", maintain_order=True)
        .agg(
            rows=pl.len(),
            documents=pl.col("document_id").n_unique(),
            attempts=pl.col("n_attempts").max(),
            samples=shown.head(samples),
        )
        .sort("rows", "reason", descending=[True, False])
    )
    return [
        Rejected(reason, n_rows, n_documents, attempts, tuple(first))
        for reason, n_rows, n_documents, attempts, first in found.iter_rows()
    ]


def files_of(lake: Lake, rows: pl.DataFrame) -> Again:
    """The raw files that held what was rejected, at every place where each was seen.

    A rejection of an older lake names no file; its document is then taken for a file of its own.
    """
    held = rows.with_columns(
        file_id=pl.coalesce("file_id", "document_id"), file_uri=pl.coalesce("file_uri", "source_uri")
    )
    # a file may have been seen at several places: the sightings that went with its document tell them
    seen = held.filter(pl.col("table_name") == "sightings", pl.col("file_id") == pl.col("document_id"))
    row = pl.col("row_json").str.json_decode(pl.Struct({"source": pl.String, "source_uri": pl.String}))
    places = pl.concat(
        [
            held.select("file_id", pl.col("source").fill_null("default"), "file_uri"),
            seen.select("file_id", source=row.struct.field("source"), file_uri=row.struct.field("source_uri")),
        ]
    )
    return _in_raw(lake, places, held)


def files_of_documents(lake: Lake, ids: Sequence[str]) -> Again:
    """The raw files that held some published documents: a file of its own, or the container that a record came from."""
    current = lake.current()
    if current is None or "documents" not in current.tables:
        return Again((), len(ids))
    asked = pl.DataFrame({"document_id": list(ids)}, schema={"document_id": pl.String})
    rows = lake.scan("documents", current).select("document_id", "source", "file_name", "source_uri")
    published = rows.join(asked.lazy(), on="document_id", how="semi").collect()
    inputs = read_state(lake.root, current, INPUTS).select("source", "file_name", file_id="id").unique()
    own = inputs.select("file_id").unique().rename({"file_id": "document_id"})
    alone = published.join(own, on="document_id", how="semi").with_columns(file_id="document_id")
    inside = published.join(own, on="document_id", how="anti").join(inputs, on=["source", "file_name"])
    held = pl.concat([alone, inside.select(alone.columns)])
    # a record's place is its file's, and its number
    uri = pl.col("source_uri").str.split("#").list.first()
    return _in_raw(lake, held.select("file_id", "source", file_uri=uri), held)


def _in_raw(lake: Lake, places: pl.DataFrame, held: pl.DataFrame) -> Again:
    places = places.drop_nulls().unique().sort("file_uri", "source", "file_id")
    there = raw_sizes(lake.root, places["file_id"].unique())
    lost = held.filter(~pl.col("file_id").is_in(list(there)))["document_id"].n_unique()
    files = tuple(
        (PlannedFile(Path(), source, uri, 0), file_id)
        for file_id, source, uri in places.iter_rows()
        if file_id in there
    )
    return Again(files, lost)


def unpack(lake: Lake, file: PlannedFile, file_id: str, folder: Path) -> PlannedFile:
    """Write a raw file out again, under the name it came with."""
    name = PurePosixPath(file.source_uri).name or file_id
    if len(name.encode()) > 200:
        name = file_id[:16] + PurePosixPath(name).suffix[:20]
    path = folder / file_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as sink:
        for chunk in stream_raw(lake.root, file_id):
            sink.write(chunk)
    return PlannedFile(path, file.source, file.source_uri, path.stat().st_size)
