"""Superset's settings: on loopback, on a lake that it can only read, asking no host outside."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from superset.config import TALISMAN_CONFIG as _PAGES

_HOME = Path(os.environ["SUPERSET_HOME"])

SECRET_KEY = (_HOME / "secret_key").read_text(encoding="ascii")
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_HOME / 'superset.db'}"
# results are not kept: a new release shows when the page is loaded again
CACHE_CONFIG = DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
# one process a worker, nothing to share the counts of a limiter with
RATELIMIT_ENABLED = False
ENABLE_PROXY_FIX = False
# its pages ask hosts outside for pictures and maps, one of which counts installations: the browser is told not to
_OWN = {"img-src": ["'self'", "blob:", "data:"], "connect-src": ["'self'"]}
TALISMAN_CONFIG = {**_PAGES, "content_security_policy": {**_PAGES["content_security_policy"], **_OWN}}
SQLLAB_TIMEOUT = SUPERSET_WEBSERVER_TIMEOUT = 120


@event.listens_for(Engine, "connect")
def _confine(connection: Any, _record: object) -> None:
    """Let a query read the lake's data files and nothing else of this machine."""
    if not type(connection).__module__.startswith("duckdb_engine"):
        return
    files, free = connection.execute(
        "SELECT (SELECT path FROM duckdb_databases() WHERE path IS NOT NULL LIMIT 1), "
        "current_setting('enable_external_access')"
    ).fetchone()
    if files is not None and free:
        data = str(Path(files).parent / "data").replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{data}/']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
