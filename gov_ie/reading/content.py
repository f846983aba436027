"""What a reader of one kind of file makes of its bytes, before it becomes a :class:`~gov_ie.reading.Source`."""

from __future__ import annotations

from dataclasses import dataclass

from gov_ie.reading.grid import Grid, TextBuilder


@dataclass(frozen=True)
class Content:
    """The text of one document with its tables.

    Attributes:
        text: the text, tables included where they stand.
        tables: the grids that the file marks as tables, in order; their cells point into ``text``.
        pages: where each page begins in ``text``; empty where the file has no pages.
        paragraphs: whether the file itself marks its paragraphs, so that a line is one.
        encoding: how bytes became characters, where that had to be found out.
        warnings: what a reader should know.
    """

    text: str
    tables: tuple[Grid, ...] = ()
    pages: tuple[int, ...] = ()
    paragraphs: bool = False
    encoding: str | None = None
    warnings: tuple[str, ...] = ()

    @classmethod
    def built(cls, builder: TextBuilder, *, paragraphs: bool = False, encoding: str | None = None, warnings: tuple[str, ...] = ()) -> Content:
        """The content that a builder has written."""
        return cls(builder.text, tuple(builder.grids), tuple(builder.pages), paragraphs, encoding, warnings)
