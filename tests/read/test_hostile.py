"""Bad input: every kind becomes one rejection with its reason; nothing hangs, crashes or stops the file after it."""

import gzip
import os
import random
import signal
import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.read import DOCS, FILE_REJECTIONS, ReadLimits, read_files
from tasks.read.encoding import decode
from tasks.read.errors import UnreadableError
from tasks.records import PlannedFile
from tests.read.given import column, only_document, only_reason, read_bytes, read_paths

GOOD = "云江市今日举行防汛演练，三百名队员参加。\n".encode()


@pytest.fixture(autouse=True)
def _no_hanging() -> Iterator[None]:
    """A read that waits for ever (a FIFO without a writer) fails the test instead of stopping the suite."""

    def give_up(*_: object) -> None:
        raise TimeoutError("reading hangs")

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)


NOISE = random.Random(1).randbytes(5000)  # noqa: S311 - noise, not a secret

CASES = [
    ("empty file", "a.txt", b"", "empty"),
    ("white space only", "a.txt", " \r\n\u3000\n".encode(), "empty"),
    ("random bytes named txt", "a.txt", NOISE, "binary"),
    ("NUL bytes", "a.txt", b"\0" * 900, "binary"),
    ("picture named txt", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "unsupported_format"),
    ("PDF named txt", "a.txt", b"%PDF-1.4\n1 0 obj", "unsupported_format"),
    ("cut gzip", "a.txt.gz", gzip.compress(GOOD * 50)[:-20], "truncated_gzip"),
    ("damaged gzip", "a.txt.gz", b"\x1f\x8b\x08" + NOISE[:400], "malformed"),
    ("gzip of nothing", "a.txt.gz", gzip.compress(b""), "empty"),
    ("page without text", "a.html", b"<html><script>location.href='/'</script></html>", "empty"),
    ("JSON lines without text", "a.jsonl", b'{"id": 1}', "no_text"),
    ("JSON line that is a list", "a.jsonl", b"[1, 2]", "malformed"),
    ("JSON line cut off", "a.jsonl", '{"text": "云江'.encode(), "malformed"),
    ("JSON line nested too deep", "a.jsonl", b'{"text":' + b"[" * 100_000, "depth_limit"),
    ("page nested too deep", "a.html", b"<div>x" * 200_000, "depth_limit"),
    ("page of multiplying formats", "a.html", b"".join(b"<font id=%d>x" % i for i in range(9000)), "depth_limit"),
    ("page of nested templates", "a.html", b"<template>x" * 100_000, "depth_limit"),
    ("page of ends that fit nothing", "a.html", b"<html>" + b"<div></center>" * 60_000, "depth_limit"),
    (
        "page of a tag of attributes",
        "a.html",
        b"<p" + b"".join(b" a%d=b" % i for i in range(6000)) + b">x",
        "depth_limit",
    ),
    ("foreign charset", "a.txt", "Съешь ещё этих мягких французских булок".encode("koi8-r") * 9, "undecodable"),
]


