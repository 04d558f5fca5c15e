"""Marks the glosses a machine put beside characters: pinyin, bopomofo, emoji; bracketed or bare, once or repeated.

Each must read the character it stands at, in a document full of them: `(app)`, `（GDP）`, one `重（zhòng）症` stay.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean.gated import GLOSSES, counted, needing, put, where
from tasks.clean.marks import ANY_MARK, ANY_RUN, CLOSE, OPEN, SPLIT
from tasks.clean.patterns import HAN
from tasks.clean.readings import (
    BOPOMOFO,
    BOPOMOFO_TONES,
    CLOSE_BRACKETS,
    LETTERS,
    OPEN_BRACKETS,
    is_reading,
    is_word_reading,
    readings,
    syllable,
)
from tasks.content import bounds

BEFORE_GLOSS = "(（[［〔【 \u3000\n"
GAP = "[ \u3000\n]"  # a gloss may be broken over a line or a column
EMOJI = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
INSIDE = f"[{LETTERS}{BOPOMOFO}{BOPOMOFO_TONES}{EMOJI}0-5¹²³⁴:'’ \u3000\n]"
NESTED = f"[{OPEN_BRACKETS}]{INSIDE}{{1,12}}[{CLOSE_BRACKETS}]{INSIDE}{{0,4}}"
BRACKETED = f"[{OPEN_BRACKETS}]{INSIDE}{{1,16}}(?:{NESTED})?[{CLOSE_BRACKETS}]"
BARE = f"(?:[{LETTERS}]{{1,24}}[1-5]?|[{BOPOMOFO_TONES}]?[{BOPOMOFO}]{{1,4}}[{BOPOMOFO_TONES}]?)"
# what a page's ruby said of the character may stand between, out already
RUN = f"[{HAN}](?:[\ufdd0-\ufded][^{CLOSE}\n]{{0,12}}{CLOSE})*(?:{GAP}{{0,6}}{BRACKETED})+ ?"
BARE_RUN = f"[{HAN}]{GAP}{{0,3}}{BARE} ?"
PLAIN_RUN = f"[{HAN}] ?[a-zü]{{1,6}} ?"  # no tone, no bracket: only a document full of them tells
BEFORE_RUN = f"(?:{BRACKETED} ?)+[{HAN}]"
WORD_RUN = f"[{HAN}]{{2,6}}{GAP}{{0,6}}[{OPEN_BRACKETS}][{LETTERS}:'’\\- \u3000\n0-5]{{3,40}}[{CLOSE_BRACKETS}]"
TONED = f"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹăĕĭŏŭ\u0300-\u030c{BOPOMOFO}]"
# one scan spares most texts the rest
HINT = f"[{OPEN_BRACKETS}]{GAP}*[{LETTERS}{BOPOMOFO}{EMOJI}]|{TONED}|[a-zü:][1-5]|[a-zü] ?[{HAN}]"
REPEATED = f"{INSIDE}[{CLOSE_BRACKETS}]{GAP}*[{OPEN_BRACKETS}]{INSIDE}"
BARE_HINT = f"[{HAN}]{GAP}{{0,3}}(?:[a-zɑɡü]{{0,4}}{TONED}|[a-zü:]{{1,6}}[1-5])"
LEAST, DOUBLED = 3, 1  # glosses in a document; glosses given twice, which no editor does
SPACED = 0.8  # finds with a space behind them
SHARE = 0.25  # finds that read their character: where glosses stand before it, one in twenty does by chance
PLAIN_HINT, PLAIN_SHARE = "[a-zü](?:[^a-zü]|$)", 0.9
DENSITY, BARE_DENSITY = 0.03, 0.08  # glosses per Han character: machines measured give 0.06 and more
# A machine that knows few characters glosses each of them wherever it stands: fewer glosses, the same again.
SPARSE, FEWEST_SPARSE, AGAIN, SPARSE_SHARE = 0.01, 6, 3, 0.9
_NEUTRAL = "de de de le zhe zhe men men zi me me ba ma ma ne a ya ma la"
# Particles, which stand without a tone.
NEUTRAL = dict(zip("的地得了着著们們子么麼吧吗嗎呢啊呀嘛啦", _NEUTRAL.split(), strict=True))
_TAIL = 60
_CUT_END = re.compile(f"([{HAN}](?:{ANY_RUN})*)([{OPEN_BRACKETS}][{LETTERS}]{{1,6}})(\\s*)$")
# A number, or a word of capitals, right behind is of the text: 月yuè29日, 的deU形.
_BARE_LETTERS = re.compile(".?[^0-9A-ZÜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ]*")
_GROUPS = re.compile(BRACKETED)
_FIGURES = re.compile(f"(?:[{OPEN_BRACKETS}][0-9]+[{CLOSE_BRACKETS}] ?)+")
_SPACED_GROUPS = re.compile(f"( ?)({BRACKETED})( ?)")
_PIECES = re.compile("[^\n]+")
_ONLY_EMOJI = re.compile(f"[{EMOJI}{OPEN_BRACKETS}{CLOSE_BRACKETS} \u3000\n]+")


@dataclass(frozen=True)
class Form:
    """One way of annotating: what to look for, how to judge a find, and how dense a document must be with it."""

    pattern: str
    judge: Callable[[str], tuple[str, int, int]]
    density: float
    hint: str  # what a document must hold LEAST times to be looked at closely
    share: float = 0.0  # of the finds, how many must be valid
    most: int = 1  # glosses that one find of the hint may stand for, repeats aside
    bracketed: bool = True  # no find is without an opening bracket
    sparse: bool = False  # fewer will do, where the same come again


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Put marks around the glosses of column `text` and add `n_annotations_removed` (int32); nothing else changes."""
    texts = frame["text"]
    counts = pl.Series("n_annotations_removed", [0], dtype=pl.Int32).new_from_index(0, len(frame))
    rows = needing(frame, GLOSSES).arg_true()
    rows = rows.filter(texts[rows].str.count_matches(HINT) >= LEAST)
    left = _looked_at(texts[rows]).with_columns(row=rows)
    for form in FORMS:
        if left.is_empty():
            break
        full = left["row"].filter(_may_be_full(left, form))
        if not full.is_empty():
            marked = _mark_rows(texts[full], form)
            texts, counts = put(texts, full, marked["text"]), put(counts, full, marked["n"])
            left = left.filter(counts[left["row"]] == 0)
    return frame.with_columns(_with_cut_end(texts, counts > 0), counts)


