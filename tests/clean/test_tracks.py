"""Columns are followed by the heights of their lines, and chained by what stood left of what and by cut words."""

from itertools import pairwise

import numpy as np
import pytest

from tasks.clean import leading, reading_order, tracks
from tasks.clean.seams import Kind, Page, kind_of
from tests.clean.cases.layout import typeset

WATER = (
    "云岭市东坡镇今年新修水渠和机耕道，受益农田比去年多出三成，村民们说，过去靠天吃饭的日子一去不复返了。",
    "合作社统一供种供肥，村民们把多出的稻谷送到镇上的米厂，一年能多挣几千元。",
    "东坡镇还打算在水渠两旁种上柳树，让机耕道上的人有一片阴凉，预算已经报到市里。",
)
SPORT = (
    "青禾县第二中学昨天举行运动会，全校师生参加了短跑、跳远、拔河等项目，比赛打破了多项纪录。",
    "学校还请来老校友为获奖的同学颁奖，看台上掌声不断，场面热烈。",
    "校长说，运动会每年秋天都要办，明年打算添上游泳和射箭，器材正在采购之中。",
)
MUSEUM = (
    "展厅里陈列着出土的青铜器和陶器，讲解员告诉观众，这些文物距今已有三千多年。",
    "博物馆周末延长开放时间，观众凭预约入馆参观，孩子们可以亲手拓一张铭文。",
    "新的展厅明年春天完工，届时将有一批从未露面的漆器展出，修复工作已近尾声。",
)
STORIES = (WATER, SPORT, MUSEUM)
WIDTH = 12


def sheet(heights: list[list[float]], columns: list[list[str]]) -> tuple[tracks.Sheet, list[int]]:
    """Sort the lines of columns by height, as a PDF reader does; also the column of each line."""
    lines = sorted(
        (height, at, text)
        for at, (tall, column) in enumerate(zip(heights, columns, strict=True))
        for height, text in zip(tall, column, strict=True)
    )
    texts = [text for _, _, text in lines]
    page = Page(texts, [kind_of(text, len(text), WIDTH) for text in texts])
    return tracks.Sheet(page, np.arange(len(lines)), np.arange(len(lines))), [at for _, at, _ in lines]


def page_of(down: float, leading: float) -> tuple[tracks.Sheet, list[int]]:
    """Three columns, each further down; two have a headline under a blank line, after one or two paragraphs."""
    heights: list[list[float]] = []
    columns: list[list[str]] = []
    for at, (story, before, headline) in enumerate(zip(STORIES, (1, 2), ("修渠办社有远虑", "添项目"), strict=False)):
        above = typeset(*story[:before], width=WIDTH).split("|")
        below = typeset(*story[before:], width=WIDTH).split("|")
        tall = [down * at + n for n in range(len(above))]
        tall += [tall[-1] + 1 + leading, *(tall[-1] + 2 + leading + n for n in range(len(below)))]
        columns.append([*above, headline, *below])
        heights.append(tall)
    plain = typeset(*MUSEUM, width=WIDTH).split("|")
    return sheet([*heights, [2 * down + n for n in range(len(plain))]], [*columns, plain])


@pytest.mark.parametrize("leading", [1.33, 1.6])
def test_lines_of_three_columns_stand_under_their_own(leading: float) -> None:
    one, column = page_of(0.3, leading)
    (found,) = tracks.follow([one])
    assert all(column[line] == column[over] for line, over in enumerate(found.above.tolist()) if over >= 0)
    assert (found.above < 0).sum() == 3


def test_sheets_of_one_search_do_not_change_one_another() -> None:
    sheets = [page_of(down, 1.33)[0] for down in (0.3, 0.2, 0.45)]
    together = tracks.follow(sheets)
    for one, found in zip(sheets, together, strict=True):
        (alone,) = tracks.follow([one])
        assert found.above.tolist() == alone.above.tolist()
        assert found.margins.tolist() == alone.margins.tolist()


