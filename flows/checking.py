"""The commands about what is checked: rejections, bounds, versions of contracts."""

import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from contracts import lock
from contracts.evolution import Entry, Lock, diff, too_small_a_bump
from flows.terminal import plain
from tasks.baseline import read_baseline, suggest
from tasks.lake.lake import open_lake
from tasks.plan import PlanError
from tasks.rejections import by_reason, files_of, read_rejections


def rejections(lake: Path, release: int | None, rule: str | None, samples: int, *, as_json: bool) -> None:
    """Print what was rejected, by reason, with the first rows of each."""
    opened = open_lake(lake)
    rows = read_rejections(opened, release, rule)
    found = by_reason(rows, samples)
    again = files_of(opened, rows)
    if as_json:
        told = {"reasons": [asdict(one) for one in found], "files": len(again.files), "without_raw": again.without_raw}
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - what was asked for
        return
    console = Console(highlight=False)
    if not found:
        console.print("Nothing is rejected.")
        return
    for one in found:
        tried = f", tried up to {one.attempts} times" if one.attempts > 1 else ""
        console.print(
            f"{plain(one.reason)}: {one.rows} rows of {one.documents} documents{tried}", style="bold", markup=False
        )
        for row in one.samples:
            console.print(
                f"  {plain(row['place'])} {plain(row['table_name'])}: {plain(row['message'])}",
                markup=False,
                soft_wrap=True,
            )
            if row["row"]:
                console.print(f"    {plain(row['row'])}", style="dim", markup=False, soft_wrap=True)
    lost = f"; {again.without_raw} documents have no raw file to try again" if again.without_raw else ""
    console.print(f"\n{len(again.files)} raw files to try again with `qingliu replay`{lost}", markup=False)


def bounds(lake: Path, source: str | None) -> None:
    """Print the history of every measure of a source (of all unless given) as lines for `[expect]` in its card."""
    open_lake(lake)
    known = read_baseline(lake)
    sources = [source] if source is not None else sorted(known.history["source"].unique())
    console = Console(highlight=False)
    if known.history.is_empty():
        console.print("No baseline: nothing is published yet that was measured.")
    for one in sources:
        of_it = known.history.filter(source=one)
        console.print(f"# {plain(one)}: {of_it['release'].n_unique()} releases; for its card", markup=False)
        console.print("[expect]", markup=False)
        for name, (low, high) in suggest(known, one).items():
            seen = of_it.filter(measure=name)["value"].to_list()
            numbers = f"{min(seen):.4g} to {max(seen):.4g}"
            console.print(
                f'"{name}" = {{ min = {low:g}, max = {high:g} }}  # seen {numbers}', markup=False, soft_wrap=True
            )


def contracts_diff(old: str, new: str, lake: Path) -> int:
    """Print what changed between two versions of the contracts; 1 when a version moved by less than its contract.

    Raises:
        ContractsUnknownError: one of them is neither a lock file, nor a release, nor `code`.
    """
    before, after = _contracts(old, lake), _contracts(new, lake)
    if old.isdecimal() or new.isdecimal():
        # a release records columns and versions, no more: only those can be compared
        before, after = _columns_only(before), _columns_only(after)
    console = Console(highlight=False)
    lines = list(diff(before, after))
    for line in lines or ["No difference."]:
        console.print(plain(line), markup=False, soft_wrap=True)
    wrong = too_small_a_bump(before, after)
    for line in wrong:
        console.print(line, style="yellow", markup=False, soft_wrap=True)
    return 1 if wrong else 0


class ContractsUnknownError(PlanError):
    """What was named has no contracts: the message says what can be named."""


def _contracts(name: str, lake: Path) -> Lock:
    if name == "code":
        return lock.current()
    if name.isdecimal():
        release = open_lake(lake).release(int(name))
        versions = release.versions.get("contracts", {})
        return {
            table: Entry(
                version=versions.get(table, "1.0.0"),
                key="",
                columns={column.name: column.type for column in what.columns},
                rules={},
            )
            for table, what in release.tables.items()
        }
    try:
        found = lock.read(Path(name))
    except (OSError, ValueError) as error:
        raise ContractsUnknownError(f"{name}: not a lock file ({error})") from error
    if not found:
        raise ContractsUnknownError(f"{name}: no such file; give a contracts.lock, the number of a release, or `code`")
    return found


def _columns_only(entries: Lock) -> Lock:
    return {
        table: Entry(
            version=entry["version"],
            key="",
            columns={
                name: kind.removesuffix(" or null")
                for name, kind in sorted(entry["columns"].items())
                if name != "release"
            },
            rules={},
        )
        for table, entry in entries.items()
        if entry["columns"]
    }
