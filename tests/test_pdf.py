"""PDF files as offices print them, made here with invented content: what becomes text, what becomes a table, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.grid import Grid
from gov_ie.reading.pages.pdf import read_pdf

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
BODY = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")
RULED = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
KINDS = ["自然人", "商业企业", "科研机构", "其他", "总计"]
ITEMS = ["（一）予以公开", "（二）部分公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "（六）其他处理"]
SENTENCE = "平川县水利局在汛期前后公布水库水位、河道巡查和工程招标的各类信息，并在办事大厅设置查阅点供群众使用。"


def drawn(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF whose pages are drawn one by one."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for page in pages:
        canvas.setFont(FONT, 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def flowing(*story: object, furniture: Callable[[Canvas, object], None] | None = None, size: tuple[float, float] = A4) -> bytes:
    """A PDF whose contents flow over pages."""
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=size, leftMargin=72, rightMargin=72, topMargin=72, bottomMargin=72)
    nothing = furniture or (lambda canvas, doc: None)
    document.build(list(story), onFirstPage=nothing, onLaterPages=nothing)
    return out.getvalue()


def text(*lines: str, x: float = 90, top: float = 100, pitch: float = 24) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        for i, line in enumerate(lines):
            canvas.drawString(x, HEIGHT - top - i * pitch, line)

    return page


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {c.text: (c.row, c.column, c.rows, c.columns) for c in grid.cells if c.text}


def holds_together(content: Content) -> None:
    """What is promised of every content."""
    for grid in content.tables:
        taken: set[tuple[int, int]] = set()
        for cell in grid.cells:
            assert content.text[cell.start : cell.end] == cell.text
            places = {(r, c) for r in range(cell.row, cell.row + cell.rows) for c in range(cell.column, cell.column + cell.columns)}
            assert not places & taken, f"{cell} lies over another cell"
            taken |= places
    assert list(content.pages) == sorted(content.pages)
    assert all(0 <= at <= len(content.text) for at in content.pages)


# --- text ---------------------------------------------------------------------------------------------------------------------------


def test_lines_stay_lines_and_pages_are_recorded() -> None:
    content = read_pdf(drawn(text("平川县水利局2023年工作年度报告", "一、总体情况"), text("第二页的文字在这里")), name="a.pdf")
    assert content.text == "平川县水利局2023年工作年度报告\n一、总体情况\n第二页的文字在这里\n"
    assert [content.text[at:][:4] for at in content.pages] == ["平川县水", "第二页的"]
    assert content.tables == ()
    assert content.warnings == ()


def test_the_indent_of_a_paragraph_is_kept_as_two_blanks() -> None:
    content = read_pdf(flowing(Paragraph(SENTENCE, BODY), Paragraph(SENTENCE, BODY)), name="a.pdf")
    lines = content.text.splitlines()
    assert [line.startswith("\u3000\u3000") for line in lines] == [True, False, True, False] or sum(line.startswith("\u3000\u3000") for line in lines) == 2
    assert content.text.replace("\n", "").replace("\u3000", "") == SENTENCE * 2


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([(90, "共收到"), (126, "21"), (138, "件")], "共收到21件"),
        ([(90, "Open"), (130, "Data")], "Open Data"),
        ([(90, "姓"), (150, "名")], "姓  名"),
        ([(90, "甲"), (90.4, "甲"), (102, "乙"), (102.4, "乙")], "甲乙"),
        ([(90, "11"), (102, "月")], "11月"),
    ],
    ids=["figures in Chinese", "words", "far apart", "printed twice for bold", "two digits alike are not a bold one"],
)
def test_words_of_a_line(pieces: list[tuple[float, str]], expected: str) -> None:
    def page(canvas: Canvas) -> None:
        for x, piece in pieces:
            canvas.drawString(x, 600, piece)

    assert read_pdf(drawn(page), name="a.pdf").text == expected + "\n"


def test_radicals_and_ligatures_are_typed_out() -> None:
    assert read_pdf(drawn(text("⼀是⼯作⼈员")), name="a.pdf").text == "一是工作人员\n"


# --- furniture ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["- {} -", "—{}—", "第{}页", "{}", "{} / 4", "第 {} 页 共 4 页"])
def test_page_numbers_are_no_text(number: str) -> None:
    def page(n: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(90, 600, f"正文{'甲乙丙丁'[n - 1]}")
            canvas.drawCentredString(WIDTH / 2, 40, number.format(n))

        return draw

    assert read_pdf(drawn(*(page(n) for n in (1, 2, 3, 4))), name="a.pdf").text == "正文甲\n正文乙\n正文丙\n正文丁\n"


def test_a_header_is_furniture_only_where_it_repeats_on_most_pages() -> None:
    def page(header: str, body: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(90, HEIGHT - 40, header)
            canvas.drawString(90, 600, body)

        return draw

    many = [page("平川县水利局文件", f"正文{c}") for c in "甲乙丙"]
    assert read_pdf(drawn(*many), name="a.pdf").text == "正文甲\n正文乙\n正文丙\n"
    assert "平川县水利局文件" in read_pdf(drawn(*many[:2]), name="a.pdf").text


def test_a_figure_in_the_middle_of_a_page_is_no_page_number() -> None:
    assert read_pdf(drawn(text("共计", "21")), name="a.pdf").text == "共计\n21\n"


# --- ruled tables -------------------------------------------------------------------------------------------------------------------


def application_form(figures: dict[str, list[int]] | None = None) -> Table:
    """A form with a group label set downwards, header cells over columns and rows, and labels of two lines."""
    head = [["（本列数据的勾稽关系）", "", "申请人情况", "", "", "", ""], ["", "", "自然人", "法人或其他组织", "", "", "总计"], ["", "", "", "商业\n企业", "科研\n机构", "其他", ""]]
    body = [["一、本年新收申请数量", "", "21", "3", "0", "0", "24"]]
    for i, item in enumerate(ITEMS):
        label = Paragraph(item + "（区分处理的，只计这一情形，不计其他情形）", CELL) if i == 1 else item
        body.append(["\n".join("三、本年度办理结果") if i == 0 else "", label, *map(str, (figures or {}).get(item, [i, 0, 10 * i, 0, 11 * i]))])
    style = [("SPAN", (0, 0), (1, 2)), ("SPAN", (2, 0), (6, 0)), ("SPAN", (2, 1), (2, 2)), ("SPAN", (3, 1), (5, 1)), ("SPAN", (6, 1), (6, 2)), ("SPAN", (0, 3), (1, 3)), ("SPAN", (0, 4), (0, 9))]
    return Table(head + body, colWidths=[24, 170, 40, 40, 40, 40, 40], style=RULED + style)


def test_merged_cells_have_their_spans() -> None:
    content = read_pdf(flowing(Paragraph("前文。", BODY), application_form(), Paragraph("后文。", BODY)), name="a.pdf")
    (grid,) = content.tables
    holds_together(content)
    found = spans(grid)
    assert found["申请人情况"] == (0, 2, 1, 5)
    assert found["自然人"] == (1, 2, 2, 1)
    assert found["法人或其他组织"] == (1, 3, 1, 3)
    assert found["商业企业"] == (2, 3, 1, 1)
    assert found["（本列数据的勾稽关系）"] == (0, 0, 3, 2)
    assert found["三、本年度办理结果"] == (4, 0, 6, 1)
    assert found["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"] == (5, 1, 1, 1)
    assert [c.text for c in grid.cells if c.row == 8] == ["3.危及“三安全一稳定”", "4", "0", "40", "0", "44"]


def test_a_table_stands_once_between_the_paragraphs_around_it() -> None:
    content = read_pdf(flowing(Paragraph("前文。", BODY), application_form(), Paragraph("后文。", BODY)), name="a.pdf")
    assert content.text.index("前文。") < content.tables[0].start < content.tables[0].end < content.text.index("后文。")
    assert content.text.count("自然人") == 1
    assert "前文。" not in content.text[content.tables[0].start : content.tables[0].end]


def test_tables_in_a_row_stay_apart_where_words_stand_between() -> None:
    small = [["信息内容", "本年制发件数"], ["规章", "0"]]
    content = read_pdf(flowing(Table(small, style=RULED), Paragraph("四、其他", BODY), Table(small, style=RULED)), name="a.pdf")
    assert [rows(grid) for grid in content.tables] == [small, small]


def test_a_white_area_behind_every_line_of_prose_makes_no_table() -> None:
    def page(canvas: Canvas) -> None:
        for i in range(6):
            y = 700 - 24 * i
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(85, y - 6, 430, 24, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.drawString(90, y, f"这是第{'一二三四五六'[i]}行普通的文字，没有任何表格")

    content = read_pdf(drawn(page), name="a.pdf")
    assert content.tables == ()
    assert len(content.text.splitlines()) == 6


def test_a_frame_around_prose_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(80, 500, 430, 200)
        canvas.line(80, 600, 510, 600)
        canvas.drawString(90, 650, "框里的第一段")
        canvas.drawString(90, 550, "框里的第二段")

    content = read_pdf(drawn(page), name="a.pdf")
    assert content.tables == ()
    assert content.text == "框里的第一段\n框里的第二段\n"


def test_lines_drawn_as_thin_areas_are_lines() -> None:
    def page(canvas: Canvas) -> None:
        for y in (600, 630, 660):
            canvas.rect(90, y, 300, 0.5, stroke=0, fill=1)
        for x in (90, 240, 390):
            canvas.rect(x, 600, 0.5, 60, stroke=0, fill=1)
        for x, y, word in ((100, 640, "行政许可"), (250, 640, "550"), (100, 610, "行政处罚"), (250, 610, "41")):
            canvas.drawString(x, y, word)

    (grid,) = read_pdf(drawn(page), name="a.pdf").tables
    assert rows(grid) == [["行政许可", "550"], ["行政处罚", "41"]]


def test_a_table_open_at_its_sides() -> None:
    style = [s for s in RULED if s[0] != "GRID"] + [("INNERGRID", (0, 0), (-1, -1), 0.5, "black"), ("LINEABOVE", (0, 0), (-1, 0), 1, "black"), ("LINEBELOW", (0, -1), (-1, -1), 1, "black")]
    data = [["信息内容", "制发", "废止"], ["规章", "1", "2"], ["规范性文件", "3", "4"]]
    (grid,) = read_pdf(flowing(Table(data, style=style)), name="a.pdf").tables
    assert rows(grid) == data


def test_a_long_figure_that_was_wrapped_in_its_cell_is_one_figure() -> None:
    data = [["行政事业性收费", "金额"], ["元", "77302\n800.5"]]
    (grid,) = read_pdf(flowing(Table(data, colWidths=[100, 30], style=RULED)), name="a.pdf").tables
    assert rows(grid)[1] == ["元", "77302800.5"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_set_upright(angle: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(angle)
        turned = {90: (0, 1, -1, 0, WIDTH, 0), 180: (-1, 0, 0, -1, WIDTH, HEIGHT), 270: (0, -1, 1, 0, 0, WIDTH)}[angle]  # the canvas swaps width and height when a page is set to be turned
        canvas.transform(*turned)
        canvas.drawString(100, 400, "横着看的页面")
        canvas.drawString(100, 370, "第二行")

    assert read_pdf(drawn(page), name="a.pdf").text == "横着看的页面\n第二行\n"


@pytest.mark.parametrize("side", [90, -90])
def test_a_table_printed_on_its_side(side: int) -> None:
    def page(canvas: Canvas) -> None:
        if side == 90:
            canvas.translate(WIDTH, 0)
        else:
            canvas.translate(0, HEIGHT)
        canvas.rotate(side)
        table = application_form()
        table.wrapOn(canvas, HEIGHT, WIDTH)
        table.drawOn(canvas, 100, 100)

    (grid,) = read_pdf(drawn(page), name="a.pdf").tables
    assert spans(grid)["自然人"] == (1, 2, 2, 1)
    assert spans(grid)["三、本年度办理结果"] == (4, 0, 6, 1)


# --- page breaks --------------------------------------------------------------------------------------------------------------------


def cut(first: list[list[str]], second: list[list[str]], *, widths: tuple[float, ...] = (24, 170, 40, 40), styles: tuple[list, list] = ([], []), between: str = "") -> Content:  # type: ignore[type-arg]
    """A table at the foot of one page and a table at the head of the next, with page numbers."""

    def page(data: list[list[str]], style: list, y: float, number: int, above: str = "") -> Callable[[Canvas], None]:  # type: ignore[type-arg]
        def draw(canvas: Canvas) -> None:
            table = Table(data, colWidths=widths, style=RULED + style)
            _, height = table.wrapOn(canvas, 500, 700)
            table.drawOn(canvas, 90, y if number == 1 else y - height)
            canvas.setFont(FONT, 12)
            canvas.drawString(90, 780, above)
            canvas.drawCentredString(WIDTH / 2, 40, f"- {number} -")

        return draw

    content = read_pdf(drawn(page(first, styles[0], 72, 1, "三、收到和处理申请情况"), page(second, styles[1], 770, 2, between)), name="a.pdf")
    holds_together(content)
    return content


def test_a_table_over_a_page_break_is_one_grid() -> None:
    content = cut([["项", "名称", "甲", "乙"], ["1", "予以公开", "2", "3"]], [["2", "部分公开", "5", "6"]])
    (grid,) = content.tables
    assert rows(grid) == [["项", "名称", "甲", "乙"], ["1", "予以公开", "2", "3"], ["2", "部分公开", "5", "6"]]
    assert [c.page for c in grid.cells] == [1] * 8 + [2] * 4


def test_words_between_or_other_columns_keep_tables_apart() -> None:
    first, second = [["项", "名称", "甲", "乙"], ["1", "公开", "2", "3"]], [["2", "部分", "5", "6"]]
    assert len(cut(first, second, between="四、行政复议").tables) == 2


def test_a_header_that_is_repeated_is_dropped() -> None:
    header = ["项", "名称", "甲", "乙"]
    (grid,) = cut([header, ["1", "予以公开", "2", "3"]], [header, ["2", "部分公开", "5", "6"]]).tables
    assert rows(grid) == [header, ["1", "予以公开", "2", "3"], ["2", "部分公开", "5", "6"]]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [("三、结果", "", "三、结果"), ("三、结果", "三、结果", "三、结果"), ("三、", "结果", "三、结果"), ("三、结", "三、结果", "三、结果")],
    ids=["named once", "named again", "cut in two", "cut off and named again"],
)
def test_a_group_label_that_spans_the_break_is_one_cell(before: str, after: str, whole: str) -> None:
    (grid,) = cut(
        [["\n".join(before), "（一）公开", "1", "2"], ["", "（二）部分", "3", "4"]],
        [["\n".join(after), "（三）其他", "5", "6"], ["", "（四）总计", "7", "8"], ["四、结转", "", "9", "0"]],
        styles=([("SPAN", (0, 0), (0, 1)), ("LEADING", (0, 0), (0, 0), 9)], [("SPAN", (0, 0), (0, 1)), ("LEADING", (0, 0), (0, 0), 9), ("SPAN", (0, 2), (1, 2))]),
    ).tables
    assert spans(grid)[whole] == (0, 0, 4, 1)
    assert spans(grid)["（三）其他"] == (2, 1, 1, 1)
    assert spans(grid)["四、结转"] == (4, 0, 1, 2)


def test_a_row_that_the_break_has_split_is_one_row() -> None:
    (grid,) = cut([["1", "（二）部分公开（区分处理的，", "4", "0"]], [["", "只计这一情形）", "", ""], ["2", "（三）不予公开", "5", "6"]]).tables
    assert rows(grid) == [["1", "（二）部分公开（区分处理的，只计这一情形）", "4", "0"], ["2", "（三）不予公开", "5", "6"]]


def test_an_empty_figure_after_the_break_is_not_put_into_the_row_above() -> None:
    (grid,) = cut([["1", "公开", "4", "0"]], [["2", "部分公开", "", "6"]]).tables
    assert rows(grid) == [["1", "公开", "4", "0"], ["2", "部分公开", "", "6"]]


# --- tables without lines -----------------------------------------------------------------------------------------------------------

UNRULED_AT = (300, 350, 400, 450, 500)


def unruled(canvas: Canvas, labels: list[list[str]], figures: list[list[str]], *, top: float = 560, header: bool = True) -> None:
    canvas.setFont(FONT, 10)
    if header:
        canvas.drawCentredString(400, top + 60, "申请人情况")
        for x, kind in zip(UNRULED_AT, KINDS, strict=True):
            if len(kind) == 4:
                canvas.drawCentredString(x, top + 40, kind[:2])
                canvas.drawCentredString(x, top + 28, kind[2:])
            else:
                canvas.drawCentredString(x, top + 34, kind)
    y = top
    for label, row in zip(labels, figures, strict=True):
        for k, line in enumerate(label):
            canvas.drawString(90, y + 6 * (len(label) - 1) - 12 * k, line)
        for x, figure in zip(UNRULED_AT, row, strict=True):
            canvas.drawCentredString(x, y, figure)
        y -= 26


def test_figures_in_columns_are_a_table() -> None:
    figures = [["21", "3", "0", "0", "24"], ["0", "", "1", "0", "1"], ["5", "6", "7", "8", "26"]]

    def page(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "三、收到和处理政府信息公开申请情况")
        unruled(canvas, [["一、本年新收"], ["（二）部分公开（区分处理的，", "只计这一情形）"], ["四、结转下年度"]], figures)
        canvas.setFont(FONT, 12)
        canvas.drawString(90, 430, "四、行政复议情况")

    content = read_pdf(drawn(page), name="a.pdf")
    holds_together(content)
    (grid,) = content.tables
    found = rows(grid)
    assert ["自然人", "商业企业", "科研机构", "其他", "总计"] in found
    assert found[-3:] == [["一、本年新收", *figures[0]], ["（二）部分公开（区分处理的，只计这一情形）", *figures[1]], ["四、结转下年度", *figures[2]]]
    assert content.text.startswith("三、收到和处理政府信息公开申请情况\n")
    assert content.text.endswith("四、行政复议情况\n")


def test_a_table_without_lines_goes_on_after_a_page_break() -> None:
    def first(canvas: Canvas) -> None:
        unruled(canvas, [["一、新收"], ["（一）公开"]], [["1", "2", "3", "4", "10"], ["1", "0", "0", "0", "1"]], top=120)
        canvas.drawCentredString(WIDTH / 2, 40, "1")

    def second(canvas: Canvas) -> None:
        unruled(canvas, [["（二）部分"]], [["5", "6", "7", "8", "26"]], top=760, header=False)
        canvas.drawCentredString(WIDTH / 2, 40, "2")

    (grid,) = read_pdf(drawn(first, second), name="a.pdf").tables
    assert rows(grid)[-3:] == [["一、新收", "1", "2", "3", "4", "10"], ["（一）公开", "1", "0", "0", "0", "1"], ["（二）部分", "5", "6", "7", "8", "26"]]


def test_prose_with_figures_is_no_table() -> None:
    line = "收到申请21件，答复20件，公开18件，占比90%。"
    content = read_pdf(drawn(text(line, line, line)), name="a.pdf")
    assert content.tables == ()
    assert content.text == f"{line}\n" * 3


# --- what cannot be read ------------------------------------------------------------------------------------------------------------


def encrypted(password: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return drawn(text("平川县水利局2023年工作年度报告"), encrypt=StandardEncryption(password, ownerPassword="owner", strength=128))


def test_an_empty_password_is_tried() -> None:
    assert read_pdf(encrypted(""), name="a.pdf").text == "平川县水利局2023年工作年度报告\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: encrypted("secret"), "protected by a password"),
        (lambda: b"", "damaged or no PDF"),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged or no PDF"),
        (lambda: drawn(text("报告"))[:300], "damaged or no PDF"),
        (lambda: drawn(lambda canvas: None), "blank pages"),
    ],
    ids=["password", "empty", "garbage", "cut off", "blank"],
)
def test_what_cannot_be_read_is_refused_with_the_file_and_the_reason(data: Callable[[], bytes], message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read_pdf(data(), name="report.pdf")
    assert str(caught.value).startswith("report.pdf: ")
    assert "\n" not in str(caught.value)


def test_too_many_pages_are_left_out_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gov_ie.reading.pages.pdf.MAX_PAGES", 2)
    content = read_pdf(drawn(text("甲"), text("乙"), text("丙")), name="a.pdf")
    assert content.text == "甲\n乙\n"
    assert content.warnings == ("the PDF has 3 pages; only the first 2 were read",)


def test_too_many_characters_and_drawings_are_left_out_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gov_ie.reading.pages.pdf_page.MAX_CHARACTERS", 4)
    monkeypatch.setattr("gov_ie.reading.pages.pdf_page.MAX_OBJECTS", 3)

    def page(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "甲乙丙丁戊己庚辛")
        for i in range(20):
            canvas.line(90, 600 - i, 200, 600 - i)

    content = read_pdf(drawn(page), name="a.pdf")
    assert content.text == "甲乙丙丁\n"
    assert len(content.warnings) == 2
    assert all("page 1 of the PDF" in warning for warning in content.warnings)


def scan(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, WIDTH, HEIGHT)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ReadError(f"{name}: no OCR")

    monkeypatch.setattr("gov_ie.reading.pages.ocr.reader", missing)


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_without_ocr_says_what_to_install() -> None:
    with pytest.raises(ReadError, match=r"report\.pdf: PDF without a text layer .*gov-ie\[ocr\]"):
        read_pdf(drawn(scan, scan), name="report.pdf")


@pytest.mark.usefixtures("without_ocr")
def test_the_text_of_a_file_with_scanned_pages_is_read_without_ocr() -> None:
    content = read_pdf(drawn(text("第一页的文字"), scan), name="report.pdf")
    assert content.text == "第一页的文字\n"
    assert len(content.pages) == 2
    assert "page 2 of the PDF has no text layer" in content.warnings[0]
    assert "gov-ie[ocr]" in content.warnings[0]


# --- what holds for every file ------------------------------------------------------------------------------------------------------

LABELS = st.text("公开信息数量其他处理情况申请机关（）、一二", min_size=1, max_size=12)
FIGURES = st.integers(0, 99999).map(str)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.lists(st.tuples(LABELS, FIGURES, FIGURES, FIGURES), min_size=2, max_size=60))
def test_every_ruled_table_comes_back_cell_by_cell(data: list[tuple[str, str, str, str]]) -> None:
    content = read_pdf(flowing(Table(data, colWidths=[140, 50, 50, 50], style=RULED)), name="a.pdf")
    holds_together(content)
    assert [tuple(row) for grid in content.tables for row in rows(grid)] == data


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(junk=st.binary(max_size=60), at=st.floats(0, 1), size=st.sampled_from([A4, landscape(A4)]))
def test_a_damaged_file_is_read_or_refused(junk: bytes, at: float, size: tuple[float, float]) -> None:
    good = drawn(text("平川县水利局", "一、总体情况"), size=size)
    place = int(at * len(good))
    try:
        with patch("gov_ie.reading.pages.ocr.reader", side_effect=ReadError("a.pdf: no OCR")):
            content = read_pdf(good[:place] + junk + good[place + len(junk) :], name="a.pdf")
    except ReadError as error:
        content, message = None, str(error)
    assert holds_together(content) is None if content else message.startswith("a.pdf: ")
