"""What the joiner knows of each print line: its measures, how it begins and ends, and its document's habits."""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import indents, line_ends, runs, widths, widths_anew, wrap_width
from tasks.clean.document_names import DOCUMENT_NAMES
from tasks.clean.figures import DATE
from tasks.clean.first_units import first_units
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import narrow
from tasks.content import bounds, encode, lengths

Flags = npt.NDArray[np.bool_]
INDENT = indents.LEAST
# After these the text goes on with another article, or came from another page.
TURNS = ("continuation_marker", "collection_index")

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
# A document's print lines are as wide as so many of it.
_USUAL = 0.75
_SHORT, _CREDITED = 96, 8
_OFFICE, _MOST_OFFICES = "(?:[局厅委部院署会]|办公室|政府|公司|中心|总社|法院|银行|大学)$", 8
_SEEN, _TITLE, _HEADING, _ASIDE = 40, 60, 28, 28
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
_BRACKET, _LINKED = 4, r"[。！？；] ?https?://[^ \x{80}-\x{10FFFF}]+$"
# How a question and its answer open, printed by turns.
_TURNS_OF_TALK = ["问：", "答："]
# 编辑同志：, 尊敬的编辑：, who a letter or a speech is for.
_GREETS = narrow(
    r"^(?:(?:尊敬|敬爱|亲爱)的[\p{Han}、，]{1,20}|[\p{Han}]{0,6}编辑(?:同志|部|先生)?"
    r"|[\p{Han}]{2,4}(?:同志|先生|女士|同学)|同志们|各位[\p{Han}、，]{1,16})：$"
)
_SEEN_BEFORE = (
    "width",
    "give",
    "ends",
    "pauses",
    "goes_on",
    "outline",
    "heads",
    "prose",
    "justified",
    "wrap_width",
    "named",
    "label",
    "bullet",
    "quoted",
    "above_text",
    "closed",
    "names",
)


def describe(lines: pl.DataFrame) -> pl.DataFrame:
    """Measure the kept lines.

    Args:
        lines: The lines frame with row, justified, flat and starts_paragraph.

    Returns:
        The kept rows with their measures and flags; those of the line before beside them, in columns `p_`.
    """
    turn = lines["removed"].is_in(TURNS).fill_null(value=False)
    turns = turn.arg_true()
    before = pl.Series([None], dtype=pl.Float32).new_from_index(0, len(lines))
    before = before.scatter(turns, widths.width(lines["text"][turns])).shift(1)
    # A marker may have stood at the head of this very print line, which then is wider than its text.
    marker = pl.when((pl.col("gap") == 0) & (pl.col("doc") == pl.col("doc").shift(1))).then(pl.lit(before))
    indexed = (lines["removed"] == "collection_index").fill_null(value=False).cum_sum()
    # a flattened text has one width throughout
    columns = ((lines["removed"] == "continuation_marker") & ~lines["flat"]).fill_null(value=False).cum_sum()
    told = lines.with_columns(turned=turn.cum_sum(), indexed=indexed, columns=columns, marker=marker)
    kept = told.filter(pl.col("removed").is_null())
    frame = _with_columns(_closing(_named(_shaped(_measured(kept)))))
    frame = frame.with_columns(grid=wrap_width.on_grid(frame)).with_columns(
        width=pl.when("grid").then(pl.col("width") + pl.col("ascii") / 2).otherwise("width")
    )
    frame = widths_anew.measure(frame).with_columns(unit=pl.when("grid").then("cell").otherwise("unit"))
    headed = pl.col("width") + pl.col("marker")
    fits = (headed <= pl.col("wrap_width") + 1.5).fill_null(value=False)
    frame = frame.with_columns(width=pl.when(fits).then(headed).otherwise("width"))
    core = pl.when("squeezes").then("least").otherwise(pl.col("width") - pl.col("hang"))
    frame = frame.with_columns(core=core)
    # A line far wider than the columns it stands between was not wrapped: a headline, or a page's title.
    wrap = pl.col("wrap_width")
    column = pl.max_horizontal(wrap, runs.above(wrap), runs.below(wrap))
    # the same of the first line of a block without a mark, though another headline may be as wide
    size = pl.min_horizontal("core", "least")
    alone = pl.col("tops") & (runs.below(pl.col("gap")) == 0) & (size > runs.below(wrap) + 1.6)
    # the width of a few lines may be told too small, where first lines are set in
    usual = pl.col("prose") & (size <= wrap.quantile(_USUAL).over("doc") + 1.6)
    outside = ~pl.col("flat") & ((size > column + 1.6) & ~usual | alone.fill_null(value=False))
    frame = _beside(frame.with_columns(wrap_width=pl.when(~outside).then("wrap_width")))
    return _habits(frame)


