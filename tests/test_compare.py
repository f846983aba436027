"""Two reports compared, and many as a panel."""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import gov_ie
from gov_ie.across.bodies import Named, find_bodies
from gov_ie.across.comparison import Comparison, compare
from gov_ie.across.figures import FIGURES
from gov_ie.across.sentences import find_copied
from gov_ie.across.series import APPLICANTS, series
from gov_ie.cli import app
from gov_ie.errors import GovIEError, ReadError
from gov_ie.export.files import to_json_line
from gov_ie.places import locate
from gov_ie.report import Report

BODY = "平川县水利局"


def made(year: int | None = 2013, body: str | None = BODY, *, text: str | None = None, words: dict[str, str] | None = None, form: str | None = None, **fields: Any) -> Report:
    """A report of some fields, the words of some of its figures, and the text it was read from."""
    evidence = {path: {"start": 0, "end": len(said), "text": said} for path, said in (words or {}).items()}
    origins = {"tables": {"by": "form", "label": form}} if form else {}
    report = Report.model_validate({"organization": {"name": body}, "year": year, "evidence": evidence, "origins": origins, "source": {"name": f"{year}.txt"}, **fields})
    if text is not None:
        report.keep(text, [])
    return report


def items(**counts: int | None) -> list[dict[str, Any]]:
    return [{"name": name, "count": count} for name, count in counts.items()]


# Figures


@pytest.mark.parametrize(
    ("before", "after", "status", "difference", "ratio"),
    [
        (86, 143, "changed", 57, 143 / 86),
        (86, 86, "unchanged", 0, 1.0),
        (86, 0, "changed", -86, 0.0),
        (0, 86, "changed", 86, None),
        (0, 0, "unchanged", 0, None),
        (None, 86, "appeared", None, None),
        (None, 0, "appeared", None, None),
        (86, None, "vanished", None, None),
        (0, None, "vanished", None, None),
    ],
)
def test_nought_silence_and_numbers_are_kept_apart(before: int | None, after: int | None, status: str, difference: int | None, ratio: float | None) -> None:
    (figure,) = compare(made(disclosure={"total": before}), made(2014, disclosure={"total": after})).figures
    assert (figure.path, figure.status, figure.earlier, figure.later, figure.difference, figure.ratio) == ("disclosure.total", status, before, after, difference, ratio)


def test_what_neither_report_states_is_no_figure() -> None:
    assert compare(made(), made(2014)).figures == []


def test_a_figure_has_the_words_of_both_and_the_lower_confidence() -> None:
    before = made(disclosure={"total": 86}, words={"disclosure.total": "86条"}, confidence={"disclosure.total": 0.9})
    after = made(2014, disclosure={"total": 143}, words={"disclosure.total": "一百四十三条"}, confidence={"disclosure.total": 0.7})
    (figure,) = compare(before, after).changed
    assert figure.earlier_evidence is not None
    assert figure.later_evidence is not None
    assert (figure.earlier_evidence.text, figure.later_evidence.text, figure.confidence) == ("86条", "一百四十三条", 0.7)


def test_items_of_lists_are_matched_by_name() -> None:
    before = made(disclosure={"by_channel": items(门户网站=60, 公开栏=20, 广播=None)})
    after = made(2014, disclosure={"by_channel": items(**{"微信“平川水务”": 9, "门户 网站": 80, "广播": 4})})
    found = {figure.name: (figure.status, figure.earlier_path, figure.later_path) for figure in compare(before, after).figures}
    assert found == {
        "门户 网站": ("changed", "disclosure.by_channel[0].count", "disclosure.by_channel[1].count"),
        "公开栏": ("vanished", "disclosure.by_channel[1].count", None),
        "微信“平川水务”": ("appeared", None, "disclosure.by_channel[0].count"),
        "广播": ("appeared", None, "disclosure.by_channel[2].count"),
    }


@pytest.mark.parametrize(
    ("editions", "column", "note"),
    [
        (("2019", "2021"), "in_force", "对外公开总数量 in the form of 2019, 现行有效件数 in that of 2021"),
        (("2021", "2019"), "in_force", "现行有效件数 in the form of 2021, 对外公开总数量 in that of 2019"),
        (("2021", "2021"), "in_force", None),
        ((None, "2021"), "in_force", None),
    ],
)
def test_a_column_that_another_edition_calls_otherwise_is_noted(editions: tuple[str | None, str | None], column: str, note: str | None) -> None:
    before, after = (made(2020 + i, form=edition, tables={"disclosure": {"rules": {column: 3 + i}}}) for i, edition in enumerate(editions))
    (figure,) = compare(before, after).changed
    assert (figure.path, figure.note) == (f"tables.disclosure.rules.{column}", note)


# Relations between the years


def carried(row: str, **columns: int) -> dict[str, Any]:
    return {"applications": {row: columns}}


def document(**columns: int) -> dict[str, Any]:
    return {"disclosure": {"normative_documents": columns}}


def licences(**columns: int) -> dict[str, Any]:
    return {"disclosure": {"licences": columns}}


