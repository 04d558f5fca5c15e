"""The views of the catalogue that are made of tables: what cleaning removed, and the wide ones for BI tools."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class View:
    """A view: its query, and descriptions of itself and of the columns it adds, in Chinese and English."""

    name: str
    description: str
    sql: str
    columns: Mapping[str, str] = field(default_factory=dict)


REMOVALS = View(
    "removals",
    "清洗时移除的内容 · What cleaning took out, and the step that did",
    "SELECT * FROM spans WHERE fate = 'removed'",
)

VIEWS: tuple[View, ...] = (REMOVALS,)
