"""The engine loses no row, and rejects exactly the rows that Pandera rejects."""

import json
from typing import Any

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from contracts import checks, engine
from contracts.base import Contract, column, rule
from contracts.registry import CONTRACTS
from contracts.vocabulary import GLOSS
from tests.contracts.made import batch, changed


class Fruit(Contract, table="fruit", key="name", version="1.0.0", zh="一行是一种水果"):
    """A fruit."""

    name: str = column("名称", "Name")
    document_id: str = column("文档编号", "Document", nullable=True)
    weight: float = column("重量", "Weight")
    colour: str = column("颜色", "Colour", nullable=True)

    @rule(zh="重量为正")
    def weight_is_positive(cls) -> pl.Expr:
        return pl.col("weight") > 0

    @rule(zh="颜色已知", null_passes=True)
    def colour_is_known(cls) -> pl.Expr:
        return checks.one_of("colour", ("red", "green"))

    @rule(zh="红果不轻", null_passes=False)
    def red_fruit_is_heavy(cls) -> pl.Expr:
        return (pl.col("colour") != "red") | (pl.col("weight") > 2)

    @rule(zh="名称没有空格", severity="warn")
    def name_has_no_space(cls) -> pl.Expr:
        return ~pl.col("name").str.contains(" ", literal=True)


ROW = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["apple", "pear", "fig", "a b", None, *map(str, range(20))]),
        "document_id": st.none(),
        "weight": st.sampled_from([1.0, 3.0, 0.0, -1.0, float("nan"), None]),
        "colour": st.sampled_from(["red", "green", "blue", None]),
    }
)


def by_pandera(frame: pl.DataFrame) -> set[int]:
    """Row numbers that plain Pandera finds fault with, asked every declared check by itself."""
    whole = Fruit.to_schema()
    rejecting = [check for check in whole.checks if not check.raise_warning]
    try:
        pa.DataFrameSchema(whole.columns, checks=rejecting, strict=True).validate(frame, lazy=True)
    except SchemaErrors as error:
        return set(error.failure_cases["index"].to_list())
    return set()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROW, max_size=12))
def test_engine_and_pandera_reject_the_same_rows(rows: list[dict[str, Any]]) -> None:
    frame = pl.DataFrame(rows, schema=Fruit.polars_schema())
    split = engine.split(Fruit, frame)
    bad = by_pandera(frame)
    good = [i for i in range(frame.height) if i not in bad]
    assert split.valid.equals(frame[good])
    assert split.valid.height + split.rejected.height == frame.height
    assert len(split.reasons) == split.rejected.height


def test_a_null_fails_unless_the_rule_says_otherwise() -> None:
    frame = pl.DataFrame(
        {"name": ["fig"], "document_id": None, "weight": [1.0], "colour": None}, schema=Fruit.polars_schema()
    )
    assert engine.split(Fruit, frame).failures["rule"].to_list() == ["red_fruit_is_heavy"]


def test_a_warning_is_counted_and_listed_and_the_row_stays() -> None:
    frame = pl.DataFrame([["a b", None, 3.0, "red"]], schema=Fruit.polars_schema(), orient="row")
    split = engine.split(Fruit, frame)
    assert split.valid.height == 1
    assert split.failures.row(0, named=True) | {"document_id": None} == {
        "contract": "fruit",
        "contract_version": "1.0.0",
        "rule": "name_has_no_space",
        "column": "name",
        "severity": "warn",
        "document_id": None,
        "row_key": "a b",
        "value": "a b",
    }
    assert dict(split.counts.select("rule", "n_failed").iter_rows())["name_has_no_space"] == 1


def test_a_failure_over_two_columns_shows_both_and_is_cut() -> None:
    frame = batch()["paragraphs"]
    split = engine.split(CONTRACTS["paragraphs"], changed(frame, 0, text="春" * 300, n_chars=3))
    failure = split.failures.filter(rule="n_chars_counts_the_text").row(0, named=True)
    assert failure["value"].startswith('{"n_chars":3,"text":"春')
    assert len(failure["value"]) == 200


