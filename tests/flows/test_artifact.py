"""What scrapes say, in the Markdown that the Prefect UI renders: shown, never obeyed."""

import re
from types import SimpleNamespace
from typing import Any

from tasks.report import markdown, stories
from tasks.report.diffs import Diff
from tasks.report.gallery import Exhibit, Shown
from tasks.report.lineage import Ancestor, Lineage
from tasks.report.rejected import Reason, Sample

POISON = "<img src=x onerror=alert(1)> www.elsewhere.test\n\n# big | `code` **bold** [here](javascript:alert(1)) ![x](http://elsewhere.test/x.png)"


def quality(text: str) -> str:
    return markdown(
        {
            "state": "CompletedWithRejections",
            "run_id": "r1",
            "verdict": "warn",
            "reasons": [text],
            "release": 1,
            "report": f"/lake/{text}.html",
            "rows": {"articles": 2},
            "rejected": {text: 1},
            "seconds": {"plan": 0.1},
        }
    )


def page(text: str) -> str:
    """Every section of the page's story, with a text wherever one of a scrape may stand."""
    sample = Sample(("", "file"), text, text, text, text, (text, text), text)
    row = Shown(text, 0, 1, Diff([("same", text), ("other", text)], [("new", text)], 1), [text], 1)
    told: dict[str, Any] = {
        "staged": False,
        "release": SimpleNamespace(number=1),
        "counters": [{"zh": "", "what": "lines joined", "n": 3, "documents": 1}],
        "removals": [
            {"step": ("", text), "n_content": 9, "share": "1 %", "documents": 1, "n": 1, "strings": [(text, 1)]}
        ],
        "rejections": [Reason(text, text, 1, 1, 1, [sample])],
        "gallery": {(text, "best"): [Exhibit(text, text, text, text, "1 %", [row])]},
        "lineage": Lineage(
            [("recipe", text)],
            None,
            [{"file_name": text, "source": text, "encoding": text, "n_articles": 1, "new": True}],
            2,
            [],
            0,
            [Ancestor(1, text, text, text, 1, 1, 1, text, text)],
        ),
    }
    return "\n".join(stories(told).values())


def test_artifacts_hold_no_markup_but_their_own() -> None:
    for told in (quality, page):
        said = told(POISON)
        assert said.count("\n") == told("x").count("\n")
        assert "<" not in said
        assert marks(said) == marks(told("x"))
        assert not re.search(r"(?<!\\)://|www\.", said)


def marks(text: str) -> list[str]:
    """The signs that mean something to Markdown."""
    return re.findall(r"(?<!\\)[`*\[\]()#!|]", text)
