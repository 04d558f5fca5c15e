"""Marks the random signs that forums put at the ends of lines against copying: `5 J; n1 S( l7 H" ], g) w' ?5 e`.

Each is a few pairs of a sign or digit and a letter or sign, with a space between the two. One line of them is chance.
"""

import re

import polars as pl

from tasks.clean.gated import JAMMED, ask, needing, where
from tasks.clean.marks import ANY_RUN, CLOSE, OPEN

# The two halves are drawn from the signs before `<` and from those after `>`; at a line's edge a space has gone.
_PAIR = "[!-;]? {1,2}[?-~]"
_FIRST = "(?:[!-;] [?-~]| {0,2}[?-~](?= |[!-;] ))"
JAMMER = re.compile(
    f"(?:(?m:^)|(?<=[^\x00-\x7f])|(?<=[,:;!?)\\]])) ?(?:(?m:^)[?-~]|{_FIRST})(?:{_PAIR}){{3,60}}"
    "(?= ?[^\x00-\x7f]|\n|\\Z|[(\\[\"'])"
)
SIGN = "[!-/:;] [?-~][!-;]? [?-~]"  # what three runs hold, and little else does
LEAST, _FEWEST_SIGNS = 3, 3
_PIECES = re.compile(f"({ANY_RUN})")


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Put marks around such runs in column `text`; content characters keep number and order."""
    text = frame["text"]
    needed = ask(text, needing(frame, JAMMED), lambda some: some.str.count_matches(SIGN) >= LEAST)
    return frame.with_columns(where(text, needed, lambda some: pl.Series([_marked(one) for one in some])))


def _marked(text: str) -> str:
    pieces = _PIECES.split(text)
    found = [run for piece in pieces[::2] for run in JAMMER.finditer(piece) if _is_random(run.group())]
    if len(found) < LEAST:
        return text
    pieces[::2] = [JAMMER.sub(f"{OPEN['hidden_text']}\\g<0>{CLOSE}", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _is_random(run: str) -> bool:
    """Whether the signs are of several kinds, as no formula, list or spaced word has them."""
    return len({char for char in run if not char.isalnum() and char != " "}) >= _FEWEST_SIGNS
