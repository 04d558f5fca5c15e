"""What is measured of every source in a batch, as sums that add up over batches; expectations compare the results.

A measure is a count, a share (0 to 1), a mean, or one member `family:member` of a distribution.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from contracts.scans import after, utf8
from contracts.vocabulary import KINDS

SUMS = pl.Schema(
    {
        "source": pl.String(),
        "table_name": pl.String(),
        "measure": pl.String(),
        "n": pl.Int64(),
        "total": pl.Float64(),
    }
)
DOCUMENTS = "documents"
NO_SOURCE = "unknown"


@dataclass(frozen=True)
class Measure:
    """How a measure may move against its baseline before a run is warned about or fails.

    `warn` and `fail` are differences for a share, natural logarithms of the ratio for a count or mean, distances
    between distributions (0 to 1) for a family. `worse` says which way is bad: up, or both.
    """

    table: str
    kind: Literal["count", "share", "mean", "family"]
    warn: float
    fail: float
    worse: Literal["up", "both"] = "both"


def _share(table: str, warn: float = 0.10, fail: float = 0.25, worse: Literal["up", "both"] = "both") -> Measure:
    return Measure(table, "share", warn, fail, worse)


def _mean(table: str, warn: float = 0.3, fail: float = 0.7) -> Measure:
    return Measure(table, "mean", warn, fail)


def _family(table: str) -> Measure:
    return Measure(table, "family", 0.15, 0.35)


FIELDS = ("title", "subtitle", "publisher", "byline", "dateline", "published_on")
MEASURES: dict[str, Measure] = {
    # few documents harm nobody: a volume only warns, unless the card says otherwise
    DOCUMENTS: Measure("documents", "count", 0.7, float("inf")),
    "documents_rejected": _share("documents", 0.05, worse="up"),
    "documents_without_articles": _share("documents", worse="up"),
    "articles_per_document": _mean("documents"),
    "content_removed": _share("spans"),
    **{f"articles_without_{name}": _share("articles") for name in FIELDS},
    "articles_of_unknown_month": _share("articles", worse="up"),
    "articles_of_kind": _family("articles"),
    "article_length": _family("articles"),
    "residual_noise": _share("articles", 0.02, 0.10, worse="up"),
    "duplicate_articles": _share("duplicates", worse="up"),
    "anomalies_per_article": _mean("anomalies", 0.7, 1.6),
    "paragraph_length": _family("paragraphs"),
    "punctuation_marks": _family("paragraphs"),
    "marks_per_character": _mean("paragraphs"),
    "sentence_length": _family("sentences"),
    "sentences_without_a_stop": _share("sentences", worse="up"),
}
# upper edges of the bins, in characters; the last bin is open
_EDGES = {
    "article_length": (100, 300, 1000, 3000),
    "paragraph_length": (20, 60, 150, 400),
    "sentence_length": (8, 20, 40, 80, 160),
}
_MARKS = ("，", "。", "、", "；", "：", "“", "！", "？")
_STOPS = ("。", "！", "？", "…", "”", "’", "》", "）", "；", "：")

Terms = Mapping[str, tuple[pl.Expr, pl.Expr | None]]


def measure_of(name: str) -> Measure:
    """The measure that a name, or a member's name `family:member`, belongs to."""
    return MEASURES[name.partition(":")[0]]


def bins(family: str) -> list[str]:
    """The members of a family, in order."""
    if family == "articles_of_kind":
        return list(KINDS)
    if family == "punctuation_marks":
        return list(_MARKS)
    edges = _EDGES[family]
    return [*(f"{low}-{high - 1}" for low, high in zip((0, *edges), edges, strict=False)), f"{edges[-1]}+"]


def names() -> list[str]:
    """Every name that a bound may be set for: measures, and members of families."""
    single = [name for name, measure in MEASURES.items() if measure.kind != "family"]
    return [*single, *(f"{name}:{one}" for name, m in MEASURES.items() if m.kind == "family" for one in bins(name))]


