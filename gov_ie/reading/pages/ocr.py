"""Pictures of pages → content, by RapidOCR (its models come inside its wheel; nothing is fetched)."""

from __future__ import annotations

import io
import os
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.pages.flow import flow
from gov_ie.reading.pages.lines import Glyph, is_wide
from gov_ie.reading.pages.ruled import Page, Rule, frames

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[np.uint8]]

#: Pages that are read of one picture file, and the most pixels that one of them may have.
MAX_PAGES = 100
MAX_PIXELS = 120_000_000
#: The longer side, in pixels, to which pictures are brought: A4 at about 200 dpi.
LONG_SIDE = 2340
_A4 = 842.0
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_SURE = 0.5
_ALONE = 0.25
_LIKE_DIGITS = str.maketrans(dict.fromkeys("OoQD〇○。", "0") | dict.fromkeys("lI", "1"))
#: Widths to which the recogniser fills up its pictures: most cells hold a figure or two, for which the first is enough and five times as fast.
_NARROW, _WIDTH = 64, 320
_WIDE = str.maketrans("();", "（）；")
_SEARCH_SIDE = 1600
_WARNING = "the text was read from a picture by OCR; it and the figures may hold errors"


def read_image(data: bytes, *, name: str) -> Content:
    """Read a picture of a report (PNG, JPEG, TIFF of one or more pages, BMP, WebP, GIF).

    Args:
        data: the bytes of the file.
        name: what the file is called in messages.

    Raises:
        ReadError: OCR is not installed; the picture is damaged, of no known kind, or too large; or there is no text on it.
    """
    ocr = reader(name)
    pages = [ocr.page(picture, number, 72 * max(picture.shape[:2]) / _A4) for number, picture in enumerate(_pictures(data, name), 1)]
    content = flow(pages, warnings=(_WARNING,))
    if not content.text.strip():
        raise ReadError(f"{name}: no text was found on the picture; give a sharper one, of at least 150 dots per inch")
    return content


def reader(name: str) -> Reader:
    """The OCR, loaded once.

    Raises:
        ReadError: it is not installed, or cannot be loaded.
    """
    try:
        return _loaded()
    except ImportError as error:
        raise ReadError(f'{name}: reading scans and pictures needs OCR; install it with `pip install "gov-ie[ocr]"` (cannot import: {" ".join(str(error).split())})') from error


@lru_cache(maxsize=1)
def _loaded() -> Reader:
    import cv2  # noqa: F401
    import PIL  # noqa: F401
    from rapidocr_onnxruntime import RapidOCR

    threads = min(4, os.cpu_count() or 1)
    return Reader(RapidOCR(intra_op_num_threads=threads, inter_op_num_threads=1))


def _pictures(data: bytes, name: str) -> Iterator[Picture]:
    """The pages of a picture file, grey on white.

    Raises:
        ReadError: the file is damaged, of no known kind, or too large.
    """
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # our own limit is checked below, before anything is unpacked
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        with image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if number == MAX_PAGES or (number and image.format == "GIF"):
                    break
                if frame.width * frame.height > MAX_PIXELS:
                    raise ReadError(f"{name}: the picture has {frame.width} × {frame.height} points, more than {MAX_PIXELS:,} in all; make it smaller")
                upright = ImageOps.exif_transpose(frame)
                if "A" in upright.getbands() or "transparency" in upright.info:
                    upright = upright.convert("RGBA")
                    upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
                elif upright.mode.startswith("I"):
                    upright = upright.point(lambda value: value / 256)
                yield np.asarray(upright.convert("L"))
    except Image.DecompressionBombError as error:
        raise ReadError(f"{name}: the picture has more than {MAX_PIXELS:,} points; make it smaller") from error
    except UnidentifiedImageError as error:
        raise ReadError(f"{name}: damaged, or no picture of a known kind (PNG, JPEG, TIFF, BMP, WebP)") from error
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError) as error:
        raise ReadError(f"{name}: the picture is damaged ({' '.join(str(error).split())[:80]}); save it again") from error


