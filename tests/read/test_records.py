"""Records: the fields a card maps, identity by content, and one bad record that spoils nothing but itself."""

import io
import json
from pathlib import Path

import polars as pl
import pytest

from tasks.cards import Fields, SourceCard
from tests.read.given import column, kept_lines, only_document, only_reason, read_bytes

BODY = "云江市昨日召开防汛工作会议。"
RECORD = {
    "text": BODY,
    "title": "云江部署防汛",
    "date": "2021/3/4 08:00",
    "url": "http://news.example/1",
    "来源": "云江日报",
}


def _lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def test_record_brings_its_own_title_day_address_and_publisher(tmp_path: Path) -> None:
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines(RECORD)))
    assert document["text"] == f"云江部署防汛\n\n{BODY}"
    assert (document["meta_title"], document["meta_published"]) == ("云江部署防汛", "2021-03-04")
    assert (document["meta_publisher"], document["meta_uri"]) == ("云江日报", "http://news.example/1")
    assert document["source_uri"] == "http://news.example/1"
    assert document["media_type"] == "application/jsonl"


def test_title_that_the_text_holds_already_is_not_repeated(tmp_path: Path) -> None:
    text = f"云江 部署防汛\n{BODY}"
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines({**RECORD, "text": text})))
    assert document["text"] == text


@pytest.mark.parametrize("text", ["云江部署防汛工作的会议昨日召开。", f"【云江部署防汛】{BODY}"])
def test_title_whose_words_the_text_only_uses_is_put_before_it(tmp_path: Path, text: str) -> None:
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines({**RECORD, "text": text})))
    assert document["text"] == f"云江部署防汛\n\n{text}"


def test_same_record_in_other_spelling_has_the_same_id(tmp_path: Path) -> None:
    spaced = json.dumps(dict(reversed(RECORD.items())), indent=1).replace("\n", " ").encode()
    first = only_document(read_bytes(tmp_path, "a.jsonl", _lines(RECORD)))
    second = only_document(read_bytes(tmp_path, "b.jsonl", spaced))
    assert first["document_id"] == second["document_id"]
    assert first["n_bytes"] == second["n_bytes"]
    assert first["file_id"] != second["file_id"]


def test_bad_lines_are_rejected_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    data = b"\n".join([_lines(RECORD), b"{", b"", _lines({"id": 1}), _lines({"text": BODY + "续"})])
    result = read_bytes(tmp_path, "a.jsonl", data)
    assert result.documents.height == 2
    assert column(result.rejections, "reason") == ["malformed", "no_text"]
    assert column(result.rejections, "source_uri") == ["a.jsonl#2", "a.jsonl#4"]


def test_card_maps_the_fields(tmp_path: Path) -> None:
    card = SourceCard(name="odd", title="t", format="jsonl", fields=Fields(text="nr", title="bt"))  # type: ignore[arg-type]
    document = only_document(read_bytes(tmp_path, "a.txt", _lines({"nr": BODY, "bt": "题", "text": "x"}), card=card))
    assert document["text"] == f"题\n\n{BODY}"


def test_record_that_holds_a_page_is_read_as_one(tmp_path: Path) -> None:
    page = f"<html><body><h1>题</h1><p>{BODY}</p><p>{BODY}</p><div class=share>分享到 微信</div></body></html>"
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines({"content": page})))
    assert kept_lines(document["text"]) == ["题", BODY, BODY]


def test_escapes_that_no_text_may_hold_do_not_survive(tmp_path: Path) -> None:
    data = b'{"text": "\\u4e91\\ufdd0\\ud800\\u6c5f\\ud83d\\ude00\\ufdef\\u3002"}'
    assert only_document(read_bytes(tmp_path, "a.jsonl", data))["text"] == "云\ufffd江😀。"


def test_record_in_gb18030_is_read(tmp_path: Path) -> None:
    data = _lines(RECORD).decode().encode("gb18030")
    assert BODY in str(only_document(read_bytes(tmp_path, "a.jsonl", data))["text"])


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ({"text": "甲"}, ["甲"]),
        ([{"text": "甲"}, {"text": "乙"}], ["甲", "乙"]),
        ({"code": 0, "data": [{"content": "甲"}, {"content": ["乙", "丙"]}]}, ["甲", "乙\n丙"]),
    ],
)
def test_json_of_any_shape_gives_its_records(tmp_path: Path, value: object, texts: list[str]) -> None:
    result = read_bytes(tmp_path, "a.json", json.dumps(value, indent=1).encode())
    assert column(result.documents, "text") == texts


