"""What scrapes say, in the Markdown that the Prefect UI renders: shown, never obeyed."""

import re

from tasks.report import markdown

POISON = "<img src=x onerror=alert(1)> www.elsewhere.test\n\n# big | `code` **bold** [here](javascript:alert(1)) ![x](http://elsewhere.test/x.png)"


def test_artifact_holds_no_markup_but_its_own() -> None:
    outcome = {
        "state": "CompletedWithRejections",
        "run_id": "r1",
        "verdict": "warn",
        "reasons": [POISON],
        "release": 1,
        "report": f"/lake/{POISON}.html",
        "rows": {"articles": 2},
        "rejected": {POISON: 1},
        "seconds": {"plan": 0.1},
    }
    said = markdown(outcome)
    plain = {**outcome, "reasons": ["x"], "report": "x", "rejected": {"x": 1}}
    assert said.count("\n") == markdown(plain).count("\n")
    assert "<" not in said
    assert marks(said) == marks(markdown(plain))
    assert not re.search(r"(?<!\\)://|www\.", said)


def marks(text: str) -> list[str]:
    """The signs that mean something to Markdown."""
    return re.findall(r"(?<!\\)[`*\[\]()#!|]", text)
