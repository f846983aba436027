"""Variations of annotated reports: other bodies, other figures and years, other widths and marks.

Each variation rewrites labelled stretches or single characters of an annotated text and moves its labels along, seeded and pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from spacy.util import registry

from gov_ie.corpus.markup import AnnotatedText, Annotation
from gov_ie.training.names import like

Augment = Callable[[AnnotatedText, Random], AnnotatedText]
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF_MARKS = str.maketrans("，；：（）", ",;:()")


def rewrite(content: AnnotatedText, changes: list[tuple[int, int, str]]) -> AnnotatedText:
    """Replace stretches (sorted, without overlaps) and move the annotations along; a label around or equal to a stretch keeps to it."""
    pieces: list[str] = []
    shifts: list[tuple[int, int, int]] = []  # old start, old end, new length
    at = 0
    for start, end, new in changes:
        pieces += [content.text[at:start], new]
        shifts.append((start, end, len(new)))
        at = end
    pieces.append(content.text[at:])

    def moved(offset: int, closing: bool) -> int:
        shift = 0
        for start, end, length in shifts:
            if end <= offset:
                shift += length - (end - start)
            elif start < offset:
                return start + shift + (length if closing else 0)
            else:
                break
        return offset + shift

    annotations = tuple(Annotation(moved(a.start, False), moved(a.end, True), a.label, a.roles) for a in content.annotations)
    return AnnotatedText("".join(pieces), annotations)


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
    """Give a share of the figures and years other digits; noughts stay noughts."""
    changes = []
    shift = rng.choice((0, 0, -3, -2, -1, 1, 2, 3))
    for a in content.of(("COUNT", "PERCENT", "MONEY", "YEAR")):
        old = content.text[a.start : a.end]
        if a.label == "YEAR":
            digits = re.match(r"20[012]\d", old)
            if digits and shift:
                changes.append((a.start, a.start + 4, str(int(digits.group()) + shift)))
        elif rng.random() < share:
            digits = re.match(r"\d+", old)
            if digits and digits.group().strip("0"):
                changes.append((a.start, a.start + digits.end(), _other_digits(digits.group(), rng)))
    return rewrite(content, changes)


def _other_digits(digits: str, rng: Random) -> str:
    length = max(1, len(digits) + rng.choice((-1, 0, 0, 0, 1)))
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(length - 1))


def change_width(content: AnnotatedText, rng: Random, share: float) -> AnnotatedText:
    """Turn a share of the reports to full-width digits, and a share to half-width marks."""
    text = content.text
    if rng.random() < share:
        text = text.translate(_WIDE)
    if rng.random() < share:
        text = text.translate(_HALF_MARKS)
    return AnnotatedText(text, content.annotations)


@registry.misc("gov_ie.ReportAugment.v1")
def report_augment(bodies: float = 0.7, figures: float = 0.5, width: float = 0.08) -> Augment:
    """All variations one after the other.

    Args:
        bodies: share of the bodies of a report that get another name.
        figures: share of its figures that get other digits.
        width: share of the reports that change the width of digits, and of marks.
    """

    def augment(content: AnnotatedText, rng: Random) -> AnnotatedText:
        return change_width(swap_figures(swap_bodies(content, rng, bodies), rng, figures), rng, width)

    return augment
