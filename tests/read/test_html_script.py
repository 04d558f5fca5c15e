"""Articles that a page holds in a script alone: read by their shape, where it is certain which text is the article."""

import json
import time

import pytest

from tasks.read.html import read_page
from tests.read.given import kept_lines
from tests.read.page_cases import P1, P2, P3, TITLE

LONG = P1 + P2 + "各区县水利部门已经组织抢险队伍三百余人，备足沙袋、水泵和发电机，随时可以出动。"
OTHER = "云江地铁三号线今日开通试运营，全长二十公里，设车站十六座。" * 4
MARKUP = f'<p>{LONG}</p><p><img src="/a.jpg"><b>物资怎样调运</b></p><p>{P3}</p>'
KEPT = [TITLE, LONG, "物资怎样调运", P3]


def _page(script: str, body: str = "<div id=app></div>") -> str:
    head = f"<title>{TITLE}_新闻_云江在线</title>"
    return f"<html><head>{head}</head><body>{body}<script>{script}</script></body></html>"


def _content(markup: str) -> str:
    return f'x={{"content":{json.dumps(markup)}}}'


def _escaped(markup: str) -> str:
    return json.dumps(markup).replace("<", "\\u003C").replace("/", "\\/")


def _twice(markup: str) -> str:
    return markup.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@pytest.mark.parametrize(
    "script",
    [
        f"var all = {json.dumps({'nav': [{'title': '首页'}], 'doc': {'list': [{'data': MARKUP, 'type': 'text'}]}})};",
        f'window.__STATE__={{"article":{{"title":"{TITLE}","content":{_escaped(MARKUP)}}}}}',
        f"var base = {{ info: {{ title: 'x', content: '&quot;{_twice(MARKUP)}&quot;'.slice(6, -6), type: 1 }} }};",
        f'{{"@type":"NewsArticle","articleBody":{json.dumps(MARKUP, ensure_ascii=False)}}}',
    ],
)  # fmt: skip
def test_article_in_a_script_is_read(script: str) -> None:
    page = read_page(_page(script), 100)
    assert kept_lines(page.text) == KEPT
    assert page.meta.line == 0


@pytest.mark.parametrize(
    ("script", "body", "kept"),
    [
        (_content(f"<p>{LONG}{LONG}</p>"), f"<h1>{TITLE}</h1><p>{LONG}{P3}</p>", [TITLE, LONG + P3]),
        (f"{_content(f'<p>{LONG}</p>')}; {_content(f'<p>{OTHER}</p>')}", "", []),
        (_content("<p>云江</p>"), "<p>页面不存在</p>", []),
        (f'x={{"desc":{json.dumps(MARKUP)}}}', "", []),
    ],
    ids=["the page shows its own text", "two texts of one length", "no text", "a key of no text"],
)  # fmt: skip
def test_script_is_left_alone_where_it_is_not_certain(script: str, body: str, kept: list[str]) -> None:
    assert kept_lines(read_page(_page(script, body), 100).text) == kept


def test_what_the_page_shows_besides_is_marked_and_none_is_lost() -> None:
    text = read_page(_page(_content(MARKUP), "<ul><li><a href=/>首页</a></li></ul>"), 100).text
    assert "首页" in text
    assert kept_lines(text) == KEPT


def test_day_and_source_of_a_script_are_read_where_there_is_one() -> None:
    script = f'x={{"newsTime":"2021-03-04 08:30:00","source":"云江日报","content":{json.dumps(MARKUP)}}}'
    meta = read_page(_page(script), 100).meta
    assert (meta.published, meta.publisher) == ("2021-03-04", "云江日报")
    two = script + ';y={"pubTime":"2021-03-05 09:00","source":"云江晚报"}'
    assert read_page(_page(two), 100).meta.published is None


@pytest.mark.parametrize("unit", ['content:"', "content:'云", 'data="\\\\', "{{content:云"])
def test_time_to_search_scripts_grows_with_their_length(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        read_page(_page("云" + unit * times), 100)
        return time.process_time() - start

    assert seconds(80_000) < 12 * max(seconds(20_000), 0.05)
