"""Forms as Word documents: merged cells as Word writes them (``gridSpan``, ``vMerge``)."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from printing.layout import Block, Cell, Paragraph, Table
from printing.style import Style

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS = 9000  # width of a table, twentieths of a point


def document(blocks: Sequence[Block], style: Style, rng: random.Random) -> bytes:
    """A ``.docx`` file; a line end in a cell is a line break or a new paragraph."""
    import docx
    from docx.oxml import parse_xml

    file = docx.Document()
    paragraphs = rng.random() < 0.5
    for block in blocks:
        if isinstance(block, Paragraph):
            file.add_paragraph(block.text, style={"title": "Title", "heading": "Heading 1"}.get(block.role))
        else:
            section = file.element.body.sectPr
            section.addprevious(parse_xml(_table(block, style, paragraphs)))
            section.addprevious(parse_xml(f"<w:p {_NAMESPACE}/>"))  # without a paragraph between them Word joins tables
    buffer = io.BytesIO()
    file.save(buffer)
    return _undated(buffer.getvalue())


def _undated(data: bytes) -> bytes:
    """The same archive with one date for every member, so that the same seed gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _table(table: Table, style: Style, paragraphs: bool) -> str:
    widths = [round(_TWIPS * weight / sum(table.weights)) for weight in table.weights]
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    rows = []
    for at, row in enumerate(table.lattice()):
        cells, column = [], 0
        while column < len(row):
            cells.append(_cell(row[column], at, widths, style, paragraphs))
            column += row[column].columns
        header = "<w:trPr><w:tblHeader/></w:trPr>" if style.repeat and at < table.header else ""
        rows.append(f"<w:tr>{header}{''.join(cells)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{_TWIPS}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def _cell(cell: Cell, row: int, widths: list[int], style: Style, paragraphs: bool) -> str:
    width = sum(widths[cell.column : cell.column + cell.columns])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.columns > 1:
        properties += f'<w:gridSpan w:val="{cell.columns}"/>'
    if cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    if style.shaded and cell.role == "heading":
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="C6D9F1"/>'
    align = "" if cell.role in ("label", "group") else '<w:pPr><w:jc w:val="center"/></w:pPr>'
    texts = cell.text.split("\n") if row == cell.row else [""]
    runs = ["".join(f'<w:t xml:space="preserve">{escape(text)}</w:t>' for text in texts[:1]) + "".join(f'<w:br/><w:t xml:space="preserve">{escape(text)}</w:t>' for text in texts[1:])]
    if paragraphs:
        runs = [f'<w:t xml:space="preserve">{escape(text)}</w:t>' for text in texts]
    content = "".join(f'<w:p>{align}<w:r><w:rPr><w:sz w:val="18"/></w:rPr>{run}</w:r></w:p>' for run in runs)
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