def test_every_row_of_an_all_bad_frame_is_rejected() -> None:
    frame = batch()["sentences"].with_columns(text=pl.lit(" "))
    split = engine.split(CONTRACTS["sentences"], frame)
    assert (split.valid.height, split.rejected.height) == (0, frame.height)
    assert split.reasons.str.contains("text_is_not_blank").all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": None}, "text is missing"),
        ({"colour": pl.lit("red")}, "colour is unknown"),
        ({"start": pl.col("start").cast(pl.Int64)}, "start is Int64, not Int32"),
    ],
)
def test_a_broken_schema_is_fatal(change: dict[str, Any], message: str) -> None:
    frame = batch()["sentences"]
    for name, value in change.items():
        frame = frame.drop(name) if value is None else frame.with_columns(value.alias(name))
    with pytest.raises(engine.SchemaBrokenError, match=message):
        engine.split(CONTRACTS["sentences"], frame)


def test_columns_in_another_order_are_put_right() -> None:
    frame = batch()["sentences"]
    assert engine.split(CONTRACTS["sentences"], frame.select(reversed(frame.columns))).valid.equals(frame)


def test_switching_pandera_off_in_the_environment_does_not_switch_contracts_off() -> None:
    from pandera.config import config_context

    with config_context(validation_enabled=False):
        split = engine.split(CONTRACTS["sentences"], changed(batch()["sentences"], 0, text=" "))
    assert split.rejected.height == 1


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(ValueError, match="grave"):
        rule(zh="规则", severity="grave")  # type: ignore[arg-type]


def test_equal_hashes_are_told_apart_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pl.Series, "hash", lambda self, seed=0: pl.Series([7] * len(self)))
    assert pl.Series(["a", "b", "a"]).to_frame("x").select(checks.unique("x")).to_series().to_list() == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("text", ["省(sheng)委", "書（shu）記", "書(shū)記", "绿 (lü)", "女(nv3)人", "熊(xiong)"])
def test_a_gloss_is_seen(text: str) -> None:
    assert pl.Series([text]).str.contains(GLOSS).to_list() == [True]


@pytest.mark.parametrize("text", ["手机（phone）", "互联网(web)", "(含定州)", "生产总值（GDP）", "应用(app)"])
def test_an_aside_is_not_a_gloss(text: str) -> None:
    assert pl.Series([text]).str.contains(GLOSS).to_list() == [False]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("本报讯 记者李明报道 5月6日，云溪县召开会议。", True),
        ("云溪日报讯 日前，云溪县召开会议。", True),
        ("本报讯（云溪日报记者 李明 王小红）5月6日晚，云溪县召开会议。", True),
        ("云溪县召开会议。（记者 李明 通讯员 王小红）", True),
        ("云溪县 召开会议，部署春耕。", False),
        ("本报讯 记者李明报道 5月6日，云溪县召开 会议。", False),
        ("云溪县召开会议（春耕 秋收），部署春耕。", False),
    ],
)
def test_spaces_of_a_dateline_or_byline_are_kept_on_purpose_and_others_are_not(text: str, kept: bool) -> None:
    frame = changed(batch()["paragraphs"], 0, text=text, n_chars=len(text))
    failed = engine.split(CONTRACTS["paragraphs"], frame).failures["rule"].to_list()
    assert failed == ([] if kept else ["body_holds_no_space_in_chinese"])


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=6), max_size=5))
def test_character_scans_equal_the_plain_regex(texts: list[str]) -> None:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    scanned = frame.select(control=checks.no_control("text"), hidden=checks.no_invisible("text"))
    text = pl.col("text")
    plain = frame.select(
        control=~text.str.contains(checks.CONTROL),
        hidden=~text.str.contains(r"[\x{ad}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{2064}\x{feff}]"),
    )
    assert scanned.equals(plain)


def test_row_json_of_a_list_and_a_date_is_read_back() -> None:
    row = batch()["paragraphs"].head(1).select(j=pl.struct(pl.all()).struct.json_encode())["j"][0]
    assert json.loads(row)["outline"] == ["一、总则"]
