"""Where in a text each table of the printed forms stands: from its first printed label to the figures after its last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gov_ie.forms import FORM_IDS, load_form
from gov_ie.tables.lines import HAN, PLAIN, han

#: More Chinese characters than this between two labels, and they belong to two tables.
_GAP = 160
#: The headings of a table stand at most so many Chinese characters before its first row.
_LEAD = 90
_HAN = r"[\u3400-\u9fff]"
#: Figures and marks for empty cells; not the enumerator of the next heading, and no year.
_FIGURES = re.compile(
    rf"(?:[\s|:*]*(?:[+\-]?\d[\d,]*(?:[ \t\n]{{0,80}}\.[ \t\n]{{0,80}}\d+)?(?:\s{{0,80}}(?:万元|元|件|条|项))?(?!\d*\s*(?:年|[.、．]\s*{_HAN}))|\d+(?=\d\s*[.、．]\s*{_HAN})|[-—/:]+(?=[\s|])))*[\s|*]*"
)
_RULES = re.compile(r"[\s|:\-—]*")
#: Of row labels such as （七）总计.
_NUMERALS = tuple("一二三四五六七")
#: Labels of the forms that prose uses as well: they extend a table, but do not show that there is one.
_COMMON = ("规章", "规范性文件", "行政许可", "行政处罚", "行政强制", "自然人", "其他", "总计", "合计", "予以公开", "部分公开", "重复申请", "其他处理", "信息内容", "维持", "纠正", "未审结", "上年结转申请数量", "本年新收申请数量", "本机关不掌握", "没有现成信息", "属于国家秘密")


@dataclass(frozen=True)
class Region:
    """A table of a form in a text: ``start`` and ``end`` are offsets of the text."""

    table: str
    start: int
    end: int


class HanText:
    """The Chinese characters of a text, with their offsets: labels are found in it whatever stands between their characters."""

    def __init__(self, text: str) -> None:
        found = [(m.start(), m.group()) for m in HAN.finditer(text)]
        self.text = "".join(c for _, c in found)
        self.offsets = [at for at, _ in found]

    def at(self, offset: int) -> int:
        """How many Chinese characters stand before an offset of the text."""
        return bisect_left(self.offsets, offset)


@dataclass(frozen=True)
class _Vocabulary:
    """The labels of one table: ``strong`` ones stand in forms alone."""

    strong: re.Pattern[str]
    any: re.Pattern[str]
    leads: re.Pattern[str]
    least: int
    alphabet: frozenset[str]


def _pattern(labels: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted({han(label) for label in labels}, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _vocabularies() -> dict[str, _Vocabulary]:
    forms = [load_form(form) for form in FORM_IDS]
    sections = [s for f in forms for s in f.disclosure.sections]
    first = [n for s in sections for label in (*s.columns, *s.rows) for n in label.names] + [s.heading for s in sections] + ["信息内容"]
    second = [n for f in forms for row in f.applications.rows for n in row.names] + [c.label for c in forms[0].applications.columns]
    groups = [g for f in forms for row in f.applications.rows for g in row.groups]
    third = [n for c in forms[0].proceedings.columns for n in c.names] + [block.label for block in forms[0].proceedings.blocks] + ["行政诉讼"]
    strong = {
        "disclosure": [n for n in first if n not in _COMMON],
        "applications": [n for n in second if n not in _COMMON],
        "proceedings": ["未经复议直接起诉", "复议后起诉", "结果维持", "结果纠正", "尚未审结"],
    }
    heads = [forms[0].applications.note, "本列数据的勾稽关系为", *forms[0].applications.headings, *groups]
    leads = {
        "disclosure": _pattern(["第二十条第一项", "信息内容"]),
        "applications": _pattern(heads),
        # not the section's own heading, which goes on with 情况
        "proceedings": re.compile("行政复议(?:行政诉讼)?(?=结果|未经|维持)|行政诉讼(?=结果|未经|维持)"),
    }
    every = {"disclosure": first, "applications": [*second, *heads], "proceedings": [*third, "结果", "尚未", "审结"]}
    least = {"disclosure": 4, "applications": 6, "proceedings": 2}
    return {
        table: _Vocabulary(_pattern(strong[table]), _pattern(every[table]), leads[table], least[table], frozenset(han("".join(every[table]) + "本表一二三四情况"))) for table in strong
    }


def find_regions(text: str) -> list[Region]:
    """The tables of the printed forms in a text, in order; of a table that stands there twice, both."""
    chinese = HanText(text)
    found = [region for table, words in _vocabularies().items() for region in _find(text, chinese, table, words)]
    return sorted(found, key=lambda region: region.start)


def _find(text: str, chinese: HanText, table: str, words: _Vocabulary) -> list[Region]:
    clusters: list[list[re.Match[str]]] = []
    for match in words.strong.finditer(chinese.text):
        if clusters and match.start() - clusters[-1][-1].end() <= _GAP:
            clusters[-1].append(match)
        else:
            clusters.append([match])
    regions = []
    for cluster in clusters:
        if len({m.group() for m in cluster}) < words.least:
            continue
        first, last = cluster[0].start(), cluster[-1].end()
        while (before := _lead(chinese.text, first, words)) < first:
            first = before
        if table == "disclosure":
            first = _backwards(chinese.text, first, words)
        start = _open(text, chinese.offsets[first])
        end = _end(text, chinese, last, words)
        if re.search(r"\d", text[start:end]):
            regions.append(Region(table, start, end))
    return regions


def _lead(chinese: str, first: int, words: _Vocabulary) -> int:
    """Where the headings begin that stand before ``first``: only labels, no sentence, may stand between."""
    leads = [m.start() for m in words.leads.finditer(chinese, max(0, first - _LEAD), first + 4) if m.start() < first]
    return next((at for at in leads if _labels_only(chinese[at:first], words)), first)


def _open(text: str, start: int) -> int:
    """Take along the bracket before the first label, and the cells before it on its line."""
    line = text.rfind("\n", 0, start) + 1
    if "\t" in text[line:start] or "|" in text[line:start]:
        return line
    before = text[:start].rstrip()
    return len(before) - 1 if before.endswith(("（", "(")) else start


def _labels_only(stretch: str, words: _Vocabulary) -> bool:
    """Whether a stretch is written in the characters of the labels alone, however they are torn."""
    return sum(c not in words.alphabet for c in stretch) <= 0.1 * len(stretch)


def _backwards(stretch: str, first: int, words: _Vocabulary) -> int:
    """Take along the labels that stand right before ``first``."""
    moved = True
    while moved:
        moved = False
        for match in words.any.finditer(stretch, max(0, first - 12), first):
            if match.end() == first:
                first, moved = match.start(), True
                break
    return first


def _end(text: str, chinese: HanText, last: int, words: _Vocabulary) -> int:
    """Behind the figures that follow the last label, and the labels and figures that follow those."""
    while True:
        at = chinese.offsets[last - 1] + 1
        plain = text[at : at + 2_000].translate(PLAIN)
        match = _FIGURES.match(plain)
        end = at + (match.end() if match else 0)
        after = chinese.at(end)
        follow = words.any.match(chinese.text, after) or (words.any.match(chinese.text, after + 1) if chinese.text[after : after + 1] in _NUMERALS else None)
        if follow is None or follow.end() <= last or not _touches(text, end, chinese.offsets[after]):
            return min(end, len(text))
        last = follow.end()


def _touches(text: str, end: int, start: int) -> bool:
    """Whether only rules, figures and marks stand between two labels."""
    return not _RULES.sub("", text[end:start].translate(PLAIN)).strip("0123456789.,()（）“”\"#*、")
