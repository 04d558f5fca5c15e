"""Expectations: no baseline is said, drift is told by how far and from what, chance alone fails nobody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from tasks import measures
from tasks.baseline import PLACES, Baseline, suggest
from tasks.cards import SourceCard
from tasks.expectations import NO_BASELINE, Run, findings
from tests.contracts.made import batch

TODAY = date(2031, 6, 1)
USUAL = {"documents": 100.0, "articles_without_title": 0.05, "residual_noise": 0.01, "articles_per_document": 2.0}
MEASURED = {"measure": pl.String, "value": pl.Float64}


def run(
    values: Mapping[str, float] | None = None, *, source: str = "daily", recipe: str = "1", whole: bool = True
) -> Run:
    """A run that measured what is usual, but for `values`."""
    told = USUAL | dict(values or {})
    measured = pl.DataFrame({"measure": list(told), "value": list(told.values())}, schema=MEASURED).with_columns(
        source=pl.lit(source),
        table_name=pl.Series([measures.measure_of(name).table for name in told], dtype=pl.String),
    )
    documents = pl.DataFrame(schema={"document_id": pl.String, "source": pl.String})
    return Run(measured, documents, PLACES.to_frame(), pl.Series([], dtype=pl.String), recipe, whole)


def baseline(releases: int = 4, values: Mapping[str, float] | None = None, source: str = "daily") -> Baseline:
    """Accepted releases that measured what is usual, give or take a little."""
    rows = [
        (release, source, measures.measure_of(name).table, name, value * (1 + 0.02 * release))
        for release in range(1, releases + 1)
        for name, value in (USUAL | dict(values or {})).items()
    ]
    history = pl.DataFrame(
        rows,
        schema={
            "release": pl.Int32,
            "source": pl.String,
            "table_name": pl.String,
            "measure": pl.String,
            "value": pl.Float64,
        },
        orient="row",
    )
    documents = pl.DataFrame(schema=dict.fromkeys(("document_id", "source", "recipe_version"), pl.String))
    return Baseline(history, documents, PLACES.to_frame(), "1")


def told(run: Run, known: Baseline, **card: Any) -> dict[str, str]:
    cards = {"daily": SourceCard(name="daily", title="Daily", **card)}
    return {one.rule: one.verdict for one in findings(run, known, cards, TODAY)}


def test_the_first_run_says_that_there_is_no_baseline() -> None:
    (only,) = findings(run(), baseline(0), {}, TODAY)
    assert (only.rule, only.verdict) == (NO_BASELINE, "pass")
    assert "no baseline: first run of daily" in str(only)
    assert str(only).startswith("note: ")


def test_a_new_source_beside_known_ones_is_named() -> None:
    (only,) = findings(run(source="weekly"), baseline(1), {}, TODAY)
    assert "first run of weekly" in str(only)


def test_a_run_like_the_others_has_no_findings() -> None:
    assert findings(run(), baseline(), {}, TODAY) == []


def test_a_finding_carries_expected_actual_and_change() -> None:
    (only,) = findings(run({"articles_without_title": 0.6}), baseline(), {}, TODAY)
    assert (only.rule, only.table, only.verdict, only.source) == (
        "articles_without_title",
        "articles",
        "fail",
        "daily",
    )
    assert only.expected == "about 5.3% (median of 4 releases)"
    assert only.actual == "60.0%"
    assert only.change == pytest.approx(1042.9)


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("articles_without_title", 0.30, "warn"),
        ("articles_without_title", 0.0, None),
        ("residual_noise", 0.20, "fail"),
        ("residual_noise", 0.0, None),
        ("articles_per_document", 0.3, "fail"),
        ("articles_per_document", 4.0, "warn"),
        ("documents", 20.0, "warn"),
        ("documents", 1000.0, "warn"),
        ("documents", 70.0, None),
    ],
)
def test_a_measure_may_move_so_far(name: str, value: float, verdict: str | None) -> None:
    assert told(run({name: value}), baseline()).get(name) == verdict


def test_two_documents_prove_no_drift() -> None:
    assert told(run({"documents": 2, "articles_without_title": 1.0}), baseline()) == {
        "documents": "warn",
        "articles_without_title": "warn",
    }


def test_kinds_are_judged_together_and_the_one_that_moved_most_is_told() -> None:
    usual = {"articles_of_kind:notice": 0.1, "articles_of_kind:news_report": 0.9, "articles_of_kind:other": 0.0}
    now = {"articles_of_kind:notice": 0.1, "articles_of_kind:news_report": 0.1, "articles_of_kind:other": 0.8}
    (only,) = findings(run(now), baseline(values=usual), {}, TODAY)
    assert (only.rule, only.verdict) == ("articles_of_kind", "fail")
    assert only.expected.startswith(("news_report about 94", "other about 0"))
    assert "of all moved" in only.actual


def test_a_bound_of_the_card_replaces_the_baseline() -> None:
    wide = {"articles_without_title": {"max": 0.9}}
    assert told(run({"articles_without_title": 0.6}), baseline(), expect=wide) == {}
    strict = {"articles_without_title": {"max": 0.01, "verdict": "warn"}}
    assert told(run(), baseline(0), expect=strict)["articles_without_title"] == "warn"
    assert told(run({"documents": 3}), baseline(), volume={"min": 5})["documents"] == "warn"
    assert told(run({"documents": 3}), baseline(), expect={"documents": {"min": 5}})["documents"] == "fail"


def test_a_replay_and_a_new_recipe_bring_no_volume() -> None:
    assert told(run({"documents": 1}, whole=False), baseline()) == {}
    assert told(run({"documents": 5000}, recipe="2"), baseline()) == {}


def test_a_source_that_always_came_is_missed() -> None:
    (found,) = [one for one in findings(run(source="weekly"), baseline(), {}, TODAY) if one.verdict != "pass"]
    assert (found.rule, found.source, found.change) == ("no_source_is_missing", "daily", -100.0)


def places(source: str, months: list[str], document: str = "d") -> pl.DataFrame:
    days = [date(int(month[:4]), int(month[5:]), 3) for month in months]
    return pl.DataFrame(
        {
            "source": [source] * len(months),
            "publish_month": months,
            "document_id": [f"{document}{month}" for month in months],
            "published_on": days,
        },
        schema=PLACES,
    )


def with_months(known: list[str], staged: list[str]) -> tuple[Run, Baseline]:
    old, new = baseline(), run()
    return (
        Run(new.measured, new.documents, places("daily", staged, "e"), new.rejected, new.recipe),
        Baseline(old.history, old.documents, places("daily", known), old.recipe),
    )


def test_a_month_left_out_is_told() -> None:
    new, old = with_months([f"2030-{month:02d}" for month in range(1, 9)], ["2030-10"])
    (found,) = findings(new, old, {}, TODAY)
    assert (found.rule, found.actual) == ("no_month_is_missing", "none of 2030-09")
    again = with_months([f"2030-{month:02d}" for month in (1, 2, 3, 4, 5, 6, 8)], ["2030-09"])
    assert findings(*again, {}, TODAY) == []  # an old gap is no news


def test_documents_that_would_vanish_are_told() -> None:
    old, new = baseline(), run(recipe="2")
    ids = [f"d{number}" for number in range(20)]
    documents = pl.DataFrame({"document_id": ids, "source": ["daily"] * 20, "recipe_version": ["1"] * 20})
    known = Baseline(old.history, documents, old.articles, "1")
    for n, verdict in ((1, "warn"), (8, "fail")):
        (found,) = findings(Run(new.measured, new.documents, new.articles, pl.Series(ids[:n]), "2"), known, {}, TODAY)
        assert (found.rule, found.verdict, found.change) == ("published_documents_stay", verdict, -5.0 * n)


def test_a_source_that_went_stale_is_told() -> None:
    new, old = with_months(["2031-04"], [])
    cards = {"daily": SourceCard(name="daily", title="Daily", freshness_days=30)}
    (found,) = findings(new, old, cards, TODAY)
    assert (found.rule, found.actual) == ("source_is_fresh", "newest of 2031-04-03, 59 days old")
    assert findings(new, old, cards, date(2031, 4, 20)) == []


def test_suggested_bounds_hold_every_release_so_far() -> None:
    known = baseline(values={"articles_without_title": 0.3})
    bounds = suggest(known, "daily")
    for name, value in known.history.select("measure", "value").iter_rows():
        low, high = bounds[name]
        assert low <= value <= high
    assert bounds["documents"] == (50, 218)


def test_measures_of_batches_add_up_to_those_of_the_whole() -> None:
    tables = batch()
    one = measures.sums(tables)
    twice = measures.together([one, one])
    once = measures.together([one])
    counted = {"documents"}
    for name, before, after in (
        once.join(twice, on=["source", "measure"]).select("measure", "value", "value_right").rows()
    ):
        assert after == pytest.approx(2 * before if name in counted else before)
    assert set(once["measure"]) == set(measures.names())


def test_every_measured_name_can_be_bounded_and_no_other() -> None:
    SourceCard(name="a", title="A", expect={name: {"max": 1} for name in measures.names()})
    with pytest.raises(ValueError, match="did you mean `residual_noise`"):
        SourceCard(name="a", title="A", expect={"residual_noises": {"max": 1}})


@pytest.mark.parametrize(
    ("bound", "why"),
    [
        ({}, "needs `min`"),
        ({"min": 0.5, "max": 0.1}, "is above max"),
        ({"min": 2}, "can never be met"),
        ({"max": float("nan")}, "finite"),
    ],
)
def test_an_impossible_bound_is_refused(bound: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SourceCard(name="a", title="A", expect={"residual_noise": bound})
