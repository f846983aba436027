"""Scores, gains and losses, and calibration, on cases made by hand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import spacy
from conftest import ANNOTATIONS
from spacy.language import Language
from spacy.tokens import Doc, Span

import gov_ie.api
from gov_ie.assembly.confidence import calibrate, kind_of
from gov_ie.corpus.reports import AnnotatedReport, expected_facts, read_annotated, tidied_annotations, to_doc
from gov_ie.pipeline import components  # noqa: F401  registers doc._.report
from gov_ie.pipeline.layout import analyse
from gov_ie.pipeline.tokenizer import PkusegTokenizer
from gov_ie.report import Evidence, Report
from gov_ie.training.calibrate import _fit, judged_values
from gov_ie.training.evaluate import evaluate_command, format_scores, rule_units, score_annotations
from gov_ie.training.scoring import Tally, comparable, field_items, leaves


def test_a_tally_counts_hits_gold_and_predicted() -> None:
    tally = Tally()
    tally.add_labelled([(0, 3, "ORG"), (5, 8, "ORG"), (9, 11, "YEAR")], [(0, 3, "ORG"), (5, 9, "ORG"), (9, 11, "YEAR"), (12, 14, "DATE")])
    tally.add_labelled([(0, 3, "ORG")], [(0, 3, "ORG")])
    assert tally.table() == {
        "all": {"p": 0.6, "r": 0.75, "f": 0.6667, "gold": 4, "predicted": 5},
        "DATE": {"p": 0.0, "r": 0.0, "f": 0.0, "gold": 0, "predicted": 1},
        "ORG": {"p": 0.6667, "r": 0.6667, "f": 0.6667, "gold": 3, "predicted": 3},
        "YEAR": {"p": 1.0, "r": 1.0, "f": 1.0, "gold": 1, "predicted": 1},
    }


@pytest.mark.parametrize(
    ("gold", "predicted", "row"),
    [
        ([], [], (1.0, 1.0, 1.0)),
        (["a"], [], (0.0, 0.0, 0.0)),
        ([], ["a"], (0.0, 0.0, 0.0)),
        (["a", "a"], ["a"], (1.0, 0.5, 0.6667)),
        (["a"], ["a", "a"], (0.5, 1.0, 0.6667)),
    ],
)
def test_rows(gold: list[str], predicted: list[str], row: tuple[float, float, float]) -> None:
    tally = Tally()
    tally.add("x", Counter(gold), Counter(predicted))
    assert tuple(tally.table()["x"][key] for key in "prf") == row


@pytest.mark.parametrize(("value", "form"), [(86, 86.0), (48.65, 48.65), (0.1 + 0.2, 0.3), (None, None), (True, True), ("平川县 水利局\n", "平川县水利局"), ("０７９９－６６", "0799-66")])
def test_the_form_in_which_values_are_compared(value: Any, form: Any) -> None:
    assert comparable(value) == form


def test_leaves_go_by_the_names_of_items() -> None:
    report = {"year": 2013, "disclosure": {"total": None, "by_category": [{"name": "机构 职能", "count": 38, "percent": None}, {"name": "财政", "count": 0}]}, "regulations": ["条例"]}
    assert dict(leaves(report)) == {"year": 2013.0, "disclosure.by_category[机构职能].count": 38.0, "disclosure.by_category[财政].count": 0.0, "regulations[]": "条例"}


def test_fields_are_grouped_and_prose_is_none_of_them() -> None:
    items = field_items({"year": 2013, "fees": {"charged": 0, "waived": None}, "measures": [{"text": "举办培训班"}]})
    assert items["year"] == Counter([("year", 2013.0)])
    assert items["fees"] == Counter([("fees.charged", 0.0)])
    assert "measures" not in items
    assert sum(len(group) for group in items.values()) == 2


TEXT = "{ORG 平川县水利局}公开信息{COUNT:disclosed 86条}。\n一、问题\n{PROBLEM 更新不够及时}。\n二、改进措施\n{IMPROVEMENT 今后加强培训}。\n没有其他说明。\n"
FACTS = {"organization": {"name": "平川县水利局"}, "disclosure": {"total": 86, "by_channel": [{"name": "官网", "count": 40}]}, "regulations": ["信息公开办法"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.facts.json").write_text(json.dumps(FACTS, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT.replace("86", "12"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def knowing(folder: Path) -> Language:
    """A pipeline that knows the answers: its one component sets them."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = PkusegTokenizer(nlp.vocab)
    answers = {content.text: (content, expected_facts(report)) for report in read_annotated(folder) for content in [tidied_annotations(report.content)]}

    def answer(doc: Doc) -> Doc:
        content, facts = answers[doc.text]
        gold = to_doc(nlp.make_doc, content)
        gold._.report_data = facts
        return gold

    Language.component("answers", func=answer)
    nlp.add_pipe("answers")
    return nlp


