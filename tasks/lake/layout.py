"""How each table lies on disk: what it is partitioned by, what keeps its rows in order, how it follows a document."""

from dataclasses import dataclass
from enum import Enum


class Bond(Enum):
    """What ties the rows of a table to a document."""

    CONTENT = "content"  # comes, is replaced and goes with its document
    LINK = "link"  # joins articles of documents that may have come in different runs
    SIGHTING = "sighting"  # told once per document and place; outlives a replacement
    REJECTION = "rejection"  # told once per document, row, reason and recipe
    LOG = "log"  # history of runs


@dataclass(frozen=True)
class Layout:
    """Partition key, id column, sort order and rows in a full data file (64-256 MB compressed).

    A sort term `len:column` is the length of that column: ids are numbered, and `-p10000` must follow `-p9999`.
    """

    key: str
    id: str
    bond: Bond
    sort: tuple[str, ...]
    rows_per_file: int = 1_000_000
    other: tuple[str, ...] = ()  # columns with ids of articles of other documents


_PARAGRAPHS = ("document_id", "len:article_id", "article_id", "ordinal", "paragraph_id")
_SENTENCES = (*_PARAGRAPHS[:3], "len:paragraph_id", "paragraph_id", "ordinal", "sentence_id")

TABLES: dict[str, Layout] = {
    "documents": Layout("source", "document_id", Bond.CONTENT, ("document_id",)),
    "sightings": Layout("source", "sighting_id", Bond.SIGHTING, ("document_id", "source_uri", "sighting_id")),
    "articles": Layout(
        "publish_month", "article_id", Bond.CONTENT, ("published_on", "document_id", "ordinal", "article_id")
    ),
    "paragraphs": Layout("publish_month", "paragraph_id", Bond.CONTENT, _PARAGRAPHS, 400_000),
    "sentences": Layout("publish_month", "sentence_id", Bond.CONTENT, _SENTENCES),
    "spans": Layout("source", "span_id", Bond.CONTENT, ("document_id", "ordinal", "span_id")),
    "anomalies": Layout("source", "anomaly_id", Bond.CONTENT, ("document_id", "start", "anomaly_id")),
    "signatures": Layout(
        "source", "article_id", Bond.CONTENT, ("document_id", "len:article_id", "article_id"), 400_000
    ),
    "continuations": Layout(
        "release", "continuation_id", Bond.LINK, ("document_id", "continuation_id"), other=("to_article_id",)
    ),
    "duplicates": Layout(
        "release", "duplicate_id", Bond.LINK, ("document_id", "duplicate_id"), other=("other_article_id",)
    ),
    "rejections": Layout("release", "rejection_id", Bond.REJECTION, ("document_id", "rejection_id"), 400_000),
    "failures": Layout("release", "failure_id", Bond.LOG, ("document_id", "failure_id")),
    "metrics": Layout("release", "metric_id", Bond.LOG, ("table_name", "rule", "metric_id")),
    "runs": Layout("release", "run_id", Bond.LOG, ("run_id",)),
}
