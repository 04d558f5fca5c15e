"""Kinds: the cues of each genre, and headlines that talk about a genre without being one."""

import polars as pl
import pytest

from tasks.enrich.kinds import kind_of
from tests.benchmarks.articles import Article, read_articles

TITLES = [
    ("regulation", "临渚市河湖保护条例", "policy_document"),
    ("trial version", "云江省古树保护办法（试行）", "policy_document"),
    ("numbered interpretation", "关于适用《民法典》若干问题的解释（三）", "policy_document"),
    ("law named after another", "云江省实施《中华人民共和国水法》办法", "policy_document"),
    ("opinion", "关于加强乡村教师队伍建设的实施意见", "policy_document"),
    ("plan", "云江省“十四五”水利发展规划", "policy_document"),
    ("kicker before a law", "经常委会通过并公布施行 云江省水条例", "policy_document"),
    ("notice", "关于做好防汛工作的通知", "notice"),
    ("announcement", "洛坪县交通运输局公告", "notice"),
    ("recruitment", "临渚市图书馆2021年公开招聘", "notice"),
    ("speech", "在全市安全生产工作会议上的讲话", "speech"),
    ("address", "在桥会开幕式上的致辞", "speech"),
    ("words of welcome", "洛坪蜜桔节欢迎词", "speech"),
    ("words of farewell", "马长生同志追悼会悼词", "speech"),
    ("speech with a date below", "在老干部座谈会上的讲话（2021年1月5日）", "speech"),
    ("speech reported", "陆怀舟在全省工作会议上发表讲话", "meeting_report"),
    ("speech on a visit", "陆怀舟看望守堤群众并发表讲话", "news_report"),
    ("speech studied", "临渚市干部学习贯彻重要讲话", "news_report"),
    ("press questions", "水利厅负责人答记者问", "interview"),
    ("profile by talk", "专访老船工马长生：江上四十年", "interview"),
    ("editorial", "社论：把群众的事办好", "commentary"),
    ("commentator", "把小事办好——本报评论员文章", "commentary"),
    ("figures", "临渚市2021年国民经济公报", "bulletin"),
    ("case count", "7月20日疫情通报", "bulletin"),
    ("meeting", "全省防汛抗旱工作会议召开", "meeting_report"),
    ("meeting presided over", "陆怀舟主持召开省政府常务会议", "meeting_report"),
    ("law in the news", "省人大常委会通过《云江省水条例》", "news_report"),
    ("opinion in the news", "省政府印发《乡村教师意见》", "news_report"),
    ("rules in the news", "五部门印发公平竞争审查制度实施细则", "news_report"),
    ("rules on publishing", "气象预报发布与刊播管理办法", "policy_document"),
    ("law at work", "新条例让河水清了", "news_report"),
    ("plain news", "洛坪蜜桔首次批量出口", "news_report"),
    ("开会 is no cue in a village", "守堤七昼夜，一步也没有退", "news_report"),
    ("none", None, "other"),
]
BODIES = [
    ("articles of a law", "第一条为了加强保护，制定本条例。", "policy_document"),
    ("enacting words", "为正确审理案件，现就有关问题解释如下：", "policy_document"),
    ("full text follows", "日前，省政府印发《意见》，全文如下。", "policy_document"),
    ("greeting", "同志们：\n今天开会。", "speech"),
    ("honoured guests", "尊敬的各位来宾，女士们、先生们：\n大家好。", "speech"),
    ("addressees", "各县（市、区）人民政府，市直各单位：\n入夏以来，", "notice"),
    ("notice follows", "现将有关事项通知如下：", "notice"),
    ("question and answer", "近日，方案出台。\n问：为什么？\n答：为了方便。", "interview"),
    ("signed comment", "本报评论员\n小事不小。", "commentary"),
    ("meeting and what it said", "7月19日，全省工作会议召开。\n会议强调，要排查隐患。", "meeting_report"),
    ("a meeting passed by", "他刚出席完村民会议，就上了大堤。", "other"),
    ("questions in prose", "记者问他怕不怕，他说不怕。", "other"),
    ("plain prose", "清晨六点，车间里灯火通明。", "other"),
    ("article cited", "根据第一条的精神，村里定了规矩。", "other"),
]


def _kind(
    title: str | None,
    head: str | None,
    continued: str | None = None,
    dateline: str | None = None,
    hint: str | None = None,
) -> str:
    frame = pl.DataFrame(
        {"title": [title], "head": [head], "continued": [continued], "dateline": [dateline], "hint": [hint]},
        schema=dict.fromkeys(("title", "head", "continued", "dateline", "hint"), pl.String),
    )
    column = pl.col
    expr = kind_of(
        column("title"), column("head"), continued=column("continued"), dateline=column("dateline"), hint=column("hint")
    )
    kind: str = frame.select(expr.alias("kind"))["kind"][0]
    return kind


@pytest.mark.parametrize(("label", "title", "kind"), TITLES, ids=[label for label, _, _ in TITLES])
def test_headline_tells_the_kind(label: str, title: str | None, kind: str) -> None:
    assert _kind(title, "清晨六点，车间里灯火通明。") == kind


@pytest.mark.parametrize(("label", "head", "kind"), BODIES, ids=[label for label, _, _ in BODIES])
def test_body_tells_the_kind_where_no_headline_is_printed(label: str, head: str, kind: str) -> None:
    assert _kind(None, head) == kind


def test_continuation_is_a_fragment_whatever_it_says() -> None:
    assert _kind("临渚市河湖保护条例", "第五条禁止填埋水面。", continued="（上接第一版）") == "fragment"


def test_dateline_makes_a_headless_text_news() -> None:
    assert _kind(None, "一场大雨。", dateline="本报讯") == "news_report"


def test_hint_of_the_card_serves_where_no_cue_speaks() -> None:
    assert _kind(None, "一场大雨。", hint="bulletin") == "bulletin"
    assert _kind("临渚市河湖保护条例", "一场大雨。", hint="bulletin") == "policy_document"


SPECIMENS = read_articles()


@pytest.mark.parametrize("article", SPECIMENS.values(), ids=SPECIMENS.keys())
def test_specimen_has_its_kind(article: Article) -> None:
    tag = "本报讯" if article.dateline else None
    assert _kind(article.title, "\n".join(article.paragraphs[:6]), article.continued, tag) == article.kind
