"""What reading yields: the frame of documents and the frame of rejections, grown row by row in plan order."""

import hashlib
import re
from dataclasses import dataclass

import polars as pl

DOCS: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "file_name": pl.String(),
    "source": pl.String(),
    "source_uri": pl.String(),
    "media_type": pl.String(),
    "encoding": pl.String(),
    "n_bytes": pl.Int64(),
    "ordinal": pl.Int64(),
    "text": pl.String(),
    "meta_title": pl.String(),
    "meta_line": pl.Int64(),
    "meta_published": pl.String(),
    "meta_publisher": pl.String(),
    "meta_uri": pl.String(),
    "file_id": pl.String(),
    "read_notes": pl.String(),
}
FILE_REJECTIONS: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "file_name": pl.String(),
    "source": pl.String(),
    "source_uri": pl.String(),
    "reason": pl.String(),
    "message": pl.String(),
    "n_bytes": pl.Int64(),
    "file_id": pl.String(),
}
_UNSTORABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef]")
# In UTF-8. Its middle byte is the rarest of them in Chinese text, so a search begins there.
NONCHARACTER = re.compile(rb"\xb7(?<=\xef\xb7)[\x90-\xaf]")


@dataclass(frozen=True)
class ReadResult:
    """Documents (columns of `DOCS`) and what could not be read (columns of `FILE_REJECTIONS`), both in plan order."""

    documents: pl.DataFrame
    rejections: pl.DataFrame


Value = str | int | None


class Rows:
    """Rows under construction, kept by column."""

    def __init__(self) -> None:
        self._documents: dict[str, list[Value]] = {name: [] for name in DOCS}
        self._rejections: dict[str, list[Value]] = {name: [] for name in FILE_REJECTIONS}
        self.last = 0  # ordinal of the last document of the file that is being read

    def add(self, ordinal: int, **row: Value) -> None:
        """Add a document; a value for every column of `DOCS`."""
        self.last = ordinal
        for name, value in (row | {"ordinal": ordinal}).items():
            self._documents[name].append(value)

    def reject(self, **row: Value) -> None:
        """Add a rejection; a value for every column of `FILE_REJECTIONS`."""
        for name, value in row.items():
            self._rejections[name].append(value)

    def result(self) -> ReadResult:
        """Close the books: both frames with all their columns, also when empty."""
        documents = pl.DataFrame(self._documents, schema=DOCS)
        return ReadResult(documents, pl.DataFrame(self._rejections, schema=FILE_REJECTIONS))


def storable(text: str) -> str:
    """Drop the noncharacters that serve as our marks, and put U+FFFD for lone surrogates, which no file can hold."""
    try:
        if not NONCHARACTER.search(text.encode()):  # several times as fast as a search among the characters
            return text
    except UnicodeEncodeError:
        pass
    return _UNSTORABLE.sub(lambda match: "\ufffd" if match[0] < "\ue000" else "", text)


def sha256(data: bytes) -> str:
    """Return the hash that names content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
