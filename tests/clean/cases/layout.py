"""Layout cases as data: text before, paragraphs after, and why; all people and places are made up."""

from typing import NamedTuple


class Case(NamedTuple):
    """A text and the paragraphs that an editor sees in it, spaces left as found."""

    label: str
    before: str
    after: list[str]
    why: str


_FIRST = (
    "云岭市今天召开全市防汛工作会议，分析研判当前汛情，安排部署下一阶段防汛抗旱重点任务，市长林远山出席会议并讲话。"
)
_SECOND = "会议要求，各县区要压实责任，对水库、河道和山塘逐一开展排查，发现隐患立即整改，确保全市安全度汛。"
_LONG = "县里的干部和群众一道上堤巡查，连夜加固了三处险工险段，"
_CLOSERS = "，。、；：”）》"
SHORT_NEWS = (
    "记者从市水利局获悉，今年前三季度，全市共修复渠道一百一十公里，清淤河道二十六条，新建泵站九座。",
    "今年以来，市水利局加快推进灌区改造，城东城西两片新渠相继开工，白石渡槽已经通水，龙津水库除险加固进入扫尾阶段。",
    "前三季度，全市春灌面积达到六十二万亩，比去年同期多出四万亩，为夏粮丰收打下基础。",
)
_TEAMS = ("云岭市水利局河道管理一科", "龙津镇防汛抢险突击大队", "白石水库管理所机电班组", "城东泵站全体值班职工")
_TALK = (
    "问：为什么要改造老渠？",
    "答：老渠建成已有四十年，渗漏严重，下游三个村用不上水。",
    "问：改造期间用水怎么办？",
    "答：由送水车每天送到村口，直到新渠通水为止，请大家放心。",
)
_DUTIES = (
    "县级以上人民政府水行政主管部门负责本行政区域河道堤防巡查养护的监督",
    "县级以上人民政府财政、交通运输、住房城乡建设等部门在各自的职责范围",
    "河道管理单位应当建立和完善巡查制度，规范巡查人员的行为，保障堤防和",
    "巡查人员发现堤防出现险情或者有人危害堤防安全的，应当立即报告河道管",
)
_RESTS = (
    "管理。",
    "内，做好堤防的巡查养护工作。",
    "两岸居民的安全，及时消除隐患。",
    "理单位和当地人民政府，并采取措施。",
)
_ARTICLES = tuple(
    f"第{number}条 {duty}{rest}"
    for number, duty, rest in zip("五六七八九十", _DUTIES + _DUTIES[:2], _RESTS + _RESTS[:2], strict=True)
)


def lines(text: str) -> str:
    """Write a case's print lines as lines: `|` ends one, `||` stands for a blank line."""
    return text.replace("||", "\n\n").replace("|", "\n")


def typeset(*paragraphs: str, width: int = 14, indent: int = 2, shown: str = "") -> str:
    """Set paragraphs in a column, marks hanging over its edge; the first-line indent is lost, or shown as given."""
    rows = []
    for paragraph in paragraphs:
        room, row = width - indent, shown
        for letter in paragraph:
            if room <= 0 and letter not in _CLOSERS:
                rows.append(row)
                room, row = width, ""
            row += letter
            room -= 1
        rows.append(row)
    return "|".join(rows)


_COLUMN = typeset(_FIRST, _SECOND)
_HEAD = "云岭日报讯（记者周小禾）"

