"""A report as an HTML fragment, for notebooks and pages: no script, nothing loaded from elsewhere, all styles below the class ``gov-ie``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from gov_ie.fields import find_field
from gov_ie.report import Check, Report
from gov_ie.show.escape import escape
from gov_ie.show.grids import Block, GridCell, GridRow, PrintedTable, printed_tables
from gov_ie.show.text import link, text_html
from gov_ie.show.topics import Row, Topic, topics
from gov_ie.show.words import BY, LOW, check_parts, difference, instead_of_words, name_of, rule_in_words, shown, squeezed, warnings_and_notes

if TYPE_CHECKING:
    from gov_ie.explain import Explanation

__all__ = ["CSS", "checks_html", "escape", "explanation_html", "facts_html", "head_html", "report_html", "tables_html", "text_html", "warnings_html"]

#: The style of everything here, in light and dark.
CSS = files("gov_ie.show").joinpath("style.css").read_text(encoding="utf-8")


def report_html(report: Report, *, text: bool = True, prefix: str | None = None) -> str:
    """A whole report: style, heading, failed checks, facts, statistics tables, and the text with its labels.

    Args:
        report: is only looked at.
        text: whether the text is shown.
        prefix: of the ids of its elements, when the same report stands twice on a page; made from the report by default.

    Returns:
        one ``div`` of class ``gov-ie`` with its style; everything that comes from the report is escaped.
    """
    if prefix is None:
        prefix = "gi-" + hashlib.sha256(report.model_dump_json().encode("utf-8", "replace")).hexdigest()[:10]
    links = text and report.text is not None
    parts = [head_html(report), checks_html(report, prefix=prefix, links=links), facts_html(report, prefix=prefix, links=links)]
    if tables := tables_html(report, prefix=prefix, links=links):
        parts.append(_fold(f"Statistics tables ({len(printed_tables(report))})", tables))
    if text:
        parts.append(_fold("Text with labels", text_html(report, prefix=prefix)))
    return f'<div class="gov-ie"><style>{CSS}</style>{"".join(parts)}</div>'


def _fold(heading: str, content: str) -> str:
    return f'<details class="gi-part" open><summary>{escape(heading)}</summary>{content}</details>'


def head_html(report: Report) -> str:
    """The heading: title, body, year, file, and what went wrong in reading."""
    facts = {"body": report.organization.name, "year": report.year, "file": report.source.get("name")}
    said = "".join(f"<span><b>{name}</b> {escape(value)}</span>" for name, value in facts.items() if value is not None)
    error = report.source.get("error")
    warnings, remarks = ([f"could not be read: {error}"], []) if error else warnings_and_notes(report)
    notes = warnings_html(warnings, remarks)
    return f'<div class="gi-head"><div class="gi-title" role="heading" aria-level="2" lang="zh-Hans">{escape(report.title or "no title")}</div><div class="gi-said">{said}</div>{notes}</div>'


def warnings_html(warnings: Iterable[str], notes: Iterable[str]) -> str:
    """Lists of warnings and, less loud, of notes on the file."""
    lists = {"warnings": warnings, "notes": notes}
    items = {kind: "".join(f"<li>{escape(each)}</li>" for each in told) for kind, told in lists.items()}
    return "".join(f'<ul class="gi-{kind}" aria-label="{kind}">{listed}</ul>' for kind, listed in items.items() if listed)


def checks_html(report: Report, *, prefix: str, links: bool = True) -> str:
    """The checks, failed ones first and open, each with its rule in words, both sides, the difference and the words; those that hold folded away.

    Args:
        report: is only looked at.
        prefix: of the ids in :func:`text_html`.
        links: whether the words are linked to them.
    """
    failed = [check for check in report.checks if not check.ok]
    held = [check for check in report.checks if check.ok]
    out = ""
    if failed:
        rows = "".join(f"<li>{_check(check, report)}{_parts(check, report, prefix, links)}</li>" for check in failed)
        out += f'<div class="gi-failed"><div class="gi-heading" role="heading" aria-level="3">✗ {len(failed)} of {len(report.checks)} checks fail</div><ol>{rows}</ol></div>'
    if held:
        rows = "".join(f"<li>{_check(check, report)}</li>" for check in held)
        out += f'<details class="gi-held"><summary>✓ {len(held)} {"check holds" if len(held) == 1 else "checks hold"}</summary><ol>{rows}</ol></details>'
    return f'<div class="gi-checks">{out}</div>' if out else ""


def _check(check: Check, report: Report) -> str:
    sides = f"{shown(check.left)} {'=' if check.ok else '≠'} {shown(check.right)}"
    off = "" if check.ok else f' <span class="gi-off">difference {difference(check)}</span>'
    return f'<div lang="zh-Hans">{escape(rule_in_words(check, report))}</div><div><b>{escape(sides)}</b>{off} <code>{escape(check.rule)}</code></div>'


def _parts(check: Check, report: Report, prefix: str, links: bool) -> str:
    parts = [f"<li>{escape(name)} <b>{escape(shown(value))}</b> ← {link(evidence, report, prefix, on=links)}</li>" for name, value, evidence in check_parts(check, report)]
    return f'<ul class="gi-sources">{"".join(parts)}</ul>' if parts else ""


def facts_html(report: Report, *, prefix: str, links: bool = True) -> str:
    """The facts by topic: field, value, confidence, and the words. Fields that the report does not state are named at the end of their topic.

    Args:
        report: is only looked at.
        prefix: of ids: words are linked to ``#{prefix}-at-{start}-{end}`` in :func:`text_html`, and the row of a path is ``{prefix}-fact-{path}``.
        links: whether the words are linked.
    """
    body = "".join(_topic(topic, report, prefix, links) for topic in topics(report))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("field", "value", "confidence", "words"))
    return f'<table class="gi-facts"><thead><tr>{head}</tr></thead>{body}</table>'


def _topic(topic: Topic, report: Report, prefix: str, links: bool) -> str:
    head = f'<tr class="gi-topic"><th colspan="4" scope="rowgroup"><span lang="zh-Hans">{escape(topic.term)}</span> <small>{escape(topic.meaning)}</small></th></tr>'
    names = "、".join(f'<span lang="zh-Hans" title="{escape(field.path)}">{escape(field.term)}</span>' for field in topic.silent)
    silent = f'<tr class="gi-silent"><td colspan="4"><small>not stated: {names}</small></td></tr>' if names else ""
    opening = '<tbody class="gi-prose">' if topic.prose else "<tbody>"
    return f'{opening}{head}{"".join(_fact(row, report, prefix, links) for row in topic.rows)}{silent}</tbody>'


def _fact(row: Row, report: Report, prefix: str, links: bool) -> str:
    field = find_field(row.path)
    unit = f' <span class="gi-unit">{escape(row.unit)}</span>' if row.unit else ""
    words = "; ".join(
        (f'<span class="gi-unit">{escape(part)}</span> ' if len(row.evidence) > 1 else "") + link(evidence, report, prefix, words=instead_of_words(evidence, row.value, row.origin), on=links)
        for part, evidence in row.evidence
    )
    by = f' title="read by {escape(BY[row.origin.by])}"' if row.origin is not None and row.origin.by is not None else ""
    name = f'<span lang="zh-Hans" title="{escape(field.meaning if field else row.path)}">{escape(row.name)}</span> <code>{escape(row.path)}</code>'
    value = f'<td class="gi-value" lang="zh-Hans"><b>{escape(row.value)}</b>{unit}</td>'
    return f'<tr id="{escape(f"{prefix}-fact-{row.path}")}"><th scope="row">{name}</th>{value}<td class="gi-confidence"{by}>{confidence_html(row.confidence)}</td><td class="gi-words">{words}</td></tr>'


def confidence_html(confidence: float | None) -> str:
    """A confidence as a number and a bar, broken where it is low; ``""`` for none. The bar needs no style attribute, which a page may forbid."""
    if confidence is None:
        return ""
    share = max(0.0, min(1.0, confidence))
    bar = f'<svg class="gi-bar{" gi-low" if confidence < LOW else ""}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><line x2="{100 * share:.0f}" y1="5" y2="5"/></svg>'
    return f"{confidence:.2f} {bar}"


def tables_html(report: Report, *, prefix: str, links: bool = True, titles: bool = True) -> str:
    """The statistics tables with their printed labels, an empty cell as a dash and not as 0; ``""`` where the report has none.

    Args:
        report: is only looked at.
        prefix: of the ids in :func:`text_html`.
        links: whether the cells are linked to them.
        titles: whether pointing at a cell names its path.
    """
    return "".join(_table(table, report, prefix, links, titles) for table in printed_tables(report))


def _table(table: PrintedTable, report: Report, prefix: str, links: bool, titles: bool) -> str:
    width = 1 + max(len(block.columns) for block in table.blocks)
    body = "".join(_block(block, width, report, prefix, links, titles) for block in table.blocks)
    return f'<div class="gi-scroll" role="group" aria-label="{escape(table.title)}" tabindex="0"><table class="gi-form" lang="zh-Hans"><caption>{escape(table.title)}</caption>{body}</table></div>'


def _block(block: Block, width: int, report: Report, prefix: str, links: bool, titles: bool) -> str:
    fill = f'<td class="gi-none" colspan="{width - 1 - len(block.columns)}"></td>' if len(block.columns) < width - 1 else ""
    head = _head(block, fill)
    rows = ""
    for groups, below in groupby(block.rows, key=lambda row: row.groups):
        if groups:
            rows += f'<tr class="gi-group"><th colspan="{width}" scope="rowgroup">{escape(" › ".join(groups))}</th></tr>'
        rows += "".join(_grid_row(row, fill, report, prefix, links, titles) for row in below)
    return f"<tbody>{head}{rows}</tbody>"


def _head(block: Block, fill: str) -> str:
    """The labels of the columns; where some stand under a heading, in two rows."""
    if not any(above for _, above in block.columns):
        return f'<tr class="gi-columns"><th>{escape(block.heading)}</th>{"".join(f"""<th scope="col">{escape(label)}</th>""" for label, _ in block.columns)}{fill}</tr>'
    upper, lower = f'<th rowspan="2">{escape(block.heading)}</th>', ""
    for above, columns in groupby(block.columns, key=lambda column: column[1]):
        labels = [escape(label) for label, _ in columns]
        if above:
            upper += f'<th colspan="{len(labels)}" scope="colgroup">{escape(" › ".join(above))}</th>'
            lower += "".join(f'<th scope="col">{label}</th>' for label in labels)
        else:
            upper += "".join(f'<th rowspan="2" scope="col">{label}</th>' for label in labels)
    return f'<tr class="gi-columns">{upper}{fill}</tr><tr class="gi-columns">{lower}{fill}</tr>'


def _grid_row(row: GridRow, fill: str, report: Report, prefix: str, links: bool, titles: bool) -> str:
    opening = '<tr class="gi-under">' if row.groups else "<tr>"
    return f'{opening}<th scope="row">{escape(row.label)}</th>{"".join(_cell(cell, report, prefix, links, titles) for cell in row.cells)}{fill}</tr>'


def _cell(cell: GridCell, report: Report, prefix: str, links: bool, titles: bool) -> str:
    title = f' title="{escape(cell.path if cell.value is not None else "empty, or not read")}"' if titles else ""
    if cell.value is None:
        return f'<td class="gi-empty"{title}><span aria-label="empty">–</span></td>'
    evidence = report.evidence.get(cell.path)
    value = shown(cell.value) if isinstance(cell.value, int | float) else squeezed(str(cell.value))
    said = escape(value) if evidence is None else link(evidence, report, prefix, words=value, on=links)
    unit = f' <span class="gi-unit">{escape(cell.unit)}</span>' if cell.unit else ""
    return f'<td{title}>{said}{unit}</td>'


def explanation_html(explanation: Explanation) -> str:
    """One value explained: its words in context, who read it, what else was considered, and the checks it takes part in; a ``div`` with its style."""
    e, field = explanation, find_field(explanation.path)
    unit = f' <span class="gi-unit">{escape(field.unit)}</span>' if field and field.unit and isinstance(e.value, int | float) else ""
    value = e.value if isinstance(e.value, str | int | float | None) else getattr(e.value, "text", e.value)
    rows = {"value": f"<b>{escape(shown(value))}</b>{unit}"}
    if e.evidence is not None:
        before, after = (" ".join(part.split()) for part in (e.before, e.after))
        words = f'{"…" if e.evidence.start > len(e.before) > 0 else ""}{escape(before)}<mark>{escape(squeezed(e.evidence.text, 400))}</mark>{escape(after)}{"…" if after else ""}'
        rows["words"] = f'<span lang="zh-Hans">{words}</span> <small class="gi-unit">characters {e.evidence.start}–{e.evidence.end}</small>'
    if e.origin.by is not None:
        label = f" as <code>{escape(e.origin.label)}</code>" if e.origin.label else ""
        detail = f" ({escape(e.origin.detail)})" if e.origin.detail else ""
        rows["read by"] = f"{escape(BY[e.origin.by])}{label}{detail}"
    if e.confidence is not None:
        rows["confidence"] = confidence_html(e.confidence)
    if e.considered:
        items = "".join(f'<li><b>{escape(shown(row.value))}</b> ← <span lang="zh-Hans">{escape(squeezed(row.text))}</span> <small class="gi-unit">at {row.start}</small>: {escape(row.why)}</li>' for row in e.considered)
        rows["passed over"] = f"<ul>{items}</ul>"
    if e.checks:
        report = Report(origins={"tables": e.origin})
        items = "".join(f"<li>{'✓ holds' if check.ok else '✗ fails'}{_check(check, report)}</li>" for check in e.checks)
        rows["checks"] = f"<ul>{items}</ul>"
    body = "".join(f'<tr><th scope="row">{name}</th><td>{said}</td></tr>' for name, said in rows.items())
    term = field.term if field else name_of(e.path, Report())
    head = f'<div class="gi-title" role="heading" aria-level="2"><span lang="zh-Hans">{escape(term)}</span> <code>{escape(e.path)}</code></div>'
    return f'<div class="gov-ie"><style>{CSS}</style>{head}<table class="gi-facts gi-why">{body}</table></div>'
