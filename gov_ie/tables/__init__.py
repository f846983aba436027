"""The statistics tables of a report: which form a stretch of print is, and which row and column a figure stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gov_ie.forms import FORM_IDS, FormId, load_form
from gov_ie.reading.grid import Grid
from gov_ie.tables import applications, disclosure, proceedings
from gov_ie.tables.annex import AnnexCell, read_annex
from gov_ie.tables.debris import find_debris
from gov_ie.tables.lines import han, read_lines
from gov_ie.tables.reading import TableCell, TableReading
from gov_ie.tables.regions import Region, find_regions
from gov_ie.tables.view import open_view

__all__ = ["AnnexCell", "Forms", "TableCell", "read_forms"]


@dataclass
class Forms:
    """What the statistics tables of a report say.

    Attributes:
        form: ``"2019"`` or ``"2021"``, ``None`` when no table of these was found.
        cells: path below ``Report.tables`` → figure of these tables with its place in the text.
        unsure: paths of cells that are printed but could be read in more than one way; they are left out of ``cells``.
        annex: the cells of the statistics annex, in printed order.
        stretches: where the tables stand in the text.
        warnings: what a reader should know.
    """

    form: FormId | None = None
    cells: dict[str, TableCell] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    annex: list[AnnexCell] = field(default_factory=list)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_forms(text: str, grids: Sequence[Grid] = ()) -> Forms:
    """Read the printed forms in a text: the tables of 2019 and 2021, and the statistics annex of 2014 and of other years and places.

    Args:
        text: the text of a report as it was read.
        grids: the tables that its file marks as such, pointing into ``text``.
    """
    view = open_view(text, grids)
    forms = _read(view.text, view.grids)
    forms.cells = {path: replace(cell, start=start, end=end) for path, cell in forms.cells.items() for start, end in [view.back(cell.start, cell.end)]}
    forms.annex = [replace(cell, start=start, end=end) for cell in forms.annex for start, end in [view.back(cell.start, cell.end)]]
    forms.stretches = _joined([view.stretch_back(start, end) for start, end in forms.stretches])
    return forms


def _read(text: str, grids: Sequence[Grid]) -> Forms:
    regions = find_regions(text)
    annex = read_annex(text, grids)
    stretches = _joined([*((r.start, r.end) for r in regions), *annex.stretches, *find_debris(text)])
    if not regions:
        return Forms(annex=annex.cells, stretches=stretches, warnings=annex.warnings)
    form_id = identify(text, regions)
    form = load_form(form_id)
    reading = TableReading()
    lines = [list(read_lines(text, grids, region.start, region.end)) for region in regions]
    # The table of requests tells best whether empty cells vanished; where it is not run together, the first table may.
    told = [applications.is_sparse(own, form.applications) for region, own in zip(regions, lines, strict=True) if region.table == "applications"]
    hinted = any(disclosure.is_sparse(own, form.disclosure) for region, own in zip(regions, lines, strict=True) if region.table == "disclosure")
    sparse = told[0] if told and told[0] is not None else hinted
    for region, own in zip(regions, lines, strict=True):
        if region.table == "disclosure":
            reading.update(disclosure.read_disclosure(own, form.disclosure, text[region.start : region.end], sparse=sparse or hinted))
        elif region.table == "applications":
            reading.update(applications.read_applications(own, form.applications))
        else:
            reading.update(proceedings.read_proceedings(own, form.proceedings, sparse=sparse))
    return Forms(form_id, reading.cells, reading.unsure, annex.cells, stretches, [*reading.warnings, *annex.warnings])


def identify(text: str, regions: Sequence[Region]) -> FormId:
    """Which form the tables are, by the labels that only one of the forms has."""
    printed = han("".join(text[r.start : r.end] for r in regions))
    labels = {form: _labels(form) for form in FORM_IDS}
    own = {form: labels[form] - set().union(*(labels[other] for other in FORM_IDS if other != form)) for form in FORM_IDS}
    return max(FORM_IDS, key=lambda form: (sum(label in printed for label in own[form]) / len(own[form]), form))


def _labels(form_id: FormId) -> set[str]:
    form = load_form(form_id)
    labels = [*form.applications.rows, *(c for s in form.disclosure.sections for c in (*s.columns, *s.rows))]
    return {han(label.label) for label in labels} - {"其他", "其他处理", "行政规范性文件", "规范性文件"}


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
