"""Cuts furniture out of flattened lines, where what stood beside the text became words between spaces."""

import polars as pl

from tasks.clean import furniture_rules, line_cuts, runs
from tasks.clean.figures import CHAPTER, ORDINAL
from tasks.clean.patterns import HAN

# Flattened site furniture stands before and after the text; inside it there are page numbers alone.
_EDGE = 30
# 20/40 第四条: a page's number before an article's.
_OUTLINE = f"^(?:{CHAPTER}|{ORDINAL}{{1,3}}、|（{ORDINAL}{{1,3}}）)"
_OF_PAGES = rf"(?:^|[。；：”）] )[0-9]{{1,4}}/[0-9]{{1,4}} {_OUTLINE[1:]}"
# 文档大小：845KB and words: the value has ended in figures, what follows is none of it.
_TYPED = r"^[^ ：]{2,10}： ?[0-9A-Za-z.,/:-]{1,20}(?:页|字|次|人|元|分|金币|积分)? [^ ]*[\x{4e00}-\x{9fff}]{6}"
_OF_MANY = r"(^| )第 ?([0-9]{1,4}) ?页 ?[，,/]? ?共 ?([0-9]{1,4}) ?页( |$)"
# 云江网 www.example.com, a mark of a site
_ADDRESS = rf"(^| )([{HAN}]{{2,8}}) ((?:www\.|https?://)[A-Za-z0-9./_-]{{4,40}})( |$)"
# www.example.com between two print lines, where no word before it names it
_BARE_ADDRESS = r"(^|[^：:录陆问过入开览索网址页在至到从于是为与和及见] )(www\.[a-zA-Z0-9.-]{4,40})( |$)"
# Some words 18 / 30 more words: a mark of a page with its spaces, no share of a hundred or less than ten parts; or
# between two spaces of more than ten, where no word before it tells a share.
_TENS = "1[1-9]|[2-9][0-9]|[1-9][0-9]{2}"
_SPACED_PAGE = (
    rf"(^|[^0-9./\p{{Sc}}%占为是达约近的于过足] )([1-9][0-9]{{0,2}})(?: / ([1-9][0-9]{{1,2}})|/({_TENS}))( [^0-9./%]|$)"
)
_MARK = "\x1f"
# 页码：10, Page 10 of 20, 精选范文 12
_NAMED_PAGE = r"(^| )(页码：?|[Pp]age|精[选品](?:范文|文档)) ?([0-9]{1,4})(?: (of) ([0-9]{1,4}))?( |$)"
_PAGE = r"(^| )([-—–－~·◆●■]{1,2}) ?([0-9]{1,4}) ?([-—–－~·◆●■]{1,2})( |$)"
_INSIDE = f"{_PAGE}|{_OF_PAGES}|{_OF_MANY}|{_NAMED_PAGE}|{_SPACED_PAGE}|{_ADDRESS}|{_BARE_ADDRESS}"


def cut_out(lines: pl.DataFrame) -> pl.DataFrame:
    """Give every unit of a flattened line that is furniture by its own shape a row of its own.

    Args:
        lines: The lines frame, with `flat` bool.

    Returns:
        The frame, `line` renumbered; a new row has its line's other columns, `gap` and `indent` 0 but for the first.
    """
    rank = runs.rank()
    edge = (rank < _EDGE) | (rank >= pl.len().over("doc") - _EDGE)
    parted = pl.col("starts_paragraph").fill_null(value=False) if "starts_paragraph" in lines.columns else False
    flat = lines.with_row_index("row").with_columns(edge=edge).filter(pl.col("flat") | parted)
    spaced = flat.filter(pl.col("removed").is_null()).filter(pl.col("text").str.contains(" ", literal=True))
    worded = pl.col("text").str.contains_any(list(furniture_rules.words("flattened")))
    spaced = spaced.filter((pl.col("edge") & worded) | pl.col("text").str.contains(_INSIDE))
    if spaced.is_empty():
        return lines
    typed = pl.col("text").str.contains(_TYPED)
    # what ends like a sentence may hold one beside a site's words
    prose = pl.col("text").str.contains("[，；][^ ]*。$")
    whole = spaced.filter(furniture_rules.proven(spaced["text"]).is_null() | typed | prose)
    tied = pl.col("text").str.replace_all(_PAGE, "${1}${2}${3}${4}${5}")
    tied = tied.str.replace_all(_SPACED_PAGE, f"${{1}}{_MARK}${{2}}/${{3}}${{4}}${{5}}")
    tied = tied.str.replace_all(_NAMED_PAGE, "${1}${2}${3}${4}${5}${6}")
    tied = tied.str.replace_all(_OF_MANY, "${1}第${2}页共${3}页${4}").str.replace_all(_ADDRESS, "${1}${2}${3}${4}")
    units = whole.select("row", unit=tied.str.split(" ")).explode("unit").filter(pl.col("unit") != "")
    units = units.with_columns(pl.col("unit").str.strip_prefix(_MARK), page=pl.col("unit").str.starts_with(_MARK))
    # 占 1/3 以上: a share, where no article's number follows
    share = pl.col("unit").str.contains("^[0-9]+/[0-9]+$") & ~runs.below(pl.col("unit"), "", "row").str.contains(
        _OUTLINE
    )
    units = units.with_columns(proven=furniture_rules.proven(units["unit"]).is_not_null()).with_columns(
        proven=pl.col("proven") & (~share | pl.col("page"))
    )
    units = units.filter(pl.col("proven").any().over("row"))
    if units.is_empty():
        return lines
    turns = pl.col("proven") | runs.above(pl.col("proven"), True, "row")
    pieces = (
        units.with_columns(piece=turns.cum_sum())
        .group_by("row", "piece", maintain_order=True)
        .agg(pl.col("unit").str.join(" "))
        .group_by("row", maintain_order=True)
        .agg(pieces="unit")
        .sort("row")
    )
    return line_cuts.inside(lines, pieces)
