"""Which lines look like headlines and are none, by those around them: turns of speakers, lists, issuers, headings."""

import numpy as np
import polars as pl

from tasks.clean import runs, widths
from tasks.clean.figures import NUMERAL
from tasks.clean.gated import matching, put
from tasks.clean.patterns import narrow

# 记者手记：: no speaker, but what kind of report it heads.
RUBRIC = "^(?:(?:本报)?记者(?:专访|手记|观察|调查|走访|探访|连线|直击|见闻)|专家(?:解读|观点|访谈|提醒)|网友热议)[：:]"
_SIGNATURE = 24
_INDENT, _MOSTLY = 2, 0.7
_TITLE, _COPY, _OF_A_SITE = 8, 5, "(?:网|网站|平台|频道|门户|专栏|专题)$"
_LABEL, _TURNS = 14, 3
_NUMBER, _PART = 6, f"^第{NUMERAL}{{1,4}}[编章节]$"
_SPEAKER = narrow(r"^([\p{Han}·]{2,10})：")
# 当事人：某某, 甲方（签字）：
_LABELLED = narrow(r"^[\p{Han}]{1,12}(?:[（(][^（）()]{1,10}[）)])?[：:]")
_TITLED_AGAIN = narrow(r"^[\p{Han}]{2,8}社[\p{Han}]{1,8}\d{1,2}月\d{1,2}日电 ?题[：:]")
# Rows of a table: figures in two cells beside each other, or as many cells as the row above or below has.
_FIGURES = narrow(r"[ \x{3000}][-+－]?\d[\d.,]*%?[ \x{3000}]+[-+－]?\d[\d.,]*%?(?:[ \x{3000}]|$)")
_ROW, _CELLS, _SPACES = 80, 3, r"[ \x{3000}]+"
_BULLETS = list("■▲★▶►□◆●")
_PASSED = narrow(widths.DAY_OF_LAW + r"(?:.*(?:通过|批准|[公发]布|施行|修[正订改])|[过准布行正订改])[）)]?$")
# So many short lines one below the other, more than a headline has with all its decks.
_LIST, _ENTRY, _STANZA, _VERSE, _MOSTLY_SHORT, _DECKS = 4, 14, 7, 20, 0.9, 4


def by_company(blocks: pl.DataFrame) -> pl.Expr:
    """Tell the blocks that nothing around them keeps from being headlines (Boolean).

    Args:
        blocks: kept blocks with doc, text, gap, n_chars, ends, head, byline, issues (ends like an issuer),
            closes (a day).
    """
    signs = pl.col("issues") & pl.col("closes").shift(-1) & (pl.col("doc") == pl.col("doc").shift(-1))
    signs |= _begins_a_signature(signs)
    text = pl.col("text")
    # 请某某发言…… after 请某某发言……: a list of what follows
    trails = text.str.ends_with("…")
    bullet = text.str.head(1)
    marked = bullet.is_in(_BULLETS) & ~pl.col("byline")
    alike = (bullet == runs.above(bullet, "")) | (bullet == runs.below(bullet, ""))
    listed = (trails & (runs.above(trails, False) | runs.below(trails, False))) | (marked & alike)
    # ——林远山在仪式上的讲话, under what he said
    said = text.str.starts_with("——") & ~runs.above(pl.col("head"), False) & runs.above(pl.col("ends"), False)
    said |= _says_when_passed(blocks)
    # 这里是罗坪——, and the sentence goes on below
    said |= text.str.ends_with("——") & runs.above(pl.col("ends"), False) & ~runs.below(pl.col("head"), False)
    # 某某同志千古！, over who signs it, or under all else
    signed = runs.below(pl.col("issues") | pl.col("closes"), True)
    exclaims = (text.str.ends_with("！") | text.str.ends_with("!")) & signed & runs.above(pl.col("ends"), False)
    # 新华社云江5月11日电 题：, and the headline again
    again = pl.lit(matching(blocks["text"], blocks["head"], _TITLED_AGAIN)) & runs.above(pl.col("head"), False)
    none_of = (_spoken(blocks), _names_a_part(blocks), _of_forms(blocks), _of_tables(blocks))
    return ~pl.any_horizontal(signs.fill_null(value=False), listed, said, exclaims, again, *map(pl.lit, none_of))


def _of_forms(blocks: pl.DataFrame) -> pl.Series:
    """Tell the lines of a form: labels with what they name, one below the other."""
    head = blocks["head"]
    beside = head | head.shift(-1, fill_value=False) | head.shift(1, fill_value=False)
    short = beside & ~blocks["stops"] & (blocks["n_chars"] <= _ROW)
    labelled = matching(blocks["text"], short, _LABELLED)
    label = pl.lit(labelled)
    # the first line of a document may be its headline: 某局：某事, and 作者： below it
    first = runs.rank() == 0
    return blocks.select(found=label & ~first & (runs.above(label & ~first, False) | runs.below(label, False)))["found"]


