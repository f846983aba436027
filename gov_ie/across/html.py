"""A comparison as an HTML fragment for notebooks: no script, nothing loaded, all styles below one class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gov_ie.across.comparison import Comparison
from gov_ie.across.figures import Figure
from gov_ie.across.sentences import Copied, TakenOver
from gov_ie.across.text import KINDS, STATUSES, copied_line, counted, figure_name, number, ratio, side_name
from gov_ie.fields import FIELDS
from gov_ie.forms.cells import cell_name
from gov_ie.report import Evidence
from gov_ie.show.escape import escape
from gov_ie.show.words import squeezed

_CSS = """
.gov-ie-compare { container-type: inline-size; box-sizing: border-box; padding: .75em 1em; line-height: 1.5; color: inherit; overflow-wrap: anywhere; }
.gov-ie-compare h3 { margin: 0 0 .3em; font-size: 1.1em; }
.gov-ie-compare h4 { margin: 1em 0 .3em; font-size: 1em; }
.gov-ie-compare table { display: table; width: 100%; border-collapse: collapse; margin: 0; font-size: inherit; }
.gov-ie-compare caption { text-align: left; font-style: italic; padding: .4em 0 .1em; }
.gov-ie-compare table th, .gov-ie-compare table td { text-align: left; vertical-align: top; padding: .15em .7em .15em 0; border: 0; border-bottom: 1px solid rgba(127, 127, 127, .35); font-weight: normal; background: none; white-space: normal; }
.gov-ie-compare thead th { font-weight: bold; }
.gov-ie-compare table tbody th { width: 26%; }
.gov-ie-compare table .words { width: 38%; min-width: 14em; padding-right: 0; }
.gov-ie-compare table .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.gov-ie-compare .aside { opacity: .8; font-size: .9em; }
.gov-ie-compare .wrong { border-left: .25em solid #c33; padding-left: .6em; }
.gov-ie-compare .odd { border-left: .25em dashed #b80; padding-left: .6em; }
.gov-ie-compare ul { margin: .2em 0; padding-left: 1.2em; }
.gov-ie-compare .checks { list-style: none; padding-left: 0; }
.gov-ie-compare .checks li { margin: .3em 0; }
@container (max-width: 44em) {
  .gov-ie-compare table :is(tbody, tr) { display: block; }
  .gov-ie-compare table thead { display: none; }
  .gov-ie-compare table tbody tr { display: flex; flex-wrap: wrap; gap: 0 1em; padding: .3em 0; border-bottom: 1px solid rgba(127, 127, 127, .35); }
  .gov-ie-compare table tbody tr :is(th, td) { padding: 0; border: 0; }
  .gov-ie-compare table tbody tr :is(th, .words) { flex-basis: 100%; }
  .gov-ie-compare table .number:empty { display: none; }
  .gov-ie-compare table [data-name]::before { content: attr(data-name) " "; opacity: .8; font-size: .9em; }
}
"""

_COLUMNS = {"figure": "figure", "earlier": "number", "later": "number", "difference": "number", "ratio": "number", "words": "words"}


def comparison_html(found: Comparison) -> str:
    """The whole comparison as one ``div``; everything that comes from the reports is escaped."""
    return f'<div class="gov-ie-compare"><style>{_CSS}</style>{"".join(_parts(found))}</div>'


def _parts(found: Comparison) -> Iterator[str]:
    yield f"<h3>{escape(side_name(found.earlier))} → {escape(side_name(found.later))}</h3>"
    if found.warnings:
        yield f"<ul>{''.join(f'<li>Warning: {escape(warning)}</li>' for warning in found.warnings)}</ul>"
    yield "<h4>Between the years</h4>"
    held = sum(check.ok for check in found.checks)
    failed = [*found.contradictions, *found.unusual]
    yield f"<p>{counted(len(found.contradictions), 'contradiction')}, {len(found.unusual)} unusual, {held} hold.</p>"
    if failed:
        rows = (
            f'<li class="{"wrong" if check.promised else "odd"}">{"Contradiction" if check.promised else "Unusual"}: {escape(check.rule)}: {number(check.left)} against {number(check.right)}'
            f'<br><span class="aside">{escape("; ".join(f"{f.year} “{squeezed(f.evidence.text)}”" for f in check.figures if f.evidence))}</span></li>'
            for check in failed
        )
        yield f'<ul class="checks">{"".join(rows)}</ul>'
    yield "<h4>Figures</h4>"
    for status, said in STATUSES.items():
        figures: Sequence[Figure] = getattr(found, status)
        fields, cells = [f for f in figures if not f.path.startswith("tables.")], [f for f in figures if f.path.startswith("tables.")]
        if fields:
            yield _table(fields, f"{said.capitalize()} ({len(fields)})")
        if cells:
            yield f"<details><summary>{said.capitalize()}: {len(cells)} cells of the printed forms</summary>{_table(cells, '')}</details>"
    yield f"<p>{len(found.unchanged)} unchanged.</p>"
    if found.copied is not None:
        yield from _copied(found.copied)
    documents = found.documents
    yield f"<h4>Documents named</h4><p>{len(documents.kept)} kept, {len(documents.added)} added, {len(documents.dropped)} dropped.</p>"
    for said, names in (("Added", documents.added), ("Dropped", documents.dropped)):
        if names:
            yield f'<p>{said}: <span lang="zh">{escape("".join(f"《{name}》" for name in names))}</span></p>'


def _table(figures: Iterable[Figure], caption: str) -> str:
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(figure_name(f))}</code><br><span class="aside" lang="zh">{escape(_term(f))}</span></th>'
        f'<td class="number" data-name="earlier">{_value(f.earlier)}</td><td class="number" data-name="later">{_value(f.later)}</td><td class="number" data-name="difference">{number(f.difference, signed=True) if f.difference is not None else ""}</td>'
        f'<td class="number" data-name="ratio">{ratio(f)}</td><td class="words" lang="zh">{_words(f.earlier_evidence)} → {_words(f.later_evidence)}{f"<br>{escape(f.note)}" if f.note else ""}</td></tr>'
        for f in figures
    )
    head = "".join(f'<th scope="col" class="{kind}">{name}</th>' for name, kind in _COLUMNS.items())
    return f"<table>{f'<caption>{escape(caption)}</caption>' if caption else ''}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _term(figure: Figure) -> str:
    field = FIELDS.get(figure.path)
    return field.term if field else str(cell_name(figure.path) or "")


def _value(value: float | None) -> str:
    return "not stated" if value is None else number(value)


def _words(evidence: Evidence | None) -> str:
    return f"“{escape(squeezed(evidence.text, 40))}”" if evidence else "–"


def _copied(copied: Copied) -> Iterator[str]:
    yield f"<h4>Sentences taken over</h4><p>{escape(copied_line(copied))}.</p>"
    for kind, said in KINDS.items():
        passages = [passage for passage in copied.passages if passage.kind == kind]
        if passages:
            yield f"<details><summary>{len(passages)} {said}</summary><ul>{''.join(_passage(p) for p in passages)}</ul></details>"


def _passage(passage: TakenOver) -> str:
    where = f"{passage.earlier.start}–{passage.earlier.end} → {passage.later.start}–{passage.later.end}"
    before = f'<br><span class="aside">before: <span lang="zh">{escape(passage.earlier.text)}</span></span>' if passage.kind != "identical" else ""
    return f'<li><span lang="zh">{escape(passage.later.text)}</span> <span class="aside">{where}</span>{before}</li>'
