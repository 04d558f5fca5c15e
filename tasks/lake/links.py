"""What a run changes of the links between articles: a link told anew replaces what the lake told of the article."""

from dataclasses import dataclass

import polars as pl

from tasks.lake.change import touched
from tasks.lake.lake import Lake
from tasks.lake.layout import TABLES
from tasks.lake.releases import Release
from tasks.lake.staged import RETOLD, StagedRun

# of these a run tells everything there is to tell of an article, not only what is new
_WHOLE = ("duplicates",)


@dataclass(frozen=True)
class Links:
    """Rows to add to a table of links, and the ids of those that no longer hold."""

    added: pl.DataFrame
    stale: pl.Series


def new_links(
    lake: Lake, parent: Release | None, run: StagedRun, table: str, replaced: pl.DataFrame, barred: pl.DataFrame
) -> Links:
    """Compare the links of a staged run with those of a release.

    Args:
        lake: the lake.
        parent: its newest release, if there is one.
        run: the staged run.
        table: a table of links.
        replaced: document_id: documents whose rows go with this run, and their links with them.
        barred: document_id: documents that are not to be published.
    """
    layout = TABLES[table]
    frames = [frame for _, frame in run.frames(table)]
    schema = dict.fromkeys((layout.id, "document_id", "article_id", *layout.other), pl.String)
    staged = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
    staged = staged.filter(~touched(staged, barred, layout)).unique(layout.id, keep="first", maintain_order=True)
    if parent is None or table not in parent.tables:
        return Links(staged, staged[layout.id].clear())
    there = lake.scan(table, parent).select(list(schema)).collect()
    there = there.filter(~touched(there, replaced, layout))
    told = _retold(run) if table in _WHOLE else staged["article_id"].clear()
    stale = there.filter(pl.col("article_id").is_in(told.implode())).join(staged, on=layout.id, how="anti")
    return Links(staged.join(there, on=layout.id, how="anti", maintain_order="left"), stale[layout.id])


def _retold(run: StagedRun) -> pl.Series:
    path = run.folder / RETOLD
    return pl.read_parquet(path)["article_id"] if path.exists() else pl.Series("article_id", [], dtype=pl.String)
