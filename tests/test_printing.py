"""The generator of printed forms: its figures keep every sum, and each kind of print shows every figure in its place."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing import (
    FORMS,
    KINDS,
    PLAIN,
    TEXT_KINDS,
    Cell,
    Style,
    Table,
    break_sum,
    cells,
    changed,
    failing,
    folded,
    form_of,
    print_docx,
    print_form,
    print_html,
    print_lines,
    print_markdown,
    print_pdf,
    print_report,
    printed_blocks,
    random_form,
    random_style,
    report_facts,
)
from printing.figures import SIZES, share
from printing.style import Wording

APPLICANTS = ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other")
RESULTS = ("upheld", "corrected", "other", "pending")
AROUND = ("received", "carried_in", "handled", "carried_out")

contents = st.builds(
    lambda form, seed, size, zeros, blanks: (form, random_form(form, seed, size=size, zeros=zeros, blanks=blanks)),
    st.sampled_from(FORMS), st.integers(0, 10_000), st.sampled_from(sorted(SIZES)), st.sampled_from((0.0, 0.7, 1.0)), st.sampled_from((0.0, 0.5, 1.0)),
)  # fmt: skip
seeds = st.integers(0, 10_000)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def tables_of(blocks: list[Any]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def in_reading_order(blocks: list[Any]) -> str:
    """All text that is printed, without white space."""
    return squeezed("".join("".join(c.text for c in block.cells) if isinstance(block, Table) else block.text for block in blocks))


# The figures


@given(contents)
def test_every_sum_is_kept(content: tuple[str, dict[str, Any]]) -> None:
    _, tables = content
    rows = {key: {column: value or 0 for column, value in row.items()} for key, row in tables["applications"].items()}
    for row in rows.values():
        assert sum(row[column] for column in APPLICANTS) == row["total"]
    for column in (*APPLICANTS, "total"):
        assert sum(row[column] for key, row in rows.items() if key not in AROUND) == rows["handled"][column]
        assert rows["received"][column] + rows["carried_in"][column] == rows["handled"][column] + rows["carried_out"][column]
    for case in (tables["reviews"], tables["litigation"]["direct"], tables["litigation"]["after_review"]):
        assert sum(case[result] or 0 for result in RESULTS) == (case["total"] or 0)
    assert failing(tables) == []


@given(contents)
def test_counts_are_whole_and_only_a_change_is_negative(content: tuple[str, dict[str, Any]]) -> None:
    for path, value in cells(content[1]):
        if value is not None:
            assert isinstance(value, int) or path.endswith(".amount"), path
            assert value >= 0 or path.endswith(".change"), path


@pytest.mark.parametrize(("form", "count"), [("2019", 7 * 23 + 15 + 6 + 6 + 6 + 2 + 2), ("2021", 7 * 25 + 15 + 6 + 1 + 2 + 1)])
def test_a_form_has_all_its_cells(form: str, count: int) -> None:
    assert len(list(cells(random_form(form, 1)))) == count


@pytest.mark.parametrize(("size", "least", "most"), [("small", 0, 20), ("medium", 21, 900), ("large", 901, 15000)])
def test_a_body_receives_as_many_requests_as_its_size_says(size: str, least: int, most: int) -> None:
    received = [random_form("2021", seed, size=size)["applications"]["received"]["total"] for seed in range(60)]
    assert min(received) >= 0
    assert least <= max(received) <= most


@given(st.sampled_from(FORMS), seeds)
def test_blanks_stand_for_noughts_only(form: str, seed: int) -> None:
    full, half, none = (dict(cells(random_form(form, seed, blanks=share_))) for share_ in (0.0, 0.5, 1.0))
    assert None not in full.values()
    assert none == {path: value or None for path, value in full.items()}
    assert all(value in (full[path], None if full[path] == 0 else full[path]) for path, value in half.items())


@given(st.integers(0, 500), st.lists(st.floats(0, 9), min_size=1, max_size=9).filter(lambda weights: sum(weights) > 0.1), seeds)
def test_a_share_adds_up_and_gives_nothing_to_those_without_weight(total: int, weights: list[float], seed: int) -> None:
    parts = share(total, weights, random.Random(seed))
    assert sum(parts) == total
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(st.sampled_from(FORMS), seeds, st.sampled_from((0.0, 1.0)))
def test_exactly_one_figure_and_one_sum_is_broken(form: str, seed: int, blanks: float) -> None:
    tables = random_form(form, seed, size="medium", zeros=0.3, blanks=blanks)
    before = dict(cells(tables))
    broken, relation = break_sum(tables, seed)
    differing = [path for path, value in cells(broken) if value != before[path]]
    assert len(differing) == 1
    assert before[differing[0]] is not None
    assert differing[0] in relation.left + relation.right
    assert failing(broken) == [relation]
    assert dict(cells(tables)) == before


def test_no_sum_can_be_broken_where_nothing_is_printed() -> None:
    with pytest.raises(ValueError, match="no single printed figure"):
        break_sum(random_form("2021", 1, zeros=1.0, blanks=1.0), 1)


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        ("reviews.total", 1),
        ("litigation.direct.upheld", 1),
        ("applications.granted.total", 2),  # its row, and the outcomes of the column of totals
        ("applications.received.enterprise", 2),
        ("applications.handled.research", 3),  # its row, the outcomes, and the balance
        ("disclosure.penalties.decisions", 0),
    ],
)
def test_how_many_sums_hang_on_a_cell(path: str, broken: int) -> None:
    assert len(failing(changed(random_form("2021", 3, size="medium"), path, 99999))) == broken


@given(seeds)
def test_the_outcomes_of_a_group_can_be_folded_into_one_row(seed: int) -> None:
    tables = random_form("2021", seed, size="medium", zeros=0.2)
    other = folded(tables)
    assert "overdue_fee" not in other["applications"]
    assert other["applications"]["other"]["total"] == sum(tables["applications"][key]["total"] for key in ("overdue_correction", "overdue_fee", "other"))
    assert failing(other) == []
    assert form_of(other) == "2021"
    labels = [c.text for t in tables_of(printed_blocks(other, "2021", seed=seed, style=PLAIN)) for c in t.cells if c.role == "label"]
    assert "（六）其他处理" in labels
    assert "3.其他" not in labels
    assert folded(random_form("2019", seed)) == random_form("2019", seed)


# The words


@pytest.mark.parametrize(
    ("style", "value", "printed"),
    [
        (Style(), 0, "0"),
        (Style(), None, ""),
        (Style(empty="—"), None, "—"),
        (Style(empty="—"), 0, "0"),
        (Style(), 1234, "1234"),
        (Style(thousands=True), 1234, "1,234"),
        (Style(digits="full"), 1234, "１２３４"),
        (Style(plus=True), 82, "+82"),
        (Style(plus=True), 0, "0"),
        (Style(plus=True), -59, "-59"),
    ],
)
def test_counts_as_printed(style: Style, value: int | None, printed: str) -> None:
    assert Wording(style, random.Random(0)).count(value, signed=True) == printed


@pytest.mark.parametrize(
    ("style", "yuan", "unit", "head", "printed"),
    [
        (Style(), 6543217.5, "万元", "本年收费金额（单位：万元）", "654.32175"),
        (Style(money="元"), 6500000, "万元", "本年收费金额（单位：万元）", "650"),
        (Style(money="元"), 251000, "万元", "本年收费金额", "251000元"),
        (Style(money="bare"), 251000, "万元", "本年收费金额", "25.1"),
        (Style(money="万元"), 12345000, "元", "采购总金额", "1234.5万元"),
        (Style(money="元"), 251000, "元", "采购总金额", "251000元"),
        (Style(money="bare"), 251000.5, "元", "采购总金额", "251000.5"),
        (Style(money="万元"), 0, "元", "采购总金额", "0"),
        (Style(empty="/"), None, "元", "采购总金额", "/"),
    ],
)
def test_money_as_printed(style: Style, yuan: float | None, unit: str, head: str, printed: str) -> None:
    assert Wording(style, random.Random(0)).amount(yuan, unit=unit, head=head) == printed


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (Style(), "3.危及“三安全一稳定”（甲）"),
        (Style(numeral="、"), "3、危及“三安全一稳定”（甲）"),
        (Style(numeral="．", brackets="half"), "3．危及“三安全一稳定”(甲)"),
        (Style(quotes="straight"), '3.危及"三安全一稳定"（甲）'),
        (Style(variants=1.0), "3.另一说法"),
    ],
)
def test_labels_as_printed(style: Style, printed: str) -> None:
    assert Wording(style, random.Random(0)).label("危及“三安全一稳定”（甲）", ["另一说法"], enumerator="3.") == printed


@given(seeds, st.sampled_from(("总计", "属于国家秘密", "第一项")), st.sampled_from(("", "一、", "（七）", "5.")))
def test_a_broken_label_keeps_its_characters_and_its_enumerator(seed: int, label: str, enumerator: str) -> None:
    text = Wording(Style(broken=1.0), random.Random(seed)).label(label, enumerator=enumerator)
    assert text != enumerator + label
    assert squeezed(text) == enumerator + label
    assert text.startswith(enumerator)


# The tables


@given(contents, seeds)
def test_cells_fill_the_grid_without_gap_or_overlap(content: tuple[str, dict[str, Any]], seed: int) -> None:
    form, tables = content
    for table in tables_of(printed_blocks(tables, form, seed=seed)):
        assert sum(c.rows * c.columns for c in table.cells) == table.height * len(table.weights)
        assert {c for row in table.lattice() for c in row} == set(table.cells)
        assert list(table.cells) == sorted(table.cells, key=lambda c: (c.row, c.column))


@given(contents, seeds)
def test_every_figure_of_the_contents_has_its_cell(content: tuple[str, dict[str, Any]], seed: int) -> None:
    form, tables = content
    style = random_style(seed)
    printed = {c.path: c.text for table in tables_of(printed_blocks(tables, form, seed=seed)) for c in table.cells if c.path}
    assert printed.keys() == dict(cells(tables)).keys()
    assert {path for path, text in printed.items() if text == style.empty} == {path for path, value in cells(tables) if value is None}


def test_what_has_no_contents_is_not_printed() -> None:
    tables = random_form("2021", 1)
    del tables["applications"]
    assert len(tables_of(printed_blocks(tables, "2021", seed=1, style=PLAIN))) == 2


def test_the_plain_style_prints_the_form_as_issued() -> None:
    tables = random_form("2021", 1)
    text = print_lines(tables, "2021", seed=1, style=PLAIN)
    for words in ("二、主动公开政府信息情况", "第二十条第（八）项", "本年收费金额（单位：万元）", "法人或其他组织", "三、本年度办理结果", "（七）总计", "四、结转下年度继续办理", "复议后起诉"):
        assert words in text.split("\n")


# Each kind of print


def unmarked(page: str) -> str:
    """The text of a page's article."""
    return squeezed(unescape(re.sub(r"<[^>]*>", "", page.partition('<div class="article">')[2])))


