"""`seeds/NOISE.md` names every class, files that exist, counters of the documents table, kinds of anomalies."""

import re

from contracts.documents import Documents
from tasks.segment.anomalies import KINDS
from tests.conftest import ROOT

ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (ROOT / "seeds" / "NOISE.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [AC]\d", line)
]
ELSEWHERE = {"doubled_at_break"}


def test_every_class_has_its_row_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"A{n}" for n in range(1, 34)] + [f"C{n}" for n in range(1, 51)]


def test_files_that_are_named_exist() -> None:
    named = {name.strip() for row in ROWS for name in row[2].split(",") if name.strip() != "–"}
    assert [name for name in named if not (ROOT / name).exists() and not (ROOT / "tasks" / name).exists()] == []


def test_counters_are_columns_of_documents() -> None:
    assert {row[3] for row in ROWS} - {"–"} <= set(Documents.to_schema().columns)


def test_flags_that_are_named_are_kinds_of_anomalies() -> None:
    named = {kind for row in ROWS for kind in re.findall(r"flagged: `(\w+)`", row[4])}
    assert named <= set(KINDS) | ELSEWHERE
