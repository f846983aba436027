"""Forms as converters write them into text: HTML tables in Markdown, drawn borders, mark-up in the cells, lost edges, commas. All figures are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printing import PLAIN, Paragraph, Table, cells, printed_blocks, random_form
from printing.prose import report_blocks

from gov_ie.tables import read_forms
from gov_ie.tables.bordered import find_bordered
from gov_ie.tables.drawing import rewrite
from gov_ie.tables.embedded import find_embedded
from gov_ie.tables.markup import without_markup
from gov_ie.tables.separated import with_tabs

Lattice = list[list[str]]


def _filled(table: Table) -> Lattice:
    """The places of a table; what a merged cell covers is empty."""
    return [[c.text.replace("\n", "") if (c.row, c.column) == (at, column) else "" for column, c in enumerate(row)] for at, row in enumerate(table.lattice())]


def _is_figure(text: str) -> bool:
    return text != "" and text.strip("0123456789.,+-") == ""


def _wide(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def _html(table: Table, cell: Callable[[str], str] = str) -> str:
    rows = {row[0].row: row for row in table.rows()}
    return "<table>" + "".join("<tr>" + "".join(f'<td rowspan="{c.rows}" colspan="{c.columns}">{cell(c.text)}</td>' for c in rows.get(at, [])) + "</tr>" for at in range(table.height)) + "</table>\n"


def _pipes(table: Table, cell: Callable[[str], str] = str, *, edges: bool = True, bar: str = "|") -> str:
    lines = [f" {bar} ".join(cell(text) for text in row) for row in _filled(table)]
    lines.insert(1, bar.join(["---"] * len(table.weights)))
    return "".join(f"{bar} {line} {bar}\n" if edges else f"{line}\n" for line in lines)


def _boxed(table: Table, signs: str) -> str:
    """Every cell in a box; ``signs``: level border, upright border, crossing."""
    level, upright, crossing = signs
    rows = _filled(table)
    widths = [max(_wide(row[i]) for row in rows) for i in range(len(rows[0]))]
    rule = crossing + crossing.join(level * (width + 2) for width in widths) + crossing + "\n"
    return rule + "".join(upright + upright.join(f" {text}{' ' * (width - _wide(text))} " for text, width in zip(row, widths, strict=True)) + upright + "\n" + rule for row in rows)


def _covered_left_out(table: Table) -> str:
    """Cells that a merged cell above covers are not there, those beside it are: rows differ in width and end alike."""
    lines = []
    for at, row in enumerate(table.lattice()):
        lines.append("| " + " | ".join(c.text if c.column == column else "" for column, c in enumerate(row) if c.row == at) + " |")
    return "\n".join(lines) + "\n"


def _dollars(text: str) -> str:
    return f"${text}$" if _is_figure(text) else text


PRINTS: dict[str, Callable[[Table], str]] = {
    "html": _html,
    "html, paragraphs in cells": lambda table: _html(table, lambda text: f'<p style="text-align:center">{text}</p>\n'),
    "html, dollars": lambda table: _html(table, _dollars),
    "pipes": _pipes,
    "pipes, dollars": lambda table: _pipes(table, _dollars),
    "pipes, bold": lambda table: _pipes(table, lambda text: f"**{text}**" if text else ""),
    "pipes, code": lambda table: _pipes(table, lambda text: f"`{text}`" if _is_figure(text) else text),
    "pipes, escapes": lambda table: _pipes(table, lambda text: text.replace(".", r"\.").replace("-", r"\-")),
    "pipes, words parted by br": lambda table: _pipes(table, lambda text: text if _is_figure(text) else "<br>".join(text[i : i + 4] for i in range(0, len(text), 4))),
    "pipes, nbsp": lambda table: _pipes(table, lambda text: f"&nbsp;{text}"),
    "pipes, span": lambda table: _pipes(table, lambda text: f'<span lang="EN-US">{text}</span>'),
    "pipes, 件": lambda table: _pipes(table, lambda text: f"{text}件" if text.isdigit() else text),
    "wide pipes": lambda table: _pipes(table, bar="｜"),
    "drawn strokes": lambda table: _pipes(table, bar="│"),
    "no edges": lambda table: _pipes(table, edges=False),
    "covered cells left out": _covered_left_out,
    "boxes": lambda table: _boxed(table, "─│┼"),
    "plain boxes": lambda table: _boxed(table, "-|+"),
    "commas": lambda table: "".join(",".join(f'"{text}"' if "," in text else text for text in row) + "\n" for row in _filled(table)),
    "semicolons": lambda table: "".join(";".join(row) + "\n" for row in _filled(table)),
}


def _gold(tables: dict[str, Any]) -> dict[str, float]:
    return {path.removeprefix("tables."): float(value) for path, value in cells(tables) if value is not None}


@pytest.mark.parametrize("name", PRINTS)
@pytest.mark.parametrize(("form", "seed", "blanks"), [("2019", 2, 0.0), ("2021", 5, 0.0), ("2021", 4, 0.6)])
def test_forms_as_converters_write_them_are_read(name: str, form: str, seed: int, blanks: float) -> None:
    tables = random_form(form, seed, size="medium", blanks=blanks)
    text = "\n".join(block.text + "\n" if isinstance(block, Paragraph) else PRINTS[name](block) for block in printed_blocks(tables, form, seed=seed, style=PLAIN))
    forms = read_forms(text)
    printed, read = _gold(tables), {path: float(cell.value) for path, cell in forms.cells.items()}
    assert forms.form == form
    assert {path: value for path, value in read.items() if abs(printed.get(path, -1) - value) > 0.01} == {}
    assert len(read) > (0.97 if blanks == 0 else 0.9) * len(printed)
    for path, cell in forms.cells.items():
        if not path.endswith("amount"):
            assert str(cell.value) in text[cell.start : cell.end], path


@pytest.mark.parametrize("name", PRINTS)
def test_tables_that_converters_write_leave_the_prose_alone(name: str) -> None:
    tables = random_form("2021", 3, size="medium")
    blocks = report_blocks(tables, "2021", 3, PLAIN)
    text = "\n".join(block.text + "\n" if isinstance(block, Paragraph) else PRINTS[name](block) for block in blocks)
    outside, at = "", 0
    for start, end in read_forms(text).stretches:
        outside, at = outside + text[at:start], end
    outside += text[at:]
    prose = [block.text for block in blocks if isinstance(block, Paragraph) and block.role != "note"]
    assert [sentence for sentence in prose if sentence not in outside] == []
    rest = outside
    for sentence in prose:
        rest = rest.replace(sentence, "", 1)
    assert not any(c.isalnum() for c in rest), rest


# -- what is ambiguous is left out -------------------------------------------------------------------------------------


def _request_rows(rows: list[str]) -> str:
    head = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n申请人情况\n自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"]
    return head + "".join(f"{label} {row}\n" for label, row in zip(labels, rows, strict=True))


def test_where_cells_are_missing_seven_figures_that_do_not_add_up_are_no_row() -> None:
    zeros = "0 0 0 0 0 0 0"
    forms = read_forms(_request_rows(["12 0 1 0 0 0 13", "0 0", zeros, "4 1 0 0 0 3 2", "5 5", zeros, zeros, zeros]))
    assert forms.cells["applications.received.total"].value == 13
    assert "applications.partially_granted.total" not in forms.cells
    assert "applications.partially_granted.total" in forms.unsure


def test_a_broken_sum_in_a_print_that_keeps_its_cells_is_read_as_printed() -> None:
    zeros = "0 0 0 0 0 0 0"
    forms = read_forms(_request_rows(["12 0 1 0 0 0 14", *[zeros] * 7]))
    assert forms.cells["applications.received.total"].value == 14


_REVIEWS = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n" + "结果维持 结果纠正 其他结果 尚未审结 总计 " * 3 + "\n{}\n\n五、存在的主要问题及改进情况\n"


@pytest.mark.parametrize(
    ("figures", "read"),
    [
        ("1 0 0 2 3 0 0 0 0 0 4 1 0 0 5", (3, 0, 5)),
        ("1 0 0 2 3", (None, None, None)),  # three blocks are named: nothing tells which one is filled
        ("1 0 0 2 3 4 1 0 0 5", (None, None, None)),
        ("1 0 0 2 3 0 0 0 0 0 4 1 0 5\n- 2 -", (None, None, None)),  # the number of a page is no figure
    ],
)
def test_reviews_with_cells_missing_are_left_out(figures: str, read: tuple[int | None, ...]) -> None:
    found = read_forms(_REVIEWS.format(figures)).cells
    assert tuple(found[path].value if path in found else None for path in ("reviews.total", "litigation.direct.total", "litigation.after_review.total")) == read


# -- the parts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("**12**", "  12  "),
        ("$0$", " 0 "),
        ("1\\.属于", "1 .属于"),
        ("甲<br/>乙", "甲     乙"),
        ("&nbsp;3", "      3"),
        ("│3┃", "|3|"),
        ("├──┼", "+--+"),
        ("12\n.\n5\n万元\n", "12 . 5 万元\n"),
        ("第1项，共2项。", "第1项，共2项。"),
    ],
)
def test_markup_becomes_blank_and_keeps_its_length(printed: str, clean: str) -> None:
    assert without_markup(printed) == clean
    assert len(printed) == len(clean)


def test_cells_of_an_embedded_table_know_their_place() -> None:
    text = '前文\n<table><tr><td rowspan="2">甲</td><td colspan=2>乙</td></tr><tr><td> 3 </td><td><p>4</p></td></tr></table>后文'
    (drawing,) = find_embedded(text)
    assert text[drawing.start : drawing.end].startswith("<table>")
    assert text[drawing.end :] == "后文"
    assert [(c.row, c.column, c.rows, c.columns, "".join(text[a:b] for a, b in c.pieces).strip()) for c in drawing.cells] == [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "3"), (1, 2, 1, 1, "4")]


def test_a_drawn_cell_over_several_lines_is_one() -> None:
    text = "+----+----+---+\n|    | 乙 | 1 |\n|甲一|----+---+\n|    | 丙 | 2 |\n+----+----+---+\n"
    text = text.replace("|甲一|----+---+", "|甲一+----+---+")
    (drawing,) = find_bordered(text)
    assert sorted((c.row, c.column, c.rows, "".join(text[a:b] for a, b in c.pieces).strip()) for c in drawing.cells) == [(1, 0, 2, "甲一"), (1, 1, 1, "乙"), (1, 2, 1, "1"), (2, 1, 1, "丙"), (2, 2, 1, "2")]


@pytest.mark.parametrize("prose", ["甲，乙，丙，丁；\n戊，己，庚，辛。\n" * 4, "a,b,c,d\n"])
def test_commas_of_prose_are_no_separators(prose: str) -> None:
    assert with_tabs(prose) == prose


_TEXTS = st.lists(st.sampled_from(["<table>", "<tr>", "<td>", "</td>", '<td rowspan="3">', "</table>", "+--+--+\n", "| 1 |", "|", "\n", "┼", "─", "予以公开", "12", ",", '"', "**", "$", "\\", " ", "\t"]), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_every_cell_of_a_rewritten_table_points_back(text: str) -> None:
    clean = with_tabs(without_markup(text))
    assert len(clean) == len(text)
    for find in (find_embedded, find_bordered):
        view = rewrite(clean, list(find(clean)))
        for grid in view.grids:
            for cell in grid.cells:
                assert view.text[cell.start : cell.end] == cell.text
                start, end = view.back(cell.start, cell.end)
                assert 0 <= start <= end <= len(text)
                assert cell.text.startswith(clean[start:end].rstrip() or "")


@pytest.mark.parametrize(
    "piece",
    [
        "<td>",
        "<table><tr><td rowspan=9999>",
        "+--",
        "|+-=\n",
        "**$\\",
        '",',
        "1 .",
        "<td " + "x" * 50,
        "<table><td>" + " " * 20_000,
        "-" * 30_000 + "\n",
        "+" + "-" * 30_000,
        '"' * 9_000 + ",",
        "1 " * 9_000,
        "结果维持 1 ",
        "其他法律行政法规禁止公开|1 2|",
    ],
)
def test_long_texts_of_one_sort_end(piece: str) -> None:
    assert read_forms(piece * (60_000 // len(piece))) is not None