@given(contents, seeds, st.sampled_from(("html", "lines", "tabs", "blanks", "run-together")))
def test_text_stands_whole_and_in_reading_order(content: tuple[str, dict[str, Any]], seed: int, kind: str) -> None:
    form, tables = content
    printed = str(print_form(tables, form, kind, seed=seed))
    assert (unmarked(printed) if kind == "html" else squeezed(printed)) == in_reading_order(printed_blocks(tables, form, seed=seed))


def test_html_prints_the_spans() -> None:
    page = print_html(random_form("2019", 1), "2019", seed=1, style=PLAIN)
    assert 'colspan="3" rowspan="3"' in page
    assert 'rowspan="20"' in page


@given(contents, seeds)
def test_a_clean_markdown_table_has_every_figure_in_its_column(content: tuple[str, dict[str, Any]], seed: int) -> None:
    form, tables = content
    lines = [line[2:-2].split(" | ") for line in print_markdown(tables, form, seed=seed).split("\n") if line.startswith("| ")]
    at = 0
    for table in tables_of(printed_blocks(tables, form, seed=seed)):
        for cell in table.cells:
            if cell.role == "figure":
                assert lines[at + cell.row][cell.column] == cell.text
        at += table.height
    assert at == len(lines)


@given(contents, seeds)
def test_torn_markdown_keeps_the_figures_of_a_row_together_and_the_rows_in_order(content: tuple[str, dict[str, Any]], seed: int) -> None:
    form, tables = content
    text, at = print_markdown(tables, form, seed=seed, torn=True), 0
    for table in tables_of(printed_blocks(tables, form, seed=seed)):
        for row in table.rows():
            figures = [c.text for c in row if c.role == "figure"]
            looks = [" | ".join(figures), " ".join(f for f in figures if f)]  # a table of its own, or a line of text
            found = [(place, len(look)) for look in looks if (place := text.find(look, at)) >= 0]
            assert found, figures
            at = sum(min(found)) if figures else at


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(6))
def test_word_documents_hold_the_grid(form: str, seed: int) -> None:
    import docx

    tables = random_form(form, seed, size="large", blanks=0.5)
    file = docx.Document(io.BytesIO(print_docx(tables, form, seed=seed)))
    expected = tables_of(printed_blocks(tables, form, seed=seed))
    assert len(file.tables) == len(expected)
    for table, printed in zip(expected, file.tables, strict=True):
        rows = [row.cells for row in printed.rows]
        for cell in table.cells:
            assert rows[cell.row][cell.column].text == cell.text
            assert rows[cell.row][cell.column]._tc is rows[cell.row][cell.column + cell.columns - 1]._tc


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(6))
def test_pdf_pages_hold_all_characters(form: str, seed: int, ruled: bool) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    tables = random_form(form, seed, size="large", blanks=0.5)
    style = random_style(seed)
    document = pdfium.PdfDocument(print_pdf(tables, form, seed=seed, ruled=ruled))
    found = Counter(squeezed("".join(page.get_textpage().get_text_range() for page in document)))
    expected = Counter(in_reading_order(printed_blocks(tables, form, seed=seed)))
    assert expected - found == Counter()
    if not style.repeat:
        assert set(found - expected) <= set("-123456789")  # page numbers


