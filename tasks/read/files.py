"""Reads the files of a batch one by one: bytes, compression, encoding, format; what fails is a rejection."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from tasks.cards import Fields, SourceCard
from tasks.read.containers import Leaf, leaves
from tasks.read.documents import NONCHARACTER, ReadResult, Rows, sha256, storable
from tasks.read.encoding import Decoded, decode
from tasks.read.errors import UnreadableError
from tasks.read.feeds import feed_records, looks_like_feed
from tasks.read.html import looks_like_html, read_page
from tasks.read.html_meta import PageMeta
from tasks.read.html_text import unescape
from tasks.read.labelled import front_matter, labelled_records, looks_labelled
from tasks.read.limits import Budget, ReadLimits
from tasks.read.mail import looks_like_mail, mail_records
from tasks.read.markdown import headline
from tasks.read.marked import collection_records, looks_like_collection
from tasks.read.notation import lines_of, plain
from tasks.read.opening import read_bytes
from tasks.read.posts import post
from tasks.read.records import read_record
from tasks.read.tables import (
    PARQUET,
    Numbered,
    bare_json,
    csv_records,
    json_lines,
    json_records,
    looks_like_json,
    looks_tabbed,
    parquet_records,
    tabbed_records,
)
from tasks.records import PlannedFile

_DEFAULT_CARD = SourceCard(name="default", title="Any file no card claims")
_FORMATS = {
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "jl": "jsonl",
    "json": "json",
    "csv": "csv",
    "tsv": "csv",
    "parquet": "parquet",
}
_MEDIA_TYPES = {
    "jsonl": "application/jsonl",
    "json": "application/json",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "feed": "application/xml",
    "collection": "application/xml",
    "mail": "message/rfc822",
    "tabbed": "text/tab-separated-values",
    "labelled": "text/x-records",
}
_IN_MARKUP = ("feed", "collection")
_FOREIGN = {
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"{\\rtf": "an RTF file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
}


_OWN_NAMES = Fields()
_SHOWN = re.compile("[^\ufeff\u200b\u3000\xa0 \t\r\n\f\v\0]")


@dataclass(frozen=True)
class _Source:
    """The file that is being read, and the hash of its bytes as they lie on disk."""

    file: PlannedFile
    card: SourceCard
    file_id: str


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
        A record or member that occurs twice has two rows with the same document_id.
    """
    limits = limits or ReadLimits()
    rows = Rows()
    for file in files:
        card = cards.get(file.source, cards.get("default", _DEFAULT_CARD))
        source = _Source(file, card, _uri_id(file.source_uri))
        rows.last = 0
        try:
            data = read_bytes(file.path, limits.file_bytes, file.part)
            source = _Source(file, card, file.part.file_id if file.part else sha256(data))
            budget = Budget(limits, len(data))
            for leaf in leaves(Leaf(file.path.name, "", data), budget):
                _read_leaf(source, leaf, budget, rows)
        except UnreadableError as error:
            _reject(rows, source, error, content_id=source.file_id)
        except Exception as error:  # The rejection boundary: our own fault must not stop the batch either
            told = f"our reader failed ({type(error).__name__}: {error}): please report it with the file"
            _reject(rows, source, UnreadableError("reader_failed", told), content_id=source.file_id)
    return rows.result()


def _read_leaf(source: _Source, leaf: Leaf, budget: Budget, rows: Rows) -> None:
    """Read one file or member; a member's trouble is its own, a plain file's is left to the caller."""
    try:
        if leaf.problem is not None:
            raise leaf.problem
        _read_content(source, leaf, budget, rows)
    except UnreadableError as error:
        if not leaf.address:
            raise
        content_id = sha256(leaf.data) if leaf.data else _uri_id(source.file.source_uri + leaf.address)
        _reject(rows, source, error, content_id, leaf.address)


