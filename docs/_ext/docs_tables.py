"""``{generated} NAME``: Markdown made of the code's own data at build time. Fields, columns, roles and printed forms have no second copy here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin

from docs_repository import parsed
from docutils import nodes
from docutils.parsers.rst import directives
from pydantic import BaseModel
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from gov_ie.export.dictionary import LAYOUTS
from gov_ie.fields import FIELDS, Field
from gov_ie.forms import Form, FormId, Label, Relation, load_form
from gov_ie.forms.annex import annex_form
from gov_ie.labels import DENIED, ROLE_FIELDS
from gov_ie.report import Report

_KINDS = {int: "whole number", float: "number", str: "text"}
_ROWS = {"wide": "a row per report", "long": "a row per fact", "cells": "a row per cell of the printed forms"}
_MADE_BY = {"wide": "to_frame", "long": "to_long", "cells": "tables_frame"}


def table(head: Iterable[str], rows: Iterable[Iterable[str | None]]) -> str:
    """A Markdown table; ``None`` is an empty cell."""
    lines = [list(head)]
    lines.append(["---"] * len(lines[0]))
    lines += [[(cell or "").replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _code(text: str) -> str:
    return f"`{text}`"


def kind_of(path: str) -> str:
    """What the value at a path of :data:`gov_ie.fields.FIELDS` is; empty for a topic that only holds fields."""
    model: Any = Report
    kind: Any = None
    for step in path.split("."):
        kind = model.model_fields[step.removesuffix("[]")].annotation
        if get_origin(kind) in (Union, UnionType):
            kind = next(part for part in get_args(kind) if part is not NoneType)
        model = get_args(kind)[0] if step.endswith("[]") else kind
    if get_origin(kind) is list:
        return "list"
    return "" if isinstance(kind, type) and issubclass(kind, BaseModel) else _KINDS.get(kind, "")


def fields() -> str:
    """Every field by topic, in the order of the schema."""
    topics: dict[str, list[Field]] = {}
    for path, field in FIELDS.items():
        topics.setdefault(path.partition(".")[0].removesuffix("[]").partition("[")[0], []).append(field)
    alone = [rows[0] for rows in topics.values() if len(rows) == 1]
    parts = ["# Fields that stand alone\n", _fields(alone)]
    for rows in topics.values():
        if len(rows) > 1:
            head, *below = rows
            kind = " A list." if kind_of(head.path) == "list" else ""
            parts += [f"# {head.term}: {_code(head.path)}\n", f"{head.meaning[:1].upper()}{head.meaning[1:]}.{kind}\n", _fields(below)]
    return "\n".join(parts)


def _fields(rows: Iterable[Field]) -> str:
    return table(("field", "meaning", "in Chinese", "value", "unit"), ((_code(row.path), row.meaning, row.term, kind_of(row.path), row.unit) for row in rows))


def columns() -> str:
    """The columns of every table that can be written."""
    parts = []
    for name, layout in LAYOUTS.items():
        rows = ((_code(column.name), column.meaning, column.term, _code(column.type), column.unit) for column in layout.columns)
        parts += [f"# {_ROWS[name][:1].upper()}{_ROWS[name][1:]}: layout {_code(name)}\n", f"{_code(f'gov_ie.{_MADE_BY[name]}')}.\n", table(("column", "meaning", "in Chinese", "type", "unit"), rows)]
    return "\n".join(parts)


def roles() -> str:
    """Role → the field that it fills."""
    rows = []
    for role, path in ROLE_FIELDS.items():
        field = FIELDS[path] if path in FIELDS else FIELDS[path.removesuffix("[]")]
        rows.append((_code(role), field.meaning, field.term, _code(path), _code(DENIED + role)))
    return table(("role of a figure", "meaning", "in Chinese", "field", "role of a clause that denies it"), rows)


def editions() -> str:
    """The editions of the forms."""
    years = {"2014": "mostly 2014 to 2018; local annexes of other years are read as it is", "2019": "2019 and 2020", "2021": "from 2021 on"}
    rows = []
    for form, said in years.items():
        data = _data(form)
        keys = ["annex"] if form == "2014" else ["disclosure", "applications", *dict.fromkeys(block.key.partition(".")[0] for block in load_form(cast(FormId, form)).proceedings.blocks)]
        rows.append((_code(form), data.get("document", data.get("title")), said, ", ".join(map(_code, keys))))
    return table(("edition", "form", "reports of", "in `report.tables`"), rows)


def form_2019() -> str:
    """The form of 2019."""
    return _form("2019")


def form_2021() -> str:
    """The form of 2021."""
    return _form("2021")


def _data(form: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("gov_ie.forms") / f"{form}.json").read_text(encoding="utf-8"))
    return data


def _form(edition: FormId) -> str:
    form, data = load_form(edition), _data(edition)
    parts = [f"{data['document']}.\n", f"# {form.disclosure.title}\n", table(("heading", "row", "key", "columns"), _disclosure(form))]
    parts += [f"# {form.applications.title}\n", _applications(form), f"# {form.proceedings.title}\n", _proceedings(form)]
    return "\n".join(parts)


def _disclosure(form: Form) -> Iterator[tuple[str, str, str, str]]:
    for section in form.disclosure.sections:
        for row in section.rows:
            yield section.heading, row.label, _code(f"tables.disclosure.{row.key}"), ", ".join(f"{column.label} {_code(column.key)}" for column in section.columns)


def _applications(form: Form) -> str:
    fills = {row: path for path, rows in form.applications.fields.items() for row in rows}
    rows = ((" › ".join(row.groups), row.label, _code(f"tables.applications.{row.key}"), _code(fills[row.key]) if row.key in fills else None) for row in form.applications.rows)
    names = {row.key: row.label for row in form.applications.rows}
    sums = [_relation(form.applications.across, {column.key: column.label for column in form.applications.columns}), *(_relation(sum_, names) for sum_ in form.applications.down)]
    promised = "".join(f"- {sum_}\n" for sum_ in sums)
    return f"{table(('below', 'row', 'key', 'goes into the field'), rows)}\nColumns: {_columns(form.applications.columns)}.\n\nPromised sums, across each row and down each column:\n\n{promised}"


def _proceedings(form: Form) -> str:
    rows = ((" › ".join((*block.groups, block.label)), _code(f"tables.{block.key}")) for block in form.proceedings.blocks)
    names = {column.key: column.label for column in form.proceedings.columns}
    return f"{table(('block', 'key'), rows)}\nColumns: {_columns(form.proceedings.columns)}.\n\nPromised sum: {_relation(form.proceedings.across, names)}.\n"


def _columns(columns: Iterable[Label]) -> str:
    return ", ".join(f"{column.label} {_code(column.key)}" for column in columns)


def _relation(sum_: Relation, names: dict[str, str]) -> str:
    return " = ".join(" + ".join(names.get(key, key) for key in side) for side in (sum_.left, sum_.right))


def annex() -> str:
    """The statistics annex: the lines it prints, and the fields that they fill."""
    data = _data("2014")
    fills: dict[str, list[str]] = {}
    for path, ways in annex_form().fields.items():
        for names in ways:
            for name in names:
                fills.setdefault(name, []).append(_code(path) + (" (added up)" if len(names) > 1 else ""))
    for path, entries in data["lists"].items():
        for entry in entries:
            for name in entry["indicators"]:
                fills.setdefault(name, []).append(f"{_code(path)} ({entry['name']})")
    rows = ((f"{row['enumerator']}{row['name']}", row["unit"], ", ".join(fills.get(row["name"], []))) for row in data["rows"])
    sums = "".join(f"- {' + '.join(sum_['parts'])} = {sum_['whole']}\n" for sum_ in data["sums"])
    return f"{table(('printed line', 'unit', 'goes into the field'), rows)}\nPromised sums:\n\n{sums}"


GENERATED: dict[str, Callable[[], str]] = {made.__name__.replace("_", "-"): made for made in (fields, columns, roles, editions, form_2019, form_2021, annex)}


class Generated(SphinxDirective):
    """The Markdown that one of :data:`GENERATED` makes; option ``level``, of its widest headings."""

    required_arguments = 1
    option_spec = {"level": directives.positive_int}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """The Markdown, parsed."""
        if self.arguments[0] not in GENERATED:
            raise self.error(f"there is nothing generated by the name {self.arguments[0]!r}: {', '.join(GENERATED)}")
        return parsed(self, GENERATED[self.arguments[0]]())


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known."""
    app.add_directive("generated", Generated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
