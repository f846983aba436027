"""The statistics annex of a report: 政府信息公开情况统计表 of 2014 and the annexes (附表) of other years and places, line by line.

Everything here is a pure function of a text and the tables in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gov_ie.forms.annex import annex_form, key
from gov_ie.reading.grid import Grid
from gov_ie.tables.annex.grid import Block, read_grid
from gov_ie.tables.annex.lines import Line, is_money, number, paths
from gov_ie.tables.annex.text import find_runs

_TITLE = re.compile(r"附\s*表|统\s*计\s*(?:报\s*)?表")
_GAP = re.compile(r"\s*(?:[-—－–第]?\s?\d{1,3}\s?[-—－–页]?)?\s*(?:[（(]?续表?[）)]?|续上表)?\s*")
_REPORTED = re.compile(r"(20\d\d)\s*年\s*(?:度)?[^\n。]{0,30}(?:政府信息公开|政务公开|信息公开)[^\n。]{0,12}(?:年度?报告|报告|统计)")


@dataclass(frozen=True)
class AnnexCell:
    """A figure of the annex.

    Attributes:
        name: the indicator as printed, without enumerator, ``其中：``, bracketed notes and white space; where it stands under several headings,
            with the heading and ``/`` before it (``行政复议数量/被依法纠错数``).
        value: the figure of the reported year; an amount that is printed in 万元 is given in yuan.
        start, end: where the figure stands in the text.
        unit: as printed, ``None`` where none is.
        heading: the line it stands under, named in the same way, ``None`` at the top.
    """

    name: str
    value: int | float
    start: int
    end: int
    unit: str | None = None
    heading: str | None = None


@dataclass
class AnnexReading:
    """What :func:`read_annex` finds.

    Attributes:
        cells: the figures in printed order; a line without a figure has none.
        stretches: where the annex stands in the text, from its title to its last line and the captions below, in order and apart.
        warnings: figures that are printed but could not be told.
    """

    cells: list[AnnexCell] = field(default_factory=list)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_annex(text: str, grids: Sequence[Grid] = (), *, year: int | None = None) -> AnnexReading:
    """Read the statistics annex of a report.

    Args:
        text: the report, its tables included.
        grids: the tables that are known as such; what stands outside them is read as words.
        year: the reported year, which chooses among columns called by years; found in the text where not given.
    """
    if year is None and (stated := _REPORTED.search(text[:100_000])):
        year = int(stated.group(1))
    reading = AnnexReading()
    groups: list[tuple[int, list[Line]]] = []
    stretches: list[tuple[int, int]] = []
    covered: list[tuple[int, int]] = []
    blocks: tuple[Block, ...] = ()
    end = -1
    for grid in sorted(grids, key=lambda g: g.start):
        goes_on = bool(blocks) and _GAP.fullmatch(text, end, grid.start) is not None
        above = _title_above(text, grid.start)
        found, blocks_here = read_grid(grid, titled=above < grid.start, year=year, inherited=blocks if goes_on else ())
        if found:
            groups.append((grid.start, found))
            blocks, end = blocks_here, grid.end
            stretches.append((above, _with_footer(text, grid.end)))
            covered.append((grid.start, grid.end))
    begun = bool(groups)
    for a, b in _between(covered, len(text)):
        for run in find_runs(text, a, b, headed=begun, year=year):
            groups.append((run.start, run.lines))
            stretches.append((run.start, run.end))
            begun = True
    reading.stretches = _merged(text, stretches)
    _name([line for _, lines in sorted(groups, key=lambda group: group[0]) for line in lines], reading)
    return reading


def _between(covered: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """What lies outside the covered stretches."""
    at = 0
    for start, end in covered:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _title_above(text: str, start: int) -> int:
    """Where the title begins that stands in the short lines above a table, ``start`` if there is none."""
    at = start
    for _ in range(8):
        stop = len(text[max(0, at - 240) : at].rstrip()) + max(0, at - 240)
        begin = text.rfind("\n", 0, stop) + 1
        line = text[begin:stop]
        if not line.strip() or len(line) > 60 or re.search(r"[。；，]", line):
            break
        if _TITLE.search(line):
            return begin
        at = begin
    return start


def _with_footer(text: str, end: int) -> int:
    """The end of the captions that stand below a table and say who filled it in."""
    footer = re.compile(r"\s*(?:" + "|".join(r"\s*".join(word).replace("：", "[：:]") for word in annex_form().footers) + r")[^\n。；]{0,100}")
    while match := footer.match(text, end):
        end = match.end()
    return end


def _merged(text: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order, those in one between which nothing is printed but a page's number."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and (start <= merged[-1][1] or _GAP.fullmatch(text, merged[-1][1], start)):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _name(lines: Sequence[Line], reading: AnnexReading) -> None:
    """Give each line a name of its own and put its figure into the reading; what cannot be told is left out with a warning."""
    places: dict[str, list[int]] = defaultdict(list)
    above = paths(lines)
    for i, line in enumerate(lines):
        places[key(line.name)].append(i)
    names = [line.name for line in lines]
    for same in places.values():
        headings = Counter(above[i][-1] if above[i] else "" for i in same)
        if len(headings) > 1:
            for i in same:
                names[i] = f"{above[i][-1]}/{lines[i].name}" if above[i] else lines[i].name
    taken: dict[str, list[tuple[Line, int | float, str | None]]] = defaultdict(list)
    for name, line, headings_above in zip(names, lines, above, strict=True):
        if line.trouble:
            reading.warnings.append(f"annex: {name}: {line.trouble}; left out")
        elif line.figure is not None:
            value = number(line.figure, line.unit)
            if value is None:
                reading.warnings.append(f"annex: {name}: “{line.figure[:20]}” is no number; left out")
            elif value and is_money(line) and line.unit is None:
                reading.warnings.append(f"annex: {name}: {line.figure} without a unit of money; left out")
            else:
                taken[name].append((line, value, headings_above[-1] if headings_above else None))
    for name, found in taken.items():
        values = {value for _, value, _ in found}
        if len(values) > 1:
            reading.warnings.append(f"annex: {name}: printed {len(found)} times with different figures, {len(values)} readings; left out")
        else:
            line, value, heading = found[0]
            reading.cells.append(AnnexCell(name, value, line.start, line.end, line.unit, heading))


def _by_name(cells: Sequence[AnnexCell]) -> dict[str, AnnexCell]:
    """The cells by :func:`key` of their names, with and without the heading."""
    found: dict[str, AnnexCell] = {}
    for cell in cells:
        found.setdefault(key(cell.name), cell)
        found.setdefault(key(f"{cell.heading}/{cell.name}"), cell)
    return found


def annex_fields(cells: Sequence[AnnexCell]) -> dict[str, list[AnnexCell]]:
    """Field path of the report → the cell that fills it, or the cells that add up to it: of several ways to fill it the first of the description that is printed."""
    printed = _by_name(cells)
    found: dict[str, list[AnnexCell]] = {}
    for path, ways in annex_form().fields.items():
        names = next((names for names in ways if all(key(name) in printed for name in names)), None)
        if names is not None:
            found[path] = [printed[key(name)] for name in names]
    return found


def annex_lists(cells: Sequence[AnnexCell]) -> dict[str, list[tuple[str, AnnexCell]]]:
    """Path of a list of ``{name, count}`` → the names with their cells, in printed order (``disclosure.by_channel``, ``applications.by_channel``)."""
    order = {key(cell.name): i for i, cell in reversed(list(enumerate(cells)))}
    found: dict[str, list[tuple[str, AnnexCell]]] = {}
    for path, entries in annex_form().lists.items():
        places = sorted((min(order[key(n)] for n in names if key(n) in order), name) for name, names in entries if any(key(n) in order for n in names))
        if places:
            found[path] = [(name, cells[i]) for i, name in places]
    return found


def annex_sums(cells: Sequence[AnnexCell]) -> Iterator[tuple[AnnexCell, list[AnnexCell]]]:
    """The sums that the annex promises, as ``(whole, parts)``; those with a side that is not printed are left away."""
    printed = _by_name(cells)
    for promised in annex_form().sums:
        if key(promised.whole) in printed and all(key(part) in printed for part in promised.parts):
            yield printed[key(promised.whole)], [printed[key(part)] for part in promised.parts]
