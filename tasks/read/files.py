"""Reads the files of a batch one by one: bytes, compression, encoding, format; what fails is a rejection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from tasks.cards import SourceCard
from tasks.read.documents import ReadResult, Rows, sha256, storable
from tasks.read.encoding import Decoded, decode
from tasks.read.errors import UnreadableError
from tasks.read.html import looks_like_html, read_page
from tasks.read.html_lines import unescape
from tasks.read.html_meta import PageMeta
from tasks.read.limits import ReadLimits
from tasks.read.opening import read_bytes
from tasks.read.packing import unpack
from tasks.read.records import json_lines, read_record
from tasks.records import PlannedFile

_DEFAULT_CARD = SourceCard(name="default", title="Any file no card claims")
_FORMATS = {"html": "html", "htm": "html", "xhtml": "html", "shtml": "html", "jsonl": "jsonl", "ndjson": "jsonl"}
_FOREIGN = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
)


@dataclass(frozen=True)
class _Content:
    """The unpacked bytes of one file, and where they came from."""

    file: PlannedFile
    card: SourceCard
    file_id: str
    data: bytes

    @property
    def name(self) -> str:
        """The file's name without the endings that its packing gave it."""
        name = self.file.path.name
        while name.lower().endswith((".gz", ".gzip")):
            name = PurePath(name).stem
        return name


def read_files(
    files: Sequence[PlannedFile], cards: Mapping[str, SourceCard], limits: ReadLimits | None = None
) -> ReadResult:
    """Read every file of a batch; one that cannot be read becomes a rejection and never stops the others.

    Args:
        files: what the plan put into the batch, in order.
        cards: source cards by name; a file whose source has none is read by a default card.
        limits: how much to take in.

    Returns:
        Documents with the columns of `DOCS`, rejections with those of `FILE_REJECTIONS`, both in the order of `files`.
    """
    limits = limits or ReadLimits()
    rows = Rows()
    for file in files:
        content_id = sha256(file.source_uri.encode("utf-8", "surrogateescape"))
        try:
            data = read_bytes(file.path, limits.file_bytes)
            content_id = sha256(data)
            card = cards.get(file.source, cards.get("default", _DEFAULT_CARD))
            _read_content(_Content(file, card, content_id, unpack(data, limits)), limits, rows)
        except UnreadableError as error:
            _reject(rows, file, content_id, error)
    return rows.result()


def _read_content(content: _Content, limits: ReadLimits, rows: Rows) -> None:
    for magic, kind in _FOREIGN:
        if content.data.startswith(magic):
            raise UnreadableError("unsupported_format", f"this is {kind}, not text: extract its text first")
    if not content.data:
        raise UnreadableError("empty", "nothing is left after unpacking (0 bytes)")
    decoded = decode(content.data, content.card.encoding)
    decoded = Decoded(storable(decoded.text), decoded.encoding, decoded.notes)
    if not decoded.text.strip("\ufeff\u200b\u3000\xa0 \t\r\n\f\v\0"):
        raise UnreadableError("empty", "the file holds nothing but white space")
    suffix = PurePath(content.name).suffix.lower().lstrip(".")
    kind = _FORMATS.get(suffix, "txt") if content.card.format == "auto" else content.card.format
    if kind == "jsonl":
        _read_records(content, decoded, limits, rows)
    elif kind == "html" or looks_like_html(decoded.text):
        page = read_page(decoded.text, limits.depth)
        if not page.text:
            raise UnreadableError("empty", "the page shows no text")
        _add(rows, content, decoded, "text/html", page.text, page.meta)
    elif kind == "txt":
        _add(rows, content, decoded, "text/plain", storable(unescape(decoded.text)), PageMeta(None, None, None))
    else:
        raise UnreadableError("unsupported_format", f"format {kind} is not read yet")


def _add(rows: Rows, content: _Content, decoded: Decoded, media_type: str, text: str, meta: PageMeta) -> None:
    rows.documents.append(
        {
            "document_id": sha256(content.data),
            "file_name": content.file.path.name,
            "source": content.file.source,
            "source_uri": content.file.source_uri,
            "media_type": media_type,
            "encoding": decoded.encoding,
            "n_bytes": len(content.data),
            "text": text,
            "meta_title": meta.title,
            "meta_published": meta.published,
            "meta_publisher": meta.publisher,
            "meta_uri": None,
            "file_id": content.file_id,
            "read_notes": "; ".join(decoded.notes),
        }
    )


def _read_records(content: _Content, decoded: Decoded, limits: ReadLimits, rows: Rows) -> None:
    for number, value in json_lines(decoded.text, limits.depth):
        where = f"{content.file.source_uri}#{number}"
        try:
            if isinstance(value, UnreadableError):
                raise value
            record = read_record(value, content.card.fields, limits.depth)
        except UnreadableError as error:
            line_id = sha256(where.encode("utf-8", "surrogateescape"))
            _reject(
                rows,
                content.file,
                line_id,
                error,
                uri=where,
                message=f"{content.file.source_uri}, line {number}: {error}",
            )
            continue
        rows.documents.append(
            {
                "document_id": record.document_id,
                "file_name": content.file.path.name,
                "source": content.file.source,
                "source_uri": record.uri or where,
                "media_type": "application/jsonl",
                "encoding": decoded.encoding,
                "n_bytes": record.n_bytes,
                "text": record.text,
                "meta_title": record.title,
                "meta_published": record.published,
                "meta_publisher": record.publisher,
                "meta_uri": record.uri,
                "file_id": content.file_id,
                "read_notes": "; ".join(decoded.notes),
            }
        )


def _reject(
    rows: Rows,
    file: PlannedFile,
    content_id: str,
    error: UnreadableError,
    uri: str | None = None,
    message: str | None = None,
) -> None:
    rows.rejections.append(
        {
            "document_id": content_id,
            "file_name": file.path.name,
            "source": file.source,
            "source_uri": uri or file.source_uri,
            "reason": error.reason,
            "message": message or f"{file.source_uri}: {error}",
            "n_bytes": file.n_bytes,
        }
    )
