"""From documents to the parts of articles: runs the cleaning recipe and the segmentation on one batch."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from tasks import clean
from tasks.clean import lines as lines_of
from tasks.clean import spaces
from tasks.clean.gated import where
from tasks.clean.strip import Origin, strip_marked
from tasks.content import count_content
from tasks.look import look
from tasks.read.damage import find_damage
from tasks.read.records import TITLING
from tasks.segment import articles, blocks

# Texts of one headline that their mark-up tells.
_PAGES = ("text/html", "text/markdown")
# Told the name of each step and the frame it left: documents, from `lines` on the lines frame.
Trace = Callable[[str, pl.DataFrame], None]


@dataclass(frozen=True)
class Segmented:
    """A batch, cut up.

    Attributes:
        documents: the read frame without `text`, with the counters of the character steps.
        lines: one row a line in source order: doc, line, text, removed, n_content, article u32?, part?,
        paragraph u32? (running
            numbers of the batch), order.
        origin: where the content characters came from.
        broken: doc u32, rule, message: documents whose content a step lost, made or moved.
        damage: document_id, kind, text, start, end: places that were damaged before they reached us.
    """

    documents: pl.DataFrame
    lines: pl.DataFrame
    origin: Origin
    broken: pl.DataFrame
    damage: pl.DataFrame


def segment(documents: pl.DataFrame, trace: Trace = lambda _name, _frame: None) -> Segmented:
    """Clean the texts of a batch and find articles and paragraphs in them.

    Args:
        documents: the frame of `tasks.read.read_files` (marked decoded views in `text`).
        trace: called after each step with its name (of its module) and its frame.
    """
    trace("read", documents)
    titled = pl.concat([_opening_with_title(documents), _pages_with_headline(documents)])
    pages = documents["media_type"].is_in(_PAGES).to_numpy()
    read = look(documents["text"])
    documents = documents.with_columns(needs=pl.Series(read.needs))
    damage = find_damage(documents)
    for step in clean.MARKING:
        documents = step(documents)
        trace(_name(step), documents)
    stripped = strip_marked(read, documents["text"])
    documents = documents.with_columns(text=stripped.texts, scripts=pl.Series(stripped.scripts)).drop("needs")
    trace("strip", documents)
    for step in clean.CHARACTERS:
        documents = step(documents)
        trace(_name(step), documents)
    lines = lines_of.explode(documents["text"])
    documents = documents.drop("scripts", "text")
    lines = lines.with_columns(page=pl.Series(pages[lines["doc"].to_numpy()]))
    trace("lines", lines)
    for layout in clean.LAYOUT:
        lines = layout(lines)
        trace(_name(layout), lines)
    # rows stand in reading order now; `line` still tells their place in the source
    lines = lines.with_columns(n_content=count_content(lines["text"]), order=pl.int_range(pl.len()))
    lines = blocks.from_lines(_with_titles(lines, titled))
    parts = articles.assign(blocks.frame(lines))
    lines = (
        lines.join(parts.drop("doc"), on="block", how="left", maintain_order="left")
        .with_columns(
            block=pl.coalesce("into", "block"),
            removed=pl.when("aside").then(pl.lit("unlisted_line")).otherwise("removed"),
        )
        .sort("doc", "line", maintain_order=True)
    )
    lost = _lost(stripped.origin, lines)
    lines = lines.filter(~pl.col("doc").is_in(lost))
    return Segmented(documents, lines, stripped.origin.without(lost), _broken(stripped.broken, lost), damage)


def _opening_with_title(documents: pl.DataFrame) -> pl.DataFrame:
    """List the documents that open with the title that their record names, as the reader puts it there: doc, line."""
    of_records = documents.select("text", "meta_title", doc=pl.int_range(pl.len(), dtype=pl.UInt32)).filter(
        documents["media_type"].is_in(TITLING), pl.col("meta_title").is_not_null()
    )
    title = pl.col("meta_title").str.replace_all(r"\s+", " ").str.strip_chars()
    found = of_records.filter(pl.col("text").str.starts_with(title + "\n"))
    return found.select("doc", line=pl.lit(0, pl.UInt32))


def _pages_with_headline(documents: pl.DataFrame) -> pl.DataFrame:
    """List the pages that name their headline, and which line it is: doc, line."""
    named = documents["meta_line"].is_not_null()
    return pl.DataFrame({"doc": named.arg_true(), "line": documents["meta_line"].filter(named)}).cast(pl.UInt32)


def _with_titles(lines: pl.DataFrame, titled: pl.DataFrame) -> pl.DataFrame:
    """Add `told`: the line is the title that its record or page names. It is no rubric, and no line goes on with it."""
    told = pl.col("told")
    doc = lines["doc"].to_numpy()
    line_of = np.full(max(int(doc.max(initial=0)), titled["doc"].to_numpy().max(initial=0)) + 1, -1, dtype=np.int64)
    line_of[titled["doc"].to_numpy()] = titled["line"].to_numpy()
    named = pl.Series(lines["line"].to_numpy() == line_of[doc])
    return lines.with_columns(told=named | (lines["told"] & pl.Series(line_of[doc] < 0))).with_columns(
        removed=pl.when(~told | (pl.col("removed") != "rubric")).then("removed"),
        joins=pl.col("joins") & ~told & ~told.shift(1, fill_value=False),
    )


def _name(step: Callable[[pl.DataFrame], pl.DataFrame]) -> str:
    return step.__module__.rpartition(".")[2]


def _lost(origin: Origin, lines: pl.DataFrame) -> list[int]:
    """List the documents whose lines do not hold as many content characters as were kept."""
    kept = np.diff(np.searchsorted(origin.kept, origin.starts))
    counted = lines.group_by("doc").agg(pl.col("n_content").sum())
    found = np.zeros(len(kept), dtype=np.int64)
    found[counted["doc"].to_numpy()] = counted["n_content"].to_numpy()
    return [int(doc) for doc in np.flatnonzero(found != kept)]


def _broken(marking: list[int], layout: list[int]) -> pl.DataFrame:
    rule = "content_is_conserved"
    rows = [(doc, rule, "a step before the strip pass changed the number of content characters") for doc in marking]
    rows += [(doc, rule, "a step after the strip pass changed the number of content characters") for doc in layout]
    return pl.DataFrame(rows, schema={"doc": pl.UInt32, "rule": pl.String, "message": pl.String}, orient="row").unique(
        "doc", keep="first", maintain_order=True
    )


def paragraph_texts(lines: pl.DataFrame) -> pl.DataFrame:
    """Put the lines of each block of an article together.

    Returns:
        block, doc, article, part, text (spaces closed), n_lines, n_content, marker_from, marker_to; in order of
        document, article, block.
    """
    firsts = ["doc", "article", "part", "marker_from", "marker_to"]
    parts = lines.filter(pl.col("part").is_not_null()).sort("order")
    found = blocks.joined(parts.select("block", "text", "joiner", *firsts), firsts)
    # rows mostly in order already: a sort that keeps it takes a third of the time
    found = found.sort("doc", "article", "block", maintain_order=True)
    headed = found["part"].is_in(["title", "subtitle", "kicker", "byline"])
    closed = where(found["text"], ~headed, spaces.close_all)
    in_units = where(
        closed, headed, lambda heads: heads.to_frame("text").select(spaces.close_units(pl.col("text"))).to_series()
    )
    n_content = np.bincount(parts["block"].to_numpy(), weights=parts["n_content"].to_numpy())
    return found.with_columns(text=in_units, n_content=pl.Series(n_content[found["block"].to_numpy()], dtype=pl.Int64))
