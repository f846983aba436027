"""Which units speak of shortcomings and which of plans, by their words, and where a section turns from the one to the other.

A feature for the classification of units: under one heading (存在的主要问题及改进情况) stand both, and the words that tell them apart (下一步…, 主要表现在…)
often stand sentences before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gov_ie.pipeline.layout import Layout, analyse

_LACK = re.compile(
    "不足|问题|差距|薄弱|不够|有待|欠缺|缺乏|缺少|滞后|困难|短板|弱项|仍需|尚需|还需|还要进一步|需要?进一步|亟[待需]|单一|不[高强深细严多全实顺准]|不及时|不全面|不规范|不到位|不平衡|不均衡|不健全|不完善|不熟悉|不主动|偏[少慢低弱]|较[少慢低弱]|参差不齐"
)
_PLAN = re.compile(
    "下一步|下步|今后|明年|下一年度?|接下来|下一阶段|新的一年|将(?:进一步|继续|按照|根据|以|从|着力|重点|不断|持续|认真|严格|坚持|切实|积极|深入|加强|加大|围绕|采取|对|针对)|针对(?:上述|以上|存在|这些)|为此|拟(?:在|于|对)|打算|计划(?:在|于)"
)


class Tones(NamedTuple):
    """For each unit: its own tone, that of the unit before, of the lead-in above it, and the last one heard in its section (``L`` ``P`` ``LP`` or none)."""

    own: tuple[str, ...]
    before: tuple[str, ...]
    lead: tuple[str, ...]
    turn: tuple[str, ...]


def tone_of(words: str) -> str:
    """``L`` where words speak of a shortcoming, ``P`` where of a plan, both, or neither."""
    return ("L" if _LACK.search(words) else "") + ("P" if _PLAN.search(words) else "")


def unit_tones(layout: Layout) -> Tones:
    """The tones of the units of a text; a heading, of whatever level, that says one begins with it."""
    return _tones(layout.text)


@lru_cache(maxsize=256)
def _tones(text: str) -> Tones:
    layout = analyse(text)
    own, before, lead, turn = [], [], [], []
    heading: object = None
    heard = led = last = ""
    for start, end in layout.units:
        above = layout.headings_at(start)
        if above != heading:
            heading = above
            nearest = above[1] or above[0]
            heard = tone_of(text[nearest.start : nearest.end]) if nearest is not None else ""
            led = last = ""
        tone = tone_of(text[start:end])
        own.append(tone)
        before.append(last)
        lead.append(led)
        turn.append(heard)
        if text[end : end + 1] in ("：", ":"):
            led = tone
        heard = tone or heard
        last = tone
    return Tones(tuple(own), tuple(before), tuple(lead), tuple(turn))
