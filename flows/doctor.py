"""`qingliu doctor`: everything a run depends on, looked at at once; each thing that is wrong comes with what to do."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from pydantic import ValidationError

from flows import stack
from flows.places import typed
from flows.processes import recorded
from flows.server import out_of_reach, refuses, shown
from flows.settings import Settings

Level = Literal["fine", "note", "wrong"]
_MIN_FREE_GB = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, in words, and the next command where something is to be done."""

    area: str
    level: Level
    what: str
    then: str = ""


def examine(lake: Path) -> list[Finding]:
    """Look at settings, pins, cards, declarations, contracts, disk, lake and server; nothing is changed."""
    found = list(_settings())
    try:
        settings = Settings()
    except ValidationError:
        return found
    checks: list[Callable[[], Iterator[Finding]]] = [
        _pins,
        lambda: _cards(settings.cards),
        _declarations,
        _contracts,
        lambda: _disk(lake, settings.inbox),
        lambda: _lake(lake),
        _server,
    ]
    for check in checks:
        found += check()
    return found


def show(lake: Path, *, as_json: bool) -> int:
    """Print what was found; the exit code says whether anything is wrong."""
    found = examine(lake)
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))  # noqa: T201 - what was asked for
    else:
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        styles = {"fine": "green", "note": "yellow", "wrong": "bold red"}
        for one in found:
            line = Text.assemble((f"{one.level:<6}", styles[one.level]), f"{one.area:<13}{one.what}")
            console.print(line, soft_wrap=True)
            if one.then:
                console.print(Text(f"{'':<19}→ {one.then}", style="cyan"), soft_wrap=True)
    return 1 if any(one.level == "wrong" for one in found) else 0


def _settings() -> Iterator[Finding]:
    known = {f"QINGLIU_{name.upper()}" for name in Settings.model_fields} | {"QINGLIU_SHARED"}
    unknown = sorted(name for name in os.environ if name.startswith("QINGLIU_") and name not in known)
    for name in unknown:
        yield Finding(
            "settings", "wrong", f"{name} is no setting", f"unset {name}; there are: {', '.join(sorted(known))}"
        )
    try:
        Settings()
    except ValidationError as error:
        for one in error.errors():
            name = f"QINGLIU_{'.'.join(map(str, one['loc'])).upper()}"
            yield Finding("settings", "wrong", f"{name}: {one['msg']}, got {one['input']!r}", f"unset {name}")
        return
    if not unknown:
        yield Finding("settings", "fine", "all settings are known and valid")


def _pins() -> Iterator[Finding]:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        yield Finding("pins", "wrong", f"Python {sys.version.split()[0]}", "make PYTHON=/path/to/python3.11")
    wrong = []
    for line in requires("qingliu") or ():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            there = version(wanted.name)
        except PackageNotFoundError:
            wrong.append(f"{wanted.name} is not installed, {wanted.specifier} is wanted")
        else:
            if not wanted.specifier.contains(there, prereleases=True):
                wrong.append(f"{wanted.name} {there} is installed, {wanted.specifier} is wanted")
    for one in wrong:
        yield Finding("pins", "wrong", one, "rm -rf .venv, then make run")
    if not wrong:
        yield Finding("pins", "fine", "every library is a version that was tested")


def _cards(folder: Path) -> Iterator[Finding]:
    from tasks.cards import CardError, check_card

    if not folder.is_dir():
        yield Finding("cards", "wrong", f"no folder {folder}", "set QINGLIU_CARDS to the folder of source cards")
        return
    paths = sorted(folder.glob("*.toml"))
    bad = 0
    for path in paths:
        try:
            check_card(path)
        except (CardError, OSError) as error:
            bad += 1
            yield from (Finding("cards", "wrong", line, f"edit {path}") for line in str(error).splitlines())
    if not bad:
        yield Finding("cards", "fine", f"{len(paths)} source cards")


