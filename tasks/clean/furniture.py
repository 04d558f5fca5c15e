"""Marks the lines that are no text: page furniture, site chrome, rubrics, slogans, continuation markers, page titles.

A line is taken out for its own shape, or for a weaker one with company or position to back it. Unsure means keep.
"""

import polars as pl

from tasks.clean import (
    beside_bars,
    company,
    contacts,
    continuation,
    document_heads,
    furniture_rules,
    furniture_units,
    metadata_card,
    page_bars,
    page_dumps,
    page_numbers,
    page_titles,
    page_tops,
    paths,
    prefaces,
    related_links,
    repeats,
    rubrics,
    running_titles,
    runs,
    site_bars,
    slogans,
    table_cells,
    unlisted,
    watermarks,
)
from tasks.clean.figures import NUMERAL
from tasks.clean.gated import ask, matching

_TERMINAL = list("。！？…；：")
_CLOSING = "”’）》」』"
_WRAPPED = 45
_MANY = 8
_BODY = 15
_LONG, _LONGEST_SITE = 60, 80
# 2020 年 12 月 15 日, of which a signature is made, and （新华社云江12月15日电）, a credit
_DAY, _CREDIT = 16, 24
_LONGEST_TITLE = 90
_EDGE = 30
_HEAD, _HEADS = 4, 2
_SHALLOW = 14
_FULL = 0.9
_BROKEN = 0.15
# Their shapes are whole enough to be believed in mid-sentence, on a line that the column did not fill.
_TELLING = 6
_NUMBERED = "^(?:[-—–] ?[0-9]|第 ?[0-9]+ ?页|[0-9]+ ?[/／] ?[0-9]+)"
# Lines of furniture one below the other.
_STACK = 9
_SURE = ["page_header", "editor_line", "page_footer", "page_number"]
_CHAPTER = f"^第{NUMERAL}+[编章节条]"


def mark(lines: pl.DataFrame) -> pl.DataFrame:
    """Name the step that takes each line of furniture out.

    Args:
        lines: The lines frame (doc, line, text, gap, indent, removed, and any others): clean of glosses, Simplified,
            marks full-width.

    Returns:
        The frame with `removed` set on lines that are no text; a mark at the head or tail of a line has its own row.
    """
    known = lines if "flat" in lines.columns else lines.with_columns(flat=pl.lit(False))
    split = furniture_units.cut_out(continuation.split_off(page_bars.part_printed(watermarks.behind(known))))
    frame = _with_shapes(_with_context(split.with_row_index("row")))
    for weak in (
        metadata_card.mark,
        contacts.keep,
        document_heads.mastheads,
        repeats.mark,
        prefaces.mark,
        paths.tell,
        company.mark,
        page_tops.in_latin,
        site_bars.mark,
        page_bars.links,
        unlisted.mark,
        page_titles.mark,
        beside_bars.mark,
        document_heads.numbers_and_days,
        page_tops.mark,
        rubrics.mark,
        slogans.mark,
        page_numbers.mark,
        running_titles.mark,
        _but_documents,
        related_links.mark,
        table_cells.keep,
    ):
        frame = weak(frame)
    found = frame.with_columns(removed=pl.coalesce("removed", "shape"))
    if "page" not in lines.columns:
        return found.select(lines.columns)
    # a page of one headline is one article, however it was read
    page = pl.col("page").fill_null(value=False) | pl.col("told").any().over("doc")
    return (found.with_columns(page=page) if found["told"].any() else found).select(*lines.columns, "told")


