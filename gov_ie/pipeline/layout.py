"""What the form of a text tells before any model looks at it: printed forms, headings, units, figures, denying clauses.

:func:`analyse` is a pure function of the text and is cached, since several components ask for the same layout.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gov_ie.pipeline.figures import Candidate, find_candidates
from gov_ie.pipeline.formal import Match, find_formal
from gov_ie.pipeline.units import cut_units
from gov_ie.tables.debris import find_debris

_CN = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"(?P<first>(?:^|(?<=[。；：:\n况项题])|(?<=事项无)|(?<=如下))\s*#*\s*(?:第[{_CN}]+部分|[{_CN}]{{1,3}}\s?[、.．])\s*(?=[\u4e00-\u9fff]))"
    rf"|(?P<second>(?<![第，、“《\d])[（(][{_CN}]{{1,3}}[）)]\s*(?=[\u4e00-\u9fff]))"
    rf"|(?P<third>(?:^|(?<=[。；\n]))\s*(?:[\d０-９]{{1,2}}\s?[、.．)）]|[（(]\d{{1,2}}[）)]|[①-⑳])\s*(?=[\u4e00-\u9fff]))",
    re.MULTILINE,
)
_TITLE_END = re.compile(r"[。；\n：:，,（(]|(?<=情况)|(?<=问题)|(?<=措施)|(?<=事项)")
_BARE_HEADING = re.compile(r"^[^\n。；，,：:\d]{2,24}(?:情况|问题|措施|打算|概述|概况|事项|工作|建议|安排|思路|说明|计划)[：:]?$", re.MULTILINE)
_KINDS = (
    ("problems", "问题|不足|困难|差距|薄弱|短板"),
    ("improvements", "改进|下一步|打算|今后|工作计划|思路|展望|努力方向|工作安排|明年"),
    ("reviews", "复议|诉讼|申诉|举报"),
    ("fees", "收费|费用|减免|经费|支出"),
    ("applications", "申请"),
    ("disclosure", "主动公开|公开政府信息|公开情况|公开内容|公开的内容|公开信息"),
    ("interpretation", "解读|回应|关切|舆情"),
    ("organisation", "组织|领导|制度|机制|保障|机构|队伍|培训|监督|保密|管理|平台|渠道|载体"),
    ("overview", "概述|概况|总体|基本情况|前言"),
    ("other", "其他|其它|附|说明"),
)
_KIND_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _KINDS)


@dataclass(frozen=True)
class Heading:
    """A heading: where its words stand, its level (1 一、, 2 （一）, 3 1.) and what kind of section it opens."""

    start: int
    end: int
    level: int
    kind: str


@dataclass(frozen=True)
class Layout:
    """The layout of a tidied text; all offsets are characters.

    Attributes:
        text: the text.
        debris: where the text of printed forms stands.
        formal: what the formal rules find.
        units: the units, outside printed forms.
        candidates: figures and denying clauses.
        headings: the headings, and, for each, where it starts (``starts``) and which headings hold from there on (``above``).
    """

    text: str
    debris: tuple[tuple[int, int], ...]
    formal: tuple[Match, ...]
    units: tuple[tuple[int, int], ...]
    candidates: tuple[Candidate, ...]
    headings: tuple[Heading, ...]

    starts: tuple[int, ...]
    above: tuple[tuple[Heading | None, Heading | None], ...]

    def headings_at(self, offset: int) -> tuple[Heading | None, Heading | None]:
        """The headings of the first and of a lower level under which ``offset`` stands."""
        at = bisect_right(self.starts, offset) - 1
        return self.above[at] if at >= 0 else (None, None)

    def kind_at(self, offset: int) -> str:
        """The kind of section in which ``offset`` stands: that of the lower heading where it has one, else of the first level's."""
        first, lower = self.headings_at(offset)
        if lower is not None and lower.kind != "unknown":
            return lower.kind
        return first.kind if first is not None else "start"


def section_kind(title: str) -> str:
    """What kind of section a heading opens, by its words; ``unknown`` when none of them tells."""
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(title)), "unknown")


@lru_cache(maxsize=1024)
def analyse(text: str) -> Layout:
    """The layout of a tidied text."""
    debris = tuple(find_debris(text))
    formal = find_formal(text, skip=debris)
    units = tuple(u for u in cut_units(text) if not _within(u, debris))
    candidates = tuple(find_candidates(text, formal=formal, skip=debris))
    headings = tuple(_headings(text))
    return Layout(text, debris, tuple(formal), units, candidates, headings, tuple(h.start for h in headings), tuple(_above(headings)))


def _above(headings: tuple[Heading, ...]) -> Iterator[tuple[Heading | None, Heading | None]]:
    """For every heading the pair of headings, of the first and of the nearest lower level, that holds from there on."""
    first: Heading | None = None
    lower: Heading | None = None
    for heading in headings:
        if heading.level == 1:
            first, lower = heading, None
        else:
            lower = heading
        yield first, lower


def _within(unit: tuple[int, int], stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= unit[0] and unit[1] <= end for start, end in stretches)


def _headings(text: str) -> list[Heading]:
    found = {}
    for match in _HEADING.finditer(text):
        level = 1 if match.group("first") else 2 if match.group("second") else 3
        end = _TITLE_END.search(text, match.end() + 2, match.end() + 26)
        stop = end.start() if end else min(match.end() + 16, len(text))
        title = text[match.end() : stop]
        found[match.start()] = Heading(match.end(), stop, level, section_kind(title))
    for match in _BARE_HEADING.finditer(text):
        if not any(match.start() <= h.start <= match.end() for h in found.values()):
            found[match.start()] = Heading(match.start(), match.end(), 1, section_kind(match.group()))
    return [found[key] for key in sorted(found)]
