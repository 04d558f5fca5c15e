"""Finds text that was damaged before it reached us and cannot be repaired without guessing: bytes lost, read twice.

It is flagged with its place and never changed; what can be undone is undone in `mojibake.py`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter

import polars as pl

from tasks.clean.gated import DAMAGED, needing
from tasks.read.plausibility import char_costs

DAMAGE: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "kind": pl.String(),
    "text": pl.String(),
    "start": pl.Int64(),
    "end": pl.Int64(),
}
Place = tuple[str, int, int]
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# UTF-8 read as GBK turns the first bytes of punctuation and of common characters into these.
_TWICE_SIGN = "锛|銆|鈥|鐨|鏄|涓€|鍦|浜|绗"
_TWICE = re.compile(_TWICE_SIGN)
_LINE = re.compile(r"[^\n]+")
# One class of characters to begin with: the search passes all others several times as fast.
_LOST = re.compile(
    "[\ufffd锟烫屯?A-Za-z{|}~](?:(?<=\ufffd)\ufffd*|(?<=锟)斤拷[锟斤拷]*|(?<=烫)烫烫+|(?<=屯)屯屯+"
    f"|(?<=[{_HAN}，。、\u30a0-\u30ff]\\?)(?=[{_HAN}0-9，。、：；（）”])"
    # The second byte of a character whose first was lost passes for a letter, behind a character that is rare.
    f"|(?<=[{_HAN}][A-Za-z{{|}}~])(?=[{_HAN}，。、：]))"
)
_WESTERN = re.compile(
    "(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}){3,}"
)
_LOST_SIGN = (
    f"\ufffd|锟斤拷|烫烫烫|屯屯屯|[{_HAN}，。、\u30a0-\u30ff]\\?[{_HAN}0-9，。、：；（）”]"
    f"|[{_HAN}][A-Za-z{{|}}~][{_HAN}，。、：]"
)
_WESTERN_SIGN = "[\u00c2-\u00f4][\u0080-\u00bf]"
# What each of these signs holds, the letters and question marks that stand between Han characters aside.
SIGNS, STUCK = "\ufffd锟烫屯锛銆鈥鐨鏄涓鍦浜绗\u00c2-\u00f4", "?A-Za-z{|}~"
_MARKS = "[\ufdd0-\ufdef]"
_FULL_WIDTH, _HALF_WIDTH = "，：；！？", ",:;!"
# Nats from which a Han character is of the second level or beyond, see `plausibility.py`.
RARE = 11.0
_ENOUGH_SIGNS = 3


def find_damage(documents: pl.DataFrame) -> pl.DataFrame:
    """Return the damaged places of documents, columns `DAMAGE`; offsets count characters of the decoded view.

    Kinds: `lost_bytes` (U+FFFD, or a `?` stuck between Han characters of a text that has full-width marks),
    `double_encoding` (UTF-8 read as GBK), `mojibake` (UTF-8 read as Latin-1 that lost characters).

    Args:
        documents: columns document_id and text, as `read_files` gives them; `needs` if known.
    """
    found: dict[str, list[str | int]] = {name: [] for name in DAMAGE}
    text = pl.col("text")
    suspects = (
        documents.filter(needing(documents, DAMAGED))
        .select("document_id", "text")
        .filter(text.str.contains(f"{_LOST_SIGN}|{_TWICE_SIGN}|{_WESTERN_SIGN}"))
        .with_columns(text.str.replace_all(_MARKS, ""), text.str.contains(_WESTERN_SIGN).alias("western"))
    )
    for document_id, text, western in suspects.iter_rows():
        for kind, start, end in _places(text, western):
            for name, value in zip(DAMAGE, (document_id, kind, text[start:end], start, end), strict=True):
                found[name].append(value)
    return pl.DataFrame(found, schema=DAMAGE)


def _places(text: str, western: bool) -> list[Place]:
    places = [("mojibake", match.start(), match.end()) for match in _WESTERN.finditer(text)] if western else []
    if len(_TWICE.findall(text)) >= _ENOUGH_SIGNS:
        places += [("double_encoding", m.start(), m.end()) for m in _LINE.finditer(text) if _reads_better(m[0])]
    return sorted([*places, *_lost(text, places)], key=lambda place: place[1])


def _lost(text: str, known: list[Place]) -> Iterator[Place]:
    reached, asks = 0, _asks_in_full_width(text) if "?" in text else False
    begins = sorted(begin for _, begin, _ in known)
    stops = list(accumulate((stop for _, _, stop in sorted(known, key=itemgetter(1))), max))
    for match in _LOST.finditer(text):
        # a letter is the second half of what was lost, the character before it the first
        start, end = match.start() - (match[0] != "?" and match[0].isascii()), match.end()
        before = bisect_right(begins, start)
        inside = before > 0 and start < stops[before - 1]
        if start >= reached and not inside and _is_loss(text, start, end, asks):
            yield "lost_bytes", start, end
        reached = end


def _is_loss(text: str, start: int, end: int, asks_in_full_width: bool) -> bool:
    if end - start == 2 and text[end - 1].isascii():
        return float(char_costs(text[start])[0]) >= RARE
    return text[start] != "?" or asks_in_full_width


def _asks_in_full_width(text: str) -> bool:
    return sum(map(text.count, _FULL_WIDTH)) > 4 * sum(map(text.count, _HALF_WIDTH))


def _reads_better(text: str) -> bool:
    """Whether undoing the second reading gives commoner characters and half as many, lost bytes left aside."""
    if not _TWICE.search(text):
        return False
    kept = text.replace("\ufffd", "")
    undone = kept.encode("gb18030", "ignore").decode("utf-8", "ignore")
    return len(undone) * 4 > len(kept) and float(char_costs(undone).mean()) < float(char_costs(kept).mean())
