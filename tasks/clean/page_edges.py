"""What only the lines around it tell: words above a path or a bar of a site, contacts that are a notice's own."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import runs
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import HAN, matches, narrow

_TOP, _LONGEST, _SHORTEST = 12, 60, 6
_PATH = "[>＞»›]"
# 公司新闻 Company News: many sites of firms name their sections twice.
_IN_ENGLISH = "[A-Z]?[A-Za-z]+(?: [A-Za-z&]+){1,3}"
_SECTION = narrow(rf"(?:新闻|活动|消息|公告|动态|要闻|资讯|快讯|公报)$|^[\p{{Han}}]{{2,8}} {_IN_ENGLISH}$")
_LONGEST_SECTION, _LONGEST_ENGLISH, _STACK = 8, 28, 3
_LABEL = narrow(r"^[\p{Han}][\p{Han} ]{1,9}：[^。！？]{2,60}$")
_TAG, _LONGEST_TAG = narrow(r"^[\p{Han}]{1,10}(?:网|台|报|社)(?:消息|讯)(?:（[\p{Han}]{2,8}）)?：$"), 26
# 发布日期： on a line of its own, its value on the next.
_OF_BAR = narrow("^(?:(?:发布|发表|更新|出版|刊发)?(?:日期|时间)|作者|来源|编辑|发布者?)：$")
_LONGEST_LABEL, _LONGEST_VALUE = 6, 12
_DAY = r"^(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: ?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?$"
_MASTHEAD, _ABOVE, _WEEKDAY = 18, 2, "星期|周[一二三四五六日]|礼拜"
_PAPER, _LONGEST_PAPER = narrow(r"^[\p{Han}]{2,8}报$"), 11
_ROW_OF_NAMES, _NAMES = "[-_|｜]", 3
_CUT_SHORT = r"(?:…+|\.{3})$"
# What stands under the contacts of a notice: 附件：, who issued it, the day.
_ENDS_A_NOTICE = narrow(
    r"^附件(?:[：: \d]|$)|^\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$"
    r"|^[\p{Han} ]{4,24}(?:[局厅委办院部署会]|政府|中心|公司|大学|学校)$"
)
# A paper's own, whatever stands above them.
_OF_PAPERS = "新闻|广告|发行|订报|订阅|报料|爆料|本[报网刊社]|读者|零售|社址|投稿|投诉|印刷|值班|总编|编辑|客服|QQ|微信"


def above_paths(frame: pl.DataFrame) -> pl.DataFrame:
    """Take what stands above a path (`首页 > 要闻 > 正文`), where the headline and its bar stand below it.

    Args:
        frame: row, doc, text, n, rank, alive, ends, body, shape, in source order.

    Returns:
        The frame with `shape` set on such lines.
    """
    top = frame.select("row", "doc", "text", "n", "rank", "alive", "ends", "body", "shape").filter(
        pl.col("rank") < _TOP
    )
    chrome = top.filter(pl.col("shape") == "site_chrome_line", pl.col("rank") > 0)
    paths = chrome.filter(chrome["text"].str.contains(_PATH)).group_by("doc").agg(path=pl.col("row").min())
    if paths.is_empty():
        return frame
    around = top.join(paths, on="doc", maintain_order="left")
    free = pl.col("alive") & pl.col("shape").is_null() & ~pl.col("ends")
    # names of other sites in a row, however long
    long = around.filter(free, pl.col("n") > _LONGEST, pl.col("row") < pl.col("path")).select("row", "text")
    names = pl.col("text").str.count_matches(_ROW_OF_NAMES) >= _NAMES
    others = long.filter(names, ~pl.col("text").str.contains("[。；，]"))["row"]
    around = around.with_columns(names=pl.col("row").is_in(others.implode()))
    around = around.with_columns(body=pl.col("body") & ~pl.col("names"))
    plain = free & ~pl.col("body")
    headed = plain & (pl.col("n") >= _SHORTEST) & pl.col("text").str.contains(f"[{HAN}]{{3}}")
    told = around.with_columns(plain=plain, head=headed & (pl.col("row") > pl.col("path"))).with_columns(
        of_head=pl.col("row").filter("head").min().over("doc"),
        of_body=pl.col("row").filter("body").min().over("doc"),
    )
    # another may name the source below the text
    bar = (pl.col("shape") == "meta_bar") & (pl.col("row") > pl.col("of_head"))
    told = told.with_columns(of_bar=pl.col("row").filter(bar).min().over("doc"))
    below = (pl.col("of_bar") > pl.col("of_head")) & (
        pl.col("of_body").is_null() | (pl.col("of_body") > pl.col("of_bar"))
    )
    short = (pl.col("n") <= _LONGEST) | pl.col("names")
    rows = told.filter("plain", below, pl.col("row") < pl.col("path"), short)["row"]
    if rows.is_empty():
        return frame
    return frame.with_columns(
        frame["shape"].scatter(rows, "site_chrome_line"), frame["body"].scatter(rows, values=False)
    )


def latin_tops(frame: pl.DataFrame) -> pl.DataFrame:
    """Take lines without a Chinese character on top of a page, where one of them is known for a site's own."""
    firsts = (frame["rank"] == 0).arg_true()
    docs = frame["doc"][firsts].filter(_are_latin(frame["text"][firsts]))
    if docs.is_empty():
        return frame
    top = frame.select("row", "doc", "text", "rank", "alive", "shape").filter(
        pl.col("rank") < _TOP, pl.col("doc").is_in(docs.implode())
    )
    latin = _are_latin(top["text"])
    top = top.with_columns(latin=latin).with_columns(run=pl.col("latin").cum_min().over("doc"))
    top = top.filter("run", (pl.col("shape") == "site_chrome_line").any().over("doc", "run"))
    rows = top.filter("alive", pl.col("shape").is_null())["row"]
    if rows.is_empty():
        return frame
    return frame.with_columns(
        frame["shape"].scatter(rows, "site_chrome_line"), frame["body"].scatter(rows, values=False)
    )


