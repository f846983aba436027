"""The sums that a report promises. Changes no value."""

from __future__ import annotations

from collections.abc import Iterator

from gov_ie.report import Check, Report

_OUTCOMES = ("granted", "partially_granted", "refused", "unavailable", "not_processed", "other")
_RESULTS = ("upheld", "corrected", "other", "pending")


def find_checks(report: Report) -> list[Check]:
    """Every arithmetic relation of which both sides are there, and whether it holds."""
    return [*_categories(report), *_applications(report), *_proceedings(report), *_staff(report)]


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
    if a.received is not None and a.handled is not None and a.carried_in is not None and a.carried_out is not None:
        yield _check("applications.received + carried_in = handled + carried_out", a.received + a.carried_in, a.handled + a.carried_out)
    routes = [c.count for c in a.by_channel if c.count is not None]
    if len(routes) >= 2 and a.received is not None:
        yield _check("sum(applications.by_channel[].count) = applications.received", sum(routes), a.received)
    outcomes = [v for name in _OUTCOMES if (v := getattr(a, name)) is not None]
    if len(outcomes) >= 2 and a.handled is not None:
        yield _check("sum of outcomes = applications.handled", sum(outcomes), a.handled)


def _proceedings(report: Report) -> Iterator[Check]:
    for name in ("reviews", "litigation"):
        part = getattr(report, name)
        results = [v for key in _RESULTS if (v := getattr(part, key)) is not None]
        if results and part.total is not None:
            yield _check(f"sum of {name} results = {name}.total", sum(results), part.total)


def _staff(report: Report) -> Iterator[Check]:
    r = report.resources
    if r.staff is not None and r.staff_full_time is not None and r.staff_part_time is not None:
        yield _check("resources.staff_full_time + staff_part_time = staff", r.staff_full_time + r.staff_part_time, r.staff)
