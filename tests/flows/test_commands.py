import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.direct import Order, run
from flows.watch import Watch
from tests.flows.conftest import Command, write_three


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake that no test changes."""
    folder = tmp_path_factory.mktemp("made")
    run(Order((str(write_three(folder / "scrapes")),), folder / "lake"), Watch())
    return folder / "lake"


@pytest.fixture
def lake(qingliu: Command, made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGLIU_LAKE", str(made))
    return made


def test_sql_prints_rows(qingliu: Command, lake: Path) -> None:
    said = qingliu("sql", "SELECT count(*) AS n FROM documents", "--json")
    assert json.loads(said.out) == [{"n": 2}]
    assert "2 rows" in qingliu("sql", "SELECT file_name FROM documents").out


def test_sql_keeps_both_columns_of_one_name(qingliu: Command, lake: Path) -> None:
    (row, *_) = json.loads(qingliu("sql", "FROM articles JOIN documents USING (document_id)", "--json").out)
    assert {"n_chars", "n_chars_2", "source", "source_2"} <= set(row)


def test_sql_that_does_not_say_whose_column_is_told_of_the_wide_view(qingliu: Command, lake: Path) -> None:
    said = qingliu("sql", "SELECT n_chars FROM articles JOIN documents USING (document_id)")
    assert said.code == 2
    assert "v_articles" in said.err
    assert qingliu("sql", "SELECT n_chars, document_n_chars, file_name FROM v_articles").code == 0
    assert "duckdb_views()" in qingliu("sql", "FROM artikel").err


def test_sql_that_goes_to_a_file_prints_a_row_a_line(qingliu: Command, lake: Path) -> None:
    assert len(qingliu("sql", "FROM v_articles").out.splitlines()) == 2 + 3 + 1 + 1


def test_sql_that_is_wrong_leaves_with_2(qingliu: Command, lake: Path) -> None:
    assert qingliu("sql", "SELEKT").code == 2


def test_sql_cannot_write(qingliu: Command, lake: Path) -> None:
    assert qingliu("sql", "CREATE TABLE t (a INT)").code == 2


def test_status_tells_rows_per_table(qingliu: Command, lake: Path) -> None:
    assert json.loads(qingliu("status", "--json").out)["rows"]["documents"] == 2
    said = qingliu("status").out
    assert "Release 1" in said
    assert "default: 2" in said  # when it last brought something
    assert "Nothing is pending." in said
    assert json.loads(qingliu("status", "--json").out)["pending"] == []


@pytest.mark.parametrize("command", [("status",), ("releases",), ("sql", "SELECT 1"), ("export", "--out", "x")])
def test_lake_that_is_not_there_leaves_with_2(qingliu: Command, command: tuple[str, ...]) -> None:
    said = qingliu(*command, "--lake", "nowhere")
    assert said.code == 2
    assert "no lake" in said.err


def test_export_score_writes_one_file_a_raw_file(qingliu: Command, lake: Path) -> None:
    assert qingliu("export", "--format", "score", "--out", "out").code == 0
    files = {path.name: json.loads(path.read_text()) for path in Path("out").iterdir()}
    assert set(files) == {"a.json", "b.json", "twin.json"}
    assert files["a.json"] == files["twin.json"]
    (article,) = files["b.json"]
    assert set(article) == {"title", "subtitle", "paragraphs", "sentences", "kind"}
    assert article["title"] == "云山县召开春季植树工作会议"
    assert ["".join(sentences) for sentences in article["sentences"]] == article["paragraphs"]


def test_export_score_keeps_the_order_of_records_with_addresses_of_their_own(qingliu: Command, tmp_path: Path) -> None:
    titles = [f"{name}县召开春季植树工作会议" for name in ("丁河", "甲河", "丙河", "乙河", "戊河")]
    records = [
        {"title": title, "url": f"https://news.example/{9 - n}.html", "content": f"{title}，会议{title[0]}日结束。"}
        for n, title in enumerate(titles)
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.jsonl").write_text("\n\n".join(map(json.dumps, records)), encoding="utf-8")
    assert qingliu("run", tmp_path / "in", "--direct").code == 0
    assert qingliu("export", "--format", "score", "--out", "out").code == 0
    assert [article["title"] for article in json.loads(Path("out", "r.json").read_text())] == titles


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_export_writes_a_row_an_article(qingliu: Command, lake: Path, form: str) -> None:
    assert qingliu("export", "--format", form, "--out", "out").code == 0
    text = Path("out", f"articles.{form}").read_text(encoding="utf-8")
    assert text.count("春季植树工作会议。会议指出") == 2


def test_export_in_an_unknown_format_leaves_with_2(qingliu: Command, lake: Path) -> None:
    assert qingliu("export", "--format", "docx", "--out", "out").code == 2


def test_preview_prints_articles_and_writes_nothing(qingliu: Command, scrapes: Path) -> None:
    before = sorted(scrapes.parent.rglob("*"))
    said = qingliu("preview", scrapes)
    assert said.code == 0
    assert "清河县召开春季植树工作会议" in said.out
    assert sorted(scrapes.parent.rglob("*")) == before


def test_explain_tells_what_was_removed(qingliu: Command, tmp_path: Path) -> None:
    glossed = "省(sheng)委(wei)書(shu)記(ji)今(jin)天(tian)到(dao)清(qing)河(he)縣(xian)調(diao)研(yan)農(nong)業(ye)。"
    (tmp_path / "g.txt").write_text(glossed * 6, encoding="utf-8")
    said = qingliu("explain", tmp_path / "g.txt")
    assert said.code == 0
    assert "removed by annotation" in said.out
    assert "省委书记今天到清河县调研农业。" in said.out


def test_explain_a_file_that_is_rejected_says_why(qingliu: Command, tmp_path: Path) -> None:
    (tmp_path / "e.txt").touch()
    assert "empty" in qingliu("explain", tmp_path / "e.txt").out


def test_report_escapes_what_scrapes_say(qingliu: Command, tmp_path: Path) -> None:
    title = "<script>alert(1)</script>县召开会议"
    (tmp_path / "evil.txt").write_text(
        f"{title}\n\n本报讯 3月5日，清河县召开会议。会议要求抓好春耕生产工作。\n", encoding="utf-8"
    )
    qingliu("run", tmp_path / "evil.txt", "--direct")
    page = (tmp_path / "lake" / "reports" / "000001.html").read_text(encoding="utf-8")
    assert "<script" not in page


def test_forget_diff_and_unhold_say_what_they_did(qingliu: Command, scrapes: Path) -> None:
    qingliu("run", scrapes, "--direct")
    (gone,) = json.loads(qingliu("sql", "SELECT document_id FROM documents LIMIT 1", "--json").out)
    assert qingliu("forget", "--reason", "privacy").code == 2
    assert (
        "1 documents forgotten: privacy"
        in qingliu("forget", "--document", gone["document_id"], "--reason", "privacy").out
    )
    assert json.loads(qingliu("diff", "1", "2", "--json").out)["documents"]["samples"]["removed"] == [
        gone["document_id"]
    ]
    assert "removed" in qingliu("diff", "1", "2").out
    assert qingliu("diff", "1", "9").code == 2
    assert "1 documents forgotten: privacy" in qingliu("releases").out
    assert "nothing of that is held" in qingliu("unhold").out


def test_run_after_a_rollback_says_what_is_held(qingliu: Command, scrapes: Path) -> None:
    first = scrapes / "a.txt"
    qingliu("run", first, "--direct")
    first.write_text(first.read_text(encoding="utf-8").replace("清河", "白沙"), encoding="utf-8")
    qingliu("run", first, "--direct")
    assert "1 contents are held back" in qingliu("rollback", "1").out
    assert "qingliu unhold" in qingliu("run", first, "--direct").out
    assert "Held back by a rollback: 1" in qingliu("status").out
    qingliu("unhold")
    assert "Release 5" in qingliu("run", first, "--direct").out


def test_direct_run_imports_no_prefect() -> None:
    code = "import sys, flows.direct; sys.exit(any(name.split('.')[0] == 'prefect' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_run_that_ends_with_its_plan_loads_neither_contracts_nor_engines() -> None:
    code = "import sys, flows.running; sys.exit(bool({'pandera', 'duckdb', 'deltalake', 'opencc'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, flows.cli; heavy = {'prefect', 'polars', 'duckdb', 'pyarrow', 'pandera', 'opencc', 'pydantic'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
