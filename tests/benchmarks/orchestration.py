"""What Prefect costs over --direct: one batch against many, both ways, each run in a fresh process.

python -m tests.benchmarks.orchestration [--batches 100] [--kilobytes 4000]
"""

import random
from dataclasses import dataclass
from pathlib import Path

# Its own seconds, told when everything else is over: what orchestrates is this process; the batches are in others.
CODE = """
import atexit, os, resource, sys
def told():
    used = resource.getrusage(resource.RUSAGE_SELF)
    os.write(int(sys.argv.pop()), b"%f" % (used.ru_utime + used.ru_stime))
atexit.register(told)
out = sys.argv.pop()
from flows.cli import main
sys.argv.append(out); told_to = sys.argv.pop(); sys.argv, rest = [*sys.argv], told_to
main()
"""


@dataclass(frozen=True)
class Cost:
    """Seconds of one run: processor time of its own process and of the batches' processes, wall, the server's CPU."""

    own: float
    batches: float
    wall: float
    server: float

    @property
    def cpu(self) -> float:
        """Of everything but the server."""
        return self.own + self.batches


def write_corpus(folder: Path, files: int, kilobytes: int) -> None:
    """Files of news-like paragraphs drawn by lot, no two alike."""
    chance = random.Random(1)
    for number in range(files):
        words = (chance.choices([chr(0x4E00 + one) for one in range(3000)], k=75) for _ in range(kilobytes * 4))
        text = "\n\n".join(f"本报讯 3月5日，{''.join(one)}。" for one in words)
        (folder / f"{number:04d}.txt").write_text(f"清河县第{number}次工作会议\n\n{text}\n", encoding="utf-8")
