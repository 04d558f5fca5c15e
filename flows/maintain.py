"""Care of a lake: compact, vacuum, verify, rollback; each a flow that says what it did in an artifact."""

import flows.quiet  # noqa: F401 - first: Prefect reads its settings once, when it is imported

# isort: split

from typing import Annotated, Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field

from flows.credentials import take_credentials
from flows.events import tell
from flows.places import lake_at
from flows.states import refusing
from tasks.lake import maintain
from tasks.lake.lake import Lake, open_lake
from tasks.lake.vacuum import vacuum as vacuum_lake
from tasks.lake.verify import verify as verify_lake
from tasks.lake.verify import verify_releases


@flow(name="qingliu-compact", flow_run_name="compact {lake}", result_serializer="json", persist_result=False)
@refusing
def compact(lake: str) -> "State[Any]":
    """Draw together partitions that lie in more files than they need. No row changes.

    Args:
        lake: Root of the lake.
    """
    release = maintain.compact(_open(lake))
    if release is None:
        return Completed(name="NothingNew", message="every partition is as it should be")
    files = sum(len(table.files) for table in release.tables.values())
    return Completed(message=f"release {release.number}: {files} files in all")


@flow(name="qingliu-vacuum", flow_run_name="vacuum {lake}", result_serializer="json", persist_result=False)
@refusing
def vacuum(
    lake: str,
    keep_releases: Annotated[int, Field(ge=1)] = 10,
    keep_days: Annotated[float, Field(ge=0)] = 7,
    dry_run: bool = False,
) -> "State[Any]":
    """Delete files that no kept release needs, and every byte of forgotten documents.

    Args:
        lake: Root of the lake.
        keep_releases: Newest releases that stay readable.
        keep_days: Releases younger than this stay readable, in days.
        dry_run: Only tell what would be deleted.
    """
    done = vacuum_lake(_open(lake), keep_releases=keep_releases, keep_days=keep_days, dry_run=dry_run)
    told = {
        "data files": len(done.files),
        "raw files": len(done.raw),
        "pages": len(done.reports),
        "staged runs": len(done.runs),
    }
    create_table_artifact(
        key="qingliu-vacuum",
        table=[{"what": name, "deleted": number} for name, number in told.items()],
        description=f"{done.bytes:,} bytes; releases that lost files: {done.releases or 'none'}",
    )
    if not any(told.values()):
        return Completed(name="NothingNew", message="nothing to delete")
    would = "would be " if dry_run else ""
    return Completed(message=f"{done.bytes:,} bytes {would}deleted: {told}")


@flow(name="qingliu-verify", flow_run_name="verify {lake}", result_serializer="json", persist_result=False)
@refusing
def verify(lake: str, raw: bool = False) -> "State[Any]":
    """Hold every file of the current release against its checksum and contract; nothing is changed.

    Args:
        lake: Root of the lake.
        raw: Decompress and hash every raw input too.
    """
    opened = _open(lake)
    problems = [*verify_releases(opened), *verify_lake(opened, raw=raw)]
    if not problems:
        return Completed(message="nothing is wrong")
    rows = [{"file": one.path, "what": one.what, "row groups": str(list(one.row_groups))} for one in problems]
    create_table_artifact(key="qingliu-verify", table=rows, description=f"{len(rows)} things are wrong")
    message = f"{len(problems)} things are wrong; the first: {problems[0].path} {problems[0].what}"
    tell("qingliu.lake.damaged", opened.root, {"message": message, "problems": rows[:20]})
    return Failed(name="Damaged", message=message)


@flow(
    name="qingliu-rollback", flow_run_name="rollback {lake} to {number}", result_serializer="json", persist_result=False
)
@refusing
def rollback(lake: str, number: Annotated[int, Field(ge=1)], note: str = "") -> "State[Any]":
    """Cut a release that shows an older one again; what this withdraws is held back until it is let go.

    Args:
        lake: Root of the lake.
        number: Release that is shown again.
        note: Why; kept in the release.
    """
    opened = _open(lake)
    release = maintain.rollback(opened, number, note=note)
    held = maintain.held(opened).height
    lines = [f"Release {release.number} shows release {number} again.", f"Held back: {held} contents."]
    create_markdown_artifact(key="qingliu-rollback", markdown="\n\n".join(lines))
    return Completed(message=" ".join(lines))


def _open(lake: str) -> Lake:
    take_credentials()
    return open_lake(lake_at(lake))
