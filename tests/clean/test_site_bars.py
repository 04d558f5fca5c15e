"""Bars told by what they are made of go where they stand beside a headline; rows like them stay elsewhere."""

import pytest

from tests.clean.test_furniture import marked

_HEAD = "罗坪河两岸新种垂柳三千株"
_BODY = "罗坪河管护站近日在两岸补种垂柳，沿线村民自愿认领，分段浇水管护，成活率有了保证。"
_MORE = "管护站表示，明年春天还要补种一批灌木，给水鸟留出栖息的地方。"


@pytest.mark.parametrize(
    "bar",
    [
        "2019.05.14 18:47 | 来自：罗坪在线 | 评论(8)",
        "2011/3/4 09:12 云江网 字号 T T",
        "云江日报 记者 茅若溪 2018-03-11 22:12 云江网",
        "来源：云江日报数字报 2021-02-14 第05版 作者：汤小雨",
        "茅若溪 云江日报 2013年6月10日 12:48 发表于罗坪",
    ],
)
def test_site_bars_moment_between_headline_and_text_goes(bar: str) -> None:
    frame = marked(f"{_HEAD}\n\n{bar}\n\n{_BODY}\n\n{_MORE}")
    assert frame["removed"].is_null().to_list() == [True, False, True, True]


@pytest.mark.parametrize(
    "line",
    [
        "2019年5月14日 9:00—11:30 县礼堂",
        "罗坪站 2019年5月14日 18:47 水位1.62米，超过警戒水位",
    ],
)
def test_site_bars_time_of_a_programme_stays(line: str) -> None:
    frame = marked(f"{_HEAD}\n\n{line}\n\n{_BODY}\n\n{_MORE}")
    assert frame["removed"].is_null().all()


def test_site_bars_moments_on_end_are_a_programme_and_stay() -> None:
    rows = [
        "2019年5月14日 9:00 罗坪站开闸放水",
        "2019年5月14日 11:30 云江站开闸放水",
        "2019年5月14日 18:00 两站同时合闸",
    ]
    frame = marked("\n".join([_HEAD, *rows, _BODY]))
    assert frame["removed"].is_null().all()


def test_site_bars_moment_between_paragraphs_stays() -> None:
    frame = marked(f"{_HEAD}\n\n{_BODY}\n\n茅若溪记于 2019-05-14 18:47 罗坪河畔柳林\n\n{_MORE}")
    assert frame["removed"].is_null().all()


@pytest.mark.parametrize(
    "row",
    [
        "稍后阅读 语音播报 收听本文",
        "无障碍阅读 长者模式 繁體 登录 注册",
        "文库首页 教学专区 高等教育 实用文档",
        "首页 时政 国际 财经 社会 影音 体育",
    ],
)
def test_site_bars_commands_above_a_headline_go(row: str) -> None:
    frame = marked(f"{row}\n\n{_HEAD}\n\n{_BODY}\n\n{_MORE}")
    assert frame["removed"].to_list() == ["nav_word", None, None, None]


def test_site_bars_commands_below_the_text_go() -> None:
    frame = marked(f"{_HEAD}\n\n{_BODY}\n\n{_MORE}\n\n相似文档 换一批")
    assert frame["removed"].to_list()[:3] == [None, None, None]
    assert frame["removed"][3] is not None


@pytest.mark.parametrize(
    "head",
    ["版权登录 文库上新 目录更新", "护河 植柳 留鸟", "垂柳三千 两岸新绿 百鸟来栖"],
)
def test_site_bars_row_of_words_that_heads_a_text_stays(head: str) -> None:
    frame = marked(f"{head}\n\n{_BODY}\n\n{_MORE}")
    assert frame["removed"].is_null().all()


_COLUMN = "\n".join([
    "罗坪河管护站近日在两岸", "补种垂柳，沿线村民自愿", "认领，分段浇水管护，成", "活率有了保证。", "",
    "管护站表示，明年春天", "还要补种一批灌木，给水", "鸟留出栖息的地方。", "",
    "村民说，柳树活了，河岸", "就稳了，孩子们也有了乘", "凉的地方。",
])  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        "夜班主任：茅若溪 编排：汤小雨 检查：段一子",
        "主管主办：云江报业集团 刊号CN32-0011 代号27-3",
        "编辑热线：66123456 投稿邮箱：a@example.com 微信：yunjiang",
        "人气 4021 评分 4.5 收藏 31",
        "新闻爆料 66123456 记者部 66123457 发行监督 66123458",
        "云江日报印刷厂承印 每月定价20元 如有装订错误请与印厂调换",
    ],
)
def test_site_bars_rows_of_values_at_the_foot_of_a_column_go(row: str) -> None:
    frame = marked(f"{_HEAD}\n\n{_COLUMN}\n\n{row}")
    assert frame["removed"].is_null().to_list()[-2:] == [True, False]


@pytest.mark.parametrize(
    "row",
    [
        "主持人：茅若溪 嘉宾：汤小雨",
        "联系人：茅若溪 联系电话：66123456",
        "报名电话 66123456 咨询电话 66123457",
        "申请人：茅若溪 承办人：段一子",
        "垂柳 3000 灌木 1200",
    ],
)
def test_site_bars_rows_of_values_that_are_the_texts_own_stay(row: str) -> None:
    frame = marked(f"{_HEAD}\n\n{_COLUMN}\n\n{row}")
    assert frame["removed"].is_null().all()


def test_site_bars_row_of_values_inside_a_text_stays() -> None:
    frame = marked(f"{_HEAD}\n\n{_BODY}\n\n编剧：茅若溪 审稿：汤小雨\n\n{_MORE}")
    assert frame["removed"].is_null().all()


def test_site_bars_around_one_long_paragraph_go_as_on_any_page() -> None:
    bars = ["搜索 站内检索 高级搜索", "上一版 下一版 版面导航"]
    foot = ["网友留言仅供其表达个人看法，并不表明云江网立场", "（责编：茅若溪、汤小雨）", "顶一下 踩一下"]
    frame = marked("\n".join([*bars, _HEAD, "村民认领管护", f"{_BODY}{_MORE}{_BODY}", *foot]))
    assert frame["removed"].is_null().to_list() == [False, False, True, True, True, False, False, False]


_LINKS = ["- 全县水库除险完工2021-01-24", "- 护河队添了新船2021-01-24", "- 老桥加固通车2021-01-23", "- 春灌早"]


def test_items_that_end_in_a_day_below_a_text_go() -> None:
    frame = marked("\n".join([_HEAD, _BODY, _MORE, *_LINKS]))
    assert frame["removed"].is_null().to_list() == [True, True, True, False, False, False, False]


def test_items_that_end_in_a_day_above_a_text_or_two_of_them_stay() -> None:
    items = ["- 水库“体检” 除险完工2021-01-24", "- 护河队“换船” 添了三条2021-01-24", "- 老桥“强身” 加固通车2021-01-23"]
    assert marked("\n".join([_HEAD, _BODY, *items, _MORE]))["removed"].is_null().all()
    assert marked("\n".join([_HEAD, _BODY, _MORE, *items[:2]]))["removed"].is_null().all()
