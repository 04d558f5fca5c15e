"""Superset's assets for a lake: its catalogue, a dataset a view with the comments of its columns, charts, a dashboard.

Every asset has an id made of its name: imported again, it is brought up to date, not doubled.
"""

import json
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import duckdb
import yaml

DECLARED = Path(__file__).with_name("dashboard.yaml")
DATABASE = "Qingliu"
_NAMES = UUID("5f0e1a52-9c55-4bb3-8d0f-6a1de9f0c1b7")
_VERSION = "1.0.0"
_KINDS = {
    "number": "big_number_total",
    "bars": "echarts_timeseries_bar",
    "sideways": "echarts_timeseries_bar",
    "table": "table",
    "rows": "table",
}


def bundle(catalog: Path) -> dict[str, str]:
    """The files of an asset import, by path.

    Args:
        catalog: `catalog.duckdb` of a lake; its views and comments are read.
    """
    declared = yaml.safe_load(DECLARED.read_text(encoding="utf-8"))
    charts = [chart for row in declared["rows"] for chart in row["charts"]]
    assets: dict[str, Any] = {
        "metadata.yaml": {"version": _VERSION, "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"},
        f"databases/{DATABASE}.yaml": _database(catalog),
        **{f"datasets/{DATABASE}/{one['table_name']}.yaml": one for one in _datasets(catalog, declared["metrics"])},
        **{f"charts/{_id(chart['name'])}.yaml": _chart(chart) for chart in charts},
        f"dashboards/{declared['slug']}.yaml": _dashboard(declared, charts),
    }
    return {path: yaml.safe_dump(asset, allow_unicode=True) for path, asset in assets.items()}


def _id(name: str) -> str:
    return str(uuid5(_NAMES, name))


def _database(catalog: Path) -> dict[str, Any]:
    return {
        "database_name": DATABASE,
        # as it is: SQLAlchemy 1.4 decodes nothing in the path of a file
        "sqlalchemy_uri": f"duckdb:///{catalog.absolute()}",
        "expose_in_sqllab": True,
        "allow_dml": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_run_async": False,
        "extra": {"engine_params": {"connect_args": {"read_only": True}}, "allows_virtual_table_explore": True},
        "uuid": _id("database"),
        "version": _VERSION,
    }


def _datasets(catalog: Path, metrics: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    with duckdb.connect(catalog, read_only=True) as connection:
        views = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
        ).fetchall()
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY table_name, column_index"
        ).fetchall()
    return [
        {
            "table_name": view,
            "schema": "main",
            "description": about,
            "main_dttm_col": next((name for table, name, kind, _ in columns if table == view and _is_time(kind)), None),
            "columns": [
                {
                    "column_name": name,
                    "type": kind,
                    "description": comment,
                    "is_dttm": _is_time(kind),
                    "groupby": True,
                    "filterable": True,
                    "is_active": True,
                }
                for table, name, kind, comment in columns
                if table == view
            ],
            "metrics": [
                {
                    "metric_name": name,
                    "expression": told["sql"],
                    "verbose_name": told["label"],
                    "d3format": told.get("format"),
                }
                for name, told in metrics.get(view, {"rows": {"sql": "COUNT(*)", "label": "行 · Rows"}}).items()
            ],
            "uuid": _id(f"dataset {view}"),
            "database_uuid": _id("database"),
            "version": _VERSION,
        }
        for view, about in views
    ]


def _is_time(kind: str) -> bool:
    return kind.startswith(("DATE", "TIMESTAMP"))


def _chart(chart: dict[str, Any]) -> dict[str, Any]:
    params = {"viz_type": _KINDS[chart["kind"]], "row_limit": 1000, **_filters(chart), **_params(chart)}
    params |= chart.get("params", {})
    context = {
        "datasource": {"id": 0, "type": "table"},
        "force": False,
        "queries": [_query(chart)],
        "form_data": params,
        "result_format": "json",
        "result_type": "full",
    }
    return {
        "slice_name": chart["name"],
        "description": chart.get("about"),
        "viz_type": params["viz_type"],
        "params": params,
        # what the REST API runs when it is asked for the chart's rows
        "query_context": json.dumps(context, ensure_ascii=False),
        "uuid": _id(chart["name"]),
        "dataset_uuid": _id(f"dataset {chart['view']}"),
        "version": _VERSION,
    }


