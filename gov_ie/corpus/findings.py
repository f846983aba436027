"""What the lint finds, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from gov_ie.corpus.markup import AnnotatedText


@dataclass(frozen=True)
class Finding:
    """One finding: where in the file (line and column from 1, in characters), how grave (``"error"`` or ``"hint"``), and what."""

    line: int
    column: int
    level: str
    message: str


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The place of a character, both from 1. Lines end with ``\\n``; the ``\\r`` before it is the last character of its line."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def found_at(content: AnnotatedText, offset: int, level: str, message: str) -> Finding:
    """A finding at a character of an annotated text, placed in the marked-up file that was parsed.

    Args:
        content: what :func:`~gov_ie.corpus.markup.parse` made of the file.
        offset: in ``content.text``; one behind its end stands for the last character.
    """
    if not content.places:
        return Finding(1, 1, level, message)
    offset = min(offset, len(content.places) - 1)
    before = content.text.rfind("\n", 0, offset)  # markup holds no line ends, so the file has as many lines as the text
    return Finding(content.text.count("\n", 0, offset) + 1, content.places[offset] - (content.places[before] if before >= 0 else -1), level, message)
