"""The small records that stages hand to each other: paths and counts, never frames."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class PlannedFile:
    """One input file of a run: where it is, which card reads it, what it is called downstream (`n_bytes` in bytes)."""

    path: Path
    source: str
    source_uri: str
    n_bytes: int


@dataclass(frozen=True)
class RunInfo:
    """What every row of a run may be stamped with; holds no clock."""

    run_id: str
    recipe_version: str
    contract_versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BatchRecord:
    """The outcome of one batch: rows per table, bytes read, seconds per stage, and the gate's verdict."""

    number: int
    rows: dict[str, int]
    n_bytes: int
    n_files: int
    verdict: str
    seconds: dict[str, float] = field(default_factory=dict)
