"""A folder of scrapes to run, and the command line as a function."""

import gzip
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main

ARTICLE = """清河县召开春季植树工作会议

本报讯（记者 林小满）3月5日，清河县召开春季植树工作会议。会议指出，要把植树任务落实到每个乡镇，确保苗木成活。

会议要求，各单位要加强协作，按时完成任务。县林业局要做好技术指导。
"""

AT_MOST = 120  # seconds until what should come by itself is given up


def comes(ask: Callable[[], Any]) -> Any:
    """Ask until there is an answer, and return it."""
    deadline = time.monotonic() + AT_MOST
    while not (found := ask()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)
    return found


@dataclass(frozen=True)
class Said:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def qingliu(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run the command line in this process, in a folder of its own, on a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def command(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["qingliu", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return command


@pytest.fixture
def scrapes(tmp_path: Path) -> Path:
    return write_three(tmp_path / "scrapes")


def write_three(folder: Path) -> Path:
    """Three readable files of two contents."""
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "b.txt.gz").write_bytes(gzip.compress(ARTICLE.replace("清河", "云山").encode("gb18030"), mtime=0))
    (folder / "twin.txt").write_text(ARTICLE, encoding="utf-8")
    return folder
