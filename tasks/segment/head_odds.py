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
Counts = NDArray[np.int64]

BARS = ["meta_bar", "page_header", "site_chrome_line", "related_label", "nav_word", "unlisted_line", "editor_line"]
_SHORT, _MANY = 6, 3
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
    text = pl.col("text")
    told = rows.with_columns(
        own=pl.Series(line_odds.odds(rows["text"])),
        han=text.str.count_matches(rf"[{HAN}]").cast(pl.Float64),
        latin=text.str.count_matches("[A-Za-z]") / text.str.len_chars().clip(1),
        commas=text.str.count_matches("，", literal=True),
        spaces=text.str.count_matches(" ", literal=True),
        live=pl.col("removed").is_null(),
        gap=pl.col("gap").fill_null(0).clip(0, 4),
        **{name: text.str.contains(narrow(pattern)) for name, pattern in _MARKS.items()},
    )
    least = pl.col("own").filter("live").min().over("region")
    return told.hstack(_around(told)).with_columns(
        length=(pl.col("han") + 1).log(),
        squared=pl.col("han").clip(0, 40) ** 2 / 100,
        short=pl.col("han") < _SHORT,
        gap_below=runs.below(pl.col("gap"), 0, "region"),
        more_own=pl.col("own") - least.fill_null(0.0),
    )


def _around(rows: pl.DataFrame) -> pl.DataFrame:
    """Count the kept lines above and below each line of its region; tell whether a site's lines stand between."""
    region = rows["region"].to_numpy()
    opens = np.append(True, region[1:] != region[:-1])[: len(region)]
    closes = np.append(opens[1:], True)[: len(region)][::-1]
    live = rows["live"].to_numpy()
    bar = rows["removed"].is_in(BARS).fill_null(value=False).to_numpy()
    meta = (rows["removed"] == "meta_bar").fill_null(value=False).to_numpy()

    def so_far(flag: runs.Flags) -> Counts:
        return runs.count(flag, opens)

    def to_go(flag: runs.Flags) -> Counts:
        return runs.count(flag[::-1], closes)[::-1]

    above, below = so_far(live) - live, to_go(live) - live
    # a site's line between this one and a kept one below it, a bar between this one and a kept one above it
    over, under = bar & (below > 0), meta & (above > 0)
    return pl.DataFrame(
        {
            "n_above": above.clip(0, _MANY),
            "n_below": below.clip(0, _MANY),
            "n_live": (above + below + live).clip(0, _MANY + 1),
            "bar_below": np.append(meta[1:], False)[: len(meta)] & ~closes[::-1],
            "bar_after": to_go(over) > over,
            "bar_before": so_far(under) > under,
        }
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