@pytest.fixture
def erring(knowing: Language) -> Language:
    """The same, but for one body too few, one figure taken for another thing, and one wrong field."""

    def err(doc: Doc) -> Doc:
        doc.set_ents([e for e in doc.ents if e.label_ != "ORG"])
        doc.spans["facts"] = [Span(doc, s.start, s.end, label="channel") for s in doc.spans["facts"]]
        if doc._.report_data:
            doc._.report_data = {**doc._.report_data, "disclosure": {"total": 68, "by_channel": [{"name": "官网", "count": 40}]}}
        return doc

    Language.component("errors", func=err)
    knowing.add_pipe("errors")
    return knowing


def test_right_answers_score_full_marks(knowing: Language, folder: Path) -> None:
    items: dict[str, set[str]] = {}
    scores = score_annotations(knowing, folder, items=items)
    assert items == {"wrong": set()}
    assert scores["coverage"] == {"units": 1.0, "facts": 1.0}
    assert {kind: (table["all"]["f"], table["all"]["gold"]) for kind, table in scores["together"].items()} == {"entities": (1.0, 4), "units": (1.0, 4), "facts": (1.0, 2), "fields": (1.0, 4)}


def test_misses_and_surpluses_are_named(erring: Language, folder: Path) -> None:
    items: dict[str, set[str]] = {}
    table = score_annotations(erring, folder, items=items)["together"]
    assert table["entities"]["ORG"] == {"p": 0.0, "r": 0.0, "f": 0.0, "gold": 2, "predicted": 0}
    assert table["entities"]["COUNT"]["f"] == 1.0
    assert table["facts"]["all"] == {"p": 0.0, "r": 0.0, "f": 0.0, "gold": 2, "predicted": 2}
    assert (table["fields"]["disclosure"]["p"], table["fields"]["regulations"]["f"]) == (0.5, 1.0)
    assert items["wrong"] == {
        "a: missed ORG '平川县水利局' at 0", "b: missed ORG '平川县水利局' at 0",
        "a: missed disclosed '86条' at 10", "a: surplus channel '86条' at 10",
        "b: missed disclosed '12条' at 10", "b: surplus channel '12条' at 10",
        "a: missed disclosure.total = 86.0", "a: surplus disclosure.total = 68.0",
    }  # fmt: skip


def test_the_table_of_scores_has_a_line_for_every_label(erring: Language, folder: Path) -> None:
    lines = format_scores(score_annotations(erring, folder)).splitlines()
    assert lines[0] == "suggester coverage: units 1.0000, facts 1.0000"
    words = [line.split()[0] for line in lines if line]
    assert [w for w in words if w in ("entities", "units", "facts", "fields")] == ["entities", "units", "facts", "fields"]
    assert {"ORG", "COUNT", "PROBLEM", "IMPROVEMENT", "disclosed", "channel", "disclosure"} <= set(words)


