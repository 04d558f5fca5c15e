"""Lines that look like headlines: years at their head are a report's, or of a career; labels of letters are none."""

import polars as pl
import pytest

from tasks.segment.headlines import NO_HEADLINE, NO_HEADLINE_SHORT


@pytest.mark.parametrize(
    ("line", "may_head"),
    [
        ("2021年1—11月全县粮食收购增长两成", True),
        ("2016—2020年全县水利规划", True),
        ("2021-03-05春灌开闸放水", True),
        ("1994.07—2001.03罗坪县水利局技术员", False),
        ("2010.06—罗坪县水务局局长", False),
        ("2012年—今罗坪县水务局局长", False),
        ("提案人：周小禾何启明", False),
        ("受文者：本会议事处", False),
        ("（2021）云0123民初456号", False),
        ("会议地点：县政府三楼会议室", False),
        ("罗市监处罚〔2021〕37号", False),
        ("受委托人：许亦安", False),
        ("甲方（签字）：段一子", False),
        ("专栏2供水重点工程", False),
        ("甲方乙方签了合同", True),
        ("【同期】何启明", False),
        ("【同期】看水渠怎样修成", False),
        ("【新春走基层】看水渠怎样修成", True),
        ("护河员何启明（左）在老桥上巡查（陈玉兰摄）", False),
        ("摄影家看水渠（组图）", True),
        ("专栏作家谈水渠", True),
    ],
)
def test_years_and_labels_at_the_head_of_a_line(line: str, may_head: bool) -> None:
    asked = pl.Series([line])
    assert (asked.str.contains(NO_HEADLINE) | asked.str.contains(NO_HEADLINE_SHORT))[0] is not may_head
