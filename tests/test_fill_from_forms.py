"""Statistics tables → fields of a report: what is derived, what wins, what is compared."""

from __future__ import annotations

from typing import Any

import pytest

from gov_ie.assembly.forms import fill_from_forms
from gov_ie.checks import find_checks
from gov_ie.report import Check, Evidence, Report
from gov_ie.tables import AnnexCell, Forms, TableCell, read_forms

#: A text long enough for every made-up offset.
TEXT = "甲乙丙丁戊己庚辛壬癸" * 20


def _forms(form: str | None = "2021", *, unsure: tuple[str, ...] = (), **cells: float) -> Forms:
    """Cells by path, ``__`` for dots; each stands at its own place."""
    return Forms(form, {path.replace("__", "."): TableCell(value, 3 * i, 3 * i + 2) for i, (path, value) in enumerate(cells.items())}, set(unsure))  # type: ignore[arg-type]


def _filled(forms: Forms, report: Report | None = None) -> tuple[Report, list[Check]]:
    report = report or Report()
    return report, fill_from_forms(report, forms, TEXT)


@pytest.mark.parametrize(
    ("forms", "path", "value"),
    [
        (_forms(applications__received__total=12), "applications.received", 12),
        (_forms(applications__carried_in__total=0), "applications.carried_in", 0),
        (_forms(applications__granted__total=4), "applications.granted", 4),
        (_forms(applications__granted__natural_person=4), "applications.granted", None),
        (_forms(applications__state_secret__total=1, applications__third_party__total=2), "applications.refused", 3),
        (_forms(applications__not_held__total=5, applications__still_unclear__total=0), "applications.unavailable", 5),
        (_forms(applications__petition__total=2, applications__confirmation__total=1), "applications.not_processed", 3),
        (_forms(applications__overdue_fee__total=2, applications__other__total=1), "applications.other", 3),
        (_forms("2019", applications__other__total=1), "applications.other", 1),
        (_forms(applications__other__total=1, unsure=("applications.overdue_fee.total",)), "applications.other", None),
        (_forms(reviews__pending=2), "reviews.pending", 2),
        (_forms(litigation__direct__total=1, litigation__after_review__total=2), "litigation.total", 3),
        (_forms(litigation__direct__total=1), "litigation.total", 1),
        (_forms(litigation__direct__total=1, unsure=("litigation.after_review.total",)), "litigation.total", None),
        (_forms(disclosure__rules__made=3), "disclosure.total", None),
    ],
)
def test_what_the_forms_say_of_a_field(forms: Forms, path: str, value: int | None) -> None:
    report, _ = _filled(forms)
    assert report.get(path) == value
    assert (path in report.evidence) == (path in report.confidence) == (value is not None)


def test_cells_stand_in_tables_with_evidence() -> None:
    report, _ = _filled(_forms(disclosure__fees__amount=1234.5, reviews__total=2))
    assert report.tables == {"disclosure": {"fees": {"amount": 1234.5}}, "reviews": {"total": 2}}
    assert report.evidence["tables.reviews.total"] == Evidence(start=3, end=5, text=TEXT[3:5])


def test_the_evidence_of_a_sum_reaches_from_its_first_to_its_last_cell() -> None:
    report, _ = _filled(_forms(applications__petition__total=2, applications__confirmation__total=1))
    assert report.evidence["applications.not_processed"] == Evidence(start=0, end=5, text=TEXT[:5])


@pytest.mark.parametrize(("said", "ok"), [(7, False), (9, True)])
def test_the_table_wins_and_a_disagreement_is_a_failed_check_with_both_evidences(said: int, ok: bool) -> None:
    words = Evidence(start=100, end=104, text=TEXT[100:104])
    report, checks = _filled(_forms(applications__received__total=9), Report.model_validate({"applications": {"received": said}, "evidence": {"applications.received": words}}))
    assert report.applications.received == 9
    assert report.evidence["applications.received"].start == 0
    assert checks == [Check(rule="applications.received: text = table", left=said, right=9, ok=ok, evidence=[words, Evidence(start=0, end=2, text=TEXT[:2])])]


