"""The lines of a text as a table may stand in it: cells where the file or the print marks them, plain text elsewhere.

Everything keeps its offsets in the text.  Nothing here knows a form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from gov_ie.reading.grid import Grid

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_RULE = re.compile(r"[\s|:：\-—–+=]*")
#: The number of a page on a line of its own.
_PAGE = re.compile(r"\s*(?:[-—–－]{1,2}\s*\d{1,3}\s*[-—–－]{1,2}|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3})\s*")
_CELL = re.compile(r"[^|\t]*")
#: Full-width marks and digits as their plain counterparts; one character each, so that offsets hold.
PLAIN = str.maketrans("０１２３４５６７８９．，－＋（）／％：　−–﹣", "0123456789.,-+()/%: ---")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
#: Mark-up may leave blanks around the point.
_NUMBER = r"[+\-]?\d+(?:,\d{3})*(?:[ \t\n]{0,80}\.[ \t\n]{0,80}\d+)?"
_UNIT = r"(?:\s*(?:万元|亿元|元|件|条|项|次|个|宗|份|人次|人|篇|%))?"
_WHOLE_NUMBER = re.compile(rf"\s*({_NUMBER}){_UNIT}\s*")
#: Nothing, in words; and how scans render a lone nought.
_NOUGHTS = ("无", "零", "〇", "○", "O", "o")
_NONE = re.compile(r"[\s\-—－–/\\_.*…×]*")
#: A number in running print. The figure before a mark and Chinese text is the next line's enumerator, not a part of the number.
_TOKEN = re.compile(
    rf"(?P<marked>[/—]*\d+(?:[/—]+\d*)+)|(?P<enumerator>[(（]\d{{1,2}}[)）]|(?<![\d.])[1-9]\d?\s*[.、．]\s*(?=[\u4e00-\u9fff“\"]))|(?P<glued>\d+)\d\s*[.、．]\s*(?=[\u4e00-\u9fff“\"])|(?P<number>{_NUMBER}){_UNIT}|(?P<none>(?<![^\s|])[-—/]{{1,2}}(?![^\s|]))"
)
_ENUMERATED = re.compile(r"\s*[.、．]\s*[\u4e00-\u9fff“\"]")


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: ``text == source[start:end]``."""

    text: str
    start: int
    end: int

    def cut(self, start: int, end: int) -> Piece:
        """The part of it between two offsets into its own text."""
        return Piece(self.text[start:end], self.start + start, self.start + end)

    @property
    def plain(self) -> str:
        """The text with full-width digits and marks made plain; as long as the text."""
        return self.text.translate(PLAIN)


@dataclass(frozen=True)
class Line:
    """A line: its cells where they are marked (``gridded``), with the columns in which they begin, else itself as its only cell.

    ``exact`` says that the file itself marks them, so that no empty cell at its end is lost; ``piped`` that strokes do, which hardly loses them either.
    """

    cells: tuple[Piece, ...]
    gridded: bool
    columns: tuple[int, ...] = (0,)
    width: int = 1
    exact: bool = False
    piped: bool = False


