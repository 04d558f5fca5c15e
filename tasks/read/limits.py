"""How much of an untrusted input we are willing to take in; each limit has its reason code in `errors.py`."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.read.errors import UnreadableError


@dataclass(frozen=True)
class ReadLimits:
    """Limits of reading one input file.

    Attributes:
        file_bytes: of a file as it lies on disk (`too_large`).
        unpacked_bytes: of everything that comes out of one file (`too_large`).
        ratio: unpacked bytes per packed byte, once more than `ratio_floor` bytes came out (`ratio_limit`).
        ratio_floor: bytes that may come out before the ratio counts: small packed texts are very regular.
        members: files in an archive, or rows of a table (`member_limit`).
        nesting: archives and compressions inside each other (`nesting_limit`).
        depth: elements or values nested in each other in HTML and JSON (`depth_limit`).
    """

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 512 * 1024 * 1024
    ratio: int = 200
    ratio_floor: int = 4 * 1024 * 1024
    members: int = 1_000_000
    nesting: int = 3
    depth: int = 2000


class Budget:
    """What is left of the limits while one file is unpacked; shared by all that is packed inside it."""

    def __init__(self, limits: ReadLimits, packed: int) -> None:
        self.limits = limits
        self._packed = packed
        self._unpacked = 0
        self._members = 0

    def take(self, chunks: Iterable[bytes]) -> bytes:
        """Join chunks while size and ratio allow it.

        Raises:
            UnreadableError: `too_large` or `ratio_limit`.
        """
        taken = []
        for chunk in chunks:
            self.reserve(len(chunk))
            taken.append(chunk)
        return b"".join(taken)

    def reserve(self, n_bytes: int) -> None:
        """Count bytes that come out.

        Raises:
            UnreadableError: `too_large` or `ratio_limit`.
        """
        self._unpacked += n_bytes
        if self._unpacked > self.limits.unpacked_bytes:
            raise UnreadableError("too_large", f"it unpacks to more than {self.limits.unpacked_bytes} bytes in all")
        if self._unpacked > max(self.limits.ratio_floor, self._packed * self.limits.ratio):
            raise UnreadableError("ratio_limit", f"it unpacks to more than {self.limits.ratio} times its size")

    def member(self, count: int = 1) -> None:
        """Count files or rows.

        Raises:
            UnreadableError: `member_limit`.
        """
        self._members += count
        if self._members > self.limits.members:
            raise UnreadableError("member_limit", f"it holds more than {self.limits.members} files or rows")
