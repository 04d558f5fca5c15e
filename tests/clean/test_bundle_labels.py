"""What a share site puts before the title of a bundle."""

import polars as pl
import pytest

from tasks.clean import bundle_labels
from tasks.clean.marks import CLOSE, OPEN
from tests.curating import articles

TITLE = "在全县春灌工作部署会议上的讲话"
SPEECH = "同志们：今天召开全县春灌工作部署会议。下面，我讲三点意见。一要抓紧清淤。二要检修机井。三要节约用水。"


@pytest.mark.parametrize("label", ["2篇2020-2021", "3篇", "2 篇 2020-2021 ", "12篇2019—2020年度"])
def test_label_goes_wherever_the_title_stands(label: str) -> None:
    spaced = TITLE.replace("部署", "部署 ")
    text = f"{label}{TITLE}\n\n文档介绍\n\n{label}{spaced} {SPEECH} 谢谢大家！ 2020-2021 {spaced} {SPEECH}"
    found = articles(text)
    assert [a["title"] for a in found] == [TITLE]
    assert found[0]["paragraphs"] == [f"{TITLE}{SPEECH}谢谢大家！", f"{TITLE}{SPEECH}"]


@pytest.mark.parametrize(
    "text",
    [
        "3篇论文入选国际灌溉会议\n\n会议昨日公布名单。",
        f"{TITLE}（3篇）\n\n2020-2021年度，全县完成春灌三次。",
        "2篇报道\n\n2020-2021年度，全县完成春灌三次。",
    ],
)
def test_counts_that_a_text_means_stay(text: str) -> None:
    assert bundle_labels.run(pl.Series([text])).to_list() == [text]


def test_years_elsewhere_stay() -> None:
    text = f"2篇2020-2021{TITLE}\n\n2020-2021年度完成春灌三次。"
    mark = OPEN["site_chrome"]
    assert bundle_labels.run(pl.Series([text])).to_list() == [f"{mark}2篇2020-2021{CLOSE}{text[11:]}"]
