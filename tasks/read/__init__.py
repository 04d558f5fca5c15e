"""Untrusted bytes to text: the only room that opens input. `read_files` reads a batch; nothing it meets can stop it."""

from tasks.read.documents import DOCS, FILE_REJECTIONS, ReadResult
from tasks.read.files import read_files
from tasks.read.limits import ReadLimits

__all__ = ["DOCS", "FILE_REJECTIONS", "ReadLimits", "ReadResult", "read_files"]
