"""Printed pages → content: furniture dropped, tables between the paragraphs around them, tables over page breaks joined."""

from __future__ import annotations

import re
from collections import defaultdict

from gov_ie.reading.content import Content
from gov_ie.reading.grid import TextBuilder
from gov_ie.reading.pages.breaks import joined
from gov_ie.reading.pages.columns import columned
from gov_ie.reading.pages.lines import Line, lines_of
from gov_ie.reading.pages.ruled import Page, Table, filled, frames

_PAGE_NUMBER = re.compile(
    r"[-—–－―‐·~〜～\s]*\d{1,3}[-—–－―‐·~〜～\s]*|第\s*[\d一二三四五六七八九十]{1,3}\s*页[\s,，/]*(?:[共（(]*\s*\d{1,3}\s*页?[)）]?)?|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d{1,3}(?:\s*of\s*\d{1,3})?"
)
#: The part of a page's height, above and below, in which furniture stands.
_MARGIN = 0.12


def flow(pages: list[Page], *, warnings: tuple[str, ...] = ()) -> Content:
    """The text of pages in reading order, one line for each printed line, with its tables.

    A table that goes on over a page break is one grid; its cells name the page on which they begin.
    """
    lines: dict[int, list[Line]] = {}
    tables: dict[int, list[Table]] = {}
    for page in pages:
        lines[page.number], tables[page.number] = _split(page)
    furniture = _furniture(pages, lines)
    items: list[Line | Table | int] = []
    for page in pages:
        items.append(page.number)
        on_page: list[Line | Table] = [*(line for line in lines[page.number] if id(line) not in furniture), *tables[page.number]]
        on_page.sort(key=lambda item: item.top)
        items += on_page
    return _written(joined(columned(items)), warnings)


def _split(page: Page) -> tuple[list[Line], list[Table]]:
    """The lines and ruled tables of a page; a ruled box that holds no text is a drawing."""
    rest = page.glyphs
    tables: list[Table] = []
    for frame in frames(page.rules):
        table, outside = filled(frame, rest, page.number)
        if len(outside) < len(rest):
            tables.append(table)
            rest = outside
    return [Line(page.number, glyphs) for glyphs in lines_of(rest)], tables


def _furniture(pages: list[Page], lines: dict[int, list[Line]]) -> set[int]:
    """Page numbers, and what stands in the margin of most pages (three at least) at the same height with the same words."""
    found: set[int] = set()
    repeated: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in lines[page.number]:
            above = line.bottom < _MARGIN * page.height
            if not above and line.top < (1 - _MARGIN) * page.height:
                continue
            text = line.text.strip()
            outermost = all(other is line or (other.top > line.top if above else other.bottom < line.bottom) for other in lines[page.number])
            if _PAGE_NUMBER.fullmatch(text) and (outermost or not text.isdecimal()):
                found.add(id(line))
            key = re.sub(r"\d+", "0", re.sub(r"\s", "", text))
            for height in {round(line.top / 6), round(line.top / 6 + 0.5)}:
                repeated[key, height].append(line)
    for same in repeated.values():
        if len({line.page for line in same}) >= max(3, 0.6 * len(pages)):
            found |= {id(line) for line in same}
    return found


def _written(items: list[Line | Table | int], warnings: tuple[str, ...]) -> Content:
    builder = TextBuilder()
    margins = _margins([item for item in items if isinstance(item, Line)])
    for item in items:
        if isinstance(item, int):
            builder.page()
        elif isinstance(item, Line):
            indent = (item.glyphs[0].x0 - margins.get(item.page, item.glyphs[0].x0)) / item.size
            # the indent of a paragraph is the one mark by which its beginning can be told from a wrapped line
            builder.paragraph(("\u3000\u3000" if 1.2 <= indent <= 3.2 else "") + item.text)
        else:
            builder.table(item.cells)
    return Content.built(builder, warnings=warnings)


def _margins(lines: list[Line]) -> dict[int, float]:
    """Left edge of the text by page."""
    edges: dict[int, float] = {}
    for line in lines:
        if len(line.glyphs) >= 10:
            edges[line.page] = min(edges.get(line.page, line.glyphs[0].x0), line.glyphs[0].x0)
    everywhere = min(edges.values(), default=0.0)
    return {line.page: min(edges.get(line.page, everywhere), everywhere + 3 * line.size) for line in lines} if edges else {}