def _are_latin(texts: pl.Series) -> pl.Series:
    return matching(texts, ~texts.str.contains(f"[{HAN}]"), "[A-Za-z]{3}")


def ends_of_paths(frame: pl.DataFrame) -> pl.Series:
    """Tell the lines with which the path right above them ends: headlines, where they are no section's name."""
    no = pl.Series([False]).new_from_index(0, len(frame))
    paths = ((frame["shape"] == "site_chrome_line") & (frame["rank"] < _TOP)).fill_null(value=False).arg_true()
    paths = paths.filter(frame["text"][paths].str.contains(_PATH) & (paths + 1 < len(frame)))
    if paths.is_empty():
        return no
    below, n = paths + 1, frame["n"][paths + 1]
    same = (frame["doc"][paths] == frame["doc"][below]) & n.is_between(_SHORTEST + 1, _LONGEST)
    pairs = pl.DataFrame({"path": frame["text"][paths], "text": frame["text"][below]})
    ends = same & pairs.select(ends=pl.col("path").str.ends_with(pl.col("text")))["ends"]
    return no.scatter(below.filter(ends), values=True)


def labelled_values(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the value below a label of a bar that stands alone: a day, or anything short before other furniture."""
    short = (frame["alive"] & frame["n"].is_between(3, _LONGEST_LABEL)).arg_true()
    rows = short.filter(frame["text"][short].str.ends_with("："))
    rows = rows.filter(matches(frame["text"][rows], _OF_BAR))
    if rows.is_empty():
        return frame
    label = pl.Series([False]).new_from_index(0, len(frame)).scatter(rows, values=True)
    known, on_top = frame["shape"].is_not_null(), frame["rank"] < _TOP
    same = (frame["doc"] == frame["doc"].shift(1)).fill_null(value=False)
    # on top of a page, right below what is known for its own
    label &= known | on_top & known.shift(1, fill_value=False) & same
    free = frame["alive"] & ~known & label.shift(1, fill_value=False) & same
    day = matching(frame["text"], free, _DAY)
    before = known.shift(-1, fill_value=False) & same.shift(-1, fill_value=False)
    value = free & before & on_top & ~frame["ends"] & ~frame["marked"] & (frame["n"] <= _LONGEST_VALUE)
    # a label whose value is the text stays
    label &= known | (day | value).shift(-1, fill_value=False)
    rows = ((label & ~known) | day | value).arg_true()
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, "meta_bar"))


def mastheads(frame: pl.DataFrame) -> pl.DataFrame:
    """Take a site's few words above the day with its weekday, where the headline and its own bar stand below that."""
    rows = (frame["rank"].is_between(1, _ABOVE) & frame["shape"].is_not_null()).arg_true()
    rows = rows.filter(matches(frame["text"][rows], _WEEKDAY))
    if rows.is_empty():
        return frame
    days = frame[rows].group_by("doc").agg(day=pl.col("row").min())
    top = frame.select("row", "doc", "text", "n", "rank", "alive", "ends", "body", "shape").filter(
        pl.col("rank") < _TOP, pl.col("doc").is_in(days["doc"].implode())
    )
    free = pl.col("alive") & pl.col("shape").is_null() & ~pl.col("ends") & ~pl.col("body")
    row = pl.col("row")
    told = top.join(days, on="doc", maintain_order="left").with_columns(
        head=row.filter(free & (row > pl.col("day")) & (pl.col("n") >= _SHORTEST)).min().over("doc"),
        prose=row.filter("body").min().over("doc"),
    )
    bar = (pl.col("shape") == "meta_bar") & (row > pl.col("head")) & (row < pl.col("prose"))
    told = told.filter(bar.any().over("doc"), pl.col("head") < pl.col("prose"))
    rows = told.filter(free, row < pl.col("day"), pl.col("n") <= _MASTHEAD)["row"]
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, "page_header"))


