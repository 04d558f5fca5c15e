"""Pages: one article each where the page says so, its headline, and its blocks as paragraphs."""

from typing import Any

import polars as pl
import pytest

from tasks.curate import curate_documents
from tasks.read.html import read_page
from tests.curating import documents

P1 = "云江市政府昨日召开常务会议，研究部署今年的防汛救灾工作，并审议通过了两个文件。"
P2 = "会议指出，各区县要压实责任，加强巡查，做好物资储备，确保群众生命财产安全。"
P3 = "东河区水利局局长说，全区已备下沙袋三万个，抢险队员两百名，随时可以出动。"
TITLE = "云江市部署防汛救灾工作；三个区县增设物资仓库"


def _articles(body: str, title: str = f"{TITLE}_云江在线") -> list[dict[str, Any]]:
    page = read_page(f"<html><head><title>{title}</title></head><body>{body}</body></html>", 100)
    read = documents(page.text).with_columns(media_type=pl.lit("text/html"), meta_line=pl.lit(page.meta.line))
    tables = curate_documents(read).tables
    paragraphs = tables["paragraphs"].group_by("article_id", maintain_order=True).agg(paragraphs=pl.col("text"))
    return tables["articles"].join(paragraphs, on="article_id", how="left", maintain_order="left").to_dicts()


def test_blocks_of_a_page_are_paragraphs_whatever_marks_end_them() -> None:
    heading = "仓库建在哪里，由谁来管，怎样调运到村"
    (article,) = _articles(f"<h1>{TITLE}</h1><p>{P1}</p><p><b>{heading}</b></p><p>9月9日，{P3}</p><p>{P2}</p>")
    assert article["paragraphs"] == [P1, heading, f"9月9日，{P3}", P2]


def test_page_of_broken_lines_is_joined() -> None:
    lines = [P1[:20], P1[20:], P2[:20], P2[20:], P3[:20], P3[20:]]
    (article,) = _articles(f"<h1>{TITLE}</h1><div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>")
    assert "".join(article["paragraphs"]) == P1 + P2 + P3
    assert len(article["paragraphs"]) < len(lines)


def test_headline_that_the_page_names_twice_heads_its_article_whatever_its_marks() -> None:
    (article,) = _articles(f"<div><h2>{TITLE}</h2></div><div><p>{P1}</p><p>{P2}</p></div>")
    assert (article["title"], article["paragraphs"]) == (TITLE, [P1, P2])


@pytest.mark.parametrize("kicker", ['<h4 class="pre">{}</h4>', "<div>{}</div>"], ids=["a heading", "a line"])
def test_kicker_and_headline_that_the_title_of_a_page_names_are_its_headline(kicker: str) -> None:
    over, main = "汛期第一天", "云江市三万个沙袋运到堤上"
    body = f"<div>{kicker.format(over)}<h1>{main}</h1></div><div><p>{P1}</p><p>{P2}</p></div>"
    (article,) = _articles(body, f"{over} {main}——云江在线")
    assert (article["title"], article["paragraphs"]) == (f"{over} {main}", [P1, P2])


def test_line_over_a_headline_that_the_title_of_a_page_leaves_out_is_no_kicker() -> None:
    (article,) = _articles(f"<div><div>云江在线值班室</div><h1>{TITLE}</h1></div><div><p>{P1}</p><p>{P2}</p></div>")
    assert article["title"] == TITLE


def test_lines_like_headlines_inside_a_page_begin_no_article() -> None:
    body = f"<p>《冬夜抢险记》</p><p>——（云江）李川</p><p>{P1}</p><p>关于做好防汛工作的通知</p><p>{P2}</p><p>{P3}</p>"
    (article,) = _articles(f"<h1>{TITLE}</h1><div><p>{P3}</p>{body}</div>")
    assert len(article["paragraphs"]) == 7


