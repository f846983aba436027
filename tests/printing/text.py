"""Forms as plain text: one cell a line, tabs or blanks between the cells, everything run together."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from printing.layout import Block, Cell, Paragraph, Table, joined
from printing.style import Style


def lines(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """Every cell in a line of its own, perhaps blank lines between; an empty cell is a blank line, or vanishes."""
    gap = rng.choice(("\n", "\n\n"))

    def table(block: Table) -> str:
        return gap.join(c.text for c in joined(block).cells if c.text or not style.vanish) + gap

    return _page(blocks, table, after="\n" if gap == "\n" else "\n\n")


def tabs(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """Rows of cells with tabs between, as made from Word: narrow labels stay wrapped by blanks or line ends, a page may end anywhere.

    Places covered by a merged cell are empty fields, or not there at all; with ``vanish`` tabs at the end of a row are lost.
    """
    padded, width = rng.random() < 0.7, rng.choice((4, 6, 9, 40))

    def table(block: Table) -> str:
        rows = []
        for at, row in enumerate(block.lattice()):
            fields = [_wrapped(c, width, rng) if (c.row, c.column) == (at, column) else "" for column, c in enumerate(row) if padded or (c.row, c.column) == (at, column)]
            line = "\t".join(fields)
            rows.append((line.rstrip("\t") if style.vanish else line) + ("\n\n" if rng.random() < 0.05 else "\n"))
        return "".join(rows)

    return _page(blocks, table, after="\n")


def _wrapped(cell: Cell, width: int, rng: random.Random) -> str:
    """The text of a label as its narrow column wraps it."""
    if cell.role not in ("label", "group") or len(cell.text) <= width:
        return cell.text.replace("\n", " ")
    text = cell.text.replace("\n", "")
    parts = [text[i : i + width] for i in range(0, len(text), width)]
    return "".join(part + rng.choices((" ", "\n", "\n\n"), (90, 8, 2))[0] for part in parts[:-1]) + parts[-1]


def blanks(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """Rows of cells with blanks between, either a few, or so many that the columns stand below each other; an empty cell leaves no mark of its own."""
    aligned, gap = rng.random() < 0.5, rng.choice((" ", "  ", "    ", "　"))

    def table(block: Table) -> str:
        block = joined(block)
        return "".join((_aligned(row, block) if aligned else gap.join(c.text for c in row if c.text)) + "\n" for row in block.rows())

    return _page(blocks, table, after="\n")


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if ord(c) > 0x2000 else 1 for c in text)


def _aligned(row: list[Cell], table: Table, width: int = 150) -> str:
    line, total = "", sum(table.weights)
    for cell in row:
        at = round(width * sum(table.weights[: cell.column]) / total)
        if cell.text:
            line += " " * max(at - _columns(line), 1 if line else 0) + cell.text
    return line


def run_together(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """All text glued together in reading order, as a crawler keeps a page: empty cells are lost, paragraphs perhaps told apart by blanks."""
    gap = rng.choice(("", "　　"))
    parts = []
    for block in blocks:
        if isinstance(block, Table):
            parts.append("".join(c.text for c in joined(block).cells))
        else:
            parts.append("\n\n".join(("", block.text, "")) if block.role == "title" else ("" if block.role == "note" else gap) + block.text)
    return "".join(parts).lstrip("\n") + "\n"


def _page(blocks: Sequence[Block], table: Callable[[Table], str], *, after: str) -> str:
    return "".join(block.text + after if isinstance(block, Paragraph) else table(block) for block in blocks)
