"""Figures of one bench run: medians of the repeats, printed as one table."""

from collections.abc import Mapping, Sequence
from statistics import median

from tests.benchmarks.corpora import MEGABYTE, Corpus
from tests.benchmarks.measure import Measured

Runs = Mapping[str, Sequence[Measured]]
HEADINGS = ("corpus", "program", "wall s", "x wall", "CPU s", "x CPU", "MB/CPU s", "peak MB", "start s")
SHOWN = 14


def figures(corpus: Corpus, runs: Runs) -> dict[str, dict[str, float]]:
    """Medians per program; ratios are medians of the ratios within one round: a busy spell meets both sides."""
    yard = runs["yardstick"]
    return {
        program: {
            "wall": median(one.wall for one in found),
            "wall_ratio": median(one.wall / base.wall for one, base in zip(found, yard, strict=True)),
            "cpu": median(one.cpu for one in found),
            "cpu_ratio": median(one.cpu / base.cpu for one, base in zip(found, yard, strict=True)),
            "mb_per_cpu_second": corpus.n_bytes / MEGABYTE / median(one.cpu for one in found),
            "peak_mb": median(one.peak for one in found) / MEGABYTE,
            "start": median(one.whole - one.wall for one in found),
        }
        for program, found in runs.items()
    }


def shares(found: Sequence[Measured], *, cpu: bool) -> dict[str, float]:
    """The share of each stage, medians over the repeats, the largest first."""
    stages = [one.cpu_stages if cpu else one.stages for one in found]
    names = dict.fromkeys(name for one in stages for name in one)
    took = {name: median(one.get(name, 0.0) for one in stages) for name in names}
    total = sum(took.values()) or 1.0
    return dict(sorted(((name, one / total) for name, one in took.items()), key=lambda item: -item[1]))


def show(corpus: Corpus, told: Mapping[str, Mapping[str, float]]) -> None:
    """Print the rows of one corpus."""
    for program, f in told.items():
        cells = (
            f"{f['wall']:.2f}",
            f"{f['wall_ratio']:.2f}",
            f"{f['cpu']:.2f}",
            f"{f['cpu_ratio']:.2f}",
            f"{f['mb_per_cpu_second']:.1f}",
            f"{f['peak_mb']:.0f}",
            f"{f['start']:.2f}",
        )
        show_row((corpus.name, program, *cells))


def show_row(cells: Sequence[str] = HEADINGS) -> None:
    print(f"{cells[0]:<12} {cells[1]:<10} " + " ".join(f"{cell:>8}" for cell in cells[2:]), flush=True)


def show_shares(corpus: Corpus, runs: Runs) -> None:
    """Print where the pipeline's time went: by stage of wall time, by step of CPU-seconds."""
    for program, cpu, of in (("pipeline", False, "wall time"), ("steps", True, "CPU-seconds in one process")):
        if program in runs:
            parts = list(shares(runs[program], cpu=cpu).items())[: SHOWN if cpu else None]
            told = ", ".join(f"{name} {share:.0%}" for name, share in parts)
            print(f"{corpus.name}, shares of {of}: {told}")
