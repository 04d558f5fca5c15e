"""Glosses that a machine put between the bytes of two characters of GBK text."""

import pytest

from tasks.read.encoding import decode

GLOSSED = "施工隊(duì)把舊(jiù)石頭運(yùn)到後(hòu)山，"
CASES = [
    (
        "村民們?cè)缫巡蛔吣菞l(tiáo)小路。",
        "村民們早已不走那條(tiáo)小路。",
        "們早 holds the bytes of 冊: off by one up to a letter",
    ),
    ("候車?zhuàn)业臒?dēng)從來沒(méi)有亮過。", "候車室的燈(dēng)從來沒(méi)有亮過。", "the gloss of 燈 ends it"),
    ("候車\ufffd(zhuàn)业臒\ufffd(dēng)亮了。", "候車室的燈(dēng)亮了。", "another decoder loses the byte alone"),
    ("來年燈從(cóng)?nì)頉](méi)有亮過。", "來年燈從(cóng)來沒(méi)有亮過。", "從 has its own gloss before"),
    ("村民?shǐ)?men)早已不走。", "村民們(men)早已不走。", "one character, parted by one gloss and read by the other"),
    ("抗?fàn)幍膰?yán)重影響。", "抗?fàn)幍膰?yán)重影響。", "嚴 or 嚥: the text has neither elsewhere"),
    ("嚴(yán)格地抗?fàn)幍膰?yán)重影響。", "嚴(yán)格地抗爭的嚴(yán)重影響。", "嚴 stands elsewhere"),
    ("預計?huà)衲暄雌谝郧巴旯ぁ", "預計?huà)衲暄雌谝郧巴旯ぁ", "nothing says where the text is in step again"),
    ("他問誰來開門?(méi)有人說話。", "他問誰來開門?(méi)有人說話。", "a question: no character has these bytes"),
    ("你吃飯了嗎?ok)好的。", "你吃飯了嗎?ok)好的。", "no reading"),
]


@pytest.mark.parametrize(("split", "whole", "why"), CASES, ids=[case[2] for case in CASES])
def test_split_glosses_are_undone_where_bytes_and_readings_agree(split: str, whole: str, why: str) -> None:
    assert decode((GLOSSED + split).encode()).text == GLOSSED + whole, why


@pytest.mark.parametrize("split", [case[0] for case in CASES], ids=[case[2] for case in CASES])
def test_split_glosses_stay_in_a_text_without_readings(split: str) -> None:
    plain = "施工队把旧石头运到后山，" + split.replace("嚴(yán)格地", "").replace("從(cóng)", "從")
    assert decode(plain.encode()).text == plain
