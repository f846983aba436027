"""One page of a PDF → :class:`~gov_ie.reading.pages.ruled.Page`: characters with boxes, and the straight lines among the drawings."""

from __future__ import annotations

import ctypes
import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from gov_ie.reading.pages.lines import Glyph
from gov_ie.reading.pages.ruled import Page, Rule

#: More characters or drawings than this on one page are left out, with a warning.
MAX_CHARACTERS = 100_000
MAX_OBJECTS = 100_000
_MAX_SEGMENTS = 4000
_MAX_DEPTH = 6
#: Drawn areas that are no thicker than this, in points, are lines.
_THIN = 2.5
_FEW_CHARACTERS = 12

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def page_of(raw: Any, number: int) -> tuple[Page, bool, list[str]]:
    """Read one page.

    Args:
        raw: a ``pypdfium2.PdfPage``.
        number: of the page, from 1.

    Returns:
        the page; whether it must be read by OCR, because it shows something and has no text that can be used; warnings.
    """
    left, bottom, right, top = raw.get_cropbox()
    rotation = raw.get_rotation()
    notes: list[str] = []
    characters, unknown = _characters(raw, number, notes)
    # what sets most characters upright; so a table printed across the page is upright too, whether or not the page is to be turned when shown
    turned = Counter(quarter for *_, quarter in characters).most_common(1)
    rotation = 90 * turned[0][0] if turned else rotation
    place = _placing(left, bottom, right, top, rotation)
    width, height = (right - left, top - bottom) if rotation % 180 == 0 else (top - bottom, right - left)
    glyphs = [Glyph(text, *_box(place(a, b), place(c, d))) for text, a, b, c, d, _ in characters]
    # what is cut off by the page's edge is not printed
    glyphs = [g for g in glyphs if -2 <= g.x <= width + 2 and -2 <= g.y <= height + 2]
    rules, pictures, objects = _drawings(raw, place, number, notes)
    usable = len(glyphs) > unknown
    is_scan = not (usable and glyphs) and objects > 0 if not pictures else len(glyphs) - unknown < _FEW_CHARACTERS
    return Page(number, width, height, glyphs, rules), is_scan, notes


def _placing(left: float, bottom: float, right: float, top: float, rotation: int) -> Callable[[float, float], Point]:
    """From the page's own places (y upwards) to those of the page as it is read (y downwards), turned clockwise by ``rotation`` degrees."""
    if rotation == 90:
        return lambda x, y: (y - bottom, x - left)
    if rotation == 180:
        return lambda x, y: (right - x, y - bottom)
    if rotation == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _box(a: Point, b: Point) -> tuple[float, float, float, float]:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _characters(raw: Any, number: int, notes: list[str]) -> tuple[list[tuple[str, float, float, float, float, int]], int]:
    """Characters with their boxes (left, bottom, right, top) and quarter turns that set them upright; and how many have no known meaning."""
    import pypdfium2.raw as pdfium

    text = raw.get_textpage()
    try:
        count = pdfium.FPDFText_CountChars(text.raw)
        if count > MAX_CHARACTERS:
            notes.append(f"page {number} of the PDF has {count} characters; only the first {MAX_CHARACTERS} were read")
        found: list[tuple[str, float, float, float, float, int]] = []
        unknown = 0
        high = 0
        for i in range(min(count, MAX_CHARACTERS)):
            code = pdfium.FPDFText_GetUnicode(text.raw, i)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            if code <= 32 or code == 0xA0 or pdfium.FPDFText_IsGenerated(text.raw, i) == 1:
                unknown += 0 < code < 32 and code not in (9, 10, 13) and pdfium.FPDFText_IsGenerated(text.raw, i) != 1
                continue
            character = _plain(chr(code))
            if not character:
                unknown += 0xE000 <= code < 0xF900 or code in (0xFFFD, 0xFFFE, 0xFFFF)
                continue
            corners = _corners(text.raw, i)
            if corners is None:
                continue
            angle = pdfium.FPDFText_GetCharAngle(text.raw, i)
            quarter = -round(angle / (math.pi / 2)) % 4 if angle > 0 else 0
            found.append((character, *corners, quarter))
        return found, unknown
    finally:
        text.close()


