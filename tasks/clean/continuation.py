"""Splits off what is printed at the head or tail of a line and is no part of it: continuation markers, editors, index marks.

Each becomes a row of its own, so that it can be taken out whole and its text kept.
"""

import polars as pl

_NUMBER = r"(?:第?[A-Za-z]{0,2} ?[\d一二三四五六七八九十○〇零]{1,4}(?:[、—～-]\d{1,3})? ?版|[A-Z]\d{1,3}|头版|[上前后下本]版|[上下前后]页|第[\d一二三四五六七八九十]{1,3}页)"
_TURN = r"(?:紧接|上接|下转|下接|上转|续接|接|转|续|[\p{Han}]{0,4}(?:全文|正文|文字|报道|图片|评论|内容|文|图)(?:均|分|请)?见)"
_ARROWS = r"[▶►>＞◀◁▷→←●■◆★☆▲]{0,3} ?"
_MARKER = rf"{_ARROWS}[（【\[] ?{_TURN}(?:今日|今天|本报)? ?{_NUMBER}[^（）。！？【】]{{0,14}}[）】\]]"
_BARE = rf"{_ARROWS}(?:紧接|上接|下转|下接|上转){_NUMBER}"
_OPENED = r"[（【\[](?:紧接|上接|下转|下接|接|转)[^（）。，！？]{0,6}$"
_CLOSED = r"^[^（）。，！？]{0,6}版?[^（）。，！？]{0,6}[）】\]]"
_EDITOR = r"[（\[【](?:本文|本版|文字|见习|实习)?(?:责任编辑|责编|编辑|校对|编校|审核)[：:/／ ][\p{Han}、，：: /／]{2,24}[）\]】]"
_END = r"[（\[【](?:全文完|本文完|正文完|完|未完待续|待续)[）\]】]"
_INDEX = r"(?:[【\[（](?:第?[一二三四五六七八九十\d]{1,2}篇|篇[一二三四五六七八九十\d]{1,2}|范文[一二三四五六七八九十\d]{1,2})[】\]）]|(?:篇|范文)[一二三四五六七八九十\d]{1,2}[：: ])"

# A row cut off opens with U+0001 and the number of its class until the rows are out.
_CUT = "\x01"
_CLASSES = ("continuation_marker", "editor_line", "doc_tail", "collection_index")


def split_off(lines: pl.DataFrame) -> pl.DataFrame:
    """Give marks at the head or tail of a line a row of their own, already named in `removed`.

    Args:
        lines: The lines frame.

    Returns:
        The frame, `line` renumbered; every other column of a new row is its line's, `gap` and `indent` 0 but for the first.
    """
    text = pl.col("text")
    same = pl.col("doc") == pl.col("doc").shift(-1)
    opened = text.str.contains(_OPENED) & same & text.shift(-1).str.contains(_CLOSED)
    closed = opened.shift(1, fill_value=False)
    frame = lines.with_columns(opened=opened, closed=closed, alive=pl.col("removed").is_null())
    hint = text.str.contains_any(["接", "转", "见", "编辑", "责编", "校", "完", "续", "篇", "范文"])
    hits = frame.with_row_index("row").filter("alive", hint | pl.col("opened") | pl.col("closed"))
    cut = hits.select("row", cut=_cut()).filter(pl.col("cut").str.contains(_CUT, literal=True))
    if cut.is_empty():
        return lines
    first = pl.int_range(pl.len()).over("row") == 0
    whole = frame.drop("opened", "closed", "alive").with_row_index("row")
    pieces = (
        whole.join(cut, on="row", how="left", maintain_order="left")
        .with_columns(piece=pl.coalesce("cut", "text").str.split("\n"))
        .explode("piece")
        .with_columns(pl.col("piece").str.strip_chars())
        .filter((pl.col("piece") != "") | pl.col("cut").is_null())
    )
    number = pl.col("piece").str.extract(f"^{_CUT}(\\d)").cast(pl.Int32)
    name = number.replace_strict(dict(enumerate(_CLASSES)), default=None, return_dtype=pl.String)
    return (
        pieces.with_columns(
            text=pl.col("piece").str.replace(f"^{_CUT}\\d ?", ""),
            removed=pl.coalesce("removed", name),
            gap=pl.when(first).then("gap").otherwise(0).cast(pl.Int32),
            indent=pl.when(first).then("indent").otherwise(0).cast(pl.Int32),
        )
        .with_columns(line=pl.int_range(pl.len(), dtype=pl.UInt32).over("doc"))
        .select(lines.columns)
    )


def _cut() -> pl.Expr:
    """Put each mark on a line of its own, opened by its class."""
    text = pl.col("text")
    text = pl.when("opened").then(text.str.replace(rf"({_OPENED})", f"\n{_CUT}0${{1}}")).otherwise(text)
    text = pl.when("closed").then(text.str.replace(f"({_CLOSED})", f"{_CUT}0${{1}}\n")).otherwise(text)
    text = text.str.replace(f"^({_MARKER}|{_BARE}$)", f"{_CUT}0${{1}}\n")
    text = text.str.replace(f"({_END})$", f"\n{_CUT}2${{1}}")
    text = text.str.replace(f"({_EDITOR})(\n|$)", f"\n{_CUT}1${{1}}${{2}}")
    text = text.str.replace(rf"([^{_CUT}\d])({_MARKER})(\n|$)", f"${{1}}\n{_CUT}0${{2}}${{3}}")
    text = text.str.replace(f"^({_INDEX})", f"{_CUT}3${{1}}\n")
    return text
