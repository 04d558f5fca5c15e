"""Faults of Pandera 0.35 that the engine works around; a test that turns red here says that upstream mended one."""

import pandera.polars as pa
import polars as pl
import pytest
from pandera.config import config_context
from pandera.errors import SchemaError, SchemaErrors


class Numbers(pa.DataFrameModel):
    key: str = pa.Field(unique=True)
    n: int = pa.Field(ge=0)


BAD = pl.DataFrame({"key": ["a", "b", "b"], "n": [-1, 2, 3]})


def test_a_lazy_frame_is_checked_for_types_only() -> None:
    assert Numbers.validate(BAD.lazy()).collect().equals(BAD)


def test_drop_invalid_rows_returns_duplicates_of_a_frame_key_as_valid() -> None:
    schema = pa.DataFrameSchema({"key": pa.Column(str)}, unique=["key"], drop_invalid_rows=True)
    assert schema.validate(BAD.select("key"), lazy=True).height == 3


def test_drop_invalid_rows_swallows_a_wrong_type() -> None:
    schema = pa.DataFrameSchema({"n": pa.Column(str)}, drop_invalid_rows=True)
    assert schema.validate(BAD.select("n"), lazy=True).schema["n"] == pl.Int64


def test_drop_invalid_rows_drops_all_rows_when_an_aggregate_fails() -> None:
    total = pa.Check(lambda data: data.lazyframe.select(pl.col("n").sum() > 100))
    schema = pa.DataFrameSchema({"n": pa.Column(int)}, checks=total, drop_invalid_rows=True)
    assert schema.validate(BAD.select("n"), lazy=True).is_empty()


def test_validation_switched_off_passes_anything() -> None:
    with config_context(validation_enabled=False):
        assert Numbers.validate(BAD).equals(BAD)


def test_str_matches_with_an_alternative_matches_a_prefix() -> None:
    schema = pa.DataFrameSchema({"k": pa.Column(str, pa.Check.str_matches("a|b"))})
    assert schema.validate(pl.DataFrame({"k": ["apple"]})).height == 1


def test_a_nan_passes_a_lower_bound_where_null_is_allowed() -> None:
    schema = pa.DataFrameSchema({"x": pa.Column(float, pa.Check.ge(0), nullable=True)})
    assert schema.validate(pl.DataFrame({"x": [float("nan")]})).height == 1


def test_a_check_over_no_rows_passes() -> None:
    schema = pa.DataFrameSchema({"n": pa.Column(int, pa.Check(lambda data: data.lazyframe.select(pl.lit(True))))})
    assert schema.validate(pl.DataFrame({"n": [1, 2, 3]})).height == 3


def test_a_collected_frame_is_checked_whole() -> None:
    with pytest.raises(SchemaErrors):
        Numbers.validate(BAD, lazy=True)
    with pytest.raises(SchemaError):
        Numbers.validate(BAD)
