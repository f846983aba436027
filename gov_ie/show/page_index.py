"""The index of a page: a row a report, those that need a look first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gov_ie.report import Report
from gov_ie.show.escape import escape
from gov_ie.show.words import LOW

_NONE = '<span class="none" aria-hidden="true">–</span> <span class="vh">none</span>'


@dataclass(frozen=True)
class Entry:
    """What the index says of a report.

    Attributes:
        anchor: id of the report on the page.
        file: its name.
        body: the issuing body; ``None`` where the report does not say.
        title: its title.
        year: the year reported on.
        kind: ``form`` or ``annex`` where printed tables were read, ``text`` where none were; empty where nothing was.
        level: administrative level of the body, where it is known.
        values: number of values with evidence, cells of tables among them.
        lowest: the lowest confidence of a value; ``None`` where there is no value.
        doubtful: values with a confidence below :data:`~gov_ie.show.words.LOW`.
        checks: number of sums that could be checked.
        failed: those that do not hold.
        warnings: number of warnings.
        error: why the file could not be read.
    """

    anchor: str
    file: str
    body: str | None
    title: str | None
    year: int | None
    kind: str
    level: str | None
    values: int
    lowest: float | None
    doubtful: int
    checks: int
    failed: int
    warnings: int
    error: str | None

    @classmethod
    def of(cls, report: Report, anchor: str) -> Entry:
        """The entry of a report that stands on the page under ``anchor``."""
        error = report.source.get("error")
        return cls(
            anchor=anchor,
            file=str(report.source.get("name") or ""),
            body=report.organization.name,
            title=report.title,
            year=report.year,
            kind="" if error else "annex" if report.tables.keys() == {"annex"} else "form" if report.tables else "text",
            level=report.place.level,
            values=len(report.evidence),
            lowest=min(report.confidence.values(), default=None),
            doubtful=sum(value < LOW for value in report.confidence.values()),
            checks=len(report.checks),
            failed=sum(not check.ok for check in report.checks),
            warnings=len(report.warnings),
            error=None if error is None else str(error),
        )

    @property
    def name(self) -> str:
        """What to call the report: its body, else its title, else its file."""
        return self.body or self.title or self.file or "no name"

    @property
    def worst_first(self) -> tuple[bool, int, float]:
        """Sorts what could not be read first, then by failed checks, then by the least certain value; a report of which nothing was read is least certain."""
        return self.error is None, -self.failed, self.lowest if self.lowest is not None else 0.0


def index_html(entries: Iterable[Entry]) -> str:
    """The table of all reports, in the order given; columns of numbers carry them in ``data-n``, empty where there is none."""
    rows = list(entries)
    levels = any(entry.level is not None for entry in rows)
    columns = [
        ("Report", "", ""), ("Year", "n", ""), ("Failed checks", "n", "descending"), ("Lowest confidence", "n", ""), (f"Below {LOW:.2f}", "n", "descending"), ("Values", "n", "descending"),
        ("Read from", "", ""), *([("Level", "", "")] if levels else []), ("Notes", "", ""),
    ]  # fmt: skip
    head = "".join(f'<th scope="col"{_attribute("class", kind)}{_attribute("data-first", first)}>{name}</th>' for name, kind, first in columns)
    body = "\n".join(_row(entry, levels) for entry in rows)
    table = f'<table id="index"><caption class="vh">The reports, worst first</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'
    return f'<p class="quiet">Worst first: what could not be read, then by failed checks, then by the lowest confidence of a value.</p>\n<div class="scroll" role="region" aria-label="Index" tabindex="0">{table}</div>'


def _row(entry: Entry, levels: bool) -> str:
    named = entry.body or entry.title
    file = f' <small class="file">{escape(entry.file)}</small>' if named and entry.file else ""
    unread = "" if entry.error is None else " <b>✗ cannot be read</b>"
    cells = [f'<th scope="row"><a href="#{entry.anchor}"{" lang=zh" if named else ""}>{escape(entry.name)}</a>{file}{unread}</th>', _number(entry.year)]
    if entry.error is not None:
        cells += [_number(None)] * 4
    else:
        cells += [_number(entry.failed if entry.checks else None, f"{'<b>✗ ' if entry.failed else ''}{entry.failed}{'</b>' if entry.failed else ''} of {entry.checks}")]
        cells += [_number(entry.lowest, None if entry.lowest is None else f"{entry.lowest:.2f}"), _number(entry.doubtful), _number(entry.values)]
    cells += [f"<td>{entry.kind or _NONE}</td>", *([f"<td>{escape(entry.level) if entry.level else _NONE}</td>"] if levels else [])]
    cells += [f"<td>{warnings(entry.warnings)}</td>" if entry.error is None else f'<td class="error">{escape(entry.error)}</td>']
    return f'<tr data-failed="{entry.failed}">{"".join(cells)}</tr>'


def warnings(number: int) -> str:
    """The number of warnings in words, nothing for none."""
    return f"⚠ {number} warning{'s' * (number != 1)}" if number else ""


def _number(value: float | None, shown: str | None = None) -> str:
    return f'<td class="n" data-n="">{_NONE}</td>' if value is None else f'<td class="n" data-n="{value:g}">{shown if shown is not None else f"{value:g}"}</td>'


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""
