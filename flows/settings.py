"""What a run may be told: one typed model for its parameters, one for the environment. Read here and nowhere else."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from tasks.plan import BATCH_BYTES

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """Defaults of every run; each can be set in the environment as `QINGLIU_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="QINGLIU_", extra="forbid", frozen=True)

    lake: str | Path = Field(default="lake", description="Root of the lake: a folder, or s3://bucket/prefix.")
    work: Path = Field(
        default=Path("~/.cache/qingliu"), description="Where lakes on s3:// have their working folders, on local disk."
    )
    s3_block: str | None = Field(default=None, description="Secret block of Prefect with the credentials for s3://.")
    inbox: Path = Field(default=Path("inbox"), description="Landing zone that scheduled runs read, a folder a source.")
    cards: Path = Field(default=SEEDS / "sources", description="Folder of source cards, one TOML file a source.")
    batch_bytes: int = Field(default=BATCH_BYTES, ge=1, description="Bytes at which a batch is closed.")
    workers: int = Field(default_factory=_cores, ge=1, description="Batches worked on at a time.")
    retries: int = Field(default=3, ge=0, description="Retries of a stage that met an input/output error.")
    dask_address: str | None = Field(default=None, description="Scheduler of a Dask cluster that curates the batches.")
    webhook: str | None = Field(default=None, description="Address that automations call when something is wrong.")
