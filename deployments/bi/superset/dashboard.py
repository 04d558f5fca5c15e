"""Superset with a dashboard of a lake: `up` installs, provisions and starts it on loopback, `down` stops it.

python dashboard.py up --lake LAKE [--port 8088]    python dashboard.py down    state and data: .superset
"""

import argparse
import hashlib
import json
import os
import secrets
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bundle import bundle

from flows.processes import Process, StartError, await_ready, recorded, start
from flows.settings import PROJECT
from flows.stack import free_port
from tasks.lake import open_lake
from tasks.lake.errors import LakeError, UnknownRelease
from tasks.lake.lake import CATALOG
from tasks.lake.status import catch_up

HERE = Path(__file__).parent
LOCK = HERE / "requirements.lock"
NAME = "superset"


def up(lake: Path, state: Path, port: int, python: str) -> None:
    """Do what is not done yet, and print where the dashboard is and how to log in."""
    opened = open_lake(lake)
    if opened.store.is_remote:
        raise SystemExit("dashboard: Superset reads a lake on a disk of this machine, not one on S3")
    if opened.current() is None:
        raise UnknownRelease("no release yet", where=lake, then=f"qingliu run INPUT --lake {lake}")
    catch_up(opened)
    assets = bundle(opened.root / CATALOG)
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    bin_folder = install(state / "venv", python)
    login = _login(state)
    if provisioned := provision(bin_folder, state, assets):
        print("Superset was brought to what is declared")
    process, address = serve(bin_folder, state, port, restart=provisioned)
    print(f"Dashboard  {address}/superset/dashboard/qingliu/")
    print(f"Login      {login['user']}  {login['password']}")
    print(f"Process    {process.pid}, log {process.log}; stop it with: make dashboard-down")


def install(venv: Path, python: str) -> Path:
    """Superset's own environment, built once per lock; returns its `bin`."""
    mark, wanted = venv / ".lock", _digest(LOCK.read_bytes())
    if not mark.exists() or mark.read_text(encoding="ascii") != wanted:
        print(f"installing Superset into {venv} (some 800 MB, once)", flush=True)
        uv = [sys.executable, "-m", "uv", "--quiet"]
        _run([*uv, "venv", "--allow-existing", "--python", python, str(venv)])
        _run([*uv, "pip", "sync", "--python", str(venv / "bin" / "python"), "--require-hashes", str(LOCK)])
        mark.write_text(wanted, encoding="ascii")
    return venv / "bin"


def provision(bin_folder: Path, state: Path, assets: dict[str, str]) -> bool:
    """Import the assets if they, or Superset, are not those of the last time; tells whether it did."""
    told = json.dumps(assets, ensure_ascii=False, sort_keys=True)
    mark, wanted = state / "provisioned", _digest(LOCK.read_bytes() + told.encode())
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    print("preparing Superset (about a minute the first time)", flush=True)
    (state / "bundle.json").write_text(told, encoding="utf-8")
    command = [str(bin_folder / "python"), HERE / "provision.py", state / "bundle.json", state / "login.json"]
    _run(command, env=_env(state), log=state / "provision.log")
    mark.write_text(wanted, encoding="ascii")
    return True


def serve(bin_folder: Path, state: Path, port: int, *, restart: bool) -> tuple[Process, str]:
    """Start Superset, or find it running, and wait until it answers."""
    process = recorded(state, NAME)
    if process is not None and restart:
        process.stop()
        process = None
    if process is None:
        port = free_port(port)
        (state / "port").write_text(str(port), encoding="ascii")
        # one request a process: DuckDB holds on to the file it opened, replaced or not, while any connection is open
        command = [str(bin_folder / "gunicorn"), "--workers", "2", "--worker-class", "sync", "--timeout", "120",
                   "--bind", f"127.0.0.1:{port}", "superset.app:create_app()"]  # fmt: skip
        process = start(NAME, command, state, env=_env(state), cwd=state)
    address = f"http://127.0.0.1:{(state / 'port').read_text(encoding='ascii')}"
    await_ready(process, lambda: _answers(f"{address}/health"), 180)
    return process, address


def down(state: Path) -> None:
    """Stop what `up` started; what people made in Superset stays."""
    process = recorded(state, NAME)
    if process is None:
        print("no dashboard is running")
        return
    process.stop()
    (state / f"{NAME}.json").unlink(missing_ok=True)
    print(f"stopped {NAME} (process {process.pid})")


def _login(state: Path) -> dict[str, str]:
    path = state / "login.json"
    if not path.exists():
        _keep(state / "secret_key", secrets.token_urlsafe(48))
        _keep(path, json.dumps({"user": "admin", "password": secrets.token_urlsafe(12)}))
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _keep(path: Path, secret: str) -> None:
    path.touch(mode=0o600)
    path.write_text(secret, encoding="utf-8")


def _env(state: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SUPERSET_HOME": os.fspath(state.absolute()),
        "SUPERSET_CONFIG_PATH": os.fspath(HERE.absolute() / "superset_config.py"),
        "FLASK_APP": "superset.app:create_app()",
        # its pages would ask a host outside for a picture that counts installations
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "1",
    }


def _answers(url: str) -> bool:
    with suppress(URLError, OSError), urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
        return bool(answer.status == 200)
    return False


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _run(command: list[str | Path], env: dict[str, str] | None = None, log: Path | None = None) -> None:
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    if log is not None:
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        last = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-3:])
        raise SystemExit(f"{Path(command[0]).name} failed: {last}" + (f"\nall it said: {log}" if log else ""))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["up", "down"])
    parser.add_argument("--lake", type=Path, default=Path("lake"))
    parser.add_argument("--state", type=Path, default=PROJECT / ".superset")
    parser.add_argument("--port", type=int, default=8088)
    # Superset 6.1 wants numpy 1.26 and pandas 2.1, which have no wheels for 3.13
    fitting = sys.executable if sys.version_info < (3, 13) else "3.12"
    parser.add_argument("--python", default=fitting, help="Python 3.11 or 3.12, for Superset")
    given = parser.parse_args()
    try:
        if given.what == "up":
            up(given.lake, given.state.absolute(), given.port, given.python)
        else:
            down(given.state.absolute())
    except (LakeError, StartError) as error:
        raise SystemExit(f"dashboard: {error}") from None
