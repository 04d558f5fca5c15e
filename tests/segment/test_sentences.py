"""Sentences tile their paragraph and end where the house rule says."""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.segment.sentences import sentence_ends, split_sentences

# Label, the sentences of one paragraph, why.
CASES = [
    ("plain", ["会议开始。", "会议结束！", "还有吗？"], "the three stops"),
    ("semicolon", ["一是调查；二是整改；三是验收。"], "； never ends one"),
    ("run of stops", ["真的吗？！", "真的……", "好。"], "stops in a row are one"),
    ("no stop at the end", ["一、总体要求"], "a paragraph's end is a sentence's end"),
    ("speech after a quote", ["“宁可多跑一趟。”段一子说。", "他记住了。"], "the words after it belong to it"),
    ("text after a quote", ["“宁可多跑一趟。”", "随后，大家分头出发。"], "no verb of speech follows in its clause"),
    ("verb in a later clause", ["“宁可多跑一趟。”", "出发前，段一子说。"], "the clause behind the quote has none"),
    ("colon before a quote", ["段一子说：“多跑一趟。”", "汤小雨表示同意。"], "a quote led in by a colon is complete"),
    ("chained quotes", ["他问：“几时走？”", "“现在。”", "“好。”", "段一子说完就走。"], "the chain keeps its colon"),
    ("stop inside brackets", ["水厂（见图。不含支管）已经完工。", "验收。"], "deeper stops end nothing"),
    ("stop closes a bracket", ["（以上内容自公布之日起施行。）", "特此通知。"], "closing marks go with the stop"),
    ("nested quotes", ["他说：“段一子问‘几时走？’，我没有答。”", "完了。"], "only the outermost close counts"),
    ("both levels close", ["他说：“段一子问：‘几时走？’”", "完了。"], "two closing marks, one end"),
    ("stop inside a title", ["《谁来保洁？如何保洁》发表后，反响热烈。"], "a stop in a title ends nothing"),
    (
        "stop closes a title",
        ["《谁来保洁？》", "发表后，反响热烈。"],
        "R8 lets any closing mark end it; a verb is not asked for",
    ),
    ("unclosed quote", ["“各部门要履行职责。要抓好落实。"], "nothing ends inside an open quote"),
    ("stray closer", ["1）履行职责。", "2）抓好落实。"], "a closer that nothing opened is passed over"),
    ("crossed pairs", ["（他说“好）的”。", "走。"], "closing the outer one closes the inner one"),
    ("space between", ["开始。", " 结束。"], "a space goes with what follows"),
    ("decimal point", ["增长3.5%，达到1.2万吨。"], "a point in a number is no stop"),
]


@pytest.mark.parametrize(("sentences", "why"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sentences_case_is_cut_there(sentences: list[str], why: str) -> None:
    cut = split_sentences(pl.DataFrame({"text": ["".join(sentences)]}))
    assert cut["text"].to_list() == sentences, why


def test_sentences_of_a_batch_carry_their_paragraph_and_place() -> None:
    paragraphs = pl.DataFrame({"paragraph_id": ["p1", "p2", "p3"], "text": ["甲。乙。", "", "“丙。”丁说。戊"]})
    cut = split_sentences(paragraphs)
    assert cut.schema == pl.Schema(
        {"paragraph_id": pl.String, "ordinal": pl.Int32, "text": pl.String, "start": pl.Int32, "end": pl.Int32}
    )
    assert cut.rows() == [
        ("p1", 1, "甲。", 0, 2),
        ("p1", 2, "乙。", 2, 4),
        ("p3", 1, "“丙。”丁说。", 0, 7),
        ("p3", 2, "戊", 7, 8),
    ]


def test_sentences_of_nothing_are_none() -> None:
    assert split_sentences(
        pl.DataFrame({"row": [], "text": []}, schema={"row": pl.Int64, "text": pl.String})
    ).is_empty()
    assert split_sentences(pl.DataFrame({"text": ["", ""]})).is_empty()
    assert sentence_ends("") == []


@settings(max_examples=150, deadline=None)
@example(["（《）”“》。甲"])
@given(st.lists(st.text("。！？…“”‘’（）《》：，说a言\U00020000", max_size=24), max_size=6))
def test_sentences_tile_each_paragraph_and_agree_with_the_walk(texts: list[str]) -> None:
    cut = split_sentences(pl.DataFrame({"row": range(len(texts)), "text": texts}, schema_overrides={"text": pl.String}))
    for row, text in enumerate(texts):
        own = cut.filter(pl.col("row") == row)
        assert "".join(own["text"]) == text
        assert own["end"].to_list() == sentence_ends(text)


def _paragraphs(node: Any) -> list[str]:
    """All paragraphs of a reference, wherever they stand in it."""
    if isinstance(node, dict):
        own = [item if isinstance(item, str) else item["text"] for item in node.get("paragraphs", [])]
        return own + [text for value in node.values() for text in _paragraphs(value)]
    return [text for item in node for text in _paragraphs(item)] if isinstance(node, list) else []


def test_sentences_of_every_reference_end_where_the_metric_says(shared: Path) -> None:
    sys.path.insert(0, str(shared))
    import score  # type: ignore[import-not-found]

    files = [*(shared / "noised/gold").glob("*.json"), *(shared / "reference").glob("*.json")]
    files.append(shared / "data/pdf_pages/truth.json")
    texts = [text for file in files for text in _paragraphs(json.loads(file.read_text(encoding="utf-8"))) if text]
    cut = split_sentences(pl.DataFrame({"row": range(len(texts)), "text": texts}))
    ends = cut.group_by("row", maintain_order=True).agg("end")["end"].to_list()
    assert ends == [score.sentence_ends(text) for text in texts]
