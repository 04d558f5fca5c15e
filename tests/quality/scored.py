"""Runs raw files through the whole recipe, in this process, and scores them with the shared folder's metric."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from tasks.cards import load_cards
from tasks.curate import curate_documents
from tasks.read import ReadLimits, read_files
from tasks.records import PlannedFile

SEEDS = Path(__file__).parents[2] / "seeds"
# What the table shows of each row of the metric; its own docstring defines them.
MEASURES = ("cer", "cerP", "artF1", "parF1", "senX", "ttlX", "ttlN", "boil", "false", "keep", "kind")
RESIDUE = ("pin", "trad", "half", "sp", "spd", "brk")
NOT_HAN = re.compile("[^\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u2e80-\u2fdf\U00020000-\U000323af]")
Figures = dict[str, float]


def score_reference(shared: Path) -> dict[str, Figures]:
    """The scrapes that a person has read: one row for both."""
    rows = _scored(shared, sorted((shared / "scrapes").iterdir()), shared / "reference")
    return {"reference": rows["micro"]}


def score_noised(shared: Path) -> dict[str, Figures]:
    """The noised scrapes: all of them as one row, then one row a profile."""
    rows = _scored(shared, sorted((shared / "noised" / "raw").iterdir()), shared / "noised" / "gold", "--by", "__")
    micro = rows.pop("micro")
    return {"noised": micro} | {f"noised {profile}": row for profile, row in sorted(rows.items())}


def score_pages(shared: Path) -> dict[str, Figures]:
    """Typeset newspaper pages as pdftotext reads them, in either mode; in the second, are mixed paragraphs flagged?"""
    return {f"pdf_pages {mode}": _score_pages(shared, mode) for mode in ("raw", "default")}


def curate(paths: Sequence[Path]) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Read and curate files with the project's own cards; returns the read frame and the content tables."""
    cards = load_cards(SEEDS / "sources")
    files = [PlannedFile(path, "default", path.name, path.stat().st_size) for path in paths]
    read = read_files(files, cards, ReadLimits()).documents
    return read, curate_documents(read.unique("document_id", keep="first", maintain_order=True), cards).tables


def articles_by_file(read: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """The articles of each file, as `qingliu export --format score` writes them."""
    said = tables["sentences"].group_by("paragraph_id", maintain_order=True).agg(sentences="text")
    texts = (
        tables["paragraphs"]
        .join(said, on="paragraph_id", how="left", maintain_order="left")
        .group_by("article_id", maintain_order=True)
        .agg(paragraphs="text", sentences="sentences")
    )
    articles = tables["articles"].join(texts, on="article_id", how="left", maintain_order="left").sort("article_id")
    by_document = articles.group_by("document_id", maintain_order=True).agg(
        articles=pl.struct("title", "subtitle", "paragraphs", "sentences", "kind")
    )
    found = read.select("document_id", "file_name").join(
        by_document, on="document_id", how="left", maintain_order="left"
    )
    return {name: held or [] for name, held in found.select("file_name", "articles").iter_rows()}


def _score_pages(shared: Path, mode: str) -> Figures:
    pages = shared / "data" / "pdf_pages"
    read, tables = curate(sorted(pages.glob(f"*.{mode}.txt")))
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        _run(shared / "data" / "pdf_gold.py", pages, gold, mode)
        figures = metric(shared, articles_by_file(read, tables), gold)["micro"]
    return figures | (_mixed(pages, read, tables) if mode == "default" else {})


def _scored(shared: Path, raw: Sequence[Path], gold: Path, *options: str) -> dict[str, Figures]:
    wanted = {path.stem for path in gold.glob("*.json")}
    read, tables = curate([path for path in raw if path.stem in wanted])
    return metric(shared, articles_by_file(read, tables), gold, *options)


def metric(shared: Path, produced: Mapping[str, Any], gold: Path, *options: str) -> dict[str, Figures]:
    """The rows of the metric by name: its shares, the summed residue, and by how many articles the output is off."""
    with tempfile.TemporaryDirectory() as folder:
        for name, articles in produced.items():
            (Path(folder) / f"{Path(name).stem}.json").write_text(
                json.dumps(articles, ensure_ascii=False), encoding="utf-8"
            )
        rows = json.loads(_run(shared / "score.py", folder, "--gold", gold, "--json", *options))
    return {row["file"]: _figures(row) for row in rows}


def _figures(row: Mapping[str, Any]) -> Figures:
    got, expected = map(int, row["nArt"].split("/"))
    shares = {name: float(row[name]) for name in MEASURES if row[name] is not None}
    return (
        {"articles_off": float(abs(got - expected))} | shares | {"residue": float(sum(row[name] for name in RESIDUE))}
    )


def _run(script: Path, *arguments: object) -> str:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def _mixed(pages: Path, read: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> Figures:
    """Recall and precision of the flag on paragraphs whose Han text is in no single true article."""
    truth = {
        f"{int(page['page']):03d}.default.txt": [
            _han("".join([a["title"], *a["paragraphs"]])) for a in page["articles"]
        ]
        for page in json.loads((pages / "truth.json").read_text(encoding="utf-8"))
    }
    flagged = set(tables["anomalies"].filter(pl.col("kind").str.starts_with("mixed"))["row_id"])
    names = dict(read.select("document_id", "file_name").iter_rows())
    mixed = {
        row: not any(_han(text) in article for article in truth[names[document]])
        for row, document, text in tables["paragraphs"].select("paragraph_id", "document_id", "text").iter_rows()
    }
    right = sum(mixed[row] for row in flagged & set(mixed))
    return {
        "mixed_share": sum(mixed.values()) / max(len(mixed), 1),
        "mixed_recall": right / sum(mixed.values()) if any(mixed.values()) else 1.0,
        "mixed_precision": right / len(flagged) if flagged else 0.0,
    }


def _han(text: str) -> str:
    return NOT_HAN.sub("", text)
