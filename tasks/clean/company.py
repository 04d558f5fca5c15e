"""Takes a site's words, its name and its labels where they stand in company: beside other furniture, or many a line."""

import numpy as np
import polars as pl

from tasks.clean import furniture_rules, runs
from tasks.clean.figures import BARE_DAY
from tasks.clean.gated import matching
from tasks.clean.patterns import HAN, matches, narrow
from tasks.clean.taking import flagged, free, take

_SITE_ENDS = "网|网站|在线|热线|文库|之家|大全|频道|论坛|资讯|门户|文档|范文|资料库|图书馆|下载站|公众号"
# 云江市人民政府门户网站
_OF_OFFICE = r"[\p{Han}]{2,14}(?:政府|委员会|[局厅部院])(?:门户|入口|官方)?网站?"
_SITE_NAME = narrow(rf"^(?:[\p{{Han}}A-Za-z0-9]{{2,8}}(?:{_SITE_ENDS})|{_OF_OFFICE})$")
_DAY = f"^{BARE_DAY}$"
# 社论：满怀信心再出发, no 电话：0999-8138
_SAYS = rf"^[{HAN} ]{{2,8}}：[^0-9A-Za-z]*[{HAN}“”‘’《》、，·]{{6}}"
_BESIDE = ["site_chrome_line", "related_label", "nav_word", "meta_bar", "page_footer", "page_header"]
_LONGEST = 60
_WEAK = ("weak", "strong", "label")


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take such lines.

    Args:
        frame: row, doc, text, n, alive, ends, fresh, flat, path, led_to, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    short = frame.filter(free("ends"), pl.col("n") <= _LONGEST, pl.col("fresh"))
    asked = short.select("row", "text", "flat", "led_to").join(
        _looks(short["text"].unique()), on="text", how="left", maintain_order="left"
    )
    words, several, site = pl.col("words"), pl.col("several"), pl.col("site") & ~pl.col("led_to")
    weak = asked.select(
        "row",
        "label",
        weak=words | site | pl.col("dated"),
        strong=several | pl.col("counted") | (words & (pl.col("breaks") >= 3)) | (site & pl.col("flat")),
    ).filter(pl.col("weak") | pl.col("label"))
    if weak.is_empty():
        return frame
    frame = frame.with_columns(flagged(frame, weak["row"], weak[name]).alias(name) for name in _WEAK)
    known = pl.col("shape").is_in(_BESIDE) | pl.col("strong")
    frame = frame.with_columns(sure=known.fill_null(False))
    any_known = pl.col("sure") | pl.col("weak")
    beside = runs.above(any_known, False) | runs.below(any_known, False)
    frame = frame.with_columns(sure=pl.col("sure") | (pl.col("weak") & beside))
    # A label proves least: it needs furniture on both sides, or on one at the edge of the file.
    above = runs.above(pl.col("sure"), True)
    below = runs.below(pl.col("sure"), True)
    frame = frame.with_columns(label=pl.col("label") & ~pl.lit(_only_headlines(frame)))
    taken = (pl.col("sure") & pl.col("weak")) | pl.col("strong") | (pl.col("label") & above & below & ~pl.col("body"))
    found = frame.select(found=taken & pl.col("shape").is_null())["found"]
    return take(frame, found, "nav_word").drop(*_WEAK, "sure")


def _only_headlines(frame: pl.DataFrame) -> pl.Series:
    """Tell labels (`社论：…`) that furniture alone parts from the text below, and nothing else heads that text."""
    asked = frame["label"].fill_null(value=False).arg_true().to_numpy()
    found = np.zeros(len(frame), dtype=np.bool_)
    if not len(asked):
        return pl.Series(found)
    told = free("weak", "strong", "label", "sure")
    # right below a path through the site and right above its bar stands a headline
    between = runs.above(pl.col("path"), False) & runs.below(pl.col("shape") == "meta_bar", False)
    headed = frame.select(headed=between)["headed"].to_numpy()
    others = frame.select(told.fill_null(value=False)).to_series().arg_true().to_numpy()
    if len(others):
        doc, body = frame["doc"].to_numpy(), frame["body"].to_numpy()
        at = np.searchsorted(others, asked)
        below, above = others[np.minimum(at, len(others) - 1)], others[np.maximum(at - 1, 0)]
        heads = (at < len(others)) & (doc[below] == doc[asked]) & body[below]
        heads &= (at == 0) | (doc[above] != doc[asked]) | headed[asked]
        found[asked[heads]] = True
    return matching(frame["text"], pl.Series(found), _SAYS)


def _looks(texts: pl.Series) -> pl.DataFrame:
    """Say what texts are made of: text, words (navigation alone), several, counted, breaks, site, dated, label."""
    text, words = pl.col("text"), furniture_rules.are_of_words(texts, "nav_topic", "nav_ui")
    navigation = texts.filter(words)
    breaks = navigation.str.count_matches(r"[ \x{3000}|｜丨·>＞»›/：【\[（]+[^ \x{3000}|｜丨·>＞»›/：【\[（]")
    several = (breaks >= 1) & furniture_rules.have_word(navigation, "nav_ui")
    at, no = words.arg_true(), pl.Series([False]).new_from_index(0, len(texts))
    return texts.to_frame("text").with_columns(
        words=words,
        site=text.str.contains(_SITE_NAME),
        dated=text.str.contains(_DAY),
        label=furniture_rules.has_shape(text, "site_chrome_line", "weak"),
        breaks=pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(texts)).scatter(at, breaks),
        several=no.clone().scatter(at, several),
        counted=no.scatter(at, matches(navigation, "[（(][0-9]+[）)]")),
    )