def test_json_lines_that_are_called_json_are_read(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.json", _lines({"text": "甲"}, {"text": "乙"})).documents.height == 2


def test_csv_rows_are_records_with_line_breaks_inside_quotes(tmp_path: Path) -> None:
    data = f'标题,正文,日期\n"题,一","{BODY}\n第二段。",2021-03-04\n短行\n题二,{BODY},\n'.encode("gb18030")
    result = read_bytes(tmp_path, "a.csv", data)
    assert column(result.documents, "text") == [f"题,一\n\n{BODY}\n第二段。", f"题二\n\n{BODY}"]
    assert column(result.documents, "meta_published") == ["2021-03-04", None]
    assert column(result.rejections, "reason") == ["malformed"]


def test_parquet_rows_are_records(tmp_path: Path) -> None:
    file = io.BytesIO()
    pl.DataFrame({"text": [BODY, None, "乙"], "date": ["2021-03-04", None, None]}).write_parquet(file)
    result = read_bytes(tmp_path, "a.parquet", file.getvalue())
    assert column(result.documents, "text") == [BODY, "乙"]
    assert column(result.rejections, "reason") == ["no_text"]


def test_cut_parquet_is_malformed(tmp_path: Path) -> None:
    file = io.BytesIO()
    pl.DataFrame({"text": [BODY]}).write_parquet(file)
    assert only_reason(read_bytes(tmp_path, "a.parquet", file.getvalue()[:-30])) == "malformed"


def test_names_of_fields_may_differ_in_case_and_hyphens(tmp_path: Path) -> None:
    record = {
        "Article_Content": BODY,
        "articleTitle": "云江部署防汛",
        "pubTime": "2021-03-04 10:00",
        "Site-Name": "云江日报",
    }
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines(record)))
    assert (document["meta_title"], document["meta_published"]) == ("云江部署防汛", "2021-03-04")
    assert document["meta_publisher"] == "云江日报"


def test_name_as_the_card_has_it_goes_before_one_that_is_alike(tmp_path: Path) -> None:
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines({"TEXT": "另一段。", "text": BODY})))
    assert document["text"] == BODY


def test_field_that_may_tell_when_a_page_was_fetched_dates_nothing(tmp_path: Path) -> None:
    record = {"text": BODY, "crawl_time": "2024-01-02", "created_at": "2024-01-02", "time": "2024-01-02"}
    assert only_document(read_bytes(tmp_path, "a.jsonl", _lines(record)))["meta_published"] is None


def test_record_is_found_inside_what_an_interface_wraps_around_it(tmp_path: Path) -> None:
    wrapped = {
        "title": "外层",
        "author": {"name": "某人"},
        "data": {"article": {"content": BODY, "title": "云江部署防汛"}},
    }
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines(wrapped)))
    assert document["text"] == f"云江部署防汛\n\n{BODY}"


def test_list_of_records_is_found_inside_what_an_interface_answers(tmp_path: Path) -> None:
    answer = {"code": 0, "data": {"total": 2, "list": [{"content": BODY}, {"content": BODY + "续"}]}}
    result = read_bytes(tmp_path, "a.json", json.dumps(answer).encode())
    assert column(result.documents, "text") == [BODY, BODY + "续"]


def test_record_with_a_text_is_no_wrapper_of_the_lists_it_holds(tmp_path: Path) -> None:
    record = {"content": BODY, "images": [{"url": "http://news.example/1.jpg", "text": "图"}]}
    assert only_document(read_bytes(tmp_path, "a.json", json.dumps(record).encode()))["text"] == BODY


def test_publisher_can_be_an_object_with_a_name(tmp_path: Path) -> None:
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines({"text": BODY, "source": {"name": "云江日报"}})))
    assert document["meta_publisher"] == "云江日报"


def test_text_that_holds_tables_alone_keeps_every_line(tmp_path: Path) -> None:
    table = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>渠道</td><td>54</td></tr></table>"
    text = f"会议时间：2021年3月5日\n案由：修渠\n{BODY}\n{table}\n<p>0</p><p>103</p>"
    document = only_document(read_bytes(tmp_path, "a.jsonl", _lines({"text": text})))
    assert kept_lines(document["text"]) == [
        *("会议时间：2021年3月5日", "案由：修渠", BODY),
        *("| 项目 | 金额 |", "| 渠道 | 54 |", "0", "103"),
    ]