def read_lines(text: str, grids: Sequence[Grid], start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of a stretch of the text, tables row by row."""
    stop = len(text) if end is None else end
    at = start
    for grid in sorted(grids, key=lambda g: g.start):
        if grid.end <= at or grid.start >= stop:
            continue
        yield from _plain_lines(text, at, max(at, grid.start))
        for row in grid.rows():
            kept = [c for c in row if start <= c.start and c.end <= stop]
            if kept:
                yield Line(tuple(Piece(c.text, c.start, c.end) for c in kept), gridded=True, columns=tuple(c.column for c in kept), width=grid.width, exact=True)
        at = max(at, grid.end)
    yield from _plain_lines(text, at, stop)


def _plain_lines(text: str, start: int, end: int) -> Iterator[Line]:
    lines: list[Line] = []
    block: list[tuple[int, str]] = []
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        if not line.strip() or _PAGE.fullmatch(line) or (_RULE.fullmatch(line) and "-" in line and ("|" in line or "+" in line)):
            continue
        if "\t" in line or "|" in line:
            block.append((match.start(), line))
            continue
        lines += _gridded(block)
        block = []
        lines.append(Line((Piece(line, *match.span()),), gridded=False))
    return _rejoined(text, [*lines, *_gridded(block)])


def _gridded(block: Sequence[tuple[int, str]]) -> Iterator[Line]:
    """The lines of a table whose cells are marked; whether strokes stand at the edges as well is seen from all of them."""
    piped = [line.strip(" ") for _, line in block if "|" in line]
    ends = [[line[i] == "|" for line in piped] for i in (0, -1)]
    # where strokes stand at the ends of some lines only, those of lines of one width are right
    ways = list(product(*([True] if all(end) else [False] if not any(end) else [True, False] for end in ends)))
    read = {way: [tuple(_cells(line, offset, *way)) for offset, line in block] for way in ways}
    least = min(len({len(cells) for cells in rows}) for rows in read.values())
    edged = sum(left or right for left, right in zip(*ends, strict=True)) >= 0.8 * len(piped)
    ways = [way for way in ways if len({len(cells) for cells in read[way]}) == least]
    for cells in read[max(ways, key=lambda way: sum(way) if edged else -sum(way))]:
        yield Line(cells, gridded=True, columns=tuple(range(len(cells))), width=len(cells), piped=bool(piped))


def _rejoined(text: str, lines: list[Line]) -> Iterator[Line]:
    """Lines of tabbed cells, those that a line end inside a cell broke apart made whole: together they are as wide as most lines."""
    widths = Counter(line.width for line in lines if line.gridded)
    usual = widths.most_common(1)[0][0] if widths else 0
    at = 0
    while at < len(lines):
        joined, until = lines[at], at + 1
        while usual >= 2 and joined.width < usual and until < len(lines) and until - at < 6 and is_label(joined.cells[-1].text) and _goes_on(lines[until]):
            joined, until = _join(text, joined, lines[until]), until + 1
        whole = until > at + 1 and joined.width == usual
        yield joined if whole else lines[at]
        at = until if whole else at + 1


def _goes_on(line: Line) -> bool:
    """Whether a line may go on with the last cell of the line before: its own first cell is neither empty nor a figure."""
    return not is_blank(line.cells[0].text) and parse_number(line.cells[0].text) is None


def _join(text: str, left: Line, right: Line) -> Line:
    middle = Piece(text[left.cells[-1].start : right.cells[0].end], left.cells[-1].start, right.cells[0].end)
    cells = (*left.cells[:-1], middle, *right.cells[1:])
    return Line(cells, gridded=True, columns=tuple(range(len(cells))), width=len(cells))


def _cells(line: str, offset: int, left: bool, right: bool) -> Iterator[Piece]:
    stripped = line.strip(" ")
    first = line.index("|") + 1 if left and stripped.startswith("|") else 0
    last = len(line.rstrip(" ")) - 1 if right and stripped.endswith("|") and len(stripped) > 1 else len(line)
    at = first
    while at <= last:
        match = _CELL.match(line, at, last)
        if match is None:
            return
        body = match.group()
        lead = len(body) - len(body.lstrip())
        yield Piece(body.strip(), offset + at + lead, offset + at + lead + len(body.strip()))
        at = match.end() + 1


def parse_number(text: str) -> float | int | None:
    """The number that a cell holds, its unit left aside; ``None`` when it holds none."""
    match = _WHOLE_NUMBER.fullmatch(text.translate(PLAIN))
    if match is None:
        return 0 if text.strip() in _NOUGHTS else None
    digits = "".join(match.group(1).replace(",", "").split())
    return float(digits) if "." in digits else int(digits)


def parse_money(text: str, unit: str) -> float | int | None:
    """The amount in yuan that a cell holds; ``unit`` (元 or 万元) counts where the cell names none."""
    number = parse_number(text)
    if number is None:
        return None
    printed = "亿元" if "亿" in text else "万元" if "万" in text else "元" if "元" in text else unit
    yuan = round(number * {"元": 1, "万元": 10_000, "亿元": 100_000_000}[printed], 4)
    return int(yuan) if yuan == int(yuan) else yuan


def is_blank(text: str) -> bool:
    """Whether a cell is printed empty: nothing, or only dashes and strokes."""
    return _NONE.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether a cell holds words."""
    return HAN.search(text) is not None and parse_number(text) is None


def han(text: str) -> str:
    """The Chinese characters of a text alone: labels are compared by these."""
    return "".join(HAN.findall(text))


def find_numbers(piece: Piece) -> Iterator[Piece]:
    """The numbers in running print, with their units, in order; enumerators are none of them, a dash for an empty cell is an empty piece."""
    plain = piece.text.translate(PLAIN)
    for match in _TOKEN.finditer(plain):
        if match.lastgroup == "none":
            yield piece.cut(match.start(), match.start())
        elif match.lastgroup == "marked":
            # the last digit may be the enumerator of the next line
            yield piece.cut(match.start(), match.end() - bool(plain[match.end() - 1].isdigit() and _ENUMERATED.match(plain, match.end())))
        elif match.lastgroup in ("glued", "number"):
            yield piece.cut(*(match.span() if match.lastgroup == "number" else match.span("glued")))
