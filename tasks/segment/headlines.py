"""Which blocks can be headlines, and how well the words of each fit the text above and below it.

A headline can stand after its body, or far from it: it is matched by content, not by nearness.
"""

import polars as pl

from tasks.clean import runs
from tasks.clean.document_names import DOCUMENT_NAMES, SPOKEN
from tasks.clean.figures import COUNT, DATE, NUMERAL
from tasks.clean.gated import ask, matching, put
from tasks.clean.patterns import narrow
from tasks.segment import not_headlines, short_headlines

TITLE_END = rf"(?:{DOCUMENT_NAMES})(?:[（(][^（）()]{{1,16}}[）)])*$"
DID = f"出席|主持|参加|列席|{SPOKEN}|会见|作说明|作报告|作汇报|陪同|讲授党课|通报有?关?情况|作通报|宣布开幕|揭牌|颁奖"
# 孔桐主持 余琳秀出席, 廉毅敏参加检查: who did what, without the 的 of a document's name
OCCASION = "会议|活动|检查|调研|座谈|仪式|大会|座谈会"
PERSONS = rf"^(?:[^的《》]{{2,20}}?(?:{DID})(?:并[\p{{Han}}]{{2,4}})?(?:{OCCASION})?(?:[ 、]|$))+$"
DAY_NOTE = rf"^[（(]{DATE}[）)]$"
# （第14号） under the name of a notice
SUBTITLE = (
    rf"^(?:——|－－|--|──)|{DAY_NOTE}|^（[^（）]{{0,16}}第?{NUMERAL}{{1,4}}号）$"
    rf"|^自[\p{{Han}}\d]{{2,12}}起(?:施行|执行|实施)$|{PERSONS}"
    # 2017年1月5日在某市人民代表大会会议上
    rf"|^{DATE}在[^，。；]{{6,50}}(?:[会仪]议?上|大会|会议)$"
)
HOUSE = (
    r"(?:[\p{Han}A-Za-z]{2,12}[|｜丨] ?)?"  # 云江新闻|记者
    r"(?:本报|本刊|本台|本网|新华社|人民网|中新社|(?:[\p{Han}]{2,6}·)?[\p{Han}]{1,8}(?:报|社|网|台|融媒(?:体中心)?|新闻中心|客户端|在线))?"
    r"(?:全媒体|融媒体)?(?:见习|实习|首席|特派|特约)?"
)
BYLINE = (
    rf"^[□■●◎○◇◆◉\s]*(?:[文图][/／][文图][ \x{{3000}}]?|[\p{{Han}}]{{2,6}}[/／][ \x{{3000}}]?)?{HOUSE}[ \x{{3000}}]?"
    r"(?:(?:记者|通讯员|特派员|撰稿人?)[\s:：]*[\p{Han}]{1,5}"
    r"(?:[、 \x{3000}]{1,2}(?:通讯员|实习生)?[\p{Han}]{1,5}){0,9}"
    r"|评论员[\s:：]*[\p{Han}、 ]{0,30}|作者[\s:：]+[\p{Han}、 ]{2,20}|文[/／][\p{Han} ]{2,10}图[/／][\p{Han} ]{2,10}"
    r"|(?:记者|特派员)[ \x{3000}]?[\p{Han}、]{2,16}[/／][\p{Han}]{2,8}报[导道](?:[\p{Han}]{2,6}报)?"
    # 陈小禾 徐启 报导 / 临渚市, 文：云江采访组
    r"|[\p{Han}]{2,4}(?:[、 \x{3000}][\p{Han}]{2,4}){0,3}[ \x{3000}]?报[导道]"
    r"[ \x{3000}]*[/／-][ \x{3000}]*[\p{Han}]{2,6}"
    r"|文：[\p{Han}]{2,6}(?:组|工作室|编辑部)"
    r"|文[ \x{3000}]?[/／丨｜][ \x{3000}]?[\p{Han}]{2,4}(?:[、 \x{3000}][\p{Han}]{2,4}){0,3}"
    r"|(?:(?:记者|通讯员)[ \x{3000}]?)?[\p{Han}、]{2,12} ?[/／] ?[文图摄](?:影|字)?"
    r"(?: ?[\p{Han}、]{2,12} ?[/／] ?[文图摄](?:影|字|片)?)?)(?:[ \x{3000}]+来源[：:][\p{Han}]{2,10})?$"
)
# 郭启明 alone under a headline; no family names that begin common words.
FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪"
    "范廖贾韦付邹孟熊秦邱尹薛闫段侯陶黎贺顾毛郝龚邵覃戴莫孔汤"
)
WRITER = (
    rf"^[◎○●◆◇□■▲\s]*[{FAMILY}][\p{{Han}}]{{1,2}}$|^[{FAMILY}]"
    r"[ \x{3000}]{1,2}[\p{Han}]$|^[◎○●◆◇□■▲]\s*[\p{Han}]{2,4}$"
)
# 罗坪县护林镇人民政府 牟启明: where the writer works.
WORKS = (
    "政府|[委办局厅部院所处科室校镇乡村队站]|大学|支部|中心|公司|集团|社区|街道|[县市省区州局院校厅部处所站会]长"
    "|书记|主任|主席|总理|教授|经理|委员"
)
_WRITER, _WRITERS = 8, 34
# 何启明 陈玉兰 尹立新 above a text that has no headline; a headline's units are longer, or fewer.
WRITERS = rf"^[{FAMILY}][\p{{Han}}]{{1,2}}(?:[ \x{{3000}}]{{1,2}}[\p{{Han}}]{{2,3}}){{2,5}}$"
# 王冠中，闫 力; 何启明 陈玉兰 本报记者 尹立新
_FAMILY = f"{FAMILY}史邢乔赖庞樊殷翟颜倪俞葛聂柳岳庄祁耿牟詹费靳甄裴屈鲍霍翁隋柏柯阮闵柴冉闫鄢晏佘缪邬冼敖"
WHO = rf"^[{_FAMILY}][\p{{Han}}]{{1,3}}(?:{DID})"
_NAME = rf"[{_FAMILY}](?:[\p{{Han}}]{{1,2}}|[ \x{{3000}}][\p{{Han}}])"
_NAMES = rf"{_NAME}(?:[ \x{{3000}}、]{{1,2}}{_NAME}){{0,4}}"
WRITER_AT = (
    rf"^[\p{{Han}}]{{3,24}}(?:{WORKS})[ \x{{3000}}]{{1,4}}{_NAME}$|^{_NAME}(?:[，,、][ \x{{3000}}]?{_NAME}){{1,4}}$"
    rf"|^{_NAMES}[ \x{{3000}}]{{1,2}}本[报刊网台][\p{{Han}}]{{0,4}}(?:记者|通讯员)[ \x{{3000}}]{{0,2}}{_NAMES}$"
    # 市长何启明
    rf"|^(?:代|副)?(?:[省市县区州镇乡校院局]长|书记|主席|主任|检察长)[ \x{{3000}}]{{0,2}}{_NAME}$"
    # 何启明1，李若水2*: where each of them works stands below
    rf"|^{_NAME} ?\d(?:[,，]\d)*\*?(?:[，,、 ]{{1,2}}{_NAME} ?\d(?:[,，]\d)*\*?){{0,7}}$"
)
# 记者并回答提问: what follows is no name.
NO_BYLINE = "(?:记者|通讯员)[并从在对走调手了获们会节站证问采观日跑眼亲团席招追见]|摄$"
# Below a headline so many that they are no units of it.
_MANY = narrow(r"^(?:[\p{Han}]{2,3}[ \x{3000}]{1,2}){3,}[\p{Han}]{2,3}$")
# Lines of an official form, an interview or a speech's end, which no headline looks like.
ISSUER = (
    r"(?:政府|办公[室厅]|研究[室院所]|编辑部|办事处|委员?会|党[委组]|总?支部|党总支|常委会|协会|联合会|[局厅部院处署]|公司|中心|集团|检察院|大学|学校|[总支]队"
    r"|指挥部|小组)"
)
SIGNED_DAY = rf"^[（(]?{DATE}[）)]?$|{ISSUER}{DATE}(?:印发)?$"
NO_HEADLINE = (
    rf"^附件(?:[：:]|{COUNT}|$)|{SIGNED_DAY}|^\d{{1,2}}月\d{{1,2}}日[上下中]?午?，|\d日电$"
    r"|^[▲△■●◆★][\p{Han}]{0,8}记者[：:]"
    r"|^(?:问|答|[Qq]|[Aa]|(?:本报)?记者|主持人|网友|嘉宾|专家)[\p{Han}]{0,4}[：:]"
    rf"|^[（(]{DATE}.*(?:通过|公布|批准|修正|修订|施行|发布|实施).{{0,40}}[）)]$"
    r"|^[一二三四五六七八九][问谈论]：|^(?:来信|来电|留言|问题|咨询|诉求|投诉|回复|答复|办理)(?:标题|内容|情况|结果|意见|答复)?[：:]"
    r"|^(?:基本案情|案情简介|裁判(?:结果|要[旨点]|理由)|典型意义|案件背景|诉讼过程|处理结果)$"
    r"|\[[JMDNCRS](?:/OL)?\][.．,，]|^[【\[]?关键[词字][】\]]?[：:]"
    r"|^[（(](?:此|本)(?:件|文|通知|公告)[^（）()]{2,16}[）)]$"
    r"|^(?:被?上诉人|原审[原被]告|原告人?|被告人?|第三人|公诉机关|被?申请(?:执行)?人|再审申请人|法定代表人|负责人"
    r"|(?:委托|法定|指定)?(?:诉讼)?代理人|辩护人|执行董事)(?:[（(][^（）()]{2,12}[）)])?[：:]"
    r"|^(?:联系人|联系电话|咨询电话|地址|邮编|抄送|主送|报送|印发机关)[：:]"
    r"|^(?:常务)?副?(?:组长|指挥长|总指挥|理事长|秘书长|团长|队长|成员)(?:单位)?[：:]"
    # a line of a career: 1994.07—2001.03 某某县水利局技术员
    r"|^(?:19|20)\d{2}[.．/]\d{1,2}[—–－~～至-]|^(?:19|20)\d{2}年?(?:\d{1,2}月)?[—–－~～至-]+今"
    r"|^(?:提案人|[连連]署人|受文者|发文日期|发文字号|案由|主旨|协商法案|法案名称)[：:]"
    r"|^[（(]\d{4}[）)][\p{Han}]{1,3}\d{1,8}[\p{Han}]{1,4}\d{1,6}号"
    r"|^(?:(?:会议|活动|开会|报名|培训|协商|考试|比赛|演出|展览)?(?:时间|地点)|日期|[\p{Han}]{0,2}主持人?|(?:协商|与会|列席)代表|发布人|主讲人?|嘉宾|出席(?:人员|领导)?|参加人员|列席(?:人员)?|记录人?)[：:]"
    r"|(?:记者|通讯员)[\p{Han}、]{2,12}摄$|^(?:散会|休息|开会|继续开会|休会|复会)[（(][^（）()]{2,16}[时分][）)]$"
    r"|^(?:下面|接下来|首先|再次|现在|在此)[，,].*[！!]$|^(?:谢谢|感谢)(?:大家|各位)[！!。]?$|^(?:同志们|各位|朋友们|让我们|我的讲话|我就讲|我的发言|我的汇报|最后|[谨恭敬再]?祝[愿你您大各广全同]).*[！!]$"
)
# The number of a paper, a box of a plan, a share; who signs a form; the number of the first of several texts; who is
# heard and what is seen in a broadcast; a caption. Asked by itself: the automaton of both would be too large.
NO_HEADLINE_SHORT = narrow(
    r"^[\p{Han}]{2,12}[〔【\[]\d{4}[〕】\]]第?\d{1,5}号$|^专栏[\d一二三四五六七八九十]|^(?:证券|股票)(?:代码|简称)[：:]"
    r"|^(?:(?:受?委托|受托|承诺|声明|申请|投诉|举报|借款|担保|经办|填表|审核|制表|保证|招标|投标|采购)人|[甲乙丙]方)"
    r"(?:[（(][^（）()]{1,12}[）)])?[：:]|^[一二三四五六七八九十]{1,2}$|.{6}[（(][\p{Han}、 ]{2,12}摄[）)]$"
    r"|^[【\[](?:同期声?|解说|字幕|导语|配音|画面|现场声?|旁白|口播|出镜)[^】\]]{0,8}[】\]]"
)
BYLINE, SUBTITLE, SIGNED_DAY, DAY_NOTE, NO_HEADLINE = map(narrow, (BYLINE, SUBTITLE, SIGNED_DAY, DAY_NOTE, NO_HEADLINE))
SHORTEST, LONGEST_HEADLINE = 4, 60
_RUNS_ON = 30
# Kicker and headline can stand on one line, a space between them.
LONGEST_DECKS, LONGEST_UNIT = 120, 40


