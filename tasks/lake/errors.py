"""What can go wrong with a lake, as one tree; each error says what, where, why and the next command.

LakeError
├── LakeBusy          another writer holds the lake (exit 75)
├── ReleaseConflict   another writer cut the release first (exit 75)
├── StoreUnreachable  the object store does not answer, or wants us to slow down (exit 75)
├── StoreRefused      no such bucket, credentials, address or extra (exit 2)
├── LakeMissing       no lake there, or not one of ours (exit 2)
├── LakeTooNew        written by a newer version of this program
├── LakeReadOnly      the lake may not be written to
├── WriteFailed       disk full, I/O error
├── CorruptRelease    a release file that cannot be trusted
├── CorruptData       a data file that is missing, torn or altered
├── StagedRunInvalid  a run directory that is unfinished or does not fit the tables
├── GateFailed        the gate said no
├── UnknownRelease    no such release, or its files are gone (exit 2)
└── QueryFailed       a query the engine refused (exit 2)
"""

# ruff: noqa: N818  (the names say what is the matter with the lake; `LakeBusyError` says it no better)
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LakeError(Exception):
    """Base of all lake errors; `exit_code` is what the command line leaves with."""

    exit_code = 1

    def __init__(self, what: str, *, where: Path | str = "", why: str = "", then: str = "") -> None:
        self.what, self.where, self.why, self.then = what, str(where), why, then
        place = f" at {where}" if where else ""
        reason = f": {why}" if why else ""
        after = f". Next: {then}" if then else ""
        super().__init__(f"{what}{place}{reason}{after}")


class LakeBusy(LakeError):
    """Another process is writing."""

    exit_code = 75


class ReleaseConflict(LakeError):
    """The release number was taken by another writer while this one prepared it."""

    exit_code = 75


class StoreUnreachable(LakeError):
    """An object store did not answer, or answered that it cannot now."""

    exit_code = 75


class StoreRefused(LakeError):
    """An object store answered that it will not."""

    exit_code = 2


class LakeMissing(LakeError):
    """No lake at the path."""

    exit_code = 2


class LakeTooNew(LakeError):
    """The lake's format is newer than this program."""


class LakeReadOnly(LakeError):
    """Writing is not permitted."""


class WriteFailed(LakeError):
    """The disk refused a write."""


class CorruptRelease(LakeError):
    """A release file does not parse or does not match its own checksum."""


class CorruptData(LakeError):
    """A data file does not match what its release says."""


class StagedRunInvalid(LakeError):
    """A staged run cannot be published as it stands."""


class GateFailed(LakeError):
    """Publishing was asked for although the gate's verdict is fail."""


class UnknownRelease(LakeError):
    """There is no such release, or it can no longer be read."""

    exit_code = 2


class QueryFailed(LakeError):
    """A query was refused."""

    exit_code = 2


_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the operating system says about a write into an error that names the file and the way on."""
    try:
        yield
    except OSError as error:
        where = error.filename or path
        number = _number(error)
        if number in _REFUSED:
            why = os.strerror(number)
            raise LakeReadOnly(
                "cannot write", where=where, why=why, then="give write permission, then run again"
            ) from error
        if number in _FULL:
            then = "free some space (`qingliu vacuum` helps), then run again; the last release is untouched"
            raise WriteFailed("cannot write", where=where, why="the disk is full", then=then) from error
        raise WriteFailed(
            "cannot write", where=where, why=str(error), then="run again; the last release is untouched"
        ) from error


def _number(error: OSError) -> int:
    """The error's number; DuckDB and deltalake tell only its text."""
    told = str(error)
    return error.errno or next((number for number in (*_REFUSED, *_FULL) if os.strerror(number) in told), errno.EIO)
