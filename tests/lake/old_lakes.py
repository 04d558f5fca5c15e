"""Small lakes as each version wrote them, kept for later versions to open; made of specimens.

python -m tests.lake.old_lakes    writes `lakes/<version>.tar.xz` of this version; one that is there is never made anew
"""

import tarfile
import tempfile
from pathlib import Path

from flows.direct import Order, run
from flows.settings import SEEDS, Settings
from flows.watch import Watch
from tasks.lake import open_lake
from tasks.lake.delta import LOG
from tasks.lake.maintain import rollback
from tasks.publish import code_version

LAKES = Path(__file__).with_name("lakes")
# of each kind one: page, foreign encoding, records with duplicates of fields, rejected, and one that came later
FIRST = ("notice_page.html", "law_gbk.txt", "luoping_open_feed.jsonl", "empty.txt")
LATER = ("bridge_big5.txt",)
# the truth; the rest is derived, and tells where this machine had the lake
KEPT = ("lake.json", "releases", "data", "state", "raw")


def write(target: Path) -> None:
    """Three releases: specimens, one more, and back to the first."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "lake"
        add(root, FIRST)
        add(root, LATER)
        rollback(open_lake(root), 1, note="the second is held")
        with tarfile.open(target, "w:xz") as archive:
            for name in KEPT:
                archive.add(root / name, name, filter=_plain)


def add(root: Path, names: tuple[str, ...]) -> None:
    run(Order(tuple(str(SEEDS / "scrapes" / name) for name in names), root, None, Settings(workers=1)), Watch())


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    if Path(entry.name).name == LOG:
        return None
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    write(LAKES / f"{code_version()}.tar.xz")
