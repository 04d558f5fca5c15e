"""The funnel from bytes to sentences: at each stage what came, what went on, and why the rest did not."""

from dataclasses import dataclass, field

import polars as pl

from tasks.report import words
from tasks.report.numbers import grouped, size
from tasks.report.shown import shown
from tasks.report.view import View

_REASONS = 6


@dataclass(frozen=True)
class Loss:
    """A reason and how many it cost, in the unit of its stage."""

    reason: words.Words
    n: str


@dataclass(frozen=True)
class Stage:
    """One stage: how much there is, the share of what came that went on, and what was lost by reason."""

    name: words.Words
    amount: str
    kept: float | None = None
    of: words.Words = ("", "")
    losses: list[Loss] = field(default_factory=list)
    more: int = 0


def funnel(view: View) -> list[Stage]:
    """The stages of a whole release, first to last."""
    sums = view.scan("documents").select(pl.len(), pl.col("n_bytes", "n_chars", "n_content").sum()).collect()
    n_documents, n_bytes, n_chars, n_content = (int(value or 0) for value in sums.row(0))
    inputs = view.inputs()["id"].n_unique()
    lost = _rejected(view)
    gone = lost.get("file", []) + lost.get("documents", [])
    removed = _removed(view)
    kept = n_content - sum(n for _, n in removed)
    return [
        Stage(("原始文件", "files"), grouped(inputs) if inputs else "–"),
        _stage(("文件", "documents"), n_documents, ("读出", "read"), gone),
        Stage(("字节", "bytes"), size(n_bytes)),
        Stage(
            ("字符", "characters"),
            grouped(n_chars),
            n_content / n_chars if n_chars else None,
            ("字与数", "content"),
        ),
        _stage(
            ("内容字符", "content characters"),
            kept,
            ("发布", "published"),
            [(words.step(step), n) for step, n in removed],
            n_content,
        ),
        *(
            _stage(words.table(table), view.rows(table), ("守约", "kept contract"), lost.get(table, []))
            for table in ("articles", "paragraphs", "sentences")
        ),
    ]


def _stage(
    name: words.Words,
    kept: int,
    of: words.Words,
    losses: list[tuple[words.Words, int]],
    came: int | None = None,
) -> Stage:
    came = kept + sum(n for _, n in losses) if came is None else came
    ordered = sorted(losses, key=lambda one: -one[1])
    told = [Loss(reason, grouped(n)) for reason, n in ordered[:_REASONS]]
    share = kept / came if came else None
    return Stage(name, grouped(kept), share, of, told, max(0, len(ordered) - _REASONS))


def _rejected(view: View) -> dict[str, list[tuple[words.Words, int]]]:
    """Rejected rows by table: reason and number; what has been published since its rejection is no loss."""
    counted = (
        view.scan("rejections")
        .group_by("table_name", "reason")
        .agg(n=pl.len())
        .sort("n", "reason", "table_name")
        .collect()
    )
    found: dict[str, list[tuple[words.Words, int]]] = {}
    for table, reason, n in counted.iter_rows():
        found.setdefault(table, []).append((words.reason(shown(reason, 80)), n))
    return found


def _removed(view: View) -> list[tuple[str | None, int]]:
    gone = view.scan("spans").filter(pl.col("fate") == "removed")
    counted = gone.group_by("step").agg(n=pl.col("n_content").cast(pl.Int64).sum())
    return [(step, n) for step, n in counted.collect().iter_rows() if n]