class Reader:
    """Reads pages with an engine that has the parts of ``RapidOCR`` 1.4."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def page(self, picture: Picture, number: int, dpi: float) -> Page:
        """Read one page.

        Args:
            picture: grey (height, width) or coloured (height, width, 3).
            number: of the page, from 1.
            dpi: pixels per inch of ``picture``, from which places in points are counted.
        """
        from gov_ie.reading.pages.picture import ink, prepared, ruled, split, without

        grey, scale = prepared(picture, LONG_SIDE)
        dots = dpi * scale / 72
        lines = ruled(grey)
        clean = without(grey, lines)
        rules = [Rule(x0 / dots, top / dots, x1 / dots, bottom / dots) for x0, top, x1, bottom in lines]
        black = ink(clean)
        places: list[tuple[float, float, float, float]] = []
        crops: list[Picture] = []
        cell_of: list[tuple[int, int] | None] = []
        # cells are cut out one by one: the search for words on a whole page misses single figures and runs neighbours together
        for t, table in enumerate(frames(rules)):
            for k in range(len(table.boxes)):
                x0, top, x1, bottom = (round(v * dots) for v in table.area(k))
                for line, crop in split(clean, black, x0, top, x1, bottom):
                    places.append(line)
                    crops.append(crop)
                    cell_of.append((t, k))
            left, upper, right, lower = (round(v * dots) for v in (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]))
            clean[max(0, upper - 2) : lower + 2, max(0, left - 2) : right + 2] = 255
        for place, crop in self._words(clean):
            places.append(place)
            crops.append(crop)
            cell_of.append(None)
        glyphs: list[Glyph] = []
        alone = Counter(cell_of)
        for (text, score), place, cell in zip(self._lines(crops), places, cell_of, strict=True):
            text = text.strip()
            if cell is not None and len(text) == 1 and alone[cell] == 1:
                # alone in its cell it is hardly anything but a digit, of which 0 is easily taken for another ring; the recogniser cannot be sure without neighbours
                text = text.translate(_LIKE_DIGITS)
                score += _ALONE if text.isdecimal() else 0.0
            if score >= _SURE:
                glyphs += _spread(_typed(text), *(v / dots for v in place))
        height, width = grey.shape
        return Page(number, width / dots, height / dots, glyphs, rules)

    def _words(self, clean: Picture) -> list[tuple[tuple[float, float, float, float], Picture]]:
        """Where words stand, found on a smaller picture, and their pictures, cut out of the large one."""
        import cv2
        import numpy as np

        rows = np.flatnonzero((clean < 140).any(axis=1))
        if not len(rows):
            return []
        top, bottom = max(0, int(rows[0]) - 20), int(rows[-1]) + 20
        band = cv2.cvtColor(clean[top:bottom], cv2.COLOR_GRAY2BGR)
        scale = min(1.0, _SEARCH_SIDE / LONG_SIDE)
        boxes, _ = self._engine.auto_text_det(cv2.resize(band, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
        if boxes is None:
            return []
        corners = np.asarray(boxes, dtype=np.float32) / scale
        crops = self._engine.get_crop_img_list(band, corners)
        return [((float(c[:, 0].min()), float(c[:, 1].min()) + top, float(c[:, 0].max()), float(c[:, 1].max()) + top), crop) for c, crop in zip(corners, crops, strict=True)]

    def _lines(self, crops: Sequence[Picture]) -> list[tuple[str, float]]:
        """Text and score of pictures of one line each."""
        if not crops:
            return []
        import cv2

        coloured: list[Any] = [crop if crop.ndim == 3 else cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for crop in crops]
        found = self._recognised(coloured, _NARROW)
        unsure = [i for i, (_, score) in enumerate(found) if score < _SURE]
        for i, again in zip(unsure, self._recognised([coloured[i] for i in unsure], _WIDTH), strict=True):
            found[i] = max(found[i], again, key=lambda result: result[1])
        return found

    def _recognised(self, crops: list[Picture], width: int) -> list[tuple[str, float]]:
        if not crops:
            return []
        self._engine.text_rec.rec_image_shape = [3, 48, width]
        found, _ = self._engine.text_rec(crops, False)
        return [(str(text), float(score)) for text, score, *_ in found]


def _typed(text: str) -> str:
    """Brackets and marks as Chinese texts have them: the recogniser takes the wide ones for narrow ones now and then."""
    return text.translate(_WIDE) if any("\u4e00" <= c <= "\u9fff" for c in text) else text


def _spread(text: str, x0: float, top: float, x1: float, bottom: float) -> list[Glyph]:
    """The characters of a word, each with its share of the word's box; those set downwards one under another."""
    shares = [0.35 if c == " " else 1.0 if is_wide(c) else 0.55 for c in text]
    downwards = bottom - top > 1.8 * (x1 - x0) and len(text) > 1
    at, whole = 0.0, sum(shares)
    glyphs: list[Glyph] = []
    for character, share in zip(text, shares, strict=True):
        a, b = at / whole, (at + share) / whole
        at += share
        if character.isspace():
            continue
        if downwards:
            glyphs.append(Glyph(character, x0, top + a * (bottom - top), x1, top + b * (bottom - top)))
        else:
            glyphs.append(Glyph(character, x0 + a * (x1 - x0), top, x0 + b * (x1 - x0), bottom))
    return glyphs
