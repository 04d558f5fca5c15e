"""A page whose text was taken as lines: the one headline is found, and what stands around the article goes."""

import polars as pl
import pytest

from tasks.clean import furniture, letter_spacing, lines, unflatten
from tests.curating import articles

TITLE = "云江县春灌工作全面展开"
BODY = [
    "春灌开始以来，云江县水务部门抢抓晴好天气，对全县主要渠道进行清淤，已清理渠道四十余公里。",
    "根据墒情变化，县里及时调整放水计划，确保下游不断水、不抢水，各镇的服务队帮助农户检修水泵。",
    "截至三月底，全县春灌面积已达六万亩，比去年同期多出一成，预计四月中旬全部完成。",
]
TOP = ["首页", "时政", "财经", "金桔之乡", "登录", "注册", "走进云江县城", "金桔产业大会今天开幕"]
BAR = ["2021-03-05 09:12", "来源：", "云江日报", "字号", "大", "小", "图集"]
FOOT = ["责任编辑：周小禾", "热帖", "金桔产业大会吸引客商三百多人", "云江县城新开三条公交线路", "版权所有 云江在线"]


def _removed(*texts: str) -> dict[str, str | None]:
    frame = letter_spacing.close(lines.explode(pl.Series(["\n".join(texts)]))).with_columns(page=pl.lit(value=False))
    return dict(furniture.mark(unflatten.split(frame)).select("text", "removed").iter_rows())


def test_page_dump_is_the_one_article_of_its_title() -> None:
    found = articles("\n".join([f"{TITLE}--民生--云江在线", *TOP, TITLE, *BAR, *BODY, *FOOT]))
    assert [(a["title"], a["paragraphs"]) for a in found] == [(TITLE, BODY)]


def test_page_dump_without_its_title_is_told_by_the_bar_with_the_day() -> None:
    words = ["学会概况", "学会章程", "组织机构", "学术交流", "科普天地", "联系方式", "会员之家", "国内交流"]
    found = articles("\n".join([*TOP, *words, TITLE, *BAR, *BODY, *FOOT]))
    assert [(a["title"], a["paragraphs"]) for a in found] == [(TITLE, BODY)]


def test_page_dump_caption_inside_the_text_begins_no_article() -> None:
    found = articles("\n".join([f"{TITLE}_云江在线", *TOP, TITLE, *BAR, BODY[0], "渠道清淤现场", *BODY[1:], *FOOT]))
    assert [a["title"] for a in found] == [TITLE]


def test_page_dump_appendix_below_the_editor_stays() -> None:
    found = _removed(f"{TITLE}_云江在线", *TOP, TITLE, *BAR, *BODY, FOOT[0], "附件：春灌计划表", *FOOT[1:])
    assert found["附件：春灌计划表"] is None
    assert found["云江县城新开三条公交线路"] == "related_link"


def test_page_dump_heading_right_above_the_text_stays() -> None:
    found = _removed(f"{TITLE}_云江在线", *TOP, TITLE, *BAR, "渠道清淤提前完成", *BODY, *FOOT)
    assert (found["渠道清淤提前完成"], found["图集"]) == (None, "meta_bar")


def test_page_dump_second_article_of_a_size_keeps_its_lines() -> None:
    other = ["金桔产业大会开幕", *(text.replace("春灌", "采摘") for text in BODY)]
    found = _removed(f"{TITLE}_云江在线", *TOP, TITLE, *BAR, *BODY, FOOT[0], *other)
    assert [found[text] for text in other] == [None] * len(other)


def test_text_with_few_words_of_a_site_is_no_page() -> None:
    found = _removed(
        f"{TITLE}_云江在线", "金桔产业大会今天开幕", TITLE, *BODY, "责任编辑：周小禾", "云江县城新开公交线路三条"
    )
    assert found["金桔产业大会今天开幕"] is None


def test_page_dump_second_article_of_two_paragraphs_stays() -> None:
    long = [f"{text}{BODY[0]}" for text in BODY * 3]
    other = [
        "金桔产业大会开幕",
        "金桔产业大会昨天开幕，三百多位客商到会，会期三天。",
        "大会期间还将举办采摘节，市民凭证可以免费参加。",
    ]
    found = _removed(f"{TITLE}_云江在线", *TOP, TITLE, *BAR, *long, FOOT[0], *other)
    assert [found[text] for text in other] == [None] * 3


def test_page_dump_summary_of_other_news_goes() -> None:
    long = [f"{text}{BODY[0]}" for text in BODY * 3]
    other = ["金桔产业大会开幕", "金桔产业大会昨天开幕，三百多位客商到会，会期三天。", "县城新开公交线路"]
    found = _removed(f"{TITLE}_云江在线", *TOP, TITLE, *BAR, *long, FOOT[0], *other)
    assert [found[text] for text in other] == ["related_link"] * 3


