"""`qingliu forget`, `unhold`, `diff`: the commands that let contents go, let them come again, and compare releases."""

from pathlib import Path
from typing import Annotated

import typer

from flows.places import lake_at

Lake = Annotated[
    Path,
    typer.Option(
        "--lake",
        "-l",
        envvar="QINGLIU_LAKE",
        metavar="DIR",
        parser=lake_at,
        help="Root of the lake, or s3://BUCKET/PREFIX.",
    ),
]
DEFAULT_LAKE = Path("lake")


def forget(
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the release.")],
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="ID", help="A document_id; repeatable.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", "-s", metavar="CARD", help="All of a source.")] = None,
    lake: Lake = DEFAULT_LAKE,
) -> None:
    """Take documents out for good, by content; `qingliu vacuum` then deletes every byte of them."""
    from flows import caring

    if not document and not source:
        raise typer.BadParameter("say what to forget: --document ID or --source CARD")
    caring.forget(lake, document or [], source, reason)


def unhold(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Default: all that is held.")] = None,
    lake: Lake = DEFAULT_LAKE,
) -> None:
    """Let what a rollback withdrew be published again by the next run."""
    from flows import caring

    caring.unhold(lake, ids)


def diff(
    old: Annotated[int, typer.Argument(metavar="OLD", min=1, help="Release compared from.")],
    new: Annotated[int, typer.Argument(metavar="NEW", min=1, help="Release compared to.")],
    lake: Lake = DEFAULT_LAKE,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")] = False,
) -> None:
    """Show what changed between two releases: rows and columns of each table, with samples."""
    from flows import caring

    caring.diff(lake, old, new, as_json=as_json)
