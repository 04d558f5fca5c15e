"""What the lake already knows of the files of a plan: the inventory that lets a run skip what is published."""

from collections.abc import Sequence

import polars as pl

from tasks.lake.lake import Lake
from tasks.lake.releases import Release
from tasks.lake.state import FORGOTTEN, HELD, INPUTS, read_state
from tasks.records import PlannedFile


def known_files(
    lake: Lake, release: Release | None, recipe_version: str, files: Sequence[tuple[PlannedFile, str]]
) -> list[bool]:
    """Tell for each file, given with the sha256 of its content, whether a run over it would publish nothing.

    That is so when this recipe has read that content, or it was withdrawn or forgotten on purpose, and the lake has
    seen it at this place: the same bytes at a new address are a new sighting.
    """
    if release is None:
        return [False] * len(files)
    asked = pl.DataFrame(
        {
            "id": [content for _, content in files],
            "source": [file.source for file, _ in files],
            "source_uri": [file.source_uri for file, _ in files],
        }
    )
    same_recipe = pl.col("recipe_version") == recipe_version
    read = pl.concat(
        [
            read_state(lake.root, release, INPUTS).filter(same_recipe).select("id"),
            read_state(lake.root, release, HELD).filter(same_recipe).select("id"),
            read_state(lake.root, release, FORGOTTEN).select("id"),
        ]
    )
    seen = lake.scan("sightings", release).select("source", "source_uri", id="document_id").collect()
    elsewhere = asked.join(seen, on="id", how="semi").join(seen, on=["id", "source", "source_uri"], how="anti")
    return asked.select(
        pl.col("id").is_in(read["id"].implode())
        & ~pl.struct(asked.columns).is_in(elsewhere.select(pl.struct(asked.columns)).to_series().implode())
    )["id"].to_list()
