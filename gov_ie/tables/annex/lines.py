"""A printed line of an annex, whatever it was printed in: its name, its place among the headings, and its figure as a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gov_ie.forms.annex import Indicator, annex_form, key

UNITS = "万元|千元|亿元|人次|班次|百分比|条|件|次|篇|人|个|元|份|场|期|家|处|项|部|页|户|册|种|批|%"
ENUMERATOR = r"[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十]{1,3}）|（\d{1,2}）|[①-⑳]|\d{1,2}[、.．]"
AMONG = "其中[：:]?"

_HEAD = re.compile(rf"\s*(?P<enumerator>{ENUMERATOR})?\s*(?P<among>{AMONG})?\s*(?P<second>{ENUMERATOR})?")
_NOTE = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）")
_NOTED_UNIT = re.compile(rf"^（(?:计量)?(?:单位[：:]?)?({UNITS})）$")
_COUNTED = re.compile(r"(?:数量?|次数|人数|总数|总额|金额|费用|经费|率|访问量|点击量|费|人次|人员|答复|情形)$")
_FIGURE = re.compile(rf"^(\d{{1,3}}(?:,\d{{3}})+|0|[1-9]\d*)(\.\d+)?({UNITS})?$")
EMPTY = frozenset({"", "-", "--", "—", "——", "－", "–", "/", "\\", "／", "―"})
_MONEY = {"万元": 10_000, "千元": 1_000, "亿元": 100_000_000, "元": 1}


@dataclass
class Line:
    """A line as printed.

    Attributes:
        name: without enumerator, ``其中：`` and bracketed notes.
        enumerator: as printed, or ``""``; ``among`` says that ``其中`` stood before it.
        unit: as printed, or ``None``.
        figure: as printed, ``None`` for an empty cell or a line without one.
        start, end: of the figure in the text, or of the line where there is no figure.
        first, last: where the whole line stands.
        parents: names of the merged cells left of it, where it stands in a grid.
        trouble: why a figure that is printed cannot be used, or ``None``.
    """

    name: str
    enumerator: str = ""
    among: bool = False
    unit: str | None = None
    figure: str | None = None
    start: int = 0
    end: int = 0
    first: int = 0
    last: int = 0
    parents: tuple[str, ...] = ()
    trouble: str | None = None

    @property
    def known(self) -> Indicator | None:
        """The known indicator that this line prints."""
        return annex_form().indicator(self.name)

    @property
    def counts(self) -> bool:
        """Whether this is by its look a line of an annex: known, or with a name that a number ends, and with a place for a figure."""
        known = self.known
        if known is not None:
            return not known.heading
        return bool(_COUNTED.search(self.name)) and (self.unit is not None or self.figure is not None or self.trouble is not None)


@dataclass
class Row:
    """The line being read: pieces of its label, then what stands in its cells."""

    first: int
    enumerator: str = ""
    among: bool = False
    pieces: list[tuple[int, int]] = field(default_factory=list)
    unit: str | None = None
    figures: list[tuple[str, int, int]] = field(default_factory=list)
    readings: int = 1
    last: int = 0


def squared(text: str) -> str:
    """The text without white space, in the widths that the patterns here know: digits half, brackets full; one character for one."""
    return "".join(narrow(c) for c in text if not c.isspace() and c not in "\u200b\ufeff")


def narrow(character: str) -> str:
    """One character in the width that the patterns here know."""
    if character in "（(":
        return "（"
    if character in "）)":
        return "）"
    if "！" <= character <= "～" and character not in "，：；！？．":
        return chr(ord(character) - 0xFEE0)
    return character


def split_name(printed: str) -> tuple[str, str, bool, str | None]:
    """``(name, enumerator, among, unit)`` of a printed label; the unit is the one in brackets at its end."""
    text = squared(printed)
    head = _HEAD.match(text)
    enumerator = (head.group("second") or head.group("enumerator") or "") if head else ""
    among = bool(head and head.group("among"))
    body = text[head.end() :] if head else text
    unit = None
    for note in _NOTE.findall(body):
        if found := _NOTED_UNIT.match(note):
            unit = found.group(1)
    return _NOTE.sub("", body).strip("：:*＊☆"), enumerator, among, unit


def number(figure: str, unit: str | None) -> int | float | None:
    """The number that a figure is, money in yuan; ``None`` where it is not a number."""
    text = squared(figure).replace("，", ",")
    if text in {"无", "零"}:
        return 0
    match = _FIGURE.match(text)
    if not match:
        return None
    value = Decimal(match.group(1).replace(",", "") + (match.group(2) or "")) * _MONEY.get(match.group(3) or unit or "", 1)
    return int(value) if value == value.to_integral_value() else float(value)


def is_money(line: Line) -> bool:
    """Whether a line prints money, so that its figure says nothing without a unit."""
    return bool(re.search(r"费用|经费|金额|总额|收费|[索寄制]费$", line.name))


def level(enumerator: str) -> int:
    """How deep an enumerator stands: 一、 1, （一） 2, 1. 3, （1） 4, ① 5; 0 for none."""
    text = unicodedata.normalize("NFKC", enumerator) if enumerator and not "①" <= enumerator[0] <= "⑳" else enumerator
    if not text:
        return 0
    if "①" <= text[0] <= "⑳":
        return 5
    bracketed, digit = text[0] == "(", any(c.isdigit() and c.isascii() for c in text)
    return (4 if bracketed else 3) if digit else (2 if bracketed else 1)


def paths(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """For each line the names of the headings it stands under, the nearest last."""
    found: list[tuple[str, ...]] = []
    stack: list[tuple[float, str, bool]] = []  # depth, name, whether it is a mere heading
    for i, line in enumerate(lines):
        known = line.known
        under = {key(name) for name in known.under} if known else set()
        above = next((j for j in range(i - 1, max(-1, i - 100), -1) if key(lines[j].name) in under), None) if under else None
        depth: float = level(line.enumerator)
        if not depth:
            # without enumerator: beside the line before if that has none either, below it after 其中 or if it is a heading, else at the top
            beside = bool(stack) and stack[-1][0] % 1 != 0 and not stack[-1][2]
            below = bool(stack) and not beside and (line.among or stack[-1][2])
            depth = stack[-1][0] if beside else stack[-1][0] + 0.5 if below else 0.25
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if line.parents:
            path = line.parents
        elif above is not None:
            path = (*found[above], lines[above].name)
        else:
            path = tuple(name for _, name, _ in stack)
        found.append(path[-8:])
        stack.append((depth, line.name, line.unit is None and line.figure is None and line.trouble is None))
    return found