def _filters(chart: dict[str, Any]) -> dict[str, Any]:
    if "where" not in chart:
        return {"adhoc_filters": []}
    return {"adhoc_filters": [{"clause": "WHERE", "expressionType": "SQL", "sqlExpression": chart["where"]}]}


def _params(chart: dict[str, Any]) -> dict[str, Any]:
    by = [chart["by"]] if "by" in chart else []
    match chart["kind"]:
        case "number":
            return {
                "metric": chart["metric"],
                "subtitle": chart["says"],
                "header_font_size": 0.5,
                "subtitle_font_size": 0.25,
                "y_axis_format": chart.get("format"),
            }
        case "bars" | "sideways":
            return {
                "x_axis": chart["x"],
                "metrics": [chart["metric"]],
                "groupby": by,
                "orientation": "horizontal" if chart["kind"] == "sideways" else "vertical",
                "stack": "Stack" if by else None,
                "show_legend": bool(by),
                "legendOrientation": "top",
                "rich_tooltip": True,
                "color_scheme": "supersetColors",
                "y_axis_format": chart.get("format"),
                "show_value": not by,
                "truncate_metric": True,
                "x_axis_sort": chart["metric"] if chart["kind"] == "sideways" else None,
                "x_axis_sort_asc": True,
            }
        case "table":
            return {
                "query_mode": "aggregate",
                "groupby": chart["columns"],
                "metrics": [chart["metric"]],
                "order_desc": True,
                "show_cell_bars": False,
            }
        case _:
            return {
                "query_mode": "raw",
                "all_columns": chart["columns"],
                "order_by_cols": [json.dumps([chart["order"], False])],
                "column_config": {name: {"d3NumberFormat": form} for name, form in chart["formats"].items()},
                "table_timestamp_format": "%Y-%m-%d",
                "show_cell_bars": False,
            }


def _query(chart: dict[str, Any]) -> dict[str, Any]:
    axis: list[Any] = []
    if "x" in chart:
        told = {"columnType": "BASE_AXIS", "expressionType": "SQL"}
        axis = [{**told, "sqlExpression": chart["x"], "label": chart["x"]}]
    return {
        "columns": [*axis, *([chart["by"]] if "by" in chart else []), *chart.get("columns", [])],
        "metrics": [chart["metric"]] if "metric" in chart else None,
        "extras": {"where": chart.get("where", "")},
        "filters": [],
        "row_limit": 1000,
    }


def _dashboard(declared: dict[str, Any], charts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "dashboard_title": declared["title"],
        "slug": declared["slug"],
        "published": True,
        "position": _position(declared),
        "metadata": {
            "native_filter_configuration": [_filter("source", "来源 · Source"), _filter("kind", "体裁 · Kind")],
            "cross_filters_enabled": True,
            "color_scheme": "supersetColors",
            "refresh_frequency": 0,
        },
        "uuid": _id("dashboard"),
        "version": _VERSION,
    }


def _position(declared: dict[str, Any]) -> dict[str, Any]:
    rows = [f"ROW-{number}" for number in range(len(declared["rows"]))]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": declared["title"]}},
    }
    # Superset puts its own numbers in the place of these
    number = count(1)
    for name, row in zip(rows, declared["rows"], strict=True):
        places = [f"CHART-{_id(chart['name'])}" for chart in row["charts"]]
        position[name] = {
            "type": "ROW",
            "id": name,
            "children": places,
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for place, chart in zip(places, row["charts"], strict=True):
            position[place] = {
                "type": "CHART",
                "id": place,
                "children": [],
                "parents": ["ROOT_ID", "GRID_ID", name],
                "meta": {
                    "uuid": _id(chart["name"]),
                    "chartId": next(number),
                    "sliceName": chart["name"],
                    "width": chart["width"],
                    "height": row["height"],
                },
            }
    return position


def _filter(column: str, name: str) -> dict[str, Any]:
    return {
        "id": f"NATIVE_FILTER-{column}",
        "name": name,
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"datasetUuid": _id("dataset v_articles"), "column": {"name": column}}],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "cascadeParentIds": [],
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False, "inverseSelection": False},
        "defaultDataMask": {"filterState": {}, "extraFormData": {}},
    }
