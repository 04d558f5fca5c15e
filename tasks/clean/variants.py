"""The fold under which text is the same before and after cleaning: variants of a character are one."""

import numpy as np
import numpy.typing as npt

from tasks.lexicons import pairs
from tasks.once import once


@once
def variant_classes() -> npt.NDArray[np.uint32]:
    """Return a table over all code points: `table[code]` stands for its variant class (read-only, 0x110000 entries).

    A class joins what any script dictionary of OpenCC (never the vocabulary ones), `script_words.tsv` or the
    compatibility table (radicals, compatibility and width forms) maps into each other.
    """
    table = np.arange(0x110000, dtype=np.uint32)
    for lexicon in ("variants", "compat"):  # compat last: its targets are looked up in the classes already made
        codes = np.array([(ord(char), ord(stands)) for char, stands in pairs(lexicon).items()], dtype=np.uint32)
        table[codes[:, 0]] = table[codes[:, 1]]
    table.flags.writeable = False
    return table
