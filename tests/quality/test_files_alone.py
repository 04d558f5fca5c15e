"""A document's rows are its own: the same alone, among others, beside other neighbours, and last of its batch."""

from collections.abc import Sequence

import polars as pl
import pytest

from tests.clean.cases.furniture import LINES, PAGES, PROSE
from tests.curating import curated
from tests.quality.test_articles_in_print import FILES, FORMS
from tests.quality.test_plain_documents import DOCUMENTS

TABLES = ("articles", "paragraphs", "sentences", "spans", "anomalies")
_PARTS = 7


PRINTED = [FORMS[form](articles, width) for _, form, width, articles in FILES]
# What a line is may hang on its neighbours: the lines of the cases are the first and the last of documents here.
TOPS, FEET = ([shape.format(case.text, PROSE) for case in LINES] for shape in ("{0}\n\n{1}", "{1}\n\n{0}"))
PAGED = ["\n".join(line for line, _ in case.lines) for case in PAGES]
TEXTS = list(dict.fromkeys([*PRINTED, *TOPS, *FEET, *PAGED, *map("\n".join, DOCUMENTS.values())]))
# One line of each class at the foot, the only one that has no next row; a print file of each form.
ALONE = [*{case.step: text for case, text in zip(LINES, FEET, strict=True)}.values(), *PRINTED[:: len(FORMS)][:8]]


def _rows(texts: Sequence[str]) -> dict[str, pl.DataFrame]:
    tables = curated(*texts).tables
    return {name: tables[name].drop("source_uri", strict=False).sort(pl.all()) for name in TABLES}


@pytest.fixture(scope="module")
def together() -> dict[str, pl.DataFrame]:
    """The rows of all texts, curated as one batch."""
    return _rows(TEXTS)


def _differing(together: dict[str, pl.DataFrame], *batches: Sequence[str]) -> dict[str, list[str]]:
    """The documents whose rows are others in these batches, by table."""
    found = [_rows(batch) for batch in batches]
    differing = {}
    for name, rows in together.items():
        apart = pl.concat([one[name] for one in found]).sort(pl.all())
        wanted = rows.join(apart.select("document_id").unique(), on="document_id", how="semi").sort(pl.all())
        either = [wanted.join(apart, on=wanted.columns, how="anti", nulls_equal=True)]
        either.append(apart.join(wanted, on=wanted.columns, how="anti", nulls_equal=True))
        differing[name] = pl.concat(either)["document_id"].unique().to_list()
    return differing


def test_documents_in_reverse_order_give_the_same_rows(together: dict[str, pl.DataFrame]) -> None:
    assert not any(_differing(together, TEXTS[::-1]).values())


def test_documents_among_a_seventh_of_the_others_give_the_same_rows(together: dict[str, pl.DataFrame]) -> None:
    assert not any(_differing(together, *(TEXTS[first::_PARTS] for first in range(_PARTS))).values())


def test_documents_alone_give_the_same_rows(together: dict[str, pl.DataFrame]) -> None:
    assert not any(_differing(together, *([text] for text in ALONE)).values())