def _corners(text: Any, i: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of a character: as wide as it takes up, as high as its font."""
    import pypdfium2.raw as pdfium

    loose = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, i, loose):
        return None
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text, i)
    if pdfium.FPDFText_GetMatrix(text, i, matrix):
        size *= max(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
    width, height = abs(loose.right - loose.left), abs(loose.top - loose.bottom)
    if 0 < max(width, height) <= 2.5 * size and min(width, height) > 0:
        return loose.left, loose.bottom, loose.right, loose.top
    # PDFium forgets to scale the box of a character that is set downwards, and some fonts say that they have no height: a square around the ink
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top):
        return None
    x, y, half = (left.value + right.value) / 2, (bottom.value + top.value) / 2, max(size, 2.0) / 2
    return x - half, y - half, x + half, y + half


def _plain(character: str) -> str:
    """A character as it is typed: radicals and ligatures that fonts put in their place undone; nothing for what has no meaning."""
    code = ord(character)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", character)
    if character.isspace() or 0xE000 <= code < 0xF900 or code >= 0xF0000 or code in (0xFFFD, 0xFFFE, 0xFFFF, 0xFEFF, 0xAD) or 0x200B <= code <= 0x200F:
        return ""
    return character


def _drawings(raw: Any, place: Callable[[float, float], Point], number: int, notes: list[str]) -> tuple[list[Rule], int, int]:
    """The rules of a page, and how many pictures and objects of any kind it has."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    pictures = objects = 0
    for item, matrix in _objects(raw):
        objects += 1
        if objects > MAX_OBJECTS:
            notes.append(f"page {number} of the PDF has more than {MAX_OBJECTS} drawings; tables on it may be missed")
            break
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += _rules(item, matrix, place)
    return rules, pictures, objects


def _objects(raw: Any) -> Iterator[tuple[Any, Matrix]]:
    """All objects of a page, those in nested forms too, with the matrix from their places to the page's."""
    import pypdfium2.raw as pdfium

    def within(form: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
        for i in range(pdfium.FPDFFormObj_CountObjects(form)):
            yield from opened(pdfium.FPDFFormObj_GetObject(form, i), matrix, depth)

    def opened(item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
        yield item, matrix
        if depth < _MAX_DEPTH and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from within(item, _times(_matrix(item), matrix), depth + 1)

    for i in range(pdfium.FPDFPage_CountObjects(raw.raw)):
        yield from opened(pdfium.FPDFPage_GetObject(raw.raw, i), (1, 0, 0, 1, 0, 0), 0)


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    m = pdfium.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if pdfium.FPDFPageObj_GetMatrix(item, m) else (1, 0, 0, 1, 0, 0)


def _times(p: Matrix, q: Matrix) -> Matrix:
    """First ``p``, then ``q``."""
    return (
        p[0] * q[0] + p[1] * q[2], p[0] * q[1] + p[1] * q[3], p[2] * q[0] + p[3] * q[2], p[2] * q[1] + p[3] * q[3],
        p[4] * q[0] + p[5] * q[2] + q[4], p[4] * q[1] + p[5] * q[3] + q[5],
    )  # fmt: skip


def _rules(path: Any, outer: Matrix, place: Callable[[float, float], Point]) -> Iterator[Rule]:
    """The straight lines of a drawing: strokes along or down the page, and filled areas so thin that they print as lines.

    The edges of a wide filled area are none: programs put a white area behind every line of prose.
    """
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    a, b, c, d, e, f = _times(_matrix(path), outer)
    for points in _subpaths(path):
        placed = [place(a * x + c * y + e, b * x + d * y + f) for x, y in points]
        xs, ys = [p[0] for p in placed], [p[1] for p in placed]
        x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
        if min(x1 - x0, bottom - top) <= _THIN:
            yield Rule(x0, top, x1, bottom)
        elif stroke.value:
            for (ax, ay), (bx, by) in itertools.pairwise(placed):
                if min(abs(ax - bx), abs(ay - by)) <= 0.7:
                    yield Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _subpaths(path: Any) -> Iterator[list[Point]]:
    """The corners of each part of a drawing, closed where the drawing closes it; parts with curves are left out."""
    import pypdfium2.raw as pdfium

    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
