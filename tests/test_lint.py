"""The lint of annotated reports: what it finds, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from gov_ie.corpus import lint
from gov_ie.corpus.lint import lint_text


def _found(marked: str) -> list[tuple[str, int, int]]:
    return [(f.level, f.line, f.column) for f in lint_text(marked)]


@pytest.mark.parametrize(
    "marked",
    [
        "{ORG 平川县水利局}{YEAR 2013年}政府信息公开工作年度报告",
        "{MEASURE 全年召开专题会议{COUNT:meetings 3次}，{ORG 局办公室}牵头修订了{REGULATION 《政府信息公开指南》}}。",
        "一是{PROBLEM 更新不够及时}；二是{PROBLEM 形式单一}。",
        "（一）{IMPROVEMENT 加强培训}。\n（二）{IMPROVEMENT 完善制度}。",
        "{NULL:reviews,lawsuits 未发生因政府信息公开引起的行政复议和行政诉讼}。",
        "通过{CHANNEL {ORG 县政府}门户网站}公开{COUNT:channel 40条}，占{PERCENT:category 46.5%}。",
        "{MEASURE 把公开工作纳入各科室目标管理，与业务工作一同部署，一同列入本单位的\n- 2 -\n年度考核，逐月通报}。",
        "答复在20日内作出，共5个工作日。",
        r"附件目录\{略\}。",
    ],
)
def test_good_annotations_raise_nothing(marked: str) -> None:
    assert _found(marked) == []


@pytest.mark.parametrize(
    ("marked", "place", "words"),
    [
        ("公开{COUNT:disclosed 86条", (1, 3), "never closed"),
        ("公开}86条", (1, 3), "closes nothing"),
        ("首行\n又是{BODY 平川县水利局}", (2, 9), "no such label"),
        ("公开{COUNT:published 86条}", (1, 20), "no such role"),
        ("{ORG:disclosed 平川县水利局}", (1, 16), "only figures and NULL"),
        ("{NULL 没有收到申请}", (1, 7), "says not what is denied"),
        ("由{ORG 平川县水利局，}负责", (1, 7), "blank or a mark"),
        ("由{ORG  平川县水利局}负责", (1, 7), "blank or a mark"),
        ("{REGULATION {ORG 国务院}令第711号}", (1, 18), "entities overlap"),
        ("{PROBLEM 更新不及时，{PROBLEM 形式单一}}。", (1, 25), "units overlap"),
        ("一是{PROBLEM 更新不够及时。二是形式单一}。", (1, 12), "not a whole unit"),
        ("{MEASURE 一是加强培训}。", (1, 10), "not a whole unit"),
        ("{MEASURE 加强培训，}{PROBLEM 形式单一}。", (1, 10), "blank or a mark"),
    ],
)
def test_an_error_is_found_where_it_stands(marked: str, place: tuple[int, int], words: str) -> None:
    errors = [f for f in lint_text(marked) if f.level == "error"]
    assert any(words in f.message and (f.line, f.column) == place for f in errors), errors


@pytest.mark.parametrize(
    ("marked", "label"),
    [
        ("主动公开信息86条。", "COUNT"),
        ("参训57人次。", "COUNT"),
        ("2013年，我局认真工作。", "YEAR"),
        ("于2015年2月9日印发。", "DATE"),
        ("占48.65%。", "PERCENT"),
        ("按照《政府信息公开条例》要求。", "REGULATION"),
        ("投入3.5万元。", "MONEY"),
    ],
)
def test_what_looks_unlabelled_is_hinted_at(marked: str, label: str) -> None:
    hints = [f for f in lint_text(marked) if f.level == "hint"]
    assert [label in h.message for h in hints] == [True]


def test_a_labelled_figure_and_a_printed_form_give_no_hint() -> None:
    form = "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n行政规范性文件 3 1 12\n本年处理决定数量\n行政许可 205件\n"
    assert _found("公开{COUNT:disclosed 86条}。\n" + form) == []


def test_the_command_names_file_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_text("标题\n{BODY 甲局}", encoding="utf-8")
    good.write_text("{ORG 平川县水利局}。", encoding="utf-8")
    assert lint.main([str(good)]) == 0
    assert capsys.readouterr().out == ""
    assert lint.main([str(good), str(bad)]) == 1
    assert capsys.readouterr().out.startswith(f"{bad}:2:7: error: ")


def test_hints_alone_do_not_fail(tmp_path: Path) -> None:
    file = tmp_path / "hint.txt"
    file.write_text("主动公开信息86条。", encoding="utf-8")
    assert lint.main([str(file)]) == 0
