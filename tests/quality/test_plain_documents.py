"""Everyday documents that are clean already: every line of them is there afterwards, as its headline or a paragraph."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import opencc
import pytest

from tests.quality.scored import articles_by_file, curate

_TOLD = re.compile("^# (.+)\n", re.MULTILINE)
_PAGE = (
    '<html><head><title>{title}_罗坪县人民政府</title></head><body><div class="top"><a href="/">首页</a>'
    '<a href="/a">政务公开</a></div><div class="article"><h1>{title}</h1><div class="info">来源：县政府办'
    ' 发布时间：2021-05-08 浏览：123</div><div class="txt">{text}</div></div>'
    '<div class="foot">版权所有 罗坪县人民政府 云ICP备05001234号</div></body></html>'
)
# Spaces and marks are cleaning's own; here it is about lines.
_NO_WORD = re.compile(r"\W+")
_SIMPLIFIED = opencc.OpenCC("t2s")


def _documents() -> dict[str, list[str]]:
    parts = _TOLD.split(Path(__file__).with_name("plain_documents.txt").read_text(encoding="utf-8"))
    return {name: text.split("\n") for name, text in zip(parts[1::2], map(str.strip, parts[2::2]), strict=True)}


DOCUMENTS = _documents()


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"


def _apart(lines: Sequence[str]) -> str:
    return "\n\n".join(lines) + "\n"


def _set_in(lines: Sequence[str]) -> str:
    return f"{lines[0]}\n\n" + "".join(f"\u3000\u3000{line}\n" for line in lines[1:])


def _wrapped(lines: Sequence[str], width: float = 24.0) -> str:
    """In print lines of so many Han, first lines set in by two."""
    rows = (row for line in lines[1:] for row in print_rows(f"\u3000\u3000{line}", width))
    return f"{lines[0]}\n\n" + "".join(f"{row}\n" for row in rows)


def print_rows(text: str, width: float = 24.0) -> Iterator[str]:
    """Break a text into print lines of so many Han, marks hanging over."""
    row, room = "", width
    for letter in text:
        size = 0.5 if letter.isascii() else 1.0
        if room < size and letter not in "，。、；：！？”’）》":
            yield row
            row, room = "", width
        row, room = row + letter, room - size
    yield row


def _page(lines: Sequence[str]) -> str:
    return _PAGE.format(title=escape(lines[0]), text="".join(f"<p>{escape(line)}</p>" for line in lines[1:]))


def _page_of_breaks(lines: Sequence[str]) -> str:
    text = "<br>\n".join(f"&nbsp;&nbsp;&nbsp; {escape(line)}" for line in lines[1:])
    return _PAGE.format(title=escape(lines[0]), text=text)


def _page_of_sections(lines: Sequence[str]) -> str:
    text = "".join(f"<section><span style='font-size: 16px'>{escape(line)}</span></section>" for line in lines[1:])
    return _PAGE.format(title=escape(lines[0]), text=text)


def _page_of_article(lines: Sequence[str]) -> str:
    text = "".join(f"<p>{escape(line)}</p>\n" for line in lines[1:])
    return (
        f"<!DOCTYPE html><html><head><title>{escape(lines[0])} - 罗坪新闻网</title></head><body><header><nav><ul>"
        '<li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></nav></header><main><article>'
        f"<h1>{escape(lines[0])}</h1>\n{text}</article></main>"
        "<footer><p>Copyright © 2021 罗坪新闻网</p></footer></body></html>"
    )


def _markdown(lines: Sequence[str]) -> str:
    return f"# {lines[0]}\n\n" + "\n\n".join(lines[1:]) + "\n"


def _record(lines: Sequence[str]) -> str:
    return json.dumps({"title": lines[0], "content": "\n".join(lines[1:])}, ensure_ascii=False) + "\n"


def _table(lines: Sequence[str]) -> str:
    rows = io.StringIO()
    csv.writer(rows).writerows([("title", "content"), (lines[0], "\n".join(lines[1:]))])
    return rows.getvalue()


def _wider(lines: Sequence[str]) -> str:
    return _wrapped(lines, 36.0)


def _in_gb18030(lines: Sequence[str]) -> bytes:
    return _set_in(lines).encode("gb18030")


FORMS = {"lines.txt": _lines, "apart.txt": _apart, "set_in.txt": _set_in, "page.html": _page}
FORMS |= {"wrapped.txt": _wrapped, "breaks.html": _page_of_breaks, "sections.html": _page_of_sections}
FORMS |= {"article.html": _page_of_article, "mark.md": _markdown, "record.json": _record, "table.csv": _table}
FORMS |= {"wider.txt": _wider, "gb18030.txt": _in_gb18030}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The lines of each file's articles: kicker and headline, subtitle, paragraphs."""
    return _articles(tmp_path_factory.mktemp("plain"), DOCUMENTS, FORMS)


def _articles(folder: Path, names: Iterable[str], forms: Iterable[str]) -> dict[str, list[list[str]]]:
    for name in names:
        for form in forms:
            text = FORMS[form](DOCUMENTS[name])
            (folder / f"{name} {form}").write_bytes(text if isinstance(text, bytes) else text.encode())
    read, tables = curate(sorted(folder.iterdir()))
    return {
        name: [[*filter(None, (one["title"], one["subtitle"])), *(one["paragraphs"] or ())] for one in articles]
        for name, articles in articles_by_file(read, tables).items()
    }


CASES = [(name, form) for name in DOCUMENTS for form in FORMS]


def _told(line: str) -> str:
    return _NO_WORD.sub("", _SIMPLIFIED.convert(line))


@pytest.mark.parametrize(("name", "form"), CASES)
def test_plain_document_is_one_article_of_all_its_lines(
    name: str, form: str, found: dict[str, list[list[str]]]
) -> None:
    told = [[_NO_WORD.sub("", line) for line in article] for article in found[f"{name} {form}"]]
    assert told == [[_told(line) for line in DOCUMENTS[name]]]


@pytest.mark.parametrize("form", FORMS)
def test_plain_document_comes_out_alone_as_among_others(
    form: str, found: dict[str, list[list[str]]], tmp_path: Path
) -> None:
    """A rule that looks at lines above must not look into the document before."""
    name = "law with its history"
    assert _articles(tmp_path, [name], [form]) == {f"{name} {form}": found[f"{name} {form}"]}
