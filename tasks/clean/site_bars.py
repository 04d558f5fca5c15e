"""Bars of a site told by what they are made of: a moment between headline and text, a row of a page's commands."""

import polars as pl

from tasks.clean import furniture_rules, runs
from tasks.clean.figures import COUNT, DAY
from tasks.clean.gated import ask, matching
from tasks.clean.patterns import narrow
from tasks.clean.taking import free, take

_SHORTEST, _LONGEST, _HEADLINE = 5, 70, 4
# 9:00—11:30 is a time of a programme
_MOMENT = narrow(
    rf"{DAY} {{0,2}}\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?: ?$| \d{{1,7}}(?:$|[人次条])| ?[^-—–~～至到\d ])"
)
# The day of a paper's page, and the page: 2021-02-14 第05版.
_PAGE_OF = narrow(
    rf"{DAY} ?(?:星期[一二三四五六日] ?)?(?:版次：)?"
    rf"(?:第[A-Z]?{COUNT}{{1,3}}版?|[A-Z]?{COUNT}{{1,3}}版|[A-Z]\d{{1,3}}| 0?\d{{1,3}})(?: |$)"
)
_MARKS = "[，。；！？…]"
_CALLED = (
    "登录|登陆|注册|搜索|检索|收藏|下载|打印|关闭|评论|举报|投诉|纠错|朗读|播报|收听|返回|放大|缩小|复制|反馈|上传"
    "|刷新|预览|切换|点赞|打赏|换一批|换一换|首页|客户端|手机版|电脑版|移动端|导航|文库|文档|专区|模式|繁體|繁体|简体"
    "|字号|字体|协议|隐私|条款|版权|客服|会员|账号|无障碍|关怀版|长者版|猜你|类似|相似|RSS|APP|VIP|English|目录|更多"
)
_WORD = f"^(?:.{{0,3}}(?:{_CALLED})|(?:{_CALLED}).{{0,3}})$"
_LONGEST_WORD, _ROW = 7, 3
# What is said of a file, a page or a paper, and what a text says of a meeting, a case, itself.
_OF_SITES = (
    "[编审校印刊阅载价页址]|版式|上传|发布|来源|浏览|点击|格式|大小|字数|字号|评分|积分|热度|人气|星级|标签|分类|刊号|代号|期号"
    "|邮[编箱发]|电话|热线|广告|发行|社长|顾问|监制|统筹|签发|贡献|粉丝|收藏|点赞|获赞|评论|举报|在看"
)
_OWN = "时间|地点|日期|主讲|主持|嘉宾|人物|姓名|告|申请|作者|译|文|图|记者|讲述|整理|采访|词|曲|演唱|甲|乙|送|附件"
_CONTACT = "联系|咨询|报名|预约|办公室"
# Telephones of a paper's departments, one beside the other.
_PHONE, _TWO = r"^[^0-9：:]{2,8}[0-9-]{7,12}$", 2
_KEYED = narrow(r"^([\p{Han}A-Za-z-]{1,10}?)(?:[：:/／]|(?i:CN)?[\d¥￥][\d.\-/万+]*[元次人条篇℃号版期]?$)")
# Who did what for a page, under any name of the work.
_NAMED = narrow(r"^[\p{Han}]{2,6}[：:/／][\p{Han}]{2,3}(?: +[\p{Han}]{2,6}[：:/／][\p{Han}]{2,3})+$")
_VALUE = r"[\p{Han}A-Za-z]{1,10}?(?:[：:/／] ?[^ ：]|(?i: ?CN)? ?[\d¥￥])"
_ROW_OF_VALUES = narrow(rf"{_VALUE}.* +{_VALUE}")
_PARTED = r"[ \x{3000}|｜/·]+"
# A menu on top of a page: so many short entries behind one sign, so many of them with words that menus have.
_BULLETED, _ENTRIES, _LONGEST_ENTRY = narrow(r"^[•·●▪◆*-] ?[\p{Han}A-Za-z0-9]{2,12}$"), 5, 14
_OF_MENUS, _SHARE = (
    "首页|要闻|新闻|快讯|论坛|日报|晚报|在线|网|频道|专题|专栏|视频|图片|动态|公告|概况|指南|互动|政务|公开|微博|微信|邮箱",
    0.4,
)


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Name such bars.

    Args:
        frame: row, doc, text, n, alive, ends, fresh, flat, body, shape, in source order.

    Returns:
        The frame with `shape` set on them.
    """
    plain = _able(frame, free("ends", "body") & pl.col("fresh"))
    spaced = _spaced(frame, plain)
    frame = take(frame, _menus(frame), "nav_word")
    moments, commands = _moments(frame), _commands(frame, plain, spaced)
    cards = _cards(frame, spaced)
    for shape, found in (("meta_bar", moments), ("nav_word", commands & ~moments), ("page_footer", cards & ~moments)):
        frame = take(frame, found, shape)
    return frame


def _able(frame: pl.DataFrame, plain: pl.Expr) -> pl.Series:
    size = pl.col("n").is_between(_SHORTEST, _LONGEST)
    return frame.select(able=(plain & size).fill_null(value=False))["able"]


def _spaced(frame: pl.DataFrame, plain: pl.Series) -> pl.Series:
    """Rows of words between spaces, without a mark."""
    rows = (plain & ~frame["marked"]).arg_true()
    return rows.filter(frame["text"][rows].str.contains(r"[ \x{3000}]"))


def _moments(frame: pl.DataFrame) -> pl.Series:
    """Tell lines with a day and an hour, or a day and a page, below a headline or furniture and above a text."""
    # below a headline, which no mark ends
    text, able = frame["text"], _able(frame, free("ends"))
    dated = ask(text, able, lambda some: some.str.contains("(?:19|20)[0-9]{2}[-/.年]"))
    moment = matching(text, dated, _MOMENT)
    moment |= matching(text, dated & ~moment, _PAGE_OF)
    moment &= ~matching(text, moment, _MARKS)
    if not moment.any():
        return moment
    shaped, one = pl.col("shape").is_not_null(), pl.col("one")
    told = frame.select("doc", "n", "shape", "marked", "ends", "fresh", able=able, one=moment)
    plain = pl.col("able") & ~one
    headed = runs.above(plain & ~pl.col("marked") | shaped, True) | pl.col("fresh") & runs.above(plain, True)
    # several on end are a programme
    alone = ~runs.below(one, False) & ~runs.above(one, False)
    over = runs.below(pl.col("marked") | pl.col("ends") | shaped, False)
    return told.select(found=(one & headed & alone & over).fill_null(value=False))["found"]


def _commands(frame: pl.DataFrame, plain: pl.Series, rows: pl.Series) -> pl.Series:
    """Tell rows of short words most of which are a page's commands, above the headline or below the text."""
    none = pl.Series([False]).new_from_index(0, len(frame))
    known = [*furniture_rules.words("nav_topic"), *furniture_rules.words("nav_ui")]
    rows = rows.filter(frame["text"][rows].str.contains(f"{_CALLED}|{furniture_rules.one_of('nav_ui')}"))
    if rows.is_empty():
        return none
    units = frame["text"][rows].str.replace_all(_PARTED, " ").str.strip_chars(" ").str.split(" ").list
    called = units.eval(pl.element().str.contains(_WORD) | pl.element().is_in(known)).list.sum()
    n, longest = units.len(), units.eval(pl.element().str.len_chars()).list.max()
    row_of = (longest <= _LONGEST_WORD) & (n > 1) & (2 * called >= n) & ((called == n) | (n >= _ROW) & (called > 1))
    found = none.scatter(rows.filter(row_of), values=True)
    if not found.any():
        return none
    told = frame.select("row", "doc", "n", "shape", "body", found=found, plain=plain)
    told = told.filter(pl.col("doc").is_in(frame["doc"].filter(found).unique().implode())).with_columns(
        first=pl.col("row").filter("body").min().over("doc"), last=pl.col("row").filter("body").max().over("doc")
    )
    # the only line over a text heads it
    heads = pl.col("plain") & ~pl.col("found") & (pl.col("n") >= _HEADLINE) & (pl.col("row") < pl.col("first"))
    above = pl.col("row") < pl.col("row").filter(heads).max().over("doc")
    shaped = pl.col("shape").is_not_null()
    beside = runs.above(shaped, False) | runs.below(shaped, False)
    outside = above | (pl.col("row") > pl.col("last")) | beside
    kept = told.filter(pl.col("found") & outside)["row"]
    return pl.Series([False]).new_from_index(0, len(frame)).scatter(kept, values=True)


