"""The data dictionary in Chinese and English, generated from the contracts: `python -m contracts.dictionary`."""

from pathlib import Path

from contracts.base import Contract
from contracts.registry import CONTRACTS
from contracts.relations import RELATIONS

DICTIONARY = Path(__file__).with_name("DICTIONARY.md")
HEAD = """# 数据字典 · Data dictionary

本页由契约生成，请勿手改：`python -m contracts.dictionary`。This page is generated from the contracts; do not edit it.
"""


def markdown() -> str:
    """All tables with their columns and rules, then the relations between them."""
    return "\n".join([HEAD, *(_table(model) for model in CONTRACTS.values()), _relations()])


def _table(model: type[Contract]) -> str:
    about = model.about()
    columns = model.to_schema().columns
    lines = [f"## {about.table} ({about.version})", "", f"{about.zh}。{about.en}", ""]
    lines += ["| 列 · column | 类型 · type | 可空 · null | 说明 | description |", "|---|---|---|---|---|"]
    for name, dtype in model.polars_schema().items():
        words = columns[name].metadata or {}
        key = "🔑 " if name == about.key else ""
        null = "✓" if columns[name].nullable else ""
        lines.append(f"| {key}`{name}` | {_plain(str(dtype))} | {null} | {words['zh']} | {words['en']} |")
    lines += ["", "| 规则 · rule | 含义 | 严重程度 · severity | 维度 · dimension |", "|---|---|---|---|"]
    declared = [rule for rule in model.rules() if not rule.name.endswith("_is_present")]
    lines += [f"| {_sentence(r.name)} | {r.zh} | {r.severity} | {r.dimension} |" for r in declared]
    return "\n".join([*lines, ""])


def _relations() -> str:
    lines = ["## 表间关系 · Relations", "", "| 关系 · relation | 含义 | 表 · table | 一并撤下 · goes with it |"]
    lines.append("|---|---|---|---|")
    lines += [f"| {_sentence(r.name)} | {r.zh} | {r.table} | {r.level} |" for r in RELATIONS]
    return "\n".join([*lines, ""])


def _sentence(name: str) -> str:
    return name.replace("_", " ")


def _plain(dtype: str) -> str:
    return "Timestamp (µs, UTC)" if dtype.startswith("Datetime") else dtype


if __name__ == "__main__":
    DICTIONARY.write_text(markdown(), encoding="utf-8")