def _declarations() -> Iterator[Finding]:
    from flows.declared import AUTOMATIONS, DECLARED, DeclarationError, Declared, DeclaredAutomations, parse

    for path, model in ((DECLARED, Declared), (AUTOMATIONS, DeclaredAutomations)):
        try:
            parse(path, model)
        except (DeclarationError, OSError) as error:
            yield Finding("deployments", "wrong", str(error), f"edit {path}")
        else:
            yield Finding("deployments", "fine", path.name)


def _contracts() -> Iterator[Finding]:
    from contracts import lock
    from contracts.evolution import too_small_a_bump

    if wrong := too_small_a_bump(lock.read(), lock.current()):
        for one in wrong:
            yield Finding("contracts", "wrong", one, "raise its version, then python -m contracts.lock")
        return
    yield Finding("contracts", "fine", f"{len(lock.current())} locked, each as its version says")


def _disk(lake: Path, inbox: Path) -> Iterator[Finding]:
    from tasks.freshness import free_bytes

    free = free_bytes(lake) / 1e9
    told = f"{free:.0f} GB free for {typed(lake)}"
    if free < _MIN_FREE_GB:
        yield Finding("disk", "wrong", told, f"qingliu vacuum --lake {typed(lake)}, or another disk")
    else:
        yield Finding("disk", "fine", told)
    there = next(one for one in (lake.absolute(), *lake.absolute().parents) if one.exists())
    if not os.access(there, os.W_OK):
        yield Finding(
            "disk", "wrong", f"{there} may not be written to", f"chown it, or --lake elsewhere (user {os.geteuid()})"
        )
    if inbox.exists() and not os.access(inbox, os.R_OK | os.X_OK):
        yield Finding("disk", "wrong", f"the landing zone {inbox} cannot be read", f"chmod u+rx {inbox}")


def _lake(lake: Path) -> Iterator[Finding]:
    from tasks.lake.errors import LakeError
    from tasks.lake.lake import is_lake, open_lake
    from tasks.lake.status import status
    from tasks.lake.store import store_of

    try:
        if not is_lake(lake) and not store_of(lake).top():
            yield Finding("lake", "note", f"no lake at {typed(lake)} yet", f"qingliu run INPUT --lake {typed(lake)}")
            return
        opened = open_lake(lake)
        told = status(opened)
        release = opened.current()
        files = [file.path for file in release.data_files()] if release else []
        lost = sorted(set(files) - opened.store.sizes(files).keys())
    except LakeError as error:
        then = error.then or "qingliu verify"
        yield Finding("lake", "wrong", str(error).removesuffix(f". Next: {then}"), then)
        return
    except OSError as error:
        yield Finding("lake", "wrong", str(error), "qingliu verify")
        return
    if lost:
        yield Finding(
            "lake", "wrong", f"{len(lost)} files of release {told.release} are missing, {lost[0]}", "qingliu verify"
        )
    else:
        yield Finding("lake", "fine", f"release {told.release}, {sum(table.rows for table in told.tables):,} rows")
    if not told.derived:
        yield Finding("lake", "note", "catalogue and tree are behind the release", "qingliu status brings them up")
    for run in told.pending:
        done = f"{run.finished_batches} of {run.planned_batches} batches"
        yield Finding("lake", "note", f"run {run.run_id} is staged, {done}, and not published", "qingliu run --resume")


def _server() -> Iterator[Finding]:
    running = recorded(stack.STATE, stack.SERVER)
    api = os.environ.get("PREFECT_API_URL")
    if api is None and running is not None:
        with suppress(OSError):
            api = f"http://127.0.0.1:{(stack.STATE / 'port').read_text(encoding='ascii')}/api"
    if api is None:
        yield Finding("server", "note", "no Prefect server; `qingliu run` starts one for itself", "make up")
        return
    if why := out_of_reach(api):
        yield Finding("server", "wrong", why, "make up, or unset PREFECT_API_URL")
    elif refuses(api):
        yield Finding("server", "wrong", f"{shown(api)} asks for a password", "set PREFECT_API_AUTH_STRING to it")
    else:
        yield Finding("server", "fine", f"{shown(api)} answers")
    if running is not None and recorded(stack.STATE, stack.WORKER) is None:
        yield Finding("server", "wrong", "no worker: scheduled runs will be late", "make up")
