"""Administrative reconsiderations and lawsuits by year and result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from gov_ie.errors import GovIEError
from gov_ie.fields import FIELDS
from gov_ie.plots.fonts import Language, dress, label
from gov_ie.plots.panel import chosen_rows, span
from gov_ie.plots.style import COLOURS, grid, open_axes, year_axis
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Result → English and Chinese label, colour.
_RESULTS = {
    "upheld": ("upheld", "结果维持", COLOURS[0]),
    "corrected": ("corrected", "结果纠正", COLOURS[1]),
    "other": ("other result", "其他结果", COLOURS[5]),
    "pending": ("pending", "尚未审结", COLOURS[4]),
}


def proceedings(data: pd.DataFrame | Iterable[Report], kind: Literal["reviews", "litigation"] = "reviews", *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """Cases of a year by their results, all bodies together.

    ``n`` below a year is the bodies that state a total, which stands above the bar, also when it is 0; where none does there is no bar. Cases whose result is not stated are hatched. A report whose results come to
    more than its total counts with its results.

    Args:
        data: reports, or the frame of :func:`gov_ie.series`.
        kind: ``reviews`` (行政复议) or ``litigation`` (行政诉讼).
        language: of the labels.
        ax: where to draw.

    Raises:
        ImportError: matplotlib or pandas is missing (``pip install 'gov-ie[plots]'``).
        GovIEError: ``kind`` is another one, or no report states a total.
    """
    if kind not in ("reviews", "litigation"):
        raise GovIEError(f"{kind!r}: proceedings are 'reviews' or 'litigation'")
    ax = open_axes(ax)
    columns = [f"{kind}.{result}" for result in _RESULTS]
    panel = chosen_rows(data, [f"{kind}.total", *columns])
    stated = panel[panel[f"{kind}.total"].notna()]
    if stated.empty:
        raise GovIEError(f"{kind}.total: none of {len(panel)} reports states it")
    years = span(panel)
    counts = stated.groupby("year").size()
    with_bar = [year for year in years if year in counts.index]
    sums = stated.groupby("year")[columns].sum().reindex(with_bar)
    open_ended = (stated[f"{kind}.total"] - stated[columns].sum(axis=1)).clip(lower=0).groupby(stated["year"]).sum()
    bottom = [0.0] * len(with_bar)
    for column, (en, zh, colour) in zip(columns, _RESULTS.values(), strict=True):
        heights = [float(value) for value in sums[column]]
        ax.bar(with_bar, heights, bottom=bottom, width=0.7, color=colour, edgecolor="white", linewidth=0.6, label=label(en, zh, language))
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    rest = [float(open_ended[year]) for year in with_bar]
    if any(rest):
        some = [i for i, height in enumerate(rest) if height]
        ax.bar([with_bar[i] for i in some], [rest[i] for i in some], bottom=[bottom[i] for i in some], width=0.7, color="white", edgecolor="#555555", hatch="////", linewidth=0.6, label=label("result not stated", "结果未载明", language))
    for year, low, height in zip(with_bar, bottom, rest, strict=True):
        ax.annotate(f"{low + height:,.0f}", (year, low + height), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize="small")
    ax.locator_params(axis="y", nbins=6, integer=True)
    ax.set_ylim(0, max(1.0, 1.12 * max(low + height for low, height in zip(bottom, rest, strict=True))))
    grid(ax)
    field = FIELDS[kind]
    ax.set_ylabel(label(f"{field.meaning[:1].upper()}{field.meaning[1:]} (cases)", f"{field.term}（件）", language))
    year_axis(ax, years, label("Year reported on (n: bodies that state a total)", "报告年度（n：载明总数的机关数）", language), [int(counts.get(year, 0)) for year in years])
    handles, texts = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], texts[::-1], loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, borderaxespad=0, fontsize="small")
    dress(ax)
    return ax
