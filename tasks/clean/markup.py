"""Marks what is left of mark-up in a text: comments, tags, entities, link targets, escapes; signs of Markdown go."""

import polars as pl

from tasks.clean import bundle_labels, wikitext
from tasks.clean.gated import MARKUP, ask, needing, where
from tasks.clean.marks import ANY_MARK, CLOSE, OPEN, SPLIT
from tasks.clean.patterns import narrow
from tasks.once import once

SIGN = (
    r"<!--|</?[A-Za-z]|\]\(|(?m:^#{1,6} )|(?m:^```)|&(?:amp;)?#?[0-9A-Za-z]{2,6};"
    r"|(?m:^ {0,3}\*[* ]|^ {0,3}[*_][^*_\n]+[*_] *$)"
    r"|\{\{|\[\[|'''|/enpproperty-->|(?m:^ *<https?:)"
    r"|(?m:^ {0,3}>)|\[/[a-z]+\]|\\[nrtux]|(?:REF|TOC|PAGE|NUMPAGES)[^\n]{0,20}\\|HYPERLINK"
)
COMMENT = r"(?s:<!--.*?-->)"
ATTRIBUTES = r"""(?:\s+[a-zA-Z_:.-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?)*\s*/?>"""
BLOCK = r"</?(?:p|div|br|hr|tr|table|tbody|thead|ul|ol|li|h[1-6]|section|article|center|blockquote)" + ATTRIBUTES
INLINE = (
    r"</?(?:span|img|a|b|i|u|em|strong|font|td|th|sup|sub|small|big|s|del|ins|code|o:p|st1:[a-z]+|script|style|video|iframe)"
    + ATTRIBUTES
)
HEADING = r"(?m)^#{1,6} +"
# Bold that opens a line: only Markdown does that, while `张**和李**` hides names.
OPENS_BOLD = r"(?m)^[ \x{3000}]*\*\*[^*\s][^*\n]*\*\*"
BOLD = r"\*{2,3}([^*\s](?:[^*\n]*[^*\s])?)\*{2,3}"
# Headings and links of Markdown: in such a text bold and italics are signs, wherever they stand.
MARKDOWN = r"(?m)^#{1,6} |\]\((?:https?:|/)"
ITALICS = r"(?m)^\*([^*\s](?:[^*\n]{0,80}[^*\s])?)\*( |$)"
STRUCK = r"~~([^~\s](?:[^~\n]{0,200}[^~\s])?)~~"
# `# 网站`, `## 栏目`, `### 题目`: the page, its section, and the headline.
SECTIONS = r"(?m)^# +([^\n第一]{2,14})\n\s*^## +([^\n第一]{2,14})\n(\s*^### +)"
# What Word writes into its text: links, references, page numbers, a table of contents.
_QUOTED = r"[\"“”][^\"“”\n]{1,300}[\"“”]"
_SWITCH = rf" *\\[a-z*](?: +{_QUOTED})?"
FIELD = (
    rf"\{{? ?(?:(?:HYPERLINK|INCLUDEPICTURE)(?: +\\[a-z])* *{_QUOTED}(?:{_SWITCH})*"
    rf"|(?:PAGE|NOTE)?REF +_?[A-Za-z]+[0-9]+(?: *\\[a-z*])+|TOC(?:{_SWITCH})+"
    r"|(?:PAGE|NUMPAGES|SEQ [^ \n\\]{1,12})(?: *\\\* *[A-Za-z]{1,20})+(?: +[0-9]{1,4}$)?) ?\}?"
)
HAS_FIELD = (
    r"(?:HYPERLINK|INCLUDEPICTURE)[^\n]{0,8}[\"“”]|REF +_?[A-Za-z]+[0-9]+ *\\|(?:TOC|PAGE|NUMPAGES) *\\[a-z*]"
    r"|SEQ [^ \n\\]{1,12} *\\"
)
# A mail or a reader's page quotes whole lines; `> 要闻 > 正文` is a path through a site.
QUOTE = r"(?m)^ {0,3}>+ ?([^>\n]{12,})$"
QUOTE_OF_ANY_LENGTH, _SEVERAL = r"(?m)^ {0,3}>+ ?([^>\n]*)$", 2
# 标题： before the headline that opens a text.
LABEL, _LONGEST_LABEL = (
    r"\A\s*((?:信件|新闻|文章|稿件|原)?(?:标题|题目|主题)[：:]|原标题[ \x{3000}]{2,})([ \x{3000}]*[\p{Han}“《])",
    12,
)
# 标题：“……” and the address of the page, below its text.
NAMED_BELOW, _AT_END = (
    r"(?m)^(标题[：:][“\"]?)([^\n“”\"]{6,60}?)([”\"]?)([ \x{3000}]*\n\s*地址[：:] ?https?://[^\s]+\s*)\z",
    160,
)
# 原标题：…… as the last line of a text that has no headline on top.
ORIGINAL = r"(?m)^([ \x{3000}]*原标题[：:][ \x{3000}]*)([^\n，。；]{8,60})\s*\z"
HEADLESS = r"\A\s*[^\n]{61}"
_BARE_NAME = f"{OPEN['metadata']}${{1}}{CLOSE}${{2}}{OPEN['metadata']}${{3}}{CLOSE}${{4}}"
# What stands for a picture where it is not shown; a caption has marks, or names who took it.
PICTURE = rf"(!\[[^\[\]\n，。；！？摄]*\])({OPEN['markup']})"
# A picture without an address, also where it parted two paragraphs; an address alone on its line.
NO_PICTURE, BETWEEN = r"(!\[[^\[\]\n]{0,80}\]\([ \t]*\))", r"([。！？][”’）]?)[ \t]*"
ADDRESS = r"(?m)^[ \t]*<https?://[^<>\s]+>[ \t]*$"
# What Hugo puts in; the end of the comment in which papers on line keep day, page and headline.
SHORTCODE = r"\{\{[<%] ?/?[a-z][^\n{}]{0,600}[>%]\}\}"
PAPER_COMMENT = r"(?m)^[^\n]{0,200}/enpproperty-->[ \t]*$"
# Forums write their tags in square brackets.
FORUM_TAG = (
    r"\[/?(?:b|i|u|s|url|img|size|color|font|align|quote|code|center|indent|backcolor|table|tr|td|list|p|float|media)"
    r"(?:=[^\]\n]{1,60})?\]"
)
CLOSES_FORUM_TAG = r"\[/(?:b|i|u|s|url|img|size|color|font|align|quote|code|center|indent|backcolor|td|list|p)\]"
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
# What is left of a table of one cell; of spaces that no other character stood for; of a rule behind a headline.
ONE_CELL, CELL_END = r"(?m)^\|[ \x{3000}]*([^|\n]+?)[ \x{3000}]*\|?$", r"(?m)^([^|\n]+?)[ \x{3000}]*\|$"
LOST_INDENT = narrow(r"(?m)^[ \x{3000}]*\?{2,8}(?:[ \x{3000}]+|([\p{Han}“《（(]|\d{1,4}[年月．、.]))")
LOST_GAP = r"([。”’）)]) ?\?{3,8}"  # the indent of a paragraph in a text run into one line
LOST_LINE = r"(?m)^[ \x{3000}]*\?{1,8}[ \x{3000}]*$"
# How a terminal prints the line ends of Windows.
CARETS = r"\^M\n?"
RULE = narrow(r"(?m)([\p{Han}”》）)])\*{4,}$")
BARE_TARGET = (
    r"\]\(((?:(?:https?:|/|#|mailto:|data:|javascript:)[^()\s]*(?:\([^()\s]*\)[^()\s]*)?"
    r"|[^()\s]+\.(?:s?html?|php|aspx?|jsp|png|jpe?g|gif|webp|bmp|svg)[^()\s]*)(?: +\"[^\"\n]*\")?)\)"
)
# A line that is nothing but links, and three such lines one below the other.
_LINK = (
    r"[ \t]*(?:[*+>|»·-]|[0-9]{1,2}\.)?[ \t]*!?\[[^\[\]\n]+\]"
    r"\((?:https?:|/|#|javascript:|\.)[^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?: +\"[^\"\n]*\")?\)"
)
LINKS = rf"(?m)^(?:{_LINK}){{3,}}[ \t|]*$|^{_LINK}[ \t]*\n(?:\n?{_LINK}[ \t]*(?:\n|\z)){{2,}}"
# Whole lines set in italics; list signs, where there are several.
SLANTED = r"(?m)^[ \t]*([*_])([^*_\s][^*_\n]*)[*_][ \t]*$"
LISTED, _MANY_LISTED = r"(?m)^ {0,3}[*+] +(\S)", 3


