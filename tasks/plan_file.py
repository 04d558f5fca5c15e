"""The plan of a run as it lies in its folder: written once, whole and a part a batch; a resumed run reads it back."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tasks.plan import Batch, Plan
from tasks.records import Part, PlannedFile

PLAN = "plan.json"


def write_plan(plan: Plan) -> None:
    """Write `<run_dir>/plan.json`, keeping what a killed run of the very same plan has staged and nothing else."""
    path = plan.run_dir / PLAN
    text = json.dumps(_to_json(plan))
    if path.exists() and path.read_text(encoding="ascii") == text:
        return
    for staged in plan.run_dir.glob("batch-*"):
        shutil.rmtree(staged)
    for batch in plan.batches:
        _write(_part(plan.run_dir, batch.number), json.dumps(_to_json(replace(plan, batches=(batch,)))))
    _write(path, text)


def read_plan(run_dir: Path) -> Plan:
    """Read back what `write_plan` wrote."""
    return _from_json(run_dir, json.loads((run_dir / PLAN).read_text(encoding="ascii")))


def read_part(run_dir: Path, number: int) -> Plan:
    """The plan with one batch only: what who curates it needs, however many others there are."""
    return _from_json(run_dir, json.loads(_part(run_dir, number).read_text(encoding="ascii")))


def _part(run_dir: Path, number: int) -> Path:
    return run_dir / "plan" / f"{number:06d}.json"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(text, encoding="ascii")
    draft.replace(path)


def _to_json(plan: Plan) -> dict[str, Any]:
    return {
        "run_id": plan.run_id,
        "lake": os.fspath(plan.lake),
        "cards": os.fspath(plan.cards),
        "recipe_version": plan.recipe_version,
        "skipped": plan.skipped,
        "replay": plan.replay,
        "batches": [
            {
                "number": batch.number,
                "files": [
                    {
                        "path": os.fspath(file.path),
                        "source": file.source,
                        "source_uri": file.source_uri,
                        "n_bytes": file.n_bytes,
                        "file_id": content,
                    }
                    | ({"part": asdict(file.part)} if file.part else {})
                    for file, content in zip(batch.files, batch.file_ids, strict=True)
                ],
            }
            for batch in plan.batches
        ],
    }


def _from_json(run_dir: Path, data: Mapping[str, Any]) -> Plan:
    batches = tuple(
        Batch(
            number=batch["number"],
            files=tuple(
                PlannedFile(
                    Path(file["path"]),
                    file["source"],
                    file["source_uri"],
                    file["n_bytes"],
                    Part(**file["part"]) if "part" in file else None,
                )
                for file in batch["files"]
            ),
            file_ids=tuple(file["file_id"] for file in batch["files"]),
        )
        for batch in data["batches"]
    )
    return Plan(
        data["run_id"],
        run_dir,
        Path(data["lake"]),
        Path(data["cards"]),
        data["recipe_version"],
        batches,
        data["skipped"],
        data.get("replay", False),
    )
