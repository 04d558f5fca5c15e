"""Reads from a pattern what every text it matches must hold, so that a cheap look spares most texts the pattern.

Told of a text in lower case without its white space, each digit 0; what it says is needed is needed, always.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

Words = frozenset[str]
# Alternatives listed one by one at most, and where two listed pieces meet.
_MOST, _MOST_JOINED = 400, 48
_WIDEST_RANGE = 40
_ENDLESS = 1 << 20
_SINGLE = 30
_COUNTS = {"?": (0, 1), "*": (0, _ENDLESS), "+": (1, _ENDLESS)}
# A run of plain characters goes without the one that a count belongs to.
_TOKEN = re.compile(
    r"(?P<words>\(\?:[^\\\[\](){}?*+.^$]+\))|(?P<opens>\(\?i?:)|(?P<shuts>\))|(?P<bar>\|)|(?P<edge>[\^$])|(?P<class>\[(?:[^\]\\]|\\.)+\])"
    r"|(?P<count>(?:[?*+]|\{\d+(?:,\d*)?\})\??)|(?P<any>\.|\\[sSwWdDpP])"
    r"|(?P<text>[^\\\[\](){}|?*+.^$]+(?![?*+{])|\\x\{\w+\}|\\?[^\\\[\](){}]|\\[\\\[\](){}])"
)
_MEMBER = re.compile(r"(\\x\{\w+\}|\\?.)(?:-(\\x\{\w+\}|\\?.))?", re.DOTALL)
_DIGITS = str.maketrans("123456789", "0" * 9)


@dataclass(frozen=True, slots=True)
class Need:
    """What a match needs.

    Attributes:
        whole: all that it can be; None where that is too much to list.
        held: of each set one piece, of one or two characters, is in it.
        first: what it can open with; None: anything.
        last: what it can close with.
        least: its fewest characters.
        most: its most characters.
    """

    whole: Words | None
    held: tuple[Words, ...]
    first: Words | None
    last: Words | None
    least: int
    most: int

    def rarest_first(self) -> list[Words]:
        return sorted(dict.fromkeys(self.held), key=_weight)


_EMPTY: Words = frozenset([""])
_NOTHING = Need(_EMPTY, (), frozenset(), frozenset(), 0, 0)
_ANYTHING = Need(None, (), None, None, 0, 1)


def alternatives(pattern: str) -> list[tuple[str, Need]]:
    """Cut a pattern at its outermost bars, and tell what each piece needs.

    Raises:
        ValueError: the pattern has signs that none of the lexicons had so far.
    """
    flags = "(?i)" if pattern.startswith("(?i)") else ""
    text = pattern.removeprefix(flags)
    reader = _Reader(text)
    found, start = [], 0
    for need in reader.branches():
        found.append((flags + text[start : reader.place()], replace(need, held=_held(need))))
        start = reader.place() + 1
    if start <= len(text):
        raise ValueError(f"signs that no lexicon had so far, or a bracket too many, in {pattern!r}")
    return found


class _Reader:
    """Walks through a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        if "".join(token.group() for token in self._tokens) != text:
            self._tokens = []
        self._at = 0

    def place(self) -> int:
        """Where the next token begins."""
        if self._at < len(self._tokens):
            return self._tokens[self._at].start()
        return self._tokens[-1].end() if self._tokens else -1

    def branches(self) -> Iterator[Need]:
        yield self._sequence()
        while self._kind() == "bar":
            self._at += 1
            yield self._sequence()

    def _sequence(self) -> Need:
        needs: list[Need] = []
        while (kind := self._kind()) not in (None, "bar", "shuts"):
            token = self._tokens[self._at].group()
            self._at += 1
            if kind == "count":
                needs[-1] = _repeated(needs[-1], token.removesuffix("?") or "?")
            elif kind == "opens":
                needs.append(_either(list(self.branches())))
                self._at += 1
            elif kind == "words":
                needs.append(_words(token))
            elif kind == "class":
                needs.append(_class(token))
            elif kind == "text":
                needs.append(_text(_plain(token)))
            else:
                needs.append(_ANYTHING if kind == "any" else _NOTHING)
        return _joined(needs)

    def _kind(self) -> str | None:
        return self._tokens[self._at].lastgroup if self._at < len(self._tokens) else None