@pytest.mark.parametrize(
    ("before", "after", "contradictions", "unusual", "hold"),
    [
        pytest.param({"applications": {"carried_out": 3}}, {"applications": {"carried_in": 3}}, [], [], 1, id="carried over"),
        pytest.param({"applications": {"carried_out": 3}}, {"applications": {"carried_in": 2}}, ["applications.carried_in (2014) = applications.carried_out (2013)"], [], 0, id="carried over, another number"),
        pytest.param({"applications": {"carried_out": 3}}, {"applications": {"carried_in": 0}}, ["applications.carried_in (2014) = applications.carried_out (2013)"], [], 0, id="nought is a number"),
        pytest.param({"applications": {"carried_out": None}}, {"applications": {"carried_in": 2}}, [], [], 0, id="silence is none"),
        pytest.param({"applications": {"carried_in": 1}}, {"applications": {"carried_in": 2}}, [], [], 0, id="what came in twice is no relation"),
        pytest.param(
            {"tables": carried("carried_out", natural_person=2, enterprise=1, total=3), "applications": {"carried_out": 3}},
            {"tables": carried("carried_in", natural_person=3, total=3), "applications": {"carried_in": 3}},
            ["tables.applications.carried_in.natural_person (2014) = tables.applications.carried_out.natural_person (2013)"],
            [],
            1,
            id="by column, the total once",
        ),
        pytest.param({"disclosure": {"cumulative": 300}}, {"disclosure": {"cumulative": 443, "total": 143}}, [], [], 2, id="running total"),
        pytest.param({"disclosure": {"cumulative": 300}}, {"disclosure": {"cumulative": 420}}, [], [], 1, id="running total without the year's"),
        pytest.param({"disclosure": {"cumulative": 300}}, {"disclosure": {"cumulative": 280, "total": 20}}, ["disclosure.cumulative (2014) ≥ disclosure.cumulative (2013)"], [], 0, id="running total falls"),
        pytest.param({"disclosure": {"cumulative": 300}}, {"disclosure": {"cumulative": 400, "total": 143}}, ["disclosure.cumulative (2014) - disclosure.cumulative (2013) = disclosure.total (2014)"], [], 1, id="running total grows otherwise"),
        pytest.param({"tables": licences(previous_items=48, change=-3)}, {"tables": licences(previous_items=45, change=1)}, [], [], 1, id="items, form of 2019"),
        pytest.param({"tables": licences(previous_items=48, change=-3)}, {"tables": licences(previous_items=48, change=0)}, ["tables.disclosure.licences.previous_items (2014) = tables.disclosure.licences.previous_items + change (2013)"], [], 0, id="items that do not follow"),
        pytest.param({"tables": document(in_force=9, made=1, repealed=0)}, {"tables": document(in_force=10, made=3, repealed=2)}, [], [], 1, id="in force, form of 2021"),
        pytest.param({"tables": document(in_force=9, made=1, repealed=0)}, {"tables": document(in_force=8, made=3, repealed=2)}, [], ["tables.disclosure.normative_documents.in_force (2014) = in_force (2013) + made - repealed (2014)"], 0, id="in force, documents lapsed"),
        pytest.param({"tables": document(in_force=9, disclosed=2)}, {"tables": document(in_force=8, disclosed=2)}, [], [], 1, id="made public, form of 2019: may fall"),
        pytest.param({"tables": document(in_force=9, disclosed=2)}, {"tables": document(in_force=12, disclosed=2)}, [], ["tables.disclosure.normative_documents.in_force (2014) ≤ in_force (2013) + disclosed (2014)"], 0, id="made public, more than new"),
        pytest.param({"tables": document(in_force=31, made=2, disclosed=2)}, {"tables": document(in_force=9, made=1, repealed=4)}, [], [], 0, id="another column in another edition"),
    ],
)  # fmt: skip
def test_what_two_years_in_a_row_say_of_each_other(before: dict[str, Any], after: dict[str, Any], contradictions: list[str], unusual: list[str], hold: int) -> None:
    found = compare(made(2013, **before), made(2014, **after))
    assert [check.rule for check in found.contradictions] == contradictions
    assert [check.rule for check in found.unusual] == unusual
    assert sum(check.ok for check in found.checks) == hold


def test_a_contradiction_shows_both_sides_with_year_and_words() -> None:
    found = compare(made(applications={"carried_out": 3}, words={"applications.carried_out": "3件"}), made(2014, applications={"carried_in": 2}, words={"applications.carried_in": "2件"}))
    (check,) = found.contradictions
    assert (check.left, check.right) == (2, 3)
    assert [(figure.year, figure.path, figure.value, figure.evidence and figure.evidence.text) for figure in check.figures] == [(2014, "applications.carried_in", 2, "2件"), (2013, "applications.carried_out", 3, "3件")]
    assert "✗ contradiction: applications.carried_in (2014) = applications.carried_out (2013): 2 against 3  (2014 “2件”; 2013 “3件”)" in str(found)


@pytest.mark.parametrize(
    ("before", "after", "year", "ok"),
    [
        ((12000, "1.2万余条"), (13100, "1.3万余条"), 900, True),
        ((12000, "1.2万余条"), (16000, "1.6万余条"), 900, False),
        ((12000, "12000条"), (13100, "13100条"), 900, False),
        ((300, "近300条"), (460, "460条"), 143, True),
        ((300, "300条"), (460, "460条"), 143, False),
    ],
)
def test_rounded_totals_have_the_room_of_their_last_digit(before: tuple[int, str], after: tuple[int, str], year: int, ok: bool) -> None:
    reports = [made(2013 + i, disclosure={"cumulative": value, "total": year * i or None}, words={"disclosure.cumulative": said}) for i, (value, said) in enumerate((before, after))]
    growth = compare(*reports).checks[-1]
    assert (growth.rule.endswith("= disclosure.total (2014)"), growth.ok) == (True, ok)


def test_over_a_gap_of_years_only_the_running_total_is_compared() -> None:
    before = made(2013, disclosure={"cumulative": 300}, applications={"carried_out": 3})
    found = compare(before, made(2016, disclosure={"cumulative": 420, "total": 140}, applications={"carried_in": 1}))
    assert [check.rule for check in found.contradictions] == ["disclosure.cumulative (2016) - disclosure.cumulative (2013) ≥ disclosure.total (2016)"]
    assert len(found.checks) == 2


@pytest.mark.parametrize(
    ("before", "after", "warning", "contradictions", "unusual"),
    [
        ((2013, BODY), (2014, "南江市平川县水利局"), None, 1, 0),
        ((2013, BODY), (2014, "平川县　水利局"), None, 1, 0),
        ((2013, BODY), (2014, "平川县水务局"), "the bodies have different names", 0, 1),
        ((2013, BODY), (2014, None), "names no body", 0, 1),
        ((2013, BODY), (2015, BODY), "do not follow each other", 0, 0),
        ((2013, BODY), (2013, BODY), "both reports are of 2013", 0, 0),
        ((2013, BODY), (None, BODY), "states no year", 0, 0),
        ((2015, BODY), (2014, BODY), "given as the earlier one is of 2015", 0, 0),
    ],
)
def test_pairs_that_do_not_belong_together_are_compared_with_a_warning(before: tuple[int | None, str | None], after: tuple[int | None, str | None], warning: str | None, contradictions: int, unusual: int) -> None:
    found = compare(made(*before, text="", applications={"carried_out": 3}), made(*after, text="", applications={"carried_in": 1}))
    assert [w for w in found.warnings if warning and warning in w] == found.warnings
    assert bool(found.warnings) == (warning is not None)
    assert (len(found.contradictions), len(found.unusual)) == (contradictions, unusual)