def run(frame: pl.DataFrame) -> pl.DataFrame:
    """Mark mark-up in column `text`; Markdown heading signs, which are no content, are dropped.

    Args:
        frame: documents with `text`, marks of other steps allowed.

    Returns:
        The frame with `text` marked. Content characters keep number and order.
    """
    text = frame["text"]
    # a page has been taken apart by its reader, and runs do not nest
    needed = needing(frame, MARKUP) | text.str.contains("HYPERLINK", literal=True)
    if needed.any():
        needed = ask(text, needed, lambda some: some.str.contains(SIGN) & ~some.str.contains(ANY_MARK))
    text = _without_remains(text)
    labelled = text.str.head(_LONGEST_LABEL).str.contains("[：:]|标题")
    text = where(where(text, needed, _change), labelled, _without_label)
    # what another step has marked keeps its marks: tags stand between them
    marked = ask(text, ~needed & needing(frame, MARKUP), lambda some: some.str.contains(CLOSES_FORUM_TAG))
    text = where(text, marked, _without_forum_tags)
    carets = ask(text, _holds(text, "^M"), lambda some: some.str.count_matches(r"(?m)\^M$") >= _SEVERAL)
    text = where(text, carets, lambda some: some.str.replace_all(CARETS, f"{OPEN['markup']}^M{CLOSE}\n"))
    named = ask(text, _holds(text.str.tail(_AT_END), "http"), lambda some: some.str.contains(NAMED_BELOW))
    text = where(text, named, lambda some: some.str.replace(NAMED_BELOW, _BARE_NAME))
    tails = text.str.tail(_AT_END)
    original = ask(
        text, _holds(tails, "原标题"), lambda some: some.str.contains(ORIGINAL) & some.str.contains(HEADLESS)
    )
    text = where(text, original, lambda some: some.str.replace(ORIGINAL, f"{OPEN['metadata']}${{1}}{CLOSE}${{2}}"))
    return frame.with_columns(bundle_labels.run(text))


