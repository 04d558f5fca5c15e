"""Archives and web archives: members are documents of their own, and every limit has its reason."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
import zstandard

from tasks.read import ReadLimits
from tests.read.given import column, only_document, only_reason, read_bytes

TEXT = "云江市昨日召开防汛工作会议，部署下一阶段工作。\n"
GOOD = TEXT.encode()


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _tar(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


def _warc(*pages: tuple[str, str, bytes]) -> bytes:
    records = []
    for number, (uri, media, body) in enumerate(pages):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: " + media.encode() + b"\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-03-04T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        records.append(head.encode() + block + b"\r\n\r\n")
    return b"".join(records)


def test_zstandard_is_unpacked_frame_by_frame(tmp_path: Path) -> None:
    packed = zstandard.compress(GOOD * 3000) + zstandard.compress(GOOD)
    assert only_document(read_bytes(tmp_path, "a.txt.zst", packed))["text"] == TEXT * 3001


def test_packed_and_plain_copy_are_the_same_document(tmp_path: Path) -> None:
    plain = only_document(read_bytes(tmp_path, "a.txt", GOOD))
    for packed in (gzip.compress(GOOD), zstandard.compress(GOOD)):
        document = only_document(read_bytes(tmp_path, "a.bin", packed))
        assert document["document_id"] == plain["document_id"]
        assert document["file_id"] != plain["file_id"]


@pytest.mark.parametrize(
    "pack", [_zip, _tar, lambda m: gzip.compress(_tar(m)), lambda m: _zip({"in.tar.gz": gzip.compress(_tar(m))})]
)
def test_members_of_an_archive_are_read_by_their_own_format(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    members = {
        "一/甲.txt": TEXT.encode("gb18030"),
        "b.jsonl": b'{"text": "\xe4\xb9\x99"}',
        "c.html": b"<html><p>%s</p></html>" % (GOOD * 2),
        "d.txt": b"",
    }
    result = read_bytes(tmp_path, "a.bin", pack(members))
    assert column(result.documents, "media_type") == ["text/plain", "application/jsonl", "text/html"]
    assert str(result.documents["source_uri"][0]).endswith("!/一/甲.txt")
    assert column(result.documents, "file_name")[0] == "甲.txt"
    assert column(result.rejections, "reason") == ["empty"]


def test_member_name_in_gbk_is_read(tmp_path: Path) -> None:
    data = _zip({"xx.txt": GOOD}).replace(b"xx.txt", "甲".encode("gbk") + b".txt")
    assert only_document(read_bytes(tmp_path, "a.zip", data))["file_name"] == "甲.txt"


def test_pages_of_a_web_archive_keep_their_address(tmp_path: Path) -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>".encode()
    data = _warc(("http://a.example/1", "text/html", page), ("http://a.example/i", "image/png", b"\x89PNG"))
    result = read_bytes(tmp_path, "a.warc.gz", gzip.compress(data[:100]) and gzip.compress(data))
    assert column(result.documents, "meta_uri") == ["http://a.example/1"]
    assert column(result.rejections, "reason") == ["unsupported_format"]


LIMITS = [
    ("members", _zip({f"{n}.txt": GOOD for n in range(9)}), ReadLimits(members=3), "member_limit"),
    ("size over all members", _zip({f"{n}.txt": GOOD for n in range(9)}), ReadLimits(unpacked_bytes=300), "too_large"),
    ("ratio of a ZIP", _zip({"a.txt": b" " * 9_000_000}), ReadLimits(), "ratio_limit"),
    ("ratio of zstandard", zstandard.compress(b" " * 9_000_000), ReadLimits(), "ratio_limit"),
    ("ZIP in ZIP in ZIP", _zip({"b.zip": _zip({"c.zip": _zip({})})}), ReadLimits(nesting=2), "nesting_limit"),
]


@pytest.mark.parametrize(("data", "limits", "reason"), [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_breach_of_a_limit_has_its_reason(tmp_path: Path, data: bytes, limits: ReadLimits, reason: str) -> None:
    assert column(read_bytes(tmp_path, "a.bin", data, limits=limits).rejections, "reason") == [reason]


DAMAGED = [
    ("cut ZIP", _zip({"a.txt": GOOD})[:-30], "truncated_archive"),
    ("cut zstandard", zstandard.compress(GOOD)[:-5], "truncated_zstd"),
    ("cut web archive", _warc(("http://a.example/1", "text/html", GOOD * 9))[:-400], "truncated_archive"),
    ("Office file", _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "unsupported_format"),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_damaged_container_is_rejected(tmp_path: Path, data: bytes, reason: str) -> None:
    assert only_reason(read_bytes(tmp_path, "a.bin", data)) == reason


def test_damaged_member_does_not_stop_its_neighbours(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.txt": GOOD * 50, "b.txt": GOOD}))
    data[45:50] = b"\xff" * 5
    result = read_bytes(tmp_path, "a.zip", bytes(data))
    assert column(result.documents, "text") == [TEXT]
    assert column(result.rejections, "reason") == ["truncated_archive"]


def test_link_in_a_tar_leads_nowhere(tmp_path: Path) -> None:
    assert only_document(read_bytes(tmp_path, "a.tar", _tar({"a.txt": GOOD})))["text"] == TEXT
