"""Word files (.docx, .docm) → text and tables, in the order of the body.

Read is what would be printed in the body: insertions that are marked as changes, the results of fields, text boxes (after the paragraph that
they hang on), the numbers that lists count out. Not read are deletions, hidden text, headers and footers, comments, notes, pictures and macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.grid import RawCell, TextBuilder
from gov_ie.reading.word.numbering import Numbering
from gov_ie.reading.word.package import NAMESPACES, Package, W, number, open_package, switch, value
from gov_ie.reading.word.styles import Styles

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WRAPPERS = {W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")}
_SKIPPED = {W + tag for tag in ("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt")}
_WRITTEN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Boxes and ticks of the symbol fonts; what else those fonts draw is ornament.
_SYMBOLS = {
    "wingdings": {0x52: "☑", 0x54: "☒", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0xA1: "○", 0xA8: "□", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x2A: "□", 0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0xA3: "□"},
    "symbol": {0xB7: "·", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥"},
}
_WIDEST = 1000
_PROSE = 40


@dataclass
class _Place:
    """A cell with what stands in it."""

    row: int
    column: int
    columns: int
    blocks: list[str | _Table]
    rows: int = 1


@dataclass
class _Table:
    cells: list[_Place] = field(default_factory=list)

    def lies_out(self) -> bool:
        """Whether it is there for the looks of the page, and what stands in its cells is prose, or are tables of their own."""
        texts = [text for text in (_flat(cell.blocks) for cell in self.cells) if text.strip()]
        if len(texts) <= 1 or len({cell.row for cell in self.cells}) == len(self.cells):
            return True
        inner = sum(len(block.cells) for cell in self.cells for block in cell.blocks if isinstance(block, _Table) and not block.lies_out())
        return inner >= len(texts) or all(len(text) >= _PROSE and "。" in text for text in texts)


def read_docx(data: bytes, *, name: str) -> Content:
    """The text and the tables of a Word file.

    Args:
        data: the bytes of the file.
        name: what messages call it.

    Returns:
        paragraphs in order, with their printed numbers, and the tables where they stand; a table of one cell, of one column or of prose is
        written as paragraphs. Pages are not known.

    Raises:
        ReadError: python-docx is missing (extra ``docx``), or the file is no Word file, protected by a password, damaged, far too big, or without text.
    """
    package = open_package(data, name=name)
    builder = TextBuilder()
    body = _Body(package)
    try:
        _write(builder, body.blocks(package.body))
    except RecursionError as error:
        raise ReadError(f"{name}: the file nests tables or boxes too deeply; save it again in Word") from error
    if not builder.length:
        raise ReadError(f"{name}: the document holds no text; if it shows pictures of pages, give the text itself")
    return Content.built(builder, paragraphs=True, warnings=tuple(body.warnings))


def _write(builder: TextBuilder, blocks: list[str | _Table]) -> None:
    for block in blocks:
        if isinstance(block, str):
            builder.paragraph(block)
        elif block.lies_out():
            for cell in block.cells:
                _write(builder, cell.blocks)
        else:
            builder.table(RawCell(_flat(cell.blocks), cell.row, cell.column, cell.rows, cell.columns) for cell in block.cells)


def _flat(blocks: list[str | _Table]) -> str:
    """What stands in a cell, line by line; a table in it by its rows."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(_flat(cell.blocks))
            lines.extend("\t".join(row) for row in rows.values())
    return "\n".join(lines)


class _Body:
    """Goes through the body once, in order: lists count while it goes."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering, self._styles)
        self.warnings: dict[str, None] = {}

    def blocks(self, parent: Any) -> list[str | _Table]:
        """The paragraphs and tables in a body, a cell or a text box."""
        found: list[str | _Table] = []
        joined = ""
        for element in _within(parent, "p", "tbl", "altChunk"):
            if element.tag == W + "tbl":
                found.append(self._table(element))
            elif element.tag == W + "altChunk":
                self.warnings["a document embedded in this one is not read"] = None
            else:
                text, boxes = self._paragraph(element)
                if element.find("w:pPr/w:rPr/w:del", NAMESPACES) is not None:  # its end was deleted: it runs into the next one, and counts no number
                    joined += text
                else:
                    found.append(self._numbering.label(element) + joined + text)
                    joined = ""
                for box in boxes:
                    found.extend(self.blocks(box))
        return [*found, joined] if joined else found

    def _table(self, table: Any) -> _Table:
        cells: list[_Place] = []
        above: dict[int, _Place] = {}  # the cells of the row before that may go on below, by column
        kept = (row for row in _within(table, "tr") if row.find("w:trPr/w:del", NAMESPACES) is None and not switch(row, "w:trPr/w:hidden"))
        for at, row in enumerate(kept):
            column = _span(row, "w:trPr/w:gridBefore", 0)
            here: dict[int, _Place] = {}
            last: _Place | None = None
            for cell in _within(row, "tc"):
                columns = _span(cell, "w:tcPr/w:gridSpan", 1)
                merge = _merge(cell, "w:tcPr/w:vMerge")
                upper = above.get(column)
                if _merge(cell, "w:tcPr/w:hMerge") == "continue" and last is not None:  # the old way to merge within a row
                    last.columns += columns
                elif merge == "continue" and upper is not None and upper.columns == columns:
                    upper.rows = at - upper.row + 1  # Word shows nothing of what stands in such a cell
                    here[column], last = upper, None
                else:
                    last = _Place(at, column, columns, self.blocks(cell))
                    cells.append(last)
                    if merge is not None:
                        here[column] = last
                column += columns
            above = here
        return _Table(cells)

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The text of a paragraph without its number, and the text boxes that hang on it."""
        run = _Runs(self._styles, bool(self._styles.hidden(self._styles.of(paragraph))), self.warnings)
        run.read(paragraph)
        return "".join(run.text), run.boxes