def _without_remains(text: pl.Series) -> pl.Series:
    """Drop bars at the ends of lines, question marks for lost spaces, asterisks behind a headline: no content."""
    cells = ask(text, _holds(text, "|"), lambda some: some.str.contains(r"(?m)^\||\|$"))
    text = where(text, cells, lambda some: some.str.replace_all(ONE_CELL, "${1}").str.replace_all(CELL_END, "${1}"))
    text = where(
        text,
        ask(text, _holds(text, "?"), lambda some: some.str.contains(r"(?m)^[ \x{3000}]*\?")),
        lambda some: (
            some.str.replace_all(LOST_GAP, "${1}\u3000\u3000")
            .str.replace_all(LOST_INDENT, "\u3000\u3000${1}")
            .str.replace_all(LOST_LINE, "")
        ),
    )
    return where(text, _holds(text, "****"), lambda some: some.str.replace_all(RULE, "${1}"))


def _without_label(values: pl.Series) -> pl.Series:
    """Take 标题： off a headline that opens the text."""
    return values.str.replace(LABEL, f"{OPEN['metadata']}${{1}}{CLOSE}${{2}}")


def _change(values: pl.Series) -> pl.Series:
    paper = _holds(values, "/enpproperty-->") & ~_holds(values, "<!--")
    values = where(
        values, paper, lambda some: some.str.replace_all(PAPER_COMMENT, f"{OPEN['site_chrome']}${{0}}{CLOSE}")
    )
    lists = ask(values, _holds(values, "]("), lambda some: some.str.contains(LINKS))
    return where(where(values, lists, _around_links), ~lists, _change_text)


def _around_links(values: pl.Series) -> pl.Series:
    """Mark lists of links whole, as chrome, and change what stands around them."""
    pieces = values.str.replace_all(LINKS, f"{SPLIT}${{0}}{SPLIT}").str.split(SPLIT)
    frame = pieces.to_frame("piece").with_row_index("row").explode("piece")
    link = frame.select((pl.int_range(pl.len()).over("row") % 2) == 1).to_series()
    changed = where(frame["piece"], ~link, _change_text)
    chrome = where(changed, link, lambda some: OPEN["site_chrome"] + some + CLOSE)
    whole = (
        frame.with_columns(chrome.alias("piece")).group_by("row", maintain_order=True).agg(pl.col("piece").str.join())
    )
    return whole["piece"]


def _change_text(values: pl.Series) -> pl.Series:
    marked = f"{OPEN['markup']}${{0}}{CLOSE}"
    plain = ~values.str.contains(r"</?[A-Za-z]")
    values = where(values, plain & values.str.contains(CLOSES_FORUM_TAG), _without_forum_tags)
    likely = _holds(values, "\\") | _holds(values, "HYPERLINK")
    fields = ask(values, likely, lambda some: some.str.contains(HAS_FIELD))
    values = where(values, fields, lambda some: some.str.replace_all(f"(?m){FIELD}", marked))
    # the switches of fields look like escapes
    values = where(values, plain & ~fields & values.str.contains(r"\\[nrtux]"), _without_escapes)
    values = where(values, _holds(values, "*") | _holds(values, "\n### "), _without_markdown)
    alone = ask(values, _holds(values, "_\n") | _holds(values, "*\n"), lambda some: some.str.contains(SLANTED))
    values = where(values, alone, lambda some: some.str.replace_all(SLANTED, "${2}"))
    struck = _holds(values, "~~") & values.str.contains(MARKDOWN)
    values = where(values, struck, lambda some: some.str.replace_all(STRUCK, "${1}"))
    values = where(values, _holds(values, "&"), _without_entities)
    values = where(values, _holds(values, "{{"), lambda some: some.str.replace_all(SHORTCODE, marked))
    values = where(values, _holds(values, "<http"), lambda some: some.str.replace_all(ADDRESS, marked))
    values = where(values, _holds(values, "<"), _without_tags)
    values = values.str.replace_all(BARE_TARGET, f"]{OPEN['markup']}(${{1}}){CLOSE}")
    values = where(values, _holds(values, "]()"), _without_empty_pictures)
    linked = where(values, values.str.contains(f"]{OPEN['markup']}", literal=True), _without_links)
    linked = wikitext.mark(linked)
    return _without_quoting(linked.str.replace_all(HEADING, ""))


