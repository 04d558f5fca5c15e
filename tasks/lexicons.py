"""Reads the word and character lists of `seeds/lexicons`: tab-separated rows, lines that open with `# ` are notes."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "lexicons"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `seeds/lexicons/<name>.tsv` in file order.

    Raises:
        FileNotFoundError: there is no such lexicon.
    """
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("# "))


@cache
def pairs(name: str) -> dict[str, str]:
    """Return a two-column lexicon as a mapping."""
    return {key: value for key, value, *_ in rows(name)}
