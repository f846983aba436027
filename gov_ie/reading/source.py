"""A source: the text of a file as it was read, and what is known of the file."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gov_ie.reading.grid import Grid
from gov_ie.reading.tidy import Tidied, tidy


@dataclass(frozen=True)
class Source:
    """The text of one report as it was read; all evidence points into :attr:`text`.

    Attributes:
        text: the decoded text, unchanged.
        name: the file's name, or what the caller calls the text.
        path: the file's path, ``None`` for a text that was passed in.
        sha256: of the file's bytes (of the UTF-8 text when there is no file).
        encoding: how the file was decoded.
        tables: the grids that the file itself marks as tables, in order; empty for plain text.
        pages: where each page begins in :attr:`text`; empty where the file has no pages.
        paragraphs: whether the file marks its paragraphs, so that a line of :attr:`text` is one.
        warnings: what a reader should know of this source.
    """

    text: str
    name: str = "text"
    path: str | None = None
    sha256: str = ""
    encoding: str | None = None
    tables: tuple[Grid, ...] = ()
    pages: tuple[int, ...] = ()
    paragraphs: bool = False
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def tidied(self) -> Tidied:
        """The text with real paragraphs only, and its map back to :attr:`text`."""
        return tidy(self.text, paragraphs=self.paragraphs)

    def without(self, stretches: Sequence[tuple[int, int]]) -> Tidied:
        """The text tidied, but for some stretches of it, such as its tables; each leaves a paragraph's end behind."""
        if not stretches:
            return self.tidied
        text = self.text
        for start, end in stretches:
            # as many line ends as characters, so that offsets hold
            text = text[:start] + "\n" * (end - start) + text[end:]
        return tidy(text, paragraphs=self.paragraphs)

    def page_at(self, offset: int) -> int | None:
        """The page (from 1) on which a character stands, ``None`` where the file has no pages; a table over a page break stands whole on its first."""
        return bisect_right(self.pages, offset) or None if self.pages else None

    def describe(self) -> dict[str, Any]:
        """What goes into ``Report.source``."""
        return {"name": self.name, "path": self.path, "sha256": self.sha256, "encoding": self.encoding, "characters": len(self.text)}


def from_text(text: str, *, name: str = "text") -> Source:
    """A source for a text that the caller has already."""
    from gov_ie.reading.genre import judge

    return Source(text, name=name, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), warnings=tuple(judge(text)))
