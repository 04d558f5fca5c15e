"""The decoded views of some documents, read again from the raw store: what published rows are shown beside."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from tasks.cards import SourceCard, load_cards
from tasks.lake.raw import raw_path
from tasks.lake.state import INPUTS, read_state
from tasks.read import read_files
from tasks.records import PlannedFile
from tasks.rejections import unpack
from tasks.report.view import View

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "sources"
# a page shows excerpts: it is not worth unpacking more than this for them
_LARGEST_FILE, _MOST_BYTES = 16_000_000, 64_000_000
_SAME_NAME = 3  # files of one name that are looked into for a document


def decoded(view: View, document_ids: Iterable[str], cards: Path = SEEDS) -> dict[str, str]:
    """Read raw files again.

    Args:
        view: the release.
        document_ids: documents, published or rejected; the first ones are the most wanted.
        cards: folder of source cards, which say how records are mapped.

    Returns:
        Decoded view by document_id; without those whose raw file was not kept, is too large, or reads otherwise today.
    """
    wanted = list(dict.fromkeys(document_ids))
    texts: dict[str, str] = {}
    budget = _MOST_BYTES
    known = load_cards(cards) if cards.is_dir() else {}
    tried: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="qingliu-report-") as folder:
        for document_id, file, file_id in _files(view, wanted):
            if document_id in texts or file_id in tried:
                continue
            size = _size(view, file_id)
            if not 0 < size <= min(_LARGEST_FILE, budget):
                continue
            budget -= size
            tried.add(file_id)
            texts |= _read(unpack(view.lake, file, file_id, Path(folder)), known, set(wanted))
    return texts


def _read(file: PlannedFile, cards: dict[str, SourceCard], wanted: set[str]) -> dict[str, str]:
    from tasks.clean.marks import ANY_MARK

    documents = read_files([file], cards).documents.filter(pl.col("document_id").is_in(list(wanted)))
    return {key: re.sub(ANY_MARK, "", text) for key, text in documents.select("document_id", "text").iter_rows()}


def _size(view: View, file_id: str) -> int:
    """Size of a raw file as it is stored, 0 if it is not there; small text packed a hundredfold is no text."""
    path = raw_path(view.lake.root, file_id)
    return path.stat().st_size if path.is_file() else 0


def _files(view: View, wanted: list[str]) -> Iterator[tuple[str, PlannedFile, str]]:
    """Raw files that may hold each document: itself, the file its rejection names, those read under its name."""
    asked = pl.DataFrame({"document_id": wanted}, schema={"document_id": pl.String})
    named = view.scan("documents").select("document_id", "source", "file_name", "source_uri")
    rejected = view.scan("rejections")
    there = rejected.collect_schema().names()
    held = (
        rejected.select("document_id", "source", "source_uri", "file_id", "file_uri").drop_nulls(["file_id"])
        if {"file_id", "file_uri"} <= set(there)
        else None
    )
    published = {
        row[0]: row[1:] for row in named.join(asked.lazy(), on="document_id", how="semi").collect().iter_rows()
    }
    kept: dict[str, tuple[str, str, str]] = {}
    if held is not None:
        for key, source, uri, file_id, file_uri in (
            held.join(asked.lazy(), on="document_id", how="semi").unique("document_id").collect().iter_rows()
        ):
            kept[key] = (source or "default", file_uri or uri or key, file_id)
    inputs = read_state(view.lake.root, view.release, INPUTS).select("id", "source", "file_name").unique()
    by_name: dict[tuple[str, str], list[str]] = {}
    for file_id, source, name in inputs.sort("id").iter_rows():
        by_name.setdefault((source, name), []).append(file_id)
    for key in wanted:
        if key in kept:
            source, uri, file_id = kept[key]
            yield key, PlannedFile(Path(), source, uri, 0), file_id
        if key not in published:
            continue
        source, name, uri = published[key]
        yield key, PlannedFile(Path(), source, name, 0), key
        outer = [one for (of, one) in by_name if of == source and (one == name or one in uri)]
        for one in outer[:_SAME_NAME]:
            for file_id in by_name[source, one][:_SAME_NAME]:
                yield key, PlannedFile(Path(), source, one, 0), file_id
