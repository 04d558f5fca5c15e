"""A cache of which file has which content, so that a re-run over known files opens none of them.

Never the truth: lost or damaged, it only costs a hash of every file.
"""

import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from tasks.lake.disk import draft_of, write_frame
from tasks.lake.errors import writing

_PATH = Path(".cache/inventory.parquet")
SCHEMA = {"path": pl.String, "n_bytes": pl.Int64, "mtime_ns": pl.Int64, "inode": pl.Int64, "file_id": pl.String}
_SAME = ["path", "n_bytes", "mtime_ns", "inode"]
# a file changed again within the clock's tick would keep its time: such young files are hashed again
_SETTLED_NS = 2_000_000_000


def known_contents(root: Path, files: pl.DataFrame) -> pl.DataFrame:
    """Add `file_id` to files (path, n_bytes, mtime_ns, inode): null where it must be hashed."""
    return files.join(_load(root), on=_SAME, how="left", maintain_order="left")


def remember(root: Path, files: pl.DataFrame) -> None:
    """Add files (path, n_bytes, mtime_ns, inode, file_id) to the cache; an older entry of a path gives way."""
    settled = files.filter(pl.col("mtime_ns") < time.time_ns() - _SETTLED_NS).select(list(SCHEMA)).cast(SCHEMA)  # type: ignore[arg-type]  # a dict of types is a schema
    old = _load(root)
    if settled.join(old, on=list(SCHEMA), how="anti").is_empty():
        return
    path = root / _PATH
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = draft_of(path)
        try:
            write_frame(pl.concat([settled, old.join(settled, on="path", how="anti")]), draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def describe(paths: Sequence[Path]) -> pl.DataFrame:
    """Stat regular files: path (absolute), n_bytes, mtime_ns, inode; those that cannot be had are left out."""
    rows = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        rows.append((str(path.absolute()), status.st_size, status.st_mtime_ns, status.st_ino))
    schema = {name: SCHEMA[name] for name in _SAME}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _load(root: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(root / _PATH).select(list(SCHEMA)).cast(SCHEMA)  # type: ignore[arg-type]  # a dict of types is a schema
    except (OSError, pl.exceptions.PolarsError):
        return pl.DataFrame(schema=SCHEMA)
