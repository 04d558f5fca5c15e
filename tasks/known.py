"""What the lake already knows of the files of a plan, by content and, unread, by what the system says of them."""

import os
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from tasks.inputs import Found
from tasks.lake import inventory
from tasks.lake.lake import Lake
from tasks.lake.releases import Release
from tasks.lake.state import FORGOTTEN, HELD, INPUTS, read_state
from tasks.plan import Sight, hash_all


def identify(root: Path, found: Sequence[Found], *, rehash: bool = False, keep: bool = True) -> list[str]:
    """The content hash of each file; one whose size, times and inode are as they were is not read again.

    Args:
        root: the lake, which keeps the inventory.
        found: the files.
        rehash: read every file, and believe nothing of the inventory.
        keep: add to the inventory what was read.
    """
    regular = [place for place, one in enumerate(found) if one.n_bytes is not None]
    asked = pl.DataFrame(
        {
            "path": [_text(found[place].place) for place in regular],
            "n_bytes": [found[place].n_bytes for place in regular],
            "mtime_ns": [found[place].stamp[0] for place in regular],
            "inode": [found[place].stamp[2] for place in regular],
        },
        schema={name: kind for name, kind in inventory.SCHEMA.items() if name != "file_id"},
    )
    known = asked.with_columns(file_id=pl.lit(None, pl.String)) if rehash else inventory.known_contents(root, asked)
    contents: list[str | None] = [None] * len(found)
    for place, content in zip(regular, known["file_id"], strict=True):
        contents[place] = content
    unread = [place for place, content in enumerate(contents) if content is None]
    for place, content in zip(unread, hash_all([found[place] for place in unread]), strict=True):
        contents[place] = content
    if keep and unread:
        read = known.with_columns(file_id=pl.Series([contents[place] for place in regular], dtype=pl.String))
        inventory.remember(root, read)
    return [content or "" for content in contents]


def _text(path: str) -> str:
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def known_files(lake: Lake, release: Release | None, recipe_version: str, sights: Sequence[Sight]) -> list[bool]:
    """Tell for each sight whether a run over it would publish nothing.

    That is so when this recipe has read that content, or it was withdrawn or forgotten on purpose, and the lake has
    seen it at this place: the same bytes at a new address are a new sighting.
    """
    if release is None:
        return [False] * len(sights)
    asked = pl.DataFrame(sights, schema=dict.fromkeys(("id", "source", "source_uri"), pl.String), orient="row")
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
