"""What conversion and scanning do to a report: blanks inside figures, lines wrapped in mid-sentence, page numbers, characters mistaken for others.

As :mod:`gov_ie.training.augment`: each variation takes an annotated text, moves its labels along, and is seeded and pure.
"""

from __future__ import annotations

import re
from random import Random

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.training.edits import rewrite

#: Characters that recognition mistakes for each other, both ways: alike in shape and common in these reports.
_LOOKALIKES = (
    "己已", "未末", "日曰", "土士", "人入", "大太", "千干", "间问", "申甲", "主王", "今令", "天夭", "住往", "侍待", "拔拨", "复夏", "贝见", "库厍", "兔免", "候侯", "材村", "析折", "晴睛", "政玫", "侧测", "治冶", "沪泸",
    "即郎", "密蜜", "微徽", "密宓", "管菅", "籍藉", "竞竟", "幕募", "辨辩", "博搏", "采釆", "茶荼", "壁璧", "裁栽", "钧钓", "汨泪", "祟崇", "戌戍", "赢羸", "刺剌", "拆折", "坏环", "体休", "准淮", "设没", "讯汛", "持特",
)  # fmt: skip
_MISTAKEN = {a: b for pair in _LOOKALIKES for a, b in (tuple(pair), tuple(pair[::-1]))}
_PAGE_NUMBERS = ("- {} -", "— {} —", "第{}页", "{}", "-{}-", "第 {} 页 共 {} 页")
_FIGURES = ("COUNT", "PERCENT", "MONEY", "YEAR", "DATE")


def put_blanks(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """In a share of the reports, put blanks inside half of the figures: between digits, or between figure and measure word."""
    if rng.random() >= share:
        return content
    changes: list[tuple[int, int, str]] = []
    for a in content.of(_FIGURES):
        places = [a.start + m.start() for m in re.finditer(r"(?<=\d)(?=[^\d\s%.,-])" if rng.random() < 0.7 else r"(?<=\d)(?=\d)", content.text[a.start : a.end])]
        if places and rng.random() < 0.5:
            at = rng.choice(places)
            changes.append((at, at, " "))
    return rewrite(content, changes)


def wrap_lines(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """In a share of the reports, wrap long lines at one width, here and there with a page number between two lines."""
    if rng.random() >= share:
        return content
    width = rng.randint(24, 46)
    ends = {a.end for a in content.annotations}  # a break there would fall into the label
    page = rng.choice(_PAGE_NUMBERS) if rng.random() < 0.5 else ""
    changes: list[tuple[int, int, str]] = []
    number = 1
    for line in re.finditer(r"[^\n]+", content.text):
        for at in range(line.start() + width, line.end() - 2, width):
            if at in ends:
                continue
            turned = page and rng.random() < 0.04
            changes.append((at, at, "\n" + page.replace("{}", str(number)) + "\n" if turned else "\n"))
            number += bool(turned)
    return rewrite(content, changes)


def mistake_characters(content: AnnotatedText, rng: Random, share: float, rate: float = 0.06) -> AnnotatedText:
    """In a share of the reports, mistake ``rate`` of the characters that have a look-alike, outside figures."""
    if rng.random() >= share:
        return content
    figures = {i for a in content.of(_FIGURES) for i in range(a.start, a.end)}
    text = "".join(_MISTAKEN[c] if c in _MISTAKEN and i not in figures and rng.random() < rate else c for i, c in enumerate(content.text))
    return AnnotatedText(text, content.annotations)
