"""The sums that a report promises. Changes no value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from gov_ie.forms import Relation, load_form
from gov_ie.report import Check, Report

_OUTCOMES = ("granted", "partially_granted", "refused", "unavailable", "not_processed", "other")
_FLOW = ("received", "handled")
_RESULTS = ("upheld", "corrected", "other", "pending")


def find_checks(report: Report, *, unsure: Collection[str] = ()) -> list[Check]:
    """Every arithmetic relation of which both sides are there, and whether it holds.

    Args:
        report: is only looked at.
        unsure: cells below ``report.tables`` (``applications.received.total``) that are printed but were not read; sums with them are left out.
    """
    return [*_categories(report), *_applications(report), *_proceedings(report), *_staff(report), *_forms(report, frozenset(unsure))]


def _check(rule: str, left: float, right: float, tolerance: float = 0.0) -> Check:
    return Check(rule=rule, left=left, right=right, ok=abs(left - right) <= tolerance + 1e-9)


def _categories(report: Report) -> Iterator[Check]:
    disclosure = report.disclosure
    counts = [c.count for c in disclosure.by_category if c.count is not None]
    total = disclosure.total
    if len(counts) >= 2 and total is not None:
        yield _check("sum(disclosure.by_category[].count) = disclosure.total", sum(counts), total)
    shares = [c.percent for c in disclosure.by_category if c.percent is not None]
    if len(shares) >= 2 and len(shares) == len(disclosure.by_category):
        yield _check("sum(disclosure.by_category[].percent) = 100", round(sum(shares), 4), 100, 0.05 * len(shares))
    whole = total if total is not None else (sum(counts) if counts and len(counts) == len(disclosure.by_category) else None)
    for i, category in enumerate(disclosure.by_category):
        if category.count is not None and category.percent is not None and whole:
            decimals = len(str(category.percent).partition(".")[2].rstrip("0"))
            rule = f"disclosure.by_category[{i}].percent = count / {'disclosure.total' if total is not None else 'sum of counts'}"
            yield _check(rule, category.percent, round(100 * category.count / whole, 6), 0.5 * 10**-decimals)


def _applications(report: Report) -> Iterator[Check]:
    a = report.applications
    # The sums of the printed forms say the same, column by column, and with every outcome.
    printed = not report.tables.keys().isdisjoint(("applications", "annex"))
    if not printed and a.received is not None and a.handled is not None and a.carried_in is not None and a.carried_out is not None:
        yield _check("applications.received + carried_in = handled + carried_out", a.received + a.carried_in, a.handled + a.carried_out)
    routes = [c.count for c in a.by_channel if c.count is not None]
    if len(routes) >= 2 and a.received is not None:
        yield _check("sum(applications.by_channel[].count) = applications.received", sum(routes), a.received)
    outcomes = [v for name in _OUTCOMES if (v := getattr(a, name)) is not None]
    if not printed and len(outcomes) >= 2 and a.handled is not None:
        yield _check("sum of outcomes = applications.handled", sum(outcomes), a.handled)


def _proceedings(report: Report) -> Iterator[Check]:
    for name in ("reviews", "litigation"):
        if name in report.tables:
            continue
        part = getattr(report, name)
        results = [v for key in _RESULTS if (v := getattr(part, key)) is not None]
        if results and part.total is not None:
            yield _check(f"sum of {name} results = {name}.total", sum(results), part.total)


def _staff(report: Report) -> Iterator[Check]:
    r = report.resources
    if r.staff is not None and r.staff_full_time is not None and r.staff_part_time is not None:
        yield _check("resources.staff_full_time + staff_part_time = staff", r.staff_full_time + r.staff_part_time, r.staff)


def _forms(report: Report, unsure: frozenset[str]) -> Iterator[Check]:
    """The sums that the printed forms promise; an empty cell counts as nothing, a side of which no cell is there is missing."""
    table = report.tables.get("applications", {})
    form = load_form("2021" if "overdue_correction" in table or "overdue_fee" in table else "2019")
    for row in [row.key for row in form.applications.rows if row.key in table]:
        yield from _relation({key: f"applications.{row}.{key}" for key in _keys(form.applications.across)}, form.applications.across, report, unsure, f"applications.{row}")
    for column in [column.key for column in form.applications.columns]:
        for relation in form.applications.down:
            yield from _relation({row: f"applications.{row}.{column}" for row in _keys(relation)}, relation, report, unsure, f"applications.*.{column}")
    for block in [block.key for block in form.proceedings.blocks]:
        yield from _relation({key: f"{block}.{key}" for key in _keys(form.proceedings.across)}, form.proceedings.across, report, unsure, block)


_PATH = re.compile(r"[a-z_]+(?:\.[a-z_*]+|\[\d*\])*")


def paths_of(check: Check, report: Report) -> set[str]:
    """The paths of the values that take part in a check, those that the report fills; read from its rule, whose forms are those of this module and of :mod:`gov_ie.assembly.forms`."""
    rule = check.rule
    if rule.startswith("tables.annex: "):
        names = re.split(r" [+=] ", rule.removeprefix("tables.annex: "))
        return {f"tables.annex.{name}" for name in names} & report.evidence.keys()
    where, _, relation = rule.partition(": ")
    if rule.startswith("tables."):
        pattern = where.replace("*", "{}") if "*" in where else f"{where}.{{}}"
        paths = {pattern.format(key) for key in re.findall("[a-z_]+", relation)}
    elif relation:
        paths = {where}
    elif rule.startswith("sum of "):
        paths = {f"applications.{name}" for name in (*_OUTCOMES, "handled")} if "outcomes" in rule else {f"{rule.split()[2]}.{name}" for name in (*_RESULTS, "total")}
    else:
        names = _PATH.findall(rule)
        if not names:  # not a rule of ours, such as one in a JSON line that somebody edited
            return set()
        part = names[0].partition(".")[0] if names[0] != "sum" else ""
        item = names[0].rpartition(".")[0] if "[" in names[0] else part
        paths = {name if "." in name else f"{item if name == 'count' else part}.{name}" for name in names if name != "sum"}
        paths |= {path for path in report.evidence for name in names if "[]" in name and re.sub(r"\[\d+\]", "[]", path) == name}
        if "sum of counts" in rule:
            paths |= {path for path in report.evidence if re.fullmatch(r"disclosure\.by_category\[\d+\]\.count", path)}
    return paths & report.evidence.keys()


def _keys(relation: Relation) -> tuple[str, ...]:
    return (*relation.left, *relation.right)


def _relation(paths: dict[str, str], relation: Relation, report: Report, unsure: frozenset[str], where: str) -> Iterator[Check]:
    # What is carried over is often left empty where there is none; what came in and what was answered is a side of its own.
    if unsure.intersection(paths.values()) or (set(_FLOW) <= paths.keys() and any(_cell(report, paths[key]) is None for key in _FLOW)):
        return
    left, right = ([value for key in keys if (value := _cell(report, paths[key])) is not None] for keys in (relation.left, relation.right))
    if left and right:
        yield _check(f"tables.{where}: {' + '.join(relation.left)} = {' + '.join(relation.right)}", sum(left), sum(right))


def _cell(report: Report, path: str) -> float | None:
    try:
        return float(report.get(f"tables.{path}"))
    except KeyError:
        return None
