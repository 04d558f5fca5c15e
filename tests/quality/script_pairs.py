"""Traditional to Simplified by our own step.

`data/script_pairs.jsonl` by detection, `data/opencc_cases.jsonl` by the variant they name.
"""

import json
from pathlib import Path
from typing import Any

import polars as pl

from tasks.clean import script

QUOTES = str.maketrans("「」『』", "“”‘’")


def figures(shared: Path) -> dict[str, float]:
    """Score the script step.

    Args:
        shared: The folder of shared material.

    Returns:
        `exact`: share of sentences converted exactly, quotes folded; `simplified_kept`: share of Simplified sentences
        left alone; `t2s`, `tw2s`, `hk2s`: share of OpenCC's own cases that come out as expected.
    """
    pairs = _rows(shared / "data/script_pairs.jsonl")
    cases = _rows(shared / "data/opencc_cases.jsonl")
    made = _converted([pair["trad"] for pair in pairs])
    exact = [one.translate(QUOTES) == pair["simp"].translate(QUOTES) for one, pair in zip(made, pairs, strict=True)]
    kept = _converted([pair["simp"] for pair in pairs])
    scores = {
        "exact": sum(exact) / len(exact),
        "simplified_kept": sum(a == pair["simp"] for a, pair in zip(kept, pairs, strict=True)) / len(pairs),
    }
    for config in script.CONFIGS:
        asked = [case for case in cases if config in case["expected"]]
        got = _converted([case["input"] for case in asked], config)
        scores[config] = sum(a == case["expected"][config] for a, case in zip(got, asked, strict=True)) / len(asked)
    return scores


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _converted(texts: list[str], config: str | None = None) -> list[str]:
    return script.convert(pl.DataFrame({"text": texts}), config)["text"].to_list()
