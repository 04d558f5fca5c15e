"""In a flattened text a space before a digit says nothing: it ends a print line, or stands beside any number.

Where the words before it are the name of a document, and a sentence ended before them, it ended a line.
"""

import numpy as np
import polars as pl

from tasks.clean import runs
from tasks.clean.document_names import DOCUMENT_NAMES
from tasks.clean.patterns import narrow

GLUED = narrow(rf"^([\p{{Han}}“”《》、（）：·0-9 ]{{6,48}}(?:{DOCUMENT_NAMES})(?:（[^（）]{{1,16}}）)?) (\d.*)$")
# 我县老桥修复 9月6日，我县老桥……: whose words the sentence behind it says again.
DATED = narrow(r"^([\p{Han}A-Za-z0-9“”《》、：·]{8,40}) (\d{1,4}年?(?: ?\d{1,2})?[年月日].*)$")
_SAID, _AGAIN = 60, 0.75
# 全县老桥修复完工 何启明, above 本报讯（记者 何启明）.
SIGNED, _OPENS = narrow(r"^([^。，；]{8,60}) ([\p{Han}]{2,3})$"), 24
# 市长在……会议上的讲话今天……, below 在……会议上的讲话 (bytes and characters).
_LEAST_NAME, _LONGEST_NAME, _LOOKED_AT = 36, 150, 60
_WHOSE, _GOES_ON = (
    narrow(r"^(?:[\p{Han}]{0,6}(?:长|书记|主任|同志|主席))?$"),
    "^[的，。、；：！？是在和里中稿后时一精要 ]",
)
SENTENCE_END = r"[。！？…；：][”’」』）》]*$"


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Split such rows in two.

    Args:
        lines: the lines frame with `flat` and `starts_paragraph`.

    Returns:
        The frame, `line` renumbered; both pieces start a paragraph.
    """
    glued, signed = _glued(lines), _signed(lines)
    glued = pl.concat([glued, signed]).unique("row").sort("row")
    if glued.is_empty():
        return lines
    rows = glued["row"].to_numpy().astype(np.int64)
    source = np.sort(np.concatenate([np.arange(len(lines)), rows]))
    places = np.flatnonzero(np.isin(source, rows))
    texts = source.copy()
    texts[places] = len(lines) + np.arange(len(places))
    pieces = glued.select(pl.concat_list("head", "rest").explode()).to_series()
    names = pl.Series(places[1::2]).filter(glued["row"].is_in(signed["row"].implode()))
    return lines[source].with_columns(
        lines["removed"][source].scatter(names, "meta_bar"),
        pl.concat([lines["text"], pieces])[texts].alias("text"),
        line=runs.rank().cast(pl.UInt32),
        starts_paragraph=pl.when(pl.Series(np.isin(source, rows))).then(True).otherwise("starts_paragraph"),
    )


def _glued(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that hold a name and the line after it (row, head, rest), where a sentence ended before them."""
    short = lines.select("doc", "text", "flat").with_row_index("row")
    short = short.filter("flat")
    named = short.filter(pl.col("text").str.len_chars() < 120)
    named = named.filter(pl.col("text").str.contains(f"(?:{DOCUMENT_NAMES})[^。]{{0,20}} [0-9]"))
    named = named.filter(pl.col("text").str.contains(GLUED)).with_columns(
        pl.col("text").str.extract(GLUED, group).alias(name) for group, name in ((1, "head"), (2, "rest"))
    )
    dated = _dated(short.join(named, on="row", how="anti", maintain_order="left"))
    asked = pl.concat([named, dated.select(named.columns)]).sort("row")
    above = lines.select(doc_above="doc", text_above="text")[(asked["row"].cast(pl.Int64) - 1).clip(0)]
    fresh = (
        (pl.col("row") == 0) | (pl.col("doc") != pl.col("doc_above")) | pl.col("text_above").str.contains(SENTENCE_END)
    )
    found = pl.concat([asked.hstack(above).filter(fresh).select(named.columns), _said_twice(lines, named)])
    return found.unique("row").sort("row").select("row", "head", "rest")


def _signed(lines: pl.DataFrame) -> pl.DataFrame:
    """Return first lines that end in the name of the reporter whom the next line names (row, head, rest)."""
    rows = (lines["doc"] != lines["doc"].shift(1)).fill_null(value=True).arg_true()
    rows = rows.filter(lines["text"][rows].str.contains(SIGNED) & (rows + 1 < len(lines)))
    some = lines[rows].select(
        row=rows, head=pl.col("text").str.extract(SIGNED, 1), rest=pl.col("text").str.extract(SIGNED, 2), doc="doc"
    )
    below = lines.select(opens=pl.col("text").str.head(_OPENS), below="doc")[rows + 1]
    named = pl.concat_str(pl.lit("记者"), "rest"), pl.concat_str(pl.lit("记者 "), "rest")
    again = pl.any_horizontal(pl.col("opens").str.contains(name, literal=True) for name in named)
    return some.hstack(below).filter(again, pl.col("doc") == pl.col("below")).select("row", "head", "rest")


def _said_twice(lines: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    """A text's first line that opens with the name of a document above it, or with that and whose speech it was."""
    second = (pl.col("doc") == pl.col("doc").shift(1)) & (pl.col("doc") != pl.col("doc").shift(2)).fill_null(value=True)
    rows = lines.select(second=second.fill_null(value=False))["second"].arg_true()
    some = lines[rows].select("doc", "text", "flat", row=rows, over=lines["text"][rows - 1])
    some = some.filter(pl.col("over").str.len_bytes().is_between(_LEAST_NAME, _LONGEST_NAME))
    some = some.filter(pl.col("text").str.len_bytes() > pl.col("over").str.len_bytes() + _LONGEST_NAME)
    at = pl.col("text").str.head(_LOOKED_AT).str.find(pl.col("over"), literal=True)
    some = some.with_columns(at=at).drop_nulls("at")
    some = some.filter(pl.col("over").str.contains(f"(?:{DOCUMENT_NAMES})$"))
    end = pl.col("at").cast(pl.Int64) // 3 + pl.col("over").str.len_chars()
    some = some.with_columns(head=pl.col("text").str.head(end), rest=pl.col("text").str.slice(end))
    whose = pl.col("head").str.slice(0, pl.col("at") // 3).str.contains(_WHOSE)
    return some.filter(whose, ~pl.col("rest").str.contains(_GOES_ON)).select(like.columns)


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    """Of rows that open with words without a mark before a day: those whose words come again behind it."""
    # a cheap look first: most rows have no space before their first mark
    found = rows.filter(pl.col("text").str.contains("^[^ ，。；]+ [0-9]"))
    if found.is_empty():
        return found.with_columns(head="text", rest="text")
    found = found.filter(pl.col("text").str.contains(DATED)).with_columns(
        pl.col("text").str.extract(DATED, group).alias(name) for group, name in ((1, "head"), (2, "rest"))
    )
    letters, said = pl.col("head").str.split(""), pl.col("rest").str.head(_SAID).str.split("")
    again = letters.list.set_intersection(said).list.len() / letters.list.n_unique()
    return found.filter(again >= _AGAIN)
