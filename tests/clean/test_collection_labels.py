"""The number of a text in a collection stands on a line of its own, also where its headline stands behind it."""

import polars as pl
import pytest

from tasks.clean import collection_labels, lines, unflatten

_SPEECH = "在全县防汛工作会议上的讲话"


def _parted(text: str) -> list[str]:
    return collection_labels.part(unflatten.split(lines.explode(pl.Series([text]))))["text"].to_list()


@pytest.mark.parametrize("label", ["篇一：", "范文2：", "【第三篇】：", "例文三: ", "四范文：", "二、范文如下："])
def test_number_before_a_headline_gets_a_line_of_its_own(label: str) -> None:
    assert _parted(f"{label}{_SPEECH}\n同志们：\n今天召开会议。") == [
        label.strip(),
        _SPEECH,
        "同志们：",
        "今天召开会议。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"{_SPEECH}（篇一）",
        "这是他的第一篇：写得不长，却很有味道。",
        "范文一：见附",
        "篇幅一：两千字",
        "模板厂今天开工：预计年产三万套",
    ],
)
def test_other_lines_stay_whole(line: str) -> None:
    assert _parted(f"{line}\n今天召开会议。")[0] == line


@pytest.mark.parametrize("label", ["范文1", "范例一"])
def test_number_that_opens_a_flattened_text_gets_a_line_of_its_own(label: str) -> None:
    text = " ".join(
        [
            label,
            _SPEECH,
            "今天召开会议，部署全县防汛抗旱和地质灾害防治各项工 作，听取各方面的意见。",
            "各乡镇要切实落 实责任，按时完成任务。",
        ]
        * 3
    )
    assert _parted(text)[0] == label
