"""Where a space of a text that was run into one line can be a line's end, and where it is the typesetter's own."""

import polars as pl

from tasks.clean import widths
from tasks.clean.figures import NUMERAL, ORDINAL
from tasks.clean.patterns import narrow

# Word joiner: protects a space that is the typesetter's, not a line end, while the others are cut.
KEPT = "\u2060"
_WIDE = r"[^\n !-~\x{2060}]"
ARTICLE = rf"第{NUMERAL}{{1,8}}[编章节条](?:之{NUMERAL}{{1,2}})?"
_NUMBERED = rf"(^| )({ARTICLE}|{ORDINAL}{{1,3}}、)[ \x{{3000}}]+"
# 本报讯, 本报讯（记者, 记者某某报道: the space after these is the writer's.
_TAG = narrow(
    r"((?:(?:本[报网台]|新华社|[\p{Han}]{1,5}[报网社])[\p{Han}]{0,4}(?:讯|消息)"
    r"|(?:记者|通讯员)[ \x{2060}]?[\p{Han}、]{2,14}报道"
    r"|[（。\x{2060} ](?:[\p{Han}]{2,8})?(?:记者|通讯员|实习生))) +"
)
_NAMES = narrow(r"((?:记者|通讯员|电（|讯（)\x{2060}?[\p{Han}\x{2060}]{2,14}) ([\p{Han}]{2,4}[ ）])")
# 【学思想 强党性 重实践】 before a headline
_MOST_UNITS = 3
_SERIES = narrow(r"(【(?:[\p{Han}]{2,5}\x{2060})*[\p{Han}]{2,5}) +([\p{Han}]{2,5}[ 】])")
# Who issued a notice, and when: two lines, the rest is another text.
_SIGNED = narrow(
    r"((?:政府|办公[室厅]|委员会|[局厅院署]|公司|中心|小组|[总支大]队|法院|学校|大学|协会))"
    r" +([\dX]{4} ?年 ?[\dX]{1,2} ?月 ?[\dX]{1,2} ?日)(?: +|$)"
)
# 上传人：zhaoyun6375, 文档大小：310KB: what a share site says of a text.
_COUNTED = narrow(
    r"((?:^|[ \n])(?:上传|下载|阅读|浏览|点击|收藏|文档|文件|资料|积分|金币|评分|页数|大小|格式)[\p{Han}]{0,3}[：:] ?"
    r"[A-Za-z0-9.:/_-]+(?:分|页|次|KB|MB|金币|积分)?) +"
)
# A copy's number, and a share at the end of a headline, before what opens the next line.
_BEHIND_SIGN = narrow(
    r"((?:^|[\p{Han}])\[\d{1,2}\]|[\d.]%) +(记者|本报|新华社|据|日前|近日|昨日|今天|【|《|[\p{Han}]{2,}：)"
)

# 四、活动内容 1.宣传教育: an item behind a heading; 第 3、第 4 and 见表 1、 are no items.
_ITEM = narrow(r"([\p{Han}”》）]) +([0-9]{1,2}[.．、][\p{Han}“《])")
_NO_ITEM = narrow(r"([第图表式册期栏]) +([0-9]{1,2}[.．、])")
# 2018年6月25日 某市人民代表大会常务委员会……通过, below the name of a law, before its first sentence.
HISTORY = narrow(
    r"^[^，。；]*[\p{Han}）》] +\d{4}年\d{1,2}月\d{1,2}日 +[^，。；]{0,120}"
    r"(?:通 ?过|批 ?准|[公发] ?布|施 ?行|修 ?[正订改])[）)]? "
)
_DAY = narrow(r"([\p{Han}）》]) +(\d{4}年\d{1,2}月\d{1,2}日) +([\p{Han}《])")
OPENS_WITH_DAY = r"^(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日"
OF_HISTORY = narrow(r"^\d{4}年\d{1,2}月\d{1,2}日 [\p{Han}《]")
_HEAD = "^[^。]*"
# ……致慰问电 2月22日，: the first sentence opens with its day; not behind the tag of a dateline, nor 于 2月22日.
_OPENS = narrow(
    r"^([^，。；：]*(?:[\p{Han}--[讯电道息者于在至到从自、和与及日月年]]|[贺问唁]电|[”》）])) +"
    r"((?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日[^，。；：]{0,6}[，,])"
    r"|^([^，。；：]*[》）]) +(\d{1,2}月\d{1,2}日)|^([^，。；：]*[0-9]%) +([\p{Han}]{2})"
)


def cut(text: pl.Expr) -> pl.Expr:
    """Put a newline where a space can be a print line's end."""
    head = text.str.extract(f"({_HEAD})", 1)
    days = head.str.replace_all(_DAY, "${1}\n${2}" + KEPT + "${3}") + text.str.replace(_HEAD, "")
    opened = (
        pl.when(text.str.contains(HISTORY)).then(days).otherwise(text).str.replace(_OPENS, "${1}${3}${5}\n${2}${4}${6}")
    )
    kept = opened.str.replace_all(_NUMBERED, "${1}${2}" + KEPT)
    for _ in range(_MOST_UNITS):
        kept = kept.str.replace_all(_SERIES, "${1}" + KEPT + "${2}")
    kept = kept.str.replace_all(r"(\.(?:docx?|pdf|txt|wps|rtf)) +", "${1}\n")
    kept = kept.str.replace_all(_COUNTED, "${1}\n").str.replace_all(_BEHIND_SIGN, "${1}\n${2}")
    kept = kept.str.replace_all(r"(第 ?[0-9]+ ?页) +(共 ?[0-9]+ ?页)", "${1}" + KEPT + "${2}")
    kept = kept.str.replace_all(_SIGNED, "${1}\n${2}\n").str.replace_all(_TAG, "${1}" + KEPT)
    # Names stand between spaces too.
    kept = kept.str.replace_all(_NAMES, "${1}" + KEPT + "${2}").str.replace_all(_NAMES, "${1}" + KEPT + "${2}")
    kept = kept.str.replace_all(_NO_ITEM, "${1}" + KEPT + "${2}").str.replace_all(_ITEM, "${1}\n${2}")
    # Twice, since a piece of one character shares its neighbours with both cuts.
    for _ in range(2):
        kept = kept.str.replace_all(rf"({_WIDE}) +({_WIDE})", "${1}\n${2}")
    return kept.str.replace_all(rf"([{widths.ENDERS}；：，、][”’）》]*) +([!-~])", "${1}\n${2}").str.replace_all(
        KEPT, " "
    )
