"""What is found where something else is right: gold labels against found ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.corpus.reports import gold_facts, read_annotated, tidied_annotations
from gov_ie.errors import GovIEError
from gov_ie.labels import FACTS_KEY, UNIT_LABELS, UNITS_KEY

#: The row and the column of what has no label.
NONE = "none"
_Span = tuple[int, int, str]


@dataclass(frozen=True)
class Confusion:
    """How often each label was found where each label is right.

    Attributes:
        labels: those that are right or found somewhere, sorted; the last is :data:`NONE`.
        counts: array of integers, ``len(labels)`` × ``len(labels)``: ``counts[i, j]`` is how often ``labels[j]`` was found where ``labels[i]`` is right.
    """

    labels: tuple[str, ...]
    counts: Any

    def shares(self) -> Any:
        """The counts of each row as shares of the row, from 0 to 1; a row of noughts where its label is right nowhere."""
        return self.counts / np.maximum(self.counts.sum(axis=1, keepdims=True), 1)

    def mistakes(self) -> list[tuple[str, str, int]]:
        """``(right, found, how often)`` wherever the two differ, the most frequent first."""
        rows = [(right, found, int(self.counts[i, j])) for i, right in enumerate(self.labels) for j, found in enumerate(self.labels) if i != j and self.counts[i, j]]
        return sorted(rows, key=lambda row: (-row[2], row))


def confusion(nlp: Language, folder: Path, kind: str = "entities") -> Confusion:
    """Compare what a pipeline finds with a folder of annotated reports.

    Entities and units are counted in characters: each has one label or none on either side, so that a span with one border wrong counts as right but for
    a few characters, and every row adds up to the characters of its label. (F1 is stricter: both borders must be right.) Facts are counted in figures and denying clauses.

    Args:
        nlp: the pipeline.
        folder: annotated reports.
        kind: ``"entities"``, ``"units"`` or ``"facts"``.

    Raises:
        GovIEError: there is no such kind.
    """
    if kind not in ("entities", "units", "facts"):
        raise GovIEError(f"{kind!r}: no such kind; choose entities, units or facts")
    pairs: Counter[tuple[str, str]] = Counter()
    for report in read_annotated(folder):
        content = tidied_annotations(report.content)
        doc = nlp(content.text)
        gold, found = _gold(content, kind), _found(doc, kind)
        pairs.update(_by_figure(gold, found) if kind == "facts" else zip(_by_character(gold, len(content.text)), _by_character(found, len(content.text)), strict=True))
    labels = (*sorted({label for pair in pairs for label in pair} - {NONE}), NONE)
    place = {label: i for i, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=int)
    for (right, other), number in pairs.items():
        counts[place[right], place[other]] = number
    return Confusion(labels, counts)


def _gold(content: AnnotatedText, kind: str) -> list[_Span]:
    if kind == "facts":
        return gold_facts(content)
    return [(a.start, a.end, a.label) for a in (content.entities() if kind == "entities" else content.of(UNIT_LABELS))]


def _found(doc: Doc, kind: str) -> list[_Span]:
    spans = doc.ents if kind == "entities" else doc.spans.get({"units": UNITS_KEY, "facts": FACTS_KEY}[kind], [])
    return [(s.start_char, s.end_char, s.label_) for s in spans]


def _by_character(spans: Iterable[_Span], length: int) -> list[str]:
    labels = [NONE] * length
    for start, end, label in spans:
        labels[start:end] = [label] * (end - start)
    return labels


def _by_figure(gold: Iterable[_Span], found: Iterable[_Span]) -> Counter[tuple[str, str]]:
    """The role that is right and the one found, for every figure that has either; of several right roles the one found, if it is among them."""
    right: dict[tuple[int, int], list[str]] = {}
    for start, end, role in gold:
        right.setdefault((start, end), []).append(role)
    other = {(start, end): role for start, end, role in found}
    pairs: Counter[tuple[str, str]] = Counter()
    for place in {*right, *other}:
        roles, role = right.get(place, [NONE]), other.get(place, NONE)
        pairs[role if role in roles else roles[0], role] += 1
    return pairs