def _of_tables(blocks: pl.DataFrame) -> pl.Series:
    """Tell the rows of a table whose cells stand apart, and the names of its columns."""
    head = blocks["head"]
    near = (head | head.shift(-1, fill_value=False) | head.shift(1, fill_value=False)) & (blocks["n_chars"] <= _ROW)
    spaced = matching(blocks["text"], near, r"[ \x{3000}]\S+[ \x{3000}]")
    if not (spaced & head).any():
        return pl.Series([False]).new_from_index(0, len(blocks))
    cells = put(
        pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(blocks)),
        spaced.arg_true(),
        blocks["text"].filter(spaced).str.count_matches(_SPACES) + 1,
    )
    figures, n = pl.lit(matching(blocks["text"], spaced, _FIGURES)), pl.lit(cells)
    beside = (n == runs.above(n, 0)) & runs.above(figures, False) | (n == runs.below(n, 0)) & runs.below(figures, False)
    return blocks.select(found=figures | beside & (n > _CELLS))["found"]


def _says_when_passed(blocks: pl.DataFrame) -> pl.Series:
    """Tell 2014年8月26日 某市人民代表大会常务委员会……通过: the history of a law, below its name."""
    return matching(blocks["text"], blocks["text"].str.head(2).is_in(["19", "20"]) & ~blocks["ends"], _PASSED)


def _names_a_part(blocks: pl.DataFrame) -> pl.Series:
    """Tell the lines below a bare 第一节 inside a document: the heading of that part."""
    bare = matching(blocks["text"], blocks["n_chars"] <= _NUMBER, _PART)
    if not bare.any():
        return bare
    inside = runs.above(pl.lit(bare), False) & (runs.rank() > 1)
    return blocks.select(found=inside)["found"]


def _spoken(blocks: pl.DataFrame) -> pl.Series:
    """Tell what one of several says whose words are set down: 林县长知夏：…… again and again, in whole sentences."""
    text = blocks["text"]
    speaks = text.str.head(_LABEL).str.contains("：", literal=True)
    rows = speaks.arg_true()
    turns = blocks[rows].select("doc", "head", "ends", who=pl.col("text").str.extract(_SPEAKER)).with_columns(row=rows)
    turns = turns.drop_nulls("who")
    if not turns["head"].any():
        return pl.Series([False]).new_from_index(0, len(blocks))
    several = (pl.len() >= _TURNS).over("doc", "who") & (pl.col("ends").sum() >= _TURNS - 1).over("doc", "who")
    found = turns.filter(several)["row"]
    return pl.Series([False]).new_from_index(0, len(blocks)).scatter(found, values=True)


def _begins_a_signature(signs: pl.Expr) -> pl.Expr:
    """The name of who issued a notice may be set over two lines, under a finished text."""
    under = runs.above(pl.col("ends"), False)
    near = (runs.below(pl.col("gap")) == 0) | pl.col("issues")
    return runs.below(signs, False) & near & under & (pl.col("n_chars") <= _SIGNATURE)


def without_set_in(named: pl.DataFrame) -> pl.DataFrame:
    """What is set in as the paragraphs are, below a headline that is not, is a heading of their text.

    A document's first line may have lost its indent: where it alone is at the edge, a line between whole paragraphs
    is only doubted (`weak`).
    """
    indent, head = pl.col("indent"), pl.col("head")
    deep = head & (indent >= _INDENT)
    here = named.filter(deep)["doc"].unique()
    if here.is_empty():
        return named.with_columns(weak=pl.lit(value=False))
    prose = indent.filter("stops")
    of_doc = named.filter(pl.col("doc").is_in(here.implode())).group_by("doc", maintain_order=True)
    usual = of_doc.agg(
        usual=prose.median(),
        even=(prose == prose.median()).mean() >= _MOSTLY,
        flush=(indent.filter(head).first() < _INDENT) & (prose.len() > 2),
        stripped=(indent.filter(~pl.col("first")) >= _INDENT).all(),
    ).filter("even", "flush", pl.col("usual") >= _INDENT)
    told = named.select("doc").join(usual, on="doc", how="left", maintain_order="left").select("usual", "stripped")
    dated = runs.below(pl.col("dated"), False)
    inside = deep & ((indent - pl.lit(told["usual"])).abs() <= _INDENT) & ~dated & ~pl.col("titled")
    # behind a dash or in brackets of the headline right above
    inside &= ~(pl.col("text").str.contains("^——|^（[^（）]{1,24}）$") & runs.above(head, False))
    whole = runs.above(pl.any_horizontal("ends", "credits"), False) & runs.below(pl.col("stops") & ~head, False)
    weak = (inside & whole & pl.lit(told["stripped"])).fill_null(value=False)
    return named.with_columns(head=head & (~inside.fill_null(value=False) | weak), weak=weak)