def _menus(frame: pl.DataFrame) -> pl.Series:
    """Tell the entries of menus that stand over all text of a page, each a few words behind the same sign."""
    short = frame["alive"] & (frame["n"] <= _LONGEST_ENTRY)
    rows = matching(frame["text"], short, _BULLETED).arg_true()
    if len(rows) < _ENTRIES:
        return rows.clear()
    some = frame.select("row", "doc", over=(runs.so_far(pl.col("body")) == 0) & (runs.to_go(pl.col("body")) > 0))[rows]
    some = some.with_columns(sign=frame["text"][rows].str.head(1)).filter("over")
    apart = (pl.col("row").diff() != 1) | (pl.col("doc").diff() != 0) | (pl.col("sign") != pl.col("sign").shift(1))
    some = some.with_columns(
        of=apart.fill_null(value=True).cum_sum(), menu=frame["text"][some["row"]].str.contains(_OF_MENUS)
    )
    return some.filter((pl.len() >= _ENTRIES).over("of") & (pl.col("menu").mean().over("of") >= _SHARE))["row"]


def _cards(frame: pl.DataFrame, rows: pl.Series) -> pl.Series:
    """Tell rows of labels with their values, most of them a file's or a paper's, at the head or foot of a document."""
    none = pl.Series([False]).new_from_index(0, len(frame))
    rows = rows.filter(frame["text"][rows].str.contains("[：:/／0-9]"))
    rows = rows.filter(frame["text"][rows].str.contains(_ROW_OF_VALUES))
    if rows.is_empty():
        return none
    units = frame["text"][rows].str.replace_all(r"([\p{Han}]) ([\d.]+)(?: |$)", "$1$2 ").str.strip_chars(" ")
    words = units.str.replace_all(r"[ \x{3000}|｜]+", " ").str.split(" ")
    keys = words.list.eval(pl.element().str.extract(_KEYED)).list.drop_nulls()
    called = words.list.eval(pl.element().str.contains(_PHONE)).list.sum()
    named = keys.list.eval(pl.element().str.contains(_OF_SITES)).list.sum()
    own = keys.list.eval(pl.element().str.contains(_OWN)).list.any() & (called < _TWO)
    own |= keys.list.eval(pl.element().str.contains(_CONTACT)).list.any()
    n = keys.list.len()
    named = named.zip_with(called < _TWO, called)
    names = matching(frame["text"][rows], frame["wrapped"][rows], _NAMED)
    found = none.scatter(rows.filter((n > 1) & ((2 * named >= n) | names) & ~own), values=True)
    if not found.any():
        return none
    rest = frame.select("doc", rest=pl.col("alive") & pl.col("shape").is_null() & ~found, found=found)
    edge = (runs.so_far(pl.col("rest")) == 0) | (runs.to_go(pl.col("rest")) == 0)
    # between two texts of a paper, or two columns
    alone = frame["wrapped"] & (frame["gap"] > 0) & (frame["gap"].shift(-1, fill_value=0) > 0)
    edge |= pl.lit(alone)
    return rest.select(found=pl.col("found") & edge)["found"]
