"""What kind of text an article is, from cues that hold for the genre: how a headline ends, how a text opens.

The first rule that fits decides; kinds that a headline names outright come before those that only the body shows.
"""

import polars as pl

from tasks.clean.document_names import SPEECHES, SPOKEN
from tasks.clean.figures import NUMERAL
from tasks.clean.patterns import matches

# what may follow the word that names the kind: （试行）, （2019修正）, 》, 全文
TAIL = "(?:全文|原文|摘要|选登)?(?:[（(〔][^（）()〔〕]{1,20}[）)〕])*[”》〉』」\\s]*$"

SPEECH = f"(?:{SPEECHES}|述职报告|政府工作报告){TAIL}"
# 某某在会上发表讲话 reports a speech, it is none
REPORTED = f"(?:发表|作|出席|并|重要|听取|学习|传达|贯彻|落实|的|引发|热议).{{0,6}}(?:{SPOKEN})(?:精神)?[”》\\s]*$"
GIVEN_AT = f"(?:在|于).{{2,60}}(?:上|时|上的|时的|的)(?:重要)?(?:{SPOKEN}|报告)"
INTERVIEW = f"(?:答.{{0,8}}记者问|专访|访谈|对话|对谈|独家采访|问答|答问){TAIL}|^(?:专访|对话|访)[^，]"
COMMENTARY = (
    f"(?:评论员(?:文章)?|社论|述评|时评|短评|锐评|快评|杂谈|漫谈|随笔){TAIL}"
    "|^(?:社论|本报评论员|评论员|时评|短评)[：\\s]"
)
BULLETIN = f"(?:公报|快报|简报|月报|预报|预警|统计数据|疫情通报|情况通报|最新情况|指数){TAIL}"
NOTICE = f"(?:通知|公告|通告|启事|公示|批复|通报|复函|的函|倡议书|公开信|征求意见|招聘|名单|说明){TAIL}"
POLICY = (
    "(?:条例|规定|办法|细则|意见|解释|决定|法|规则|方案|规划|计划|纲要|决议|安排|章程|准则|标准|措施|指南|指引|制度|"
    f"公约|条约|修正案|规范|预案|若干问题|政策|协定|议定书|守则|命令|令|要点|规程){TAIL}"
)
# 通过《某某条例》, 印发《某某意见》 as a headline: news about a document, unless the body prints it
ABOUT_DOCUMENT = (
    "(?:通过|印发|发布|出台|颁布|公布|施行|实施|解读|审议|修订|下发|贯彻|落实)[^《》]{0,12}《.{2,60}》[”\\s]*$"
)
# 五部门印发某某实施细则: who did it makes it news as well
ANNOUNCED = (
    "^.{0,14}(?:部门|两高|我国|全国|[部局委办院会厅署省市县区国])(?:正式|今[日天起]|日前|近日|联合|再次|已|将|首次|率先)*"
    "(?:发布|印发|出台|公布|推出|启动)[^《》]"
)
MEETING_TITLE = (
    "(?:会议|大会|全会|座谈会|推进会|调度会|部署会|动员会|例会|常委会|研讨会|汇报会|电视电话会|现场会|视频会|民主生活会)"
    ".{0,30}(?:召开|举行|开幕|闭幕|强调|指出|要求|上|研究|审议|听取|传达)|(?:主持|召开|举行|出席).{0,24}(?:会议|全会|座谈会|推进会|调度会|例会|大会)"
)

