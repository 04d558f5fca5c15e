"""The closed vocabularies of the tables: every value a column may hold."""

from typing import Literal, get_args

Kind = Literal[
    "meeting_report",
    "news_report",
    "policy_document",
    "notice",
    "speech",
    "commentary",
    "interview",
    "bulletin",
    "fragment",
    "other",
]
KINDS: tuple[str, ...] = get_args(Kind)
ROLES = ("heading", "body", "credit", "byline", "list_item", "table_row")
FATES = ("title", "subtitle", "kicker", "byline", "paragraph", "removed")
PRECISIONS = ("day", "month", "year")
BASES = ("printed", "metadata", "card", "inferred", "decision")  # the last: a person has said so
SEVERITIES = ("info", "warn", "reject", "fatal")
VERDICTS = ("pass", "warn", "fail")
RUN_STATES = ("completed", "completed_with_rejections", "gate_failed", "nothing_new", "failed")

SHA256 = "[0-9a-f]{64}"
SCRIPT = "mixed|[A-Z][a-z]{3}"  # ISO 15924, or mixed
SLUG = "[a-z0-9][a-z0-9_-]*"
MONTH = "unknown|[0-9]{4}-(?:0[1-9]|1[0-2])"
# a pinyin syllable, with or without tone mark or digit: (web) and (phone) are asides, not glosses
_A, _E, _I, _O, _U, _V = "[aāáǎà]", "[eēéěè]", "[iīíǐì]", "[oōóǒò]", "[uūúǔù]", "[uüvǖǘǚǜ]"
_FINAL = (
    f"{_A}(?:i|ng?|o)?|{_E}(?:i|ng?|r)?|{_O}(?:u|ng)?|{_I}(?:ng?|u|ong|{_A}(?:ng?|o)?|{_E}|{_O}ng)?"
    f"|i{_U}|{_U}(?:n|i|{_A}(?:i|ng?)?|{_O}|{_E})?|u{_I}|{_V}(?:{_E}|n)?"
)
GLOSS = rf"\p{{Han}} ?[(（](?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINAL})[1-5]?[)）]"
COMMA_IN_HAN = r"\p{Han}[,;:!?]\p{Han}"
SPACE_IN_HAN = r"\p{Han} \p{Han}"
# the head of a report, to its first mark, and brackets that name who wrote it: 本报讯 记者方亮报道 2月3日
NAMING = (
    r"^[^，。；！？]{0,80}(?:[讯电][ （]|记者|通讯员)[^，。；！？]{0,80}|（[^（）]{0,80}(?:记者|通讯员)[^（）]{0,80}）"
)
