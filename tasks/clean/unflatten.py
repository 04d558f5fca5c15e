"""Rebuild the print lines of a flattened text: many lines run into one, every line end a space between Han or marks.

Only cut here, never joined: `unwrap` then decides on print lines as it does for any other text.
"""

import polars as pl

from tasks.clean import (
    headline_seams,
    indent_gaps,
    line_cuts,
    one_line,
    print_pieces,
    runs,
    space_cuts,
    watermarks,
    widths,
)
from tasks.clean.collection_labels import COUNTED, NUMBER
from tasks.clean.gated import ask, matching, where
from tasks.clean.patterns import matches

_LONG = 60
_FILE_NAME = r"(?i)^([^ \x{3000}.]{4,50}\.(?:docx?|pdf|txt|wps|pptx?|xlsx?|rtf))[ \x{3000}]+"
_FILES = r"\.(?:doc|pdf|txt|wps|ppt|xls|rtf|DOC|PDF)"
_MIN_CUTS = 4
_MARKED = "[，。；]"
_SPACED_MARK, _MIN_SPACED_MARKS = r"[^ ] +[，。；：！？、]", 2
# Spaces a character where each word has one behind it.
_WORDS = 0.2
# Of a print line's width: what may be wrong with it, what a short one lacks; a first line's indent.
_FITS, _SHORT, _INDENT = 1.0, 4.0, 2.0
# 范文二
_NUMBERED = rf"^[【（(]?(?:第?{NUMBER}篇|{COUNTED}{NUMBER})(?:[】）)]?[：:]?$|[】）)：:])"
# Characters of a headline.
_HEADLINE = (16, 80)
_ANY_MARK = "[，。；：！？]"
_ALONE, _MANY = 0.5, 10
# 截至20 22年, 增长31 %: a number over the end of a print line.
_NUMBER = r"([^0-9][0-9]{1,5}[.]?) ([0-9]{1,5}[^0-9]|[.%][0-9]?)"


