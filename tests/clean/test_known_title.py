"""The headline a page prints above a flattened text tells where the headline inside it ends."""

import polars as pl
import pytest

from tasks.clean import known_title, letter_spacing, lines, unflatten

_BODY = (
    "本报讯（记者 丁书田）环湖公路改造工程昨天全线 完工，沿线六个乡镇的群众出行更加方便。 "
    "这条公路始建于上世纪九十年代，路面老化严重， 改造后增设了非机动车道和观景平台。 "
    "市交通运输局负责人介绍，下一步将同步建设公交 站点，并完善沿线的照明和标志标线。"
)


def parted(text: str) -> list[tuple[str, bool | None]]:
    """The lines of a document after the step, with what is said of each."""
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series([text]))))
    return known_title.part(frame).select("text", "starts_paragraph").rows()


@pytest.mark.parametrize(
    ("page_title", "flat_title", "found"),
    [
        (
            "环湖公路改造全线完工 六乡镇受益_云江文库",
            "环湖公路改造全线 完工 六乡镇受益",
            "环湖公路改造全线完工 六乡镇受益",
        ),
        ("环湖公路改造全线完工.docx", "环湖公路改造全 线完工", "环湖公路改造全线完工"),
        ("【精品】环湖公路改造全线完工（共3页）", "环湖公路改造全线完工", "环湖公路改造全线完工"),
        ("《环湖公路改造全线完工》由会员分享，可在线阅读。", "环湖公路改造全线完工", "环湖公路改造全线完工"),
        ("环湖公路在云江的最后一段完工.docx", "环湖公路在云江的 最后一段完工", "环湖公路在云江的最后一段完工"),
    ],
)
def test_known_title_in_a_flattened_text_gets_a_line_of_its_own(page_title: str, flat_title: str, found: str) -> None:
    rows = parted(f"{page_title}\n下载积分：20\n{flat_title} {_BODY}")
    assert rows[2] == (found, True)
    assert rows[3][0].startswith("本报讯（记者")
    assert rows[3][1] is True


def test_known_title_behind_an_index_starts_after_it() -> None:
    rows = parted(f"环湖公路改造全线完工\n免费下载\n篇一： 环湖公路改造全 线完工 {_BODY}")
    assert [text for text, _ in rows[2:4]] == ["篇一：", "环湖公路改造全线完工"]


@pytest.mark.parametrize("above", ["临渚市社区书房开到家门口", "环湖", "环湖公路改造工程的通知已经印发给各乡镇和街道"])
def test_known_title_of_other_words_cuts_nothing(above: str) -> None:
    text = f"{above}\n下载积分：20\n环湖公路改造全线 完工 {_BODY}"
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series([text]))))
    assert known_title.part(frame).equals(frame)


def test_known_title_keeps_every_character_in_order() -> None:
    text = f"环湖公路改造全线完工 六乡镇受益\n环湖公路改造全线 完工 六乡镇受益 {_BODY}"
    assert "".join("".join(line for line, _ in parted(text)).split()) == "".join(text.split())


def test_known_title_of_no_lines_is_no_lines() -> None:
    assert parted("") == []


def _printed(head: str, text: str, width: int = 24) -> str:
    """A text in print lines of one width, run into one line; the first goes on behind the headline."""
    plain = text.replace(" ", "")
    first = width - len(head)
    return " ".join([head, plain[:first], *(plain[at : at + width] for at in range(first, len(plain), width))])


_DATED = _BODY.replace("本报讯（记者 丁书田）", "7月18日，") + _BODY.removeprefix("本报讯（记者 丁书田）")


def test_text_right_behind_the_known_title_goes_on_over_its_print_line() -> None:
    rows = parted(f"环湖公路改造全线完工.pdf\n会员免费下载\n{_printed('环湖公路改造全线完工', _DATED)}")
    assert rows[2:4] == [("环湖公路改造全线完工", True), ("7月18日，环湖公路改造工程", True)]
    assert rows[4][1] is False


