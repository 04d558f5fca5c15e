"""From lines to blocks: one row a paragraph, heading, headline or line of furniture, still in source order."""

import numpy as np
import polars as pl

from tasks.clean import runs, table_rows, widths
from tasks.clean.figures import NUMERAL, ORDINAL
from tasks.clean.gated import ask, matching
from tasks.clean.indents import LEAST
from tasks.clean.patterns import narrow

# （何启明 陈玉兰） stands behind the last sentence of a report.
TERMINAL = r"[。！？!?…；：:][”’」』）》)\"']*(?:（[\p{Han}、 ：]{2,12}）)?$"
STOP = r"[。！？；]"
GREETING = (
    r"^(?:[尊敬的各位女士先生们、同志朋友代表委员老师学家乡亲大家好]{2,30}"
    r"|[\p{Han}、]{2,16}(?:同志|朋友|女士|先生|同学|委员|代表)们?)[：！，,:!]$"
    r"|^(?:[尊敬亲]爱?的|各位|广大|全[体国市省县区校院镇乡村])[\p{Han}、（）]{0,30}"
    r"(?:教师|老师|[职员]工|工作者|家长|[市居村渔农]民|群众|读者|网友|师生|校友|[战工]友|志愿者|党员|干部|企业家)们?[：:！!]$"
)
# To whom a notice goes.
ADDRESSED = (
    r"^[各省市县区][\p{Han}、，（）]{4,90}"
    r"(?:政府|部门|单位|机构|委员会|企业|学校|院校|办事处|公司|街道|[局厅委办院所处会])：$"
)
_ADDRESSED = 100
CREDIT = (
    r"^[（(]?(?:据|来源[：:]|本报|转自)?[\p{Han}]{0,6}(?:新华社|人民日报|中新社|[\p{Han}]{2,6}(?:日报|晚报|社|网))"
    r"(?:[\p{Han}]{0,6} ?[\dX]{1,2} ?月 ?[\dX]{1,2} ?日)?(?:电|讯|消息|发)?[）)]?$"
    r"|^[（(]?[\p{Han}]{2,10}(?:供稿|供图|提供)[）)]?$|^[（(][\p{Han}]{2,8}(?:专稿|特稿|专电)[）)]$"
    r"|^[（(][\p{Han}]{2,10}(?:发布|融媒|微信公众号|客户端|政府网|微报|微讯)[）)]$"
    r"|^[（(][\p{Han}]{0,8}?(?:记者|通讯员|评论员|撰稿|作者)[\p{Han}：:、，, ]{2,30}[）)]$"
    r"|^[（(](?:据|来源|转自|摘自|原载|刊于|文据|综合)[^（()）。]{2,24}[）)]$|^据[\p{Han}]{2,6}社[\p{Han}]{0,6}(?:电|消息)$"
    r"|^[（(]\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?《[^》]{2,12}》[）)]$"
    r"|^据《[^》]{2,12}》(?:报道|消息|讯)?$|^(?:据|转自|摘自)[\p{Han}]{2,6}报(?:报道|消息|讯)?$|^据(?:央视|央广|新华)(?:新闻|网|视点)(?:客户端)?(?:电|消息|报道)?$"
)
LONGEST_CREDIT, LONGEST_GREETING = 36, 40
# Characters looked at: a number at the head and what it counts, closing marks at the end.
_MARK, _ENDING = 16, 16
# （段一子）under a finished text is its writer; （试行） is no name.
NAMES = r"^[（(][\p{Han}]{2,4}(?:[ 、][\p{Han}]{2,4}){0,3}[）)]$"
NO_NAMES = "试行|暂行|草案|摘要|节选|全文|修[订正]|讨论|征求|代序|附|图|略|上|中|下|续|完"
OUTLINE = (
    rf"^(?:第{NUMERAL}{{1,8}}[编章节条款部分]|{ORDINAL}{{1,3}}[、.．]|[（(]{ORDINAL}{{1,3}}[）)]"
    rf"|\d{{1,2}}[.．、]\D|[（(]\d{{1,2}}[）)]|[①-⑳●◆•➢➤►▶❖✓✔]|第{ORDINAL}{{1,2}}[，、])"
)


