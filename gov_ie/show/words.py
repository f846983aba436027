"""Values, paths and rules of checks in words that people read."""

from __future__ import annotations

import re
from typing import Any

from gov_ie.checks import paths_of
from gov_ie.explain import BY as BY
from gov_ie.fields import FIELDS, find_field
from gov_ie.forms.annex import annex_form
from gov_ie.forms.cells import cell_name
from gov_ie.report import Check, Evidence, Origin, Report

#: Below this confidence a value deserves a look, and its bar looks otherwise.
LOW = 0.8

#: How warnings begin that are about the file as a whole and say how it was read, not that anything is wrong.
_OF_FILE = ("columns guessed: ", "the file is named ")

_PATH = re.compile(r"[a-z_]+(?:\.[a-z_]+|\[\d*\])+|\bcount\b|\bstaff(?:_part_time)?\b|\bcarried_(?:in|out)\b|\bhandled\b")
_SHORT = {"count": "disclosure.by_category[].count", "staff": "resources.staff", "staff_part_time": "resources.staff_part_time"}

#: A blank beside a Chinese character, as a line end leaves it; those between figures tell cells apart.
_SPACED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")


def shown(value: object) -> str:
    """A value as text: whole numbers without decimals; ``not stated`` for ``None``, never for ``0``."""
    if value is None:
        return "not stated"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def warnings_and_notes(report: Report) -> tuple[list[str], list[str]]:
    """What a report warns of, and apart from it what is only said of its file: which columns of a table were taken, of what kind it really is."""
    notes = [warning for warning in report.warnings if warning.startswith(_OF_FILE)]
    return [warning for warning in report.warnings if warning not in notes], notes


def squeezed(text: str, most: int = 60) -> str:
    """Words in one line, of a long stretch the beginning and the end."""
    words = _SPACED.sub("", " ".join(text.split()))
    return words if len(words) <= most else f"{words[: most - 12]} … {words[-8:]}"


def instead_of_words(evidence: Evidence, value: str, origin: Origin | None) -> str | None:
    """What is said in place of words that would only say a long value again, or that run over several cells; ``None`` where the words are shown."""
    if origin is not None and origin.by == "form" and " + " in (origin.detail or ""):
        return "several cells"
    return "the same words" if len(value) > 8 and "".join(evidence.text.split()) == "".join(value.split()) else None


def name_of(path: str, report: Report) -> str:
    """What the value at a path is called: the Chinese term of the field, with the name of the item it belongs to, or the printed names of a cell."""
    if path.startswith("tables."):
        return str(cell_name(path, edition(report)) or path.removeprefix("tables."))
    field = find_field(path)
    item = re.match(r"(.+\[\d+\])\.(?!name$)", path)
    try:
        name = report.get(f"{item.group(1)}.name") if item else None
    except KeyError:
        name = None
    return f"{field.term if field else path}{f'（{name}）' if name else ''}"


def edition(report: Report) -> str | None:
    """The edition of the form that the tables of a report were read as; ``None`` where the report does not tell."""
    origin = report.origins.get("tables")
    return origin.label if origin else None


def rule_in_words(check: Check, report: Report) -> str:
    """The rule of a check with the terms of fields and the printed names of cells for their paths; a rule of no known kind as it is."""
    rule = check.rule
    where, _, relation = rule.partition(": ")
    if where == "tables.annex":
        return f"{annex_form().title}: {relation}"
    if rule.startswith("tables."):
        return _cells_in_words(where, relation, edition(report))
    if relation == "text = table":
        return f"{name_of(where, report)}: the running text and the table say the same"
    if rule == "sum of outcomes = applications.handled":
        return f"sum of the outcomes of requests = {FIELDS['applications.handled'].term}"
    if match := re.fullmatch(r"sum of (reviews|litigation) results = \1\.total", rule):
        return f"sum of the results of {FIELDS[match[1]].term} = {FIELDS[f'{match[1]}.total'].term}"
    rule = re.sub(r"sum\(([^()]+)\)", r"sum of \1", rule).replace("sum of counts", "sum of count")
    return _PATH.sub(lambda match: name_of(_SHORT.get(match[0], match[0] if "." in match[0] else f"applications.{match[0]}"), report), rule)


def _cells_in_words(where: str, relation: str, form: str | None) -> str:
    """``where`` is a row (``tables.applications.granted``), a column (``tables.applications.*.total``) or a block (``tables.reviews``)."""
    table, _, column = where.removeprefix("tables.").partition(".*.")
    sides = [[cell_name(f"{table}.{key}.{column}" if column else f"{table}.{key}", form) for key in side.split(" + ")] for side in relation.split(" = ")]
    named = [[name for name in side if name is not None] for side in sides]
    if named != sides or not all(named):
        return f"{where}: {relation}"
    first = named[0][0]
    heading = " · ".join(filter(None, (first.table, first.column if column else first.row)))
    return f"{heading}: " + " = ".join(_sum([(name.row if column else name.column).partition("（")[0] for name in side]) for side in named)


def _sum(terms: list[str]) -> str:
    """A sum in words, of a long one the ends."""
    return " + ".join(terms if len(terms) <= 8 else [*terms[:2], f"… ({len(terms) - 3} more)", terms[-1]])


def check_parts(check: Check, report: Report) -> list[tuple[str, Any, Evidence]]:
    """The values that take part in a check, in the order of the text: what each is called, the value, its words."""
    if check.evidence:
        names = ("running text", "table") if check.rule.endswith(": text = table") else ("left", "right")
        return [(name, value, words) for name, value, words in zip(names, (check.left, check.right), check.evidence, strict=False)]
    form = edition(report)

    def name(path: str) -> str:
        cell = cell_name(path, form) if path.startswith("tables.") else None
        return name_of(path, report) if cell is None else cell.row if ".*." in check.rule else cell.column or cell.row

    paths = sorted(paths_of(check, report), key=lambda path: (report.evidence[path].start, report.evidence[path].end))
    return [(name(path), _value(path, report), report.evidence[path]) for path in paths]


def _value(path: str, report: Report) -> Any:
    """The value at a path, ``None`` where a report that was changed has evidence for none."""
    try:
        # The name of an indicator may hold what parts the steps of a path.
        return report.get("tables.annex")[path.removeprefix("tables.annex.")] if path.startswith("tables.annex.") else report.get(path)
    except (KeyError, TypeError):
        return None


def difference(check: Check) -> str:
    """By how much the left side is more (``+``) or less (``−``) than the right one."""
    off = round(check.left - check.right, 6)
    return f"{'+' if off > 0 else '−' if off < 0 else '±'}{shown(abs(off))}"
