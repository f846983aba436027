"""Pictures of pages: set straight, their ruled lines found and taken away, cells cut into lines of text. Places are pixels."""

from __future__ import annotations

from typing import Any, TypeAlias

import cv2
import numpy as np

Picture: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"
#: Ruled lines as boxes: left, top, right, bottom.
Lines: TypeAlias = "list[tuple[int, int, int, int]]"

_MAX_SKEW = 3.0
_PIECE = 40  # of a line that is broken or leans
_LINE = 80  # shorter strokes are parts of characters: 一 in a heading is 60 pixels wide
_THICK = 14


def prepared(picture: Picture, long_side: int) -> tuple[Picture, float]:
    """The page grey, of a size at which characters can be read, and set straight; and by how much it was scaled."""
    grey: Picture = (picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture[..., :3], cv2.COLOR_BGR2GRAY))).astype(np.uint8)
    scale = min(long_side / max(grey.shape), 2.5)
    if abs(scale - 1) > 0.02:
        height, width = grey.shape
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)).astype(np.uint8)
    else:
        scale = 1.0
    angle = skew(grey)
    if abs(angle) >= 0.1:
        grey = turned(grey, angle)
    return grey, scale


def turned(grey: Picture, angle: float) -> Picture:
    """The picture turned by ``angle`` degrees anticlockwise around its middle, white where nothing was."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255.0)).astype(np.uint8)


def skew(grey: Picture) -> float:
    """By how many degrees the page must be turned anticlockwise: at that angle, its rows of pixels differ most in blackness."""
    small = cv2.resize(grey, None, fx=900 / max(grey.shape), fy=900 / max(grey.shape), interpolation=cv2.INTER_AREA)
    black = (255 - small).astype(np.uint8)
    black[black < 60] = 0

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((small.shape[1] / 2, small.shape[0] / 2), angle, 1.0)
        rows = cv2.warpAffine(black, matrix, (small.shape[1], small.shape[0])).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    return float(best) if sharpness(best) > 1.03 * sharpness(0.0) else 0.0


def ink(grey: Picture) -> Picture:
    """255 where the page is printed on, 0 elsewhere; shades of the paper and coloured cells are paper."""
    return np.asarray(cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 18)).astype(np.uint8)


def ruled(grey: Picture) -> Lines:
    """The straight lines across and down the page."""
    black = ink(grey)
    lines: Lines = []
    for size in ((_PIECE, 1), (1, _PIECE)):
        # a line that leans by a pixel is broken into steps: thickened first, it is in one piece
        across = (1, 3) if size[0] > 1 else (3, 1)
        thick = cv2.dilate(black, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        found = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(found)
        for x, y, width, height, _ in boxes[1 : min(count, 5000)]:
            if min(width, height) <= _THICK and max(width, height) >= _LINE:
                lines.append((int(x), int(y), int(x + width), int(y + height)))
    return lines


def without(grey: Picture, lines: Lines) -> Picture:
    """The page without its ruled lines: only where they are black, and not where a character crosses them."""
    clean = grey.copy()
    black = ink(grey)
    for x0, top, x1, bottom in lines:
        # black that goes on beyond the line on both sides is a stroke of a character
        if x1 - x0 >= bottom - top:
            beyond = (black[max(0, top - 3), x0:x1] > 0) & (black[min(bottom + 2, len(black) - 1), x0:x1] > 0)
            clean[max(0, top - 2) : bottom + 2, x0:x1][:, ~beyond] = 255
        else:
            beyond = (black[top:bottom, max(0, x0 - 3)] > 0) & (black[top:bottom, min(x1 + 2, black.shape[1] - 1)] > 0)
            clean[top:bottom, max(0, x0 - 2) : x1 + 2][~beyond, :] = 255
    return clean


def split(grey: Picture, black: Picture, x0: int, top: int, x1: int, bottom: int) -> list[tuple[tuple[int, int, int, int], Picture]]:
    """The lines of text in a cell: the place of each, and its picture, enlarged where it is small.

    A label set downwards, a character a line, is one line: its characters are put beside each other.
    """
    x0, top, x1, bottom = x0 + 4, top + 4, x1 - 3, bottom - 3
    part = black[max(0, top) : bottom, max(0, x0) : x1]
    if part.size == 0:
        return []
    part = _without_specks(part)
    if not part.any():
        return []
    places = []
    for a, b in _runs(np.asarray(part.any(axis=1)), gap=1):
        columns = np.flatnonzero(part[a:b].any(axis=0))
        places.append((int(columns[0]) + x0, a + top, int(columns[-1]) + 1 + x0, b + top))
    if len(places) >= 3 and x1 - x0 < 3.2 * max(p[2] - p[0] for p in places) and max(p[2] - p[0] for p in places) < 0.6 * (places[-1][3] - places[0][1]) and _single(places):
        return [(_around(places), _beside(grey, places))]
    return [(place, _enlarged(grey, place)) for place in places]


def _single(places: Lines) -> bool:
    """Whether the lines hold one character each: none much wider than the usual height of a line."""
    height = sorted(p[3] - p[1] for p in places)[len(places) // 2]
    return all(p[2] - p[0] <= 1.5 * max(height, 12) for p in places)


def _around(places: Lines) -> tuple[int, int, int, int]:
    return min(p[0] for p in places), places[0][1], max(p[2] for p in places), places[-1][3]


def _runs(filled: np.ndarray[Any, Any], gap: int) -> list[tuple[int, int]]:
    """Stretches of rows with ink, no more than ``gap`` empty rows inside; parts of one character (二, 三, 公) put together."""
    rows = np.flatnonzero(filled)
    cuts = np.flatnonzero(np.diff(rows) > gap + 1)
    starts, ends = [int(rows[0]), *(int(rows[c + 1]) for c in cuts)], [*(int(rows[c]) + 1 for c in cuts), int(rows[-1]) + 1]
    runs: list[tuple[int, int]] = []
    tallest = max(b - a for a, b in zip(starts, ends, strict=True))
    for a, b in zip(starts, ends, strict=True):
        if runs and b - runs[-1][0] <= 1.15 * tallest:
            runs[-1] = (runs[-1][0], b)
        else:
            runs.append((a, b))
    return runs


def _without_specks(part: Picture) -> Picture:
    """Without dots of dirt, and without what is left of the lines at the cell's edges."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(part)
    if count > 2000:
        return part
    height, width = part.shape
    keep = np.zeros(count, dtype=bool)
    for i, (x, y, w, h, area) in enumerate(boxes):
        edge = (h > 0.8 * height and w <= 4 and (x <= 2 or x + w >= width - 2)) or (w > 0.8 * width and h <= 4 and (y <= 2 or y + h >= height - 2))
        keep[i] = i > 0 and area >= 10 and not edge
    kept = np.where(keep[labels], part, 0).astype(np.uint8)
    # a dot with nothing near it is dirt, one beside figures a decimal point
    _, groups = cv2.connectedComponents(cv2.dilate(kept, np.ones((15, 15), dtype=np.uint8)))
    for i in range(1, min(int(groups.max()), 200) + 1):
        rows, columns = np.nonzero((groups == i) & (kept > 0))
        if len(rows) and max(np.ptp(rows), np.ptp(columns)) < 5:
            kept[rows, columns] = 0
    return kept


