"""Which library reads PDF files: gov_ie's own reader on PDFium (pypdfium2) against pdfplumber, by seconds a page and cells that are right.

    python benchmarks/pdf_readers.py [FILE.pdf …]

This was run once to choose, and is kept so that the choice can be looked at again. It prints forms with invented figures (ruled; ruled over a page break;
without lines), reads them with both, and counts the cells (place in the grid and words) that are right. Named files are only timed.
Needs reportlab, pypdfium2 and pdfplumber.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Spacer, Table

from gov_ie.reading.pages.pdf import read_pdf

Cells = dict[tuple[int, int, int], str]
FONT = "STSong-Light"
HEAD = [["项目", "", "申请人情况", "", "", ""], ["", "", "自然人", "商业\n企业", "科研\n机构", "总计"]]
SPANS = [("SPAN", (0, 0), (1, 1)), ("SPAN", (2, 0), (5, 0))]


def form(rows: int, *, lines: bool, seed: int, before: float = 0) -> tuple[bytes, Cells]:
    """A PDF with one form, and its cells by table, row and column."""
    rng = random.Random(seed)
    body = [["\n".join("三、办理结果") if lines and i == 0 else "", f"（{i + 1}）属于第{i + 1}类的申请", *(str(rng.randint(0, 3000)) for _ in range(4))] for i in range(rows)]
    style: list[tuple[object, ...]] = [("FONT", (0, 0), (-1, -1), FONT, 9), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("ALIGN", (2, 0), (-1, -1), "CENTER"), *SPANS]
    if lines:
        style += [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        if not before:
            style += [("SPAN", (0, 2), (0, 1 + rows))]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([Spacer(1, before), Table(HEAD + body, colWidths=[24, 150, 45, 45, 45, 45], style=style)])
    # without lines nobody can see an empty column
    cells = {(0, r, c - (not lines)): re.sub(r"\s", "", text) for r, row in enumerate(HEAD + body) for c, text in enumerate(row) if text and (lines or r > 0)}
    return out.getvalue(), cells


def by_pdfium(data: bytes) -> Cells:
    """Cells by gov_ie's reader."""
    content = read_pdf(data, name="form.pdf")
    return {(t, c.row, c.column): re.sub(r"\s", "", c.text) for t, grid in enumerate(content.tables) for c in grid.cells}


def by_pdfplumber(data: bytes) -> Cells:
    """Cells by pdfplumber; the text is asked for too, as a reader needs both."""
    cells: Cells = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = []
        for page in document.pages:
            page.extract_text()
            tables += page.extract_tables()
    for t, table in enumerate(tables):
        cells |= {(t, r, c): re.sub(r"\s", "", text) for r, row in enumerate(table) for c, text in enumerate(row) if text}
    return cells


def main() -> None:
    """Print the comparison."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    readers: dict[str, Callable[[bytes], Cells]] = {"gov_ie on pypdfium2": by_pdfium, "pdfplumber": by_pdfplumber}
    kinds = {"ruled": {"rows": 18, "lines": True}, "ruled, page break": {"rows": 18, "lines": True, "before": 520}, "without lines": {"rows": 18, "lines": False}}
    for kind, options in kinds.items():
        for name, reader in readers.items():
            right = total = 0
            seconds = 0.0
            for seed in range(5):
                data, expected = form(seed=seed, **options)  # type: ignore[arg-type]
                start = time.perf_counter()
                found = reader(data)
                seconds += time.perf_counter() - start
                total += len(expected)
                right += sum(found.get(key) == text for key, text in expected.items())
            print(f"{kind:18} {name:20} cells right {right}/{total} ({right / total:.0%})  {1000 * seconds / 5:.0f} ms a file")
    for path in sys.argv[1:]:
        data = Path(path).read_bytes()
        pages = len(read_pdf(data, name=path).pages)
        for name, reader in readers.items():
            start = time.perf_counter()
            reader(data)
            print(f"{Path(path).name:18} {name:20} {1000 * (time.perf_counter() - start) / pages:.0f} ms a page")


if __name__ == "__main__":
    main()
