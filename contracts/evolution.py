"""How contracts may change: what differs between two locks, and how large a version step that asks for.

A reader breaks when a column goes, changes its type, may newly be null, or another key leads to a row: a major step.
Everything else, also a rule or its tolerance, is a minor step.
"""

from collections.abc import Iterator
from typing import TypedDict


class Entry(TypedDict):
    """One contract: version, key column, columns with their types, rules with all that they say (in words)."""

    version: str
    key: str
    columns: dict[str, str]
    rules: dict[str, str]


Lock = dict[str, Entry]
STEPS = ("none", "minor", "major")
_NULL = " or null"


def diff(old: Lock, new: Lock) -> Iterator[str]:
    """What differs, a line a difference, each table under a line with its versions and the step it asks for."""
    for table in [*new, *(table for table in old if table not in new)]:
        before, after = old.get(table), new.get(table)
        if before is None or after is None:
            yield f"{table}: {'new' if before is None else 'gone (major)'}"
            continue
        lines = [line for line, _ in _changes(before, after)]
        if lines or before["version"] != after["version"]:
            yield f"{table} {before['version']} -> {after['version']}: asks for {step(before, after)}"
            yield from (f"  {line}" for line in lines)


def step(before: Entry, after: Entry) -> str:
    """The version step that a change asks for: none, minor or major."""
    return max((size for _, size in _changes(before, after)), key=STEPS.index, default="none")


def too_small_a_bump(old: Lock, new: Lock) -> list[str]:
    """Contracts whose version moved by less than they changed, as sentences that say what to do."""
    wrong = [f"{table} is gone: a table is retired, not deleted" for table in old if table not in new]
    for table, before in old.items():
        if table in new and "columns" in before:
            asked, taken = step(before, new[table]), _taken(before["version"], new[table]["version"])
            if STEPS.index(taken) < STEPS.index(asked):
                wrong.append(f"raise the version of {table} from {before['version']} by a {asked} step")
    return wrong


def _changes(before: Entry, after: Entry) -> Iterator[tuple[str, str]]:
    if before["key"] != after["key"]:
        yield f"~ key: {before['key']} -> {after['key']}", "major"
    for name in [*after["columns"], *(name for name in before["columns"] if name not in after["columns"])]:
        old, new = before["columns"].get(name), after["columns"].get(name)
        if old is None:
            yield f"+ column {name}: {new}", "minor"
        elif new is None:
            yield f"- column {name}: {old}", "major"
        elif old != new:
            # never null any more: every reader that was ready for null still is
            stricter = old == new + _NULL
            yield f"~ column {name}: {old} -> {new}", "minor" if stricter else "major"
    for name in [*after["rules"], *(name for name in before["rules"] if name not in after["rules"])]:
        old, new = before["rules"].get(name), after["rules"].get(name)
        if old is None:
            yield f"+ rule {name}: {new}", "minor"
        elif new is None:
            yield f"- rule {name}: {old}", "minor"
        elif old != new:
            yield f"~ rule {name}: {old} -> {new}", "minor"


def _taken(before: str, after: str) -> str:
    old, new = ([int(part) for part in version.split(".")] for version in (before, after))
    if new[0] > old[0]:
        return "major"
    return "minor" if new[0] == old[0] and new[1] > old[1] else "none"
