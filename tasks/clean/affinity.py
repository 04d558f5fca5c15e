"""How well the words of a headline fit a text: the pairs of neighbouring characters that both have.

On arrays of code points: a pair a row of a frame, searched for in the whole text, took five times as long.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean.codepoints import han_of_patterns
from tasks.content import Codes, Counts, encode, lengths

# Words of any official headline: they tell nothing about which text it belongs to.
COMMON = (
    "中华人民共和国",
    "最高人民法院",
    "最高人民检察院",
    "人民代表大会常务委员会",
    "人民代表大会",
    "人民政府",
    "关于",
    "若干",
    "问题",
    "规定",
    "条例",
    "办法",
    "解释",
    "决定",
    "意见",
    "通知",
    "实施",
    "管理",
    "工作",
)
_CHARACTER = np.uint64(21)  # bits that hold any code point
_SEEN_BITS = 22

Keys = npt.NDArray[np.uint64]


def affinities(heads: pl.DataFrame, bodies: pl.DataFrame) -> pl.DataFrame:
    """Measure how many of a headline's word pairs a body holds.

    Args:
        heads: head (key), text, body (key of the body to compare with); one row a comparison.
        bodies: body, body_text.

    Returns:
        head, body, affinity f64: the share of the headline's pairs of neighbouring Han characters that the body holds.
        A headline without such a pair has no row.
    """
    places = heads.select("body").join(
        bodies.select("body").with_row_index("place"), on="body", how="left", maintain_order="left"
    )["place"]
    body = places.fill_null(len(bodies)).to_numpy()
    codes, row = _laid(heads["text"].str.replace_many(dict.fromkeys(COMMON, " ")))
    han = np.take(han_of_patterns(), codes, mode="clip")
    at = np.flatnonzero(han[:-1] & han[1:] & (row[:-1] == row[1:]))
    row = row[at]
    wanted = _keys(codes, at, body[row])
    # hashed by Polars: numpy would sort both
    held = pl.Series(wanted).is_in(pl.Series(_present(bodies["body_text"], wanted)).implode()).to_numpy()
    counts = np.bincount(row, minlength=len(heads))
    hits = np.bincount(row, weights=held, minlength=len(heads))
    some = np.flatnonzero(counts)
    return heads.select("head", "body")[some].with_columns(affinity=pl.Series(hits[some] / counts[some]))


def _present(texts: pl.Series, wanted: Keys) -> Keys:
    """The keys of the pairs of the texts, those left out that are surely not wanted."""
    codes, row = _laid(texts.fill_null(""))
    seen = np.zeros(1 << _SEEN_BITS, dtype=np.bool_)
    first, second = _characters(wanted)
    seen[_slots(first, second, (wanted >> (_CHARACTER + _CHARACTER)).astype(np.uint32))] = True
    at = np.flatnonzero(seen[_slots(codes[:-1], codes[1:], row[:-1])] & (row[:-1] == row[1:]))
    return _keys(codes, at, row[at])


def _laid(texts: pl.Series) -> tuple[Codes, npt.NDArray[np.uint32]]:
    """Texts end to end, and of which text each character is."""
    return encode(texts), np.repeat(np.arange(len(texts), dtype=np.uint32), lengths(texts))


def _keys(codes: Codes, at: Counts, text: npt.NDArray[np.uint32]) -> Keys:
    """One number for a pair of characters within a text."""
    keys = text.astype(np.uint64) << _CHARACTER
    keys = (keys | codes[at]) << _CHARACTER
    found: Keys = keys | codes[at + 1]
    return found


def _characters(keys: Keys) -> tuple[Codes, Codes]:
    whole = np.uint64((1 << 21) - 1)
    return ((keys >> _CHARACTER) & whole).astype(np.uint32), (keys & whole).astype(np.uint32)


def _slots(first: Codes, second: Codes, text: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Where in a small table a pair has its flag; another pair may have the same."""
    mixed = first * np.uint32(0x9E3779B1)
    mixed += second
    mixed *= np.uint32(0x85EBCA6B)
    mixed += text * np.uint32(0xC2B2AE35)
    mixed >>= np.uint32(32 - _SEEN_BITS)
    return mixed
