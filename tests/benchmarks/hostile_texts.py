"""Plain text that strains the steps on characters, lines and articles."""

from tests.benchmarks.hostile import HAN_50, LINE, Case, again, counted, cut, nested, of_prose, one_line, pick, prose_of

TEXTS: dict[str, Case] = {
    # prose in shapes that no editor prints
    "prose": Case(of_prose()),
    "prose without line breaks": Case(of_prose(one_line, "")),
    "prose, every character a line": Case(of_prose(lambda text: "\n".join(one_line(text)))),
    "prose, a blank line after every character": Case(of_prose(lambda text: "\n\n".join(one_line(text)))),
    "prose, letter-spaced": Case(of_prose(" ".join)),
    "prose, letter-spaced without line breaks": Case(of_prose(lambda text: " ".join(one_line(text)), " ")),
    "prose wrapped at 25": Case(
        of_prose(lambda text: "\n".join(one_line(text)[i : i + 25] for i in range(0, len(one_line(text)), 25)))
    ),
    "prose flattened at 25": Case(
        of_prose(lambda text: " ".join(one_line(text)[i : i + 25] for i in range(0, len(one_line(text)), 25)), " ")
    ),
    "prose in half-width marks": Case(
        of_prose(lambda text: text.translate(str.maketrans("，；：（）！？", ",;:()!?")))
    ),
    "prose without marks": Case(of_prose(lambda text: "".join(c for c in text if c.isalnum()), "")),
    # long runs of one character
    **{
        f"run of {name}": Case(again(char))
        for name, char in {
            "Han": "一",
            "full stops": "。",
            "commas": "，",
            "half-width commas": ",",
            "dots": ".",
            "colons": "：",
            "spaces": " ",
            "wide spaces": "\u3000",
            "line breaks": "\n",
            "tabs": "\t",
            "digits": "7",
            "wide digits": "７",
            "letters": "a",
            "opening quotes": "“",
            "closing quotes": "”",
            "straight quotes": '"',
            "apostrophes": "'",
            "corner quotes": "「",
            "half-width brackets": "(",
            "wide brackets": "（",
            "closing brackets": "）",
            "book titles": "《",
            "ellipses": "…",
            "dashes": "—",
            "hyphens": "-",
            "tildes": "～",
            "stars": "*",
            "hashes": "#",
            "ampersands": "&",
            "angle brackets": "<",
            "placeholders": "X",
            "circles": "○",
            "squares": "□",
            "bullets": "●",
            "zero-width spaces": "\u200b",
            "combining marks": "\u0301",
            "replacement characters": "\ufffd",
            "private characters": "\ue000",
            "noncharacters": "\ufdd0",
            "closing noncharacters": "\ufdef",
            "radicals": "⼈",
            "Traditional": "臺",
            "pinyin letters": "ā",
            "bopomofo": "ㄅ",
            "circled digits": "①",
            "emoji": "😀",
            "masks": "某",
            "backslashes": "\\",
            "pipes": "|",
            "percents": "%",
        }.items()
    },
    # pairs of marks
    "nested quotes": Case(nested("“", "”")),
    "nested quotes of two kinds": Case(nested("“‘", "’”")),
    "nested half-width brackets": Case(nested("(", ")")),
    "nested wide brackets": Case(nested("（", "）")),
    "nested book titles": Case(nested("《", "》")),
    "nested square brackets": Case(nested("【", "】")),
    "opening quotes, then other closing marks": Case(nested("“", "）")),
    "quotes closed behind an ellipsis": Case(again("“云…”江")),
    "empty quotes": Case(again("“”")),
    "quoted sentences without end": Case(again("他说：“好。”")),
    "quotes that only open, prose between": Case(again("他说：“今天很好。")),
    "quotes that only close, prose between": Case(again("今天很好。”他说，")),
    "straight quotes around words": Case(again('他说:"今天很好."')),
    "straight quotes, a line each": Case(again('他说:"今天很好\n')),
    "brackets that only open, prose between": Case(again("会议(要求各地,")),
    "brackets around letters": Case(again("会议(abc)")),
    "full stops at line ends": Case(again("会议.\n")),
    "half-width marks alone": Case(again(",;:?!()")),
    "digits and marks": Case(again("1,234.5;10:30(3:1)!")),
    # annotations
    "pinyin after every character": Case(again("省(sheng)委(wei)書(shu)記(ji)")),
    "pinyin many times after one character": Case(again("(shu)", "书")),
    "pinyin before every character": Case(again("(sheng)省(wei)委")),
    "pinyin that is no reading": Case(again("省(app)委(ok)")),
    "bare pinyin": Case(again("省shěng 委wěi 书shū ")),
    "toned letters without Han": Case(again("shěng wěi ")),
    "words with pinyin": Case(again("河北省(he bei sheng)")),
    "pinyin brackets that never close": Case(again("省(sheng")),
    "pinyin over line breaks": Case(again("省\n(\nsheng\n)\n")),
    "bopomofo after every character": Case(again("漢ㄏㄢˋ字ㄗˋ")),
    "emoji in brackets": Case(again("省(😀)")),
    "nested glosses": Case(again("省(she(ng)")),
    # mark-up
    "tags in text": Case(again("<b>云江</b>")),
    "tags that never close": Case(again("<span class=")),
    "comments that never close": Case(again("<!-- ")),
    "comments": Case(again("<!--x-->云")),
    "entities": Case(again("&nbsp;&amp;nbsp;&ldquo;")),
    "entities that never end": Case(again("&amp;")),
    "links of Markdown": Case(again("[云江](http://x.cn/a)")),
    "links that never close": Case(again("](http://x")),
    "link texts that never close": Case(again("[云江")),
    "attributes without end": Case(again(" a=b", "<div", ">")),
    "attributes of spaces": Case(again("<p      ")),
    # mojibake, scripts, code points
    "mojibake of Latin-1": Case(of_prose(lambda text: text.encode().decode("latin-1"))),
    "mojibake pieces in prose": Case(again("云江市ä¸­å›½防汛")),
    "mojibake and lost letters": Case(again("ä¸­å›½云?江")),
    "question marks between Han": Case(again("云?")),
    "lines read twice as GBK": Case(again("锛銆鈥鐨\n云?江\n")),
    "classic mojibake": Case(again("锟斤拷")),
    "Traditional prose": Case(again("臺灣後來發現乾隆著力推進範圍裡的頭髮。")),
    "scripts in turn": Case(again("臺灣著力，台湾着力。乾隆後藤。")),
    "combining marks on Han": Case(again("云\u0301")),
    "a million marks on one Han": Case(again("\u0301", "云")),
    "variation selectors": Case(again("云\ufe00江\U000e0100")),
    "joiners": Case(again("云\u200d江\u200c")),
    "bidi marks": Case(again("\u202e云\u202c")),
    "surrogates from JSON": Case(again('{"text":"云\\ud800江"}\n'), ".jsonl"),
    "wide Latin": Case(again("ＡＢＣ１２３％．")),
    "vertical marks": Case(again("︵云︶︽江︾")),
    # outline, articles, furniture
    "outline marks, a line each": Case(again("一、\n")),
    "outline marks on one line": Case(again("一、（一）1.（1）①")),
    "outline of rising numbers": Case(counted("{0}、防汛工作\n")),
    "headings over lines": Case(again("一、全面建设经济强省\n美丽河北\n")),
    "headlines": Case(again("全省防汛工作会议召开\n")),
    "headlines, all different": Case(counted("全省防汛第{0}次会议召开\n")),
    "headlines and datelines": Case(again("全省防汛工作会议召开\n本报讯（记者 李书田）7月19日，会议召开。\n")),
    "datelines on one line": Case(again("本报讯（记者 李书田）7月19日，")),
    "headlines over one long text": Case(
        lambda n: (
            "".join(f"{pick(i)}防汛{pick(i // 50)}工作会议召开\n" for i in range(n // 26)) + one_line(prose_of(n // 2))
        )
    ),
    "headlines between the halves of a text": Case(
        lambda n: (
            one_line(prose_of(n // 3))
            + "\n\n"
            + "".join(f"{pick(i)}防汛{pick(i // 50)}工作会议召开\n" for i in range(n // 39))
            + "\n"
            + one_line(prose_of(n // 3))
        )
    ),
    "headlines without a text, texts without a headline": Case(
        counted(f"（上接第一版）{LINE}\n（下转第三版）\n\n云江第{{0}}次会议在省城隆重开幕\n\n")
    ),
    "headlines in other words than the texts between them": Case(
        counted("云江第{0}次会议在省城隆重开幕\n" + LINE + "\n")
    ),
    "numbers before headlines": Case(again("篇一：云江市防汛工作会议\n")),
    "numbers before headlines, on one line": Case(again("篇一：云江市防汛工作会议 下载次数：52 ")),
    "headline and its copies": Case(again("云江市防汛工作会议_云江网\n云江市防汛工作会议\n")),
    "bylines": Case(again("记者 李书田 通讯员 丁书田\n")),
    "byline of names": Case(again("李书田 ", "本报讯（记者 ", "）")),
    "dates": Case(again("2020年2月3日")),
    "dates, a line each": Case(again("2020年2月3日\n")),
    "short lines that end in nothing": Case(again("云江\n")),
    "short lines that end in stops": Case(again("云江。\n")),
    "one line many times": Case(again(LINE + "\n")),
    "one line many times, blank lines between": Case(again(LINE + "\n\n")),
    "lines of one width without marks": Case(again(HAN_50 + "\n")),
    "continuation markers": Case(again("（上接第一版）\n")),
    "continuation markers on one line": Case(again("（上接第一版）（下转第三版）")),
    "continuations and prose": Case(again(f"（上接第一版）{LINE}\n（下转第三版）\n")),
    "page headers": Case(again("河北日报 2020年2月5日 星期三 第2版\n")),
    "page headers on one line": Case(again("河北日报 2020年2月5日 星期三 第2版 ")),
    "page headers between prose": Case(again(f"河北日报 2020年2月5日 星期三 第2版\n{LINE}\n")),
    "page numbers": Case(counted("- {0} -\n")),
    "page numbers between prose": Case(counted(f"{LINE}\n— {{0}} —\n")),
    "site chrome": Case(again("相关文章\n查看更多\n分享到：微信 微博 QQ空间\n责任编辑：李书田\n")),
    "site chrome between prose": Case(again(f"相关文章\n{LINE}\n查看更多\n")),
    "slogans": Case(again("富强 民主 文明 和谐\n社会主义核心价值观基本内容\n")),
    "rubrics": Case(again("战疫\n")),
    "signatures": Case(again("云江市人民政府\n2020年2月3日\n")),
    "tables of tokens": Case(again("病例 性别 年龄 1 男 36 ")),
    "two columns side by side": Case(again("会议要求各地要压实责任，落实防    云江市今日举行防汛演练，三百名\n")),
    "two columns and furniture": Case(
        lambda n: (
            "会议要求各地要压实责任，落实防    云江市今日举行防汛演练，三百名\n" * 60
            + "相关文章\n\n查看更多\n\n" * (n // 11)
        )
    ),
    "two columns and one long line": Case(
        lambda n: (
            "会议要求各地要压实责任，落实防    云江市今日举行防汛演练，三百名\n" * 60
            + "云江市今日举行防汛演练    " * (n // 15)
        )
    ),
    "columns read across": Case(
        lambda n: "".join(
            f"{a}\n{b}\n" for a, b in zip(cut(prose_of(n // 2), 15), cut(prose_of(n // 2)[::-1], 15), strict=True)
        )
    ),
    "gutters": Case(again("云江市今日举行      防汛演练三百名      队员参加。\n")),
    "line numbers": Case(counted("{0} 云江市今日举行防汛演练\n")),
    "line numbers in mid-sentence": Case(counted("{0}: 云江市今日举行防汛演练，三百\n{0}\n")),
    "indents that grow": Case(lambda n: "\n".join(" " * (i % 400) + "云江。" for i in range(n // 200))),
    "lines that grow": Case(lambda n: "\n".join("云" * i for i in range(1, int((2 * n) ** 0.5)))),
    "sentences without end": Case(again("云江市，")),
    "semicolons": Case(again("云江市；")),
    "sentences of one character": Case(again("云。")),
    "quotes with speech verbs": Case(again("“云江。”李书田说。")),
    "questions in turn": Case(again("“？”“！”")),
    "ellipses and prose": Case(again("云江……")),
    "placeholders, a line each": Case(again("X\n")),
    "placeholders in prose": Case(again("在XX23名X万多例xx")),
    "stray Latin words": Case(again("云江 and 防汛")),
    "addresses": Case(again("http://www.yunjiang.cn/a.html")),
    "addresses over lines": Case(again("http://www.yun\njiang.cn/a\n")),
    "quantities": Case(again("63000多人、2.52万吨、50%，")),
    "documents cited": Case(again("国办发〔2020〕5号《云江防汛条例》")),
    "people and posts": Case(again("市委书记李书田、市长丁书田、")),
    "doubled characters": Case(again("医\n\n物物资")),
    "column breaks in words": Case(again("云江市今日\n\n举行防汛")),
    "hyphens at line ends": Case(again("pneu-\nmonia")),
    "paragraphs in one line": Case(again("云江市今日举行防汛演练，三百名队员参加。演练持续两天。 ")),
    "headings in one line": Case(again("防汛演练 云江市今日举行防汛演练，三百名队员参加。演练持续两天。 ")),
    "a bar and stray spaces in one line": Case(
        lambda n: "防汛演练 2021-03-05 09:12 " + "云江市今日举 行防汛演练。三百名队员参加。 " * (n // 25)
    ),
    "text nodes": Case(again("云江市今日举行\n防汛\n演练，三百名队员参加。\n")),
    "lists of links": Case(again("* [云江](/a)\n")),
    "words of a bar run together": Case(again("首页时政财经旅游\n")),
    "words between separators": Case(again("时政\n|\n")),
    "glosses between the bytes of characters": Case(again("我們?yōu)辄h")),
    "a gloss between bytes and a long text": Case(lambda n: "我們?yōu)" + "云" * (n // 3) + "h"),
    "orders of a site between sentences": Case(again("点我查看全部评论\n云江市今日举行防汛演练，三百名队员参加。\n")),
    "orders of a site that are likely": Case(again("举报本条评论\n")),
    "orders of a site on a line": Case(again("举报本条评论 ")),
    "sections above headlines": Case(again("湖畔文苑\n云江市举行防汛演练\n\n")),
    "numbers in turn, run together": Case(again("现总结如下：一、云江市。二、防汛演练。（一）云江。同志们：")),
    "marks of pages at indents": Case(again("\u3000\u3000云江市今日举 优质范文 行防汛演练。")),
    "prefaces": Case(again("以下是小编整理的云江讲话，供大家参考。\n")),
    "telephones side by side": Case(again("订阅热线 66123456 广告热线 66123457\n")),
    "captions twice": Case(again("图为云江市防汛演练现场 图为云江市防汛演练现场\n")),
    "cells of figures": Case(again("渠道维修\n1,720\n85.6%\n")),
    "rows of figures": Case(again("渠道 | 1,720 | 85.6\n")),
    "a contents without its texts": Case(lambda n: "目录\n" + "1.云江市举行防汛演练；\n" * (n // 13)),
    "lines set in below headings": Case(again("一、云江市防汛，确保安全\n\u3000\u3000举行演练\n")),
    "labels and bars in turn": Case(again("作者：何启明\n云江市举行防汛演练\n来源：云江日报 2021-03-05 09:12\n")),
    "feet that a notice may have, and a site's": Case(
        again("<div><p>举报电话：66123456</p></div><p>版权所有 云江</p>")
    ),
    "articles of a law on one line": Case(again("第二条　云江市举行防汛演练。")),
    "chapters and items of a law on one line": Case(
        again("第二章　防汛第三条　演练下列堤防：（一）东堤；（二）西堤。")
    ),
    "parts of judgments on one line": Case(again("云江市某甲诉某乙。本院认为，某乙应当赔偿。经审理查明，某甲有理。")),
    "texts a line, set in": Case(
        again("云江市举行防汛演练\u3000\u3000" + "云江市昨天举行防汛演练，沿江干部参加。" * 2 + "\n")
    ),
    "names of papers beside their days": Case(
        again("云江日报\n2021年3月5日 星期五\n第2版\n沿江各地干部参加演练，加固堤防\n")
    ),
    "days of a law": Case(again("2021年3月5日 云江市人民代表大会常务委员会第三次会议通过\n")),
    "headlines as wide as print": Case(
        again("云江市昨天举行全市防汛演练\n云江市昨天举行防汛演练，沿\n江干部参加，要求加固堤防。\n\n")
    ),
    "shortcodes and empty pictures": Case(again("{{< a >}}。![]()<https://a.cn>\n")),
    "links, boxes and bold of a wiki": Case(again("{{a|[[w:云|云江]]'''\n[[Category:")),
    "spaced lines": Case(again("云江市今日举行演练，三百名\n\n队员参加，市长说要抓\n\n")),
    "labels of events on a page": Case(again("<p>时间：2021年3月5日</p><p>地点：云江</p><p>举报电话：66123456</p>")),
    "sources and addresses in sentences": Case(again("云江（本文来源：云江网）市www.yunjiang.cn举行")),
    "sources behind lines, thrice each": Case(counted("云江市举行演练\n" + 3 * "堤文章源自云江网-https://a.cn/{0}\n")),
    "an address without an end": Case(again("www.a.")),
    "carets for line ends": Case(again("云江市举行演练。^M")),
    "low and reversed quotes": Case(again("”云江“举行„演练“，")),
    "days above a flattened law": Case(again("云江条例 2021年3月5日 云江市人民代表大会常务委员会通过 ")),
    "flattened texts, a line each": Case(
        again("云江市举行演练 三百名队员昨日在堤 上演练，沿江干部参加， 要求加固堤防，抓好落实 各项措施。\n")
    ),
    "numbers over the ends of flattened lines": Case(again("云江市今年修渠20 21公里，增长31 %，")),
    "letters under wide spaces": Case(again("云\u3000江\u3000市\u30002\u30001\u3000日\u3000举\u3000行\n")),
}
