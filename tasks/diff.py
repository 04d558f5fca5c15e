"""Where two versions of a text differ, in time linear in their length: edits are local, so windows are compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

# Characters compared at a time: the exact comparison takes their square.
_WINDOW = 4000
# A window is left at its last run of so many equal characters, where both sides surely agree.
_ANCHOR = 6
# Edits closer than this are told as one.
_NEAR = 2


@dataclass(frozen=True)
class Change:
    """One edit: `start` in the text before (characters), what stood there, what stands there now."""

    start: int
    before: str
    after: str


def changes(before: str, after: str) -> list[Change]:
    """All edits that lead from one text to the other, in order; applied from the back they rebuild `after` exactly."""
    found: list[Change] = []
    for start, end, old, new in _edits(before, after):
        last = found[-1] if found else None
        if last and start - (last.start + len(last.before)) < _NEAR:
            between = before[last.start + len(last.before) : start]
            found[-1] = Change(last.start, last.before + between + before[start:end], last.after + between + new)
        else:
            found.append(Change(start, old, new))
    return found


def _edits(before: str, after: str) -> Iterator[tuple[int, int, str, str]]:
    """Edits as (start, end, old, new), the positions in `before`."""
    i = j = 0
    while i < len(before) or j < len(after):
        left, right = before[i : i + _WINDOW], after[j : j + _WINDOW]
        if left == right:
            i, j = i + len(left), j + len(right)
            continue
        ops = list(Levenshtein.opcodes(left, right))
        if i + _WINDOW < len(before) or j + _WINDOW < len(after):
            equal = [(op.src_end - op.src_start, n) for n, op in enumerate(ops) if op.tag == "equal"]
            anchors = [n for length, n in equal if length >= _ANCHOR] or [n for _, n in sorted(equal)] or [len(ops) - 1]
            ops = ops[: anchors[-1] + 1]
        for op in ops:
            if op.tag != "equal":
                old, new = left[op.src_start : op.src_end], right[op.dest_start : op.dest_end]
                yield i + op.src_start, i + op.src_end, old, new
        i, j = i + ops[-1].src_end, j + ops[-1].dest_end
