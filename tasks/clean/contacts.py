"""Keeps telephones and addresses that are a notice's own: a list of labelled lines, or lines above its signature."""

import polars as pl

from tasks.clean import runs, taking
from tasks.clean.figures import DATE
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import narrow

_LABEL = narrow(r"^[\p{Han}][\p{Han} ]{1,9}：[^。！？]{2,60}$")
# A paper's own, whatever stands above them.
_OF_PAPERS = "新闻|广告|发行|订报|订阅|报料|爆料|本[报网刊社]|读者|零售|社址|投稿|投诉|印刷|值班|总编|编辑|客服|QQ|微信"
# What stands under the contacts of a notice: 附件：, who issued it, the day.
_ENDS_A_NOTICE = narrow(
    r"^附件(?:[：: \d]|$)|^" + DATE + "$"
    r"|^[\p{Han} ]{4,24}(?:[局厅委办院部署会]|政府|中心|公司|大学|学校)$"
)
_STACK = 3


def keep(frame: pl.DataFrame) -> pl.DataFrame:
    """Take the name off such lines.

    Args:
        frame: doc, text, alive, ends, shape, in source order.

    Returns:
        The frame, `shape` null there.
    """
    footer = (frame["shape"] == "page_footer").fill_null(value=False)
    contact = ask(frame["text"], footer, _are_labelled)
    if not contact.any():
        return frame
    own = frame.select("doc", "alive", "ends", "shape", contact=contact)
    opens = own.select(opens=pl.col("contact") & ~runs.above(pl.col("contact"), False))["opens"]
    # a labelled line of the text right above the first of them
    listed = own.select(listed=pl.lit(opens) & runs.above(taking.free("ends"), False))["listed"]
    kept = matching(frame["text"].shift(1, fill_value=""), listed, _LABEL) | opens & _over_a_signature(
        own, frame["text"]
    )
    stretch, firsts = opens.cum_sum(), opens.arg_true()
    return taking.keep(frame, contact & stretch.is_in((kept[firsts].arg_true() + 1).implode()))


def _are_labelled(texts: pl.Series) -> pl.Series:
    return texts.str.contains(_LABEL) & ~texts.str.contains(_OF_PAPERS)


def _over_a_signature(own: pl.DataFrame, text: pl.Series) -> pl.Series:
    """Tell the contacts above what ends a notice, one below the other."""
    contact = pl.col("contact")
    last = own.select(last=contact & ~runs.below(contact, False) & runs.below(taking.free(), False))["last"]
    below = matching(text.shift(-1, fill_value=""), last.fill_null(value=False), _ENDS_A_NOTICE)
    for _ in range(_STACK):
        below |= own.select(above=contact & runs.below(pl.lit(below), False))["above"]
    return below