def without_captions(named: pl.DataFrame) -> pl.DataFrame:
    """What stands below the day of a headline is a caption or a heading of its text, or another text's headline."""
    below = named["head"] & named["after_bar"] & named["head"].shift(1, fill_value=False)
    if not below.any():
        return named
    text, head = pl.col("text"), pl.col("head")
    over = head & (pl.col("length") >= _TITLE) & ~pl.col("issues") & ~text.str.contains(_OF_A_SITE)
    headed = over.shift(1, fill_value=False) & (pl.col("doc") == pl.col("doc").shift(1))
    # the headline of a collection, then that of its first text; the name of a site, then that of a document
    again = text.str.head(_COPY) == text.str.head(_COPY).shift(1)
    named_anew = pl.col("titled") & ~pl.col("titled").shift(1, fill_value=False)
    prose = runs.below(pl.col("stops"), False)
    found = named.select(
        (pl.lit(below) & headed & ~again & ~named_anew & prose & ~text.str.starts_with("——") & ~pl.col("told"))
        .fill_null(value=False)
        .alias("found")
    )["found"]
    return named.with_columns(head=head & ~found) if found.any() else named


def without_lists(named: pl.DataFrame) -> pl.DataFrame:
    """Where nothing but headlines would be left of a document, its lines below the first are a list, and its text.

    That is, if the first one names a document, or the others are shorter than headlines are.
    """
    head, doc = named["head"].to_numpy(), named["doc"].to_numpy()
    starts = np.flatnonzero(np.append(np.True_, doc[1:] != doc[:-1])[: len(doc)])
    if not len(starts):
        return named
    sizes = np.diff(starts, append=len(doc))
    bare = np.add.reduceat(head | named["byline"].to_numpy(), starts, dtype=np.int64)
    found = (bare == sizes) & (sizes >= _LIST)
    if not found.any():
        return named
    length, first = named["length"].to_numpy(), named["titled"].to_numpy()[starts]
    below = (np.add.reduceat(length, starts, dtype=np.int64) - length[starts]) / (sizes - 1).clip(1)
    lists = np.repeat(found & (first | (below <= _ENTRY)), sizes)
    lists[starts] = False
    return named.with_columns(head=pl.Series(head & ~lists))


def without_verse(named: pl.DataFrame) -> pl.DataFrame:
    """What stands under the first of many short lines without a mark, verse or a list, is its text.

    The last few of them, parted from the rest by more blank lines, may be the next headline.
    """
    head = named["head"]
    count = np.append(0, head.to_numpy().astype(np.int64).cumsum())
    if not (count[_STANZA:] - count[:-_STANZA] == _STANZA).any():
        return named
    cut = pl.any_horizontal("first", "after_from", "after_to", "after_divider")
    opens = named.select(pl.col("head") & (cut | ~pl.col("head").shift(1, fill_value=False))).to_series()
    run = opens.cum_sum()
    sizes = run.filter(head).value_counts(name="n").filter(pl.col("n") >= _STANZA)
    if sizes.is_empty():
        return named
    rows = (head & run.is_in(sizes[run.name].implode())).arg_true()
    told = named[rows].select(
        "gap",
        run=pl.lit(run[rows]),
        short=(pl.col("n_chars") <= _VERSE)
        & ~pl.any_horizontal("titled", "told")
        # a headline's decks stand beside each other, rows of a list have more columns
        & (pl.col("text").str.count_matches(" ", literal=True) != 1),
        number=pl.int_range(pl.len()),
    )
    first = pl.col("number") == pl.col("number").min().over("run")
    apart = ~first & (pl.col("gap") > pl.col("gap").filter(~first).median().over("run"))
    last = pl.col("number").filter(apart).max().over("run")
    next_head = (pl.col("number") >= last) & (pl.col("number").max().over("run") - last < _DECKS)
    told = told.with_columns(next_head=next_head.fill_null(value=False))
    verse = pl.col("short").filter(~pl.col("next_head") & ~first).mean().over("run") >= _MOSTLY_SHORT
    text = told.select((verse & ~first & ~pl.col("next_head")).fill_null(value=False)).to_series()
    return named.with_columns(head=named["head"].scatter(rows.filter(text), values=False))
