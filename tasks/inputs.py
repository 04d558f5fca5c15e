"""From what was typed to files: folders walked, globs opened, and whatever is odd kept for the reader to reject.

Nothing is opened here and no link to a folder is followed, so neither a FIFO nor a loop of links can hold it up.
"""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# A folder with such a name was meant to be a file: it is handed on, and rejected, rather than walked.
_FILE_SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".gz", ".json", ".csv", ".parquet", ".warc", ".zst", ".zip")


@dataclass(frozen=True)
class Found:
    """One candidate: where it is, its address below the input as typed, and its size (null: not a regular file)."""

    path: Path
    uri: str
    long_uri: str
    n_bytes: int | None


def find_inputs(inputs: Sequence[str]) -> dict[str, list[Found]]:
    """Resolve every input to the files it means.

    Args:
        inputs: a file, a folder (walked to its depth, names with a leading dot left out) or a glob with `**`.

    Returns:
        Per input, in the order typed, its files in path order; an empty list where nothing matches.
    """
    return {text: sorted(_resolve(text), key=lambda one: os.fspath(one.path)) for text in inputs}


def _resolve(text: str) -> Iterator[Found]:
    path = Path(text)
    if path.is_dir():
        yield from _walk(path, path)
    elif os.path.lexists(path):
        yield _found(path, path.parent)
    elif glob.has_magic(text):
        root = _fixed_part(path)
        # `Path.glob` does not follow links in `**`, where the `glob` module would go round a loop of them.
        for match in root.glob(path.relative_to(root).as_posix()):
            yield from _walk(match, root) if _is_folder(match) else [_found(match, root)]


def _walk(folder: Path, root: Path) -> Iterator[Found]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield _found(folder, root)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False) and not entry.name.lower().endswith(_FILE_SUFFIXES):
            yield from _walk(Path(entry.path), root)
        else:
            yield _found(Path(entry.path), root)


def _found(path: Path, root: Path) -> Found:
    inside = path.relative_to(root) if path != root else Path(path.name)
    return Found(path.absolute(), _address(inside), _address(path), _size(path))


def _size(path: Path) -> int | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.lower().endswith(_FILE_SUFFIXES)


def _address(path: Path) -> str:
    """The path as text that every table can hold: bytes of a name that are no UTF-8 are written as escapes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _fixed_part(path: Path) -> Path:
    plain = next(place for place, part in enumerate(path.parts) if glob.has_magic(part))
    return Path(*path.parts[:plain])
