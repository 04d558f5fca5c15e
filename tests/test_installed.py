"""The stack as it is installed: what `compose.yaml` and the units say holds together, as far as reading them tells."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

PLACE = ROOT / "deployments"
UNITS = sorted((PLACE / "systemd").glob("*.service"))


def variables(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((PLACE / "compose.yaml").read_text(encoding="utf-8"))
    return told


def test_no_container_of_ours_may_more_than_it_needs(compose: dict[str, Any]) -> None:
    services = {name: one for name, one in compose["services"].items() if name != "postgres"}
    assert {one["user"] for one in services.values()} == {"10001:10001"}
    assert all(one["read_only"] and one["cap_drop"] == ["ALL"] for one in services.values())
    ports = [port for one in compose["services"].values() for port in one.get("ports", ())]
    assert ports == ["127.0.0.1:4200:4200"]
    assert [volume for volume in services["worker"]["volumes"] if "/inbox" in volume] == [
        "${INBOX:-../inbox}:/inbox:ro"
    ]


def test_addresses_in_containers_are_those_of_services(compose: dict[str, Any]) -> None:
    told = [value for one in compose["services"].values() for value in one.get("environment", {}).values()]
    hosts = {host for value in told for host in re.findall(r"(?:@|//)([a-z]+):\d+/", value)}
    assert hosts == {"postgres", "server"}
    assert hosts <= set(compose["services"])


def test_password_of_the_database_is_in_the_secrets_only(compose: dict[str, Any]) -> None:
    """One place to change it: whoever starts the server has Prefect put it into the address."""
    (unit,) = (path for path in UNITS if path.name == "qingliu-server.service")
    (of_unit,) = re.findall(
        r"^Environment=PREFECT_SERVER_DATABASE_CONNECTION_URL=(.*)$", unit.read_text(), re.MULTILINE
    )
    # compose writes a dollar as two
    of_compose = compose["services"]["server"]["environment"]["PREFECT_SERVER_DATABASE_CONNECTION_URL"].replace(
        "$$", "$"
    )
    secrets = variables(PLACE / "secrets.env.example")
    assert secrets["POSTGRES_PASSWORD"] == secrets["PREFECT_SERVER_DATABASE_PASSWORD"]
    for url, host in ((of_unit, "127.0.0.1"), (of_compose, "postgres")):
        code = "from prefect.settings import get_current_settings as told\n"
        code += "print(told().server.database.connection_url.get_secret_value())"
        env = {**os.environ, **variables(PLACE / "stack.env"), **secrets, "PREFECT_SERVER_DATABASE_CONNECTION_URL": url}
        said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
        assert said.strip() == f"postgresql+asyncpg://prefect:change-me-too@{host}:5432/prefect"


def test_units_run_what_is_installed_and_may_write_only_their_own() -> None:
    for unit in UNITS:
        said = unit.read_text(encoding="utf-8")
        assert re.findall(r"^ExecStart=/opt/qingliu/.venv/bin/(prefect|qingliu) ", said, re.MULTILINE)
        assert {"User=qingliu", "ProtectSystem=strict", "NoNewPrivileges=yes"} <= set(said.splitlines())
        written = re.findall(r"^(?:StateDirectory|ReadWritePaths)=(.*)$", said, re.MULTILINE)
        assert written == ["qingliu/prefect qingliu/lake" if "worker" in unit.name else "qingliu/prefect"]
