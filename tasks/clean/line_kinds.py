"""What each print line says by its own words: it opens as an item, a heading or a report does, or it closes a text."""

import polars as pl

from tasks.clean import runs, widths
from tasks.clean.document_names import DOCUMENT_NAMES
from tasks.clean.figures import DATE
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import narrow

_NAME = rf"(?:{DOCUMENT_NAMES})(?:（[^（）]{{1,10}}）)?$"
_DATE = f"^{DATE}$"
_CREDIT = narrow(
    r"^（(?:[\p{Han}]{2,6}[报网台刊社])?(?:本[报网台刊])?(?:记者|通讯员|作者|据|来源|综合|转自|新华社)[^（）。]{2,22}）$"
)
# 云江日报记者 汤小雨 摄, under a picture
_CAPTION = (
    r"(?:(?:记者|通讯员|[。，；]) ?|^)[\p{Han}]{2,4}(?:[、 ][\p{Han}]{2,4}){0,2} ?[/／]? ?(?:摄|[/／] ?摄影)"
    r"(?:（[\p{Han}]{2,5}）)?$|^图(?:说|片说明|注|为)[：:]|^[【\[]?关键[词字][】\]]?[：: ]"
)
# What stands in quotes and brackets, and how news opens that a headline alone stands above.
_QUOTED = "“[^“”]*”|《[^《》]*》|（[^（）]*）"
_PEG = (
    r"^(?:近日|日前|连日来|[今昨][天日](?:[上下]午)?|\d{1,2}月\d{1,2}日(?:[上下]午)?)，"
    r"|^[今昨][天日] ?（ ?\d{1,2} ?月 ?\d{1,2} ?日 ?）"
    r"|^记者(?:从|[今昨][天日]从)"
)
_REPORTED = r"^（[\p{Han}]{0,6}(?:记者|通讯员)"
# 某某网讯（记者 某某）, 某某报云江4月: nothing but where and by whom, and the report goes on below
_WHOLE = narrow(r"^[^。，]{2,30}?(?:讯|电|消息|\d ?月|\d ?日)(?: ?（[^（）。]{2,30}）)?$")
_SHORT, _CREDITED = 96, 8
_OFFICE, _MOST_OFFICES = "(?:[局厅委部院署会]|办公室|政府|公司|中心|总社|法院|银行|大学)$", 8
_SEEN, _TITLE, _ASIDE = 40, 60, 28
# 办理单位：罗坪县水利局, a line of a form.
_OF_PERSON = "候选|联系|负责|申请|招标|采购|代理|委托|当事|法|经办|责任|发布|审判|执行"
_LABELLED = narrow(
    rf"^(?:[\p{{Han}}]{{1,5}}[^人]|[\p{{Han}}]{{0,6}}(?:{_OF_PERSON})人)："
    r"(?:[^，。；！？： \x{3000}]{1,40}|\d{4}[-/.年][-/.年月日\d: ：]{3,20})$"
)
# What a dateline holds: the cheap look before the dear one.
_LEADS = narrow(r"(?:[）)】]|日电)[ \x{3000}]?[\p{Han}“《\d]")
_REPORTS = "讯|电|消息|报道|记者|通讯员|^[（(](?:上接|下转)"
_NAMED, _NAMES = 5, narrow(r"^[\p{Han}]{2,4}：")
_LINKED = r"[。！？；] ?https?://[^ \x{80}-\x{10FFFF}]+$"
# How a question and its answer open, printed by turns.
_TURNS_OF_TALK = ["问：", "答："]
# 编辑同志：, 尊敬的编辑：, who a letter or a speech is for.
_GREETS = narrow(
    r"^(?:(?:尊敬|敬爱|亲爱)的[\p{Han}、，]{1,20}|[\p{Han}]{0,6}编辑(?:同志|部|先生)?"
    r"|[\p{Han}]{2,4}(?:同志|先生|女士|同学)|同志们|各位[\p{Han}、，]{1,16})：$"
)


def tell(frame: pl.DataFrame) -> pl.DataFrame:
    """Add what the words of each line tell.

    Args:
        frame: doc, text, gap, indexed, justified, marker, width, and what its ends are (ends, goes_on, flows, marked,
            numbered, bullet), in source order.

    Returns:
        The frame with prose, outline, heads, chapter, dateline, peg, label, asks, names, behind, quoted, tops,
        open_end, shut, closed, votes (it may tell its document's habits), above_text, named, day, credit, signs.
    """
    return _closing(_named(_of_items(_of_reports(frame))))


