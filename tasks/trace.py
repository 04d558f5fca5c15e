"""The cleaning recipe walked step by step, for `explain`: the texts of a batch as each step leaves them."""

from collections.abc import Callable, Iterator

import polars as pl

from tasks import clean
from tasks.clean import lines as lines_of
from tasks.clean.marks import ANY_RUN
from tasks.clean.strip import strip_marked


def trace(documents: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
    """Yield (name of the step, texts after it), first `read`; what a step has taken out is gone from its texts.

    Args:
        documents: the frame of `tasks.read.read_files`.
    """
    read = documents["text"]
    yield "decoded", read.str.replace_all("[\ufdd0-\ufdef]", "")
    yield "read", _without_removed(read)
    for step in clean.MARKING:
        documents = step(documents)
        yield _name(step), _without_removed(documents["text"])
    documents = documents.with_columns(text=strip_marked(read, documents["text"]).texts)
    for step in clean.CHARACTERS:
        documents = step(documents)
        yield _name(step), documents["text"]
    lines = lines_of.explode(documents["text"])
    for layout in clean.LAYOUT:
        lines = layout(lines)
        yield _name(layout), _texts(lines, documents.height)


def _without_removed(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(ANY_RUN, "")


def _name(step: Callable[[pl.DataFrame], pl.DataFrame]) -> str:
    return step.__module__.rsplit(".", 1)[-1]


def _texts(lines: pl.DataFrame, n: int) -> pl.Series:
    """Put the kept lines of each document together, with the line ends that are still there."""
    joined = pl.col("joins").fill_null(value=False) if "joins" in lines.columns else pl.lit(value=False)
    joiner = pl.col("joiner").fill_null("") if "joiner" in lines.columns else pl.lit("")
    first = pl.int_range(pl.len()).over("doc") == 0
    texts = (
        lines.filter(pl.col("removed").is_null())
        .with_columns(glue=pl.when(first).then(pl.lit("")).when(joined).then(joiner).otherwise(pl.lit("\n")))
        .group_by("doc")
        .agg(text=(pl.col("glue") + pl.col("text")).str.join(""))
    )
    every = pl.DataFrame({"doc": pl.int_range(n, dtype=pl.UInt32, eager=True)})
    return every.join(texts, on="doc", how="left", maintain_order="left")["text"].fill_null("")
