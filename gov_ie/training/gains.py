"""What a retrained pipeline gains and loses against another one, by label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from gov_ie.corpus.reports import read_annotated, tidied_annotations
from gov_ie.training.evaluate import score_annotations
from gov_ie.training.scoring import Tally

KINDS = ("entities", "units", "facts", "fields")
#: ``NAME: missed LABEL …``, as ``score_annotations`` names a miss or surplus.
_ITEM = re.compile(r"^.*?: (?:missed|surplus) (?P<label>[^\s=]+) (?P<field>= )?")


@dataclass(frozen=True)
class Scores:
    """Scores of a pipeline: kind → label → ``{p, r, f, gold, predicted}``, and every miss and surplus by name."""

    table: dict[str, Any]
    wrong: frozenset[str]


def label_scores(nlp: Language, folder: Path, own: Collection[str] = (), *, annotated: bool = True) -> Scores:
    """Score a finished pipeline on a folder of annotated reports.

    Args:
        nlp: the pipeline with its rules and its assembler.
        folder: annotated reports.
        own: entity labels that the project does not have.
        annotated: whether these reports carry them. Where not, what is found under them is neither right nor wrong, and left out.
    """
    items: dict[str, set[str]] = {}
    table = dict(score_annotations(nlp, folder, items=items)["together"])
    wrong = {item for item in items["wrong"] if _label(item) not in own}
    if not own:
        return Scores(table, frozenset(wrong))
    tally = Tally()
    for report in read_annotated(folder):
        content = tidied_annotations(report.content)
        gold = {(a.start, a.end, a.label) for a in content.entities()}
        found = {(e.start_char, e.end_char, e.label_) for e in nlp(content.text).ents}
        if not annotated:
            gold, found = ({item for item in items_ if item[-1] not in own} for items_ in (gold, found))
        tally.add_labelled(gold, found)
        for word, rows in (("missed", gold - found), ("surplus", found - gold)):
            wrong |= {f"{report.name}: {word} {label} {content.text[s:e]!r} at {s}" for s, e, label in rows if label in own}
    return Scores({**table, "entities": tally.table()}, frozenset(wrong))


def _label(item: str) -> str:
    match = _ITEM.match(item)
    return match["label"] if match else ""


def _group(item: str) -> tuple[bool, str]:
    """Whether an item is a field of the report, and its label, or the group of the field: its name up to the first dot."""
    match = _ITEM.match(item)
    return match is not None and match["field"] is not None, re.split(r"[.\[]", _label(item))[0]


def format_gains(before: Scores, after: Scores) -> str:
    """F1 before and after by label, how many single answers were gained (wrong before, right now) and lost, and which were lost."""
    gained, lost = (Counter(_group(item) for item in items) for items in (before.wrong - after.wrong, after.wrong - before.wrong))
    lines = [f"{'':24}{'before':>8}{'after':>8}{'gained':>8}{'lost':>8}{'gold':>7}"]
    for kind in KINDS:
        lines.append(kind)
        rows = after.table[kind]
        for label in [*rows, *sorted(set(before.table[kind]) - set(rows))]:
            old, new = (table.get(label, {"f": 0.0, "gold": 0}) for table in (before.table[kind], rows))
            counts = f"{'':16}" if label == "all" else f"{gained[kind == 'fields', label]:8}{lost[kind == 'fields', label]:8}"
            lines.append(f"  {label:22}{old['f']:8.3f}{new['f']:8.3f}{counts}{max(old['gold'], new['gold']):7}")
    lines.append(f"gained {sum(gained.values())}, lost {sum(lost.values())}")
    return "\n".join([*lines, *(f"  - {item}" for item in sorted(after.wrong - before.wrong))])
