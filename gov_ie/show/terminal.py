"""A report in the terminal: what ``rich.print(report)`` shows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gov_ie.report import Evidence, Report
from gov_ie.show.escape import visible
from gov_ie.show.grids import PrintedTable, printed_tables
from gov_ie.show.topics import Row, Topic, topics
from gov_ie.show.words import LOW, check_parts, difference, instead_of_words, rule_in_words, shown, squeezed

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.text import Text


def report_renderable(report: Report) -> Group:
    """A report as tables: failed checks first, the facts by topic with value, confidence and words, the statistics tables.

    Nothing that comes from the report acts on the terminal: markup is not read, control characters are boxes.
    """
    from rich.console import Group

    error = report.source.get("error")
    said = [report.organization.name, report.year, report.source.get("name")]
    parts: list[RenderableType] = [_text(report.title or "no title", "bold"), _text(" · ".join(str(part) for part in said if part is not None), "dim")]
    parts += [_text(f"⚠ {warning}", "yellow") for warning in ([f"could not be read: {error}"] if error else report.warnings)]
    parts += _checks(report)
    spoken = [topic for topic in topics(report) if topic.rows]
    parts += [_topic(topic) for topic in spoken]
    if silent := [topic.term for topic in topics(report) if not topic.rows]:
        parts.append(_text(f"not stated: {'、'.join(silent)}", "dim"))
    return Group(*parts, *(_printed(table) for table in printed_tables(report)))


def _text(said: object, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(str(said)), style=style)


def _checks(report: Report) -> list[RenderableType]:
    from rich.panel import Panel

    failed = [check for check in report.checks if not check.ok]
    held = len(report.checks) - len(failed)
    parts: list[RenderableType] = []
    for check in failed:
        sides = f"{shown(check.left)} ≠ {shown(check.right)}, difference {difference(check)}"
        read = [f"  {name} {shown(value)} ← “{squeezed(evidence.text)}”" for name, value, evidence in check_parts(check, report)]
        parts.append(Panel(_text("\n".join([rule_in_words(check, report), *read])), title=_text(f"✗ {sides}", "bold red"), title_align="left", border_style="red"))
    if report.checks:
        parts.append(_text(f"checks: {held} hold, {len(failed)} fail", "red" if failed else "green"))
    return parts


def _topic(topic: Topic) -> Group:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio in (5, 5 if topic.prose else 3, None, 4):
        table.add_column(ratio=ratio, no_wrap=ratio is None, overflow="fold")
    for row in topic.rows:
        name = _text(row.name).append(f" {visible(row.path)}", style="dim")
        value = _text(row.value, "" if topic.prose else "bold").append(f" {visible(row.unit)}" if row.unit else "", style="not bold dim")
        table.add_row(name, value, _confidence(row.confidence), _text(_words(row)))
    silent = [_text("not stated: " + "、".join(field.term for field in topic.silent), "dim")] if topic.silent else []
    return Group(_text(f"\n{topic.term}", "bold").append(f"  {topic.meaning}", style="not bold dim"), Padding(Group(table, *silent), (0, 0, 0, 2)))


def _words(row: Row) -> str:
    def said(part: str, evidence: Evidence) -> str:
        words = instead_of_words(evidence, row.value, row.origin) or f"“{squeezed(evidence.text, 40)}”"
        return f"{part} {words}" if len(row.evidence) > 1 else words

    return "\n".join(said(part, evidence) for part, evidence in row.evidence)


def _confidence(confidence: float | None) -> Text:
    if confidence is None:
        return _text("")
    filled = round(5 * max(0.0, min(1.0, confidence)))
    return _text(f"{confidence:.2f} {'█' * filled}{'░' * (5 - filled)}", "yellow" if confidence < LOW else "")


def _printed(table: PrintedTable) -> Group:
    from rich import box
    from rich.console import Group
    from rich.table import Table

    blocks: list[RenderableType] = [_text(f"\n{table.title}", "bold")]
    for block in table.blocks:
        out = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        out.add_column(_text(block.heading), overflow="fold")
        for label, _ in block.columns:
            out.add_column(_text(label), justify="right", overflow="fold")
        for above, columns in groupby(block.columns, key=lambda column: column[1]):
            labels = [label for label, _ in columns]
            if above:  # rich cannot join cells
                out.add_row(_text(f"{' › '.join(above)}: {labels[0]} – {labels[-1]}", "dim"))
        for groups, rows in groupby(block.rows, key=lambda row: row.groups):
            if groups:
                out.add_row(_text(" › ".join(groups), "dim"))
            for row in rows:
                cells = [_text("–" if cell.value is None else f"{shown(cell.value)}{f' {cell.unit}' if cell.unit else ''}", "dim" if cell.value is None else "") for cell in row.cells]
                out.add_row(_text(f"{'  ' * bool(groups)}{row.label}"), *cells)
        blocks.append(out)
    return Group(*blocks)