# Sentences

LAST = """平川县水利局2013年政府信息公开工作年度报告
　　一、概述
　　根据《中华人民共和国政府信息公开条例》要求，编制本报告。
　　我局把信息公开同水利工程建设管理放在一起部署、一起检查，每季度通报一次进度。
　　二、主动公开政府信息的总体情况和按照渠道分类的情况
　　全年共主动公开政府信息86条，都在形成后二十个工作日内公布；
没有发生因政府信息公开引起的行政复议和行政诉讼。
"""


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        pytest.param("我局把信息公开同水利工程建设管理放在一起部署、一起检查，每季度通报一次进度。", ["identical"], id="word for word"),
        pytest.param("（三）我局把信息公开同水利工程建设管理放在一起部署、\n一起检查，每季度通报一次进度", ["identical"], id="wrapped, numbered, without its mark"),
        pytest.param("全年共主动公开政府信息８６条，都在形成后二十个工作日内公布。", ["identical"], id="full width"),
        pytest.param("全年共主动公开政府信息1,430条，都在形成后20个工作日内公布。", ["but_for_figures"], id="other figures"),
        pytest.param("我局把信息公开同农村供水工程建设管理放在一起部署、一起检查，每季度通报一次进度。", [], id="another word"),
        pytest.param("根据《中华人民共和国政府信息公开条例》要求，编制本报告。", [], id="formula: too short without the cited title"),
        pytest.param("二、主动公开政府信息的总体情况和按照渠道分类的情况", [], id="heading"),
        pytest.param("我局把信息公开同水利工程建设管理放在一起部署、一起检查，每季度通报一次进度。" * 2, ["identical"], id="taken over once"),
    ],
)
def test_what_counts_as_taken_over(sentence: str, kinds: list[str]) -> None:
    later = f"　　一、概述\n　　{sentence}\n　　新建灌区量测水设施的招标结果在县公共资源交易网上公布。\n"
    copied = find_copied(LAST, later)
    assert [passage.kind for passage in copied.passages] == kinds
    for passage in copied.passages:
        assert LAST[passage.earlier.start : passage.earlier.end] == passage.earlier.text
        assert later[passage.later.start : passage.later.end] == passage.later.text
    assert (copied.sentences.identical, copied.sentences.but_for_figures) == (kinds.count("identical"), kinds.count("but_for_figures"))