def _holds(values: pl.Series, sign: str) -> pl.Series:
    return values.str.contains(sign, literal=True)


def _without_markdown(values: pl.Series) -> pl.Series:
    bold = _holds(values, "**") & values.str.contains(f"{OPENS_BOLD}|{MARKDOWN}")
    values = where(values, bold, lambda some: some.str.replace_all(BOLD, "${1}"))
    chrome = f"{OPEN['site_chrome']}${{1}}{CLOSE}\n{OPEN['site_chrome']}${{2}}{CLOSE}\n${{3}}"
    sections = _holds(values, "\n### ") & values.str.contains(SECTIONS)
    values = where(values, sections, lambda some: some.str.replace_all(SECTIONS, chrome))
    listed = _holds(values, "* ") & (values.str.count_matches(LISTED) >= _MANY_LISTED)
    values = where(values, listed, lambda some: some.str.replace_all(LISTED, "${1}"))
    slanted = _holds(values, "\n*") & values.str.contains(MARKDOWN)
    return where(values, slanted, lambda some: some.str.replace_all(ITALICS, "${1}${2}"))


def _without_links(values: pl.Series) -> pl.Series:
    return (
        values.str.replace_all(PICTURE, f"{OPEN['markup']}${{1}}{CLOSE}${{2}}")
        .str.replace_all(rf"({CLOSE})(\[[^\[\]\n]*\]{OPEN['markup']})", "${1} ${2}")
        .str.replace_all(r"!?\[([^\[\]\n]*)\](" + OPEN["markup"] + ")", "${1}${2}")
    )


def _without_empty_pictures(values: pl.Series) -> pl.Series:
    opening = OPEN["markup"]
    parted = values.str.replace_all(BETWEEN + NO_PICTURE + r"[ \t]*", f"${{1}}{opening}${{2}}{CLOSE}\n\n")
    return parted.str.replace_all(f"([^{opening}]|^){NO_PICTURE}", f"${{1}}{opening}${{2}}{CLOSE}")


def _without_quoting(values: pl.Series) -> pl.Series:
    """Drop the sign of quoted lines; where several are quoted, the short ones are, too."""
    several = values.str.count_matches(QUOTE) >= _SEVERAL
    longer = values.str.replace_all(QUOTE, "${1}")
    return where(longer, several, lambda some: some.str.replace_all(QUOTE_OF_ANY_LENGTH, "${1}"))


def _without_forum_tags(values: pl.Series) -> pl.Series:
    return values.str.replace_all(FORUM_TAG, f"{OPEN['markup']}${{0}}{CLOSE}")


def _without_escapes(values: pl.Series) -> pl.Series:
    opening = OPEN["markup"]
    spaced = values.str.replace_all(r"\\u3000", f"{opening}${{0}}{CLOSE}\u3000")
    spaced = spaced.str.replace_all(r"\\(?:u00[aA]0|xa0)", f"{opening}${{0}}{CLOSE} ")
    # the last of several side by side goes first
    for _ in range(3):
        for escape, sign in ((r"(?:\\r)?\\n", "\n"), (r"\\[rt]", " ")):
            spaced = spaced.str.replace_all(rf"({escape})([^a-zA-Z\\{CLOSE}]|$)", f"{opening}${{1}}{CLOSE}{sign}${{2}}")
    return spaced


def _without_tags(values: pl.Series) -> pl.Series:
    marked = f"{OPEN['markup']}${{0}}{CLOSE}"
    plain = values.str.replace_all(COMMENT, marked).str.replace_all(BLOCK, marked + "\n")
    return plain.str.replace_all(INLINE, marked)


def _without_entities(values: pl.Series) -> pl.Series:
    return values.str.replace_many(_entities()).str.replace_all(AMPERSAND, f"{OPEN['markup']}${{1}}{CLOSE}&${{2}}")


@once
def _entities() -> dict[str, str]:
    """Return what each entity, escaped once or twice, becomes."""
    named = [(name, sign) for names, sign in ENTITIES.items() for name in names.split("|")]
    escaped = [(f"&{amp}{name};", sign) for name, sign in named for amp in ("", "amp;")]
    return {entity: f"{OPEN['markup']}{entity}{CLOSE}{sign}" for entity, sign in escaped}
