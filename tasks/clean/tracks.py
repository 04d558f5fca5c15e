"""Follow the columns of a page through text that was read across it: which line stands under which.

A beam search over all sheets at once; `track_states` says what a reading is.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tasks.clean import track_states
from tasks.clean.leading import measure
from tasks.clean.seams import FAR, NEAR, Page
from tasks.clean.track_states import Flags, Floats, Given, Ints, Step

# A rival that is still there so many lines later makes a line less sure.
_LOOKS = (4, 10)
_UNUSUAL = 0.35
_NOWHERE = -1e9


class Sheet(NamedTuple):
    """Lines of one page that were read as one block: their numbers in the page, and the print line of each."""

    page: Page
    lines: Ints
    print_lines: Ints


class Followed(NamedTuple):
    """For each line of a sheet: the one above it in its column (-1: none), how sure (log-odds), whether a headline."""

    above: Ints
    margins: Floats
    headline: Flags


def follow(sheets: Sequence[Sheet]) -> list[Followed]:
    """Find the columns of sheets, none empty; the answers come in the same order."""
    if not sheets:
        return []
    order = sorted(range(len(sheets)), key=lambda n: -len(sheets[n].lines))
    known = _given([sheets[n] for n in order])
    found = _searched(known)
    pages = [id(sheets[n].page) for n in order]
    leading = {
        one: measure([(f.above, f.headline) for f, page in zip(found, pages, strict=True) if page == one])
        for one in set(pages)
    }
    # Pages whose headlines are set otherwise than usual are read again, by what was measured.
    again = [n for n, page in enumerate(pages) if np.abs(leading[page] - track_states.USUAL).max() > _UNUSUAL]
    if again:
        part = known.of(again, np.stack([leading[pages[n]] for n in again]), track_states.GIVE_MEASURED)
        for n, one in zip(again, _searched(part), strict=True):
            found[n] = one
    return [found[order.index(n)] for n in range(len(sheets))]


def _given(sheets: Sequence[Sheet]) -> Given:
    n, longest = len(sheets), len(sheets[0].lines)
    links = np.full((longest, n, NEAR), -9.0, dtype=np.float32)
    topics = np.zeros((longest, n, FAR + 1), dtype=np.float32)
    kinds = np.zeros((longest, n), dtype=np.int64)
    marked, beside = np.zeros((longest, n), dtype=bool), np.zeros((longest, n), dtype=bool)
    for at, (page, lines, print_lines) in enumerate(sheets):
        size, here = len(lines), slice(lines[0], lines[-1] + 1)
        links[:size, at], topics[:size, at, :FAR] = page.links[here], page.topics[here]
        kinds[:size, at], marked[:size, at] = page.kinds[here], page.marked[here]
        beside[1:size, at] = print_lines[1:] == print_lines[:-1]
    return track_states.given(links, topics, kinds, marked, beside, np.array([len(sheet.lines) for sheet in sheets]))


def _searched(known: Given) -> list[Followed]:
    n_steps = int(known.sizes[0])
    marks = np.random.default_rng(0).integers(1, 1 << 62, size=(n_steps, 2))
    states = track_states.beginning(len(known.sizes))
    steps: list[Step] = []
    scores: list[tuple[Ints, Floats]] = []
    for line in range(n_steps):
        states, step = track_states.placed(known, states, line, marks)
        steps.append(step)
        scores.append((states.sheet, states.score))
    return _traced(known.sizes, steps, scores)


def _traced(sizes: Ints, steps: Sequence[Step], scores: Sequence[tuple[Ints, Floats]]) -> list[Followed]:
    """Read the best reading of each sheet back from its last line, and compare it with its rivals."""
    n_steps, n = len(steps), len(sizes)
    above, headline = np.full((n_steps, n), -1), np.zeros((n_steps, n), dtype=bool)
    at = np.zeros(n, dtype=np.int64)
    for line in range(n_steps - 1, -1, -1):
        sheet, score = scores[line]
        for ended in np.flatnonzero(sizes - 1 == line).tolist():
            at[ended] = np.where(sheet == ended, score, _NOWHERE).argmax()
        live = np.flatnonzero(sizes > line)
        rows = at[live]
        above[line, live], headline[line, live] = steps[line].above[rows], steps[line].headline[rows]
        at[live] = steps[line].parent[rows]
    margins = np.full((n_steps, n), track_states.HOPELESS, dtype=np.float32)
    for line, (sheet, score) in enumerate(scores):
        back = np.arange(len(sheet))
        ends = sizes[sheet] - 1 == line
        for ago in range(min(max(_LOOKS), line) + 1):
            then = steps[line - ago]
            if ago in _LOOKS or ends.any():
                differs = then.above[back] != above[line - ago][sheet]
                kept, rival = np.full(n, _NOWHERE), np.full(n, _NOWHERE)
                np.maximum.at(kept, sheet[~differs], score[~differs])
                np.maximum.at(rival, sheet[differs], score[differs])
                told = (sizes > line) if ago in _LOOKS else (sizes - 1 == line)
                less = np.where(told, kept - rival, track_states.HOPELESS)
                margins[line - ago] = np.minimum(margins[line - ago], less)
            back = then.parent[back]
    return [Followed(above[:size, k], margins[:size, k], headline[:size, k]) for k, size in enumerate(sizes.tolist())]
