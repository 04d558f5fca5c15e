"""A batch is curated in shares, one a thread: how it is cut changes no row, id or order."""

import polars as pl
import pytest

from tasks import curate
from tests.curating import documents

NEWS = "河湾镇召开防汛会议\n\n　　本报讯 会议于X月举行，部署巡查工作。各村干部到会，会后分头检查了堤段。"


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_a_batch_cut_into_shares_gives_the_same_tables(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    batch = documents(*(f"第{number}期\n{NEWS}" * (1 + number % 3) for number in range(9)))
    whole = curate.curate_documents(batch)
    monkeypatch.setattr(curate, "SHARE_BYTES", 1)
    monkeypatch.setattr(pl, "thread_pool_size", lambda: threads)
    cut = curate.curate_documents(batch)
    for name, table in whole.tables.items():
        assert cut.tables[name].equals(table), name
    assert cut.broken.equals(whole.broken)


def test_a_large_batch_is_cut_however_few_threads_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = documents(*(f"{number}{NEWS}" for number in range(9)))
    monkeypatch.setattr(pl, "thread_pool_size", lambda: 1)
    assert len(curate._shares(batch)) == 1
    monkeypatch.setattr(curate, "LARGEST_SHARE_BYTES", 500)
    cut = curate._shares(batch)
    assert max(share["text"].str.len_bytes().sum() for share in cut) <= 750
    assert pl.concat(cut).equals(batch)
