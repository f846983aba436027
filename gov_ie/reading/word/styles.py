"""What a Word file's styles say about numbering and hidden text; the rest of them is looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gov_ie.reading.word.package import NAMESPACES, W, switch, value

_LONGEST_CHAIN = 20


class Styles:
    """The styles of a document by their ids; each inherits from the style that it is based on."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default: str | None = None
        self._hidden: dict[str | None, bool | None] = {}
        for style in () if root is None else root.iterfind("w:style", NAMESPACES):
            key = style.get(W + "styleId", "")
            self._styles[key] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = key

    def of(self, paragraph: Any) -> str | None:
        """The id of a paragraph's style; that of the default style where it names none."""
        return value(paragraph, "w:pPr/w:pStyle", self._default)

    def _chain(self, key: str | None) -> Iterator[tuple[str, Any]]:
        """A style and those behind it, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            if key is None or key not in self._styles:
                return
            yield key, self._styles[key]
            key = value(self._styles[key], "w:basedOn")

    def numbering(self, key: str | None) -> tuple[str | None, str | None, str | None]:
        """The list and the level of a style as they are written (either may be missing), and the id of the style that says so."""
        number = level = owner = None
        for here, style in self._chain(key):
            if level is None:
                level = value(style, "w:pPr/w:numPr/w:ilvl")
            number = value(style, "w:pPr/w:numPr/w:numId")
            if number is not None:
                owner = here
                break
        return number, level, owner

    def hidden(self, key: str | None) -> bool | None:
        """Whether text in this style is hidden; ``None`` where the style does not say."""
        if key not in self._hidden:
            given = (switch(style, "w:rPr/w:vanish") for _, style in self._chain(key))
            self._hidden[key] = next((state for state in given if state is not None), None)
        return self._hidden[key]
