"""A text with marked stretches as HTML: stretches may nest, touch and cross."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from gov_ie.errors import GovIEError
from gov_ie.show.escape import escape, escape_text


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


def marked(text: str, marks: Iterable[Mark]) -> str:
    """A text as HTML with its marks as nested ``span`` elements.

    A mark that crosses another is cut at the other's border; its first piece has the id, its last the chip. The text content of the result
    is ``visible(text)`` (:mod:`gov_ie.show.escape`): the text itself, but for one box for each invisible control.

    Args:
        text: any text.
        marks: stretches of it; empty ones are left out. Of two that cover the same stretch the earlier is outside.

    Raises:
        GovIEError: a mark does not lie within the text.
    """
    waiting = []
    for order, mark in enumerate(marks):
        if not 0 <= mark.start <= mark.end <= len(text):
            raise GovIEError(f"a mark from {mark.start} to {mark.end} does not lie within the text of {len(text)} characters: marks have to be of the text that is shown")
        if mark.start < mark.end:
            waiting.append((mark.start, -mark.end, order, mark))
    heapify(waiting)
    parts: list[str] = []
    ends: list[int] = []
    at = 0
    while waiting:
        start, minus_end, order, mark = heappop(waiting)
        while ends and ends[-1] <= start:
            parts += escape_text(text[at : ends[-1]]), "</span>"
            at = ends.pop()
        end = -minus_end
        if ends and end > ends[-1]:
            heappush(waiting, (ends[-1], minus_end, order, mark))
            end = ends[-1]
        parts += escape_text(text[at:start]), _opening(mark, start, end)
        ends.append(end)
        at = start
    for end in reversed(ends):
        parts += escape_text(text[at:end]), "</span>"
        at = end
    return "".join([*parts, escape_text(text[at:])])


def _opening(mark: Mark, start: int, end: int) -> str:
    """The tag that opens the piece of a mark from ``start`` to ``end``."""
    first, last = start == mark.start, end == mark.end
    classes = ["gi-mark", *(f"gi-{kind}" for kind in mark.kinds), *([] if first else ["gi-continued"]), *([] if last else ["gi-continues"])]
    attributes = {"class": " ".join(classes), "id": mark.id if first else None, "data-label": mark.label if last and mark.label else None, "title": mark.title}
    return "<span" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None) + ">"
