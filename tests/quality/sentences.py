"""Boundary F1 of the sentence splitter on the treebank sentences of `data/sentences.jsonl`, marks normalised first."""

import json
from collections import defaultdict
from pathlib import Path

import polars as pl

from tasks.clean import punctuation
from tasks.segment.sentences import split_sentences

BARS = {"gsd": 0.994, "gsdsimp": 0.994, "cfl": 0.985}


def figures(shared: Path) -> dict[str, float]:
    """Score every set.

    Args:
        shared: The folder of shared material.

    Returns:
        Set name to F1 of the boundaries inside a row's text (its sentences put together).
    """
    rows = [json.loads(line) for line in (shared / "data/sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    sentences = pl.Series("text", [text for row in rows for text in row["sentences"]])
    clean = iter(pl.DataFrame({"text": sentences}).select(punctuation.clean(pl.col("text")))["text"].to_list())
    texts = [[next(clean) for _ in row["sentences"]] for row in rows]
    cut = split_sentences(pl.DataFrame({"row": range(len(texts)), "text": ["".join(text) for text in texts]}))
    found = cut.group_by("row", maintain_order=True).agg("end")["end"].to_list()
    hits: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, text, ends in zip(rows, texts, found, strict=True):
        gold = {sum(map(len, text[:number])) for number in range(1, len(text))}
        own = set(ends[:-1])
        for place, number in enumerate((len(gold & own), len(gold), len(own))):
            hits[row["set"]][place] += number
    return {name: 2 * both / (gold + own) for name, (both, gold, own) in hits.items()}
