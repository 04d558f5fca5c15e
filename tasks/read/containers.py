"""Opens archives and web archives, also inside each other, and yields the files in them; limits hold for the whole."""

import io
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tasks.read.errors import UnreadableError
from tasks.read.limits import Budget
from tasks.read.mail import saved_page
from tasks.read.packing import decompressed

_CHUNK = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED_SUFFIXES = (".gz", ".gzip", ".zst", ".zstd")
_WEB_KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/json": "json",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "": "txt",
}


@dataclass(frozen=True)
class Leaf:
    """A file that is no container: its name, its address inside the outer file ("" for that itself), and its bytes.

    `uri` is its address on the web where a web archive gives one, `kind` its format where that archive states one,
    `problem` why there are no bytes.
    """

    name: str
    address: str
    data: bytes
    uri: str | None = None
    kind: str | None = None
    problem: UnreadableError | None = None


def leaves(leaf: Leaf, budget: Budget, nesting: int = 0) -> Iterator[Leaf]:
    """Yield what is inside a file, or the file itself when it is no container.

    Raises:
        UnreadableError: the container as a whole cannot be read (any further).
    """
    inner = _opened(leaf, budget)
    if inner is None:
        yield leaf
        return
    if nesting >= budget.limits.nesting:
        raise UnreadableError("nesting_limit", f"more than {nesting} archives or compressions inside each other")
    for member in inner:
        if member.problem is not None:
            yield member
            continue
        try:
            yield from leaves(member, budget, nesting + 1)
        except UnreadableError as error:
            # A limit is spent for the whole file; any other trouble is this member's own.
            if not member.address or error.reason in ("too_large", "ratio_limit", "member_limit", "nesting_limit"):
                raise
            yield Leaf(member.name, member.address, b"", problem=error)


def _opened(leaf: Leaf, budget: Budget) -> Iterator[Leaf] | None:
    chunks = decompressed(leaf.data)
    if chunks is not None:
        name = leaf.name
        if name.lower().endswith(_PACKED_SUFFIXES):
            name = str(PurePosixPath(name).with_suffix(""))
        name = f"{name[:-4]}.tar" if name.lower().endswith(".tgz") else name
        return iter([Leaf(name, leaf.address, budget.take(chunks), leaf.uri, leaf.kind)])
    if leaf.data.startswith(_ZIP):
        return _unzip(leaf, budget)
    if leaf.data[257:262] == b"ustar":
        return _untar(leaf, budget)
    if leaf.data.startswith(b"WARC/1."):
        return _unwarc(leaf, budget)
    page = saved_page(leaf.data)
    return iter([Leaf(leaf.name, leaf.address, budget.take([page[0]]), page[1], "html")]) if page else None


def _inside(leaf: Leaf, member: str) -> str:
    return f"{leaf.address}!/{member}"


def _unzip(leaf: Leaf, budget: Budget) -> Iterator[Leaf]:
    try:
        with zipfile.ZipFile(io.BytesIO(leaf.data)) as archive:
            if "[Content_Types].xml" in archive.NameToInfo:
                raise UnreadableError("unsupported_format", "this is an Office file, not text: extract its text first")
            for info in archive.infolist():
                if not info.is_dir():
                    budget.member()
                    yield _zip_member(leaf, archive, info, budget)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError("truncated_archive", f"the ZIP archive is damaged ({error}): fetch it again") from error


def _zip_member(leaf: Leaf, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Leaf:
    name = _zip_name(info)
    address, base = _inside(leaf, name), PurePosixPath(name).name
    if info.flag_bits & 1:
        return Leaf(base, address, b"", problem=UnreadableError("encrypted", "it is encrypted: unpack it by hand"))
    try:
        with archive.open(info) as file:
            return Leaf(base, address, budget.take(iter(lambda: file.read(_CHUNK), b"")))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        return Leaf(base, address, b"", problem=UnreadableError("truncated_archive", f"it is damaged ({error})"))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Undo zipfile's guess of CP437 for names that Chinese systems wrote in GBK."""
    if not info.flag_bits & 0x800 and not info.filename.isascii():
        try:
            return info.filename.encode("cp437").decode("gb18030")
        except UnicodeError:
            return info.filename
    return info.filename


def _untar(leaf: Leaf, budget: Budget) -> Iterator[Leaf]:
    try:
        with tarfile.open(fileobj=io.BytesIO(leaf.data), mode="r:", errors="surrogateescape") as archive:
            for info in archive:
                budget.member()
                file = archive.extractfile(info) if info.isreg() else None
                if file is not None:
                    data = budget.take(iter(lambda file=file: file.read(_CHUNK), b""))  # type: ignore[misc]  # the default binds the file of this turn
                    name = info.name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
                    name = info.name if info.name.isprintable() else name
                    yield Leaf(PurePosixPath(name).name, _inside(leaf, name), data)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise UnreadableError("truncated_archive", f"the tar archive is damaged ({error}): fetch it again") from error


def _unwarc(leaf: Leaf, budget: Budget) -> Iterator[Leaf]:
    """Yield the text pages of a web archive; what is neither page, text nor JSON is counted and told once."""
    passed: Counter[str] = Counter()
    held: Leaf | None = None
    try:
        for page in _pages(leaf, budget, passed):
            if held is not None:
                yield held
            held = page
    except (OSError, ValueError) as error:
        raise UnreadableError("truncated_archive", f"the web archive is damaged ({error}): fetch it again") from error
    # The parser hands out a cut last record without a word.
    if not leaf.data.endswith(b"\r\n\r\n"):
        raise UnreadableError("truncated_archive", "the web archive ends too early: fetch it again")
    if held is not None:
        yield held
    if passed:
        told = ", ".join(f"{count} of {media or 'no type'}" for media, count in sorted(passed.items()))
        problem = UnreadableError("unsupported_format", f"passed over records that hold no text: {told}")
        yield Leaf(leaf.name, _inside(leaf, "other"), b"", problem=problem)


def _pages(leaf: Leaf, budget: Budget, passed: Counter[str]) -> Iterator[Leaf]:
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for record in ArchiveIterator(io.BytesIO(leaf.data), record_types=kinds, parse_http=True, auto_decode="all"):
        budget.member()
        media = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
        if media not in _WEB_KINDS:
            passed[media] += 1
            continue
        data = budget.take([record.reader.read(budget.limits.unpacked_bytes + 1)])
        address = _inside(leaf, record.record_id or str(record.stream_pos))
        yield Leaf(leaf.name, address, data, record.headers.get("WARC-Target-URI"), _WEB_KINDS[media])