UNWRAP = [
    Case("wrapped column", _COLUMN, [_FIRST, _SECOND], "a first line two narrower than the column starts a paragraph"),
    Case(
        "song",
        "词：白小渡|曲：丁书田|河水弯弯绕山来|绕过青岚绕石台|一代一代接着来|啊，河水长，河水清|流到船头灯花开|啊，河水甜，河水明|流进心里暖胸怀",
        [
            "词：白小渡",
            "曲：丁书田",
            "河水弯弯绕山来",
            "绕过青岚绕石台",
            "一代一代接着来",
            "啊，河水长，河水清",
            "流到船头灯花开",
            "啊，河水甜，河水明",
            "流进心里暖胸怀",
        ],
        "no sentence ends anywhere: lines of one width are a song's",
    ),
    Case(
        "roll of names",
        "市水利局：丁书田 牟小禾 汤小雨|市农业农村局：尹立新 白小渡|市教育局：孔桐 余琳秀 王晓 赵平",
        ["市水利局：丁书田 牟小禾 汤小雨", "市农业农村局：尹立新 白小渡", "市教育局：孔桐 余琳秀 王晓 赵平"],
        "names of an office on each line",
    ),
    Case(
        "candidates",
        "第一中标候选人：云岭第二水利工程有限公司|投标报价：18642300.00元|第二中标候选人：白石建设集团有限公司|投标报价：18790000.00元|以上报价均含税，公示期三天，有异议的请书面提出。",
        [
            "第一中标候选人：云岭第二水利工程有限公司",
            "投标报价：18642300.00元",
            "第二中标候选人：白石建设集团有限公司",
            "投标报价：18790000.00元",
            "以上报价均含税，公示期三天，有异议的请书面提出。",
        ],
        "labels may name persons",
    ),
    Case(
        "references",
        "参考文献：|[1]丁书田，牟小禾.灌区渠系利用系数测算方法研究[J].云岭水利，2018，36（4）：22-25.|[2]汤小雨.末级渠系节水改造效果评价[D].云岭：云岭大学，2019.",
        [
            "参考文献：",
            "[1]丁书田，牟小禾.灌区渠系利用系数测算方法研究[J].云岭水利，2018，36（4）：22-25.",
            "[2]汤小雨.末级渠系节水改造效果评价[D].云岭：云岭大学，2019.",
        ],
        "a number in square brackets opens one",
    ),
    Case(
        "line in brackets",
        "（2021年2月8日云岭市人民代表大会常务委员会第二十一次会议通过，自2021年5月1日起施行）|为了保护河道，保障防洪安全，根据《中华人民共和国防洪法》等法律规定，结合本市实际，制定本规定。",
        [
            "（2021年2月8日云岭市人民代表大会常务委员会第二十一次会议通过，自2021年5月1日起施行）",
            "为了保护河道，保障防洪安全，根据《中华人民共和国防洪法》等法律规定，结合本市实际，制定本规定。",
        ],
        "whole from bracket to bracket, it has no rest on the next line",
    ),
    Case(
        "full line ends a sentence",
        "　　汛期将至，天气炎热，正是河道险情多发的季节。|为了大家的安全，请您做到以下几点：|"
        "　　一、不私自下河游泳。|　　二、不在桥洞里躲雨停留。|"
        "　　三、不在无人看护的情况下带孩子到堤上去玩。|　　四、发现险情，立即报告村里的值班人员和巡查|"
        "队员。",
        [
            "汛期将至，天气炎热，正是河道险情多发的季节。为了大家的安全，请您做到以下几点：",
            "一、不私自下河游泳。",
            "二、不在桥洞里躲雨停留。",
            "三、不在无人看护的情况下带孩子到堤上去玩。",
            "四、发现险情，立即报告村里的值班人员和巡查队员。",
        ],
        "first lines are set in: what stands at the edge below a full line goes on",
    ),
    Case(
        "last line full by chance",
        typeset(_FIRST[:-4] + "。", _SECOND, _FIRST),
        [_FIRST[:-4] + "。", _SECOND, _FIRST],
        "the narrower line after it tells",
    ),
    Case(
        "column break in a sentence",
        _COLUMN.replace("|", "||", 2).replace("||", "|", 1),
        [_FIRST, _SECOND],
        "a blank line in mid-sentence is a column break",
    ),
    Case(
        "blank line between paragraphs",
        _COLUMN.replace("并讲话。|", "并讲话。||"),
        [_FIRST, _SECOND],
        "a blank line after a full stop changes nothing",
    ),
    Case(
        "outline marks",
        _COLUMN + "|一、压实责任|" + typeset("（一）落实包保制度，把任务分解到人。", "（二）加强督查。"),
        [_FIRST, _SECOND, "一、压实责任", "（一）落实包保制度，把任务分解到人。", "（二）加强督查。"],
        "an outline mark starts a paragraph, a heading is one of its own",
    ),
    Case(
        "heading over two lines",
        _COLUMN + "||一、加快补齐全市基层|防汛短板||" + _COLUMN,
        [_FIRST, _SECOND, "一、加快补齐全市基层防汛短板", _FIRST, _SECOND],
        "the rest of a heading holds no sentence",
    ),
    Case(
        "headline and dateline",
        "云岭市部署防汛||" + typeset(_HEAD + _FIRST, _SECOND),
        ["云岭市部署防汛", _HEAD + _FIRST, _SECOND],
        "a short line without a mark joins nothing",
    ),
    Case(
        "reference to an article at a line start",
        typeset("这次会议由林远山依照条例第三条的规定主持，各县区负责人列席。", _FIRST, _SECOND),
        ["这次会议由林远山依照条例第三条的规定主持，各县区负责人列席。", _FIRST, _SECOND],
        "第三条的规定 is no outline mark",
    ),
    Case(
        "number at a wrap",
        typeset("会后，林远山来到河口闸慰问，24个部门参加。", _FIRST, _SECOND),
        ["会后，林远山来到河口闸慰问，24个部门参加。", _FIRST, _SECOND],
        "no space where a wrap parted Han and digit",
    ),
    Case(
        "indent kept", typeset(_FIRST, _SECOND, shown="　　"), [_FIRST, _SECOND], "an indent that is seen is believed"
    ),
    Case(
        "every line spaced, indent kept",
        "||".join("        " + row for row in typeset(_FIRST, _SECOND, shown="    ").split("|")),
        [_FIRST, _SECOND],
        "where every line stands alone a blank line says nothing",
    ),
    Case(
        "no indent, blank lines",
        "||".join([typeset(_FIRST, indent=0), typeset(_SECOND, indent=0), typeset(_FIRST, indent=0)]),
        [_FIRST, _SECOND, _FIRST],
        "paragraphs set flush",
    ),
    Case(
        "article set narrower below a wide one",
        typeset(*[_FIRST + _SECOND] * 5, width=38) + "||云岭市春灌全面展开|" + typeset(*SHORT_NEWS, width=27),
        [*[_FIRST + _SECOND] * 5, "云岭市春灌全面展开", *SHORT_NEWS],
        "what stands under a headline has a width of its own",
    ),
    Case(
        "list under a headline below a wide article",
        typeset(*[_FIRST + _SECOND] * 5, width=38) + "||先进集体名单|" + "|".join(_TEAMS),
        [*[_FIRST + _SECOND] * 5, "先进集体名单", *_TEAMS],
        "lines of a list are no column",
    ),
    Case(
        "questions and answers in a column",
        typeset(_FIRST, _SECOND, *_TALK, width=15),
        [_FIRST, _SECOND, *_TALK],
        "a question and its answer begin paragraphs though the line above is full",
    ),
    Case(
        "question within an answer",
        typeset("答：有人会问：为什么要等三天？这是因为堤身要自然沉降，压实以后才能通车。", _SECOND, _FIRST),
        ["答：有人会问：为什么要等三天？这是因为堤身要自然沉降，压实以后才能通车。", _SECOND, _FIRST],
        "only what opens a line is a turn",
    ),
    Case(
        "articles of two lines each",
        typeset(*_ARTICLES, _FIRST + _SECOND, width=34),
        [*_ARTICLES, _FIRST + _SECOND],
        "the space behind an article's number is as wide as in print; most full lines are first lines",
    ),
    Case("one line a paragraph", f"{_FIRST}|{_SECOND}|会后演练。", [_FIRST, _SECOND, "会后演练。"], "unchanged"),
    Case("blank lines too", f"{_FIRST}||{_SECOND}||会后演练。", [_FIRST, _SECOND, "会后演练。"], "unchanged"),
    Case(
        "one line a paragraph, cut in mid-sentence",
        f"{_FIRST}||{_LONG}附近的村民自||发送来了热水和姜汤，一直忙到天亮。||{_SECOND}",
        [_FIRST, f"{_LONG}附近的村民自发送来了热水和姜汤，一直忙到天亮。", _SECOND],
        "a column break leaves a sentence without its end",
    ),
    Case(
        "headlines, one line a paragraph",
        f"云岭市召开会议部署全市防汛抗旱工作强调压实责任||林远山出席并讲话||{_FIRST}",
        ["云岭市召开会议部署全市防汛抗旱工作强调压实责任", "林远山出席并讲话", _FIRST],
        "a headline holds no sentence, so it is not cut",
    ),
    Case("short lines", "云岭日报|第二版|要闻", ["云岭日报", "第二版", "要闻"], "nothing to join"),
    Case(
        "items behind bullets",
        "二、主要做法|● 推行河长制，巡河一万二千次|● 加固险工险段，护岸六公里|● 清理河道|三、下步打算",
        ["二、主要做法", "● 推行河长制，巡河一万二千次", "● 加固险工险段，护岸六公里", "● 清理河道", "三、下步打算"],
        "no wrapped line opens with a bullet, whatever the widths",
    ),
    Case(
        "lines of a form",
        "信件编号：2771431643|来信时间：2022-01-20 15:43|办理单位：云岭市住房局|处理状态：已办结",
        ["信件编号：2771431643", "来信时间：2022-01-20 15:43", "办理单位：云岭市住房局", "处理状态：已办结"],
        "each has a label of its own, though widths agree",
    ),
    Case(
        "picture and who took it",
        f"{_FIRST}||图为堤防抢险现场，干部群众连夜加固堤身。云岭日报记者 汤小雨 摄||{_SECOND}",
        [_FIRST, "图为堤防抢险现场，干部群众连夜加固堤身。云岭日报记者 汤小雨 摄", _SECOND],
        "a caption ends without a mark",
    ),
    Case(
        "marks in the quotes of a headline",
        f"云岭市召开“压实责任，逐一排查”全市防汛专题会商会||{_FIRST}||{_SECOND}",
        ["云岭市召开“压实责任，逐一排查”全市防汛专题会商会", _FIRST, _SECOND],
        "what is quoted makes no sentence of a headline",
    ),
    Case(
        "headline as wide as its column",
        "云岭市召开全市防汛工作会议|" + typeset("近日，" + _FIRST, _SECOND),
        ["云岭市召开全市防汛工作会议", "近日，" + _FIRST, _SECOND],
        "news opens below it",
    ),
    Case(
        "headline of full lines above a dateline",
        "云岭市召开全市防汛专题工作会|商会议要求各县区压实防汛责任|" + typeset(_HEAD + _FIRST, _SECOND),
        ["云岭市召开全市防汛专题工作会商会议要求各县区压实防汛责任", _HEAD + _FIRST, _SECOND],
        "no mark since the top, and news begins",
    ),
    Case(
        "dateline alone on its line",
        "云岭日报讯（记者周小禾）|" + typeset("3月5日，" + _FIRST, _SECOND, indent=0),
        ["云岭日报讯（记者周小禾）3月5日，" + _FIRST, _SECOND],
        "a dateline is no headline: its text goes on",
    ),
    Case(
        "name of a document as wide as its column",
        "云岭市河道管护工作若干规定|"
        + typeset("第一条 为了管护河道，制定本规定，请各单位遵照执行。", "第二条 本规定适用于云岭市。", indent=0),
        [
            "云岭市河道管护工作若干规定",
            "第一条 为了管护河道，制定本规定，请各单位遵照执行。",
            "第二条 本规定适用于云岭市。",
        ],
        "its first article begins below it",
    ),
    Case(
        "first words of a paragraph without a mark",
        typeset("云岭市政府副市长周小禾率队" + _SECOND, _FIRST, indent=0),
        ["云岭市政府副市长周小禾率队" + _SECOND, _FIRST],
        "no headline: the sentence goes on",
    ),
    Case(
        "headlines wider than the column",
        "||".join(
            f"{head}|{typeset(text)}"
            for head, text in (
                ("云岭市召开全市防汛工作会议 林远山要求压实责任", _FIRST),
                ("云岭各县区连夜排查水库 干部群众上堤巡查", _SECOND),
            )
        ),
        ["云岭市召开全市防汛工作会议 林远山要求压实责任", _FIRST, "云岭各县区连夜排查水库 干部群众上堤巡查", _SECOND],
        "that two are as wide makes no column of them",
    ),
    Case(
        "label inside a column",
        typeset(_FIRST, "会上印发的材料说明：各县区要压实责任，逐一开展排查，发现隐患立即整改到位。", _SECOND),
        [_FIRST, "会上印发的材料说明：各县区要压实责任，逐一开展排查，发现隐患立即整改到位。", _SECOND],
        "a colon in prose labels nothing",
    ),
    Case(
        "notes behind sentences",
        f"{_FIRST}[1]|{_SECOND}①|{_FIRST}[12]|会后演练。",
        [f"{_FIRST}[1]", f"{_SECOND}①", f"{_FIRST}[12]", "会后演练。"],
        "a note's number does not open a sentence again",
    ),
    Case("a list", "名单如下：||张三||李四||王五六", ["名单如下：", "张三", "李四", "王五六"], "nothing to join"),
    Case(
        "heading with a comma, lines not wrapped",
        f"一、突出工作重点，扎实推进全市防汛抗旱各项任务|{_FIRST}|{_SECOND}",
        ["一、突出工作重点，扎实推进全市防汛抗旱各项任务", _FIRST, _SECOND],
        "a Han number and no sentence: a heading, not a cut paragraph",
    ),
    Case(
        "first line set in, no mark on it, uneven lines",
        "云岭市部署防汛工作||　　云岭市防汛抗旱指挥部昨日召开防汛工|作会议，分析研判当前雨情水情，部署下一阶|"
        "段防汛工作。市长林远山出席会议并讲话。|　　会议要求，各县区要压紧压实防汛责任，|备足抢险物资，确保群众安全。",
        [
            "云岭市部署防汛工作",
            "云岭市防汛抗旱指挥部昨日召开防汛工作会议，分析研判当前雨情水情，部署下一阶段防汛工作。市长林远山出席会议并讲话。",
            "会议要求，各县区要压紧压实防汛责任，备足抢险物资，确保群众安全。",
        ],
        "what is not set in goes on where first lines are set in",
    ),
    Case(
        "long heading of clauses, not wrapped",
        f"{SHORT_NEWS[0]}|二、吸取去年教训，认清当前汛情，切实增强做好今年防汛抗旱各项工作的责任感和紧迫感|{SHORT_NEWS[1]}|{SHORT_NEWS[2]}",
        [
            SHORT_NEWS[0],
            "二、吸取去年教训，认清当前汛情，切实增强做好今年防汛抗旱各项工作的责任感和紧迫感",
            *SHORT_NEWS[1:],
        ],
        "a numbered line of clauses without a sentence is a heading, however long",
    ),
    Case(
        "captions",
        f"图说：今天上午，环湖公路护坡完工，村民们沿湖散步 云江日报记者 汤小雨 摄（下同）||{SHORT_NEWS[0]}"
        f"||图说：老桥修好以后，周小禾拿出了珍藏多年的旧照片||{SHORT_NEWS[1]}",
        [
            "图说：今天上午，环湖公路护坡完工，村民们沿湖散步 云江日报记者 汤小雨 摄（下同）",
            SHORT_NEWS[0],
            "图说：老桥修好以后，周小禾拿出了珍藏多年的旧照片",
            SHORT_NEWS[1],
        ],
        "what stands under a picture ends in no mark, and goes on nowhere",
    ),
    Case(
        "several offices sign",
        f"{SHORT_NEWS[0]}{SHORT_NEWS[1]}|{SHORT_NEWS[2]}|云岭市水利局|云岭市公安局|云岭市交通运输局|云岭市数据局|2021年3月5日",
        [
            SHORT_NEWS[0] + SHORT_NEWS[1],
            SHORT_NEWS[2],
            "云岭市水利局",
            "云岭市公安局",
            "云岭市交通运输局",
            "云岭市数据局",
            "2021年3月5日",
        ],
        "a line each above the day",
    ),
    Case(
        "offices in a wrapped sentence",
        typeset(
            "会议要求市水利局、市公安局、市交通运输局、市数据局和各县区人民政府加强协作，落实巡堤责任，及时上报汛情。",
            _FIRST,
            width=12,
        ),
        [
            "会议要求市水利局、市公安局、市交通运输局、市数据局和各县区人民政府加强协作，落实巡堤责任，及时上报汛情。",
            _FIRST,
        ],
        "no day below: lines of one sentence",
    ),
    Case(
        "sentence cut by a blank line",
        f"{SHORT_NEWS[0][:-8]}||{SHORT_NEWS[0][-8:]}|{SHORT_NEWS[1]}|{SHORT_NEWS[2]}",
        list(SHORT_NEWS),
        "neither a heading nor a caption: a sentence that goes on",
    ),
    Case(
        "headline as wide as print below a full last line, paragraphs set in",
        typeset(_FIRST, _SECOND, shown="　　")
        + "|"
        + typeset(SHORT_NEWS[0], shown="　　")
        + "|白石水库除险加固进入扫尾阶段|"
        + typeset(SHORT_NEWS[1], SHORT_NEWS[2], shown="　　"),
        [_FIRST, _SECOND, SHORT_NEWS[0], "白石水库除险加固进入扫尾阶段", SHORT_NEWS[1], SHORT_NEWS[2]],
        "a paragraph ends in a mark",
    ),
    Case(
        "headline as wide as print below a blank line",
        typeset(_FIRST, _SECOND, _FIRST, indent=0)
        + "||各地抢抓农时全面展开春耕备播|"
        + typeset(_SECOND, _FIRST, _SECOND, indent=0)
        + "||全市春灌面积达到六十二万多亩|"
        + typeset(SHORT_NEWS[2], SHORT_NEWS[0], indent=0),
        [
            _FIRST,
            _SECOND,
            _FIRST,
            "各地抢抓农时全面展开春耕备播",
            _SECOND,
            _FIRST,
            _SECOND,
            "全市春灌面积达到六十二万多亩",
            SHORT_NEWS[2],
            SHORT_NEWS[0],
        ],
        "its words do not run on into the text below",
    ),
    Case(
        "first line of a text below a blank line",
        typeset(_FIRST, _SECOND, _FIRST, indent=0) + "||" + typeset(_FIRST, _SECOND, indent=0),
        [_FIRST, _SECOND, _FIRST, _FIRST, _SECOND],
        "its words run on",
    ),
    Case(
        "items of a law that are spoken of at the head of a line",
        typeset(
            "巡查单位应当提交堤防巡查记录和前款第（一）项、第（二）项、第（四）项、第（五）项、第（六）项所列材料。",
            _FIRST,
        ),
        [
            "巡查单位应当提交堤防巡查记录和前款第（一）项、第（二）项、第（四）项、第（五）项、第（六）项所列材料。",
            _FIRST,
        ],
        "（四）项 opens no item",
    ),
]

