"""Why a value is what it is: origins, readings passed over, checks that a value takes part in."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

import gov_ie
from gov_ie.checks import find_checks, paths_of
from gov_ie.forms.cells import cell_name
from gov_ie.report import Check, Evidence, Origin, Report

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def prose() -> Report:
    return gov_ie.extract(EXAMPLES / "report.txt")


@pytest.fixture(scope="module")
def form() -> Report:
    return gov_ie.extract(EXAMPLES / "form.txt")


def test_every_value_of_a_report_has_an_origin(prose: Report, form: Report) -> None:
    for report in (prose, form):
        missing = [path for path in report.evidence if not path.startswith("tables.") and (path not in report.origins or report.origins[path].by is None)]
        assert missing == []
        assert all(report.explain(path).origin.by for path in report.evidence)


@pytest.mark.parametrize(
    ("path", "by", "label"),
    [
        ("title", "rule", None), ("organization.name", "rule", "ORG"), ("year", "rule", "YEAR"), ("contact.phone", "rule", "PHONE"), ("disclosure.total", "model", "COUNT:disclosed"),
        ("reviews.total", "model", "NULL:reviews"), ("regulations[0]", "rule", "REGULATION"), ("measures[0].text", "model", "MEASURE"), ("disclosure.by_category[0].name", "model", "COUNT:category"),
    ],
)  # fmt: skip
def test_who_decided(prose: Report, path: str, by: str, label: str | None) -> None:
    assert (prose.origins[path].by, prose.origins[path].label) == (by, label)


def test_a_form_names_its_cells(form: Report) -> None:
    origin = form.origins["litigation.total"]
    assert (origin.by, origin.label, origin.detail) == ("form", "2021", "未经复议直接起诉 · 总计 + 复议后起诉 · 总计")
    assert origin.cells == ["tables.litigation.direct.total", "tables.litigation.after_review.total"]
    assert sum(form.get(cell) for cell in origin.cells) == form.litigation.total
    assert form.origins["applications.not_processed"].detail.startswith("收到和处理政府信息公开申请情况 · 信访举报投诉类申请 · 总计 + 重复申请 · 总计 + ")  # type: ignore[union-attr]
    assert form.explain("tables.applications.received.total").origin.detail == "收到和处理政府信息公开申请情况 · 本年新收政府信息公开申请数量 · 总计"


@pytest.mark.parametrize(
    ("text", "path", "value", "considered"),
    [
        ("全年收到申请9件。\n二、其他\n2012年收到信息公开申请7件，收到申请9件。\n", "applications.received", 9, 9),
        ("苇河县水务局2016年政府信息公开工作年度报告\n联系电话：0771-5550101。\n传真：0771-5550102，电话：0771-5550103。\n", "contact.phone", "0771-5550101", "0771-5550103"),
        ("苇河县水务局2016年政府信息公开工作年度报告\n主要形式：一是门户网站（www.weihe.gov.cn）。\n", "contact.website", None, "www.weihe.gov.cn"),
    ],
)
def test_readings_passed_over(text: str, path: str, value: Any, considered: Any) -> None:
    explanation = gov_ie.extract(text=text).explain(path)
    assert explanation.value == value
    assert considered in [row.value for row in explanation.considered]
    assert all(row.why and text[row.start : row.end] == row.text for row in explanation.considered)


def test_a_table_wins_over_the_running_text_and_says_so() -> None:
    text = (EXAMPLES / "form.txt").read_text(encoding="utf-8")
    report = gov_ie.extract(text=text.replace("一、总体情况", "一、总体情况\n全年因政府信息公开引起的行政复议9件。\n", 1))
    considered = report.origins["reviews.total"].considered
    assert [(row.value, row.text, row.why) for row in considered] == [(9, "9件", "the running text says it, and a table wins over it")]
    assert report.reviews.total != 9


def test_an_explanation_in_words(prose: Report) -> None:
    text = str(prose.explain("disclosure.total"))
    assert text.startswith("disclosure.total = 412\n  read at 527: …")
    assert "主动公开政府信息【412条】，比2015年" in text
    assert "\n  by the trained model as COUNT:disclosed, confidence " in text
    assert "\n  check holds: sum(disclosure.by_category[].count) = disclosure.total: 412 = 412" in text
    assert str(prose.explain("applications.carried_in")) == "applications.carried_in = not stated"
    assert prose.explain("disclosure.by_category[0]").evidence == prose.evidence["disclosure.by_category[0].count"]


def test_no_such_path(prose: Report) -> None:
    with pytest.raises(KeyError, match=r"disclosure\.sum"):
        prose.explain("disclosure.sum")


def test_text_and_tags_stay_out_of_json_and_travel_with_pickle(prose: Report) -> None:
    assert prose.text == (EXAMPLES / "report.txt").read_text(encoding="utf-8")
    assert {tag.group for tag in prose.tags} == {"ents", "units", "facts", "names", "sections"}
    assert all(prose.text[tag.start : tag.end].strip() for tag in prose.tags)
    again = Report.model_validate_json(prose.model_dump_json())
    assert again == prose
    assert (again.text, again.tags) == (None, [])
    assert str(again.explain("disclosure.total")).splitlines()[1] == "  read at 527: 【412条】"
    assert pickle.loads(pickle.dumps(prose)).tags == prose.tags
    assert prose != gov_ie.extract(text="别的报告。")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"disclosure": {"total": 3, "by_category": [{"name": "甲", "count": 1}, {"name": "乙", "count": 2}]}}, {"disclosure.total", "disclosure.by_category[0].count", "disclosure.by_category[1].count"}),
        ({"disclosure": {"by_category": [{"name": "甲", "percent": 40.0}, {"name": "乙", "percent": 60.0}]}}, {"disclosure.by_category[0].percent", "disclosure.by_category[1].percent"}),
        ({"disclosure": {"total": 4, "by_category": [{"name": "甲", "count": 1, "percent": 25.0}]}}, {"disclosure.total", "disclosure.by_category[0].count", "disclosure.by_category[0].percent"}),
        ({"applications": {"received": 9, "carried_in": 1, "handled": 10, "carried_out": 0}}, {"applications.received", "applications.carried_in", "applications.handled", "applications.carried_out"}),
        ({"applications": {"received": 3, "by_channel": [{"name": "当面", "count": 1}, {"name": "信函", "count": 2}]}}, {"applications.received", "applications.by_channel[0].count", "applications.by_channel[1].count"}),
        ({"applications": {"handled": 9, "granted": 8, "other": 1}}, {"applications.handled", "applications.granted", "applications.other"}),
        ({"reviews": {"total": 3, "upheld": 2, "corrected": 1}}, {"reviews.total", "reviews.upheld", "reviews.corrected"}),
        ({"resources": {"staff": 7, "staff_full_time": 2, "staff_part_time": 5}}, {"resources.staff", "resources.staff_full_time", "resources.staff_part_time"}),
        ({"tables": {"reviews": {"upheld": 1, "total": 1}}}, {"tables.reviews.upheld", "tables.reviews.total"}),
        ({"tables": {"applications": {"received": {"natural_person": 1, "total": 1}}}}, {"tables.applications.received.natural_person", "tables.applications.received.total"}),
        ({"tables": {"applications": {"received": {"total": 1}, "handled": {"total": 1}}}}, {"tables.applications.received.total", "tables.applications.handled.total"}),
    ],
)
def test_the_values_that_take_part_in_a_check(parts: dict[str, Any], expected: set[str]) -> None:
    report = Report.model_validate({**parts, "evidence": dict.fromkeys((*expected, "year", "complaints"), Evidence(start=0, end=0, text=""))})
    (check,) = find_checks(report)
    assert paths_of(check, report) == expected


def test_checks_of_the_annex_and_of_text_against_table_name_their_values() -> None:
    evidence = dict.fromkeys(("tables.annex.收到申请数", "tables.annex.当面申请数", "tables.annex.网络申请数", "reviews.total"), Evidence(start=0, end=0, text=""))
    report = Report(evidence=evidence, origins={"reviews.total": Origin(by="form")})
    annex = Check(rule="tables.annex: 当面申请数 + 网络申请数 = 收到申请数", left=1, right=1, ok=True)
    assert paths_of(annex, report) == {"tables.annex.收到申请数", "tables.annex.当面申请数", "tables.annex.网络申请数"}
    assert paths_of(Check(rule="某项 = 某项", left=1, right=1, ok=True), report) == set()
    assert paths_of(Check(rule="reviews.total: text = table", left=1, right=1, ok=True), report) == {"reviews.total"}


def test_every_check_of_a_form_names_at_least_two_values(form: Report) -> None:
    few = [check.rule for check in form.checks if check.rule.startswith("tables.") and len(paths_of(check, form)) < 2]
    assert few == []


@pytest.mark.parametrize(
    ("path", "form", "name"),
    [
        ("tables.applications.granted.total", "2021", "收到和处理政府信息公开申请情况 · 予以公开 · 总计"), ("disclosure.rules.repealed", "2021", "主动公开政府信息情况 · 规章 · 本年废止件数"),
        ("disclosure.rules.disclosed", "2021", "主动公开政府信息情况 · 规章 · 本年新公开数量"), ("annex.收到申请数", None, "政府信息公开情况统计表 · 收到申请数"), ("disclosure.rules.nothing", "2019", None), ("year", None, None),
    ],
)  # fmt: skip
def test_cells_by_their_printed_names(path: str, form: str | None, name: str | None) -> None:
    found = cell_name(path, form)
    assert (None if found is None else str(found)) == name


def test_a_line_of_the_annex_by_its_printed_name() -> None:
    report = Report(tables={"annex": {"1.收到申请数[件]": 7}})
    assert report.get("tables.annex.1.收到申请数[件]") == 7
    with pytest.raises(KeyError):
        report.get("tables.annex.收到申请数")
