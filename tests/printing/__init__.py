"""Printed forms, made up: contents with every sum kept, printed as real reports print them, in every kind of file.

>>> tables = random_form("2021", seed=1)
>>> page = print_html(tables, "2021", seed=1)
>>> report = print_report(tables, "2021", "pdf", seed=1)

The same contents, form, seed and style give the same print. Without a style the seed chooses one; ``style=PLAIN`` prints the form as it was issued.
A style never changes the contents: ``None`` is a cell without a figure, ``0`` is a printed nought.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from printing import html, markdown, pdf, text, word
from printing.figures import FORMS, Relation, break_sum, cells, changed, failing, figure, folded, form_of, random_form, relations
from printing.layout import Block, Cell, Paragraph, Table, form_blocks
from printing.prose import report_blocks, report_facts
from printing.style import PLAIN, Style, random_style

__all__ = [
    "FORMS", "KINDS", "PLAIN", "TEXT_KINDS", "Block", "Cell", "Paragraph", "Relation", "Style", "Table",
    "break_sum", "cells", "changed", "failing", "figure", "folded", "form_blocks", "form_of", "print_blanks", "print_docx", "print_form", "print_html", "print_lines",
    "print_markdown", "print_pdf", "print_report", "print_run_together", "print_tabs", "printed_blocks", "random_form", "random_style", "relations", "report_facts",
]  # fmt: skip

_RENDERERS: dict[str, Callable[[Sequence[Block], Style, random.Random], Any]] = {
    "html": html.page,
    "docx": word.document,
    "pdf": lambda blocks, style, rng: pdf.document(blocks, style, rng, ruled=True),
    "pdf-unruled": lambda blocks, style, rng: pdf.document(blocks, style, rng, ruled=False),
    "md": markdown.clean,
    "md-torn": markdown.torn,
    "lines": text.lines,
    "tabs": text.tabs,
    "blanks": text.blanks,
    "run-together": text.run_together,
}
#: Every kind of print; ``docx`` and the two of ``pdf`` are bytes, the others text.
KINDS = tuple(_RENDERERS)
TEXT_KINDS = tuple(kind for kind in KINDS if kind != "docx" and not kind.startswith("pdf"))


def printed_blocks(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> list[Block]:
    """The headings and tables that :func:`print_form` prints for this seed, each cell with the path of its figure: the truth to compare a reading with."""
    return form_blocks(tables, form, style or random_style(seed), random.Random(f"form {form} {seed}"))


def print_form(tables: dict[str, Any], form: str, kind: str, *, seed: int, style: Style | None = None) -> str | bytes:
    """The tables of a form with their headings, and nothing else, as ``kind`` (one of :data:`KINDS`)."""
    return _RENDERERS[kind](printed_blocks(tables, form, seed=seed, style=style), style or random_style(seed), random.Random(f"{kind} {seed}"))


def print_report(tables: dict[str, Any], form: str, kind: str, seed: int, style: Style | None = None) -> str | bytes:
    """A whole report with the form in it, as ``kind``; :func:`report_facts` says what it states besides the tables."""
    style = style or random_style(seed)
    return _RENDERERS[kind](report_blocks(tables, form, seed, style), style, random.Random(f"{kind} {seed}"))


def _text(tables: dict[str, Any], form: str, kind: str, seed: int, style: Style | None) -> str:
    printed = print_form(tables, form, kind, seed=seed, style=style)
    assert isinstance(printed, str)
    return printed


def _bytes(tables: dict[str, Any], form: str, kind: str, seed: int, style: Style | None) -> bytes:
    printed = print_form(tables, form, kind, seed=seed, style=style)
    assert isinstance(printed, bytes)
    return printed


def print_html(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> str:
    """The form as a web page."""
    return _text(tables, form, "html", seed, style)


def print_docx(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> bytes:
    """The form as a Word document."""
    return _bytes(tables, form, "docx", seed, style)


def print_pdf(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None, ruled: bool = True) -> bytes:
    """The form as a PDF with text, its tables with rules or without."""
    return _bytes(tables, form, "pdf" if ruled else "pdf-unruled", seed, style)


def print_markdown(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None, torn: bool = False) -> str:
    """The form as Markdown, clean or as a converter tears it."""
    return _text(tables, form, "md-torn" if torn else "md", seed, style)


def print_lines(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> str:
    """The form with one cell a line."""
    return _text(tables, form, "lines", seed, style)


def print_tabs(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> str:
    """The form with tabs between the cells of a row."""
    return _text(tables, form, "tabs", seed, style)


def print_blanks(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> str:
    """The form with blanks between the cells of a row."""
    return _text(tables, form, "blanks", seed, style)


def print_run_together(tables: dict[str, Any], form: str, *, seed: int, style: Style | None = None) -> str:
    """The form with nothing between its cells."""
    return _text(tables, form, "run-together", seed, style)
