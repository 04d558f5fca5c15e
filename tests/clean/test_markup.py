"""Mark-up left in a text goes, and what only looks like it stays."""

import polars as pl
import pytest

from tasks.clean import markup
from tasks.clean.marks import ANY_MARK, ANY_RUN

CASES = [
    ("comment", "条例\n<!-- INFO END -->\n第一条", "条例\n\n第一条"),
    ("heading signs", "# 湿地条例\n\n## 第一章 总则", "湿地条例\n\n第一章 总则"),
    ("tags", "<p>第一段</p><p>第二段<img src='a.jpg'></p>", "\n第一段\n\n第二段\n"),
    ("link target", "详见[全文](http://a.cn/b.html)。", "详见全文。"),
    ("picture", "![图](/i/1.png)说明", "说明"),
    ("picture beside the page", "刘知远讲话\n![](images/a1.jpg)\n各位来宾", "刘知远讲话\n\n各位来宾"),
    ("file of a picture in words", "封面见附件(cover.jpg)。", "封面见附件(cover.jpg)。"),
    ("struck out", "# 河长制\n\n转自~~[云江晚报](/a)~~，八成~九成", "河长制\n\n转自云江晚报，八成~九成"),
    ("drawn out", "今天真好~~大家都来~~", "今天真好~~大家都来~~"),
    ("picture with its caption", "![图为会场。俞晓摄](/i/1.png)", "图为会场。俞晓摄"),
    ("links side by side", "[首页](/a)[新闻](/b)", "首页 新闻"),
    (
        "lines quoted in a mail",
        "> 临渚开放书房\n>\n> 书房面积二百六十平方米，藏书一万二千册。\n> 每天开放十三个小时，周末也不休息。",
        "临渚开放书房\n\n书房面积二百六十平方米，藏书一万二千册。\n每天开放十三个小时，周末也不休息。",
    ),
    ("one short line with an arrow", "> 首页", "> 首页"),
    ("label of a headline", "标题：临渚开放书房\n书房藏书一万二千册。", "临渚开放书房\n书房藏书一万二千册。"),
    ("headline that it had before", "　原标题  临渚开放书房\n书房藏书万册。", "临渚开放书房\n书房藏书万册。"),
    ("word of a sentence", "原标题 过长，已作删改。", "原标题 过长，已作删改。"),
    ("label inside a text", "请注明\n标题：临渚开放书房", "请注明\n标题：临渚开放书房"),
    ("entities of spaces", "&nbsp;&nbsp;第一段&#12288;完", "  第一段\u3000完"),
    ("entities of marks", "&ldquo;一国&middot;两制&rdquo;&hellip;&amp;nbsp;", "“一国·两制”… "),
    ("entity of a letter", "&#20013;国 &alpha;", "&#20013;国 &alpha;"),
    ("ampersand", "A&B公司；R&amp;D经费", "A&B公司；R&D经费"),
    ("less than", "当 a<b 且 c>d 时", "当 a<b 且 c>d 时"),
    ("link to nowhere", "[首页](#)[新闻](javascript:void(0))", "首页 新闻"),
    ("link with a title", '[清河](/a "清河县")今天召开春灌会议。', "清河今天召开春灌会议。"),
    ("line of links", '[首页](#)[时政](/a)[财经](/b "财经")[旅游](/c)\n正文[全文](/d)。', "\n正文全文。"),
    ("list of links", "正文。\n* [春灌](/a)\n* [秋收](/b)\n- [冬修](/c)\n完", "正文。\n完"),
    ("separator beside a list", "甲\x1e乙\n* [春灌](/a)\n* [秋收](/b)\n* [冬修](/c)\n完", "甲\x1e乙\n完"),
    ("two links in a list", "正文。\n[春灌](/a)\n[秋收](/b)\n完", "正文。\n春灌\n秋收\n完"),
    ("list signs", "* 春灌\n* 秋收\n+ 冬修", "春灌\n秋收\n冬修"),
    ("two asterisks", "* 注一\n* 注二", "* 注一\n* 注二"),
    ("line in italics", "春灌\n*2021-03-05 09:12*\n_周小禾_\n正文。", "春灌\n2021-03-05 09:12\n周小禾\n正文。"),
    ("underlines of a form", "姓名_____年龄_____", "姓名_____年龄_____"),
    ("number sign", "1#楼和2#楼", "1#楼和2#楼"),
    ("bracketed number", "见注[3](略)", "见注[3](略)"),
    ("unclosed tag", "值<p 小于", "值<p 小于"),
    ("bold", "**河长制**自去年推行。**二、**各乡镇要做到**有人管**。", "河长制自去年推行。二、各乡镇要做到有人管。"),
    ("links of a wiki", "[[青岚市]]在[[w:云江省|云江]]东部。[[Category:城市|青]]", "青岚市在云江东部。"),
    ("box of a wiki", "{{header\n| title = 公报\n| year = 1987\n}}\n'''公报'''全文{{fontsize|120%}}", "\n公报全文"),
    ("template with words", "全文{{另|见附件}}。", "全文{{另|见附件}}。"),
    ("numbers in double brackets", "见[[3]]", "见3"),
    ("primes", "东经118°15'20''，北纬30°", "东经118°15'20''，北纬30°"),
    ("hidden names", "张**和李**都在现场。", "张**和李**都在现场。"),
    ("quoted line", "> 闸坝管理站负责日常巡查和记录。", "闸坝管理站负责日常巡查和记录。"),
    ("path of a site", "> 要闻 > 正文", "> 要闻 > 正文"),
    ("forum tags", "[b]通告[/b]\n[size=4]即日起封闭施工。[/size]", "通告\n即日起封闭施工。"),
    ("bracket without its end", "见图[p]和表[b]。", "见图[p]和表[b]。"),
    ("written escapes", r"\u3000\u3000第一段。\n\n第二段。\r\n", "\u3000\u3000第一段。\n\n第二段。\n"),
    ("path with a backslash", r"C:\new 目录和 \u4e00 号", r"C:\new 目录和 \u4e00 号"),
    ("bold inside lines", "# 河长制\n\n各乡镇**有人管**。", "河长制\n\n各乡镇有人管。"),
    ("slanted line", "# 河长制\n\n*2022-10-20* | [原文](http://a.cn/1)", "河长制\n\n2022-10-20 | 原文"),
    ("page, section, headline", "# 云江网\n\n## 要闻\n\n### 云江部署防汛\n正文。", "\n\n\n云江部署防汛\n正文。"),
    ("chapters", "# 河长制\n\n## 第一章\n\n### 总则\n正文。", "河长制\n\n第一章\n\n总则\n正文。"),
    (
        "quoted mail",
        "> 云江市昨日召开防汛工作会议，\n> 部署\n>\n> 会议要求，各单位要落实防汛责任。\n> 会后进行了抢险演练和通报。",
        "云江市昨日召开防汛工作会议，\n部署\n\n会议要求，各单位要落实防汛责任。\n会后进行了抢险演练和通报。",
    ),
    ("line ends of Windows", "云江开闸放水^M\n水位下降。^M\n", "云江开闸放水\n水位下降。\n"),
    ("one caret", "按^M\n键换行", "按^M\n键换行"),
    ("star as a footnote", "*本表不含飞地", "*本表不含飞地"),
    ("Word's link", '详见 HYPERLINK "http://a.cn/1" \\t "_blank" 公告全文。', "详见公告全文。"),
    ("Word's reference", r"见表 REF _Ref7897040 \h 一。", "见表一。"),
    ("Word's contents and page", 'TOC \\o "1-3" \\h \\z\n目录\nPAGE  \\* MERGEFORMAT 9', "\n目录\n"),
    ("page in a title", "PAGE模型与REF 3号机组的对比", "PAGE模型与REF 3号机组的对比"),
    ("cell of a table", "| 昨日，云江开闸放水。 |\n资料简介: |\n", "昨日，云江开闸放水。\n资料简介:\n"),
    ("rows of a table", "| 水库 | 水位 |\n| 云江 | 36 |", "| 水库 | 水位 |\n| 云江 | 36 |"),
    (
        "lost indents",
        "??? 3月5日，云江开闸。\n??云江水位下降。\n?\n??2018年5月14日",
        "\u3000\u30003月5日，云江开闸。\n\u3000\u3000云江水位下降。\n\n\u3000\u30002018年5月14日",
    ),
    ("question in a text", "水从哪里来?\n?号旁边要填数字", "水从哪里来?\n?号旁边要填数字"),
    ("numbers not known", "比分是\n??3比2，不能确定", "比分是\n??3比2，不能确定"),
    ("rule behind a headline", "云江开闸放水******\n正文。", "云江开闸放水\n正文。"),
    ("hidden name at a line's end", "到场的有张**\n和李****两家", "到场的有张**\n和李****两家"),
    ("relative link", "[上一篇](a01.html)", "上一篇"),
    ("picture without an address", "云江开闸。 ![]() 水位下降。", "云江开闸。\n\n水位下降。"),
    ("picture inside a sentence", "云江![]()开闸放水。", "云江开闸放水。"),
    ("call without arguments", "函数 f[0]() 返回水位。", "函数 f[0]() 返回水位。"),
    ("address alone", "# 云江开闸\n\n<https://a.cn/b.html>\n水位下降。", "云江开闸\n\n\n水位下降。"),
    ("sign of less", "水位 <http 层的延迟> 见表。", "水位 <http 层的延迟> 见表。"),
    ("Hugo's shortcode", '{{< video src="https://a.cn/v" >}}\n云江开闸。', "\n云江开闸。"),
    ("name in a template", "致{{姓名}}：云江开闸。", "致{{姓名}}：云江开闸。"),
    (
        "end of a paper's comment",
        "云江开闸。\n\n2022-09-05 14 云江日报 content_26.html 1 3 云江开闸 /enpproperty-->",
        "云江开闸。\n\n",
    ),
    ("arrow in a text", "上游-->下游，水位下降。", "上游-->下游，水位下降。"),
]


@pytest.mark.parametrize(("name", "before", "after"), CASES, ids=[case[0] for case in CASES])
def test_markup_case(name: str, before: str, after: str) -> None:
    marked = markup.run(pl.DataFrame({"text": [before]}))["text"]
    assert marked.str.replace_all(ANY_RUN, "").item() == after
    kept = marked.str.replace_all(ANY_MARK, "").item()
    assert [c for c in kept if c.isalnum()] == [c for c in before if c.isalnum()], name
