"""Source cards: what is known about a source before a byte of it is read. One TOML file a source.

An unknown key is an error that names file, key and nearest known key: a misspelt setting never passes for its default.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fnmatch import translate
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from contracts.vocabulary import Kind
from tasks.measures import measure_of, names

DEFAULT = "default"

Format = Literal["auto", "txt", "html", "feed", "jsonl", "json", "csv", "parquet", "warc", "zip", "tar"]


class CardError(ValueError):
    """A source card cannot be used: says which file, which key, and what would be right."""


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fields(_Strict):
    """Where a record (a JSON line, a CSV row) keeps its parts: names tried in order, the first one present is taken.

    Case, hyphens and underscores count only where a record has a name as it stands here. Names that may as well tell
    when a page was fetched or a row was made ("time", "created_at") are for a card to map.
    """

    text: Names = _words(
        "text content body 正文 内容 articlebody article articlecontent maintext fulltext contents contenthtml"
        " contenttext html detail 文章内容 文章正文 正文内容 全文 文本"
    )
    title: Names = _words("title headline 标题 articletitle newstitle subject 文章标题 新闻标题 题名 contenttitle")
    date: Names = _words(
        "date published published_at publish_date pubdate 日期 发布日期 发布时间 datepublished publishtime pubtime"
        " publishedon publishedtime releasetime releasedate posttime 发表时间 成文日期 发文日期"
    )
    uri: Names = _words("uri url link 链接 网址 href permalink sourceurl pageurl articleurl 原文链接")
    publisher: Names = _words("publisher source 来源 sourcename sitename medianame media 发布机构 发文机关 媒体 稿源")


class Volume(_Strict):
    """Documents a run is expected to bring: outside it the gate warns; `expect.documents` can make it fail."""

    min: int = Field(default=0, ge=0)
    max: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _min_is_not_above_max(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self


class Bound(_Strict):
    """Lowest and highest value that a measure of the source may have in a run, and what a breach means."""

    min: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    max: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    verdict: Literal["warn", "fail"] = "fail"

    @model_validator(mode="after")
    def _bounds_are_possible(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a bound needs `min`, `max` or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min:g} is above max {self.max:g}")
        return self

    def holds(self, value: float) -> bool:
        """Whether a value is within."""
        return (self.min is None or value >= self.min) and (self.max is None or value <= self.max)


class SourceCard(_Strict):
    """One source: who publishes it, which files are its own, how to read and date them, when it should arrive.

    `default_year` completes dates printed without a year (basis `card`); without it such a date is at best inferred.
    `published_on` dates every article of the source that prints no date (a folder that holds one issue of a paper).
    `expect` bounds what is measured of a run (`qingliu bounds` lists and suggests).
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    title: str
    publisher: str | None = None
    place: str | None = None
    licence: str = "unknown"
    input: Names = ("*",)
    format: Format = "auto"
    encoding: str = "auto"
    fields: Fields = Fields()
    kind_hint: Kind | None = None
    default_year: int | None = Field(default=None, ge=1900, le=2200)
    published_on: date | None = None
    schedule: str | None = Field(default=None, pattern=r"^\S+( \S+){4}$")
    timezone: str = "Asia/Shanghai"
    volume: Volume = Volume()
    freshness_days: int | None = Field(default=None, ge=1)
    expect: dict[str, Bound] = {}

    @field_validator("expect")
    @classmethod
    def _measures_exist(cls, value: dict[str, Bound]) -> dict[str, Bound]:
        for name, bound in value.items():
            if name not in names():
                raise ValueError(f"nothing called {name!r} is measured; {_suggestion(name, names())}")
            if measure_of(name).kind in ("share", "family") and (bound.min or 0) > 1:
                raise ValueError(f"{name} is a share, from 0 to 1: a min of {bound.min:g} can never be met")
        return value

    @field_validator("encoding")
    @classmethod
    def _codec_exists(cls, value: str) -> str:
        try:
            if value != "auto":
                "".encode(value)
        except LookupError:
            raise ValueError(
                f"{value!r} is neither auto nor a codec that Python knows, such as utf-8 or gb18030"
            ) from None
        return value

    @field_validator("timezone")
    @classmethod
    def _timezone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{value!r} is no time zone; write it like Asia/Shanghai") from None
        return value


def load_cards(folder: Path) -> dict[str, SourceCard]:
    """Read every `*.toml` of a folder, in name order, `default` last (made up when the folder has none).

    Raises:
        CardError: a card is no TOML, has an unknown key or a wrong value, or its name is not its file name.
    """
    cards = {card.name: card for card in map(_load, sorted(folder.glob("*.toml")))}
    default = cards.pop(DEFAULT, SourceCard(name=DEFAULT, title="Any file no other card claims"))
    return {**cards, DEFAULT: default}


def check_card(path: Path) -> SourceCard:
    """Read one card, whatever is the matter with the others.

    Raises:
        CardError: as in `load_cards`.
    """
    return _load(path)


def card_for(path: Path, cards: Mapping[str, SourceCard]) -> SourceCard:
    """The first card with a pattern that fits the path, else `default`.

    A pattern without a slash is held against the file name, one with a slash against the end of the path.
    """
    return chooser(cards)(path.as_posix())


def chooser(cards: Mapping[str, SourceCard]) -> Callable[[str], SourceCard]:
    """`card_for` as a function of many paths, its patterns compiled once."""
    patterns = [(card, _patterns(card)) for name, card in cards.items() if name != DEFAULT]

    def choose(path: str) -> SourceCard:
        name = path.rpartition("/")[2]
        for card, (of_names, of_paths) in patterns:
            if (of_names and of_names.fullmatch(name)) or (of_paths and of_paths.fullmatch(f"/{path}")):
                return card
        return cards[DEFAULT]

    return choose


def _patterns(card: SourceCard) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """One expression for all patterns of a card without a slash, and one for all that have one."""
    of_names = [translate(one) for one in card.input if "/" not in one]
    return _any_of(of_names), _any_of([translate(f"*/{one}") for one in card.input if "/" in one])


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{one})" for one in patterns)) if patterns else None


def _load(path: Path) -> SourceCard:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        card = SourceCard.model_validate(data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError(f"{path}: not a TOML file: {error}") from error
    except ValidationError as error:
        raise CardError("\n".join(f"{path}: {line}" for line in _complaints(error))) from None
    if card.name != path.stem:
        raise CardError(f"{path}: key `name` is {card.name!r}; a card bears the name of its file: {path.stem!r}")
    return card


def _complaints(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        *parents, key = (str(part) for part in one["loc"]) if one["loc"] else ("",)
        dotted = ".".join([*parents, key])
        if one["type"] == "extra_forbidden":
            yield f"unknown key `{dotted}`; {_suggestion(key, _keys_under(parents))}"
        elif one["type"] == "missing":
            yield f"key `{dotted}` is missing"
        else:
            yield f"key `{dotted}`: {one['msg']}, got {one['input']!r}"


def _keys_under(parents: list[str]) -> list[str]:
    tables: dict[str, type[BaseModel]] = {"fields": Fields, "volume": Volume, "expect": Bound}
    return list((tables[parents[0]] if parents else SourceCard).model_fields)


def _suggestion(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"
