"""The store of a lake in a bucket, by the S3 API; its folder on this machine holds working copies.

An object is seen whole or not at all, and `put_if_absent` is a conditional put: of two writers one wins.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tasks.lake import client
from tasks.lake.client import asking
from tasks.lake.disk import draft_of
from tasks.lake.errors import CorruptData, StoreUnreachable, writing
from tasks.lake.folder import Stored

if TYPE_CHECKING:
    from obstore.store import S3Store

    from tasks.lake.releases import DataFile

T = TypeVar("T")
_REQUESTS = 32  # most of what one takes is waiting
# bytes asked for at a time: what a lost connection costs
_RANGE = 16_000_000
# a copy that was fetched this long ago may still be read
_KEEP_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Bucket:
    """A bucket, or a prefix in one; see `tasks.lake.store.Store` for what each method promises."""

    root: Path
    address: str
    is_remote = True

    @property
    def options(self) -> dict[str, str]:
        return client.options()

    def where(self, name: str = "") -> str:
        return f"{self.address}/{name}" if name else self.address

    def read(self, name: str) -> bytes:
        import obstore

        with asking(self.where(name)):
            return bytes(obstore.get(self._store, name).bytes())

    def top(self) -> set[str]:
        import obstore

        with asking(self.address):
            found = obstore.list_with_delimiter(self._store)
        paths = [*found["common_prefixes"], *(one["path"] for one in found["objects"])]
        return {path.strip("/").partition("/")[0] for path in paths}

    def below(self, folder: str) -> dict[str, Stored]:
        import obstore

        with asking(self.where(folder)):
            return {
                one["path"]: Stored(one["size"], one["last_modified"].timestamp())
                for some in obstore.list(self._store, folder, chunk_size=1000)
                for one in some
            }

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        asked = list(names)
        found = zip(asked, self._each(self._about, asked), strict=True)
        return {name: int(about["size"]) for name, about in found if about}

    def tag(self, name: str) -> str | None:
        about = self._about(name)
        return str(about["e_tag"]) if about else None

    def fetch(self, files: Iterable["DataFile"]) -> None:
        missing = []
        for file in files:
            path = self.root / file.path
            if path.exists() and path.stat().st_size == file.bytes:
                os.utime(path)  # it is wanted again: `tidy` leaves it
            else:
                missing.append(file)
        self._each(self._fetch, missing)

    def fresh(self, name: str) -> Path:
        self._download(name, None)
        return self.root / name

    def discard(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def put_if_absent(self, name: str, data: bytes) -> bool:
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            with asking(self.where(name), writes=True):
                try:
                    obstore.put(self._store, name, data, mode="create")
                except (AlreadyExistsError, PreconditionError):
                    # a put whose answer was lost is sent again, and then finds its own object there
                    return self.read(name) == data
        except StoreUnreachable:
            with suppress(FileNotFoundError):
                return self.read(name) == data
            raise
        return True

    def replace(self, name: str, data: bytes) -> None:
        import obstore

        with asking(self.where(name), writes=True):
            obstore.put(self._store, name, data)

    def keep(self, drafts: Mapping[Path, str], *, copy: bool = True) -> None:
        self._each(self._upload, list(drafts.items()))
        for draft, name in drafts.items() if copy else ():
            path = self.root / name
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(path)

    def show(self, name: str) -> None:
        import obstore

        with asking(self.where(name), writes=True):
            obstore.put(self._store, name, self.root / name)

    def drop(self, name: str) -> None:
        import obstore

        (self.root / name).unlink(missing_ok=True)
        with asking(self.where(name), writes=True), suppress(FileNotFoundError):
            obstore.delete(self._store, name)

    def clear(self, folder: str) -> None:
        self._each(self.drop, list(self.below(folder)))

    def tidy(self, needed: set[str]) -> None:
        abandoned = time.time() - _KEEP_SECONDS
        for folder in ("data", "state", "raw"):
            for path in (self.root / folder).rglob("*"):
                with suppress(FileNotFoundError):
                    name = path.relative_to(self.root).as_posix()
                    if path.is_file() and name not in needed and path.stat().st_mtime < abandoned:
                        path.unlink()

    def asking(self, name: str) -> AbstractContextManager[None]:
        return client.engine(self.where(name))

    def attach(self, connection: Any) -> None:
        from tasks.lake.ranges import FilesByRange

        connection.register_filesystem(FilesByRange(self._store, self.address, self.root))

    @property
    def _store(self) -> "S3Store":
        return client.connect(self.address)

    def _each(self, function: Callable[[Any], T], things: list[Any]) -> list[T]:
        with ThreadPoolExecutor(min(_REQUESTS, max(len(things), 1))) as pool:
            return list(pool.map(function, things))

    def _about(self, name: str) -> Any:
        import obstore

        with suppress(FileNotFoundError), asking(self.where(name)):
            return obstore.head(self._store, name)
        return None

    def _upload(self, file: tuple[Path, str]) -> None:
        import obstore

        draft, name = file
        with asking(self.where(name), writes=True):
            obstore.put(self._store, name, draft)

    def _fetch(self, file: "DataFile") -> None:
        where = self.where(file.path)
        try:
            self._download(file.path, file)
        except FileNotFoundError:
            raise CorruptData("a data file is missing", where=where, then="qingliu verify") from None

    def _download(self, name: str, expected: "DataFile | None") -> None:
        """Bring an object into the folder whole; an altered one only when nothing is known of it."""
        where, path = self.where(name), self.root / name
        about = self._about(name)
        if about is None:
            raise FileNotFoundError(where)
        size, digest = int(about["size"]), hashlib.sha256()
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = draft_of(path)
            try:
                with draft.open("xb") as file:
                    for start in range(0, size, _RANGE):
                        part = self._part(name, start, min(start + _RANGE, size))
                        digest.update(part)
                        file.write(part)
                if expected is not None and digest.hexdigest() != expected.sha256:
                    why = "it is torn" if size != expected.bytes else "its checksum differs"
                    raise CorruptData("a data file is altered", where=where, why=why, then="qingliu verify")
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)

    def _part(self, name: str, start: int, end: int) -> Any:
        import obstore

        where = self.where(name)
        try:
            with asking(where):
                return obstore.get_range(self._store, name, start=start, end=end)
        except FileNotFoundError:
            raise CorruptData("it vanished while it was read", where=where, then="run again") from None
