"""The rules of the table of sentences as two other libraries have them; a script for a venv of its own.

`python contract_peers.py dataframely|pointblank FRAME` prints wall and CPU seconds, and leaves with 1 when the rows it
rejects are not those that were planted.
"""

import json
import resource
import sys
import time

import polars as pl

MONTH = "^(?:unknown|[0-9]{4}-(?:0[1-9]|1[0-2]))$"
CONTROL = r"[\x00-\x1f\x7f-\x{9f}]"
TEXTS = ("sentence_id", "paragraph_id", "article_id", "document_id", "source", "text", "publish_month")
NUMBERS = {"ordinal": pl.Int32, "start": pl.Int32, "end": pl.Int32, "source_start": pl.Int64, "source_end": pl.Int64}
TEXT = pl.col("text")
RULES = {
    "sentence_id_names_its_paragraph_and_ordinal": pl.col("sentence_id")
    == pl.format("{}-s{}", "paragraph_id", pl.col("ordinal").cast(pl.String).str.zfill(4)),
    "paragraph_id_names_its_article": pl.col("paragraph_id").str.starts_with(pl.col("article_id")),
    "article_id_names_its_document": pl.col("article_id").str.starts_with(pl.col("document_id").str.head(20)),
    "ordinal_is_at_least_one": pl.col("ordinal") >= 1,
    "text_is_not_blank": TEXT.str.strip_chars() != "",
    "text_holds_no_control_character": ~TEXT.str.contains(CONTROL),
    "text_holds_no_mark": ~TEXT.str.contains("[\ufdd0-\ufdef]"),
    "start_and_end_span_the_text": (pl.col("start") >= 0) & (pl.col("end") - pl.col("start") == TEXT.str.len_chars()),
    "source_start_is_not_after_its_end": (pl.col("source_start") >= 0)
    & (pl.col("source_start") <= pl.col("source_end")),
    "publish_month_is_a_month_or_unknown": pl.col("publish_month").str.contains(MONTH),
}


def by_dataframely(frame: pl.DataFrame) -> tuple[int, pl.Series]:
    """Rows that are valid (their number), and the numbers of the others."""
    import dataframely as dy

    columns = {name: dy.String(nullable=False, primary_key=name == "sentence_id") for name in TEXTS}
    columns |= {
        name: {pl.Int32: dy.Int32, pl.Int64: dy.Int64}[dtype](nullable=False) for name, dtype in NUMBERS.items()
    }
    columns["row"] = dy.UInt32()
    rules = {name: dy.rule()(lambda cls, rule=rule: rule.fill_null(False)) for name, rule in RULES.items()}
    schema = type("Sentences", (dy.Schema,), columns | rules)
    good, failed = schema.filter(frame)
    return good.height, failed.invalid()["row"]


def by_pointblank(frame: pl.DataFrame) -> tuple[int, pl.Series]:
    """Likewise."""
    import pointblank as pb

    plan = pb.Validate(frame).col_vals_not_null(columns=[*TEXTS, *NUMBERS]).rows_distinct(columns_subset="sentence_id")
    for rule in RULES.values():
        plan = plan.col_vals_expr(expr=rule.fill_null(False))
    done = plan.interrogate()
    return done.get_sundered_data("pass").height, done.get_sundered_data("fail")["row"]


# pointblank looks for rows that stand twice, but does not tell them when it splits the frame
UNTOLD = {"pointblank": ["key twice"]}
PROGRAMS = {"dataframely": by_dataframely, "pointblank": by_pointblank}


def main(program: str, path: str) -> int:
    """Judge, measure, compare."""
    rows = pl.read_parquet(path).with_row_index("row")
    told = ~pl.col("planted").is_in(UNTOLD.get(program, []))
    bad = rows.filter(pl.col("planted").is_not_null() & told)["row"]
    frame = rows.drop("planted")
    start, before = time.perf_counter(), _cpu()
    n_valid, rejected = PROGRAMS[program](frame)
    wall, cpu = time.perf_counter() - start, _cpu() - before
    if n_valid + len(bad) != len(rows) or set(rejected) != set(bad):
        print(f"{program} rejects {len(rejected)} rows, planted were {len(bad)}", file=sys.stderr)
        return 1
    print(json.dumps({"wall": wall, "cpu": cpu}))
    return 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
