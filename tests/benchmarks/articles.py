"""Clean articles written for this project, and what a reference for the metric says about them."""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "seeds" / "articles"


@dataclass(frozen=True)
class Article:
    """One clean article: headline parts, paragraphs as a careful editor prints them, and facts about it."""

    name: str
    kind: str
    paragraphs: tuple[str, ...]
    headings: frozenset[int] = frozenset()
    kicker: str | None = None
    main: str | None = None
    subtitle: str | None = None
    continued: str | None = None
    published: str | None = None
    uri: str | None = None
    publisher: str | None = None
    dateline: dict[str, str] = field(default_factory=dict)
    odd: tuple[str, ...] = ()

    @property
    def title(self) -> str | None:
        """Kicker and headline as one string, a space between them; None when nothing is printed."""
        return " ".join(part for part in (self.kicker, self.main) if part) or None


def read_article(path: Path) -> Article:
    """Read `key: value` lines, a line `---`, then a paragraph a line (headings behind `# `)."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    lines = [line for line in body.splitlines() if line]
    return Article(
        name=path.stem,
        kind=facts["kind"],
        paragraphs=tuple(line.removeprefix("# ") for line in lines),
        headings=frozenset(i for i, line in enumerate(lines) if line.startswith("# ")),
        kicker=facts.get("kicker"),
        main=facts.get("title"),
        subtitle=facts.get("subtitle"),
        continued=facts.get("continued"),
        published=facts.get("published"),
        uri=facts.get("uri"),
        publisher=facts.get("publisher"),
        dateline=dict(pair.split("=") for pair in facts.get("dateline", "").split()),
        odd=tuple(facts.get("odd", "").split()),
    )


def read_articles(folder: Path = FOLDER) -> dict[str, Article]:
    """Every article of a folder by its name."""
    return {path.stem: read_article(path) for path in sorted(folder.glob("*.txt"))}


TERMINALS, CLOSERS = (
    "。！？…",
    {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", "》": "《", "〉": "〈", "】": "【", "〕": "〔"},
)
OPENERS, QUOTES = frozenset(CLOSERS.values()), "”’」』"
SPEECH = (
    "说",
    "告诉",
    "表示",
    "介绍",
    "指出",
    "强调",
    "坦言",
    "回忆",
    "问道",
    "答道",
    "写道",
    "感慨",
    "嘱咐",
    "叮嘱",
    "要求",
    "认为",
)


def sentence_ends(paragraph: str) -> list[int]:
    """Ends of the sentences of a clean paragraph (offsets), by house rule R8, spelt out mark by mark.

    A second opinion beside the vectorised splitter of the project: slow, and for references only.
    """
    ends: list[int] = []
    open_marks: list[str] = []
    introduced = chained = False
    i = 0
    while i < len(paragraph):
        mark = paragraph[i]
        if mark in OPENERS:
            if not open_marks and mark in "“‘「『":
                introduced = i > 0 and (paragraph[i - 1] in "：:" or (chained and paragraph[i - 1] in QUOTES))
            open_marks.append(mark)
        elif mark in CLOSERS and CLOSERS[mark] in open_marks:
            while open_marks.pop() != CLOSERS[mark]:
                pass
        elif mark in TERMINALS:
            while i + 1 < len(paragraph) and paragraph[i + 1] in TERMINALS:
                i += 1
            still_open, end, quoted = list(open_marks), i + 1, False
            while end < len(paragraph) and still_open and CLOSERS.get(paragraph[end]) == still_open[-1]:
                quoted |= paragraph[end] in QUOTES
                still_open.pop()
                end += 1
            if not still_open:
                told = quoted and not introduced and paragraph[end : end + 1] not in tuple("“‘「『")
                if not (told and end < len(paragraph) and _speech_follows(paragraph[end:])):
                    ends.append(end)
                chained, open_marks, i = quoted and introduced, [], end - 1
        i += 1
    return ends if ends and ends[-1] == len(paragraph) else [*ends, len(paragraph)]


def _speech_follows(rest: str) -> bool:
    clause = rest
    for stop in "，。！？；：":
        clause = clause.split(stop, 1)[0]
    return any(verb in clause for verb in SPEECH)


def reference(file_name: str, articles: list[Article], boilerplate: list[str]) -> dict[str, object]:
    """The reference of one raw file, in the form the metric reads."""
    return {
        "file": file_name,
        "note": "written for this project; the places, people and papers do not exist",
        "articles": [_reference_of(article) for article in articles],
        "boilerplate": boilerplate,
    }


def _reference_of(article: Article) -> dict[str, object]:
    title, main, subtitle = article.title, article.main, article.subtitle
    accepted = [one for one in (title, main, f"{title} {subtitle}" if subtitle else None) if one]
    facts = article.dateline
    return {
        "title": title,
        "title_accept": list(dict.fromkeys(accepted)),
        "subtitle": subtitle,
        "kind": article.kind,
        "dateline": {
            "newspaper": facts.get("newspaper"),
            "agency": facts.get("agency"),
            "journalists": facts["journalists"].split(",") if "journalists" in facts else [],
            "date_text": facts.get("date_text"),
            "place": facts.get("place"),
        },
        "dateline_scored": bool(facts),
        "continuation": {"marker": article.continued} if article.continued else None,
        "paragraphs": list(article.paragraphs),
        "roles": ["heading" if i in article.headings else "body" for i in range(len(article.paragraphs))],
        "sentence_ends": [sentence_ends(paragraph) for paragraph in article.paragraphs],
        "break_evidence": ["article_start" if i == 0 else "print" for i in range(len(article.paragraphs))],
        "anomalies": [{"text": text} for text in article.odd],
    }
