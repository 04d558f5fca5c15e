"""Looks for copies of a run's articles, in the run and in the lake; what was told of those it touches is told anew."""

from collections.abc import Callable, Iterator

import polars as pl

from tasks.dedupe.anew import Known, tell_anew
from tasks.dedupe.duplicates import SIGNED, find_duplicates
from tasks.dedupe.shelves import matching
from tasks.dedupe.sign import said
from tasks.lake.lake import Lake, scan_files
from tasks.lake.releases import Release
from tasks.lake.staged import StagedRun

_SIGNATURE = [name for name in SIGNED if name not in ("residual_noise", "published_on")]
_SAID = {"articles": ["article_id", "kind", "title"], "paragraphs": ["article_id", "ordinal", "role", "text"]}
_RANK = ["article_id", "residual_noise", "published_on"]


def find_copies(
    run: StagedRun, lake: Lake | None, release: Release | None, barred: pl.DataFrame
) -> tuple[pl.DataFrame, pl.Series]:
    """Find copies.

    Args:
        run: the staged run.
        lake: the lake, if there is one.
        release: its newest release, if there is one.
        barred: document_id: documents that will not be published.

    Returns:
        The table `duplicates` for every article touched, and the ids of those articles: rows of the lake that tell of
        them otherwise are out of date.
    """
    fresh = _staged(run, "signatures", _SIGNATURE).join(barred, on="document_id", how="anti")
    fresh = _ranked(fresh, _staged(run, "articles", _RANK))
    if not (lake and release and "signatures" in release.tables):
        return find_duplicates(fresh, lambda ids: _texts(run, None, None, ids)), fresh["article_id"]
    known = known_copies(lake, release, fresh["document_id"].unique())
    return tell_anew(fresh, known, lambda ids: _texts(run, lake, release, ids))


def known_copies(lake: Lake, release: Release, gone: pl.Series) -> Known:
    """What a release tells of copies, when the rows of some documents go."""
    told = lake.scan("duplicates", release)

    def signed(wanted: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        found = pl.concat([pl.DataFrame(schema=SIGNED).select(_SIGNATURE), *map(wanted, _parts(lake, release))])
        ranks = lake.scan("articles", release).select(_RANK).filter(_among(found["article_id"])).collect()
        return _ranked(found, ranks).with_columns(gone=pl.col("document_id").is_in(gone.implode()))

    def fellows(ids: pl.Series) -> pl.Series:
        clusters = told.filter(_among(ids)).select("cluster").collect()["cluster"]
        return (
            told.filter(pl.col("cluster").is_in(clusters.unique().implode()))
            .select("article_id")
            .collect()["article_id"]
        )

    return Known(
        size=sum(file.rows for file in release.tables["signatures"].files),
        gone=signed(lambda part: part.filter(pl.col("document_id").is_in(gone.implode()))),
        near=lambda texts: signed(lambda part: matching(part, texts)),
        named=lambda ids: signed(lambda part: part.filter(_among(ids))),
        fellows=fellows,
    )


def _parts(lake: Lake, release: Release) -> Iterator[pl.DataFrame]:
    """The lake's signatures, a data file at a time."""
    table = release.tables["signatures"]
    for file in table.files:
        yield scan_files(lake.root, table, (file,)).select(_SIGNATURE).collect()


def _staged(run: StagedRun, table: str, names: list[str]) -> pl.DataFrame:
    parts = [frame for _, frame in run.frames_of(table, names)]
    empty = pl.DataFrame(schema={name: SIGNED[name] for name in names})
    # the same content in two batches: the first tells it
    return pl.concat([empty, *(part.select(names) for part in parts)]).unique(
        "article_id", keep="first", maintain_order=True
    )


def _ranked(signed: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    found = signed.join(ranks, on="article_id", how="left", maintain_order="left").select(SIGNED.names())
    return found.with_columns(pl.col("residual_noise").fill_null(1.0))


def _texts(run: StagedRun, lake: Lake | None, release: Release | None, ids: pl.Series) -> Iterator[pl.DataFrame]:
    """What articles say, a batch at a time, each article once."""
    for articles, paragraphs in _tables(run, lake, release, ids):
        # what is staged comes before what it replaces, and the first batch before another with the same content
        found = articles.filter(_among(ids))
        yield said(found, paragraphs.join(found, on="article_id", how="semi"))
        ids = ids.filter(~ids.is_in(found["article_id"].implode()))


def _tables(
    run: StagedRun, lake: Lake | None, release: Release | None, ids: pl.Series
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    staged = (run.frames_of(table, names) for table, names in _SAID.items())
    for (_, articles), (_, paragraphs) in zip(*staged, strict=True):
        yield articles, paragraphs
    if lake and release:
        articles, paragraphs = (
            lake.scan(table, release).select(names).filter(_among(ids)).collect() for table, names in _SAID.items()
        )
        yield articles, paragraphs


def _among(ids: pl.Series) -> pl.Expr:
    return pl.col("article_id").is_in(ids.implode())
