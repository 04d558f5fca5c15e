"""From what was typed to files: folders walked, globs opened, and whatever is odd kept for the reader to reject.

Nothing is opened here and no link to a folder is followed, so neither a FIFO nor a loop of links can hold it up.
"""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

# A folder with such a name was meant to be a file: it is handed on, and rejected, rather than walked.
_SUFFIXES = "txt html htm jsonl json csv parquet xml warc gz zst zip"
_FILE_SUFFIXES = tuple(f".{suffix}" for suffix in _SUFFIXES.split())


class Found(NamedTuple):
    """One candidate: where it is, its address below the input as typed, and its size (null: not a regular file).

    `stamp` is what the system says of its content (mtime, ctime, inode), by which it is known again unread. A place is
    text, and a hundred thousand of them are found in the time that making paths of them would take several times over.
    """

    place: str
    uri: str
    long_uri: str
    n_bytes: int | None
    stamp: tuple[int, int, int] = (0, 0, 0)

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)

    @property
    def name(self) -> str:
        """The last part of where it is."""
        return self.place.rpartition("/")[2]


def find_inputs(inputs: Sequence[str]) -> dict[str, list[Found]]:
    """Resolve every input to the files it means.

    Args:
        inputs: a file, a folder (walked to its depth, names with a leading dot left out) or a glob with `**`.

    Returns:
        Per input, in the order typed, its files in path order; an empty list where nothing matches.
    """
    return {text: sorted(_resolve(text)) for text in inputs}


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
    inside = "" if folder == root else f"{folder.relative_to(root).as_posix()}/"
    typed = "" if folder == Path() else f"{folder.as_posix()}/"
    yield from _scan(f"{folder.absolute().as_posix()}/", inside, typed)


def _scan(folder: str, inside: str, typed: str) -> Iterator[Found]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield Found(folder.rstrip("/"), _text(inside.rstrip("/") or "."), _text(typed.rstrip("/") or "."), None)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False) and not entry.name.lower().endswith(_FILE_SUFFIXES):
            yield from _scan(f"{folder}{entry.name}/", f"{inside}{entry.name}/", f"{typed}{entry.name}/")
        else:
            size, stamp = _status(entry)
            yield Found(folder + entry.name, _text(inside + entry.name), _text(typed + entry.name), size, stamp)


def _found(path: Path, root: Path) -> Found:
    inside = path.relative_to(root) if path != root else Path(path.name)
    return Found(path.absolute().as_posix(), _text(inside.as_posix()), _text(path.as_posix()), *_status(path))


def _status(path: "Path | os.DirEntry[str]") -> tuple[int | None, tuple[int, int, int]]:
    try:
        status = path.stat()
    except OSError:
        return None, (0, 0, 0)
    stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return (status.st_size if stat.S_ISREG(status.st_mode) else None), stamp


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.lower().endswith(_FILE_SUFFIXES)


def _text(path: str) -> str:
    """The path as text that every table can hold: bytes of a name that are no UTF-8 are written as escapes."""
    if path.isascii():
        return path
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _fixed_part(path: Path) -> Path:
    plain = next(place for place, part in enumerate(path.parts) if glob.has_magic(part))
    return Path(*path.parts[:plain])