def test_evaluation_against_a_stored_result(knowing: Language, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(gov_ie.api, "load", lambda path=None: knowing)
    record = tmp_path / "result.json"
    evaluate_command(folder, None, record)
    assert not record.exists()
    assert "gained" not in capsys.readouterr().out
    evaluate_command(folder, None, record, update=True)
    stored = json.loads(record.read_text(encoding="utf-8"))
    assert stored["wrong"] == []
    record.write_text(json.dumps({**stored, "wrong": ["a: missed ORG '水利局' at 3"]}), encoding="utf-8")
    capsys.readouterr()
    evaluate_command(folder, None, record)
    shown = capsys.readouterr().out.splitlines()
    assert "gained (wrong before, right now): 1" in shown
    assert "  + a: missed ORG '水利局' at 3" in shown
    assert "lost (right before, wrong now): 0" in shown


def test_reports_without_expected_facts(folder: Path) -> None:
    first, second = read_annotated(folder)
    assert (expected_facts(first), expected_facts(second)) == (FACTS, None)


def test_units_by_rule_take_the_kind_of_their_section() -> None:
    text = "一、工作情况\n加强领导，落实责任。\n二、存在的问题\n更新不够及时；形式单一。\n三、改进措施\n今后加强培训\n落实制度。\n"
    assert [(text[s:e], label) for s, e, label in sorted(rule_units(analyse(text)))] == [("加强领导，落实责任", "MEASURE"), ("更新不够及时", "PROBLEM"), ("形式单一", "PROBLEM"), ("落实制度", "IMPROVEMENT")]


def _report(text: str, values: dict[str, Any], places: dict[str, str], scores: dict[str, float]) -> Report:
    def evidence(words: str) -> Evidence:
        return Evidence(start=text.index(words), end=text.index(words) + len(words), text=words)

    return Report(**values, evidence={path: evidence(words) for path, words in places.items()}, confidence=scores)


def test_values_are_judged_by_the_expected_facts_and_units(folder: Path) -> None:
    annotated: AnnotatedReport = read_annotated(folder)[0]
    values = {
        "organization": {"name": "平川县 水利局"},
        "disclosure": {"total": 68, "by_channel": [{"name": "官网", "count": 40}, {"name": "公报", "count": 40}]},
        "regulations": ["信息公开办法", "其他办法"],
        "problems": [{"text": "更新不够及时"}, {"text": "今后加强培训"}],
    }
    paths = ("organization.name", "disclosure.total", "disclosure.by_channel[0].count", "disclosure.by_channel[0].name", "disclosure.by_channel[1].count", "regulations[0]", "regulations[1]", "problems[0].text", "problems[1].text")
    report = _report(annotated.content.text, values, dict.fromkeys(paths, "86条"), {"disclosure.total": 0.7})
    assert judged_values(annotated, report) == [
        ("organization.name", None, True),
        ("disclosure.total", 0.7, False),
        ("disclosure.by_channel[0].count", None, True),
        ("disclosure.by_channel[1].count", None, False),
        ("regulations[0]", None, True),
        ("regulations[1]", None, False),
        ("problems[0].text", None, True),
        ("problems[1].text", None, False),
    ]


def test_without_expected_facts_nothing_is_judged(folder: Path) -> None:
    annotated = read_annotated(folder)[1]
    assert judged_values(annotated, _report(annotated.content.text, {"year": 2013}, {"year": "12条"}, {})) == []


def test_a_curve_is_fitted_where_there_are_scores_enough() -> None:
    pytest.importorskip("sklearn")
    rows = [(0.3 + 0.69 * i / 60, i > 25 or i % 3 == 0) for i in range(60)]
    row = _fit(rows)
    assert row["slope"] > 0
    report = _report("86条", {"year": 2013, "complaints": 1}, {"year": "86条", "complaints": "86条"}, {"year": 0.4, "complaints": 0.95})
    calibrate(report, {"kinds": {"year": row, "complaints": row}, "default": row})
    assert 0 < report.confidence["year"] < 0.6 < report.confidence["complaints"] < 1


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(0.5 + i / 100, i % 2 == 0) for i in range(24)], id="too few"),
        pytest.param([(0.5 + i / 100, True) for i in range(40)], id="all right"),
        pytest.param([(0.9, i % 2 == 0) for i in range(40)], id="all of one score"),
        pytest.param([(None, i % 2 == 0) for i in range(40)], id="no scores"),
        pytest.param([(0.3 + i / 100, i < 25) for i in range(50)], id="the surer, the more often wrong"),
    ],
)
def test_else_the_share_of_right_values_stands(rows: list[tuple[float | None, bool]]) -> None:
    pytest.importorskip("sklearn")
    right = sum(good for _, good in rows)
    assert _fit(rows) == {"share": round((right + 4 * 0.9) / (len(rows) + 4), 4)}


@pytest.mark.parametrize(
    ("path", "kind"),
    [("title", "title"), ("disclosure.total", "disclosure"), ("disclosure.by_category[2].count", "disclosure.by_category"), ("applications.by_channel[0].count", "applications"), ("measures[3].text", "measures"), ("regulations[0]", "regulations")],
)
def test_kinds_of_values(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_confidence_without_a_curve_is_the_share_of_its_kind() -> None:
    report = _report("86条", {"year": 2013, "complaints": 1}, {"year": "86条", "complaints": "86条"}, {"complaints": 0.99})
    calibrate(report, {"kinds": {"year": {"share": 0.97}}, "default": {"share": 0.8}})
    assert report.confidence == {"year": 0.97, "complaints": 0.8}


def test_every_dev_report_has_expected_facts() -> None:
    assert [r.name for r in read_annotated(ANNOTATIONS / "dev") if expected_facts(r) is None] == []
