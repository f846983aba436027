"""The head of an annex's columns: which of several figures in a line is the one of the reported year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement, pairwise
from typing import Literal

from gov_ie.forms.annex import annex_form
from gov_ie.tables.annex.lines import AMONG, ENUMERATOR, UNITS, number, squared
from gov_ie.tables.annex.squeeze import EMPTY_CELL, Squeezed

Part = Literal["label", "unit", "code", "year", "period", "figure", "other", "remark"]
_YEAR = re.compile(r"^(20\d\d)年?度?(?:数量?|数据|统计数|实际)?$")
_RUNNING = re.compile(r"累计|以来|上年|去年|同比|增减|增长")
_NOTE = re.compile(rf"（[^（）]*）|/(?:{UNITS})$")


@lru_cache(maxsize=1)
def _words() -> dict[str, Part]:
    return {word: part for part, words in annex_form().columns.items() for word in words}  # type: ignore[misc]


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_words(), key=len, reverse=True))
    return re.compile(rf"20\d\d年度?(?:统计数|数量|数据|数)?|(?:自)?20\d\d年以来累计数?|截[至止]20\d\d年底?累计数?|{words}")


def part_of(head: str, year: int | None) -> Part | None:
    """The part that a column plays by what its head says, ``None`` where that is no head of a column.

    A year is ``year`` where it is the reported one, ``other`` where it is another, and ``year`` where the reported one is not known.
    """
    text = _NOTE.sub("", squared(head)).strip("：:")
    if text in _words():
        return _words()[text]
    if found := _YEAR.match(text):
        return "year" if year is None or int(found.group(1)) == year else "other"
    return "other" if text and len(text) <= 14 and _RUNNING.search(text) and not text.endswith("情况") else None


@dataclass(frozen=True)
class Columns:
    """The columns that carry figures: how many, and which one is the reported year's (from 0, ``None`` where the head does not tell).

    A column of line numbers behind the name counts as one; ``numbered`` says that there is one before the name.
    """

    count: int = 1
    chosen: int | None = 0
    numbered: bool = False

    def choose(self, figures: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, int, int] | None, int]:
        """``(the reported year's figure or None, how many readings there are)`` of what is printed in a line; an empty cell is a figure of no characters."""
        if self.count == 1:
            printed = [f for f in figures if f[0]]
            return (printed[0] if printed else None), max(1, len(printed))
        while len(figures) > self.count and not figures[-1][0]:
            figures = figures[:-1]
        while len(figures) > self.count and not figures[0][0]:
            figures = figures[1:]
        if not any(f[0] for f in figures):
            return None, 1
        if self.chosen is None:
            return None, self.count
        if len(figures) == self.count:
            return figures[self.chosen], 1
        return self._divide(*figures[0]) if len(figures) == 1 else (None, max(2, len(figures)))

    def _divide(self, digits: str, start: int, end: int) -> tuple[tuple[str, int, int] | None, int]:
        """The figures of all columns stand together: the chosen one, if all ways to cut them agree in it; a cell may be empty."""
        chosen = self.chosen or 0
        if end - start != len(digits) or len(digits) > 16 or self.count > 4:
            return None, max(2, len(digits))
        readings = set()
        for cuts in combinations_with_replacement(range(len(digits) + 1), self.count - 1):
            edges = (0, *cuts, len(digits))
            if all(a == b or number(digits[a:b], None) is not None for a, b in pairwise(edges)):
                readings.add(edges)
        parts = {edges[chosen : chosen + 2] for edges in readings}
        if len(parts) != 1:
            return None, max(2, len(readings))
        ((a, b),) = parts
        return (digits[a:b], start + a, start + b), 1


def columns_of(words: Sequence[str], year: int | None) -> Columns | None:
    """The figure columns of a head; ``None`` where it names none."""
    parts = [part_of(word, year) for word in words]
    if parts.count("label") > 1:  # blocks side by side have the same columns
        parts = parts[: parts.index("label", parts.index("label") + 1)]
    numbered = parts[0] == "code" and "label" in parts
    figures = [i for i, part in enumerate(parts) if part in ("year", "period", "figure", "other") or (part == "code" and i and "label" in parts[:i])]
    if not any(parts[i] != "code" for i in figures):
        return None
    years = [int(m.group(1)) if (m := _YEAR.match(squared(words[i]))) else 0 for i in figures]
    best = chosen_column([parts[i] for i in figures], years)
    return Columns(len(figures), best, numbered)


def chosen_column(parts: Sequence[Part | None], years: Sequence[int]) -> int | None:
    """Which of the figure columns is the reported year's: the one called so, the latest of several years, else the only plain one."""
    for wanted in ("year", "period", "figure"):
        found = [i for i, part in enumerate(parts) if part == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            latest = max(years[i] for i in found)
            best = [i for i in found if years[i] == latest]
            return best[0] if latest and len(best) == 1 else None
    return None


@dataclass(frozen=True)
class Header:
    """A head of columns in a text: its words, and where it ends in the squeezed text."""

    words: list[str]
    end: int


def header_words(squeezed: Squeezed, at: int) -> Header | None:
    """The head of columns that begins at ``at``: two or more of its words in a row, one of them that of the unit's or the indicator's column, one that of figures."""
    words: list[str] = []
    end, text = at, squeezed.text
    while end < len(text) and len(words) < 16:
        if text[end] == EMPTY_CELL and words:
            end += 1
            continue
        match = _word_pattern().match(text, end)
        if not match:
            break
        words.append(match.group())
        end = match.end()
        while note := re.compile(r"（[^（）]{1,12}）").match(text, end):
            if re.fullmatch(r"（[一二三四五六七八九十]{1,3}）", note.group()):
                break
            end = note.end()
    parts = {part_of(word, None) for word in words}
    if len(words) < 2 or not parts & {"label", "unit"} or not parts & {"year", "period", "figure", "other"}:
        return None
    if not {"label", "unit"} <= parts and end < len(text) and not squeezed.breaks[end] and not re.match(rf"{ENUMERATOR}|主动公开|{AMONG}", text[end : end + 8]):
        return None  # the last word goes on: 本年收费金额
    return Header(words, end)
