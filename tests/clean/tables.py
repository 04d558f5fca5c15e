"""Reads the cases of a character step: `cases/<step>.tsv` with label, before, after (`=`: must not change) and why.

Escapes `\\n`, `\\uXXXX` and `\\UXXXXXXXX` stand for what no editor shows.
"""

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One case; `after` equals `before` where nothing may change."""

    label: str
    before: str
    after: str
    why: str


def cases(step: str) -> list[Case]:
    """Return the cases of a step in file order."""
    lines = (CASES / f"{step}.tsv").read_text(encoding="utf-8").split("\n")[1:]
    rows = [line.split("\t") for line in lines if line]
    return [
        Case(label, _said(before), _said(before if after == "=" else after), why) for label, before, after, why in rows
    ]


def _said(text: str) -> str:
    shown = re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda code: chr(int(code[1] or code[2], 16)), text)
    return shown.replace("\\n", "\n")
