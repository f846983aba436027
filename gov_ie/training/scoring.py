"""Precision, recall and F1 of tags and of report fields, by label and by field."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

#: Groups of fields that are scored one by one.
FIELD_GROUPS = (
    "title", "organization", "year", "period", "published", "contact", "disclosure", "responses", "applications", "fees", "reviews", "litigation", "complaints", "resources", "training", "regulations",
)  # fmt: skip


class Tally:
    """Hits, gold and predicted items, by key and in all."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, key: str, gold: Counter, predicted: Counter) -> None:
        """Count two multisets of items under ``key``."""
        row = self.counts[key]
        row[0] += sum((gold & predicted).values())
        row[1] += sum(gold.values())
        row[2] += sum(predicted.values())

    def add_labelled(self, gold: Iterable[tuple], predicted: Iterable[tuple]) -> None:
        """Count items whose last element is their label."""
        gold, predicted = list(gold), list(predicted)
        for label in {item[-1] for item in (*gold, *predicted)}:
            self.add(label, Counter(g for g in gold if g[-1] == label), Counter(p for p in predicted if p[-1] == label))

    def table(self) -> dict[str, dict[str, float]]:
        """``{"all": {p, r, f, gold, predicted}, label: …}``."""
        total = [sum(row[i] for row in self.counts.values()) for i in range(3)]
        return {key: _row(*row) for key, row in [("all", total), *sorted(self.counts.items())]}


def _row(hit: int, gold: int, predicted: int) -> dict[str, float]:
    p = hit / predicted if predicted else float(not gold)
    r = hit / gold if gold else float(not predicted)
    return {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / (p + r), 4) if p + r else 0.0, "gold": gold, "predicted": predicted}


def comparable(value: Any) -> Any:
    """A value in the form in which two answers are compared: numbers as floats, strings without blanks and in half width."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return round(float(value), 4)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value)))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """``(path, value)`` of every filled leaf; an item of a list that has a name goes by it, not by its place."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and item.get("name") is not None:
                for key, below in item.items():
                    if key != "name" and below is not None:
                        yield f"{path}[{comparable(item['name'])}].{key}", comparable(below)
            elif item is not None:
                yield f"{path}[]", comparable(item)
    elif value is not None:
        yield path, comparable(value)


def field_items(report: dict[str, Any]) -> dict[str, Counter]:
    """Group → its filled leaves, as comparable items."""
    return {group: Counter(leaves(report.get(group), group)) for group in FIELD_GROUPS}
