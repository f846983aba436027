"""HTML tables inside a text, as tools that turn PDF into Markdown write them: where each cell stands in the text and in the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gov_ie.tables.drawing import Drawing, DrawnCell

_TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]{0,2000})>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_SPAN = {name: re.compile(rf"\b{name}\s*=\s*[\"'\\]*\s*(\d{{1,4}})", re.IGNORECASE) for name in ("rowspan", "colspan")}
#: Larger tables, and wider spans, are slips of a tool.
MAX_CELLS, MAX_SPAN, MAX_COLUMNS = 20_000, 60, 300


def find_embedded(text: str) -> Iterator[Drawing]:
    """The HTML tables in a text, in order; of a table that is never closed, what there is of it."""
    reader: _Table | None = None
    depth = 0
    for tag in _TAG.finditer(text):
        closing, name = bool(tag.group(1)), tag.group(2).lower()
        if name == "table":
            depth = max(depth + (-1 if closing else 1), 0)
            if not closing and depth == 1:
                reader = _Table(tag.start())
            elif closing and depth == 0 and reader is not None:
                yield from reader.finish(text, tag.start(), tag.end())
                reader = None
        elif reader is not None and depth == 1:
            reader.tag(text, name, closing, tag)
    if reader is not None:
        yield from reader.finish(text, reader.end, reader.end)


class _Table:
    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.row, self.column = -1, 0
        self.taken: dict[int, int] = {}  # column → first row below the cell that covers it
        self.cells: list[DrawnCell] = []
        self.open: tuple[int, str] | None = None  # where the cell's content begins, its attributes

    def tag(self, text: str, name: str, closing: bool, tag: re.Match[str]) -> None:
        self._close(text, tag.start())
        self.end = tag.end()
        if name == "tr" and not closing:
            self.row, self.column = self.row + 1, 0
        elif name in ("td", "th") and not closing:
            self.row = max(self.row, 0)
            self.open = tag.end(), tag.group(3)

    def finish(self, text: str, content_end: int, end: int) -> Iterator[Drawing]:
        self._close(text, content_end)
        if self.cells and len(self.cells) <= MAX_CELLS:
            yield Drawing(self.start, max(end, self.end), tuple(self.cells))

    def _close(self, text: str, end: int) -> None:
        if self.open is None or len(self.cells) > MAX_CELLS:
            return
        start, attributes = self.open
        self.open = None
        while self.taken.get(self.column, 0) > self.row:
            self.column += 1
        rows, columns = (_span(name, attributes) for name in ("rowspan", "colspan"))
        if self.column + columns > MAX_COLUMNS:
            return
        self.taken.update(dict.fromkeys(range(self.column, self.column + columns), self.row + rows))
        self.cells.append(DrawnCell(self.row, self.column, rows, columns, tuple(_content(text, start, end))))
        self.column += columns


def _span(name: str, attributes: str) -> int:
    found = _SPAN[name].search(attributes)
    return min(max(int(found.group(1)), 1), MAX_SPAN) if found else 1


def _content(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a cell that stand between tags."""
    at = start
    for tag in _ANY_TAG.finditer(text, start, end):
        if at < tag.start():
            yield at, tag.start()
        at = tag.end()
    if at < end:
        yield at, end
