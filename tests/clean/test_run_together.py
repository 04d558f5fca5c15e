"""Texts that were run together without spaces are cut where an outline or a formula opens a paragraph."""

from typing import NamedTuple

import polars as pl
import pytest

from tasks.clean import letter_spacing, lines, run_together, unflatten

_DUTY = (
    "各村要把渠道修好，把砂石备好，把人员组织好，确保今年安全度汛，不出一起险情，不伤一个人，不毁一亩田，也不让一个群众受灾，"
    "有困难的村要及时向镇里报告，由镇里统一协调解决，各村之间也要互相支援，谁家有船谁家有泵都要登记在册，随时听候调用，"
)


class Case(NamedTuple):
    """Lines of a text, and the pieces that they are cut into (`None`: as they are)."""

    label: str
    before: list[str]
    after: list[str] | None
    why: str


CASES = [
    Case(
        "headline and outline",
        [
            f"环湖镇防汛工作总结为进一步做好防汛工作，{_DUTY}现总结如下：一、加强领导。各村都有人负责。"
            "二、强化宣传，营造氛围（一）办好专栏。各村都有。（二）开好会议。每月一次。三、下一步的打算。继续努力。"
        ],
        [
            "环湖镇防汛工作总结",
            f"为进一步做好防汛工作，{_DUTY}现总结如下：",
            "一、加强领导。各村都有人负责。",
            "二、强化宣传，营造氛围",
            "（一）办好专栏。各村都有。",
            "（二）开好会议。每月一次。",
            "三、下一步的打算。继续努力。",
        ],
        "numbers in turn behind ends, a heading before its first clause",
    ),
    Case(
        "whom a speech is for",
        [f"在全镇防汛工作会议上的讲话同志们：今天的会议很重要，{_DUTY}下面我讲三点意见。{_DUTY}大家辛苦了。"],
        [
            "在全镇防汛工作会议上的讲话",
            "同志们：",
            f"今天的会议很重要，{_DUTY}下面我讲三点意见。{_DUTY}大家辛苦了。",
        ],
        "a speech opens so",
    ),
    Case(
        "a copy's number behind the headline",
        [
            f"2021年防汛会议主持讲话3今天，镇党委、镇政府决定召开防汛工作会议，{_DUTY}下面我讲三点意见。{_DUTY}大家辛苦了。"
        ],
        [
            "2021年防汛会议主持讲话3",
            f"今天，镇党委、镇政府决定召开防汛工作会议，{_DUTY}下面我讲三点意见。{_DUTY}大家辛苦了。",
        ],
        "sites number the texts of a collection",
    ),
    Case(
        "clauses of one sentence",
        [f"会议指出，总体要求是：一、早动员；二、早部署；三、早落实，{_DUTY}{_DUTY}大家辛苦了。"],
        None,
        "no sentence ends before the second number",
    ),
    Case(
        "one number alone",
        [f"会议指出，{_DUTY}总体要求如下：一、早动员，早部署。{_DUTY}大家辛苦了。"],
        None,
        "nothing comes after it",
    ),
    Case(
        "a text in lines",
        ["环湖镇防汛工作总结", *[f"要求如下：一、早动员。二、早部署。{_DUTY}大家辛苦了。", "会议还听取了汇报。"] * 3],
        None,
        "its paragraphs are lines already",
    ),
    Case(
        "headings that ask",
        [f"一、为何修渠？{_DUTY}{_DUTY}大家辛苦了。二、怎么修渠？{_DUTY}渠道由各村修。三、何时修好？汛前。"],
        [
            "一、为何修渠？",
            f"{_DUTY}{_DUTY}大家辛苦了。",
            "二、怎么修渠？",
            f"{_DUTY}渠道由各村修。",
            "三、何时修好？",
            "汛前。",
        ],
        "numbers in turn from the first character on",
    ),
    Case(
        "articles and the notice above them",
        [
            "各村，镇直各单位：现将《环湖镇渠道办法》印发给你们，请照此办理。环湖镇人民政府2021年3月5日（此件公开发布）"
            "环湖镇渠道办法"
            f"第一章  总  则第一条  为管好渠道，制定本办法。第二条  渠道由各村管。"
            f"前款所称各村，包括社区。{_DUTY}大家辛苦了。"
            f"第三条  有下列情形之一的，由镇里管：（一）跨村的；（二）通航的。{_DUTY}"
        ],
        [
            *("各村，镇直各单位：", "现将《环湖镇渠道办法》印发给你们，请照此办理。"),
            *("环湖镇人民政府", "2021年3月5日", "（此件公开发布）", "环湖镇渠道办法"),
            *("第一章 总 则", "第一条 为管好渠道，制定本办法。", "第二条 渠道由各村管。"),
            f"前款所称各村，包括社区。{_DUTY}大家辛苦了。",
            *("第三条 有下列情形之一的，由镇里管：", "（一）跨村的；", f"（二）通航的。{_DUTY}"),
        ],
        "a space stands behind the number of an article",
    ),
    Case(
        "articles that a sentence names",
        [f"会议学习了办法。第二条是重点。{_DUTY}根据办法第三条 渠道由各村管。{_DUTY}大家辛苦了。"],
        None,
        "no number with a space behind it opens a sentence",
    ),
    Case(
        "parts of a judgment",
        [
            f"公诉机关环湖县人民检察院。被告人周某，男，农民。环湖县人民检察院指控：被告人周某拆毁了渠道。{_DUTY}大家辛苦了。"
            f"上述事实，有证言证实。{_DUTY}大家辛苦了。本院认为，被告人周某的行为已构成犯罪。"
        ],
        [
            "公诉机关环湖县人民检察院。",
            "被告人周某，男，农民。",
            f"环湖县人民检察院指控：被告人周某拆毁了渠道。{_DUTY}大家辛苦了。",
            f"上述事实，有证言证实。{_DUTY}大家辛苦了。",
            "本院认为，被告人周某的行为已构成犯罪。",
        ],
        "formulas open them",
    ),
    Case(
        "a court in the news",
        [f"昨天，法院宣判。{_DUTY}经审理查明的事实很清楚，被告人周某，一言不发。{_DUTY}大家都来听。"],
        None,
        "no part of a judgment begins with 本院认为",
    ),
    Case(
        "a document named in the first sentence",
        [f"镇政府昨天印发了通知，根据通知的要求，{_DUTY}{_DUTY}大家辛苦了。"],
        None,
        "a mark stands before the name",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_run_together_case_gives_its_pieces(case: Case) -> None:
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series(["\n".join(case.before)]))))
    assert run_together.part(frame)["text"].to_list() == (case.after or case.before), case.why
