"""Hostile text for every step: each case gives some `n` characters of it, so that growth with `n` can be measured.

A case is named for what it strains; its file suffix says how it is read. Nothing here is random.
"""

from tests.benchmarks.hostile_files import FILES
from tests.benchmarks.hostile_texts import TEXTS

CASES = TEXTS | FILES
