"""Fingerprints of what a rule does: of its code, and of the helpers and constants that it leads to.

Layout, comments and docstrings do not count, nor does the Python that runs it.
"""

import ast
import hashlib
import inspect
import io
import textwrap
import tokenize
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

# rooms whose code is part of what a rule says; grouping rows under their parents is machinery
_SPEAKING = (
    "contracts.checks",
    "contracts.ids",
    "contracts.vocabulary",
    "contracts.relations_of_rows",
    "contracts.relations_of_spans",
)
_PLAIN = (str, int, float, bool, tuple, list, dict, frozenset, type(None))
_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def fingerprint(function: Callable[..., Any]) -> str:
    """Twelve hex digits that change when what `function` computes may have changed."""
    told = sorted(set(_told(function, set())))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def _told(function: Callable[..., Any], seen: set[int]) -> Iterator[str]:
    code = getattr(function, "__code__", None)
    if code is None or id(code) in seen:
        return
    seen.add(id(code))
    yield _source(function)
    inner: FunctionType = function  # type: ignore[assignment]  # what has code is a function
    for cell in inner.__closure__ or ():
        if isinstance(cell.cell_contents, _PLAIN):
            yield _constant(cell.cell_contents)
        elif callable(cell.cell_contents):
            yield from _told(cell.cell_contents, seen)
    for name, value in _named(code, inner.__globals__):
        if callable(value):
            if getattr(value, "__module__", None) in (*_SPEAKING, function.__module__):
                yield from _told(value, seen)
        elif isinstance(value, _PLAIN):
            yield f"{name}={_constant(value)}"
        elif hasattr(value, "meta"):  # a polars expression kept as a constant
            yield f"{name}={value}"


def _constant(value: object) -> str:
    # the order of a set changes from run to run
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


def _named(code: CodeType, scope: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Globals that the code mentions, and what it takes from modules of ours."""
    names = set(_names(code))
    for name in sorted(names & set(scope)):
        value = scope[name]
        if isinstance(value, ModuleType):
            if value.__name__ in _SPEAKING:
                found = ((one, getattr(value, one)) for one in sorted(names) if hasattr(value, one))
                # a module imported there prints as the place where it is installed
                yield from ((one, what) for one, what in found if not isinstance(what, ModuleType))
        else:
            yield name, value


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _source(function: Callable[..., Any]) -> str:
    text = textwrap.dedent(inspect.getsource(function))
    if text.lstrip().startswith("lambda") or not text.lstrip().startswith(("def ", "@")):
        return "".join(text.split())
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.FunctionDef)  # noqa: S101 - what `def` parses to
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    lines = text.splitlines()
    kept = "\n".join(lines[body[0].lineno - 1 : body[-1].end_lineno]) if body else ""
    arguments = ast.unparse(node.args)
    return f"{arguments}:{_words(textwrap.dedent(kept))}"


def _words(text: str) -> str:
    """Tokens without layout; blanks inside a string count, for here they may be what a rule is about."""
    words: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text + "\n").readline):
        if token.type in _LAYOUT:
            continue
        word = token.string
        if word in (")", "]", "}") and words and words[-1] == ",":
            words.pop()  # a comma that only the formatter wanted
        words.append("".join(f"<{ord(sign)}>" if sign.isspace() else sign for sign in word))
    return "".join(words)
