"""Gives the number of a text in a collection a line of its own where its headline stands behind it (篇一：某某讲话)."""

import polars as pl

from tasks.clean import line_cuts
from tasks.clean.document_names import MODELS
from tasks.clean.figures import COUNT, ONE_TO_TEN
from tasks.clean.gated import matching

NUMBER = f"{COUNT}{{1,3}}"
# What a collection counts its texts by.
SAMPLE = f"(?:篇|{MODELS})"
_LABEL = rf"[【\[（(]?(?:第{NUMBER}篇|{SAMPLE}{NUMBER}|{NUMBER}{SAMPLE}|(?:{NUMBER}、)?范文如下)[】\]）)]?[：:]"
# More that share sites count by, in a flattened text alone: elsewhere these head a text's own parts.
COUNTED = f"(?:{SAMPLE}|文档|材料|文章)"
# 范文1 and a headline, where a flattened text opens
_BARE = f"^({SAMPLE}{NUMBER}) "
# 文档二 2023年……: no space before a digit is the end of a print line
_BEFORE_DIGIT = rf"^(第{NUMBER}篇|{COUNTED}{NUMBER}) (\d.{{5}}.*)$"
# In a flattened text site text may stand before it.
_BEFORE, _WORDS = "^(?:([^。！？；]{1,150}) )?", "[篇范]|例文|样[文本]|模板|^(?:文档|材料|文章)"
_FIRST = list(f"篇范例样模第【[（({ONE_TO_TEN}0123456789")
_LOOKED_AT, _SHORTEST = 160, 4


def part(lines: pl.DataFrame) -> pl.DataFrame:
    """Cut such lines at the number and behind it.

    Args:
        lines: the lines frame with `flat` and `starts_paragraph`.

    Returns:
        The frame, `line` renumbered; the pieces start paragraphs.
    """
    text = lines["text"]
    able = lines["flat"] | text.str.head(1).is_in(_FIRST)
    head = text.filter(able).str.head(_LOOKED_AT)
    rows = able.arg_true().filter(
        matching(head, head.str.contains(_WORDS), f"{_BEFORE}{_LABEL}|{_BARE}|{_BEFORE_DIGIT}")
    )
    if rows.is_empty():
        return lines
    digit = pl.when("flat").then(pl.col("text").str.extract(_BEFORE_DIGIT, 2))
    rest = pl.coalesce(digit, pl.col("text").str.replace(f"{_BEFORE}{_LABEL} *|{_BARE}", ""))
    before = pl.col("text").str.extract(_BEFORE + _LABEL)
    label = pl.coalesce(
        pl.col("text").str.extract(_BARE),
        pl.when(digit.is_not_null()).then(pl.col("text").str.extract(_BEFORE_DIGIT)),
        pl.col("text").str.extract(f" ?({_LABEL})"),
    )
    cuts = (
        lines.with_row_index("row")[rows]
        .filter(pl.col("flat") | ~pl.col("text").str.contains(f"{_BARE}|{_BEFORE_DIGIT}"))
        .filter(before.is_null() | pl.col("flat") | before.str.contains("[0-9：:]"), rest.str.len_chars() >= _SHORTEST)
        .select("row", pieces=pl.concat_list(before, label, rest).list.drop_nulls())
    )
    numbered = lines.with_row_index("row")
    opens = pl.when(pl.col("row").is_in(cuts["row"].implode())).then(True).otherwise("starts_paragraph")
    return line_cuts.apply(numbered.with_columns(starts_paragraph=opens).drop("row"), cuts)