def test_shares_of_sentences_and_of_characters() -> None:
    copied = find_copied("甲乙丙丁戊己庚辛壬癸子丑寅卯辰。\n", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰。金木水火土金木水火土金木水火土" + "金木水火土" * 6 + "。\n")
    assert (copied.sentences.earlier, copied.sentences.later, copied.sentences.share) == (1, 2, 0.5)
    assert (copied.characters.identical, copied.characters.later, copied.characters.share) == (15, 60, 0.25)


def test_printed_tables_are_no_sentences() -> None:
    form = Path(__file__).parents[1] / "examples" / "form.txt"
    table = form.read_text(encoding="utf-8")
    table = table[table.index("二、主动公开政府信息情况") : table.index("五、存在的主要问题")]
    assert find_copied(table, table).sentences.later == 0


def test_a_text_without_sentences_has_no_share() -> None:
    copied = find_copied(LAST, "无。")
    assert (copied.sentences.later, copied.sentences.share, copied.characters.share, copied.passages) == (0, None, None, [])


def test_sentences_need_the_text() -> None:
    later = made(2014, text=LAST)
    found = compare(Report.model_validate(json.loads(made(text=LAST).model_dump_json())), later)
    assert found.copied is None
    assert any("loaded from JSON" in warning for warning in found.warnings)


def test_documents_named() -> None:
    found = compare(made(regulations=["政府信息公开条例", "平川县水利局信息公开指南"]), made(2014, regulations=["政府信息 公开条例", "平川县节水办法"]))
    assert (found.documents.added, found.documents.dropped, found.documents.kept) == (["平川县节水办法"], ["平川县水利局信息公开指南"], ["政府信息 公开条例"])


# What holds of all pairs

_NUMBER = st.none() | st.integers(0, 50)
_NAMES = st.sampled_from(["门户网站", "公开栏", "微信", "门户 网站"])
_SENTENCES = st.sampled_from(["没有发生因政府信息公开引起的行政复议和行政诉讼", "我局每季度通报一次信息公开的进度和问题", "全年公开水利工程建设信息12条并按时更新", "全年公开水利工程建设信息34条并按时更新", "更新不及时"])


@st.composite
def any_report(draw: st.DrawFn) -> Report:
    channels = [{"name": name, "count": draw(_NUMBER)} for name in draw(st.lists(_NAMES, max_size=3))]
    return made(
        draw(st.none() | st.integers(2012, 2015)),
        draw(st.none() | st.sampled_from([BODY, "南江市平川县水利局", "平川县水务局"])),
        text="。\n".join(draw(st.lists(_SENTENCES, max_size=6))),
        disclosure={"total": draw(_NUMBER), "cumulative": draw(_NUMBER), "by_channel": channels},
        applications={"carried_in": draw(_NUMBER), "carried_out": draw(_NUMBER)},
        fees={"charged": draw(st.none() | st.sampled_from([0.0, 12.5, 300.0]))},
        tables={"applications": {"carried_in": {"total": draw(st.integers(0, 3))}, "carried_out": {"total": draw(st.integers(0, 3))}}} if draw(st.booleans()) else {},
        regulations=draw(st.lists(st.sampled_from(["政府信息公开条例", "保密法", "档案法"]), max_size=3, unique=True)),
    )


@given(any_report())
def test_a_report_compared_with_itself(report: Report) -> None:
    found = compare(report, report)
    assert (found.changed, found.appeared, found.vanished, found.checks) == ([], [], [], [])
    assert (found.documents.added, found.documents.dropped) == ([], [])
    assert found.copied is not None
    assert found.copied.sentences.share in (None, 1.0)
    assert found.copied.characters.identical == found.copied.characters.later
    assert len(found.unchanged) == sum(isinstance(value, int | float) for value in _leaves(report))


def _leaves(report: Report) -> list[Any]:
    below = [item.count for item in report.disclosure.by_channel]
    cells = [cell for row in report.tables.get("applications", {}).values() for cell in row.values()]
    return [report.disclosure.total, report.disclosure.cumulative, report.applications.carried_in, report.applications.carried_out, report.fees.charged, *below, *cells]


_MIRROR = {"changed": "changed", "unchanged": "unchanged", "appeared": "vanished", "vanished": "appeared"}


@given(any_report(), any_report())
def test_the_other_way_round_everything_is_mirrored(one: Report, other: Report) -> None:
    there, back = compare(one, other), compare(other, one)
    assert {(f.earlier_path, f.later_path, f.status, f.earlier, f.later, f.difference) for f in there.figures} == {
        (f.later_path, f.earlier_path, _MIRROR[f.status], f.later, f.earlier, None if f.difference is None else -f.difference) for f in back.figures
    }
    for figure in there.figures:
        assert (figure.ratio is None) == (figure.earlier in (None, 0) or figure.later is None)
    if one.year != other.year:
        assert there.checks == back.checks
    assert there.copied is not None
    assert back.copied is not None
    assert sorted((p.kind, p.earlier.start, p.later.start) for p in there.copied.passages) == sorted((p.kind, p.later.start, p.earlier.start) for p in back.copied.passages)
    assert (there.copied.sentences.earlier, there.copied.sentences.later) == (back.copied.sentences.later, back.copied.sentences.earlier)
    assert (set(there.documents.added), set(there.documents.dropped)) == (set(back.documents.dropped), set(back.documents.added))


@given(any_report(), any_report())
def test_a_comparison_goes_through_json(one: Report, other: Report) -> None:
    found = compare(one, other)
    assert Comparison.model_validate(json.loads(json.dumps(found.to_dict()))) == found


# For people


def test_as_text() -> None:
    before = made(2013, text=LAST, disclosure={"total": 86, "cumulative": 300}, complaints=0, regulations=["保密法"], words={"disclosure.total": "86条"})
    after = made(2014, text=LAST.replace("86", "1143"), disclosure={"total": 1143, "cumulative": 1443}, applications={"received": 0}, words={"disclosure.total": "1143条"})
    lines = str(compare(before, after)).splitlines()
    assert lines[0] == "平川县水利局 2013 (2013.txt) → 平川县水利局 2014 (2014.txt)"
    assert "Figures: 2 changed, 1 not stated before, 1 no longer stated, 0 unchanged" in lines
    assert next(line for line in lines if "disclosure.total" in line).split() == ["disclosure.total", "86", "→", "1,143", "+1,057", "×13.3", "“86条”", "→", "“1143条”"]
    assert next(line for line in lines if "applications.received" in line).split() == ["applications.received", "–", "→", "0"]
    assert next(line for line in lines if line.strip().startswith("complaints")).split() == ["complaints", "0", "→", "–"]
    assert "Between the years: 0 contradictions, 0 unusual, 2 relations hold" in lines
    assert any(line.startswith("Sentences taken over: 3 of 3 (100%; 100% of the characters), 2 word for word, 1 but for figures") for line in lines)
    assert lines[-2:] == ["Documents named: 0 kept, 0 added, 1 dropped", "  - 《保密法》"]


class _Page(HTMLParser):
    """Tags, opened and closed in order, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_as_html_everything_is_escaped() -> None:
    evil = "</details><script>alert(1)</script>\u202e"
    text = f"我局每季度通报一次信息公开的进度和问题{evil}并限期整改。\n"
    before = made(2013, f"平川县水利局{evil}", text=text, disclosure={"total": 86, "by_channel": items(**{evil: 3})}, applications={"carried_out": 3}, words={"disclosure.total": evil, "applications.carried_out": evil}, regulations=[evil])
    before.source["name"] = evil
    after = made(2014, "平川县水务局", text=text, disclosure={"total": None}, applications={"carried_in": 0})
    html = compare(before, after)._repr_html_()
    page = _Page(html)
    assert page.open == []
    assert "script" not in page.tags
    assert "\u202e" not in html
    words = "".join(page.words)
    assert words.count("alert(1)") >= 6
    assert "not stated" in words


def test_html_touches_nothing_outside() -> None:
    html = compare(made(disclosure={"total": 1}), made(2014, disclosure={"total": 2}))._repr_html_()
    rules = re.findall(r"([^{}]+)\{", html[html.index("<style>") + 7 : html.index("</style>")])
    assert rules
    assert all(selector.strip().startswith(".gov-ie-compare") for rule in rules if not rule.strip().startswith("@container") for selector in re.split(r",(?![^(]*\))", rule))
    assert "http" not in html


# Bodies and the panel


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("平川县水利局", "平川县水利局", True),
        ("平川县 水利局", "平川县水利局", True),
        ("南江市平川县水利局", "平川县水利局", True),
        ("云川省南江市平川县水利局", "平川县水利局", True),
        ("云川省南江市平川县水利局", "南江市平川县水利局", True),
        ("平川县水利局", "平川县水务局", False),
        ("平川县水利局", "水利局", False),
        ("平川县水利局", "县水利局", False),
        ("南江市高新区管委会", "高新区管委会", False),
        ("南江市平川县水利局", "北江市平川县水利局", False),
        ("平川县青石镇人民政府", "青石镇人民政府", True),
        ("平川县人民政府", "平川县人民政府办公室", False),
        ("平川县市场监督管理局", "市场监督管理局", False),
    ],
)
def test_names_of_one_body(one: str, other: str, same: bool) -> None:
    for pair in ([Named(one), Named(other)], [Named(other), Named(one)]):
        assert len(set(find_bodies(pair))) == (1 if same else 2)


@pytest.mark.parametrize(
    ("rows", "bodies"),
    [
        pytest.param([("平川县水利局", 2013), ("南江市平川县水利局", 2014)], ["南江市平川县水利局"] * 2, id="one longer name"),
        pytest.param([("平川县水利局", 2013), ("南江市平川县水利局", 2014), ("云川省南江市平川县水利局", 2015)], ["云川省南江市平川县水利局"] * 3, id="longer and longer"),
        pytest.param([("平川县水利局", 2013), ("南江市平川县水利局", 2014), ("北江市平川县水利局", 2014)], ["平川县水利局", "南江市平川县水利局", "北江市平川县水利局"], id="two longer names: not told"),
        pytest.param([("平川县水利局", 2014), ("南江市平川县水利局", 2014)], ["平川县水利局", "南江市平川县水利局"], id="both in one year: not told"),
        pytest.param([("平川县水利局", 2013), ("平川县水务局", 2014), (None, 2014), ("　", 2014)], ["平川县水利局", "平川县水务局", None, None], id="renamed, without a name"),
    ],
)
def test_bodies_of_a_panel(rows: list[tuple[str | None, int | None]], bodies: list[str | None]) -> None:
    assert find_bodies([Named(*row) for row in rows]) == bodies
    assert find_bodies([Named(*row) for row in rows[::-1]]) == bodies[::-1]


@pytest.mark.parametrize(
    ("rows", "names", "bodies"),
    [
        pytest.param(["平川县水利局", "平川县水务局"], {"平川县水利局": "平川县水务局"}, ["平川县水务局"] * 2, id="renamed"),
        pytest.param(["平川县 水利局", "平川县水务局"], {"平川县\u3000水利局": "平川县水 务局"}, ["平川县水务局"] * 2, id="blanks do not matter"),
        pytest.param(["平川县水利局（河长办）", "平川县水务局"], {"平川县水利局(河长办)": "平川县水务局"}, ["平川县水务局"] * 2, id="nor does width"),
        pytest.param(["平川县水利局", "平川县水务局"], {"平川县水务局": "平川县水利局"}, ["平川县水利局"] * 2, id="the old name kept"),
        pytest.param(["平川县水利局"], {"平川县水利局": "平川县水务局"}, ["平川县水务局"], id="a name that no report has"),
        pytest.param(["平川县水利局", "南江市平川县水利局"], {"砚溪县教育局": "平川县水利局", "北江市平川县水利局": "砚溪县教育局"}, ["南江市平川县水利局"] * 2, id="keys that no report has"),
        pytest.param(["甲县卫生局", "甲县人口局", "甲县卫计局", "甲县卫健委"], {"甲县卫生局": "甲县卫计局", "甲县人口局": "甲县卫计局", "甲县卫计局": "甲县卫健委"}, ["甲县卫健委"] * 4, id="merged, and again: a chain"),
        pytest.param(["甲县卫生局"], {"甲县卫生局": "甲县卫计局", "甲县卫计局": "甲县卫健委"}, ["甲县卫健委"], id="a chain over a name that no report has"),
        pytest.param(["平川县水利局", "南江市平川县水利局", "平川县水务局"], {"平川县水利局": "平川县水务局"}, ["平川县水务局"] * 3, id="by the short name"),
        pytest.param(["平川县水利局", "南江市平川县水利局", "平川县水务局"], {"南江市平川县水利局": "平川县水务局"}, ["平川县水务局"] * 3, id="by the long name"),
        pytest.param(["平川县水利局", "南江市平川县水务局"], {"平川县水利局": "平川县水务局"}, ["南江市平川县水务局"] * 2, id="to a name without its city"),
        pytest.param(["平川县水利局", "平川县水务局", "南江市平川县水务局"], {"平川县水利局": "平川县水务局"}, ["南江市平川县水务局"] * 3, id="to the short one of two names"),
        pytest.param(["平川县水利局", "南江市平川县水利局"], {"南江市平川县水利局": "平川县水利局"}, ["平川县水利局"] * 2, id="the short name kept"),
        pytest.param(["平川县水利局", "南江市平川县水利局"], {"平川县水利局": "甲县水利局", "南江市平川县水利局": "乙县水利局"}, ["甲县水利局", "乙县水利局"], id="two bodies after all"),
        pytest.param(["平川县水利局"], {"平川县水利局": "平川县 水利局"}, ["平川县水利局"], id="itself"),
    ],
)
def test_bodies_that_are_said_to_be_one(rows: list[str], names: dict[str, str], bodies: list[str]) -> None:
    named = [Named(name, 2013 + i) for i, name in enumerate(rows)]
    assert find_bodies(named, names) == bodies
    assert find_bodies(named[::-1], names) == bodies[::-1]


_BODIES = st.sampled_from(["平川县水利局", "南江市平川县水利局", "平川县水务局", "南江市平川县水务局", "鼓楼区水务局", "南京市鼓楼区水务局", "水利局", None])
_WHERE = st.sampled_from(["", "南京市中山北路", "徐州市中山北路", "安徽省合肥市"])
_REPORTS = st.lists(st.tuples(_BODIES, st.none() | st.integers(2012, 2015), _WHERE).map(lambda row: Named(row[0], row[1], locate(row[0] or "", year=row[1], hints=[row[2]]))), max_size=7)


@given(_REPORTS, st.dictionaries(st.sampled_from(["平川县水利局", "鼓楼区水务局", "水利局"]), st.sampled_from(["平川县水务局", "砚溪县水务局"]), max_size=2), st.randoms())
def test_bodies_do_not_depend_on_the_order(reports: list[Named], names: dict[str, str], random: Any) -> None:
    found = find_bodies(reports, names)
    order = list(range(len(reports)))
    random.shuffle(order)
    assert find_bodies([reports[i] for i in order], names) == [found[i] for i in order]
    assert find_bodies(reports, {"霜岭县教育局": "霜岭县教体局"}) == find_bodies(reports)
    assert [body is None for body in found] == [report.name is None for report in reports]


NANJING, XUZHOU, NONE = "南京市中山北路2号", "徐州市中山北路2号", None


@pytest.mark.parametrize(
    ("rows", "bodies"),
    [
        pytest.param([("鼓楼区水务局", NANJING), ("鼓楼区水务局", NANJING)], ["鼓楼区水务局"] * 2, id="one place"),
        pytest.param([("鼓楼区水务局", NANJING), ("鼓楼区水务局", XUZHOU)], ["鼓楼区水务局(江苏省南京市鼓楼区)", "鼓楼区水务局(江苏省徐州市鼓楼区)"], id="two places"),
        pytest.param([("鼓楼区水务局", NANJING), ("鼓楼区水务局", NONE)], ["鼓楼区水务局"] * 2, id="one not known"),
        pytest.param([("鼓楼区水务局", NANJING), ("鼓楼区水务局", XUZHOU), ("鼓楼区水务局", NONE)], ["鼓楼区水务局(江苏省南京市鼓楼区)", "鼓楼区水务局(江苏省徐州市鼓楼区)", "鼓楼区水务局"], id="two places, and one not known"),
        pytest.param([("水利局", "江苏省南京市"), ("水利局", "安徽省合肥市")], ["水利局(江苏省内)", "水利局(安徽省内)"], id="only the provinces known"),
        pytest.param([("县水利局", "安徽省黟县"), ("县水利局", "安徽省歙县"), ("县水利局", "245500")], ["县水利局(安徽省黄山市黟县)", "县水利局(安徽省黄山市歙县)", "县水利局(安徽省内)"], id="somewhere in the province of both"),
        pytest.param([("县水利局", "安徽省黟县"), ("县水利局", "245500")], ["县水利局"] * 2, id="somewhere in its province"),
        pytest.param([("鼓楼区水务局", NANJING), ("南京市鼓楼区水务局", NONE), ("徐州市鼓楼区水务局", NONE)], ["南京市鼓楼区水务局", "南京市鼓楼区水务局", "徐州市鼓楼区水务局"], id="the place tells which longer name"),
        pytest.param([("鼓楼区水务局", NANJING), ("徐州市鼓楼区水务局", NONE)], ["鼓楼区水务局", "徐州市鼓楼区水务局"], id="a longer name of elsewhere"),
        pytest.param([("平川县水利局", NONE), ("平川县水利局", NONE)], ["平川县水利局"] * 2, id="a place of no list"),
    ],
)
def test_bodies_of_one_name_in_different_places(rows: list[tuple[str, str | None]], bodies: list[str]) -> None:
    frame = series(made(2013 + i, name, contact={"address": address}, complaints=i) for i, (name, address) in enumerate(rows))
    assert {int(row["complaints"]): row["body"] for _, row in frame[frame["reported"]].iterrows()} == dict(enumerate(bodies))


@pytest.mark.parametrize(
    ("years", "name", "titles"),
    [
        pytest.param((2009, 2015), "大方县水利局", [None, None], id="another code, another prefecture"),
        pytest.param((2009, 2015), "庐江县水利局", [None, None], id="into another city"),
        pytest.param((2008, 2015), "水务局", ["铜山县水务局2008年政府信息公开工作年度报告", "徐州市铜山区水务局2015年政府信息公开工作年度报告"], id="a county made a district"),
    ],
)
def test_a_division_with_another_code_stays_one_place(years: tuple[int, int], name: str, titles: list[str | None]) -> None:
    reports = [made(year, name, title=title) for year, title in zip(years, titles, strict=True)]
    assert reports[0].place.code != reports[1].place.code
    assert set(series(reports)["body"]) == {name}


@pytest.mark.parametrize(
    ("names", "bodies"),
    [
        pytest.param({"鼓楼区水务局": "鼓楼区水利局"}, ["鼓楼区水利局(江苏省南京市鼓楼区)", "鼓楼区水利局(江苏省徐州市鼓楼区)", "鼓楼区水利局(江苏省南京市鼓楼区)", "鼓楼区水利局(江苏省徐州市鼓楼区)"], id="each in its place"),
        pytest.param({"鼓楼区水务局(江苏省徐州市鼓楼区)": "徐州市鼓楼区水利局"}, ["鼓楼区水务局(江苏省南京市鼓楼区)", "徐州市鼓楼区水利局", "鼓楼区水利局(江苏省南京市鼓楼区)", "徐州市鼓楼区水利局"], id="one, by its name in the panel"),
    ],
)
def test_a_mapping_keeps_places_apart(names: dict[str, str], bodies: list[str]) -> None:
    rows = [("鼓楼区水务局", NANJING), ("鼓楼区水务局", XUZHOU), ("鼓楼区水利局", NANJING), ("鼓楼区水利局", XUZHOU)]
    frame = series((made(2013 + i // 2, name, contact={"address": address}, complaints=i) for i, (name, address) in enumerate(rows)), names=names)
    assert {int(row["complaints"]): row["body"] for _, row in frame[frame["reported"]].iterrows()} == dict(enumerate(bodies))


def test_a_body_somewhere_in_a_province_is_named_as_the_panel_names_it() -> None:
    reports = [made(2013, "水利局", contact={"address": "江苏省南京市"}), made(2013, "水利局", contact={"address": "安徽省合肥市"})]
    assert list(series(reports, names={"水利局（江苏省内）": "平川县水利局"})["body"]) == ["平川县水利局", "水利局(安徽省内)"]


def test_a_body_merged_into_one_elsewhere_counts_as_that() -> None:
    reports = [made(2013, "上海市闸北区卫生局"), made(2016, "上海市静安区卫生局")]
    assert set(series(reports)["body"]) == {"上海市闸北区卫生局", "上海市静安区卫生局"}
    assert set(series(reports, names={"上海市闸北区卫生局": "上海市静安区卫生局"})["body"]) == {"上海市静安区卫生局"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"甲县水利局": "甲县水务局", "甲县水务局": "甲县 水利局"}, "names: 甲县水利局 → 甲县水务局 → 甲县水利局 is a circle"),
        ({"霜岭县卫生局": "甲局", "甲局": "乙局", "乙局": "丙局", "丙局": "甲局"}, "names: 甲局 → 乙局 → 丙局 → 甲局 is a circle"),
        ({"平川县水利局": "平川县水务局", "南江市平川县水务局": "平川县水利局"}, "平川县水务局 → 平川县水利局 → 平川县水务局 is a circle"),
        ({"甲县 水利局": "甲县水务局", "甲县水利局": "甲县水电局"}, "names: 甲县水利局 would count both as 甲县水务局 and as 甲县水电局"),
        ({"甲县水利局": ""}, "names: '甲县水利局': ''"),
        ({"甲县水利局": None}, "names: '甲县水利局': None"),
        ({float("nan"): "甲县水利局"}, "names: nan: '甲县水利局'"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(names: dict[Any, Any], message: str) -> None:
    reports = [made(2013, "平川县水务局"), made(2014, "南江市平川县水务局")]
    with pytest.raises(GovIEError, match=re.escape(message)):
        series(reports, names=names)
    with pytest.raises(GovIEError, match=re.escape(message)):
        compare(*reports, names=names)


def test_the_years_of_a_renamed_body_are_one_row_of_years() -> None:
    reports = [made(2017, "平川县卫生局", disclosure={"total": 40}), made(2018, "平川县卫生健康局", disclosure={"total": 52}), made(2018, "平川县卫生局", disclosure={"total": 50}, published="2019-01-05"), made(2020, "平川县卫生健康局")]
    frame = series(reports, names={"平川县卫生局": "平川县卫生健康局"}, differences=["disclosure.total"])
    assert set(frame["body"]) == {"平川县卫生健康局"}
    assert shown(frame, "reported", "chosen", "disclosure.total", "disclosure.total.change") == [(2017, True, True, 40, None), (2018, True, True, 50, 10), (2018, True, False, 52, None), (2019, False, True, None, None), (2020, True, True, None, None)]
    assert list(frame["organization.name"].dropna()) == ["平川县卫生局", "平川县卫生局", "平川县卫生健康局", "平川县卫生健康局"]


def test_two_years_of_a_renamed_body_compared() -> None:
    reports = made(2013, text="", applications={"carried_out": 3}), made(2014, "平川县水务局", text="", applications={"carried_in": 1})
    found = compare(*reports, names={BODY: "平川县水务局"})
    assert (found.warnings, len(found.contradictions)) == ([], 1)
    assert (found.earlier.organization, found.later.organization) == (BODY, "平川县水务局")
    (warning,) = compare(*reports).warnings
    assert "different names (平川县水利局, 平川县水务局)" in warning
    assert "names=" in warning


def test_two_bodies_of_one_name_are_not_taken_for_one() -> None:
    found = compare(*(made(2013 + i, "鼓楼区水务局", text="", contact={"address": address}, applications={"carried_out": 3, "carried_in": 1}) for i, address in enumerate((NANJING, XUZHOU))))
    assert found.contradictions == []
    (warning,) = found.warnings
    assert "one name, but are in different places (鼓楼区水务局(江苏省南京市鼓楼区), 鼓楼区水务局(江苏省徐州市鼓楼区))" in warning


def shown(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows as plain values, what is missing as ``None``."""
    return [tuple(None if pd.isna(value) else value for value in row) for row in frame[["year", *columns]].itertuples(index=False)]


def test_a_panel_has_a_row_for_every_year() -> None:
    frame = series(iter([made(2016, disclosure={"total": 90}), made(2013, disclosure={"total": 0}), made(2014, "砚溪县教育局")]))
    assert list(frame["body"]) == [BODY] * 4 + ["砚溪县教育局"]
    assert shown(frame, "reported", "chosen", "disclosure.total") == [(2013, True, True, 0), (2014, False, True, None), (2015, False, True, None), (2016, True, True, 90), (2014, True, True, None)]
    assert (str(frame["year"].dtype), str(frame["disclosure.total"].dtype), str(frame["reported"].dtype)) == ("Int64", "Int64", "bool")


def test_a_panel_over_given_years() -> None:
    frame = series([made(2014), made(2018)], years=(2013, 2015))
    assert shown(frame, "reported") == [(2013, False), (2014, True), (2015, False), (2018, True)]


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        pytest.param([{"published": "2014-01-10"}, {"published": "2014-03-05"}], 1, id="published later"),
        pytest.param([{"published": "2014-01-10"}, {}], 0, id="of no date"),
        pytest.param([{"words": {"disclosure.total": "8条"}}, {"words": {"disclosure.total": "8条", "complaints": "0件"}}], 1, id="says more"),
        pytest.param([{}, {}], 0, id="the first"),
    ],
)
def test_of_several_reports_of_one_year_all_are_kept_and_one_is_chosen(rows: list[dict[str, Any]], chosen: int) -> None:
    reports = [made(2013, **row) for row in rows]
    for i, report in enumerate(reports):
        report.source["name"] = str(i)
    frame = series(reports)
    assert sorted(frame["source"]) == ["0", "1"]
    assert list(frame["source"][frame["chosen"]]) == [str(chosen)]
    assert list(frame["chosen"]) == [True, False]