_FLAT_AFTER = [
    "青禾县人民政府今天召开全县夏粮收购工作会议，传达学习省市有关会议精神，总结今年春季以来的农业生产情况，"
    "研究部署下一阶段夏粮收购各项任务。",
    "会议认为，今年以来全县上下克服不利影响，夏粮生产再获丰收，面积、单产、总产三项指标均创历史新高，成绩来之不易。",
    "会议强调，各乡镇要把好质量关和价格关，做到应收尽收，决不允许出现打白条的现象，切实保护好广大种粮农民的利益。",
]
_FLAT = typeset(*_FLAT_AFTER, width=26).replace("|", " ")
_NUMBERED = [_FLAT_AFTER[0], "第二条  " + _FLAT_AFTER[1], _FLAT_AFTER[2]]
_SCATTERED = (
    "全县上下克 服倒春寒的影响，夏粮生产再获丰收，面积、单产、总 产均创 新高。 "
    "会议强调，各乡镇要把好质 量关和价格关，做到应收尽收，"
    "决不允许出现打白 条的现 象，保护好农民 的利 益。"
)
_NAMES = "出席会议的有：" + "张三丰 李四光 王五六 赵六七 钱七八 孙八九 周九十 吴十一 郑十二 冯十三 " * 3
_EACH = "今天开会。 会上宣布了名单。 大家都很高兴。 会后照了相。 下午参观了展览。 晚上看了演出。 第二天返程。"

