"""The folder that stands for a lake on this machine: the lake itself, or the working folder of one on `s3://`.

A working folder holds what is staged, the inventory, the lock, and copies of files that were read; lost, it costs time.
"""

import json
from pathlib import Path
from urllib.parse import quote, urlsplit

from tasks.lake.disk import replace_with
from tasks.lake.errors import StoreRefused

SCHEME = "s3://"
_MARK = ".remote.json"
_STRANGE = set("*?[]{}%\\")


def lake_folder(lake: str, work: Path) -> Path:
    """The folder of a lake as people name it.

    Args:
        lake: a path, or `s3://bucket/prefix`, whose working folder is made when there is none.
        work: where working folders lie.

    Raises:
        StoreRefused: it is no address of a lake.
    """
    if not lake.startswith(SCHEME):
        return Path(lake).absolute()
    address = _checked(lake)
    root = work.expanduser().absolute() / quote(address.removeprefix(SCHEME), safe="/")
    if address_of(root) != address:
        root.mkdir(parents=True, exist_ok=True)
        replace_with(root / _MARK, json.dumps({"lake": address}).encode())
    return root


def address_of(root: Path) -> str | None:
    """The address of the lake that a folder is the working folder of; none when it is a lake itself."""
    try:
        return str(json.loads((root / _MARK).read_bytes())["lake"])
    except OSError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        then = f"delete {root / _MARK} and name the lake by its s3:// address"
        raise StoreRefused("damaged mark of a working folder", where=root / _MARK, why=str(error), then=then) from error


def name_of(root: Path) -> str:
    """A lake as people name it."""
    return address_of(root) or str(root)


def _checked(lake: str) -> str:
    parts = urlsplit(lake)
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        # what follows may be a secret: it is not repeated
        then = "write s3://bucket/prefix; credentials come from the environment (AWS_ACCESS_KEY_ID ...)"
        raise StoreRefused("no address of a lake", where=f"{SCHEME}...", then=then)
    steps = [step for step in parts.path.split("/") if step]
    if any(step in (".", "..") or set(step) & _STRANGE for step in steps):
        why = f"engines read . .. and {' '.join(sorted(_STRANGE))} as something else"
        raise StoreRefused("no address of a lake", where=lake, why=why, then="choose another prefix")
    return "/".join([f"{SCHEME}{parts.netloc}", *steps])
