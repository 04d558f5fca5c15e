"""The decoded views of some documents, read again from the raw store: what published rows are shown beside."""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.cards import SourceCard, load_cards
from tasks.clean.marks import ANY_MARK
from tasks.lake.errors import CorruptData
from tasks.lake.files import STAGING
from tasks.read import read_files
from tasks.records import PlannedFile
from tasks.report.view import View

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "sources"
# a page shows excerpts: it is not worth unpacking more than this for them
_LARGEST_FILE, _MOST_BYTES = 16_000_000, 64_000_000
_SAME_NAME = 3  # files of one name that are looked into for a document


@dataclass(frozen=True)
class Decoded:
    """Decoded views by document_id, and the raw files that are damaged."""

    texts: dict[str, str]
    damaged: list[str]


def decoded(view: View, document_ids: Iterable[str]) -> Decoded:
    """Read raw files again, by the source cards of the run if they are still there.

    Args:
        view: the release.
        document_ids: documents, published or rejected; the first ones are the most wanted.

    Returns:
        Texts without those whose raw file was not kept, is too large, or reads otherwise today.
    """
    wanted = list(dict.fromkeys(document_ids))
    found = Decoded({}, [])
    if not wanted:
        return found
    room = _MOST_BYTES
    cards = load_cards(_cards(view))
    tried: set[str] = set()
    for document_id, file, file_id in _files(view, wanted):
        size = view.raw_size(file_id)
        if document_id in found.texts or file_id in tried or not 0 < size <= min(_LARGEST_FILE, room):
            continue
        room -= size
        tried.add(file_id)
        with tempfile.TemporaryDirectory(prefix="qingliu-report-") as folder:
            try:
                again = view.raw_file(file, file_id, Path(folder))
            except CorruptData:
                found.damaged.append(file_id)
                continue
            found.texts.update(_read(again, cards, wanted))
    return found


def _cards(view: View) -> Path:
    """The folder of cards that the run was planned with, else the project's own."""
    try:
        told = json.loads((view.lake.root / STAGING / view.release.run_id / "plan.json").read_bytes())["cards"]
    except (OSError, ValueError, KeyError, TypeError):
        return SEEDS
    return Path(told) if Path(told).is_dir() else SEEDS


def _read(file: PlannedFile, cards: Mapping[str, SourceCard], wanted: list[str]) -> dict[str, str]:
    documents = read_files([file], cards).documents.filter(pl.col("document_id").is_in(wanted))
    return {key: re.sub(ANY_MARK, "", text) for key, text in documents.select("document_id", "text").iter_rows()}


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
    inputs = view.inputs().select("id", "source", "file_name").unique()
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
