"""`make bench-contracts`: a million sentences with faults of twelve kinds, judged by the engine and by what else could.

Each program is measured in a fresh process, rounds interleaved; one that finds another set of faulty rows than was
planted fails. PEERS=1 adds dataframely and pointblank, in a venv of their own; ROWS, REPEATS.
"""

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median

import polars as pl

from contracts import checks
from contracts.sentences import Sentences
from contracts.vocabulary import MONTH
from tasks.segment.sentences import split_sentences
from tests.benchmarks.articles import read_articles
from tests.benchmarks.clock import told
from tests.benchmarks.measure import Measured, measure
from tests.benchmarks.planted import planted

HERE = Path(__file__).parent
PEERS = ("dataframely==3.1.2", "pointblank==1.1.1", "polars>=1,<3", "pyarrow")
Split = tuple[pl.DataFrame, pl.DataFrame]


def main() -> int:
    ask = os.environ.get
    n, repeats = int(ask("ROWS", "1_000_000")), int(ask("REPEATS", "3"))
    with tempfile.TemporaryDirectory(prefix="qingliu-contracts-") as name:
        folder = Path(name)
        said = split_sentences(
            pl.DataFrame(
                {"text": [text for one in read_articles().values() for text in one.paragraphs]}
            ).with_row_index("row")
        )
        for kind, frame in planted(said["text"], n):
            frame.write_parquet(folder / f"{kind}.parquet")
        programs = {f"{name} {kind}": _ours(name, kind, folder) for kind in ("faulty", "clean") for name in PROGRAMS}
        if ask("PEERS"):
            python = _peers(Path(ask("PEERS_VENV", "build/peers")))
            programs |= {f"{name} faulty": _theirs(python, name, folder) for name in ("dataframely", "pointblank")}
        runs: dict[str, list[Measured]] = {program: [] for program in programs}
        for _ in range(repeats):
            for program, run in programs.items():
                runs[program].append(run())
    print(f"{n} rows, median of {repeats} rounds, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'program':<22} {'wall s':>8} {'CPU s':>8} {'x wall':>8} {'x CPU':>8} {'peak MB':>8}")
    for program, found in runs.items():
        yard = runs[f"polars {program.rpartition(' ')[2]}"]
        walls, cpus = ([one / base for one, base in zip(*pair, strict=True)] for pair in _pairs(found, yard))
        print(
            f"{program:<22} {median(one.wall for one in found):8.2f} {median(one.cpu for one in found):8.2f} "
            f"{median(walls):8.2f} {median(cpus):8.2f} {median(one.peak for one in found) / 1e6:8.0f}"
        )
    return 0


def _pairs(found: list[Measured], yard: list[Measured]) -> list[tuple[list[float], list[float]]]:
    return [
        ([one.wall for one in found], [one.wall for one in yard]),
        ([one.cpu for one in found], [one.cpu for one in yard]),
    ]


def _ours(program: str, kind: str, folder: Path) -> Callable[[], Measured]:
    return lambda: measure(["-m", "tests.benchmarks.contracts", program, str(folder / f"{kind}.parquet")])


def _theirs(python: Path, program: str, folder: Path) -> Callable[[], Measured]:
    script = [str(HERE / "contract_peers.py"), program, str(folder / "faulty.parquet")]
    return lambda: measure(script, python=python)


def _peers(folder: Path) -> Path:
    """The interpreter of the peers' venv, which is made when it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def by_engine(frame: pl.DataFrame) -> Split:
    """The project's own."""
    from contracts import engine

    split = engine.split(Sentences, frame)
    return split.valid, split.rejected


def by_hand(frame: pl.DataFrame) -> Split:
    """What one would write in polars for this table alone: the yardstick."""
    text, ident = pl.col("text"), pl.col("sentence_id")
    rules = [
        *(pl.col(name).is_not_null() for name in frame.columns),
        ident == pl.format("{}-s{}", "paragraph_id", pl.col("ordinal").cast(pl.String).str.zfill(4)),
        pl.col("paragraph_id").str.starts_with(pl.col("article_id")),
        pl.col("article_id").str.starts_with(pl.col("document_id").str.head(20)),
        pl.col("ordinal") >= 1,
        text.str.strip_chars() != "",
        ~text.str.contains(checks.CONTROL),
        ~text.str.contains("[\ufdd0-\ufdef]"),
        (pl.col("start") >= 0) & (pl.col("end") - pl.col("start") == text.str.len_chars()),
        (pl.col("source_start") >= 0) & (pl.col("source_start") <= pl.col("source_end")),
        pl.col("publish_month").str.contains(f"^(?:{MONTH})$"),
        ~ident.is_duplicated(),
    ]
    told = frame.select(pl.all_horizontal(rule.fill_null(value=False) for rule in rules)).to_series()
    return frame.filter(told), frame.filter(~told)


def by_pandera(frame: pl.DataFrame) -> Split:
    """The same model, asked by plain Pandera."""
    from pandera.errors import SchemaErrors

    try:
        Sentences.validate(frame, lazy=True)
    except SchemaErrors as error:
        rows = error.failure_cases["index"].drop_nulls().unique()
        bad = pl.int_range(frame.height, eager=True).is_in(rows.cast(pl.Int64).implode())
        return frame.filter(~bad), frame.filter(bad)
    return frame, frame.clear()


PROGRAMS: dict[str, Callable[[pl.DataFrame], Split]] = {"polars": by_hand, "engine": by_engine, "pandera": by_pandera}


def judge(program: str, path: Path) -> None:
    """Let one program judge a frame, measured; whatever it finds must be what was planted."""
    rows = pl.read_parquet(path)
    bad, frame = rows["planted"].is_not_null(), rows.drop("planted")
    with told():
        valid, rejected = PROGRAMS[program](frame)
    if not (valid.equals(frame.filter(~bad)) and rejected.equals(frame.filter(bad))):
        sys.exit(f"{program} rejects {rejected.height} rows, planted were {bad.sum()}")


if __name__ == "__main__":
    sys.exit(main() if len(sys.argv) == 1 else judge(sys.argv[1], Path(sys.argv[2])))
