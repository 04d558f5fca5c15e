"""Characters that decide what is said: numerals, denials, and words of one character that have an opposite."""

from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.content import Flags
from tasks.dedupe.canonical import canonical

_NUMERALS = "0123456789〇零一二三四五六七八九十百千万亿两"
_DENIALS = "不未无非没勿莫毋禁免否拒"
# the two of a pair stand at the same place of the two rows
_LEFT = "上升增涨盈前左东南内高多大长正正正先早昼始起开开启进来收收买借男公同优胜胜输难强快轻有春冬甲丙省市区"
_RIGHT = "下降减跌亏后右西北外低少小短副负反后晚夜终止关闭停出去支发卖还女私异劣败负赢易弱慢重无秋夏乙丁县县县"


@cache
def numerals() -> npt.NDArray[np.bool_]:
    """Say for each code point of canonical text whether numbers are made of it."""
    table = np.zeros(0x110000, dtype=np.bool_)
    table[canonical(pl.Series([_NUMERALS])).codes] = True
    return table


@cache
def negations() -> Flags:
    """Say for each code point of canonical text whether it denies."""
    table = np.zeros(0x110000, dtype=np.bool_)
    table[canonical(pl.Series([_DENIALS])).codes] = True
    return table


@cache
def weights() -> npt.NDArray[np.uint64]:
    """A random number for each numeral and denial, 0 for what is neither: equal sums mean equal numbers and denials."""
    table = np.zeros(0x110000, dtype=np.uint64)
    telling = np.flatnonzero(numerals() | negations())
    table[telling] = np.random.default_rng(1).integers(1, 1 << 63, len(telling), dtype=np.uint64)
    return table


@cache
def opposites() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Bit masks by code point: of which pairs of opposites it is the left one, and of which the right one."""
    tables = np.zeros((2, 0x110000), dtype=np.uint64)
    for side, row in enumerate((_LEFT, _RIGHT)):
        bits = np.uint64(1) << np.arange(len(row), dtype=np.uint64)
        np.bitwise_or.at(tables[side], canonical(pl.Series([row])).codes, bits)
    return tables[0], tables[1]
