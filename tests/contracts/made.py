"""A small batch in which every contract and relation holds; tests break one thing at a time."""

import datetime as dt
import hashlib
from typing import Any

import polars as pl

from contracts.registry import CONTRACTS

NOW = dt.datetime(2031, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
# per document: articles; per article: paragraphs; per paragraph: sentences
TEXTS = (
    ((("云溪县召开会议。", "会议强调要抓好春耕。"), ("与会者参加了讨论。",)), (("白石镇开通新路。", "全长12公里。"),)),
    ((("青禾乡发布通知。",),), (("港口恢复通航。", "首船已经抵达。"), ("据记者了解，货量增加。",))),
)


def document_id(number: int) -> str:
    return hashlib.sha256(f"document {number}".encode()).hexdigest()


def batch() -> dict[str, pl.DataFrame]:
    """All fourteen tables, two documents, four articles."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in CONTRACTS}
    for number, articles in enumerate(TEXTS):
        _document(rows, number, articles)
    first, second = rows["articles"][0], rows["articles"][1]
    link = {"document_id": first["document_id"], "article_id": first["article_id"], "similarity": 0.5}
    rows["continuations"].append(
        {**link, "continuation_id": "c1", "to_article_id": second["article_id"], "evidence": "printed markers"}
    )
    rows["signatures"].append(
        {
            "article_id": first["article_id"], "document_id": first["document_id"], "source": "default",
            "fingerprint": "a" * 64, "numbers": "b" * 64, "n_content": 12, "bands": "A" * 256,
        }
    )  # fmt: skip
    rows["duplicates"].append(
        {
            **link,
            "duplicate_id": "d1",
            "other_article_id": second["article_id"],
            "cluster": "k1",
            "representative": True,
        }
    )
    rows["rejections"].append(
        {
            "rejection_id": "r1", "document_id": document_id(9), "source": "default", "source_uri": "a.txt",
            "table_name": "sentences", "row_key": "k", "reason": "text_is_not_blank", "message": "blank",
            "row_json": "{}", "run_id": "r0", "recipe_version": "1", "contract_version": "1.0.0",
        }
    )  # fmt: skip
    rows["failures"].append(
        {
            "failure_id": "f1", "document_id": document_id(9), "run_id": "r0", "contract": "sentences",
            "contract_version": "1.0.0", "rule": "text_is_not_blank", "severity": "reject", "row_key": "k",
            "value": " ",
        }
    )  # fmt: skip
    rows["metrics"].append(
        {
            "metric_id": "m1", "run_id": "r0", "table_name": "sentences", "rule": "text_is_not_blank",
            "severity": "reject", "n_rows": 10, "n_failed": 1, "verdict": "warn", "measured_at": NOW,
        }
    )  # fmt: skip
    rows["runs"].append(
        {
            "run_id": "r0", "started_at": NOW, "finished_at": NOW, "state": "completed", "n_files": 1, "n_bytes": 10,
            "n_documents": 1, "n_rejected": 0, "release": 1, "recipe_version": "1", "contract_versions": "{}",
            "code_version": "0",
        }
    )  # fmt: skip
    return {table: pl.DataFrame(rows[table], schema=CONTRACTS[table].polars_schema()) for table in CONTRACTS}


def _document(rows: dict[str, list[dict[str, Any]]], number: int, articles: Any) -> None:
    doc = document_id(number)
    here = {"document_id": doc, "source": "default"}
    at, spans = 0, []
    counts = {"n_articles": 0, "n_paragraphs": 0, "n_sentences": 0}
    for a, paragraphs in enumerate(articles, 1):
        article = f"{doc[:20]}-a{a:04d}"
        n_article = {"n_chars": 0, "n_paragraphs": 0, "n_sentences": 0}
        counts["n_articles"] += 1
        spans.append((at, at + 4, "title", article, None, None))
        at += 5
        for p, sentences in enumerate(paragraphs, 1):
            paragraph, text = f"{article}-p{p:04d}", "".join(sentences)
            month = {"publish_month": "2031-05"}
            for s, sentence in enumerate(sentences, 1):
                start = sum(map(len, sentences[: s - 1]))
                rows["sentences"].append(
                    {
                        **here, **month, "sentence_id": f"{paragraph}-s{s:04d}", "paragraph_id": paragraph,
                        "article_id": article, "ordinal": s, "text": sentence, "start": start,
                        "end": start + len(sentence), "source_start": at + start,
                        "source_end": at + start + len(sentence),
                    }
                )  # fmt: skip
            rows["paragraphs"].append(
                {
                    **here, **month, "paragraph_id": paragraph, "article_id": article, "ordinal": p, "role": "body",
                    "outline": ["一、总则"], "outline_path": "一、总则", "text": text, "n_chars": len(text),
                    "source_start": at, "source_end": at + len(text),
                }
            )  # fmt: skip
            spans.append((at, at + len(text), "paragraph", paragraph, None, None))
            at += len(text) + 1
            for name, n in (("n_chars", len(text)), ("n_paragraphs", 1), ("n_sentences", len(sentences))):
                n_article[name] += n
        counts["n_paragraphs"] += n_article["n_paragraphs"]
        counts["n_sentences"] += n_article["n_sentences"]
        rows["articles"].append(
            {
                **here, **n_article, "article_id": article, "ordinal": a, "title": "春耕会议",
                "title_original": "春耕會議",
                "kind": "news_report", "publisher": "云溪日报", "published_on": dt.date(2031, 5, 6),
                "published_precision": "day", "published_basis": "printed", "residual_noise": 0.0,
                "publish_month": "2031-05",
            }
        )  # fmt: skip
        rows["anomalies"].append(
            {
                **here, "anomaly_id": f"{article}-o1", "article_id": article, "row_id": f"{article}-p0001",
                "kind": "placeholder", "text": "X", "start": at - 2, "end": at - 1,
            }
        )  # fmt: skip
    spans.append((at, at + 3, "removed", None, "site_chrome", "分享到"))
    at += 3
    for ordinal, (start, end, fate, row, step, text) in enumerate(spans, 1):
        rows["spans"].append(
            {
                **here, "span_id": f"{doc[:20]}-x{ordinal:06d}", "ordinal": ordinal, "start": start, "end": end,
                "n_content": end - start, "fate": fate, "row_id": row, "step": step, "text": text,
            }
        )  # fmt: skip
    rows["sightings"].append(
        {**here, "sighting_id": f"s{number}", "source_uri": f"{number}.txt", "first_seen_run": "r0"}
    )
    rows["documents"].append(
        {
            **here, **counts, **dict.fromkeys(_COUNTERS, 0), "file_name": f"{number}.txt",
            "source_uri": f"{number}.txt", "media_type": "text/plain", "encoding": "utf-8", "script": "Hans",
            "layout": "lines", "n_bytes": 3 * at, "n_chars": at, "n_content": sum(s[1] - s[0] for s in spans),
            "residual_noise": 0.0, "recipe_version": "1",
        }
    )  # fmt: skip


_COUNTERS = (
    "n_invisible_removed", "n_compat_mapped", "n_annotations_removed", "n_marks_widened", "n_script_converted",
    "n_lines_joined", "n_spaces_removed", "n_lines_removed", "n_chars_removed",
)  # fmt: skip


def changed(frame: pl.DataFrame, row: int, **values: Any) -> pl.DataFrame:
    """The frame with some values of one row replaced."""
    at = pl.int_range(pl.len()) == row
    return frame.with_columns(
        pl.when(at).then(pl.lit(value, frame.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )
