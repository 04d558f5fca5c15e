"""Noise put on clean text, one kind a function, seeded: what scrapers, PDF readers and web sites do to an article.

Serves the specimens (with exact references) and the bench corpus (any size).
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import opencc
from pypinyin import Style, pinyin

from tests.benchmarks.articles import Article

HALF = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?"}
NO_LINE_START = "，。；：！？、）》”’〉】％%"
NO_LINE_END = "（《“‘〈【"
FULL_DIGITS = {ord(str(n)): chr(0xFF10 + n) for n in range(10)} | {ord("%"): "％"}
VERTICAL = {"（": "︵", "）": "︶", "《": "︽", "》": "︾", "“": "﹁", "”": "﹂"}
RADICALS = dict(
    zip(
        "一二人八力十又口土士大女子小山工己干广心手文方日月木水火牛玉生用田白目石立竹米老耳自舟色行言谷豆走足身车金长门雨面革音食首马高鱼鸟鹿麦黄黑鼓鼻齿龙",
        "⼀⼆⼈⼋⼒⼗⼜⼝⼟⼠⼤⼥⼦⼩⼭⼯⼰⼲⼴⼼⼿⽂⽅⽇⽉⽊⽔⽕⽜⽟⽣⽤⽥⽩⽬⽯⽴⽵⽶⽼⽿⾃⾈⾊⾏⾔⾕⾖⾛⾜⾝⻋⾦⻓⻔⾬⾯⾰⾳⾷⾸⻢⾼⻥⻦⿅⻨⻩⿊⿎⿐⻮⻰",
        strict=True,
    )
)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e"


def seeded(name: str) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(name)


def half_width(text: str, marks: str = "，；：（）！？") -> str:
    """Chinese marks as ASCII ones."""
    return text.translate({ord(mark): HALF[mark] for mark in marks})


def quotes_to_corners(text: str) -> str:
    """“ ” ‘ ’ as Taiwan prints them: 「 」 『 』."""
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def digit_spaces(text: str, rng: random.Random, share: float = 0.6) -> str:
    """A typesetter's space on both sides of a number, in `share` of the numbers."""
    out = list(text)
    for i in range(len(text) - 1, 0, -1):
        if _meets_number(text[i - 1], text[i]) and rng.random() < share:
            out.insert(i, " ")
    return "".join(out)