def _with_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Number the stretches that may be set in columns of their own: each opens with the first text below a marker."""
    told = pl.any_horizontal("prose", "ends", "pauses", "outline")
    below = pl.when(told).then("columns").forward_fill().over("doc")
    return frame.with_columns(column=pl.struct("doc", columns=pl.coalesce(below, "columns")).rle_id())


def _measured(kept: pl.DataFrame) -> pl.DataFrame:
    text = kept["text"]
    codes, edges = encode(text), bounds(lengths(text))
    ends = {name: pl.Series(values) for name, values in line_ends.ends(codes, edges).items()}
    return kept.with_columns(*first_units(codes, edges), *widths.measures(text), **ends)


def _shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Tell the lines that open as items, headings and reports do, and those that a bracket runs through."""
    heads, tails = frame["text"].str.head(_SEEN), frame["text"].str.tail(_SEEN)
    prose = frame["text"].str.contains("[，。；！？]")
    opens = ((frame["gap"] > 0) | (frame["doc"] != frame["doc"].shift(1)).fill_null(value=True)) & ~frame["ends"]
    asked = opens & prose & (frame["width"] <= _TITLE)
    quoted = ask(frame["text"], asked, _marked_in_quotes_alone)
    dateline = matching(heads, heads.str.contains(_REPORTS), narrow(widths.DATELINE))
    tops = opens & ~prose & ~dateline
    peg = matching(
        heads,
        ((frame["gap"] > 0) & (~prose & ~frame["ends"]).shift(1, fill_value=False)) | tops.shift(1, fill_value=False),
        narrow(_PEG),
    )
    prose |= peg
    # 某某网云江4月10日电, and （记者 某某） on the next line
    reported = ask(heads, heads.str.starts_with("（"), lambda some: some.str.contains(narrow(_REPORTED)))
    reported &= frame["text"].str.ends_with("日电").shift(1, fill_value=False)
    # 他说——, and what he said stands below; an address behind a finished sentence
    linked = matching(tails, tails.str.contains("://", literal=True), _LINKED)
    closed = (frame["text"].str.ends_with("——") & prose) | linked
    # （某年某月某日某会议通过）, （1.某某大学，云江；2.某某局，罗坪）: a line in brackets, from end to end
    closed |= matching(frame["text"], heads.str.starts_with("（") & frame["text"].str.ends_with("）"), "^（[^（）]*）$")
    open_end = matching(tails, tails.str.contains("[（《〈〔]"), "[（《〈〔][^）》〉〕]*$")
    outline = matching(heads, frame["numbered"], narrow(widths.OUTLINE)) | frame["bullet"]
    short = (frame["width"] <= _SEEN) & ~prose
    label = ask(frame["text"], short, _are_labelled)
    # （本报记者 某某）中共中央政治: more than who reports
    prose |= matching(heads, dateline, _LEADS)
    return frame.with_columns(
        outline=outline,
        closed=closed,
        # 原文：, 释义： on lines one below the other
        names=matching(heads, heads.str.head(_NAMED).str.contains("：", literal=True), _NAMES),
        behind=heads.str.starts_with("——"),
        quoted=quoted,
        tops=tops,
        peg=peg,
        label=label,
        asks=frame["text"].str.head(2).is_in(_TURNS_OF_TALK)
        | matching(frame["text"], short & frame["text"].str.ends_with("：") & (frame["width"] <= _ASIDE), _GREETS),
        heads=matching(heads, outline, narrow(widths.HEADING)),
        chapter=matching(heads, outline, narrow(widths.CHAPTER)),
        dateline=dateline,
        prose=prose,
        open_end=open_end,
        shut=matching(heads, heads.str.contains("[）》〉〕]"), "^[^（《〈〔]*[）》〉〕]"),
        goes_on=frame["goes_on"] | open_end,
        flows=frame["flows"] | reported,
        votes=~pl.col("marked")
        & pl.lit((prose | ~outline) & ~label)
        & ~pl.col("justified")
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


def _beside(frame: pl.DataFrame) -> pl.DataFrame:
    same = (pl.col("doc") == pl.col("doc").shift(1)).fill_null(value=False)
    gap = pl.col("gap") > 0
    # A bracket that opened a few lines above and is shut here or a few lines below.
    last, first = pl.when("open_end").then(1).when("shut").then(-1), pl.when("shut").then(-1).when("open_end").then(1)
    above = last.when(~same).then(0).forward_fill(_BRACKET).shift(1) == 1
    below = first.when(~same.shift(-1, fill_value=False)).then(0).backward_fill(_BRACKET) == -1
    return frame.with_columns(
        first=~same,
        inside=(same & above & below).fill_null(value=False),
        before=pl.col("text").shift(1),
        alone=(pl.col("row") - pl.col("row").shift(1) == 1).fill_null(value=False),
        turns=same & (pl.col("turned") != pl.col("turned").shift(1)),
        ends_block=gap.shift(-1, fill_value=True) | ~same.shift(-1, fill_value=False),
        n_outline=runs.below(pl.col("outline"), True),
        **{f"p_{name}": pl.col(name).shift(1) for name in _SEEN_BEFORE},
    )


def _habits(frame: pl.DataFrame) -> pl.DataFrame:
    """Learn from each document's plain cases how it sets paragraphs: by an indent (seen or stripped) or blank lines."""
    doc, wrap, width, votes = (frame[name].to_numpy() for name in ("doc", "wrap_width", "width", "votes"))
    gap, n_lines = frame["gap"].to_numpy() > 0, np.bincount(doc)
    ends, pauses, prose = (frame[name].fill_null(value=False).to_numpy() for name in ("p_ends", "p_pauses", "p_prose"))
    # above a document's first line stands another document
    first = frame["first"].to_numpy()
    ends, finished = ends & ~first, (ends | pauses) & ~first
    before = np.where(first, np.nan, frame["p_width"].to_numpy())
    start = (before + frame["unit"].to_numpy() <= wrap - 3.5) & ends | (frame["outline"].to_numpy() & finished)
    # a headline may be as wide as the lines below it
    more = ~finished & (before >= wrap - 1.0) & ~np.append(np.False_, first[:-1])
    full = votes & ~np.isnan(wrap)
    deep = indents.deep(frame, doc, n_lines)
    filled = indents.filled(frame, doc)
    # wider than headings are, and without an end: its rest stands below
    broken = ~finished & (before >= _HEADING)
    mostly = indents.mostly(frame, doc, finished | ~prose | gap, ((filled >= indents.SEVERAL) | broken) & ~gap)
    deep = np.where(mostly[doc], frame["indent"].to_numpy().astype(np.float64), deep)
    indented = deep >= 2

    def count(of: Flags) -> npt.NDArray[np.float64]:
        return np.bincount(doc, of, len(n_lines)).astype(np.float64)

    def share(of: Flags, least: float) -> npt.NDArray[np.float64]:
        return (count(of & gap) + least) / (count(of) + 1.0)

    ghosts = count(full & start & (np.abs(width - wrap + INDENT) <= 0.8))
    flush = count(full & start & (np.abs(width - wrap) <= 0.8))
    n_indented = count(indented)
    some = (n_indented >= 1) & ((n_indented <= 0.7 * n_lines) | mostly)
    set_by = (count(indented & (finished | ~prose | first)) >= 0.8 * n_indented) & some
    ghost = np.where(~set_by & (ghosts >= flush), INDENT, 0.0)
    set_in = np.flatnonzero(set_by[doc] & indented)
    wider = width.astype(np.float64)
    if len(set_in):
        em = np.where(frame["grid"].to_numpy()[set_in], 1.0, 2.0)
        taken = indents.taken(doc, wrap - width, full & indented)[doc[set_in]]
        wider[set_in] += np.where(np.isnan(taken), deep[set_in] / em, taken)
    return frame.with_columns(
        deep=deep,
        gap_at_start=share(start, 0.5)[doc],
        gap_inside=share(more, 0.1)[doc],
        indents=set_by[doc],
        p_filled=filled,
        ghost=ghost[doc],
        width=wider,
    ).with_columns(p_width=pl.col("width").shift(1))
