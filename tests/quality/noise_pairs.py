"""The pairs of `data/noise_pairs.jsonl` whose noise is glosses, by the steps that take it out; script and width off."""

import json
from pathlib import Path

import polars as pl

from tasks.clean import annotations, punctuation
from tasks.clean.marks import CLOSE, OPEN

KINDS = ("pinyin_plain_repeat_trad", "pinyin_tone_single_trad", "pinyin_tone_dup_punct_trad", "pinyin_space_emoji_simp")


def figures(shared: Path) -> dict[str, float]:
    """Score the gloss kinds.

    Args:
        shared: The folder of shared material.

    Returns:
        Kind to share of texts that come out exactly; `clean_kept`: share of the clean sides that stay as they are.
    """
    rows = [
        json.loads(line) for line in (shared / "data/noise_pairs.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    pairs = pl.DataFrame([row for row in rows if row["noise"] in KINDS])
    pairs = pairs.with_columns(made=_unglossed(pairs["raw"]), kept=_unglossed(pairs["clean"]))
    scores = pairs.group_by("noise").agg((pl.col("made") == pl.col("clean")).mean())
    return dict(sorted(scores.iter_rows())) | {"clean_kept": (pairs["kept"] == pairs["clean"]).mean()}


def _unglossed(texts: pl.Series) -> pl.Series:
    marked = annotations.run(pl.DataFrame({"text": texts}))["text"]
    return punctuation.undouble(marked.str.replace_all(f"{OPEN['annotation']}[^{CLOSE}]*{CLOSE}", ""))
