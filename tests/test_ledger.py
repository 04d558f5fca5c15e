"""Conservation: where every content character went, and that a step which loses or invents one is caught."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks import clean
from tasks.clean.marks import CLOSE, OPEN
from tasks.clean.strip import strip_marked
from tasks.content import content_table, count_content, decode, encode, lengths
from tasks.look import look
from tests.curating import curated, documents

MARKED = f"省{OPEN['annotation']}(sheng){CLOSE}委{OPEN['site_chrome']}分享 到{CLOSE}"


def tiles(spans: pl.DataFrame, view: str) -> bool:
    """The spans hold every content character of the view once, in order."""
    held = "".join(view[start:end] for start, end in spans.sort("start").select("start", "end").iter_rows())
    content = content_table()
    return [c for c in held if content[ord(c)]] == [c for c in view if content[ord(c)]]


def test_strip_keeps_what_no_step_marked() -> None:
    done = strip_marked(look(pl.Series([MARKED])), pl.Series([MARKED]))
    assert done.texts.to_list() == ["省委"]
    assert done.origin.step.tolist() == [0, 4, 4, 4, 4, 4, 0, 1, 1, 1]


def test_strip_names_the_document_whose_content_changed_in_number() -> None:
    done = strip_marked(look(pl.Series(["一二", "三四"])), pl.Series(["一二", "三"]))
    assert done.broken == [1]
    assert done.texts.to_list() == ["一二", ""]


def test_codes_and_texts_are_inverse() -> None:
    texts = pl.Series(["", "中文 abc", "𠮷野家\n", "é"])
    assert decode(encode(texts), lengths(texts)).to_list() == texts.to_list()


def test_marks_and_spaces_are_no_content() -> None:
    assert count_content(pl.Series(["一、a1 ，。“”—\ufdd0\n", ""])).tolist() == [3, 0]


def test_spans_tile_the_decoded_view_of_a_page_with_everything() -> None:
    text = (
        "云江日报 2021年7月20日 星期二 第2版\n\n要闻\n\n防汛工作会议召开\n\n本报讯（记者 李书田）7月19日，"
        "会议在临渚召开。省(sheng)委(wei)要求做好准备。\n\n责任编辑：王一"
    )
    spans = curated(text).tables["spans"]
    assert tiles(spans, text)
    assert set(spans["fate"]) >= {"title", "paragraph", "removed"}
    assert spans.filter(pl.col("fate") == "removed")["text"].null_count() == 0


def test_source_span_of_a_sentence_holds_its_text() -> None:
    text = "会议召开了。\n\n大家都来参加，讨论热烈。最后作出了决定。"
    sentences = curated(text).tables["sentences"]
    assert [text[a:b] for a, b in sentences.select("source_start", "source_end").iter_rows()] == [
        "会议召开了",
        "大家都来参加，讨论热烈",
        "最后作出了决定",
    ]


@pytest.mark.parametrize(
    "change", [("会议", "会"), ("会议", "会议议"), ("会议", "大会")], ids=["loses", "invents", "changes"]
)
def test_step_that_breaks_conservation_is_caught(change: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.col("text").str.replace_all(*change, literal=True))

    monkeypatch.setattr(clean, "CHARACTERS", (*clean.CHARACTERS, breaks))
    whole, sound = "会议召开了。大家都来参加。", "路修好了，大家很高兴。"
    broken = curated(whole, sound).broken
    assert broken["document_id"].to_list() == documents(whole)["document_id"].to_list()


TEXT = st.text(
    st.sampled_from(
        list("省委会议召开，。：“”（）()[],.;:!? \n\u3000一1２Ａa書記(sheng)ㄕ第条、￥㎡①😀\ufeff\u200b\x00\ue000")
    ),
    max_size=120,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4, unique=True))
def test_no_text_breaks_conservation(texts: list[str]) -> None:
    found = curated(*texts)
    assert found.broken.is_empty()
    names = documents(*texts)["document_id"]
    for name, text in zip(names, texts, strict=True):
        assert tiles(found.tables["spans"].filter(pl.col("document_id") == name), text)