def papers(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the name of a paper alone right above or below its day or the number of its page."""
    header = (frame["shape"] == "page_header").fill_null(value=False)
    if not header.any():
        return frame
    same = (frame["doc"] == frame["doc"].shift(1)).fill_null(value=False)
    beside = header.shift(1, fill_value=False) & same
    beside |= header.shift(-1, fill_value=False) & same.shift(-1, fill_value=False)
    free = beside & frame["alive"] & frame["shape"].is_null() & (frame["n"] <= _LONGEST_PAPER)
    rows = matching(frame["text"], free, _PAPER).arg_true()
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, "page_header"))


def cut_short(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the heads of other texts below a label of related ones, where all that follow are broken off."""
    if not (frame["shape"] == "related_label").any():
        return frame
    label = pl.col("row").filter(pl.col("shape") == "related_label").max().over("doc")
    last = frame.select("doc", "row", "body", "text", last=label)
    below = last.filter(pl.col("body") & (pl.col("row") > pl.col("last")))
    broken = below.with_columns(cut=below["text"].str.contains(_CUT_SHORT)).filter(pl.col("cut").all().over("doc"))
    if broken.is_empty():
        return frame
    rows = broken["row"]
    return frame.with_columns(frame["shape"].scatter(rows, "related_link"), frame["body"].scatter(rows, values=False))


def sections(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the names of a site's sections above a bar and the headline below it, or above a headline and its bar."""
    on_top = (frame["rank"] < _TOP) & frame["alive"] & frame["shape"].is_null() & ~frame["ends"]
    short = frame["n"] <= _LONGEST_SECTION
    english = matching(frame["text"], on_top & ~short & (frame["n"] <= _LONGEST_ENGLISH), "[a-zA-Z]$")
    named = matching(frame["text"], on_top & (short | english), _SECTION)
    if not named.any():
        return frame
    free = pl.col("alive") & pl.col("shape").is_null() & ~pl.col("ends") & (pl.col("n") > _LONGEST_SECTION)
    bar = pl.col("shape") == "meta_bar"
    # a headline of its own blank lines: what stands on it in print is a part of it
    headed = free & ~pl.col("body") & (pl.col("gap") > 0) & runs.below(bar, False)
    told = frame.select(
        "doc", bar=((bar & runs.below(free, False)) | headed).fill_null(value=False), named=pl.lit(named)
    )
    for _ in range(_STACK):
        told = told.with_columns(bar=pl.col("bar") | (pl.col("named") & runs.below(pl.col("bar"), False)))
    rows = told.select(pl.col("bar") & pl.col("named")).to_series().arg_true()
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, "site_chrome_line"))


