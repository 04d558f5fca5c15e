"""What of a staged run is new to the lake: documents, sightings, rejections, links. Nothing is lost, nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from contracts.withdraw import EXCLUDED
from tasks.lake.errors import StagedRunInvalid
from tasks.lake.lake import Lake
from tasks.lake.layout import TABLES, Bond
from tasks.lake.links import Links, new_links
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
    of another recipe go, or whose rows a replay has changed. `redecided` (document_id): documents whose rejections of
    before are done with: they were tried again. The other frames are whole rows.
    """

    run: StagedRun
    accepted: pl.DataFrame
    replaced: pl.DataFrame
    redecided: pl.DataFrame
    sightings: pl.DataFrame
    rejections: pl.DataFrame
    links: dict[str, Links]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        frames = (self.accepted, self.replaced, self.redecided, self.sightings, self.rejections)
        no_links = all(links.added.is_empty() and links.stale.is_empty() for links in self.links.values())
        return no_links and all(frame.is_empty() for frame in frames)

    def rows(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows to add to a table, a batch at a time."""
        bond = TABLES[table].bond
        if bond is Bond.SIGHTING:
            yield self.sightings
        elif bond is Bond.REJECTION:
            yield self.rejections
        elif bond is Bond.LINK:
            yield self.links[table].added
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

    A replay decides anew on every document of its files: one that comes out otherwise than it is published is replaced.
    What was rejected and has been tried again, by a replay or by a new recipe, leaves `rejections`, and comes back with
    its count raised if it failed again.
    """
    staged = _staged_documents(run)
    rejected = _distinct(run, "rejections", _REJECTED)
    barred = _barred(lake, parent, run.recipe_version)
    touched = pl.concat([staged.select("document_id"), rejected.select("document_id")]).unique()
    published = _published(lake, parent, touched)

    known = published.join(staged, on=_EACH, how="semi")
    outdated = published.filter(pl.col("recipe_version") != run.recipe_version)
    if run.is_replay and parent is not None:
        gone = published.join(staged, on="document_id", how="anti").select("document_id")
        changed = pl.concat([_changed(lake, parent, run, known), gone])
        known = known.join(changed, on="document_id", how="anti")
        outdated = pl.concat([outdated.select("document_id"), changed]).unique(maintain_order=True)
    accepted = staged.join(known, on="document_id", how="anti").join(barred, on="document_id", how="anti")
    replaced = outdated.select("document_id").join(barred, on="document_id", how="anti")
    before = _rejected_before(lake, parent, run, touched).join(barred, on="document_id", how="anti")
    before = before.join(_still_excluded(before, rejected), on="document_id", how="anti")

    return Choice(
        run=run,
        accepted=accepted.select("batch", "document_id"),
        replaced=replaced,
        redecided=before.select("document_id").unique(maintain_order=True),
        sightings=_unseen(lake, parent, _distinct(run, "sightings", _SEEN_AT), "sightings", _SEEN_AT, barred),
        rejections=_rejections(lake, parent, rejected, before, barred),
        links={
            name: new_links(lake, parent, run, name, replaced, barred)
            for name, layout in TABLES.items()
            if layout.bond is Bond.LINK
        },
    )


def _changed(lake: Lake, parent: Release, run: StagedRun, known: pl.DataFrame) -> pl.DataFrame:
    """Documents (document_id) among `known` that a replay makes other rows of than the lake has."""
    found = [pl.DataFrame(schema={"document_id": pl.String})]
    for table in ("documents", "articles"):
        columns = [column.name for column in lake.table(table, parent).columns]
        now = [frame.join(known, on="document_id", how="semi") for _, frame in run.frames(table)]
        # columns of a newer contract are no change of the document
        both = [name for name in columns if all(name in frame.columns for frame in now)]
        new = (
            pl.concat([frame.select(both) for frame in now]) if now else pl.DataFrame(schema={"document_id": pl.String})
        )
        old = lake.scan(table, parent).select(new.columns).join(known.lazy(), on="document_id", how="semi").collect()
        for one, other in ((old, new), (new, old)):
            rows = one.join(other, on=new.columns, how="anti", nulls_equal=True)
            found.append(rows.select("document_id"))
    return pl.concat(found).unique(maintain_order=True)


def _rejected_before(lake: Lake, parent: Release | None, run: StagedRun, touched: pl.DataFrame) -> pl.DataFrame:
    """Rejections (document_id, reason, file_id, n_attempts) of the lake that this run has tried again."""
    schema = {"document_id": pl.String, "reason": pl.String, "file_id": pl.String, "n_attempts": pl.Int32}
    if parent is None or "rejections" not in parent.tables:
        return pl.DataFrame(schema=schema)
    rows = lake.scan("rejections", parent)
    there = rows.collect_schema().names()
    rows = rows.select(
        "recipe_version",
        # lakes written before these columns
        *(pl.col(name) if name in there else pl.lit(None, dtype).alias(name) for name, dtype in schema.items()),
    )
    files = pl.Series([file["file_id"] for file in run.files], dtype=pl.String)
    again = pl.lit(run.is_replay) | (pl.col("recipe_version") != run.recipe_version)
    mine = pl.col("document_id").is_in(touched["document_id"].implode()) | pl.col("file_id").is_in(files.implode())
    return rows.filter(again & mine.fill_null(False)).select(list(schema)).collect()


def _still_excluded(before: pl.DataFrame, rejected: pl.DataFrame) -> pl.DataFrame:
    """Documents (document_id) that a person had taken out and that stay out: nothing was tried."""
    alone = [
        rows.group_by("document_id").agg((pl.col("reason") == EXCLUDED).all()).filter("reason").select("document_id")
        for rows in (before, rejected)
    ]
    return alone[0].join(alone[1], on="document_id", how="semi")


def _rejections(
    lake: Lake, parent: Release | None, rejected: pl.DataFrame, before: pl.DataFrame, barred: pl.DataFrame
) -> pl.DataFrame:
    if before.is_empty() or rejected.is_empty():
        return _unseen(lake, parent, rejected, "rejections", _REJECTED, barred)
    again = rejected.filter(pl.col("document_id").is_in(before["document_id"].implode()))
    other = rejected.filter(~pl.col("document_id").is_in(before["document_id"].implode()))
    tried = before.group_by("document_id").agg(tried=pl.col("n_attempts").fill_null(1).max())
    counted = again.join(tried, on="document_id", how="left", maintain_order="left").with_columns(
        n_attempts=(pl.col("tried") + 1).cast(pl.Int32)
    )
    unseen = _unseen(lake, parent, other, "rejections", _REJECTED, barred)
    return pl.concat([counted.drop("tried"), unseen], how="diagonal")


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