def test_two_articles_of_a_page_stay_two() -> None:
    one, two = "关于云江市防汛工作的公告", "关于调整地铁三号线运营时间的公告"
    found = _articles(
        f"<div class=art><h2>{one}</h2><p>{P1}</p><p>{P2}</p></div><div class=art><h2>{two}</h2><p>{P3}</p></div>", one
    )
    assert [article["title"] for article in found] == [one, two]


def test_headline_over_a_dateline_of_its_own_begins_another_article_of_a_page() -> None:
    two = "地铁三号线调整运营时间"
    lead = "本报讯（记者 李川）云江市交通局昨日说，地铁三号线从下月起调整运营时间，末班车推迟到二十三点。"
    page = f"<div align=center><b>{TITLE}</b></div><p>{P1}</p><p>{P2}</p><h1>{two}</h1><p>{lead}</p><p>{P3}</p>"
    assert [article["title"] for article in _articles(page)] == [TITLE, two]


@pytest.mark.parametrize(
    ("heads", "title", "subtitle"),
    [
        ("<h2>云江市部署防汛工作</h2><h3>三个区县增设物资仓库</h3>", "云江市部署防汛工作", "三个区县增设物资仓库"),
        ("<h1>云江市部署防汛工作</h1><p class=sub>王正海主持</p>", "云江市部署防汛工作", "王正海主持"),
        ("<h1>云江市部署防汛工作</h1><p>李川</p>", "云江市部署防汛工作", None),
    ],
)  # fmt: skip
def test_subtitle_is_what_stands_in_the_headlines_block_as_one(heads: str, title: str, subtitle: str | None) -> None:
    (article,) = _articles(f"<div class=title>{heads}</div><div><p>{P1}</p><p>{P2}</p></div>", f"{title} - 云江在线")
    assert (article["title"], article["subtitle"]) == (title, subtitle)


def test_reading_behind_the_ruby_of_its_character_goes_too() -> None:
    lead = "云(yun)江市政(zheng)府(fu)昨(zuo)日召(zhao)开会议，部(bu)署(shu)防汛。"
    body = f"<p><ruby>本<rp>(</rp><rt>ben</rt><rp>)</rp></ruby>(ben)次会议由市长主持。{lead}</p><p>{P2}</p>"
    (article,) = _articles(f"<h1>{TITLE}</h1>{body}")
    assert article["paragraphs"][0] == "本次会议由市长主持。云江市政府昨日召开会议，部署防汛。"


OTHER = "东河区新修的环湖步道昨日开放，沿途设有六处观鸟亭，周末可以免费乘车前往，市民纷纷到湖边散步。"


def test_headline_of_another_story_below_the_words_that_end_a_text_begins_an_article() -> None:
    head = "东河区环湖步道开放 市民周末可免费乘车"
    end = "<p>责任编辑：林远山</p>"
    found = _articles(
        f"<h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>{end}<p>{head}</p><p>{OTHER}</p><p>{OTHER}</p>"
    )
    assert len(found) <= 2
    plain = _articles(f"<h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p><p>仓库建在哪里</p><p>{P3}</p>{end}")
    assert [article["title"] for article in plain] == [TITLE]


_SECOND = "环湖公路改造工程全线完工"
_ROAD = "记者从市交通运输局获悉，环湖公路改造工程全线完工，沿线六个乡镇的群众出行更加方便。"


@pytest.mark.parametrize(("dateline", "titles"), [("本报3月5日讯（记者 丁书田）", [TITLE, _SECOND]), ("", [TITLE])])
def test_second_headline_of_a_page_begins_an_article_where_its_text_opens_as_a_report(
    dateline: str, titles: list[str]
) -> None:
    second = f"<h2>{_SECOND}</h2><h3>——走进重点工程之二</h3><p>{dateline}{_ROAD}</p><p>公路改造还在继续。</p>"
    found = _articles(f"<h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p>{second}")
    assert [article["title"] for article in found] == titles
