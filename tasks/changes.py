"""The exact difference of two states of one text, found by its content characters, whose order steps keep.

Linear in the length of the text, and right whatever changed: applying the changes to the first state gives the second.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from tasks.content import Codes, Counts, content_table, encode

# More changes than this on a line are shown on several.
MOST_IN_A_HUNK = 8


@dataclass(frozen=True)
class State:
    """A text between two steps; `ranks` says of each of its content characters which one of the decoded view it is."""

    text: str
    ranks: Counts


@dataclass(frozen=True)
class Change:
    """One edit: `before` stood at `start` of the text before the step, and about `source` of the decoded view."""

    start: int
    before: str
    after: str
    source: int = 0

    @property
    def end(self) -> int:
        """Offset past `before`."""
        return self.start + len(self.before)


def apply(text: str, changes: Iterable[Change]) -> str:
    """Carry out changes that are in order and do not overlap.

    Raises:
        ValueError: a change does not fit the text.
    """
    parts, at = [], 0
    for change in changes:
        if change.start < at or text[change.start : change.end] != change.before:
            raise ValueError(f"the text at {change.start} is not {change.before!r}")
        parts += [text[at : change.start], change.after]
        at = change.end
    return "".join([*parts, text[at:]])


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return encode(pl.Series([text]))


def difference(old: State, new: State) -> list[Change]:
    """List what changed between two states, in order of place; content present in both must stand in the same order."""
    if old.text == new.text:
        return []
    a, b = codes_of(old.text), codes_of(new.text)
    anchors = _anchors(old, new, a, b)
    if anchors is None:
        return [_trimmed(0, old.text, new.text)]
    in_a, in_b = (np.append(one, size) for one, size in zip(anchors, (len(a), len(b)), strict=True))
    # Gap j is what stands between anchors j - 1 and j; anchor j itself is compared with it.
    before_a, before_b = (np.append(0, one[:-1] + 1) for one in (in_a, in_b))
    same_length = (in_a - before_a) == (in_b - before_b)
    places = np.arange(len(b))
    gap = np.searchsorted(in_b, places)
    paired = same_length[gap]
    paired[in_b[:-1]] = True
    shift = (in_a - in_b)[gap]
    differs = np.zeros(len(b), dtype=np.bool_)
    differs[paired] = b[paired] != a[(places + shift)[paired]]
    found = [Change(int(p + shift[p]), old.text[p + shift[p]], new.text[p]) for p in np.flatnonzero(differs)]
    found += [
        _trimmed(int(before_a[j]), old.text[before_a[j] : in_a[j]], new.text[before_b[j] : in_b[j]])
        for j in np.flatnonzero(~same_length)
    ]
    return sorted(found, key=lambda change: (change.start, change.end))


def in_order(old: State, new: State) -> bool:
    """Does the content of the new state stand in the order it had in the old one?"""
    places = _places(old, new)
    return bool((places >= 0).all() and (np.diff(places) > 0).all())


def _places(old: State, new: State) -> Counts:
    """For each content character of the new state its number in the old one, -1 if it is not there."""
    size = int(max(old.ranks.max(initial=-1), new.ranks.max(initial=-1))) + 1
    number = np.full(size, -1, dtype=np.int64)
    number[old.ranks] = np.arange(len(old.ranks))
    places: Counts = number[new.ranks]
    return places


def _anchors(old: State, new: State, a: Codes, b: Codes) -> tuple[Counts, Counts] | None:
    """Offsets in both texts of the content that is in both, or nothing where it cannot be followed."""
    in_a, in_b = np.flatnonzero(content_table()[a]), np.flatnonzero(content_table()[b])
    if len(in_a) != len(old.ranks) or len(in_b) != len(new.ranks) or not in_order(old, new):
        return None
    return in_a[_places(old, new)], in_b


def _trimmed(start: int, before: str, after: str) -> Change:
    """Leave out what both have at their head and at their tail."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Change(start + head, before[head : len(before) - tail], after[head : len(after) - tail])


def groups(changes: Iterable[Change]) -> list[tuple[str, str, int]]:
    """Equal changes counted, the most frequent first: (before, after, how many)."""
    counted = Counter((one.before, one.after) for one in changes)
    return [(before, after, n) for (before, after), n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


@dataclass(frozen=True)
class Hunk:
    """A stretch of text with its changes: pieces that are the `same`, were taken out (`old`) or put in (`new`)."""

    source: int
    pieces: list[tuple[str, str]]


def hunks(text: str, changes: Iterable[Change], context: int) -> Iterator[Hunk]:
    """Show changes in their text, those of one line that stand closer than twice the context (characters) together."""
    near: list[Change] = []
    for change in changes:
        apart = near and (change.start - near[-1].end > 2 * context or "\n" in text[near[-1].end : change.start])
        if apart or len(near) == MOST_IN_A_HUNK:
            yield _hunk(text, near, context)
            near = []
        near.append(change)
    if near:
        yield _hunk(text, near, context)


def visible(text: str) -> str:
    """A text in which everything can be seen and nothing acts: line ends as ⏎, what does not print by its number."""
    shown = text.replace("\n", "⏎")
    return shown if shown.isprintable() else "".join(s if s.isprintable() else f"⟨U+{ord(s):04X}⟩" for s in shown)


def signs(text: str) -> str:
    """The text of a change, where even spaces and nothing at all are seen: `␣`, `∅`."""
    return visible(text).replace(" ", "␣") if text.isspace() else visible(text) or "∅"


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes that touch, as one."""
    last: Change | None = None
    for change in changes:
        if last and last.end == change.start:
            last = replace(last, before=last.before + change.before, after=last.after + change.after)
        else:
            if last:
                yield last
            last = change
    if last:
        yield last


def _hunk(text: str, changes: list[Change], context: int) -> Hunk:
    at = max(0, changes[0].start - context)
    pieces: list[tuple[str, str]] = []
    for change in _merged(changes):
        pieces += [("same", text[at : change.start]), ("old", change.before), ("new", change.after)]
        at = change.end
    pieces.append(("same", text[at : at + context]))
    return Hunk(
        changes[0].source,
        [(kind, visible(piece) if kind == "same" else signs(piece)) for kind, piece in pieces if piece],
    )
