import os
from pathlib import Path

import pytest

from tasks.inputs import find_inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    scrapes = tmp_path / "scrapes"
    (scrapes / "2020").mkdir(parents=True)
    (scrapes / "b.txt").write_text("乙")
    (scrapes / "2020" / "a.txt").write_text("甲")
    (scrapes / ".hidden.txt").write_text("藏")
    return scrapes


def uris(*inputs: str) -> list[str]:
    return [one.uri for files in find_inputs(inputs).values() for one in files]


def test_folder_is_walked_in_path_order_without_hidden_files(folder: Path) -> None:
    assert uris("scrapes") == ["2020/a.txt", "b.txt"]


def test_file_is_addressed_by_its_name(folder: Path) -> None:
    assert uris("scrapes/2020/a.txt") == ["a.txt"]


def test_glob_is_addressed_below_its_fixed_part(folder: Path) -> None:
    assert uris("scrapes/**/*.txt") == [".hidden.txt", "2020/a.txt", "b.txt"]


def test_glob_that_matches_a_folder_walks_it(folder: Path) -> None:
    assert uris("scra*") == ["scrapes/2020/a.txt", "scrapes/b.txt"]


def test_input_that_matches_nothing_is_empty(folder: Path) -> None:
    assert find_inputs(["nothing", "scrapes/*.pdf"]) == {"nothing": [], "scrapes/*.pdf": []}


def test_name_with_brackets_is_a_file_before_it_is_a_glob(folder: Path) -> None:
    (folder / "[1].txt").write_text("一")
    assert uris("scrapes/[1].txt") == ["[1].txt"]


def test_folder_named_like_a_file_is_handed_on_for_rejection(folder: Path) -> None:
    (folder / "x.txt").mkdir()
    found = {one.uri: one for one in find_inputs(["scrapes"])["scrapes"]}
    assert found["x.txt"].n_bytes is None


def test_pipe_is_found_but_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    found = {one.uri: one for one in find_inputs(["scrapes"])["scrapes"]}
    assert found["pipe.txt"].n_bytes is None


def test_loops_of_links_end(folder: Path) -> None:
    (folder / "self").symlink_to("self")
    (folder / "round").symlink_to(folder)
    assert uris("scrapes") == ["2020/a.txt", "b.txt", "round", "self"]
    assert uris("scrapes/**/b.txt") == ["b.txt"]


def test_name_that_is_no_utf8_becomes_text(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/\xce\xde.txt", "wb") as file:  # noqa: PTH123 - a Path cannot be made of bytes
        file.write(b"1")
    assert "\\xce\\xde.txt" in uris("scrapes")
