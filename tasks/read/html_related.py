"""Tells blocks that a site sets beside an article by the label they open with, and buttons by their words.

A label alone is no proof: a section of the article may be headed like that, so links, or no prose at all, must follow.
"""

import re
from collections.abc import Sequence

from tasks.read.html_lines import Line, Page
from tasks.read.html_wording import ends_sentence, in_both_scripts, without_day

_LABEL = re.compile(
    in_both_scripts(
        r"^[【\[\s·•■▌|]*(?:(?:更多)?(?:相关|推荐|延伸|扩展|热门|热点|精彩|精选|最新|最近|近期|往期|今日|本周|一周|图片|视频|小编|编辑|作者|头条|滚动|"
        r"阅读|点击|评论|人气|编辑部|本文|站内|时报|网友)?(?:的)?(?:相关|推荐|热门|热点|精彩|最新|最近|更多)?"
        r"(?:新闻|阅读|文章|链接|资讯|报道|推荐|内容|专题|评论|排行榜?|图集|图片|视频|信息|话题|回顾|动态|专栏|标签|关键词|观察|发表|更新|点击)"
        r"|(?:为|给)?[你您](?:可能|或许)?(?:还|会|也)?(?:对.{1,4})?(?:感兴趣|喜欢|推荐|关注)的?(?:文章|内容|新闻)?|为[你您](?:推荐|精选)|"
        r"猜[你您](?:喜欢|想看|关注)|(?:大家|人人)都?(?:在|爱)看|热新闻|热话题|热帖|热词|炫图|标签列表|友情链接|网站导航|我要(?:发表)?(?:评论|跟帖|留言)|发表评论|(?:网友)?(?:留言|评论)(?:须知)?|"
        r"更多(?:关于|有关).{1,14}的(?:新闻|报道|文章|内容)|(?:扫码)?关注(?:我们|微信|[\u4e00-\u9fff]{2,6}(?:网|报|社|台)))(?:[\s】\]:：>》\d()（）]|更多|条)*$"
    )
)
# What a site says of all its articles needs no links to be known.
_DISCLAIMER = re.compile(in_both_scripts(r"^[【\[\s]*(?:特别声明|免责声明|版权声明|风险提示)[\s】\]:：]*$"))
_BUTTON = re.compile(
    in_both_scripts(
        r"^(?:[+＋]\s?\d+|\d{1,3}|图集|组图|视频|音频|分享|收藏|评论|留言|留言须知|点赞|赞|踩|举报|回复|转发|打印|关闭|关注|纠错|登录|注册|返回(?:顶部|首页)?|加载更多|"
        r"展开(?:全文|更多)|点击(?:加载|查看)更多|查看更多|下载APP|微信|微博|新浪微博|QQ(?:空间|好友)?|Qzone|朋友圈|复制链接|收起|全部|订阅|一键转发|(?:微信)?扫(?:一扫|码)\S{0,6}|T?\s*[+＋]\s*[-－]|(?:扫码)?关注[\u4e00-\u9fff]{2,6}(?:网|报|社|台|微信|公众号)|已关注|\+关注|"
        r"(?:共|总)\S{0,3}\d+[篇条次人]|字号|(?:调整)?字体|大|中|小)[\s>»:：]*$"
    ),
    re.IGNORECASE,
)
_LONGEST_LABEL, _PROSE, _LINKS, _SHORT = 16, 20, 2, 10
_BLOCKS = frozenset(("div", "section", "dl", "ul", "ol", "td", "table", "aside", "tbody", "tr", "article", "center"))


