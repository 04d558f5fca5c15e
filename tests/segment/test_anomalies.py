"""What is odd and kept is found in a paragraph, with its kind and place."""

import polars as pl
import pytest

from tasks.segment import anomalies

CASES = [
    ("placeholder", "累计确诊X万多例", [("placeholder", "X")]),
    ("stray word", "文明素质 and 自我保护能力", [("stray_word", " and ")]),
    ("mobile", "有事请打13912345678找老段", [("phone_number", "13912345678")]),
    ("landline", "热线0999-6666123开通", [("phone_number", "0999-6666123")]),
    ("identity", "身份证号110101199003071234，已核对", [("identity_number", "110101199003071234")]),
    ("document number", "国办发〔2020〕12345678号", []),
    ("count", "总额139123456789元，编号20200307123456", []),
    ("model number", "机组2X350MW投产", []),
    ("mail", "来信请寄news.ed@example.com.cn，谢谢", [("email", "news.ed@example.com.cn")]),
    ("handle", "关注@云江发布", []),
    ("jyutping", "廣（gwong2）東（dung1）話", [("gloss", "（gwong2）"), ("gloss", "（dung1）")]),
    ("carbon dioxide", "减排（co2）成效明显", []),
    ("number in pieces", "自2 0 2 0年起", [("split_number", "2 0 2 0")]),
    ("a score", "以3 1取胜，共1 000人", []),
    ("escapes", "会议指出\\u3000要抓落实\\n", [("escape", "\\u3000"), ("escape", "\\n")]),
    ("cut off", "会议要求各地抓好……[详细]", [("cut_off", "…[详细]")]),
    ("an ellipsis that is meant", "还有桃、李、杏……更多品种正在试种。", []),
    ("inserted source", "会议要求（本文来源：某某网）抓好落实", [("inserted_source", "（本文来源：某某网）")]),
    ("definition", "本办法（以下简称办法）来源于实践", []),
    ("solicitation", "办理业务请加微信abc12345咨询", [("solicitation", "加微信abc12345")]),
    ("about an app", "可以通过微信公众号查询", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_anomalies_case_is_found(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = anomalies.find(pl.DataFrame({"row": [7], "text": [text]}))
    assert found.select("kind", "text").rows() == expected, name
    assert all(text[at : at + len(part)] == part for at, part in found.select("at", "text").iter_rows())
