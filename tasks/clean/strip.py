"""The strip pass: takes marked runs out of the texts, and remembers where every content character came from.

One numpy pass over the batch; after it, content is found again by counting (DESIGN section 4).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.clean import script
from tasks.clean.gated import MARKED, where
from tasks.clean.marks import ANY_RUN, CLOSE, FIRST_OPENER
from tasks.content import Codes, Counts, Flags, Places, bounds, content_table, encode, lengths, or_per_run
from tasks.look import Look

Steps = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Origin:
    """Where the content characters of a batch stand in its decoded views.

    `codes`, `offsets` and `step` have one entry per content character of all documents, in order: its code
    point, its offset in
    the decoded view of its document (characters), and 0 or 1 + the index of the step that marked it. `starts`
    has n + 1 entries:
    the first content character of each document. `kept` lists the content characters that no step marked.
    `view` holds all characters of the decoded views, `view_starts` where each of them begins.
    """

    codes: Codes
    offsets: Places
    step: Steps
    starts: Counts
    kept: Places
    view: Codes
    view_starts: Counts

    def without(self, documents: list[int]) -> "Origin":
        """Forget the content of some documents (their places stay, empty), so that counting holds for the others."""
        if not documents:
            return self
        counts = np.diff(self.starts)
        keep = np.ones(len(counts), dtype=np.bool_)
        keep[documents] = False
        here = np.repeat(keep, counts)
        step = self.step[here]
        return Origin(
            self.codes[here],
            self.offsets[here],
            step,
            bounds(np.where(keep, counts, 0)),
            np.flatnonzero(step == 0).astype(np.int32),
            self.view,
            self.view_starts,
        )


@dataclass(frozen=True)
class Stripped:
    """What is left of the marked texts, the origin of their content, and the documents that lost or won content.

    `scripts` says of each text the scripts that it has characters of (bits of `tasks.clean.script`).
    """

    texts: pl.Series
    scripts: npt.NDArray[np.uint8]
    origin: Origin
    broken: list[int]


def strip_marked(read: Look, marked: pl.Series) -> Stripped:
    """Split marked texts into kept text and removed runs.

    Args:
        read: the texts as they were read (without their marks they are the decoded views).
        marked: the same texts after the marking steps; same content characters in the same order.

    Returns:
        `texts` without marks and marked runs. A document whose content characters do not match its view in
        number is listed in `broken`, has an empty text, and no content in the origin.
    """
    table = content_table()
    view_codes, view_starts, born_marked = _views(read)
    places = np.flatnonzero(np.take(table, view_codes, mode="clip"))
    counts = _counts(places, view_starts)

    # a text that no step touched holds no mark, and all its content
    touched = (read.texts != marked).to_numpy() | born_marked
    changed = pl.Series(touched)
    some = marked.filter(changed)
    codes, starts = encode(some), bounds(lengths(some))
    in_marked = np.take(table, codes, mode="clip")
    marked_counts = counts.copy()
    marked_counts[touched] = _counts(np.flatnonzero(in_marked), starts)

    steps = _step_per_character(codes)
    scripts = or_per_run(np.take(script.of_scripts(), view_codes, mode="clip"), view_starts)
    scripts[touched] = or_per_run(np.where(steps, 0, np.take(script.of_scripts(), codes, mode="clip")), starts)

    good = counts == marked_counts
    if not good.all():
        places = places[np.repeat(good, counts)]
    counts = np.where(good, counts, 0)
    step = np.zeros(len(places), dtype=np.uint8)
    whole = np.repeat(good[touched], marked_counts[touched])
    step[np.repeat(touched, counts)] = steps[in_marked][whole]
    offsets = np.repeat(view_starts[:-1].astype(np.int32), counts)
    np.subtract(places, offsets, out=offsets, casting="same_kind")
    origin = Origin(
        codes=view_codes[places],
        offsets=offsets,
        step=step,
        starts=bounds(counts),
        kept=np.flatnonzero(step == 0).astype(np.int32),
        view=view_codes,
        view_starts=view_starts,
    )
    texts = where(marked, changed, lambda some: some.str.replace_all(ANY_RUN, ""))
    if not good.all():
        scripts[~good] = 0
        texts = texts.zip_with(pl.Series(good), pl.Series([""]).new_from_index(0, len(texts)))
    return Stripped(texts, scripts, origin, np.flatnonzero(~good).tolist())


def _views(read: Look) -> tuple[Codes, Counts, Flags]:
    """Return the decoded views as code points, where each begins, and which of them the reader left marks in."""
    born_marked = (read.needs & MARKED) > 0
    if not born_marked.any():
        return read.codes, read.starts, born_marked
    marks = (read.codes >= FIRST_OPENER) & (read.codes <= ord(CLOSE))
    sizes = np.diff(read.starts) - _counts(np.flatnonzero(marks), read.starts)
    return read.codes[~marks], bounds(sizes), born_marked


def _counts(places: Counts, starts: Counts) -> Counts:
    """Count the places (ascending) in each text."""
    return np.diff(np.searchsorted(places, starts))


def _step_per_character(codes: Codes) -> Steps:
    """Say for each character which marked run it stands in (0: none)."""
    steps = np.zeros(len(codes), dtype=np.uint8)
    at = np.flatnonzero((codes >= FIRST_OPENER) & (codes <= ord(CLOSE)))
    if len(at):
        opened = np.where(codes[at] == ord(CLOSE), 0, codes[at] - FIRST_OPENER + 1).astype(np.uint8)
        steps[at[0] :] = np.repeat(opened, np.diff(np.append(at, len(codes))))
    return steps
