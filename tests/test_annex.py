"""Statistics annexes in every print: the figures are read back, or left out with a warning, and nothing else is taken for an annex."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printing_annex import PRINTS, annex, expected

from gov_ie.forms.annex import annex_form, key
from gov_ie.reading.grid import Grid, RawCell, TextBuilder
from gov_ie.tables.annex import AnnexReading, annex_fields, annex_lists, annex_sums, read_annex


def _values(reading: AnnexReading) -> dict[str, float]:
    return {cell.name: cell.value for cell in reading.cells}


def _grid(*rows: tuple[str, ...], title: str = "") -> tuple[str, list[Grid]]:
    builder = TextBuilder()
    builder.paragraph(title)
    builder.table(RawCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return builder.text, builder.grids


WORDS = {
    "run together, figures and numbers of lines in one": (
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）条1200其中：主动公开规范性文件数条3制发规范性文件总数件3（二）通过不同渠道和方式公开政府信息的情况"
        "1.政府公报公开政府信息数条02.政府网站公开政府信息数条12003.政务微博公开政府信息数条34.政务微信公开政府信息数条5.其他方式公开政府信息数条45",
        {"主动公开政府信息数": 1200, "主动公开规范性文件数": 3, "制发规范性文件总数": 3, "政府公报公开政府信息数": 0, "政府网站公开政府信息数": 1200, "政务微博公开政府信息数": 3, "其他方式公开政府信息数": 45},
    ),
    "the same name under two headings": (
        "四、行政复议数量 件 3\n（一）维持具体行政行为数 件 1\n（二）被依法纠错数 件 2\n（三）其他情形数 件 -\n五、行政诉讼数量 件 0\n（二）被依法纠错数 件 0\n（三）其他情形数 件 /\n",
        {"行政复议数量": 3, "维持具体行政行为数": 1, "行政复议数量/被依法纠错数": 2, "行政诉讼数量": 0, "行政诉讼数量/被依法纠错数": 0},
    ),
    "money in yuan, thousands, full width": (
        "政府信息公开情况统计表\n主动公开政府信息数（条）\t１２，３４５\n依申请公开信息收取的费用\t万\n元\t0.35\n（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）\t万元\t1,200\n",
        {"主动公开政府信息数": 12345, "依申请公开信息收取的费用": 3500, "政府信息公开专项经费": 12000000},
    ),
    "names broken by blanks and line ends": (
        "附件：政府信息公开情况统计表\n统 计 指 标\t单 位\t统计数\n（一）主动公开政府信\n息数（不同渠道和方式\n公开相同信息计1条）\t条\t7\n（一）收 到 申 请 数\t件\t4\n1. 当面申\n请数\t件\t\n2. 传真申请数\t件\t—\n",
        {"主动公开政府信息数": 7, "收到申请数": 4},
    ),
    "a local annex with the running total": (
        "附表\n指标\t单位\t2012年\t历年累计\n主动公开信息数\t条\t120\t980\n其中：全文电子化的主动公开信息数\t条\t110\t800\n新增的行政规范性文件数\t条\t\t12\n申请总数\t条\t0\t5\n",
        {"主动公开信息数": 120, "全文电子化的主动公开信息数": 110, "申请总数": 0},
    ),
    "the running total first, a cell a line": (
        "附表\n指标\n单位\n历年累计\n本年度\n主动公开信息数\n条\n980\n120\n申请总数\n条\n5\n1\n行政复议数\n件\n2\n0\n",
        {"主动公开信息数": 120, "申请总数": 1, "行政复议数": 0},
    ),
    "lines numbered, and codes": (
        "附表\n序号\t指标\t单位\t代码\t数量\n1\t主动公开信息数\t条\t01\t120\n2\t申请总数\t条\t02\t\n3\t同意公开答复数\t条\t03\t2\n4\t行政复议数\t件\t04\t0\n",
        {"主动公开信息数": 120, "同意公开答复数": 2, "行政复议数": 0},
    ),
    "a list": (
        "附：政府信息公开统计表\n1、主动公开政府信息数：1200条\n2、收到申请数：9件\n3、申请办结数（件）：9\n4、专项经费（万元）：3.5\n",
        {"主动公开政府信息数": 1200, "收到申请数": 9, "申请办结数": 9, "专项经费": 35000},
    ),
    "names of its own": (
        "附件：政府信息公开情况统计表指标名称单位数量主动公开政府信息数条628通过政府网站公开条602微信公开条121收到申请数件0举报投诉数量件无",
        {"主动公开政府信息数": 628, "通过政府网站公开": 602, "微信公开": 121, "收到申请数": 0, "举报投诉数量": 0},
    ),
    "page numbers between the lines": (
        "统计指标\n单位\n统计数\n（一）收到申请数\n件\n9\n— 5 —\n1.当面申请数\n件\n5\n第 6 页 共 7 页\n2.传真申请数\n件\n0\n（二）申请办结数\n件\n9\n",
        {"收到申请数": 9, "当面申请数": 5, "传真申请数": 0, "申请办结数": 9},
    ),
}


@pytest.mark.parametrize(("text", "figures"), WORDS.values(), ids=WORDS)
def test_annexes_in_words(text: str, figures: dict[str, float]) -> None:
    reading = read_annex("二、主动公开情况\n全年公开信息86条。\n" + text)
    assert _values(reading) == figures
    assert reading.warnings == []


@pytest.mark.parametrize(
    ("text", "name", "readings"),
    [
        ("指标单位2013年历年累计主动公开信息数条120980申请总数条35行政复议数件00", "申请总数", "3 readings"),
        ("统计指标\n单位\n统计数\n收到申请数\n件\n9\n7\n申请办结数\n件\n9\n申请答复数\n件\n9\n", "收到申请数", "2 readings"),
        ("统计指标 单位 统计数\n收到申请数 件 9\n收到申请数 件 8\n申请办结数 件 9\n", "收到申请数", "2 readings"),
        ("指标 单位 上年 累计\n收到申请数 件 9 12\n申请办结数 件 9 10\n", "收到申请数", "readings"),
        ("统计指标 统计数\n收到申请数 9\n申请办结数 9\n依申请公开信息收取的费用 12\n", "依申请公开信息收取的费用", "unit"),
    ],
)
def test_what_cannot_be_told_is_left_out_and_said(text: str, name: str, readings: str) -> None:
    reading = read_annex(text)
    assert name not in _values(reading)
    assert [w for w in reading.warnings if name in w and readings in w]


def test_nested_columns_give_headings() -> None:
    builder = TextBuilder()
    rows = [("维持数", "1"), ("纠错数", "0"), ("维持数", "2"), ("纠错数", "")]
    cells = [RawCell("指标", 0, 0, columns=2), RawCell("单位", 0, 2), RawCell("数量", 0, 3), RawCell("行政复议", 1, 0, rows=2), RawCell("行政诉讼", 3, 0, rows=2)]
    cells += [RawCell(text, r + 1, c) for r, (name, figure) in enumerate(rows) for c, text in ((1, name), (2, "件"), (3, figure))]
    builder.paragraph("附表 政府信息公开情况统计表")
    builder.table(cells)
    assert _values(read_annex(builder.text, builder.grids)) == {"行政复议/维持数": 1, "行政复议/纠错数": 0, "行政诉讼/维持数": 2}


@pytest.mark.parametrize(
    ("head", "figures", "value"),
    [
        (("指标", "单位", "历年累计", "本年度"), ("40", "7"), 7),
        (("指标", "单位", "2012年", "2013年"), ("40", "7"), 7),
        (("指标名称", "计量单位", "代码", "本期实际", "本年累计"), ("01", "2", "7"), 7),
        (("项目", "单位", "数量", "备注"), ("7件", "含转办"), 7),
        (("项目", "单位", "统计数", "比上年增减"), ("7", "3"), 7),
    ],
)
def test_the_reported_years_column_of_a_table(head: tuple[str, ...], figures: tuple[str, ...], value: int) -> None:
    names = ("主动公开信息数", "申请总数", "行政复议数", "行政诉讼数")
    text, grids = _grid(head, *((name, "件", *figures) for name in names))
    assert _values(read_annex(text, grids)) == dict.fromkeys(names, value)


def test_the_stretch_runs_from_the_title_to_the_captions_below() -> None:
    annex_text = "附：政府信息公开情况统计表（2015年度）\n填报单位：某某局\n统计指标 单位 统计数\n收到申请数 件 9\n申请办结数 件 9\n单位负责人：甲 审核人：乙 填报人：丙\n联系电话：010-5550100 填报日期：2016年1月8日"
    text = f"六、其他事项\n无。\n{annex_text}\n\n某某局\n2016年1月9日\n"
    reading = read_annex(text)
    assert [text[a:b].strip() for a, b in reading.stretches] == [annex_text]
    assert _values(reading) == {"收到申请数": 9, "申请办结数": 9}


@pytest.mark.parametrize(
    "prose",
    [
        "全年收到申请数12件，其中当面申请数3件，网络申请数9件；同意公开答复数3件。行政复议数量0件，行政诉讼数量0件。",
        "一、主动公开情况\n全年主动公开政府信息数1200条。\n二、依申请公开情况\n（一）收到申请数\n本年收到申请数9件。",
        "一、主动公开情况\n二、依申请公开情况\n三、行政复议数量\n四、行政诉讼数量\n五、举报投诉数量\n",
        "信息类别 数量\n工作动态 35\n规划计划 4\n财政信息 2\n人事信息 9\n",
        "信息内容 本年制发件数 本年废止件数 现行有效件数\n行政规范性文件 3 1 12\n信息内容 本年收费金额（单位：万元）\n行政事业性收费 0\n",
        "申请人情况 自然人 法人或其他组织 总计\n一、本年新收政府信息公开申请数量 7 2 9\n二、上年结转政府信息公开申请数量 0 0 0\n（一）予以公开 5 2 7\n四、结转下年度继续办理 0 0 0\n",
        "附：政府信息公开情况统计表（略）\n",
        "",
    ],
)
def test_prose_and_other_forms_are_no_annex(prose: str) -> None:
    assert read_annex(prose) == AnnexReading()
    rows = [tuple(line.split()) for line in prose.splitlines()]
    if rows and "。" not in prose:
        assert read_annex(*_grid(*rows)) == AnnexReading()


@pytest.mark.parametrize("style", PRINTS)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), blanks=st.sampled_from([0.0, 0.1, 0.6]), lost=st.integers(0, 40))
def test_every_print_is_read_back(style: str, seed: int, blanks: float, lost: int) -> None:
    lines = annex(seed, blanks=blanks, lost=lost)
    text, grids = PRINTS[style](lines)
    reading = read_annex(text, grids)
    assert _values(reading) == expected(lines)
    assert len(reading.stretches) == 1
    for cell in reading.cells:
        assert re.fullmatch(r"[\d,.]+", text[cell.start : cell.end])


@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from([*"（一）1.2、\n\t|件条 。0-", "其中：", "收到申请数", "被依法纠错数", "统计指标单位统计数", "政府信息公开情况统计表", "120", "网站公开"]), max_size=80).map("".join))
def test_nothing_breaks_it_and_offsets_hold(text: str) -> None:
    reading = read_annex(text)
    for cell in reading.cells:
        assert text[cell.start : cell.end].strip()
        assert any(a <= cell.start < cell.end <= b for a, b in reading.stretches)
    assert all(0 <= a < b <= len(text) for a, b in reading.stretches)
    assert all(a[1] <= b[0] for a, b in zip(reading.stretches, reading.stretches[1:], strict=False))


def test_fields_lists_and_sums() -> None:
    lines = "收到申请数 件 9\n1.当面申请数 件 2\n2.传真申请数 件 0\n3.网络申请数 件 6\n4.信函申请数 件 1\n政府网站公开政府信息数 条 40\n四、行政复议数量 件 3\n（二）被依法纠错数 件 2\n五、行政诉讼数量 件 0\n（二）被依法纠错数 件 0\n七、依申请公开信息收取的费用 万元 0.2\n"
    cells = read_annex(lines).cells
    fields = {path: cell.value for path, (cell,) in annex_fields(cells).items()}
    assert fields == {"applications.received": 9, "reviews.total": 3, "reviews.corrected": 2, "litigation.total": 0, "litigation.corrected": 0, "fees.charged": 2000}
    assert {path: [(name, cell.value) for name, cell in entries] for path, entries in annex_lists(cells).items()} == {
        "applications.by_channel": [("当面", 2), ("传真", 0), ("网络", 6), ("信函", 1)],
        "disclosure.by_channel": [("政府网站", 40)],
    }
    assert [(whole.name, whole.value, [p.value for p in parts]) for whole, parts in annex_sums(cells)] == [("收到申请数", 9, [2, 0, 6, 1])]


def test_a_name_that_stands_once_finds_its_field_by_its_heading() -> None:
    cells = read_annex("统计指标 单位 统计数\n四、行政复议数量 件 3\n（二）被依法纠错数 件 2\n（三）其他情形数 件 1\n").cells
    assert [cell.name for cell in cells] == ["行政复议数量", "被依法纠错数", "其他情形数"]
    assert {path: cell.value for path, (cell,) in annex_fields(cells).items()} == {"reviews.total": 3, "reviews.corrected": 2, "reviews.other": 1}


@pytest.mark.parametrize(
    ("lines", "unavailable"),
    [
        ("同意公开答复数 件 4\n不属于本行政机关公开数 件 2\n申请信息不存在数 件 1\n", [2, 1]),
        ("同意公开答复数 件 4\n不属于本行政机关公开数 件 0\n申请信息不存在数 件 0\n", [0, 0]),
        ("同意公开答复数 件 4\n申请信息不存在数 件 1\n告知作出更改补充数 件 2\n", None),
    ],
)
def test_what_the_body_cannot_give_stands_in_two_lines(lines: str, unavailable: list[int] | None) -> None:
    found = annex_fields(read_annex(f"统计指标 单位 统计数\n收到申请数 件 9\n{lines}").cells).get("applications.unavailable")
    assert (found and [cell.value for cell in found]) == unavailable


def test_the_description_names_only_lines_that_it_describes() -> None:
    form = annex_form()
    named = [name for ways in form.fields.values() for names in ways for name in names] + [part for s in form.sums for part in (s.whole, *s.parts)]
    named += [name for entries in form.lists.values() for _, names in entries for name in names]
    assert [name for name in named if key(name.split("/")[-1]) not in form.indicators] == []
    assert [i.name for i in form.indicators.values() for above in i.under if key(above) not in form.indicators] == []