def _plain(token: str) -> str:
    if token.startswith("\\x{"):
        return chr(int(token[3:-1], 16))
    return token.removeprefix("\\")


@cache
def _text(text: str) -> Need:
    seen = text.lower()
    if not text.isalpha():
        seen = "".join(seen.split()).translate(_DIGITS)
    if not seen:
        return _NOTHING
    return Need(frozenset([seen]), (), frozenset(seen[0]), frozenset(seen[-1]), len(seen), len(seen))


@cache
def _words(group: str) -> Need:
    return _either([_text(word) for word in group[3:-1].split("|")])


@cache
def _class(token: str) -> Need:
    chars = ""
    for found in _MEMBER.finditer(token[1:-1]):
        if (found[1] == "^" and found.start() == 0) or re.fullmatch(r"\\[sSwWdDpP]", found[1]):
            return _ANYTHING
        low, high = (ord(_plain(one or found[1])) for one in found.groups())
        if high - low > _WIDEST_RANGE:
            return _ANYTHING
        chars += "".join(map(chr, range(low, high + 1)))
    seen = frozenset("".join(chars.lower().split()).translate(_DIGITS))
    if any(char.isspace() for char in chars):
        return Need(seen | _EMPTY, (), seen, seen, 0, 1)
    return Need(seen, (), seen, seen, 1, 1)


def _joined(needs: list[Need]) -> Need:
    if len(needs) == 1:
        return needs[0]
    held: list[Words] = []
    # what stands side by side is listed together, as far as that gives few
    run, listed = _EMPTY, True
    for need in needs:
        held += need.held
        if need.whole is not None and len(run) * len(need.whole) <= _MOST_JOINED:
            run = frozenset([before + after for before in run for after in need.whole])
            continue
        held += _pieces(run)
        run, listed = need.whole or _EMPTY, False
    first = _edge([(need.first, need.least) for need in needs])
    last = _edge([(need.last, need.least) for need in reversed(needs)])
    least, most = sum([need.least for need in needs]), min(sum([need.most for need in needs]), _ENDLESS)
    if listed:
        return Need(run, tuple(held), first, last, least, most)
    return Need(None, (*held, *_pieces(run)), first, last, least, most)


def _edge(needs: list[tuple[Words | None, int]]) -> Words | None:
    found: Words = frozenset()
    for edge, least in needs:
        if edge is None:
            return None
        found |= edge
        if least:
            break
    return found


def _either(needs: list[Need]) -> Need:
    if len(needs) == 1:
        return needs[0]
    whole = _any_of([need.whole for need in needs])
    held: tuple[Words, ...] = ()
    if whole is None or len(whole) > _MOST:
        whole = None
        best = _any_of([min(_held(need), key=_weight, default=None) for need in needs])
        held = () if best is None else (best,)
    first, last = _any_of([need.first for need in needs]), _any_of([need.last for need in needs])
    return Need(whole, held, first, last, min(need.least for need in needs), max(need.most for need in needs))


def _any_of(sets: list[Words | None]) -> Words | None:
    known = [each for each in sets if each is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _repeated(need: Need, count: str) -> Need:
    low, high = _COUNTS[count] if count in _COUNTS else _bounds(count)
    most = min(need.most * high, _ENDLESS)
    if low == high == 1:
        return need
    if low == 0:
        whole = need.whole | _EMPTY if high == 1 and need.whole is not None else None
        return replace(need, whole=whole, held=(), least=0, most=most)
    return replace(need, whole=None, held=_held(need), least=need.least * low, most=most)


def _bounds(count: str) -> tuple[int, int]:
    low, comma, high = count[1:-1].partition(",")
    return int(low), int(high or (_ENDLESS if comma else low))


def _held(need: Need) -> tuple[Words, ...]:
    return (*need.held, *_pieces(need.whole))


def _pieces(whole: Words | None) -> list[Words]:
    return [] if whole is None or "" in whole else [frozenset([text[:2] for text in whole])]


def _weight(pieces: Words) -> int:
    """How often one of these is met, roughly: a single character is met more often than two."""
    return sum([_SINGLE if len(piece) == 1 else 1 for piece in pieces])
