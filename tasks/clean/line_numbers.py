"""Takes off the numbers of lines that an editor or a lawyer's paper prints beside a text: one before each line.

A list has them too: these stand before blank lines as well, are set flush right, or part lines in mid-sentence.
"""

import re
from itertools import pairwise

import polars as pl

from tasks.clean.gated import ask, where
from tasks.clean.lines import BROKEN, MANY
from tasks.clean.marks import ANY_MARK, CLOSE, OPEN

_FIRST = r"\A[ \t]*[0-9]{1,6}(?:[ \t|:]|\n)"
_SEEN = 16
_NUMBER = re.compile(r"( *)([0-9]{1,6})([\t|:]? *)")
_BROKEN = re.compile(BROKEN)
_FEWEST, _NEARLY_ALL = 10, 0.95


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Put marks around such numbers in column `text`; content characters keep number and order."""
    text = frame["text"]
    # runs do not nest
    likely = ask(text, text.str.head(_SEEN).str.contains(_FIRST), lambda some: ~some.str.contains(ANY_MARK))
    return frame.with_columns(where(text, likely, lambda some: pl.Series([_marked(one) for one in some])))


def _marked(text: str) -> str:
    lines = text.split("\n")
    found = [_NUMBER.match(line) for line in lines]
    numbers = [int(one[2]) for one in found if one]
    n_lines = sum(bool(line.strip()) for line in lines)
    steps = sum(after - before == 1 for before, after in pairwise(numbers))
    if len(numbers) < max(_FEWEST, _NEARLY_ALL * n_lines) or steps < _NEARLY_ALL * (len(numbers) - 1):
        return text
    held = [(one, rest) for one, line in zip(found, lines, strict=True) if one and (rest := line[one.end() :])]
    # the space behind a number; what is wider there is the indent of a line
    room = min((len(one[3]) for one, _ in held), default=0)
    if not room or not _are_of_lines([one for one in found if one], [rest for _, rest in held]):
        return text
    marked = OPEN["site_chrome"]
    return "\n".join(
        f"{marked}{line[: one.end(2) + room]}{CLOSE}{line[one.end(2) + room :]}" if one else line
        for line, one in zip(lines, found, strict=True)
    )


def _are_of_lines(found: list[re.Match[str]], rests: list[str]) -> bool:
    if len(rests) < len(found) / 2:
        return False
    blank = len(rests) < len(found)
    flush_right = len({one.end(2) for one in found}) == 1 and len({len(one[2]) for one in found}) > 1
    broken = sum(bool(_BROKEN.search(rest)) for rest in rests) >= MANY * len(rests)
    return blank or flush_right or broken
