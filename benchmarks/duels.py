"""The files that :mod:`reading` times: printed by the project's own generator, with the bare library that reads each of them.

Everything is made with fixed seeds; a kind whose library is missing raises ``ImportError``.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from printing import FORMS, print_report, random_form

from gov_ie.reading import read_all

Work = Callable[[], Any]
SEED = 40_000
SIZES = ("small", "medium", "large")
ANNOTATIONS = Path(__file__).parent.parent / "annotations" / "dev"
#: Rows of the files of records, and members of the archive.
ROWS = 100
#: Resolution at which a page is drawn for OCR, in dots per inch.
DPI = 200
#: Longer than LibreOffice ever takes for one report.
TIMEOUT = 120


@dataclass(frozen=True)
class Duel:
    """One kind of file: our reading of it, the bare library's, and how many ``unit`` both read in a turn. ``slow``: a turn takes seconds, and is taken at most :data:`SLOW_ROUNDS` times."""

    kind: str
    bare_name: str
    ours: Work
    bare: Work
    number: int
    unit: str = "files"
    slow: bool = False


def printed(kind: str, number: int) -> list[bytes]:
    """``number`` reports of a kind of print, all different."""
    found = []
    for i in range(number):
        form = FORMS[i % len(FORMS)]
        page = print_report(random_form(form, SEED + i, size=SIZES[i % len(SIZES)]), form, kind, SEED + i)
        found.append(page if isinstance(page, bytes) else page.encode())
    return found


def reports(folder: Path, kind: str, ending: str, number: int, encoding: str = "utf-8") -> list[Path]:
    """The same in files."""
    files = []
    for i, data in enumerate(printed(kind, number)):
        file = folder / f"{kind}-{encoding}-{i}{ending}"
        file.write_bytes(data if encoding == "utf-8" else data.decode().encode(encoding))
        files.append(file)
    return files


def longer_reports(folder: Path, number: int) -> list[Path]:
    """Annotated reports with a printed form behind them."""
    from gov_ie.corpus.reports import read_annotated

    annotated = read_annotated(ANNOTATIONS)
    files = []
    for i, form in enumerate(printed("lines", number)):
        file = folder / f"longer-{i}.txt"
        file.write_text(f"{annotated[i % len(annotated)].content.text}\n{form.decode()}", encoding="utf-8")
        files.append(file)
    return files


def over(files: Iterable[Path], work: Callable[[bytes], Any]) -> Work:
    """One turn of a bare library: the bytes of each file, and what the library does with them."""
    kept = list(files)

    def turn() -> None:
        for file in kept:
            work(file.read_bytes())

    return turn


def ours(files: Iterable[Path]) -> Work:
    """One turn of gov_ie, one file after the other."""
    kept = list(files)
    return lambda: list(read_all(kept))


def texts(folder: Path, number: int) -> Iterable[Duel]:
    """Plain text in two encodings, and Markdown."""
    for name, kind, ending, encoding in (("txt, UTF-8", "lines", ".txt", "utf-8"), ("txt, GB18030", "lines", ".txt", "gb18030"), ("md", "md", ".md", "utf-8")):
        files = reports(folder, kind, ending, number, encoding)
        yield Duel(name, "bytes.decode", ours(files), over(files, partial(bytes.decode, encoding=encoding)), number)


def pages_of_web(folder: Path, number: int) -> Iterable[Duel]:
    """Web pages."""
    from lxml.html import document_fromstring

    files = reports(folder, "html", ".html", number)
    yield Duel("html", "lxml.html.document_fromstring", ours(files), over(files, document_fromstring), number)


