"""A stretch of text without white space and table marks, with the way back: what an annex says when its lines are broken anyhow."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from gov_ie.tables.annex.lines import narrow

#: Stands for a cell that the text shows to be empty.
EMPTY_CELL = "∅"
_RULE = re.compile(r"^[ \t|｜:\-+=—]*-{2,}[ \t|｜:\-+=—]*$")
_PAGE = re.compile(r"^[ \t]*(?:[-—－–] ?\d{1,3} ?[-—－–]|第 ?\d{1,3} ?页.{0,12})[ \t]*$")
_DROPPED = frozenset("*#_`\u200b\ufeff")


@dataclass(frozen=True)
class Squeezed:
    """Text without blanks: ``offsets[i]`` is where character ``i`` stands in the text as read, ``breaks[i]`` says whether a blank or mark stood before it, ``rows[i]`` in which printed line it stands."""

    text: str
    offsets: list[int]
    breaks: list[bool]
    rows: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as read of the characters from ``start`` to ``end``."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def at(self, offset: int) -> int:
        """The first character that stands at ``offset`` of the text as read, or behind it."""
        return bisect_left(self.offsets, offset)


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a line stand; empty ones before the first filled cell are left away, and what outer pipes enclose."""
    separator = "|" if "|" in line else "｜" if "｜" in line else "\t"
    bare = line.rstrip("\r\n ")
    edges = [-1, *(i for i, c in enumerate(bare) if c == separator), len(bare)]
    cells = [(a + 1, b) for a, b in pairwise(edges)]
    if separator != "\t" and bare.endswith(separator):
        cells.pop()
    while cells and not line[cells[0][0] : cells[0][1]].strip():
        cells.pop(0)
    return cells


def squeeze(text: str, start: int, end: int) -> Squeezed:
    """Squeeze ``text[start:end]``; an empty cell between tabs or pipes becomes :data:`EMPTY_CELL`, lines that are only rules or page numbers vanish."""
    characters: list[str] = []
    offsets: list[int] = []
    breaks: list[bool] = []
    rows: list[int] = []

    def add(character: str, offset: int, broken: bool, row: int) -> None:
        characters.append(character)
        offsets.append(offset)
        breaks.append(broken)
        rows.append(row)

    at = start
    for row, line in enumerate(text[start:end].splitlines(keepends=True)):
        at, begin = at + len(line), at
        if _RULE.match(line) or _PAGE.match(line.rstrip("\r\n")):
            continue
        for a, b in _cells(line):
            broken = True
            if not line[a:b].strip():
                add(EMPTY_CELL, min(begin + a, end - 1), True, row)
            for i in range(a, b):
                if line[i].isspace():
                    broken = True
                elif line[i] not in _DROPPED:
                    add(narrow(line[i]), begin + i, broken, row)
                    broken = False
    return Squeezed("".join(characters), offsets, breaks, rows)
