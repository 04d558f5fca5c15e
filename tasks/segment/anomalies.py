"""Lists the odd things kept on purpose: placeholders, stray Latin words, lost glyphs, numbers of persons."""

import re

import polars as pl

from tasks.clean.inserts import SOURCE
from tasks.content import bounds, lengths

KINDS = {
    "placeholder": r"(?<![A-Za-z0-9])[Xx×]{1,4}(?=\s?[\u4e00-\u9fff0-9])",
    "masked_name": r"(?<=[\u4e00-\u9fff])[×*＊]{1,3}(?=[\u4e00-\u9fff])|[*＊]{2,}|某某",
    "stray_word": r"(?<=[\u4e00-\u9fff]) [a-z]{2,} (?=[\u4e00-\u9fff])",
    "phone_number": r"(?<![\d.-])(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\d-])",
    "identity_number": r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)",
    "lost_glyph": r"[\ue000-\uf8ff□〓]+",
    "email": r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]{0,40}@[A-Za-z0-9-]{1,40}\.[A-Za-z0-9.-]{0,40}[A-Za-z]",
    # one bracket is a formula's, two beside each other are glosses
    "gloss": r"(?<=[\u4e00-\u9fff])[（(][a-z]{1,6}[1-6][）)](?=[\u4e00-\u9fff][（(][a-z])"
    r"|(?<=[）)][\u4e00-\u9fff])[（(][a-z]{1,6}[1-6][）)]",
    "split_number": r"(?<![\d ])\d(?: \d){3,}(?![\d ])",
    "escape": r"\\(?:u[0-9a-fA-F]{4}|[nrt])",
    "cut_off": r"(?m:(?:…|\.{3}) ?[\[（【]?(?:查看|阅读|展开)?(?:全文|详细|详情|更多|[Mm]ore)[\]）】]?$)",
    "inserted_source": SOURCE,
    "solicitation": r"(?:加|添加|联系)?(?:微信|[Vv][Xx]|QQ)[号群]?[：: ]{0,2}[A-Za-z0-9_-]{6,40}"
    r"|代开[\u4e00-\u9fff]{0,4}发票",
}
CANDIDATE = (
    r"[Xx×某*＊@\\\x{E000}-\x{F8FF}□〓]| [a-z]{2,} |\d{7}|\d \d \d|[a-z][1-6][）)]|QQ|微信|代开"
    r"|全文[\]）】]?$|[详更][细情多][\]）】]?$|[Mm]ore[\]）】]?$|[（【\[](?:本文|文章|内容|信息)"
)
# a look at the next character: the search passes the others several times as fast
_BEGIN = "(?=[A-Za-z×某*＊ 0-9（(【\\[….\\\\加添联微代\ue000-\uf8ff□〓])"
ANY = re.compile(_BEGIN + "(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()) + ")")


def find(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """Find the anomalies of paragraphs.

    Args:
        paragraphs: row, text, and the ids.

    Returns:
        row, kind, text, at i32 (offset in the paragraph, characters); in order of row and offset.
    """
    asked = paragraphs.filter(pl.col("text").str.contains(CANDIDATE)).select("row", "text")
    starts = bounds(lengths(asked["text"]) + 1)
    joined = "\n".join(asked["text"].to_list())
    found = [(m.start(), m.lastgroup, m.group()) for m in ANY.finditer(joined)]
    hits = pl.DataFrame(found, schema={"joined_at": pl.Int64, "kind": pl.String, "text": pl.String}, orient="row")
    if hits.is_empty():
        return hits.select(row=pl.lit(0, pl.Int64), kind="kind", text="text", at=pl.lit(0, pl.Int32)).clear()
    which = pl.Series("index", starts[1:]).search_sorted(hits["joined_at"], side="right")
    return hits.with_columns(row=asked["row"][which], at=hits["joined_at"] - pl.Series(starts)[which]).select(
        "row", "kind", "text", pl.col("at").cast(pl.Int32)
    )


RESIDUE = (
    r"\p{Han}[,;:!?]|[,;!?]\p{Han}|\p{Han}[(][^()]{0,40}[)]|[\x{FFFD}\x{E000}-\x{F8FF}□〓]|\p{Han}[ \x{3000}]\p{Han}"
    r"|\p{Han}[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[1-5]?[)）]|&[a-z]{2,6};|<[a-z/]{1,10}>"
)


def residue(text: pl.Expr) -> pl.Expr:
    """Count the places in a clean text that still look like noise (uint32)."""
    return text.str.count_matches(RESIDUE)
