"""Finds copies of a headline printed before it: page titles with the site's name, file names, collection counts."""

import polars as pl

from tasks.clean import contents, runs
from tasks.clean.document_names import COLLECTED
from tasks.clean.figures import NUMERAL
from tasks.clean.gated import ask, matching, where
from tasks.clean.headline_keys import key
from tasks.clean.patterns import HAN, narrow
from tasks.clean.taking import OUTLINE, free, take

_LONGEST, _LONGEST_ENTRY = 90, 60
# Lines between a copy of a headline and the headline, where text stands above.
_NEAR = 8
# Lines over the first copy: 某某网, 研究与探索. One that leads up to the headline is a part of it, as is who issued it.
_LONGEST_ABOVE, _MOST_ABOVE = 30, 6
_LEADS_UP = (
    r"(?:强调|指出|要求|时|表示|会上|提出|部署|讲话)[：:]?$|[，。；：！？、]|^(?:——|[（(])|"
    r"(?:政府|办公[室厅]|委员会|[委局厅部院])$"
)
_SHORTEST_KEY, _SHORTEST_NAME = 6, 4
_WORDS = rf"(?:[{HAN}][^{HAN}]*){{4}}|(?:[A-Za-z][^A-Za-z]*){{8}}"
# A sentence, a label with its value, a numbered heading: none is a page's title.
_LABEL = r"^[\p{Han} \u3000]{2,6}："
_PROSE = narrow(rf"[。；，！？]|[：:]$|{_LABEL}|{OUTLINE}")
# 云江日报社论：……: above any text, a label with a long value may be a headline.
_LABELLED = narrow(_LABEL + "[^。；，！？]{8,}$")
_NAMED = (
    r"^(?:标[ 　]*题|名[ 　]*称|题[ 　]*名|[文信][件息]名称|(?:文章|原)标题"
    r"|(?:文档|文件|资料|资源|内容)(?:标题|名称|描述|简介))[ 　]*：[ 　]*"
)
# 罗政发〔2014〕20号《罗坪县人民政府关于……的意见》: a site's name for a document.
_CITED = narrow(r"^[\p{Han}]{1,10}[〔\[（(]\d{4}[〕\]）)]第?\d{1,4}号[ 　]*《([^《》]{8,}(?:《[^《》]+》[^《》]*)*)》$")
# 认证类型：实名认证
_BESIDE = narrow(rf"{_LABEL}[^，。；：]*$|{_NAMED}")
_FILE_ENDS = list("cCfFlLsStTxX")
# 某某办法.doc, 某某办法.doc-全文可读
_FILE = narrow(r"(?i)\.(?:docx?|pdf|txt|wps|pptx?|xlsx?|rtf|html?)(?:[-_|]{1,2}[\p{Han}]{2,6})?$")
_LEADING = narrow(
    r"^[ 　]*(?:[【\[（(][\p{Han}]{1,6}[】\]）)]|\d{1,3} ?篇|精选|最新|精品|优秀|通用|热门|推荐|完整版"
    r"|\d{4}年?度?(?:最新|精选)?)+[ 　]*"
)
_COUNT = narrow(
    r"(?:范文|模板)?[（(【\[](?:[\p{Han}]{0,4}\d{1,3}[篇页][\p{Han}]{0,4}"
    r"|(?i:[\p{Han}]{0,4}(?:word|docx?|pdf|ppt|txt|完整|可编辑|打印|下载|精选|最新|全文)[\p{Han}]{0,4})"
    r"|(?:精品|优质|推荐|最新|通用|实用|范文|精选|原创|热门|优秀|整理|转载|收藏){1,3}版?)[）)】\]]$"
    r"|[（(]全文(?:共|约)?\d{3,6}字[）)]$"
    r"|(?:最新|完整|精选|精品|打印|可编辑){1,2}版$|(?:范文|模板|全文|下载)$|[\[（(]\d{1,2}[\]）)]$|[ 　]*\[复制链接\]$"
    r"|[ 　](?:精品|优质|推荐|最新|免费|完整|实用){1,2}(?:文档|范文|资料|模板|版)$"
)
# 论文13篇 may end a headline, 医略十三篇 is the name of a book: so only in brackets, or of what sites collect.
_OF_SEVERAL = narrow(
    r"^[^。；，：]{4,40}?(?:[（(【\[](?:通用|精选|最新|共|合集|汇总|优秀|推荐|精品|范文|汇编|专业|实用|热门|优质|模板|优[推选]){0,3}"
    r"(?:[2-9]|[1-9]\d|[二三四五六七八九十]{1,2})篇(?:汇总|合集|大全|范文)?[）)】\]]"
    rf"|(?:{COLLECTED}|书)(?:[集合]合|汇总|精选|优推|通用)?(?:[2-9]|[1-9]\d)篇)"
    r"(?:[-_|｜].{2,14})?$"
)
# 县长在……会议上的讲话: its copy may leave out whose speech it was.
_SPEAKER = narrow(r"^[\p{Han}]{2,12}?(在[\p{Han}“”、]{6,}讲话)$")
_NUMBER_BEHIND = f"（第?{NUMERAL}{{1,4}}号）$"
_SITE = r"[ 　]*(?:[-_|｜丨—–]{1,2}|»|::)[ 　]*[0-9]{0,3}[^-_|｜丨—–。，；0-9]{2,14}[0-9]{0,4}$"
# 会议文件 议员议案 告别议案: sections, and the headline; the offices over a headline of theirs are no sections.
_SECTIONED = narrow(r"^(?:[^ ，。；]{1,5}[^ ，。；委府院厅局部会办] ){2,6}([^ ]{4,})$")
# 关键词_标题
_KEYED = r"^[^_，。；]{4,40}_([^_]{8,})$"
_DRESS = f"{_SITE}|{_FILE}|{_COUNT}"
# Most lines are keys as they are.
_NO_KEY = "[^一-鿿0-9a-z]|[在的]"


