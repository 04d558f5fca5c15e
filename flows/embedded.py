"""Prefect's server inside a run: started beside it, ended with it, also when the run is killed.

Prefect would start it without a tie: of a run that is killed it stayed behind, with memory and a port.
"""

import atexit
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading

# Nobody looks at it: no pages, and only what a run asks for.
_SMALL = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}
_LAST_WORDS = 5


def start_embedded(seconds: float = 120) -> str:
    """Start a server that ends with this process, and return the address of its API once it answers.

    Raises:
        ConnectionError: it did not come up.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        child = subprocess.Popen(  # noqa: S603 - a command of ours
            [sys.executable, "-m", "flows.embedded", str(listening.fileno())], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, pass_fds=[listening.fileno()], env={**os.environ, **_SMALL},
            start_new_session=True,  # Ctrl-C is for the run, which has its end to tell
        )  # fmt: skip
    atexit.register(_stop, child)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        # It waits in the queue of the socket until the server serves; a server that ends closes it.
        line.request("GET", "/api/health")
        status = line.getresponse().status
    except OSError as error:
        raise ConnectionError(f"Prefect's embedded server did not start: {error}; --direct does without") from error
    finally:
        line.close()
    if status != http.client.OK:
        raise ConnectionError(f"Prefect's embedded server answers {status}; --direct does without")
    return f"http://127.0.0.1:{port}/api"


def end_with_parent() -> None:
    """End when the standard input does: whoever started this holds its other end, alive or not at all."""

    def watch() -> None:
        os.read(0, 1)  # not through a buffer, whose lock a daemon thread would take into the grave
        os.kill(os.getpid(), signal.SIGTERM)
        # A server may wait for connections that nobody will close.
        threading.Event().wait(_LAST_WORDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _stop(child: "subprocess.Popen[bytes]") -> None:
    if child.stdin:
        child.stdin.close()
    child.wait()


def main() -> None:
    """Serve on the socket that was handed down."""
    end_with_parent()
    import uvicorn

    config = uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="error", lifespan="on")
    uvicorn.Server(config).run([socket.socket(fileno=int(sys.argv[1]))])


if __name__ == "__main__":
    main()
