"""The plan of a run, written once: which files, in which batches, under which name. A resumed run reads it back."""

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from tasks.cards import SourceCard, chooser, load_cards
from tasks.inputs import Found, find_inputs
from tasks.parts import parts
from tasks.records import PlannedFile

# Some 3 s of work: long enough to hide what a task costs; two workers with a quarter more would hold over 1.5 GB.
BATCH_BYTES = 10_000_000
# Less is not worth a worker of its own.
LEAST_BYTES = 2_000_000
# A digest of a file takes a buffer larger than most files.
_SMALL = 1_000_000


# A content (sha256), the source it is read as, and the address it is seen at.
Sight = tuple[str, str, str]


class PlanError(ValueError):
    """The run cannot be planned as asked: the message says what to change on the command line."""


@dataclass(frozen=True)
class Batch:
    """Files that are read, cleaned and checked as one frame; `file_ids` holds one content hash a file."""

    number: int
    files: tuple[PlannedFile, ...]
    file_ids: tuple[str, ...]

    @property
    def n_bytes(self) -> int:
        """Size of the files as they lie on disk, in bytes."""
        return sum(file.n_bytes for file in self.files)


@dataclass(frozen=True)
class Plan:
    """What a run will do. `cards` is the folder of source cards; `skipped` counts files that would add nothing.

    A `replay` decides anew on files that the lake has read before. `waiting` counts files that are not complete yet.
    """

    run_id: str
    run_dir: Path
    lake: Path
    cards: Path
    recipe_version: str
    batches: tuple[Batch, ...]
    skipped: int
    replay: bool = False
    waiting: int = 0

    @property
    def n_files(self) -> int:
        """Files in all batches."""
        return sum(file.leads for batch in self.batches for file in batch.files)

    @property
    def n_bytes(self) -> int:
        """Bytes in all batches."""
        return sum(batch.n_bytes for batch in self.batches)


def make_plan(
    inputs: Sequence[str],
    lake: Path,
    cards: Path,
    *,
    recipe_version: str,
    parent: int | None = None,
    known: Callable[[Sequence[Sight]], Sequence[bool]] | None = None,
    source: str | None = None,
    taken: Sequence[tuple[Found, SourceCard]] | None = None,
    identify: Callable[[Sequence[Found]], Sequence[str]] | None = None,
    batch_bytes: int = BATCH_BYTES,
    workers: int = 1,
) -> Plan:
    """Decide on the batches of a run, without writing anything.

    Args:
        inputs: files, folders and globs.
        lake: root of the lake; the run stages below its `.staging`.
        cards: folder of source cards.
        recipe_version: see `tasks.recipe.version`.
        parent: number of the release the run starts from.
        known: tells which of some sights would add nothing to the lake.
        source: name of the card that reads every file, instead of the card whose pattern fits.
        taken: the files themselves, each with its card, instead of those at `inputs`.
        identify: gives the content hash of each file; by default it is read.
        batch_bytes: bytes at which a batch is closed.
        workers: how many will work beside each other: a small run is cut so that all have something to do.

    Raises:
        PlanError: no file matches an input, or there is no such card.
        tasks.cards.CardError: a card is wrong.
    """
    with _no_cycles():
        chosen = _choose(inputs, load_cards(cards), source) if taken is None else taken
        chosen = sorted(chosen, key=lambda one: (one[0].uri, one[0].place))
        contents = (identify or hash_all)([one for one, _ in chosen])
        sights = [(content, card.name, one.uri) for (one, card), content in zip(chosen, contents, strict=True)]
        skip = known(sights) if known else [False] * len(sights)
        fresh = [
            (PlannedFile(one.path, card.name, one.uri, one.n_bytes or 0), content)
            for (one, card), content, old in zip(chosen, contents, skip, strict=True)
            if not old
        ]
    run_id = name_run(recipe_version, parent, fresh)
    return Plan(
        run_id=run_id,
        run_dir=lake / ".staging" / run_id,
        lake=lake,
        cards=cards,
        recipe_version=recipe_version,
        batches=cut(fresh, batch_bytes, workers),
        skipped=len(chosen) - len(fresh),
    )


