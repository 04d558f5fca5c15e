"""What every batch looks up, made once a process: tables of characters, shapes, dictionaries."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")
_MAKERS: list[Callable[[], object]] = []


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Keep what `make` returns, and let `get_ready` make it before it is asked for.

    It must not have Polars compute: that would start threads, which a process that is forked later does not have.
    """
    kept = cache(make)
    _MAKERS.append(kept)
    return kept


def get_ready() -> None:
    """Make all that is not there yet."""
    for make in _MAKERS:
        make()
