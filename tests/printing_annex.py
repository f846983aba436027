"""Prints annexes of invented figures: as tables, and as the text that converters make of tables."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from importlib import resources

from gov_ie.reading.grid import Grid, RawCell, TextBuilder

TITLE = "政府信息公开情况统计表"


@dataclass(frozen=True)
class Printed:
    """A line as the form prints it; ``name`` is what it is to be called, ``figure`` is ``None`` for an empty cell and ``""`` for a heading."""

    enumerator: str
    among: bool
    label: str
    note: str
    unit: str
    name: str
    figure: str | None

    @property
    def heading(self) -> bool:
        return not self.unit

    @property
    def text(self) -> str:
        return self.enumerator + self.label + (f"（{self.note}）" if self.note else "")


def annex(seed: int, *, blanks: float = 0.1, lost: int = 0) -> list[Printed]:
    """The lines of the annex of 2014 with random figures; ``blanks`` is the share of empty cells, ``lost`` cuts lines off the end."""
    rng = random.Random(seed)
    rows = json.loads(resources.files("gov_ie.forms").joinpath("2014.json").read_text(encoding="utf-8"))["rows"]
    lines: list[Printed] = []
    chapter = ""
    among = False
    rows = rows[: len(rows) - lost]
    printed = Counter(row["name"] for row in rows)
    for row in rows:
        if row["enumerator"].endswith("、"):
            chapter = row["name"]
        first_among = bool(row.get("among")) and not among
        among = bool(row.get("among"))
        name = f"{chapter}/{row['name']}" if printed[row["name"]] > 1 else row["name"]
        figure: str | None = ""
        if row["unit"]:
            value = rng.choice([0, 0, rng.randrange(10), rng.randrange(100), rng.randrange(20000)])
            figure = f"{rng.choice([0, 1, 12])}.{rng.randrange(1, 99):02d}" if row["unit"] == "万元" and rng.random() < 0.5 else str(value)
            if rng.random() < blanks:
                figure = None
        lines.append(Printed(row["enumerator"] + ("其中：" if first_among else ""), first_among, row["name"], row.get("note", ""), row["unit"] or "", name, figure))
    return lines


def expected(lines: list[Printed]) -> dict[str, float]:
    """Name → figure, money in yuan."""
    found = {}
    for line in lines:
        if line.figure:
            found[line.name] = round(float(line.figure) * 10000, 6) if line.unit == "万元" else float(line.figure)
    return found


def _shown(line: Printed, empty: str) -> str:
    return empty if line.figure is None else line.figure


def run_together(lines: list[Printed]) -> str:
    """No mark between anything; empty cells vanish."""
    return TITLE + "统计指标单位统计数" + "".join(line.text + line.unit + _shown(line, "") for line in lines)


def by_line(lines: list[Printed], *, gap: str = "\n", empty: str = "") -> str:
    """One cell a line."""
    cells = ["统计指标", "单位", "统计数"]
    for line in lines:
        cells += [line.text] if line.heading else [line.text, line.unit, _shown(line, empty)]
    return TITLE + "\n" + gap.join(cells) + "\n"


def by_separator(lines: list[Printed], separator: str, *, empty: str = "", wrap: int = 0) -> str:
    """A row a line, cells parted by ``separator``; names longer than ``wrap`` are broken."""
    rows = [separator.join(("统计指标", "单位", "统计数"))]
    for line in lines:
        text = line.text
        if wrap and len(text) > wrap:
            text = "\n".join(text[i : i + wrap] for i in range(0, len(text), wrap))
        rows.append(separator.join((text, line.unit, "" if line.heading else _shown(line, empty))))
    return TITLE + "\n" + "\n".join(rows) + "\n"


def pipes(lines: list[Printed], *, torn: bool = False) -> str:
    """A Markdown table; ``torn``: each row a table of its own."""
    head = "| 统计指标 | 单位 | 统计数 |\n| --- | --- | --- |\n"
    rows = [f"| {line.text} | {line.unit} | {'' if line.heading else _shown(line, '')} |\n" for line in lines]
    if not torn:
        return TITLE + "\n\n" + head + "".join(rows)
    return TITLE + "\n\n" + head + "\n" + "\n".join(row + "| --- | --- | --- |\n" for row in rows)


def tables(lines: list[Printed], *, empty: str = "", pages: int = 1, repeat: bool = True, merged: bool = False) -> tuple[str, list[Grid]]:
    """Real tables, over one page or more; ``merged``: a heading is one cell over the whole width."""
    builder = TextBuilder()
    builder.paragraph(TITLE)
    size = -(-len(lines) // pages)
    for page in range(pages):
        cells: list[RawCell] = []
        r = 0
        if page == 0 or repeat:
            cells += [RawCell(text, 0, c) for c, text in enumerate(("统计指标", "单位", "统计数"))]
            r = 1
        for i, line in enumerate(lines[page * size : (page + 1) * size]):
            if line.heading and merged:
                cells.append(RawCell(line.text, r + i, 0, columns=3))
            else:
                figure = "" if line.heading else _shown(line, empty)
                cells += [RawCell(line.text, r + i, 0), RawCell(line.unit, r + i, 1), RawCell(figure, r + i, 2)]
        builder.table(cells)
    return builder.text, builder.grids


def side_by_side(lines: list[Printed]) -> tuple[str, list[Grid]]:
    """Two blocks of columns in one table."""
    half = -(-len(lines) // 2)
    cells = [RawCell(text, 0, c) for c, text in enumerate(("指标", "单位", "数量") * 2)]
    for i, line in enumerate(lines):
        r, c = (i + 1, 0) if i < half else (i - half + 1, 3)
        cells += [RawCell(line.text, r, c), RawCell(line.unit, r, c + 1), RawCell("" if line.heading else _shown(line, ""), r, c + 2)]
    builder = TextBuilder()
    builder.paragraph("附表：" + TITLE)
    builder.table(cells)
    return builder.text, builder.grids


PRINTS = {
    "run together": lambda lines: (run_together(lines), []),
    "cell by line": lambda lines: (by_line(lines), []),
    "cell by line, blank lines": lambda lines: (by_line(lines, gap="\n\n", empty="—"), []),
    "tabs": lambda lines: (by_separator(lines, "\t"), []),
    "tabs, names broken": lambda lines: (by_separator(lines, "\t", wrap=11), []),
    "blanks": lambda lines: (by_separator(lines, " ", empty="-"), []),
    "ideographic blanks, names broken": lambda lines: (by_separator(lines, "\u3000\u3000", empty="/", wrap=9), []),
    "pipes": lambda lines: (pipes(lines), []),
    "torn pipes": lambda lines: (pipes(lines, torn=True), []),
    "table": lambda lines: tables(lines),
    "table, dashes, merged headings": lambda lines: tables(lines, empty="-", merged=True),
    "table over pages": lambda lines: tables(lines, pages=3),
    "table over pages, head once": lambda lines: tables(lines, pages=4, repeat=False),
    "blocks side by side": lambda lines: side_by_side(lines),
    "tables unknown to the reader": lambda lines: (tables(lines, pages=2)[0], []),
    "blocks unknown to the reader": lambda lines: (side_by_side(lines)[0], []),
}
