"""Builds the derived lexicons of this folder; run it by hand when a source moves, then read the diff.

python seeds/lexicons/build.py --radicals EquivalentUnifiedIdeograph.txt   (needs pypinyin and opencc)
"""

import argparse
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
SIMPLIFIED_RADICALS = {
    "\u2f3e": "户",
    "\u2fad": "青",
}  # fonts of Simplified print reach these radicals for 户 and 青, Unicode says 戶 and 靑
SMALL_AND_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫",
        "，、。：；！？〖〗…‥—–（）｛｝〔〕【】《》〈〉「」『』［］，、.；：？！—（）｛｝〔〕#&*+-<>=\\$%@",
        strict=True,
    )
)
SCRIPT_DICTIONARIES = (
    *("STCharacters", "STPhrases", "TSCharacters", "TSCharactersExt", "TSPhrases", "CJK_Compatibility_Ideographs"),
    *("TWVariants", "TWVariantsPhrases", "TWVariantsRev", "TWVariantsRevPhrases"),
    *("HKVariants", "HKVariantsPhrases", "HKVariantsRev", "HKVariantsRevPhrases"),
)
HALF_MARKS = dict(zip("｡｢｣､･", "。「」、・", strict=True))
# Bullets of Symbol and Wingdings, as Word and PDF readers leave them.
BULLETS = dict(zip("\uf0b7\uf06c\uf06e\uf075\uf0a7\uf0d8\uf0fc", "•●■◆▪➢✓", strict=True))
FULL_SIGNS = dict(zip("＇＂％＋－．＠＿", "'\"%+-.@_", strict=True))


