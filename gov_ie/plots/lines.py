"""One figure over the years: by body, or summed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gov_ie.errors import GovIEError
from gov_ie.fields import FIELDS
from gov_ie.plots.fonts import Language, dress, label, name_bodies
from gov_ie.plots.panel import chosen_rows, numbers, span
from gov_ie.plots.style import COLOURS, GREY, MARKERS, grid, note, open_axes, year_axis
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: With more bodies each is a thin grey line, and the median is drawn.
MOST = len(COLOURS)
#: Chinese measure words of the units of fields; others are printed without one.
_MEASURES = {"pieces": "条", "requests": "件", "cases": "件", "yuan": "元", "%": "%", "people": "人", "meetings": "次", "courses": "期", "conferences": "次", "interviews": "次", "attendances": "人次", "complaints": "件"}


def over_time(
    data: pd.DataFrame | Iterable[Report],
    field: str = "disclosure.total",
    *,
    summed: bool = False,
    labels: Mapping[str, str] | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Axes:
    """A figure of the reports over the years.

    A line stands for a body and is broken where a year has no report or its report does not state the figure; the second kind are hollow marks on the axis. More bodies than seven are thin lines with their median.
    Summed, a bar is the sum over the bodies that state the figure, and ``n`` below it says how many these are: sums of different ``n`` do not compare.

    Args:
        data: reports, or the frame of :func:`gov_ie.series`.
        field: path of a field that holds one figure.
        summed: bars of sums instead of lines by body; not for rates.
        labels: of bodies, by the name in the column ``body``.
        language: of the labels.
        ax: where to draw.

    Returns:
        the Axes; :func:`gov_ie.plots.key` gives the names of the bodies behind its labels.

    Raises:
        ImportError: matplotlib or pandas is missing (``pip install 'gov-ie[plots]'``).
        GovIEError: ``field`` holds no single figure, cannot be summed, or no report states it.
    """
    entry = FIELDS.get(field)
    if entry is None or entry.unit in (None, "ISO 8601") or "[]" in field:
        raise GovIEError(f"{field}: no field of one figure, such as disclosure.total")
    if summed and entry.unit == "%":
        raise GovIEError(f"{field}: rates cannot be summed")
    ax = open_axes(ax)
    panel = chosen_rows(data, [field])
    if panel[field].isna().all():
        raise GovIEError(f"{field}: none of {len(panel)} reports states it")
    measure = _MEASURES.get(str(entry.unit))
    meaning = entry.meaning[:1].upper() + entry.meaning[1:]
    ax.set_ylabel(label(meaning if str(entry.unit) in entry.meaning else f"{meaning} ({entry.unit})", f"{entry.term}（{measure}）" if measure else entry.term, language))
    grid(ax)
    if summed:
        _bars(ax, panel, field, language)
    else:
        _lines(ax, panel, field, labels, language)
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    dress(ax)
    return ax


def _bars(ax: Axes, panel: pd.DataFrame, field: str, language: Language) -> None:
    years = span(panel)
    by_year = panel.groupby("year")[field]
    sums, counts = by_year.sum(min_count=1), by_year.count()
    stated = [year for year in years if counts.get(year, 0)]
    ax.bar(stated, [float(sums[year]) for year in stated], width=0.7, color=COLOURS[0])
    year_axis(ax, years, label("Year reported on (n: bodies that state the figure)", "报告年度（n：载明该数据的机关数）", language), [int(counts.get(year, 0)) for year in years])


def _lines(ax: Axes, panel: pd.DataFrame, field: str, labels: Mapping[str, str] | None, language: Language) -> None:
    years = span(panel)
    bodies = list(panel["body"].drop_duplicates())
    values = {body: numbers(rows.set_index("year")[field].reindex(years)) for body, rows in panel.groupby("body", sort=False)}
    if len(bodies) <= MOST:
        called = name_bodies(ax, bodies, labels)
        for i, body in enumerate(bodies):
            ax.plot(years, values[body], color=COLOURS[i], marker=MARKERS[i], markersize=5, linewidth=1.6, label=called[body])
    else:
        median = panel.groupby("year")[field].median().reindex(years)
        for body in bodies:
            ax.plot(years, values[body], color=GREY, alpha=0.55, linewidth=0.7, marker=".", markersize=3)
        ax.plot([], [], color=GREY, linewidth=0.7, label=label("one body", "各机关", language))
        ax.plot(years, numbers(median), color=COLOURS[0], linewidth=2.2, marker="o", markersize=4, label=label("median of the bodies that state it", "载明机关的中位数", language))
    silent = panel[panel[field].isna()]
    if len(silent) and len(bodies) <= MOST:
        shown = sorted({int(year) for year in silent["year"]})
        marks: dict[str, Any] = {"marker": "o", "markersize": 6, "markerfacecolor": "white", "markeredgecolor": "#555555", "linestyle": "none", "clip_on": False, "zorder": 5}
        ax.plot(shown, [0] * len(shown), transform=ax.get_xaxis_transform(), label=label("report does not state it", "报告未载明", language), **marks)
    year_axis(ax, years, label("Year reported on", "报告年度", language))
    note(ax, label(f"n = {len(bodies)} bodies, {len(panel)} reports, {len(panel) - len(silent)} state it", f"n = {len(bodies)}个机关，{len(panel)}份报告，其中{len(panel) - len(silent)}份载明", language))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, borderaxespad=0, fontsize="small")
