"""Scans and pictures, drawn here with invented content: what is read off them, what is refused."""

from __future__ import annotations

import builtins
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rapidocr_onnxruntime")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.pages import ocr
from gov_ie.reading.pages.ocr import read_image
from gov_ie.reading.pages.picture import prepared, ruled, skew, turned, without

CHINESE_FONTS = [
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"), Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"), Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/arphic/uming.ttc"), Path("/System/Library/Fonts/PingFang.ttc"), Path("C:/Windows/Fonts/simsun.ttc"),
]  # fmt: skip
FIGURES = [["21", "3", "0", "24"], ["0", "7", "0", "1136"], ["5", "0", "48", "9"]]
XS, YS = [100, 420, 560, 700, 840], [200, 260, 320, 380]


def page(*, size: tuple[int, int] = (1000, 1400), labels: bool = False) -> Image.Image:
    """A page of about 120 dpi with a ruled table of figures; with ``labels``, Chinese words around it and in it."""
    image = Image.new("L", size, "white")
    draw = ImageDraw.Draw(image)
    digits = ImageFont.load_default(26)
    xs = XS if labels else [*XS[1:], 980]
    for y in YS:
        draw.line((xs[0], y, xs[-1], y), width=2)
    for x in xs:
        draw.line((x, YS[0], x, YS[-1]), width=2)
    for i, row in enumerate(FIGURES):
        for j, figure in enumerate(row[: len(xs) - 1 - labels]):
            left = xs[j + labels]
            draw.text(((left + xs[j + labels + 1]) / 2, YS[i] + 30), figure, font=digits, anchor="mm")
    if labels:
        path = next((font for font in CHINESE_FONTS if font.exists()), None)
        if path is None:
            pytest.skip("no Chinese font on this machine")
        han = ImageFont.truetype(str(path), 26)
        draw.text((100, 140), "三、收到和处理申请情况", font=han)
        for i, label in enumerate(("一、本年新收申请数量", "（一）予以公开", "四、结转下年度办理")):
            draw.text((108, YS[i] + 16), label, font=han)
        draw.text((100, 460), "全年共收到申请24件，均已按期答复。", font=han)
    return image


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def rows(content: Content) -> list[list[str]]:
    (grid,) = content.tables
    for cell in grid.cells:
        assert content.text[cell.start : cell.end] == cell.text
    return [[cell.text for cell in row] for row in grid.rows()]


@pytest.mark.parametrize("angle", [0.0, 1.5, -2.0], ids=["straight", "leaning left", "leaning right"])
def test_the_figures_of_a_ruled_table(angle: float) -> None:
    image = page().rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert rows(read_image(saved(image), name="scan.png")) == FIGURES


def test_words_and_a_table_in_reading_order() -> None:
    content = read_image(saved(page(labels=True)), name="scan.png")
    assert rows(content) == [["一、本年新收申请数量", *FIGURES[0][:3]], ["（一）予以公开", *FIGURES[1][:3]], ["四、结转下年度办理", *FIGURES[2][:3]]]
    before, after = content.text[: content.tables[0].start], content.text[content.tables[0].end :]
    assert "收到和处理申请情况" in before
    assert "收到申请24件" in after
    assert "OCR" in content.warnings[0]


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 70}), ("BMP", {}), ("WEBP", {}), ("TIFF", {"compression": "tiff_lzw"})], ids=lambda v: v if isinstance(v, str) else "")
def test_kinds_of_pictures(kind: str, options: dict[str, Any]) -> None:
    assert rows(read_image(saved(page(), kind, **options), name="scan")) == FIGURES


def test_a_picture_with_a_transparent_ground_and_one_in_black_and_white() -> None:
    grey = page()
    clear = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=grey.point(lambda v: 255 - v))
    assert rows(read_image(saved(clear), name="scan.png")) == FIGURES
    assert rows(read_image(saved(grey.convert("1")), name="scan.png")) == FIGURES


def test_every_page_of_a_tiff_is_read() -> None:
    content = read_image(saved(page(), "TIFF", save_all=True, append_images=[page()]), name="scan.tif")
    assert len(content.pages) == 2
    assert [cell.page for grid in content.tables for cell in grid.cells].count(2) == 12


def test_a_scanned_page_of_a_pdf_is_read_and_named() -> None:
    pytest.importorskip("pypdfium2")
    from gov_ie.reading.pages.pdf import read_pdf

    content = read_pdf(saved(page(), "PDF", resolution=120), name="scan.pdf")
    assert rows(content) == FIGURES
    assert content.warnings == ("page 1 of the PDF has no text layer and was read by OCR; its text and figures may hold errors",)


# --- what cannot be read ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: b"", "no picture of a known kind"),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
        (lambda: saved(page())[:2000], "damaged"),
        (lambda: saved(page(), "TIFF")[:900], "damaged"),
        (lambda: b"%PDF-1.4", "no picture of a known kind"),
        (lambda: saved(Image.new("L", (600, 800), 255)), "no text was found"),
        (lambda: saved(Image.new("L", (3, 2), 0)), "no text was found"),
    ],
    ids=["empty", "a head alone", "cut off", "tiff cut off", "a PDF", "blank", "three dots"],
)
def test_what_cannot_be_read_is_refused_with_the_file_and_the_reason(data: Callable[[], bytes], message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read_image(data(), name="scan.png")
    assert str(caught.value).startswith("scan.png: ")
    assert "\n" not in str(caught.value)


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    bomb = saved(Image.new("1", (12_000, 12_000)))
    assert len(bomb) < 200_000
    with pytest.raises(ReadError, match="make it smaller"):
        read_image(bomb, name="bomb.png")


def test_without_ocr_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_engine(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "rapidocr_onnxruntime":
            raise ImportError("No module named 'rapidocr_onnxruntime'")
        return real(name, *args, **kwargs)

    ocr._loaded.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without_engine)
    with pytest.raises(ReadError, match=r"scan\.png: .*pip install \"gov-ie\[ocr\]\""):
        read_image(saved(page()), name="scan.png")


# --- pictures -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [-2.0, -0.7, 0.0, 1.3])
def test_skew_is_found(angle: float) -> None:
    grey = turned(np.asarray(page()), angle)
    assert skew(grey) == pytest.approx(-angle, abs=0.25)


def test_ruled_lines_are_found_and_taken_away_without_the_figures() -> None:
    grey = np.asarray(page())
    lines = ruled(grey)
    across = [line for line in lines if line[2] - line[0] > line[3] - line[1]]
    assert sorted(round((line[1] + line[3]) / 2 / 10) * 10 for line in across) == YS
    assert len(lines) - len(across) == 5
    clean = without(grey, lines)
    assert (clean[YS[1] - 1 : YS[1] + 2, 430:550] > 200).all()
    assert (clean[210:250, 430:550] < 100).sum() == (grey[210:250, 430:550] < 100).sum()


def test_a_small_picture_is_made_larger_and_a_large_one_smaller() -> None:
    grey = np.asarray(page())
    assert max(prepared(grey, 2340)[0].shape) == 2340
    assert max(prepared(grey, 700)[0].shape) == 700
    assert prepared(grey, 700)[1] == pytest.approx(0.5)
