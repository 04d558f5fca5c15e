"""Records in mark-up, labelled lines, tables without names and text that is JSON; mails and saved pages."""

import json
import quopri
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tasks.read import ReadResult
from tests.read.given import column, kept_lines, only_document, only_reason, read_bytes

ONE = "清河县昨日召开春灌会议，部署渠道清淤和机井检修。会议要求三月底完成。"
OTHER = "丁江市昨日开通两条公交线路，途经六所学校。票价不变。"
DOC = "<doc>\n<url>http://n.example/1</url>\n<docno>a1</docno>\n<contenttitle>{}</contenttitle>\n"
DOC += "<content>{}</content>\n</doc>\n"
SGML = (
    '<DOC id="XX_1" type="story" >\n<HEADLINE>\n清河县部署春灌\n</HEADLINE>\n<DATELINE>\n云社清河3月3日电'
    "\n</DATELINE>\n<TEXT>\n<P>\n（记者甲乙）清河县今天召开春灌\n会议。\n</P>\n<P>\n会议要求三月底完成。\n</P>\n</TEXT>\n</DOC>\n"
)
TREEBANK = (
    "<DOC>\n<DOCID> x_0001 </DOCID>\n<HEADER>\n<DATE> 2021-03-03 </DATE>\n</HEADER>\n<BODY>\n<HEADLINE>\n"
    "<S ID=1> 清河县部署春灌 </S>\n</HEADLINE>\n<TEXT>\n<P>\n<S ID=2> 会议今天召开。 </S>\n<S ID=3> 会期一天。 </S>\n"
    "</P>\n</TEXT>\n</BODY>\n</DOC>\n"
)
WIKI = '<doc id="3" url="https://w.example/?curid=3" title="清河县">\n'
WIKI += "清河县\n\n清河县位于省境东部。\n\n历史.\n建县于唐朝。\n\n</doc>\n"
LABELLED = (
    "标题：清河县部署春灌\n来源：清河日报\n时间：2021-03-03 08:00\n栏目：要闻\n记者：甲乙\n正文：\n{}\n"
    + "=" * 30
    + "\n"
)


def _told(frame: pl.DataFrame) -> list[tuple[object, list[str]]]:
    return [(row["meta_title"], kept_lines(row["text"])) for row in frame.iter_rows(named=True)]


@pytest.mark.parametrize("name", ["a.txt", "a.xml", "a", "a.dat"])
def test_docs_are_a_document_each_with_title_and_address(tmp_path: Path, name: str) -> None:
    result = read_bytes(tmp_path, name, (DOC.format("清河县部署春灌", ONE) + DOC.format("", OTHER)).encode("gb18030"))
    assert _told(result.documents) == [("清河县部署春灌", ["清河县部署春灌", ONE]), (None, [OTHER])]
    assert column(result.documents, "source_uri") == ["http://n.example/1"] * 2
    assert column(result.documents, "ordinal") == [1, 2]
    assert result.rejections.is_empty()


def test_doc_without_text_and_what_stands_outside_are_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "a.txt", (DOC.format("空", "") + "落在外面的话\n" + DOC.format("", OTHER)).encode())
    assert _told(result.documents) == [(None, [OTHER])]
    assert column(result.rejections, "reason") == ["no_text", "malformed"]
    assert "落在外面的话" in str(result.rejections["message"][1])


def test_doc_that_is_not_closed_ends_where_the_next_begins(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "a.txt", f"<doc>\n{ONE}\n<doc>\n{OTHER}".encode())
    assert [texts for _, texts in _told(result.documents)] == [[ONE], [OTHER]]


def test_dateline_stands_at_the_head_of_the_first_paragraph_whose_print_lines_are_joined(tmp_path: Path) -> None:
    (found,) = _told(read_bytes(tmp_path, "a.sgml", SGML.encode()).documents)
    body = ["云社清河3月3日电（记者甲乙）清河县今天召开春灌会议。", "会议要求三月底完成。"]
    assert found == ("清河县部署春灌", ["清河县部署春灌", *body])