def _meets_number(left: str, right: str) -> bool:
    han, number = (
        (_is_han(left), _is_han(right)),
        (left.isascii() and left.isdigit(), right.isascii() and right.isdigit()),
    )
    return (han[0] and number[1]) or (number[0] and han[1])


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def width(text: str) -> float:
    """Printed width in Han: ASCII counts half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def wrap(text: str, columns: float, indent: float = 0) -> list[str]:
    """Print lines of a paragraph: `columns` Han wide, the first one `indent` narrower; marks do not start a line."""
    lines, line, room = [], "", columns - indent
    for char in text:
        over = width(line + char) > room
        if over and char not in NO_LINE_START and not (char.isascii() and char.isdigit() and line[-1:].isdigit()):
            carry = line[-1] if line[-1:] in NO_LINE_END else ""
            lines.append(line.removesuffix(carry) if carry else line)
            line, room = carry, columns
        line += char
    return [*lines, line]


def letter_space(line: str) -> str:
    """A justified line as PDF readers return it: a space between all characters."""
    return " ".join(line)


def column_break(lines: list[str], rng: random.Random) -> list[str]:
    """A blank line somewhere inside a paragraph of several lines, where the column ended."""
    at = rng.randrange(1, len(lines)) if len(lines) > 2 else 0
    return [*lines[:at], "", *lines[at:]] if at else lines


def flatten(paragraphs: Sequence[str], columns: float) -> str:
    """Paragraphs as print lines with a two-character indent, all on one line: every line end became a space."""
    rows = [wrap(text, columns, indent=2) for text in paragraphs]
    return " ".join(line for row in rows for line in row)


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def traditional(text: str, config: str = "s2t") -> str:
    """Machine-made Traditional (`s2t`) or Taiwan forms (`s2tw`)."""
    return str(_converter(config).convert(text))


def gloss(
    paragraph: str, rng: random.Random, share: float = 0.4, style: Style = Style.NORMAL, marks: str = "()"
) -> str:
    """Readings after characters, put in as scrapers do: random picks, each replaced everywhere in the paragraph.

    A character picked twice bears its reading twice.
    """
    chars = sorted({char for char in paragraph if _is_han(char)})
    times = {char: sum(rng.random() < share for _ in range(2)) for char in chars}
    reading = {char: f"{marks[0]}{pinyin(char, style=style)[0][0]}{marks[1]}" for char in chars}
    return "".join(char + reading.get(char, "") * times.get(char, 0) for char in paragraph)


def invisible(text: str, rng: random.Random, share: float = 0.05) -> str:
    """Zero-width and other unseen characters between the visible ones."""
    return "".join(char + (rng.choice(INVISIBLE) if rng.random() < share else "") for char in text)


def compatible(text: str, rng: random.Random, share: float = 0.7) -> str:
    """Radicals for characters (⼈ for 人), full-width digits, vertical brackets."""

    def swap(char: str) -> str:
        other = RADICALS.get(char) or VERTICAL.get(char) or char.translate(FULL_DIGITS)
        return other if rng.random() < share else char

    return "".join(swap(char) for char in text)


def mojibake(text: str) -> str:
    """UTF-8 bytes read as Latin-1: every byte a character."""
    return text.encode().decode("latin-1")


def interleave(left: Sequence[str], right: Sequence[str], columns: int) -> list[str]:
    """Two columns side by side, read line by line across the page, as a PDF reader that keeps the layout does."""
    rows = max(len(left), len(right))
    padded = [*left, *[""] * (rows - len(left))]
    other = [*right, *[""] * (rows - len(right))]
    return [
        f"{a}{' ' * (2 * columns - round(2 * width(a)) + 4)}{b}".rstrip() for a, b in zip(padded, other, strict=True)
    ]


def newspaper_column(article: Article, columns: float, rng: random.Random, breaks: float = 0.15) -> list[str]:
    """The body of an article as a PDF reader returns it: wrapped, blank lines between paragraphs and at column ends."""
    rows: list[str] = []
    for i, text in enumerate(article.paragraphs):
        lines = wrap(digit_spaces(text, rng, 0.3), columns)
        rows += [*(column_break(lines, rng) if rng.random() < breaks and i not in article.headings else lines), ""]
    return rows


def printed_head(article: Article) -> list[str]:
    """Kicker, headline and subtitle, a line each."""
    return [part for part in (article.kicker, article.main, article.subtitle) if part]


PROFILES = ("pdf", "flat", "web", "glossed", "plain", "compatible")


def noisy(article: Article, profile: str, rng: random.Random) -> str:
    """An article under one profile of noise, all parameters drawn from `rng`.

    Raises:
        ValueError: no such profile.
    """
    head, body = printed_head(article), article.paragraphs
    match profile:
        case "pdf":
            return "\n".join([*head, "", *newspaper_column(article, rng.randrange(13, 25), rng)])
        case "flat":
            page = flatten([*head, *body], rng.randrange(22, 30))
            return f"{article.main}\n\n相关文档\n\n{half_width(digit_spaces(page, rng))}\n\n下载全文\n"
        case "web":
            return half_width("\n\n".join([*head, *body]))
        case "glossed":
            return "\n".join(gloss(traditional(text), rng, 0.2) for text in [*head, *body])
        case "compatible":
            return invisible(compatible("\n".join([*head, *body]), rng), rng)
        case "plain":
            return "\n".join([*head, *(f"\u3000\u3000{text}" for text in body)])
    raise ValueError(f"no noise profile {profile!r}; known: {', '.join(PROFILES)}")


def corpus(articles: Sequence[Article], n_bytes: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """File names and UTF-8 contents, at least `n_bytes` in all; paragraphs are resampled, so no two files are alike."""
    rng, made, number = random.Random(seed), 0, 0
    pool = [
        paragraph for article in articles for i, paragraph in enumerate(article.paragraphs) if i not in article.headings
    ]
    while made < n_bytes:
        article = rng.choice(articles)
        body = tuple(rng.sample(pool, k=min(len(pool), rng.randrange(6, 40))))
        text = noisy(replace(article, paragraphs=body, headings=frozenset()), PROFILES[number % len(PROFILES)], rng)
        data = text.encode()
        yield f"{number:06}_{PROFILES[number % len(PROFILES)]}.txt", data
        made, number = made + len(data), number + 1
