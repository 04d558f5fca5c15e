"""How likely a line over a text is one of its headline: told by its characters, its marks and what stands around it.

The weights, which hold no text, are fitted by `seeds/lexicons/fit_heads.py`. A region is what stands between two texts.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tasks import lexicons
from tasks.clean import line_odds, runs
from tasks.clean.patterns import HAN, narrow
from tasks.once import once

Odds = NDArray[np.float64]

BARS = ["meta_bar", "page_header", "site_chrome_line", "related_label", "nav_word", "unlisted_line", "editor_line"]
_MARKS = {
    "day": r"\d{4}[-年./]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}:\d{2}",
    "year": r"\d{4}年|第.{1,5}期|NO",
    "who": "记者|通讯员|作者|编辑|报[导道]|^文[：/丨|]|供稿|来源|摄影?$|撰",
    "site": r"(?:网|报|台|社|在线|频道|中心|logo|APP|站)$|网[-—_ ]|\.(?:com|cn|net)",
    "house": "(?:报社?|网|台|局|部|院|会|社|室|中心|频道|新闻|记者|编辑|政府)$",
    "did": "召开|举行|强调|发布|印发|出席|会见|开展|推进|加强|做好|启动|完成|获|成立|公布|调研|举办|通过|实现|打造",
    "colon": "：",
    "bracketed": r"^[（(【\[].*[）)】\]]$",
    "parted": "[|_>»丨｜/]",
    "dash": "^——",
    "quoted": "[“《]",
}


def measured(rows: pl.DataFrame) -> pl.DataFrame:
    """Measure each line of some regions.

    Args:
        rows: region (number; its rows stand together, in source order), text, removed, gap, byline.

    Returns:
        `rows` with the features.
    """
    text, live = pl.col("text"), pl.col("removed").is_null()
    han = text.str.count_matches(rf"[{HAN}]").cast(pl.Float64)
    told = rows.with_columns(
        live=live,
        han=han,
        own=pl.Series(line_odds.odds(rows["text"])),
        latin=text.str.count_matches("[A-Za-z]") / text.str.len_chars().clip(1),
        commas=text.str.count_matches("，", literal=True),
        spaces=text.str.count_matches(" ", literal=True),
        bar=pl.col("removed").is_in(BARS).fill_null(value=False),
        meta=(pl.col("removed") == "meta_bar").fill_null(value=False),
        **{name: text.str.contains(narrow(pattern)) for name, pattern in _MARKS.items()},
    )
    lives, live = pl.col("live").sum().over("region"), pl.col("live")
    above, below = runs.so_far(live, "region"), runs.to_go(live, "region")
    # a site's line between this one and a kept one below it; a bar between this one and a kept one above it
    over, under = pl.col("bar") & (below > 0), pl.col("meta") & (above > 0)
    return told.with_columns(
        length=(pl.col("han") + 1).log(),
        squared=pl.col("han").clip(0, 40) ** 2 / 100,
        short=pl.col("han") < 6,
        gap=pl.col("gap").fill_null(0).clip(0, 4),
        gap_below=runs.below(pl.col("gap"), 0, "region").clip(0, 4),
        bar_below=runs.below(pl.col("meta"), False, "region"),
        bar_after=runs.to_go(over, "region") > over.cast(pl.Int64),
        bar_before=runs.so_far(under, "region") > under.cast(pl.Int64),
        n_above=(above - live.cast(pl.Int64)).clip(0, 3),
        n_below=(below - live.cast(pl.Int64)).clip(0, 3),
        n_live=lives.clip(0, 4),
        more_own=pl.col("own") - pl.col("own").filter("live").min().over("region").fill_null(0.0),
    )


def weighed(features: pl.DataFrame) -> Odds:
    """Return the log-odds that lines are of a headline, one a row of `measured`."""
    weights = _weights()
    told: Odds = weights.base + features.select(weights.features).cast(pl.Float64).to_numpy() @ weights.of_features
    return told


def key(text: pl.Expr) -> pl.Expr:
    """What two lines of the same words share."""
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


class Weights:
    """The weights of features: their names, how much each says, and what is said of any line."""

    def __init__(self, rows: tuple[tuple[str, ...], ...]) -> None:
        told = {name: float(weight) for name, weight in rows}
        self.base = told.pop("base")
        self.features = list(told)
        self.of_features = np.array(list(told.values()))


@once
def _weights() -> Weights:
    return Weights(lexicons.rows("head_weights"))
