"""Links between articles of a staged run and of the lake: which goes on in which, which say the same.

Runs once, after every batch is staged; its tables are batch 0 of the run. No article is rewritten for them.
"""

import json
from pathlib import Path

import polars as pl

from contracts import engine
from contracts.registry import CONTRACTS, empty
from tasks.copies import find_copies
from tasks.dedupe.continuations import CANDIDATES, find_continuations
from tasks.lake.disk import replace_with, write_frame
from tasks.lake.errors import LakeMissing, StagedRunInvalid
from tasks.lake.lake import Lake, open_lake
from tasks.lake.releases import Release
from tasks.lake.staged import LINKED, RETOLD, StagedRun, read_staged
from tasks.lake.state import FORGOTTEN, HELD, read_state

_FACTS = [name for name in CANDIDATES if name != "text"]


def link(run_dir: Path, lake: Path) -> dict[str, int]:
    """Find the links of a staged run and stage them beside its batches.

    Args:
        run_dir: the run's folder, every batch finished.
        lake: root of the lake it would be published to; there may be none yet.

    Returns:
        Rows by table.

    Raises:
        StagedRunInvalid: the run is not finished, or a link breaks its contract.
    """
    run = read_staged(run_dir)
    opened, release = _release(lake)
    fresh = run.columns("documents", ["document_id"]).select("document_id").unique()
    barred = _barred(opened, release, run.recipe_version)
    duplicates, retold = find_copies(run, opened, release, barred)
    found = {"continuations": _continuations(run, opened, release, fresh, barred), "duplicates": duplicates}
    for table, rows in found.items():
        _stage(run_dir, table, rows)
    _write(run_dir / RETOLD, retold.to_frame())
    replace_with(run_dir / LINKED, json.dumps({"release": release.number if release else 0}).encode())
    return {table: rows.height for table, rows in found.items()}


def _release(path: Path) -> tuple[Lake | None, Release | None]:
    try:
        lake = open_lake(path)
    except LakeMissing:
        return None, None
    return lake, lake.current()


def _continuations(
    run: StagedRun, lake: Lake | None, release: Release | None, fresh: pl.DataFrame, barred: pl.DataFrame
) -> pl.DataFrame:
    marked = pl.col("continued_from").is_not_null() | pl.col("continued_to").is_not_null()
    staged = [frame.filter(marked) for _, frame in run.frames_of("articles", _FACTS)]
    candidates = pl.concat(staged) if staged else pl.DataFrame(schema={name: CANDIDATES[name] for name in _FACTS})
    if candidates.is_empty():
        return empty("continuations")
    texts = [_texts(frame.lazy(), candidates) for _, frame in run.frames_of("paragraphs", _TEXT)]
    candidates = candidates.join(barred, on="document_id", how="anti")
    if lake and release:
        there = _published(lake, release, candidates, marked).join(fresh, on="document_id", how="anti")
        texts.append(_texts(lake.scan("paragraphs", release), there))
        candidates = pl.concat([candidates, there.select(_FACTS)])
    bodies = pl.concat(texts)
    told = candidates.join(bodies, on="article_id", how="left", maintain_order="left").with_columns(
        text=pl.concat_str("title", "text", separator="\n", ignore_nulls=True)
    )
    links = find_continuations(told)
    # what joins two articles of the lake was told when the second of them came
    new = pl.col("document_id").is_in(fresh["document_id"].implode())
    new |= pl.col("to_article_id").is_in(candidates.join(fresh, on="document_id", how="semi")["article_id"].implode())
    return links.filter(new).select(
        pl.format("{}-c-{}", "article_id", "to_article_id").alias("continuation_id"),
        "document_id",
        "article_id",
        "to_article_id",
        "evidence",
        "similarity",
    )


_TEXT = ["article_id", "document_id", "ordinal", "text"]


def _texts(paragraphs: pl.LazyFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The bodies of some articles: article_id, text (a paragraph a line)."""
    wanted = articles["article_id"].implode()
    rows = paragraphs.select(_TEXT).filter(pl.col("article_id").is_in(wanted)).collect()
    return (
        rows.sort("article_id", "ordinal")
        .group_by("article_id", maintain_order=True)
        .agg(pl.col("text").str.join("\n"))
    )


def _published(lake: Lake, release: Release, staged: pl.DataFrame, marked: pl.Expr) -> pl.DataFrame:
    """Marked articles of the lake that may be the other half of a staged one."""
    days = [None, *staged["published_on"].unique()]
    near = pl.col("published_on").is_in(days, nulls_equal=True) | pl.lit(staged["published_on"].has_nulls())
    house = pl.col("source").is_in(staged["source"].unique().implode())
    house |= pl.col("publisher").is_in(staged["publisher"].drop_nulls().unique().implode())
    return lake.scan("articles", release).filter(marked & near & house).select(_FACTS).collect()


def _barred(lake: Lake | None, release: Release | None, recipe_version: str) -> pl.DataFrame:
    """Documents that will not be published: forgotten ones, and those held for this recipe."""
    if not (lake and release):
        return pl.DataFrame(schema={"document_id": pl.String})
    held = read_state(lake.root, release, HELD).filter(recipe_version=recipe_version).select(document_id="id")
    return pl.concat([held, read_state(lake.root, release, FORGOTTEN).select(document_id="id")])


def _stage(run_dir: Path, table: str, rows: pl.DataFrame) -> None:
    if not engine.holds(CONTRACTS[table], rows):
        raise StagedRunInvalid(f"links break the contract of {table}", where=run_dir, then="report this")
    _write(run_dir / f"{table}.parquet", rows)


def _write(path: Path, rows: pl.DataFrame) -> None:
    draft = path.with_suffix(".draft")
    write_frame(rows, draft, compression="zstd")
    draft.replace(path)