@pytest.mark.parametrize(("name", "data", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_bad_file_becomes_one_rejection(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    result = read_bytes(tmp_path, name, data)
    assert only_reason(result) == reason
    assert name in str(result.rejections["message"][0])


def test_directory_named_like_a_text_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    assert only_reason(read_paths(tmp_path / "x.txt")) == "not_a_file"


def test_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.txt")
    assert only_reason(read_paths(tmp_path / "x.txt")) == "not_a_file"


def test_device_is_not_read() -> None:
    assert only_reason(read_paths(Path("/dev/zero"))) == "not_a_file"


def test_symbolic_link_loop_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert only_reason(read_paths(tmp_path / "a.txt")) == "unreadable"


def test_missing_file_has_vanished(tmp_path: Path) -> None:
    assert only_reason(read_paths(tmp_path / "gone.txt")) == "vanished"


def test_name_with_a_nul_is_unreadable() -> None:
    assert only_reason(read_paths(Path("a\0b.txt"))) == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    (tmp_path / "a.txt").chmod(0)
    assert only_reason(read_paths(tmp_path / "a.txt")) == "unreadable"


def test_file_over_the_limit_is_too_large(tmp_path: Path) -> None:
    assert only_reason(read_bytes(tmp_path, "a.txt", GOOD, limits=ReadLimits(file_bytes=len(GOOD) - 1))) == "too_large"
    only_document(read_bytes(tmp_path, "a.txt", GOOD, limits=ReadLimits(file_bytes=len(GOOD))))


def test_gzip_bomb_stops_at_the_ratio(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert only_reason(read_bytes(tmp_path, "a.gz", bomb)) == "ratio_limit"


def test_gzip_over_the_size_limit_is_too_large(tmp_path: Path) -> None:
    limits = ReadLimits(unpacked_bytes=1000)
    assert only_reason(read_bytes(tmp_path, "a.gz", gzip.compress(GOOD * 100), limits=limits)) == "too_large"


def test_gzip_in_gzip_without_end_is_refused(tmp_path: Path) -> None:
    data = GOOD
    for _ in range(6):
        data = gzip.compress(data)
    assert only_reason(read_bytes(tmp_path, "a.txt.gz", data)) == "nesting_limit"


def test_gzip_of_several_members_is_read_whole(tmp_path: Path) -> None:
    document = only_document(read_bytes(tmp_path, "a.txt.gz", gzip.compress(GOOD) + gzip.compress(GOOD)))
    assert document["text"] == (GOOD + GOOD).decode()


def test_plain_zlib_stream_is_no_text(tmp_path: Path) -> None:
    data = zlib.compress(NOISE)
    assert only_reason(read_bytes(tmp_path, "a.txt", data)) in {"binary", "undecodable"}


def test_bad_files_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_bytes(GOOD)
    (tmp_path / "other.txt").write_bytes(GOOD + GOOD)
    result = read_paths(tmp_path / "empty.txt", tmp_path / "good.txt", tmp_path / "gone.txt", tmp_path / "other.txt")
    assert column(result.documents, "file_name") == ["good.txt", "other.txt"]
    assert column(result.rejections, "reason") == ["empty", "vanished"]


def test_no_files_give_empty_frames_with_all_columns() -> None:
    result = read_files([], {})
    assert result.documents.schema == pl.Schema(DOCS)
    assert result.rejections.schema == pl.Schema(FILE_REJECTIONS)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused_with_a_reason(data: bytes) -> None:
    try:
        outcome: object = decode(data).text
    except UnreadableError as error:
        outcome = error.reason
    assert isinstance(outcome, str)


# fmt: off
PARTS = [
    "<p>", "</p>", "<table><tr><td>", "</td>", "</tr>", "<ruby>", "<rt>", "</rt>", "云江市。", "<b", ">", "<!--", "-->",
    "<br>", "<a href=x>", "</a>", "\ufdd0", "&#xFDD1;", "&#xD800;", "\n",
    "<style>.h{display:none}</style>", "&amp;nbsp;", "<i class=h>", "</i>",
    "<title>", "</title>", "<h1>", "<pre>", "</pre>",
]
# fmt: on


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_page_has_marks_that_close_on_their_line(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("page")
    result = read_bytes(folder, "a.html", ("<html>" + "".join(parts)).encode())
    assert result.documents.height + result.rejections.height == 1
    for text in result.documents["text"]:
        for line in text.split("\n"):
            depth = 0
            for char in line:
                depth += 1 if "\ufdd0" <= char <= "\ufdee" else -1 if char == "\ufdef" else 0
                assert depth in (0, 1)
            assert depth == 0


def test_order_of_files_does_not_change_their_rows(tmp_path: Path) -> None:
    paths = []
    for number in range(4):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(GOOD * (number + 1))
        paths.append(PlannedFile(path, "any", path.name, 0))
    forward = read_files(paths, {}).documents
    backward = read_files(paths[::-1], {}).documents
    assert forward.rows() == backward.rows()[::-1]


def test_fault_of_our_own_rejects_the_file_and_not_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("bug")

    monkeypatch.setattr("tasks.read.files.decode", fail)
    result = read_bytes(tmp_path, "a.txt", GOOD)
    assert only_reason(result) == "reader_failed"
    assert "ZeroDivisionError: bug" in str(result.rejections["message"][0])
