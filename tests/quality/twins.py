"""Scores whether a noisy copy of an article is found to be a copy of its clean twin, through the whole recipe."""

import random
import tempfile
from pathlib import Path

import polars as pl

from tasks.dedupe.duplicates import SIGNED, find_duplicates
from tasks.dedupe.sign import said, sign_articles
from tests.benchmarks.articles import read_articles
from tests.benchmarks.noise import PROFILES, noisy, printed_head
from tests.quality.scored import curate


def score_twins(_: Path) -> dict[str, float]:
    """Write every article of our own clean, and once under each profile of noise.

    Returns:
        found: the share of noisy files with an article in the cluster of their clean twin; merged_articles: clusters
        that hold two articles (their number, to be none).
    """
    chance, articles = random.Random("twins"), list(read_articles().values())
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, article in enumerate(articles):
            texts = {"clean": "\n".join([*printed_head(article), *article.paragraphs])}
            texts |= {profile: noisy(article, profile, chance) for profile in PROFILES}
            for kind, text in texts.items():
                paths.append(Path(folder) / f"{number:03d}_{kind}.txt")
                paths[-1].write_text(text, encoding="utf-8")
        read, tables = curate(paths)
    bodies = said(tables["articles"], tables["paragraphs"])
    ranks = tables["articles"].select("article_id", "residual_noise", "published_on")
    signed = sign_articles(tables["articles"], tables["paragraphs"]).join(ranks, on="article_id").select(SIGNED.names())
    links = find_duplicates(signed, lambda ids: [bodies.filter(pl.col("article_id").is_in(ids.implode()))])
    told = links.join(read.select("document_id", "file_name"), on="document_id").select(
        "cluster", article=pl.col("file_name").str.head(3), kind=pl.col("file_name").str.slice(4).str.head(-4)
    )
    clean = told.filter(kind="clean").select("cluster", "article")
    found = told.filter(pl.col("kind") != "clean").join(clean, on=["cluster", "article"], how="semi")
    mixed = told.group_by("cluster").agg(n=pl.col("article").n_unique()).filter(pl.col("n") > 1)
    n_found = found.select("article", "kind").n_unique()
    return {"found": n_found / (len(articles) * len(PROFILES)), "merged_articles": float(len(mixed))}
