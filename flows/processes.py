"""Long-lived processes of ours: started in sessions of their own, known by pid and birth, stopped by exactly that."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_POLL_SECONDS = 0.1


class StartError(RuntimeError):
    """A process did not come up; the message ends with what it said last and where the rest is."""


@dataclass(frozen=True)
class Process:
    """One process: `born` tells it from a later one that was given the same pid; it leads its own group."""

    name: str
    pid: int
    born: str
    log: str

    def is_alive(self) -> bool:
        """Whether it still runs."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)
        return self.born != "" and _born(self.pid) == self.born

    def stop(self, *, with_signal: int = signal.SIGTERM, seconds: float = 30) -> None:
        """Ask it and what it started to end; after some seconds, end them."""
        if not self.is_alive():
            return
        os.kill(self.pid, with_signal)
        if not wait_for(lambda: not self.is_alive(), seconds):
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            wait_for(lambda: not self.is_alive(), 10)
        # What it started and left behind is in its group, whose number the kernel keeps until the last one is gone.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def start(
    name: str,
    command: Sequence[str],
    folder: Path,
    *,
    env: Mapping[str, str],
    cwd: Path,
    user: str | None = None,
) -> Process:
    """Start a process that outlives this one; it is on record in `folder`, with its log, before this returns."""
    log = folder / f"{name}.log"
    with log.open("ab") as said:
        child = subprocess.Popen(  # noqa: S603 - the commands are those of this project
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=env, cwd=cwd, start_new_session=True,
            user=user,
        )  # fmt: skip
    process = Process(name, child.pid, _born(child.pid), os.fspath(log))
    draft = folder / f".{name}.json"
    draft.write_text(json.dumps(asdict(process)), encoding="utf-8")
    draft.replace(folder / f"{name}.json")
    # The child is nobody's to wait for: its Popen must not complain when it is collected.
    child.returncode = 0
    return process


def recorded(folder: Path, name: str) -> Process | None:
    """The process on record under a name, if it runs; a record of a dead one is removed."""
    path = folder / f"{name}.json"
    try:
        process = Process(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    if process.is_alive():
        return process
    path.unlink(missing_ok=True)
    return None


def await_ready(process: Process, ready: Callable[[], bool], seconds: float) -> None:
    """Wait until a process serves.

    Raises:
        StartError: it died, or the time is over.
    """
    if wait_for(lambda: ready() or not process.is_alive(), seconds) and process.is_alive():
        return
    why = f"not ready after {seconds:.0f} s" if process.is_alive() else "it ended"
    last = Path(process.log).read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    raise StartError(f"{process.name} did not start: {why}: {''.join(last)}; all it said: {process.log}")


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask until it is so, for at most some seconds; tells whether it came to be."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _born(pid: int) -> str:
    """When a process was started, as the system tells it; empty when there is none (a zombie is none)."""
    asked = subprocess.run(  # noqa: S603 - a command of ours
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],  # noqa: S607 - found on the path
        capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
    state, _, born = asked.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else born.strip()
