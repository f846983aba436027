"""What code and tables need to be read on a narrow screen: lines of code that ``site.css`` can indent where they wrap, and cells that name their column where rows are stacked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from pygments.formatters import HtmlFormatter
from sphinx.application import Sphinx
from sphinx.highlighting import PygmentsBridge

_FIGURE = re.compile(r"[\d.,%]*")
#: A table of so many columns of figures is not stacked.
_FEW = 5
#: One of more columns has less room for each.
_MANY = 7


class Lines(HtmlFormatter):  # type: ignore[type-arg]
    """Code with an element for each of its lines."""

    def wrap(self, source: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The lines, each with its end inside, so that copied text keeps it."""
        return super().wrap((kind, f'<span class="line">{text}</span>' if kind else text) for kind, text in source)


def name_columns(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the head of its column into every cell, as an attribute that only the stylesheet shows; mark empty cells, and tables of figures: rows that are compared are not stacked."""
    if app.builder.format != "html":
        return
    for table in doctree.findall(nodes.table):
        heads = [entry.astext() for head in table.findall(nodes.thead) for entry in head.findall(nodes.entry)]
        rows = [row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)]
        if len(heads) > _MANY:
            table["classes"].append("many")
        elif len(heads) <= _FEW and all(_FIGURE.fullmatch(entry.astext().strip()) for row in rows for entry in list(row.findall(nodes.entry))[1:]):
            table["classes"].append("figures")
        for row in rows:
            for head, entry in zip(heads, row.findall(nodes.entry), strict=False):
                if not entry.astext().strip():
                    entry["classes"].append("empty")
                elif head:
                    entry[0].insert(0, nodes.raw("", f'<span class="column" data-column="{html.escape(head)}"></span>', format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Take the place of Sphinx's formatter; connect to its events."""
    PygmentsBridge.html_formatter = Lines
    app.connect("doctree-resolved", name_columns)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
