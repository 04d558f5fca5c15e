"""What CONTRIBUTING asks of every file of code and no linter checks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = sorted(path for room in ("contracts", "flows", "tasks") for path in (ROOT / room).rglob("*.py"))
_LONGEST, _LONGEST_SUMMARY, _LONGEST_FUNCTION = 300, 3, 68


@pytest.fixture(params=CODE, ids=[str(path.relative_to(ROOT)) for path in CODE])
def source(request: pytest.FixtureRequest) -> str:
    """A file of code."""
    return Path(request.param).read_text(encoding="utf-8")


def test_file_of_code_stops_at_three_hundred_lines(source: str) -> None:
    assert len(source.splitlines()) <= _LONGEST


def test_docstring_of_a_module_has_at_most_three_lines(source: str) -> None:
    summary = ast.get_docstring(ast.parse(source)) or ""
    # a tree of errors is drawn below it
    assert len([line for line in summary.splitlines() if line and line[0] not in "├└"]) <= _LONGEST_SUMMARY


def test_function_fits_a_screen(source: str) -> None:
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    sizes = {one.name: (one.end_lineno or 0) - one.body[0].lineno + 1 for one in functions}
    assert not {name: size for name, size in sizes.items() if size > _LONGEST_FUNCTION}