def test_reports_that_cannot_be_placed_come_last_and_are_not_chosen() -> None:
    unread = Report(source={"name": "b.txt", "error": "b.txt: the file is empty"})
    frame = series([unread, made(None), made(2014, None), made(2013)])
    assert shown(frame, "body", "reported", "chosen") == [(2013, BODY, True, True), (None, BODY, True, False), (2014, None, True, False), (None, None, True, False)]
    assert frame.loc[3, "error"] == "b.txt: the file is empty"


def test_differences_are_from_the_year_before_and_from_no_other() -> None:
    values = {2012: 10, 2013: 0, 2014: None, 2015: 7, 2017: 9}
    frame = series([made(year, disclosure={"total": value}) for year, value in values.items()], differences=["disclosure.total"])
    assert shown(frame, "disclosure.total.change") == [(2012, None), (2013, -10), (2014, None), (2015, None), (2016, None), (2017, None)]


def test_a_panel_knows_the_applicants() -> None:
    frame = series([made(2021, tables={"applications": {"received": {"natural_person": 0, "total": 4}}}), made(2022)])
    assert set(APPLICANTS) <= set(frame.columns)
    assert shown(frame, "tables.applications.received.natural_person", "tables.applications.received.enterprise") == [(2021, 0, None), (2022, None, None)]


