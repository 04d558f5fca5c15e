"""Pages: what is kept, what is marked, that nothing is lost, and what the page says of itself."""

import re
from pathlib import Path

import pytest

from tasks.clean.marks import CLOSE, OPEN
from tasks.read.html import looks_like_html, read_page
from tasks.read.html_wording import is_bar, is_site_talk
from tests.read.given import kept_lines, only_document, read_bytes
from tests.read.page_cases import P1, P2, PAGES, TITLE

PAGE = (
    f"<html><head><title>{TITLE}</title>{{head}}</head>"
    f"<body><h1>{TITLE}</h1>{{bar}}<p>{P1}</p><p>{P2}</p></body></html>"
)


def _meta(head: str = "", bar: str = "") -> tuple[str | None, str | None, str | None]:
    meta = read_page(PAGE.format(head=head, bar=bar), 100).meta
    return meta.title, meta.published, meta.publisher


@pytest.mark.parametrize(("markup", "kept"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_page_keeps_its_article_and_nothing_else(markup: str, kept: list[str]) -> None:
    assert kept_lines(read_page(markup, 100).text) == kept


@pytest.mark.parametrize("markup", [case[1] for case in PAGES], ids=[case[0] for case in PAGES])
def test_page_loses_no_character_of_its_text_nodes(markup: str) -> None:
    visible = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", markup, flags=re.DOTALL)
    text = read_page(markup, 100).text
    for run in re.findall(r"[\u4e00-\u9fff]+", re.sub(r"\s+", "", visible)):
        assert run in re.sub("[\ufdd0-\ufdef\\s|]", "", text) or len(run) > 30


def test_title_hidden_text_and_ruby_are_marked_by_their_step() -> None:
    body = f"<p>{P1}</p><p>{P2[:6]}<b hidden>xyz</b>{P2[6:]}</p><p><ruby>云<rt>yún</rt></ruby>江发布，今日晴。</p>"
    text = read_page(f"<html><title>{TITLE}</title><body>{body}</body></html>", 100).text
    assert text.startswith(f"{OPEN['metadata']}{TITLE}{CLOSE}\n\n")
    assert f"{P2[:6]}{OPEN['hidden_text']}xyz{CLOSE}{P2[6:]}" in text
    assert f"云{OPEN['ruby']}yún{CLOSE}江发布" in text


def test_blocks_stand_apart_and_line_breaks_do_not() -> None:
    text = read_page(f"<html><body><div><p>{P1}</p><p>甲<br>乙<br><br>丙</p></div></body></html>", 100).text
    assert text == f"{P1}\n\n甲\n乙\n\n丙"


@pytest.mark.parametrize(
    ("head", "bar", "published"),
    [
        ('<meta property="article:published_time" content="2021-03-04T08:30:00+08:00">', "", "2021-03-04"),
        ('<meta name="PubDate" content="2021/3/4 8:30">', "", "2021-03-04"),
        ('<script type="application/ld+json">{"datePublished":"2021-03-04T08:00"}</script>', "", "2021-03-04"),
        ("", "<div>发布时间：2021年03月04日 来源：云江日报</div>", "2021-03-04"),
        ("", "<div><span>2021-03-04</span> <span>13:40</span></div>", "2021-03-04"),
        ("", "", None),
    ],
)  # fmt: skip
def test_day_of_publication_is_read(head: str, bar: str, published: str | None) -> None:
    assert _meta(head, bar)[1] == published


def test_title_and_publisher_are_read() -> None:
    head = '<meta property="og:title" content="防汛"><meta property="og:site_name" content="云江在线">'
    assert _meta(head) == ("防汛", None, "云江在线")
    assert _meta(head, "<div>2021-03-04 来源：云江日报</div>")[2] == "云江日报"
    assert _meta()[0] == TITLE


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"<h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p>", 0),
        (f"<p>市委书记在调研时强调</p><h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p>", 1),
        (f"<div>{TITLE}</div><p>{P1}</p><p>{P2}</p>", 0),
        (f"<h1>{TITLE}</h1><p>{P1}</p><h1>地铁新线今日开通</h1><p>{P2}</p>", None),
        (f"<p>{P1}</p><p>{P2}</p><h2>{TITLE}</h2>", None),
        (f"<p>{P1}</p><p>{P2}</p>", None),
    ],
)  # fmt: skip
def test_headline_is_named_where_it_is_certain(body: str, line: int | None) -> None:
    assert read_page(f"<html><title>{TITLE}_云江在线</title><body>{body}</body></html>", 100).meta.line == line


@pytest.mark.parametrize(
    ("line", "is_path"),
    [
        ("云江 > 新闻 > 正文", True),
        ("云江>>新闻››要闻", True),
        ("云江 > 正文", False),
        ("云江 > 新闻 >", False),
        ("云 > " * 12 + "正文。", False),
    ],
)
def test_path_of_a_page_is_known_and_no_line_is_searched_for_ever(line: str, is_path: bool) -> None:
    assert is_site_talk(line) is is_path