def split(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut flattened lines into print lines.

    A long line is flattened when the pieces between its spaces are mostly of one width (its print lines), or when
    spaces stand at random inside words; then only those after a sentence's end are taken for line ends.

    Args:
        lines: The lines frame.

    Returns:
        The frame with flattened lines exploded and `line` renumbered; `flat` bool, and `starts_paragraph` bool, null
        where only print geometry can tell.
    """
    cuts = space_cuts.cut(pl.col("text"))
    frame = (
        one_line.split(watermarks.cut(indent_gaps.cut(_with_close_marks(_behind_file_names(lines)))))
        .with_row_index("source_row")
        .with_columns(flat=pl.lit(False))
    )
    many = (pl.col("text").str.len_chars() >= _LONG) & (pl.col("text").str.count_matches(" ") >= _MIN_CUTS)
    # what was cut at wide indents is a paragraph, whatever spaces it holds
    set_in = indent_gaps.set_in(lines)
    whole = pl.col("starts_paragraph").fill_null(value=False) & pl.col("doc").is_in(set_in.implode())
    frame = _with_whole_headlines(frame, set_in)
    long = frame.filter(many & pl.col("removed").is_null() & ~whole).select("source_row", cut=cuts)
    long = long.filter(pl.col("cut").str.count_matches("\n") >= _MIN_CUTS)
    if long.is_empty():
        return frame.drop("source_row")
    pieces = print_pieces.cut(long)
    tight = print_pieces.measured(pieces)
    # few pieces are of one width by chance
    rows = frame.select("doc", parted="starts_paragraph")[tight["source_row"]]
    sure = tight.filter("printed", print_pieces.of_one_width(tight.hstack(rows)) >= _MANY)
    likely = tight.join(sure, on="source_row", how="anti").filter(pl.col("printed") | pl.col("scattered"))
    if not likely.is_empty():
        likely = likely.join(_without_lines(frame, likely), on="source_row", how="semi")
    printed = pieces.join(pl.concat([sure, likely.filter("printed")]), on="source_row", maintain_order="left")
    printed = _behind_headline(printed)
    headed = pl.col("source_row").is_in(_headed(printed, frame["doc"]).implode())
    printed = _parted_at_digits(_with_whole_numbers(printed))
    loose = _loose(long.join(likely.filter("scattered"), on="source_row", how="semi"))
    new = pl.concat(
        [printed.select("source_row", "piece", starts_paragraph=_of_history(printed, frame["text"])), loose]
    )
    if new.is_empty():
        return frame.drop("source_row")
    first = runs.rank("source_row") == 0
    several = headed & (pl.col("source_row").n_unique().over("doc") > 1) & (runs.rank("doc") > 0)
    exploded = (
        new.join(frame.rename({"starts_paragraph": "starts_row"}), on="source_row", maintain_order="left")
        .with_columns(
            text=pl.col("piece"),
            flat=pl.lit(True),
            starts_paragraph=pl.coalesce("starts_paragraph", pl.when(first).then("starts_row")),
            # of several texts, each a line, the line's end parts one from the next
            gap=pl.when(first).then(pl.max_horizontal("gap", several.cast(pl.Int32))).otherwise(0).cast(pl.Int32),
            indent=pl.when(first).then("indent").otherwise(0).cast(pl.Int32),
        )
        .select(frame.columns)
    )
    rest = frame.join(new, on="source_row", how="anti")
    return (
        pl.concat([rest, exploded])
        .sort("source_row", maintain_order=True)
        .with_columns(line=runs.rank().cast(pl.UInt32))
        .drop("source_row")
    )


def _behind_file_names(lines: pl.DataFrame) -> pl.DataFrame:
    """Give the name of a file that opens a long line a line of its own."""
    text = pl.col("text")
    rows = lines.select("text").with_row_index("row").filter(text.str.len_bytes() >= _LONG)
    rows = rows.filter(text.str.head(_LONG).str.contains(_FILES))
    cuts = rows.select("row", pieces=text.str.replace(_FILE_NAME, "${1}\n").str.split("\n"))
    return line_cuts.apply(lines, cuts.filter(pl.col("pieces").list.len() > 1))


def _with_close_marks(lines: pl.DataFrame) -> pl.DataFrame:
    """Close the spaces around marks where most marks have one before them: no print line begins with a mark."""
    text = lines["text"]
    spaces = text.str.contains(" ", literal=True)
    likely = matching(text, spaces, " [，。]|。 ”")
    if not likely.any():
        return lines
    spaced = ask(text, likely, _are_spaced_at_marks)
    text = where(text, spaced, lambda some: some.str.replace_all("([^ ]) +([，。；：！？、”’）》]) *", "${1}${2}"))
    text = _with_whole_words(lines, text, spaced)
    quoted = text.str.contains("。 ”", literal=True)
    return lines.with_columns(where(text, quoted, lambda some: some.str.replace_all("([。！？]) +”", "${1}”")))


def _with_whole_words(lines: pl.DataFrame, text: pl.Series, spaced: pl.Series) -> pl.Series:
    """Close all spaces beside Han in the documents that have one behind each word: a corpus was cut into words."""
    if not spaced.any():
        return text
    counted = lines.select("doc", text=text).with_columns(
        spaces=pl.col("text").str.count_matches(" +"), n=pl.col("text").str.len_chars(), spaced=spaced
    )
    share = counted.group_by("doc").agg(
        words=pl.col("spaces").sum() / pl.col("n").sum(), most=pl.col("n").filter("spaced").sum() / pl.col("n").sum()
    )
    docs = share.filter(pl.col("words") >= _WORDS, pl.col("most") >= _ALONE)["doc"]
    cut = lines.select(pl.col("doc").is_in(docs.implode())).to_series()
    return where(
        text, cut, lambda some: some.str.replace_all("([^ -~]) +", "${1}").str.replace_all(" +([^ -~])", "${1}")
    )


def _are_spaced_at_marks(texts: pl.Series) -> pl.Series:
    spaced = texts.str.count_matches(_SPACED_MARK)
    return (spaced >= _MIN_SPACED_MARKS) & (spaced * 2 >= texts.str.count_matches("[，。；：！？、]"))


def _with_whole_headlines(frame: pl.DataFrame, docs: pl.Series) -> pl.DataFrame:
    """Close the spaces of headlines at which a print line of these documents ended."""
    text = pl.col("text")
    some = frame.with_row_index("row").filter(pl.col("doc").is_in(docs.implode()))
    some = some.filter(text.str.contains(" ", literal=True))
    heads = some.filter(text.str.len_chars().is_between(*_HEADLINE), ~text.str.contains(_MARKED))
    if heads.is_empty():
        return frame
    prose = some.filter(text.str.contains(_MARKED)).select(source_row="doc", cut=space_cuts.cut(text))
    full = print_pieces.full_width(print_pieces.cut(prose)).rename({"source_row": "doc"})
    heads = heads.join(full, on="doc", how="left", maintain_order="left")
    closed = headline_seams.close_wraps(heads["text"], heads["full"])
    return frame.with_columns(text=frame["text"].scatter(heads["row"], closed))


def _with_whole_numbers(printed: pl.DataFrame) -> pl.DataFrame:
    """Close the space in a number that stands over the end of a print line, in a piece of two of them."""
    wide = printed["width"] > printed["full"] + print_pieces.TOO_WIDE
    return printed.with_columns(where(printed["piece"], wide, lambda some: some.str.replace_all(_NUMBER, "${1}${2}")))


def _headed(printed: pl.DataFrame, doc: pl.Series) -> pl.Series:
    """Choose the rows that open with a headline: no mark, and no full print line, or all of a document open so."""
    firsts = printed.filter(runs.rank("source_row") == 0)
    firsts = firsts.with_columns(doc=doc.gather(firsts["source_row"]), bare=~pl.col("piece").str.contains(_ANY_MARK))
    short = pl.col("width") < pl.col("full") - _SHORT
    return firsts.filter("bare", short | pl.col("bare").all().over("doc"))["source_row"]


def _parted_at_digits(printed: pl.DataFrame) -> pl.DataFrame:
    """Part a headline below the number of a text of several from the line beside it, where that opens with a digit.

    Args:
        printed: source_row, piece, width, and full (of a print line).
    """
    frame = printed.with_row_index("place")
    above = pl.col("piece").shift(1)
    below = (above.str.contains(_NUMBERED) | (pl.col("source_row") != pl.col("source_row").shift(1))).fill_null(
        value=True
    )
    of_two = (pl.col("width") > pl.col("full") + print_pieces.TOO_WIDE) & (pl.col("width") <= 2 * pl.col("full"))
    wide = frame.filter(below, of_two)
    words = wide.select("place", "full", word=pl.col("piece").str.split(" ")).explode("word").drop_nulls()
    if words.is_empty():
        return printed
    words = words.with_columns(widths.width(words["word"]), number=runs.rank("place"))
    left = pl.col("width").cum_sum().over("place")
    room = pl.col("full") - (pl.col("width").sum().over("place") - left)
    fits = (left < pl.col("full") - _SHORT) & room.is_between(-_FITS, _INDENT + _FITS)
    best = words.filter(fits).group_by("place").agg(at=pl.col("number").max())
    words = words.join(best, on="place", maintain_order="left")
    halves = words.group_by("place", second=pl.col("number") > pl.col("at"), maintain_order=True).agg(
        pl.col("word").str.join(" ").alias("half")
    )
    parted = frame.join(halves, on="place", how="left", maintain_order="left")
    return parted.select("source_row", piece=pl.coalesce("half", "piece"))


def _behind_headline(printed: pl.DataFrame) -> pl.DataFrame:
    """Put the day that opens a text back behind its headline where both fill one print line."""
    above, width = pl.col("piece").shift(1), pl.col("width")
    second = (runs.rank("source_row") == 1) & pl.lit(matches(printed["piece"], space_cuts.OPENS_WITH_DAY))
    fills = (width.shift(1) + width - pl.col("full")).abs() <= _INDENT
    shared = printed.select((second & fills).fill_null(value=False)).to_series()
    if not shared.any():
        return printed
    both = pl.when(pl.lit(shared)).then(above + " " + pl.col("piece")).otherwise("piece")
    wide = pl.when(pl.lit(shared)).then(width.shift(1) + width).otherwise("width")
    return printed.with_columns(piece=both, width=wide).filter(~shared.shift(-1, fill_value=False))


def _of_history(printed: pl.DataFrame, texts: pl.Series) -> pl.Series:
    """Tell the days of a law's history, above its first sentence, from what goes on (null); `texts` by source_row."""
    dated = matches(printed["piece"], space_cuts.OF_HISTORY)
    rows = printed["source_row"].filter(dated).unique()
    histories = rows.filter(matches(texts[rows], space_cuts.HISTORY))
    dated &= printed["source_row"].is_in(histories.implode())
    above = pl.col("piece").str.contains("。", literal=True).cum_sum().over("source_row") == 0
    return printed.select(pl.when(above & pl.lit(dated)).then(pl.lit(True))).to_series()


def _without_lines(frame: pl.DataFrame, likely: pl.DataFrame) -> pl.DataFrame:
    """Rows of their texts that are not set in lines of one paragraph each: those need no spaces for line ends."""
    text, size = pl.col("text"), pl.col("text").str.len_chars()
    docs = frame["doc"].filter(frame["source_row"].is_in(likely["source_row"].implode()))
    frame = frame.filter(pl.col("doc").is_in(docs.unique().implode()))
    ended = text.str.contains(widths.ENDS_SENTENCE).filter(size >= print_pieces.PARAGRAPH).mean().over("doc")
    return frame.select("source_row", alone=(size > _ALONE * size.sum().over("doc")) | (ended <= 0.5)).filter("alone")


def _loose(long: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("cut").str.replace_all(rf"([{widths.ENDERS}][”’）》]*)\n", "${1}\u2028").str.replace_all("\n", " ")
    return (
        long.select("source_row", piece=text.str.split("\u2028"))
        .explode("piece")
        .with_columns(
            starts_paragraph=(runs.rank("source_row") > 0).replace_strict(
                {True: True}, default=None, return_dtype=pl.Boolean
            )
        )
    )
