"""Runs that are killed, seen from outside: their processes, the batches they had finished, the files they publish."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from tasks.lake.lake import open_lake

CONTENT = ("documents", "sightings", "articles", "paragraphs", "sentences", "spans", "anomalies", "duplicates")


def write_scrapes(folder: Path, number: int) -> Path:
    """Files of one short article each, no two alike."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in range(number):
        title = f"清河县第{one + 1}次召开春季植树工作会议"
        text = f"{title}\n\n本报讯 3月5日，{title}。会议要求，各单位要加强协作，按时完成第{one + 1}项任务。\n"
        (folder / f"{one:03d}.txt").write_text(text, encoding="utf-8")
    return folder


def finished(lake: Path) -> dict[str, int]:
    """The batches of the staged run that are finished, each with the moment it was."""
    # What is looked through is being made and taken away meanwhile.
    with suppress(FileNotFoundError):
        return {path.parent.name: path.stat().st_mtime_ns for path in lake.glob(".staging/*/batch-*/batch.json")}
    return {}


def published(lake: Path) -> dict[str, list[str]]:
    """The data files of the current release; each is named by the hash of its content."""
    return {name: sorted(path.name for path in open_lake(lake).files(name)) for name in CONTENT}


def parents() -> dict[int, int]:
    """Every process that runs now, and which one started it."""
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True, env={**os.environ}
    ).stdout
    return {int(one): int(of) for one, of, state in map(str.split, told.splitlines()) if not state.startswith("Z")}


def started_by(pid: int) -> set[int]:
    """The processes that a process has started, and what those have, as far as they run."""
    of = parents()
    found: set[int] = set()
    wanted = {pid}
    while wanted:
        wanted = {one for one in of if of[one] in wanted} - found
        found |= wanted
    return found


def running(pids: set[int]) -> set[int]:
    """Those that still run."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    alive = {int(pid) for pid, state in map(str.split, told.splitlines()) if not state.startswith("Z")}
    return pids & alive
