"""Prefect's surroundings, set before it is imported: a patient embedded server, no chatter, nothing sent outside."""

import atexit
import os

_DEFAULTS = {
    # The embedded server took 11-18 s to start on two cores; Prefect gives up after 20.
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "DO_NOT_TRACK": "1",
    # Prefect pickles results unless told otherwise, and a pickle from a shared store can run code.
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
}


# On import, so that importing this module first is all that a user of Prefect has to do.
for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)


def quiet_exit() -> None:
    """Say nothing more once everything has been said.

    DuckDB's binding reports to standard error, at exit, whatever Prefect still refers to. Handlers run in the reverse
    order of their registration: called before Prefect is imported, this one comes last.
    """
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))
