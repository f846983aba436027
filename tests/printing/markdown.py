"""Forms in Markdown: a clean pipe table, and the torn ones that converters make of a PDF."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from printing.layout import Block, Cell, Paragraph, Table, joined
from printing.style import Style

#: A line of a torn label holds this many characters.
_LINE = 11


def clean(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """Headings with ``##``, one pipe table for each table; places covered by a merged cell are empty, or repeat it."""
    repeated, inner = rng.random() < 0.5, rng.choice(("", "<br>", " "))
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(_paragraph(block))
            continue
        rows = [[c.text if repeated or (c.row, c.column) == (at, column) else "" for column, c in enumerate(row)] for at, row in enumerate(joined(block, inner).lattice())]
        parts.append(_pipes(rows))
    return "\n".join(parts)


def torn(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """The rows fall apart: small tables of a row or a few, with their labels or without; the labels left over stand before or after them as lines of text.

    The figures of a row stay together in one line and the rows in order; so do the labels.
    """
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(_paragraph(block))
        elif block.header:
            parts.append(_torn(joined(block), rng))
        else:
            parts.append("\n".join(_sections(joined(block), rng)) + "\n")
    return "\n".join(parts)


def _paragraph(block: Paragraph) -> str:
    return {"title": "# ", "heading": "## "}.get(block.role, "") + block.text + "\n"


def _pipes(rows: Sequence[Sequence[str]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body]) + "\n"


def _sections(table: Table, rng: random.Random) -> Iterator[str]:
    """Sections without a common header: each becomes a pipe table, or lines with a blank before the figures."""
    section: list[list[Cell]] = []
    for row in [*table.rows(), []]:
        if section and (not row or (row[0].role in ("heading", "head") and section[-1][0].role not in ("heading", "head"))):
            yield from _section(section, rng.random() < 0.5)
            section = []
        section.append(row)


def _section(rows: list[list[Cell]], as_table: bool) -> Iterator[str]:
    heading = [row for row in rows if row[0].role == "heading"]
    body = [row for row in rows if row[0].role != "heading"]
    yield from (row[0].text for row in heading)
    if as_table:
        yield "\n" + _pipes([[c.text for c in row] for row in body])
    else:
        yield from ("".join(c.text for c in row) if row[0].role == "head" else " ".join(c.text for c in row if c.text) for row in body)


def _torn(table: Table, rng: random.Random) -> str:
    rows = list(table.rows())
    parts = ["\n".join("".join(c.text for c in row) for row in rows if row[0].row < table.header) + "\n"]
    waiting = _lowered([row for row in rows if row[0].row >= table.header], rng)
    while waiting:
        size = rng.randint(1, 4)
        bundle, waiting = waiting[:size], waiting[size:]
        loose = [row for row in bundle if rng.random() < 0.4]
        labels = "\n".join(line for row in loose for line in _interleaved([c.text for c in row if c.role in ("group", "label")]))
        tables = _mini_tables([[c.text for c in row if row not in loose or c.role not in ("group", "label")] for row in bundle])
        parts += [labels + "\n", *tables] if rng.random() < 0.8 else [*tables, labels + "\n"]
    return "\n".join(part for part in parts if part.strip())


def _lowered(rows: list[list[Cell]], rng: random.Random) -> list[list[Cell]]:
    """The rows with some labels of groups beside the middle row of the group, the height at which they are printed."""
    moved = [cell for row in rows for cell in row if cell.role == "group" and rng.random() < 0.5]
    return [[c for c in moved if c.row + c.rows // 2 == row[-1].row] + [c for c in row if c not in moved] for row in rows]


def _interleaved(labels: list[str]) -> Iterable[str]:
    """The lines of labels that stand beside each other, as a converter reads them: straight across."""
    return ("".join(parts) for parts in zip_longest(*([label[i : i + _LINE] for i in range(0, len(label), _LINE)] for label in labels), fillvalue=""))


def _mini_tables(rows: list[list[str]]) -> list[str]:
    """Rows of one width that follow each other are one small table."""
    tables: list[list[list[str]]] = []
    for row in rows:
        if tables and len(tables[-1][-1]) == len(row):
            tables[-1].append(row)
        else:
            tables.append([row])
    return [_pipes(table) for table in tables]
