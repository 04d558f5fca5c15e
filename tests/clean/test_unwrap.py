"""Print lines are joined to the paragraphs that an editor sees."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import lines, unwrap
from tests.clean.cases.layout import SHORT_NEWS, UNWRAP, Case, typeset
from tests.clean.layout import joined, paragraphs


@pytest.mark.parametrize("case", UNWRAP, ids=[case.label for case in UNWRAP])
def test_unwrap_case_gives_its_paragraphs(case: Case) -> None:
    assert paragraphs(joined(case.before)) == case.after, case.why


def test_unwrap_of_a_batch_is_that_of_each_document() -> None:
    together = joined(*[case.before for case in UNWRAP])
    assert [paragraphs(together, doc) for doc in range(len(UNWRAP))] == [case.after for case in UNWRAP]


def test_unwrap_of_joined_paragraphs_changes_nothing() -> None:
    for case in UNWRAP:
        assert paragraphs(joined("\n".join(case.after))) == case.after, case.label


def test_unwrap_of_no_lines_is_empty() -> None:
    assert joined("").is_empty()


def test_unwrap_passes_over_a_line_taken_out() -> None:
    case = UNWRAP[0]
    parts = case.before.split("|")
    frame = lines.explode(pl.Series(["\n".join([*parts[:2], "— 3 —", *parts[2:]])])).with_columns(
        removed=pl.when(pl.col("text") == "— 3 —").then(pl.lit("page_footer")),
        justified=pl.lit(value=False),
        flat=pl.lit(value=False),
        starts_paragraph=pl.lit(None, pl.Boolean),
    )
    assert paragraphs(unwrap.join(frame)) == case.after


def test_unwrap_starts_a_paragraph_after_a_continuation_marker() -> None:
    case = UNWRAP[0]
    parts = case.before.split("|")
    frame = lines.explode(pl.Series(["\n".join([*parts[:2], "（下转第三版）", *parts[2:]])])).with_columns(
        removed=pl.when(pl.col("text") == "（下转第三版）").then(pl.lit("continuation_marker")),
        justified=pl.lit(value=False),
        flat=pl.lit(value=False),
        starts_paragraph=pl.lit(None, pl.Boolean),
    )
    assert paragraphs(unwrap.join(frame))[:2] == ["".join(parts[:2]), "".join(parts[2:4])]


def test_bracket_that_shuts_before_another_opens_is_one_sentence() -> None:
    rows = ["云江社罗坪3月5日电（记", "者文小磊）《云岭市防汛条", "例》已经公布，现刊发如下。"]
    wide = typeset(*UNWRAP[0].after * 2, width=17).split("|")
    assert "".join(rows) in paragraphs(joined("\n".join([*wide, "", "云岭市防汛条例", "", *rows])))


def test_column_below_a_continuation_marker_has_its_own_width() -> None:
    wide = [paragraph for _ in range(3) for paragraph in UNWRAP[0].after]
    duties = ("巡查养护所需的各项经费情况", "堤防险情报告和处置情况", "两岸树木补种和成活情况", "水毁工程修复情况")
    narrow = [*(f"（{n}）{duty}；" for n, duty in zip("三四五六", duties, strict=True)), *UNWRAP[0].after * 2]
    rows = [*typeset(*wide, width=25).split("|"), "（上接第二版）", *typeset(*narrow, width=13).split("|")]
    frame = lines.explode(pl.Series(["\n".join(rows)])).with_columns(
        removed=pl.when(pl.col("text") == "（上接第二版）").then(pl.lit("continuation_marker")),
        justified=pl.lit(value=False),
        flat=pl.lit(value=False),
        starts_paragraph=pl.lit(None, pl.Boolean),
    )
    assert paragraphs(unwrap.join(frame))[-len(narrow) :] == narrow


@pytest.mark.parametrize("widths", [(34, 30, 34), (24, 20, 24), (22, 19, 22), (20, 24, 20)])
def test_short_text_between_two_others_has_the_width_of_its_own_column(widths: tuple[int, int, int]) -> None:
    story = [UNWRAP[0].after[n] + "".join(SHORT_NEWS[n:]) for n in (0, 1)]
    texts = [typeset(*story * n, width=width).replace("|", "\n") for n, width in zip((3, 1, 3), widths, strict=True)]
    found = paragraphs(joined("\n\n云岭市河道巡查\n\n".join(texts)))
    assert [found.count(paragraph) for paragraph in story] == [7, 7]


def test_blank_lines_below_each_print_line_are_its_spacing() -> None:
    rows = [row for _ in range(3) for row in UNWRAP[0].before.split("|")]
    spaced = lines.explode(pl.Series(["\n\n".join(rows), "\n".join(rows)]))
    assert spaced["gap"].to_list() == [0] * len(spaced)


@pytest.mark.parametrize(
    "rows",
    [UNWRAP[0].after * 8, ["网站首页", "要闻", "防汛演练举行，三百人参加", "政务公开", "服务指南"] * 4],
    ids=["paragraphs", "a page's words"],
)
def test_blank_lines_between_whole_lines_stay(rows: list[str]) -> None:
    assert lines.explode(pl.Series(["\n\n".join(rows)]))["gap"].to_list() == [0, *[1] * (len(rows) - 1)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="天地人和。，；（）“” 1a\n一、第条", max_size=60), min_size=1, max_size=4))
def test_unwrap_of_anything_keeps_its_rows_and_first_lines(texts: list[str]) -> None:
    frame = joined(*texts)
    assert frame["text"].str.len_chars().min() != 0
    assert not frame.group_by("doc").agg(pl.col("joins").first())["joins"].any()
    assert frame["joins"].null_count() == 0


def test_unwrap_of_a_headline_wider_than_its_column_asks_no_other_document() -> None:
    story = UNWRAP[0].after * 3
    wide = typeset(*story, width=30, indent=0)
    headed = "云岭市人民政府办公室关于做好全市防汛抗旱工作的通知|" + typeset(*story, width=14, indent=0)
    together = joined(wide, headed)
    assert paragraphs(together, 1) == paragraphs(joined(headed))


@pytest.mark.parametrize("where", ["云岭网罗坪3月5日消息（记者文小磊）", "云岭新闻网讯（记者文小磊）"])
def test_line_that_is_a_dateline_and_no_more_goes_on_below(where: str) -> None:
    rows = [where, "《云岭市防汛条例》已经公布，", "现刊发如下。"]
    wide = typeset(*UNWRAP[0].after * 2, width=17).split("|")
    assert "".join(rows) in paragraphs(joined("\n".join([*wide, "", "云岭市防汛条例", "", *rows])))


def test_line_of_where_a_headline_tells_of_does_not_go_on_below() -> None:
    rows = ["云岭网络中心发布消息", "云岭市防汛工作由市政府主持，", "各区县配合。"]
    wide = typeset(*UNWRAP[0].after * 2, width=17).split("|")
    assert "".join(rows) not in paragraphs(joined("\n".join([*wide, "", *rows])))
