"""Every set that quality is measured on, by name: a function from the shared folder to rows of figures."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.quality import damaged_pairs, noise_pairs, scored, script_pairs
from tests.quality.dates import score_dates, score_heads
from tests.quality.duplicates import score_duplicates
from tests.quality.encodings import score_encodings
from tests.quality.sentences import figures as score_sentences
from tests.quality.specimens import score_specimens
from tests.quality.twins import score_twins

Figures = Mapping[str, float]
Rows = Mapping[str, Figures]


def specimens(_: Path | None = None) -> Rows:
    """The scrapes written for this project: means over all of them, and the share that needs nothing more."""
    scores = score_specimens().values()
    means = {
        name: sum(getattr(s, name) for s in scores) / len(scores)
        for name in ("cer", "paragraphs", "titles", "kinds", "perfect")
    }
    off = sum(abs(score.n_articles - score.n_expected) for score in scores)
    return {"specimens": {"articles_off": float(off)} | means}


def _one(name: str, measure: Callable[[Path], Figures]) -> Callable[[Path], Rows]:
    return lambda shared: {name: measure(shared)}


# Measured in every run of the tests; the rest takes minutes.
QUICK: dict[str, Callable[[Path], Rows]] = {
    "reference": scored.score_reference,
    "noised": scored.score_noised,
    "duplicates": _one("duplicates", score_duplicates),
}
SLOW: dict[str, Callable[[Path], Rows]] = {
    "pdf_pages": scored.score_pages,
    "noise_pairs": _one("noise_pairs", noise_pairs.figures),
    "damaged_pairs": damaged_pairs.score_damaged,
    "script_pairs": _one("script_pairs", script_pairs.figures),
    "sentences": _one("sentences", score_sentences),
    "dates": _one("dates", score_dates),
    "heads": _one("heads", score_heads),
    "encodings": _one("encodings", score_encodings),
    "twins": _one("twins", score_twins),
}
