"""Finds copies of a headline printed before it: page titles with the site's name, file names, collection counts."""

import polars as pl

from tasks.clean import runs

_LONGEST = 90
_SHORTEST_KEY = 6
# A sentence, a label with its value, a numbered heading: none is a page's title.
_NUMBERED = r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|^第[一二三四五六七八九十百\d]+[编章节条]"
_PROSE = rf"[。；，！？]|[：:]$|^[\p{{Han}} 　]{{2,6}}：|{_NUMBERED}"
_FILE = r"(?i)\.(?:docx?|pdf|txt|wps|pptx?|xlsx?|rtf|html?)$"
_LEADING = (
    r"^[ 　]*(?:[【\[（(][\p{Han}]{1,6}[】\]）)]|\d{1,3} ?篇|精选|最新|精品|优秀|通用|热门|推荐|完整版"
    r"|\d{4}年?(?:最新|精选))+[ 　]*"
)
_COUNT = (
    r"[（(【\[](?:(?:通用|精选|最新|共|合集|汇总|优秀|推荐|精品|范文)*\d{1,3}[篇页](?:[\p{Han}]{0,4})?"
    r"|(?i:[\p{Han}]{0,4}(?:word|docx?|pdf|ppt|txt|完整|可编辑|打印|下载|精选|最新|全文)[\p{Han}]{0,4}))[）)】\]]$"
)
_SITE = r"[ 　]*(?:[-_|｜丨—–]{1,2}|»|::)[ 　]*[^-_|｜丨—–。，；\d]{2,14}$"
_JOINED = 3


def mark(frame: pl.DataFrame) -> pl.Series:
    """Tell which lines repeat, in other dress, a headline that follows before any text does.

    Args:
        frame: row, doc, text, gap, n (characters), alive, ends, flat, wrapped, body (running text), in source order.

    Returns:
        Boolean, one a line. The last copy, the one next to the text, is never marked.
    """
    rows = frame.select("row", "doc", "text", "n", passed=_passed(), stands=_stands(), able=_able())
    # Wrapped and flattened lines look like titles by the thousand: there a copy is believed before any text alone.
    titles = rows.filter("able", (pl.col("passed") == 0) | pl.col("stands"))
    titles = titles.filter(pl.len().over("doc", "passed") > 1)
    copies = titles.filter("stands", pl.col("n") >= _SHORTEST_KEY)
    keys = copies.select("row", "doc", "passed", key=pl.concat_list(key(form) for form in forms())).explode("key")
    text = pl.col("text")
    joined = [pl.concat_str(*(text.shift(-step).over("doc") for step in range(n + 1))) for n in range(_JOINED)]
    heads = titles.select("row", "doc", "passed", key=pl.concat_list(key(line) for line in joined)).explode("key")
    pairs = (
        keys.filter(pl.col("key").str.len_chars() >= _SHORTEST_KEY)
        .join(heads.drop_nulls("key"), on=["doc", "passed", "key"], suffix="_of")
        .filter(pl.col("row_of") > pl.col("row"))
    )
    file_name = _able() & pl.col("text").str.contains(_FILE)
    return frame.select(title=pl.col("row").is_in(pairs["row"].unique().implode()) | file_name)["title"]


def _able() -> pl.Expr:
    prose = pl.col("text").str.contains(_PROSE)
    return pl.col("alive") & (pl.col("n") <= _LONGEST) & ~pl.col("ends") & ~prose


def _passed() -> pl.Expr:
    """Lines of running text before this one in its document."""
    body = pl.col("body").cast(pl.Int32)
    return runs.so_far(pl.col("body")) - body


def _stands() -> pl.Expr:
    """A line that can be a page's title: in wrapped text it must not run on into the next one."""
    apart = (runs.below(pl.col("gap")) > 0) | ~runs.below(pl.col("alive"))
    loose = ~pl.col("wrapped") & ~pl.col("flat")
    dressed = (runs.rank() == 0) & pl.col("text").str.contains(f"{_SITE}|{_FILE}|{_COUNT}")
    return loose | ((pl.col("flat") | apart.fill_null(True) | dressed) & (_passed() == 0))


def forms() -> list[pl.Expr]:
    """Return the line as it is, and without what sites put around a headline."""
    text = pl.col("text")
    plain = text.str.replace(_FILE, "").str.replace(_LEADING, "").str.replace(_COUNT, "")
    once = plain.str.replace(_SITE, "").str.replace(_FILE, "")
    twice = once.str.replace(_COUNT, "").str.replace(_SITE, "")
    return [text, plain, once, twice, twice.str.replace(_SITE, "").str.replace(_COUNT, "")]


def key(text: pl.Expr) -> pl.Expr:
    """Return what two copies of a headline share: letters and digits alone."""
    return text.str.replace_all(r"[^\p{L}\p{N}]+", "").str.to_lowercase()
