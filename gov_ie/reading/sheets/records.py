"""Files with one report a row: which column is the text, which the title, and a source for every row."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.documents import Failure, as_source, guarded
from gov_ie.reading.grid import Grid
from gov_ie.reading.kinds import Detected, Kind
from gov_ie.reading.sheets.rows import Row, Rows, csv_rows, json_rows, parquet_rows
from gov_ie.reading.sheets.workbook import shown, workbook_form, workbook_rows
from gov_ie.reading.source import Source

#: A source's warning that begins so says which columns were taken without having been asked for.
GUESSED = "columns guessed: "
TEXT_NAMES = (
    "正文", "全文", "报告正文", "报告全文", "年报正文", "年报全文", "正文内容", "报告内容", "年报内容", "文章内容", "文本", "文本内容", "内容",
    "text", "content", "body", "fulltext", "full_text", "full text", "article", "html", "raw_text", "report_text", "report",
)  # fmt: skip
TITLE_NAMES = ("标题", "题名", "题目", "报告标题", "报告名称", "报告题名", "文件标题", "文章标题", "年报标题", "名称", "title", "headline", "heading", "subject", "name")
_IN_NAME = re.compile("正文|全文|内容")
_GENRE = re.compile("信息公开|政务公开")
_HAN = re.compile("[\u4e00-\u9fff]")
_HTML = re.compile(r"<(?:html|body|p|div|br|span|table|tr|td|ul|ol|h[1-6]|section|article)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SAMPLE = 50


@dataclass(frozen=True)
class _Columns:
    text: str
    title: str | None
    guessed: str = ""


def read_records(
    data: bytes, found: Detected, *, name: str, path: str, text_column: str | None = None, title_column: str | None = None
) -> Iterator[Source | Failure]:  # fmt: skip
    """A source for every row of a CSV, JSON, Parquet or Excel file; a failure for a row that holds no text.

    A row is called ``NAME#1``, ``NAME#2``, … (data rows, over all sheets that hold reports; blank ones do not count). A workbook none of whose sheets holds a report
    a row is itself one report, its sheets are its tables.

    Args:
        data: the whole file.
        found: its kind, one of :data:`~gov_ie.reading.kinds.RECORDS`.
        name: the file's name.
        path: where it is, for the sources and for messages.
        text_column: name (or number, from 1) of the column with the text; found out by names and lengths when not given.
        title_column: of the column with the title, which becomes the text's first line unless the text begins with it.

    Raises:
        ReadError: the file is damaged (also while it is read), or has no such column.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    number = 0
    any_table = False
    seen: list[str] = []
    broken = ""
    for rows in _tables(data, found.kind, (*TEXT_NAMES, *TITLE_NAMES, *([text_column.strip().lower()] if text_column else [])), path):
        sample = list(islice(rows.rows, _SAMPLE))
        seen += [column for column in rows.columns if column not in seen]
        broken = broken or next((f"; a row {row.problem}" for row in sample if row.problem), "")
        columns = _columns(rows.columns, sample, text_column, title_column)
        if columns is None:
            continue
        any_table = True
        shared = [w for w in (found.warning, columns.guessed + (f", sheet “{rows.sheet}”" if columns.guessed and rows.sheet else ""), *rows.warnings) if w]
        for row in chain(sample, rows.rows):
            if not row.problem and not any(_words(value).strip() for value in row.values.values()):
                continue
            number += 1
            yield _source(row, columns, rows, shared, name=f"{name}#{number}", path=path, sha256=sha256)
    if any_table:
        return
    if found.kind in (Kind.XLSX, Kind.XLS) and text_column is None and title_column is None:
        content = guarded(lambda: workbook_form(data, found.kind, path=path), path, found.kind)
        yield as_source(replace(content, warnings=(*filter(None, (found.warning,)), *content.warnings)), name=name, path=path, sha256=sha256)
        return
    raise ReadError(f"{path}: {_no_column(text_column, title_column, seen)}{broken}")


def _no_column(text_column: str | None, title_column: str | None, seen: Sequence[str]) -> str:
    there = f"the columns are {', '.join(seen[:20])}{' …' if len(seen) > 20 else ''}" if seen else "the file holds no rows"
    if text_column is not None or title_column is not None:
        asked = " or ".join(f"“{column}”" for column in (text_column, title_column) if column is not None)
        return f"no table in it has the columns asked for ({asked}) and a text; {there}"
    return f"no column holds the texts of reports; {there}; name one with --text-column, or text_column= in Python"


def _tables(data: bytes, kind: Kind, wanted: Sequence[str], path: str) -> Iterable[Rows]:
    if kind is Kind.CSV:
        return [csv_rows(data, path=path)]
    if kind is Kind.JSON:
        return [json_rows(data, path=path)]
    if kind is Kind.PARQUET:
        return [parquet_rows(data, path=path)]
    return workbook_rows(data, kind, wanted, path=path)


