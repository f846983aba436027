"""Variations of annotated reports: other bodies, other figures and years, other widths and marks.

Each variation rewrites labelled stretches or single characters of an annotated text and moves its labels along, seeded and pure.
"""

from __future__ import annotations

import re
from random import Random

from gov_ie.corpus.markup import AnnotatedText, Annotation
from gov_ie.training.edits import rewrite
from gov_ie.training.names import like

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF_MARKS = str.maketrans("，；：（）", ",;:()")
#: Figures that reports add up: a sum and its parts. A report that keeps one keeps it in its copies.
_SUMS = (
    (("disclosed",), ("category",)), (("disclosed",), ("channel",)), (("received",), ("route",)),
    (("handled",), ("granted", "partially_granted", "refused", "unavailable", "not_processed", "other_outcome")),
    (("reviews",), ("reviews_upheld", "reviews_corrected", "reviews_other", "reviews_pending")),
    (("lawsuits",), ("lawsuits_upheld", "lawsuits_corrected", "lawsuits_other", "lawsuits_pending")),
    (("staff",), ("staff_full_time", "staff_part_time")),
)  # fmt: skip


def swap_bodies(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """Give a share of the bodies other names of the same make; one body keeps one new name through a report."""
    names: dict[str, str] = {}
    changes = []
    for a in content.of(["ORG"]):
        old = content.text[a.start : a.end]
        if old not in names:
            names[old] = like(old, rng) if rng.random() < share else old
        if names[old] != old:
            changes.append((a.start, a.end, names[old]))
    return rewrite(content, changes)


def swap_figures(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """Give a share of the figures and years other digits; noughts stay noughts, equal figures of a kind stay equal, and sums that held hold."""
    shift = rng.choice((0, 0, -3, -2, -1, 1, 2, 3))
    figures = [(a, digits) for a in content.of(("COUNT", "PERCENT", "MONEY")) if (digits := re.match(r"\d+", content.text[a.start : a.end]))]
    alike: dict[tuple[tuple[str, ...], str], str] = {}
    new: dict[Annotation, str] = {}
    for a, digits in figures:
        old = digits.group()
        kind = (a.roles, old) if a.roles else ((str(a.start),), old)
        if kind not in alike:
            alike[kind] = _other_digits(old, rng) if old.strip("0") and rng.random() < share else old
        new[a] = alike[kind]
    _keep_sums(content, figures, new)
    changes = [(a.start, a.start + digits.end(), new[a]) for a, digits in figures if new[a] != digits.group()]
    for a in content.of(["YEAR"]):
        if shift and re.match(r"20[012]\d", content.text[a.start : a.end]):
            changes.append((a.start, a.start + 4, str(int(content.text[a.start : a.start + 4]) + shift)))
    return rewrite(content, sorted(changes))


def _keep_sums(content: AnnotatedText, figures: list[tuple[Annotation, re.Match[str]]], new: dict[Annotation, str]) -> None:
    """Make the new figures of a sum add up where the old ones did."""
    whole = [(a, m.group()) for a, m in figures if a.label == "COUNT" and not re.match(r"[.,，．]|\s*[万亿]", content.text[a.start + m.end() : a.end])]
    for total, parts in _SUMS:
        added = [(a, old) for a, old in whole if set(a.roles) & set(parts)]
        summed = [(a, old) for a, old in whole if set(a.roles) & set(total)]
        if len(added) > 1 and summed and all(int(old) == sum(int(o) for _, o in added) for _, old in summed):
            for a, _ in summed:
                new[a] = str(sum(int(new[part]) for part, _ in added))


def _other_digits(digits: str, rng: Random) -> str:
    length = max(1, len(digits) + rng.choice((-1, 0, 0, 0, 1)))
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(length - 1))


def change_width(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """Turn the digits of a share of the reports to full width."""
    return AnnotatedText(content.text.translate(_WIDE), content.annotations) if rng.random() < share else content


def change_marks(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """Turn the punctuation of a share of the reports to half width."""
    return AnnotatedText(content.text.translate(_HALF_MARKS), content.annotations) if rng.random() < share else content