def _enlarged(grey: Picture, place: tuple[int, int, int, int]) -> Picture:
    x0, top, x1, bottom = place
    crop = grey[top:bottom, x0:x1]
    # a thin stroke (一, -) needs its surroundings to be known for what it is
    pad = max(6, (24 - (bottom - top)) // 2)
    paper = float(np.percentile(crop, 90)) if crop.size else 255.0
    crop = np.asarray(cv2.copyMakeBorder(crop, pad, pad, 8, 8, cv2.BORDER_CONSTANT, value=paper))
    factor = 48 / crop.shape[0]
    return np.asarray(cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)).astype(np.uint8) if factor > 1 else crop.astype(np.uint8)


def _beside(grey: Picture, places: Lines) -> Picture:
    side = max(max(p[2] - p[0], p[3] - p[1]) for p in places) + 4
    x = (min(p[0] for p in places) + max(p[2] for p in places)) // 2
    squares = []
    for _, top, _, bottom in places:
        square = np.full((side, side), 255, dtype=np.uint8)
        left = max(0, x - side // 2)
        crop = grey[top:bottom, left : left + side]
        # 一 and 、 keep about the height at which they stand in their square
        at = (side - crop.shape[0]) // 2
        square[at : at + crop.shape[0], : crop.shape[1]] = crop
        squares.append(square)
    strip = np.hstack(squares)
    return _enlarged(strip, (0, 0, strip.shape[1], strip.shape[0]))
