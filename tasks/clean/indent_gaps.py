"""Cuts lines that hold several paragraphs at the indents that stand between them as gaps."""

import polars as pl

from tasks.clean import line_cuts, space_cuts, widths

# What is left of the indents of paragraphs that were run into one line.
_INDENT = r"(?:\x{3000}{2,}| {2,})[ \x{3000}]*"
# the end of a print line may stand before it
_GAP = f" ?{_INDENT}"
_STOP = rf"[{widths.ENDERS}；：:;][”’）》]*"
_MIN_GAPS = 3
_MIN_WIDE_GAPS = 2
# A headline, then paragraphs that are set in.
_HEADED = r"^[^。，；！？\x{3000}]{5,50}\x{3000}{2}[^\x{3000}]{30,}[。！？][”’）》]*\x{3000}{2}[^\x{3000}]"
_OF_TEXT, _TEXTS = r"\x{3000}{2}[^\x{3000}]{30,}[。！？][”’）》]*$", 3
# One or two are enough where all stand behind sentences, as wide as an indent, between whole paragraphs.
_WIDE_GAP, _PARTED, _SENTENCES = r"(?:\x{3000}{2,}| {3,})", 30, 2
# Characters of a line of several paragraphs, and how much of its text it may hold alone.
_LONG, _ALONE = 60, 0.5


def cut(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut such lines.

    Args:
        lines: the lines frame.

    Returns:
        The frame, `line` renumbered; `starts_paragraph` true of each piece, null of the lines that were not cut.
    """
    text = pl.col("text")
    # a site's mark may stand behind the paragraph
    stops = text.str.count_matches(_STOP + r"(?: [^ \x{3000}，。；：！？]{2,24}){0,3} ?" + _GAP)
    wide = text.str.count_matches(_STOP + r"\x{3000}{2}")
    frame = lines.with_columns(starts_paragraph=pl.lit(None, pl.Boolean)).with_row_index("row")
    gapped = frame.filter(text.str.contains(r"\x{3000}{2}|  ")).filter(text.str.len_chars() >= _LONG)
    gaps = text.str.count_matches(_GAP)
    several = (
        (stops >= _MIN_GAPS)
        | (wide >= _MIN_WIDE_GAPS)
        | _are_indents(text, gaps, _WIDE_GAP)
        | text.str.contains(_HEADED)
        | pl.col("row").is_in(_spaced(frame, gapped).implode())
    )
    # headlines, greetings and signatures end in no mark, either: there the indents are all alike
    alike = (stops * 3 >= gaps) & (text.str.extract_all(_INDENT).list.n_unique() == 1)
    # a text a line, of a headline and a paragraph or two
    texts = text.str.contains(_OF_TEXT) & (pl.len() >= _TEXTS)
    texts &= ((stops * 3).sum() >= gaps.sum()) & (stops.sum() >= _MIN_GAPS)
    told = gapped.with_columns(texts=texts.over("doc"))
    long = told.filter((several & ((stops * 2 >= gaps) | alike)) | pl.col("texts"))
    if long.is_empty():
        return frame.drop("row")
    opens = pl.when(pl.col("row").is_in(long["row"].implode())).then(pl.lit(True))
    # as a blank line does, the end of a line parts texts there
    texts = pl.col("row").is_in(told.filter("texts")["row"].implode())
    frame = frame.with_columns(gap=pl.when(texts & (pl.col("gap") == 0)).then(1).otherwise("gap").cast(pl.Int32))
    kept = text.str.replace_all(rf"({space_cuts.ARTICLE}){_GAP}", "${1}" + space_cuts.KEPT)
    pieces = kept.str.replace_all(_GAP, "\n").str.replace_all(space_cuts.KEPT, " ").str.split("\n")
    cuts = long.select("row", pieces=pieces)
    return line_cuts.apply(frame.with_columns(starts_paragraph=opens).drop("row"), cuts)


def set_in(lines: pl.DataFrame) -> pl.Series:
    """Documents with a line of several paragraphs, each of them behind two wide spaces."""
    text = pl.col("text")
    some = lines.filter(text.str.contains("\u3000\u3000", literal=True) & (text.str.len_bytes() >= _LONG))
    return some.filter(text.str.count_matches(_STOP + r" ?\x{3000}{2}") >= _MIN_GAPS)["doc"].unique()


def _are_indents(text: pl.Expr, gaps: pl.Expr, gap: str) -> pl.Expr:
    """Whether every gap of a line stands between two paragraphs of some length, behind the end of a sentence."""
    piece = rf"(?:[^ \x{{3000}}]| [^ \x{{3000}}]){{{_PARTED},}}"
    between = rf"{piece}[{widths.ENDERS}][”’）》]*{gap}"
    return (text.str.count_matches(between) == gaps) & text.str.contains(rf"{gap}{piece}$")


def _spaced(frame: pl.DataFrame, gapped: pl.DataFrame) -> pl.Series:
    """Rows that hold most of a text, where two or four spaces stand behind sentences alone: those are indents."""
    text, size = pl.col("text"), pl.col("text").str.len_bytes()
    four = text.str.count_matches(_STOP + " {4}")
    fours = (four >= _MIN_WIDE_GAPS) & (four == text.str.count_matches(" {4,}"))
    # two spaces behind each sentence are how some write
    gaps = text.str.count_matches(_GAP)
    twos = (text.str.count_matches(f"[{widths.ENDERS}]") >= _SENTENCES * gaps) & _are_indents(text, gaps, " {2,}")
    likely = gapped.filter(fours | twos)
    whole = frame.filter(pl.col("doc").is_in(likely["doc"].implode()))
    most = whole.filter(size > _ALONE * size.sum().over("doc"))["row"]
    return likely.filter(pl.col("row").is_in(most.implode()))["row"]