_WORDS = ["云江问政", "金桔之乡", "* 走进云江县城", "魅力乡镇 > 桥头镇", "专题"]


def test_page_dump_without_title_and_day_is_told_by_the_words_of_its_text() -> None:
    found = articles("\n".join(["首页", "时政", "财经", "登录", "注册", *_WORDS, TITLE, *BODY, *FOOT]))
    assert [(a["title"], a["paragraphs"]) for a in found] == [(TITLE, BODY)]


def test_page_dump_headline_of_two_lines_is_whole() -> None:
    found = articles(
        "\n".join(["首页", "时政", "财经", "登录", "注册", *_WORDS, TITLE, "各镇抢抓晴好天气", *BODY, *FOOT])
    )
    assert found[0]["title"].replace(" ", "") == f"{TITLE}各镇抢抓晴好天气"


def test_page_dump_number_of_a_document_is_no_line_of_its_headline() -> None:
    found = articles(
        "\n".join(["首页", "时政", "财经", "登录", "注册", *_WORDS, TITLE, "云政办发〔2021〕82号", *BODY, *FOOT])
    )
    assert found[0]["title"] == TITLE


def test_page_dump_below_other_sentences_is_not_told_by_its_words() -> None:
    other = "金桔产业大会今天在县城开幕，吸引客商三百多人，签约项目十二个。>>>更多内容"
    found = _removed("首页", "时政", "财经", "登录", "注册", *_WORDS, "金桔产业大会开幕", other, TITLE, *BODY, *FOOT)
    assert (found[other], found["金桔产业大会开幕"]) == (None, None)


def test_page_dump_long_lines_above_a_headline_told_by_words_stay() -> None:
    other = "金桔产业大会开幕之际各乡镇同步举办采摘节"
    found = _removed("首页", "时政", "财经", "登录", "注册", *_WORDS, other, "专题", TITLE, *BODY, *FOOT)
    assert found[other] is None


def test_page_dump_with_a_link_below_each_text_is_no_single_article() -> None:
    news = [
        ("金桔产业大会在县城开幕", "采摘"),
        ("全县渠道清淤按期完成", "清淤"),
        ("桥头镇开通公交线路", "开通"),
        (TITLE, "春灌"),
    ]
    top = ["首页", "时政", "财经", "登录", "注册", *_WORDS]
    found = _removed(*top, *(line for name, word in news for line in (name, BODY[0].replace("春灌", word), "查看原文")))
    assert [found[name] for name, _ in news] == [None] * len(news)


_OTHER = [
    "金桔产业大会昨日在云江县城开幕，来自六个省的三百多位客商到会，当天签下金桔购销合同四十二份，总重一万二千吨。",
    "大会期间，县里组织客商走进果园，现场采摘品尝。",
]


@pytest.mark.parametrize(
    "over",
    [
        ["金桔产业大会开幕", "2021-03-06 10:20 来源：云江日报"],
        ["客商三百人到会", "金桔产业大会开幕", "——云江县金桔产业见闻", "云江日报 2021-03-06 10:20"],
    ],
)
def test_page_dump_second_headline_over_a_bar_heads_an_article(over: list[str]) -> None:
    found = articles("\n".join([f"{TITLE}_云江在线", *TOP, TITLE, *BAR, *BODY, *over, *_OTHER, *FOOT[:1]]))
    assert [a["paragraphs"][-1] for a in found] == [BODY[-1], _OTHER[-1]]
    assert found[1]["title"].endswith("金桔产业大会开幕")


def test_page_dump_second_headline_over_a_lead_heads_an_article() -> None:
    other = [f"本报讯（记者周小禾）{_OTHER[0]}", _OTHER[1]]
    found = articles("\n".join([f"{TITLE}_云江在线", *TOP, TITLE, *BAR, *BODY, "金桔产业大会开幕", *other]))
    assert [a["title"] for a in found] == [TITLE, "金桔产业大会开幕"]


def test_page_dump_that_counts_its_texts_is_a_collection() -> None:
    heads = ["云江县金桔产业大会讲话", "云江县春灌工作部署会讲话"]
    texts = [heads[0], "各位来宾：", *_OTHER, heads[1], "同志们：", *BODY]
    found = articles("\n".join(["云江县讲话稿（精选2篇）_云江在线", *TOP[:3], *TOP[4:6], *texts, *FOOT[:1]]))
    assert [a["title"] for a in found] == heads


def test_page_dump_heading_over_a_day_in_the_text_begins_no_article() -> None:
    found = articles(
        "\n".join([f"{TITLE}_云江在线", *TOP, TITLE, *BAR, BODY[0], "渠道清淤现场", "2021年3月4日", *BODY[1:]])
    )
    assert [a["title"] for a in found] == [TITLE]
