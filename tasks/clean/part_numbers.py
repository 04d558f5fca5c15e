"""Takes the numbers of texts in a collection where they count up, whatever words stand before them: 某总结篇一."""

import polars as pl

from tasks.clean import runs
from tasks.clean.collection_labels import COUNTED, NUMBER
from tasks.clean.figures import ONE_TO_TEN
from tasks.clean.gated import matching
from tasks.clean.taking import PROSE, free, take

_LABEL = rf"^(.{{0,70}}?[【\[（(]?)(?:第({NUMBER})篇|{COUNTED}({NUMBER}))([】\]）)：:、]{{0,2}})$"
_LONGEST, _SHORTEST_HEAD = 90, 5
_VALUES = {name: value for value, name in enumerate(ONE_TO_TEN, 1)}


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name lines that differ in such a number alone, which begins with one, each of them above a headline.

    Args:
        frame: row, doc, text, n, alive, ends, flat, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    likely = frame.select(likely=free("ends") & pl.col("flat") & (pl.col("n") <= _LONGEST))["likely"]
    told = matching(frame["text"], likely, _LABEL)
    if not told.any():
        return frame
    text = pl.col("text")
    number = pl.coalesce(text.str.extract(_LABEL, 2), text.str.extract(_LABEL, 3))
    some = frame.select("row", "doc", "text", next=runs.below(text)).filter(told).drop_nulls("next")
    # 尊敬的老师：, below a number that is the only headline
    some = some.filter(~pl.col("next").str.contains(PROSE + "|：$"), pl.col("next").str.len_chars() >= _SHORTEST_HEAD)
    counted = some.with_columns(
        dress=text.str.extract(_LABEL, 1) + "\n" + text.str.extract(_LABEL, 4),
        value=pl.coalesce(
            number.replace_strict(_VALUES, default=None, return_dtype=pl.Int64), number.cast(pl.Int64, strict=False)
        ),
    )
    up = (pl.col("value") == pl.int_range(1, pl.len() + 1)).all() & (pl.len() > 1)
    return take(frame, counted.filter(up.over("doc", "dress").fill_null(value=False))["row"], "collection_index")