def test_no_reports_give_an_empty_panel() -> None:
    frame = series([])
    assert len(frame) == 0
    assert list(frame.columns) == list(series([made()]).columns)


@pytest.mark.parametrize(("arguments", "message"), [({"years": (2015, 2013)}, "the first year is later"), ({"differences": ["title"]}, "title: no column of figures"), ({"differences": ["disclosure"]}, "disclosure: no column")])
def test_what_a_panel_cannot_do_is_said(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(GovIEError, match=message):
        series([made()], **arguments)


@given(st.lists(st.tuples(st.sampled_from([BODY, "南江市平川县水利局", "砚溪县教育局", None]), st.none() | st.integers(2010, 2016)), max_size=8))
def test_a_panel_keeps_every_report_and_chooses_one_a_year(rows: list[tuple[str | None, int | None]]) -> None:
    frame = series(made(year, body) for body, year in rows)
    assert int(frame["reported"].sum()) == len(rows)
    panel = frame[frame["chosen"]]
    assert not panel.duplicated(["body", "year"]).any()
    for _, own in panel.groupby("body"):
        assert list(own["year"]) == list(range(int(own["year"].min()), int(own["year"].max()) + 1))
        assert own["reported"].iloc[0]
        assert own["reported"].iloc[-1]
    assert list(panel["body"]) == sorted(panel["body"])


def test_pandas_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=re.escape("pip install 'gov-ie[table]'")):
        series([made()])


