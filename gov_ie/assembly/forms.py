"""Statistics tables → fields: the cells go into ``Report.tables``, and what they say fills the fields of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gov_ie.report import Check, Evidence, Report
from gov_ie.tables import Forms, TableCell
from gov_ie.tables.catalogue import load_form

#: Share of right cells on generated forms, printed apart and run together (``benchmarks/forms.py``); there is no figure for real ones at this size.
APART, RUN_TOGETHER = 0.995, 0.99
_RESULTS = ("total", "upheld", "corrected", "other", "pending")


@dataclass(frozen=True)
class _Derived:
    """A value that cells of a form give to a field."""

    path: str
    value: int | float
    cells: tuple[TableCell, ...]


def fill_from_forms(report: Report, forms: Forms, text: str) -> list[Check]:
    """Put the cells of the forms into a report whose other fields come from the running text; the table wins.

    Args:
        report: is changed.
        forms: what was read from the tables.
        text: the text that cells and evidence point into.

    Returns:
        a check for every field that both the running text and a table state, with the evidence of both.
    """
    for path, cell in forms.cells.items():
        _put(report.tables, path.split("."), cell.value)
        report.evidence[f"tables.{path}"] = _evidence(text, (cell,))
        report.confidence[f"tables.{path}"] = _confidence((cell,))
    checks = []
    for derived in _derive(forms):
        said, said_at = report.get(derived.path), report.evidence.get(derived.path)
        evidence = _evidence(text, derived.cells)
        if said is not None and said_at is not None:
            checks.append(Check(rule=f"{derived.path}: text = table", left=said, right=derived.value, ok=said == derived.value, evidence=[said_at, evidence]))
        part, _, name = derived.path.rpartition(".")
        setattr(report.get(part), name, derived.value)
        report.evidence[derived.path] = evidence
        report.confidence[derived.path] = _confidence(derived.cells)
    report.warnings += forms.warnings
    return checks


def _derive(forms: Forms) -> Iterator[_Derived]:
    if forms.form is None:
        return
    for path, rows in load_form(forms.form).applications.fields.items():
        derived = _added(forms, path, [f"applications.{row}.total" for row in rows])
        if derived is not None:
            yield derived
    for result in _RESULTS:
        for path, cells in ((f"reviews.{result}", [f"reviews.{result}"]), (f"litigation.{result}", [f"litigation.direct.{result}", f"litigation.after_review.{result}"])):
            derived = _added(forms, path, cells)
            if derived is not None:
                yield derived


def _added(forms: Forms, path: str, cells: Sequence[str]) -> _Derived | None:
    """The cells added up, empty ones left aside; nothing where one is printed but could not be read for certain."""
    found = tuple(forms.cells[cell] for cell in cells if cell in forms.cells)
    if not found or any(cell in forms.unsure for cell in cells):
        return None
    return _Derived(path, sum(cell.value for cell in found), found)


def _evidence(text: str, cells: Sequence[TableCell]) -> Evidence:
    """Where a value stands; of several cells, from the first to the last."""
    start, end = min(c.start for c in cells), max(c.end for c in cells)
    return Evidence(start=start, end=end, text=text[start:end])


def _confidence(cells: Sequence[TableCell]) -> float:
    return APART if all(cell.apart for cell in cells) else RUN_TOGETHER


def _put(tree: dict[str, Any], steps: Sequence[str], value: float | int) -> None:
    for step in steps[:-1]:
        tree = tree.setdefault(step, {})
    tree[steps[-1]] = value