def sums(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Measure a batch.

    Args:
        tables: its content tables as they would be published, and `rejections`.

    Returns:
        source, table_name, measure, n (what the total is divided by; null for a count), total.
    """
    parts = [
        _of(tables["documents"], "documents", _documents()),
        _of(_with_rejected(tables), "documents", {"documents_rejected": (pl.col("rejected").sum(), pl.len())}),
        _of(tables["spans"], "spans", _spans()),
        _of(tables["articles"], "articles", _articles()),
        _of(_beside(tables, "duplicates"), "duplicates", {"duplicate_articles": (pl.col("hit").sum(), pl.len())}),
        _of(_beside(tables, "anomalies"), "anomalies", {"anomalies_per_article": (pl.col("found").sum(), pl.len())}),
        _of(tables["paragraphs"], "paragraphs", _paragraphs()),
        _of(_marks(tables["paragraphs"]), "paragraphs", _of_marks()),
        _of(tables["sentences"], "sentences", _sentences()),
    ]
    return pl.concat(parts).sort("source", "table_name", "measure")


def together(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The sums of several batches as one, with `value`."""
    whole = pl.concat([SUMS.to_frame(), *parts])
    each = whole.group_by("source", "table_name", "measure").agg(
        # a sum over nothing but nulls is zero: a count must keep its null
        n=pl.when(pl.col("n").is_not_null().any()).then(pl.col("n").sum()),
        total=pl.col("total").sum(),
    )
    value = pl.when(pl.col("n").is_null()).then("total").when(pl.col("n") > 0).then(pl.col("total") / pl.col("n"))
    return each.with_columns(value=value).drop_nulls("value").sort("source", "table_name", "measure")


def _of(frame: pl.DataFrame, table: str, terms: Terms) -> pl.DataFrame:
    if frame.is_empty():
        return SUMS.to_frame()
    asked = [total.cast(pl.Float64).alias(f"{name} total") for name, (total, _) in terms.items()]
    asked += [(pl.lit(None) if n is None else n).cast(pl.Int64).alias(f"{name} n") for name, (_, n) in terms.items()]
    # mostly there is one source: to group its rows costs more than to add them up
    one = bool((frame["source"] == frame["source"][0]).all())
    wide = frame.select(pl.col("source").first(), *asked) if one else frame.group_by("source").agg(asked)
    rows = [
        (of["source"], table, name, of[f"{name} n"], of[f"{name} total"])
        for of in wide.iter_rows(named=True)
        for name in terms
    ]
    return pl.DataFrame(rows, schema=SUMS, orient="row")


def _documents() -> Terms:
    return {
        DOCUMENTS: (pl.len(), None),
        "documents_without_articles": ((pl.col("n_articles") == 0).sum(), pl.len()),
        "articles_per_document": (pl.col("n_articles").sum(), pl.len()),
    }


def _spans() -> Terms:
    removed = pl.col("n_content").filter(fate="removed").sum()
    return {"content_removed": (removed, pl.col("n_content").sum())}


def _articles() -> Terms:
    return {
        **{f"articles_without_{name}": (pl.col(name).is_null().sum(), pl.len()) for name in FIELDS},
        "articles_of_unknown_month": ((pl.col("publish_month") == "unknown").sum(), pl.len()),
        "residual_noise": (pl.col("residual_noise").sum(), pl.len()),
        **{f"articles_of_kind:{kind}": ((pl.col("kind") == kind).sum(), pl.len()) for kind in KINDS},
        **_binned("article_length", pl.col("n_chars")),
    }


def _paragraphs() -> Terms:
    return _binned("paragraph_length", pl.col("n_chars"))


def _of_marks() -> Terms:
    counts = {mark: pl.col(mark).sum() for mark in _MARKS}
    every = pl.sum_horizontal(*counts.values())
    return {
        **{f"punctuation_marks:{mark}": (count, every) for mark, count in counts.items()},
        "marks_per_character": (every, pl.col("n_chars").sum()),
    }


def _sentences() -> Terms:
    stopped = pl.col("text").str.tail(1).is_in(_STOPS)
    return {
        **_binned("sentence_length", pl.col("end") - pl.col("start")),
        "sentences_without_a_stop": ((~stopped).sum(), pl.len()),
    }


def _binned(family: str, length: pl.Expr) -> Terms:
    edges = _EDGES[family]
    lows, highs = (0, *edges), (*edges, None)
    inside = [
        length >= low if high is None else length.is_between(low, high, closed="left")
        for low, high in zip(lows, highs, strict=True)
    ]
    return {f"{family}:{name}": (hit.sum(), pl.len()) for name, hit in zip(bins(family), inside, strict=True)}


def _marks(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """The number of each mark in all paragraphs of a source, in a column named by it."""
    rows = [
        (name, mine["n_chars"].sum(), *_counted(mine["text"]))
        for (name,), mine in paragraphs.select("source", "n_chars", "text").group_by("source", maintain_order=True)
    ]
    schema = {"source": pl.String, "n_chars": pl.Int64, **dict.fromkeys(_MARKS, pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _counted(texts: pl.Series) -> list[int]:
    # marks that share the first byte of three are counted together: a fraction of what the text costs as code points
    data = utf8(texts)[1]
    spelled = [mark.encode() for mark in _MARKS]
    counts = {lead: after(data, lead) for lead in {mark[0] for mark in spelled}}
    return [int(counts[lead][second << 8 | third]) for lead, second, third in spelled]


def _with_rejected(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    # source cards need this module for names alone: they do not wait for the contracts
    from contracts.withdraw import EXCLUDED

    whole = pl.col("table_name").is_in(["file", "documents"])
    gone = tables["rejections"].filter(whole, pl.col("reason") != EXCLUDED)
    rejected = gone.select(pl.col("source").fill_null(NO_SOURCE), rejected=pl.lit(1, pl.Int64))
    return pl.concat([tables["documents"].select("source", rejected=pl.lit(0, pl.Int64)), rejected])


def _beside(tables: Mapping[str, pl.DataFrame], table: str) -> pl.DataFrame:
    """Articles with the number of rows that another table has of each."""
    rows = tables[table].group_by("article_id").agg(found=pl.len())
    articles = tables["articles"].select("source", "article_id").join(rows, on="article_id", how="left")
    return articles.with_columns(pl.col("found").fill_null(0), hit=pl.col("found").is_not_null())
