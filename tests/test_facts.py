"""Expected facts: whether they are a report, and whether the text and its labels bear them out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gov_ie.corpus.findings import Finding
from gov_ie.corpus.lint import lint_facts
from gov_ie.corpus.markup import parse
from gov_ie.corpus.reports import AnnotatedReport
from gov_ie.errors import AnnotationError
from gov_ie.facts import read_facts, read_values


def _lint(folder: Path, marked: str, facts: Any) -> list[Finding]:
    path = folder / "a.txt"
    path.with_name("a.facts.json").write_text(facts if isinstance(facts, str) else json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return list(lint_facts(AnnotatedReport("a", path, parse(marked))))


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("86条", {86}), ("８６条", {86}), ("1,234条", {1234}), ("1，234条", {1234}), ("8 6 条", {86}), ("8\r\n6条", {86}), ("3 5 0件", {350, 3}),
        ("1.2万条", {12000, 1.2}), ("1.36万条", {13600}), ("1.2万余条", {12000}), ("231.8万条", {2318000}), ("3.5亿次", {350000000}), ("10余项", {10}), ("5千份", {5000}),
        ("三十六条", {36}), ("两件", {2}), ("十二人次", {12}), ("一万二千三百余条", {12300}), ("三十余万人次", {300000}), ("零件", {0}), ("〇件", {0}), ("叁拾陆条", {36}), ("二〇一三年度", {2013}),
        ("48.65%", {48.65}), ("３０．５％", {30.5}), ("百分之百", {100}), ("百分之九十八点二五", {98.25}), ("百分之99.5", {99.5}),
        ("3.5万元", {35000, 3.5}), ("20余万元", {200000}), ("分别为3,5件", {3, 5}), ("规章\n0\n0\n3\n", {0, 3}),
    ],
)  # fmt: skip
def test_numbers_that_can_be_read(printed: str, values: set[float]) -> None:
    assert values <= read_values(printed)


@pytest.mark.parametrize(("printed", "value"), [("86条", 8), ("186条", 86), ("1.2万条", 2), ("12万条", 1200), ("三十六条", 30), ("2013年", 13), ("没有收到", 0), ("若干条", 1)])
def test_numbers_that_cannot(printed: str, value: float) -> None:
    assert value not in read_values(printed)


TEXT = (
    "{ORG 云溪\r\n县水利局}{YEAR 二〇一三年}政府信息公开年度报告\r\n本报告统计期限为{DATE 2013年1月1日}至{DATE 12月31日}。{MEASURE 全年公开{COUNT:disclosed 1.2万余条}，"
    "{CATEGORY 机构}{COUNT:category 36条}、占{PERCENT:category 0.3%}，收到申请{COUNT:received 三件}}。{NULL:reviews,lawsuits 未发生行政复议和行政诉讼}，收费{MONEY:fees_charged 3.5万元}。"
    "依据{REGULATION 《国务院办公厅关于印发〈要点〉\r\n- 2 -\r\n的通知》}，电话：{PHONE ０７９９－6660123}。\r\n{DATE 二〇一四年三月二日}\r\n"
)
FACTS = {
    "title": "云溪县水利局二〇一三年政府信息公开年度报告", "organization": {"name": "云溪县水利局"}, "year": 2013, "period": {"start": "2013-01-01", "end": "2013-12-31"}, "published": "2014-03-02",
    "contact": {"phone": "0799-6660123"}, "disclosure": {"total": 12000, "by_category": [{"name": "机构", "count": 36, "percent": 0.3}]}, "applications": {"received": 3},
    "reviews": {"total": 0}, "litigation": {"total": 0}, "fees": {"charged": 35000}, "regulations": ["国务院办公厅关于印发〈要点〉的通知"],
}  # fmt: skip


def test_facts_that_the_report_bears_out(tmp_path: Path) -> None:
    assert _lint(tmp_path, TEXT, FACTS) == []
    assert _lint(tmp_path, TEXT, {**FACTS, "tables": {"annex": {"收到申请数": 77}}, "source": {"name": "x"}}) == []  # cells of forms and what a program adds are not looked for


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ({"year": 2014}, None, ""),  # stands there, as the year of publication; no label says which is meant
        ({"year": 2015}, "error", "year: 2015: no figure"),
        ({"title": "云溪县水利局2013年政府信息公开年度报告"}, "error", "title: '云溪县水利局2013年政府信息公开年度报告': does not stand in the text"),
        ({"organization": {"name": "云溪县水务局"}}, "error", "organization.name: '云溪县水务局'"),
        ({"contact": {"phone": "0799-6660124"}}, "error", "contact.phone"),
        ({"regulations": ["国务院办公厅关于印发〈要点〉的通知", "政府信息公开条例"]}, "error", "regulations[1]: '政府信息公开条例'"),
        ({"period": {"start": "2013-01-01", "end": "2013-12-30"}}, "error", "period.end: '2013-12-30': no date"),
        ({"published": "2013-03-02"}, "error", "published: '2013-03-02'"),
        ({"published": "二〇一四年三月二日"}, "error", "published"),
        ({"published": "2014-03"}, None, ""),
        ({"disclosure": {"total": 12001, "by_category": FACTS["disclosure"]["by_category"]}}, "error", "disclosure.total: 12001: no figure of the text can be read so"),
        ({"disclosure": {"total": 36, "by_category": FACTS["disclosure"]["by_category"]}}, "hint", "disclosure.total: 36: {COUNT:disclosed 1.2万余条} in the text"),
        ({"disclosure": {"total": 12000, "by_category": [{"name": "机构设置", "count": 36, "percent": 0.3}]}}, "error", "disclosure.by_category[0].name"),
        ({"disclosure": {"total": 12000, "by_category": [{"name": "机构", "count": 37, "percent": 0.3}]}}, "error", "disclosure.by_category[0].count: 37"),
        ({"disclosure": {"total": 12000}}, "hint", "disclosure.by_category: {COUNT:category 36条} stands in the text, and no 36 here"),
        ({"applications": {"received": 9}}, "error", "applications.received: 9"),
        ({"applications": {"received": 2}}, "hint", "applications.received: 2: {COUNT:received 三件} in the text"),  # there is a page 2
        ({"applications": {"received": 3, "handled": 3}}, "hint", "applications.handled: 3: no label in the text"),
        ({"applications": {"received": 3, "granted": 0}}, "error", "applications.granted: 0: no figure of the text can be read so, and nothing is denied that it counts"),
        ({"reviews": {"total": 1}}, "hint", "reviews.total: 1: {NULL:reviews …} in the text"),
        ({"litigation": {}}, "hint", "litigation.total: {NULL:lawsuits …} stands in the text, and no 0 here"),
        ({"fees": {"charged": 3.5}}, "hint", "fees.charged: 3.5: {MONEY:fees_charged 3.5万元} in the text"),
        ({"fees": {"charged": 350}}, "error", "fees.charged: 350"),
        ({"measures": [{"text": "全年没有公开"}]}, "error", "measures[0].text"),
    ],
)
def test_a_value_that_the_report_does_not_bear_out(tmp_path: Path, change: dict[str, Any], level: str | None, words: str) -> None:
    found = _lint(tmp_path, TEXT, {**FACTS, **change})
    if not words:
        assert found == []
    else:
        assert (level, True) in [(f.level, f.message.startswith(words)) for f in found], found


@pytest.mark.parametrize(
    ("facts", "place", "words"),
    [
        ('{"year": 2013,\r\n "disclosure": {"total": 7}}', (2, 26), "disclosure.total: 7"),
        ('{"disclosure": {"by_category": [\n  {"name": "机构", "count": 36},\n  {"name": "其他 {\\"]", "count": 5}]}}', (3, 32), "disclosure.by_category[1].count: 5"),
        ('{"regulations": ["政府信息公开条例"]}', (1, 18), "regulations[0]"),
        ('{"organization": {"name":\n"水务局"}}', (2, 1), "organization.name"),
    ],
)
def test_an_error_stands_at_its_value(tmp_path: Path, facts: str, place: tuple[int, int], words: str) -> None:
    assert place in [(f.line, f.column) for f in _lint(tmp_path, TEXT, facts) if f.level == "error" and f.message.startswith(words)]


@pytest.mark.parametrize(
    ("content", "words", "offset"),
    [
        (b'{"year": "many"}', "year: Input should be a valid integer", 9),
        (b'{"disclosure": {"by_category": [{"name": "x"}, {"count": "y"}]}}', "disclosure.by_category[1].name: Field required", 47),
        (b'{"yaer": 2013}', "yaer: Extra inputs are not permitted", 9),
        (b"[]", "the file: Input should be a valid dictionary", 0),
        (b'{"year": 2013', "offset 13: no JSON", 13),
        (b"", "offset 0: no JSON", 0),
        (b'{"title": "\xff"}', "offset 11: not UTF-8", 11),
    ],
)
def test_a_file_that_is_no_report(tmp_path: Path, content: bytes, words: str, offset: int) -> None:
    path = tmp_path / "a.facts.json"
    path.write_bytes(content)
    with pytest.raises(AnnotationError) as caught:
        read_facts(path)
    assert str(caught.value).startswith(f"{path}: {words}")
    assert caught.value.offset == offset
