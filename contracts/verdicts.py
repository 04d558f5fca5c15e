"""From counts to a verdict: pass, warn or fail, by each rule's tolerances."""

from dataclasses import dataclass, field

from contracts.base import Severity, Tolerance
from contracts.registry import CONTRACTS
from contracts.relations import RELATIONS

# one bad file must not stop the others: so few failed rows never fail a run, whatever their share
HANDFUL = 3
_ORDER = ("pass", "warn", "fail")


@dataclass(frozen=True)
class Reason:
    """Why a verdict is not pass: the rule, its table, what was expected, what was found, and the change in percent.

    `change` is null where there is no earlier release to compare with; `source` where all sources are meant. A reason
    whose verdict is pass is only to be said.
    """

    rule: str
    table: str
    verdict: str
    expected: str
    actual: str
    change: float | None = None
    source: str | None = None
    accepted: str | None = None

    def __str__(self) -> str:
        verdict = "note" if self.verdict == "pass" else self.verdict
        verdict = f"accepted ({self.accepted})" if self.accepted is not None else verdict
        of = f" of {self.source}" if self.source is not None else ""
        change = f" ({self.change:+.0f} %)" if self.change is not None else ""
        return f"{verdict}: {self.table}{of}: {self.rule}: expected {self.expected}, found {self.actual}{change}"


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a run: pass, warn or fail, with every finding behind it."""

    verdict: str
    findings: tuple[Reason, ...] = field(default_factory=tuple)

    @property
    def reasons(self) -> list[str]:
        """The findings as sentences, the gravest first."""
        return [str(finding) for finding in self.findings]


def of_rule(severity: Severity | str, tolerance: Tolerance, n_rows: int, n_failed: int) -> str:
    """Judge one rule's count."""
    if n_failed == 0 or severity == "info":
        return "pass"
    if n_failed > max(HANDFUL, tolerance.fail * n_rows):
        return "fail"
    return "warn" if n_failed > tolerance.warn * n_rows else "pass"


def worst(verdicts: list[str]) -> str:
    """The gravest of several verdicts; pass if there is none."""
    return max(verdicts, key=_ORDER.index, default="pass")


def together(findings: list[Reason]) -> Verdict:
    """A run's verdict is that of its gravest finding; one that a person has accepted still warns."""
    ordered = sorted(findings, key=lambda finding: -_ORDER.index(finding.verdict))
    told = [finding.verdict if finding.accepted is None else "warn" for finding in findings]
    return Verdict(worst(told), tuple(ordered))


def tolerances() -> dict[tuple[str, str], Tolerance]:
    """Tolerance by table and rule, relations included."""
    found = {(table, rule.name): rule.tolerance for table, model in CONTRACTS.items() for rule in model.rules()}
    return found | {(relation.table, relation.name): Tolerance() for relation in RELATIONS}
