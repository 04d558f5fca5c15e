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
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_anomalies_case_is_found(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = anomalies.find(pl.DataFrame({"row": [7], "text": [text]}))
    assert found.select("kind", "text").rows() == expected, name
    assert all(text[at : at + len(part)] == part for at, part in found.select("at", "text").iter_rows())
