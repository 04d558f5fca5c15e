"""The lake: raw inputs, immutable data files, releases as the one truth, and what readers use, derived from them.

Only this room writes published data. `tasks.publish` cuts releases; people and tools read `catalog.duckdb`, `current/`
or the Delta tables.
"""

from tasks.lake.lake import Lake, open_lake
from tasks.lake.status import history, known_files, sql, status

__all__ = ["Lake", "history", "known_files", "open_lake", "sql", "status"]
