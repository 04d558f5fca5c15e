"""The report of a release: what it must show, and that nothing in it acts."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import altair
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import registry
from tasks.changes import visible
from tasks.lake.lake import Lake, open_lake
from tasks.lake.maintain import rollback
from tasks.lake.raw import raw_path
from tasks.lake.releases import Release
from tasks.report import charts, write_summary
from tasks.report.coverage import coverage
from tasks.report.diffs import diff, span_of
from tasks.report.numbers import percent, size
from tasks.report.page import facts, render
from tasks.report.rejected import reasons
from tasks.report.suspects import suspects
from tasks.report.trends import BEFORE, NOW
from tasks.report.view import View
from tests.browsers import browser
from tests.report_lakes import EVIL, large, releases_then_a_bad_one

# run inside a copy of the page: what a hostile string would have made, and what sticks out on the right
PROBE = """<script>const wide = document.documentElement;
document.title = JSON.stringify({
  made: document.querySelectorAll("script:not(#probe), img, iframe, object, embed, link, form").length,
  on: [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => a.name.startsWith("on"))).length,
  overflow: wide.scrollWidth - wide.clientWidth, charts: document.querySelectorAll("svg").length,
  headings: document.querySelectorAll("h2").length})</script>""".replace("<script>", '<script id="probe">')


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return releases_then_a_bad_one(tmp_path_factory.mktemp("bad"), per_month=4)


@pytest.fixture(scope="module")
def page(bad: Path) -> str:
    return write_summary(bad, 4).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Frames(View):
    """A view of made-up tables; those that are not given are empty."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    def scan(self, table: str) -> pl.LazyFrame:
        empty = registry.empty(table)
        return pl.concat([empty, self.frames.get(table, empty)], how="diagonal").lazy()


def view(root: Path, **frames: list[dict[str, object]]) -> Frames:
    types = {table: dict(registry.empty(table).schema) for table in frames}
    made = {
        table: pl.DataFrame(rows, schema={name: types[table][name] for name in rows[0]})
        for table, rows in frames.items()
    }
    return Frames(Lake(root), Release(1, 0, "publish", "r1", "2021-03-05T00:00:00+00:00", {}, {}, {}), made)


def removed(document: str, text: str, step: str, n_content: int | None = None) -> dict[str, object]:
    n = len(re.findall(r"\w", text)) if n_content is None else n_content
    return {"document_id": document, "fate": "removed", "step": step, "text": text, "n_content": n, "start": 0}


