"""`make bench`: the yardstick and the pipeline in one run, each measurement in a fresh process, rounds interleaved.

Told by the environment (`make bench SIZE=50 CHECK=1`): CORPORA, PROGRAMS, PEERS, SIZE, REPEATS, OUT, CHECK (README.md).
"""

import json
import os
import platform
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import peers, table
from tests.benchmarks.corpora import MEGABYTE, Corpus, prepare
from tests.benchmarks.measure import Measured, measure

FLOORS = Path(__file__).with_name("floors.toml")
MODULE = "tests.benchmarks"


def main() -> int:
    ask = os.environ.get
    names, repeats = ask("CORPORA", "noisy,dev_10mb").split(","), int(ask("REPEATS", "3"))
    surroundings = {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }
    print(", ".join(f"{name} {value}" for name, value in surroundings.items()))
    print(
        f"median of {repeats} rounds; yardstick: 1 thread; the others: all cores; start: imports, not in wall and CPU\n"
    )
    kept: dict[str, object] = {"surroundings": surroundings, "repeats": repeats}
    told: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="qingliu-bench-") as name:
        folder = Path(name)
        corpora = list(prepare(names, int(ask("SIZE", "10")), folder))
        table.show_row()
        runs = {}
        for corpus in corpora:
            runs[corpus.name] = rounds(corpus, folder, repeats, ask("PROGRAMS", "pipeline,steps,direct").split(","))
            told[corpus.name] = table.figures(corpus, runs[corpus.name])
            table.show(corpus, told[corpus.name])
            kept[corpus.name] = {
                "bytes": corpus.n_bytes,
                "files": corpus.n_files,
                "figures": told[corpus.name],
                "runs": {program: [asdict(one) for one in found] for program, found in runs[corpus.name].items()},
            }
        print()
        for corpus in corpora:
            print(f"{corpus.name}: {corpus.n_bytes / MEGABYTE:.1f} MB in {corpus.n_files} files")
            table.show_shares(corpus, runs[corpus.name])
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    out = Path(ask("OUT", "build/bench.json"))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    print(f"all figures: {out}")
    return check(told) if ask("CHECK") else 0


def rounds(corpus: Corpus, folder: Path, repeats: int, wanted: list[str]) -> dict[str, list[Measured]]:
    """The yardstick and every wanted program once a round, so that a busy spell of the machine meets all of them."""
    known: dict[str, Callable[[Path], Measured]] = {
        "yardstick": lambda out: measure(["-m", f"{MODULE}.yardstick", str(corpus.path), f"{out}.parquet"]),
        "pipeline": lambda out: measure(["-m", f"{MODULE}.pipeline", str(corpus.path), str(out)]),
        "steps": lambda out: measure(["-m", f"{MODULE}.pipeline", str(corpus.path), str(out), "steps"]),
        "direct": lambda out: measure(
            ["-m", f"{MODULE}.direct", "run", str(corpus.path), "--lake", str(out), "--direct", "--json"]
        ),
    }
    beside = peers.programs(peers.asked_for(os.environ.get("PEERS")), corpus, folder)
    programs = {name: known[name] for name in ("yardstick", *wanted)} | beside
    found: dict[str, list[Measured]] = {program: [] for program in programs}
    for number in range(repeats):
        for program, run in programs.items():
            found[program].append(run(folder / f"{corpus.name}-{program}-{number}"))
    return found


def check(told: dict[str, dict[str, dict[str, float]]]) -> int:
    """Hold the pipeline against its floors; say what is beyond them."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    beyond = [
        f"{corpus}: {name} is {told[corpus]['pipeline'][name]:.2f}, the floor is {floor}"
        for corpus, limits in floors.items()
        if corpus in told
        for name, floor in limits.items()
        if told[corpus]["pipeline"][name] > floor
    ]
    print("\n".join(beyond) if beyond else "within its floors")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