@given(contents, seeds)
def test_a_row_of_a_pdf_is_split_without_loss(content: tuple[str, dict[str, Any]], seed: int) -> None:
    """Every line of every cell is drawn once, wherever the pages end."""
    from printing.pdf import _Press

    form, tables = content
    drawn: list[tuple[Cell, str]] = []

    class Press(_Press):
        def _fill(self, cell: Cell, box: tuple[float, float, float, float], lines: list[str]) -> None:
            drawn.extend((cell, line) for line in lines)

    press = Press(Style(repeat=False), random.Random(seed), True)
    for table in tables_of(printed_blocks(tables, form, seed=seed)):
        drawn.clear()
        press._y -= seed % 600
        if press._y < 90:
            press._turn()
        press.table(table)
        together: dict[Cell, str] = {}
        for cell, line in drawn:
            together[cell] = together.get(cell, "") + line
        assert {cell: squeezed(text) for cell, text in together.items() if text} == {c: squeezed(c.text) for c in table.cells if c.text}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_gives_the_same_print(form: str, kind: str) -> None:
    tables = random_form(form, 5)
    assert tables == random_form(form, 5)
    assert tables != random_form(form, 6)
    prints = [print_report(tables, form, kind, seed) for seed in (5, 5, 6)]
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]


@given(contents, seeds, st.sampled_from(TEXT_KINDS))
def test_a_report_says_what_its_facts_say(content: tuple[str, dict[str, Any]], seed: int, kind: str) -> None:
    form, tables = content
    facts = report_facts(form, seed)
    text = str(print_report(tables, form, kind, seed))
    assert facts["title"] in text
    assert facts["organization.name"] in facts["title"]
    assert f"自{facts['year']}年1月1日起至{facts['year']}年12月31日" in text
    places = [text.index(heading) for heading in ("一、总体情况", "五、存在的主要问题", "六、其他需要报告的事项")]
    assert places == sorted(places)
