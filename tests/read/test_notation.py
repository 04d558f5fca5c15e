"""Texts in the notation of a program are read out of it; a few such signs in a text are its own."""

import json
import quopri
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.read.given import kept_lines, only_document, read_bytes

TITLE = "清河县部署春灌"
ONE = "清河县昨日召开春灌会议，部署渠道清淤和机井检修。会议“要求”三月底完成。"
LINES = [TITLE, ONE, "全县共有渠道20条。"]
TEXT = "\n".join(LINES)


@pytest.mark.parametrize(
    "written",
    [
        TEXT.encode("unicode_escape").decode(),
        "\n".join(line.encode("unicode_escape").decode() for line in LINES),
        quote(TEXT),
        quote(TEXT.encode("gb18030")),
        quopri.encodestring(TEXT.encode()).decode(),
        json.dumps(LINES),
        json.dumps(LINES, ensure_ascii=False, indent=1),
        repr(LINES),
        "x0dx0a".join(LINES),
        "\\x0d\\x0a\\x0d\\x0a".join(LINES),
        repr([line.encode("unicode_escape").decode() for line in LINES]).replace("\\\\", "\\"),
    ],
)
def test_notation_of_a_program_is_read_out_of_it(tmp_path: Path, written: str) -> None:
    assert kept_lines(str(only_document(read_bytes(tmp_path, "a.txt", written.encode()))["text"])) == LINES


def test_notation_list_in_a_cell_is_its_lines(tmp_path: Path) -> None:
    cell = repr(LINES[1:]).replace('"', '""')
    read = only_document(read_bytes(tmp_path, "a.csv", f'title,content\n{TITLE},"{cell}"\n'.encode()))
    assert (read["meta_title"], kept_lines(str(read["text"]))) == (TITLE, LINES)


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n网址 a.example/%E6%B8%85 已停用，\\u6e05 是“清”的编码。",
        "['清河县', 20, None]",
        "[“清河县部署春灌”] 一文有误，请更正。",
        "换行写作x0dx0a，回车写作x0d。",
        "['清河县部署春灌'",
        "100%E级产品占比达到90%，=E5等级以上。",
    ],
)
def test_notation_in_a_text_is_its_own(tmp_path: Path, text: str) -> None:
    assert str(only_document(read_bytes(tmp_path, "a.txt", text.encode()))["text"]) == text


def test_notation_that_names_no_characters_stays(tmp_path: Path) -> None:
    text = "%E6%FF" * 10
    assert str(only_document(read_bytes(tmp_path, "a.txt", text.encode()))["text"]) == text


def test_record_of_a_reader_of_pages_names_title_day_and_address(tmp_path: Path) -> None:
    page = f"Title: {TITLE}\n\nURL Source: https://a.example/1\n\nPublished Time: 2021-03-05T09:12:00+08:00\n\n"
    read = only_document(read_bytes(tmp_path, "a.txt", f"{page}Markdown Content:\n{ONE}\n\n{LINES[2]}".encode()))
    assert (read["meta_title"], read["meta_uri"]) == (TITLE, "https://a.example/1")
    assert str(read["meta_published"]).startswith("2021-03-05")
    assert kept_lines(str(read["text"])) == LINES


def test_item_of_any_mark_up_that_names_its_parts_is_a_record(tmp_path: Path) -> None:
    item = f"<?xml version='1.0'?><root><item><title>{TITLE}</title><content><p>{ONE}</p></content></item></root>"
    read = only_document(read_bytes(tmp_path, "a.xml", item.encode()))
    assert (read["meta_title"], kept_lines(str(read["text"]))) == (TITLE, [TITLE, ONE])
