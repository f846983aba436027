"""Candidates for «what a figure counts»: the figures of a text, and the clauses that deny something.

Both are found by their form, so that the trained span classifier sees every one of them: a figure is a number with its measure word, a
rate or an amount of money (:mod:`gov_ie.pipeline.formal`); a denying clause holds a word such as 无, 没有, 未.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gov_ie.labels import FIGURE_LABELS
from gov_ie.pipeline.formal import Match, find_formal
from gov_ie.pipeline.units import cut_units

_CLAUSE = re.compile(r"[^，,。；;！？!?\n：:]+")
_DENIAL = re.compile(r"无|没|未|零|不存在|免费|不收|不曾|从无|均为0|为[0０]|[0０]$|免收|空白|没收|暂缺|不涉及|全免|分文|免除|[0０](?:复议|诉讼|申请|投诉|举报|收费)")
_NO_DENIAL = re.compile(r"无法|无缝|无偿献|无障碍|无线|未来|未成年|无正当|无关|无纸|无形|无人|零距离|零距|无论|无疑|无不|无微不至|未雨绸缪|从无到有|零售")


class Candidate(NamedTuple):
    """A figure or a denying clause, ``text[start:end]``; ``piece`` is the stretch of words that says what it counts."""

    start: int
    end: int
    kind: str  # COUNT, PERCENT, MONEY or NULL
    piece_start: int
    piece_end: int
    unit_start: int
    unit_end: int


def find_candidates(text: str, *, formal: list[Match] | None = None, skip: tuple[tuple[int, int], ...] = ()) -> list[Candidate]:
    """All candidates of ``text`` in order.

    Args:
        text: a tidied text.
        formal: what the formal rules found in it, when that is known already.
        skip: stretches to leave alone.
    """
    if formal is None:
        formal = find_formal(text, skip=skip)
    figures = [m for m in formal if m.label in FIGURE_LABELS]
    inside = bytearray(len(text) + 1)
    for start, end in skip:
        inside[start:end] = b"\1" * (end - start)
    found: list[Candidate] = []
    at = 0
    for unit_start, unit_end in cut_units(text):
        while at < len(figures) and figures[at].end <= unit_start:
            at += 1
        first = at
        while at < len(figures) and figures[at].start < unit_end:
            at += 1
        here = figures[first:at]
        for clause in _CLAUSE.finditer(text, unit_start, unit_end):
            start, end = _stripped(text, *clause.span())
            if start >= end or inside[start]:
                continue
            inner = [f for f in here if start <= f.start < end]
            found.extend(_figures(text, inner, start, end, unit_start, unit_end))
            if _denies(text[start:end]):
                found.append(Candidate(start, end, "NULL", start, end, unit_start, unit_end))
    return sorted(found)


def _figures(text: str, figures: list[Match], start: int, end: int, unit_start: int, unit_end: int) -> list[Candidate]:
    """The figures of one clause. The piece of each runs from the figure before it to the figure after it."""
    rows = []
    for i, figure in enumerate(figures):
        left = figures[i - 1].end if i else start
        right = figures[i + 1].start if i + 1 < len(figures) else max(end, figure.end)
        rows.append(Candidate(figure.start, figure.end, figure.label, left, right, unit_start, unit_end))
    return rows


def _denies(clause: str) -> bool:
    return _DENIAL.search(_NO_DENIAL.sub("", clause)) is not None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\u3000”（(、":
        start += 1
    while end > start and text[end - 1] in " \t\u3000、":
        end -= 1
    return start, end