run = mark


def _with_cut_end(texts: pl.Series, glossed: pl.Series) -> pl.Series:
    """Mark a gloss that the end of a text cut off: 执(z."""
    rows = glossed.arg_true()
    rows = rows.filter(texts[rows].str.tail(_TAIL).str.contains(_CUT_END.pattern))
    if rows.is_empty():
        return texts
    return put(texts, rows, pl.Series([_CUT_END.sub(_marked_end, text) for text in texts[rows]]))


def _marked_end(found: re.Match[str]) -> str:
    said = syllable(found[2])
    if not any(reading.startswith(said) for reading in readings(found[1][0])):
        return found.group()
    return f"{found[1]}{_marked(found[2])}{found[3]}"


def _looked_at(texts: pl.Series) -> pl.DataFrame:
    """What rules out most forms of most texts: text, han (characters), brackets (opening ones), twice, toned."""
    text = pl.col("text")
    return texts.to_frame("text").with_columns(
        han=(text.str.len_bytes() - text.str.len_chars()) // 2,
        brackets=text.str.count_matches(f"[{OPEN_BRACKETS}]"),
        twice=text.str.contains(REPEATED),
        toned=text.str.contains(f"[{OPEN_BRACKETS}][a-z]{{0,4}}{TONED}"),
    )


def _may_be_full(told: pl.DataFrame, form: Form) -> pl.Series:
    """Tell which texts can have enough glosses of a form for their length, or have some twice."""

    def enough(hints: pl.Series) -> pl.Series:
        full = (hints * (form.most + 2 * form.density) >= form.density * told["han"]) | told["twice"]
        sparse = told["toned"] & (hints >= FEWEST_SPARSE) & (hints >= SPARSE * told["han"])
        return full | sparse if form.sparse else full

    # no text has more finds than brackets
    asked = enough(told["brackets"]) if form.bracketed else pl.Series([True]).new_from_index(0, len(told))
    hints = counted(told["text"], asked, form.hint)
    return asked & (hints >= LEAST) & enough(hints)


