"""Cut a stream of frames into sorted files of bounded size, in memory bounded by a file and not by the corpus."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from tasks.lake.disk import write_frame
from tasks.lake.errors import writing
from tasks.lake.layout import Layout

# bytes of rows held before they are spilled; a release cuts two tables at once
_BUFFER_BYTES = 200_000_000
# small enough that a range of documents touches few of them, large enough to read fast
_SPILL_ROW_GROUP = 50_000
_PLACES = 16**4  # a large partition is cut at the first four hex digits of document ids


def cut(frames: Iterable[pl.DataFrame], layout: Layout, spill: Path) -> Iterator[tuple[object, pl.DataFrame]]:
    """Group rows by partition, sort them, and split large partitions by ranges of document ids.

    Which row lands in which file depends on the rows alone, not on how they were divided into frames.

    Args:
        frames: rows with the partition key and `document_id`, in any order.
        layout: key, sort order and rows in a file.
        spill: folder on a disk with room for the rows, for what does not fit the buffer.

    Yields:
        Partition value and sorted rows of one file, partitions in order.
    """
    with writing(spill), tempfile.TemporaryDirectory(dir=spill, prefix="cut-") as folder:
        pieces = _collect(frames, layout.key, Path(folder))
        for value in sorted(pieces, key=str):
            for part in _ranges(pieces[value], layout):
                yield value, in_order(part, layout)


def in_order(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Sort rows as the table's layout says, nulls last."""
    return frame.sort([_term(term) for term in layout.sort], nulls_last=True)


def _term(term: str) -> pl.Expr:
    name = term.removeprefix("len:")
    return pl.col(name) if name == term else pl.col(name).str.len_bytes()


def _collect(frames: Iterable[pl.DataFrame], key: str, folder: Path) -> dict[object, list[pl.LazyFrame]]:
    held: dict[object, list[pl.DataFrame]] = {}
    spilled: dict[object, list[pl.LazyFrame]] = {}
    size = 0
    for frame in frames:
        for part in frame.partition_by(key, maintain_order=True):
            held.setdefault(part[key][0], []).append(part)
        size += int(frame.estimated_size())
        if size > _BUFFER_BYTES:
            for value, parts in held.items():
                path = folder / f"{sum(map(len, spilled.values())):06d}.piece"
                whole = pl.concat(parts).sort("document_id")
                write_frame(whole, path, compression="lz4", row_group_size=_SPILL_ROW_GROUP)
                spilled.setdefault(value, []).append(pl.scan_parquet(path))
            held.clear()
            size = 0
    for value, parts in held.items():
        spilled.setdefault(value, []).append(pl.concat(parts).lazy())
    return spilled


def _ranges(pieces: list[pl.LazyFrame], layout: Layout) -> Iterator[pl.DataFrame]:
    rows = pl.concat(pieces)
    n_rows = int(rows.select(pl.len()).collect().item())
    n_files = -(-n_rows // layout.rows_per_file)
    if n_files == 1:
        yield rows.collect()
        return
    cuts = [f"{place * _PLACES // n_files:04x}" for place in range(1, n_files)]
    document = pl.col("document_id")
    for low, high in zip([None, *cuts], [*cuts, None], strict=True):
        inside = pl.lit(True) if low is None else document >= low
        # rows of no document sort into the first file
        part = rows.filter((inside & (document < high if high else pl.lit(True))).fill_null(low is None)).collect()
        if not part.is_empty():
            yield part
