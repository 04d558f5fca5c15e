"""Names of sections alone above a headline: known ones, ones that are made like them, and unknown ones on top."""

import numpy as np
import polars as pl

from tasks.clean import furniture_rules, line_odds, runs
from tasks.clean.document_names import PROCEEDINGS
from tasks.clean.patterns import HAN
from tasks.clean.taking import OUTLINE, PROSE, take

_RUBRIC, _PAUSED, _DECKS = 12, 24, 70
# Log-odds that a short line is a section's name, and no headline or a piece of one.
_SECTION, _LONGEST_SECTION = 0.0, 6
# 书香伴夏 may be a headline over its subtitle.
_UNKNOWN = 3
# -以案说法-, 【街巷】: a name that is set apart by signs.
_NAME = f" ?[{HAN}·]{{2,6}} ?"
_SET_OFF = rf"^(?:[-—·]{_NAME}[-—·]|[■◆●▲★]{_NAME}[■◆●▲★]|[【［\[]{_NAME}[】］\]])$"
_SIGNS = "-—·■◆●▲★【】［］[] "
_HEADLINE = 12
_HEADING = f"{OUTLINE}[^。；：，]{{2,24}}$"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take a section's name alone before a headline: a known one anywhere, an unknown one on top of a page."""
    text = pl.col("text")
    taken = pl.col("shape").is_not_null() | ~pl.col("alive")
    some = frame.select(
        *("row", "text", "n", "gap", "wrapped", "flat"),
        taken=taken,
        top=runs.so_far(~taken) == 1,
        opens=pl.col("closed") | runs.above(taken, True),
        alone=(pl.col("gap") > 0) & (runs.below(pl.col("gap")) > 0),
        next_taken=runs.below(taken, True),
        over=pl.when(pl.col("doc") == pl.col("doc").shift(1)).then(pl.col("row") - 1),
        next_alone=(runs.below(pl.col("gap")) > 0) & (runs.below(runs.below(pl.col("gap"))) > 0)
        | ~pl.col("wrapped") & ~pl.col("flat"),
        next_row=pl.when(pl.col("doc") == pl.col("doc").shift(-1)).then(pl.col("row") + 1),
    )
    some = some.filter(pl.col("n") <= _RUBRIC, ~pl.col("taken"))
    some = some.with_columns(
        set_off=text.str.contains(_SET_OFF),
        text=pl.when(text.str.contains(_SET_OFF)).then(text.str.strip_chars(_SIGNS)).otherwise(text),
    )
    # what stands below a heading of the text is its text
    some = some.filter(text.str.contains(f"^[{HAN}·]+$"), ~text.str.contains(f"^(?:{PROCEEDINGS})$"))
    over = frame["text"].gather(some["over"].fill_null(0))
    # right below a clause stands its rest
    goes_on = over.str.ends_with("；") & (some["gap"] == 0)
    some = some.filter(~((over.str.contains(_HEADING) | goes_on) & some["over"].is_not_null()))
    after = frame.filter(pl.col("row").is_in(some["next_row"].drop_nulls().implode()))
    some = some.join(after.select(next_row="row", next="text"), on="next_row", how="left", maintain_order="left")
    official = furniture_rules.words("official")
    named = text.is_in(list(furniture_rules.words("rubric")))
    some = some.with_columns(likely=_are_sections(some["text"], some["n"]))
    known = named | furniture_rules.has_shape(text, "rubric", "weak")
    plain = ~pl.col("next").str.contains(PROSE)
    headline = plain & pl.col("next").str.len_chars().is_between(6, _DECKS)
    # 听，那一树蝉鸣: a mark inside, none at its end, a line alone
    paused = pl.col("next").str.contains("^[^。；：、…]*[^。；：、，…]$") & (pl.col("next").str.len_chars() <= _PAUSED)
    plain |= paused & pl.col("next_alone")
    # 一线调查, a kicker
    before = (plain & pl.col("next").str.len_chars().is_between(4, _DECKS)).fill_null(False) | pl.col("next_taken")
    short = (pl.col("n") <= _UNKNOWN) | (pl.col("alone") & (pl.col("next").str.len_chars() >= _HEADLINE))
    unofficial = ~text.str.contains(f"(?:{'|'.join(official)})$")
    unknown = short & (pl.col("n") <= 6) & unofficial & headline
    # what stands over a subtitle is a headline
    on_top = pl.col("top") & unknown & ~pl.col("next").str.contains(f"{OUTLINE}|^——")
    # what stands over a bar is a headline, if no list has it
    likely = pl.col("likely") & headline.fill_null(False) & ~pl.col("next_taken")
    rows = some.filter(
        (named & pl.col("top") & pl.col("next_row").is_not_null())
        | (((known & before) | likely) & (pl.col("opens") | pl.col("alone")))
        | (named & headline.fill_null(False) & ((pl.col("gap") > 0) | ~pl.col("wrapped") & ~pl.col("flat")))
        | (pl.col("opens") & on_top)
        | (pl.col("set_off") & (pl.col("opens") | pl.col("alone")) & unofficial & headline.fill_null(False))
    )["row"]
    return take(frame, rows, "rubric")


def _are_sections(texts: pl.Series, n: pl.Series) -> pl.Series:
    rows = (n <= _LONGEST_SECTION).arg_true()
    told = np.zeros(len(texts), dtype=np.bool_)
    told[rows] = line_odds.odds(texts[rows], "rubric") >= _SECTION
    return pl.Series(told)
