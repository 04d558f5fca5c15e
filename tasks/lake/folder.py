"""The store of a lake that lies on a disk of this machine: its files are what they are called."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.lake import disk
from tasks.lake.errors import CorruptData, writing

if TYPE_CHECKING:
    from tasks.lake.releases import DataFile
    from tasks.lake.store import Store


@dataclass(frozen=True)
class Stored:
    """Size in bytes of a file, and when it was last written, in seconds since the epoch."""

    bytes: int
    changed: float


@dataclass(frozen=True)
class Folder:
    """A folder; see `tasks.lake.store.Store` for what each method promises."""

    root: Path
    is_remote = False

    @property
    def options(self) -> dict[str, str]:
        return {}

    def where(self, name: str = "") -> str:
        return str(self.root / name)

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def top(self) -> set[str]:
        return {entry.name for entry in self.root.iterdir()} if self.root.is_dir() else set()

    def below(self, folder: str) -> dict[str, Stored]:
        found = {}
        for path in _walk(self.root / folder):
            about = path.stat()
            found[path.relative_to(self.root).as_posix()] = Stored(about.st_size, about.st_mtime)
        return found

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        found = {}
        for name in names:
            with suppress(OSError):
                found[name] = os.stat(f"{self.root}/{name}").st_size  # noqa: PTH116 - thousands of paths count
        return found

    def tag(self, name: str) -> str | None:
        return "there" if (self.root / name).exists() else None

    def fetch(self, files: Iterable["DataFile"]) -> None:
        check(self, files)

    def fresh(self, name: str) -> Path:
        path = self.root / name
        path.stat()
        return path

    def discard(self, name: str) -> None:
        """It stays where it is: it is the only one."""

    def put_if_absent(self, name: str, data: bytes) -> bool:
        return disk.put_if_absent(self.root / name, data)

    def replace(self, name: str, data: bytes) -> None:
        disk.replace_with(self.root / name, data)

    def keep(self, drafts: Mapping[Path, str], *, copy: bool = True) -> None:
        disk.fsync_all(drafts)
        folders = [self.root / folder for folder in {name.rpartition("/")[0] for name in drafts.values()}]
        disk.make_folders(folders)
        for draft, name in drafts.items():
            draft.chmod(disk.READ_ONLY)  # `current/` shares these bytes: nobody must edit them in place
            draft.replace(f"{self.root}/{name}")
        disk.fsync_all(folders)

    def show(self, name: str) -> None:
        """Who can see the folder sees it."""

    def drop(self, name: str) -> None:
        path = self.root / name
        with writing(path):
            path.unlink()

    def clear(self, folder: str) -> None:
        shutil.rmtree(self.root / folder, ignore_errors=True)

    def tidy(self, needed: set[str]) -> None:
        """There are no copies."""

    def asking(self, name: str) -> AbstractContextManager[None]:
        return nullcontext()

    def attach(self, connection: Any) -> None:
        """DuckDB opens files by itself."""


def check(store: "Store", files: Iterable["DataFile"]) -> None:
    """Refuse files that are missing or torn, before an engine says so in words of its own and without their names.

    Raises:
        CorruptData: one is not there, or not as long as the release says.
    """
    asked = list(files)
    sizes = store.sizes(file.path for file in asked)
    for file in asked:
        where, size = store.where(file.path), sizes.get(file.path)
        if size is None:
            raise CorruptData("a data file is missing", where=where, then="qingliu verify")
        if size != file.bytes:
            why = f"it has {size} bytes, the release says {file.bytes}"
            raise CorruptData("a data file is torn", where=where, why=why, then="qingliu verify")


def _walk(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)
