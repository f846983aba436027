"""Characters → printed lines → text. Places are those of :mod:`~gov_ie.reading.pages.ruled`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FIGURES = re.compile(r"[\d.,，]+")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character and its box; for a scan, its share of the box of the word."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def x(self) -> float:
        """Middle of the box."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Middle of the box."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Height of the box, about the size of the font."""
        return max(self.bottom - self.top, 1.0)


@dataclass
class Line:
    """One printed line of a page."""

    page: int
    glyphs: list[Glyph]

    @property
    def text(self) -> str:
        """Its words, with blanks where they are apart."""
        return line_text(self.glyphs)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(g.top for g in self.glyphs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(g.bottom for g in self.glyphs)

    @property
    def size(self) -> float:
        """Height of its characters (their median)."""
        return sorted(g.size for g in self.glyphs)[len(self.glyphs) // 2]


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by printed lines, from above, each from left to right; what a fake bold prints twice stands once."""
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if lines and glyph.y - middle <= 0.45 * max(glyph.size, lines[-1][-1].size):
            lines[-1].append(glyph)
            middle += (glyph.y - middle) / len(lines[-1])
        else:
            lines.append([glyph])
            middle = glyph.y
    return [_without_doubles(sorted(line, key=lambda g: g.x0)) for line in lines]


def _without_doubles(line: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in line:
        near = 0.15 * glyph.size
        if not any(g.text == glyph.text and abs(g.x0 - glyph.x0) < near and abs(g.top - glyph.top) < near for g in kept[-3:]):
            kept.append(glyph)
    return kept


def is_wide(text: str) -> bool:
    """Whether a character fills a whole square, as Chinese ones do."""
    return unicodedata.east_asian_width(text[0]) in "WF" or text in "“”‘’—…·"


def line_text(line: Sequence[Glyph]) -> str:
    """One line as text: a blank where words are apart, two where they are far apart, none in justified Chinese."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in line:
        if before is not None:
            gap, em = glyph.x0 - before.x1, max(min(before.size, glyph.size), 1.0)
            narrow = not is_wide(before.text) and not is_wide(glyph.text)
            if gap > 1.6 * em:
                parts.append("  ")
            elif gap > (0.15 if narrow else 0.9) * em:
                parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return "".join(parts)


def cell_text(glyphs: Iterable[Glyph], width: float) -> str:
    """The lines of a cell that is ``width`` points wide; a figure that was too long for its cell is put together again."""
    lines = lines_of(glyphs)
    texts = [line_text(line) for line in lines]
    if len(texts) > 1 and all(_FIGURES.fullmatch(text) for text in texts) and all(line[-1].x1 - line[0].x0 > 0.6 * width for line in lines[:-1]):
        return "".join(texts)
    return "\n".join(texts)
