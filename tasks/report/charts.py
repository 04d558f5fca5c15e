"""Charts as SVG: Vega-Lite says what is drawn, vl-convert draws it here and now, with nothing from outside.

Written as Vega-Lite itself: to import Altair takes as long as to draw. The tests hold the charts against its schema.
"""

import re
from typing import Any

from tasks.report.trends import BEFORE, NOW, Rows

ACCENT, QUIET, GRID = "#0b6e75", "#8b949e", "#e7eaee"
_FONT = "system-ui, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
_WIDTH = 300
_CONFIG = {
    "background": "transparent",
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "gridColor": GRID,
        "domainColor": "#c9ced6",
        "tickColor": "#c9ced6",
        "labelColor": "#57606a",
        "labelFontSize": 11,
        "titleColor": "#57606a",
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "#57606a", "labelFontSize": 11, "title": None, "orient": "top", "symbolType": "square"},
    "title": {"anchor": "start", "color": "#1f2328", "fontSize": 13, "fontWeight": 600, "offset": 8},
}


def distributions(families: dict[str, Rows], titles: dict[str, str]) -> str:
    """Bars of the newest run with a tick at the earlier median, one panel a family, three in a row; empty without data.

    Args:
        families: rows (bin, order, share, series) by family.
        titles: what the panels are called.
    """
    panels = [panel(family, rows, titles[family]) for family, rows in families.items() if rows]
    return svg({"concat": panels, "columns": 3, "spacing": 28}) if panels else ""


def panel(family: str, rows: Rows, title: str) -> dict[str, Any]:
    """The chart of one family."""
    # layers are sorted together only by an order that is told
    bins = {"field": "bin", "type": "nominal", "sort": list(dict.fromkeys(row["bin"] for row in rows)), "title": None}
    share = {"field": "share", "type": "quantitative", "title": None, "axis": {"format": "%", "tickCount": 4}}
    if family == "articles_of_kind":
        encoding = {"x": share, "y": bins}
    else:
        # a comma at the size of a number is a speck
        size = 17 if family == "punctuation_marks" else 11
        axis = {"labelAngle": 0, "labelOverlap": False, "labelFontSize": size}
        encoding = {"x": {**bins, "axis": axis}, "y": share}
    marks = {
        NOW: {"type": "bar", "color": ACCENT, "opacity": 0.6},
        BEFORE: {"type": "tick", "color": "#1f2328", "thickness": 2.5},
    }
    layers = [
        {"mark": mark, "encoding": encoding, "transform": [{"filter": {"field": "series", "equal": series}}]}
        for series, mark in marks.items()
    ]
    return {"title": title, "data": {"values": rows}, "layer": layers, "width": _WIDTH, "height": 150}


def volumes(rows: Rows) -> str:
    """Documents by release, stacked by source."""
    return svg(stacked(rows))


def stacked(rows: Rows) -> dict[str, Any]:
    """The chart of documents (value) by release and source."""
    return {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "release", "type": "ordinal", "title": "release", "axis": {"labelAngle": 0}},
            "y": {"field": "value", "type": "quantitative", "title": "documents", "axis": {"tickCount": 4}},
            "color": {"field": "source", "type": "nominal", "scale": {"scheme": "teals"}},
        },
        "width": 480,
        "height": 150,
    }


def svg(chart: dict[str, Any]) -> str:
    """Draw a chart of Vega-Lite in the colours of the report."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg({**chart, "config": _CONFIG}, vl_version="6.4")
    # sixteen digits of a coordinate are half the size of a chart
    drawn = re.sub(r"(\d+\.\d{2})\d+", r"\1", drawn)
    # the size stays in the view box, so that the page can shrink it
    return re.sub(r'<svg ([^>]*?) width="[\d.]+" height="[\d.]+"', r"<svg \1", drawn, count=1)
