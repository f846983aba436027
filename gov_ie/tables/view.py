"""The text as the readers of tables see it: without markup, and with the tables that are drawn into it as grids."""

from __future__ import annotations

from collections.abc import Sequence

from gov_ie.reading.grid import Grid
from gov_ie.tables.bordered import find_bordered
from gov_ie.tables.drawing import View, rewrite
from gov_ie.tables.embedded import find_embedded
from gov_ie.tables.markup import without_markup
from gov_ie.tables.separated import with_tabs


def open_view(text: str, grids: Sequence[Grid]) -> View:
    """The view of a text; where its file marks tables itself, their cells point into it as they are, and none is looked for."""
    clean = without_markup(text)
    if grids:
        return View(clean, list(grids))
    clean = with_tabs(clean)
    drawings = list(find_embedded(clean))
    drawings += [d for d in find_bordered(clean) if not any(d.start < e.end and e.start < d.end for e in drawings)]
    drawings.sort(key=lambda d: d.start)
    return rewrite(clean, drawings) if drawings else View(clean, [])
