"""Tables that a page break has cut in two, made one again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gov_ie.reading.grid import RawCell
from gov_ie.reading.pages.lines import Line
from gov_ie.reading.pages.ruled import Table

#: Column edges of two parts of one table agree within this, in points.
_AGREE = 4.0
_FIGURE = re.compile(r"\s*[-—/]?\s*[\d.,，]*\d[\d.,，]*\s*[%％]?\s*|\s*[-—/]+\s*")
#: How an item of a form begins.
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|第[一二三四五六七八九十]+条|其中|其他)")


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or the dash or stroke that stands for none."""
    return bool(_FIGURE.fullmatch(text))


def joined(items: Sequence[Line | Table | int]) -> list[Line | Table | int]:
    """Join tables between whose parts nothing but page breaks stands, and whose column edges agree.

    The whole table then stands where it begins, before the page break; its cells name the page on which they are printed.
    """
    result: list[Line | Table | int] = []
    open_at: int | None = None
    for item in items:
        if isinstance(item, Table):
            if open_at is not None and open_at < len(result) - 1:
                whole = _together(result[open_at], item)
                if whole is not None:
                    result[open_at] = whole
                    continue
            open_at = len(result)
        elif not isinstance(item, int):
            open_at = None
        result.append(item)
    return result


def _together(first: object, second: Table) -> Table | None:
    if not isinstance(first, Table) or abs(first.edges[0] - second.edges[0]) > _AGREE or abs(first.edges[-1] - second.edges[-1]) > _AGREE:
        return None
    few, many = sorted((first.edges, second.edges), key=len)
    common = sum(any(abs(edge - other) <= _AGREE for other in many) for edge in few[1:-1])
    if 2 * common < len(few) - 2:
        return None
    edges: list[float] = []
    for edge in sorted(first.edges + second.edges):
        if not edges or edge - edges[-1] > _AGREE:
            edges.append(edge)
    upper, lower = _on(first, edges), _on(second, edges)
    lower = _without_header(upper, lower)
    if not lower:
        return Table(first.top, first.bottom, edges, upper)
    lower = _without_split_row(upper, lower)
    return Table(first.top, first.bottom, edges, _stacked(upper, lower))


def _on(table: Table, edges: list[float]) -> list[RawCell]:
    """The cells of a table, their columns counted by other edges."""
    at = [min(range(len(edges)), key=lambda k: abs(edges[k] - edge)) for edge in table.edges]
    return [RawCell(c.text, c.row, at[c.column], c.rows, at[c.column + c.columns] - at[c.column], c.page) for c in table.cells]


def _height(cells: list[RawCell]) -> int:
    return max((c.row + c.rows for c in cells), default=0)


def _key(cells: list[RawCell], row: int) -> list[tuple[int, int, int, str]]:
    return sorted((c.column, c.columns, c.rows, "".join(c.text.split())) for c in cells if c.row == row)


def _without_header(upper: list[RawCell], lower: list[RawCell]) -> list[RawCell]:
    """The lower part without the header that it repeats: as many of the first rows as are the same, and hold no figures."""
    same = 0
    while same < min(_height(upper), _height(lower)) and _key(upper, same) == _key(lower, same):
        row = [c.text for c in lower if c.row == same]
        if any(is_figure(text) for text in row):
            break
        same += 1
    while same and any(c.row < same < c.row + c.rows for c in lower):
        same -= 1
    if not any(c.text.strip() for c in lower if c.row < same):
        return lower
    return [RawCell(c.text, c.row - same, c.column, c.rows, c.columns, c.page) for c in lower if c.row >= same]


def _without_split_row(upper: list[RawCell], lower: list[RawCell]) -> list[RawCell]:
    """Put the rest of a row that the break has cut (its label goes on, its figures do not) into the row above, and drop it below."""
    last = _height(upper) - 1
    above = {(c.column, c.columns): c for c in upper if c.row + c.rows - 1 == last}
    rest = [c for c in lower if c.row == 0]
    written = [c for c in rest if c.text.strip()]
    if not written or len(written) == len(rest) or any(is_figure(c.text) or NUMBERED.match(c.text) for c in written):
        return lower
    if any((c.column, c.columns) not in above or not above[c.column, c.columns].text.strip() or is_figure(above[c.column, c.columns].text) for c in written):
        return lower
    if any(is_figure(c.text) and (key not in {(r.column, r.columns) for r in rest}) for key, c in above.items()):
        return lower
    if any(c.rows > 1 and c.text.strip() for c in rest) or not any(is_figure(c.text) for c in above.values()):
        return lower
    for cell in written:
        above[cell.column, cell.columns].text += "\n" + cell.text
    longer = [c for c in rest if c.rows > 1]
    below = [RawCell(c.text, c.row - 1, c.column, c.rows, c.columns, c.page) for c in lower if c.row > 0]
    return below + [RawCell(c.text, 0, c.column, c.rows - 1, c.columns, c.page) for c in longer]


def _stacked(upper: list[RawCell], lower: list[RawCell]) -> list[RawCell]:
    """The lower cells below the upper ones; a label that spans rows on both sides of the break is one cell."""
    height = _height(upper)
    above = {(c.column, c.columns): c for c in upper if c.row + c.rows == height}
    first_figure = min((c.column for c in lower if c.row == 0 and is_figure(c.text)), default=None)
    for cell in lower:
        over = above.get((cell.column, cell.columns)) if cell.row == 0 else None
        if over is not None and first_figure is not None and cell.column < first_figure and _goes_on(over, cell):
            over.rows += cell.rows
            over.text = cell.text if _repeats(over, cell) else over.text + ("\n" + cell.text if cell.text.strip() else "")
            continue
        cell.row += height
        upper.append(cell)
    return upper


def _goes_on(over: RawCell, cell: RawCell) -> bool:
    """Whether ``cell`` is the rest of the label ``over``: empty, printed once more, or its other words."""
    if is_figure(over.text) or not over.text.strip():
        return False
    if not cell.text.strip() or _repeats(over, cell):
        return True
    return max(over.rows, cell.rows) > 1 and not is_figure(cell.text) and not NUMBERED.match("".join(cell.text.split()))


def _repeats(over: RawCell, cell: RawCell) -> bool:
    """Whether a label is printed again after the break; before it, its end may have been cut off."""
    return len("".join(over.text.split())) > 1 and "".join(cell.text.split()).startswith("".join(over.text.split()))
