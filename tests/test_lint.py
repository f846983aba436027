"""The lint of annotated reports: what it finds, and where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ANNOTATIONS
from spacy.vocab import Vocab

from gov_ie.corpus import lint
from gov_ie.corpus.lint import lint_text
from gov_ie.corpus.reports import read_annotated, tidied_annotations
from gov_ie.pipeline.tokenizer import PkusegTokenizer


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
        "通过{CHANNEL {ORG 县政府}门户网站}公开{COUNT:channel 40条}，{CATEGORY 工作动态}占{PERCENT:category 46.5%}。",
        "{MEASURE 把公开工作纳入各科室目标管理，与业务工作一同部署，一同列入本单位的\n- 2 -\n年度考核，逐月通报}。",
        "答复在20日内作出，共5个工作日。",
        r"附件目录\{略\}。",
        "网站分为{COUNT 3个}栏目，{COUNT 231\n.8万条}信息",
        "依据{REGULATION 《关于“公开什么？”的通知》}，请登录{URL http://www.example.cn/a?b=1;c=2}查阅。",
        "{MEASURE {NULL:press_conferences 没有开过新闻发布会}}。",
        "{NULL:route {ROUTE 网络}和{ROUTE 传真}方式均为零申请}。",
        "{MEASURE {ORG 县政府}第19次常务会议研究公开工作}。",
        "主动公开政府信息数（不同渠道和方式公开相同信息计1条）。",
        "{ORG 本溪市民政局}、{ORG 全国人大常委会}、{ORG 各庄镇人民政府}。",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_good_annotations_raise_nothing(marked: str, line_end: str) -> None:
    assert _found(marked.replace("\n", line_end)) == []


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
        # borders of tokens
        ("总计000001000100000{YEAR 2021年}因信息公开引起的诉讼", (1, 24), "inside '0000010001000002021'"),
        ("首行\n公开{COUNT:disclosed 8}6条。", (2, 20), "inside '86'"),
        ("升级到{ORG App}Store。", (1, 9), "inside 'AppStore'"),
        ("公开\u3000{COUNT:disclosed 1 2}3 条。", (1, 21), "inside '123'"),
        ("将公开内容、公开时限、公开方式和公开程序\n- {COUNT 2} -\n逐项列明，并向社会公布。", (2, 10), "does not read"),
        # labels in labels
        ("{CHANNEL {ROUTE 网络}平台}", (1, 17), "names overlap"),
        ("{NULL:reviews 无{NULL:lawsuits 诉讼}复议}", (1, 31), "denials overlap"),
        ("{ORG {MEASURE 加强培训}办公室}。", (1, 15), "a unit may hold other labels"),
        ("{NULL:reviews {MEASURE 加强培训}，无复议}。", (1, 24), "a unit may hold other labels"),
        ("由{ORG 县水利局。县教育局}负责。", (1, 7), "runs over the end of a unit"),
        # roles and what states them
        ("公开{PERCENT:disclosed 30%}。", (1, 22), "disclosed is stated by a COUNT"),
        ("率为{COUNT:electronic_rate 98个}。", (1, 26), "electronic_rate is stated by a PERCENT"),
        ("{COUNT:budget 3个}。", (1, 15), "budget is stated by a MONEY"),
        ("{CATEGORY 机构}占{MONEY:category 3元}。", (1, 31), "category is stated by a COUNT or a PERCENT"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_error_is_found_where_it_stands(marked: str, place: tuple[int, int], words: str, line_end: str) -> None:
    errors = [f for f in lint_text(marked.replace("\n", line_end)) if f.level == "error"]
    assert any(words in f.message and (f.line, f.column) == place for f in errors), errors


def test_a_segmenter_moves_no_border_of_a_token(small_segmenter: Path) -> None:
    """So the lint may do without one."""
    bare, cutting = PkusegTokenizer(Vocab()), PkusegTokenizer(Vocab())
    cutting.initialize(pkuseg_model=str(small_segmenter))
    texts = [tidied_annotations(report.content).text for report in read_annotated(ANNOTATIONS / "dev")[::8]]
    assert [[t.idx for t in bare(text)] for text in texts] == [[t.idx for t in cutting(text)] for text in texts]


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


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("{MEASURE 各科室配合{ORG 本局}做好公开}。", "no particular body"),
        ("{MEASURE 印发{ORG 各乡镇人民政府}执行}。", "no particular body"),
        ("接受{ORG 上级部门}检查。", "no particular body"),
        ("公开财政信息{COUNT:category 40条}。", "no {CATEGORY …} near it"),
        ("通过网站公开{COUNT:channel 40条}。", "no {CHANNEL …} near it"),
        ("信函申请{COUNT:route 4件}。", "no {ROUTE …} near it"),
        ("信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 {COUNT 0 件} 0 0\n行政规范性文件 3 1 12\n本年处理决定数量\n行政许可 205件\n", "printed form"),
    ],
)
def test_what_is_mostly_wrong_is_hinted_at(marked: str, words: str) -> None:
    [found] = lint_text(marked)
    assert found.level == "hint"
    assert words in found.message


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


GOOD = "{ORG 平川县水利局}公开政府信息{COUNT:disclosed 86条}。\n"


def _write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.mark.parametrize(
    ("files", "looked_at"),
    [
        ({"a.txt": GOOD, "b.txt": GOOD}, 2),
        ({"train/a.txt": GOOD, "dev/b.txt": "{ORG 东湾镇}{YEAR 2016年}年报。"}, 2),
        ({"a.txt": GOOD, "train/b.txt": GOOD, "drafts/c.txt": "公开{COUNT:disclosed 86条"}, 2),
        ({"a.txt": GOOD, "notes.md": "公开{COUNT:disclosed 86条"}, 1),
    ],
)
def test_of_a_folder_its_reports_and_those_of_train_and_dev_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str | bytes], looked_at: int) -> None:
    folder = _write(tmp_path, files)
    assert lint.main([str(folder), str(folder / next(iter(files)))]) == 0  # a file that is named twice is checked once
    assert capsys.readouterr().err == f"{looked_at} report(s): 0 error(s), 0 hint(s)\n"


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        ({"a.txt": "好\n公开".encode() + b"\xff"}, ["a.txt:2:3: error: offset 10: not UTF-8; save the file as UTF-8"]),
        ({"a.txt": GOOD, "b.txt": "公开{COUNT:disclosed 86条"}, ["b.txt:1:3: error: {COUNT … is never closed"]),
        ({"a.txt": GOOD, "labels.json": '{"HOTLINE": "x",\n "ORG": "y"}'}, ["labels.json:1:1: error: ORG is a label of the project already; leave it out here, or take another name"]),
        ({"train/a.txt": GOOD, "dev/b.txt": "年报。", "labels.json": "{\n HOTLINE}"}, ['labels.json:2:2: error: offset 3: no JSON (Expecting property name enclosed in double quotes); write {"LABEL": "what it covers"}']),
        ({"a.txt": GOOD, "a.facts.json": '{"disclosure":\n {"total": "many"}}'}, ["a.facts.json:2:12: error: disclosure.total: Input should be a valid integer, unable to parse string as an integer; the fields are those of 'gov-ie schema'"]),
        ({"a.txt": GOOD, "a.facts.json": '{"disclosure":\r\n {"total": 86,}}'}, ["a.facts.json:2:14: error: offset 29: no JSON (Illegal trailing comma before end of object)", "a.facts.json:2:15: error: offset 30: no JSON (Expecting property name enclosed in double quotes)"]),
        ({"a.txt": GOOD, "b.facts.json": "{}"}, ["b.facts.json:1:1: error: no report of this name (*.txt) beside it"]),
        ({"a.md": GOOD}, [":1:1: error: no annotated report (*.txt) in this folder, nor in train/ or dev/ below"]),
    ],
)
def test_what_cannot_be_read_is_an_error_among_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str | bytes], lines: list[str]) -> None:
    missing = tmp_path / "missing.txt"
    assert lint.main([str(missing), str(_write(tmp_path / "reports", files))]) == 1
    first, *others = capsys.readouterr().out.splitlines()
    assert first == f"{missing}:1:1: error: cannot be read (No such file or directory)"
    [line] = others
    assert line.removeprefix(f"{tmp_path / 'reports'}").lstrip("/") in lines  # Python's own words on bad JSON vary


def test_the_findings_of_a_file_stand_together_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _write(tmp_path, {"a.txt": "公开信息86条。\r\n由{BODY 甲局}和{ORG 本局}办理12件。\r\n", "b.txt": "{ORG 甲局，}"})
    assert lint.main([str(folder)]) == 1
    out, err = capsys.readouterr()
    places = [line.removeprefix(f"{folder}/").split(": ")[:2] for line in out.splitlines()]
    assert places == [["a.txt:1:5", "hint"], ["a.txt:2:8", "error"], ["a.txt:2:17", "hint"], ["a.txt:2:22", "hint"], ["b.txt:1:6", "error"]]
    assert err == "2 report(s): 2 error(s), 3 hint(s)\n"


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    file = _write(tmp_path, {"a.txt": "{ORG 甲局，}"}) / "a.txt"
    done = subprocess.run([sys.executable, "-m", "gov_ie.corpus.lint", file], capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "1 report(s): 1 error(s), 0 hint(s)\n")
    assert done.stdout.startswith(f"{file}:1:6: error: ")