def test_what_the_tables_do_not_say_stays_as_the_text_says_it() -> None:
    report, checks = _filled(_forms(applications__received__total=9), Report.model_validate({"applications": {"refused": 3}}))
    assert (report.applications.refused, checks) == (3, [])


def _annex(*lines: tuple[str, float, str | None]) -> Forms:
    return Forms(annex=[AnnexCell(name, value, 4 * i, 4 * i + 2, None, heading) for i, (name, value, heading) in enumerate(lines)])  # type: ignore[arg-type]


def test_the_annex_fills_fields_lists_and_sums() -> None:
    report, checks = _filled(
        _annex(("主动公开政府信息数", 812, None), ("政府网站公开政府信息数", 700, None), ("收到申请数", 5, None), ("当面申请数", 2, "收到申请数"), ("传真申请数", 0, "收到申请数"), ("网络申请数", 1, "收到申请数"), ("信函申请数", 1, "收到申请数"))
    )
    assert report.disclosure.total == 812
    assert [(c.name, c.count) for c in report.disclosure.by_channel] == [("政府网站", 700)]
    assert report.applications.received == 5
    assert report.tables["annex"]["当面申请数"] == 2
    assert [(c.left, c.right, c.ok) for c in checks] == [(4, 5, False)]


def test_channels_that_the_text_names_are_kept() -> None:
    said: Any = {"disclosure": {"by_channel": [{"name": "局门户网站", "count": 690}]}}
    report, _ = _filled(_annex(("政府网站公开政府信息数", 700, None)), Report.model_validate(said))
    assert [(c.name, c.count) for c in report.disclosure.by_channel] == [("局门户网站", 690)]


@pytest.mark.parametrize(
    ("tables", "failed"),
    [
        ({"applications": {"received": {"natural_person": 3, "total": 3}}}, []),
        ({"applications": {"received": {"natural_person": 3, "other": 1, "total": 3}}}, ["tables.applications.received"]),
        ({"applications": {"received": {"total": 3}, "carried_in": {"total": 1}, "handled": {"total": 3}, "granted": {"total": 3}}}, ["tables.applications.*.total"]),
        ({"applications": {"received": {"total": 3}, "handled": {"total": 3}, "granted": {"total": 1}}}, ["tables.applications.*.total"]),
        ({"applications": {"received": {"total": 3}, "carried_out": {"total": 1}}}, []),
        ({"reviews": {"upheld": 1, "total": 0}}, ["tables.reviews"]),
        ({"litigation": {"direct": {"pending": 1, "total": 1}, "after_review": {"upheld": 2, "total": 1}}}, ["tables.litigation.after_review"]),
        ({"reviews": {"total": 4}}, []),
    ],
)
def test_the_sums_of_the_forms(tables: dict[str, Any], failed: list[str]) -> None:
    checks = find_checks(Report.model_validate({"tables": tables}))
    assert [check.rule.partition(":")[0] for check in checks if not check.ok] == failed


def test_a_sum_with_a_cell_that_was_not_read_is_left_out() -> None:
    report = Report.model_validate({"tables": {"reviews": {"upheld": 1, "total": 3}}})
    assert len(find_checks(report)) == 1
    assert find_checks(report, unsure={"reviews.pending"}) == []


def test_the_sums_of_a_form_are_not_promised_twice() -> None:
    """What the fields say was added up from the form, so its broken sum is one failed check and not two."""
    text = "行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计\n2 0 0 0 1 0 0 0 0 0 0 0 0 0 0\n"
    report = Report()
    fill_from_forms(report, read_forms(text), text)
    assert report.reviews.total == 1
    assert [check.rule.partition(":")[0] for check in find_checks(report) if not check.ok] == ["tables.reviews"]
