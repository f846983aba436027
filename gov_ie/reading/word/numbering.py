"""Automatic numbering of a Word file as it is printed: 一、 （一） 1. ① stand in no text there, but are counted out by lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from gov_ie.reading.word.package import NAMESPACES, W, number, value
from gov_ie.reading.word.styles import Styles

_LEVELS = 9
_LONGEST_LABEL = 64
_LARGEST = 99_999
_DIGITS = "〇一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_SERIES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}  # fmt: skip
_COUNTING = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
_LEGAL = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
_CLOSED = "、，。．：；）】〕》●■◆"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def formatted(count: int, kind: str) -> str:
    """A count in one of the format's number forms (``w:numFmt``); decimal for a form that is not known.

    ``formatted(12, "chineseCounting") == "十二"``
    """
    if kind in ("none", "bullet"):
        return ""
    if not 0 < count <= _LARGEST:
        return str(count)
    if kind in _COUNTING:
        return _counted(count, _DIGITS, "十百千").removeprefix("一") if 10 <= count < 20 else _counted(count, _DIGITS, "十百千")
    if kind in _LEGAL:
        return _counted(count, _CAPITALS, "拾佰仟")
    if kind == "ideographDigital" or kind == "taiwaneseDigital":
        return "".join(_DIGITS[int(d)] for d in str(count))
    if kind in _SERIES:
        series = _SERIES[kind]
        return series[count - 1] if count <= len(series) else str(count)
    if kind.startswith("decimalFullWidth"):
        return "".join(chr(ord(d) + 0xFEE0) for d in str(count))
    if kind == "decimalZero":
        return f"{count:02d}"
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)


def _counted(count: int, digits: str, units: str) -> str:
    """A count below 100 000 in Chinese: 一百零五 with 〇 for the gap."""
    if count >= 10_000:
        rest = count % 10_000
        return _counted(count // 10_000, digits, units) + "万" + (("" if rest >= 1000 else digits[0]) + _counted(rest, digits, units) if rest else "")
    words, gap = "", False
    for place, digit in zip(range(len(str(count)) - 1, -1, -1), map(int, str(count)), strict=True):
        if digit == 0:
            gap = True
            continue
        words += (digits[0] if gap and words else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return words


def _roman(count: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        words += letters * (count // worth)
        count %= worth
    return words


@dataclass(frozen=True)
class _Level:
    kind: str
    text: str
    start: int
    suffix: bool
    restart: int | None  # restarts after a level of less than this; None: after every higher one
    legal: bool
    style: str | None

    @classmethod
    def of(cls, element: Any) -> _Level:
        kind = value(element, ".//w:numFmt", "decimal") or "decimal"
        text = value(element, "w:lvlText", "") or ""
        fonts = element.find("w:rPr/w:rFonts", NAMESPACES)
        symbolic = fonts is not None and re.match("wingdings|symbol|webdings", fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "", re.IGNORECASE)
        if kind == "bullet" and (symbolic or not text.strip() or "\ue000" <= text[0] <= "\uf8ff"):
            text = "●"
        restart = number(element, "w:lvlRestart", -1)
        legal = element.find("w:isLgl", NAMESPACES) is not None
        return cls(kind, text[:_LONGEST_LABEL], number(element, "w:start", 1), value(element, "w:suff") != "nothing", None if restart < 0 else restart, legal, value(element, "w:pStyle"))


@dataclass
class _List:
    """One list (``w:num``): the counters it shares with the other lists of its kind, and its own levels."""

    counters: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # where this list begins anew


class Numbering:
    """Counts the numbered paragraphs of a document; ask for each paragraph once, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        abstract = {element.get(W + "abstractNumId"): element for element in root.iterfind("w:abstractNum", NAMESPACES)}
        of_list = {element.get(W + "numId"): value(element, "w:abstractNumId") for element in root.iterfind("w:num", NAMESPACES)}
        levels = {key: _levels(element) for key, element in abstract.items()}
        for element in root.iterfind("w:num", NAMESPACES):
            key = of_list[element.get(W + "numId")]
            link = value(abstract[key], "w:numStyleLink") if key in abstract else None
            if link is not None:  # the list is defined elsewhere, under a name
                key = of_list.get(self._styles.numbering(link)[0], key)
            if key is None or key not in levels:
                continue
            own = _List(key, dict(levels[key]))
            for override in element.iterfind("w:lvlOverride", NAMESPACES):
                at = _ordinal(override)
                start = number(override, "w:startOverride", -1)
                if start >= 0:
                    own.starts[at] = start
                if override.find("w:lvl", NAMESPACES) is not None:
                    own.levels[at] = _Level.of(override.find("w:lvl", NAMESPACES))
            self._lists[element.get(W + "numId")] = own

    def label(self, paragraph: Any) -> str:
        """What is printed before the paragraph, blank included; empty where nothing is."""
        key, at = self._place(paragraph)
        if key is None or at not in self._lists[key].levels:
            return ""
        own = self._lists[key]
        level = own.levels[at]
        counters = self._counters.setdefault(own.counters, {})
        start = own.starts.get(at, level.start)
        if at in own.starts and (key, at) not in self._begun:
            counters.pop(at, None)
        self._begun.add((key, at))
        counters[at] = counters[at] + 1 if at in counters else start
        for deeper in range(at + 1, _LEVELS):
            rule = own.levels[deeper].restart if deeper in own.levels else None
            if rule is None or at < rule:
                counters.pop(deeper, None)
        return _printed(own, level, counters)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, or those of its style."""
        key = value(paragraph, "w:pPr/w:numPr/w:numId")
        level = value(paragraph, "w:pPr/w:numPr/w:ilvl")
        from_style, style_level, owner = self._styles.numbering(self._styles.of(paragraph)) if key is None or level is None else (None, None, None)
        if key is None:
            key = from_style
            if level is None and key in self._lists:
                level = next((str(at) for at, one in self._lists[key].levels.items() if one.style and one.style == owner), None)
        level = level if level is not None else style_level
        return (key if key in self._lists else None), int(level) if level and level.isdecimal() and len(level) == 1 else 0


def _ordinal(element: Any) -> int:
    given = element.get(W + "ilvl", "0")
    return int(given) if given.isdecimal() and len(given) == 1 else 0


def _levels(element: Any) -> dict[int, _Level]:
    return {_ordinal(level): _Level.of(level) for level in element.iterfind("w:lvl", NAMESPACES)}


def _printed(own: _List, level: _Level, counters: dict[int, int]) -> str:
    """The label by its pattern: ``%1`` is the count of the first level, and so on."""

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        there = own.levels.get(at)
        if there is None:
            return ""
        return formatted(counters.get(at, own.starts.get(at, there.start)), "decimal" if level.legal else there.kind)

    label = re.sub(r"%([1-9])", one, level.text)[:_LONGEST_LABEL].strip()
    return label + " " if label and level.suffix and label[-1] not in _CLOSED else label
