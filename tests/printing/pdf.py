"""Forms as PDF, drawn line by line: ruled or not, with cells and even rows that go on over the end of a page."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from printing.layout import Block, Cell, Paragraph, Table
from printing.style import Style

# Points; the origin of a page is its lower left corner.
_PAGE = (595.0, 842.0)
_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 523.0, 765.0, 80.0
_PAD = 2.5  # to the left and right of a text in its cell
_SIZE, _LEADING = 9.0, 11.5
_FONT = "STSong-Light"
_SIZES = {"title": (20.0, 32.0), "heading": (15.0, 26.0), "body": (14.0, 25.0), "note": (10.0, 16.0)}
_RUN = re.compile(r"[!-~]+|.", re.DOTALL)


def document(blocks: Sequence[Block], style: Style, rng: random.Random, *, ruled: bool) -> bytes:
    """A PDF file with text; the rules are strokes, rectangles around the cells, or thin filled bars."""
    press = _Press(style, rng, ruled)
    for block in blocks:
        if isinstance(block, Paragraph):
            press.paragraph(block)
        else:
            press.table(block)
    return press.finish()


def _wrap(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in a column; latin words and figures are never cut."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = []
    for part in text.split("\n"):
        line = ""
        for run in _RUN.findall(part):
            if line and stringWidth(line + run, _FONT, size) > width:
                lines.append(line)
                line = ""
            line += run
        lines.append(line)
    return lines


@dataclass(frozen=True)
class _Piece:
    """A row, or the part of it that has lines ``start`` to ``end``, as it stands on one page."""

    row: int
    height: float
    start: int = 0
    end: int = 999


@dataclass
class _Typeset:
    """A table with its columns measured and its labels wrapped."""

    table: Table
    edges: list[float]
    lines: dict[Cell, list[str]]
    heights: list[float]
    drawn: dict[Cell, int] = field(default_factory=dict)


class _Press:
    def __init__(self, style: Style, rng: random.Random, ruled: bool) -> None:
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfgen.canvas import Canvas

        registerFont(UnicodeCIDFont(_FONT))
        self._style, self._ruled = style, ruled
        self._rules = rng.choice(("strokes", "rectangles", "bars"))
        self._pad = rng.choice((2.5, 4.0, 7.0))  # over and under a text in its cell
        self._numbered, self._splits = rng.random() < 0.8, rng.random() < 0.7
        self._buffer = io.BytesIO()
        self._canvas: Any = Canvas(self._buffer, pagesize=_PAGE, invariant=1)
        self._y, self._page = _TOP, 1

    def finish(self) -> bytes:
        self._turn()
        self._canvas.save()
        return self._buffer.getvalue()

    def _turn(self) -> None:
        if self._numbered:
            self._text(f"- {self._page} -", (_LEFT + _RIGHT) / 2, 45, 11, centred=True)
        self._canvas.showPage()
        self._y, self._page = _TOP, self._page + 1

    def _text(self, text: str, x: float, y: float, size: float, *, centred: bool) -> None:
        self._canvas.setFont(_FONT, size)
        (self._canvas.drawCentredString if centred else self._canvas.drawString)(x, y, text)

    def paragraph(self, block: Paragraph) -> None:
        size, leading = _SIZES[block.role]
        title = block.role == "title"
        for line in _wrap(block.text if title else "　　" + block.text, _RIGHT - _LEFT, size):
            if self._y - leading < _BOTTOM:
                self._turn()
            self._text(line, (_LEFT + _RIGHT) / 2 if title else _LEFT, self._y - leading + (leading - size) / 2, size, centred=title)
            self._y -= leading
        self._y -= 4

    def table(self, table: Table) -> None:
        set_ = _typeset(table, self._pad)
        waiting = [_Piece(row, height) for row, height in enumerate(set_.heights)]
        first = True
        if self._y - sum(set_.heights[: table.header + 1]) < _BOTTOM:
            self._turn()  # a header stands on one page, with a row below it
        while waiting:
            repeated = [] if first or not self._style.repeat else [_Piece(row, set_.heights[row]) for row in range(table.header)]
            here, room = [], self._y - _BOTTOM - sum(piece.height for piece in repeated)
            while waiting and waiting[0].height <= room:
                here.append(waiting.pop(0))
                room -= here[-1].height
            if waiting and self._splits and waiting[0].row >= table.header:
                upper, lower = _split(waiting[0], set_, room, self._pad)
                if upper:
                    here.append(upper)
                    waiting[0] = lower
            if not here and self._y == _TOP:
                here.append(waiting.pop(0))  # taller than a page: better over its edge than never
            if here:
                self._fragment(set_, repeated, again=True)
                self._fragment(set_, here, again=False)
                first = False
            if waiting:
                self._turn()
        self._y -= 8

    def _fragment(self, set_: _Typeset, pieces: list[_Piece], *, again: bool) -> None:
        """Draws rows that stand together on a page; ``again``: they were printed on an earlier page already."""
        tops: dict[int, float] = {}
        bottoms: dict[int, float] = {}
        for piece in pieces:
            tops.setdefault(piece.row, self._y)
            self._y -= piece.height
            bottoms[piece.row] = self._y
        by_row = {piece.row: piece for piece in pieces}
        for cell in set_.table.cells:
            rows = [row for row in range(cell.row, cell.row + cell.rows) if row in tops]
            if rows:
                box = (set_.edges[cell.column], bottoms[rows[-1]], set_.edges[cell.column + cell.columns], tops[rows[0]])
                self._rule(box, shaded=self._style.shaded and cell.role == "heading")
                self._fill(cell, box, self._lines(cell, set_, box, rows, by_row[rows[-1]], again))

    def _lines(self, cell: Cell, set_: _Typeset, box: tuple[float, float, float, float], rows: list[int], piece: _Piece, again: bool) -> list[str]:
        """The lines of a cell that stand in this part of it."""
        lines = set_.lines[cell]
        if again:
            return lines
        if cell.rows == 1:
            return lines[piece.start : piece.end]
        room, done = int((box[3] - box[1]) / _LEADING), set_.drawn.get(cell, 0)
        if self._style.repeat and room >= len(lines):
            return lines
        taken = lines[done:] if rows[-1] == cell.row + cell.rows - 1 else lines[done : done + room]
        set_.drawn[cell] = done + len(taken)
        return taken

    def _rule(self, box: tuple[float, float, float, float], *, shaded: bool) -> None:
        left, bottom, right, top = box
        canvas = self._canvas
        if shaded:
            canvas.setFillColorRGB(0.78, 0.85, 0.95)
            canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        if not self._ruled:
            return
        canvas.setLineWidth(0.5)
        if self._rules == "rectangles":
            canvas.rect(left, bottom, right - left, top - bottom)
        for x0, y0, x1, y1 in ((left, top, right, top), (left, bottom, right, bottom), (left, bottom, left, top), (right, bottom, right, top)):
            if self._rules == "strokes":
                canvas.line(x0, y0, x1, y1)
            elif self._rules == "bars":
                canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)

    def _fill(self, cell: Cell, box: tuple[float, float, float, float], lines: list[str]) -> None:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        left, bottom, right, top = box
        width = right - left - 2 * _PAD
        y = (top + bottom) / 2 + len(lines) * _LEADING / 2 - _SIZE
        for line in lines:
            natural = stringWidth(line, _FONT, _SIZE)
            size = _SIZE if natural <= width or cell.role != "figure" else _SIZE * width / natural
            if cell.role == "label":
                self._text(line, left + _PAD, y, size, centred=False)
            elif line:
                self._text(line, (left + right) / 2, y, size, centred=True)
            y -= _LEADING


def _typeset(table: Table, pad: float) -> _Typeset:
    total, edges = sum(table.weights), [_LEFT]
    for weight in table.weights:
        edges.append(edges[-1] + (_RIGHT - _LEFT) * weight / total)
    # A figure is never wrapped: it is set smaller.
    lines = {c: [c.text] if c.role == "figure" else _wrap(c.text, edges[c.column + c.columns] - edges[c.column] - 2 * _PAD, _SIZE) for c in table.cells}
    heights = [_LEADING + 2 * pad] * table.height
    for cell in sorted(table.cells, key=lambda c: c.rows):
        missing = len(lines[cell]) * _LEADING + 2 * pad - sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(missing, 0)
    return _Typeset(table, edges, lines, heights)


def _split(piece: _Piece, set_: _Typeset, room: float, pad: float) -> tuple[_Piece | None, _Piece]:
    """A row that does not fit, parted after the lines that do; nothing on this page where not even one does."""
    most = max(len(set_.lines[c]) for c in set_.table.cells if c.row == piece.row and c.rows == 1)
    fits = int((room - 2 * pad) / _LEADING)
    if not 0 < fits < most - piece.start:
        return None, piece
    middle = piece.start + fits
    upper = _Piece(piece.row, fits * _LEADING + 2 * pad, piece.start, middle)
    return upper, _Piece(piece.row, (most - middle) * _LEADING + 2 * pad, middle)
