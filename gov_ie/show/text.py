"""The text of a report with its labels and evidence marked, and the links to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gov_ie.report import Evidence, Report
from gov_ie.show.escape import escape
from gov_ie.show.marked import Mark, marked
from gov_ie.show.words import name_of, squeezed

#: Label → how it looks (a class of ``style.css``); of other labels ``other``.
_KINDS = {
    "ORG": "body", "YEAR": "time", "DATE": "time", "COUNT": "figure", "PERCENT": "figure", "MONEY": "figure", "REGULATION": "law",
    "ADDRESS": "contact", "POSTCODE": "contact", "PHONE": "contact", "FAX": "contact", "EMAIL": "contact", "URL": "contact",
    "CATEGORY": "name", "CHANNEL": "name", "ROUTE": "name", "MEASURE": "measure", "PROBLEM": "problem", "IMPROVEMENT": "improvement",
}  # fmt: skip
_LEGEND = {
    "body": "ORG: body", "time": "YEAR, DATE", "figure": "COUNT, PERCENT, MONEY · what it counts", "law": "REGULATION: document", "contact": "contact details",
    "name": "CATEGORY, CHANNEL, ROUTE", "denial": "NULL: what is denied", "measure": "MEASURE", "problem": "PROBLEM", "improvement": "IMPROVEMENT: plan",
    "section": "§ section", "other": "other labels", "evidence": "words of a value", "cell": "cell of a table",
}  # fmt: skip
_NAMED = 4
#: What is marked of a section: its heading, or its first words where the text has no line ends.
_OPENING = re.compile(r"[^\s。：:]{1,20}")


def anchor(evidence: Evidence, report: Report, prefix: str) -> str | None:
    """The id of the element that holds the words in :func:`text_html`; ``None`` where the report has no text, or other words at that place."""
    holds = report.text is not None and evidence.start < evidence.end and report.text[evidence.start : evidence.end] == evidence.text
    return f"{prefix}-at-{evidence.start}-{evidence.end}" if holds else None


@dataclass
class _Stretch:
    """What one stretch of the text is: all marks with the same borders become one."""

    kinds: dict[str, None] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    id: str | None = None


def text_html(report: Report, *, prefix: str, titles: bool = True) -> str:
    """The text with labels and evidence marked, in a box that scrolls; a sentence about it where the report was loaded without its text.

    Evidence at ``start``–``end`` has the id ``{prefix}-at-{start}-{end}``; with ``titles``, pointing at it names its values.
    """
    if report.text is None:
        return '<p class="gi-note">The text is not kept in JSON: extract the report again to see it with its labels.</p>'
    stretches = _stretches(report, prefix)
    marks = [Mark(start, end, tuple(s.kinds), " · ".join(s.labels), s.id, _title(s, report) if titles else None) for (start, end), s in stretches.items()]
    seen = {kind for stretch in stretches.values() for kind in stretch.kinds}
    legend = "".join(f'<li><span class="gi-mark gi-{kind}">{escape(said)}</span></li>' for kind, said in _LEGEND.items() if kind in seen)
    box = f'<div class="gi-text" lang="zh-Hans" role="region" aria-label="text of the report" tabindex="0">{marked(report.text, marks)}</div>'
    return f'<ul class="gi-legend" aria-label="what the marks mean">{legend}</ul>{box}'


def _stretches(report: Report, prefix: str) -> dict[tuple[int, int], _Stretch]:
    text = report.text or ""
    stretches: dict[tuple[int, int], _Stretch] = {}

    def at(start: int, end: int) -> _Stretch:
        return stretches.setdefault((start, end), _Stretch())

    for tag in report.tags:
        if tag.group == "sections":
            opening = _OPENING.match(text, tag.start, tag.end)
            heading = at(tag.start, opening.end() if opening else tag.end)
            heading.kinds["section"] = heading.labels[f"§ {tag.label}"] = None
            continue
        stretch = at(tag.start, tag.end)
        denied = tag.group == "facts" and tag.label.startswith("no_")
        # The role of a figure stands beside its label, in the same box.
        kind = "denial" if denied else "figure" if tag.group == "facts" else _KINDS.get(tag.label, "other")
        stretch.kinds[kind] = stretch.labels[f"NULL · {tag.label}" if denied else tag.label] = None
    for path, evidence in report.evidence.items():
        _mark_evidence(evidence, path, report, prefix, at)
    for check in report.checks:
        for evidence in check.evidence:
            _mark_evidence(evidence, None, report, prefix, at)
    return stretches


def _mark_evidence(evidence: Evidence, path: str | None, report: Report, prefix: str, at: Callable[[int, int], _Stretch]) -> None:
    id = anchor(evidence, report, prefix)
    if id is not None:
        stretch = at(evidence.start, evidence.end)
        stretch.id = id
        stretch.kinds["cell" if path is not None and path.startswith("tables.") else "evidence"] = None
        if path is not None:
            stretch.paths.append(path)


def _title(stretch: _Stretch, report: Report) -> str | None:
    names = [f"{name_of(path, report)} ({path})" for path in stretch.paths[:_NAMED]]
    return "\n".join([*names, *(["…"] if len(stretch.paths) > _NAMED else [])]) or None


def link(evidence: Evidence, report: Report, prefix: str, *, words: str | None = None, on: bool = True) -> str:
    """The words of a value, as a link to them where the text is shown (``on``) and has them; ``words`` stand in their place."""
    said = f'<span lang="zh-Hans">{escape(squeezed(evidence.text))}</span>' if words is None else escape(words)
    id = anchor(evidence, report, prefix) if on else None
    return said if id is None else f'<a href="#{escape(id)}">{said}</a>'
