"""Makes the example files from ``invented.py``: ``python examples/make_examples.py``.

One report of 2022 becomes ``form.html``, ``form.docx``, ``form.pdf`` and ``form.txt``, its tables run together as crawlers keep them; seven short ones become the
rows of ``reports.csv``. Needs the project's development dependencies and, for the PDF, a font to embed (:data:`FONTS`).
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
import zipfile
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from invented import CRAWL, REPORT, Invented  # noqa: E402
from printing import PLAIN, Block, Paragraph, Table, cells, failing, form_blocks, random_form, text  # noqa: E402
from printing.figures import description  # noqa: E402
from printing.word import document  # noqa: E402

#: Regular and bold of a font under the SIL Open Font Licence whose outlines ReportLab can embed: Debian's fonts-lxgw-wenkai.
FONTS = tuple(Path("/usr/share/fonts/truetype/lxgw-wenkai") / f"LXGWWenKai-{weight}.ttf" for weight in ("Regular", "Bold"))
_SITE = "https://www.example.org/zwgk"
_CSS = """
body{margin:0;background:#eef1f5;color:#222;font:17px/1.9 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif}
header{background:#1c4f91;color:#fff;padding:24px 0;text-align:center;font-size:27px;letter-spacing:4px}nav{background:#163e73;text-align:center}nav a{color:#fff;padding:0 20px;text-decoration:none}
main{width:900px;margin:20px auto;background:#fff;padding:24px 56px 40px}.crumbs,.meta{color:#777;font-size:14px}.meta{text-align:center;border-bottom:1px solid #ddd;padding-bottom:8px}
h1{font-size:25px;text-align:center;margin:28px 0 12px}.text p{text-indent:2em;margin:6px 0}.text p.sign{text-align:right}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5;margin:10px 0 18px}td{border:1px solid #333;padding:3px 5px;text-align:center}td.label{text-align:left}tr.part td{background:#dfe8f4}
footer{text-align:center;color:#777;font-size:13px;padding:10px 0 28px}
"""


def contents(form: str, figures: dict[str, Any]) -> dict[str, Any]:
    """The tables of the form of 2019 or 2021, noughts but for ``figures`` (see :class:`Invented`); totals and the row ``handled`` are added up.

    Raises:
        ValueError: a sum of the form does not hold.
    """
    tables = random_form(form, 0)
    for path, _ in list(cells(tables)):
        *folders, last = path.split(".")
        node = tables
        for folder in folders:
            node = node[folder]
        node[last] = 0
    for row, columns in figures.get("disclosure", {}).items():
        tables["disclosure"][row] |= columns
    requests = tables["applications"]
    for row, counts in figures.get("applications", {}).items():
        requests[row] |= dict(zip(requests[row], counts, strict=False))
    outcomes = next(rows["left"] for rows in description(form)["applications"]["sums"]["rows"] if rows["right"] == ["handled"])
    requests["handled"] = {column: sum(requests[row][column] for row in outcomes) for column in requests["handled"]}
    for row in requests.values():
        row["total"] = sum(row.values())
    for name, results in (("reviews", tables["reviews"]), *tables["litigation"].items()):
        results |= dict(zip(results, figures.get(name, ()), strict=False))
        results["total"] = sum(results.values())
    if failing(tables):
        raise ValueError(f"the figures contradict each other: {failing(tables)}")
    return tables


def annex(figures: dict[str, int]) -> str:
    """The statistics annex of 2014, run together; a line without a figure prints a nought.

    Raises:
        ValueError: the annex has no line of such a name.
    """
    rows = json.loads(resources.files("gov_ie.forms").joinpath("2014.json").read_text(encoding="utf-8"))["rows"]
    if unknown := figures.keys() - {row["name"] for row in rows}:
        raise ValueError(f"no lines of the annex: {sorted(unknown)}")
    lines = (row["enumerator"] + row["name"] + (f"（{row['note']}）" if "note" in row else "") + (f"{row['unit']}{figures.get(row['name'], 0)}" if row["unit"] else "") for row in rows)
    return "政府信息公开情况统计表统计指标单位统计数" + "".join(lines)


def blocks(report: Invented) -> list[Block]:
    """Title, paragraphs and tables of a report, without annex and signature."""

    def paragraphs(lines: str) -> list[Block]:
        return [Paragraph(line, "heading" if line[1] == "、" else "body") for line in lines.strip().splitlines()]

    tables = form_blocks(contents(report.form, report.figures), report.form, PLAIN, random.Random(0)) if report.form in ("2019", "2021") else []
    return [Paragraph(report.title, "title"), *paragraphs(report.before), *tables, *paragraphs(report.after)]


def html_article(report: Invented) -> str:
    """What a web page says of the report below its title."""
    parts = []
    for block in blocks(report)[1:]:
        if isinstance(block, Table):
            parts.append(_html_table(block))
        else:
            parts.append(f"<p><strong>{block.text}</strong></p>" if block.role == "heading" else f"<p>{block.text}</p>")
    return "\n".join([*parts, *(f'<p class="sign">{line}</p>' for line in report.signature)])


def _html_table(table: Table) -> str:
    rows = {row[0].row: row for row in table.rows()}
    lines = []
    for at in range(table.height):
        fields = ""
        for cell in rows.get(at, []):
            kind = ' class="label"' if cell.role == "label" else ""
            spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
            fields += f"<td{kind}{spans}>{escape(cell.text, quote=False)}</td>"
        part = ' class="part"' if at in rows and rows[at][0].role == "heading" else ""
        lines.append(f"<tr{part}>{fields}</tr>")
    return "\n".join(["<table>", *lines, "</table>"])


def html_page(report: Invented) -> str:
    """The report as a page of a county's web site, with what stands around it there."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>{report.title}_槐溪县人民政府</title><meta name="PubDate" content="{report.published}"><style>{_CSS}</style></head>
<body>
<header>槐溪县人民政府</header>
<nav><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></nav>
<main>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政府信息公开年报</div>
<h1>{report.title}</h1>
<div class="meta">发布时间：{report.published}　来源：{report.signature[0]}　字号：大 中 小</div>
<div class="text">
{html_article(report)}
</div>
</main>
<footer>主办单位：槐溪县人民政府办公室　网站地图　联系我们</footer>
<script>var visits = 1024;</script>
</body>
</html>
"""


def word_file(report: Invented) -> bytes:
    """The report as a Word document, set as official papers are."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    signature = [Paragraph(line) for line in report.signature]
    file = docx.Document(io.BytesIO(document([*blocks(report), *signature], PLAIN, random.Random(0))))
    for name, font, size in (("Normal", "仿宋", 15), ("Title", "宋体", 22), ("Heading 1", "黑体", 15)):
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb, style.font.bold = font, Pt(size), RGBColor(0, 0, 0), name == "Title"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        fonts.set(qn("w:eastAsia"), font)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    for paragraph in file.paragraphs:
        role = paragraph.style.name if paragraph.style else ""
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        if role == "Title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif paragraph.text in report.signature:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        else:
            paragraph.paragraph_format.first_line_indent = Pt(30)
    file.core_properties.title, file.core_properties.author = report.title, report.signature[0]
    buffer = io.BytesIO()
    file.save(buffer)
    return _undated(buffer.getvalue())


def _undated(data: bytes) -> bytes:
    """The archive with one date for every member, so that the same report gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2023, 1, 18, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pdf_file(report: Invented, *, embed: bool = True) -> bytes:
    """The report as a PDF file with ruled tables and numbered pages.

    Args:
        report: has a signature.
        embed: with the characters of :data:`FONTS` in it; else with the name of a font only, which readers of Chinese PDFs bring with them.

    Raises:
        reportlab.pdfbase.ttfonts.TTFError: there is no such font.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer
    from reportlab.platypus import Paragraph as Text

    regular, bold = ("Report", "Report-Bold") if embed else ("STSong-Light",) * 2
    for name, path in zip((regular, bold), FONTS, strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)) if embed else UnicodeCIDFont(name))
    body = ParagraphStyle("body", fontName=regular, fontSize=15, leading=26, firstLineIndent=30, wordWrap="CJK", alignment=4)
    styles = {
        "body": body,
        "heading": ParagraphStyle("heading", body, fontName=bold, spaceBefore=6, spaceAfter=4, keepWithNext=1),
        "title": ParagraphStyle("title", fontName=bold, fontSize=20, leading=34, spaceAfter=16, wordWrap="CJK", alignment=1),
        "sign": ParagraphStyle("sign", body, alignment=2, rightIndent=30),
    }
    flow: list[Flowable] = []
    for block in blocks(report):
        if isinstance(block, Table):
            flow += [_pdf_table(block, regular), Spacer(1, 10)]
        elif block.role == "title":  # in two lines, the body in the first
            flow.append(Text(block.text.replace(report.signature[0], f"{report.signature[0]}<br/>"), styles["title"]))
        else:
            flow.append(Text(block.text, styles[block.role]))
    flow += [Spacer(1, 26), *(Text(line, styles["sign"]) for line in report.signature)]

    def number(canvas: Any, _: Any) -> None:
        canvas.setFont(regular, 11)
        canvas.drawCentredString(A4[0] / 2, 45, f"— {canvas.getPageNumber()} —")

    buffer = io.BytesIO()
    margins = {"leftMargin": 66, "rightMargin": 66, "topMargin": 76, "bottomMargin": 72}
    SimpleDocTemplate(buffer, pagesize=A4, title=report.title, author=report.signature[0], invariant=1, **margins).build(flow, number, number)
    return buffer.getvalue()


def _pdf_table(table: Table, font: str) -> Any:
    from reportlab.lib.colors import HexColor, black
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Text
    from reportlab.platypus import Table as Grid

    left = ParagraphStyle("label", fontName=font, fontSize=9.5, leading=13, wordWrap="CJK", rightIndent=4)  # room for a mark that hangs
    middle = ParagraphStyle("figure", left, alignment=1, rightIndent=0)
    rows: list[list[Any]] = [[""] * len(table.weights) for _ in range(table.height)]
    commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    for cell in table.cells:
        rows[cell.row][cell.column] = Text(cell.text, left if cell.role == "label" else middle)
        corners = (cell.column, cell.row), (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
        if corners[0] != corners[1]:
            commands.append(("SPAN", *corners))
        if cell.role == "heading":
            commands.append(("BACKGROUND", *corners, HexColor("#dfe8f4")))
    return Grid(rows, [451 * weight / sum(table.weights) for weight in table.weights], style=commands)


def crawled(report: Invented) -> str:
    """The report as a crawler keeps it: title, then everything in one line, tables run together."""
    printed = text.run_together(blocks(report), PLAIN, random.Random(0)).rstrip("\n")
    return printed + "".join(f"　　{line}" for line in report.signature) + "\n"


def crawl() -> str:
    """The short reports as CSV with the columns title, text, url, published; their texts differ as those of real crawls do."""
    texts = [
        lambda report: report.before.strip(),
        lambda report: report.before.strip() + "\n附件：" + annex(report.figures),
        lambda report: "　　" + report.before.strip().replace("\n", "　　"),
        crawled,
        lambda report: crawled(report).partition("\n\n")[2],
        html_article,
        lambda report: text.lines(blocks(report), PLAIN, random.Random(0)),
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("title", "text", "url", "published"))
    for number, (report, as_text) in enumerate(zip(CRAWL, texts, strict=True), start=1):
        writer.writerow((report.title, as_text(report).strip("\n"), f"{_SITE}/{report.published[:4]}/{number}.html", report.published))
    return buffer.getvalue()


def make(folder: Path = HERE) -> None:
    """Write every file; without the font the PDF is left as it is, with a word on standard error."""
    for name, content in (("form.html", html_page(REPORT)), ("form.txt", crawled(REPORT)), ("reports.csv", crawl())):
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    (folder / "form.docx").write_bytes(word_file(REPORT))
    if all(font.is_file() for font in FONTS):
        (folder / "form.pdf").write_bytes(pdf_file(REPORT))
    else:
        print(f"form.pdf is not made: there is no {FONTS[0]} (Debian: apt install fonts-lxgw-wenkai)", file=sys.stderr)


if __name__ == "__main__":
    make()