def from_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Group lines into blocks.

    Args:
        lines: the lines frame after `unwrap.join` (doc, line, text, gap, removed, joins, joiner ...), in source order.

    Returns:
        `lines` with `block` u32 added: a number per batch, one for each run of kept lines that join (furniture
        between them does not end the run), and one for each removed line.
    """
    kept = pl.col("removed").is_null()
    lines = lines.with_columns(
        run=(kept & ~pl.col("joins")).cum_sum().cast(pl.UInt32), row=pl.int_range(pl.len(), dtype=pl.UInt32)
    )
    # lines without a mark among them are headlines: which of them belong together is not for print widths to say
    marked = pl.col("text").str.contains(r"[。！？；，：]") | pl.col("text").str.head(_MARK).str.contains(
        narrow(OUTLINE)
    )
    lines = lines.with_columns(marked=marked)
    plain = lines.select(plain=runs.so_far(pl.col("marked"), "run") + runs.to_go(pl.col("marked"), "run") == 0)["plain"]
    parted = _parted(lines.filter(plain))
    lines = lines.with_columns(
        run=(kept & (~pl.col("joins") | pl.col("row").is_in(parted.implode()))).cum_sum().cast(pl.UInt32)
    )
    opens = pl.when(kept & (pl.col("run") != pl.col("run").shift(1)).fill_null(True)).then("row").forward_fill()
    return lines.with_columns(block=pl.when(kept).then(opens).otherwise("row")).drop("run", "row", "marked")


def _parted(plain: pl.DataFrame) -> pl.Series:
    """Return the rows of headlines at which the line above can end: no bracket open since the run began, no pause.

    No headline is set in as a paragraph is, its rest less deep, nor does one open with a day.
    """
    above, text = pl.col("text").shift(1), pl.col("text")
    net = text.str.count_matches(r"[（《【“‘]").cast(pl.Int32) - text.str.count_matches(r"[）》】”’]").cast(pl.Int32)
    total = net.cum_sum()
    opens = (pl.col("run") != pl.col("run").shift(1)).fill_null(value=True)
    before = pl.when(opens).then(total - net).forward_fill()
    opened = total.shift(1) > before
    set_in = (pl.col("indent").shift(1) >= LEAST) & (pl.col("indent") == 0)
    dated = pl.when(opens).then(text.str.contains(narrow(widths.DAY_OF_LAW))).forward_fill()
    glued = opened | set_in | dated | above.str.contains(r"[、，—－·]$") | text.str.contains(r"^[、，）》】”’·]")
    return plain.filter(~glued.fill_null(value=False))["row"]


def frame(lines: pl.DataFrame) -> pl.DataFrame:
    """Gather one row a block, in order of first line, with what headline and article rules ask about.

    Returns:
        doc, block, text, removed, gap, indent, n_lines, n_chars, ends (closes with a terminal mark), stops (has a
        sentence end inside), outlined (opens with a mark, or is a table's row), greets, addressed (names whom it is
        for), credits, told (the title that the document's record or page names), page (of one).
    """
    text = pl.col("text")
    firsts = ["doc", "removed", "gap", "indent", "flat", "mixed", "sure", "told", "page"]
    wholes = joined(lines.select("block", "text", "joiner", *firsts, width="wrap_width"), [*firsts, "width"])
    blocks = wholes.sort("block").with_columns(n_chars=text.str.len_chars().cast(pl.Int32))
    texts, length = blocks["text"], blocks["n_chars"]
    names = ask(texts, (length < LONGEST_CREDIT) & texts.str.contains("^[（(]"), _are_names)
    return blocks.with_columns(
        ends=text.str.tail(_ENDING).str.contains(TERMINAL),
        stops=text.str.contains(STOP),
        outlined=text.str.head(_MARK).str.contains(narrow(OUTLINE)) | pl.lit(table_rows.is_row(texts)),
        greets=matching(texts, length < LONGEST_GREETING, narrow(GREETING)),
        addressed=matching(
            texts,
            (length < _ADDRESSED) & texts.str.ends_with("："),
            narrow(ADDRESSED),
        ),
        credits=matching(texts, length < LONGEST_CREDIT, narrow(CREDIT)),
    ).with_columns(
        credits=(pl.col("credits") & ~_over_a_headline()) | (pl.lit(names) & runs.above(pl.col("ends"), False))
    )


def _over_a_headline() -> pl.Expr:
    """A blank line above, and right below a line without a mark: 织密农村物流网 is no house's name there."""
    bare = ~pl.col("text").str.contains("^[（(]|^据|[：:]") & (pl.col("gap") > 0)
    return bare & (runs.below(pl.col("gap"), 1) == 0) & ~runs.below(pl.any_horizontal("ends", "stops"), True)


def _are_names(texts: pl.Series) -> pl.Series:
    return texts.str.contains(narrow(NAMES)) & ~texts.str.contains(NO_NAMES)


def joined(lines: pl.DataFrame, firsts: list[str]) -> pl.DataFrame:
    """Put the lines of each block together; most blocks are one line, and are not grouped.

    Args:
        lines: block u32, text, joiner, and `firsts`; the lines of a block in their order.
        firsts: columns of which the first line's value is kept.

    Returns:
        block, `firsts`, n_lines u32, text; blocks in any order.
    """
    text = (pl.col("joiner").fill_null("") + pl.col("text")).alias("text")
    numbers = lines["block"].to_numpy()
    alone = pl.Series(np.bincount(numbers)[numbers] == 1, dtype=pl.Boolean)
    single = lines.filter(alone).select("block", *firsts, pl.lit(1, pl.UInt32).alias("n_lines"), text)
    several = (
        lines.filter(~alone)
        .group_by("block", maintain_order=True)
        .agg(pl.col(firsts).first(), pl.len().cast(pl.UInt32).alias("n_lines"), text)
        # a list is joined in half the time of a group
        .with_columns(pl.col("text").list.join(""))
    )
    return pl.concat([single, several], rechunk=True)
