"""The other pairs of `data/noise_pairs.jsonl`: read back, flagged or laid out, each by what should deal with it."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl

from tasks.clean.marks import ANY_MARK
from tests.quality.scored import curate

READ = ("utf8_as_latin1", "numeric_entities")
FLAGGED = ("double_utf8_as_gbk", "gbk_byte_drop_simp", "gbk_byte_drop_trad")
LAID_OUT = ("flipbook_indent", "docshare_flatten_spaces_halfwidth")


def score_damaged(shared: Path) -> dict[str, dict[str, float]]:
    """Score each kind on its own, one row a kind.

    Args:
        shared: the folder of shared material.

    Returns:
        What reading repairs: share of texts read exactly. What nobody can repair: shares of texts flagged, and left as
        they are. Broken layout: F1 of exact paragraphs, spaces ignored.
    """
    lines = (shared / "data" / "noise_pairs.jsonl").read_text(encoding="utf-8").split("\n")
    pairs = pl.DataFrame([json.loads(line) for line in lines if line])
    measures: dict[str, Callable[[pl.DataFrame], dict[str, float]]] = (
        dict.fromkeys(READ, _read) | dict.fromkeys(FLAGGED, _flagged) | dict.fromkeys(LAID_OUT, _laid_out)
    )
    return {kind: measure(_curated(pairs.filter(noise=kind))) for kind, measure in measures.items()}


def _curated(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add to each pair the text as read, how many places were flagged, and the paragraphs."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:03d}.txt" for number in range(pairs.height)]
        for path, raw in zip(paths, pairs["raw"], strict=True):
            path.write_bytes(raw.encode("utf-8", "surrogatepass"))
        read, tables = curate(paths)
    # what stands over a brief in these texts is a line of theirs, and a headline of ours
    lines = pl.concat([tables["paragraphs"].select("document_id", "text"), _headlines(tables["articles"])])
    found = (
        read.select("document_id", "file_name", read=pl.col("text").str.replace_all(ANY_MARK, ""))
        .join(lines.group_by("document_id").agg(paragraphs="text"), on="document_id", how="left")
        .join(tables["anomalies"].group_by("document_id").agg(n_flagged=pl.len()), on="document_id", how="left")
    )
    names = pl.Series("file_name", [path.name for path in paths])
    return pairs.with_columns(names).join(found, on="file_name", how="left", maintain_order="left")


def _headlines(articles: pl.DataFrame) -> pl.DataFrame:
    return articles.select("document_id", text="title").drop_nulls("text")


def _read(pairs: pl.DataFrame) -> dict[str, float]:
    same = pl.col("read").str.strip_chars() == pl.col("clean").str.strip_chars()
    return {"read": _share(pairs, same)}


def _flagged(pairs: pl.DataFrame) -> dict[str, float]:
    untouched = pl.col("read").str.strip_chars() == pl.col("raw").str.strip_chars()
    return {"flagged": _share(pairs, pl.col("n_flagged") > 0), "untouched": _share(pairs, untouched)}


def _laid_out(pairs: pl.DataFrame) -> dict[str, float]:
    made, wanted, both = 0, 0, 0
    for got, clean in pairs.select("paragraphs", "clean").iter_rows():
        ours, theirs = (Counter("".join(text.split()) for text in texts) for texts in (got or [], clean.splitlines()))
        del theirs[""]
        made, wanted, both = made + ours.total(), wanted + theirs.total(), both + (ours & theirs).total()
    return {"paragraphs": 2 * both / (made + wanted)}


def _share(pairs: pl.DataFrame, right: pl.Expr) -> float:
    return float(pairs.select(right.fill_null(value=False).mean()).item())
