"""What is made before workers are forked: all that a batch looks up, and no thread that a fork would lose."""

import subprocess
import sys

TOLD = """
import re
from pathlib import Path
import tasks.ready
from tasks import once
names = [path.read_text().strip() for path in Path("/proc/self/task").glob("*/comm")]
print([name for name in names if re.fullmatch(r"polars-\\d+|tokio.*", name)])
print(all(make.cache_info().currsize for make in once._MAKERS) and len(once._MAKERS))
"""


def test_what_workers_inherit_is_whole_and_has_started_no_thread_of_polars() -> None:
    said = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[0] == "[]"
    assert int(said[1]) >= 10
