"""Scores the search for copies: the same news from two scrapers, revised laws, damaged and altered specimens."""

import json
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import polars as pl

from tasks.dedupe.canonical import canonical
from tasks.dedupe.compare import compare
from tasks.dedupe.duplicates import candidates
from tasks.dedupe.sieve import may_be_copies, sample
from tasks.dedupe.signatures import signatures

ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"
_CLAUSE = re.compile(r"[^，。；：！？、\n]{4,}[，。；]")
Pairs = list[tuple[str, str]]


def score_duplicates(shared: Path, copies: int = 20) -> dict[str, float]:
    """Return shares of 1 of pairs that are taken for copies, found by their signatures and confirmed.

    Args:
        shared: the folder of real data, with `data/near_duplicates.jsonl` and `data/law_revisions.jsonl`.
        copies: damaged or altered copies of each specimen, seeded.

    Returns:
        recall and precision on the news; merged_laws, merged_versions (numbers of pairs, to be none); recall_05, _10,
        _20 of specimens with that share of their characters changed.
    """
    news = [json.loads(line) for line in _lines(shared / "data" / "near_duplicates.jsonl")]
    same = np.array([case["same"] for case in news])
    taken = _taken([(case["a_text"], case["b_text"]) for case in news])
    laws: dict[str, list[str]] = {}
    for case in map(json.loads, _lines(shared / "data" / "law_revisions.jsonl")):
        laws.setdefault(case["family"], []).append(case["text"])
    revisions = [(one, other) for texts in laws.values() for n, one in enumerate(texts) for other in texts[:n]]
    specimens = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.iterdir())]
    rates = {
        f"recall_{round(rate * 100):02d}": float(_taken(_damaged(specimens, rate, copies)).mean())
        for rate in (0.05, 0.1, 0.2)
    }
    return {
        "recall": float(taken[same].mean()),
        "precision": float(same[taken].mean()),
        "merged_laws": float(_taken(revisions).sum()),
        "merged_versions": float(_taken(_versions(specimens, copies)).sum()),
        **rates,
    }


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _taken(pairs: Pairs) -> np.ndarray:
    """Which pairs are found by their signatures, not sorted out by their samples, and copies."""
    texts = pl.Series([text for pair in pairs for text in pair])
    signed = signatures(texts)
    distinct = signed.unique("fingerprint", keep="first", maintain_order=True).with_row_index("row")
    rows = signed.join(distinct.select("fingerprint", "row"), on="fingerprint", maintain_order="left")["row"]
    at = rows.to_numpy().reshape(-1, 2)
    near = set(candidates(distinct.drop("row")).iter_rows())
    taken: np.ndarray = np.array([(min(pair), max(pair)) in near for pair in at.tolist()])
    both = np.arange(len(texts)).reshape(-1, 2)
    taken[taken] = may_be_copies(sample(texts), both[taken])
    taken[taken] = compare(canonical(texts), both[taken])["same"].to_numpy()
    taken |= at[:, 0] == at[:, 1]
    return taken


def _damaged(texts: Iterable[str], rate: float, copies: int) -> Pairs:
    """Each text with copies of it in which characters are lost, changed and added at random."""
    chance = random.Random(f"damage {rate}")
    texts = list(texts)
    letters = sorted({char for text in texts for char in text if char.isalnum()})
    return [(text, _typed(text, rate, letters, chance)) for text in texts for _ in range(copies)]


def _typed(text: str, rate: float, letters: list[str], chance: random.Random) -> str:
    out = []
    for char in text:
        fate = chance.random() / rate
        if fate < 1 / 3:
            continue
        out.append(chance.choice(letters) if fate < 2 / 3 else char)
        if 2 / 3 <= fate < 1:
            out.append(chance.choice(letters))
    return "".join(out)


def _versions(texts: list[str], copies: int) -> Pairs:
    """Each text with versions of it that say something else: a date, a number, a denial, a clause."""
    chance = random.Random("versions")
    made = [
        (text, changed)
        for text in texts
        for change in (_day, _digit, _numeral, _denial, _without, _with, _instead)
        for _ in range(copies)
        if (changed := change(text, texts, chance)) not in (None, text)
    ]
    return [(text, changed) for text, changed in made if changed is not None]


Change = Callable[[str, list[str], random.Random], str | None]


def _swap(text: str, pattern: str, new: Callable[[str], str], chance: random.Random) -> str | None:
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = chance.choice(places)
    return text[: place.start()] + new(place[0]) + text[place.end() :]


def _day(text: str, _: list[str], chance: random.Random) -> str | None:
    return _swap(text, r"\d+月\d+日", lambda _: f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日", chance)


def _digit(text: str, _: list[str], chance: random.Random) -> str | None:
    return _swap(text, r"\d", lambda old: chance.choice([d for d in "0123456789" if d != old]), chance)


def _numeral(text: str, _: list[str], chance: random.Random) -> str | None:
    others = "一二三四五六七八九"
    return _swap(
        text, f"[{others}](?=[名条个件月日年万元项])", lambda old: chance.choice(others.replace(old, "")), chance
    )


def _denial(text: str, _: list[str], chance: random.Random) -> str | None:
    return _swap(text, "[不未无非]", lambda _: "", chance)


def _without(text: str, _: list[str], chance: random.Random) -> str | None:
    return _swap(text, _CLAUSE.pattern, lambda _: "", chance)


def _with(text: str, texts: list[str], chance: random.Random) -> str | None:
    return _swap(text, _CLAUSE.pattern, lambda old: old + chance.choice(_CLAUSE.findall(chance.choice(texts))), chance)


def _instead(text: str, texts: list[str], chance: random.Random) -> str | None:
    return _swap(text, _CLAUSE.pattern, lambda _: chance.choice(_CLAUSE.findall(chance.choice(texts))), chance)
