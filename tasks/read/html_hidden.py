"""Which elements a reader never sees: inline styles, attributes, and class rules of the page's own style sheets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# What never closes is not looked for: from each of a million openings, the search would run to the end.
_STYLE_SHEET = re.compile(r"<style\b[^<>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
_STYLE_END = re.compile("</style", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(r"^(?:[a-z][a-z0-9]*)?([.#][\w-]+)$", re.IGNORECASE)
_HIDING = re.compile(
    r"""(?:^|[;\s])(?:
      display\s*:\s*none | visibility\s*:\s*hidden | opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)
    | font-size\s*:\s*0(?:\.\d+)?\s*(?:px|pt|em|rem|%)?\s*(?:[;!]|$) | font-size\s*:\s*1px
    | font\s*:\s*0(?:px|pt)?/ | (?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em|%)?\s*(?:[;!]|$)
    | text-indent\s*:\s*-\d{3,} | (?:left|top|right)\s*:\s*-\d{3,} | color\s*:\s*transparent
    | clip\s*:\s*rect\(\s*0 | mso-hide\s*:\s*all
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class HiddenRules:
    """The selectors (`.class`, `#id`) that the page's style sheets hide."""

    selectors: frozenset[str]

    @classmethod
    def of(cls, markup: str) -> "HiddenRules":
        """Collect them from the mark-up; only simple selectors, as anti-copy scripts write them, are understood."""
        found: set[str] = set()
        last = max((match.end() for match in _STYLE_END.finditer(markup)), default=0)
        for sheet in _STYLE_SHEET.findall(markup, 0, last):
            for selectors, body in _rules(_COMMENT.sub("", sheet)):
                if _HIDING.search(body):
                    found.update(match[1] for part in selectors.split(",") if (match := _SIMPLE.match(part.strip())))
        return cls(frozenset(found))

    def hide(self, attributes: dict[str, str]) -> bool:
        """Whether an element with these attributes is not shown."""
        if "hidden" in attributes or _hides(attributes.get("style", "")):
            return True
        if not self.selectors:
            return False
        names = [f".{name}" for name in attributes.get("class", "").split()]
        return not self.selectors.isdisjoint([*names, f"#{attributes.get('id', '')}"])


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule that closes."""
    for rule in sheet.split("}")[:-1]:
        before, brace, body = rule.rpartition("{")
        if brace:
            yield before.rpartition("{")[2], body


@lru_cache(maxsize=10_000)
def _hides(style: str) -> bool:
    return bool(style) and bool(_HIDING.search(style))
