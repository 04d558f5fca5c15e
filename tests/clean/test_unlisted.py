"""Site lines in wordings that no list has go by themselves or beside furniture; text that looks like them stays."""

import polars as pl
import pytest

from tasks import lexicons
from tasks.clean import furniture_rules, line_odds
from tests.clean.test_furniture import marked

_PROSE = "会议强调，各级各部门要认真履行职责，切实把各项工作任务落到实处，确保全年目标任务顺利完成。"


def _taken(*texts: str) -> list[str | None]:
    return marked("\n\n".join(texts))["removed"].to_list()


@pytest.mark.parametrize("line", ["点我查看全部评论", "转载须经编辑部授权", "收藏人数：18 下载人数：7"])
def test_unlisted_line_that_says_much_goes_anywhere(line: str) -> None:
    assert furniture_rules.proven(pl.Series([line])).to_list() == [None], "a list has it: it shows nothing"
    assert _taken(_PROSE, line, _PROSE) == [None, "unlisted_line", None]


def test_unlisted_line_with_a_number_at_its_end_goes_at_the_end_of_all() -> None:
    assert _taken(_PROSE, "分享到微信朋友圈", "下载原件需消耗学分币18")[-1] == "unlisted_line"


@pytest.mark.parametrize("line", ["把这页发给微信里的朋友", "举报本条评论", "下载原件需消耗18枚学分币"])
def test_unlisted_line_that_says_less_goes_beside_furniture_only(line: str) -> None:
    assert _taken(_PROSE, line, _PROSE) == [None, None, None]
    assert _taken(_PROSE, "分享到微信朋友圈", line, _PROSE) == [None, "site_chrome_line", "unlisted_line", None]


def test_unlisted_sentence_goes_outside_the_text_only() -> None:
    sentence = "未经本刊许可，任何网站不得转载本期文章，违者必究。"
    assert _taken(_PROSE, sentence, _PROSE) == [None, None, None]
    assert _taken(_PROSE, sentence)[0] is None
    assert _taken(_PROSE, sentence)[1] is not None


@pytest.mark.parametrize(
    "line",
    [
        "网站编辑老周的夜班",
        "点击量不是唯一标准",
        "热线那头的声音",
        "编辑部的灯亮到天明",
        "一条评论背后的故事",
        "首页设计大赛落幕",
        "收藏夹里的旧时光",
        "扫码登录后即可在线预约挂号，全程不到三分钟。",
        "请登录云江人事网下载报名表。",
        "转载他人文章应当署名",
    ],
)
def test_unlisted_text_about_sites_stays(line: str) -> None:
    assert _taken(_PROSE, line, _PROSE) == [None, None, None]
    assert _taken(_PROSE, line)[1] is None


def test_unlisted_piece_of_a_headline_in_a_column_stays() -> None:
    column = [
        "全县干部下载学习客户端踊跃参",
        "与史学习教育",
        "本报讯 连日来，云江县各级干部",
        "利用早晚时间学习，全县参与的人",
        "数已经超过三千人，学习的时间也",
        "比去年同期增加了一倍还要多一些",
        "。县委组织部介绍，下一步还将组",
        "织学习交流，让更多的人参与到学",
        "习中来，把学习的成果用到工作中",
    ]
    assert marked("\n".join(column))["removed"].to_list() == [None] * len(column)


def test_line_odds_are_those_of_each_line_alone() -> None:
    lines = ["返回顶部", "云江县春灌全面展开", "a", "", "点击：128 评论：3"]
    alone = [line_odds.odds(pl.Series([line])).item() for line in lines]
    assert line_odds.odds(pl.Series(lines)).tolist() == pytest.approx(alone)
    assert line_odds.odds(pl.Series([], dtype=pl.String)).tolist() == []


def test_line_odds_tell_the_samples_apart() -> None:
    samples = pl.DataFrame(lexicons.rows("line_samples"), schema=["kind", "line"], orient="row")
    told = samples.with_columns(odds=line_odds.odds(samples["line"]))
    shares = dict(told.group_by("kind").agg((pl.col("odds") > 0).mean()).iter_rows())
    assert shares["own"] > 0.97
    assert shares["text"] < 0.02


def test_unlisted_line_that_says_less_goes_where_it_stands_on_each_page() -> None:
    line = "范文投稿赚{}积分"
    assert _taken(_PROSE, line.format(3), _PROSE) == [None, None, None]
    assert _taken(_PROSE, line.format(3), _PROSE, line.format(5), _PROSE)[1::2] == ["unlisted_line"] * 2


def test_unlisted_section_above_a_headline_is_told_by_its_characters() -> None:
    names = pl.Series(["湖畔文苑", "来稿照登", "春到芦湾", "麦子熟了", "总体安排", "更正启事"])
    assert (line_odds.odds(names, "rubric") > 0).tolist() == [True, True, False, False, False, False]
    headline = "芦湾村老渡口修起新码头"
    assert _taken(_PROSE, "湖畔文苑", headline, _PROSE)[1:3] == ["rubric", None]
    assert _taken(_PROSE, "春到芦湾", headline, _PROSE)[1:3] == [None, None]
