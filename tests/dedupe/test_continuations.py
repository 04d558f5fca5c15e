"""Which article goes on in which."""

from datetime import date
from typing import Any

import polars as pl

from tasks.dedupe.continuations import CANDIDATES, find_continuations

DAY = date(2031, 5, 6)
FOREST = (
    "会议要求，松山林区的护林员要分片包干，瞭望塔昼夜有人值守，进山路口设置登记卡点，水泵和对讲机逐台检修，"
    "石坪林场的隔离带月底前清理完毕，",
    "隔离带宽度不得少于三十米。瞭望塔发现烟点后，护林员要立即报告，登记卡点有权劝返携带火种进山的人，"
    "松山林区的水泵统一配发。",
)
STREET = (
    "老街改造工程动工，骑楼的立柱将修缮加固，青石板路面重新铺设，更换排水管道，沿街商户的搬迁安置已经完成，"
    "老匠人带着徒弟施工。",
    "骑楼立柱用的是本地杉木，老匠人把青石板按编号一块块铺回去，排水管道埋深加大，沿街商户对老街充满期待。",
)


def article(number: int, text: str, **facts: Any) -> dict[str, Any]:
    return {
        "article_id": f"{number:020d}-a0001",
        "document_id": f"{number:020d}" + "0" * 44,
        "source": "daily",
        "published_on": DAY,
        "text": text,
    } | facts


def head(number: int, text: str, **facts: Any) -> dict[str, Any]:
    return article(number, text, continued_to="（下转第二版）") | facts


def tail(number: int, text: str, **facts: Any) -> dict[str, Any]:
    return article(number, text, continued_from="（上接第一版）") | facts


def linked(*articles: dict[str, Any]) -> list[tuple[int, int, str]]:
    frame = pl.DataFrame(articles, schema=CANDIDATES)
    rows = find_continuations(frame).select("article_id", "to_article_id", "evidence").iter_rows()
    return [(int(a[:20]), int(b[:20]), evidence) for a, b, evidence in rows]


def test_two_stories_of_a_day_find_their_own_second_halves() -> None:
    halves = (head(1, FOREST[0]), head(2, STREET[0]), tail(3, STREET[1]), tail(4, FOREST[1]))
    assert linked(*halves) == [(1, 4, "text"), (2, 3, "text")]


def test_lone_pair_of_one_day_is_linked() -> None:
    assert linked(head(1, FOREST[0]), tail(2, FOREST[1])) == [(1, 2, "text")]


def test_half_whose_other_is_missing_stays_alone() -> None:
    assert linked(head(1, FOREST[0]), tail(2, STREET[1])) == []


def test_another_day_is_another_story() -> None:
    assert linked(head(1, FOREST[0]), tail(2, FOREST[1], published_on=date(2031, 5, 7))) == []


def test_another_publisher_is_another_story() -> None:
    assert linked(head(1, FOREST[0], publisher="云江日报"), tail(2, FOREST[1], publisher="罗坪晚报")) == []


def test_one_publisher_in_two_sources_is_one_paper() -> None:
    halves = (head(1, FOREST[0], publisher="云江日报"), tail(2, FOREST[1], publisher="云江日报", source="mirror"))
    assert linked(*halves) == [(1, 2, "text")]


def test_same_headline_links_what_the_text_would_not() -> None:
    title = "护林员的一天"
    assert linked(head(1, FOREST[0], title=title), tail(2, STREET[1], title=f"{title}（续）")) == [(1, 2, "headline")]


def test_article_does_not_go_on_on_the_page_it_comes_from() -> None:
    assert linked(head(1, FOREST[0], continued_to="（下转第1版）"), tail(2, FOREST[1])) == []


def test_undated_halves_of_a_source_need_more() -> None:
    assert linked(head(1, FOREST[0], published_on=None), tail(2, FOREST[1], published_on=None)) == [(1, 2, "text")]


def test_order_of_articles_does_not_matter() -> None:
    halves = [head(1, FOREST[0]), head(2, STREET[0]), tail(3, STREET[1]), tail(4, FOREST[1])]
    assert linked(*halves) == linked(*reversed(halves))


def test_nothing_marked_links_nothing() -> None:
    assert linked() == []
    assert linked(head(1, FOREST[0])) == []
