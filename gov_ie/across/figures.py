"""The figures of two reports side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel

from gov_ie.fields import FIELDS
from gov_ie.forms.annex import key
from gov_ie.forms.cells import cell_name
from gov_ie.report import Evidence, Report

#: Fields that hold a figure, ``[]`` for any place in a list.
FIGURES = tuple(path for path, field in FIELDS.items() if field.unit not in (None, "ISO 8601"))
_Key = tuple[str, str, int]


class Figure(BaseModel):
    """What two reports say of one thing; ``None`` is what a report does not say, and no nought.

    Attributes:
        path: of the field or cell, ``[]`` for the place in a list (``disclosure.by_channel[].count``).
        name: of the item of a list, as the later report prints it if it has it. Items are matched by name: width, blanks, quotes and marks aside.
        status: ``changed`` and ``unchanged`` where both reports state it, ``appeared`` where only the later one does (not stated before), ``vanished`` where it no longer is.
        earlier, later: the values.
        difference: later − earlier, where both are stated.
        ratio: later / earlier, where both are stated and the earlier is not 0.
        earlier_path, later_path: where each report has it (``disclosure.by_channel[2].count``).
        earlier_evidence, later_evidence: the words.
        confidence: the lower of the two.
        note: why the two are not quite the same thing: another edition of the form prints something else over the column.
    """

    path: str
    name: str | None = None
    status: Literal["changed", "unchanged", "appeared", "vanished"]
    earlier: int | float | None = None
    later: int | float | None = None
    difference: int | float | None = None
    ratio: float | None = None
    earlier_path: str | None = None
    later_path: str | None = None
    earlier_evidence: Evidence | None = None
    later_evidence: Evidence | None = None
    confidence: float | None = None
    note: str | None = None


def find_figures(earlier: Report, later: Report) -> list[Figure]:
    """Every figure that one of the reports states: fields in the order of the schema, then the cells of forms, but for those that a field says again."""
    before, after = stated(earlier), stated(later)
    order = {path: i for i, path in enumerate(FIGURES)}
    again = [(figures.keys(), _said_again(report)) for report, figures in ((earlier, before), (later, after))]
    keys = sorted((row for row in {**before, **after} if not all(row not in stated or row[0] in cells for stated, cells in again)), key=lambda row: order.get(row[0], len(order)))
    return [_figure(row, earlier, before.get(row), later, after.get(row)) for row in keys]


def _said_again(report: Report) -> set[str]:
    """The cells of which a field was read that no other cell belongs to."""
    return {origin.cells[0] for path, origin in report.origins.items() if len(origin.cells) == 1 and "[" not in path}


def stated(report: Report) -> dict[_Key, tuple[str, int | float]]:
    """The figures that a report states: ``(field, name of the item, its number among those of the name)`` → path and value."""
    found: dict[_Key, tuple[str, int | float]] = {}
    for path in FIGURES:
        whole, _, part = path.partition("[].")
        if not part:
            value = report.get(path)
            if value is not None:
                found[path, "", 0] = path, value
            continue
        seen: Counter[str] = Counter()
        for i, item in enumerate(report.get(whole)):
            name = key(item.name)
            value = getattr(item, part)
            if value is not None:
                found[path, name, seen[name]] = f"{whole}[{i}].{part}", value
            seen[name] += 1
    for path, value in _cells(report.tables, "tables"):
        found[path, "", 0] = path, value
    return found


def _cells(tree: dict[str, Any], path: str) -> Iterator[tuple[str, int | float]]:
    for name, below in tree.items():
        if isinstance(below, dict):
            yield from _cells(below, f"{path}.{name}")
        elif below is not None:
            yield f"{path}.{name}", below


def _figure(row: _Key, earlier: Report, before: tuple[str, int | float] | None, later: Report, after: tuple[str, int | float] | None) -> Figure:
    path = row[0]
    first, second = before[0] if before else None, after[0] if after else None
    left, right = before[1] if before else None, after[1] if after else None
    both = left is not None and right is not None
    confidences = [report.confidence[at] for report, at in ((earlier, first), (later, second)) if at is not None and at in report.confidence]
    return Figure(
        path=path,
        name=_name(later, second) or _name(earlier, first),
        status=("unchanged" if left == right else "changed") if both else "appeared" if left is None else "vanished",
        earlier=left,
        later=right,
        difference=_difference(left, right),
        ratio=right / left if left and right is not None else None,
        earlier_path=first,
        later_path=second,
        earlier_evidence=earlier.evidence.get(first) if first else None,
        later_evidence=later.evidence.get(second) if second else None,
        confidence=min(confidences, default=None),
        note=_renamed(path, earlier, later) if both and path.startswith("tables.") else None,
    )


def _difference(left: int | float | None, right: int | float | None) -> int | float | None:
    if left is None or right is None:
        return None
    return round(right - left, 4) if isinstance(left, float) or isinstance(right, float) else right - left


def _name(report: Report, path: str | None) -> str | None:
    """The name of the item of a list that a path is in."""
    item = re.match(r"(.+\])\.", path or "")
    return report.get(f"{item.group(1)}.name") if item else None


def _renamed(path: str, earlier: Report, later: Report) -> str | None:
    """What each edition prints over a column of this key, where the one is not the other with a word more or less."""
    forms = [report.origins["tables"].label if "tables" in report.origins else None for report in (earlier, later)]
    if None in forms or forms[0] == forms[1]:
        return None
    names = [cell_name(path, form) for form in forms]
    if names[0] is None or names[1] is None or names[0].column in names[1].column or names[1].column in names[0].column:
        return None
    return f"{names[0].column} in the form of {forms[0]}, {names[1].column} in that of {forms[1]}"
