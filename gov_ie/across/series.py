"""Reports as a panel: a row for every body and year, gaps and duplicates visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any

from gov_ie.across.bodies import Named, find_bodies
from gov_ie.errors import GovIEError
from gov_ie.export.columns import reports_of
from gov_ie.export.duplicates import places_of
from gov_ie.export.frame import to_frame
from gov_ie.forms import load_form
from gov_ie.report import Report

if TYPE_CHECKING:
    import pandas as pd

#: Requests received by kind of applicant, cells of the forms of 2019 and 2021.
APPLICANTS = tuple(f"tables.applications.received.{column.key}" for column in load_form("2021").applications.columns)
#: Columns that come first.
KEYS = ("body", "year", "reported", "chosen")


def series(reports: Report | Iterable[Report], *, years: tuple[int, int] | None = None, differences: str | Sequence[str] = (), names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The reports by body and year.

    Args:
        reports: may be a stream, which is read once, or a single one.
        years: first and last year that every body shall have a row for; by default those of its own first and last report. Reports outside are kept.
        differences: columns (or one) of which the change from the year before is wanted: NA where the body has no report of that year, or one of the two does not state it.
        names: a body's name as reports give it, or as in the column ``body`` → the name that it counts under, for bodies that were renamed or merged:
            ``{"平川县卫生局": "平川县卫生健康委员会"}``. It holds for all names of the body, with or without its city before the county. Width and blanks do not matter, the value may be a key itself,
            and a name that no report has is passed over, so that one mapping does for many panels.

    Returns:
        a DataFrame, a row for every report and for every missing year, sorted by body and year; reports that name no body or no year come last. Columns:

        * ``body``: the longest name under which the body reports. Names are joined only where the reports leave no doubt (:func:`gov_ie.across.bodies.find_bodies`); a renamed body is another one unless
          ``names`` says what it is. Bodies of one name whose places are known and differ (``report.place``) have the place behind it: ``鼓楼区水务局(江苏省南京市鼓楼区)``.
        * ``year``
        * ``reported``: ``False`` in the row of a missing year, whose other columns are NA.
        * ``chosen``: ``True`` in one row of every body and year, so that ``frame[frame.chosen]`` is the panel. Of several reports of one body and year it is the one that
          states the latest date of publication; of those the one that states more figures; of those the first given. A report that names no body or no year is never chosen.
        * the columns of :func:`gov_ie.to_frame`, and requests received by kind of applicant (``tables.applications.received.natural_person`` …). ``duplicate`` numbers the reports of one name and year as
          they were given, ``chosen`` is by body and by content.
        * ``….change`` for each of ``differences``.

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
        GovIEError: ``years`` are no range, a column of ``differences`` is no column of numbers, something given is no report, or ``names`` go round in a circle, give a name two others, or are no names.
    """
    if years is not None and not (isinstance(years, Sequence) and len(years) == 2 and all(isinstance(year, Integral) for year in years)):
        raise GovIEError(f"years={years!r}: give the first and the last year, (2013, 2018)")
    if years is not None and years[0] > years[1]:
        raise GovIEError(f"years={years}: the first year is later than the last; give (first, last)")
    if isinstance(differences, str):
        differences = [differences]
    rows = list(reports_of(reports))
    frame = to_frame(rows)
    import pandas as pd

    missing = [column for column in differences if column not in frame or not pd.api.types.is_numeric_dtype(frame[column])]
    if missing:
        raise GovIEError(f"differences: {', '.join(missing)}: no column of figures; the columns are those of gov_ie.to_frame")
    bodies = find_bodies([Named(report.organization.name, report.year, place) for report, place in zip(rows, places_of(frame), strict=True)], names)
    added: dict[str, Any] = {"body": pd.array(bodies, dtype="string"), "reported": pd.Series(True, index=frame.index, dtype=bool), "chosen": pd.Series(_chosen(rows, bodies), dtype=bool)}
    added |= {path: pd.array([_cell(report, path) for report in rows], dtype="Int64") for path in APPLICANTS}
    frame = pd.concat([frame, pd.DataFrame(added, index=frame.index)], axis=1)
    frame = frame[[*KEYS, *(column for column in frame if column not in KEYS)]]
    gaps = _gaps(rows, bodies, years)
    if gaps:
        empty = pd.DataFrame(gaps, columns=["body", "year"]).assign(reported=False, chosen=True).reindex(columns=frame.columns)
        frame = pd.concat([frame, empty.astype(frame.dtypes.to_dict())], ignore_index=True)
    frame = frame.sort_values(["body", "year", "chosen"], ascending=[True, True, False], kind="stable", na_position="last", ignore_index=True)
    for column in differences:
        frame[f"{column}.change"] = _change(frame, column)
    return frame


def _cell(report: Report, path: str) -> Any:
    try:
        return report.get(path)
    except KeyError:
        return None


def _chosen(rows: Sequence[Report], bodies: Sequence[str | None]) -> list[bool]:
    best: dict[tuple[str, int], tuple[tuple[str, int], int]] = {}
    for i, (report, body) in enumerate(zip(rows, bodies, strict=True)):
        if body is None or report.year is None:
            continue
        rank = report.published or "", len(report.evidence)
        if (body, report.year) not in best or rank > best[body, report.year][0]:
            best[body, report.year] = rank, i
    taken = {i for _, i in best.values()}
    return [i in taken for i in range(len(rows))]


def _gaps(rows: Sequence[Report], bodies: Sequence[str | None], years: tuple[int, int] | None) -> list[tuple[str, int]]:
    """Body and year of every missing report."""
    there: dict[str, set[int]] = {}
    for report, body in zip(rows, bodies, strict=True):
        if body is not None and report.year is not None:
            there.setdefault(body, set()).add(report.year)
    spans = {body: years or (min(known), max(known)) for body, known in there.items()}
    return [(body, year) for body, (first, last) in spans.items() for year in range(first, last + 1) if year not in there[body]]


def _change(frame: pd.DataFrame, column: str) -> pd.Series[Any]:
    """The change of a column from the chosen row of the year before to that of the year; NA in other rows."""
    panel = frame[frame["chosen"]]
    before = panel.groupby("body")[column].shift(1)
    return (panel[column] - before).where(panel["year"] - panel.groupby("body")["year"].shift(1) == 1).reindex(frame.index)
