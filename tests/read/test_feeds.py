"""Feeds: every entry a document with its own title, day, address and publisher, also where the feed is bad XML."""

from pathlib import Path

import pytest

from tasks.cards import SourceCard
from tests.read.given import column, kept_lines, only_document, only_reason, read_bytes, read_paths, shared

BODY = "清河县昨日召开春灌会议，部署渠道清淤和机井检修。"
ITEM = (
    "<item><title>清河县部署春灌</title><link>http://paper.example/1.html</link>"
    "<pubDate>Wed, 03 Mar 2021 23:30:00 +0800</pubDate><description>{}</description></item>"
)
RDF = (
    '<?xml version="1.0" encoding="gb2312"?>\n<!-- made by hand -->\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<channel rdf:about="x"><title>清河新闻</title><items><rdf:Seq><rdf:li rdf:resource="y"/></rdf:Seq></items>'
    '</channel><item rdf:about="y"><title>清河县部署春灌</title><link>http://paper.example/1.html</link>'
    "<dc:date>2021-03-03</dc:date>"
    f"<description>{BODY}</description></item></rdf:RDF>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>清河新闻</title><entry>'
    '<title type="html">清河县&lt;b&gt;部署&lt;/b&gt;春灌</title>'
    '<link rel="edit" href="http://paper.example/edit"/><link href="http://paper.example/1.html"/>'
    "<author><name>某人</name></author>"
    "<published>2021-03-03T23:30:00+08:00</published><updated>2021-04-01T00:00:00Z</updated>"
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p>'
    "<p>水价 &lt; 去年</p></div></content></entry></feed>"
)


def _rss(*items: str, title: str = "清河新闻") -> bytes:
    held = f"<channel><title>{title}</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{held}</rss>'.encode()


@pytest.mark.parametrize(
    "data",
    [_rss(ITEM.format(BODY)), b"\n\n" + _rss(ITEM.format(f"<![CDATA[{BODY}]]>")), RDF.encode("gb18030"), ATOM.encode()],
    ids=["rss", "rss, blank lines before it", "rdf, gb2312, a prefix undeclared", "atom"],
)
def test_entry_is_a_document_that_brings_its_own_title_day_address_and_publisher(tmp_path: Path, data: bytes) -> None:
    document = only_document(read_bytes(tmp_path, "feed.xml", data))
    assert document["meta_title"] == "清河县部署春灌"
    assert str(document["meta_published"]).startswith(("2021-03-03", "Wed, 03 Mar 2021"))
    assert (document["meta_publisher"], document["meta_uri"]) == ("清河新闻", "http://paper.example/1.html")
    assert kept_lines(document["text"])[:2] == ["清河县部署春灌", BODY]
    assert document["media_type"] == "application/xml"


def test_mark_up_inside_an_entry_is_read_and_nothing_of_it_is_taken_for_the_page_around_it(tmp_path: Path) -> None:
    lines = [
        f"<p>{BODY}</p>",
        '<p><a href="/2">全文见县水务局网站二月二十八日的通告</a></p>',
        "<p>水价&amp;nbsp;不变</p>",
    ]
    escaped = "".join(lines).replace("&", "&amp;").replace("<", "&lt;")
    for held in (escaped, f"<![CDATA[{''.join(lines)}]]>"):
        document = only_document(read_bytes(tmp_path, "feed.rss", _rss(ITEM.format(held))))
        assert kept_lines(document["text"])[1:] == [BODY, "全文见县水务局网站二月二十八日的通告", "水价\xa0不变"]


def test_full_text_goes_before_its_summary(tmp_path: Path) -> None:
    item = ITEM.format("摘要").replace(
        "</item>", f"<content:encoded><![CDATA[<p>{BODY}</p>]]></content:encoded></item>"
    )
    assert kept_lines(only_document(read_bytes(tmp_path, "feed.xml", _rss(item)))["text"])[1:] == [BODY]


def test_bare_ampersands_html_names_and_control_characters_do_not_stop_it(tmp_path: Path) -> None:
    item = ITEM.format(f"R&D 投入&nbsp;增加。\x0b{BODY}").replace("1.html", "1.html?a=1&b=2")
    document = only_document(read_bytes(tmp_path, "feed.xml", _rss(item, title="清河 & 临渚")))
    assert "R&D 投入\xa0增加。" in str(document["text"])
    assert document["meta_publisher"] == "清河 & 临渚"
    assert document["meta_uri"] == "http://paper.example/1.html?a=1&b=2"


def test_feed_that_breaks_off_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    data = _rss(ITEM.format(BODY), ITEM.format("下一条"))
    result = read_bytes(tmp_path, "feed.xml", data[: data.index("下一条".encode())])
    assert column(result.documents, "meta_title") == ["清河县部署春灌"]
    assert column(result.rejections, "reason") == ["malformed"]
    assert "breaks off after 1 entries" in str(result.rejections["message"][0])


def test_entry_that_is_nested_too_deep_does_not_take_those_before_it_along(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "feed.xml", _rss(ITEM.format(BODY), ITEM.format("<b>" * 5000)))
    assert result.documents.height == 1
    assert column(result.rejections, "reason") == ["depth_limit"]


def test_entry_without_text_is_rejected_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "feed.xml", _rss(ITEM.format(""), ITEM.format(BODY)))
    assert result.documents.height == 1
    assert column(result.rejections, "source_uri") == ["feed.xml#1"]
    assert column(result.rejections, "reason") == ["no_text"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_rss(), "empty"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]>' + _rss(ITEM.format("&a;"))[21:], "malformed"),
        (_rss(ITEM.format("<b>" * 5000)), "depth_limit"),
    ],
    ids=["no entry", "entities of its own", "nested"],
)
def test_feed_that_cannot_be_read_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    assert only_reason(read_bytes(tmp_path, "feed.xml", data)) == reason


def test_file_that_a_card_calls_a_feed_and_is_none_is_rejected(tmp_path: Path) -> None:
    card = SourceCard(name="odd", title="t", format="feed")
    assert only_reason(read_bytes(tmp_path, "feed.xml", BODY.encode(), card=card)) == "unsupported_format"


def test_text_and_pages_about_feeds_are_none(tmp_path: Path) -> None:
    for name, data in {
        "a.txt": f"<rssi>\n{BODY}",
        "b.html": f"<html><body><p>{BODY}</p><rss></rss></body></html>",
    }.items():
        assert str(only_document(read_bytes(tmp_path, name, data.encode()))["media_type"]).startswith("text/")


def test_every_real_feed_gives_a_row_an_entry() -> None:
    for path in sorted((shared() / "data" / "encodings").glob("*.xml")):
        result = read_paths(path)
        n_entries = sum(path.read_bytes().count(tag) for tag in (b"<item>", b"<item ", b"<entry>", b"<entry "))
        assert result.documents.height + result.rejections.height == n_entries > 0, path.name
