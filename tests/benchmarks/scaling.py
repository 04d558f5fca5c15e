"""What the pipeline costs at 10, 30 and 100 MB (1 GB when asked): CPU and wall seconds a megabyte, memory; a picture.

python -m tests.benchmarks.scaling    (SIZES=10,30,100,1000; REPEATS=3; PICTURE=file.svg draws what was measured)
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks import table
from tests.benchmarks.__main__ import rounds
from tests.benchmarks.corpora import MADE, MEGABYTE

CORPUS = "clean"
MOST_GROWTH = 1.1  # of CPU seconds a megabyte, from the smallest size to the largest
COLOURS = {"pipeline": "#0b6e75", "yardstick": "#8b949e"}
PANELS = {
    "cpu": "CPU seconds per megabyte",
    "wall": "wall seconds per megabyte",
    "peak_mb": "peak memory, megabytes",
}


def main() -> int:
    sizes = sorted(int(size) for size in os.environ.get("SIZES", "10,30,100").split(","))
    repeats = int(os.environ.get("REPEATS", "3"))
    print(f"median of {repeats} rounds, cores {len(os.sched_getaffinity(0))}, load {os.getloadavg()[0]:.1f}\n")
    table.show_row()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="qingliu-scaling-") as name:
        for size in sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            corpus = MADE[CORPUS](folder / CORPUS, size * MEGABYTE)
            told = table.figures(corpus, rounds(corpus, folder, repeats, ["pipeline"]))
            table.show(corpus, told)
            rows += [row(program, corpus.n_bytes / MEGABYTE, figures) for program, figures in told.items()]
            shutil.rmtree(folder)
    costs = [one["cpu"] for one in rows if one["program"] == "pipeline"]
    growth = costs[-1] / costs[0]
    print(f"\nCPU seconds a megabyte, {sizes[-1]} MB over {sizes[0]} MB: {growth:.2f}; load {os.getloadavg()[0]:.1f}")
    if picture := os.environ.get("PICTURE"):
        Path(picture).write_text(drawn(rows), encoding="utf-8")
    return 1 if growth > MOST_GROWTH else 0


def row(program: str, megabytes: float, figures: Mapping[str, float]) -> dict[str, Any]:
    """One point of each panel."""
    return {
        "program": program,
        "size": round(megabytes),
        "cpu": figures["cpu"] / megabytes,
        "wall": figures["wall"] / megabytes,
        "peak_mb": figures["peak_mb"],
    }


def drawn(rows: list[dict[str, Any]]) -> str:
    """The panels side by side, as SVG."""
    from tasks.report.charts import svg

    sizes = sorted({one["size"] for one in rows})
    return svg({"data": {"values": rows}, "hconcat": [panel(name, title, sizes) for name, title in PANELS.items()]})


def panel(name: str, title: str, sizes: list[int]) -> dict[str, Any]:
    """One figure over the size of the corpus, from nothing: what grows with the size rises."""
    scale = {"domain": list(COLOURS), "range": list(COLOURS.values())}
    size = {"field": "size", "type": "quantitative", "scale": {"type": "log"}, "title": "megabytes of input"}
    return {
        "title": title,
        "width": 200,
        "height": 150,
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": size | {"axis": {"values": sizes, "grid": False}},
            "y": {"field": name, "type": "quantitative", "title": None, "scale": {"zero": True}},
            "color": {"field": "program", "type": "nominal", "scale": scale},
        },
    }


if __name__ == "__main__":
    sys.exit(main())