def _named(columns: Sequence[str], wanted: str) -> str | None:
    """The column of this name, whatever its case, or with this number (from 1)."""
    for column in columns:
        if column.strip().lower() == wanted.strip().lower():
            return column
    return columns[int(wanted) - 1] if wanted.isdecimal() and 0 < int(wanted) <= len(columns) else None


def _columns(columns: Sequence[str], sample: Sequence[Row], text_column: str | None, title_column: str | None) -> _Columns | None:
    """Text and title column of a table; ``None`` where it has none that was asked for, or none that can be the text."""
    text = _named(columns, text_column) if text_column is not None else _guess_text(columns, sample)
    if text is None:
        return None
    if title_column is not None:
        title = _named(columns, title_column)
        if title is None:
            return None
    else:
        title = _guess_title([column for column in columns if column != text], sample)
    said = [f"the text from “{text}”"] * (text_column is None) + [f"the title from “{title}”"] * (title_column is None and title is not None)
    return _Columns(text, title, GUESSED + ", ".join(said) if said else "")


def _values(column: str, sample: Sequence[Row]) -> list[str]:
    return [words for row in sample if (words := _words(row.values.get(column)).strip())]


def _mean(values: Sequence[str]) -> float:
    return sum(map(len, values)) / len(values) if values else 0.0


def _guess_text(columns: Sequence[str], sample: Sequence[Row]) -> str | None:
    """By name where what stands there is more than a word or two; else the longest texts that speak of 信息公开."""
    means = {column: _mean(_values(column, sample)) for column in columns}
    lower = {column: column.strip().lower() for column in columns}
    exact = [column for wanted in TEXT_NAMES for column in columns if lower[column] == wanted and means[column] >= 20]
    if exact:
        return exact[0]
    alike = [column for column in columns if _IN_NAME.search(column) and means[column] >= 40]
    long = [column for column in columns if means[column] >= 100 and any(_GENRE.search(value) for value in _values(column, sample))]
    return max(alike or long, key=lambda column: means[column], default=None)


def _guess_title(columns: Sequence[str], sample: Sequence[Row]) -> str | None:
    """By name, where short Chinese words stand there: ``name`` may as well be a file's name."""
    for wanted in TITLE_NAMES:
        for column in columns:
            values = _values(column, sample) if column.strip().lower() == wanted else []
            if values and _mean(values) <= 100 and sum(bool(_HAN.search(value)) for value in values) > len(values) / 2:
                return column
    return None


def _words(value: Any) -> str:
    """A cell as text: a list of texts is their lines; an object stays JSON."""
    if isinstance(value, str):
        return value
    if value is None or value != value:  # NaN is no text
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else shown(value)


def _source(row: Row, columns: _Columns, rows: Rows, shared: Sequence[str], *, name: str, path: str, sha256: str) -> Source | Failure:
    label = f"{path}#{name.rpartition('#')[2]}"
    try:
        if row.problem:
            raise ReadError(f"{label}: the row {row.problem}")
        text = _words(row.values.get(columns.text))
        if not text.strip():
            raise ReadError(f"{label}: the row has no text in the column “{columns.text}”")
        content = _content(text, label)
        content = _titled(content, _words(row.values.get(columns.title)) if columns.title is not None else "")
        warnings = (*shared, *filter(None, (row.warning,)), *content.warnings)
        return replace(as_source(replace(content, encoding=rows.encoding, warnings=warnings), name=name, path=label, sha256=sha256), path=path)
    except ReadError as error:
        return Failure(name, path, error)


def _content(text: str, label: str) -> Content:
    """A cell's text; one that is a piece of a web page is read as that, with its tables."""
    if not _HTML.search(text):
        return Content(text)
    from gov_ie.reading.web.html import read_html

    return guarded(lambda: read_html(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), name=label), label, Kind.HTML)


def _titled(content: Content, title: str) -> Content:
    """The content with the title as its first line, unless one of its first lines is that already; its tables and pages stand as much further on."""
    line = " ".join(title.split())
    bare = "".join(line.split())
    opening = content.text[: 300 + 2 * len(line)]
    # A title in the middle of a sentence is no title; one that is wrapped or runs into the text stands at the front.
    if not line or "".join(opening.split()).startswith(bare) or any("".join(one.split()) == bare for one in re.split(r"[\n\r]|\u3000{2,}", opening)):
        return content
    by = len(line) + 1
    return replace(content, text=f"{line}\n{content.text}", tables=tuple(_shifted(grid, by) for grid in content.tables), pages=tuple(page + by for page in content.pages))


def _shifted(grid: Grid, by: int) -> Grid:
    cells = tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in grid.cells)
    return Grid(cells, grid.start + by, grid.end + by)
