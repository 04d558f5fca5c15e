"""Marks what is left of mark-up in a text: comments, tags, entities, link targets; heading signs of Markdown go."""

import polars as pl

from tasks.clean.gated import MARKUP, ask, needing, where
from tasks.clean.marks import ANY_MARK, CLOSE, OPEN
from tasks.once import once

SIGN = r"<!--|</?[A-Za-z]|\]\(|(?m:^#{1,6} )|(?m:^```)|&(?:amp;)?#?[0-9A-Za-z]{2,6};"
COMMENT = r"(?s:<!--.*?-->)"
ATTRIBUTES = r"""(?:\s+[a-zA-Z_:.-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?)*\s*/?>"""
BLOCK = r"</?(?:p|div|br|hr|tr|table|tbody|thead|ul|ol|li|h[1-6]|section|article|center|blockquote)" + ATTRIBUTES
INLINE = (
    r"</?(?:span|img|a|b|i|u|em|strong|font|td|th|sup|sub|small|big|s|del|ins|code|o:p|st1:[a-z]+|script|style|video|iframe)"
    + ATTRIBUTES
)
HEADING = r"(?m)^#{1,6} +"
# Entities of spaces and marks, by name and number; those of letters would be new content, and stay.
ENTITIES = {
    "nbsp|#160|ensp|emsp|thinsp": " ",
    "#12288|#x3000": "\u3000",
    "ldquo|#8220": "“",
    "rdquo|#8221": "”",
    "lsquo|#8216": "‘",
    "rsquo|#8217": "’",
    "quot|#34": '"',
    "apos|#39": "'",
    "hellip|#8230": "…",
    "mdash|#8212": "—",
    "ndash|#8211": "–",
    "middot|#183": "·",
    "bull": "•",
    "times": "×",
    "lt": "<",
    "gt": ">",
}
AMPERSAND = "(&amp;)([^a-z#])"  # before a name it opens an entity that was escaped twice
BARE_TARGET = r"\]\(((?:https?:|/|mailto:|data:)[^()\s]*)\)"


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Mark mark-up in column `text`; Markdown heading signs, which are no content, are dropped.

    Args:
        frame: documents with `text`, marks of other steps allowed.

    Returns:
        The frame with `text` marked. Content characters keep number and order.
    """
    text = frame["text"]
    # a page has been taken apart by its reader, and runs do not nest
    needed = needing(frame, MARKUP)
    if needed.any():
        needed = ask(text, needed, lambda some: some.str.contains(SIGN) & ~some.str.contains(ANY_MARK))
    return frame.with_columns(where(text, needed, _change))


def _change(values: pl.Series) -> pl.Series:
    marked = f"{OPEN['markup']}${{0}}{CLOSE}"
    values = values.str.replace_many(_entities())
    ampersand = f"{OPEN['markup']}${{1}}{CLOSE}&${{2}}"
    return (
        values.str.replace_all(AMPERSAND, ampersand)
        .str.replace_all(COMMENT, marked)
        .str.replace_all(BLOCK, marked + "\n")
        .str.replace_all(INLINE, marked)
        .str.replace_all(BARE_TARGET, f"]{OPEN['markup']}(${{1}}){CLOSE}")
        .str.replace_all(r"!?\[([^\[\]\n]*)\](" + OPEN["markup"] + ")", "${1}${2}")
        .str.replace_all(HEADING, "")
    )


@once
def _entities() -> dict[str, str]:
    """Return what each entity, escaped once or twice, becomes."""
    named = [(name, sign) for names, sign in ENTITIES.items() for name in names.split("|")]
    escaped = [(f"&{amp}{name};", sign) for name, sign in named for amp in ("", "amp;")]
    return {entity: f"{OPEN['markup']}{entity}{CLOSE}{sign}" for entity, sign in escaped}
