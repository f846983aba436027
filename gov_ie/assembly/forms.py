"""Statistics tables → fields: the cells go into ``Report.tables``, and what they say fills the fields of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gov_ie.forms import load_form
from gov_ie.forms.cells import cell_name
from gov_ie.report import Check, Considered, Evidence, NamedCount, Origin, Report
from gov_ie.tables import AnnexCell, Forms, TableCell
from gov_ie.tables.annex import annex_fields, annex_lists, annex_sums

#: Share of right cells among those that are read, on generated forms (``benchmarks/forms.py``); for real ones an upper bound.
CELL = 0.999
#: What the statistics annex is called as an edition of a form; local annexes of other years are read as it is.
ANNEX = "2014"
_RESULTS = ("total", "upheld", "corrected", "other", "pending")



def fill_from_forms(report: Report, forms: Forms, text: str) -> list[Check]:
    """Put the cells of the forms into a report whose other fields come from the running text; the table wins.

    Args:
        report: is changed.
        forms: what was read from the tables.
        text: the text that cells and evidence point into.

    Returns:
        a check for every field that both the running text and a table state, with the evidence of both, and for every sum of the annex.
    """
    fill = _Fill(report, text, forms.form)
    for path, cell in forms.cells.items():
        fill.cell(path.split("."), cell)
    if forms.cells:
        report.origins["tables"] = Origin(by="form", label=forms.form)
    for line in forms.annex:
        fill.cell(["annex", line.name], _cell(line))
    if forms.annex:
        report.origins["tables.annex"] = Origin(by="form", label=ANNEX)
    for path, value, cells in _derive(forms):
        fill.field(path, value, cells)
    fill.form = ANNEX
    for path, lines in annex_fields(forms.annex).items():
        fill.field(path, sum(line.value for line in lines), {f"annex.{line.name}": _cell(line) for line in lines})
    for path, entries in annex_lists(forms.annex).items():
        fill.entries(path, [(name, line.name, _cell(line)) for name, line in entries])
    for whole, parts in annex_sums(forms.annex):
        rule = f"tables.annex: {' + '.join(part.name for part in parts)} = {whole.name}"
        left = sum(part.value for part in parts)
        fill.checks.append(Check(rule=rule, left=left, right=whole.value, ok=left == whole.value))
    report.warnings += forms.warnings
    return fill.checks


def _printed(cells: Iterable[str], form: str | None) -> str:
    """The cells as they are called in print, the table once: 收到和处理政府信息公开申请情况: 予以公开 · 总计."""
    names = [name for cell in cells if (name := cell_name(cell, form)) is not None]
    return " + ".join(str(name if i == 0 or name.table != names[i - 1].table else name._replace(table="")) for i, name in enumerate(names))


def _cell(line: AnnexCell) -> TableCell:
    return TableCell(line.value, line.start, line.end)


class _Fill:
    """Puts figures of tables into a report, with evidence and confidence, and compares them with what the running text said."""

    def __init__(self, report: Report, text: str, form: str | None) -> None:
        self.report = report
        self.text = text
        self.form = form
        self.checks: list[Check] = []

    def cell(self, steps: Sequence[str], cell: TableCell) -> None:
        """A cell below ``Report.tables``."""
        tree = self.report.tables
        for step in steps[:-1]:
            tree = tree.setdefault(step, {})
        tree[steps[-1]] = cell.value
        self._mark(".".join(("tables", *steps)), (cell,))

    def field(self, path: str, value: float | int, cells: Mapping[str, TableCell]) -> None:
        """A field that a table states, from cells by their path; what the running text says of it becomes a check."""
        said, said_at, before = self.report.get(path), self.report.evidence.get(path), self.report.origins.get(path)
        evidence = self._mark(path, tuple(cells.values()))
        origin = self.report.origins[path] = Origin(by="form", label=self.form, detail=_printed(cells, self.form), cells=[f"tables.{cell}" for cell in cells], considered=before.considered if before else [])
        if said is not None and said_at is not None:
            origin.considered.append(Considered(value=said, start=said_at.start, end=said_at.end, text=said_at.text, why="the running text says it, and a table wins over it"))
            origin.considered.sort(key=lambda row: row.start)
            self.checks.append(Check(rule=f"{path}: text = table", left=said, right=value, ok=said == value, evidence=[said_at, evidence]))
        part, _, name = path.rpartition(".")
        setattr(self.report.get(part) if part else self.report, name, value)

    def entries(self, path: str, entries: Sequence[tuple[str, str, TableCell]]) -> None:
        """A list of named counts, where the running text gives none: it may call the same channels by other names."""
        part, _, name = path.rpartition(".")
        if self.report.get(path):
            return
        setattr(self.report.get(part), name, [NamedCount(name=called, count=int(cell.value)) for called, _, cell in entries])
        for i, (_, printed, cell) in enumerate(entries):
            for key in ("name", "count"):
                self._mark(f"{path}[{i}].{key}", (cell,))
                self.report.origins[f"{path}[{i}].{key}"] = Origin(by="form", label=self.form, detail=printed, cells=[f"tables.annex.{printed}"])

    def _mark(self, path: str, cells: Sequence[TableCell]) -> Evidence:
        """Evidence of a value: of several cells, from the first to the last."""
        start, end = min(c.start for c in cells), max(c.end for c in cells)
        evidence = Evidence(start=start, end=end, text=self.text[start:end])
        self.report.evidence[path] = evidence
        self.report.confidence[path] = CELL
        return evidence


def _derive(forms: Forms) -> Iterator[tuple[str, float | int, dict[str, TableCell]]]:
    """The fields that the forms of 2019 and 2021 state: path, value, and the cells it was added up from."""
    if forms.form is None:
        return
    sums = {path: [f"applications.{row}.total" for row in rows] for path, rows in load_form(forms.form).applications.fields.items()}
    for result in _RESULTS:
        sums[f"reviews.{result}"] = [f"reviews.{result}"]
        sums[f"litigation.{result}"] = [f"litigation.direct.{result}", f"litigation.after_review.{result}"]
    for path, cells in sums.items():
        found = {cell: forms.cells[cell] for cell in cells if cell in forms.cells}
        # Empty cells count as nothing, but not those that are printed and could not be read.
        if found and not any(cell in forms.unsure for cell in cells):
            yield path, sum(cell.value for cell in found.values()), found
