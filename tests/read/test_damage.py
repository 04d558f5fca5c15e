"""Damage that must be flagged, with its place, and text that only looks odd and must not be."""

import polars as pl
import pytest

from tasks.read.damage import DAMAGE, find_damage

CLEAN = "云江市政府昨日召开常务会议，研究部署防汛救灾工作，会议由王正海主持。"

FLAGGED = [
    ("replacement characters", f"{CLEAN}\ufffd\ufffd会议", "lost_bytes", "\ufffd\ufffd"),
    ("lost byte left a question mark", f"{CLEAN}在美?，群众", "lost_bytes", "?"),
    ("second byte left alone", f"{CLEAN}截至今天北京曢g今天", "lost_bytes", "曢g"),
    ("decoded twice and filled up", f"{CLEAN}锟斤拷锟斤拷。", "lost_bytes", "锟斤拷锟斤拷"),
    (
        "UTF-8 read as GBK",
        CLEAN.encode().decode("gbk", "replace"),
        "double_encoding",
        CLEAN.encode().decode("gbk", "replace"),
    ),
    ("UTF-8 read as Latin-1 in one line", f"{CLEAN}\n{'防汛救灾'.encode().decode('latin-1')}", "mojibake", None),
]

SOUND = [
    ("plain text", CLEAN),
    ("question in a half-width text", "怎么办?我们要加强巡查,落实责任,确保安全,不留死角."),
    ("question at the end of a line", f"{CLEAN}怎么办?\n加强巡查。"),
    ("letters between Han", f"{CLEAN}卡拉OK，A股，T恤，B超。"),
    ("names with rare characters", f"{CLEAN}王喆、李堃、张玥、陈昉。"),
    ("western words", f"{CLEAN}Café、naïve、Ångström。"),
    ("a character that double encoding likes", f"{CLEAN}绗缝、浜岩、鍦。"),
]


def _find(text: str) -> pl.DataFrame:
    return find_damage(pl.DataFrame({"document_id": ["d"], "text": [text]}))


@pytest.mark.parametrize(("text", "kind", "place"), [case[1:] for case in FLAGGED], ids=[case[0] for case in FLAGGED])
def test_damage_is_flagged_at_its_place(text: str, kind: str, place: str | None) -> None:
    row = _find(text).row(0, named=True)
    assert row["kind"] == kind
    assert row["text"] == text[row["start"] : row["end"]]
    assert place is None or row["text"] == place


@pytest.mark.parametrize("text", [case[1] for case in SOUND], ids=[case[0] for case in SOUND])
def test_sound_text_is_not_flagged(text: str) -> None:
    found = _find(text)
    assert found.schema == pl.Schema(DAMAGE)
    assert found.is_empty()


def test_offsets_count_without_marks() -> None:
    row = _find("\ufdd0导航\ufdef\n正文\ufffd。").row(0, named=True)
    assert (row["start"], row["end"]) == (5, 6)