def _but_documents(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the bars of pages that were taken as lines, unless a chapter or an article of a law is among them."""
    told = page_dumps.mark(frame)
    taken = frame["shape"].is_null() & told["shape"].is_not_null()
    chapters = ask(frame["text"], taken, lambda some: some.str.contains(_CHAPTER))
    wrong = frame["doc"].is_in(frame["doc"].filter(chapters).unique().implode())
    return told.with_columns(shape=pl.when(wrong).then(frame["shape"]).otherwise("shape")) if chapters.any() else told


def _with_context(lines: pl.DataFrame) -> pl.DataFrame:
    """Add n (characters), alive (kept so far), ends (closes a sentence), body, fresh (no sentence runs on into it)."""
    frame = lines.with_columns(
        last=pl.col("text").str.tail(4).str.strip_chars_end(_CLOSING).str.tail(1),
        n=pl.col("text").str.len_chars().cast(pl.Int32),
        alive=pl.col("removed").is_null(),
        flat=pl.col("flat").fill_null(False),
        shape=pl.lit(None, pl.String),
        marked=pl.col("text").str.contains("[，。；、]"),
        rank=runs.rank(),
        aside=pl.col("text").str.starts_with("（") & pl.col("text").str.ends_with("）"),
    ).with_columns(
        ends=pl.col("last").is_in(["", *_TERMINAL]),
        signed=((pl.col("last") == "日") & (pl.col("n") <= _DAY)) | (pl.col("aside") & (pl.col("n") <= _CREDIT)),
    )
    # Lines of one length that hold prose and yet do not end it: a column, where any word may stand alone on a line.
    habits = frame.group_by("doc", maintain_order=True).agg(
        pl.col("n").quantile(0.9).alias("width"),
        wrapped=(pl.len() >= _MANY)
        & ((pl.col("marked") & ~pl.col("ends")).mean() >= _BROKEN)
        & ~pl.col("flat").any()
        & (pl.col("n").quantile(0.9) <= _WRAPPED)
        # one long paragraph among bars of a page is no column
        & (pl.col("n").filter(pl.col("n") > _LONG).sum() * 2 <= pl.col("n").sum()),
    )
    frame = frame.join(habits, on="doc", how="left", maintain_order="left")
    width, wrapped = pl.col("width"), pl.col("wrapped")
    # 、 may stand in a headline of two decks
    named = ~pl.col("ends") & pl.col("n").is_between(_LONG, _LONGEST_TITLE, closed="right")
    commas = pl.lit(matching(frame["text"], frame.select(named)["ends"], "[，。；]"))
    frame = frame.with_columns(
        closed=runs.above(pl.col("ends") | pl.col("signed") | ~pl.col("alive"), True),
        filled=pl.col("n").is_between(_FULL * width, width / _FULL),
        # above the first line of prose there is no sentence that could run on
        opening=(pl.col("rank") < _HEAD) | (runs.so_far(pl.col("marked") & (pl.col("n") >= _BODY)) == 0),
        # a flattened text opens with headlines, and 、 may stand in those
        printed=pl.col("flat")
        & (pl.col("text").str.contains("[，。；：]") | (pl.col("marked") & (pl.col("rank") >= _HEADS))),
    )
    return frame.with_columns(
        body=pl.col("alive")
        & (
            pl.col("printed")
            | (pl.col("n") > pl.when(pl.col("marked") & (~named | commas)).then(_LONG).otherwise(_LONGEST_TITLE))
            | (pl.col("ends") & ((pl.col("n") >= _BODY) | wrapped))
        ),
        fresh=pl.col("flat") | ~wrapped | (pl.col("gap") > 0) | pl.col("closed") | pl.col("opening"),
        full=wrapped & pl.col("filled") & ~pl.col("ends"),
        loose=wrapped
        & ((pl.col("n") >= _TELLING) | pl.col("text").str.contains(_NUMBERED))
        & ~pl.col("filled")
        & ~pl.col("ends"),
    )


def _with_shapes(frame: pl.DataFrame) -> pl.DataFrame:
    """Name the lines that their own shape proves, where they do not stand inside a sentence."""
    asked = _askable(frame)
    proven = _proven(asked.filter(pl.any_horizontal("fresh", "loose", "told")))
    sure = pl.col("proven").is_in(_SURE) | pl.col("row").is_in(asked.filter("fresh")["row"].implode())
    proven = proven.filter(sure)
    found = [proven]
    # Below furniture no sentence runs on. The shapes are asked once more: to compile them costs more than to match.
    near = pl.concat([proven.select(pl.col("row") + step) for step in range(1, _STACK)]).unique()
    left = asked.filter(~pl.col("fresh")).join(proven, on="row", how="anti", maintain_order="left")
    left = _proven(left.join(near, on="row", how="semi", maintain_order="left"))
    while not proven.is_empty():
        proven = left.filter(pl.col("row").is_in((proven["row"] + 1).implode()))
        found.append(proven)
    shapes = pl.concat(found)
    proofs = pl.Series([None], dtype=pl.String).new_from_index(0, len(frame)).scatter(shapes["row"], shapes["proven"])
    frame = frame.with_columns(proofs.alias("proven"))
    is_proven = pl.col("proven").is_not_null()
    # A sentence about a site is believed beside other furniture or outside the text, a label anywhere.
    inside = runs.above(pl.col("body")) & runs.below(pl.col("body"))
    beside = runs.above(is_proven) | runs.below(is_proven)
    sentence = pl.col("ends") & (pl.col("n") >= _BODY) & (pl.col("proven") == "site_chrome_line")
    doubted = sentence & inside.fill_null(False) & ~beside.fill_null(False)
    # a flattened line of this length holds the text too
    doubted |= (
        sentence & pl.col("flat") & (pl.col("n") > _LONGEST_SITE) & pl.col("text").str.contains(" ", literal=True)
    )
    believed = is_proven & ~doubted
    return frame.with_columns(shape=pl.when(believed).then("proven"), body=pl.col("body") & ~believed)


def _askable(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that can be furniture at all: row, text, fresh, and where only sure shapes count loose, told."""
    rank = pl.col("rank")
    edge = (rank < _EDGE) | (runs.to_go(pl.col("n").is_not_null()) <= _EDGE)
    # Inside a flattened text only a short piece is not a print line of it.
    open_to_doubt = ~pl.col("flat") | (pl.col("n") <= _SHALLOW) | edge
    # A full line of a column that the next one follows at once is a paragraph's first.
    runs_on = pl.col("full") & (runs.below(pl.col("gap")) == 0) & (rank >= _HEAD)
    rows = frame.with_columns(runs_on=runs_on.fill_null(False)).filter(
        "alive", pl.col("n") <= furniture_rules.LONGEST, open_to_doubt
    )
    told = matching(rows["text"], rows["runs_on"], furniture_rules.one_of("editor_line"))
    rows = rows.with_columns(told=told).filter(~pl.col("runs_on") | pl.col("told"))
    fresh = pl.col("fresh") & ~pl.col("runs_on")
    return rows.select("row", "text", "loose", fresh=fresh, told=pl.col("told") & pl.col("closed"))


def _proven(asked: pl.DataFrame) -> pl.DataFrame:
    """Ask the shapes about lines; rows: row, proven."""
    found = asked.select("row", "text", proven=furniture_rules.proven(asked["text"])).drop_nulls()
    return found.filter(~pl.col("text").str.contains(_CHAPTER)).select("row", "proven")
