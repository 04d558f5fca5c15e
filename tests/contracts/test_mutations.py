"""Mutation test: with any one rule or relation taken away, what only it catches is published. None is idle."""

from dataclasses import replace

import pytest

from contracts import base, engine, relations, withdraw
from contracts.family import BREAK_COLUMNS
from contracts.registry import CONTRACTS
from contracts.relations import RELATIONS
from contracts.withdraw import CONTENT
from tasks import gate
from tasks.records import RunInfo
from tests.contracts.breaks import BREAKS, IMPLIED
from tests.contracts.canaries import CANARIES, HAND_MADE
from tests.contracts.made import batch, changed

BATCH = batch()
RUN = RunInfo("r0", "1")


def drop(patch: pytest.MonkeyPatch, table: str, name: str) -> None:
    """Take a rule out of the engine and out of what Pandera is asked."""
    model = CONTRACTS[table]
    patch.setattr(model, base.COMPILED, tuple(rule for rule in model.rules() if rule.name != name))
    strict = engine.strict_schema
    patch.setattr(engine, "strict_schema", lambda asked, without=frozenset(): strict(asked, without | {name}))


@pytest.mark.parametrize(("table", "rule"), HAND_MADE, ids=lambda value: value)
def test_without_its_rule_a_canary_passes(table: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = changed(BATCH[table], 0, **HAND_MADE[table, rule])
    assert set(engine.split(CONTRACTS[table], frame).failures["rule"]) == {rule}
    drop(monkeypatch, table, rule)
    split = engine.split(CONTRACTS[table], frame)
    assert split.failures.is_empty()
    assert split.valid.equals(frame)


@pytest.mark.parametrize("table", CONTRACTS)
def test_without_its_rule_a_second_key_passes(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = BATCH[table].head(1).extend(BATCH[table].head(1))
    drop(monkeypatch, table, "key_is_unique")
    assert engine.split(CONTRACTS[table], frame).valid.equals(frame)


@pytest.mark.parametrize(("table", "rule"), sorted(set(CANARIES) - set(HAND_MADE)), ids=lambda value: value)
def test_a_presence_rule_taken_from_the_engine_is_missed_by_pandera_or_another_rule(
    table: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = changed(BATCH[table], 0, **CANARIES[table, rule])
    model = CONTRACTS[table]
    monkeypatch.setattr(model, base.COMPILED, tuple(one for one in model.rules() if one.name != rule))
    try:
        split = engine.split(model, frame)
    except engine.DisagreementError:
        return
    assert split.rejected.height == 1
    assert rule not in split.reasons[0]


@pytest.mark.parametrize("name", BREAKS)
def test_without_its_relation_a_break_is_published(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = BREAKS[name]()
    found = set(gate.split_tables(tables, RUN).tables["failures"]["rule"])
    assert name in found
    blind = tuple(
        replace(relation, find=lambda _: BREAK_COLUMNS.to_frame()) if relation.name == name else relation
        for relation in RELATIONS
    )
    for module in (relations, withdraw):
        monkeypatch.setattr(module, "RELATIONS", blind)
    left = gate.split_tables(tables, RUN).tables
    if name in IMPLIED:
        assert set(left["failures"]["rule"]) == found - {name}
        return
    assert found == {name}
    assert left["failures"].is_empty()
    assert all(left[table].equals(tables[table]) for table in CONTENT)


def test_every_relation_has_its_break() -> None:
    assert {relation.name for relation in RELATIONS} == set(BREAKS)