UNFLATTEN = [
    Case(
        "credits behind sentences",
        f"{_FIRST}（云江日报图片）\n{_SECOND}（记者 周小禾）\n{_LONG}",
        [f"{_FIRST}（云江日报图片）", f"{_SECOND}（记者 周小禾）", _LONG],
        "what stands in brackets behind a sentence ends its paragraph",
    ),
    Case("flattened print lines", _FLAT, _FLAT_AFTER, "rebuilt from widths: an indent lost, a short last line"),
    Case(
        "flattened with articles",
        typeset(*_NUMBERED, width=26).replace("|", " "),
        _NUMBERED,
        "the space after 第二条 is the typesetter's",
    ),
    Case(
        "spaces scattered inside words",
        _SCATTERED,
        [_SCATTERED[: _SCATTERED.index("。") + 1], _SCATTERED[_SCATTERED.index("。") + 2 :]],
        "only the one after a full stop is a line end",
    ),
    Case(
        "a space after every sentence",
        f"{_EACH} {_EACH}",
        [f"{_EACH} {_EACH}"],
        "a habit of the writer's, no line ends",
    ),
    Case(
        "paragraphs run together at their indents",
        "县长讲话　　" + "　　".join(_NUMBERED),
        ["县长讲话", *_NUMBERED],
        "two wide spaces after a stop are the next paragraph's indent",
    ),
    Case(
        "paragraphs run together at double spaces",
        "  ".join([*_NUMBERED, "附则  " + _FIRST]),
        [*_NUMBERED, "附则", _FIRST],
        "most of the gaps follow a stop: all part paragraphs",
    ),
    Case(
        "one wide gap",
        f"{_FIRST}　　{_SECOND}",
        [_FIRST, _SECOND],
        "an indent between two whole paragraphs",
    ),
    Case(
        "one wide gap before a few words",
        f"{_FIRST}　　（全文完）",
        [f"{_FIRST}　　（全文完）"],
        "no paragraph behind it",
    ),
    Case(
        "a bracket over three print lines",
        "青禾县水渠管理办法 （2010年3月5日 青禾县第五届人民代表大会常务委员会第六次会议 通过2012年5月8日修正） "
        + typeset(*_NUMBERED, width=26).replace("|", " "),
        [
            "青禾县水渠管理办法",
            "（2010年3月5日青禾县第五届人民代表大会常务委员会第六次会议通过2012年5月8日修正）",
            *_NUMBERED,
        ],
        "no paragraph starts between its ends",
    ),
    Case("names in a row", _NAMES, [_NAMES], "pieces of three are names, no print lines"),
    Case(
        "spaces around marks",
        f"县里的老桥\n{_FIRST}\n{_SECOND}".replace("，", " ， ").replace("。", " 。 "),
        ["县里的老桥", _FIRST, _SECOND],
        "a habit of the page, no line ends",
    ),
    Case(
        "paragraphs run together at single spaces",
        " ".join(["各位代表：" + _FIRST + _SECOND, *(_FIRST + _SECOND + _SECOND for _ in range(3))]),
        ["各位代表：" + _FIRST + _SECOND, *(_FIRST + _SECOND + _SECOND for _ in range(3))],
        "spaces stand after some sentences' ends and nowhere else",
    ),
    Case(
        "headline, dateline and paragraphs run together",
        "环湖公路完工 云江日报临渚1月19日讯（记者 周小禾 通讯员 沈成）" + " ".join([_FIRST + _SECOND] * 4),
        [
            "环湖公路完工",
            "云江日报临渚1月19日讯（记者 周小禾 通讯员 沈成）" + _FIRST + _SECOND,
            *[_FIRST + _SECOND] * 3,
        ],
        "names in brackets are parted by the writer",
    ),
    Case(
        "single spaces after sentences, one inside",
        " ".join([_FIRST + _SECOND, *(_FIRST + _SECOND + _SECOND for _ in range(3))]) + "会议还 听取了汇报。",
        [" ".join([_FIRST + _SECOND, *(_FIRST + _SECOND + _SECOND for _ in range(3))]) + "会议还 听取了汇报。"],
        "one stands inside a sentence: the spaces may be anything",
    ),
]

