"""Sentences of paragraphs: they end at 。！？… outside quotes and brackets, and tile their paragraph exactly.

All paragraphs of a batch are scanned as one array of code points; only those with a mark inside a quote are walked.
"""

import re
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import Laid, recut

Ints: TypeAlias = npt.NDArray[np.int64]

TERMINATORS = "。！？…"
PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", "》": "《", "〉": "〈", "】": "【", "〕": "〔"}
OPENERS = "".join(PAIRS.values())
CLOSERS = "".join(PAIRS)
OPENING_QUOTES = "“‘「『"
CLOSING_QUOTES = "”’」』"

_MARKS = re.compile(f"[{TERMINATORS}]+|[{OPENERS}{CLOSERS}]")
# Who speaks is told at once: the rest of a text without marks is not read again behind each quote.
_CLAUSE = re.compile("[^，。！？；：]{0,400}")
_SPEECH = re.compile("说|告诉|表示|介绍|指出|强调|坦言|回忆|问道|答道|写道|感慨|嘱咐|叮嘱|要求|认为")

_TERMINATOR = len(PAIRS) * 2 + 1


def _class_table() -> npt.NDArray[np.uint8]:
    """Class of each code point below U+FFFF: 0 none, 1-9 openers, 10-18 closers of the same order, 19 terminators."""
    table = np.zeros(0x10000, np.uint8)
    for number, (closer, opener) in enumerate(PAIRS.items(), 1):
        table[ord(opener)] = number
        table[ord(closer)] = number + len(PAIRS)
    for mark in TERMINATORS:
        table[ord(mark)] = _TERMINATOR
    return table


_CLASSES = _class_table()


def split_sentences(paragraphs: pl.DataFrame, laid: Laid | None = None) -> pl.DataFrame:
    """Split every paragraph into its sentences.

    A terminator (or a run of them) ends a sentence when no quote or bracket is open, or when the closing marks right
    behind it close the last one; then `“……。”王明说。` goes on, unless a colon led the quote in. ； ends none.

    Args:
        paragraphs: one row a paragraph: `text` (marks full-width, no null), and any columns that identify it.
        laid: their texts, if they are laid out already.

    Returns:
        One row a sentence, in order: the other columns of its paragraph, `ordinal` (from 1), `text`, and `start`,
        `end` (characters in the paragraph). The sentences of a paragraph, put together, are its text.
    """
    text = paragraphs["text"].fill_null("")
    rows, starts, ends, sentences = _cut(text, laid or Laid.of(text))
    ids = paragraphs.drop("text")[rows]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    ordinal = np.arange(len(rows)) - np.repeat(first, np.diff(np.append(first, len(rows)))) + 1
    return ids.with_columns(
        pl.Series("ordinal", ordinal, pl.Int32),
        sentences.alias("text"),
        pl.Series("start", starts, pl.Int32),
        pl.Series("end", ends, pl.Int32),
    )


def sentence_ends(text: str) -> list[int]:
    """Return the offsets (in characters) at which the sentences of one paragraph end, the last being its length."""
    ends: list[int] = []
    stack: list[str] = []
    n_open = dict.fromkeys(OPENERS, 0)
    led_in = chained = False
    at = 0
    while mark := _MARKS.search(text, at):
        start, at = mark.span()
        char = text[start]
        if char in OPENERS:
            if not stack and char in OPENING_QUOTES:
                before = text[start - 1 : start]
                led_in = before in ("：", ":") or (chained and before != "" and before in CLOSING_QUOTES)
            stack.append(char)
            n_open[char] += 1
        elif char in PAIRS:
            if n_open[PAIRS[char]]:
                closed = ""
                while closed != PAIRS[char]:
                    closed = stack.pop()
                    n_open[closed] -= 1
        else:
            quoted = False
            while stack and PAIRS.get(text[at : at + 1]) == stack[-1]:
                quoted |= text[at] in CLOSING_QUOTES
                n_open[stack.pop()] -= 1
                at += 1
            if not stack:
                if led_in or not quoted or not _goes_on(text, at):
                    ends.append(at)
                chained = quoted and led_in
    if text and (not ends or ends[-1] != len(text)):
        ends.append(len(text))
    return ends


def _goes_on(text: str, at: int) -> bool:
    """Tell whether the words behind a closed quote attribute it to a speaker."""
    if at == len(text) or text[at] in OPENING_QUOTES:
        return False
    clause = _CLAUSE.match(text, at)
    return clause is not None and _SPEECH.search(clause[0]) is not None


def _cut(text: pl.Series, laid: Laid) -> tuple[Ints, Ints, Ints, pl.Series]:
    """Cut the texts; return row, start and end (characters in the row) of each sentence, and the sentences."""
    points, edges = laid.codes, laid.starts
    classes = np.take(_CLASSES, points, mode="clip")
    marks = np.flatnonzero(classes != 0)  # of flags, they are found in a third of the time
    kinds = classes[marks]
    row_of_mark = np.searchsorted(edges, marks, "right") - 1
    walked = _rows_to_walk(kinds, row_of_mark, len(text))

    terminators = marks[(kinds == _TERMINATOR) & ~walked[row_of_mark]]
    cuts = terminators + 1
    in_run = np.take(classes, cuts, mode="clip") == _TERMINATOR
    is_end = np.zeros(len(points) + 1, dtype=np.bool_)
    is_end[edges] = True
    cuts = cuts[~in_run | is_end[cuts]]
    slow = [
        np.asarray(sentence_ends(one)) + edges[row]
        for row, one in zip(np.flatnonzero(walked), text.filter(walked).to_list(), strict=True)
    ]
    is_end[np.concatenate([cuts, *slow])] = True
    is_end[0] = False
    ends = np.flatnonzero(is_end)
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    rows = np.searchsorted(edges, starts, "right") - 1
    return rows, starts - edges[rows], ends - edges[rows], recut(text, points, ends - starts)


def _rows_to_walk(kinds: npt.NDArray[np.uint8], rows: Ints, n_rows: int) -> npt.NDArray[np.bool_]:
    """Flag the rows where a terminator stands inside a quote or bracket, or where one of these closes unopened.

    Every kind of pair is counted for itself: if none is ever closed unopened and all are closed at each terminator,
    then nothing is open there, however they nest.
    """
    flagged, paired = np.zeros(n_rows, np.bool_), np.zeros(n_rows, np.bool_)
    paired[rows[kinds != _TERMINATOR]] = True
    asked = paired[rows]
    kinds, rows = kinds[asked], rows[asked]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    lengths = np.diff(np.append(first, len(rows)))
    is_terminator = kinds == _TERMINATOR
    for opener in range(1, len(PAIRS) + 1):
        steps = (kinds == opener).astype(np.int32) - (kinds == opener + len(PAIRS))
        if not steps.any():
            continue
        count = np.cumsum(steps, dtype=np.int32)
        count -= np.repeat(count[first] - steps[first], lengths)
        flagged[rows[(count < 0) | (is_terminator & (count > 0))]] = True
    return flagged
