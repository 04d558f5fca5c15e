"""The files of a lake in a bucket as DuckDB opens them from Python: a working copy where there is one, else ranges.

DuckDB's own reader for s3:// is an extension that is downloaded. A view names its files one by one, so none is listed.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fsspec.spec import AbstractFileSystem

from tasks.lake.client import asking

if TYPE_CHECKING:
    from obstore.store import S3Store

_BUFFER = 1 << 20


class FilesByRange(AbstractFileSystem):  # type: ignore[misc]  # fsspec is untyped
    """Read-only, for one lake.

    Args:
        store: the connection.
        address: of the lake.
        root: its working folder.
    """

    protocol = "s3"
    # an instance that fsspec keeps for later would keep the credentials of now
    cachable = False

    def __init__(self, store: "S3Store", address: str, root: Path) -> None:
        super().__init__()
        self._store, self._address, self._root = store, address.removeprefix("s3://"), root
        self._sizes: dict[str, int] = {}

    def glob(self, path: str, **_: Any) -> list[str]:
        return [] if "*" in path else [path]

    def exists(self, path: str, **_: Any) -> bool:
        return True

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        name = self._name(path)
        copy = self._root / name
        if name not in self._sizes:
            self._sizes[name] = copy.stat().st_size if copy.exists() else int(self._about(name)["size"])
        return {"name": path, "size": self._sizes[name], "type": "file"}

    def modified(self, path: str) -> datetime:
        # of one name there is one content
        return datetime(2000, 1, 1, tzinfo=UTC)

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        import obstore
        from obstore.store import LocalStore

        name = self._name(path)
        copy = self._root / name
        if copy.exists():
            # DuckDB leaves files to the garbage collector, which complains of Python's own
            return obstore.open_reader(LocalStore(self._root), name)
        with asking(f"s3://{path}"):
            return obstore.open_reader(self._store, name, buffer_size=_BUFFER)

    def open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        return self._open(path, mode)

    def _about(self, name: str) -> Any:
        import obstore

        with asking(f"s3://{self._address}/{name}"):
            return obstore.head(self._store, name)

    def _name(self, path: str) -> str:
        return path.removeprefix("s3://").removeprefix(f"{self._address}/")
