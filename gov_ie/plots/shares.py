"""Who asked for information, and how requests ended: shares by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gov_ie.errors import GovIEError
from gov_ie.fields import FIELDS
from gov_ie.forms import load_form
from gov_ie.plots.fonts import Language, dress, label
from gov_ie.plots.panel import chosen_rows, span
from gov_ie.plots.style import COLOURS, GREY, grid, note, open_axes, year_axis
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_OUTCOMES = ("granted", "partially_granted", "refused", "unavailable", "not_processed", "other")
_APPLICANTS = {
    "natural_person": "natural persons",
    "enterprise": "enterprises",
    "research": "research institutions",
    "public_interest": "public-interest organisations",
    "legal_service": "legal-service institutions",
    "other": "other organisations",
}
#: In the order of the parts: neighbours differ in lightness as well.
_PARTS = (COLOURS[2], COLOURS[5], COLOURS[1], COLOURS[4], COLOURS[3], GREY)


def outcomes(data: pd.DataFrame | Iterable[Report], *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """How requests ended, as shares of the requests answered in a year, all bodies together.

    A report counts when the outcomes that it states add up to the requests that it says were answered (``applications.handled``); the line above the plot says how many do. ``n`` is requests.

    Args:
        data: reports, or the frame of :func:`gov_ie.series`.
        language: of the labels.
        ax: where to draw.

    Raises:
        ImportError: matplotlib or pandas is missing (``pip install 'gov-ie[plots]'``).
        GovIEError: no report counts.
    """
    fields = [FIELDS[f"applications.{name}"] for name in _OUTCOMES]
    short = {"applications.unavailable": "could not be provided"}
    labels = [label(short.get(field.path, field.meaning), field.term, language) for field in fields]
    said = label("Share of requests answered (%)", "占办理结果总数的比例（%）", language)
    return _shares(data, [field.path for field in fields], "applications.handled", labels, said, language, ax)


def applicants(data: pd.DataFrame | Iterable[Report], *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """Who made the requests received in a year, as shares, all bodies together; the printed forms of 2019 and 2021 tell.

    A report counts when the kinds of applicants that its form states add up to its total. ``n`` is requests. Arguments and errors as of :func:`outcomes`.
    """
    columns = {column.key: column.label for column in load_form("2021").applications.columns}
    labels = [label(meaning, "其他组织" if name == "other" else columns[name], language) for name, meaning in _APPLICANTS.items()]
    row = "tables.applications.received"
    return _shares(data, [f"{row}.{name}" for name in _APPLICANTS], f"{row}.total", labels, label("Share of requests received (%)", "占新收申请的比例（%）", language), language, ax)


def _shares(data: pd.DataFrame | Iterable[Report], parts: Sequence[str], whole: str, labels: Sequence[str], said: str, language: Language, ax: Axes | None) -> Axes:
    ax = open_axes(ax)
    panel = chosen_rows(data, [*parts, whole])
    full = panel[(panel[list(parts)].sum(axis=1, min_count=1) == panel[whole]).fillna(False)]
    if full.empty:
        raise GovIEError(f"none of {len(panel)} reports states the parts of {whole} in full: there are no shares to plot")
    years = span(full)
    sums = full.groupby("year")[[*parts, whole]].sum()
    stated = dict(zip(map(int, sums.index), map(int, sums[whole]), strict=True))
    bottom = dict.fromkeys(years, 0.0)
    for part, name, colour in zip(parts, labels, _PARTS, strict=True):
        counted = zip(stated.items(), map(int, sums[part]), strict=True)
        shares = {year: 100 * count / total for (year, total), count in counted if total}
        ax.bar(list(shares), list(shares.values()), bottom=[bottom[year] for year in shares], width=0.72, color=colour, edgecolor="white", linewidth=0.8, label=name)
        for year, share in shares.items():
            if share >= 7 and len(years) <= 12:
                ax.text(year, bottom[year] + share / 2, f"{share:.0f}", ha="center", va="center", fontsize="x-small", color="black" if colour in (COLOURS[4], COLOURS[5], COLOURS[3], GREY) else "white")
            bottom[year] += share
    for at, shown in [(years[0] - 0.6, "n ="), *((year, f"{stated[year]:,}" if year in stated else "–") for year in years)]:
        ax.text(at, 101.5, shown, ha="center", va="bottom", fontsize="x-small" if len(years) <= 9 else "xx-small")
    ax.set_ylim(0, 100)
    ax.set_yticks(range(0, 101, 20))
    grid(ax)
    year_axis(ax, years, label("Year reported on (n: requests; – no report that states the parts in full)", "报告年度（n：申请件数；–：无完整载明的报告）", language))
    ax.set_ylabel(said)
    note(ax, label(f"{len(full)} of {len(panel)} reports state the parts in full\n", f"{len(panel)}份报告中{len(full)}份完整载明\n", language))
    handles, texts = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], texts[::-1], loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, borderaxespad=0, fontsize="small")
    dress(ax)
    return ax
