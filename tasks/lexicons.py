"""Reads the word and character lists of `seeds/lexicons`: tab-separated rows below notes, which open with `# `."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "lexicons"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `seeds/lexicons/<name>.tsv` in file order.

    Raises:
        FileNotFoundError: there is no such lexicon.
    """
    return tuple(tuple(line.split("\t")) for line in _body(name).split("\n"))


@cache
def pairs(name: str) -> dict[str, str]:
    """Return a two-column lexicon as a mapping.

    Raises:
        FileNotFoundError: there is no such lexicon.
    """
    # one cut for all cells: a list a line takes seven times as long
    cells = iter(_body(name).replace("\t", "\n").split("\n"))
    return dict(zip(cells, cells, strict=True))


def _body(name: str) -> str:
    """The lines below the notes, with which a lexicon opens."""
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    while text.startswith("# "):
        text = text[text.index("\n") + 1 :]
    return text.rstrip("\n")
