"""Tables drawn with borders in plain text (``+----+`` and ``|``): cells may reach over several lines, rows and columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gov_ie.tables.drawing import Drawing, DrawnCell

_LINE = re.compile(r"[^\n]*\n?")
_BORDER = re.compile(r"\+[-=]{2}|[-=]{2}\+|\+[-=]\+")
#: Larger tables are none of a form.
MAX_LINES, MAX_BORDERS = 5_000, 120


def find_bordered(text: str) -> Iterator[Drawing]:
    """The tables with drawn borders in a text, in order."""
    if _BORDER.search(text) is None:
        return
    block: list[tuple[int, str]] = []
    for match in _LINE.finditer(text):
        line = match.group()
        drawn = line.strip()
        if len(drawn) > 2 and drawn[0] in "+|" and drawn[-1] in "+|":
            block.append((match.start(), line.rstrip()))
            continue
        yield from _read(block)
        block = []
    yield from _read(block)


def _read(block: Sequence[tuple[int, str]]) -> Iterator[Drawing]:
    if len(block) < 4 or len(block) > MAX_LINES or sum(_BORDER.search(line) is not None for _, line in block) < 3:
        return
    # Some programs count marks such as “ as wide, some do not: that count is right by which the borders meet.
    canvases = [[_columns(line, wide) for _, line in block] for wide in ("WF", "WFA")]
    borders, canvas = min(((_borders(block, canvas), canvas) for canvas in canvases), key=lambda found: len(found[0]))
    if 2 <= len(borders) <= MAX_BORDERS:
        cells = tuple(_Canvas(block, canvas, borders).cells())
        yield Drawing(block[0][0], block[-1][0] + len(block[-1][1]), cells)


def _columns(line: str, wide: str) -> list[int]:
    """The column of a screen in which each character stands."""
    columns, at = [], 0
    for c in line:
        columns.append(at)
        at += 1 if c.isascii() else 2 if unicodedata.east_asian_width(c) in wide else 1
    return columns


def _is_border(line: str, i: int) -> bool:
    """Whether a character is part of an upright border: a stroke, or a crossing beside a level one."""
    return line[i] == "|" or (line[i] == "+" and any(0 <= j < len(line) and line[j] in "-=+" for j in (i - 1, i + 1)))


def _borders(block: Sequence[tuple[int, str]], canvas: Sequence[list[int]]) -> list[int]:
    return sorted({columns[i] for (_, line), columns in zip(block, canvas, strict=True) for i in range(len(line)) if _is_border(line, i)})


class _Canvas:
    """Line by line, what stands between each border and the next: a level border, or text that belongs to a cell."""

    def __init__(self, block: Sequence[tuple[int, str]], canvas: Sequence[list[int]], borders: Sequence[int]) -> None:
        place = {column: i for i, column in enumerate(borders)}
        #: (line, slot) → where text begins and ends, and its first slot; slots that no border parts share one text.
        self.text: dict[tuple[int, int], tuple[int, int, int]] = {}
        self.bands: list[int] = []
        band = 0
        for number, ((offset, line), columns) in enumerate(zip(block, canvas, strict=True)):
            marks = [i for i in range(len(line)) if _is_border(line, i)]
            level = False
            for left, right in pairwise(marks):
                inner = line[left + 1 : right]
                first, last = place[columns[left]], place[columns[right]]
                if not inner.strip("-="):
                    level = level or inner != ""
                    continue
                for slot in range(first, last):
                    self.text[number, slot] = (offset + left + 1, offset + right, first)
            band += level
            self.bands.append(band)

    def cells(self) -> Iterator[DrawnCell]:
        parent: dict[tuple[int, int], tuple[int, int]] = {}

        def root(node: tuple[int, int]) -> tuple[int, int]:
            while parent.setdefault(node, node) != node:
                parent[node] = node = parent[parent[node]]
            return node

        for line, slot in self.text:
            first = self.text[line, slot][2]
            for other in ((line, first), (line - 1, slot)):
                if other in self.text:
                    parent[root((line, slot))] = root(other)
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for node in self.text:
            groups.setdefault(root(node), []).append(node)
        for nodes in groups.values():
            lines, slots = [line for line, _ in nodes], [slot for _, slot in nodes]
            row, column = self.bands[min(lines)], min(slots)
            pieces = tuple(dict.fromkeys(self.text[node][:2] for node in sorted(nodes)))
            yield DrawnCell(row, column, self.bands[max(lines)] - row + 1, max(slots) - column + 1, pieces)
