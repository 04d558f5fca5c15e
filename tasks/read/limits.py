"""How much of an untrusted input we are willing to take in; each limit has its reason code in `errors.py`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadLimits:
    """Limits of reading one input file.

    Attributes:
        file_bytes: of a file as it lies on disk (`too_large`).
        unpacked_bytes: of everything that comes out of one file (`too_large`).
        ratio: unpacked bytes per packed byte, once more than `ratio_floor` bytes came out (`ratio_limit`).
        members: files in an archive, or records in a container (`member_limit`).
        nesting: archives and compressions inside each other (`nesting_limit`).
        depth: elements or values nested in each other in HTML and JSON (`depth_limit`).
    """

    file_bytes: int = 512 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    ratio: int = 200
    ratio_floor: int = 4 * 1024 * 1024
    members: int = 100_000
    nesting: int = 3
    depth: int = 2000
