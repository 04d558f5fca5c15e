"""The small records that stages hand to each other: paths and counts, never frames."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """Some lines of a file of `n_bytes`: the bytes from `start` to `end`, after `lines` line ends."""

    file_id: str
    n_bytes: int
    start: int
    end: int
    lines: int


@dataclass(frozen=True)
class PlannedFile:
    """One input file of a run: where it is, which card reads it, what it is called downstream (`n_bytes` in bytes).

    Of a large file it may be a `part`, whose bytes are then counted.
    """

    path: Path
    source: str
    source_uri: str
    n_bytes: int
    part: Part | None = None

    @property
    def leads(self) -> bool:
        """Whether this is a file, or the first part of one."""
        return self.part is None or self.part.start == 0


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
