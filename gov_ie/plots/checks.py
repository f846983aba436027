"""How often the sums that reports promise fail, by form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gov_ie.errors import GovIEError
from gov_ie.plots.fonts import Language, dress, label
from gov_ie.plots.panel import all_rows
from gov_ie.plots.style import COLOURS, grid, open_axes
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def failed_checks(data: pd.DataFrame | Iterable[Report], *, language: Language = "en", ax: Axes | None = None) -> Axes:
    """The share of checks that fail, by the edition of the printed tables; beside each bar, how many of how many checks, in how many of how many reports.

    Every report that could be read counts, also one of several of a body and year. Checks of one report are not independent of each other.

    Args:
        data: reports, or the frame of :func:`gov_ie.series`.
        language: of the labels.
        ax: where to draw.

    Raises:
        ImportError: matplotlib or pandas is missing (``pip install 'gov-ie[plots]'``).
        GovIEError: no report has a check.
    """
    ax = open_axes(ax)
    rows = all_rows(data, ["tables.edition", "checks", "checks.failed"])
    rows = rows[rows["checks"].notna()]
    if not int(rows["checks"].sum()):
        raise GovIEError(f"none of {len(rows)} reports promises a sum: there are no checks to plot")
    groups = sorted(rows.groupby(rows["tables.edition"].fillna("")), key=lambda item: str(item[0]), reverse=True)
    names, shares = [], []
    for place, (edition, group) in enumerate(groups):
        checks, failed = int(group["checks"].sum()), int(group["checks.failed"].sum())
        share = 100 * failed / checks if checks else 0.0
        names.append(_name(str(edition), language))
        shares.append(share)
        said = f"{share:.1f} %: {failed:,} / {checks:,}" if checks else label("no checks", "无核对项", language)
        reports = label(f"({int((group['checks.failed'] > 0).sum())} of {len(group)} reports)", f"（{len(group)}份报告中{int((group['checks.failed'] > 0).sum())}份）", language)
        ax.annotate(f"{said}  {reports}", (share, place), xytext=(4, 0), textcoords="offset points", va="center", fontsize="small")
    ax.barh(range(len(groups)), shares, height=0.6, color=COLOURS[0])
    ax.set_yticks(range(len(groups)), names)
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, max(1.0, 1.9 * max(shares)))
    ax.set_ylim(-0.6, len(groups) - 0.4)
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    grid(ax, "x")
    ax.set_xlabel(label("Checks that fail (%)", "未通过核对的比例（%）", language))
    dress(ax)
    return ax


def _name(edition: str, language: Language) -> str:
    if not edition:
        return label("no printed tables", "无统计表", language)
    return label(f"form of {edition}".replace("; ", " and "), f"{edition}年表".replace("; ", "、"), language)
