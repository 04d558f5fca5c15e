"""Links over runs: what a run stages, what the lake keeps, what is told anew."""

from pathlib import Path

import pytest

from flows.direct import Order, run
from flows.watch import Watch
from tasks.lake import open_lake
from tests.dedupe.pairs import NOTICE
from tests.dedupe.test_continuations import FOREST, STREET

PAGE = "云江日报 2031年5月6日 星期二 第{}版\n\n"


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return tmp_path / "lake"


def publish(lake: Path, **files: str) -> None:
    folder = lake.parent / f"input-{len(list(lake.parent.glob('input-*')))}"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    outcome = run(Order((str(folder),), lake), Watch())
    assert outcome.state == "Completed", outcome.reasons


def copies(lake: Path) -> set[tuple[str, str]]:
    """File names of article and representative."""
    opened = open_lake(lake)
    names = dict(opened.scan("documents").select("document_id", "file_name").collect().iter_rows())
    short = {document[:20]: name.removesuffix(".txt") for document, name in names.items()}
    rows = opened.scan("duplicates").select("article_id", "other_article_id").collect().iter_rows()
    return {(short[one[:20]], short[other[:20]]) for one, other in rows}


def test_copy_in_a_later_run_joins_the_article_of_the_lake(lake: Path) -> None:
    publish(lake, first=NOTICE)
    assert copies(lake) == set()
    publish(lake, second=NOTICE.replace("，", ","))
    assert len({representative for _, representative in copies(lake)}) == 1
    assert {name for name, _ in copies(lake)} == {"first", "second"}


def test_better_copy_takes_the_cluster_over(lake: Path) -> None:
    publish(lake, first=NOTICE.replace("照明设备", "照明设"), second=NOTICE.replace("砂石料", "石料"))
    publish(lake, whole=NOTICE)
    assert copies(lake) == {("first", "whole"), ("second", "whole"), ("whole", "whole")}


def test_runs_one_after_the_other_tell_what_one_run_tells(lake: Path, tmp_path: Path) -> None:
    files = {
        "a": NOTICE.replace("照明设备", "照明设"),
        "b": NOTICE,
        "c": NOTICE.replace("检修", "捡修"),
        "d": STREET[0],
    }
    for name, text in files.items():
        publish(lake, **{name: text})
    (tmp_path / "once").mkdir()
    together = tmp_path / "once" / "lake"
    publish(together, **files)
    assert copies(lake) == copies(together)


def test_halves_of_a_story_that_come_in_two_runs_are_linked(lake: Path) -> None:
    publish(lake, one=PAGE.format(1) + f"护林防火工作会议召开\n\n　　本报讯 {FOREST[0]}（下转第三版）")
    publish(lake, three=PAGE.format(3) + f"（上接第一版）{FOREST[1]}")
    rows = open_lake(lake).scan("continuations").collect()
    assert rows["evidence"].to_list() == ["text"]
    assert rows["article_id"].item() != rows["to_article_id"].item()