def test_leading_of_headlines_is_measured_by_the_lines_beside() -> None:
    plain = 3 * 30
    above = np.arange(plain) - 3
    headline = np.zeros(plain, dtype=bool)
    # Every tenth line of the first column is a headline that came one line of each other column later.
    heads = np.arange(0, plain, 30)[1:]
    headline[heads] = True
    assert leading.measure([(np.maximum(above, -1), headline)]).shape == (2, 2)
    few = leading.measure([(np.maximum(above, -1), np.zeros(plain, dtype=bool))])
    assert few.tolist() == leading.USUAL.tolist()


def test_columns_are_read_from_left_to_right_and_none_is_lost() -> None:
    columns = [typeset(*story, width=WIDTH).split("|") for story in STORIES]
    texts = [line for row in zip(*(column[:6] for column in columns), strict=True) for line in row]
    page = Page(texts, [Kind.FULL] * len(texts))
    # All three stand on one print line each: left to right is told.
    one = tracks.Sheet(page, np.arange(len(texts)), np.arange(len(texts)) // 3)
    ordered = reading_order.order(page, [one], tracks.follow([one]))
    assert sorted(ordered.lines) == list(range(len(texts)))
    assert [line % 3 for line in ordered.lines] == sorted(line % 3 for line in ordered.lines)
    assert all(b == a + 3 for a, b in pairwise(ordered.lines) if a % 3 == b % 3)


def test_line_printed_twice_never_joins_itself() -> None:
    texts = ["云岭市东坡镇今年新修水渠", "云岭市东坡镇今年新修水渠"]
    page = Page(texts, [Kind.FULL, Kind.FULL])
    one = tracks.Sheet(page, np.arange(2), np.arange(2))
    assert reading_order.order(page, [one], tracks.follow([one])).margins[1] < reading_order.DOUBTFUL


def test_heads_of_columns_change_places_where_the_foot_of_a_column_goes_on_in_one() -> None:
    one, other = (typeset(*story, width=WIDTH).split("|") for story in STORIES[:2])
    # The third column, where the first goes on, begins on the second print line; at first it was taken for the other's.
    rows = [(other[0], one[0]), *((one[3 + n], other[n], one[n]) for n in (1, 2))]
    texts = [line for row in rows for line in row] + [one[3]]
    of = {text: at for at, text in enumerate(texts)}
    right = {of[column[n + 1]]: of[column[n]] for column, n in ((one, 0), (one, 1), (one, 2), (other, 0), (other, 1))}
    right |= {of[one[5]]: of[one[4]]}
    wrong = right | {of[one[4]]: of[other[0]]}
    del wrong[of[other[1]]]
    above = np.array([wrong.get(at, -1) for at in range(len(texts))])
    followed = tracks.Followed(above, np.ones(len(texts), dtype=np.float32), np.zeros(len(texts), dtype=bool))
    page = Page(texts, [Kind.FULL] * len(texts))
    sheet = tracks.Sheet(page, np.arange(len(texts)), np.arange(len(texts)))
    lines = [texts[at] for at in reading_order.order(page, [sheet], [followed]).lines]
    assert lines in ([*other[:3], *one[:6]], [*one[:6], *other[:3]])


def test_headline_does_not_go_on_with_the_story_above_however_many_words_they_share() -> None:
    ended = typeset(*WATER[:2], width=WIDTH).split("|")
    other = ["水渠机耕道合作社", *typeset(*SPORT, width=WIDTH).split("|")]
    more = typeset(WATER[2], width=WIDTH).split("|")
    texts = [*ended, *other, *more]
    starts = [0, len(ended), len(ended) + len(other)]
    above = np.array([-1 if at in starts else at - 1 for at in range(len(texts))])
    page = Page(texts, [kind_of(text, len(text), WIDTH) for text in texts])
    followed = tracks.Followed(above, np.full(len(texts), 16.0, dtype=np.float32), np.zeros(len(texts), dtype=bool))
    sheet = tracks.Sheet(page, np.arange(len(texts)), np.arange(len(texts)))
    lines = [texts[at] for at in reading_order.order(page, [sheet], [followed]).lines]
    assert lines in ([*ended, *more, *other], [*more, *ended, *other], [*other, *ended, *more], [*other, *more, *ended])
