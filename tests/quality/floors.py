"""The pinned figures: what is measured may not fall below them, and they only rise."""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")
# Of these less is better, so their floor is a ceiling and rising means falling.
COUNTS = frozenset({"residue", "articles_off", "merged_laws", "merged_versions", "merged_articles"})
LESS_IS_BETTER = COUNTS | {"cer", "cerP", "false", "mixed_share"}
Table = Mapping[str, Mapping[str, float]]
HEAD = """# The least that `make quality` may measure, set by set; of cer, cerP, false, residue, counts the most.
# `python -m tests.quality --pin` raises them. Lowering one needs a line in CHANGELOG.md: `floor <set> <measure>`: why.
"""


def read_floors(text: str | None = None) -> Table:
    """The pinned floors, by set and measure; `text` is another version of the file."""
    floors: Table = tomllib.loads(FLOORS.read_text(encoding="utf-8") if text is None else text)
    return floors


def worse(measure: str, figure: float, than: float) -> bool:
    """Is the figure on the wrong side of the other one?"""
    return figure > than if measure in LESS_IS_BETTER else figure < than


def breaches(measured: Table, floors: Table) -> list[str]:
    """One sentence for each measured figure that is worse than its floor, or that has disappeared."""
    said = []
    for name, pinned in floors.items():
        for measure, floor in pinned.items():
            figure = measured.get(name, {}).get(measure)
            if figure is None and name in measured:
                said.append(f"{name}: {measure} is pinned at {floor} and no longer measured")
            elif figure is not None and worse(measure, figure, floor):
                said.append(f"{name}: {measure} is {figure:.5g}, pinned at {floor:.5g}")
    return said


def lowered(before: Table, after: Table, changelog: str) -> list[str]:
    """Name the floors that are worse than before, or gone, and have no line in the changelog."""
    gone = [
        f"floor {name} {measure}"
        for name, pinned in before.items()
        for measure, floor in pinned.items()
        if (now := after.get(name, {}).get(measure)) is None or worse(measure, now, floor)
    ]
    return [line for line in gone if line not in changelog]


def pin(measured: Table) -> None:
    """Raise the floors to what was measured, rounded down a little; none is lowered."""
    floors = {name: dict(pinned) for name, pinned in read_floors().items()}
    for name, figures in measured.items():
        pinned = floors.setdefault(name, {})
        for measure, figure in figures.items():
            reached = _rounded(measure, figure)
            if measure not in pinned or worse(measure, pinned[measure], reached):
                pinned[measure] = reached
    parts = [f'["{name}"]\n' + "".join(f"{m} = {v:g}\n" for m, v in pinned.items()) for name, pinned in floors.items()]
    FLOORS.write_text(HEAD + "\n" + "\n".join(parts), encoding="utf-8")


def _rounded(measure: str, figure: float) -> float:
    """Leave room for a character or two, but none where nothing is wrong."""
    if measure in COUNTS:
        return figure
    if measure in LESS_IS_BETTER:
        return math.ceil(figure * 10_000 + 0.5) / 10_000 if figure else 0.0
    return math.floor(figure * 1000) / 1000