def main() -> None:
    """Write compat.tsv, variants.tsv, script_chars.tsv, script_links.tsv, readings.tsv and bopomofo.tsv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--radicals", type=Path, required=True)
    given = parser.parse_args()
    compat = dict(compatibility(given.radicals.read_text(encoding="utf-8")))
    write(
        "compat",
        "Unicode (EquivalentUnifiedIdeograph, UnicodeData); small, vertical and full-width signs by hand",
        compat.items(),
    )
    write(
        "variants",
        "OpenCC dictionaries (Apache-2.0): character, representative of its variant class",
        variants().items(),
    )
    write(
        "script_chars",
        "OpenCC dictionaries (Apache-2.0): character, T used in Traditional only, S in Simplified only, H in Hong Kong",
        script_characters().items(),
    )
    write(
        "script_links",
        "OpenCC dictionaries (Apache-2.0): character, those that stand behind it in a phrase",
        script_links().items(),
    )
    write(
        "readings",
        "pypinyin (MIT; its data from Unihan and others): character, toneless readings, v for ü",
        readings().items(),
    )
    write("bopomofo", "pypinyin (MIT): toneless bopomofo syllable, toneless pinyin", bopomofo().items())


def write(name: str, source: str, rows: object) -> None:
    """Write a lexicon, sorted, with the note that names its source."""
    lines = sorted(f"{key}\t{value}" for key, value in rows)  # type: ignore[attr-defined]
    (FOLDER / f"{name}.tsv").write_text(f"# {source}. Made by build.py.\n" + "\n".join(lines) + "\n", encoding="utf-8")


def compatibility(equivalents: str) -> Iterator[tuple[str, str]]:
    """Yield (code point that print never meant, the character it stands for), one character to one."""
    for first, last, target in re.findall(
        r"^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", equivalents, re.MULTILINE
    ):
        for code in range(int(first, 16), int(last or first, 16) + 1):
            if 0x2E80 <= code <= 0x2EFF:
                yield chr(code), chr(int(target, 16))
    ranges = [
        (0x2F00, 0x2FD6),
        (0xF900, 0xFB00),
        (0x2F800, 0x2FA20),
        (0xFF10, 0xFF1A),
        (0xFF21, 0xFF3B),
        (0xFF41, 0xFF5B),
        (0xFF66, 0xFF9E),
        (0x1D400, 0x1D800),
    ]
    for low, high in ranges:
        for code in range(low, high):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                yield chr(code), plain
    for table in (SMALL_AND_VERTICAL, HALF_MARKS, FULL_SIGNS, BULLETS, SIMPLIFIED_RADICALS):
        yield from table.items()


def opencc_entries(name: str) -> Iterator[tuple[str, list[str]]]:
    """Dump one compiled OpenCC dictionary through the tool that ships with it."""
    import opencc

    home = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "dump.txt"
        command: list[str | Path] = [
            home / "bin" / "opencc_dict",
            "-i",
            home / "share" / "opencc" / f"{name}.ocd2",
            "-o",
            out,
            "-f",
            "ocd2",
            "-t",
            "text",
        ]
        subprocess.run(  # noqa: S603 - a tool of an installed package
            command,
            check=True,
            env={"LD_LIBRARY_PATH": str(home / "lib64")},
            stdout=sys.stderr,
        )
        for line in out.read_text(encoding="utf-8").splitlines():
            key, _, values = line.partition("\t")
            if values:
                yield key, values.split(" ")


def variants() -> dict[str, str]:
    """Join what any script dictionary maps, character by character; the least code point stands for its class."""
    parent: dict[str, str] = {}

    def root(char: str) -> str:
        while parent.get(char, char) != char:
            char = parent[char]
        return char

    for part in SCRIPT_DICTIONARIES:
        for key, values in opencc_entries(part):
            for value in values:
                for one, other in zip(key, value, strict=True):
                    low, high = sorted((root(one), root(other)))
                    parent[high] = low
    for line in (FOLDER / "script_words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        for one, other in zip(*line.split("\t"), strict=True):
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    return {char: root(char) for char in parent if root(char) != char}


def script_characters() -> dict[str, str]:
    """Tell the scripts apart by characters that the standard of the other (GB2312, Big5) does not hold."""
    made = {
        char: "S"
        for char, values in opencc_entries("STCharacters")
        if char not in values and not encodable(char, "big5")
    }
    for part in ("TSCharacters", "TSCharactersExt"):
        made |= {
            char: "T" for char, values in opencc_entries(part) if char not in values and not encodable(char, "gb2312")
        }
    taiwan = {char for char, _ in opencc_entries("TWVariantsRev")}
    hong_kong = {char for char, values in opencc_entries("HKVariantsRev") if char not in values}
    legal_there = hong_kong | {value for _, values in opencc_entries("HKVariants") for value in values}
    made = {char: kind for char, kind in made.items() if kind == "T" or char not in legal_there}
    return made | {char: "H" for char in hong_kong - taiwan if not encodable(char, "gb2312")}


def script_links() -> dict[str, str]:
    """Tell which two characters a phrase of the ways to Simplified can hold side by side: all else stands alone.

    Phrases of the second dictionary meet what the normalization and the first one made: any character that may come
    to one of theirs counts as it.
    """
    phrases: set[str] = set()
    comes_from: dict[str, set[str]] = {}
    for part in ("CJK_Compatibility_Ideographs", "TWVariantsRev", "HKVariantsRev"):
        for char, values in opencc_entries(part):
            comes_from.setdefault(values[0], set()).add(char)
    for part in ("TSPhrases", "TWVariantsRevPhrases", "HKVariantsRevPhrases"):
        for phrase, values in opencc_entries(part):
            phrases.add(phrase)
            for char, made in zip(phrase, values[0], strict=True) if part != "TSPhrases" else ():
                comes_from.setdefault(made, set()).add(char)

    def sources(char: str) -> set[str]:
        near = comes_from.get(char, set()) | {char}
        return near.union(*[comes_from.get(one, set()) for one in near])

    behind: dict[str, set[str]] = {}
    for one, other in {phrase[at : at + 2] for phrase in phrases for at in range(len(phrase) - 1)}:
        for char in sources(one):
            behind.setdefault(char, set()).update(sources(other))
    return {char: "".join(sorted(behind[char])) for char in sorted(behind)}


def encodable(char: str, codec: str) -> bool:
    """Tell whether a legacy codec holds the character."""
    try:
        return bool(char.encode(codec))
    except UnicodeEncodeError:
        return False


def readings() -> dict[str, str]:
    """Return the toneless readings of every character."""
    from pypinyin.constants import PINYIN_DICT

    plain = {chr(code): sorted({toneless(one) for one in text.split(",")}) for code, text in PINYIN_DICT.items()}
    return {char: " ".join(syllables) for char, syllables in plain.items()}


def toneless(syllable: str) -> str:
    """Take the tone off a syllable, with v for ü."""
    bare = "".join(c for c in unicodedata.normalize("NFD", syllable) if c not in "\u0300\u0301\u0304\u030c\u0302")
    return unicodedata.normalize("NFC", bare).replace("ü", "v").replace("ê", "e").lower()


def bopomofo() -> dict[str, str]:
    """Return the pinyin of every bopomofo syllable."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.style.bopomofo import BopomofoConverter

    syllables = {one for text in PINYIN_DICT.values() for one in text.split(",")}
    made: dict[str, str] = {}
    for syllable in sorted(syllables):
        bare = re.sub("[ˊˇˋ˙]", "", BopomofoConverter().to_bopomofo(to_normal(syllable)))
        if bare and all("\u3105" <= c <= "\u312f" for c in bare):
            made[bare] = toneless(syllable)
    return made


if __name__ == "__main__":
    main()