def test_headline_inside_the_text_and_marked_sentences(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, "a.fid", TREEBANK.encode())
    assert _told(result.documents) == [("清河县部署春灌", ["清河县部署春灌", "会议今天召开。会期一天。"])]
    assert column(result.documents, "meta_published") == ["2021-03-03"]


def test_extract_of_a_wiki_has_its_title_and_headings_without_a_full_stop(tmp_path: Path) -> None:
    (found,) = _told(read_bytes(tmp_path, "wiki_00", WIKI.encode()).documents)
    assert found == ("清河县", ["清河县", "清河县位于省境东部。", "历史", "建县于唐朝。"])


@pytest.mark.parametrize(
    "text", [f"<![CDATA[<p>{ONE}</p><p>{OTHER}</p>]]>", f"&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{OTHER}&lt;/p&gt;"]
)
def test_export_of_a_database(tmp_path: Path, text: str) -> None:
    row = f"<RECORD><id>1</id><title>清河县部署春灌</title><content>{text}</content></RECORD>"
    result = read_bytes(tmp_path, "a.xml", f'<?xml version="1.0"?>\n<RECORDS>\n{row}\n</RECORDS>'.encode())
    assert _told(result.documents) == [("清河县部署春灌", ["清河县部署春灌", ONE, OTHER])]


