"""Tables whose cells are parted by commas or semicolons, as spreadsheets and simple programs write them; the separators become tabs, so that offsets hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

_LINE = re.compile(r"[^\n]*\n?")
_QUOTED = re.compile(r'(?<![^,，;；])"(?:[^"\n]|""){0,2000}"(?![^,，;；\r\n])')
_DIGIT = re.compile(r"[\d０-９]")
#: So many lines in a row must have as many separators each, so many at least.
LEAST_LINES, LEAST_SEPARATORS = 3, 3
_SEPARATORS = (",", "，", ";", "；")


def with_tabs(text: str) -> str:
    """The text with tabs for the separators in runs of lines that have equally many; as long as it was."""
    if not any(text.count(separator) >= LEAST_LINES * LEAST_SEPARATORS for separator in _SEPARATORS):
        return text
    lines = _LINE.findall(text)
    for separator in _SEPARATORS:
        counts = [_outside(line, separator) for line in lines]
        at = 0
        for count, run in groupby(counts):
            length = len(list(run))
            if count >= LEAST_SEPARATORS and length >= LEAST_LINES and _is_table(lines[at : at + length]):
                lines[at : at + length] = [_tabbed(line, separator) for line in lines[at : at + length]]
            at += length
    return "".join(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Whether no line ends as a sentence does, and some hold figures."""
    return any(_DIGIT.search(line) for line in lines) and not any(line.rstrip().endswith(("。", "！", "？")) for line in lines)


def _outside(line: str, separator: str) -> int:
    return (_QUOTED.sub("", line) if '"' in line else line).count(separator) if separator in line and "\t" not in line else 0


def _tabbed(line: str, separator: str) -> str:
    parts, at = [], 0
    for quoted in _QUOTED.finditer(line):
        parts += [line[at : quoted.start()].replace(separator, "\t"), " ", quoted.group()[1:-1], " "]
        at = quoted.end()
    return "".join([*parts, line[at:].replace(separator, "\t")])