def with_roles(blocks: pl.DataFrame) -> pl.DataFrame:
    """Say what each kept block may be.

    Args:
        blocks: kept blocks with text, n_chars, ends, stops, outlined, greets, credits, told, doc, width.

    Returns:
        `blocks` with `byline`, `head` (can be a headline line) and `titled` (ends like the name of a document).
    """
    spaces = pl.col("text").str.count_matches(" ", literal=True) + pl.col("text").str.count_matches(
        "\u3000", literal=True
    )
    measured = blocks.with_columns(length=pl.col("n_chars") - spaces.cast(pl.Int32))
    # a longer block is no headline, nor what ends like a sentence or in the middle of one, and not looked at
    likely = measured.filter(
        (pl.col("n_chars") <= LONGEST_DECKS) | (pl.col("length") <= LONGEST_HEADLINE),
        ~pl.col("text").str.contains(r"[，；：:,;。][ \x{3000}]*$"),
    )
    roles = ["byline", "titled", "head", "never", "issues", "closes", "day_note", "writer", "writers"]
    marked = measured.join(
        _judged(likely).select("block", *roles), on="block", how="left", maintain_order="left"
    ).with_columns(pl.col(roles).fill_null(value=False))
    marked = _as_told(marked)
    length = pl.col("length")
    # the rest of a headline that is set over two lines may look like anything
    above_any = pl.col("head").shift(1, fill_value=False) & (pl.col("doc") == pl.col("doc").shift(1))
    above = above_any & (pl.col("gap") == 0)
    then = runs.below(pl.any_horizontal("stops", "byline", "outlined", "addressed"))
    apart = (runs.below(pl.col("gap"), 1) > 0) | then
    shorter = length <= length.shift(1) + 1
    plain = ~pl.any_horizontal("ends", "stops", "outlined", "greets", "credits", "byline", "closes", "never")
    # no sentence begins so
    rest = pl.col("text").str.starts_with("的") & ~pl.col("stops")
    # a word between two of its lines, and no number of the first of several texts
    under = pl.col("head").shift(-1, fill_value=False) & (pl.col("doc") == pl.col("doc").shift(-1))
    between = (
        (length < SHORTEST)
        & ~pl.col("text").str.contains(f"[、.．）)]$|^{COUNT}+$")
        & (under & (runs.below(pl.col("gap")) == 0) | runs.below(pl.col("dated"), False))
    )
    again = (
        (above & shorter & (apart | rest) | above_any & between) & plain & ~pl.col("text").str.ends_with("，")
    ).fill_null(value=False)
    # a sentence's first line below a headline: longer than any deck
    runs_on = above_any & (pl.col("gap") > 0) & (length >= _RUNS_ON) & pl.col("text").str.contains("，", literal=True)
    marked = marked.with_columns(head=(pl.col("head") & ~runs_on.fill_null(value=False)) | again)
    named = marked.with_columns(head=pl.col("head") & not_headlines.by_company(marked))
    # a speech's day stands in brackets under its headline
    over = named["head"].shift(1, fill_value=False) & (named["doc"] == named["doc"].shift(1))
    # what stands in brackets alone goes with a headline above it, and heads nothing by itself
    aside = matching(named["text"], named["head"] & ~over, "^[（(][^（）()]*[）)]$")
    named = named.with_columns(
        head=(pl.col("head") & ~pl.lit(aside)) | (pl.col("day_note") & over).fill_null(value=False)
    )
    named = named.with_columns(head=pl.col("head") | pl.lit(_over_bars(named)) | pl.lit(short_headlines.tell(named)))
    named = not_headlines.without_captions(_with_numbered(named))
    named = _with_writers(not_headlines.without_verse(not_headlines.without_set_in(named)))
    named = not_headlines.without_lists(named)
    # who wrote it stands under the headline or under the text
    under = pl.col("head").shift(1, fill_value=False) & (pl.col("doc") == pl.col("doc").shift(1))
    return named.with_columns(
        byline=pl.col("byline") | (pl.col("credits") & under), credits=pl.col("credits") & ~under
    ).drop("length", "never", "issues", "closes", "day_note", "writer", "writers", "after_named")


