"""A report shows itself: as HTML, and in the terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from lxml import html as lxml_html
from rich.cells import cell_len
from rich.console import Console

import gov_ie
from gov_ie.explain import explain
from gov_ie.forms import load_form
from gov_ie.report import Check, Considered, Evidence, Origin, Report, Tag
from gov_ie.show.escape import visible
from gov_ie.show.html import CSS, checks_html, confidence_html, explanation_html, facts_html, report_html, tables_html, text_html
from gov_ie.show.words import check_parts, difference, rule_in_words, shown, squeezed

ROOT = Path(__file__).parents[1]
TEXT = "平川县水利局2013年报告\n一、主动公开\n主动公开86条，其中机构类38条、财政类\n47条。\n没有收到申请。更新不及时。"


def at(words: str, after: str = "") -> Evidence:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Evidence(start=start, end=start + len(words), text=words)


def tag(words: str, label: str, group: str) -> Tag:
    found = at(words)
    return Tag(found.start, found.end, label, group)


@pytest.fixture
def report() -> Report:
    made = Report(
        title="平川县水利局2013年报告", year=2013, disclosure={"total": 86, "by_category": [{"name": "机构", "count": 38}, {"name": "财政", "count": 47, "percent": 54.7}]}, applications={"received": 0},
        problems=[{"text": "更新不及时"}], checks=[
            Check(rule="sum(applications.by_channel[].count) = applications.received", left=0, right=0, ok=True),
            Check(rule="sum(disclosure.by_category[].count) = disclosure.total", left=85, right=86, ok=False),
        ],
        evidence={
            "title": at("平川县水利局2013年报告"), "year": at("2013年"), "disclosure.total": at("86条"), "applications.received": at("没有收到申请"), "problems[0].text": at("更新不及时"),
            "disclosure.by_category[0].name": at("机构类"), "disclosure.by_category[0].count": at("38条"), "disclosure.by_category[1].name": at("财政类"), "disclosure.by_category[1].count": at("47条"),
        },
        confidence={"disclosure.total": 0.97, "applications.received": 0.5, "disclosure.by_category[1].name": 0.9, "disclosure.by_category[1].count": 0.7},
        origins={"disclosure.total": Origin(by="model", label="COUNT:disclosed", considered=[Considered(value=38, start=0, end=1, text="38条", why="counts a kind")])},
        warnings=["the text is short"], source={"name": "a.txt"},
    )  # fmt: skip
    made.keep(TEXT, [tag("平川县水利局", "ORG", "ents"), tag("86条", "COUNT", "ents"), tag("86条", "disclosed", "facts"), tag("没有收到申请", "no_received", "facts"), tag("更新不及时", "PROBLEM", "units"), tag("主动公开\n主动", "disclosure", "sections"), tag("没有收到申请。更新", "applications", "sections")])
    return made


def tree(markup: str) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(markup, create_parent="body")


def words(element: lxml_html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def row(markup: str, path: str) -> list[str]:
    """The cells of the row of a path."""
    (found,) = (element for element in tree(markup).iter("tr") if element.get("id") == f"p-fact-{path}")
    return [words(cell) for cell in found]


@pytest.mark.parametrize(
    ("path", "cells"),
    [
        ("title", ["标题 title", "平川县水利局2013年报告", "", "the same words"]),
        ("disclosure.total", ["主动公开政府信息数 disclosure.total", "86 pieces", "0.97", "86条"]),
        ("disclosure.by_category[0]", ["机构 disclosure.by_category[0]", "38 pieces", "", "name 机构类 ; count 38条"]),
        ("disclosure.by_category[1]", ["财政 disclosure.by_category[1]", "47 pieces · 54.7 %", "0.70", "name 财政类 ; count 47条"]),
        ("applications.received", ["本年新收申请数 applications.received", "0 requests", "0.50", "没有收到申请"]),
        ("problems[0]", ["存在问题 1 problems[0]", "更新不及时", "", "更新不及时"]),
    ],
)
def test_a_fact_is_a_row_of_field_value_confidence_and_words(report: Report, path: str, cells: list[str]) -> None:
    assert row(facts_html(report, prefix="p"), path) == cells


def test_what_the_report_does_not_state_is_named_and_has_no_row(report: Report) -> None:
    markup = facts_html(report, prefix="p")
    assert 'id="p-fact-reviews.total"' not in markup
    (reviews,) = (body for body in tree(markup).iter("tbody") if words(body).startswith("行政复议 "))
    assert words(reviews).endswith("not stated: 行政复议总计 、 行政复议结果维持 、 行政复议结果纠正 、 行政复议其他结果 、 行政复议尚未审结")
    (asked,) = (body for body in tree(markup).iter("tbody") if words(body).startswith("依申请公开 "))
    assert "本年新收申请数" not in words(asked).partition("not stated")[2]


@pytest.mark.parametrize(("value", "said"), [(0, "0"), (0.0, "0"), (None, "not stated"), (98.5, "98.5"), (18000.0, "18000"), (-3, "-3"), ("", "")])
def test_nought_is_not_silence(value: object, said: str) -> None:
    assert shown(value) == said


def test_a_sum_of_cells_does_not_show_what_stands_between_them(report: Report) -> None:
    report.origins["applications.received"] = Origin(by="form", label="2021", detail="甲 + 乙")
    assert row(facts_html(report, prefix="p"), "applications.received")[3] == "several cells"


def test_an_item_whose_figure_is_not_stated_says_so() -> None:
    report = Report(disclosure={"by_category": [{"name": "机构", "percent": 44.0}]})
    assert row(facts_html(report, prefix="p"), "disclosure.by_category[0]")[1] == "not stated 44 %"


def test_failed_checks_come_first_with_both_sides_and_their_words(report: Report) -> None:
    first, second = tree(checks_html(report, prefix="p"))[0]
    assert words(first) == (
        "✗ 1 of 2 checks fail sum of 类别公开数 = 主动公开政府信息数 85 ≠ 86 difference −1 sum(disclosure.by_category[].count) = disclosure.total"
        " 主动公开政府信息数 86 ← 86条 类别公开数（机构） 38 ← 38条 类别公开数（财政） 47 ← 47条"
    )
    assert words(second).startswith("✓ 1 check holds")
    whole = report_html(report)
    assert whole.index("gi-failed") < whole.index('class="gi-facts"') < whole.index('class="gi-text"')


@pytest.mark.parametrize("links", [True, False])
def test_links_go_to_the_words_in_the_text(report: Report, links: bool) -> None:
    page = tree(report_html(report, text=links, prefix="p"))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    targets = {a.get("href") for a in page.iter("a")}
    assert len(ids) == len(set(ids))
    assert targets <= {f"#{id}" for id in ids}
    assert (f"#p-at-{at('86条').start}-{at('86条').end}" in targets) is links
    if links:
        place = page.get_element_by_id(f"p-at-{at('47条').start}-{at('47条').end}")
        assert place.text_content() == "47条"
        assert len(targets) == 9


def test_words_that_do_not_stand_where_they_should_are_not_linked(report: Report) -> None:
    report.evidence["disclosure.total"] = Evidence(start=3, end=6, text="86条")
    report.evidence["year"] = Evidence(start=900, end=905, text="2013年")
    markup = report_html(report, prefix="p")
    assert "p-at-3-6" not in markup
    assert "p-at-900-905" not in markup


def test_the_text_carries_labels_roles_and_evidence(report: Report) -> None:
    box = tree(text_html(report, prefix="p")).find_class("gi-text")[0]
    assert box.text_content() == TEXT
    marks = {mark.text_content(): (mark.get("class").split()[1:], mark.get("data-label")) for mark in box.find_class("gi-mark")}
    assert marks["86条"] == (["gi-figure", "gi-evidence"], "COUNT · disclosed")
    assert marks["平川县水利局"] == (["gi-body"], "ORG")
    assert marks["没有收到申请"] == (["gi-denial", "gi-section", "gi-evidence"], "NULL · no_received · § applications")
    assert marks["更新不及时"] == (["gi-problem", "gi-evidence"], "PROBLEM")
    assert marks["主动公开"] == (["gi-section"], "§ disclosure")


def test_a_report_from_json_is_shown_without_its_text(report: Report) -> None:
    loaded = Report.model_validate_json(report.model_dump_json())
    markup = report_html(loaded)
    assert "extract the report again" in markup
    assert "<a " not in markup
    assert row(facts_html(loaded, prefix="p"), "disclosure.total")[3] == "86条"


def test_a_file_that_could_not_be_read_says_why() -> None:
    report = Report(source={"name": "b.pdf", "error": "b.pdf: the file is empty"}, warnings=["b.pdf: the file is empty"])
    assert words(tree(report_html(report)).find_class("gi-warnings")[0]) == "could not be read: b.pdf: the file is empty"


HOSTILE = '</span></style><script>alert(1)</script><img src=x onerror=alert(1)>"\'&lt;\u202eevil\u2066\x1b[31m[red]x[/red]'


@pytest.fixture
def hostile() -> Report:
    """A report in which every string is hostile."""
    there = Evidence(start=0, end=len(HOSTILE), text=HOSTILE)
    made = Report(
        title=HOSTILE, organization={"name": HOSTILE}, published=HOSTILE, contact={"address": HOSTILE}, disclosure={"by_category": [{"name": HOSTILE, "count": 1}], "total": 1}, regulations=[HOSTILE], measures=[{"text": HOSTILE}],
        checks=[Check(rule=HOSTILE, left=1, right=2, ok=False, evidence=[there]), Check(rule=HOSTILE, left=1, right=1, ok=True), Check(rule=f"tables.annex: {HOSTILE} = {HOSTILE}", left=0, right=1, ok=False)],
        tables={"annex": {HOSTILE: 1}, HOSTILE: {HOSTILE: HOSTILE}, "applications": {"granted": HOSTILE}},
        evidence={"title": there, HOSTILE: there, f"tables.annex.{HOSTILE}": there}, confidence={"title": float("nan"), HOSTILE: 7.0},
        origins={"title": Origin(by="rule", label=HOSTILE, detail=HOSTILE, considered=[Considered(value=HOSTILE, start=0, end=1, text=HOSTILE, why=HOSTILE)]), "tables": Origin(by="form", label=HOSTILE)},
        warnings=[HOSTILE], source={"name": HOSTILE, "error": HOSTILE},
    )  # fmt: skip
    made.keep(HOSTILE, [Tag(0, 9, HOSTILE, "ents"), Tag(3, 40, HOSTILE, "facts"), Tag(2, 30, "MEASURE", HOSTILE), Tag(0, 20, HOSTILE, "sections")])
    return made


_ELEMENTS = {"a", "b", "body", "caption", "code", "details", "div", "li", "line", "mark", "ol", "p", "small", "span", "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "tr", "ul"}
_ATTRIBUTES = {"aria-hidden", "aria-label", "aria-level", "class", "colspan", "data-label", "href", "id", "lang", "open", "role", "scope", "tabindex", "title", "viewbox", "preserveaspectratio", "x2", "y1", "y2"}


@pytest.mark.parametrize("show", [report_html, lambda report: explanation_html(explain(report, "title"))], ids=["report", "explanation"])
def test_nothing_of_a_report_becomes_markup(hostile: Report, show: Callable[[Report], str]) -> None:
    markup = show(hostile)
    assert not set(markup) & set("\u202e\u2066\x1b")
    for element in tree(markup).iter():
        assert element.tag in _ELEMENTS
        assert set(element.attrib) <= _ATTRIBUTES
        assert element.get("href", "#").startswith("#")
        assert element.get("class", "") == visible(element.get("class", ""))
    assert visible(HOSTILE) in tree(markup).text_content()
    assert markup.count("<style>") == 1
    assert tree(markup).find(".//style").text_content() == CSS


def test_two_reports_on_a_page_share_no_id(report: Report) -> None:
    other = report.model_copy(update={"title": "平川县水利局2014年报告"})
    ids = [{element.get("id") for element in tree(report_html(each)).iter() if element.get("id")} for each in (report, other)]
    assert not ids[0] & ids[1]
    assert report_html(report) == report_html(report)


def form_report(form: str) -> Report:
    """A report with the cells of a form, but for the column ``enterprise``."""
    described = load_form(form)  # type: ignore[arg-type]
    applications = {row.key: {column.key: 0 for column in described.applications.columns if column.key != "enterprise"} for row in described.applications.rows}
    disclosure = {row.key: {column.key: 1250.0 if column.key == "amount" else 3 for column in section.columns} for section in described.disclosure.sections for row in section.rows}
    return Report(tables={"applications": applications, "disclosure": disclosure, "litigation": {"direct": {"total": 2}}, "annex": {"收到申请数": 0, "行政复议数量/被依法纠错数": 1, "依申请公开信息收取的费用": 500.0, "本局收到/转办数": 4}, "own": {"cell": 5}})


@pytest.mark.parametrize(("form", "proceedings"), [("2019", "政府信息公开行政复议、行政诉讼情况"), ("2021", "因政府信息公开工作被申请行政复议、提起行政诉讼情况")])
def test_tables_have_the_printed_labels(form: str, proceedings: str) -> None:
    found = {words(table.find("caption")): table for table in tree(tables_html(form_report(form), prefix="p")).iter("table")}
    assert list(found) == ["主动公开政府信息情况", "收到和处理政府信息公开申请情况", proceedings, "政府信息公开情况统计表", "cells of no printed form"]
    described = load_form(form)  # type: ignore[arg-type]
    lines = list(found["收到和处理政府信息公开申请情况"].iter("tr"))
    assert [[(words(cell), cell.get("colspan"), cell.get("rowspan")) for cell in line] for line in lines[:2]] == [
        [("", None, "2"), ("自然人", None, "2"), ("法人或其他组织", "5", None), ("总计", None, "2")],
        [(label, None, None) for label in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    rows = {words(line[0]): [words(cell) for cell in line[1:]] for line in lines[2:]}
    assert set(rows) >= {row.label for row in described.applications.rows} | {"三、本年度办理结果 › （三）不予公开"}
    assert rows["本年新收政府信息公开申请数量"] == ["0", "–", "0", "0", "0", "0", "0"]
    annex = [[words(cell) for cell in line] for line in found["政府信息公开情况统计表"].iter("tr")]
    assert annex == [["", "数量"], ["收到申请数", "0 件"], ["行政复议数量"], ["被依法纠错数", "1 件"], ["依申请公开信息收取的费用", "500 元"], ["本局收到/转办数", "4"]]
    own = {words(line[0]): [words(cell) for cell in line[1:]] for line in found["cells of no printed form"].iter("tr")}
    assert own["own.cell"] == ["5"]


def test_an_empty_cell_is_not_nought() -> None:
    for line in tree(tables_html(form_report("2021"), prefix="p")).iter("tr"):
        if words(line[0]) == "复议后起诉":
            assert {cell.get("class") for cell in line[1:]} == {"gi-empty"}
        if words(line[0]) == "未经复议直接起诉":
            assert [words(cell) for cell in line[1:]] == ["–", "–", "–", "–", "2"]


@pytest.mark.parametrize(("form", "row", "column"), [("2021", "行政事业性收费", "本年收费金额"), ("2019", "政府集中采购", "采购总金额"), ("2021", "依申请公开信息收取的费用", "数量")])
def test_amounts_are_shown_in_yuan_whatever_the_form_prints(form: str, row: str, column: str) -> None:
    markup = tree(tables_html(form_report(form), prefix="p"))
    assert "万元" not in markup.text_content()
    (line,) = (line for line in markup.iter("tr") if words(line[0]) == row)
    assert [words(cell) for cell in line[1:]][-1].endswith("元") or words(line).endswith("元")
    assert any(words(cell) == column for cell in line.getparent().iter("th"))


def test_without_tables_there_is_nothing() -> None:
    assert tables_html(Report(), prefix="p") == ""
    assert checks_html(Report(), prefix="p") == ""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("sum(disclosure.by_category[].percent) = 100", "sum of 类别占比 = 100"),
        ("disclosure.by_category[1].percent = count / disclosure.total", "类别占比（财政） = 类别公开数 / 主动公开政府信息数"),
        ("disclosure.by_category[1].percent = count / sum of counts", "类别占比（财政） = 类别公开数 / sum of 类别公开数"),
        ("applications.received + carried_in = handled + carried_out", "本年新收申请数 + 上年结转申请数 = 办理结果总计 + 结转下年度申请数"),
        ("sum of outcomes = applications.handled", "sum of the outcomes of requests = 办理结果总计"),
        ("sum of litigation results = litigation.total", "sum of the results of 行政诉讼 = 行政诉讼总计"),
        ("resources.staff_full_time + staff_part_time = staff", "专职人员数 + 兼职人员数 = 从事政府信息公开工作人员数"),
        ("applications.received: text = table", "本年新收申请数: the running text and the table say the same"),
        ("tables.reviews: upheld + corrected + other + pending = total", "行政复议: 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计"),
        ("tables.applications.granted: natural_person + enterprise = total", "收到和处理政府信息公开申请情况 · 予以公开: 自然人 + 商业企业 = 总计"),
        ("tables.applications.*.total: received + carried_in = handled + carried_out", "收到和处理政府信息公开申请情况 · 总计: 本年新收政府信息公开申请数量 + 上年结转政府信息公开申请数量 = 总计 + 结转下年度继续办理"),
        ("tables.annex: 专职人员数 + 兼职人员数 = 从事政府信息公开工作人员数", "政府信息公开情况统计表: 专职人员数 + 兼职人员数 = 从事政府信息公开工作人员数"),
        ("tables.applications.granted: men + women = total", "tables.applications.granted: men + women = total"),
        ("what I want = what I get", "what I want = what I get"),
    ],
)
def test_a_rule_in_words(report: Report, rule: str, said: str) -> None:
    assert rule_in_words(Check(rule=rule, left=1, right=1, ok=True), report) == said


def test_a_long_sum_is_told_by_its_ends() -> None:
    down = load_form("2021").applications.down[1]
    said = rule_in_words(Check(rule=f"tables.applications.*.total: {' + '.join(down.left)} = handled", left=1, right=1, ok=True), Report(origins={"tables": Origin(by="form", label="2021")}))
    assert said == "收到和处理政府信息公开申请情况 · 总计: 予以公开 + 部分公开 + … (18 more) + 其他 = 总计"


def test_text_against_table_shows_both_words() -> None:
    check = Check(rule="applications.received: text = table", left=12, right=13, ok=False, evidence=[Evidence(start=5, end=8, text="12件"), Evidence(start=50, end=52, text="13")])
    assert [(name, value, said.text) for name, value, said in check_parts(check, Report())] == [("running text", 12, "12件"), ("table", 13, "13")]


def test_evidence_without_a_value_breaks_nothing(report: Report) -> None:
    report.evidence |= {"disclosure.by_category[9].count": at("86条"), "tables.annex.收到/申请.数": at("86条")}
    report.checks.append(Check(rule="tables.annex: 收到/申请.数 = 收到/申请.数", left=1, right=2, ok=False))
    assert check_parts(report.checks[1], report)[-1][:2] == ("类别公开数（财政）", 47)
    assert ("类别公开数", None) in [part[:2] for part in check_parts(report.checks[1], report)]
    assert [part[1] for part in check_parts(report.checks[-1], report)] == [None]
    assert "not stated" in words(tree(checks_html(report, prefix="p")))
    report.tables = {"annex": {"收到/申请.数": 3}}
    assert [part[1] for part in check_parts(report.checks[-1], report)] == [3]


@pytest.mark.parametrize(("left", "right", "said"), [(7, 8, "−1"), (8, 7, "+1"), (100.01, 100, "+0.01"), (5, 5, "±0")])
def test_the_difference_has_a_sign(left: float, right: float, said: str) -> None:
    assert difference(Check(rule="a = b", left=left, right=right, ok=False)) == said


@pytest.mark.parametrize(("text", "said"), [("工作动\n\n态类", "工作动态类"), ("1\t0\t0", "1 0 0"), ("甲" * 70, "甲" * 48 + " … " + "甲" * 8), ("", "")])
def test_words_in_one_line(text: str, said: str) -> None:
    assert squeezed(text) == said


@pytest.mark.parametrize(("confidence", "bar"), [(0.97, ("gi-bar", "97")), (0.5, ("gi-bar gi-low", "50")), (1.0, ("gi-bar", "100")), (0.0, ("gi-bar gi-low", "0"))])
def test_a_bar_is_as_long_as_the_confidence_and_looks_otherwise_where_it_is_low(confidence: float, bar: tuple[str, str]) -> None:
    markup = tree(confidence_html(confidence))
    assert words(markup) == f"{confidence:.2f}"
    assert (markup[0].get("class"), markup[0][0].get("x2")) == bar
    assert confidence_html(None) == ""


def test_an_explanation_shows_words_in_context_who_read_them_and_the_checks(report: Report) -> None:
    markup = tree(explanation_html(explain(report, "disclosure.total")))
    rows = {words(line[0]): words(line[1]) for line in markup.iter("tr")}
    assert words(markup.find_class("gi-title")[0]) == "主动公开政府信息数 disclosure.total"
    assert rows["value"] == "86 pieces"
    assert rows["words"].startswith("平川县水利局2013年报告 一、主动公开 主动公开 86条 ，其中机构类38条、财政类 47条。 没有收到申请。")
    assert rows["words"].endswith(f"… characters {at('86条').start}–{at('86条').end}")
    assert markup.find(".//mark").text == "86条"
    assert rows["read by"] == "the trained model as COUNT:disclosed"
    assert rows["confidence"] == "0.97"
    assert rows["passed over"] == "38 ← 38条 at 0 : counts a kind"
    assert rows["checks"].startswith("✗ fails sum of 类别公开数 = 主动公开政府信息数 85 ≠ 86")


@pytest.mark.parametrize("path", ["fees.charged", "applications.received", "problems[0]", "disclosure.by_category[1]", "disclosure", "checks"])
def test_every_path_can_be_explained_as_html(report: Report, path: str) -> None:
    markup = words(tree(explanation_html(explain(report, path))))
    assert ("not stated" in markup) == (path == "fees.charged")


_PAIRS = re.findall(r"(--gi-[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
_ON = {"--gi-ink": [name for name, _, _ in _PAIRS if name.removeprefix("--gi-") in "back shade fail-back evidence body time figure law contact name other chip".split()], "--gi-muted": ["--gi-back", "--gi-shade"],
       "--gi-link": ["--gi-back", "--gi-fail-back"], "--gi-fail": ["--gi-back", "--gi-fail-back"], "--gi-hold": ["--gi-back"]}  # fmt: skip


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return sum(weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "back"), [(ink, back) for ink, backs in _ON.items() for back in backs])
def test_contrast_is_that_of_wcag_aa(ink: str, back: str, scheme: int) -> None:
    colours = {name: _luminance(pair[scheme]) for name, *pair in _PAIRS}
    dark, light = sorted((colours[ink], colours[back]))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_style_stands_below_the_root_and_loads_nothing() -> None:
    plain = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    selectors = [part for block in re.findall(r"([^{}]+)\{", plain) for part in re.split(r",(?![^(]*\))", block) if not block.strip().startswith("@")]
    assert len(selectors) > 50
    assert [s for s in selectors if ".gov-ie" not in s] == []
    assert not re.search(r"url\(|@import|expression|https?:", plain)


def printed(report: Report, width: int = 100) -> str:
    console = Console(width=width, record=True, force_terminal=True, file=StringIO())
    console.print(report)
    return console.export_text()


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_shows_failed_checks_facts_and_tables(report: Report, width: int) -> None:
    report.tables = form_report("2021").tables
    lines = printed(report, width).splitlines()
    text = "\n".join(" ".join(line.split()) for line in lines)
    assert max(map(cell_len, lines)) <= width
    for part in ["⚠ the text is short", "✗ 85 ≠ 86, difference −1", "checks: 1 hold, 1 fail", "86 pieces 0.97 █████ “86条”", "0 requests 0.50 ██░░░ “没有收到申请”", "未经复议直接起诉 – – – – 2", "依申请公开信息收取的费用 500 元", "予以公开 0 – 0 0 0 0 0"]:
        assert part in text, part
    assert text.index("✗ 85") < text.index("主动公开 information")
    assert re.search("notstated:[^:]*、举报投诉数量", "".join(text.split()))


def test_columns_of_wide_characters_stand_in_line(report: Report) -> None:
    lines = [line for line in printed(report, 100).splitlines() if "█" in line]
    assert len({cell_len(line[: line.index("█")]) for line in lines}) == 1


def test_nothing_of_a_report_acts_on_the_terminal(hostile: Report) -> None:
    console = Console(width=100, force_terminal=True, color_system="truecolor", record=True, file=StringIO())
    console.print(hostile)
    text = console.export_text(clear=False)
    assert "[red]x[/red]" in "".join(text.split())
    assert "\x1b[31m[red]" not in console.export_text(styles=True)
    assert not set(text) & set("\u202e\u2066\x1b")


@pytest.mark.parametrize("name", ["report.txt", "form.txt"])
def test_an_example_shows_whole(model_folder: Path, name: str) -> None:
    source = gov_ie.read(ROOT / "examples" / name)
    report = gov_ie.extract(source)
    page = tree(report._repr_html_())
    assert page.find_class("gi-text")[0].text_content() == visible(source.text)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    targets = {a.get("href")[1:] for a in page.iter("a")}
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {f"{evidence.start}-{evidence.end}" for evidence in report.evidence.values()} == {target.partition("-at-")[2] for target in targets}
    assert "gi-other" not in {kind for element in page.find_class("gi-mark") for kind in element.get("class").split()}


def test_a_report_is_shown_without_spacy_and_pandas() -> None:
    code = "import sys; from gov_ie import Report; Report(year=2013)._repr_html_(); from rich import print; print(Report(year=2013)); print([m for m in ('spacy', 'pandas', 'thinc') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