def _read_content(source: _Source, leaf: Leaf, budget: Budget, rows: Rows) -> None:
    if leaf.data.startswith(tuple(_FOREIGN)):
        kind = next(kind for magic, kind in _FOREIGN.items() if leaf.data.startswith(magic))
        raise UnreadableError("unsupported_format", f"this is {kind}, not text: extract its text first")
    if not leaf.data:
        raise UnreadableError("empty", "it holds nothing (0 bytes)")
    kind = _kind(source.card, leaf)
    max_depth = budget.limits.depth
    if kind == "parquet":
        _read_records(source, leaf, kind, Decoded("", "utf-8"), parquet_records(leaf.data, budget), max_depth, rows)
        return
    if kind in ("txt", "html") and looks_like_mail(leaf.data):
        _read_records(source, leaf, "mail", Decoded("", "utf-8"), mail_records(leaf.data), max_depth, rows)
        return
    decoded = decode(leaf.data, source.card.encoding)
    if decoded.encoding != "utf-8" or NONCHARACTER.search(leaf.data):
        decoded = Decoded(storable(decoded.text), decoded.encoding, decoded.notes)
    if not _SHOWN.search(decoded.text):
        if source.file.part:
            return  # blank lines between records
        raise UnreadableError("empty", "it holds nothing but white space")
    if kind in ("txt", "json") and looks_like_json(bare := bare_json(decoded.text), max_depth):
        kind, decoded = "json", replace(decoded, text=bare)
    if kind in ("html", "txt", "feed") and looks_like_feed(decoded.text):
        _read_records(source, leaf, "feed", decoded, feed_records(decoded.text, max_depth), max_depth, rows)
    elif kind in ("html", "txt", "feed") and looks_like_collection(decoded.text, source.card.fields):
        records = collection_records(decoded.text, source.card.fields)
        _read_records(source, leaf, "collection", decoded, records, max_depth, rows)
    elif kind == "txt" and (record := front_matter(decoded.text) or post(decoded.text)) is not None:
        _read_records(source, leaf, "labelled", decoded, iter([(1, record)]), max_depth, rows)
    elif kind == "txt" and looks_labelled(decoded.text):
        _read_records(source, leaf, "labelled", decoded, labelled_records(decoded.text), max_depth, rows)
    elif kind == "txt" and looks_tabbed(decoded.text):
        _read_records(source, leaf, "tabbed", decoded, tabbed_records(decoded.text), max_depth, rows)
    elif kind in ("jsonl", "json", "csv"):
        _read_records(source, leaf, kind, decoded, _records_of(source, kind, decoded.text, max_depth), max_depth, rows)
    elif kind == "html" or looks_like_html(decoded.text):
        page = read_page(decoded.text, max_depth)
        if not page.text:
            raise UnreadableError("empty", "the page shows no text")
        _add(rows, source, leaf, decoded, "text/html", page.text, page.meta)
    elif kind == "txt":
        held = lines_of(decoded.text)
        text = plain(decoded.text if held is None else "\n".join(held))
        text = storable(unescape(text)) if "&" in text else text
        meta = headline(text)
        media_type = "text/plain" if meta is None else "text/markdown"
        _add(rows, source, leaf, decoded, media_type, text, meta or PageMeta(None, None, None))
    else:
        raise UnreadableError("unsupported_format", f"it is said to be {kind}, and is none")


def _kind(card: SourceCard, leaf: Leaf) -> str:
    """The format: by content where that is certain, as a web archive or the card states it, or by the name."""
    if leaf.data.startswith(PARQUET):
        return "parquet"
    if leaf.kind is not None:
        return leaf.kind
    if card.format not in ("auto", "zip", "tar", "warc"):
        return card.format
    stem, _, ending = leaf.name.rpartition("/")[2].rpartition(".")
    return _FORMATS.get(ending.lower(), "txt") if stem else "txt"


def _records_of(source: _Source, kind: str, text: str, max_depth: int) -> Numbered:
    if kind == "csv":
        return csv_records(text)
    if kind == "json":
        return json_records(text, max_depth, source.card.fields)
    return json_lines(text, max_depth, 1 + (source.file.part.lines if source.file.part else 0))


def _add(rows: Rows, source: _Source, leaf: Leaf, decoded: Decoded, media_type: str, text: str, meta: PageMeta) -> None:
    rows.add(
        rows.last + 1,
        document_id=sha256(leaf.data),
        file_name=PurePosixPath(leaf.name).name if leaf.address else source.file.path.name,
        source=source.file.source,
        source_uri=leaf.uri or source.file.source_uri + leaf.address,
        media_type=media_type,
        encoding=decoded.encoding,
        n_bytes=len(leaf.data),
        text=text,
        meta_title=meta.title,
        meta_line=meta.line,
        meta_published=meta.published,
        meta_publisher=meta.publisher,
        meta_uri=leaf.uri,
        file_id=source.file_id,
        read_notes="; ".join(decoded.notes),
    )


def _read_records(
    source: _Source, leaf: Leaf, kind: str, decoded: Decoded, records: Numbered, max_depth: int, rows: Rows
) -> None:
    notes, before = "; ".join(decoded.notes), rows.last
    for number, value in records:
        address = f"{leaf.address}#{number}"
        try:
            if isinstance(value, UnreadableError):
                raise value
            fields = _OWN_NAMES if kind in ("feed", "mail", "labelled", "tabbed") else source.card.fields
            record = read_record(value, fields, max_depth, fragments=kind in _IN_MARKUP)
        except UnreadableError as error:
            _reject(rows, source, error, _uri_id(source.file_id + address), address)
            continue
        rows.add(
            before + number,
            document_id=record.document_id,
            file_name=source.file.path.name,
            source=source.file.source,
            source_uri=record.uri or source.file.source_uri + address,
            media_type=_MEDIA_TYPES[kind],
            encoding=decoded.encoding,
            n_bytes=record.n_bytes,
            text=record.text,
            meta_title=record.title,
            meta_line=None,
            meta_published=record.published,
            meta_publisher=record.publisher,
            meta_uri=record.uri,
            file_id=source.file_id,
            read_notes=notes,
        )


def _reject(rows: Rows, source: _Source, error: UnreadableError, content_id: str, address: str = "") -> None:
    uri = source.file.source_uri + address
    rows.reject(
        document_id=content_id,
        file_name=source.file.path.name,
        source=source.file.source,
        source_uri=uri,
        reason=error.reason,
        message=f"{uri}: {error}",
        n_bytes=source.file.n_bytes,
        file_id=source.file_id,
    )


def _uri_id(uri: str) -> str:
    """The id of content that could not be read: the hash of its address."""
    return sha256(uri.encode("utf-8", "surrogateescape"))
