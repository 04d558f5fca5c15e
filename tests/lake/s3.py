"""An S3 server on loopback (moto) behind a small proxy that loses, delays and refuses as networks and stores do."""

import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import Client

BUCKET = "qinghe"
KEY, SECRET = "AKIDQINGHEONLYINTESTS", "a-secret-that-nobody-may-read"
WRITES = ("PUT", "POST", "DELETE")
_SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
_NO_KEY = b"<Error><Code>InvalidAccessKeyId</Code><Message>There is no such key.</Message></Error>"
Answer = tuple[int, dict[str, str], bytes]
_HOP = {"connection", "keep-alive", "transfer-encoding", "date", "server"}


@dataclass
class Fault:
    """What happens to requests whose `METHOD /path` matches, so many `times`, or to a `share` of them.

    `how` is `slow down` (503), `unheard` (cut before it is carried out), `unanswered` (cut after), `cut` (half of the
    answer), `late` (after a second), or a function that is called before it is carried out; `after` is called when
    it was. The first `skip` such requests are let through.
    """

    how: str | Callable[[], object]
    where: str = ""
    times: int = 1
    share: float = 1.0
    skip: int = 0
    after: Callable[[], object] | None = None
    met: int = 0
    struck: int = 0


@dataclass
class Store:
    """A running server: its address, the faults that wait, and every request that came."""

    port: int
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - drawing lots, not keys
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def environment(self) -> dict[str, str]:
        """What a user of it sets; tries follow each other fast enough for a test."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "4",
        }

    def meet(self, request: str) -> "Fault | None":
        """The fault that strikes a request, if one does."""
        with self.lock:
            self.requests.append(request)
            for fault in self.faults:
                if fault.struck == fault.times or not re.search(fault.where, request):
                    continue
                fault.met += 1
                if fault.met > fault.skip and self.chance.random() < fault.share:
                    fault.struck += 1
                    return fault
        return None


@contextmanager
def served() -> Iterator[Store]:
    """A server with one empty bucket."""
    proxy = _Proxy()
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    proxy.ask("PUT", f"/{BUCKET}", {"Host": "127.0.0.1"}, b"")
    try:
        yield proxy.store
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


def use(store: Store, patch: pytest.MonkeyPatch) -> None:
    """Set the environment of this process for a server."""
    for name, value in store.environment.items():
        patch.setenv(name, value)


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = Store(self.server_address[1])
        self._moto = Client(DomainDispatcherApplication(create_backend_app))
        # moto looks whether a name is taken and takes it in two steps; S3 does both in one
        self._one_at_a_time = threading.Lock()

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """What moto says."""
        with self._one_at_a_time if "If-None-Match" in headers else nullcontext():
            said = self._moto.open(path, method=method, headers=dict(headers), data=body, buffered=True)
            return said.status_code, dict(said.headers), said.get_data()

    def handle_error(self, *_: object) -> None:
        """A client that went away is what is tested here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Proxy

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self._answer(403, {"Content-Type": "application/xml"}, _NO_KEY)
            return
        fault = self.server.store.meet(f"{self.command} {self.path}")
        how = fault.how if fault else ""
        if callable(how):
            how()
        elif how == "late":
            time.sleep(1)
        elif how == "slow down":
            self._answer(503, {"Content-Type": "application/xml"}, _SLOW_DOWN)
            return
        elif how == "unheard":
            self._cut()
            return
        answer = self.server.ask(self.command, self.path, dict(self.headers), body)
        if fault and fault.after:
            fault.after()
        if how == "unanswered":
            self._cut()
        else:
            self._answer(*answer, half=how == "cut")

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815 - the server calls them so

    def _answer(self, status: int, headers: dict[str, str], content: bytes, *, half: bool = False) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in _HOP | {"content-length"}:
                self.send_header(name, value)
        told = {name.lower(): value for name, value in headers.items()}
        length = told.get("content-length", "0") if self.command == "HEAD" else str(len(content))
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content[: len(content) // 2] if half else content)
        if half:
            self._cut()

    def _cut(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(2)