def _of_reports(frame: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines that hold prose, and those that open as reports do or as their headlines do."""
    text, heads = frame["text"], frame["text"].str.head(_SEEN)
    prose = text.str.contains("[，。；！？]")
    opens = ((frame["gap"] > 0) | (frame["doc"] != frame["doc"].shift(1)).fill_null(value=True)) & ~frame["ends"]
    quoted = ask(text, opens & prose & (frame["width"] <= _TITLE), _marked_in_quotes_alone)
    dateline = matching(heads, heads.str.contains(_REPORTS), narrow(widths.DATELINE))
    tops = opens & ~prose & ~dateline
    headed = (frame["gap"] > 0) & (~prose & ~frame["ends"]).shift(1, fill_value=False)
    peg = matching(heads, headed | tops.shift(1, fill_value=False), narrow(_PEG))
    # 某某网云江4月10日电, and （记者 某某） on the next line
    reported = ask(heads, heads.str.starts_with("（"), lambda some: some.str.contains(narrow(_REPORTED)))
    whole = matching(text, dateline & ~frame["ends"] & (frame["width"] <= _TITLE), _WHOLE)
    reported &= whole.shift(1, fill_value=False)
    # （本报记者 某某）中共中央政治: more than who reports
    prose |= peg | matching(heads, dateline, _LEADS)
    return frame.with_columns(
        prose=prose | whole,
        quoted=quoted,
        tops=tops,
        peg=peg,
        dateline=dateline,
        flows=frame["flows"] | reported,
        goes_on=frame["goes_on"] | whole,
    )


def _of_items(frame: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines that open as items, headings and labels do, and those that a bracket runs through."""
    text, prose = frame["text"], frame["prose"]
    heads, tails = text.str.head(_SEEN), text.str.tail(_SEEN)
    # 他说——, and what he said stands below; an address behind a finished sentence
    linked = matching(tails, tails.str.contains("://", literal=True), _LINKED)
    closed = (text.str.ends_with("——") & prose) | linked
    # （某年某月某日某会议通过）, （1.某某大学，云江；2.某某局，罗坪）: a line in brackets, from end to end
    closed |= matching(text, heads.str.starts_with("（") & text.str.ends_with("）"), "^（[^（）]*）$")
    open_end = matching(tails, tails.str.contains("[（《〈〔]"), "[（《〈〔][^）》〉〕]*$")
    outline = matching(heads, frame["numbered"], narrow(widths.OUTLINE)) | frame["bullet"]
    short = (frame["width"] <= _SEEN) & ~prose
    label = ask(text, short, _are_labelled)
    greets = matching(text, short & text.str.ends_with("：") & (frame["width"] <= _ASIDE), _GREETS)
    return frame.with_columns(
        outline=outline,
        closed=closed,
        # 原文：, 释义： on lines one below the other
        names=matching(heads, heads.str.head(_NAMED).str.contains("：", literal=True), _NAMES),
        behind=heads.str.starts_with("——"),
        label=label,
        asks=text.str.head(2).is_in(_TURNS_OF_TALK) | greets,
        heads=matching(heads, outline, narrow(widths.HEADING)),
        chapter=matching(heads, outline, narrow(widths.CHAPTER)),
        open_end=open_end,
        shut=matching(heads, heads.str.contains("[）》〉〕]"), "^[^（《〈〔]*[）》〉〕]"),
        goes_on=frame["goes_on"] | open_end,
        votes=~pl.any_horizontal("marked", "justified")
        & pl.lit((prose | ~outline) & ~label)
        & pl.col("marker").is_null(),
    )


def _are_labelled(texts: pl.Series) -> pl.Series:
    return matching(texts, texts.str.contains("：", literal=True), _LABELLED)


def _marked_in_quotes_alone(texts: pl.Series) -> pl.Series:
    return ask(texts, texts.str.contains("[”》）]"), _unmarked_outside)


def _unmarked_outside(texts: pl.Series) -> pl.Series:
    return ~texts.str.replace_all(_QUOTED, "").str.replace_all(_QUOTED, "").str.contains("[，。；！？]")


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines that end a document's name, before any prose of their block: the text begins below them."""
    opens = (pl.col("gap") > 0) | (pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True)
    # the number of a text of several stands over its name
    opens |= (pl.col("indexed") != pl.col("indexed").shift(1)).fill_null(value=True)
    so_far = pl.col("prose").cast(pl.Int32).cum_sum()
    before = pl.when(opens).then(so_far - pl.col("prose")).forward_fill()
    likely = frame.select((so_far == before) & ~pl.col("outline")).to_series()
    above_text = pl.lit(likely) & ~pl.col("ends") & ~pl.col("dateline")
    return frame.with_columns(above_text=above_text, named=matching(frame["text"], likely, narrow(_NAME)))


def _closing(frame: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines that stand alone under a text: who issued it, the day, who wrote it."""
    text = frame["text"]
    short = text.str.len_bytes() <= _SHORT
    day = matching(text, short & text.str.ends_with("日"), _DATE)
    credit = matching(text, short & text.str.starts_with("（"), _CREDIT)
    printed = text.str.ends_with("日印发")
    shown = matching(
        text,
        text.str.head(3).str.contains("^图|关键") | text.str.tail(_CREDITED).str.contains("摄", literal=True),
        narrow(_CAPTION),
    )
    # ……。（记者 某某）, ……。（新华社图片）: a credit behind a finished sentence
    aside = matching(text.str.tail(_ASIDE), text.str.ends_with("）"), "[。！？]”?（[^（）]+）$")
    ends = pl.col("ends") | shown | aside | credit
    frame = frame.with_columns(day=day | printed, credit=credit, ends=ends)
    frame = frame.with_columns(signs=runs.below(pl.col("day"), False) & ~pl.col("prose"))
    # several offices issue a notice together, a line each
    office = matching(text.str.tail(3), short & ~frame["prose"] & ~frame["outline"], _OFFICE)
    stack = pl.Series(office.to_numpy() | frame["signs"].to_numpy())
    for _ in range(_MOST_OFFICES if day.any() else 0):
        frame = frame.with_columns(signs=pl.col("signs") | (stack & runs.below(pl.col("signs"), False)))
    return frame.with_columns(votes=pl.col("votes") & ~pl.col("signs"))
