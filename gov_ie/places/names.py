"""Finds the chain of divisions that a name begins with: 江苏省 › 南京市 › 六合区 in 「江苏省南京市六合区水务局」."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gov_ie.places.bodies import TOPICS, follows_a_short_name
from gov_ie.places.divisions import Entry, gazetteer

#: After what looks like a district or county these say that it is none: 城区街道, 郊区乡, 新县镇; but 鼓楼区乡村振兴局.
_NONE = re.compile(r"(?<!地区)(?<!自治区)(?<=[区县])(?:街道|社区(?!矫正|服务|教育|学院|卫生|建设)|镇(?!级)|村(?![镇级务庄])|乡(?![村镇级]))")


@dataclass(frozen=True, slots=True)
class Chain:
    """The characters a chain takes and the divisions that its last link may be; ``entries`` is empty where there is no chain."""

    end: int = 0
    entries: tuple[Entry, ...] = ()
    links: int = 0


def read_chain(text: str, start: int = 0, *, follows: Callable[[str], bool] = follows_a_short_name, inside: tuple[Entry, ...] = ()) -> Chain:
    """The longest chain of nested divisions at ``start``.

    Args:
        text: A name without blanks.
        start: Where the chain begins.
        follows: Whether what is left can follow a short name (安徽, 六合); where it cannot, the short name is not taken for a place.
        inside: The divisions that the chain has to lie in.
    """
    for end, entries, short in _links(text, start, inside):
        more = read_chain(text, end, follows=follows, inside=entries)
        if more.entries:
            return Chain(more.end, more.entries, more.links + 1)
        if not short or follows(text[end:]):
            return Chain(end, entries, 1)
    return Chain()


def _links(text: str, start: int, inside: tuple[Entry, ...]) -> Iterator[tuple[int, tuple[Entry, ...], bool]]:
    """Divisions whose name stands at ``start``, as ``(end, entries, short)``: names with their kind before short ones, longer before shorter."""
    names = gazetteer()
    for short, table in ((False, names.full), (True, names.short)):
        for end in range(min(len(text), start + names.longest), start + 1, -1):
            word = text[start:end]
            if word not in table or (_NONE.match(text, end) if not short else word in TOPICS):
                continue
            entries = tuple(entry for entry in table[word] if not inside or any(entry.level != outer.level and entry.within(outer) for outer in inside))
            if entries:
                yield end, entries, short