def mark(frame: pl.DataFrame) -> pl.DataFrame:
    """Take lines that repeat, in other dress, a headline that follows before any text does; and what stands above.

    Args:
        frame: row, doc, text, gap, n (characters), alive, ends, flat, wrapped, body, shape, in source order.

    Returns:
        The frame with `shape` set on such copies (never on the last one, next to the text), and on the lines above.
    """
    body = pl.col("body") & pl.col("shape").is_null() & ~pl.lit(_beside_titles(frame))
    title, above = _copies(frame.with_columns(alive=free(), body=body))
    return take(take(frame, above, "unlisted_line"), title, "page_title")


def _beside_titles(frame: pl.DataFrame) -> pl.Series:
    """Tell what is no text, whatever its marks: a short label with its value, the document's first line once more."""
    text = frame["text"]
    labelled = ask(text, frame["body"] & (frame["n"] <= _LONGEST), lambda some: some.str.contains(_BESIDE))
    first = pl.when(runs.rank() == 0).then("text").forward_fill()
    return labelled | frame.select((pl.col("text") == first) & ~pl.col("ends") & (runs.rank() > 0)).to_series()


def _copies(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Two flags a line: it is such a copy; it stands above all of them."""
    text = frame["text"]
    able = frame.select(able=pl.col("alive") & (pl.col("n") <= _LONGEST) & ~pl.col("ends"))["able"]
    able = ask(text, able, lambda some: ~_unnamed(some).str.contains(_PROSE))
    # 谁来管河？.docx
    short = frame["alive"] & (frame["n"] <= _LONGEST) & ~able
    able |= matching(text, ask(text, short, lambda some: some.str.tail(1).is_in(_FILE_ENDS)), _FILE)
    file_name = matching(text, able, _FILE)
    listed = pl.col("alive") & (pl.col("n") <= _LONGEST) & ~pl.col("ends") & ~pl.col("wrapped") & ~pl.col("flat")
    passed = _passed(frame)
    opens = frame["alive"] & (frame["n"] <= _LONGEST) & ~frame["ends"] & (passed == 0)
    able |= matching(text, opens & ~able, _LABELLED)
    rows = frame.select(
        *("row", "doc", "text", "n"),
        listed=listed,
        closed=_closed(),
        able=pl.lit(able),
        passed=passed,
        stands=_stands(_dressed(frame, able), passed) | pl.lit(_numbered(frame)),
    )
    # Wrapped and flattened lines look like titles by the thousand: there a copy is believed before any text alone.
    titles = rows.filter("able", (pl.col("passed") == 0) | pl.col("stands"))
    titles = titles.filter(pl.len().over("doc", "passed") > 1)
    labelled = _labelled_again(titles)
    titles = titles.filter(~pl.col("row").is_in(labelled.implode()))
    # an amount or a code comes again in a table
    copies = titles.filter("stands", pl.col("n") >= _SHORTEST_KEY, pl.col("text").str.contains(_WORDS))
    # in a site's dress a short name is a title too
    dressed = pl.col("text").str.contains(_DRESS) | pl.col("text").str.contains(_SECTIONED)
    least = pl.when(dressed).then(_SHORTEST_NAME).otherwise(_SHORTEST_KEY)
    keys = _with_keys(copies.with_columns(least=least), forms(copies["text"]))
    heads = _with_keys(titles.with_columns(least=_SHORTEST_NAME), _joined(titles, frame))
    of = ["doc", "passed", "key"]
    # the last of the lines with a key is enough: a thousand copies would make a million pairs
    last = heads.group_by(of).agg(last=pl.col("row").max())
    again = _said_again(frame.filter(opens & ~pl.lit(able)))
    near = (pl.col("passed") == 0) | (pl.col("last") - pl.col("row") <= _NEAR)
    before = keys.join(last, on=of).filter(pl.col("last") > pl.col("row"), near)["row"].unique()
    # what names a number of texts names none of them
    several = rows.filter("able", pl.col("passed") == 0).filter(pl.col("text").str.contains("篇", literal=True))
    several = several.filter(pl.col("text").str.contains(_OF_SEVERAL))
    named = pl.concat([before, labelled, again, several["row"], contents.listed(rows)])
    title = frame.select(title=pl.col("row").is_in(named.implode()) | pl.lit(file_name))["title"]
    return title, _above_first_copies(frame, pl.concat([before, again]), passed == 0)


def _above_first_copies(frame: pl.DataFrame, copies: pl.Series, opens: pl.Series) -> pl.Series:
    """Tell the few short lines over a page's first copy of its headline: the site's own, unless they lead up to it."""
    first = frame.filter(pl.col("row").is_in(copies.implode()) & pl.lit(opens))
    tops = first.group_by("doc").agg(top=pl.col("row").min())
    none = pl.Series([False]).new_from_index(0, len(frame))
    if tops.is_empty():
        return none
    some = frame.filter("alive", pl.col("doc").is_in(tops["doc"].implode())).join(tops, on="doc", maintain_order="left")
    some = some.filter(pl.col("row") < pl.col("top"))
    plain = ~pl.any_horizontal("ends", "flat", "wrapped") & (pl.col("n") <= _LONGEST_ABOVE)
    plain &= ~pl.col("text").str.contains(_LEADS_UP)
    over = some.filter(plain.all().over("doc"), pl.len().over("doc") <= _MOST_ABOVE)
    return none.scatter(over["row"], values=True)


def _closed() -> pl.Expr:
    """A short line with a mark at its end, as entries of a list have."""
    short = pl.col("alive") & pl.col("ends") & (pl.col("n") <= _LONGEST_ENTRY)
    return short & ~pl.col("wrapped") & ~pl.col("flat")


def _said_again(opens: pl.DataFrame) -> pl.Series:
    """Of a page's first lines those that the next one repeats to the letter, whatever their marks (`报告：结语`)."""
    below = (pl.col("row").shift(-1) == pl.col("row") + 1) & (pl.col("doc").shift(-1) == pl.col("doc"))
    same = below & (pl.col("text").shift(-1) == pl.col("text")) & (pl.col("n") >= _SHORTEST_KEY)
    loose = ~pl.col("wrapped") & ~pl.col("flat") & (pl.col("gap").shift(-1) > 0)
    return opens.filter((same & loose).fill_null(value=False))["row"]


def _numbered(frame: pl.DataFrame) -> pl.Series:
    """The lines next below the number of a text of several: its name may stand there twice."""
    index = (frame["removed"] == "collection_index").fill_null(value=False)
    if not index.any():
        return index
    doc = frame["doc"]
    near = [index.shift(step, fill_value=False) & (doc == doc.shift(step)).fill_null(value=False) for step in (1, 2, 3)]
    return near[0] | near[1] | near[2]


def _labelled_again(titles: pl.DataFrame) -> pl.Series:
    """Of lines that say 文章标题：, those whose headline stands above them."""
    labels = titles.filter(pl.col("text").str.contains("[题名称]：")).filter(pl.col("text").str.contains(_NAMED))
    if labels.is_empty():
        return labels["row"]
    of = ["doc", "passed", "key"]
    own = labels.with_columns(key=pl.Series(_unnamed(labels["text"])))
    return own.join(titles.with_columns(key="text"), on=of).filter(pl.col("row_right") < pl.col("row"))["row"].unique()


def _passed(frame: pl.DataFrame) -> pl.Series:
    """Lines of running text before each one in its document; over a flattened text stand a site's own."""
    body = pl.col("body")
    if frame["flat"].any():
        body &= pl.col("flat") | ~pl.col("flat").any().over("doc")
    return frame.select(passed=runs.so_far(body) - body.cast(pl.Int32))["passed"]


def _dressed(frame: pl.DataFrame, able: pl.Series) -> pl.Series:
    """A document's first line that bears a site's name, a file's ending or a count of texts."""
    first = frame.select(first=runs.rank() == 0)["first"]
    return matching(frame["text"], first & able, _DRESS)


def _stands(dressed: pl.Series, passed: pl.Series) -> pl.Expr:
    """A line that can be a page's title: in wrapped text it must not run on into the next one."""
    apart = (runs.below(pl.col("gap")) > 0) | ~runs.below(pl.col("alive"))
    loose = ~pl.col("wrapped") & ~pl.col("flat")
    return loose | ((pl.col("flat") | apart.fill_null(True) | pl.lit(dressed)) & pl.lit(passed == 0))


def forms(text: pl.Series) -> list[pl.Series]:
    """Return each line as it is, and without what sites put around a headline."""
    plain = _uncounted(_unnamed(_unfiled(text)).str.replace(_LEADING, ""))
    once = _unfiled(_unsited(plain))
    cited = where(text, text.str.ends_with("》"), lambda some: some.str.replace(_CITED, "${1}"))
    sectioned = where(
        text, text.str.count_matches(" ", literal=True) > 1, lambda some: some.str.replace(_SECTIONED, "${1}")
    )
    keyed = where(text, text.str.contains("_", literal=True), lambda some: some.str.replace(_KEYED, "${1}"))
    return [text, plain, once, _unsited(_uncounted(once)), cited, sectioned, keyed]


def _unfiled(text: pl.Series) -> pl.Series:
    return where(text, text.str.contains(".", literal=True), lambda some: some.str.replace(_FILE, ""))


def _unnamed(text: pl.Series) -> pl.Series:
    return where(text, text.str.contains("：", literal=True), lambda some: some.str.replace(_NAMED, ""))


def _unsited(text: pl.Series) -> pl.Series:
    return where(text, text.str.contains("[-_|｜丨—–»:]"), lambda some: some.str.replace(_SITE, ""))


def _uncounted(text: pl.Series) -> pl.Series:
    return where(text, text.str.contains(r"[）)】\]档文料板版载]$"), lambda some: some.str.replace(_COUNT, ""))


def _joined(titles: pl.DataFrame, frame: pl.DataFrame) -> list[pl.Series]:
    """Each line, and with it up to three kept lines after it: a headline may be set over several."""
    kept = frame.select("doc", "text", "alive", at=pl.int_range(pl.len())).filter("alive")
    place = kept["at"].search_sorted(titles["row"])
    then = [kept[(place + n).clip(0, max(len(kept) - 1, 0))] for n in (1, 2, 3)]
    inside = [pl.when(below["doc"] == titles["doc"]).then(below["text"]) for below in then]
    parts = ["text", "one", "two", "three"]
    lines = titles.select("text", **dict(zip(parts[1:], inside, strict=True)))
    whole = lines.select(pl.concat_str(parts[: n + 1]).alias(name) for n, name in enumerate(parts)).get_columns()
    numbered = where(whole[0], whole[0].str.ends_with("号）"), lambda some: some.str.replace(_NUMBER_BEHIND, ""))
    return [
        *whole,
        numbered,
        where(whole[0], whole[0].str.ends_with("讲话"), lambda some: some.str.replace(_SPEAKER, "${1}")),
    ]


def _with_keys(rows: pl.DataFrame, texts: list[pl.Series]) -> pl.DataFrame:
    """Say what two copies of a headline share, of each row in each form: letters and digits alone, no short ones."""
    plain = rows.select("row", "doc", "passed", "least")
    lines = pl.concat([plain.with_columns(key=text) for text in texts]).drop_nulls("key").unique()
    dressed = lines["key"].str.contains(_NO_KEY)
    keys = where(lines["key"], dressed, lambda some: some.to_frame("key").select(key(pl.col("key")))["key"])
    return lines.with_columns(key=keys).unique().filter(pl.col("key").str.len_chars() >= pl.col("least"))
