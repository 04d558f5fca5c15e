"""Characters torn by readings that a machine wrote between the bytes of GBK text."""

import pytest

from tasks.read.encoding import decode

GLOSSED = "這是一個(gè)會(huì)議(yì)的時(shí)間(jiān)。"
CASES = [
    ("今天的日?qǐng)?bào)寫道", "今天的日報(bào)寫道", "two bytes of one character parted by the reading of another"),
    ("他說“行得通?！边@是好", "他說“行得通?”這是好", "a sign between Han characters"),
    ("教師或?qū)W生都來", "教師或學生都來", "the second byte passes for a letter"),
    ("“藝絕?！币虼?，大家", "“藝絕?”因?，大家", "a byte lost on either side"),
    ("真的嗎?他說嗎?，好", "真的嗎?他說嗎?，好", "two questions"),
    ("山路漫漫?；厥讱v史，人們", "山路漫漫?回首歷史，人們", "read one byte late up to a letter"),
    ("辦法?？偨Y(jié)起來", "辦法?總結(jié)起來", "the reading behind proves it"),
    ("辦法??偨Y(jié)起來", "辦法?總結(jié)起來", "marks made narrow"),
    ("來到這里?！L(zhǎng)江", "來到這里?！L(zhǎng)江", "not what the reading says"),
    ("真的嗎?不是A的問題", "真的嗎?不是A的問題", "a question"),
    ("真的嗎?他說", "真的嗎?他說", "a question"),
    ("日?qǐng)?huì)開了", "日?qǐng)?huì)開了", "no character has these bytes"),
]


@pytest.mark.parametrize(("torn", "whole", "why"), CASES, ids=[case[2] + case[0] for case in CASES])
def test_torn_characters_come_back_where_bytes_and_readings_agree(torn: str, whole: str, why: str) -> None:
    assert decode((GLOSSED + torn).encode()).text == GLOSSED + whole, why


@pytest.mark.parametrize("torn", [case[0] for case in CASES])
def test_torn_characters_stay_in_a_text_without_readings(torn: str) -> None:
    assert decode(("这是一次会议的时间。" + torn).encode()).text == "这是一次会议的时间。" + torn


def test_torn_traditional_text_needs_no_readings() -> None:
    torn = "湖邊的風景很好，村裡的人們都說這條路修得值?扒уN萬鑿出深山，這話不錯。"
    assert "?千錘萬鑿" in decode(torn.encode()).text
