"""Tables without ruled lines: figures that stand under each other in columns, the labels left of them, the header above.

Only where at least two rows agree on at least three columns of figures (or a row of four and more agrees with the words above it) is it a
table; everything else stays lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gov_ie.reading.grid import RawCell
from gov_ie.reading.pages.breaks import NUMBERED, is_figure
from gov_ie.reading.pages.lines import Glyph, Line, line_text
from gov_ie.reading.pages.ruled import Table

_GAP = 0.8  # of the height of the characters: words further apart are in different columns
_NEAR = 1.55  # lines of one cell are no further apart, from middle to middle
_HEADER_LINES = 10


@dataclass
class _Chunk:
    """Words of one line that stand together."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class _Row:
    """A row of the table: words left of the columns, and figures by column."""

    page: int
    y: float
    labels: list[_Chunk]
    figures: dict[int, str]


def columned(items: Sequence[Line | Table | int]) -> list[Line | Table | int]:
    """Put tables in the place of lines whose figures stand in columns; page breaks inside such a table move behind it."""
    result: list[Line | Table | int] = []
    at = 0
    while at < len(items):
        found = _table_at(items, at)
        if found is None:
            result.append(items[at])
            at += 1
            continue
        table, end, header = found
        while header and result and not isinstance(result[-1], (int, Table)):
            result.pop()
            header -= 1
        result.append(table)
        result += [item for item in items[at:end] if isinstance(item, int)]
        at = end
    return result


