"""Cutting a text into units: the stretches that carry MEASURE, PROBLEM or IMPROVEMENT (``contract``: annotations/README.md)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from gov_ie.reading.tidy import ENUMERATOR

_MARK = re.compile(r"[。；！？;!?\n]+")
#: Enumerators that open a new unit in the middle of a line, after a mark or a heading that ran into the text.
_INLINE = re.compile(
    r"(?<=[：:，,、。；;])\s*(?:[一二三四五六七八九十]{1,2}(?:是|、|\s*[.．])|第[一二三四五六七八九十]{1,2}[，、,是]|[①-⑳])"
    r"|(?<![第，、“《（(\d])[（(][一二三四五六七八九十]{1,3}[）)](?!项|条|款|类|期|批)"
    r"|(?<=问题|措施|情况|不足|打算|计划|方面)一是"
    r"|(?<=[：:])\s*(?:[（(]?[1-9][)）、.．](?!\d))"
    r"|(?<=[\u4e00-\u9fff）)])(?=[二三四五六七八九]、[\u4e00-\u9fff]{4})(?<![第一二三四五六七八九十、])[二三四五六七八九]、"
    r"|(?<=[\u4e00-\u9fff])(?<![一二三四五六七八九十第])[二三四五六七八九]是(?=(?:加|强|进|继|完|规|健|建|优|拓|落|深|提|严|抓|推|做|积|充|扎|明|丰|全|着|公|信|政|部|依|解|个|工|主|人|对|专|服|创|狠|切))"
)
_ENUMERATORS = re.compile(rf"(?:\s*(?:{ENUMERATOR.pattern})\s*)+")
_EDGE = " \t\u3000\u00a0\n，,、：:。.．”’）)*#|"
_LEAD = " \t\u3000\u00a0\n，,、：:。.．’）)*#|"
_HAN = re.compile(r"[\u4e00-\u9fff]")


def cut_units(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of every unit of a tidied text, in order, without enumerator and closing mark.

    A unit is the stretch between two of ``。；！？;`` or the end of a paragraph; an enumerator (``一是``, ``（一）``) opens a new one.
    """
    start = 0
    for match in _MARK.finditer(text):
        yield from _cut_inline(text, start, match.start())
        start = match.end()
    yield from _cut_inline(text, start, len(text))


def _cut_inline(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [start]
    cuts += [m.start() for m in _INLINE.finditer(text, start, end) if m.start() > start]
    cuts.append(end)
    for left, right in itertools.pairwise(cuts):
        trimmed = _trim(text, left, right)
        if trimmed is not None:
            yield trimmed


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Take enumerators and blanks off the front, blanks and marks off the end; ``None`` when no words are left."""
    while True:
        while start < end and text[start] in _LEAD:
            start += 1
        opening = _ENUMERATORS.match(text, start, end)
        if opening is None or opening.end() >= end:
            break
        start = opening.end()
    while end > start and text[end - 1] in " \t\u3000\u00a0\n，,、：:。.．*|":
        end -= 1
    return (start, end) if len(_HAN.findall(text[start:end])) >= 2 else None
