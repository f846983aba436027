"""Reports as one HTML file that needs nothing else: an index, and each report's facts beside its text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from gov_ie.errors import GovIEError
from gov_ie.export.columns import reports_of
from gov_ie.export.files import Whole
from gov_ie.report import Report
from gov_ie.show.escape import escape
from gov_ie.show.html import CSS, checks_html, tables_html, text_html, warnings_html
from gov_ie.show.page_facts import brief_facts_html
from gov_ie.show.page_index import Entry, index_html, notes_html, warnings
from gov_ie.show.page_repeats import Issue, Repeat, repeats
from gov_ie.show.words import warnings_and_notes

#: A larger page opens slowly; its size is told.
LARGE = 10_000_000
#: A larger page is not made, in bytes.
MAX_BYTES = 200_000_000


def to_page(reports: Report | Iterable[Report], title: str | None = None) -> str:
    """A whole HTML document: the index, worst first, then each report with its facts beside its text.

    Nothing is loaded from elsewhere, and its Content-Security-Policy forbids that; the script only sorts, filters and scrolls. What comes from a report is escaped.

    Args:
        reports: reports as :func:`gov_ie.extract_many` yields them, or a single one, also those of files that could not be read; a report made from JSON is shown without its text.
        title: of the page.

    Raises:
        GovIEError: the page would be larger than :data:`MAX_BYTES`, or something given is no report.
    """
    parts: list[tuple[Entry, str]] = []
    size = 0
    for number, report in enumerate(reports_of(reports), 1):
        entry = Entry.of(report, f"r{number}")
        parts.append((entry, _section(report, entry)))
        size += len(parts[-1][1].encode())
        if size > MAX_BYTES:
            raise GovIEError(f"after {number} reports the page is larger than {MAX_BYTES // 1_000_000} MB, more than a browser opens; make several pages of fewer reports")
    same, different = repeats([Issue(entry.body, entry.year, entry.place) for entry, _ in parts])
    found = {entry.anchor: repeat for (entry, _), repeat in zip(parts, same, strict=True) if repeat is not None}
    parts.sort(key=lambda part: part[0].worst_first)
    entries = [entry for entry, _ in parts]
    sections = [section.replace("<details", "<details open", 1) if len(parts) == 1 else section for _, section in parts]
    return _document(title or "Annual reports on open government information", entries, found, different, sections)


def write_page(reports: Report | Iterable[Report], path: str | Path, title: str | None = None) -> int:
    """Write :func:`to_page` to a file, whole or not at all.

    Returns:
        its size in bytes; beyond :data:`LARGE` browsers take long to open it.

    Raises:
        GovIEError: the file cannot be written, the page would be too large, or something given is no report.
    """
    with Whole(Path(path)) as temporary:
        return temporary.write_bytes(to_page(reports, title).encode())


def _document(title: str, entries: list[Entry], same: dict[str, Repeat], different: int, sections: list[str]) -> str:
    style, script = _inline()
    policy = f"default-src 'none'; style-src '{_sha256(style)}'; script-src '{_sha256(script)}'; base-uri 'none'; form-action 'none'"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#reports">Skip to the reports</a>
<header>
<h1>{escape(title)}</h1>
<p>{_summary(entries, different if same else None)}</p>
</header>
<main>
<h2>Index</h2>
<form id="controls" hidden role="search" aria-label="Filter the reports">
<label for="find">Find in the index, values and texts</label> <input id="find" type="search" placeholder="body, year, words …" autocomplete="off" spellcheck="false" aria-describedby="found">
<label><input id="failed" type="checkbox"> only with failed checks</label>
{'<label><input id="repeated" type="checkbox"> only duplicates</label>' if same else ""}
<button id="worst" type="button">Worst first</button>
<span id="found" role="status"></span>
</form>
{index_html(entries, [same.get(entry.anchor) for entry in entries])}
<p id="nothing" hidden><span></span> <button type="button">Show all reports</button></p>
{notes_html(entries)}
<div id="reports" tabindex="-1">
{"".join(sections)}</div>
</main>
<script>{script}</script>
</body>
</html>
"""


def _section(report: Report, entry: Entry) -> str:
    """A report in a ``details`` element; what could not be read, as a paragraph."""
    named = entry.body or entry.title
    heading = f'<h2{" lang=zh" if named else ""}>{escape(entry.name)}{"" if entry.year is None else f" {entry.year}"}</h2>'
    file = f'<span class="file">{escape(entry.file)}</span>' if named else ""
    if entry.error is not None:
        return f'<section class="report" id="{entry.anchor}">{heading}{file}<p class="error"><b>✗ cannot be read:</b> {escape(entry.error)}</p></section>\n'
    notes = [f"✗ {entry.failed} failed check{'s' * (entry.failed != 1)}" if entry.failed else "", f"lowest confidence {entry.lowest:.2f}" if entry.lowest is not None else "no values", warnings(entry.warnings)]
    title = f'<p class="title" lang="zh">{escape(report.title)}</p>' if report.title and report.title != entry.name else ""
    facts = checks_html(report, prefix=entry.anchor) + brief_facts_html(report, prefix=entry.anchor) + tables_html(report, prefix=entry.anchor, titles=False)
    return (
        f'<details class="report"><summary>{heading}{file}<span class="note">{" · ".join(filter(None, notes))}</span></summary>'
        f'<div class="gov-ie beside" id="{entry.anchor}"><div class="facts">{title}{warnings_html(*warnings_and_notes(report))}{facts}</div>'
        f'<div class="read">{text_html(report, prefix=entry.anchor, titles=False)}</div></div></details>\n'
    )


def _summary(entries: list[Entry], different: int | None) -> str:
    """What there is, in a sentence; ``different`` bodies and years where they are fewer than the reports that state both."""
    read = [entry for entry in entries if entry.error is None]
    failing = sum(entry.failed > 0 for entry in read)
    unknown = sum(entry.body is None or entry.year is None for entry in read)
    parts = [f"{len(read)} report{'s' * (len(read) != 1)} with {sum(entry.values for entry in read):,} values"]
    if different is not None:
        parts.append(f"{len(read) - unknown} of them of {different} different bodies and years, {unknown} that do not state both" if unknown else f"they are of {different} different bodies and years")
    parts += [f"{failing} with failed checks" if failing else "no check failed"]
    if len(read) < len(entries):
        parts.append(f"{len(entries) - len(read)} that could not be read")
    return f"{'; '.join(parts)}. Values are linked to the words they were read from."


@lru_cache(maxsize=1)
def _inline() -> tuple[str, str]:
    """The style and the script of the page."""
    folder = files("gov_ie.show")
    return CSS + folder.joinpath("page.css").read_text(encoding="utf-8"), folder.joinpath("page.js").read_text(encoding="utf-8")


def _sha256(block: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