@pytest.mark.parametrize(("above", "cut"), [("雨夜修路.pdf", True), ("雨夜修路", False)])
def test_short_name_is_known_in_a_sites_dress_alone(above: str, cut: bool) -> None:
    rows = parted(f"{above}\n会员免费下载\n{_printed('雨夜修路', _DATED)}")
    assert (rows[2][0] == "雨夜修路") is cut


def test_name_of_a_file_that_opens_a_flattened_line_names_its_title() -> None:
    rows = parted(f"环湖公路改造全线完工.docx 环湖公路改造全线完工 {_BODY}")
    assert [text for text, _ in rows[:2]] == ["环湖公路改造全线完工.docx", "环湖公路改造全线完工"]


@pytest.mark.parametrize("opens", ["环湖公路改造全线完工.", "详见附件环湖公路.方案", "www.yunjiang.gov.cn"])
def test_other_words_with_a_stop_in_them_open_no_line_of_their_own(opens: str) -> None:
    assert parted(f"{opens} 环湖公路改造全线完工 {_BODY}")[0][0] != opens


@pytest.mark.parametrize("before", ["上传人：zhouxiaohe12", "文档大小：310KB", "下载次数：52"])
def test_what_a_share_site_counts_stands_apart_from_the_headline_behind_it(before: str) -> None:
    rows = [
        text for text, _ in parted(f"会员免费下载 {before} 环湖公路改造全线完工 {_printed('', '今年' + _DATED)[1:]}")
    ]
    assert rows[:3] == ["会员免费下载", before, "环湖公路改造全线完工"]


@pytest.mark.parametrize("before", ["责任人：zhouxiaohe12", "共计：30"])
def test_other_values_are_not_parted_from_what_stands_behind_them(before: str) -> None:
    rows = [
        text for text, _ in parted(f"会员免费下载 {before} 环湖公路改造全线完工 {_printed('', '今年' + _DATED)[1:]}")
    ]
    assert rows[1].startswith(f"{before} 环湖公路")


def test_known_title_is_no_preview_of_the_text() -> None:
    preview = "环湖公路改造全线完工环湖公路改造工程昨天全线完工，沿线六个乡镇的群众出行更加方便，市里说，"
    text = "环湖公路改造工程昨天全线 完工，沿线六个乡镇的群众出行更加方便，市里说， "
    rows = parted(f"{preview}\n下载积分：20\n环湖公路改造全线完工 {text}{_BODY}")
    assert rows[0] == (preview, None)
    assert rows[2][0].startswith(f"环湖公路改造全线完工 {text}")


@pytest.mark.parametrize(
    ("above", "below", "rest"),
    [
        ("1. 环湖公路全线完工", "环湖公路全线完工 云江日报讯 环湖公路", "云江日报讯 环湖公路"),
        ("2021在全县防汛会议上的讲话", "在全县防汛会议上的讲话同志们：", "同志们："),
        ("罗坪县防汛工作报告", "罗坪县防汛工作报告 制定机关：罗坪县水利局", "制定机关：罗坪县水利局"),
    ],
)
def test_known_title_is_cut_off_the_line_below_it(above: str, below: str, rest: str) -> None:
    told = [text for text, _ in parted(f"{above}\n{below}{_BODY}\n{_BODY}")]
    assert told[1] in above
    assert told[2].startswith(rest)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("环湖公路全线完工", "环湖公路全线完工后，沿线群众出行更加方便。"),
        ("环湖公路全线完工，", "环湖公路全线完工， 沿线群众出行更加方便，大家都说好。"),
        ("环湖公路", "环湖公路 是一条致富路，沿线群众出行更加方便。"),
    ],
)
def test_known_title_that_a_sentence_begins_with_cuts_nothing(above: str, below: str) -> None:
    frame = unflatten.split(letter_spacing.close(lines.explode(pl.Series([f"{above}\n{below}"]))))
    assert known_title.part(frame).equals(frame)
