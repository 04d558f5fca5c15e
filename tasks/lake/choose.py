"""What of a staged run is new to the lake: documents, sightings, rejections, links. Nothing is lost, nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from tasks.lake.errors import StagedRunInvalid
from tasks.lake.lake import Lake
from tasks.lake.layout import TABLES, Bond
from tasks.lake.releases import Release
from tasks.lake.staged import StagedRun
from tasks.lake.state import FORGOTTEN, HELD, read_state

_SEEN_AT = ["document_id", "source", "source_uri"]
_REJECTED = ["document_id", "table_name", "row_key", "reason", "recipe_version"]
_EACH = ["document_id", "recipe_version"]


@dataclass(frozen=True)
class Choice:
    """The new part of a run.

    `accepted` (batch, document_id): documents whose rows are published. `replaced` (document_id): documents whose rows
    of another recipe go. The other frames are whole rows.
    """

    run: StagedRun
    accepted: pl.DataFrame
    replaced: pl.DataFrame
    sightings: pl.DataFrame
    rejections: pl.DataFrame
    links: dict[str, pl.DataFrame]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        frames = (self.accepted, self.replaced, self.sightings, self.rejections, *self.links.values())
        return all(frame.is_empty() for frame in frames)

    def rows(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows to add to a table, a batch at a time."""
        bond = TABLES[table].bond
        if bond is Bond.SIGHTING:
            yield self.sightings
        elif bond is Bond.REJECTION:
            yield self.rejections
        elif bond is Bond.LINK:
            yield self.links[table]
        else:
            told = pl.concat([self.accepted["document_id"], self.rejections["document_id"]])
            for number, frame in self.run.frames(table):
                if bond is Bond.CONTENT:
                    wanted = self.accepted.filter(batch=number)
                    yield frame.join(wanted, on="document_id", how="semi", maintain_order="left")
                else:
                    document = pl.col("document_id")
                    yield frame.filter(document.is_null() | document.is_in(told.implode()))


def choose(lake: Lake, parent: Release | None, run: StagedRun) -> Choice:
    """Compare a staged run with a release.

    A document already published by the same recipe is dropped, by another recipe replaced; what was forgotten, or is
    held for this recipe since a rollback, stays out. When the new recipe rejects a whole document, its old rows go too.
    """
    staged = _staged_documents(run)
    rejected = _distinct(run, "rejections", _REJECTED)
    barred = _barred(lake, parent, run.recipe_version)
    touched = pl.concat([staged.select("document_id"), rejected.select("document_id")]).unique()
    published = _published(lake, parent, touched)

    known = published.join(staged, on=_EACH, how="semi")
    accepted = staged.join(known, on="document_id", how="anti").join(barred, on="document_id", how="anti")
    outdated = published.filter(pl.col("recipe_version") != run.recipe_version)
    replaced = outdated.select("document_id").join(barred, on="document_id", how="anti")

    return Choice(
        run=run,
        accepted=accepted.select("batch", "document_id"),
        replaced=replaced,
        sightings=_unseen(lake, parent, _distinct(run, "sightings", _SEEN_AT), "sightings", _SEEN_AT, barred),
        rejections=_unseen(lake, parent, rejected, "rejections", _REJECTED, barred),
        links={
            name: _unseen(lake, parent, _distinct(run, name, [layout.id]), name, [layout.id], barred)
            for name, layout in TABLES.items()
            if layout.bond is Bond.LINK
        },
    )


def _staged_documents(run: StagedRun) -> pl.DataFrame:
    staged = run.columns("documents", _EACH)
    twice = staged.filter(staged.select("batch", "document_id").is_duplicated())
    if not twice.is_empty():
        raise StagedRunInvalid(
            f"document {twice['document_id'][0]} is twice in batch {twice['batch'][0]}",
            where=run.folder,
            then="report this: reading should have told a content once",
        )
    other = staged.filter(pl.col("recipe_version") != run.recipe_version)
    if not other.is_empty():
        raise StagedRunInvalid(
            f"documents of recipe {other['recipe_version'][0]} in a run of {run.recipe_version}",
            where=run.folder,
            then="delete the folder and run again",
        )
    # the same content in two batches: the first tells it
    return staged.unique("document_id", keep="first", maintain_order=True)


def _distinct(run: StagedRun, table: str, key: list[str]) -> pl.DataFrame:
    frames = [frame for _, frame in run.frames(table)]
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys(key, pl.String))
    return pl.concat(frames).unique(key, keep="first", maintain_order=True)


def _barred(lake: Lake, parent: Release | None, recipe_version: str) -> pl.DataFrame:
    held = read_state(lake.root, parent, HELD).filter(recipe_version=recipe_version)
    forgotten = read_state(lake.root, parent, FORGOTTEN)
    return pl.concat([held.select(document_id="id"), forgotten.select(document_id="id")])


def _published(lake: Lake, parent: Release | None, among: pl.DataFrame) -> pl.DataFrame:
    if parent is None:
        return pl.DataFrame(schema=dict.fromkeys(_EACH, pl.String))
    return lake.scan("documents", parent).select(_EACH).join(among.lazy(), on="document_id", how="semi").collect()


def _unseen(
    lake: Lake, parent: Release | None, rows: pl.DataFrame, table: str, key: list[str], barred: pl.DataFrame
) -> pl.DataFrame:
    if rows.is_empty():
        return rows
    if "document_id" in rows.columns:
        rows = rows.join(barred, on="document_id", how="anti", maintain_order="left")
    if parent is None:
        return rows
    there = lake.scan(table, parent).select(key).join(rows.lazy(), on=key, how="semi", nulls_equal=True).collect()
    return rows.join(there, on=key, how="anti", nulls_equal=True, maintain_order="left")
