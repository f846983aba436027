"""PDF → content: characters and ruled lines are taken from the pages by PDFium; pages without text are handed to OCR.

One lock stands around PDFium, which is not safe to use from several threads at once.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.pages.flow import flow
from gov_ie.reading.pages.ruled import Page

if TYPE_CHECKING:
    from gov_ie.reading.pages.ocr import Reader

#: Pages that are read of one file; a report has rarely more than thirty.
MAX_PAGES = 500
#: Resolution at which a page without text is drawn for OCR, in dots per inch, and the most pixels such a picture may have.
OCR_DPI = 200
MAX_PIXELS = 25_000_000
_PASSWORD_ERROR = 4
_LOCK = threading.Lock()


def read_pdf(data: bytes, *, name: str) -> Content:
    """Read a PDF: text in reading order, tables as grids, pages without text by OCR.

    Args:
        data: the bytes of the file.
        name: what the file is called in messages.

    Raises:
        ReadError: PDFium is not installed; the file is damaged or protected by a password; or it holds no text and OCR is not installed, or finds none either.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise ReadError(f'{name}: reading PDF files needs pypdfium2; install it with `pip install "gov-ie[pdf]"`') from error
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
                raise ReadError(f"{name}: the PDF is protected by a password; save a copy without one") from error
            raise ReadError(f"{name}: damaged or no PDF at all (PDFium cannot open it); fetch the file again, or print it to a new PDF") from error
        try:
            return _read(document, name)
        finally:
            document.close()


def _read(document: Any, name: str) -> Content:
    import pypdfium2 as pdfium

    from gov_ie.reading.pages.pdf_page import page_of

    warnings: list[str] = []
    count = len(document)
    if count > MAX_PAGES:
        warnings.append(f"the PDF has {count} pages; only the first {MAX_PAGES} were read")
    pages: list[Page] = []
    scanned: list[int] = []
    damaged: list[int] = []
    for index in range(min(count, MAX_PAGES)):
        try:
            raw = document[index]
        except pdfium.PdfiumError:
            damaged.append(index + 1)
            continue
        try:
            page, is_scan, notes = page_of(raw, index + 1)
        finally:
            raw.close()
        warnings += notes
        pages.append(page)
        if is_scan:
            scanned.append(len(pages) - 1)
    if damaged:
        warnings.append(f"page {_numbers(damaged)} of the PDF is damaged and was left out")
    if not pages:
        raise ReadError(f"{name}: the PDF has no page that can be read; fetch the file again")
    if scanned:
        warnings += _recognise(document, pages, scanned, name)
    content = flow(pages, warnings=tuple(warnings))
    if not content.text.strip():
        raise ReadError(f"{name}: the PDF holds nothing but blank pages")
    return content


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")


def _recognise(document: Any, pages: list[Page], scanned: list[int], name: str) -> list[str]:
    """Read the pages without text by OCR, in place.

    Raises:
        ReadError: no page of the file has text, and OCR is not installed.
    """
    from gov_ie.reading.pages.ocr import reader

    numbers = _numbers([pages[at].number for at in scanned])
    try:
        ocr: Reader = reader(name)
    except ReadError as error:
        if not any(page.glyphs for at, page in enumerate(pages) if at not in scanned):
            raise ReadError(f'{name}: PDF without a text layer (a scan); install the OCR that reads it with `pip install "gov-ie[ocr]"`') from error
        for at in scanned:
            pages[at].glyphs.clear()
        return [f'page {numbers} of the PDF has no text layer and was not read; install the OCR that reads it with `pip install "gov-ie[ocr]"`']
    for at in scanned:
        raw = document[pages[at].number - 1]
        try:
            width, height = raw.get_size()
            scale = min(OCR_DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
            picture = raw.render(scale=scale).to_numpy()
        finally:
            raw.close()
        pages[at] = ocr.page(picture, pages[at].number, 72 * scale)
    return [f"page {numbers} of the PDF has no text layer and was read by OCR; its text and figures may hold errors"]
