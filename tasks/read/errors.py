"""Why a file or record cannot be read: one exception, whose reason code is stable and whose message is for people.

UnreadableError(Exception)    caught once, in `files.py`, and turned into a row of the rejections
"""

from typing import Literal

Reason = Literal[
    "binary",
    "depth_limit",
    "empty",
    "encrypted",
    "malformed",
    "member_limit",
    "nesting_limit",
    "no_text",
    "not_a_file",
    "ratio_limit",
    "reader_failed",
    "too_large",
    "truncated_archive",
    "truncated_gzip",
    "truncated_zstd",
    "undecodable",
    "unreadable",
    "unsupported_format",
    "vanished",
]


class UnreadableError(Exception):
    """Input that is not read, with its reason code; the message says what, where and what to do."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
