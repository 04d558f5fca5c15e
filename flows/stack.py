"""A whole stack on this machine, on loopback: database, Prefect server, what is declared, one worker. Up and down."""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import flows.quiet  # noqa: F401 - its settings are handed on to what is started here
from flows.database import NAME as POSTGRES
from flows.database import Database, sqlite, start_database, stop_database
from flows.processes import Process, await_ready, recorded, start, wait_for
from flows.server import out_of_reach
from flows.settings import PROJECT, Settings

STATE = PROJECT / ".stack"
SERVER, WORKER = "server", "worker"
_SEARCH = 50  # ports tried beyond the one that was asked for


@dataclass(frozen=True)
class Stack:
    """What is up: the addresses of UI and API, the database, and what provisioning changed."""

    ui: str
    api: str
    database: Database
    changes: tuple[str, ...]
    processes: tuple[Process, ...]


def up(settings: Settings, state: Path = STATE, *, port: int = 4200, postgres: bool = True) -> Stack:
    """Start what is not running, bring the server to what is declared, and say where its UI is.

    Args:
        settings: places of lake, landing zone and cards.
        state: folder for the data of database and server, for logs, and for what is running.
        port: the UI's; the next free one when it is taken.
        postgres: keep the data in PostgreSQL if one can be started; else in SQLite.

    Raises:
        flows.processes.StartError: something did not come up; what did is left running for `down`.
    """
    (state / "prefect").mkdir(parents=True, exist_ok=True)
    (settings.inbox).mkdir(parents=True, exist_ok=True)
    database = start_database(state, free_port(port + 1000)) if postgres else sqlite(state, "as asked")
    server = serve(state, port, database)
    env = client_env(state)
    changes = _provision(env)
    there = tuple(one for one in (recorded(state, POSTGRES), server, work(state)) if one)
    api = env["PREFECT_API_URL"]
    return Stack(api.removesuffix("/api"), api, database, changes, there)


def serve(state: Path, port: int, database: Database) -> Process:
    """Start the Prefect server, or find it running, and wait until it answers."""
    server = recorded(state, SERVER)
    if server is None:
        port = _port_of(state, port)
        (state / "port").write_text(str(port), encoding="ascii")
        server = _start_server(state, port, database)
    await_ready(server, lambda: not out_of_reach(client_env(state)["PREFECT_API_URL"]), 180)
    return server


def work(state: Path) -> Process:
    """Start a worker for the pool, or find it running; what it runs, runs from the project's folder."""
    return recorded(state, WORKER) or start(
        WORKER,
        [sys.executable, "-m", "prefect", "worker", "start", "--pool", "qingliu", "--type", "process",
         "--name", f"worker-of-{socket.gethostname()}", "--install-policy", "never", "--no-create-pool-if-not-found"],
        state, env=client_env(state), cwd=PROJECT,
    )  # fmt: skip


def down(state: Path = STATE) -> list[Process]:
    """Stop exactly what `up` started: worker, server, database, in this order. The data stay."""
    stopped = []
    for name in (WORKER, SERVER, POSTGRES):
        process = recorded(state, name)
        if process is not None:
            stop_database(process) if name == POSTGRES else process.stop()
            (state / f"{name}.json").unlink(missing_ok=True)
            stopped.append(process)
    return stopped


def client_env(state: Path) -> dict[str, str]:
    """The environment of whoever talks to the server."""
    port = (state / "port").read_text(encoding="ascii")
    return {
        **os.environ,
        "PREFECT_HOME": os.fspath(state / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    }


def _start_server(state: Path, port: int, database: Database) -> Process:
    ui = f"http://127.0.0.1:{port}"
    env = {
        **client_env(state),
        "PREFECT_API_DATABASE_CONNECTION_URL": database.url,
        # Without it the page asks the wrong port for its data.
        "PREFECT_SERVER_UI_API_URL": f"{ui}/api",
        # The second UI asks a host outside.
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        # A page somebody else serves must not steer this server through the browser.
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ui,
        # In memory they would be lost with the server, and the slots of its runs with them.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    return start(SERVER, command, state, env=env, cwd=state)


def _provision(env: dict[str, str]) -> tuple[str, ...]:
    """In a process of its own: Prefect reads its settings once, and this one may have read others."""
    code = "import json, sys; from flows.provision import provision; from flows.settings import Settings; "
    code += "json.dump(provision(Settings()), sys.stdout)"
    done = subprocess.run(  # noqa: S603 - a command of ours
        [sys.executable, "-c", code], env={**env, "PREFECT_LOGGING_LEVEL": "WARNING"}, cwd=PROJECT,
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise ProvisionError(f"the server is up, but could not be brought to what is declared:\n{done.stderr.strip()}")
    return tuple(json.loads(done.stdout))


class ProvisionError(RuntimeError):
    """The server refused what is declared, or the declaration is wrong; the message ends with why."""


def _port_of(state: Path, wanted: int) -> int:
    """The port its worker knows, if one still runs: a server that was killed may take a moment to let go of it."""
    if recorded(state, WORKER) is not None:
        known = int((state / "port").read_text(encoding="ascii"))
        if wait_for(lambda: _is_free(known), 30):
            return known
    return free_port(wanted)


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def free_port(wanted: int) -> int:
    """The first free port on loopback from the one that is wanted."""
    for port in range(wanted, wanted + _SEARCH):
        if _is_free(port):
            return port
    raise OSError(f"no free port from {wanted} to {wanted + _SEARCH}")
