"""The commands about what was checked: rejections, bounds."""

import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from flows.terminal import plain
from tasks.baseline import read_baseline, suggest
from tasks.lake.lake import open_lake
from tasks.rejections import by_reason, files_of, read_rejections


def rejections(lake: Path, release: int | None, rule: str | None, samples: int, *, as_json: bool) -> None:
    """Print what was rejected, by reason, with the first rows of each."""
    opened = open_lake(lake)
    rows = read_rejections(opened, release, rule)
    found = by_reason(rows, samples)
    again = files_of(opened, rows)
    if as_json:
        told = {"reasons": [asdict(one) for one in found], "files": len(again.files), "without_raw": again.without_raw}
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201
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
