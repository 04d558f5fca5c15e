"""Takes the records out of a text of labelled lines: 标题：, 来源：, 时间：, then 正文： and the text itself.

Also what a text says of itself in front of it, between lines of `---` (YAML, as static sites keep it).
"""

import re
from datetime import date
from itertools import pairwise

import yaml

from tasks.cards import Fields
from tasks.read.tables import Numbered

_FIELDS = Fields()
_TITLE = (*_FIELDS.title, "题目", "稿件标题")
_TEXT = (*_FIELDS.text, "新闻正文", "新闻内容", "markdown content")
# beside those a record may have: here they stand under a title and above a text, and cannot mean anything else
_DATE = ("时间", "发布", "日期时间", "time", "datetime", "published time")
_PUBLISHER = ("来源网站", "来源媒体", "出处", "发布者", "发布单位", "网站", "媒体名称")
_URL = ("地址", "文章链接", "新闻链接", "来源链接", "原文地址", "文章网址", "url source")
# what a scraper notes for itself; anything else stays above the text
_ITS_OWN = frozenset(
    "序号 编号 id 栏目 频道 分类 类别 标签 关键词 关键字 keywords tags category"  # noqa: SIM905 - a list of words
    " 阅读量 浏览量 点击量 评论数 点赞数 转发数 抓取时间 采集时间 爬取时间 更新时间"
    " 文献号 分类号 分类名 原文出处 原刊名 原刊地名 原刊期号 原刊页号 复印期号 版号 版次 日期".split()
)
_MARK = r"[ \t\u3000]*[【\[]?({})[】\]]?[ \t\u3000]*[：:]"
_LABEL = r"[A-Za-z_\u4e00-\u9fff]{1,12}|[A-Z][A-Za-z]{2,9} [A-Z][a-z]{2,9}"
_LABELLED = re.compile(_MARK.replace("{}", _LABEL) + "(.*)", re.DOTALL)
_OPENS_TEXT = re.compile("^" + _MARK.replace("{}", "|".join(_TEXT)), re.MULTILINE | re.IGNORECASE)
_BETWEEN = re.compile(r"[\s=\-*#_~—－＝＊·.]*")
_OPENS = re.compile(_BETWEEN.pattern + "+" + _LABELLED.pattern)  # possessive: spaces are taken once
# 【 标  题 】: corpora set their labels out to one width, and leave the colon off; some have all of them on one line.
_SET_OUT = re.compile(
    r"(?:(?<=\n)|(?<=[ \t\u3000])|\A)【[ \u3000]*((?:[\u4e00-\u9fff][ \u3000]{0,4}){2,6})】[ \t\u3000]*[：:]?"
)
_SPACES = re.compile("[ \u3000]+")
_LOOKED_AT = 4000
_HEADING = re.compile(r"#{1,3} +([^\n]*[^\s#])")
_FRONT = re.compile(r"\s*---[ \t]*\r?\n((?:[^\n]{0,2000}\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")


def front_matter(text: str) -> dict[str, str] | None:
    """A text with what stands in front of it, by name; None where nothing does that tells its title, day or address."""
    found = _FRONT.match(text)
    if found is None:
        return None
    try:
        told = yaml.load(found[1], Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    record = {str(name): str(value) for name, value in told.items() if isinstance(value, (str, int, float, date))}
    names = {str(name).lower() for name in told}
    if names.isdisjoint({*_FIELDS.title, *_FIELDS.date, *_FIELDS.uri}) or not names.isdisjoint(_FIELDS.text):
        return None
    body = text[found.end() :].lstrip("\n")
    # the page prints its title again, as a heading
    opening = _HEADING.match(body)
    again = opening is not None and opening[1] in {record.get(name, "").strip() for name in _FIELDS.title}
    return record | {_FIELDS.text[0]: body[opening.start(1) :] if opening and again else body}


def looks_labelled(text: str) -> bool:
    """Whether a text opens with labelled lines, a title among them, that end in the label of its text."""
    text = _set_close(text[:_LOOKED_AT])
    if not _OPENS.match(text) or not _OPENS_TEXT.search(text, 0, _LOOKED_AT):
        return False
    head = text[:_LOOKED_AT].split("\n")
    begins = _begins(head)
    return bool(begins) and not any(not _BETWEEN.fullmatch(line) for line in head[: begins[0]])


def labelled_records(text: str) -> Numbered:
    """Yield (number, record) for each block of labelled lines with the text below it."""
    lines = _set_close(text).split("\n")
    begins = _begins(lines)
    for number, (begin, end) in enumerate(pairwise([*begins, len(lines)]), start=1):
        yield number, _record(lines[begin:end])


def _set_close(text: str) -> str:
    """Write the labels in brackets of a text that opens with one as 【标题】： on a line of their own."""
    if not text[:_LOOKED_AT].lstrip().startswith("【"):
        return text
    return _SET_OUT.sub(_on_its_line, text)


def _on_its_line(found: re.Match[str]) -> str:
    label = _SPACES.sub("", found[1])
    known = label in _ITS_OWN or label in (*_TITLE, *_TEXT, *_DATE, *_PUBLISHER, "作者")
    if not known:
        return found[0]
    at_start = found.start() == 0 or found.string[found.start() - 1] == "\n"
    return f"{'' if at_start else chr(10)}【{label}】："


def _begins(lines: list[str]) -> list[int]:
    """Lines where a record begins: labelled as the first one is, a title and the label of a text stand there."""
    labels = [_label(line) for line in lines]
    # whether nothing but labels follows until that of a text, and whether a title is among them
    reaches, titled = [False] * (len(lines) + 1), [False] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        label = labels[at]
        if label in _TEXT:
            reaches[at] = True
        elif (label or _BETWEEN.fullmatch(lines[at])) and reaches[at + 1]:
            reaches[at], titled[at] = True, titled[at + 1] or label in _TITLE
    found = [at for at, label in enumerate(labels) if label and titled[at]]
    return [at for at in found if labels[at] == labels[found[0]]]


def _label(line: str) -> str:
    found = _LABELLED.match(line)
    return found[1].lower() if found else ""


def _record(lines: list[str]) -> dict[str, str]:
    names = {
        "title": _TITLE,
        "date": (*_FIELDS.date, *_DATE),
        "url": (*_FIELDS.uri, *_URL),
        "publisher": (*_FIELDS.publisher, *_PUBLISHER),
    }
    record: dict[str, str] = {}
    above: list[str] = []
    for at, line in enumerate(lines):
        found = _LABELLED.match(line)
        if found is None:
            continue
        label, value = found[1].lower(), found[2].strip()
        if label in _TEXT:
            below = lines[at + 1 :]
            while below and _BETWEEN.fullmatch(below[-1]):
                below.pop()
            return record | {"content": "\n".join([*above, found[2].lstrip(), *below]).strip("\n")}
        field = next((field for field, known in names.items() if label in known), None)
        if field and field not in record and value:
            record[field] = value
        elif label not in _ITS_OWN and value:
            above.append(f"{found[1]}：{value}")
    return record
