"""Which columns of a page stand left of which, as far as a reading knows: a print line holds its pieces left to right.

Two columns share a print line where a mark hangs into the gutter between them: they are neighbours.
"""

import numpy as np
from numpy.typing import NDArray

_Ints = NDArray[np.int64]
_Flags = NDArray[np.bool_]


def far(beside: _Ints, last: _Ints) -> _Flags:
    """Tell which columns cannot stand right beside that of the last piece: another one is the neighbour of either.

    Args:
        beside: of each reading (axis 0) and column (axis 1) its neighbour to the right, -1 where none is known.
        last: of each reading the column of the last piece, -1 where there is none.
    """
    here = np.arange(beside.shape[1])
    neighbour = np.take_along_axis(beside, np.maximum(last, 0)[:, None], axis=1)
    other = (beside[:, :, None] == here) & (here[:, None] != last[:, None, None])
    far: _Flags = ((neighbour >= 0) & (neighbour != here)) | other.any(axis=1)
    return far & (last >= 0)[:, None]


def note(beside: _Ints, pair: _Flags, last: _Ints, slot: _Ints, fresh: _Flags) -> None:
    """Note that `slot` stands right beside `last` where they are a pair; forget what was known of a fresh column."""
    row = np.arange(len(slot))
    beside[row[fresh], slot[fresh]] = -1
    beside[(beside == slot[:, None]) & (fresh | pair)[:, None]] = -1
    beside[row[pair], last[pair]] = slot[pair]


def parted(left: _Flags, pair: _Flags, last: _Ints, slot: _Ints, fresh: _Flags) -> _Flags:
    """Note that the column of the last piece stands left of that of the next one, and what follows."""
    row = np.arange(len(slot))
    left[row[fresh], slot[fresh]] = left[row[fresh], :, slot[fresh]] = False
    here = np.arange(left.shape[1])
    lefts = left[row, :, last] | (here == last[:, None])
    rights = left[row, slot] | (here == slot[:, None])
    follows: _Flags = lefts[:, :, None] & rights[:, None] & ~np.swapaxes(left, 1, 2)
    return left | (pair[:, None, None] & follows)
