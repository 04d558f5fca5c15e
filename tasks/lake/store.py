"""Where the files of a lake lie: in its folder, or in a bucket of which the folder is the working copy on this machine.

Every part of the lake is given the folder (`root`) and asks `store_of` for what must be seen by others. A name is a
path below the lake, with `/` between its parts.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tasks.lake.folder import Folder, Stored
from tasks.lake.working import address_of

if TYPE_CHECKING:
    from tasks.lake.releases import DataFile


class Store(Protocol):
    """The files of one lake."""

    @property
    def root(self) -> Path:
        """The folder: what is staged, and every file once it was fetched, lies in it under its name."""

    @property
    def is_remote(self) -> bool:
        """Whether other machines may write too, so that the lock of the folder keeps only some of them out."""

    @property
    def options(self) -> dict[str, str]:
        """What engines need beside `where` to open a file themselves."""

    def where(self, name: str = "") -> str:
        """The address of a file, as people and engines name it."""

    def read(self, name: str) -> bytes:
        """The bytes of a small file. Raises FileNotFoundError."""

    def top(self) -> set[str]:
        """Names at the top of the lake."""

    def below(self, folder: str) -> dict[str, Stored]:
        """Every file below a folder, however deep."""

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Sizes of those files that are there."""

    def tag(self, name: str) -> str | None:
        """A text that changes with the file; none when it is not there."""

    def fetch(self, files: Iterable["DataFile"]) -> None:
        """See to it that files of a release lie below `root`. Raises CorruptData where one is missing or torn."""

    def fresh(self, name: str) -> Path:
        """A file as it lies in the store now, below `root`. Raises FileNotFoundError."""

    def discard(self, name: str) -> None:
        """Drop a working copy that is damaged."""

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """Create a file whole, or change nothing: false when the name is taken."""

    def replace(self, name: str, data: bytes) -> None:
        """Put new content under a name in one step."""

    def keep(self, drafts: Mapping[Path, str], *, copy: bool = True) -> None:
        """Give finished files of `root` their names, for good; durable when it returns.

        Who will not read them soon needs no working `copy`; the draft may then be left for the caller to delete.
        """

    def show(self, name: str) -> None:
        """Let others see the file that now lies below `root`, in place of an older one."""

    def drop(self, name: str) -> None:
        """Delete a file."""

    def clear(self, folder: str) -> None:
        """Delete every file below a folder."""

    def tidy(self, needed: set[str]) -> None:
        """Drop working copies that are not needed and that nobody has fetched of late."""

    def asking(self, name: str) -> AbstractContextManager[None]:
        """Tell what an engine says of the store while the block runs in words of ours."""

    def attach(self, connection: Any) -> None:
        """Let a DuckDB connection open `where` addresses."""


def store_of(root: Path) -> Store:
    """The store behind a folder."""
    address = address_of(root)
    if address is None:
        return Folder(root)
    from tasks.lake.bucket import Bucket

    return Bucket(root, address)
