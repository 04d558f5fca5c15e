"""Times the steps inside a batch: each function is wrapped, its own seconds told apart from those it calls."""

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

from contracts import engine
from tasks import clean, curate, describe, documents, gate, ledger, measures, tables
from tasks.clean import lines
from tasks.enrich import published
from tasks.segment import anomalies, articles, blocks, outline
from tests.benchmarks.clock import Seconds

FUNCTIONS: tuple[tuple[ModuleType, str], ...] = (
    (curate, "curate_batch"),
    (curate, "read_files"),
    (curate, "sign_articles"),
    (curate, "_sightings"),
    (curate, "_stage"),
    (documents, "segment"),
    (documents, "find_damage"),
    (documents, "strip_marked"),
    (lines, "explode"),
    (documents, "paragraph_texts"),
    (documents, "count_content"),
    (blocks, "from_lines"),
    (blocks, "frame"),
    (articles, "assign"),
    (articles, "_with_datelines"),
    (articles, "affinities"),
    (tables, "assemble"),
    (tables, "numbered"),
    (tables, "_paragraphs"),
    (tables, "_sentences"),
    (tables, "split_sentences"),
    (tables, "_articles"),
    (ledger, "place"),
    (ledger, "unfaithful"),
    (ledger, "spans"),
    (outline, "paths"),
    (anomalies, "find"),
    (anomalies, "residue"),
    (describe, "complete"),
    (describe, "_dated"),
    (describe, "_documents"),
    (published, "published"),
    (gate, "split_tables"),
    (engine, "split"),
    (gate, "settle"),
    (measures, "sums"),
)


def watch(seconds: Seconds) -> None:
    """Wrap the recipe's steps and the functions above in this process, and let it work on one share at a time."""
    curate.SHARE_BYTES = curate.LARGEST_SHARE_BYTES
    for shelf in ("MARKING", "CHARACTERS", "LAYOUT"):
        timed = (_timed(step, f"clean.{step.__module__.rpartition('.')[2]}", seconds) for step in getattr(clean, shelf))
        setattr(clean, shelf, tuple(timed))
    for module, name in FUNCTIONS:
        function = getattr(module, name)
        setattr(module, name, _timed(function, f"{module.__name__.rpartition('.')[2]}.{name.strip('_')}", seconds))


def _timed(function: Callable[..., Any], name: str, seconds: Seconds) -> Callable[..., Any]:
    @wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        with seconds.stage(name):
            return function(*args, **kwargs)

    return timed
