"""Takes the preview that a share site prints above its text: the text's own head again, broken off in mid-sentence."""

import polars as pl

from tasks.clean import headline_keys
from tasks.clean.furniture_context import taken_out

# Lines from the top of a file; characters of a preview; lines of a flattened text that its words may fill.
_TOP, _LEAST, _REACH = 10, 50, 60
_SAME, _LOOK = 6, 24
_LABEL = r"^[\p{Han}]{2,4}："


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such lines.

    Args:
        frame: row, doc, text, n (characters), rank (in the document), ends, alive, shape.

    Returns:
        The frame with `shape` set on them.
    """
    text, doc = frame["text"], frame["doc"]
    long = frame.select((pl.col("rank") < _TOP) & (pl.col("n") >= _LEAST) & ~pl.col("ends")).to_series().arg_true()
    free = frame["alive"][long] & frame["shape"][long].is_null()
    rows = long.filter(free & (long + 1 < len(frame)))
    rows = rows.filter(doc[rows] == doc[rows + 1])
    if rows.is_empty():
        return frame
    heads = pl.DataFrame({"row": frame["row"][rows], "doc": doc[rows], "text": text[rows], "next": text[rows + 1]})
    forms = pl.concat_list(pl.col("text"), pl.col("text").str.replace(_LABEL, ""))
    heads = heads.with_columns(forms.list.unique().alias("said")).explode("said")
    # a cheap look: letters and digits open most previews
    heads = heads.with_columns(headline_keys.key(pl.col("said", "next").str.head(_LOOK)).name.suffix("_head"))
    heads = heads.filter(
        pl.col("next_head").str.starts_with(pl.col("said_head").str.head(_SAME))
        | pl.col("said_head").str.starts_with(pl.col("next_head").str.head(_SAME))
    )
    heads = heads.with_columns(headline_keys.key(pl.col("said", "next")))
    again = pl.col("next").str.starts_with(pl.col("said").str.head(_SAME))
    found = _whole(frame, heads.filter(again, pl.col("said") != ""))
    return taken_out(frame, found, "page_title")


def _whole(frame: pl.DataFrame, heads: pl.DataFrame) -> pl.Series:
    """Of previews whose first words open the next line, those whose words the lines below begin with, and go on."""
    if heads.is_empty():
        return heads["row"]
    rows = frame.filter(pl.col("doc").is_in(heads["doc"].implode()), pl.col("removed").is_null())
    after = heads.select("row", "doc", "said").join(rows.select("doc", at="row", line="text"), on="doc")
    after = after.filter((pl.col("at") > pl.col("row")) & (pl.col("at") <= pl.col("row") + _REACH)).sort("at")
    whole = after.group_by("row", "said").agg(rest=pl.col("line").str.join(""))
    whole = whole.with_columns(rest=headline_keys.key(pl.col("rest")))
    goes_on = pl.col("rest").str.len_bytes() > pl.col("said").str.len_bytes()
    return whole.filter(pl.col("rest").str.starts_with(pl.col("said")), goes_on)["row"].unique().sort()
