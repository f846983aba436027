"""How well and how fast scans are read: forms are printed with invented figures, drawn as pictures, and read back.

    python benchmarks/ocr.py [--font FILE] [--dpi 150] [--forms 3] [--keep FOLDER]

Prints, for clean, leaning and badly copied pictures: the share of cells that are right (same place in the grid, same characters), of figures
that are right, and seconds a page. What is right is what the PDF's own text says. Needs the extras ``pdf`` and ``ocr``, reportlab, and a Chinese font.
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from gov_ie.reading.content import Content
from gov_ie.reading.pages.ocr import read_image
from gov_ie.reading.pages.pdf import read_pdf

FONTS = ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/arphic/uming.ttc")
ITEMS = [
    ("（一）予以公开", ""), ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""), ("（三）不予公开", "1.属于国家秘密"), ("", "2.其他法律行政法规禁止公开"), ("", "3.危及“三安全一稳定”"),
    ("", "4.保护第三方合法权益"), ("", "5.属于三类内部事务信息"), ("", "6.属于四类过程性信息"), ("（四）无法提供", "1.本机关不掌握相关政府信息"), ("", "2.没有现成信息需要另行制作"),
    ("", "3.补正后申请内容仍不明确"), ("（六）其他处理", ""), ("（七）总计", ""),
]  # fmt: skip


def form(rng: random.Random) -> bytes:
    """One page: a paragraph, and a form of ten columns with figures, most of them 0."""
    cell = ParagraphStyle("cell", fontName="han", fontSize=9, leading=11, wordWrap="CJK")
    body = ParagraphStyle("body", fontName="han", fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")

    def figures() -> list[str]:
        return [str(rng.choice([0, 0, 0, 0, rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 4999)])) for _ in range(7)]

    head = [
        [Paragraph("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", cell), "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然\n人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", "商业\n企业", "科研\n机构", "社会\n公益\n组织", "法律\n服务\n机构", "其他", ""],
        ["一、本年新收政府信息公开申请数量", "", "", *figures()],
        ["二、上年结转政府信息公开申请数量", "", "", *figures()],
    ]
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, "black"), ("FONT", (0, 0), (-1, -1), "han", 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (3, 0), (-1, -1), "CENTER"), ("SPAN", (0, 0), (2, 2)),
        ("SPAN", (3, 0), (9, 0)), ("SPAN", (3, 1), (3, 2)), ("SPAN", (4, 1), (8, 1)), ("SPAN", (9, 1), (9, 2)), ("SPAN", (0, 3), (2, 3)), ("SPAN", (0, 4), (2, 4)), ("SPAN", (0, 5), (0, 17)),
        ("SPAN", (1, 7), (1, 12)), ("SPAN", (1, 13), (1, 15)), ("SPAN", (0, 18), (2, 18)), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]  # fmt: skip
    rows = []
    for i, (first, second) in enumerate(ITEMS):
        rows.append(["\n".join("三、本年度办理结果") if i == 0 else "", Paragraph(first, cell), second, *figures()])
        if not second:
            style.append(("SPAN", (1, 5 + i), (2, 5 + i)))
    rows.append(["四、结转下年度继续办理", "", "", *figures()])
    out = io.BytesIO()
    text = f"平川县水利局在汛期前后公布水库水位、河道巡查和工程招标的各类信息，全年共收到申请{rng.randint(10, 900)}件，并在办事大厅设置查阅点供群众使用。"
    story = [Paragraph("三、收到和处理政府信息公开申请情况", body), Table(head + rows, colWidths=[24, 76, 130, *[31] * 7], style=style), Spacer(1, 20), Paragraph(text, body)]
    SimpleDocTemplate(out, pagesize=A4, leftMargin=60, rightMargin=60, topMargin=72, bottomMargin=72).build(story)
    return out.getvalue()


def bad_copy(image: Image.Image, rng: random.Random) -> Image.Image:
    """A copy of a copy: grey paper, blurred, with dirt, leaning, saved with losses."""
    image = image.point(lambda v: 40 + v * 0.8).filter(ImageFilter.GaussianBlur(0.7)).rotate(-0.8, fillcolor=244, resample=Image.Resampling.BICUBIC)
    for _ in range(300):
        image.putpixel((rng.randrange(image.width), rng.randrange(image.height)), 60)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=45)
    return Image.open(out)


VARIANTS: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "clean": lambda image, rng: image,
    "leaning by 1.7°": lambda image, rng: image.rotate(1.7, fillcolor=255, resample=Image.Resampling.BICUBIC),
    "bad copy": bad_copy,
}


def compare(right: Content, got: Content) -> tuple[int, int, int, int, list[str]]:
    """Cells, cells right, figures, figures right, and the wrong ones."""
    expected = {(t, c.row, c.column): c.text for t, grid in enumerate(right.tables) for c in grid.cells}
    found = {(t, c.row, c.column): c.text for t, grid in enumerate(got.tables) for c in grid.cells}
    figures = [k for k, text in expected.items() if text.isdecimal()]
    wrong = [f"{k}: {text!r} read as {found.get(k)!r}" for k, text in expected.items() if found.get(k) != text]
    return len(expected), len(expected) - len(wrong), len(figures), sum(found.get(k) == expected[k] for k in figures), wrong


def main() -> None:
    """Print, read back, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", default=next((f for f in FONTS if Path(f).exists()), None))
    parser.add_argument("--dpi", type=int, default=150)
    parser.add_argument("--forms", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if not options.font:
        parser.error("no Chinese font found; name one with --font")
    pdfmetrics.registerFont(TTFont("han", options.font))
    for variant, change in VARIANTS.items():
        totals, seconds, misses = [0, 0, 0, 0], 0.0, []
        for seed in range(options.forms):
            rng = random.Random(seed)
            data = form(rng)
            image = change(pypdfium2.PdfDocument(data)[0].render(scale=options.dpi / 72).to_pil().convert("L"), rng)
            out = io.BytesIO()
            image.save(out, "PNG", dpi=(options.dpi, options.dpi))
            if options.keep:
                (options.keep / f"{variant.split()[0]}-{seed}.png").write_bytes(out.getvalue())
            start = time.perf_counter()
            got = read_image(out.getvalue(), name=variant)
            seconds += time.perf_counter() - start
            *counts, wrong = compare(read_pdf(data, name=variant), got)
            totals = [a + b for a, b in zip(totals, counts, strict=True)]
            misses += wrong
        print(f"{variant:18} cells {totals[1]}/{totals[0]} ({totals[1] / totals[0]:.1%})  figures {totals[3]}/{totals[2]} ({totals[3] / totals[2]:.1%})  {seconds / options.forms:.1f} s a page")
        for miss in misses[:12]:
            print("   ", miss)


if __name__ == "__main__":
    main()
