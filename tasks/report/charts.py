"""Charts as SVG: Altair says what is drawn, vl-convert draws it here and now, with nothing from outside."""

import re
from contextlib import AbstractContextManager
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
    panels = [_panel(family, rows, titles[family]) for family, rows in families.items() if rows]
    return _svg({"concat": panels, "columns": 3, "spacing": 28}) if panels else ""


def _panel(family: str, rows: Rows, title: str) -> dict[str, Any]:
    import altair as alt

    # layers are sorted together only by an order that is told
    order = list(dict.fromkeys(row["bin"] for row in rows))
    share = alt.Axis(format="%", tickCount=4)
    with _trusted():
        if family == "articles_of_kind":
            x, y = alt.X("share:Q", title=None, axis=share), alt.Y("bin:N", sort=order, title=None)
        else:
            # a comma at the size of a number is a speck
            bins = alt.Axis(labelAngle=0, labelOverlap=False, labelFontSize=17 if family == "punctuation_marks" else 11)
            x, y = alt.X("bin:N", sort=order, title=None, axis=bins), alt.Y("share:Q", title=None, axis=share)
        base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
        bars = base.transform_filter(alt.datum.series == NOW).mark_bar(color=ACCENT, opacity=0.6)
        ticks = base.transform_filter(alt.datum.series == BEFORE).mark_tick(color="#1f2328", thickness=2.5)
        panel = alt.layer(bars, ticks).properties(title=title, width=_WIDTH, height=150)
        return panel.to_dict(validate=False)


def volumes(rows: Rows) -> str:
    """Documents by release, stacked by source."""
    import altair as alt

    with _trusted():
        chart = (
            alt.Chart(alt.InlineData(values=rows))
            .mark_bar()
            .encode(
                x=alt.X("release:O", title="release", axis=alt.Axis(labelAngle=0)),
                y=alt.Y("value:Q", title="documents", axis=alt.Axis(tickCount=4)),
                color=alt.Color("source:N", scale=alt.Scale(scheme="teals")),
            )
            .properties(width=480, height=150)
        )
        return _svg(chart.to_dict(validate=False))


def _trusted() -> AbstractContextManager[None]:
    """Altair checks every part of a chart against its schema, which costs more than to draw it; ours are tested."""
    from altair.utils.schemapi import debug_mode

    return debug_mode(False)


def _svg(chart: dict[str, Any]) -> str:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg({**chart, "config": _CONFIG}, vl_version="6.4")
    # sixteen digits of a coordinate are half the size of a chart
    drawn = re.sub(r"(\d+\.\d{2})\d+", r"\1", drawn)
    # the size stays in the view box, so that the page can shrink it
    return re.sub(r'<svg ([^>]*?) width="[\d.]+" height="[\d.]+"', r"<svg \1", drawn, count=1)
