"""What the recipe did to each document of a batch: every change of every step, taken from the real run of it.

Applied in turn to the decoded view, the changes give the published text: a test replays them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from tasks import describe, tables
from tasks import documents as batch
from tasks.cards import SourceCard
from tasks.changes import Change, State, codes_of, difference, in_order
from tasks.clean.marks import CLOSE, FIRST_OPENER, OPEN
from tasks.content import Counts, bounds, content_table, count_content

Frames = list[tuple[str, pl.DataFrame]]
Piece = tuple[str, int, int]


@dataclass(frozen=True)
class Step:
    """One step on one document.

    Attributes:
        name: of the step; what reading marked as no text comes first, by the name of its mark.
        before: the text that `changes` refer to.
        changes: in order of place.
        text: what the step left.
        order: when the step only moves lines: their places (start, end) in `before`, as they are read.
    """

    name: str
    before: str
    changes: list[Change]
    text: str
    order: list[tuple[int, int]] | None = None


@dataclass(frozen=True)
class Row:
    """A published headline or paragraph: pieces (joiner, start, end) of the last text, then changes of spaces."""

    row_id: str
    part: str
    pieces: list[Piece]
    before: str
    changes: list[Change]
    text: str


@dataclass(frozen=True)
class Reached:
    """A state that a step of this name led to; with `order` only lines moved."""

    name: str
    state: State
    order: list[tuple[int, int]] | None = None


@dataclass(frozen=True)
class Explanation:
    """All that happened to one document; `view` is its decoded view."""

    document_id: str
    file_name: str
    view: str
    steps: list[Step]
    rows: list[Row]


@dataclass(frozen=True)
class Explained:
    """A batch explained, one entry a document in order, and its tables as a run would make them."""

    documents: list[Explanation]
    curated: tables.Curated


def explain(documents: pl.DataFrame, cards: Mapping[str, SourceCard]) -> Explained:
    """Curate documents and tell what each step changed.

    Args:
        documents: the frame of `tasks.read.read_files`.
        cards: source cards by name.
    """
    frames: Frames = []
    cut = batch.segment(documents, lambda name, frame: frames.append((name, frame)))
    curated = describe.complete(cut, tables.assemble(cut), cards, "explain")
    keys = cut.documents.select("document_id", "source", short=pl.col("document_id").str.head(tables.ID_LENGTH))
    rows = tables.numbered(batch.paragraph_texts(cut.lines), keys.with_row_index("doc"))
    lines = cut.lines.join(rows.select("block", "row_id"), on="block", how="left", maintain_order="left").sort("order")
    told = [
        _document(
            documents.row(number, named=True),
            [(name, _own(frame, number)) for name, frame in frames],
            lines.filter(doc=number),
            rows.filter(doc=number),
        )
        for number in range(documents.height)
    ]
    return Explained(told, curated)


def _own(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    return frame.filter(doc=number) if "doc" in frame.columns else frame.slice(number, 1)


def _document(read: Mapping[str, Any], frames: Frames, lines: pl.DataFrame, rows: pl.DataFrame) -> Explanation:
    state = view = _without(read["text"], "")
    offsets = np.flatnonzero(content_table()[codes_of(view.text)])
    kept = view.ranks
    steps: list[Step] = []
    stripped = False
    for name, frame in frames:
        stripped |= name == "strip"
        for reached in _reached(name, frame, state, kept, stripped):
            steps.append(_step(reached, state, offsets))
            state = reached.state
        kept = state.ranks if name == "strip" else kept
    placed = pl.col("row_id").is_not_null()
    last, slices = _of_lines(lines, kept, placed)
    steps.append(_step(Reached("articles", last), state, offsets))
    pieces = _pieces(lines.with_row_index("number").filter(placed), slices, last.text)
    own = [_row(row, pieces[row["block"]], last.text) for row in rows.iter_rows(named=True)]
    return Explanation(read["document_id"], read["file_name"], view.text, steps, own)


def _reached(name: str, frame: pl.DataFrame, old: State, kept: Counts, stripped: bool) -> Iterator[Reached]:
    """The states that a step goes through: one, but for reading (one a kind of mark) and for steps that move lines."""
    if name == "read":
        text, gone = frame["text"].item(), ""
        for mark, opener in OPEN.items():
            if opener in text:
                gone += opener
                yield Reached(mark, _without(text, gone))
    elif "doc" not in frame.columns:
        text = frame["text"].item()
        # once stripped, a text has no marks: its content is what it was before
        yield Reached(name, State(text, old.ranks) if stripped else _without(text, "".join(OPEN.values())))
    else:
        yield from _moved(name, frame, old, kept)


def _moved(name: str, frame: pl.DataFrame, old: State, kept: Counts) -> Iterator[Reached]:
    visible = pl.col("removed").is_null()
    new, _ = _of_lines(frame, kept, visible)
    if not in_order(old, new):
        apart = frame.drop("joins", strict=False).with_row_index("number").sort("line", maintain_order=True)
        parted, slices = _of_lines(apart, kept, visible)
        yield Reached(name, parted)
        numbers = {number: place for place, number in enumerate(apart["number"])}
        shown = frame.select(visible).to_series().arg_true()
        moved, _ = _of_lines(frame.drop("joins", strict=False), kept, visible)
        yield Reached(f"{name}: order", moved, [slices[numbers[number]] for number in shown])
    yield Reached(name, new)


def _without(text: str, gone: str) -> State:
    """The text without the marked runs that these openers begin, and without the marks of the others."""
    codes = codes_of(text)
    shown = (codes < FIRST_OPENER) | (codes > ord(CLOSE))
    for run in re.finditer(f"[{gone}][^{CLOSE}]*{CLOSE}", text) if gone else ():
        shown[run.start() : run.end()] = False
    content = content_table()[codes]
    number = np.cumsum(content) - 1
    return State("".join(np.array(list(text), dtype=object)[shown]), number[shown & content])


def _of_lines(lines: pl.DataFrame, kept: Counts, visible: pl.Expr) -> tuple[State, dict[int, tuple[int, int]]]:
    """The visible lines as a text, in the order of the frame, and the place (start, end) of each by its number."""
    n_content = count_content(lines["text"])
    by_source = np.argsort(lines["line"].to_numpy(), kind="stable")
    first = np.empty(len(lines), dtype=np.int64)
    first[by_source] = bounds(n_content[by_source])[:-1]
    joins = pl.col("joins") if "joins" in lines.columns else pl.lit(value=False)
    joiner = pl.col("joiner").fill_null("") if "joiner" in lines.columns else pl.lit("")
    told = lines.select("text", shown=visible, glue=pl.when(joins).then(joiner).otherwise(pl.lit("\n")))
    parts: list[str] = []
    slices: dict[int, tuple[int, int]] = {}
    at = 0
    for number, (text, shown, glue) in enumerate(told.iter_rows()):
        if shown:
            glue = glue if slices else ""
            start = at + len(glue)
            at = start + len(text)
            parts += [glue, text]
            slices[number] = (start, at)
    chosen = [kept[first[number] : first[number] + n_content[number]] for number in slices]
    ranks = np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)
    return State("".join(parts), ranks), slices


def _step(reached: Reached, old: State, offsets: Counts) -> Step:
    if reached.order is not None:
        return Step(reached.name, old.text, [], reached.state.text, reached.order)
    content = content_table()[codes_of(old.text)]
    number = bounds(content.astype(np.int64))
    changes = difference(old, reached.state)
    if len(old.ranks) == number[-1] and len(offsets):
        at = np.append(offsets[np.minimum(old.ranks, len(offsets) - 1)], len(content))
        starts = np.array([one.start for one in changes], dtype=np.int64)
        first = np.append(content, False)[starts]
        # at its first content character, else behind the one before it
        place = np.where(first, at[number[starts]], np.where(number[starts] > 0, at[number[starts] - 1] + 1, 0))
        changes = [replace(one, source=int(where)) for one, where in zip(changes, place, strict=True)]
    return Step(reached.name, old.text, changes, reached.state.text)


def _pieces(lines: pl.DataFrame, slices: Mapping[int, tuple[int, int]], text: str) -> dict[int, list[Piece]]:
    """The pieces of each block, what stands together in the text as one."""
    found: dict[int, list[Piece]] = {}
    for number, block, joiner in lines.select("number", "block", pl.col("joiner").fill_null("")).iter_rows():
        start, end = slices[number]
        pieces = found.setdefault(block, [])
        if pieces and text[pieces[-1][2] : start] == joiner:
            pieces[-1] = (*pieces[-1][:2], end)
        else:
            pieces.append((joiner, start, end))
    return found


def _row(row: Mapping[str, Any], pieces: list[Piece], text: str) -> Row:
    before = "".join(joiner + text[start:end] for joiner, start, end in pieces)
    old, new = (State(one, np.arange(content_table()[codes_of(one)].sum())) for one in (before, row["text"]))
    return Row(row["row_id"], row["part"], pieces, before, difference(old, new), row["text"])