def test_every_field_that_counts_something_is_compared() -> None:
    assert {"disclosure.total", "disclosure.by_category[].percent", "applications.by_channel[].count", "fees.charged", "litigation.pending", "complaints", "training.attendees"} <= set(FIGURES)
    assert not {"year", "published", "title", "disclosure.by_channel[].name"} & set(FIGURES)


# The command


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "2013.jsonl", tmp_path / "2014.jsonl"
    for path, report in zip(paths, (made(2013, applications={"carried_out": 3}), made(2014, applications={"carried_in": 1}, disclosure={"total": 0})), strict=True):
        path.write_text(to_json_line(report) + "\n", encoding="utf-8")
    return paths


def test_the_command_prints_the_comparison(stored: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["compare", *map(str, stored)])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("平川县水利局 2013")
    assert "✗ contradiction: applications.carried_in (2014) = applications.carried_out (2013): 1 against 3" in result.stdout


def test_the_command_prints_json(stored: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["compare", *map(str, stored), "--json"])
    found = Comparison.model_validate(json.loads(result.stdout))
    assert (found.earlier.year, found.later.year, len(found.contradictions), [figure.path for figure in found.appeared]) == (2013, 2014, 1, ["disclosure.total", "applications.carried_in"])


def test_the_command_reads_reports(model_folder: Path, tmp_path: Path) -> None:
    paths = tmp_path / "a.txt", tmp_path / "b.txt"
    paths[0].write_text(LAST, encoding="utf-8")
    paths[1].write_text(LAST.replace("2013", "2014").replace("86", "97"), encoding="utf-8")
    result = CliRunner().invoke(app, ["compare", *map(str, paths), "--model", str(model_folder), "--json"])
    assert result.exit_code == 0, result.output
    found = Comparison.model_validate(json.loads(result.stdout))
    (figure,) = [figure for figure in found.changed if figure.path == "disclosure.total"]
    assert (figure.earlier, figure.later, figure.difference) == (86, 97, 11)
    assert found.copied is not None
    assert (found.copied.sentences.identical, found.copied.sentences.but_for_figures) == (2, 1)
    assert found.warnings == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file"),
        ("folder", "a folder"),
        ("two reports", "the facts of several reports"),
        ("unread", "the file is empty"),
        ("cut off", "x.jsonl: line 1 is not valid JSON (Unterminated string starting at, column 11); mend it"),
        ("a broken line before others", "x.jsonl: line 2 is not valid JSON (Extra data, column 3); delete the line, or write the file anew with 'gov-ie extract -o'"),
        ("two rows", "the file holds several reports"),
    ],
)
def test_the_command_says_what_it_cannot_compare(stored: tuple[Path, Path], tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / ("x.csv" if content == "two rows" else "x.jsonl")
    if content == "folder":
        path.mkdir()
    elif content == "two rows":
        path.write_text("title,text\n" + f"平川县水利局2013年政府信息公开工作年度报告,{LAST.replace(chr(10), '')}\n" * 2, encoding="utf-8")
    elif content == "cut off":
        path.write_text('{"title": "平川县水利局20', encoding="utf-8")
    elif content == "a broken line before others":
        path.write_text(f"\n{{}}, {to_json_line(made())[1:]}\n{to_json_line(made())}\n", encoding="utf-8")
    elif content is not None:
        lines = {"two reports": [made(), made()], "unread": [Report(source={"name": "b.txt", "error": "b.txt: the file is empty"})]}[content]
        path.write_text("".join(to_json_line(report) + "\n" for report in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["compare", str(stored[0]), str(path)])
    assert isinstance(result.exception, ReadError)
    assert message in str(result.exception)


def test_the_names_of_the_package() -> None:
    assert gov_ie.compare is compare
    assert gov_ie.series is series


@pytest.mark.parametrize("pair", [("a.txt", "b.txt"), (Report(), "b.txt"), (None, Report()), ([Report()], Report())])
def test_what_is_no_report_is_not_compared(pair: tuple[Any, Any]) -> None:
    with pytest.raises(GovIEError, match=r"is no gov_ie\.Report: make one with gov_ie\.extract"):
        compare(*pair)


@pytest.mark.parametrize("years", [2016, "2016", (2016,), (2013, 2014, 2015), ("2013", "2014"), (2013, None)])
def test_years_that_are_no_pair(years: Any) -> None:
    with pytest.raises(GovIEError, match="give the first and the last year"):
        series([Report()], years=years)


def test_differences_of_one_column() -> None:
    reports = [Report.model_validate({"organization": {"name": "平川县水利局"}, "year": year, "disclosure": {"total": 10 * year}}) for year in (2013, 2014)]
    assert series(reports, differences="disclosure.total")["disclosure.total.change"].tolist()[1:] == [10]
