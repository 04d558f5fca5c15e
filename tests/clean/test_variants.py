"""The fold of conservation holds over everything the character steps map."""

import polars as pl

from tasks.clean import script
from tasks.clean.variants import variant_classes
from tasks.lexicons import pairs, rows


def test_variant_classes_join_both_sides_of_every_table() -> None:
    classes = variant_classes()
    for name in ("compat", "variants", "script_words"):
        for one, other in ((a, b) for before, after in rows(name) for a, b in zip(before, after, strict=True)):
            assert classes[ord(one)] == classes[ord(other)], (name, one, other)


def test_variant_classes_hold_for_every_character_opencc_converts() -> None:
    chars = "\n".join(chr(code) for code in range(0x3400, 0xA000))
    classes = variant_classes()
    for config in script.CONFIGS:
        made = script.convert(pl.DataFrame({"text": [chars]}), config)["text"].item()
        assert all(classes[ord(a)] == classes[ord(b)] for a, b in zip(chars, made, strict=True))


def test_variant_classes_keep_plain_characters_apart() -> None:
    classes = variant_classes()
    assert len({int(classes[ord(char)]) for char in "人民大会0123456789abcXYZ"}) == 20
    assert not set(pairs("compat")) & set(pairs("compat").values())
