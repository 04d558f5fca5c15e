"""Headlines of texts that were run into one line: which space parts units, and which one ended a print line."""

import pytest

from tests.curating import articles

_CLOSERS = "，。、；：”）》"
_NEWS = (
    (
        "今年以来，云江市水务局组织各县区对辖区内的水库、河道和山塘逐一开展排查，发现隐患立即整改，确保全市安"
        "全度汛，入汛以来没有发生险情。"
    ),
    (
        "市水务局负责人表示，下一步将继续加固堤防，更换老旧闸门，把巡查的责任落实到每一个村、每一段堤，让沿岸"
        "群众安心生产、放心生活。"
    ),
    (
        "截至目前，全市共修复渠道一百一十公里，清淤河道二十六条，新建泵站九座，春灌用水有了保障，农户对今年的"
        "收成很有信心。"
    ),
    (
        "各县区还把退休的老水工请回堤上，教年轻人看水情、听水声，一批二十来岁的护堤员正在成长起来，堤上的灯夜"
        "夜亮到天明。"
    ),
)
_LAW = (
    ("第一条 为了加强河道堤防的巡查养护，保障两岸居民的生命财产安全，根据有关法律、法规，结合本市实际，制定本条例。"),
    (
        "第二条 县级以上人民政府水行政主管部门负责本行政区域河道堤防巡查养护的监督管理，其他有关部门在各自职"
        "责范围内做好相关工作。"
    ),
    "乡镇人民政府、街道办事处应当建立巡查制度，落实专人负责，发现险情立即报告，并组织群众转移。",
    (
        "第三条 河道管理单位应当建立和完善巡查制度，规范巡查人员的行为，保障堤防和两岸居民的安全，及时消除隐"
        "患；对堤防的险工险段、穿堤的涵闸和泵站，应当逐处登记，定期检查，汛期每日至少巡查两次，并做好记录，记"
        "录保存不少于十年。"
    ),
    "第四条 巡查人员发现堤防出现险情或者有人危害堤防安全的，应当立即报告河道管理单位和当地人民政府，并采取措施。",
    "第五条 本条例自发布之日起施行。",
)
_HISTORY = (
    "2012年5月30日 云江市第十五届人民代表大会常务委员会第十一次会议通过",
    ("2019年7月2日 云江市第十七届人民代表大会常务委员会第二十四次会议《关于修改〈云江市河道堤防巡查条例〉的决定》修正"),
    "2019年9月1日 施行",
)


def flattened(headline: str, *paragraphs: str, width: int, indent: str = "") -> str:
    """Set a headline and paragraphs in print lines, first lines two narrower, and run all of them into one line."""
    rows = _rows(headline, width, 0)
    for paragraph in paragraphs:
        first, *rest = _rows(paragraph, width, 2)
        rows += [indent + first, *rest]
    return " ".join(rows)


def _rows(text: str, width: int, indent: int) -> list[str]:
    rows, row, room = [], "", width - float(indent)
    for letter in text:
        size = 0.5 if letter.isascii() else 1.0
        if room < size and letter not in _CLOSERS:
            rows.append(row)
            row, room = "", float(width)
        row += letter
        room -= size
    return [*rows, row]


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
@pytest.mark.parametrize(
    ("headline", "width"),
    [
        ("云江市加固沿江堤防 八座水库安全度汛", 26),
        ("云江市召开全市防汛抗旱工作会议部署汛期各项重点工作", 24),
        ("【走基层】护堤员的一天 老渠两岸今年的春灌工作有了新的保障", 26),
    ],
)
def test_units_of_a_flattened_headline_stay_and_its_line_ends_go(headline: str, width: int, indent: str) -> None:
    found = articles(flattened(headline, *_NEWS, width=width, indent=indent))
    assert [(a["title"], a["paragraphs"]) for a in found] == [(headline, list(_NEWS))]


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
@pytest.mark.parametrize("width", [24, 27, 30])
def test_days_of_a_flattened_law_are_its_first_paragraphs(width: int, indent: str) -> None:
    found = articles(flattened("云江市河道堤防巡查条例", *_HISTORY, *_LAW, width=width, indent=indent))
    assert [a["title"] for a in found] == ["云江市河道堤防巡查条例"]
    plain = [text.replace(" ", "") for text in (*_HISTORY, *_LAW)]
    assert [text.replace(" ", "") for text in found[0]["paragraphs"]] == plain