def _mark_rows(texts: pl.Series, form: Form) -> pl.DataFrame:
    """Return `text` (marked where glosses are valid and dense) and `n` (glosses marked), one row a document."""
    pieces = texts.str.replace_all(form.pattern, f"{SPLIT}${{0}}{SPLIT}").str.split(SPLIT)
    sizes = pieces.list.len().to_numpy().astype(np.int64)
    edges, parts = bounds(sizes), pieces.explode()
    doc = np.repeat(np.arange(len(texts)), sizes)
    # what is a run and what is not take turns
    is_run = (np.arange(len(parts)) - edges[doc]) % 2 == 1
    rows = np.flatnonzero(is_run & ~_inside(texts, parts))
    judged, which = _judged(parts[rows], form)
    n_valid, n_doubled = (judged[name].to_numpy()[which] for name in ("n_valid", "n_doubled"))
    valid, found = n_valid > 0, doc[rows]

    def count(numbers: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        return np.bincount(found, numbers, len(texts)).astype(np.float64)

    # Han characters with their marks take three bytes each; cheaper than matching them
    wide = (parts.str.len_bytes() - parts.str.len_chars()).to_numpy() // 2
    n_han = np.bincount(doc, wide, len(texts))
    glosses, doubled = count(n_valid), count(np.where(valid, n_doubled, 0))
    dense = (glosses >= LEAST) & (count(valid) >= form.share * count(np.ones_like(valid)))
    full = (glosses >= form.density * n_han) | (doubled >= DOUBLED)
    if form.sparse:
        left = ~full & (count(valid) >= SPARSE_SHARE * count(np.ones_like(valid)))
        left &= glosses >= np.maximum(FEWEST_SPARSE, SPARSE * n_han)
        full |= left & (_repeats(found, which, valid & left[found], len(texts)) >= AGAIN)
    dense &= full
    chosen = valid & dense[found]
    marked = parts.scatter(rows[chosen], judged["marked"][which[chosen]])
    ends = edges[1:] - 1
    whole = marked.scatter(ends, marked[ends] + SPLIT).str.join("").str.split(SPLIT).explode().head(len(texts))
    # 你(nǐ) 好(hǎo) : where nearly each gloss has a space behind it, that came with the gloss
    spaced = count(valid & parts[rows].str.ends_with(" ").to_numpy()) >= SPACED * count(valid)
    whole = where(whole, pl.Series(dense & spaced), lambda some: some.str.replace_all(f"{CLOSE} ", f" {CLOSE}"))
    return pl.DataFrame({"text": whole, "n": np.where(dense, glosses, 0).astype(np.int32)})


def _repeats(
    found: npt.NDArray[np.int64], which: npt.NDArray[np.uint32], asked: npt.NDArray[np.bool_], n: int
) -> npt.NDArray[np.int64]:
    """Count the finds of each text that it has had before: the same character with the same gloss."""
    texts = found[asked]
    once = np.unique(texts << 32 | which[asked].astype(np.int64)) >> 32
    repeats: npt.NDArray[np.int64] = np.bincount(texts, minlength=n) - np.bincount(once, minlength=n)
    return repeats


def _inside(texts: pl.Series, parts: pl.Series) -> npt.NDArray[np.bool_]:
    """Tell which parts stand in a marked run: a gloss in there is out already, and marks do not nest."""
    if not texts.str.contains(ANY_MARK).any():
        return np.zeros(len(parts), dtype=np.bool_)
    rows = parts.str.contains(ANY_MARK).arg_true()
    some = parts[rows]
    marks, closers = (some.str.count_matches(mark).cast(pl.Int32) for mark in (ANY_MARK, CLOSE))
    turns = pl.Series([0], dtype=pl.Int32).new_from_index(0, len(parts)).scatter(rows, marks - 2 * closers)
    return (turns.cum_sum() > 0).to_numpy()


def _judged(found: pl.Series, form: Form) -> tuple[pl.DataFrame, npt.NDArray[np.uint32]]:
    """Judge each find once, a few thousand in a batch.

    Returns:
        The verdicts: marked, n_valid, n_doubled. And the row of each find's verdict.
    """
    finds = found.to_frame("find")
    known = finds.unique(maintain_order=True)
    schema = {"marked": pl.String, "n_valid": pl.Int32, "n_doubled": pl.Int32}
    verdicts = [form.judge(run) for run in known["find"].to_list()]
    which = finds.join(known.with_row_index("which"), on="find", how="left", maintain_order="left")["which"]
    return pl.DataFrame(verdicts, schema=schema, orient="row"), which.to_numpy()


@lru_cache(maxsize=1 << 14)  # a machine's glosses are the same from batch to batch
def _judge_characters(run: str) -> tuple[str, int, int]:
    """Mark each group that reads the character or holds emoji only: (marked run, groups marked, repeats)."""
    char, valid, read = run[0], 0, 0
    out = run[: run.rfind(CLOSE) + 1]

    def judge(found: re.Match[str]) -> str:
        nonlocal valid, read
        left, group, right = found.groups()
        if not _ONLY_EMOJI.fullmatch(group):
            if not is_reading(char, group):
                return found.group()
            read += 1
        valid += 1
        # spaces on both sides came with the gloss
        return _marked(found.group()) if left and right else f"{left}{_marked(group)}{right}"

    marked = out + _SPACED_GROUPS.sub(judge, run[len(out) :])
    return marked, valid, max(0, read - 1)


def _judge_before(run: str) -> tuple[str, int, int]:
    # （2021）（yún）云: figures in brackets are of the text
    figures = _FIGURES.match(run)
    start = figures.end() if figures else 0
    groups = _GROUPS.findall(run[start:-1])
    valid = sum(is_reading(run[-1], group) for group in groups)
    if not valid or valid < len(groups):
        return run, 0, 0
    return run[:start] + _marked(run[start:-1]) + run[-1], valid, valid - 1


def _judge_bare(run: str) -> tuple[str, int, int]:
    gloss = run[1:].strip(" \u3000\n")
    letters = "".join(_BARE_LETTERS.findall(gloss)[:1])
    neutral = NEUTRAL.get(run[0]) == letters and gloss[-1] != "5"
    if neutral or re.search(TONED, letters) or len(letters) < len(gloss.rstrip("12345")):
        gloss = letters
    toned = bool(re.search(f"{TONED}|[1-5]$", gloss)) or NEUTRAL.get(run[0]) == gloss
    if not (toned and is_reading(run[0], gloss)):
        return run, 0, 0
    spaced = run[1] == " " and run[-1] == " " and len(gloss) == len(run[1:].strip(" "))
    return run[0] + _marked(run[1:]) if spaced else run.replace(gloss, _marked(gloss), 1), 1, 0


def _judge_plain(run: str) -> tuple[str, int, int]:
    gloss = run[1:].strip(" ")
    if not is_reading(run[0], gloss):
        return run, 0, 0
    spaced = run[1] == " " and run[-1] == " "
    return run[0] + _marked(run[1:]) if spaced else run.replace(gloss, _marked(gloss), 1), 1, 0


def _judge_word(run: str) -> tuple[str, int, int]:
    at = re.search(f"[{OPEN_BRACKETS}]", run)
    start = at.start() if at else len(run)
    n = is_word_reading(run[:start].rstrip(" \u3000\n"), run[start:])
    return (run[:start] + _marked(run[start:]), n, 0) if n else (run, 0, 0)


def _marked(gloss: str) -> str:
    if "\n" not in gloss:
        return f"{OPEN['annotation']}{gloss}{CLOSE}"
    return _PIECES.sub(lambda piece: f"{OPEN['annotation']}{piece.group()}{CLOSE}", gloss)


FORMS = (
    Form(RUN, _judge_characters, DENSITY, RUN, SHARE, sparse=True),
    Form(BARE_RUN, _judge_bare, BARE_DENSITY, BARE_HINT, most=2, bracketed=False),
    Form(WORD_RUN, _judge_word, DENSITY, WORD_RUN, most=6),
    Form(BEFORE_RUN, _judge_before, DENSITY, BEFORE_RUN),
    Form(PLAIN_RUN, _judge_plain, BARE_DENSITY, PLAIN_HINT, PLAIN_SHARE, bracketed=False),
)