def _over_bars(named: pl.DataFrame) -> pl.Series:
    """Tell a document's first line right above a bar with day or source: its headline, though it ask and go on."""
    first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True)
    short = pl.col("length").is_between(SHORTEST, LONGEST_HEADLINE) & ~pl.col("outlined") & ~pl.col("byline")
    barred = first & short & runs.below(pl.col("after_named"), False) & ~pl.col("head")
    likely = named.select(found=barred)["found"]
    return ask(named["text"], likely, lambda some: ~some.str.contains("[。；：，]|…$"))


def _with_numbered(named: pl.DataFrame) -> pl.DataFrame:
    """Take numbered lines for headlines where a bar with a day or source stands below each of several."""
    if not named["after_named"].any():
        return named
    barred = runs.below(pl.col("after_named"), False) & (pl.col("doc") == pl.col("doc").shift(-1))
    short = (pl.col("length") >= SHORTEST) & (pl.col("length") <= LONGEST_UNIT)
    numbered = pl.col("outlined") & barred & short & ~pl.col("ends") & ~pl.col("stops")
    rows = named.select(numbered.fill_null(value=False)).to_series().arg_true()
    alone = named["doc"][rows].is_unique()
    if alone.all():
        return named
    found = pl.Series([False]).new_from_index(0, len(named)).scatter(rows.filter(~alone), values=True)
    below = found.shift(1, fill_value=False)
    return named.with_columns(head=pl.col("head") | found, after_bar=pl.col("after_bar") | below)


