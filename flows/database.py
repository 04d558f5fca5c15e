"""Where the Prefect server keeps its data: a PostgreSQL of its own on loopback when one can be started, else SQLite."""

import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from flows.processes import Process, StartError, await_ready, recorded, start

# Debian keeps the programs of each version beside the path.
_BESIDE_PATH = "/usr/lib/postgresql/*/bin"
NAME = "postgres"
_ROLE = "prefect"


@dataclass(frozen=True)
class Database:
    """A database: its kind for people, the address Prefect connects to, and why it is not PostgreSQL, if so."""

    kind: str
    url: str = field(repr=False)
    why: str = ""


def start_database(state: Path, port: int) -> Database:
    """Start PostgreSQL below the state folder, or find it running; SQLite where that cannot be.

    Args:
        state: folder of the stack.
        port: the port PostgreSQL listens on, on loopback only.
    """
    try:
        return Database("PostgreSQL", _start_postgres(state, port))
    except (StartError, OSError, subprocess.SubprocessError) as error:
        return sqlite(state, str(error))


def sqlite(state: Path, why: str) -> Database:
    """The database in one file, which holds while few write to it."""
    return Database("SQLite", f"sqlite+aiosqlite:///{state / 'prefect' / 'prefect.db'}", why)


def _start_postgres(state: Path, port: int) -> str:
    programs = _programs()
    owner = _owner()
    folder = state / NAME
    if recorded(state, NAME) is None:
        _make(programs, folder, owner)
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", ""]
        process = start(
            NAME,
            [os.fspath(programs / "postgres"), "-D", os.fspath(folder / "data"), *options],
            state,
            env=_env(),
            cwd=folder,
            user=owner,
        )
        await_ready(process, lambda: _answers(programs, port), 60)
        (folder / "port").write_text(str(port), encoding="ascii")
    port = int((folder / "port").read_text(encoding="ascii"))
    password = (folder / "password").read_text(encoding="ascii").strip()
    return f"postgresql+asyncpg://{_ROLE}:{password}@127.0.0.1:{port}/postgres"


def stop_database(process: Process) -> None:
    """Stop PostgreSQL fast and clean: SIGINT ends its sessions and writes everything down."""
    import signal

    process.stop(with_signal=signal.SIGINT)


def _programs() -> Path:
    beside = sorted(Path("/").glob(_BESIDE_PATH.lstrip("/")), reverse=True)
    for folder in beside:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = shutil.which("initdb")
    if found is None or shutil.which("postgres") is None:
        raise StartError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return Path(found).resolve().parent


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: there it runs as the user its package made."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise StartError("PostgreSQL does not run as root, and there is no user `postgres`") from None


def _make(programs: Path, folder: Path, owner: str | None) -> None:
    data = folder / "data"
    if (data / "PG_VERSION").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_hex(24), encoding="ascii")
    if owner:
        for path in (folder, password):
            shutil.chown(path, owner)
    shutil.rmtree(data, ignore_errors=True)
    # SQL_ASCII's opposite: the locale of the machine may have no UTF-8, and what is kept here is Chinese.
    options = ["--username", _ROLE, "--pwfile", os.fspath(password), "--auth", "scram-sha-256", "--encoding", "UTF8"]
    made = subprocess.run(  # noqa: S603 - a command of ours
        [os.fspath(programs / "initdb"), "-D", os.fspath(data), *options, "--locale", "C", "--no-instructions"],
        capture_output=True, text=True, check=False, env=_env(), cwd=folder, user=owner,
    )  # fmt: skip
    if made.returncode:
        raise StartError(f"initdb: {made.stderr.strip().splitlines()[-1] if made.stderr.strip() else 'it failed'}")


def _answers(programs: Path, port: int) -> bool:
    asked = subprocess.run(  # noqa: S603 - a command of ours
        [os.fspath(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], check=False, env=_env()
    )
    return asked.returncode == 0


def _env() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
