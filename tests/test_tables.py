"""Printed forms in a text → cells: the ways in which real prints break them."""

from __future__ import annotations

import pytest

from gov_ie.forms import load_form
from gov_ie.tables import read_forms
from gov_ie.tables.labels import RowLabels
from gov_ie.tables.lines import Piece, find_numbers, is_blank, parse_money, parse_number, read_lines

ROWS = load_form("2021").applications.rows


def _cells(text: str) -> dict[str, float]:
    forms = read_forms(text)
    for path, cell in forms.cells.items():
        printed = text[cell.start : cell.end].translate(str.maketrans("０１２３４５６７８９", "0123456789")).replace(",", "")
        assert str(cell.value) in printed or "amount" in path or cell.value == 0, (path, cell, printed)
    return {path: cell.value for path, cell in forms.cells.items()}


# -- single cells ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("12", 12),
        (" 1,204 ", 1204),
        ("３７", 37),
        ("5件", 5),
        ("-3", -3),
        ("－3", -3),
        ("+8", 8),
        ("0", 0),
        ("12.5", 12.5),
        ("无", 0),
        ("O", 0),
        ("", None),
        ("-", None),
        ("/", None),
        ("——", None),
        ("…", None),
        ("备注", None),
        ("1 2", None),
        ("3号", None),
    ],
)
def test_what_a_cell_holds(printed: str, number: float | None) -> None:
    assert parse_number(printed) == number


@pytest.mark.parametrize(("printed", "unit", "yuan"), [("12.5", "万元", 125000), ("251000元", "万元", 251000), ("3.2万元", "元", 32000), ("0", "万元", 0), ("0.07", "万元", 700), ("1.5亿元", "元", 150000000), ("—", "元", None)])
def test_money_is_in_yuan(printed: str, unit: str, yuan: float | None) -> None:
    assert parse_money(printed, unit) == yuan


@pytest.mark.parametrize("printed", ["", " ", "-", "--", "—", "/", "\\", "　", "…", "×"])
def test_marks_that_stand_for_an_empty_cell(printed: str) -> None:
    assert is_blank(printed)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("予以公开 3 0 0 0 0 0 3", ["3", "0", "0", "0", "0", "0", "3"]),
        ("1.属于国家秘密00000002.其他法律行政法规禁止公开0100001", ["0000000", "0100001"]),
        ("1.属于国家秘密0 0 0 0 0 0 02.其他", ["0", "0", "0", "0", "0", "0", "0"]),
        ("行政许可71-465", ["71", "-465"]),
        ("采购总金额31208.5万元", ["31208.5万元"]),
        ("（六）其他处理（七）总计33", ["33"]),
        ("(1)本机关不掌握 4 - / 4", ["4", "", "", "4"]),
        ("３．要求提供公开出版物２０００００２", ["２０００００２"]),
        ("重复申请8//00083.要求", ["8//0008"]),
    ],
)
def test_numbers_in_running_print_are_told_from_enumerators(printed: str, numbers: list[str]) -> None:
    assert [piece.text for piece in find_numbers(Piece(printed, 0, len(printed)))] == numbers


# -- labels ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("一、本年新收政府信息公开申请数量", "received"),
        ("二、 上年结转政府信 息公开申请 数量", "carried_in"),
        ("三、本年度办理结果（一）予以公开", "granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("（三）不予公开1.属于国家秘密", "state_secret"),
        ("2.其他法律、行政法规禁止公开", "prohibited_by_law"),
        ("2.其它法律行政法规禁止公开", "prohibited_by_law"),
        ('3.危及"三安全一稳定"', "security_stability"),
        ("公开 1. 本机关不掌 握", "not_held"),
        ("3.补正后申请内容仍不明确", "still_unclear"),
        ("2.重复申请", "repeated"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "overdue_correction"),
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "overdue_fee"),
        ("3.其他", "other"),
        ("（六）其他处理", "other"),
        ("（七）总计", "handled"),
        ("（七）合  计", "handled"),
        ("四、结转下年度继续办理", "carried_out"),
        ("供", None),
        ("办理结果", None),
        ("全年共收到群众来信", None),
    ],
)
def test_which_row_a_printed_label_is(printed: str, row: str | None) -> None:
    match = RowLabels(ROWS).match(printed)
    assert (ROWS[match.row].key if match else None) == row


# -- lines -------------------------------------------------------------------------------------------------------------


def test_a_line_end_inside_a_tabbed_cell_is_no_end_of_the_row() -> None:
    text = "甲\t1\t2\t3\n乙\t4\t5\t6\n很长的标\n签\t7\t8\t9\n"
    assert [[cell.text for cell in line.cells] for line in read_lines(text, ())] == [["甲", "1", "2", "3"], ["乙", "4", "5", "6"], ["很长的标\n签", "7", "8", "9"]]


