"""The server as `deployments/stack.env` hardens it: who shows no password is refused, on every route."""

import base64
import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import Server

# They tell that a server is there, and nothing of what is in it.
OPEN = {"/api/health", "/api/ready"}
SOCKETS = (
    ("/api/events", "/in"),
    ("/api/events", "/out"),
    ("/api/logs", "/out"),
    ("/api/task_runs", "/subscriptions/scheduled"),
    ("/api/work_pools", "/{work_pool_name}/workers/connect"),
)


@pytest.fixture(scope="module")
def line(prefect_server: Server) -> Iterator[http.client.HTTPConnection]:
    where = urlsplit(prefect_server.api)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    yield connection
    connection.close()


def ask(
    line: http.client.HTTPConnection, path: str, method: str = "GET", password: str = "", token: str = ""
) -> tuple[int, bytes]:
    headers = {"content-type": "application/json", "prefect-csrf-client": "tests", "prefect-csrf-token": token}
    if password:
        headers["authorization"] = "Basic " + base64.b64encode(password.encode()).decode()
    line.request(method, path, b"{}" if method != "GET" else None, headers)
    answer = line.getresponse()
    return answer.status, answer.read()


def test_every_route_asks_for_the_password(line: http.client.HTTPConnection, prefect_server: Server) -> None:
    status, told = ask(line, "/openapi.json", password=prefect_server.password)
    assert status == 200
    routes = {f"/api{path.removeprefix('/api')}": methods for path, methods in json.loads(told)["paths"].items()}
    tried = {
        (method.upper(), path.replace("{", "").replace("}", ""))
        for path, methods in routes.items()
        for method in methods
        if path not in OPEN
    }
    assert len(tried) > 100
    # Without a token all that would change something is refused before the password is looked at.
    _, given = ask(line, "/api/csrf-token?client=tests", password=prefect_server.password)
    token = json.loads(given)["token"]
    assert ask(line, "/api/flows/filter", "POST", prefect_server.password, token)[0] == 200
    assert {(method, path) for method, path in tried if ask(line, path, method, token=token)[0] != 401} == set()


def test_the_password_lets_in_and_a_wrong_one_does_not(
    line: http.client.HTTPConnection, prefect_server: Server
) -> None:
    assert ask(line, "/api/admin/version", password=prefect_server.password)[0] == 200
    assert ask(line, "/api/admin/version", password="qingliu:wrong")[0] == 401  # noqa: S106


def test_a_page_from_elsewhere_cannot_steer_the_server(
    line: http.client.HTTPConnection, prefect_server: Server
) -> None:
    """A browser sends the password along: what such a page has not is the token, and it may not read the answers."""
    assert ask(line, "/api/flows/", "POST", prefect_server.password)[0] == 403
    asking = {"origin": "http://elsewhere.test", "access-control-request-method": "POST"}
    line.request("OPTIONS", "/api/flows/", headers=asking)
    answer = line.getresponse()
    answer.read()
    assert answer.getheader("access-control-allow-origin") is None


def test_every_socket_of_the_server_is_tried_here() -> None:
    import prefect.server.api

    sources = Path(*prefect.server.api.__path__).glob("*.py")
    told = [end for one in sources for end in re.findall(r'\.websocket\(\s*"(.*?)"', one.read_text(encoding="utf-8"))]
    assert sorted(told) == sorted(end for _, end in SOCKETS)


@pytest.mark.parametrize("path", [start + end for start, end in SOCKETS])
def test_sockets_ask_for_the_password(prefect_server: Server, path: str) -> None:
    said = [talk(prefect_server, path, token) for token in ("", "qingliu:wrong", prefect_server.password)]
    assert ["auth_success" in one for one in said] == [False, False, True]


def talk(server: Server, path: str, token: str) -> str:
    """What a socket answers to the first message, or why it was closed."""
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    address = f"{server.api.removesuffix('/api')}{path}".replace("http", "ws", 1)
    with connect(address, subprotocols=[Subprotocol("prefect")], proxy=None) as socket:
        socket.send(json.dumps({"type": "auth", "token": token}))
        try:
            return str(socket.recv(60))
        except ConnectionClosed as closed:
            return str(closed)
