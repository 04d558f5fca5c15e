"""Looks for copies of a run's articles, in the run and in the lake; what was told of those it touches is told anew."""

from collections.abc import Iterator

import polars as pl

from tasks.dedupe.candidates import candidates, matching
from tasks.dedupe.duplicates import SIGNED, find_duplicates
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
    ranks = _staged(run, "articles", _RANK)
    if not (lake and release and "signatures" in release.tables):
        return find_duplicates(_ranked(fresh, ranks), lambda ids: _texts(run, None, None, ids)), fresh["article_id"]
    known = _known(lake, release, fresh)
    told = lake.scan("articles", release).select(_RANK).filter(_among(known["article_id"])).collect()
    signed = _ranked(pl.concat([fresh, known]), pl.concat([ranks, told.select(_RANK)]))
    return find_duplicates(signed, lambda ids: _texts(run, lake, release, ids)), signed["article_id"]


def _known(lake: Lake, release: Release, fresh: pl.DataFrame) -> pl.DataFrame:
    """Signatures of the lake's articles that may be copies of fresh ones, and of all their known copies."""
    near = pl.concat([fresh.clear(), *(matching(part, fresh) for part in _parts(lake, release, fresh))])
    both = pl.concat([fresh, near])
    pairs = candidates(both, pl.int_range(len(both), eager=True) < len(fresh))
    paired = both[pl.concat([pairs["one"], pairs["other"]]).unique()]["article_id"]
    same = near.filter(pl.col("fingerprint").is_in(fresh["fingerprint"].implode()))["article_id"]
    touched = near.filter(_among(pl.concat([paired, same])))
    told = lake.scan("duplicates", release)
    again = pl.col("document_id").is_in(fresh["document_id"].implode())
    clusters = told.filter(_among(touched["article_id"]) | again).select("cluster").collect()
    fellows = told.filter(pl.col("cluster").is_in(clusters["cluster"].unique().implode()))
    missing = fellows.select("article_id").collect().join(touched, on="article_id", how="anti")["article_id"].unique()
    if missing.is_empty():
        return touched
    # one that comes anew, or is gone, is not among the parts
    others = [part.filter(_among(missing)) for part in _parts(lake, release, fresh)]
    return pl.concat([touched, *others])


def _parts(lake: Lake, release: Release, fresh: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The lake's signatures, a data file at a time, without those of documents that come anew."""
    table = release.tables["signatures"]
    for file in table.files:
        rows = scan_files(lake.root, table, (file,)).select(_SIGNATURE).collect()
        yield rows.join(fresh, on="document_id", how="anti")


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
