"""Every rule of every contract catches the row made for it, and a bad row never passes as valid."""

import warnings

import polars as pl
import pytest
from pandera.errors import SchemaErrors, SchemaWarning

from contracts import engine
from contracts.registry import CONTRACTS
from tests.contracts.canaries import CANARIES, HAND_MADE
from tests.contracts.made import batch, changed

BATCH = batch()


def test_every_rule_but_the_key_has_a_canary() -> None:
    rules = {(table, rule.name) for table, model in CONTRACTS.items() for rule in model.rules()}
    assert rules - {(table, "key_is_unique") for table in CONTRACTS} == set(CANARIES)


@pytest.mark.parametrize("table", CONTRACTS)
def test_the_unchanged_batch_keeps_every_rule(table: str) -> None:
    split = engine.split(CONTRACTS[table], BATCH[table])
    assert split.failures.is_empty()
    assert split.valid.equals(BATCH[table])


@pytest.mark.parametrize(("table", "rule"), CANARIES, ids=lambda value: value)
def test_a_rule_catches_its_canary(table: str, rule: str) -> None:
    values = CANARIES[table, rule]
    split = engine.split(CONTRACTS[table], changed(BATCH[table], 0, **values))
    rules = {r.name: r for r in CONTRACTS[table].rules()}
    caught = set(split.failures["rule"])
    assert rule in caught
    # nothing else than rules that read what was changed
    assert caught <= {name for name, r in rules.items() if set(r.columns) & set(values)}
    rejected = any(rules[name].rejects for name in caught)
    assert split.rejected.height == int(rejected)
    assert split.valid.height == BATCH[table].height - int(rejected)


@pytest.mark.parametrize("table", CONTRACTS)
def test_two_rows_with_one_key_are_both_rejected(table: str) -> None:
    frame = pl.concat([BATCH[table], BATCH[table].head(1)])
    split = engine.split(CONTRACTS[table], frame)
    assert split.rejected.height == 2
    assert set(split.failures["rule"]) == {"key_is_unique"}


@pytest.mark.parametrize(("table", "rule"), HAND_MADE, ids=lambda value: value)
def test_a_rule_also_runs_under_plain_pandera(table: str, rule: str) -> None:
    model, frame = CONTRACTS[table], changed(BATCH[table], 0, **CANARIES[table, rule])
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            model.validate(frame, lazy=True)
            found = set()
        except SchemaErrors as error:
            found = set(error.failure_cases["check"])
    told = " ".join(str(warning.message) for warning in warned if issubclass(warning.category, SchemaWarning))
    assert rule in found or f"<Check {rule}>" in told
