"""The index of a page: a row a report, those that need a look first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gov_ie.places import Place
from gov_ie.report import Report
from gov_ie.show.escape import escape
from gov_ie.show.page_repeats import Repeat
from gov_ie.show.words import LOW, warnings_and_notes

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
        place: where the body is, as far as it is known, and its administrative level.
        values: number of values with evidence, cells of tables among them.
        lowest: the lowest confidence of a value; ``None`` where there is no value.
        doubtful: values with a confidence below :data:`~gov_ie.show.words.LOW`.
        checks: number of sums that could be checked.
        failed: those that do not hold.
        warnings: number of warnings, without those that are only notes on the file.
        notes: on the file.
        path: of the file.
        error: why the file could not be read.
    """

    anchor: str
    file: str
    body: str | None
    title: str | None
    year: int | None
    kind: str
    place: Place
    values: int
    lowest: float | None
    doubtful: int
    checks: int
    failed: int
    warnings: int
    notes: tuple[str, ...]
    path: str
    error: str | None

    @classmethod
    def of(cls, report: Report, anchor: str) -> Entry:
        """The entry of a report that stands on the page under ``anchor``."""
        error = report.source.get("error")
        real, notes = warnings_and_notes(report)
        file = str(report.source.get("name") or "")
        return cls(
            anchor=anchor,
            file=file,
            body=report.organization.name,
            title=report.title,
            year=report.year,
            kind="" if error else "annex" if report.tables.keys() == {"annex"} else "form" if report.tables else "text",
            place=report.place if report.organization.name is not None else Place(),
            values=len(report.evidence),
            lowest=min(report.confidence.values(), default=None),
            doubtful=sum(value < LOW for value in report.confidence.values()),
            checks=len(report.checks),
            failed=sum(not check.ok for check in report.checks),
            warnings=len(real),
            notes=tuple(notes),
            path=str(report.source.get("path") or file),
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


def index_html(entries: Sequence[Entry], same: Sequence[Repeat | None]) -> str:
    """The table of all reports, in the order given; columns of numbers carry them in ``data-n``, empty where there is none.

    Args:
        entries: of the reports.
        same: for each, which repeat of its body and year it is (:func:`~gov_ie.show.page_repeats.repeats`).
    """
    levels = any(entry.place.level is not None for entry in entries)
    repeated = any(same)
    columns = [
        ("Report", "", ""), ("Year", "n", ""), *([("Duplicate", "n", "descending")] if repeated else []), ("Failed checks", "n", "descending"), ("Lowest confidence", "n", ""), (f"Below {LOW:.2f}", "n", "descending"),
        ("Values", "n", "descending"), ("Read from", "", ""), *([("Level", "", "")] if levels else []), ("Notes", "", ""),
    ]  # fmt: skip
    head = "".join(f'<th scope="col"{_attribute("class", kind)}{_attribute("data-first", first)}>{name}</th>' for name, kind, first in columns)
    body = "\n".join(_row(entry, levels, repeated, repeat) for entry, repeat in zip(entries, same, strict=True))
    table = f'<table id="index"><caption class="vh">The reports, worst first</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'
    said = "Worst first: what could not be read, then by failed checks, then by the lowest confidence of a value."
    if repeated:
        said += " Duplicate: which of the reports that state the same body and year."
    return f'<p class="quiet">{said}</p>\n<div class="scroll" role="region" aria-label="Index" tabindex="0">{table}</div>'


def notes_html(entries: Sequence[Entry]) -> str:
    """What is to be noted on whole files, each once, folded away; ``""`` where there is nothing."""
    reports: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    for entry in entries:
        names[entry.path] = entry.file.rpartition("#")[0] or entry.file
        reports.update((entry.path, note) for note in entry.notes)
    items = "".join(f'<li><span class="file">{escape(names[path])}</span> ({number} report{"s" * (number != 1)}): {escape(note)}</li>' for (path, note), number in sorted(reports.items()))
    files = len({path for path, _ in reports})
    return f'<details class="notes"><summary>Notes on {files} file{"s" * (files != 1)}</summary><ul>{items}</ul></details>' if items else ""


def _row(entry: Entry, levels: bool, repeated: bool, repeat: Repeat | None) -> str:
    named = entry.body or entry.title
    file = f' <small class="file">{escape(entry.file)}</small>' if named and entry.file else ""
    unread = "" if entry.error is None else " <b>✗ cannot be read</b>"
    cells = [f'<th scope="row"><a href="#{entry.anchor}"{" lang=zh" if named else ""}>{escape(entry.name)}</a>{file}{unread}</th>', _number(entry.year)]
    if repeated:
        # Those of one body and year stand together when the column is sorted.
        cells += [_number(None) if repeat is None else f'<td class="n" data-n="{repeat.among}" data-then="{repeat.group + repeat.number / (repeat.among + 1):.6f}">{repeat.number} of {repeat.among}</td>']
    if entry.error is not None:
        cells += [_number(None)] * 4
    else:
        cells += [_number(entry.failed if entry.checks else None, f"{'<b>✗ ' if entry.failed else ''}{entry.failed}{'</b>' if entry.failed else ''} of {entry.checks}")]
        cells += [_number(entry.lowest, None if entry.lowest is None else f"{entry.lowest:.2f}"), _number(entry.doubtful), _number(entry.values)]
    cells += [f"<td>{entry.kind or _NONE}</td>", *([f"<td>{escape(entry.place.level) if entry.place.level else _NONE}</td>"] if levels else [])]
    cells += [f"<td>{warnings(entry.warnings)}</td>" if entry.error is None else f'<td class="error">{escape(entry.error)}</td>']
    return f'<tr data-failed="{entry.failed}"{" data-repeated" if repeat else ""}>{"".join(cells)}</tr>'


def warnings(number: int) -> str:
    """The number of warnings in words, nothing for none."""
    return f"⚠ {number} warning{'s' * (number != 1)}" if number else ""


def _number(value: float | None, shown: str | None = None) -> str:
    return f'<td class="n" data-n="">{_NONE}</td>' if value is None else f'<td class="n" data-n="{value:g}">{shown if shown is not None else f"{value:g}"}</td>'


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""
