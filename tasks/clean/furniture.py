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
    furniture_lines,
    furniture_units,
    metadata_card,
    own_shapes,
    page_bars,
    page_dumps,
    page_numbers,
    page_titles,
    page_tops,
    part_numbers,
    paths,
    prefaces,
    related_links,
    repeats,
    rubrics,
    running_titles,
    site_bars,
    slogans,
    table_cells,
    unlisted,
    watermarks,
)

# What shares a line with text gets a row of its own.
CUTS = (watermarks.behind, page_bars.part_printed, continuation.split_off, furniture_units.cut_out)
# Each rule sees what those before it have named.
RULES = (
    own_shapes.mark,
    # whole tables, and what a document has of its own that looks like a site's
    metadata_card.mark,
    contacts.keep,
    repeats.mark,
    part_numbers.mark,
    prefaces.mark,
    # words and rows of words, for the company they keep
    paths.tell,
    company.mark,
    page_tops.in_latin,
    site_bars.mark,
    page_bars.links,
    unlisted.mark,
    # what stands about a headline
    page_titles.mark,
    beside_bars.mark,
    document_heads.mark,
    page_tops.mark,
    rubrics.mark,
    slogans.mark,
    # what the whole of a document shows
    page_numbers.mark,
    running_titles.mark,
    page_dumps.mark,
    related_links.mark,
    table_cells.keep,
)


def mark(lines: pl.DataFrame) -> pl.DataFrame:
    """Name the step that takes each line of furniture out.

    Args:
        lines: The lines frame (doc, line, text, gap, indent, removed, and any others): clean of glosses, Simplified,
            marks full-width.

    Returns:
        The frame with `removed` set on lines that are no text; a mark at the head or tail of a line has its own row.
    """
    frame = lines if "flat" in lines.columns else lines.with_columns(flat=pl.lit(False))
    for cut in CUTS:
        frame = cut(frame)
    frame = furniture_lines.describe(frame.with_row_index("row"))
    for rule in RULES:
        frame = rule(frame)
    found = frame.with_columns(removed=pl.coalesce("removed", "shape"))
    if "page" not in lines.columns:
        return found.select(lines.columns)
    # a page of one headline is one article, however it was read
    page = pl.col("page").fill_null(value=False) | pl.col("told").any().over("doc")
    return (found.with_columns(page=page) if found["told"].any() else found).select(*lines.columns, "told")
