"""The sums that a report promises."""

from __future__ import annotations

from typing import Any

import pytest

from gov_ie.checks import find_checks
from gov_ie.report import Report


def _checks(**parts: Any) -> list[tuple[str, float, float, bool]]:
    return [(c.rule, c.left, c.right, c.ok) for c in find_checks(Report.model_validate(parts))]


def _categories(*rows: tuple[int | None, float | None]) -> list[dict[str, Any]]:
    return [{"name": f"第{i}类", "count": count, "percent": percent} for i, (count, percent) in enumerate(rows)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, []),
        ({"disclosure": {"total": 86}}, []),
        ({"disclosure": {"total": 86, "by_category": _categories((38, None))}}, []),
        ({"disclosure": {"by_category": _categories((38, None), (48, None))}}, []),
        ({"disclosure": {"total": 86, "by_category": _categories((38, None), (48, None))}}, [("sum(disclosure.by_category[].count) = disclosure.total", 86, 86, True)]),
        ({"disclosure": {"total": 90, "by_category": _categories((38, None), (48, None))}}, [("sum(disclosure.by_category[].count) = disclosure.total", 86, 90, False)]),
        ({"applications": {"received": 9, "carried_in": 1, "handled": 10, "carried_out": 0}}, [("applications.received + carried_in = handled + carried_out", 10, 10, True)]),
        ({"applications": {"received": 9, "carried_in": 1, "handled": 8, "carried_out": 0}}, [("applications.received + carried_in = handled + carried_out", 10, 8, False)]),
        ({"applications": {"received": 9, "handled": 9}}, []),
        ({"applications": {"received": 9, "carried_in": 0, "handled": 9}}, []),
        ({"applications": {"received": 9, "by_channel": [{"name": "当面", "count": 4}, {"name": "信函", "count": 5}]}}, [("sum(applications.by_channel[].count) = applications.received", 9, 9, True)]),
        ({"applications": {"received": 9, "by_channel": [{"name": "当面", "count": 4}]}}, []),
        ({"applications": {"handled": 9, "granted": 7, "unavailable": 1}}, [("sum of outcomes = applications.handled", 8, 9, False)]),
        ({"applications": {"handled": 9, "granted": 9}}, []),
        ({"reviews": {"total": 3, "upheld": 2, "corrected": 1}}, [("sum of reviews results = reviews.total", 3, 3, True)]),
        ({"litigation": {"total": 3, "upheld": 2, "pending": 0}}, [("sum of litigation results = litigation.total", 2, 3, False)]),
        ({"reviews": {"total": 0}}, []),
        ({"resources": {"staff": 7, "staff_full_time": 2, "staff_part_time": 5}}, [("resources.staff_full_time + staff_part_time = staff", 7, 7, True)]),
        ({"resources": {"staff": 7, "staff_full_time": 2}}, []),
    ],
)
def test_promised_sums(parts: dict[str, Any], expected: list[tuple[str, float, float, bool]]) -> None:
    assert _checks(**parts) == expected


@pytest.mark.parametrize(
    ("count", "percent", "total", "ok"),
    [
        (38, 44.19, 86, True), (38, 44.2, 86, True), (38, 44.0, 86, True), (38, 45.0, 86, False), (38, 44.1, 86, False), (38, 44.18, 86, False), (1, 33.3, 3, True), (1, 33.33, 3, True), (1, 33.0, 3, True), (1, 34.0, 3, False), (0, 0.0, 86, True), (86, 100.0, 86, True),
    ],
)  # fmt: skip
def test_a_printed_share_agrees_to_its_printed_precision(count: int, percent: float, total: int, ok: bool) -> None:
    checks = _checks(disclosure={"total": total, "by_category": _categories((count, percent))})
    assert [(rule, verdict) for rule, _, _, verdict in checks] == [("disclosure.by_category[0].percent = count / disclosure.total", ok)]


@pytest.mark.parametrize(("shares", "ok"), [((50.0, 50.0), True), ((33.3, 33.3, 33.3), True), ((50.0, 40.0), False), ((60.0, 60.0), False)])
def test_shares_add_up_to_a_hundred(shares: tuple[float, ...], ok: bool) -> None:
    checks = _checks(disclosure={"by_category": _categories(*((None, s) for s in shares))})
    assert [(rule, verdict) for rule, _, _, verdict in checks] == [("sum(disclosure.by_category[].percent) = 100", ok)]


def test_shares_without_a_total_are_held_against_the_sum_of_the_counts() -> None:
    checks = _checks(disclosure={"by_category": _categories((3, 75.0), (1, 30.0))})
    assert [(rule, ok) for rule, *_, ok in checks if "count /" in rule] == [
        ("disclosure.by_category[0].percent = count / sum of counts", True),
        ("disclosure.by_category[1].percent = count / sum of counts", False),
    ]


def test_nothing_is_divided_by_nought() -> None:
    assert [c for c in _checks(disclosure={"total": 0, "by_category": _categories((0, 0.0), (0, 0.0))}) if "count /" in c[0]] == []


def test_a_check_changes_no_value() -> None:
    report = Report.model_validate({"disclosure": {"total": 90, "by_category": _categories((38, 44.0), (48, 56.0))}, "reviews": {"total": 5, "upheld": 1}})
    before = report.model_dump()
    assert any(not c.ok for c in find_checks(report))
    assert report.model_dump() == before
