"""Tells which script a text is in and gives Traditional text its Simplified characters; words are never replaced.

In texts of both scripts the sentences in Traditional are converted. Simplified and Japanese text is left alone.
"""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import opencc
import polars as pl

from tasks.clean.codepoints import BREAK, HAN, LAST, SPACE, Codes, Flags, counts, gather, member, per_text, spread
from tasks.clean.gated import where
from tasks.content import bounds, encode, lengths, or_per_run
from tasks.lexicons import pairs
from tasks.once import once

Places = npt.NDArray[np.intp]
CONFIGS = ("t2s", "tw2s", "hk2s")  # never the phrase configs: they replace words
CHUNK = 1_000_000  # characters handed to OpenCC at once
MINORITY = 0.05  # the share of one script's own characters below which a text counts as written in the other
MOST_KANA = 0.05
_LINKS = 1 << 20
SENTENCE_ENDS = member("。！？!?")


class Detected(NamedTuple):
    """Per text: the script (ISO 15924, `mixed`, or Zyyy when nothing tells), the OpenCC configuration to use."""

    script: npt.NDArray[np.str_]
    config: npt.NDArray[np.str_]


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Convert the Traditional in column `text`; add `script` and `n_script_converted` (int32, characters changed)."""
    return convert(frame)


def convert(frame: pl.DataFrame, config: str | None = None) -> pl.DataFrame:
    """Do what `run` does, a look spared by column `scripts`, where the strip pass left it.

    `config` (one of `CONFIGS`) skips detection and converts every text as that variant.
    """
    texts = frame["text"]
    held = frame["scripts"].to_numpy() if "scripts" in frame.columns else _held(texts)
    looked = (held & TELLING) > 0 if config is None else np.ones(len(texts), dtype=np.bool_)
    script = np.where(held & SIMPLIFIED, "Hans", "Zyyy").astype(object)
    converted = np.zeros(len(texts), dtype=np.int32)
    if looked.any():
        codes = spread(texts.filter(pl.Series(looked)))
        found = detect(codes)
        after = codes.copy()
        for name in CONFIGS if config is None else (config,):
            chosen = _to_convert(codes, found, name) if config is None else codes != BREAK
            _convert(codes, after, chosen, name)
        script[looked], converted[looked] = found.script, per_text(codes, after != codes)
        texts = where(texts, pl.Series(looked), lambda _: gather(after, "text"))
    return frame.with_columns(texts, script=pl.Series(script, dtype=pl.String), n_script_converted=pl.Series(converted))


def _held(texts: pl.Series) -> npt.NDArray[np.uint8]:
    return or_per_run(np.take(of_scripts(), encode(texts), mode="clip"), bounds(lengths(texts)))


def detect(codes: Codes) -> Detected:
    """Judge each text of a spread batch by the characters that only one script has."""
    kinds = np.take(of_scripts(), codes, mode="clip")
    simplified, hong_kong = per_text(codes, kinds == SIMPLIFIED), per_text(codes, kinds == HONG_KONG)
    traditional = per_text(codes, (kinds & (TRADITIONAL | HONG_KONG)) > 0)
    kana, han = per_text(codes, kinds == KANA), per_text(codes, np.take(HAN, codes, mode="clip"))
    zhu, zhe = per_text(codes, codes == ord("著")), per_text(codes, codes == ord("着"))
    both = traditional + simplified
    script = np.select(
        [kana > MOST_KANA * (kana + han), both == 0, traditional <= MINORITY * both, simplified <= MINORITY * both],
        ["Jpan", "Zyyy", "Hans", "Hant"],
        "mixed",
    )
    config = np.select(
        [zhu > zhe + hong_kong, hong_kong > 0], ["tw2s", "hk2s"], "t2s"
    )  # Taiwan writes 著 where the others write 着
    return Detected(script, config)


def _to_convert(codes: Codes, found: Detected, config: str) -> Flags:
    """Return the characters that OpenCC should see under this configuration."""
    breaks = np.flatnonzero(codes == BREAK)
    sizes = np.diff(np.concatenate((breaks, [len(codes)])), prepend=0)  # a break belongs to the text after it
    mine = found.config == config
    whole = np.repeat(mine & (found.script == "Hant"), sizes)
    part = np.repeat(mine & np.isin(found.script, ("mixed", "Hans")), sizes)
    if part.any():
        whole |= part & _traditional_sentences(codes, np.repeat(found.script == "mixed", sizes))
    return whole


def _traditional_sentences(codes: Codes, mixed: Flags) -> Flags:
    """Return the characters of sentences with more Traditional than Simplified, and of lines with clearly more.

    In a Simplified text of sentences, too, only those with clearly more.
    """
    breaks, line_ends = codes == BREAK, codes == ord("\n")
    ends = breaks | np.take(SENTENCE_ENDS, codes, mode="clip")
    ends[1:] |= line_ends[1:] & line_ends[:-1]
    more, clearly = _votes(codes, ends)
    # a headline has no mark that parts it from the sentence below
    return np.where(mixed, more, clearly) | _votes(codes, breaks | line_ends)[1]


def _votes(codes: Codes, ends: Flags) -> tuple[Flags, Flags]:
    """Tell of the characters between `ends` whether more of them are Traditional than Simplified, and clearly more."""
    starts = np.concatenate(([0], np.flatnonzero(ends[:-1]) + 1))
    sizes = np.diff(np.append(starts, len(codes)))
    kinds = np.take(of_scripts(), codes, mode="clip")
    traditional = counts((kinds & (TRADITIONAL | HONG_KONG)) > 0, starts)
    simplified = counts(kinds == SIMPLIFIED, starts)
    clearly = traditional >= np.maximum(2, 2 * simplified + 1)
    return np.repeat(traditional > simplified, sizes), np.repeat(clearly, sizes)


def _convert(codes: Codes, after: Codes, chosen: Flags, config: str) -> None:
    """Convert the chosen characters into `after`, looking through spaces and line ends: a wrapped 乾坤 is a word."""
    places = np.flatnonzero(chosen & ~np.take(SPACE, codes, mode="clip"))
    for start in range(0, len(places), CHUNK):
        part = places[start : start + CHUNK]
        after[part] = _converted(codes[part], config)


def _converted(codes: Codes, config: str) -> Codes:
    """Convert each character by itself, and anew with its neighbours where a phrase may join them: one in fifty."""
    made = _alone(codes, config)
    joined = np.zeros(len(codes) + 1, dtype=np.bool_)  # with the one before
    joined[1:-1] = _links()[_link(codes[:-1], codes[1:])]
    places = np.flatnonzero(joined[:-1] | joined[1:])
    ends = np.flatnonzero(~joined[places + 1])
    text = np.insert(codes[places], ends + 1, BREAK).tobytes().decode("utf-32-le")
    after = np.frombuffer(_converter(config).convert(text).encode("utf-32-le"), dtype=np.uint32).copy()
    if len(after) == len(text):  # no dictionary makes it longer or shorter: a word is given up before a character moves
        for found in _words().finditer(text):
            after[found.start() : found.end()] = [ord(char) for char in pairs("script_words")[found.group()]]
        made[places] = np.delete(after, ends + 1 + np.arange(len(ends)))
    return made


def _alone(codes: Codes, config: str) -> Codes:
    """Convert characters one by one, by a table that grows by those that come for the first time."""
    table = _singles(config)
    made: Codes = np.take(table, codes, mode="clip")
    if not made.all():
        new = np.unique(codes[made == 0])
        single = _converter(config).convert(chr(BREAK).join(map(chr, new))).split(chr(BREAK))
        table[new] = [ord(after) if len(after) == 1 else code for after, code in zip(single, new.tolist(), strict=True)]
        made = np.take(table, codes, mode="clip")
    return made


@cache
def _singles(config: str) -> Codes:
    """What becomes of a character by itself, by code point (0: OpenCC was not asked yet)."""
    table = np.zeros(LAST + 1, dtype=np.uint32)
    table[BREAK] = BREAK
    for char, after in pairs("script_words").items():
        if len(char) == 1:
            table[ord(char)] = ord(after)
    return table


@once
def _links() -> Flags:
    """Which two characters a phrase may hold side by side, by `_link`; a few that none holds are in it."""
    held = [(char, other) for char, behind in pairs("script_links").items() for other in behind]
    held += [two for word in pairs("script_words") for two in pairwise(word)]
    links = np.zeros(_LINKS, dtype=np.bool_)
    links[_link(*(np.array([ord(two[n]) for two in held], dtype=np.uint32) for n in (0, 1)))] = True
    return links


def _link(codes: Codes, behind: Codes) -> Codes:
    return (codes << np.uint32(7) ^ behind) & np.uint32(_LINKS - 1)


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


@once
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(pairs("script_words"), key=len, reverse=True)))


SIMPLIFIED, TRADITIONAL, HONG_KONG, KANA = 1, 2, 4, 8
TELLING = TRADITIONAL | HONG_KONG | KANA  # what makes a text worth a second look


@once
def of_scripts() -> npt.NDArray[np.uint8]:
    """Return a table over all code points: which script a character belongs to alone (0: both or neither)."""
    table = np.zeros(LAST + 1, dtype=np.uint8)
    known = pairs("script_chars")
    chars = np.frombuffer("".join(known).encode("utf-32-le"), dtype=np.uint32)
    kinds = np.frombuffer("".join(known.values()).encode("ascii"), dtype=np.uint8)
    for letter, kind in (("S", SIMPLIFIED), ("T", TRADITIONAL), ("H", HONG_KONG)):
        table[chars[kinds == ord(letter)]] = kind
    table[0x3040:0x30FB] = KANA
    return table
