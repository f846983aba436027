"""Which row of a form a printed label is, whatever broke it: blanks, line ends, lost or doubled characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from gov_ie.forms import Label
from gov_ie.tables.lines import han

#: A printed label that is less like a row's label than this names no row.
LEAST = 0.6
_ALIKE = 0.72


@dataclass(frozen=True)
class Match:
    """A row of the form (by its number) and how well its label was met, 0 to 1."""

    row: int
    score: float


class RowLabels:
    """The labels of a table's rows, ready to be compared."""

    def __init__(self, rows: Sequence[Label]) -> None:
        self._names = [[han(name) for name in row.names] for row in rows]

    def match(self, printed: str, *, least: float = LEAST) -> Match | None:
        """The row that a printed label names, ``None`` when none or more than one fits."""
        text = han(printed)
        if not text:
            return None
        scores = [max(_likeness(text, name) for name in names) for names in self._names]
        best = max(range(len(scores)), key=scores.__getitem__)
        if scores[best] < least or sum(score > scores[best] - 0.01 for score in scores) > 1:
            return None
        return Match(best, scores[best])

    def holds(self, row: int, printed: str) -> bool:
        """Whether a printed piece is part of the label of a row."""
        piece = han(printed)
        return any(piece in name for name in self._names[row])

    def absent(self, row: int, printed: str) -> bool:
        """Whether nothing of a row's label is printed: no pair of characters that it alone has stands in the Chinese characters of the table."""
        others = {pair for i, names in enumerate(self._names) if i != row for name in names for pair in _pairs(name)}
        return not any(pair in printed for name in self._names[row] for pair in _pairs(name) if pair not in others)


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def _likeness(text: str, name: str) -> float:
    if text == name:
        return 1.0
    if text.endswith(name):
        return 0.93 + 0.05 * len(name) / len(text)
    if len(name) >= 4 and name in text:
        # the words nearest to the figures count most
        return 0.7 + 0.2 * (text.rindex(name) + len(name)) / len(text)
    if len(text) >= 2 and text in name:
        return 0.5 + 0.4 * len(text) / len(name)
    overlap = next((k for k in range(min(len(text), len(name)) - 1, 3, -1) if text.endswith(name[:k])), 0)
    if overlap:
        return 0.5 + 0.4 * overlap / len(name)
    if len(name) < 5:
        return 0.0
    return _similarity(text[-len(name) - 3 :], name)


@lru_cache(maxsize=8192)
def _similarity(text: str, name: str) -> float:
    """How alike a misprinted label and a name are, 0 below :data:`_ALIKE`; the cheap bounds come first."""
    matcher = SequenceMatcher(None, text, name, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return 0.85 * ratio if ratio >= _ALIKE else 0.0