def test_day_that_opens_a_flattened_text_is_no_part_of_its_headline() -> None:
    opened = "5月12日，" + _NEWS[0]
    found = articles(flattened("云江市水务局致信全市护堤员", opened, *_NEWS[1:], width=26))
    assert [(a["title"], a["paragraphs"][0]) for a in found] == [("云江市水务局致信全市护堤员", opened)]


def test_number_over_the_end_of_a_flattened_line_is_whole() -> None:
    text = "截至昨日，云江市今年共修复渠道、清淤河道、新建泵站合计1248处，投入资金四亿元，惠及沿江十一个乡镇的农户。"
    for width in range(22, 31):
        found = articles(flattened("云江市加固沿江堤防", text, *_NEWS, width=width))
        assert found[0]["paragraphs"][0] == text


def test_short_texts_a_line_each_are_flattened_where_their_print_lines_are_as_wide() -> None:
    parts = [
        ("云江市加固沿江堤防", _NEWS[:2]),
        (
            "临渚社区书房开到家门口",
            (
                "临渚社区书房昨日开门迎客，一千二百册图书由居民捐出，退休教师王知秋和几位邻居轮流值班，孩子放学后有了去处。",
                "书房每周六办一次故事会，谁家的孩子都可以上台讲书，讲得好的能把喜欢的书带回家看半个月。",
            ),
        ),
        (
            "青岚果园引进新品种",
            (
                "青岚乡果农今年嫁接早熟梨苗四万株，合作社派出技术员逐户指导，预计三年后亩产比老品种高出四成。",
                "为了让梨子卖得远，乡里修了一座冷库，果农在家门口就能装箱发货，运费比往年省下三成。",
            ),
        ),
    ]
    found = articles("\n".join(flattened(head, *texts, width=20) for head, texts in parts))
    assert [(a["title"], a["paragraphs"]) for a in found] == [(head, list(texts)) for head, texts in parts]


_NAME = "云江市水务局、云江市公安局关于审理河道堤防巡查养护案件适用法律若干问题的解释"


@pytest.mark.parametrize(
    "copy",
    [
        f"{_NAME}下载 温馨提示：下载前请仔细预览文档内容 相关资源",
        f"最新{_NAME} 相关资源 认证类型：实名认证 资源大小：789KB",
        f"{_NAME}范文（共2篇） 意见箱 资源描述：{_NAME}范文（共2篇） 加入购物车",
        f"资源描述：{_NAME}范文（共3篇） 内容提要",
        f"{_NAME} 版权说明：本文档由用户提供并上传 {_NAME} 分享到朋友圈",
    ],
)
@pytest.mark.parametrize("width", [22, 37])
def test_copies_of_a_headline_in_flattened_pages_are_none_of_it(copy: str, width: int) -> None:
    (found,) = articles(f"{copy} {flattened(_NAME, *_LAW, width=width)}")
    assert (found["title"], found["subtitle"]) == (_NAME, None)
    assert len(found["paragraphs"]) == len(_LAW)


def test_what_is_said_of_a_headline_in_its_text_is_no_copy() -> None:
    quoted = f"{_NEWS[0]}会议通过了《{_NAME}》。"
    (found,) = articles(flattened("云江市部署防汛工作", quoted, *_NEWS[1:], width=24))
    assert found["title"] == "云江市部署防汛工作"
    assert found["paragraphs"] == [quoted, *_NEWS[1:]]
