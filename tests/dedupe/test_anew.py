"""What is told anew after a change is what would be told of all at once: whatever came, went, and in what order."""

import random
from collections.abc import Sequence

import polars as pl
import pytest

from tasks.dedupe import signatures as signing
from tasks.dedupe.anew import Known, tell_anew
from tasks.dedupe.duplicates import SIGNED, find_duplicates
from tasks.dedupe.shelves import matching
from tests.dedupe.pairs import NOTICE

OTHER = "桥头镇的桃花开了，游人沿着河堤走了很远，孩子们在草地上放风筝，卖茶的摊子摆到了渡口，老人坐在石阶上下棋。"
LETTERS = "的一是了我人在他有这上中大来地国到说"


def damaged(text: str, chance: random.Random, rate: float) -> str:
    return "".join(chance.choice(LETTERS) if chance.random() < rate else char for char in text)


def articles(chance: random.Random) -> pl.DataFrame:
    """Days of one form, slips and damaged copies of them, whole copies with less and more noise, and others."""
    days = [NOTICE.replace("12座", f"{n}座").replace("6月1日", f"{n % 12 + 1}月{n % 28}日") for n in range(40)]
    texts = [*days, OTHER, OTHER.replace("很远", "很近"), OTHER.replace("，", "")]
    texts += [day.replace("检修", "捡修") for day in chance.sample(days, 8)]
    texts += [day.replace("照明设备", "照明设") for day in chance.sample(days, 8)]
    texts += [f"{day}\n（更新时间：{chance.randint(1000, 9999)}）" for day in chance.sample(days, 12)]
    texts += [damaged(text, chance, 0.06) for text in (*chance.choices(days, k=12), OTHER, OTHER)]
    texts += chance.choices(days, k=8)
    ids = [f"{chance.getrandbits(256):064x}" for _ in texts]
    facts = {
        "article_id": [f"{name[:20]}-a0001" for name in ids],
        "document_id": ids,
        "residual_noise": [chance.choice((0.0, 0.0, 0.1, 0.25)) for _ in texts],
        "published_on": [None] * len(texts),
        "text": texts,
    }
    schema = {"published_on": pl.Date}
    return pl.concat(
        [pl.DataFrame(facts, schema_overrides=schema), signing.signatures(pl.Series(texts))], how="horizontal"
    )


class Lake:
    """Articles and what was told of them, changed as a lake is."""

    def __init__(self) -> None:
        self.articles = articles(random.Random(0)).clear()  # noqa: S311 - drawing lots, not keys
        self.told = find_duplicates(self.articles.select(SIGNED.names()), self.texts_of(self.articles))

    @staticmethod
    def texts_of(rows: pl.DataFrame):  # type: ignore[no-untyped-def]
        bodies = rows.select("article_id", "text").unique("article_id", keep="first", maintain_order=True)
        return lambda ids: [bodies.filter(pl.col("article_id").is_in(ids.implode()))]

    def change(self, come: pl.DataFrame, gone: Sequence[str] = ()) -> None:
        leaves = pl.col("document_id").is_in([*gone, *come["document_id"]])
        there = self.articles.select(*SIGNED.names(), gone=leaves)
        ids = pl.col("article_id")
        known = Known(
            size=len(there),
            gone=there.filter("gone"),
            near=lambda texts: matching(there, texts),
            named=lambda wanted: there.filter(ids.is_in(wanted.implode())),
            fellows=self._fellows,
        )
        both = pl.concat([come, self.articles])
        rows, again = tell_anew(come.select(SIGNED.names()), known, self.texts_of(both))
        self.articles = pl.concat([self.articles.filter(~leaves), come])
        kept = self.told.filter(~ids.is_in(again.implode()), ids.is_in(self.articles["article_id"].implode()))
        self.told = pl.concat([kept, rows])

    def _fellows(self, ids: pl.Series) -> pl.Series:
        clusters = self.told.filter(pl.col("article_id").is_in(ids.implode()))["cluster"]
        return self.told.filter(pl.col("cluster").is_in(clusters.implode()))["article_id"]

    def check(self) -> None:
        whole = find_duplicates(self.articles.select(SIGNED.names()), self.texts_of(self.articles))
        assert self.told.sort("article_id").equals(whole)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 20))])
def test_any_order_of_arrival_tells_what_one_run_tells(seed: int) -> None:
    chance, lake = random.Random(seed), Lake()  # noqa: S311 - drawing lots, not keys
    left = articles(chance)
    while not left.is_empty():
        n = chance.choice((1, 3, 10, 30))
        lake.change(left[:n])
        left = left[n:]
        lake.check()
    assert len(lake.told) > 20


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))])
def test_what_goes_and_what_is_read_anew_leaves_what_one_run_tells(seed: int) -> None:
    chance, lake = random.Random(seed), Lake()  # noqa: S311 - drawing lots, not keys
    all_of_them = articles(chance)
    lake.change(all_of_them)
    for _ in range(12):
        gone = chance.sample(lake.articles["document_id"].to_list(), 3)
        again = lake.articles.sample(3, seed=chance.randint(0, 999))
        others = articles(chance).sample(3, seed=1)
        # the same documents, cleaned otherwise: another text, or another noise
        changed = pl.concat(
            [
                again.select("article_id", "document_id", "published_on"),
                others.drop("article_id", "document_id", "published_on"),
            ],
            how="horizontal",
        ).select(again.columns)
        lake.change(changed, gone)
        lake.check()
