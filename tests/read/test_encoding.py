"""Encodings: what is decoded, repaired, tolerated and refused."""

import json
from pathlib import Path

import pytest

from tasks.cards import SourceCard
from tasks.read.encoding import decode
from tasks.read.errors import UnreadableError
from tests.read.given import only_document, read_bytes, shared

SIMPLIFIED = "云江市政府昨日召开常务会议，研究部署防汛救灾工作。会议指出，要坚持人民至上。"
TRADITIONAL = "雲江市政府昨日召開常務會議，研究部署防汛救災工作。會議指出，要堅持人民至上。"
SHORT = "防汛工作会议召开"
GLOSSED = "雲(yún)江(jiāng)市政(zhèng)府(fǔ)昨(zuó)日(rì)召(zhào)開(kāi)常(cháng)務(wù)會(huì)議(yì)，研(yán)究(jiū)。"
BOPOMOFO = "雲［ㄩㄣˊ］江［ㄐㄧㄤ］市政［ㄓㄥˋ］府［ㄈㄨˇ］昨［ㄗㄨㄛˊ］日召［ㄓㄠˋ］開［ㄎㄞ］會［ㄏㄨㄟˋ］議［ㄧˋ］。"

PLAIN = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
    (SIMPLIFIED, "gbk", "gb18030"),
    (SIMPLIFIED, "gb18030", "gb18030"),
    (TRADITIONAL, "big5", "big5hkscs"),
    (TRADITIONAL, "gbk", "gb18030"),
    (SIMPLIFIED, "utf-16", "utf-16"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    (SIMPLIFIED, "utf-32", "utf-32"),
    (SIMPLIFIED * 40, "utf-32-be", "utf-32-be"),
    (SIMPLIFIED, "hz", "hz"),
    (SHORT, "gb18030", "gb18030"),
    (GLOSSED * 4, "gb18030", "gb18030"),
    (GLOSSED * 4, "utf-16-le", "utf-16-le"),
    (BOPOMOFO * 4, "big5hkscs", "big5hkscs"),
    (BOPOMOFO * 4, "gb18030", "gb18030"),
    (BOPOMOFO * 4, "utf-16-be", "utf-16-be"),
    (SHORT, "utf-16-le", "utf-16-le"),
    ("plain ASCII, nothing else\n", "ascii", "utf-8"),
    ("a" * 100_000 + SIMPLIFIED, "gb18030", "gb18030"),
]


@pytest.mark.parametrize(("text", "codec", "expected"), PLAIN, ids=[f"{c}-{len(t)}" for t, c, _ in PLAIN])
def test_text_comes_back_whatever_codec_wrote_it(text: str, codec: str, expected: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, expected)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_cut_off_last_character_is_dropped_and_noted(codec: str) -> None:
    decoded = decode(SIMPLIFIED[:-1].encode(codec)[:-1])
    assert decoded.text == SIMPLIFIED[:-2]
    assert decoded.notes[0].startswith("truncated_tail")


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_utf8_read_as_western_text_is_repaired(codec: str) -> None:
    mojibake = "".join(
        bytes((byte,)).decode(codec, "replace") if codec == "latin-1" else _sloppy(byte) for byte in SIMPLIFIED.encode()
    )
    decoded = decode(mojibake.encode())
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, "utf-8-as-latin-1")


def _sloppy(byte: int) -> str:
    """As most software reads Windows-1252: the five undefined bytes are C1 controls."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_gbk_read_as_western_text_is_repaired() -> None:
    decoded = decode(SIMPLIFIED.encode("gbk").decode("latin-1").encode())
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, "gb18030-as-latin-1")


def test_mojibake_that_lost_bytes_is_not_repaired() -> None:
    damaged = SIMPLIFIED.encode().decode("latin-1").replace("\x91", "?")
    assert decode(damaged.encode()).text == damaged


def test_double_encoded_text_is_not_repaired() -> None:
    twice = SIMPLIFIED.encode().decode("gbk", "replace")
    assert decode(twice.encode()).text == twice


@pytest.mark.parametrize("text", ["Café à Yúnjiāng: ä¸ is two bytes", "Ångström, naïve, “quoted”", SIMPLIFIED + "café"])
def test_western_letters_are_no_mojibake(text: str) -> None:
    assert decode(text.encode()).text == text


def test_one_bad_byte_in_a_long_text_is_replaced_and_noted() -> None:
    data = (SIMPLIFIED * 40).encode()
    decoded = decode(data[:300] + b"\xff" + data[300:])
    assert decoded.text.count("\ufffd") == 1
    assert decoded.notes == ("undecodable_bytes: 1 characters",)


def test_codec_of_the_card_is_obeyed(tmp_path: Path) -> None:
    card = SourceCard(name="fixed", title="t", encoding="big5")
    document = only_document(read_bytes(tmp_path, "a.txt", TRADITIONAL.encode("big5"), card=card))
    assert (document["text"], document["encoding"]) == (TRADITIONAL, "big5")


def test_lying_meta_charset_is_not_believed(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="big5"></head><body><p>{SIMPLIFIED}</p></body></html>'
    document = only_document(read_bytes(tmp_path, "a.html", page.encode("gbk")))
    assert SIMPLIFIED in str(document["text"])


def test_shared_files_decode_as_labelled() -> None:
    folder = shared() / "data" / "encodings"
    twins = {"gb2312": "gb18030", "big5": "big5hkscs"}
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        data = (folder / entry["file"]).read_bytes()
        if not entry["decodes"]:
            with pytest.raises(UnreadableError) as caught:
                decode(data)
            assert caught.value.reason == "undecodable"
        else:
            assert decode(data).text == data.decode(twins.get(entry["label"], entry["label"])), entry["file"]
