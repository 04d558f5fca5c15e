"""A real browser for the tests that need one: Debian's Chromium, installed by root where it is missing."""

import os
import shutil
import subprocess
from functools import cache

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
# Another worker may be installing, too.
_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")


def browser(*also: str) -> str:
    """Find a browser, and the programs that must stand beside it; where there is none, the test is skipped."""
    if _found(also) is None:
        _install()
    found = _found(also)
    if found is None:
        pytest.skip(f"needs {' and '.join(('chromium', *also))}; only root can install them, by apt-get")
    return found


def _found(also: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None) if all(map(shutil.which, also)) else None


@cache
def _install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for what in (("update",), ("install", "-y", "--no-install-recommends", "chromium", "chromium-driver")):
            subprocess.run([*_APT, *what], env=_QUIET, capture_output=True, check=False)