OPENS_SPEECH = (
    "(?m)^(?:同志们|各位[^，。：]{1,12}|女士们|先生们|朋友们|尊敬的[^，。：]{1,30}|老师们|同学们|代表们)[、，：！!:]"
)
OPENS_NOTICE = (
    "(?m)^(?:各|省|市|县|区|自治|有关|全[市省县区体])[^。？！\n]+：$"
    "|(?:现将|现就).{2,60}(?:通知|通报|公告|公示|通告)如下|特此(?:通知|公告|通告)"
)
NOTICE_SIGN = "(?m)：$|现将|现就|特此"
ARTICLES = f"(?m)^第{NUMERAL}{{1,8}}[条章]"
ENACTS = (
    "(?:作|做|作出|规定|解释|意见|方案|决定|安排|办法).{0,12}如下(?:规定|解释|决定|安排|意见)?[：:。]|制定(?:本|以下|如下)(?:规定|办法|条例|解释|细则|意见|规则|法|章程)"
    "|提出(?:如下|以下)(?:实施)?意见|现予(?:公布|印发|发布)|全文如下"
)
# every text that the pattern above fits holds one of these, which costs a tenth to see
ENACTS_SIGN = "如下|提出以下|现予|制定本|制定以下"
# 主持人：某某 says who held a meeting
DIALOGUE = (
    "(?m)^(?:记者|问|本报记者)[：:]|^主持人[：:][^\n]{12}"
    "|接受(?:了)?(?:本报|本网|新华社|[^，。\n]{0,12})记者(?:的)?专访"
)
OPENS_COMMENTARY = "(?m)^(?:□|■)?(?:本报|本网|特约)?评论员|（(?:本报)?(?:特约)?评论员"
MEETING_LEAD = (
    "(?:召开|举行|主持召开|主持|出席)[^。]{0,60}(?:会议|全会|座谈会|推进会|调度会|例会|大会|全体会|部署会|动员会|现场会)"
    "|(?:会议|全会|座谈会|推进会|调度会|例会|大会|部署会|动员会|现场会)[^。]{0,60}(?:召开|举行|开幕)"
)
MEETING_SAYS = "(?:会议|全会|座谈会|大会)(?:强调|指出|认为|要求|决定|审议|听取|传达|研究|明确|通报|还|由|以)"


def kind_of(
    title: pl.Expr, head: pl.Expr, *, continued: pl.Expr, dateline: pl.Expr, hint: pl.Expr | None = None
) -> pl.Expr:
    """Name the kind of each article.

    Args:
        title: kicker and headline, null when the source prints none.
        head: the first paragraphs (some six) joined by newlines, headings included.
        continued: marker of a continuation (上接第一版), null for an article that begins here.
        dateline: text of its dateline, null without one.
        hint: kind that the source card expects, taken when no cue speaks.

    Returns:
        One of the kinds of `tasks.cards.Kind`, never null.
    """
    title, head = title.fill_null(""), head.fill_null("")
    unit = title.str.split(" ").list.last()  # a kicker says what happened, the last unit what the text is
    ends, says = title.str.contains, head.str.contains
    given = ends(SPEECH) & (ends(GIVEN_AT) | ~ends(REPORTED))
    document = says(ARTICLES) | _says_both(head, ENACTS_SIGN, ENACTS)
    about = ends(ABOUT_DOCUMENT)
    rules = {
        "fragment": continued.is_not_null(),
        "interview": ends(INTERVIEW) & ~document,
        "speech": given,
        "commentary": ends(COMMENTARY) | says(OPENS_COMMENTARY),
        "bulletin": ends(BULLETIN),
        "notice": ends(NOTICE) & ~about,
        "policy_document": (unit.str.contains(POLICY) & ~about & ~ends(MEETING_TITLE) & ~unit.str.contains(ANNOUNCED))
        | document,
    }
    body_rules = {
        "speech": says(OPENS_SPEECH),
        "notice": _says_both(head, NOTICE_SIGN, OPENS_NOTICE),
        "interview": says(DIALOGUE),
        "meeting_report": ends(MEETING_TITLE) | _says_both(head, MEETING_SAYS, MEETING_LEAD),
        "news_report": dateline.is_not_null(),
    }
    fallback = pl.when(title != "").then(pl.lit("news_report")).otherwise(pl.lit("other"))
    if hint is not None:
        fallback = pl.coalesce(hint, fallback)
    chain = [pl.when(rule).then(pl.lit(kind)) for kind, rule in [*rules.items(), *body_rules.items()]]
    return pl.coalesce(*chain, fallback)


def _says_both(head: pl.Expr, likely: str, dear: str) -> pl.Expr:
    """Whether a text holds both patterns; the dear one is asked of the texts alone that hold the other."""
    return head.map_batches(lambda texts: _holds_both(texts, likely, dear), return_dtype=pl.Boolean())


def _holds_both(texts: pl.Series, likely: str, dear: str) -> pl.Series:
    held = texts.str.contains(likely)
    return held.scatter(held.arg_true(), matches(texts.filter(held), dear)) if held.any() else held
