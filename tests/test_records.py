"""Files with one report a row, and workbooks that are one report: rows → sources."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.errors import ReadError
from gov_ie.reading import Failure, Source, read, read_all
from gov_ie.reading.sheets import rows, workbook
from gov_ie.reading.sheets.records import GUESSED

TITLES = ("平川县水利局2013年政府信息公开工作年度报告", "临河区教育局2014年政府信息公开工作年度报告")
TEXTS = ("一、概述\n全年主动公开政府信息86条，其中“规划计划”类12条；没有收到依申请公开。", "一、主动公开情况\n公开政府信息，共12条。\n二、存在问题\n更新不够及时。")
ROWS = [{"id": "7", "标题": title, "正文": text} for title, text in zip(TITLES, TEXTS, strict=True)]
WHOLE = [f"{title}\n{text}" for title, text in zip(TITLES, TEXTS, strict=True)]


def _csv(records: Sequence[dict[str, Any]], *, delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(records[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(records)
    return stream.getvalue().encode(encoding)


def _jsonl(records: Sequence[Any]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _xlsx(lines: Sequence[Sequence[Any]], *merged: str, sheets: dict[str, Sequence[Sequence[Any]]] | None = None) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for stretch in merged:
        book.active.merge_cells(stretch)
    for name, more in (sheets or {}).items():
        sheet = book.create_sheet(name)
        for line in more:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _parquet(records: Sequence[dict[str, Any]]) -> bytes:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(records)), stream)
    return stream.getvalue()


def _xls(lines: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    pytest.importorskip("xlrd")
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("表一")
    covered = {(r, c) for top, bottom, left, right in merged for r in range(top, bottom + 1) for c in range(left, right + 1)}
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if value is not None and (row, column) not in covered:
                sheet.write(row, column, value)
    for top, bottom, left, right in merged:
        sheet.write_merge(top, bottom, left, right, lines[top][left])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(records: Sequence[dict[str, Any]]) -> list[list[Any]]:
    return [list(records[0]), *(list(record.values()) for record in records)]


def _read(tmp_path: Path, name: str, data: bytes, **columns: str) -> list[Source | Failure]:
    path = tmp_path / name
    path.write_bytes(data)
    items = list(read_all([path], **columns))
    assert all(item.path == str(path) for item in items)
    return items


def _sources(tmp_path: Path, name: str, data: bytes, **columns: str) -> list[Source]:
    items = _read(tmp_path, name, data, **columns)
    assert [str(item.error) for item in items if isinstance(item, Failure)] == []
    return [item for item in items if isinstance(item, Source)]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.csv", _csv),
        ("a.csv", lambda r: _csv(r, encoding="utf-8-sig")),
        ("a.csv", lambda r: _csv(r, encoding="gb18030")),
        ("a.csv", lambda r: _csv(r, encoding="utf-16")),
        ("a.csv", lambda r: _csv(r, delimiter=";", end="\n")),
        ("a.csv", lambda r: _csv(r, delimiter="|")),
        ("a.csv", lambda r: b"sep=;\r\n" + _csv(r, delimiter=";")),
        ("a.tsv", lambda r: _csv(r, delimiter="\t")),
        ("a.xls", lambda r: _csv(r, delimiter="\t")),
        ("a.jsonl", _jsonl),
        ("a.json", _jsonl),
        ("a.txt", _jsonl),
        ("a.json", lambda r: json.dumps(r, ensure_ascii=False, indent=1).encode()),
        ("a.json", lambda r: json.dumps({"total": 2, "rows": r}).encode("utf-8-sig")),
        ("a.xlsx", lambda r: _xlsx(_lines(r))),
        ("a.xlsx", lambda r: _xlsx([["各单位年报汇总"], [], *_lines(r)])),
        ("a.xlsx", lambda r: _xlsx([["说明"], ["一行一份报告"]], sheets={"年报": _lines(r)})),
        ("a.xls", lambda r: _xls(_lines(r))),
        ("a.parquet", _parquet),
    ],
    ids=["csv", "bom", "gb18030", "utf-16", "semicolons", "pipes", "sep=", "tsv", "tabs named xls", "jsonl", "lines named json", "lines named txt", "array", "wrapped array", "xlsx", "title above", "second sheet", "xls", "parquet"],
)
def test_a_report_a_row(tmp_path: Path, name: str, make) -> None:  # type: ignore[no-untyped-def]
    sources = _sources(tmp_path, name, make(ROWS))
    assert [source.text for source in sources] == WHOLE
    assert [source.name for source in sources] == [f"{name}#1", f"{name}#2"]
    assert all(any(w.startswith(f"{GUESSED}the text from “正文”, the title from “标题”") for w in source.warnings) for source in sources)


@pytest.mark.parametrize(
    ("header", "text", "title"),
    [
        (("编号", "内容", "题名"), "内容", "题名"),
        (("Title", "Content"), "Content", "Title"),
        (("name", "body"), "body", "name"),
        (("网页正文文本", "标题", "地址"), "网页正文文本", "标题"),
        (("a", "b"), "b", None),
        (("title", "text", "正文"), "正文", "title"),
    ],
)
def test_columns_are_known_by_their_names_or_by_what_stands_in_them(tmp_path: Path, header: tuple[str, ...], text: str, title: str | None) -> None:
    long = "一、信息公开概述。全年主动公开政府信息86条。" * 8
    cells = dict.fromkeys(header, "平川县") | {text: long} | ({title: TITLES[0]} if title else {})
    (source,) = _sources(tmp_path, "a.csv", _csv([cells]))
    assert source.text == (f"{TITLES[0]}\n{long}" if title else long)


def test_a_column_of_that_name_with_hardly_any_text_is_not_taken(tmp_path: Path) -> None:
    long = "全年信息公开共86条。" * 12
    (source,) = _sources(tmp_path, "a.csv", _csv([{"内容": "年报", "name": "a.pdf", "网页": long}]))
    assert source.text == long


def test_columns_can_be_chosen_by_name_and_by_number(tmp_path: Path) -> None:
    data = _csv([{"正文": "甲" * 50, "Other": "乙" * 50, "标题": "丙", "t": "丁"}])
    (source,) = _sources(tmp_path, "a.csv", data, text_column="other", title_column="4")
    assert source.text == "丁\n" + "乙" * 50
    assert not any(w.startswith(GUESSED) for w in source.warnings)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx", "a.parquet"])
@pytest.mark.parametrize("columns", [{"text_column": "全部"}, {"text_column": "9"}, {"text_column": "正文", "title_column": "题"}])
def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are(tmp_path: Path, name: str, columns: dict[str, str]) -> None:
    make = {"a.csv": _csv, "a.jsonl": _jsonl, "a.xlsx": lambda r: _xlsx(_lines(r)), "a.parquet": _parquet}[name]
    (failure,) = _read(tmp_path, name, make(ROWS), **columns)
    assert isinstance(failure, Failure)
    assert "the columns are id, 标题, 正文" in str(failure.error)


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"a\n", b"name,n\n\xe5\xb9\xb3,1\n"])
def test_a_table_without_any_text_is_an_error_that_says_what_to_do(tmp_path: Path, data: bytes) -> None:
    (failure,) = _read(tmp_path, "a.csv", data)
    assert isinstance(failure, Failure)
    assert "--text-column" in str(failure.error)


def test_a_file_without_a_header_has_numbered_columns(tmp_path: Path) -> None:
    long = "全年信息公开共86条。" * 12
    sources = _sources(tmp_path, "a.csv", f"1,{long}\n2,{long}\n".encode())
    assert [source.text for source in sources] == [long, long]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (TITLES[0], f"{TITLES[0]}\n一、概述", f"{TITLES[0]}\n一、概述"),
        (TITLES[0], "平川县水利局\n2013年政府信息公开\n工作年度报告\n一、概述", "平川县水利局\n2013年政府信息公开\n工作年度报告\n一、概述"),
        (" 平川县\n年报 ", "一、概述", "平川县 年报\n一、概述"),
        ("", "一、概述", "一、概述"),
        (None, "一、概述", "一、概述"),
    ],
)
def test_the_title_is_the_first_line_unless_it_is_there_already(tmp_path: Path, title: str | None, text: str, expected: str) -> None:
    (source,) = _sources(tmp_path, "a.jsonl", _jsonl([{"t": title, "x": text}]), text_column="x", title_column="t")
    assert source.text == expected


def test_a_row_without_text_fails_alone(tmp_path: Path) -> None:
    data = _csv([ROWS[0], {"id": "8", "标题": "空", "正文": " "}, dict.fromkeys(ROWS[0], ""), ROWS[1]])
    first, failure, last = _read(tmp_path, "a.csv", data)
    assert isinstance(failure, Failure)
    assert (first.name, failure.name, last.name) == ("a.csv#1", "a.csv#2", "a.csv#3")
    assert str(failure.error) == f"{tmp_path / 'a.csv'}#2: the row has no text in the column “正文”"


def test_a_broken_line_of_json_fails_alone(tmp_path: Path) -> None:
    data = _jsonl(ROWS[:1]) + b'{"text": \n[1]\n\n' + _jsonl(ROWS[1:])
    items = _read(tmp_path, "a.jsonl", data)
    assert [(type(item), item.name) for item in items] == [(Source, "a.jsonl#1"), (Failure, "a.jsonl#2"), (Failure, "a.jsonl#3"), (Source, "a.jsonl#4")]
    path = tmp_path / "a.jsonl"
    assert [str(item.error) for item in items if isinstance(item, Failure)] == [
        f"{path}#2: the row (line 2) is not valid JSON (Expecting value, column 10); mend the line, or delete it", f"{path}#3: the row (line 3) is no JSON object",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(_jsonl(ROWS[:1])[:40], r"a\.jsonl: line 1 is not valid JSON \(Unterminated string starting at, column \d+\); mend it or write the file anew", id="a single line, cut off"),
        pytest.param(b'[\n{"text": "a"},\n{"text": }\n]', r"a\.jsonl: line 3 is not valid JSON \(Expecting value, column 10\)", id="an array"),
        pytest.param(b'{\n "text": "a",\n "more": }\n', r"a\.jsonl: line 3 is not valid JSON \(Expecting value, column 10\)", id="an object over several lines"),
        pytest.param(_jsonl([{"id": 1}]) + b'{"id": 2, "text', r"no column holds the texts of reports; the columns are id; .*; a row \(line 2\) is not valid JSON \(Unterminated string", id="the only line with a text"),
    ],
)
def test_broken_json_is_told_as_that(tmp_path: Path, data: bytes, says: str) -> None:
    (failure,) = _read(tmp_path, "a.jsonl", data)
    assert isinstance(failure, Failure)
    assert re.search(says, str(failure.error)), str(failure.error)


def test_a_first_line_that_lost_its_beginning(tmp_path: Path) -> None:
    first, *others = _read(tmp_path, "a.jsonl", b'7, "more": 1}\n' + _jsonl(ROWS))
    assert isinstance(first, Failure)
    assert "a.jsonl#1: the row (line 1) is not valid JSON" in str(first.error)
    assert [type(item) for item in others] == [Source] * len(ROWS)


@pytest.mark.parametrize(("value", "text"), [(["一、概述", "二、公开"], "一、概述\n二、公开"), (b"\xe4\xb8\x80", "一"), (86, "86"), (86.0, "86"), ({"a": 1}, '{"a": 1}')])
def test_values_that_are_no_strings(tmp_path: Path, value: Any, text: str) -> None:
    (source,) = _sources(tmp_path, "a.parquet", _parquet([{"x": value}]), text_column="x")
    assert source.text == text


def test_a_row_that_is_cut_at_unquoted_delimiters_is_warned_of(tmp_path: Path) -> None:
    (source,) = _sources(tmp_path, "a.csv", f"标题,正文\n年报,{TEXTS[0].replace(chr(10), '')},更多,字\n".encode())
    assert any("may be cut" in w for w in source.warnings)


def test_a_cell_that_excel_cut_off_is_warned_of(tmp_path: Path) -> None:
    (source,) = _sources(tmp_path, "a.xlsx", _xlsx([["正文"], ["公" * 32_767]]))
    assert any("cut off" in w for w in source.warnings)


def test_a_quotation_mark_that_is_never_closed_is_warned_of(tmp_path: Path) -> None:
    (source,) = _sources(tmp_path, "a.csv", f'标题,正文\n年报,"{TEXTS[0]}\n'.encode())
    assert any("never closed" in w for w in source.warnings)


def test_a_field_of_several_megabytes_and_one_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "公开政府信息。" * 60_000
    (source,) = _sources(tmp_path, "a.csv", _csv([{"正文": text}]))
    assert source.text == text
    monkeypatch.setattr(rows, "MAX_FIELD", 1000)
    before = csv.field_size_limit(1000)
    (failure,) = _read(tmp_path, "a.csv", _csv([{"正文": text}]))
    csv.field_size_limit(before)
    assert isinstance(failure, Failure)
    assert "not valid CSV" in str(failure.error)


def test_a_piece_of_a_web_page_in_a_cell_is_read_as_one_with_its_tables(tmp_path: Path) -> None:
    html = "<div><p>一、概述</p><p>全年主动公开政府信息86条。</p><table border=1><tr><th>信息内容</th><th>本年新公开数量</th></tr><tr><td>规章</td><td>3</td></tr><tr><td>规范性文件</td><td>12</td></tr></table></div>"
    (source,) = _sources(tmp_path, "a.jsonl", _jsonl([{"标题": TITLES[0], "正文": html}]))
    assert source.text.startswith(TITLES[0] + "\n一、概述\n")
    (grid,) = source.tables
    assert [[cell.text for cell in row] for row in grid.rows()] == [["信息内容", "本年新公开数量"], ["规章", "3"], ["规范性文件", "12"]]
    assert all(source.text[cell.start : cell.end] == cell.text for cell in grid.cells)
    assert source.text[grid.start :].startswith("信息内容\t")


def test_one_row_is_one_report_and_several_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_csv(ROWS[:1]))
    assert read(path).text == WHOLE[0]
    path.write_bytes(_csv(ROWS))
    with pytest.raises(ReadError, match="several reports; read them with extract_many or 'gov-ie extract'"):
        read(path)


FORM: list[list[Any]] = [
    ["平川县水利局2020年政府信息公开工作年度报告", None, None, None],
    ["二、主动公开政府信息情况", None, None, None],
    ["第二十条第（一）项", None, None, None],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", 0, 0, 3],
    ["行政规范性文件", 12, None, 40.0],
    [],
    ["三、申请情况", None, None, None],
    ["结果", "予以公开", 5, 0.5],
    [None, "不予公开", 1, "—"],
    ["注：本表数字由各科室填报，统计期限自2020年1月1日至2020年12月31日，凡未注明单位的均为件，重复申请的不重复计算，由局办公室汇总。", None, None, None],
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_workbook_that_is_a_printed_form_is_one_report_with_its_tables(tmp_path: Path, name: str) -> None:
    data = _xlsx(FORM, "A1:D1", "A3:D3", "A9:A10", "A11:D11") if name == "a.xlsx" else _xls(FORM, [(0, 0, 0, 3), (2, 2, 0, 3), (8, 9, 0, 0), (10, 10, 0, 3)])
    (source,) = _sources(tmp_path, name, data)
    assert source.name == name
    assert source.text.startswith("平川县水利局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\n第二十条第（一）项\n信息内容\t")
    assert source.text.endswith("由局办公室汇总。\n")
    first, second = source.tables
    assert [[cell.text for cell in row] for row in first.rows()] == [["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "3"], ["行政规范性文件", "12", "", "40"]]
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in second.cells] == [
        ("结果", 0, 0, 2, 1), ("予以公开", 0, 1, 1, 1), ("5", 0, 2, 1, 1), ("0.5", 0, 3, 1, 1), ("不予公开", 1, 1, 1, 1), ("1", 1, 2, 1, 1), ("—", 1, 3, 1, 1),
    ]  # fmt: skip
    assert (first.cells[0].columns, first.width) == (4, 4)


def test_what_a_sheet_shows(tmp_path: Path) -> None:
    import datetime

    assert [workbook.shown(v) for v in (None, True, 86, 86.0, 0.25, datetime.date(2014, 3, 5), "a_x000D_\nb")] == ["", "True", "86", "86", "0.25", "2014年3月5日", "a\nb"]
    assert workbook.shown(0.4567, "0.00%") == "45.67%"


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(_xlsx(FORM, sheets={"隐藏": [["甲", "乙"], ["9", "9"]]})))
    book["隐藏"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert "甲" not in read(tmp_path / "a.xlsx").text


def test_a_workbook_too_large_unpacked_and_a_sheet_with_far_off_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文"])
    book.active.append([TITLES[0], TEXTS[0]])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").text == WHOLE[0]
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 100)
    with pytest.raises(ReadError, match=r"too large unpacked.*CSV"):
        read(tmp_path / "a.xlsx")


def test_a_stretch_that_is_the_whole_sheet(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_xlsx(FORM, "A1:D1"))) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"A1:D1"', b'"A6:XFD1048576"'))
    (source,) = _sources(tmp_path, "a.xlsx", packed.getvalue())
    assert "行政规范性文件" in source.text


@pytest.mark.parametrize(("name", "library"), [("a.xlsx", "openpyxl"), ("a.parquet", "pyarrow"), ("a.xls", "xlrd")])
def test_a_library_that_is_missing_is_said_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str) -> None:
    data = {"a.xlsx": lambda: _xlsx([["x"]]), "a.parquet": lambda: _parquet([{"x": 1}]), "a.xls": lambda: _xls([["x"]])}[name]()
    monkeypatch.setitem(__import__("sys").modules, library, None)
    (failure,) = _read(tmp_path, name, data)
    assert isinstance(failure, Failure)
    assert str(failure.error).startswith(str(tmp_path / name))
    assert 'pip install "gov-ie[table]"' in str(failure.error)


_TEXTS = st.text(st.sampled_from("公开信息\n,;\t|\"'。 8<x>"), min_size=1, max_size=60).filter(lambda t: t.strip() and t == t.replace("\r", ""))


@given(st.lists(_TEXTS, min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_any_texts_come_back_from_csv_as_they_were(tmp_path_factory: pytest.TempPathFactory, texts: list[str], delimiter: str) -> None:
    path = tmp_path_factory.getbasetemp() / "texts.csv"
    path.write_bytes(_csv([{"n": str(i), "正文": text} for i, text in enumerate(texts)], delimiter=delimiter))
    assert [item.text if isinstance(item, Source) else str(item.error) for item in read_all([path], text_column="正文")] == texts


@given(st.integers(1, 6), st.integers(2, 6), st.data())
def test_any_merged_sheet_has_every_cell_once_and_in_its_place(tmp_path_factory: pytest.TempPathFactory, height: int, width: int, data: st.DataObject) -> None:
    free = {(r, c) for r in range(height) for c in range(width)}
    merged, placed = [], {}
    while free:
        row, column = min(free)
        rows_, columns = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
        if not {(r, c) for r in range(row, row + rows_) for c in range(column, column + columns)} <= free:
            rows_ = columns = 1
        free -= {(r, c) for r in range(row, row + rows_) for c in range(column, column + columns)}
        placed[row, column] = (f"格{row}{column}", rows_, columns)
        merged.append((row, column, rows_, columns))
    sheet = workbook.Sheet("x", {place: text for place, (text, _, _) in placed.items()}, tuple(merged))
    from gov_ie.reading.grid import TextBuilder

    builder = TextBuilder()
    workbook._write(sheet, builder)
    cells = [cell for grid in builder.grids for cell in grid.cells]
    assert all(builder.text[cell.start : cell.end] == cell.text for cell in cells)
    assert sorted(builder.text.split()) == sorted(text for text, _, _ in placed.values())
    spans = {text: (rows_, columns) for text, rows_, columns in placed.values()}
    assert all((cell.rows, cell.columns) == spans[cell.text] for cell in cells)