@pytest.mark.parametrize(
    "text",
    [
        f"<article><h1>清河县部署春灌</h1><p>{ONE}</p></article>",
        f"<html><body><article><title>题</title><p>{ONE}</p></article></body></html>",
        f"清河县部署春灌\n<doc>{ONE}</doc>",
    ],
)
def test_pages_and_texts_that_only_mention_such_marks_are_one_document(tmp_path: Path, text: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.txt", text.encode()))
    assert ONE in str(found["text"])
    assert found["media_type"] in ("text/html", "text/plain")


def test_labelled_lines_are_a_record_each(tmp_path: Path) -> None:
    text = LABELLED.format(ONE) + LABELLED.format(f"{OTHER}\n内容：不是标签")
    result = read_bytes(tmp_path, "a.txt", text.encode())
    assert [texts for _, texts in _told(result.documents)] == [
        ["清河县部署春灌", "记者：甲乙", ONE],
        ["清河县部署春灌", "记者：甲乙", OTHER, "内容：不是标签"],
    ]
    assert column(result.documents, "meta_published") == ["2021-03-03"] * 2
    assert column(result.documents, "meta_publisher") == ["清河日报"] * 2


def test_labels_in_brackets_and_latin(tmp_path: Path) -> None:
    text = f"【标题】：清河县部署春灌\n【链接】：http://n.example/1\nContent: {ONE}\n{OTHER}"
    found = only_document(read_bytes(tmp_path, "a.txt", text.encode()))
    assert (found["meta_title"], found["source_uri"]) == ("清河县部署春灌", "http://n.example/1")
    assert kept_lines(found["text"]) == ["清河县部署春灌", ONE, OTHER]


@pytest.mark.parametrize("end", ["\n", " "])
def test_labels_set_out_to_one_width_without_a_colon(tmp_path: Path, end: str) -> None:
    labels = ["【 日  期 】20210303", "【 版  号 】1", "【 标  题 】清河县部署春灌", f"【 正  文 】  {ONE}"]
    found = only_document(read_bytes(tmp_path, "a.txt", end.join(labels).encode()))
    assert (found["meta_title"], kept_lines(found["text"])) == ("清河县部署春灌", ["清河县部署春灌", ONE])


@pytest.mark.parametrize(
    "text",
    [f"【标 题】清河县部署春灌\n{ONE}", f"【春 灌】清河县部署春灌\n{ONE}", f"{ONE}\n【 标  题 】【 正  文 】{OTHER}"],
)
def test_words_in_brackets_that_label_nothing_are_text(tmp_path: Path, text: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.txt", text.encode()))
    assert "\n".join(kept_lines(found["text"])) == text


@pytest.mark.parametrize(
    "head",
    [
        "发信人: jia (甲), 信区: Farming\n标  题: 清河县部署春灌\n发信站: 清河站 (Wed Mar  3 08:00:00 2021), 站内\n",
        "作者 jia (甲) 看板 Farming\n標題 清河县部署春灌\n時間 Wed Mar  3 08:00:00 2021\n",
    ],
)
def test_post_of_a_board_is_its_text_under_its_title(tmp_path: Path, head: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.txt", f"{head}\n{ONE}\n\n{OTHER}\n".encode()))
    assert (found["meta_title"], kept_lines(found["text"])) == ("清河县部署春灌", ["清河县部署春灌", ONE, OTHER])


@pytest.mark.parametrize(
    "text", [f"作者：甲乙\n标题：清河县部署春灌\n{ONE}\n\n{OTHER}", f"作者：甲乙\n时间：三月三日上午\n\n{ONE}"]
)
def test_writer_and_title_without_the_rest_are_no_head_of_a_post(tmp_path: Path, text: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.txt", text.encode()))
    assert found["media_type"] == "text/plain"


@pytest.mark.parametrize(
    "text",
    [
        f"征集春联启事\n标题：清河县征集春联\n内容：{ONE}",
        f"标题：清河县部署春灌\n{ONE}\n内容：{OTHER}",
        f"时间：三月三日\n内容：{ONE}\n{OTHER}",
    ],
)
def test_labels_below_a_text_or_without_a_title_are_its_own(tmp_path: Path, text: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.txt", text.encode()))
    assert found["media_type"] == "text/plain"
    assert "\n".join(kept_lines(found["text"])) == text


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: "\n".join(map(json.dumps, rows)),
        lambda rows: json.dumps(rows, indent=1),
        lambda rows: "\n".join(map(repr, rows)),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_json_by_any_name_and_dictionaries_as_python_prints_them(
    tmp_path: Path, name: str, write: Callable[[Any], str]
) -> None:
    text = write([{"title": "清河县部署春灌", "content": ONE}, {"title": None, "content": OTHER}])
    result = read_bytes(tmp_path, name, text.encode())
    assert _told(result.documents) == [("清河县部署春灌", ["清河县部署春灌", ONE]), (None, [OTHER])]


@pytest.mark.parametrize(
    "text", [f'{{"这是": "引文"}}，{ONE}', f'["甲", "乙"]\n{ONE}', f"{{'乙': __import__('os')}}\n{ONE}"]
)
def test_text_that_opens_with_a_brace_stays_a_text(tmp_path: Path, text: str) -> None:
    assert "\n".join(kept_lines(only_document(read_bytes(tmp_path, "a.txt", text.encode()))["text"])) == text


def test_table_without_names_is_a_record_a_line(tmp_path: Path) -> None:
    rows = [("时政", "清河县部署春灌", "2021-03-03", ONE), ("社会", "丁江市增开公交", "2021-03-04", OTHER)] * 2
    result = read_bytes(tmp_path, "a.txt", "\n".join(map("\t".join, rows)).encode())
    assert _told(result.documents)[:2] == [
        ("清河县部署春灌", ["清河县部署春灌", ONE]),
        ("丁江市增开公交", ["丁江市增开公交", OTHER]),
    ]
    assert column(result.documents, "meta_published")[:2] == ["2021-03-03", "2021-03-04"]


@pytest.mark.parametrize(
    "text", ["清河县\t1.2\t3.4\n丁江市\t2.2\t3.9\n海宁区\t1.9\t2.8", f"\t{ONE}\n\t{OTHER}\n结束\n", f"\t{ONE}\n" * 4]
)
def test_figures_and_tabs_that_set_lines_in_are_no_such_table(tmp_path: Path, text: str) -> None:
    assert only_document(read_bytes(tmp_path, "a.txt", text.encode()))["media_type"] == "text/plain"


def test_table_of_commas_without_names(tmp_path: Path) -> None:
    rows = f"清河县部署春灌,{ONE},2021-03-03\n丁江市增开公交,{OTHER},2021-03-04\n"
    result = read_bytes(tmp_path, "a.csv", rows.encode("gb18030"))
    assert _told(result.documents) == [
        ("清河县部署春灌", ["清河县部署春灌", ONE]),
        ("丁江市增开公交", ["丁江市增开公交", OTHER]),
    ]


@pytest.mark.parametrize(
    "text", ["jQ1.cb({});", "/**/cb({})\n", "var data = {};", "window.data={}", "{}"], ids=str.strip
)
@pytest.mark.parametrize("name", ["a.txt", "a.js", "a.json"])
def test_object_that_a_script_holds(tmp_path: Path, name: str, text: str) -> None:
    record = json.dumps({"code": 0, "data": {"title": "清河县部署春灌", "content": ONE}})
    result = read_bytes(tmp_path, name, text.replace("{}", record).encode())
    assert _told(result.documents) == [("清河县部署春灌", ["清河县部署春灌", ONE])]


@pytest.mark.parametrize("names", [("id", "微博正文", "微博发布时间"), ("news_id", "news_content", "news_pubtime")])
def test_names_that_a_source_has_made_for_itself(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = only_document(read_bytes(tmp_path, "a.csv", f"{','.join(names)}\n7,{ONE},2021-03-03\n".encode()))
    assert (kept_lines(found["text"]), found["meta_published"]) == ([ONE], "2021-03-03")


@pytest.mark.parametrize(
    ("names", "title"),
    [(("AName", "AContent"), "清河"), (("稿件名称", "稿件内容"), "清河"), (("userName", "AContent"), None)],
)
def test_name_that_begins_as_that_of_the_text_is_its_title(
    tmp_path: Path, names: tuple[str, ...], title: str | None
) -> None:
    found = only_document(read_bytes(tmp_path, "a.csv", f"id,{','.join(names)}\n7,清河,{ONE}\n".encode()))
    assert found["meta_title"] == title


def test_two_names_that_end_alike_are_no_guess(tmp_path: Path) -> None:
    data = f"标题,回复内容,来信内容\n清河,{ONE},{OTHER}\n".encode()
    assert only_reason(read_bytes(tmp_path, "a.csv", data)) == "no_text"


def test_front_matter_tells_of_the_text_below_it(tmp_path: Path) -> None:
    told = "---\ntitle: 清河县部署春灌\ndate: 2021-03-03T08:00:00+08:00\ntags: [要闻]\nurl: https://n.example/1\n---\n"
    found = only_document(read_bytes(tmp_path, "a.md", f"{told}\n{ONE}\n\n{OTHER}\n".encode()))
    assert (found["meta_title"], found["meta_published"]) == ("清河县部署春灌", "2021-03-03")
    assert kept_lines(found["text"]) == ["清河县部署春灌", ONE, OTHER]


@pytest.mark.parametrize(("heading", "kept"), [("# 清河县部署春灌", 0), ("## 清河县部署秋收", 1)])
def test_heading_below_front_matter_that_repeats_the_title_is_not_kept_twice(
    tmp_path: Path, heading: str, kept: int
) -> None:
    data = f"---\ntitle: 清河县部署春灌\nurl: https://n.example/1\n---\n\n{heading}\n\n{ONE}\n".encode()
    found = only_document(read_bytes(tmp_path, "a.md", data))
    assert kept_lines(found["text"]) == ["清河县部署春灌", *[heading] * kept, ONE]


@pytest.mark.parametrize(
    "text", [f"---\n清河县部署春灌\n---\n{ONE}", f"---\n备注: 春灌\n---\n{ONE}", f"---\na: [\n---\n{ONE}"]
)
def test_lines_between_rules_that_tell_nothing_are_text(tmp_path: Path, text: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.txt", text.encode()))
    assert "\n".join(kept_lines(found["text"])) == text


def _mail(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "转发: 清河县部署春灌", "Wed, 03 Mar 2021 08:00:00 +0800"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(f"{ONE}\n\n{OTHER}\n")
    return mail


def test_mail_is_its_text_under_its_subject(tmp_path: Path) -> None:
    found = only_document(read_bytes(tmp_path, "a.eml", bytes(_mail(From="a@n.example"))))
    assert (found["meta_title"], found["meta_published"]) == ("清河县部署春灌", "2021-03-03")
    assert kept_lines(found["text"]) == ["清河县部署春灌", ONE, OTHER]


def test_texts_attached_to_a_mail_are_documents_and_other_files_are_told(tmp_path: Path) -> None:
    mail = _mail()
    mail.add_attachment(OTHER.encode("gb18030"), maintype="text", subtype="plain", filename="附.txt")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="附.pdf")
    result = read_bytes(tmp_path, "a.txt", bytes(mail))
    assert [texts for _, texts in _told(result.documents)] == [["清河县部署春灌", ONE, OTHER], [OTHER]]
    assert only_reason(ReadResult(result.documents.clear(), result.rejections)) == "unsupported_format"
    assert "附.pdf" in str(result.rejections["message"][0])


def test_page_saved_as_one_file_is_read_as_the_page(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><head><title>清河县部署春灌_清河网</title></head><body><h1>清河县部署春灌</h1>"
    page = quopri.encodestring(f"{page}<p>{ONE}</p><p>{OTHER}</p></body></html>".encode()).decode()
    address = "Content-Location: https://n.example/a.html\n"
    saved = (
        f"From: <Saved by X>\nSnapshot-{address}MIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--b--"\n\n'
        f"----b--\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n{address}\n{page}\n"
        "----b--\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n----b----\n"
    )
    found = only_document(read_bytes(tmp_path, "a.mht", saved.encode()))
    assert (found["media_type"], found["source_uri"]) == ("text/html", "https://n.example/a.html")
    assert kept_lines(found["text"]) == ["清河县部署春灌", ONE, OTHER]


@pytest.mark.parametrize("text", [f"Subject: 春灌\nFrom: 清河\n\n{ONE}", f"Note: {ONE}\n\nContent-Type: 春灌"])
def test_lines_that_only_look_like_a_header_are_text(tmp_path: Path, text: str) -> None:
    assert only_document(read_bytes(tmp_path, "a.txt", text.encode()))["media_type"] == "text/plain"


def test_mail_of_countless_parts_is_refused(tmp_path: Path) -> None:
    data = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(5000)).encode()
    assert only_reason(read_bytes(tmp_path, "a.eml", data)) == "depth_limit"


def test_only_headline_of_a_text_in_markdown_is_its_title(tmp_path: Path) -> None:
    text = f"### 春灌时节\n\n# 清河县部署春灌\n\n{ONE}\n\n**水从哪里来**\n\n{OTHER}\n"
    found = only_document(read_bytes(tmp_path, "a.md", text.encode()))
    assert (found["media_type"], found["meta_title"], found["meta_line"]) == ("text/markdown", "清河县部署春灌", 1)


@pytest.mark.parametrize(
    "text",
    [
        f"# 清河县部署春灌\n{ONE}\n# 丁江市开通公交\n{OTHER}",
        f"# 清河要闻\n## 清河县部署春灌\n{ONE}\n## 丁江市开通公交\n{OTHER}",
        f"{OTHER}\n# 清河县部署春灌\n{ONE}",
        "# 清河县部署春灌\n- 渠道\n- 机井",
    ],
)
def test_other_texts_in_markdown_name_no_headline(tmp_path: Path, text: str) -> None:
    found = only_document(read_bytes(tmp_path, "a.md", text.encode()))
    assert (found["media_type"], found["meta_title"]) == ("text/plain", None)