def _with_writers(named: pl.DataFrame) -> pl.DataFrame:
    """Take a bare name between a headline and its text for a byline, where no line is wrapped."""
    over = pl.col("head").shift(1, fill_value=False) & (pl.col("doc") == pl.col("doc").shift(1))
    day = pl.col("day_note").shift(-1, fill_value=False)
    under = (~pl.col("head").shift(-1, fill_value=True) | day) & (pl.col("doc") == pl.col("doc").shift(-1))
    wrapped = pl.col("width").is_not_null() & ~pl.col("text").str.contains("^[◎○●◆◇□■▲]")
    alone = named.select((over & under & ~wrapped & pl.col("writer")).fill_null(value=False)).to_series()
    first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(value=True)
    many = matching(named["text"], named.select((pl.col("writers") & over).fill_null(value=False))["writers"], _MANY)
    several = pl.col("writers") & (first | pl.lit(many)) & runs.below(pl.col("stops"), False)
    alone |= named.select(several.fill_null(value=False))["writers"]
    # a speech's day under its speaker
    dated = pl.col("day_note") & pl.lit(alone.shift(1, fill_value=False))
    return named.with_columns(head=pl.col("head") & ~alone & ~dated, byline=pl.col("byline") | alone)


def _as_told(blocks: pl.DataFrame) -> pl.DataFrame:
    """Believe a record that names its title: that is the headline, and what stands apart below it is the text."""
    if not blocks["told"].any():
        return blocks
    told = pl.col("told")
    under = pl.col("head").or_(told).cum_min().over("doc") & told.any().over("doc")
    apart = (~told & (pl.col("gap") > 0)).cum_max().over("doc")
    subtitle = pl.col("text").str.starts_with("——") & told.shift(1, fill_value=False)
    return blocks.with_columns(
        head=told | (pl.col("head") & (~(under & apart) | subtitle)),
        titled=told | (pl.col("titled") & ~under),
        byline=pl.col("byline") & ~pl.col("told"),
        credits=pl.col("credits") & ~pl.col("told"),
    )


