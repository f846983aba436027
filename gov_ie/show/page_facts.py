"""The facts of a report as a page of many shows them: short markup, since a browser has to hold thousands; units of text as lists, and no tips that only a mouse finds."""

from __future__ import annotations

from collections.abc import Sequence

from gov_ie.report import Evidence, Report
from gov_ie.show.escape import escape
from gov_ie.show.text import link
from gov_ie.show.topics import Row, Topic, topics
from gov_ie.show.words import LOW, squeezed

#: Longer words are shown by their beginning and end; the whole stands beside, in the text.
_SHORT = 24


def brief_facts_html(report: Report, *, prefix: str) -> str:
    """The facts by topic as :func:`gov_ie.show.html.facts_html`, with the same ids and links; topics of which the report says nothing are named together at the end."""
    found = topics(report)
    spoken = "".join(_topic(topic, report, prefix) for topic in found if topic.rows)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("field", "value", "confidence", "words"))
    table = f'<table class="gi-facts"><thead><tr>{head}</tr></thead>{spoken}</table>' if spoken else ""
    silent = "、".join(escape(topic.term) for topic in found if not topic.rows)
    return table + (f'<p class="silent">not stated at all: <span lang="zh">{silent}</span></p>' if silent else "")


def _topic(topic: Topic, report: Report, prefix: str) -> str:
    head = f'<tr class="gi-topic"><th colspan="4" scope="rowgroup"><span lang="zh">{escape(topic.term)}</span> <small>{escape(topic.meaning)}</small></th></tr>'
    rows = _list(topic, report, prefix) if topic.prose or topic.path == "regulations" else "".join(_fact(row, report, prefix) for row in topic.rows)
    names = "、".join(escape(field.term) for field in topic.silent)
    silent = f'<tr class="gi-silent"><td colspan="4">not stated: <span lang="zh">{names}</span></td></tr>' if names else ""
    return f"<tbody>{head}{rows}{silent}</tbody>"


def _list(topic: Topic, report: Report, prefix: str) -> str:
    """Units of text and documents named: a list whose items are their own words; it counts from 0, as paths do."""
    items = "".join(f'<li id="{prefix}-fact-{row.path}">{_words(row.evidence, report, prefix, row.value)} {_confidence(row)}</li>' for row in topic.rows)
    return f'<tr class="gi-prose"><td colspan="4"><ol start="0" lang="zh">{items}</ol></td></tr>'


def _fact(row: Row, report: Report, prefix: str) -> str:
    """A row; the name of a category or channel is itself a link to its words, and the report's own."""
    names = [each for each in row.evidence if each[0] == "name"]
    name = _words(names, report, prefix, row.name)
    if row.path.endswith("]"):
        name = f'<span class="own">{name}</span>'
    words = _words([each for each in row.evidence if each[0] != "name"], report, prefix)
    unit = f' <span class="gi-unit" lang="en">{escape(row.unit)}</span>' if row.unit else ""
    return (
        f'<tr id="{prefix}-fact-{escape(row.path)}"><th scope="row" lang="zh">{name} <code>{escape(row.path)}</code></th><td class="gi-value" lang="zh">{escape(row.value)}{unit}</td>'
        f'<td class="gi-confidence">{_confidence(row)}</td><td class="gi-words" lang="zh">{words}</td></tr>'
    )


def _words(evidence: Sequence[tuple[str, Evidence]], report: Report, prefix: str, words: str | None = None) -> str:
    """The words of a value as links to them; ``words``, where given, in their place and also where there are none."""
    return " ".join(link(each, report, prefix, words=squeezed(each.text, _SHORT) if words is None else words) for _, each in evidence) or escape(words or "")


def _confidence(row: Row) -> str:
    return "" if row.confidence is None else f'<small{" class=low" if row.confidence < LOW else ""}>{row.confidence:.2f}</small>'
