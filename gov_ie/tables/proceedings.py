"""The table of reviews and lawsuits (行政复议、行政诉讼情况): three blocks of five figures in one row."""

from __future__ import annotations

from collections.abc import Sequence

from gov_ie.forms import Proceedings
from gov_ie.tables.columns import sums_up
from gov_ie.tables.items import read_items
from gov_ie.tables.lines import Line, Piece, han, parse_number
from gov_ie.tables.reading import TableReading, quoted
from gov_ie.tables.splits import MARKS, TooMany, split_blocks


def read_proceedings(lines: Sequence[Line], form: Proceedings, *, sparse: bool) -> TableReading:
    """Read the table from its lines: one row of figures for all blocks, or a row for each block.

    Args:
        lines: of the table.
        form: what it should look like.
        sparse: whether empty cells may have vanished where digits run together; then nothing tells which.
    """
    items = read_items(lines)
    reading = TableReading()
    width = len(form.columns)
    block = 0
    done = 0
    seen = ""
    for item in items:
        seen += han(item.before)
        named = seen.count("维持") or seen.count("维")  # how many blocks the header prints, torn or not
        cells = list(item.cells)
        if not item.placed and len(cells) == 1 and len(cells[0].text) >= width:
            block = _read_glued(reading, form, cells[0], block, sparse=sparse)
            continue
        while len(cells) > width * len(form.blocks) and not cells[-1].text:
            cells = cells[:-1]
        if (item.exact or not item.placed) and not _whole_blocks(cells, width, len(form.blocks), named and named - done):
            # empty cells vanished: which of them, nothing tells
            reading.unsure |= {_path(form, i) for i in range(block * width, width * len(form.blocks))}
            reading.warnings.append(f"table of reviews and lawsuits: {len(cells)} figures, where {width * len(form.blocks)} have their place, left out")
            continue
        if len(cells) < width:
            continue
        if item.placed and not item.exact and not _may_stand(cells, width, len(form.blocks)):
            reading.unsure |= {_path(form, i) for i in range(block * width, width * len(form.blocks))}
            continue
        if block == 0 and len(cells) <= 2 * width and "行政复议" not in seen:
            block = 1
        for i, cell in enumerate(cells[: width * (len(form.blocks) - block)]):
            value = parse_number(cell.text) if cell.text else None
            if isinstance(value, int):
                reading.put(_path(form, block * width + i), value, cell)
        done += len(cells) // width
        block = min(block + len(cells) // width, len(form.blocks) - 1)
    return reading


def _one_each(digits: str, width: int, blocks: int) -> bool:
    """Whether there is one digit for each cell, and each block adds up."""
    if not digits.isdigit():
        return False
    rows = [[int(d) for d in digits[at : at + width]] for at in range(0, len(digits), width)]
    return len(digits) == width * blocks and all(sum(row[:-1]) == row[-1] for row in rows)


def _whole_blocks(cells: Sequence[Piece], width: int, blocks: int, named: int) -> bool:
    """Whether figures fill whole blocks; fewer than all of them only when the header names so many, and each adds up."""
    parts = [[cell for cell in cells[at : at + width] if cell.text] for at in range(0, len(cells), width)]
    return len(cells) % width == 0 and (len(parts) == blocks or (named in (0, len(parts)) and all(not part or sums_up(part) for part in parts)))


def _may_stand(cells: Sequence[Piece], width: int, blocks: int) -> bool:
    """Whether cells of a drawn row stand in their columns: there are as many as columns, or no total contradicts that only some at the end are missing."""
    if len(cells) % width == 0:
        return True
    whole = [[cell for cell in cells[at : at + width] if cell.text] for at in range(0, len(cells) - width + 1, width)]
    return len(cells) < width * blocks and all(sums_up(part) or not any(parse_number(cell.text) for cell in part) for part in whole)


def _path(form: Proceedings, index: int) -> str:
    width = len(form.columns)
    return f"{form.blocks[index // width].key}.{form.columns[index % width].key}"


def _read_glued(reading: TableReading, form: Proceedings, digits: Piece, block: int, *, sparse: bool) -> int:
    """Digits run together: the only cut whose blocks all add up; where there are as many digits as cells, one digit a cell."""
    width = len(form.columns)
    blocks = len(form.blocks) - block
    if sparse and not _one_each(digits.plain, width, blocks):
        reading.unsure |= {_path(form, i) for i in range(block * width, width * len(form.blocks))}
        reading.warnings.append(f"table of reviews and lawsuits: the digits {quoted(digits.text)} cannot be told apart, since empty cells vanished")
        return len(form.blocks) - 1
    try:
        found = split_blocks(digits.plain, blocks, width)
        if not found and len(digits.text) == width * blocks:
            found = [tuple(map(int, digits.plain))] if digits.plain.isdigit() else []
        ways = str(len(found) or "no")
    except TooMany:
        found, ways = [], "too many"
    columns = list(zip(*found, strict=True)) if found else [()] * (width * blocks)
    for i, values in enumerate(columns):
        path = _path(form, block * width + i)
        if len(set(values)) == 1:
            starts = {sum(len(str(v)) for v in row[:i]) for row in found}
            at = starts.pop() if len(starts) == 1 else None
            place = digits if at is None else digits.cut(at, at + len(str(values[0])))
            if place.plain in MARKS:
                continue
            reading.put(path, values[0], place, apart=False)
        else:
            reading.unsure.add(path)
    if len(found) != 1:
        reading.warnings.append(f"table of reviews and lawsuits: the digits {quoted(digits.text)} can be read in {ways} way{'s' * (len(found) != 1)} that the sums allow")
    return len(form.blocks) - 1