class _Runs:
    """Gathers the text of one paragraph."""

    def __init__(self, styles: Styles, hidden: bool, warnings: dict[str, None]) -> None:
        self._styles = styles
        self._hidden = hidden
        self._warnings = warnings
        # One entry for each field that is open: whether its result has begun. A field that runs on over paragraphs is not followed:
        # what stands in the others is result, and one that a faulty file never closes swallows nothing.
        self._fields: list[bool] = []
        self.text: list[str] = []
        self.boxes: list[Any] = []

    def read(self, parent: Any) -> None:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SKIPPED or (tag == W + "r" and self._is_hidden(element)):
                continue
            if tag == _ALTERNATIVES:
                self.read(_chosen(element))
            elif tag == W + "txbxContent":
                self.boxes.append(element)
            elif tag == W + "fldChar":
                self._field(element.get(W + "fldCharType"))
            elif tag in (W + "t", _MATH_TEXT):
                self._add(re.sub(r" *[\r\n\t][\r\n\t ]*", " ", element.text or "").replace("\u00ad", ""))
            elif tag == W + "sym":
                self._add(_symbol(element))
            elif tag in _WRITTEN:
                self._add(_WRITTEN[tag])
            elif tag != W + "sdt" or not _is_placeholder(element):
                if tag == W + "object" and any((part.get("ProgID") or "").startswith("Excel") for part in element.iter("{*}OLEObject")):
                    self._warnings["a spreadsheet embedded in the document is not read"] = None
                self.read(element)

    def _add(self, text: str) -> None:
        if all(self._fields):
            self.text.append(text)

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(False)
        elif self._fields and step == "separate":
            self._fields[-1] = True
        elif self._fields and step == "end":
            self._fields.pop()

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is hidden: by itself, by its style, by that of the paragraph, in this order."""
        states = (switch(run, "w:rPr/w:vanish"), self._styles.hidden(value(run, "w:rPr/w:rStyle")))
        return next((state for state in states if state is not None), self._hidden)


def _within(parent: Any, *tags: str) -> Iterator[Any]:
    """The elements of these tags below ``parent``, also behind content controls and marked insertions."""
    wanted = {W + tag for tag in tags}
    for element in parent:
        if element.tag in wanted:
            yield element
        elif element.tag == _ALTERNATIVES:
            yield from _within(_chosen(element), *tags)
        elif element.tag in _WRAPPERS and not _is_placeholder(element):
            yield from _within(element, *tags)


def _chosen(alternatives: Any) -> Any:
    """The first of several renderings of the same thing that holds text."""
    return next((one for one in alternatives if next(one.iter(W + "t", W + "tab", W + "sym"), None) is not None), ())


def _is_placeholder(element: Any) -> bool:
    """A content control that still shows its «click here to enter text»."""
    return element.tag == W + "sdt" and bool(switch(element, "w:sdtPr/w:showingPlcHdr"))


def _span(element: Any, path: str, default: int) -> int:
    return min(max(number(element, path, default), default), _WIDEST)


def _merge(cell: Any, path: str) -> str | None:
    """``restart`` where a merged cell begins, ``continue`` where it goes on, ``None`` for a cell by itself."""
    found = cell.find(path, NAMESPACES)
    return None if found is None else found.get(W + "val", "continue")


def _symbol(element: Any) -> str:
    """A character of a symbol font, by its code there; empty where it is ornament."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    table = _SYMBOLS.get((element.get(W + "font") or "").lower())
    if table is not None:
        return table.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else ""
