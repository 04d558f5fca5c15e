"""Compares a run, and the release it would make, with accepted releases: volume, fill rates, kinds, lengths, months.

Small runs scatter: every tolerance is widened by what chance alone does to that many documents.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from contracts.verdicts import HANDFUL, Reason
from tasks.baseline import Baseline
from tasks.cards import Bound, SourceCard
from tasks.measures import DOCUMENTS, MEASURES, Measure, measure_of

NO_BASELINE = "a_baseline_is_there"
_LARGEST_LOSS = 0.1  # share of a source's documents that a release may lose before it fails
_REGULAR = 6  # months from which on a source may be called regular, so that a gap says something
_USUAL = 2 / 3  # share of releases from which on a source is expected in every one
_FEW_RELEASES = 3
_FEW_DOCUMENTS = 10  # a run with fewer of a source is never failed for how they look


@dataclass(frozen=True)
class Run:
    """What is expected of: the measures of a run, and what its staged tables would make of the release.

    Attributes:
        measured: source, table_name, measure, n, total, value.
        documents: document_id, source of the staged documents.
        articles: source, publish_month, document_id, published_on of the staged articles.
        rejected: ids of documents that it rejects whole.
        withdrawn: ids of documents that a person has excluded.
        recipe: its recipe.
        whole: false for a replay, which brings no volume of its own.
    """

    measured: pl.DataFrame
    documents: pl.DataFrame
    articles: pl.DataFrame
    rejected: pl.Series
    recipe: str
    whole: bool = True
    withdrawn: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.String))


def findings(run: Run, baseline: Baseline, cards: Mapping[str, SourceCard], today: date) -> list[Reason]:
    """Everything in which the run is not as expected; and, on the first run of a source, that nothing was expected.

    Args:
        run: the run.
        baseline: what accepted releases looked like.
        cards: source cards, for their bounds.
        today: the day that freshness is reckoned from.
    """
    return [
        *_bounded(run, cards),
        *_drifted(run, baseline, cards),
        *_first_seen(run, baseline),
        *_missing_sources(run, baseline),
        *_lost_documents(run, baseline),
        *_months(run, baseline),
        *_stale(run, baseline, cards, today),
    ]


def _bounded(run: Run, cards: Mapping[str, SourceCard]) -> Iterator[Reason]:
    """Breaches of what a card says, which no history can excuse."""
    for source, table, name, value in _values(run):
        bound = _bound(cards.get(source), name) if run.whole or name != DOCUMENTS else None
        if bound is not None and not bound.holds(value):
            expected = f"{_told(name, bound.min)} to {_told(name, bound.max)} (card of {source})"
            yield Reason(name, table, bound.verdict, expected, _told(name, value), None, source)


def _drifted(run: Run, baseline: Baseline, cards: Mapping[str, SourceCard]) -> Iterator[Reason]:
    medians = baseline.medians()
    usual = {(source, name): (median, n) for source, name, median, n, _ in medians.iter_rows()}
    volumes = dict(medians.select("source", "n_documents").unique().iter_rows())
    brought = {source: value for source, _, name, value in _values(run) if name == DOCUMENTS}
    families: dict[tuple[str, str, str], dict[str, tuple[float, float]]] = {}
    for source, table, name, value in _values(run):
        if (source, name) not in usual or _bound(cards.get(source), name) is not None:
            continue
        if name == DOCUMENTS and (not run.whole or run.recipe != baseline.recipe):
            continue  # a new recipe does the whole source again: that is no volume
        median, n_releases = usual[source, name]
        scatter = 1 / max(1.0, brought.get(source, 0.0)) + 1 / max(1.0, volumes[source])
        measure = measure_of(name)
        if measure.kind == "family":
            families.setdefault((source, table, name.partition(":")[0]), {})[name] = (median, value)
            continue
        verdict = _spared(_moved(measure, median, value, scatter, n_releases), brought.get(source, 0.0))
        if verdict != "pass":
            expected = f"about {_told(name, median)} ({_history(n_releases)})"
            yield Reason(name, table, verdict, expected, _told(name, value), _change(median, value), source)
    for (source, table, family), members in families.items():
        yield from _shifted(source, table, family, members, brought.get(source, 0.0), volumes[source])


def _shifted(
    source: str, table: str, family: str, members: Mapping[str, tuple[float, float]], brought: float, usual: float
) -> Iterator[Reason]:
    """A distribution that moved as a whole, told by the member that moved most."""
    measure = MEASURES[family]
    distance = sum(abs(value - median) for median, value in members.values()) / 2
    chance = 0.5 * math.sqrt(len(members) * (1 / max(1.0, brought) + 1 / max(1.0, usual)))
    verdict = _spared(_grade(distance, measure, chance, 1.5 * chance), brought)
    if verdict != "pass":
        most = max(members, key=lambda name: abs(members[name][1] - members[name][0]))
        median, value = members[most]
        expected = f"{most.partition(':')[2]} about {_told(most, median)}"
        actual = f"{_told(most, value)}; {distance:.0%} of all moved"
        yield Reason(family, table, verdict, expected, actual, _change(median, value), source)


def _moved(measure: Measure, median: float, value: float, scatter: float, n_releases: int) -> str:
    if measure.worse == "up" and value <= median:
        return "pass"
    if measure.kind == "share":
        # the spread of a share over that many documents; never none, for a median of 0 is no law of nature
        spread = math.sqrt(max(median * (1 - median), 0.01) * scatter)
        return _grade(abs(value - median), measure, 2 * spread, 3 * spread)
    floor = 0.05 if measure.kind == "mean" else 0.5
    ratio = abs(math.log((value + floor) / (median + floor)))
    if measure.kind == "count":
        # one or two releases say little of how many documents are usual
        return _grade(ratio, measure, 0.0 if n_releases >= _FEW_RELEASES else 1.0, 0.0)
    return _grade(ratio, measure, 2 * math.sqrt(scatter), 3 * math.sqrt(scatter))


def _spared(verdict: str, brought: float) -> str:
    return "warn" if verdict == "fail" and brought < _FEW_DOCUMENTS else verdict


def _grade(distance: float, measure: Measure, warn_more: float, fail_more: float) -> str:
    if distance > measure.fail + fail_more:
        return "fail"
    return "warn" if distance > measure.warn + warn_more else "pass"


def _first_seen(run: Run, baseline: Baseline) -> Iterator[Reason]:
    known = set(baseline.history["source"])
    new = sorted(set(run.measured["source"]) - known)
    if new:
        told = ", ".join(new[:5]) + (f" and {len(new) - 5} more" if len(new) > 5 else "")
        where = "of this lake" if not known else "of these sources"
        yield Reason(NO_BASELINE, "metrics", "pass", f"accepted releases {where}", f"no baseline: first run of {told}")


def _missing_sources(run: Run, baseline: Baseline) -> Iterator[Reason]:
    there = baseline.history.filter(measure=DOCUMENTS)
    n_releases = baseline.history["release"].n_unique()
    if not run.whole or n_releases < _FEW_RELEASES or run.recipe != baseline.recipe:
        return
    each = there.group_by("source").agg(n=pl.col("release").n_unique(), median=pl.col("value").median())
    for source, n, median in each.sort("source").iter_rows():
        if n >= _USUAL * n_releases and source not in set(run.measured["source"]):
            expected = f"about {median:.0f} documents (in {n} of {n_releases} releases)"
            yield Reason("no_source_is_missing", "documents", "warn", expected, "none", -100.0, source)


def _lost_documents(run: Run, baseline: Baseline) -> Iterator[Reason]:
    """Documents that were published and would not be any more."""
    before = dict(baseline.documents.group_by("source").len().iter_rows())
    gone = baseline.documents.filter(
        pl.col("document_id").is_in(run.rejected.implode())
        & ~pl.col("document_id").is_in(run.documents["document_id"].implode())
    )
    for source, n in gone.group_by("source").len().sort("source").iter_rows():
        verdict = "fail" if n > max(HANDFUL, _LARGEST_LOSS * before[source]) else "warn"
        expected, actual = f"{before[source]} documents kept", f"{before[source] - n} kept, {n} rejected now"
        change = -100.0 * n / before[source]
        yield Reason("published_documents_stay", "documents", verdict, expected, actual, change, source)


def _months(run: Run, baseline: Baseline) -> Iterator[Reason]:
    touched = pl.concat([run.documents["document_id"], run.rejected])
    kept = baseline.articles.filter(~pl.col("document_id").is_in(touched.implode()))
    before, after = _by_month(baseline.articles), _by_month(pl.concat([kept, run.articles]))
    for source in sorted(before):
        if lost := sorted(before[source] - after.get(source, set())):
            change = -100.0 * len(lost) / len(before[source])
            yield Reason("no_month_disappears", "articles", "warn", f"articles of {_few(lost)}", "none", change, source)
    for source in sorted(after):
        gaps = _gaps(after[source])
        if gaps and gaps != _gaps(before.get(source, set())) and len(gaps) <= len(after[source]) / 4:
            yield Reason(
                "no_month_is_missing", "articles", "warn", "articles every month", f"none of {_few(gaps)}", None, source
            )


def _gaps(months: set[str]) -> list[str]:
    """Months without an article between the first and the last, of a source that is regular."""
    if len(months) < _REGULAR:
        return []
    numbers = sorted(int(month[:4]) * 12 + int(month[5:]) - 1 for month in months)
    missing = set(range(numbers[0], numbers[-1])) - set(numbers)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in sorted(missing)]


def _by_month(articles: pl.DataFrame) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    dated = articles.select("source", "publish_month").unique().filter(pl.col("publish_month") != "unknown")
    for source, month in dated.iter_rows():
        found.setdefault(source, set()).add(month)
    return found


def _stale(run: Run, baseline: Baseline, cards: Mapping[str, SourceCard], today: date) -> Iterator[Reason]:
    every = pl.concat([baseline.articles, run.articles]).group_by("source").agg(pl.col("published_on").max())
    for source, newest in every.sort("source").iter_rows():
        card = cards.get(source)
        if card is None or card.freshness_days is None or newest is None or source not in set(run.measured["source"]):
            continue
        if (age := (today - newest).days) > card.freshness_days:
            expected = f"an article since {today - timedelta(days=card.freshness_days)} (card of {source})"
            yield Reason(
                "source_is_fresh", "articles", "warn", expected, f"newest of {newest}, {age} days old", None, source
            )


def _bound(card: SourceCard | None, name: str) -> Bound | None:
    if card is None:
        return None
    if name == DOCUMENTS and name not in card.expect and (card.volume.min or card.volume.max is not None):
        return Bound(min=card.volume.min, max=card.volume.max, verdict="warn")
    return card.expect.get(name)


def _values(run: Run) -> Iterator[tuple[str, str, str, float]]:
    yield from run.measured.select("source", "table_name", "measure", "value").iter_rows()


def _told(name: str, value: float | None) -> str:
    if value is None:
        return "any"
    kind = measure_of(name).kind
    return f"{value:.1%}" if kind in ("share", "family") else f"{value:.0f}" if kind == "count" else f"{value:.3g}"


def _change(before: float, after: float) -> float | None:
    """Change in percent; null from nothing, which no percentage tells."""
    return round(100 * (after - before) / before, 1) if before else None


def _history(n_releases: int) -> str:
    return f"median of {n_releases} releases" if n_releases > 1 else "the one release before"


def _few(months: list[str]) -> str:
    return ", ".join(months[:3]) + (f" and {len(months) - 3} more" if len(months) > 3 else "")
