"""What is made before workers are forked: all that a batch looks up, and no thread that a fork would lose."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

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


MAIN = """
import sys
import prefect
from flows.pool import worker_pool

if __name__ == "__main__":
    with worker_pool(2) as pool:
        loaded = pool.submit(eval, "sorted(__import__('sys').modules)").result()
    print("tasks.curate" in loaded, "prefect" in loaded)
"""


def test_workers_of_a_process_with_prefect_do_not_import_it(tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(MAIN, encoding="utf-8")
    said = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.split() == ["True", "False"]


POOL = """
import os
from flows.pool import pool_of

ASKED = '''
def switches():
    import polars as pl, resource
    frame = pl.DataFrame({"one": [1]})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw
    for _ in range(100):
        frame.filter(pl.col("one") > 0)
    return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw - before
'''

if __name__ == "__main__":
    with pool_of(os.cpu_count(), None) as pool:
        print(pool.submit(eval, f"exec({ASKED!r}, globals()) or switches()", {}).result() < 50)
        try:
            pool.submit(os.stat, "missing").result()
        except FileNotFoundError as error:
            print(error.filename)
"""


def test_calls_of_polars_in_a_worker_wait_for_no_other_thread_and_errors_stay_what_they_are(tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(POOL, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60
    )
    assert said.stdout.split() == ["True", "missing"]
