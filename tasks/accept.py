"""A person may accept what the gate failed: the run is published, with what was accepted and why in its release."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contracts.verdicts import Reason, Verdict


class AcceptError(ValueError):
    """What was to be accepted cannot be: the message says why."""


def check_acceptance(rules: Sequence[str], reason: str) -> None:
    """Refuse to accept without a reason, or to give a reason for nothing.

    Raises:
        AcceptError: one comes without the other.
    """
    if rules and not reason.strip():
        raise AcceptError(f"accepting {', '.join(rules)} needs a reason: add --reason '...', it is kept in the release")
    if reason.strip() and not rules:
        raise AcceptError("a reason for what? add --accept RULE")


def accept(verdict: "Verdict", rules: Sequence[str], reason: str) -> "Verdict":
    """Take findings back from failing a run.

    Args:
        verdict: the gate's.
        rules: names of rules, or `table.rule`; every finding of one is accepted.
        reason: why, for the record.

    Raises:
        AcceptError: no reason, or the gate found nothing wrong by that name.
    """
    # every run checks before it starts, and few accept: the contracts wait until then
    from contracts import verdicts

    check_acceptance(rules, reason)
    found = [one for one in verdict.findings if one.verdict != "pass"]
    if unknown := [rule for rule in rules if not any(_is(one, rule) for one in found)]:
        there = ", ".join(sorted({one.rule for one in found})) or "nothing"
        raise AcceptError(f"the gate has no finding {', '.join(unknown)}; it found {there}")
    marked = [
        replace(one, accepted=reason) if one in found and any(_is(one, rule) for rule in rules) else one
        for one in verdict.findings
    ]
    return verdicts.together(marked)


def _is(finding: "Reason", rule: str) -> bool:
    return rule in (finding.rule, f"{finding.table}.{finding.rule}")