def test_cells_of_a_markdown_row_keep_their_offsets() -> None:
    text = "| 规章 | 2 |  | 17 |\n|---|---|---|---|\n"
    (line,) = read_lines(text, ())
    assert [(cell.text, text[cell.start : cell.end]) for cell in line.cells] == [("规章", "规章"), ("2", "2"), ("", ""), ("17", "17")]


# -- tables ------------------------------------------------------------------------------------------------------------

DISCLOSURE_2021 = "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章{}行政规范性文件{}第二十条第（五）项信息内容本年处理决定数量行政许可{}第二十条第（六）项信息内容本年处理决定数量行政处罚{}行政强制{}第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费{}"


def test_run_together_digits_of_the_first_table() -> None:
    cells = _cells("二、主动公开政府信息情况" + DISCLOSURE_2021.format("000", "4231", "812", "7", "0", "66.125") + "三、收到和处理政府信息公开申请情况")
    assert {path: value for path, value in cells.items() if path.startswith("disclosure.rules")} == {"disclosure.rules.made": 0, "disclosure.rules.repealed": 0, "disclosure.rules.in_force": 0}
    assert not any("normative" in path for path in cells), "4231 can be cut in three ways"
    assert cells["disclosure.licences.decisions"] == 812
    assert cells["disclosure.fees.amount"] == 661250


def test_cells_that_can_be_read_in_several_ways_are_named_in_a_warning() -> None:
    forms = read_forms(DISCLOSURE_2021.format("000", "4231", "812", "7", "0", "66.125"))
    assert "disclosure.normative_documents.made" in forms.unsure
    assert any("行政规范性文件" in warning and "3 ways" in warning for warning in forms.warnings)


@pytest.mark.parametrize(
    ("printed", "previous", "change", "decisions"),
    [("214-31109", 214, None, None), ("214-3109", 214, -3, 109), ("2-20", 2, -2, 0), ("0+511", 0, None, None), ("00", None, None, None), ("000", 0, 0, 0)],
)
def test_signs_and_noughts_fix_cells_of_the_form_of_2019(printed: str, previous: int | None, change: int | None, decisions: int | None) -> None:
    text = f"第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章规范性文件12第二十条第（五）项信息内容上一年项目数量本年增/减处理决定数量行政许可{printed}其他对外管理服务事项00第二十条第（六）项"
    cells = _cells(text)
    assert [cells.get(f"disclosure.licences.{column}") for column in ("previous_items", "change", "decisions")] == [previous, change, decisions]


def _run_together(rows: dict[str, str], form: str = "2021") -> str:
    """The second table with nothing between its cells; rows that are not given hold noughts."""
    described = load_form(form).applications  # type: ignore[arg-type]
    body, groups = "", ()
    for i, row in enumerate(described.rows):
        new = [g for g in row.groups if g not in groups]
        groups = row.groups
        body += "".join(new) + f"{i % 8 + 1}.{row.label}" + rows.get(row.key, "0000000")
    return described.note + "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他" + body


def test_rows_of_run_together_digits_are_cut_by_the_sums_of_row_and_column() -> None:
    # 131000014 reads as 13+1 or as 1+3+10; the rows below allow the first alone
    cells = _cells(_run_together({"received": "131000014", "granted": "91000010", "not_held": "4000004", "handled": "131000014"}))
    assert [cells[f"applications.received.{c}"] for c in ("natural_person", "enterprise", "research", "total")] == [13, 1, 0, 14]
    assert cells["applications.handled.natural_person"] == 13
    assert len([path for path in cells if path.startswith("applications.")]) == 25 * 7


def test_a_row_that_the_sums_do_not_fix_is_left_out_with_a_warning() -> None:
    forms = read_forms(_run_together({"received": "131000014", "handled": "131000014", "granted": "131000014"}))
    assert "applications.received.natural_person" not in forms.cells
    assert "applications.received.natural_person" in forms.unsure
    assert forms.cells["applications.received.total"].value == 14, "in which all readings agree"
    assert any("131000014" in warning and "2 ways" in warning for warning in forms.warnings)


def test_a_row_whose_own_sum_is_broken_is_still_cut_when_it_has_a_digit_for_each_cell() -> None:
    cells = _cells(_run_together({"received": "2100004", "granted": "3000003", "handled": "3000003"}))
    assert [cells[f"applications.received.{c}"] for c in ("natural_person", "enterprise", "total")] == [2, 1, 4]


def test_where_empty_cells_vanished_the_total_alone_is_told() -> None:
    blank = {row.key: "" for row in load_form("2019").applications.rows}
    cells = _cells(_run_together({**blank, "received": "33", "granted": "22", "not_held": "11", "handled": "33"}, form="2019"))
    assert {path: value for path, value in cells.items() if path.startswith("applications")} == {
        "applications.received.total": 3,
        "applications.granted.total": 2,
        "applications.not_held.total": 1,
        "applications.handled.total": 3,
    }


