"""`make quality`: measures every set, prints one table, and leaves with 1 when a figure is below its floor.

`--pin` raises the floors to what was measured. Without the shared folder only the specimens are measured.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.quality.floors import COUNTS, breaches, pin, read_floors, worse
from tests.quality.sets import QUICK, SLOW, Figures, Rows, specimens

ROOT = Path(__file__).parents[2]
WIDTH = 36


def main() -> int:
    """Measure, print, judge; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("sets", nargs="*", help=f"only these of: specimens {' '.join(QUICK | SLOW)}")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    chosen = parser.parse_args()
    floors = read_floors()
    measured: dict[str, Figures] = {}
    header: list[str] = []
    for name, measure in (("specimens", specimens), *(QUICK | SLOW).items()):
        if chosen.sets and name not in chosen.sets:
            continue
        shared = Path(os.environ.get("QINGLIU_SHARED", ROOT.parent / "shared"))
        if name != "specimens" and not shared.is_dir():
            print(f"{name:<{WIDTH}} not measured: needs the shared material (QINGLIU_SHARED)")
            continue
        rows = measure(shared)
        header = show(rows, floors, header)
        measured.update(rows)
    if chosen.pin:
        pin(measured)
        return 0
    fallen = breaches(measured, floors)
    print(
        "\n".join(["", *(f"BELOW ITS FLOOR  {line}" for line in fallen)]) if fallen else "\nNothing is below its floor."
    )
    return 1 if fallen else 0


def show(rows: Rows, floors: Rows, header: list[str]) -> list[str]:
    """Print rows, under a new header where the one in force does not fit; returns the header now in force."""
    for name, figures in rows.items():
        if not set(figures) <= set(header):
            header = list(figures)
            print(f"\n{'set':<{WIDTH}}" + "".join(f"{measure:>{_width(measure)}} " for measure in header))
        cells = (_cell(measure, figures.get(measure), floors.get(name, {}).get(measure)) for measure in header)
        print(f"{name:<{WIDTH}}" + "".join(cells), flush=True)
    return header


def _cell(measure: str, figure: float | None, floor: float | None) -> str:
    told = "-" if figure is None else f"{figure:.0f}" if measure in COUNTS else f"{figure:.4f}"
    low = figure is not None and floor is not None and worse(measure, figure, floor)
    return f"{told:>{_width(measure)}}" + ("!" if low else " ")


def _width(measure: str) -> int:
    return max(7, len(measure) + 1)


if __name__ == "__main__":
    sys.exit(main())
