"""Rebuild the print lines of a flattened text: many lines run into one, every line end a space between Han or marks.

Only cut here, never joined: `unwrap` then decides on print lines as it does for any other text.
"""

import polars as pl

from tasks.clean import line_cuts, runs, widths
from tasks.clean.gated import ask, where
from tasks.clean.patterns import narrow

# Word joiner: protects a space that is the typesetter's, not a line end, while the others are cut.
_KEPT = "\u2060"
_WIDE = r"[^\n !-~\x{2060}]"
_ARTICLE = rf"第{widths.NUMERAL}{{1,6}}[编章节条](?:之{widths.NUMERAL}{{1,2}})?"
_NUMBERED = rf"(^| )({_ARTICLE}|[一二三四五六七八九十]{{1,3}}、)[ \x{{3000}}]+"
# 本报讯, 本报讯（记者, 记者某某报道: the space after these is the writer's.
_TAG = narrow(
    r"((?:(?:本[报网台]|新华社|[\p{Han}]{1,5}[报网社])[\p{Han}]{0,4}(?:讯|消息)"
    r"|(?:记者|通讯员)[ \x{2060}]?[\p{Han}、]{2,14}报道"
    r"|[（\x{2060} ](?:[\p{Han}]{2,8})?(?:记者|通讯员|实习生))) +"
)
_NAMES = narrow(r"((?:记者|通讯员|电（|讯（)\x{2060}?[\p{Han}\x{2060}]{2,14}) ([\p{Han}]{2,4}[ ）])")
# Who issued a notice, and when: two lines, the rest is another text.
_SIGNED = narrow(
    r"((?:政府|办公[室厅]|委员会|[局厅院署]|公司|中心|小组)) +([\dX]{4} ?年 ?[\dX]{1,2} ?月 ?[\dX]{1,2} ?日)(?: +|$)"
)
_LONG = 60
_MIN_CUTS = 4
# What is left of the indents of paragraphs that were run into one line.
_GAP = r"(?:\x{3000}{2,}| {2,})[ \x{3000}]*"
_STOP = rf"[{widths.ENDERS}；：:;][”’）》]*"
_MIN_GAPS = 3
# Sentences between spaces, and characters of a paragraph, where a space after a sentence's end parts paragraphs.
_SENTENCES, _ROOM = 2, 40
_SOME, _MORE_ROOM = 1.25, 60
# 环湖公路完工 云江日报临渚1月19日讯（: a headline before its dateline.
_HEADED = narrow(
    r"^([^。，！？；：]{6,50}) +((?:本报|新华社|[\p{Han}]{2,8}[报社网台])[\p{Han}0-9]{0,14}(?:讯|电|消息)[ （(：])"
)
_SENTENCE_END = rf"[{widths.ENDERS}：][”’）》]*"
_SPACED_MARK = r"[^ ] +[，。；：！？、]"
_MIN_WIDE_GAPS = 2
_WHOLE, _ALONE, _PARAGRAPH, _MANY = 0.6, 0.5, 15, 10


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
    cuts = _cut(pl.col("text"))
    frame = (
        _at_stops(_at_indents(_with_close_marks(lines))).with_row_index("source_row").with_columns(flat=pl.lit(False))
    )
    many = (pl.col("text").str.len_chars() >= _LONG) & (pl.col("text").str.count_matches(" ") >= _MIN_CUTS)
    long = frame.filter(many & pl.col("removed").is_null()).select("source_row", cut=cuts)
    long = long.filter(pl.col("cut").str.count_matches("\n") >= _MIN_CUTS)
    if long.is_empty():
        return frame.drop("source_row")
    pieces = _pieces(long)
    tight = _tight(pieces)
    # few pieces are of one width by chance
    sure = tight.filter("printed", pl.col("n") >= _MANY)
    likely = tight.join(sure, on="source_row", how="anti").filter(pl.col("printed") | pl.col("scattered"))
    if not likely.is_empty():
        likely = likely.join(_without_lines(frame), on="source_row", how="semi")
    printed = pieces.join(
        pl.concat([sure, likely.filter("printed")]), on="source_row", how="semi", maintain_order="left"
    )
    loose = _loose(long.join(likely.filter("scattered"), on="source_row", how="semi"))
    new = pl.concat([printed.select("source_row", "piece", starts_paragraph=pl.lit(None, pl.Boolean)), loose])
    if new.is_empty():
        return frame.drop("source_row")
    first = runs.rank("source_row") == 0
    exploded = (
        new.join(frame.rename({"starts_paragraph": "starts_row"}), on="source_row", maintain_order="left")
        .with_columns(
            text=pl.col("piece"),
            flat=pl.lit(True),
            starts_paragraph=pl.coalesce("starts_paragraph", pl.when(first).then("starts_row")),
            gap=pl.when(first).then("gap").otherwise(0).cast(pl.Int32),
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


def _with_close_marks(lines: pl.DataFrame) -> pl.DataFrame:
    """Close the spaces around marks where most marks have one before them: no print line begins with a mark."""
    text = lines["text"]
    spaces = text.str.contains(" ", literal=True)
    likely = ask(text, spaces, lambda some: some.str.contains(" [，。]|。 ”"))
    if not likely.any():
        return lines
    spaced = ask(text, likely, _are_spaced_at_marks)
    text = where(text, spaced, lambda some: some.str.replace_all("([^ ]) +([，。；：！？、”’）》]) *", "${1}${2}"))
    quoted = text.str.contains("。 ”", literal=True)
    return lines.with_columns(where(text, quoted, lambda some: some.str.replace_all("([。！？]) +”", "${1}”")))


def _are_spaced_at_marks(texts: pl.Series) -> pl.Series:
    spaced = texts.str.count_matches(_SPACED_MARK)
    return (spaced >= _MIN_WIDE_GAPS) & (spaced * 2 >= texts.str.count_matches("[，。；：！？、]"))


def _at_stops(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut a text of one line at its spaces, where they stand after some of its sentences and nowhere else."""
    text = pl.col("text")
    size = text.str.len_chars()
    frame = lines.with_row_index("row")
    # a character is a byte at least
    spaced = frame.filter(text.str.len_bytes() >= _LONG * _MIN_CUTS).filter(text.str.contains(" ", literal=True))
    alone = spaced.filter(size >= _LONG * _MIN_CUTS, text.str.contains("[。！？：] "), pl.col("removed").is_null())
    if alone.is_empty():
        return lines
    whole = frame.join(alone.select("doc").unique(), on="doc", how="semi")
    share = whole.select("row", alone=size > _ALONE * size.sum().over("doc")).filter("alone")
    # the names in （记者 某某 通讯员 某某） are parted, and a headline from its dateline
    prose = text.str.replace(_HEADED, "${2}").str.replace_all("（[^（）。]{0,40}）", "")
    told = alone.filter(pl.col("row").is_in(share["row"].implode()))
    told = told.with_columns(stops=text.str.count_matches(_SENTENCE_END + " +")).filter(pl.col("stops") >= _MIN_GAPS)
    if told.is_empty():
        return lines
    told = told.with_columns(
        sentences=text.str.count_matches(_SENTENCE_END), wide=prose.str.count_matches(rf"{_WIDE} +{_WIDE}")
    )
    stops, sentences = pl.col("stops"), pl.col("sentences")
    many = (sentences >= _SENTENCES * stops) & (size >= (stops + 1) * _ROOM)
    long = told.filter(
        stops == pl.col("wide"),
        many | ((sentences >= stops * _SOME) & (size >= (stops + 1) * _MORE_ROOM)),
    )
    if long.is_empty():
        return lines
    parted = text.str.replace(_HEADED, "${1}\n${2}").str.replace_all(f"({_SENTENCE_END}) +", "${1}\n")
    opens = pl.when(pl.col("row").is_in(long["row"].implode())).then(pl.lit(True))
    started = frame.with_columns(starts_paragraph=pl.coalesce(opens, "starts_paragraph")).drop("row")
    return line_cuts.apply(started, long.select("row", pieces=parted.str.split("\n")))


def _at_indents(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut lines that hold several paragraphs at the indents left between them; `starts_paragraph` is true there."""
    text = pl.col("text")
    stops = text.str.count_matches(_STOP + _GAP)
    wide = text.str.count_matches(_STOP + r"(?:\x{3000}{2}| {4})")
    frame = lines.with_columns(starts_paragraph=pl.lit(None, pl.Boolean)).with_row_index("row")
    gapped = frame.filter(text.str.contains(r"\x{3000}{2}|  ")).filter(text.str.len_chars() >= _LONG)
    long = gapped.filter((stops >= _MIN_GAPS) | (wide >= _MIN_WIDE_GAPS), stops * 2 >= text.str.count_matches(_GAP))
    if long.is_empty():
        return frame.drop("row")
    opens = pl.when(pl.col("row").is_in(long["row"].implode())).then(pl.lit(True))
    kept = text.str.replace_all(rf"({_ARTICLE}){_GAP}", "${1}" + _KEPT)
    pieces = kept.str.replace_all(_GAP, "\n").str.replace_all(_KEPT, " ").str.split("\n")
    cuts = long.select("row", pieces=pieces)
    return line_cuts.apply(frame.with_columns(starts_paragraph=opens).drop("row"), cuts)


def _cut(text: pl.Expr) -> pl.Expr:
    """Put a newline where a space can be a print line's end."""
    kept = text.str.replace_all(_NUMBERED, "${1}${2}" + _KEPT)
    kept = kept.str.replace_all(r"(第 ?[0-9]+ ?页) +(共 ?[0-9]+ ?页)", "${1}" + _KEPT + "${2}")
    kept = kept.str.replace_all(_SIGNED, "${1}\n${2}\n").str.replace_all(_TAG, "${1}" + _KEPT)
    # Names stand between spaces too.
    kept = kept.str.replace_all(_NAMES, "${1}" + _KEPT + "${2}").str.replace_all(_NAMES, "${1}" + _KEPT + "${2}")
    # Twice, since a piece of one character shares its neighbours with both cuts.
    for _ in range(2):
        kept = kept.str.replace_all(rf"({_WIDE}) +({_WIDE})", "${1}\n${2}")
    return kept.str.replace_all(rf"([{widths.ENDERS}；：，、][”’）》]*) +([!-~])", "${1}\n${2}").str.replace_all(
        _KEPT, " "
    )


def _pieces(long: pl.DataFrame) -> pl.DataFrame:
    pieces = (
        long.select("source_row", piece=pl.col("cut").str.split("\n"))
        .explode("piece")
        .with_columns(pl.col("piece").str.strip_chars())
        .filter(pl.col("piece") != "")
    )
    return pieces.with_columns(widths.width(pieces["piece"]))


def _tight(pieces: pl.DataFrame) -> pl.DataFrame:
    """Tell print lines (unfinished pieces of one width) from spaces scattered at random."""
    unfinished = ~pl.col("piece").str.contains(f"[{widths.CLOSERS}]$")
    full = pl.col("width").filter(unfinished & (pl.col("width") >= 6))
    near = full.is_between(full.median() - 2.6, full.median() + 2.6)
    ended = pl.col("piece").str.contains(widths.ENDS_SENTENCE)
    return (
        pieces.group_by("source_row")
        .agg(
            n=full.len(),
            # print lines are cut short by their sentences alone
            whole=full.len() >= _WHOLE * unfinished.sum(),
            near=near.mean().fill_null(0.0),
            # Where spaces stand after sentences only, they are a habit of the writer's and no line ends.
            inside=(~ended).sum() > ended.sum(),
        )
        .with_columns(printed=(pl.col("near") >= 0.6) & (pl.col("n") >= 3) & pl.col("whole"))
        .with_columns(scattered=~pl.col("printed") & pl.col("inside"))
    )


def _without_lines(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of texts that are not set in lines of one paragraph each: those have no need of spaces for line ends."""
    text, size = pl.col("text"), pl.col("text").str.len_chars()
    ended = text.str.contains(widths.ENDS_SENTENCE).filter(size >= _PARAGRAPH).mean().over("doc")
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
