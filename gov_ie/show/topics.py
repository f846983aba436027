"""The facts of a report as rows by topic, for every way of showing them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from gov_ie.fields import FIELDS, Field
from gov_ie.report import CategoryCount, Evidence, NamedCount, Origin, Passage, Report
from gov_ie.show.words import shown

#: The fields that say what report it is, shown as one topic.
_HEAD = ("title", "organization", "year", "period", "published", "contact")
_LONG = ("measures", "problems", "improvements")


@dataclass(frozen=True)
class Row:
    """A fact.

    Attributes:
        path: of the value, or of the item of a list.
        name: the Chinese term of the field, or the item's own name.
        value: as text.
        unit: of the figure, ``None`` where it has none.
        confidence: of an item of several values the lowest of theirs.
        evidence: the words of the value, or of each value of an item with what it is (``count``).
        origin: who decided on it, of an item on its first value.
    """

    path: str
    name: str
    value: str
    unit: str | None
    confidence: float | None
    evidence: tuple[tuple[str, Evidence], ...]
    origin: Origin | None


@dataclass(frozen=True)
class Topic:
    """The facts of a topic in the order of the schema, and the fields that the report does not state; ``prose`` where the values are whole units of text."""

    path: str
    term: str
    meaning: str
    rows: tuple[Row, ...]
    silent: tuple[Field, ...]
    prose: bool = False


def topics(report: Report) -> list[Topic]:
    """All topics of a report, also those it does not speak of; the statistics tables are not among them."""
    paths: dict[str, list[str]] = {}
    for path in FIELDS:
        top = path.partition(".")[0].removesuffix("[]")
        paths.setdefault("" if top in _HEAD else top, []).append(path)
    del paths["tables"]
    return [_topic(report, top, fields) for top, fields in paths.items()]


def _topic(report: Report, top: str, paths: list[str]) -> Topic:
    rows: list[Row] = []
    silent: list[Field] = []
    for path in paths:
        if "[]" in path or isinstance(report.get(path), BaseModel):
            continue
        found = list(_rows(report, path))
        rows += found
        if not found:
            silent.append(FIELDS[path])
    term, meaning = (FIELDS[top].term, FIELDS[top].meaning) if top else ("报告", "the report itself")
    return Topic(top, term, meaning, tuple(rows), tuple(silent), prose=top in _LONG)


def _rows(report: Report, path: str) -> Iterator[Row]:
    value, field = report.get(path), FIELDS[path]
    if not isinstance(value, list):
        if value is not None:
            yield _row(report, path, field.term, shown(value), None if isinstance(value, str) else field.unit, [path])
        return
    for i, item in enumerate(value):
        at = f"{path}[{i}]"
        if isinstance(item, CategoryCount | NamedCount):
            parts = ["name", "count", *(["percent"] if isinstance(item, CategoryCount) else [])]
            percent = getattr(item, "percent", None)
            unit = FIELDS[f"{path}[].count"].unit if item.count is not None else None
            yield _row(report, at, item.name, shown(item.count), f"{unit or ''}{'' if percent is None else f' · {shown(percent)} %'}".removeprefix(" · ") or None, [f"{at}.{part}" for part in parts])
        else:
            yield _row(report, at, f"{field.term} {i + 1}", item.text if isinstance(item, Passage) else item, None, [at, f"{at}.text"])


def _row(report: Report, path: str, name: str, value: str, unit: str | None, parts: list[str]) -> Row:
    evidence = tuple((part.removeprefix(path).removeprefix("."), report.evidence[part]) for part in parts if part in report.evidence)
    confidence = min((report.confidence[part] for part in parts if part in report.confidence), default=None)
    origin = next((report.origins[part] for part in parts if part in report.origins), None)
    return Row(path, name, value, unit, confidence, evidence, origin)
