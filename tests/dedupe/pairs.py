"""Pairs of texts, as data: what is a copy of what, and what only looks like one."""

from dataclasses import dataclass

NOTICE = (
    "各乡镇人民政府，县直各部门：\n"
    "为做好今年汛期的水库安全管理工作，经县防汛指挥部研究，现将有关事项通知如下。\n"
    "一、自6月1日起，全县12座小型水库实行昼夜值班，每班不少于三人，值班记录当日上报。\n"
    "二、库区道路实行封闭管理，非防汛车辆不得进入，确需通行的，须经水务站同意。\n"
    "三、坝体出现渗漏、裂缝等险情的，应当在十分钟内报告，并组织下游群众转移。\n"
    "四、各乡镇要备足编织袋、砂石料和照明设备，老旧启闭机要逐台检修，不能带病运行。"
)


@dataclass(frozen=True)
class Pair:
    label: str
    before: str
    after: str
    copy: bool
    why: str


def _changed(label: str, old: str, new: str, *, copy: bool, why: str) -> Pair:
    assert old in NOTICE, label
    return Pair(label, NOTICE, NOTICE.replace(old, new, 1), copy, why)


PAIRS = (
    Pair("the same", NOTICE, NOTICE, copy=True, why="nothing differs"),
    Pair("other marks", NOTICE, NOTICE.replace("，", ",").replace("。", "."), copy=True, why="marks are not compared"),
    Pair("spaces", NOTICE, NOTICE.replace("12", " 12 "), copy=True, why="spaces are not compared"),
    Pair("mark-up left", NOTICE, f"<p><strong>{NOTICE}</strong></p>&nbsp;", copy=True, why="mark-up says nothing"),
    Pair("credit added", NOTICE, f"{NOTICE}\n（来源：云江县人民政府网站）", copy=True, why="a line at the edge"),
    Pair("headline kept", NOTICE, f"关于做好汛期水库安全管理工作的通知\n{NOTICE}", copy=True, why="a line at the edge"),
    Pair("quoted headline kept", NOTICE, f"水库来了“值班员”\n{NOTICE}", copy=True, why="a line at the edge"),
    Pair("stamp added", NOTICE, f"{NOTICE}\n(更新时间: 1690000000000)", copy=True, why="a line at the edge"),
    _changed("typo", "检修", "捡修", copy=True, why="one character"),
    _changed("character lost", "照明设备", "照明设", copy=True, why="one character"),
    _changed("character doubled", "通知如下", "通知知如下", copy=True, why="one character"),
    _changed("another day", "6月1日", "6月2日", copy=False, why="a date"),
    _changed("another month", "6月1日", "10月1日", copy=False, why="a date"),
    _changed("another figure", "12座", "18座", copy=False, why="a number"),
    _changed("a figure shortened", "12座", "2座", copy=False, why="a number"),
    _changed("a Han figure", "不少于三人", "不少于五人", copy=False, why="a number"),
    _changed("denial dropped", "不能带病", "能带病", copy=False, why="a denial"),
    _changed("denial swapped", "不得进入", "可得进入", copy=False, why="a denial"),
    _changed("opposite", "下游群众", "上游群众", copy=False, why="an opposite"),
    _changed("clause dropped", "，并组织下游群众转移", "", copy=False, why="a clause"),
    _changed("clause added", "逐台检修", "逐台检修，闸门要除锈上漆", copy=False, why="a clause"),
    _changed("word replaced", "水务站", "指挥部", copy=False, why="another word, another duty"),
    Pair(
        "figures changed places",
        NOTICE,
        NOTICE.replace("三人", "某人").replace("十分钟", "三分钟").replace("某人", "十人"),
        copy=False,
        why="the same figures of other things",
    ),
    _changed("item repeated", "值班记录当日上报。", "值班记录当日上报，值班记录当日上报。", copy=False, why="a clause"),
)
