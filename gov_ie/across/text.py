"""A comparison as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gov_ie.across.comparison import Comparison, Side
from gov_ie.across.figures import Figure
from gov_ie.across.relations import YearCheck
from gov_ie.across.sentences import Copied
from gov_ie.show.escape import visible
from gov_ie.show.words import squeezed

#: Cells of the printed forms, and sentences, that the text shows of each kind.
_CELLS, _PASSAGES = 12, 10
#: Heading of the figures of each status.
STATUSES = {"changed": "changed", "appeared": "not stated before", "vanished": "no longer stated"}
KINDS = {"identical": "word for word", "but_for_figures": "but for figures and years"}


def comparison_text(found: Comparison) -> str:
    """The whole comparison; long lists are cut, and say so."""
    lines = [f"{side_name(found.earlier)} → {side_name(found.later)}", *(f"  warning: {warning}" for warning in found.warnings)]
    counts = ", ".join(f"{len(getattr(found, status))} {said}" for status, said in (*STATUSES.items(), ("unchanged", "unchanged")))
    lines += ["", f"Figures: {counts}"]
    for status, said in STATUSES.items():
        figures = getattr(found, status)
        fields = [figure for figure in figures if not figure.path.startswith("tables.")]
        cells = [figure for figure in figures if figure.path.startswith("tables.")]
        if figures:
            lines += [f"  {said}:", *_aligned(fields + cells[:_CELLS])]
        if len(cells) > _CELLS:
            lines.append(f"    … and {len(cells) - _CELLS} more cells of the forms")
    lines += ["", *_checks(found)]
    if found.copied is not None:
        lines += ["", *_copied(found.copied)]
    documents = found.documents
    lines += ["", f"Documents named: {len(documents.kept)} kept, {len(documents.added)} added, {len(documents.dropped)} dropped"]
    lines += [f"  {sign} 《{name}》" for sign, names in (("+", documents.added), ("-", documents.dropped)) for name in names]
    return visible("\n".join(lines)).rstrip()


def side_name(side: Side) -> str:
    """``平川县水利局 2013 (a.txt)``."""
    source = f" ({side.source})" if side.source else ""
    return f"{side.organization or 'no body named'} {side.year or 'of no stated year'}{source}"


def number(value: float | None, *, signed: bool = False) -> str:
    """A figure with its digits in groups; ``–`` for what is not stated, never for 0."""
    if value is None:
        return "–"
    digits = f"{value:{'+' if signed else ''},.4f}".rstrip("0").rstrip(".")
    return digits.replace("-", "−")


def figure_name(figure: Figure) -> str:
    """Path of a figure, with the name of the item where it is one of a list."""
    return figure.path.replace("[]", f"[{figure.name}]") if figure.name else figure.path


def ratio(figure: Figure) -> str:
    """``×1.66``; nothing where there is none."""
    return "" if figure.ratio is None else f"×{figure.ratio:.3g}" if figure.ratio < 1000 else f"×{figure.ratio:,.0f}"


def _aligned(figures: Sequence[Figure]) -> Iterator[str]:
    from rich.cells import cell_len

    rows = [[figure_name(f), number(f.earlier), "→", number(f.later), number(f.difference, signed=True) if f.difference is not None else "", ratio(f)] for f in figures]
    widths = [max((cell_len(row[i]) for row in rows), default=0) for i in range(6)]
    for figure, row in zip(figures, rows, strict=True):
        cells = [cell + " " * (widths[i] - cell_len(cell)) if i in (0, 2) else " " * (widths[i] - cell_len(cell)) + cell for i, cell in enumerate(row)]
        words = " → ".join(f"“{squeezed(e.text, 30)}”" for e in (figure.earlier_evidence, figure.later_evidence) if e is not None)
        yield f"    {'  '.join(cells)}  {words}{f'  [{figure.note}]' if figure.note else ''}".rstrip()


def _checks(found: Comparison) -> Iterator[str]:
    held = sum(check.ok for check in found.checks)
    yield f"Between the years: {counted(len(found.contradictions), 'contradiction')}, {len(found.unusual)} unusual, {held} {'relation holds' if held == 1 else 'relations hold'}"
    for check in (*found.contradictions, *found.unusual):
        yield f"  {'✗ contradiction' if check.promised else '? unusual'}: {check_line(check)}"


def check_line(check: YearCheck) -> str:
    """Rule, both sides, and the words of the figures."""
    words = "; ".join(f"{figure.year} “{squeezed(figure.evidence.text, 30)}”" for figure in check.figures if figure.evidence is not None)
    return f"{check.rule}: {number(check.left)} against {number(check.right)}{f'  ({words})' if words else ''}"


def _copied(copied: Copied) -> Iterator[str]:
    yield f"Sentences taken over: {copied_line(copied)}"
    for kind, said in KINDS.items():
        passages = [passage for passage in copied.passages if passage.kind == kind]
        if passages:
            yield f"  {said}:"
        for passage in passages[:_PASSAGES]:
            yield f"    {passage.earlier.start}–{passage.earlier.end} → {passage.later.start}–{passage.later.end}  {squeezed(passage.later.text, 70)}"
        if len(passages) > _PASSAGES:
            yield f"    … and {len(passages) - _PASSAGES} more"


def copied_line(copied: Copied) -> str:
    """How much was taken over, in one line."""
    if copied.sentences.share is None or copied.characters.share is None:
        return f"the later report has no sentence of {copied.shortest} characters"
    taken = copied.sentences.identical + copied.sentences.but_for_figures
    return (
        f"{taken} of {copied.sentences.later} ({copied.sentences.share:.0%}; {copied.characters.share:.0%} of the characters), "
        f"{copied.sentences.identical} word for word, {copied.sentences.but_for_figures} but for figures and years"
    )


def counted(n: int, what: str) -> str:
    """``0 contradictions``, ``1 contradiction``."""
    return f"{n} {what}{'' if n == 1 else 's'}"