def beside_article(page: Page, texts: list[str]) -> list[int]:
    """For every element, the block around it that opens with such a label, or -1; a label without a block is none.

    Args:
        page: the page.
        texts: of each line, what is seen of it.
    """
    short = [number for number, text in enumerate(texts) if len(text) <= _LONGEST_LABEL]
    labels = {number for number in short if _LABEL.match(texts[number]) or _DISCLAIMER.match(texts[number])}
    linked = {number for number in short if page.lines[number].heading > 1 and _is_linked(page.lines[number])}
    none = [-1] * len(page.tags)
    if not labels and not linked:
        return none
    opens = _openings(page)
    sizes = sums_inside(page, [len(text) for text in texts])
    links = sums_inside(
        page, [int(line.linked * 2 > len(without_day(text))) for line, text in zip(page.lines, texts, strict=True)]
    )
    said = [int(ends_sentence(text)) for text in texts]
    sentences = sums_inside(page, said)
    prose = sums_inside(page, [int(say and len(text) >= _PROSE) for say, text in zip(said, texts, strict=True)])
    roots: set[int] = set()
    whole = sum(map(len, texts))
    text = said.index(1) if 1 in said else len(said)
    for number in labels | {number for number in linked if number > text}:
        root, at = -1, page.lines[number].element
        while at >= 0 and opens.get(at) == number and sizes[at] * 2 < whole:
            if number in labels:
                listed = links[at] >= _LINKS or not prose[at] or bool(_DISCLAIMER.match(texts[number]))
            else:
                listed = not sentences[at]
            if page.tags[at] in _BLOCKS and sizes[at] > len(texts[number]) and listed:
                root = at
            at = page.parents[at]
        if root >= 0:
            roots.add(root)
    zones: list[int] = []
    for number, parent in enumerate(page.parents):
        zone = zones[parent] if parent >= 0 else -1
        zones.append(number if zone < 0 and number in roots else zone)
    return zones


def is_button(text: str) -> bool:
    """Whether a line by itself is a button, a counter, or a sign above pictures."""
    return len(text) <= _LONGEST_LABEL and bool(_BUTTON.match(text.strip()))


def _is_linked(line: Line) -> bool:
    return line.linked * 10 >= len(line.visible) * 7


def drop_link_lists(page: Page, kept: list[bool]) -> None:
    """Take out lines that are mostly links, and a short label that stands right before such a list."""
    lines = page.lines
    is_link = [
        line.linked > 1 and not line.heading and line.linked * 10 >= len(without_day(line.visible)) * 7
        for line in lines
    ]
    for number in _listed_in_text(page, kept, is_link):
        is_link[number] = False
    for number, line in enumerate(lines):
        if not kept[number]:
            continue
        after = is_link[number + 1 : number + 3]
        label = len(line.visible) <= _SHORT and len(after) == 2 and all(after) and line.heading != 1
        if (is_link[number] or label) and not ends_sentence(line.visible):
            kept[number] = False


def _listed_in_text(page: Page, kept: list[bool], is_link: list[bool]) -> list[int]:
    """Links that the text itself lists: paragraphs like those around them, below one that is prose and no label."""
    lines, found, run, above = page.lines, list[int](), list[int](), -1
    for number in (number for number, keep in enumerate(kept) if keep):
        element = lines[number].element
        beside = above >= 0 and _like(page, element) == _like(page, lines[above].element)
        if not is_link[number]:
            if beside and not lines[number].heading:
                found += run
            run, above = (
                [],
                number if len(lines[number].visible) >= _PROSE and ends_sentence(lines[number].visible) else -1,
            )
        elif beside and element != lines[above].element and len(lines[number].visible.strip()) > _SHORT:
            run.append(number)
        else:
            run, above = [], -1
    return found


def _like(page: Page, element: int) -> tuple[int, str]:
    return page.parents[element], page.tags[element]


def _openings(page: Page) -> dict[int, int]:
    """The first line inside every element."""
    opens: dict[int, int] = {}
    for number, line in enumerate(page.lines):
        at = line.element
        while at >= 0 and at not in opens:
            opens[at] = number
            at = page.parents[at]
    return opens


def sums_inside(page: Page, values: Sequence[float]) -> list[float]:
    """The sum over the lines inside every element; parents come before children, so one backward pass has them."""
    sums = [0.0] * len(page.tags)
    for line, value in zip(page.lines, values, strict=True):
        sums[line.element] += value
    for number in range(len(sums) - 1, 0, -1):
        if sums[number] and (parent := page.parents[number]) >= 0:
            sums[parent] += sums[number]
    return sums
