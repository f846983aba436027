"""A text with marked stretches as HTML: stretches may nest, touch and cross."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from gov_ie.errors import GovIEError
from gov_ie.show.escape import escape, escape_text

#: Lines of nothing but blanks, with the line ends before and behind them; at either end of a stretch one line end will do.
_B = r"[ \t\r\u3000\u00a0]"
_BLANK = re.compile(rf"\A{_B}*\n(?:{_B}|\n)*|\n(?:{_B}|\n)*\Z|\n(?:{_B}*\n)+")


@dataclass(frozen=True)
class Mark:
    """A stretch of a text to be marked.

    Attributes:
        start, end: offsets in characters.
        kinds: become the classes ``gi-…`` of the element: letters, digits and hyphens.
        label: shown as a chip behind the stretch; not part of the text content.
        id: of the element.
        title: shown when the stretch is pointed at.
    """

    start: int
    end: int
    kinds: tuple[str, ...] = ()
    label: str = ""
    id: str | None = None
    title: str | None = None


class _Piece(NamedTuple):
    """A piece of a mark, whether it is blank lines alone, and where the mark's words begin and end."""

    mark: Mark
    blank: bool
    first: int
    last: int


def marked(text: str, marks: Iterable[Mark]) -> str:
    """A text as HTML with its marks as nested ``span`` elements.

    A mark that crosses another is cut at the other's border, and around blank lines, which become a piece of class ``gi-blank``, not painted; the first piece with words has the id, the last the chip. The text content of the result
    is ``visible(text)`` (:mod:`gov_ie.show.escape`): the text itself, but for one box for each invisible control.

    Args:
        text: any text.
        marks: stretches of it; empty ones are left out. Of two that cover the same stretch the earlier is outside.

    Raises:
        GovIEError: a mark does not lie within the text.
    """
    waiting: list[tuple[int, int, int, _Piece]] = []
    for order, mark in enumerate(marks):
        if not 0 <= mark.start <= mark.end <= len(text):
            raise GovIEError(f"a mark from {mark.start} to {mark.end} does not lie within the text of {len(text)} characters: marks have to be of the text that is shown")
        waiting += ((start, -end, order, piece) for start, end, piece in _pieces(text, mark))
    heapify(waiting)
    parts: list[str] = []
    ends: list[int] = []
    at = 0
    while waiting:
        start, minus_end, order, piece = heappop(waiting)
        while ends and ends[-1] <= start:
            parts += escape_text(text[at : ends[-1]]), "</span>"
            at = ends.pop()
        end = -minus_end
        if ends and end > ends[-1]:
            heappush(waiting, (ends[-1], minus_end, order, piece))
            end = ends[-1]
        parts += escape_text(text[at:start]), _opening(piece, start, end)
        ends.append(end)
        at = start
    for end in reversed(ends):
        parts += escape_text(text[at:end]), "</span>"
        at = end
    return "".join([*parts, escape_text(text[at:])])


def _pieces(text: str, mark: Mark) -> list[tuple[int, int, _Piece]]:
    """A mark parted into words and blank lines; nothing for an empty one."""
    borders = sorted({mark.start, mark.end, *(mark.start + at for blank in _BLANK.finditer(text[mark.start : mark.end]) for at in blank.span())})
    parted = [(start, end, len(borders) > 2 and text[start:end].isspace()) for start, end in pairwise(borders)]
    words = [(start, end) for start, end, blank in parted if not blank] or [(mark.start, mark.end)]
    return [(start, end, _Piece(mark, blank, words[0][0], words[-1][1])) for start, end, blank in parted]


def _opening(piece: _Piece, start: int, end: int) -> str:
    """The tag that opens a piece, or what is left of it, from ``start`` to ``end``."""
    mark, first, last = piece.mark, start == piece.first, end == piece.last
    classes = ["gi-mark", *(f"gi-{kind}" for kind in mark.kinds), *([] if first else ["gi-continued"]), *([] if last else ["gi-continues"]), *(["gi-blank"] if piece.blank else [])]
    attributes = {"class": " ".join(classes), "id": mark.id if first else None, "data-label": mark.label if last and mark.label else None, "title": mark.title}
    return "<span" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None) + ">"