def in_browser(page: str, folder: Path, width: int = 1200) -> dict[str, int]:
    # the policy of the page would stop our own probe as well
    copy = folder / "copy.html"
    copy.write_text(re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    command = [browser(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += [f"--window-size={width},1000", "--dump-dom", copy.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    found = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert found
    told: dict[str, int] = json.loads(found[1])
    return told


def test_report_of_a_bad_release_says_what_is_wrong(page: str) -> None:
    for told in (
        "人工放行 accepted",
        "articles without title",
        "no month is missing",
        "2021-09",
        "no source is missing",
    ):
        assert told in page
    for reason in ("binary", "empty", "truncated gzip", "malformed"):
        assert f"<b>{reason}</b>" in page
    assert "您当前的位置" in page  # what cleaning took out
    assert "Bars are this run" in page


def test_charts_draw_every_bin_of_this_run_and_of_earlier_ones(page: str) -> None:
    assert "discrete scale with 0 values" not in page
    for mark in ("bar", "tick"):
        drawn = re.findall(
            rf'aria-label="[^"]*bin: ([^";]+)[^"]*" role="graphics-symbol" aria-roledescription="{mark}"', page
        )
        assert {"，", "。"} <= set(drawn), mark


def test_charts_are_what_altair_calls_a_chart() -> None:
    rows = [
        {"bin": "a", "order": 0, "share": 0.5, "series": NOW},
        {"bin": "a", "order": 0, "share": 1, "series": BEFORE},
    ]
    for family in ("articles_of_kind", "punctuation_marks", "sentence_length"):
        altair.LayerChart.from_dict(charts.panel(family, rows, "title"))
    altair.Chart.from_dict(charts.stacked([{"release": 1, "value": 3, "source": "default"}]))


def test_report_links_offenders_to_their_raw_text(page: str) -> None:
    rule = page[page.index("text holds no replacement character") :]
    found = re.search(r'-p\d{4}</code> <a class="raw" href="#(raw-\d+)">', rule)
    assert found
    excerpt = page[page.index(f'id="{found[1]}"') :]
    assert "<mark>会议\ufffd\ufffd求" in excerpt[: excerpt.index("</div>")]


def test_report_of_a_run_that_failed_its_gate_is_there_before_anybody_accepts_it(bad: Path) -> None:
    (failed,) = (bad / "reports").glob("r*.html")
    told = failed.read_text(encoding="utf-8")
    assert "未发布的运行" in told
    assert "The gate failed this run" in told
    assert '<b class="verdict fail">' in told
    assert re.search(r'<p class="before">.*<del>', told)
    assert "median of 3 earlier releases" in told


def test_rejected_rows_are_shown_by_reason_as_text(tmp_path: Path) -> None:
    row = {
        "rejection_id": "x",
        "document_id": "d" * 64,
        "source": "riverside",
        "source_uri": EVIL,
        "table_name": "articles",
        "row_key": "d-a0001",
        "reason": "published_on_is_plausible; key_is_unique",
        "message": EVIL,
        "row_json": json.dumps({"title": EVIL}),
        "n_attempts": 2,
    }
    told = reasons(view(tmp_path, rejections=[row]))
    assert [(one.reason, one.rows, one.attempts) for one in told] == [
        ("key_is_unique", 1, 2),
        ("published_on_is_plausible", 1, 2),
    ]
    assert told[1].zh == "发布日期在 1900 至 2100 年间"
    assert "\u202e" not in told[0].samples[0].message


def test_report_shows_raw_beside_clean_for_best_worst_and_random(page: str) -> None:
    best = page[page.index("best: most repaired") :]
    assert re.search(r'<p class="before">.*<del>.*\(gong\).*</p><p class="after">', best)
    assert "<ins>" in best
    assert "random</span>" in page


def test_report_needs_nothing_from_outside(page: str) -> None:
    assert not re.search(r"<[^>]*\s(?:src|href|xlink:href)=[\"'](?!#)|@import|url\(", page)
    assert "default-src 'none'" in page


def test_report_links_lead_somewhere(page: str) -> None:
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_report_shows_hostile_strings_as_text(page: str) -> None:
    for act in ("<script", "<img", "<iframe", "\u202e"):
        assert act not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page


def test_report_in_a_browser_runs_nothing_and_fits(page: str, tmp_path: Path) -> None:
    told = in_browser(page, tmp_path)
    assert (told["made"], told["on"], told["overflow"]) == (0, 0, 0)
    assert told["charts"] >= 4
    assert told["headings"] >= 10


def test_report_is_the_same_when_made_again(bad: Path, page: str) -> None:
    assert write_summary(bad, 4).read_text(encoding="utf-8") == page


def test_report_of_an_older_release_shows_it_as_it_was(bad: Path) -> None:
    first = write_summary(bad, 1).read_text(encoding="utf-8")
    assert "No baseline" in first
    assert "2021-09" not in first


def test_report_without_raw_files_says_so(bad: Path, tmp_path: Path) -> None:
    shutil.copytree(bad, tmp_path / "lake", symlinks=True)
    shutil.rmtree(tmp_path / "lake" / "raw")
    assert "The raw files were not kept" in write_summary(tmp_path / "lake", 4).read_text(encoding="utf-8")


def test_report_with_damaged_raw_files_says_so(bad: Path, tmp_path: Path) -> None:
    shutil.copytree(bad, tmp_path / "lake", symlinks=True)
    for path in (tmp_path / "lake" / "raw").rglob("*.zst"):
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:20])
    assert "qingliu verify" in write_summary(tmp_path / "lake", 4).read_text(encoding="utf-8")


def test_report_of_a_rollback_says_whose_rules_it_shows(bad: Path, tmp_path: Path) -> None:
    shutil.copytree(bad, tmp_path / "lake", symlinks=True)
    lake = open_lake(tmp_path / "lake")
    rollback(lake, 2)
    told = write_summary(lake.root, 5).read_text(encoding="utf-8")
    assert "回退 rollback" in told
    assert "rules and measures are those of release" in told


def test_report_of_an_empty_release_has_every_section(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "000001.json").write_text("{}")
    told = render(facts(View(Lake(tmp_path), Release(1, 0, "publish", "r1", "2021-03-05", {}, {}, {}))))
    assert len(re.findall("<h2 ", told)) == 10
    assert "There are no articles." in told


def test_record_of_a_container_is_shown_beside_its_raw_text(bad: Path) -> None:
    from tasks.report.raw_texts import decoded
    from tasks.report.view import view_of

    shown = view_of(bad, 4)
    records = shown.scan("documents").filter(pl.col("file_name") == "rows.jsonl").collect()
    assert set(decoded(shown, records["document_id"]).texts) == set(records["document_id"])
    assert not raw_path(bad, records["document_id"][0]).exists()


PROSE = "会议指出，要把植树任务落实到每个乡镇，确保苗木成活；各单位要加强协作，按时完成任务，做好技术指导。"


@pytest.mark.parametrize(
    ("spans", "paragraphs", "why"),
    [
        ([removed("d1", PROSE, "site_chrome_line")], [], "reads like prose"),
        ([removed("d1", PROSE, "metadata")], [], None),
        (
            [removed("d1", "首页 新闻 视频 图片 专题 评论 访谈 财经 体育 娱乐 教育 科技 军事 房产 汽车", "nav_ui")],
            [],
            None,
        ),
        (
            [removed("d1", "春天来了县里召开会议", "page_title")],
            ["春天来了县里召开会议"],
            "published elsewhere as text",
        ),
        ([removed("d1", "责任编辑：王一", "editor_line")], ["会议要求，按时完成。"], None),
        ([removed("d1", "分享到微信微博" * 12, "nav_ui")], [], "most was taken out"),
        ([removed("d1", "fang)(fang)(" * 40, "annotation")], [], None),
    ],
)
def test_suspects_are_removals_that_look_like_text(
    tmp_path: Path, spans: list[dict[str, object]], paragraphs: list[str], why: str | None
) -> None:
    kept = {**removed("d1", "", "", 100), "fate": "paragraph", "step": None}
    found = suspects(
        view(
            tmp_path,
            documents=[{"document_id": "d1", "file_name": "a.txt", "n_content": 120, "n_articles": 1}],
            spans=[*spans, kept],
            paragraphs=[{"text": text} for text in paragraphs or ["另一段。"]],
        )
    )
    assert [one.why[1] for one in found] == ([why] if why else [])


def test_document_of_which_nothing_is_left_is_suspect(tmp_path: Path) -> None:
    (found,) = suspects(
        view(
            tmp_path,
            documents=[{"document_id": "d1", "file_name": "a.txt", "n_content": 80, "n_articles": 0}],
            spans=[removed("d1", "登录后查看全部内容" * 8, "nav_ui")],
            paragraphs=[{"text": "另一段。"}],
        )
    )
    assert found.why[1] == "no article left"


TEXT = st.text(st.sampled_from("会议要求，。,.（( \n省書记a1“”"), max_size=60)


@given(TEXT, TEXT)
def test_diff_pieces_rebuild_both_texts(raw: str, clean: str) -> None:
    told = diff([("own", raw)], clean)
    assert "".join(text for _, text in told.raw) == visible(raw)
    assert "".join(text for _, text in told.clean) == visible(clean)
    assert (told.distance == 0) == (raw == clean)


def test_diff_keeps_other_rows_text_where_it_stood() -> None:
    told = diff([("own", "会议,"), ("other", "别栏"), ("own", "要求")], "会议，要求")
    assert told.raw == [("same", "会议"), ("old", ","), ("other", "别栏"), ("same", "要求")]
    assert told.clean == [("same", "会议"), ("new", "，"), ("same", "要求")]


def test_long_diff_is_cut_on_both_sides() -> None:
    told = diff([("own", "会议 " * 300)], "会议" * 300)
    assert told.raw[-1] == ("same", "…")
    assert sum(len(text) for _, text in told.raw) < 500


@pytest.mark.parametrize(
    ("text", "start", "end", "glosses", "expected"),
    [
        ("前文。“会议”。后", 4, 6, (), "“会议”。"),
        ("“ 会 议”\n后", 2, 5, (), "“ 会 议”"),
        ("会(hui)议(yi)。后", 0, 6, [(2, 5), (8, 10)], "会(hui)议(yi)。"),
        ("会议（下转）后", 0, 2, (), "会议"),
    ],
)
def test_span_takes_the_marks_that_belong_to_it(
    text: str, start: int, end: int, glosses: list[tuple[int, int]], expected: str
) -> None:
    end = text.index("议") + 1
    assert "".join(piece for _, piece in span_of(text, start, end, [], glosses)) == expected


def test_coverage_joins_days_and_frames_missing_months(tmp_path: Path) -> None:
    days = [date(2020, month, day) for month in (1, 2, 3, 4, 6, 7) for day in range(1, 11)]
    rows = [{"source": "riverside", "published_on": day, "published_precision": "day"} for day in days]
    rows.append({"source": "riverside", "published_on": date(2020, 5, 1), "published_precision": "month"})
    told = coverage(view(tmp_path, articles=rows))
    (calendar,) = told.calendars
    (strip,) = calendar.strips
    assert (strip.days, strip.articles, calendar.undated) == (60, 60, 1)
    assert strip.paths[0][1].count("M") == 6
    assert told.gaps == [("riverside", "2020-05")]
    assert len(strip.missing) == 1


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.5, "50.0 %"), (0.9999, ">99.9 %"), (0.0001, "<0.1 %"), (None, "–")],
)
def test_percent_never_rounds_something_to_nothing_or_all(share: float | None, told: str) -> None:
    assert percent(share) == told


def test_size_is_told_in_thousands() -> None:
    assert [size(n) for n in (0, 999, 1500, 250_000, 3_000_000)] == ["0 B", "999 B", "1.5 kB", "250 kB", "3.0 MB"]


@pytest.mark.slow
def test_report_of_ten_thousand_articles_is_small(tmp_path: Path) -> None:
    page = write_summary(large(tmp_path, 10_000), 1)
    assert page.stat().st_size < 2_000_000
    told = in_browser(page.read_text(encoding="utf-8"), tmp_path)
    assert told["overflow"] == 0