# Label, line before, line after, is it a full (justified) line, why.
LETTER_SPACING = [
    ("word of two", "讲  话", "讲话", False, "a line of one word"),
    ("word of three", "开 幕 词", "开幕词", False, "a line of one word"),
    ("notice of two", "启　事", "启事", False, "any word that says what a text is"),
    ("proceedings of two", "决  议", "决议", False, "any word that says what a meeting issued"),
    ("name of two", "高  远", "高  远", False, "two letters that may be a name"),
    ("units of a headline", "讲 话稿", "讲 话稿", False, "two words"),
    (
        "spaced line",
        "常 务 副 县 长 林 远 山 陪 同 调 研",
        "常务副县长林远山陪同调研",
        True,
        "every character stands apart",
    ),
    (
        "wide spaces",
        "\u3000\u3000常\u3000务\u3000副\u3000县\u3000长\u30001\u30009\u3000日\u3000调\u3000研",
        "\u3000\u3000常务副县长19日调研",
        True,
        "the indent stays",
    ),
    (
        "names under wide spaces",
        "林远山\u3000白石\u3000马小河\u3000石玉\u3000江流\u3000黄渠生",
        "林远山\u3000白石\u3000马小河\u3000石玉\u3000江流\u3000黄渠生",
        False,
        "names, not letters",
    ),
    (
        "letters of a short name",
        "占 全 县 G D P 的 比 重 到 了 三 成",
        "占全县GDP的比重到了三成",
        True,
        "single letters are spaced, too",
    ),
    (
        "digits together",
        "副 县 长 林 远 山 在 2016年 至 2018年 间",
        "副县长林远山在2016年至2018年间",
        True,
        "digits keep together",
    ),
    (
        "around marks",
        "“ 身 后 就 是 大 堤 ，咱 必 须 守",
        "“身后就是大堤，咱必须守",
        True,
        "marks cling to a character",
    ),
    (
        "ideographic space",
        "第 六 条 　 专 业 技 术 人 员",
        "第六条　专业技术人员",
        True,
        "the typesetter's own space stays",
    ),
    ("padded name", "张 三", "张 三", False, "too few pieces: left to the space rules"),
    ("names", "四建磊 吴韬 林远山 周小禾 王大力 钱多多", "四建磊 吴韬 林远山 周小禾 王大力 钱多多", False, "names"),
    ("slogan", "富强 民主 文明 和谐 自由 平等 公正", "富强 民主 文明 和谐 自由 平等 公正", False, "words"),
    (
        "spaces at digits",
        "安置 1 名 残疾人和 2 名 学生",
        "安置 1 名 残疾人和 2 名 学生",
        False,
        "the typesetter's spaces",
    ),
    ("Latin", "a b c d e f g h", "a b c d e f g h", False, "not Chinese"),
]
