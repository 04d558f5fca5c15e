"""How hostile text of any size is made: one unit over and over, with a growing number in it, or closed again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.benchmarks.articles import read_articles

Made = Callable[[int], str]


@dataclass(frozen=True)
class Case:
    """A text of any size, the suffix of its file, and how its characters become bytes."""

    text: Made
    suffix: str = ".txt"
    encoding: str = "utf-8"

    def data(self, n: int) -> bytes:
        """Some `n` characters, encoded."""
        return self.text(n).encode(self.encoding, "surrogatepass")


def again(unit: str, before: str = "", after: str = "") -> Made:
    """One unit over and over."""
    return lambda n: before + unit * (n // len(unit) + 1) + after


def counted(form: str, before: str = "", after: str = "") -> Made:
    """A unit over and over with a number that grows in it."""
    return lambda n: before + "".join(form.format(i) for i in range(n // len(form) + 1)) + after


def nested(opens: str, closes: str, middle: str = "云江") -> Made:
    """Half of it opens, half of it closes."""
    return lambda n: opens * (n // 2 // len(opens)) + middle + closes * (n // 2 // len(closes))


@cache
def prose() -> str:
    """The paragraphs of the project's articles, one a line."""
    return "\n".join(paragraph for article in read_articles().values() for paragraph in article.paragraphs)


def of_prose(change: Callable[[str], str] = str, between: str = "\n") -> Made:
    """The articles over and over, changed."""

    def made(n: int) -> str:
        changed = change(prose())
        return (changed + between) * (n // len(changed)) + changed[: n % len(changed)]

    return made


def prose_of(n: int) -> str:
    """The first `n` characters of the articles, over and over."""
    return (prose() * (n // len(prose()) + 1))[:n]


def pick(i: int) -> str:
    """Two Han that differ with `i`."""
    return chr(0x4E00 + i % 9000) + chr(0x4E00 + i // 9000 * 7 % 9000)


def cut(text: str, width: int) -> list[str]:
    """Print lines of one width."""
    text = one_line(text)
    return [text[i : i + width] for i in range(0, len(text) - width, width)]


def one_line(text: str) -> str:
    return text.replace("\n", "")


LINE = "全省防汛工作会议在云江市召开，会议要求各地压实责任。"
HAN_50 = "各地各部门要把思想和行动统一到会议精神上来切实增强责任感和紧迫感以更高标准更严要求更实举措抓好落实"