def between_path_and_bar(frame: pl.DataFrame, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell the rows right below a path through a site and right above a bar with the day: there a headline stands."""
    shape, near = frame["shape"], np.clip(rows[:, None] + [-1, 1], 0, len(frame) - 1)
    over, under = near[:, 0], near[:, 1]
    path = (shape[over] == "site_chrome_line") & frame["text"][over].str.contains(_PATH)
    return (path & (shape[under] == "meta_bar")).fill_null(value=False).to_numpy()


def tags(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the tag of who reports that stands alone above a headline (`云江网消息（新闻联播）：`), no line wrapped."""
    free = frame["alive"] & frame["shape"].is_null() & ~frame["wrapped"] & ~frame["flat"]
    likely = free & (frame["n"] <= _LONGEST_TAG) & frame["text"].str.ends_with("：")
    tag = matching(frame["text"], likely.fill_null(value=False), _TAG)
    if not tag.any():
        return frame
    plain = ~pl.col("ends") & ~pl.col("marked") & (pl.col("n") >= _SHORTEST) & (pl.col("n") <= _LONGEST)
    prose = pl.col("marked") & (pl.col("n") > _LONGEST_TAG)
    told = frame.select("doc", tag=pl.lit(tag), headed=plain & runs.below(prose, False))
    rows = told.select(pl.col("tag") & runs.below(pl.col("headed"), False)).to_series().arg_true()
    return frame if rows.is_empty() else frame.with_columns(frame["shape"].scatter(rows, "meta_bar"))


def own_contacts(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep telephones and addresses that stand as a list with other labelled lines of the text."""
    shape = frame["shape"]
    footer = (shape == "page_footer").fill_null(value=False)
    labelled = ask(frame["text"], footer, _are_own)
    if not labelled.any():
        return frame
    own = frame.select("doc", "gap", "n", "alive", "ends", "body", footer=pl.lit(labelled))
    # the first of a run of contacts, and the line above it
    same = (pl.col("doc") == pl.col("doc").shift(1)).fill_null(value=False)
    opens = own.select((pl.col("footer") & ~(pl.col("footer").shift(1, fill_value=False) & same)).alias("opens"))[
        "opens"
    ]
    firsts = opens.arg_true()
    over = (firsts.cast(pl.Int64) - 1).clip(0)
    free = (frame["alive"] & shape.is_null() & ~frame["ends"])[over]
    here = free & (frame["doc"][over] == frame["doc"][firsts]) & (over.cast(pl.UInt32) != firsts)
    kept = matching(frame["text"][over], here, _LABEL) | _over_a_signature(frame, labelled)[firsts]
    stretch = opens.cum_sum()
    rows = (labelled & stretch.is_in((kept.arg_true() + 1).implode())).arg_true()
    return frame if rows.is_empty() else frame.with_columns(shape.scatter(rows, None))


def _are_own(texts: pl.Series) -> pl.Series:
    return texts.str.contains(_LABEL) & ~texts.str.contains(_OF_PAPERS)


def _over_a_signature(frame: pl.DataFrame, contacts: pl.Series) -> pl.Series:
    """Tell the contacts right above what ends a notice: what comes with it, who issued it, the day."""
    contact, free = pl.lit(contacts), pl.col("alive") & pl.col("shape").is_null()
    last = frame.select(last=contact & ~runs.below(contact, False) & runs.below(free, False))["last"]
    below = matching(frame["text"].shift(-1, fill_value=""), last.fill_null(value=False), _ENDS_A_NOTICE)
    for _ in range(_STACK):
        below |= frame.select(above=contact & runs.below(pl.lit(below), False))["above"]
    return below
