"""An annex that reached us as a table: which columns are names, units and figures, and the lines that its rows are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gov_ie.forms.annex import annex_form
from gov_ie.reading.grid import Cell, Grid
from gov_ie.tables.annex.columns import Part, chosen_column, part_of
from gov_ie.tables.annex.lines import EMPTY, ENUMERATOR, UNITS, Line, number, split_name, squared
from gov_ie.tables.annex.patterns import footer_pattern

_UNIT_CELL = re.compile(rf"^（?({UNITS})）?$")
_HEAD_UNIT = re.compile(rf"（(?:单位[：:])?({UNITS})）$")
_FIGURE_UNIT = re.compile(rf"({UNITS})$")
_ENUMERATOR_CELL = re.compile(rf"^(?:{ENUMERATOR})$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOST_COLUMNS = 40
_LONGEST = 200  # characters of a name; a longer cell holds prose


@dataclass(frozen=True)
class Block:
    """One block of columns, by their numbers: names (nested ones from left to right), the unit, the enumerator, and the figures of the reported year."""

    labels: tuple[int, ...]
    unit: int | None
    code: int | None
    figure: int | None
    figures: tuple[int, ...]
    head_unit: str | None = None


@dataclass
class _Head:
    """What the heads of the columns say, and in which rows they stand."""

    parts: dict[int, Part] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)


def _table(grid: Grid) -> list[list[Cell | None]]:
    """The cells by row and column, a merged one at all its places."""
    width = min(grid.width, _MOST_COLUMNS)
    height = max((c.row for c in grid.cells), default=-1) + 1
    table: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in grid.cells:
        for r in range(cell.row, min(cell.row + cell.rows, height)):
            for c in range(cell.column, min(cell.column + cell.columns, width)):
                table[r][c] = cell
    return table


def _read_head(table: list[list[Cell | None]], year: int | None) -> _Head:
    head = _Head()
    for r, row in enumerate(table):
        cells = {id(c): c for c in row if c is not None and c.text.strip()}
        parts = {i: part_of(c.text[:60], year) for i, c in cells.items()}
        named = {p for p in parts.values() if p}
        full = bool(parts) and all(parts.values()) and (len(parts) > 1 or bool(head.rows))
        if not full or not (named & {"label", "unit"} or r - 1 in head.rows):
            continue
        if not named & {"year", "period", "figure", "other"}:
            continue
        head.rows.add(r)
        repeated = bool(head.rows - {r}) and r - 1 not in head.rows
        for c, cell in enumerate(row):
            part = parts.get(id(cell)) if cell is not None else None
            if part and not repeated:
                head.parts[c] = part
                head.texts[c] = squared(cell.text[:60]) if cell else ""
    return head


def _guess(table: list[list[Cell | None]]) -> dict[int, Part]:
    """The parts of columns without a head, by what their cells hold."""
    parts: dict[int, Part] = {}
    for c in range(len(table[0]) if table else 0):
        texts = [squared(cell.text[:60]) for r, row in enumerate(table) if (cell := row[c]) is not None and cell.row == r and cell.column == c]
        filled = [t for t in texts if t not in EMPTY]
        figures = sum(number(t, None) is not None for t in filled)
        units = sum(bool(_UNIT_CELL.match(t)) for t in filled)
        names = sum(bool(_HAN.search(t)) and not _UNIT_CELL.match(t) and number(t, None) is None for t in filled)
        if names > max(figures, units):
            parts[c] = "code" if names and all(_ENUMERATOR_CELL.match(t) for t in filled) else "label"
        elif units > figures:
            parts[c] = "unit"
        elif figures and not parts:
            parts[c] = "code"
        elif figures:
            parts[c] = "figure"
    return parts


def _blocks(parts: dict[int, Part], texts: dict[int, str]) -> list[Block]:
    """Cut the columns into blocks that stand side by side: a new one begins with names or their numbers behind a figure."""
    groups: list[list[int]] = []
    for c in sorted(parts):
        opens = parts[c] in ("label", "code") and groups and any(parts[d] in ("year", "period", "figure", "other", "remark") for d in groups[-1])
        if not groups or opens:
            groups.append([])
        groups[-1].append(c)
    blocks = []
    for group in groups:
        figures = [c for c in group if parts[c] in ("year", "period", "figure", "other")]
        labels = tuple(c for c in group if parts[c] == "label")
        if not labels or not figures:
            continue
        years = [int(m.group(1)) if (m := re.match(r"(20\d\d)", texts.get(c, ""))) else 0 for c in figures]
        best = chosen_column([parts[c] for c in figures], years)
        chosen = figures[best] if best is not None else None
        noted = _HEAD_UNIT.search(texts.get(chosen, "")) if chosen is not None else None
        unit = next((c for c in group if parts[c] == "unit"), None)
        code = next((c for c in group if parts[c] == "code"), None)
        blocks.append(Block(labels, unit, code, chosen, tuple(figures), noted.group(1) if noted else None))
    return blocks


def _line(row: list[Cell | None], r: int, block: Block) -> Line | None:
    """The line that a row is within one block, ``None`` where it names nothing."""
    labels: list[Cell] = []
    for c in block.labels:
        cell = row[c]
        if cell is not None and cell.text.strip() and cell not in labels:
            labels.append(cell)
    if not labels or labels[-1].row != r or not _HAN.search(labels[-1].text[:_LONGEST]) or max(len(c.text) for c in labels) > _LONGEST:
        return None
    own = labels[-1]
    name, enumerator, among, unit = split_name(own.text)
    if name in ("", "合计", "小计", "总计") and len(labels) == 1:
        return None
    parents = tuple(split_name(c.text)[0] for c in labels[:-1])
    if parents and parents[-1] in ("", "其中"):
        parents, among = (), True
    code = row[block.code] if block.code is not None else None
    if code is not None and not enumerator and code.row == r and _ENUMERATOR_CELL.match(squared(code.text)):
        enumerator = squared(code.text)
    unit_cell = row[block.unit] if block.unit is not None else None
    if unit_cell is not None and unit_cell not in labels and (found := _UNIT_CELL.match(squared(unit_cell.text))):
        unit = found.group(1)
    line = Line(name, enumerator, among, unit or None, None, own.start, own.end, own.start, own.end, parents)
    filled = [cell for c in block.figures if (cell := row[c]) is not None and cell not in labels and cell.row == r and squared(cell.text) not in EMPTY]
    if filled:
        line.last = max(line.last, max(cell.end for cell in filled))
    if block.figure is None:
        if filled:
            line.trouble = f"{len(filled)} columns"
        return line
    cell = row[block.figure]
    if cell is None or cell not in filled:
        return line
    text = squared(cell.text)
    value = number(text, unit)
    if value is None:
        line.trouble = f"“{text[:20]}”, which is no number"
        return line
    printed = _FIGURE_UNIT.search(text)
    if printed:
        line.unit = printed.group(1)
    line.unit = line.unit or block.head_unit
    line.figure, line.start, line.end = cell.text, cell.start, cell.end
    return line


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Put names together again that a page or a thin row has cut in two, where the whole is a known name and neither half is."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        # one half alone may carry the figure
        halves = last is not None and last.known is None and line.known is None and not line.enumerator and not (last.figure and line.figure)
        if last is not None and halves and annex_form().indicator(last.name + line.name):
            last.name += line.name
            last.unit = last.unit or line.unit
            last.trouble = last.trouble or line.trouble
            if line.figure is not None:
                last.figure, last.start, last.end = line.figure, line.start, line.end
            last.last = max(last.last, line.last)
        else:
            found.append(line)
    return found


def read_grid(grid: Grid, *, titled: bool = False, year: int | None = None, inherited: Sequence[Block] = ()) -> tuple[list[Line], tuple[Block, ...]]:
    """``(lines, blocks)`` of a table; no lines where it is not an annex.

    An annex has four lines that are by their look lines of one, two of them known; two where ``titled`` says that its title stands above; one
    where it goes on from a table with the columns ``inherited``.
    """
    squeezed = "".join(squared(c.text) for c in grid.cells)
    if any(word in squeezed for word in annex_form().other_forms):
        return [], ()
    table = _table(grid)
    head = _read_head(table, year)
    if head.parts:
        blocks = _blocks(_completed(head.parts, table), head.texts)
    elif inherited:
        blocks = [b for b in inherited if max(b.labels + b.figures) < grid.width]
    else:
        blocks = _blocks(_guess(table), {})
    lines: list[Line] = []
    for block in blocks:
        read = (_line(row, r, block) for r, row in enumerate(table) if r not in head.rows)
        lines.extend(_joined([line for line in read if line is not None]))
    lines = [line for line in lines if not footer_pattern().match(line.name)]
    counted = [line for line in lines if line.counts]
    known = sum(line.known is not None for line in counted)
    enough = (len(counted) >= 4 and known >= 2) or (titled and len(counted) >= 2) or (bool(inherited) and len(counted) >= 1)
    return (lines, tuple(blocks)) if enough else ([], ())


def _completed(parts: dict[int, Part], table: list[list[Cell | None]]) -> dict[int, Part]:
    """Columns that the head leaves open take what their cells hold, so that a name column under an empty corner is one."""
    guessed = _guess(table)
    whole = dict(parts)
    for c, part in guessed.items():
        if c not in whole and part in ("label", "unit"):
            whole[c] = part
    return whole