PROCEEDINGS = "行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计{}五、存在的主要问题及改进情况"


@pytest.mark.parametrize(
    ("digits", "totals"),
    [
        ("000000000000000", (0, 0, 0)),
        ("30003" + "10012" + "00203", (3, 2, 3)),  # one digit for each cell, though two blocks do not add up
        ("1200012" + "00000" + "00303", (12, 0, 3)),
        ("1101012" + "00000" + "00000", (12, 0, 0)),
        ("1200013" + "00000" + "00000", None),  # 17 digits for 15 cells, and 12 is not 13
        ("52", None),
    ],
)
def test_reviews_and_lawsuits_run_together(digits: str, totals: tuple[int | None, ...] | None) -> None:
    cells = _cells(PROCEEDINGS.format(digits))
    assert tuple(cells.get(f"{block}.total") for block in ("reviews", "litigation.direct", "litigation.after_review")) == (totals or (None, None, None))


def test_a_torn_table_is_put_together_by_the_order_of_its_rows() -> None:
    """A converter left some labels as lines of text, apart from their rows of figures."""
    described = load_form("2021").applications
    lines = ["申请人情况", "自然人总计", described.note]
    for i, row in enumerate(described.rows):
        figures = "| " + " | ".join(["2" if row.key in ("received", "repeated", "handled") else "0", *"00000", "2" if row.key in ("received", "repeated", "handled") else "0"]) + " |"
        lines += [row.label, figures] if i % 3 == 1 else [f"| {row.label} {figures}"]
    cells = _cells("\n".join(lines))
    assert {path for path, value in cells.items() if value == 2} == {f"applications.{row}.{column}" for row in ("received", "repeated", "handled") for column in ("natural_person", "total")}
    assert len(cells) == 25 * 7


@pytest.mark.parametrize(
    "prose",
    [
        "2021年共收到政府信息公开申请12件，其中予以公开5件，部分公开2件，不予公开1件，本机关不掌握相关政府信息4件。全年未发生行政复议和行政诉讼。",
        "我局严格按照规范要求办理行政许可27件、行政处罚14件、行政强制0件，行政事业性收费3.2万元，均已公开。",
        "一是属于国家秘密的不予公开；二是属于三类内部事务信息的不予公开；三是重复申请的不予处理。",
    ],
)
def test_prose_is_no_table(prose: str) -> None:
    forms = read_forms(prose)
    assert (forms.form, forms.cells, forms.stretches) == (None, {}, [])


def test_outcomes_without_totals_keep_their_other_cells() -> None:
    """Some bodies print a total of requests received and answered, and none for each outcome."""
    figures = {"received": "41,3,,,,,44", "granted": "20,1,,,,,", "not_held": "12,2,,,,,", "petition": "9,,,,,,", "handled": "41,3,,,,,44"}
    text = "\n".join(f"{row.label}\t" + figures.get(row.key, ",,,,,,").replace(",", "\t") for row in load_form("2019").applications.rows)
    cells = _cells("申请人情况\n自然人\t总计\n" + text)
    assert cells["applications.granted.natural_person"] == 20
    assert cells["applications.not_held.enterprise"] == 2
    assert cells["applications.petition.natural_person"] == 9
    assert len(cells) == 11


def test_a_label_printed_around_its_figures_and_a_row_that_is_not_printed() -> None:
    """Text of a PDF: figures stand between the two halves of a label, and 其他处理 is one row."""
    lines = ["申请人情况", "自然人 总计"]
    for row in load_form("2021").applications.rows:
        figures = "3 0 0 0 0 0 3" if row.key in ("received", "confirmation", "handled") else "0 0 0 0 0 0 0"
        if row.key == "confirmation":
            lines += [f"5.{row.label[:13]}", figures, row.label[13:]]
        elif row.key == "other":
            lines.append(f"（六）其他处理 {figures}")
        elif not row.key.startswith("overdue"):
            lines.append(f"{row.label} {figures}")
    cells = _cells("\n".join(lines))
    assert {path for path, value in cells.items() if value == 3} == {f"applications.{row}.{column}" for row in ("received", "confirmation", "handled") for column in ("natural_person", "total")}
    assert len(cells) == 23 * 7


def test_the_end_of_a_wrapped_label_does_not_take_the_row_before() -> None:
    """A misprinted label with the label of the row above on the line before it."""
    rows = load_form("2021").applications.rows
    lines = [f"{row.label} 0 0 0 0 0 0 0" for row in rows]
    at = [row.key for row in rows].index("state_secret")
    lines[at : at + 2] = ["6 0 0 0 0 0 6", "1.属于国家秘密", "办 2.其他法律行政禁公开 0 0 0 0 0 0 0"]
    cells = _cells("\n".join(["申请人情况", *lines]))
    assert cells["applications.state_secret.total"] == 6
    assert cells["applications.prohibited_by_law.total"] == 0
