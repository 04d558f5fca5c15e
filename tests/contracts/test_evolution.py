"""Versions: what counts as a change, how large a step it asks for, and that fewer is refused."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import polars as pl
import pytest

from contracts import checks, lock
from contracts.base import Contract, Tolerance, column, declared, rule
from contracts.evolution import Lock, diff, step, too_small_a_bump
from contracts.fingerprint import _told, fingerprint
from contracts.registry import CONTRACTS
from contracts.relations import RELATIONS

MIGRATIONS = Path(lock.__file__).with_name("MIGRATIONS.md")
LIMIT = 10


def model(**changes: object) -> type[Contract]:
    """A small contract whose rule differs by what is given."""
    spec = {"zh": "不长", "severity": "reject", "tolerance": Tolerance(), **changes}

    class Notes(Contract, table="spans", key="note_id", version="1.0.0", zh="一行是一条"):
        """A note."""

        note_id: str = column("编号", "Id")

        @rule(**spec)  # type: ignore[arg-type]
        def note_is_short(cls) -> pl.Expr:
            return pl.col("note_id").str.len_chars() < LIMIT

    return Notes


def said(contract: type[Contract]) -> str:
    return lock._entry(contract)["rules"]["note_is_short"]


@pytest.mark.parametrize(
    "change",
    [{"severity": "warn"}, {"tolerance": Tolerance(fail=0.5)}, {"null_passes": True}, {"waivable": True}],
    ids=str,
)
def test_whatever_a_rule_says_is_locked(change: dict[str, object]) -> None:
    assert said(model(**change)) != said(model())


def test_the_words_of_a_rule_are_not_locked() -> None:
    assert said(model(zh="别的话", remedy="other words")) == said(model())


def short(text: str) -> bool:
    """One wording."""
    return len(text) < LIMIT  # a comment


def short_again(text: str) -> bool:
    return len( text, )  <  LIMIT  # fmt: skip


def not_as_short(text: str) -> bool:
    return len(text) <= LIMIT


def spaced(text: str) -> bool:
    return " " in text


def widely_spaced(text: str) -> bool:
    return "\u3000" in text


def helped() -> pl.Expr:
    return checks.not_blank("text")


def test_layout_comments_and_docstrings_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fingerprint(short) == fingerprint(short_again)
    assert fingerprint(short) != fingerprint(not_as_short)
    assert fingerprint(spaced) != fingerprint(widely_spaced)
    before = fingerprint(short)
    monkeypatch.setitem(globals(), "LIMIT", 11)
    assert fingerprint(short) != before


def test_helpers_and_vocabularies_of_the_contracts_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(helped)
    monkeypatch.setattr(checks, "not_blank", checks.no_control)
    assert fingerprint(helped) != before
    kinds = next(one.method for one in declared(CONTRACTS["articles"]) if one.method.__name__ == "kind_is_known")
    before = fingerprint(kinds)
    monkeypatch.setitem(kinds.__globals__, "KINDS", ("news",))
    assert fingerprint(kinds) != before


def test_fingerprint_tells_nothing_of_the_place_where_libraries_are_installed() -> None:
    told = [line for model in CONTRACTS.values() for one in declared(model) for line in _told(one.method, set())]
    assert [line for line in told if "<module" in line or "site-packages" in line] == []


def test_no_two_rules_of_a_table_and_no_two_relations_have_one_fingerprint() -> None:
    for table, entry in lock.current().items():
        bodies = list(entry["rules"].values())
        assert len(set(bodies)) == len(bodies), table
    assert len({fingerprint(relation.find) for relation in RELATIONS}) == len(RELATIONS)


def test_the_lock_is_the_same_in_another_process() -> None:
    code = "import json; from contracts import lock; print(json.dumps(lock.current()))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        cwd=Path(lock.__file__).parents[1],
    )
    assert json.loads(other.stdout) == lock.current()


def drop_column(entry: Lock) -> None:
    del entry["articles"]["columns"]["title"]


def change_type(entry: Lock) -> None:
    entry["articles"]["columns"]["ordinal"] = "int64"


def allow_null(entry: Lock) -> None:
    entry["articles"]["columns"]["kind"] += " or null"


def forbid_null(entry: Lock) -> None:
    entry["articles"]["columns"]["title"] = "string"


def add_column(entry: Lock) -> None:
    entry["articles"]["columns"]["colour"] = "string or null"


def change_key(entry: Lock) -> None:
    entry["articles"]["key"] = "title"


def drop_rule(entry: Lock) -> None:
    del entry["articles"]["rules"]["kind_is_known"]


def loosen_rule(entry: Lock) -> None:
    entry["articles"]["rules"]["kind_is_known"] = "warn, warn above 0, fail above 1, 000000000000"


@pytest.mark.parametrize(
    ("change", "size", "line"),
    [
        (drop_column, "major", "- column title"),
        (change_type, "major", "~ column ordinal: int32 -> int64"),
        (allow_null, "major", "~ column kind"),
        (forbid_null, "minor", "~ column title"),
        (add_column, "minor", "+ column colour"),
        (change_key, "major", "~ key: article_id -> title"),
        (drop_rule, "minor", "- rule kind_is_known"),
        (loosen_rule, "minor", "~ rule kind_is_known"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_change_asks_for_its_step_and_is_refused_without(
    change: Callable[[Lock], None], size: str, line: str
) -> None:
    old = lock.current()
    old["articles"]["version"] = "1.1.0"
    new = deepcopy(old)
    change(new)
    assert step(old["articles"], new["articles"]) == size
    first, *rest = diff(old, new)
    assert first == f"articles 1.1.0 -> 1.1.0: asks for {size}"
    assert any(one.strip().startswith(line) for one in rest)
    (refused,) = too_small_a_bump(old, new)
    assert refused == f"raise the version of articles from 1.1.0 by a {size} step"
    new["articles"]["version"] = "1.2.0"
    assert bool(too_small_a_bump(old, new)) == (size == "major")
    new["articles"]["version"] = "2.0.0"
    assert too_small_a_bump(old, new) == []


def test_a_table_cannot_be_deleted_and_may_be_added() -> None:
    old = lock.current()
    new = deepcopy(old)
    del new["articles"]
    assert too_small_a_bump(old, new) == ["articles is gone: a table is retired, not deleted"]
    assert too_small_a_bump(new, old) == []
    assert list(diff(old, new)) == ["articles: gone (major)"]


def test_the_committed_lock_is_up_to_date_and_every_step_has_its_note() -> None:
    assert too_small_a_bump(lock.read(), lock.current()) == []
    assert lock.read() == lock.current(), "run `python -m contracts.lock`"
    notes = MIGRATIONS.read_text(encoding="utf-8")
    for table, entry in lock.read().items():
        assert entry["version"] == "1.0.0" or f"## {table} {entry['version']}" in notes


def test_a_breaking_change_is_not_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = lock.current()
    old["spans"]["columns"]["colour"] = "string"
    (tmp_path / "contracts.lock").write_text(json.dumps(old))
    monkeypatch.setattr(lock, "LOCK", tmp_path / "contracts.lock")
    with pytest.raises(lock.VersionNotBumpedError, match=r"raise the version of spans from [0-9.]+ by a major step"):
        lock.write()