def test_script_is_passed_over_whatever_tags_it_opens() -> None:
    script = "<script>" + '<x "<!--' * 20_000 + "</script>"
    page = f"<html><body>{script}<p>云江市今日举行防汛演练，三百名队员参加。</p></body></html>"
    assert "三百名队员参加。" in read_page(page, 100).text


def test_text_file_that_holds_a_page_is_read_as_one(tmp_path: Path) -> None:
    document = only_document(read_bytes(tmp_path, "a.txt", PAGE.format(head="", bar="").encode()))
    assert document["media_type"] == "text/html"
    assert kept_lines(document["text"]) == [TITLE, P1, P2]


def test_text_with_entities_is_unescaped_and_stays_text(tmp_path: Path) -> None:
    document = only_document(
        read_bytes(tmp_path, "a.txt", "&#20113;&#27743;市&amp;ldquo;防汛&amp;rdquo;，AT&T，a<b。".encode())
    )
    assert (document["media_type"], document["text"]) == ("text/plain", "云江市“防汛”，AT&T，a<b。")


@pytest.mark.parametrize("text", ["气温<5℃，风力>3级。", "《云江日报》<2021>", "if (a < b && c > d) {}"])
def test_text_with_angle_brackets_is_no_page(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize("rest", ['0000; border-right: none; padding: 0.05cm">', "er'>", '\nALIGN="TOP" >'])
def test_page_cut_inside_a_tag_begins_after_it(rest: str) -> None:
    assert kept_lines(read_page(f"{rest}\n<p>{P1}</p><p>{P2}</p>", 100).text) == [P1, P2]


@pytest.mark.parametrize("opening", ["他说“好”>甲", '见"附件">乙', "AT&T > C"])
def test_page_that_begins_with_text_keeps_it(opening: str) -> None:
    assert opening in kept_lines(read_page(f"{opening}\n<p>{P1}</p><p>{P2}</p>", 100).text)


def test_text_pasted_into_an_element_keeps_its_line_ends() -> None:
    inner = f"各区县人民政府：\n{P1}{P2}\n<b>一、落实责任</b>\n{P2}{P1}\n特此通知。"
    page = f"<html><body><h1>{TITLE}</h1><div><div><div class=txt>\n  {inner}\n</div></div></div></body></html>"
    kept = kept_lines(read_page(page, 100).text)
    assert kept == [TITLE, "各区县人民政府：", f"{P1}{P2}", "一、落实责任", f"{P2}{P1}", "特此通知。"]


@pytest.mark.parametrize(
    "inner", [f"{P1}\n{P2}", f"{P1[:-4]}\n{P1[-4:]}{P2}\n{P2}", f"{P1}\n{P2}\n{P2[:-6]}\n{P2[-6:]}"]
)
def test_line_ends_that_may_be_those_of_the_mark_up_are_spaces(inner: str) -> None:
    page = f"<html><body><h1>{TITLE}</h1><div><div><p>\n  {inner}\n</p></div></div></body></html>"
    assert len(kept_lines(read_page(page, 100).text)) == 2


def test_fragment_keeps_its_own_line_ends() -> None:
    fragment = f"{TITLE}\n{P1}\n<p><strong>{P2}</strong></p><br/><br/><p>完</p>"
    assert kept_lines(read_page(fragment, 100).text) == [TITLE, P1, P2, "完"]


@pytest.mark.parametrize(
    ("lines", "of_text"),
    [
        (["一、会议时间：2021年6月3日（星期四）下午3:00", "二、会议地点：县政府三楼会议室"], True),
        (["时间：2021年3月5日 9:00", "地点：县政府三楼会议室", "主持人：韩守成"], True),
        (["報名時間：2021年3月5日至3月12日", "報名地點：東坡鎮文化站"], True),
        (["监督举报电话：0371-6654321", "受理时间：2021年3月5日至3月12日"], True),
        (["主办单位：云江市水务局", "承办单位：东坡镇人民政府"], True),
        (["第三条 未经县水务局许可，任何单位不得使用渠道的名称。"], True),
        (["四月全市受理网络违法和不良信息举报三百件"], True),
        (["时间：2021-03-05 09:00", "来源：云江日报"], False),
        (["更新时间：2021-03-05 09:00"], False),
        (["主办单位：云江市水务局", "版权所有 云江市水务局"], False),
        (["未经本站授权，不得转载、复制本站的内容。"], False),
    ],
)
def test_labels_of_a_notice_are_text_and_those_of_a_site_are_not(lines: list[str], of_text: bool) -> None:
    body = "".join(f"<p>{line}</p>" for line in (P1, *lines, P2))
    assert kept_lines(read_page(f"<html><body><h1>{TITLE}</h1>{body}</body></html>", 100).text) == [
        *(TITLE, P1), *(lines if of_text else []), P2
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "bar"),
    [
        ("记者：周小禾 摄影：沈成", True),
        ("外地记者：云江正在变样", False),
        ("记者：“您在排练什么？”", False),
        ("记者：您从事这一行多少年了？", False),
        ("编辑：这座桥修了多久？", False),
    ],
)
def test_question_of_a_reporter_is_no_bar_of_a_page(line: str, bar: bool) -> None:
    assert is_bar(line) is bar