@contextmanager
def _no_cycles() -> Iterator[None]:
    """No search for cycles meanwhile: of a hundred thousand tuples none is in one, and each search goes by all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _choose(
    inputs: Sequence[str], cards: Mapping[str, SourceCard], source: str | None
) -> list[tuple[Found, SourceCard]]:
    found = _unique(check_order(inputs, cards, source).values())
    card_of = chooser(cards)
    return [(one, cards[source] if source is not None else card_of(one.place)) for one in found]


def check_order(inputs: Sequence[str], cards: Mapping[str, SourceCard], source: str | None) -> dict[str, list[Found]]:
    """Find the files of each input, or say at once what is wrong with what was typed.

    Raises:
        PlanError: no file matches an input, or there is no such card.
    """
    check_source(cards, source)
    found = find_inputs(inputs)
    if empty := [text for text, files in found.items() if not files]:
        raise PlanError(f"nothing found at {', '.join(empty)}; give files, folders or quoted globs")
    return found


def check_source(cards: Mapping[str, SourceCard], source: str | None) -> None:
    """See that a card which is named is there: it may have disappeared since a run was scheduled.

    Raises:
        PlanError: it is not.
    """
    if source is not None and source not in cards:
        raise PlanError(f"no source card named {source!r}; there are: {', '.join(sorted(cards))}")


def hash_all(found: Sequence[Found]) -> list[str]:
    """The content hash of each file, read from its bytes."""
    return [file_id(one) for one in found]


def file_id(found: Found) -> str:
    """Sha256 of a regular file's bytes; of its address when there are none to be had (FIFO, folder, no permission)."""
    try:
        if found.n_bytes is not None:
            with FileIO(found.place) as file:
                if found.n_bytes < _SMALL:
                    return hashlib.sha256(file.readall()).hexdigest()
                return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        pass  # the reader meets the same error and turns it into a rejection
    return hashlib.sha256(found.uri.encode()).hexdigest()


def _unique(groups: Iterable[Sequence[Found]]) -> list[Found]:
    """Each path once, and no two with the same address: a clash is told apart by the folders above."""
    by_path = {one.place: one for group in groups for one in group}
    seen: dict[str, int] = {}
    for one in by_path.values():
        seen[one.uri] = seen.get(one.uri, 0) + 1
    return [one if seen[one.uri] == 1 else one._replace(uri=one.long_uri) for one in by_path.values()]


def _twins_together(files: Sequence[tuple[PlannedFile, str]]) -> list[tuple[PlannedFile, str]]:
    """Files of one content next to its first sight: a content must not meet itself in another batch."""
    first: dict[str, int] = {}
    for place, (_, content) in enumerate(files):
        first.setdefault(content, place)
    return sorted(files, key=lambda file: first[file[1]])


def cut(
    files: Sequence[tuple[PlannedFile, str]], batch_bytes: int = BATCH_BYTES, workers: int = 1
) -> tuple[Batch, ...]:
    """Cut files, each with its content hash, into batches of one size; files of one content share one.

    A file of JSON lines that is larger than a batch, and there once, is cut into parts.
    """
    n_bytes = sum(file.n_bytes for file, _ in files)
    n_batches = max(-(-n_bytes // batch_bytes), 1)
    # as many for each worker, lest all wait for the one that has one more
    n_batches = max(n_batches, min(-(-n_batches // workers) * workers, n_bytes // LEAST_BYTES))
    batch_bytes = max(1, -(-n_bytes // n_batches))
    times = Counter(content for _, content in files)
    files = [
        (part, content)
        for file, content in files
        for part in (parts(file, content, batch_bytes) if times[content] == 1 else [file])
    ]
    files = _twins_together(files)
    groups: list[list[tuple[PlannedFile, str]]] = []
    before, last = 0, -1
    for file, content in files:
        twin = file.part is None and bool(groups) and groups[-1][-1][1] == content
        place = (before + file.n_bytes // 2) // batch_bytes
        if not twin and (not groups or place > last):
            groups.append([])
            last = place
        groups[-1].append((file, content))
        before += file.n_bytes
    return tuple(
        Batch(number, tuple(file for file, _ in group), tuple(content for _, content in group))
        for number, group in enumerate(groups, start=1)
    )


def name_run(recipe: str, parent: int | None, files: Sequence[tuple[PlannedFile, str]], *more: str) -> str:
    """The id of a run: the same for the same recipe, parent release and files (and what `more` tells it from)."""
    told = [recipe, str(parent), *more]
    told += [f"{content}\t{file.source}\t{file.source_uri}" for file, content in files]
    return "r" + hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
