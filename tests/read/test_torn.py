"""Characters torn by readings that a machine wrote between the bytes of GBK text."""

import pytest

from tasks.read.encoding import decode

GLOSSED = "這是一個(gè)會(huì)議(yì)的時(shí)間(jiān)。"
CASES = [
    ("今天的日?qǐng)?bào)寫道", "今天的日報(bào)寫道", "two bytes of one character parted by the reading of another"),
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
