"""Corpora made from the project's articles without noise, seeded: usual documents, very many tiny ones, one giant."""

import json
import random
from collections.abc import Iterator, Sequence

from tests.benchmarks.articles import Article, sentence_ends

TINY = 200  # bytes of text in a tiny document, a little more or less


def tiny(articles: Sequence[Article], n_bytes: int, seed: int = 0) -> Iterator[bytes]:
    """JSON lines, at least `n_bytes` in all, each with a few sentences as its text."""
    rng, made, number = random.Random(seed), 0, 0
    sentences = [sentence for article in articles for text in article.paragraphs for sentence in _sentences(text)]
    while made < n_bytes:
        text = f"{number}号通报："  # no two are alike: a document that was read is not read again
        while len(text.encode()) < TINY * 3 // 4:
            text += rng.choice(sentences)
        line = json.dumps({"id": number, "text": text}, ensure_ascii=False).encode() + b"\n"
        yield line
        made, number = made + len(line), number + 1


def clean(articles: Sequence[Article], n_bytes: int, seed: int = 0) -> Iterator[bytes]:
    """JSON lines, at least `n_bytes` in all, each an article of sampled paragraphs as an editor prints it."""
    rng, made, number = random.Random(seed), 0, 0
    pool = [text for article in articles for text in article.paragraphs]
    while made < n_bytes:
        title, body = rng.choice(articles).main, rng.sample(pool, rng.randrange(6, 40))
        text = "\n".join([title or "通报", "", *body, f"{number}号。"])
        line = json.dumps({"id": number, "text": text}, ensure_ascii=False).encode() + b"\n"
        yield line
        made, number = made + len(line), number + 1


def giant(articles: Sequence[Article], n_bytes: int, *, flat: bool = False, seed: int = 0) -> bytes:
    """One text of at least `n_bytes`: articles one below the other, or all of it without a line break."""
    rng, made = random.Random(seed), 0
    parts: list[str] = []
    while made < n_bytes:
        article = rng.choice(articles)
        body = rng.sample(article.paragraphs, len(article.paragraphs))
        parts += [part for part in (article.kicker, article.main, article.subtitle, *body, "") if part is not None]
        made += sum(len(text.encode()) for text in body)
    return ("" if flat else "\n").join(parts).encode()


def _sentences(paragraph: str) -> list[str]:
    ends = sentence_ends(paragraph)
    return [paragraph[start:end] for start, end in zip([0, *ends], ends, strict=False)]