def words_of(data: bytes) -> list[str]:
    """What python-docx gives of a Word file: the paragraphs, and the cells row by row."""
    import docx

    document = docx.Document(io.BytesIO(data))
    return [p.text for p in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def word_files(folder: Path, number: int) -> Iterable[Duel]:
    """Word files."""
    import docx  # noqa: F401

    files = reports(folder, "docx", ".docx", number)
    yield Duel("docx", "docx.Document, paragraphs and cells", ours(files), over(files, words_of), number)


def pdfs(folder: Path, number: int) -> Iterable[Duel]:
    """PDF files with text, ruled and not; counted by pages."""
    import pypdfium2

    def text_of(data: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(data)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()

    for name, kind in (("pdf, ruled", "pdf"), ("pdf, unruled", "pdf-unruled")):
        files = reports(folder, kind, ".pdf", number)
        yield Duel(name, "pypdfium2 get_text_range", ours(files), over(files, text_of), sum(len(text_of(file.read_bytes())) for file in files), "pages")


def csv_file(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """Write the rows as CSV; how the bare library reads them."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return lambda data: list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def json_file(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """The same as JSON lines."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return lambda data: [json.loads(line) for line in data.decode().splitlines()]


def workbook(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """The same as an Excel workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.worksheets[0].append(row)
    book.save(file)
    return lambda data: [row for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets for row in sheet.iter_rows(values_only=True)]


def parquet_file(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """The same as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), file)
    return lambda data: [batch.to_pylist() for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches(batch_size=64)]


def records(kind: str, bare_name: str, write: Callable[[Path, list[dict[str, str]]], Callable[[bytes], Any]], folder: Path, number: int) -> Iterable[Duel]:
    """A file with a report a row."""
    file = folder / f"reports.{kind}"
    bare = write(file, [{"编号": str(i), "标题": f"第{i}号年度报告", "正文": data.decode()} for i, data in enumerate(printed("lines", ROWS))])
    yield Duel(kind, bare_name, ours([file]), over([file], bare), ROWS, "rows")


def archive(folder: Path, number: int) -> Iterable[Duel]:
    """A ZIP archive of plain texts."""
    file = folder / "reports.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for i, data in enumerate(printed("lines", ROWS)):
            packed.writestr(f"{i}.txt", data)

    def members_of(data: bytes) -> list[bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return [opened.read(info) for info in opened.infolist()]

    yield Duel("zip of txt", "zipfile reads", ours([file]), over([file], members_of), ROWS, "members")


def scan(folder: Path, number: int) -> Iterable[Duel]:
    """One page of a ruled form as a picture. The bare side is called on the picture as it is, with as many threads as gov_ie takes."""
    import numpy as np
    import pypdfium2
    from PIL import Image
    from rapidocr_onnxruntime import RapidOCR

    document = pypdfium2.PdfDocument(printed("pdf", 1)[0])
    file = folder / "scan.png"
    pages = [(page.render(scale=DPI / 72).to_pil().convert("L"), len(page.get_textpage().get_text_range())) for page in document]
    max(pages, key=lambda page: page[1])[0].save(file, dpi=(DPI, DPI))  # the fullest page
    engine = RapidOCR(intra_op_num_threads=min(4, os.cpu_count() or 1), inter_op_num_threads=1)

    def words(data: bytes) -> None:
        found, _ = engine(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
        if sum("\u4e00" <= c <= "\u9fff" for _, text, *_ in found or () for c in text) < 50:
            raise OSError("no Chinese on the picture: PDFium finds no Chinese font on this machine")

    yield Duel("scanned page (OCR)", "rapidocr", ours([file]), over([file], words), 1, "pages", slow=True)


def old_word(folder: Path, number: int) -> Iterable[Duel]:
    """One .doc file. The bare side has a profile of its own that it keeps; gov_ie makes a new one every time, so that nothing is left over."""
    import docx  # noqa: F401

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise OSError("LibreOffice is not installed")
    profile = folder / "profile"

    def convert(file: Path, to: str) -> None:
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to, "--outdir", str(folder), str(file)]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=TIMEOUT)

    made = folder / "old.docx"
    made.write_bytes(printed("docx", 1)[0])
    convert(made, "doc:MS Word 97")
    made.unlink()
    file = folder / "old.doc"

    def bare() -> None:
        convert(file, "docx:MS Word 2007 XML")
        words_of(made.read_bytes())

    yield Duel("doc (LibreOffice)", "soffice --convert-to docx, python-docx", ours([file]), bare, 1, slow=True)


BUILDERS: dict[str, Callable[[Path, int], Iterable[Duel]]] = {
    "text": texts,
    "html": pages_of_web,
    "docx": word_files,
    "pdf": pdfs,
    "csv": partial(records, "csv", "csv.DictReader", csv_file),
    "jsonl": partial(records, "jsonl", "json.loads, line by line", json_file),
    "xlsx": partial(records, "xlsx", "openpyxl, read-only rows", workbook),
    "parquet": partial(records, "parquet", "pyarrow iter_batches, to_pylist", parquet_file),
    "zip": archive,
    "scan": scan,
    "doc": old_word,
}
