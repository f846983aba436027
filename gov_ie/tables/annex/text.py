"""An annex that reached the text as words: cell by line, between tabs, blanks or pipes, torn, or run together without any mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gov_ie.forms.annex import annex_form
from gov_ie.tables.annex.columns import Columns, columns_of, header_words
from gov_ie.tables.annex.lines import AMONG, ENUMERATOR, Line
from gov_ie.tables.annex.patterns import PROSE, TITLE, footer_pattern, label_pattern
from gov_ie.tables.annex.reader import Reader
from gov_ie.tables.annex.squeeze import Squeezed, squeeze

_ANNEXED = re.compile(r"附[件表录]?[一二三四五六七八九十\d]{0,3}[：:、.]?$")
_DATE = re.compile(r"[\d一二三四五六七八九十○〇零]{4}年[\d一二三四五六七八九十]{1,3}月")
_DATED = re.compile(r"[：:]?(?:(?:20\d\d|年)[年\d月日.\-]{0,9}|[\d\-—]{7,13})")


@lru_cache(maxsize=1)
def _anchors() -> re.Pattern[str]:
    heads = annex_form().columns
    return re.compile("|".join((label_pattern().pattern, *heads["label"], *heads["unit"], *heads["code"])))


@dataclass
class Run:
    """Lines that stand together, and where: ``start`` and ``end`` are offsets in the text as read; ``headed`` says that a head of columns or a title stands there."""

    lines: list[Line]
    start: int
    end: int
    headed: bool


def find_runs(text: str, start: int, end: int, *, headed: bool = False, year: int | None = None) -> Iterator[Run]:
    """Yield what stands as an annex in ``text[start:end]``.

    It needs four lines in a row that are by their look lines of an annex, or two below a head of columns or a title, or where ``headed``
    says that the annex has begun before.
    """
    squeezed = squeeze(text, start, end)
    done = 0
    for anchor in _anchors().finditer(squeezed.text):
        if anchor.start() < done:
            continue
        words = header_words(squeezed, anchor.start())
        if words is None and not label_pattern().match(squeezed.text, anchor.start()):
            continue
        begin = words.end if words else _opening(squeezed, anchor.start(), done)
        columns, titled, top = _above(squeezed, begin, done, year)
        reader = Reader(squeezed, columns, year)
        after = reader.read(begin)
        counted = [line for line in reader.lines if line.counts]
        filled = [line for line in counted if line.figure is not None or line.unit is not None or line.trouble]
        if len(filled) >= (2 if headed or titled or reader.headed else 4):
            after = _below(squeezed, after)
            first, last = squeezed.span(top, max(after, top + 1))
            yield Run(reader.lines, first, last, titled or reader.headed)
            done, headed = after, True
        else:
            done = max(anchor.end(), reader.reached)  # a later start would read the same lines


def _opening(squeezed: Squeezed, at: int, floor: int) -> int:
    """Take the enumerator and 其中 before the first label along."""
    before = squeezed.text[max(floor, at - 8) : at]
    found = re.search(rf"(?:{ENUMERATOR})?(?:{AMONG})?(?:{ENUMERATOR})?$", before)
    return at - len(found.group()) if found else at


def _above(squeezed: Squeezed, begin: int, floor: int, year: int | None) -> tuple[Columns, bool, int]:
    """The head of columns and the title above the first line: ``(columns, whether one is there, where it begins)``."""
    low = max(floor, begin - 160)
    prose = [m.end() for m in PROSE.finditer(squeezed.text, low, begin)]
    low = prose[-1] if prose else low
    top, titled, columns = begin, False, Columns()
    for at in range(low, begin):
        words = header_words(squeezed, at)
        if words is not None and words.end <= begin and begin - words.end <= 30:
            columns, titled, top = columns_of(words.words, year) or columns, True, min(top, at)
            break
    titles = list(TITLE.finditer(squeezed.text, low, top))
    if titles:
        return columns, True, _title_start(squeezed, titles[-1].start(), low)
    if found := _ANNEXED.search(squeezed.text[max(low, top - 8) : top]):
        top -= len(found.group())
    return columns, titled, top


def _title_start(squeezed: Squeezed, at: int, low: int) -> int:
    """Where the line begins that names the table: at 附, at a year, or with the printed line if that is short."""
    before = squeezed.text[max(low, at - 40) : at]
    found = re.search(r"附[件表录]?[一二三四五六七八九十\d]{0,3}[：:、.]?[^附]{0,25}$", before) or re.search(r"20\d\d年度?[^年]{0,12}$", before)
    if found:
        return at - len(found.group())
    begin = at
    while begin > low and squeezed.rows[begin - 1] == squeezed.rows[at]:
        begin -= 1
    return begin if at - begin <= 25 and (begin > low or begin == 0) else at


def _below(squeezed: Squeezed, at: int) -> int:
    """Take the lines below the table along that say who filled it in, and when."""
    text = squeezed.text
    for _ in range(12):
        footer = footer_pattern().match(text, at)
        if not footer:
            break
        following = footer_pattern().search(text, footer.end())
        stop = min(at + 80, following.start() if following else len(text), len(text))
        end = at
        while end < stop and squeezed.rows[end] == squeezed.rows[at] and text[end] not in "。；":
            end += 1
        if date := _DATE.search(text, footer.end() + 2, end):
            end = date.start()  # the date under a signature is none of the table's
        value = _DATED.match(text, end) if text[at:end].rstrip("：:") == footer.group().rstrip("：:") else None
        at = value.end() if value else end
    return at
