"""The landing zone: which files of a folder are complete, whose they are, and which days they belong to.

A file is taken once it has lain still for the settle time, or as soon as `<name>.done` lies beside it (or `.done` in
its folder). That it is not taken twice is the plan's doing: what the lake has seen is skipped.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tasks.cards import DEFAULT, SourceCard, chooser
from tasks.inputs import Found, find_inputs

DONE = ".done"
# Names that copying programs give a file until it is whole.
_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".download", ".swp", "~")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Arrivals:
    """What a run takes from a landing zone.

    `source` takes only the files of one card. `since` and `until` (both inclusive) take only files of those days: the
    last day that the path spells (2020-03-05, 20200305, 2020/03/05), else that of the last change in `timezone`.
    """

    settle_seconds: float = 60
    source: str | None = None
    since: date | None = None
    until: date | None = None
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True)
class Taken:
    """The files that are complete, each with its card, and how many still wait."""

    files: tuple[tuple[Found, SourceCard], ...]
    waiting: int


def take(folders: Sequence[str], cards: Mapping[str, SourceCard], arrivals: Arrivals, now: float) -> Taken:
    """Look through landing zones; an empty or missing one holds nothing, which is no error.

    Args:
        folders: the zones; the first folder below one may bear the name of a card, whose files then lie in it.
        cards: source cards by name.
        arrivals: what is wanted.
        now: seconds since the epoch.
    """
    found = [one for files in find_inputs(folders).values() for one in files]
    marks = {one.place for one in found if one.place.endswith(DONE)}
    by_pattern = chooser(cards)
    files: list[tuple[Found, SourceCard]] = []
    waiting = 0
    for one in found:
        card = _owner(one, cards, by_pattern)
        if one.place.endswith(DONE) or (arrivals.source is not None and card.name != arrivals.source):
            continue
        if not _is_complete(one, marks, now - arrivals.settle_seconds):
            waiting += 1
        elif _is_of(one, arrivals):
            files.append((one, card))
    return Taken(tuple(files), waiting)


def _owner(found: Found, cards: Mapping[str, SourceCard], by_pattern: Callable[[str], SourceCard]) -> SourceCard:
    """The card whose name the first folder below the landing zone bears, else the one whose pattern fits."""
    first, _, rest = found.uri.partition("/")
    return cards[first] if rest and first in cards and first != DEFAULT else by_pattern(found.place)


def _is_complete(one: Found, marks: set[str], still_since: float) -> bool:
    if one.place.endswith(_UNFINISHED):
        return False
    if f"{one.place}{DONE}" in marks:
        return True
    # The time of the inode, not of the content: a copy that keeps the old time of a file has only just arrived.
    # What cannot be looked at (a link to nowhere) has none: it is for the reader to say what is the matter.
    return one.stamp[1] / 1e9 <= still_since or (one.path.parent / DONE).exists()


def _is_of(one: Found, arrivals: Arrivals) -> bool:
    if arrivals.since is None and arrivals.until is None:
        return True
    day = day_of(one, arrivals.timezone)
    return (arrivals.since or date.min) <= day <= (arrivals.until or date.max)


def day_of(found: Found, timezone: str) -> date:
    """The last day that an address spells, else the day of the file's last change."""
    for year, month, day in reversed(_DAY.findall(found.uri)):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    # Counted from the epoch: a time that the system cannot name (year 30000) is still no crash.
    seconds = min(max(found.stamp[0] / 1e9, 0), 2.5e11)
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return moment.astimezone(ZoneInfo(timezone)).date()
