"""Marks what MediaWiki writes into its texts: links to other pages, bold and slanted words, templates, categories."""

import polars as pl

from tasks.clean.gated import ask, where
from tasks.clean.marks import CLOSE, OPEN

SIGN = r"\[\[[^\[\]\n]{1,200}\]\]|\{\{[a-zA-Z\p{Han}]|'''"
_OPEN = OPEN["markup"]
_WHOLE = f"{_OPEN}${{0}}{CLOSE}"
# What stands for a picture or sorts the page is no text of it; a template alone on its lines is a box.
_APART = (
    r"(?i:\[\[(?:category|file|image|分类|分類|文件|檔案|图像|圖像)[:：][^\[\]\n]{0,300}\]\]"
    r"|__(?:no|force)?toc(?:right)?__|__noeditsection__)|(?m:^\{\{[^{}\[\x{FDD0}-\x{FDEF}]{1,3000}\}\}[ \t]*$)"
)
# w: and the like name a sister project.
_SHOWN = r"(\[\[(?:(?:[a-z]{0,3}:)?[^\[\]|:\n\x{FDD0}-\x{FDEF}]{0,120}\|)?)([^\[\]|:\n\x{FDD0}-\x{FDEF}]{1,120})(\]\])"
# A template within a sentence that holds no Chinese word.
_BARE = r"\{\{[^{}\p{Han}\n\x{FDD0}-\x{FDEF}]{1,80}\}\}"
_SET = r"('{2,5})([^'\n]{1,300})('{2,5})"
_PARTS = f"{_OPEN}${{1}}{CLOSE}${{2}}{_OPEN}${{3}}{CLOSE}"


def mark(values: pl.Series) -> pl.Series:
    """Put marks around them; what a link shows stays, and a template with words of a sentence does."""
    wiki = ask(values, values.str.contains(r"\[\[|\{\{|'''"), lambda some: some.str.contains(SIGN))
    return where(values, wiki, _marked)


def _marked(values: pl.Series) -> pl.Series:
    apart = values.str.replace_all(_APART, _WHOLE).str.replace_all(_BARE, _WHOLE)
    return apart.str.replace_all(_SHOWN, _PARTS).str.replace_all(_SET, _PARTS)