def _judged(blocks: pl.DataFrame) -> pl.DataFrame:
    """Say of each block alone whether it is a byline, a headline line, the name of a document."""
    told = blocks.with_columns(
        bare=pl.col("text").str.replace_all(r"[ \x{3000}]", ""),
        unit=_longest_unit(blocks),
        byline=ask(
            blocks["text"],
            blocks["length"] < 40,
            lambda some: some.str.contains(BYLINE) & ~some.str.contains(NO_BYLINE),
        ),
        writer=matching(blocks["text"], blocks["n_chars"] <= _WRITER, narrow(WRITER))
        | matching(blocks["text"], blocks["n_chars"].is_between(5, _WRITERS), narrow(WRITER_AT)),
        writers=matching(blocks["text"], blocks["n_chars"].is_between(_WRITER, _WRITERS), narrow(WRITERS)),
    ).with_columns(
        issues=pl.col("bare").str.contains(ISSUER + "$"),
        closes=pl.col("bare").str.contains(SIGNED_DAY),
        day_note=pl.col("bare").str.contains(DAY_NOTE),
        named=pl.col("bare").str.contains(TITLE_END),
        subtitle=pl.col("bare").str.contains(SUBTITLE),
        # 渠道怎么修？（二）: the second part of it
        exclaims=pl.col("bare").str.contains(rf"[！？!?…][”’」』]?(?:（{COUNT}{{1,2}}）)?$"),
    )
    # asked of those that nothing else keeps from being one
    asked = told.select(
        pl.col("exclaims") | ~pl.any_horizontal("ends", "stops", "outlined", "greets", "credits", "byline")
    )
    never = matching(told["bare"], asked.to_series(), NO_HEADLINE)
    never |= matching(told["bare"], asked.to_series() & (told["length"] <= LONGEST_HEADLINE), NO_HEADLINE_SHORT)
    never &= ~matching(told["bare"], never, not_headlines.RUBRIC)
    # 本报讯（记者 某某） alone on its line
    told = told.with_columns(never=never | told["dated"] & told["bare"].str.ends_with("）"))
    text, length, exclaims = pl.col("bare"), pl.col("length"), pl.col("exclaims")
    decked = (pl.col("unit") <= LONGEST_UNIT) | pl.col("named")
    short = (length >= SHORTEST) & ((length <= LONGEST_HEADLINE) | (pl.col("n_chars") <= LONGEST_DECKS) & decked)
    inner = text.str.contains(r"[。；]|[！？!?](?:[^”’」』！？!?（]|（[^（）]{3})")
    open_end = inner | text.str.contains(r"[，、；：:,;。]$") | text.str.contains(r"^[，。、；：）》”’]")
    # 县长：“一定能办成！”道出决心: a mark in quotes ends no sentence
    held = told.select(pl.col("stops") & ~pl.col("ends") & text.str.contains("“", literal=True)).to_series()
    quoted = ask(told["bare"], held, lambda some: ~some.str.replace_all("“[^“”]*”", "").str.contains("[。！？!?]"))
    return told.with_columns(
        titled=short & pl.col("named") & ~pl.col("subtitle"),
        head=short
        & ~pl.any_horizontal("byline", "outlined", "greets", "credits", "never")
        & ~open_end
        & (~pl.col("ends") | exclaims)
        & (~pl.col("stops") | exclaims | pl.lit(quoted))
        & text.str.contains(narrow(r"\p{Han}{2}")),
    )


def _longest_unit(blocks: pl.DataFrame) -> pl.Series:
    """Measure the longest of the parts between spaces and dashes; most headlines are one part."""
    text = blocks["text"]
    rows = text.str.contains("——| ").arg_true()
    parts = text[rows].str.replace_all("——", " ").str.split(" ")
    return put(blocks["n_chars"].cast(pl.UInt32), rows, parts.list.eval(pl.element().str.len_chars()).list.max())