def _chunks(line: Line) -> list[_Chunk]:
    groups: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if groups and glyph.x0 - groups[-1][-1].x1 <= _GAP * min(glyph.size, groups[-1][-1].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [_Chunk(line_text(g), g[0].x0, g[-1].x1, sum(c.y for c in g) / len(g), median(c.size for c in g)) for g in groups]


def _agreeing(chunks: Sequence[_Chunk], columns: Sequence[_Chunk]) -> list[int] | None:
    """For each chunk the column that it stands under (middle or right edge), ``None`` unless every one has its own."""
    at: list[int] = []
    for chunk in chunks:
        best = min(range(len(columns)), key=lambda k: abs(columns[k].x - chunk.x))
        if min(abs(columns[best].x - chunk.x), abs(columns[best].x1 - chunk.x1)) > 0.9 * chunk.size or best in at:
            return None
        at.append(best)
    return at


def _table_at(items: Sequence[Line | Table | int], start: int) -> tuple[Table, int, int] | None:
    """The table whose first row of figures is ``items[start]``: the table, where the items go on, and how many lines before belong to its header."""
    first = items[start]
    if isinstance(first, (int, Table)):
        return None
    chunks = _chunks(first)
    columns = [c for c in chunks if is_figure(c.text)]
    if len(columns) < 3 or any(not is_figure(c.text) for c in chunks if c.x0 > columns[0].x0):
        return None
    header = _header(items, start, columns)
    header_texts = {"".join(line.text.split()) for line in header}
    lines: list[Line] = []
    rows = 0
    end = start
    for at in range(start, len(items)):
        item = items[at]
        if isinstance(item, Table):
            break
        if isinstance(item, int):
            continue
        if lines and "".join(item.text.split()) in header_texts:
            continue
        kind = _kind(item, columns)
        if kind is None or (lines and item.page == lines[-1].page and item.top - lines[-1].bottom > 3.5 * item.size):
            break
        lines.append(item)
        if kind:
            rows += kind >= 3
            end = at + 1
    in_header = [c for line in header for c in _chunks(line) if c.x0 > columns[0].x0 - 2 * c.size]
    aligned = {k for c in in_header for k in _agreeing([c], columns) or ()}
    if rows < 2 and not (len(columns) >= 4 and len(aligned) >= 4):
        return None
    # the second line of the last label
    used = lines[: 1 + max(i for i, line in enumerate(lines) if _kind(line, columns))]
    if len(lines) > len(used) and lines[len(used)].page == used[-1].page:
        rest = lines[len(used)]
        near = _middle(rest) - _middle(used[-1]) <= _NEAR * rest.size and rest is not None and not NUMBERED.match(rest.text)
        if near and rest.glyphs[-1].x1 - rest.glyphs[0].x0 < 0.7 * columns[0].x0:
            used.append(rest)
            end = next(i for i in range(end, len(items)) if items[i] is rest) + 1
    return _built(header, used, columns), end, len(header)


def _middle(line: Line) -> float:
    return sum(g.y for g in line.glyphs) / len(line.glyphs)


def _kind(line: Line, columns: Sequence[_Chunk]) -> int | None:
    """How many figures of a line stand under columns; 0 for a label alone; ``None`` if it is no line of this table."""
    chunks = _chunks(line)
    figures = [c for c in chunks if c.x1 > columns[0].x0 - 0.3 * c.size]
    if any(not is_figure(c.text) for c in figures):
        return None
    return 0 if not figures else (len(figures) if _agreeing(figures, columns) is not None else None)


def _header(items: Sequence[Line | Table | int], start: int, columns: Sequence[_Chunk]) -> list[Line]:
    """The lines right above the first row of figures that name its columns, and the label lines between them."""
    taken: list[Line] = []
    last = 0
    below = items[start]
    for at in range(start - 1, max(-1, start - 1 - _HEADER_LINES), -1):
        item = items[at]
        if isinstance(item, (int, Table)) or isinstance(below, (int, Table)) or below.top - item.bottom > 2.5 * item.size:
            break
        chunks = _chunks(item)
        over = [c for c in chunks if c.x > columns[0].x0 - 2 * c.size]
        if any(c.x0 < columns[0].x0 - 4 * c.size and c.x1 > columns[0].x1 + 2 * c.size for c in chunks) or any(is_figure(c.text) for c in over):
            break
        taken.append(item)
        if over:
            last = len(taken)
        below = item
    return taken[:last][::-1]


def _built(header: list[Line], lines: list[Line], columns: list[_Chunk]) -> Table:
    rows = _rows(lines, columns)
    stacks = _stacks(rows)
    widest = max((len(row.labels) for row in rows), default=0)
    starts = [min(row.labels[k].x0 for row in rows if len(row.labels) == widest) for k in range(widest)]
    shift = len(starts) + bool(stacks)
    rows = _with_whole_labels(rows)
    cells = _header_cells(header, columns, shift, lines[0].page)
    top = max((c.row + 1 for c in cells), default=0)
    edges = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    for text, y0, y1 in stacks:
        covered = [i for i, row in enumerate(rows) if y0 - row.labels[0].size * 2 <= row.y <= y1 + row.labels[0].size * 2] if all(r.labels for r in rows) else []
        covered = covered or [min(range(len(rows)), key=lambda i: abs(rows[i].y - y0))]
        cells.append(RawCell(text, top + covered[0], 0, len(covered), 1, lines[0].page))
    for i, row in enumerate(rows):
        taken = [max(0, bisect_right(starts, c.x0 + 0.5 * c.size) - 1) for c in row.labels]
        by_column: dict[int, list[str]] = {}
        for chunk, at in zip(row.labels, taken, strict=True):
            by_column.setdefault(at, []).append(chunk.text)
        for at, texts in by_column.items():
            after = min((k for k in by_column if k > at), default=len(starts))
            cells.append(RawCell("\n".join(texts), top + i, at + bool(stacks), 1, after - at, row.page))
        cells += [RawCell(row.figures.get(k, ""), top + i, shift + k, 1, 1, row.page) for k in range(len(columns))]
    left = min(g.x0 for line in lines for g in line.glyphs[:1])
    label_edges = [left - 2.0 * bool(stacks), *([left] if stacks and starts else []), *starts[1:], columns[0].x0 - 1] if shift else [columns[0].x0 - 1]
    return Table((header or lines)[0].top, lines[-1].bottom, [*label_edges, *edges, columns[-1].x1 + 1], cells)


def _rows(lines: list[Line], columns: list[_Chunk]) -> list[_Row]:
    rows = []
    for line in lines:
        chunks = _chunks(line)
        figures = [c for c in chunks if c.x1 > columns[0].x0 - 0.3 * c.size]
        at = _agreeing(figures, columns) or []
        labels = [c for c in chunks if c not in figures]
        rows.append(_Row(line.page, _middle(line) if not figures else figures[0].y, labels, {k: c.text for k, c in zip(at, figures, strict=True)}))
    return rows


def _stacks(rows: list[_Row]) -> list[tuple[str, float, float]]:
    """Words set downwards at the left, a character a line: taken out of the rows, with where they begin and end."""
    stacks: list[list[_Chunk]] = []
    for row in rows:
        first = row.labels[0] if row.labels else None
        if first is None or len(first.text) != 1:
            continue
        if stacks and abs(stacks[-1][-1].x - first.x) < 0.4 * first.size and 0 < first.y - stacks[-1][-1].y < 6 * first.size:
            stacks[-1].append(first)
        else:
            stacks.append([first])
    found = [s for s in stacks if len(s) >= 3]
    for row in rows:
        row.labels = [c for c in row.labels if not any(c is one for stack in found for one in stack)]
    rows[:] = [row for row in rows if row.labels or row.figures]
    return [("".join(c.text for c in s), s[0].y, s[-1].y) for s in found]


def _with_whole_labels(rows: list[_Row]) -> list[_Row]:
    """Put the lines of one label together with the row of figures that it belongs to."""
    result: list[_Row] = []
    waiting: _Row | None = None
    for i, row in enumerate(rows):
        if row.figures:
            if waiting is not None:
                row.labels = waiting.labels + row.labels
                waiting = None
            result.append(row)
            continue
        size = row.labels[0].size
        after = rows[i + 1] if i + 1 < len(rows) else None
        opens = bool(NUMBERED.match(row.labels[0].text))
        before = result[-1] if result else None
        to_before = row.y - before.y if before is not None and before.page == row.page else float("inf")
        to_after = after.y - row.y if after is not None and after.figures and after.page == row.page and not (after.labels and NUMBERED.match(after.labels[0].text)) else float("inf")
        broken = before is not None and before.page != row.page and not opens
        if to_after <= _NEAR * size and (opens or not (after and after.labels)) and (opens or to_after < to_before or not before):
            waiting = row
        elif before is not None and not opens and (to_before <= _NEAR * size or broken):
            before.labels = before.labels + row.labels
        else:
            result.append(row)
    return result


def _header_cells(header: list[Line], columns: list[_Chunk], shift: int, page: int) -> list[RawCell]:
    """Cells of the header: words above each other in one column are one cell; words over several columns stand in rows above."""
    spans: list[tuple[_Chunk, int, int]] = []
    single: dict[int, list[_Chunk]] = {}
    for chunk in (c for line in header for c in _chunks(line)):
        if chunk.x1 < columns[0].x0 - 0.5 * chunk.size and shift:
            single.setdefault(-1, []).append(chunk)
            continue
        covered = [k for k, c in enumerate(columns) if chunk.x0 <= c.x <= chunk.x1]
        if len(covered) > 1:
            spans.append((chunk, covered[0], covered[-1]))
        else:
            column = min(range(len(columns)), key=lambda k: abs(columns[k].x - chunk.x))
            above = single.setdefault(column, [])
            if above and chunk.y - above[-1].y > _NEAR * chunk.size:
                # far above: not the first line of this name, but a heading over it and its neighbours
                spans += [(one, column, column) for one in above]
                above.clear()
            above.append(chunk)
    levels: list[float] = []
    for chunk, _, _ in sorted(spans, key=lambda span: span[0].y):
        if not levels or chunk.y - levels[-1] > 0.5 * chunk.size:
            levels.append(chunk.y)
    cells = [RawCell(c.text, min(range(len(levels)), key=lambda k: abs(levels[k] - c.y)), shift + a, 1, b - a + 1, page) for c, a, b in spans]
    for column, chunks in single.items():
        cells.append(RawCell("\n".join(c.text for c in chunks), len(levels), shift + column if column >= 0 else 0, 1, 1 if column >= 0 else shift, page))
    return cells
