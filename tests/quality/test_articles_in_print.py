"""Clean articles, several in a file, as print sets them: each comes out with its headline and its paragraphs."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

import pytest

from tests.benchmarks.articles import Article, read_articles
from tests.quality.scored import articles_by_file, curate
from tests.quality.test_plain_documents import print_rows

WIDTHS, EACH = (17, 22, 28), 3
_NO_WORD = re.compile(r"\W+")
ARTICLES = [one for one in read_articles().values() if one.main and not one.subtitle and not one.continued]


def _heads(one: Article) -> list[str]:
    return [*filter(None, (one.kicker, one.main))]


def _set_in(one: Article, width: float) -> Iterator[str]:
    """A headline, then paragraphs whose first lines are set in."""
    yield from _heads(one)
    for paragraph in one.paragraphs:
        yield from print_rows(f"\u3000\u3000{paragraph}", width)


def _flush(one: Article, width: float) -> Iterator[str]:
    """Without indents: where a paragraph's last line is full, nothing tells that another begins."""
    yield from _heads(one)
    for paragraph in one.paragraphs:
        yield from print_rows(paragraph, width)


def _paged(texts: Sequence[Article], width: float) -> str:
    rows = [row for one in texts for row in _set_in(one, width)]
    return "".join(f"{row}\n" + f"第{at // 30 + 1}页\n" * (at % 30 == 29) for at, row in enumerate(rows))


def _lines(texts: Sequence[Article], width: float) -> str:
    return "\n".join(row for one in texts for row in _set_in(one, width))


def _apart(texts: Sequence[Article], width: float) -> str:
    return "\n\n".join("\n".join(_set_in(one, width)) for one in texts)


def _flush_apart(texts: Sequence[Article], width: float) -> str:
    return "\n\n".join("\n".join(_flush(one, width)) for one in texts)


def _spaced(texts: Sequence[Article], width: float) -> str:
    """A blank line below each print line, as some readers of PDF and Word leave it."""
    return "\n\n".join(row for one in texts for row in _set_in(one, width))


def _heads_in_print(texts: Sequence[Article], width: float) -> str:
    """Headlines over as many print lines as they need."""
    return "\n\n".join(
        "\n".join(
            [
                *(row for head in _heads(one) for row in print_rows(head, width)),
                *list(_set_in(one, width))[len(_heads(one)) :],
            ]
        )
        for one in texts
    )


def _below_blank_lines(texts: Sequence[Article], width: float) -> str:
    """Paragraphs below a blank line, headlines below two."""
    return "\n\n\n".join(
        "\n\n".join(["\n".join(_heads(one)), *("\n".join(print_rows(text, width)) for text in one.paragraphs)])
        for one in texts
    )


def _a_line_each(texts: Sequence[Article], _: float) -> str:
    return "\n".join("\u3000\u3000".join([*_heads(one), *one.paragraphs]) for one in texts)


FORMS: dict[str, Callable[[Sequence[Article], float], str]] = {
    "set in": _lines,
    "set in, apart": _apart,
    "on pages": _paged,
    "flush, apart": _flush_apart,
    "spaced": _spaced,
    "headlines in print": _heads_in_print,
    "below blank lines": _below_blank_lines,
    "a line each": _a_line_each,
}
FILES = [
    (f"{form} {width} {first}", form, width, list(islice(cycle(ARTICLES), first, first + EACH)))
    for form in FORMS
    for width in WIDTHS
    for first in range(0, len(ARTICLES), EACH)
]
CASES = [pytest.param(*file, id=file[0]) for file in FILES]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The lines of each file's articles."""
    folder = tmp_path_factory.mktemp("print")
    for name, form, width, texts in FILES:
        (folder / f"{name}.txt").write_text(FORMS[form](texts, width) + "\n", encoding="utf-8")
    read, tables = curate(sorted(folder.iterdir()))
    return {
        name: [[one["title"] or "", *(one["paragraphs"] or ())] for one in articles]
        for name, articles in articles_by_file(read, tables).items()
    }


@pytest.mark.parametrize(("name", "form", "width", "texts"), CASES)
def test_articles_of_a_file_come_out_whole(
    name: str, form: str, width: float, texts: list[Article], found: dict[str, list[list[str]]]
) -> None:
    told = [[_NO_WORD.sub("", line) for line in article] for article in found[f"{name}.txt"]]
    wanted = [[_NO_WORD.sub("", line) for line in ("".join(_heads(one)), *one.paragraphs)] for one in texts]
    if form == "flush, apart":
        told, wanted = ([[lines[0], "".join(lines[1:])] for lines in each] for each in (told, wanted))
    assert told == wanted
