"""Many reports as tables: a row a report, a fact or a cell; written, and read back as they were."""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import gov_ie
from gov_ie.assembly.forms import fill_from_forms
from gov_ie.checks import find_checks
from gov_ie.cli import app
from gov_ie.errors import GovIEError
from gov_ie.export import columns, workbook
from gov_ie.export.dictionary import LAYOUTS
from gov_ie.export.files import write_table
from gov_ie.export.frame import list_fields, scalar_fields
from gov_ie.export.spreadsheet import guard, visible
from gov_ie.fields import FIELDS
from gov_ie.report import Report
from gov_ie.tables import read_forms

EXAMPLES = Path(__file__).parents[1] / "examples"
ANNEX = (
    "附件：政府信息公开情况统计表\n统计指标\t单位\t统计数\n主动公开政府信息数\t条\t40\n1.政府公报公开政府信息数\t条\t0\n2.政府网站公开政府信息数\t条\t40\n"
    "收到申请数\t件\t3\n1.当面申请数\t件\t1\n2.传真申请数\t件\t0\n3.网络申请数\t件\t3\n4.信函申请数\t件\t0\n政府信息公开专项经费\t万元\t1.5\n"
)
UNREADABLE = Report(source={"name": "坏.pdf", "path": "x/坏.pdf", "error": "x/坏.pdf: the file is encrypted"}, warnings=["x/坏.pdf: the file is encrypted"])


def tabled(text: str, **parts: Any) -> Report:
    """A report of which only the statistics tables are read."""
    report, forms = Report.model_validate(parts), read_forms(text)
    compared = fill_from_forms(report, forms, text)
    report.checks = [*find_checks(report, unsure=forms.unsure), *compared]
    return report


@pytest.fixture(scope="module")
def form() -> Report:
    return tabled((EXAMPLES / "form.txt").read_text(encoding="utf-8"), organization={"name": "槐溪县自然资源局"}, year=2022, source={"name": "form.txt"})


@pytest.fixture(scope="module")
def annex() -> Report:
    return tabled(ANNEX, year=2014)


@lru_cache
def types(layout: str) -> tuple[dict[str, str], list[str]]:
    """What the data dictionary tells pandas for reading a table: types, and columns with dates."""
    known = gov_ie.data_dictionary().query("layout == @layout").set_index("column")["type"]
    dates = list(known.index[known == "datetime64[ms]"])
    return known.drop(dates).to_dict(), dates


FRAMES = {"wide": gov_ie.to_frame, "long": gov_ie.to_long, "cells": gov_ie.tables_frame}

# ---------------------------------------------------------------- a row a report


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2014-03-05", date(2014, 3, 5)), ("2016-02-29", date(2016, 2, 29)), ("2014-03", None), ("2014", None), ("2014-02-30", None), ("2014-3-5", None), (None, None), ("0999-01-01", date(999, 1, 1)),
    ],
)  # fmt: skip
def test_a_date_is_given_where_the_text_names_a_day(stated: str | None, day: date | None) -> None:
    row = gov_ie.to_frame([Report.model_validate({"published": stated, "period": {"end": stated}})]).iloc[0]
    for path in ("published", "period.end"):
        assert (None if pd.isna(row[path]) else row[path]) == stated
        assert (None if pd.isna(row[f"{path}.date"]) else row[f"{path}.date"].date()) == day


def test_the_columns_and_types_do_not_depend_on_the_reports(form: Report, annex: Report) -> None:
    for layout, to in FRAMES.items():
        frames = [to(reports) for reports in ([], [Report()], [UNREADABLE], [form], [annex, form, UNREADABLE])]
        assert all(frame.dtypes.equals(frames[0].dtypes) for frame in frames), layout
        assert frames[0].dtypes.astype(str).to_dict() == {c.name: c.type for c in LAYOUTS[layout].columns}


def test_of_a_file_that_was_not_read_nothing_was_counted() -> None:
    frame = gov_ie.to_frame([UNREADABLE, Report()])
    counts = ["measures", "problems", "regulations.n", "disclosure.by_channel.n", "tables.cells", "checks", "checks.failed"]
    assert frame.loc[0, counts].isna().all()
    assert (frame.loc[1, counts] == 0).all()
    stated = frame.loc[0].dropna().index
    assert set(stated) == {"report", "source", "source.path", "error", "warnings", "warnings.n"}
    assert len(gov_ie.to_long([UNREADABLE])) == len(gov_ie.tables_frame([UNREADABLE])) == 0


def test_what_is_known_of_a_report_as_a_whole(form: Report, annex: Report) -> None:
    report = annex.model_copy(update={"warnings": ["甲", "乙"]})
    first, second = (row for _, row in gov_ie.to_frame([form, report]).iterrows())
    assert (first["tables.edition"], first["tables.cells"], first["checks.failed"]) == ("2021", 200, 0)
    assert first["checks"] > 40
    assert (second["tables.edition"], second["tables.cells"], second["checks"], second["checks.failed"]) == ("2014", 9, 2, 2)
    assert second["checks.failed_rules"] == "sum(applications.by_channel[].count) = applications.received; tables.annex: 当面申请数 + 传真申请数 + 网络申请数 + 信函申请数 = 收到申请数"
    assert (second["warnings"], second["warnings.n"]) == ("甲; 乙", 2)
    assert (second["applications.by_channel"], second["applications.by_channel.n"]) == ("当面=1; 传真=0; 网络=3; 信函=0", 4)
    doubtful = Report.model_validate({"confidence": {"year": 0.9, "published": 0.4, "title": 0.7}})
    assert gov_ie.to_frame([doubtful]).loc[0, ["confidence.lowest", "confidence.lowest_path"]].tolist() == [0.4, "published"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("安徽省合肥市长丰县水湖镇人民政府", {"level": "township", "kind": "government", "code": "340121", "province": "安徽省", "city": "合肥市", "city_code": "340100", "county": "长丰县", "township": "水湖镇", "candidates": None}),
        ("朝阳区教育局", {"level": "county", "kind": "department", "code": None, "province": None, "county": None, "candidates": "朝阳区 110105; 朝阳区 220104"}),
        (None, {"level": None, "kind": None, "province": None, "candidates": None}),
    ],
)
def test_where_the_body_is(name: str | None, expected: dict[str, str | None]) -> None:
    row = gov_ie.to_frame([Report.model_validate({"organization": {"name": name}, "year": 2015})]).iloc[0]
    assert {key: None if pd.isna(row[f"organization.{key}"]) else row[f"organization.{key}"] for key in expected} == expected


def _report(name: str | None, year: int | None, text: str | None = None, sha256: str | None = None, file: str | None = None) -> Report:
    report = Report.model_validate({"organization": {"name": name}, "year": year, "source": {"name": file, "sha256": sha256}})
    if text is not None:
        report.keep(text, [])
    return report


@pytest.mark.parametrize(
    ("reports", "duplicate", "of", "copy_of"),
    [
        ([_report("平川县水利局", 2013), _report("平川县水利局", 2014), _report("临溪县水利局", 2013)], [1, 1, 1], [1, 1, 1], [None] * 3),
        ([_report("平川县水利局", 2013, "甲"), _report("平川县\u3000水利局", 2013, "乙"), _report("平川县水利局", 2013, "甲")], [1, 2, 3], [3, 3, 3], [None, None, 1]),
        ([_report(None, 2013, "甲"), _report("平川县水利局", None, "甲"), _report(None, None)], [None] * 3, [None] * 3, [None, 1, None]),
        ([_report(None, None, None, "ab", "卷.csv#1"), _report(None, None, None, "ab", "卷.csv#2"), _report(None, None, None, "ab", "又.csv#2")], [None] * 3, [None] * 3, [None, None, 2]),
        ([_report("平川县水利局", 2013, None, "ab", "a.txt"), _report("平川县水利局", 2013, None, "ab", "b.txt"), _report("平川县水利局", 2013, None, "cd", "c.txt")], [1, 2, 3], [3, 3, 3], [None, 1, None]),
        ([_report("平川县水利局", 2013, "甲", "ab", "a.csv#1"), _report("平川县水利局", 2013, "乙", "ab", "a.csv#2"), UNREADABLE, UNREADABLE], [1, 2, None, None], [2, 2, None, None], [None] * 4),
    ],
)  # fmt: skip
def test_reports_that_are_there_twice_are_kept_and_marked(reports: list[Report], duplicate: list[int | None], of: list[int | None], copy_of: list[int | None]) -> None:
    frame = gov_ie.to_frame(reports)
    got = [[None if pd.isna(value) else value for value in frame[column]] for column in ("duplicate", "duplicate.count", "duplicate.copy_of")]
    assert got == [duplicate, of, copy_of]


@pytest.mark.parametrize(
    ("rows", "keys", "counts"),
    [
        pytest.param([("鼓楼区水务局", "南京市中山北路"), ("鼓楼区水务局", "徐州市中山北路")], ["鼓楼区水务局(江苏省南京市鼓楼区)|2015", "鼓楼区水务局(江苏省徐州市鼓楼区)|2015"], [1, 1], id="two places"),
        pytest.param([("鼓楼区水务局", "南京市中山北路"), ("鼓楼区水 务局", "南京市中山北路"), ("鼓楼区水务局", "徐州市中山北路")], ["鼓楼区水务局(江苏省南京市鼓楼区)|2015"] * 2 + ["鼓楼区水务局(江苏省徐州市鼓楼区)|2015"], [2, 2, 1], id="two of one place"),
        pytest.param([("鼓楼区水务局", "南京市中山北路"), ("鼓楼区水务局", None)], ["鼓楼区水务局|2015"] * 2, [2, 2], id="one place not known"),
        pytest.param([("鼓楼区水务局", None), ("鼓楼区水务局", "南京市中山北路"), ("鼓楼区水务局", "徐州市中山北路")], ["鼓楼区水务局|2015", "鼓楼区水务局(江苏省南京市鼓楼区)|2015", "鼓楼区水务局(江苏省徐州市鼓楼区)|2015"], [1, 1, 1], id="which of two is not known"),
        pytest.param([("水利局", "江苏省南京市"), ("水利局", "安徽省合肥市")], ["水利局(江苏省内)|2015", "水利局(安徽省内)|2015"], [1, 1], id="only the provinces known"),
        pytest.param([("平川县水利局", "南京市中山北路"), ("砚溪县水利局", "徐州市中山北路")], ["平川县水利局|2015", "砚溪县水利局|2015"], [1, 1], id="other names"),
    ],
)
def test_bodies_of_one_name_in_different_places_are_no_duplicates(rows: list[tuple[str, str | None]], keys: list[str], counts: list[int]) -> None:
    reports = [Report.model_validate({"organization": {"name": name}, "year": 2015, "contact": {"address": address}}) for name, address in rows]
    for order in (slice(None), slice(None, None, -1)):
        frame = gov_ie.to_frame(reports[order])
        assert (frame["duplicate.key"].tolist(), frame["duplicate.count"].tolist()) == (keys[order], counts[order])


def test_a_count_too_large_for_a_table_is_named() -> None:
    with pytest.raises(GovIEError, match=r"1e\+30 in the column 'complaints' is more than a table can hold"):
        gov_ie.to_frame([Report(complaints=3), Report(complaints=10**30)])


# ---------------------------------------------------------------- a row a fact


def test_the_facts_of_a_report() -> None:
    report = Report.model_validate(
        {
            "year": 2013, "published": "2014-03", "complaints": 0, "fees": {"charged": 2.5}, "regulations": ["保密法"], "problems": [{"text": "更新不及时"}],
            "disclosure": {"by_category": [{"name": "机构", "count": 38, "percent": 44.19}, {"name": "财政", "count": None, "percent": 55.81}]},
            "evidence": {"complaints": {"start": 4, "end": 7, "text": "无投诉"}}, "confidence": {"complaints": 0.75}, "origins": {"complaints": {"by": "wording"}},
            "checks": [{"rule": "sum(disclosure.by_category[].percent) = 100", "left": 100, "right": 100, "ok": True}],
        }
    )  # fmt: skip
    frame = gov_ie.to_long([Report(), report])
    assert set(frame["report"]) == {2}
    rows = frame[["path", "field", "item", "name", "value", "text", "unit"]].astype(object).where(lambda f: f.notna(), None).values.tolist()
    assert rows == [
        ["year", "year", None, None, 2013.0, "2013", None],
        ["published", "published", None, None, None, "2014-03", "ISO 8601"],
        ["disclosure.by_category[0].name", "disclosure.by_category[].name", 0, "机构", None, "机构", None],
        ["disclosure.by_category[0].count", "disclosure.by_category[].count", 0, "机构", 38.0, "38", "pieces"],
        ["disclosure.by_category[0].percent", "disclosure.by_category[].percent", 0, "机构", 44.19, "44.19", "%"],
        ["disclosure.by_category[1].name", "disclosure.by_category[].name", 1, "财政", None, "财政", None],
        ["disclosure.by_category[1].percent", "disclosure.by_category[].percent", 1, "财政", 55.81, "55.81", "%"],
        ["fees.charged", "fees.charged", None, None, 2.5, "2.5", "yuan"],
        ["complaints", "complaints", None, None, 0.0, "0", "complaints"],
        ["regulations[0]", "regulations", 0, None, None, "保密法", None],
        ["problems[0].text", "problems[].text", 0, None, None, "更新不及时", None],
    ]
    complaints = frame.set_index("path").loc["complaints"]
    assert complaints[["evidence.start", "evidence.end", "evidence.text", "confidence", "origin", "check"]].tolist() == [4, 7, "无投诉", 0.75, "wording", "unchecked"]


_FLOW = ["applications.carried_in", "applications.carried_out", "applications.handled", "applications.received"]
_OUTCOMES = [f"applications.{name}" for name in ("granted", "handled", "not_processed", "other", "partially_granted", "refused", "unavailable")]
_RESULTS = [f"litigation.{name}" for name in ("corrected", "other", "pending", "total", "upheld")]


@pytest.mark.parametrize(
    ("cell", "fields"),
    [
        ("tables.applications.received.total", _FLOW), ("tables.applications.petition.total", _OUTCOMES), ("tables.litigation.after_review.other", _RESULTS), ("tables.applications.received.research", []), ("tables.disclosure.rules.made", []),
    ],
)  # fmt: skip
def test_a_failed_sum_of_a_form_is_told_of_the_fields_read_from_its_cells(form: Report, cell: str, fields: list[str]) -> None:
    """One cell is changed: what has no sum cannot fail, and a sum of cells from which no field is read fails for these cells alone."""
    report = form.model_copy(deep=True)
    *steps, last = cell.split(".")[1:]
    part: Any = report.tables
    for step in steps:
        part = part[step]
    part[last] += 1
    report.checks = find_checks(report)
    facts, cells = (to([report]).set_index("path")["check"] for to in (gov_ie.to_long, gov_ie.tables_frame))
    assert sorted(facts.index[(facts == "failed") & ~facts.index.isin(_FLOW if last == "research" else [])]) == fields
    assert cells[cell] == ("unchecked" if "disclosure" in cell else "failed")
    unchanged = gov_ie.to_long([form]).set_index("path")["check"]
    assert "failed" not in set(unchanged)
    assert set(unchanged[[*_FLOW, *_OUTCOMES, *_RESULTS]]) == {"ok"}


def test_a_check_of_the_annex_is_told_of_the_fields_read_from_it(annex: Report) -> None:
    frame = gov_ie.to_long([annex]).set_index("path")
    assert frame.loc[["applications.received", "applications.by_channel[2].count", "resources.budget", "disclosure.total"], "check"].tolist() == ["failed", "failed", "unchecked", "unchecked"]
    assert frame.loc["resources.budget", ["value", "unit", "origin"]].tolist() == [15000.0, "yuan", "form"]


# ---------------------------------------------------------------- a row a cell


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tables.applications.received.natural_person", {"table": "applications", "row": "received", "row_group": None, "row_label": "本年新收政府信息公开申请数量", "column": "natural_person", "column_label": "自然人", "value": 26.0, "unit": "requests"}),
        ("tables.applications.other.total", {"row_group": "三、本年度办理结果 / （六）其他处理", "row_label": "其他", "column_label": "总计", "value": 0.0}),
        ("tables.disclosure.fees.amount", {"table": "disclosure", "row_group": "第二十条第（八）项", "row_label": "行政事业性收费", "column_label": "本年收费金额（单位：万元）", "value": 864250.0, "unit": "yuan"}),
        ("tables.disclosure.licences.decisions", {"unit": "decisions", "value": 286.0}),
        ("tables.reviews.upheld", {"table": "reviews", "table_label": "行政复议", "row": None, "row_label": None, "column": "upheld", "column_label": "结果维持", "unit": "cases"}),
        ("tables.litigation.after_review.pending", {"table": "litigation.after_review", "table_label": "复议后起诉", "row": None, "column_label": "尚未审结", "value": 1.0}),
    ],
)
def test_the_cells_of_a_form_with_their_printed_names(form: Report, path: str, expected: dict[str, Any]) -> None:
    row = gov_ie.tables_frame([form]).set_index("path").loc[path]
    assert {key: None if pd.isna(row[key]) else row[key] for key in expected} == expected
    assert (row["edition"], row["year"], row["source"], row["confidence"]) == ("2021", 2022, "form.txt", 0.999)
    assert str(int(row["value"])) in row["evidence.text"] or row["unit"] == "yuan"


@pytest.mark.parametrize(("name", "value", "unit", "check"), [("主动公开政府信息数", 40, "pieces", "unchecked"), ("当面申请数", 1, "cases", "failed"), ("收到申请数", 3, "requests", "failed"), ("政府信息公开专项经费", 15000, "yuan", "unchecked")])
def test_the_lines_of_the_annex(annex: Report, name: str, value: float, unit: str, check: str) -> None:
    row = gov_ie.tables_frame([annex]).set_index("path").loc[f"tables.annex.{name}"]
    assert row[["edition", "table", "row", "row_label", "value", "unit", "check"]].tolist() == ["2014", "annex", name, name, value, unit, check]
    assert row[["column", "column_label"]].isna().all()


def test_an_empty_cell_has_no_row_and_a_printed_nought_has_one() -> None:
    report = Report.model_validate({"tables": {"applications": {"received": {"natural_person": 0, "total": 2}}}})
    assert gov_ie.tables_frame([report])[["path", "value"]].values.tolist() == [["tables.applications.received.natural_person", 0.0], ["tables.applications.received.total", 2.0]]


def test_cells_of_no_known_form_keep_their_keys() -> None:
    row = gov_ie.tables_frame([Report.model_validate({"tables": {"hearings": {"held": {"spring": 4}}}})]).iloc[0]
    assert row[["path", "table", "column", "value"]].tolist() == ["tables.hearings.held.spring", "hearings.held", "spring", 4.0]
    assert row[["edition", "table_label", "row", "row_label", "column_label", "unit"]].isna().all()


@pytest.mark.parametrize("value", ["26", None, True, [1]])
def test_a_cell_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(GovIEError, match=r"a\.json: tables\.reviews\.total is no number"):
        gov_ie.tables_frame([Report.model_validate({"tables": {"reviews": {"total": value}}, "source": {"name": "a.json"}})])


# ---------------------------------------------------------------- the data dictionary


def test_every_column_has_an_entry() -> None:
    entries = gov_ie.data_dictionary()
    assert list(entries.columns) == ["layout", "column", "type", "unit", "term", "meaning", "source"]
    for layout, to in FRAMES.items():
        own = entries[entries["layout"] == layout]
        frame = to([])
        assert list(own["column"]) == list(frame.columns)
        assert list(own["type"]) == [str(kind) for kind in frame.dtypes]
        assert not own["column"].duplicated().any()
    assert entries[["meaning", "source"]].notna().all(axis=None)
    assert entries["term"].map(lambda term: re.search("[\u4e00-\u9fff]", term) is not None).all()


def test_every_field_is_in_the_panel() -> None:
    wide = gov_ie.data_dictionary().query("layout == 'wide'").set_index("column")
    assert set(scalar_fields()) | set(list_fields()) <= set(wide.index)
    for path in scalar_fields():
        assert wide.loc[path, "term"] == FIELDS[path].term
        assert wide.loc[path, "meaning"].startswith(FIELDS[path].meaning)


# ---------------------------------------------------------------- streams


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_long_stream_is_packed_in_parts_that_make_the_same_table(monkeypatch: pytest.MonkeyPatch, form: Report, annex: Report, layout: str) -> None:
    reports = [form, UNREADABLE, annex, form, Report(complaints=0), annex]
    at_once = FRAMES[layout](reports)
    monkeypatch.setattr(columns, "CHUNK", 3)
    in_parts = FRAMES[layout](iter(reports))
    pd.testing.assert_frame_equal(in_parts, at_once)
    pd.testing.assert_frame_equal(pd.concat(list(columns.chunks(iter(reports), LAYOUTS[layout])), ignore_index=True), at_once)


def test_a_stream_is_written_as_it_comes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: Report, annex: Report) -> None:
    expected = gov_ie.tables_frame([form, annex, form])
    monkeypatch.setattr(columns, "CHUNK", 150)
    for suffix in (".csv", ".parquet"):
        write_table(iter([form, annex, form]), tmp_path / f"cells{suffix}", layout="cells")
        pd.testing.assert_frame_equal(read_back(tmp_path / f"cells{suffix}", "cells"), expected)


# ---------------------------------------------------------------- files


def read_back(path: Path, layout: str = "wide", sheet: str | int = 0) -> pd.DataFrame:
    """A table that was written, as the documentation says it is read."""
    kinds, dates = types(layout)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix == ".csv":
        frame = pd.read_csv(path, dtype=kinds, parse_dates=dates, keep_default_na=False, na_values=[""], float_precision="round_trip")  # type: ignore[arg-type]
        for column in frame.select_dtypes("string"):
            frame[column] = frame[column].map(lambda text: re.sub(r"^'(?='*[=+\-@＝＋－＠\t\r\n])", "", text), na_action="ignore").astype("string")
    else:
        frame = pd.read_excel(path, sheet_name=sheet, dtype=kinds, parse_dates=dates, keep_default_na=False, na_values=[""])  # type: ignore[arg-type]
    return frame.astype(dict.fromkeys(dates, "datetime64[ms]"))


_HARD = st.sampled_from(["=1+1", "+86-0571", "-3", "-无", "@甲", "＝A1", "'=x", "''", "'", "\t甲", "\r乙\n", "\n", "甲\r\n乙", '"引,号"', "NA", "nan", "None", "0012", "1e5", "#N/A", "TRUE", "2013-01-02", "\x0c页", "\0", "\ufffe", "\ud83d", "😀𠮷", " 空 ", "\u202e", "_x0041_"])
_TEXT = _HARD | st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
_VALUES = {"int": st.integers(-5, 10**12) | st.just(0), "float": st.floats(-1e9, 1e9).map(lambda x: round(x, 4)) | st.just(0.0), "str": _TEXT}
_ITEMS = st.lists(st.fixed_dictionaries({"name": _TEXT, "count": st.none() | _VALUES["int"]}), max_size=2)


@st.composite
def any_report(draw: st.DrawFn) -> Report:
    """A report in which any field may be stated, or not, with any words."""
    data: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(sorted(scalar_fields())), unique=True, max_size=10)):
        part, _, name = path.rpartition(".")
        value = draw(st.sampled_from(["2013", "2013-12", "2013-12-31", "1899-01-01"])) if FIELDS[path].unit == "ISO 8601" else draw(_VALUES[scalar_fields()[path]])
        (data.setdefault(part, {}) if part else data)[name] = value
    data.setdefault("applications", {})["by_channel"] = draw(_ITEMS)
    data["regulations"] = draw(st.lists(_TEXT, max_size=2))
    data["problems"] = [{"text": text} for text in draw(st.lists(_TEXT, max_size=2))]
    data["tables"] = draw(st.sampled_from([{}, {"reviews": {"upheld": 1, "total": 0}}, {"annex": {"收到申请数": 0}, "applications": {"received": {"total": 3}}}]))
    data["warnings"] = draw(st.lists(_TEXT, max_size=1))
    data["source"] = draw(st.fixed_dictionaries({}, optional={"name": _TEXT, "sha256": st.sampled_from(["ab", "cd"]), "characters": st.integers(0, 10**6), "error": _TEXT}))
    paths = draw(st.lists(st.sampled_from(["year", "complaints", "problems[0].text", "tables.reviews.total"]), unique=True, max_size=2))
    words = {path: draw(_TEXT) for path in paths}
    data["evidence"] = {path: {"start": 0, "end": len(text), "text": text} for path, text in words.items()}
    data["confidence"] = {path: draw(st.floats(0, 1)) for path in paths}
    report = Report.model_validate(data)
    report.checks = find_checks(report)
    return report


def as_written(frame: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """What a format keeps of a table: XML and CSV know fewer control characters."""
    change = {".csv": lambda text: text.replace("\0", "␀"), ".xlsx": visible, ".parquet": str}[suffix]
    return frame.assign(**{column: frame[column].map(change, na_action="ignore").astype("string") for column in frame.select_dtypes("string")})


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
@settings(max_examples=15)
@given(reports=st.lists(any_report(), max_size=3))
def test_tables_are_read_back_as_they_were(suffix: str, reports: list[Report]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for layout, sheet in (("wide", "reports"), ("long", "facts"), ("cells", "cells")):
            path = Path(folder) / ("all.xlsx" if suffix == ".xlsx" else f"{layout}{suffix}")
            if not path.exists():
                write_table(iter(reports), path, layout=None if suffix == ".xlsx" else layout)
            expected = as_written(FRAMES[layout](reports), suffix)
            pd.testing.assert_frame_equal(read_back(path, layout, sheet), expected)


@given(text=_TEXT | st.text("'=+-@1a\t\r\n", max_size=6))
def test_no_text_in_a_csv_is_a_formula_and_none_is_lost(text: str) -> None:
    written = guard(text)
    assert re.fullmatch(r"[+-]?\d+(\.\d+)?", written) or not written.startswith(tuple("=+-@＝＋－＠\t\r\n\0"))
    assert re.sub(r"^'(?='*[=+\-@＝＋－＠\t\r\n])", "", written) == text.replace("\0", "␀")


@pytest.fixture
def hostile() -> Report:
    command = "=cmd|'/c calc'!A1"
    return Report.model_validate(
        {
            "title": "=HYPERLINK(\"http://x.example\",\"年报\")", "organization": {"name": "@SUM(1+1)*2"}, "contact": {"phone": "+86-571-0000", "fax": "-5", "address": "\t=1+1", "email": "#N/A"}, "fees": {"charged": -2.5},
            "regulations": [command], "problems": [{"text": command}], "evidence": {"title": {"start": 0, "end": 3, "text": "\r=1\x0c\x01"}}, "tables": {"annex": {"=1+1": 4}}, "warnings": ["-2+3"], "source": {"name": "=A1.txt"},
        }
    )  # fmt: skip


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_csv_holds_no_formula_and_numbers_stay_numbers(tmp_path: Path, hostile: Report, layout: str) -> None:
    path = tmp_path / "a.csv"
    write_table([hostile], path, layout=layout)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n")) and cell not in ("-5", "-2.5")] == []
    if layout == "wide":
        assert {"'+86-571-0000", "-5", "-2.5", "'@SUM(1+1)*2"} <= set(cells)


def test_a_workbook_holds_no_formula(tmp_path: Path, hostile: Report) -> None:
    assert gov_ie.write_table([hostile, UNREADABLE], str(tmp_path / "a.xlsx")) == []
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["reports", "facts", "cells", "data dictionary"]
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert [cell.value for cell in cells if str(cell.value).startswith("=") and not cell.quotePrefix] == []
        assert not any(cell.alignment.wrap_text or cell.hyperlink for cell in cells)
    values = {cell.value for row in book["facts"].iter_rows() for cell in row}
    assert {"=cmd|'/c calc'!A1", "\r=1␌␁", "#N/A", "+86-571-0000"} <= values


def test_a_workbook_has_dates_and_numbers(tmp_path: Path) -> None:
    write_table([Report.model_validate({"published": "2014-03-05", "complaints": 0, "period": {"end": "1899-12-31"}})], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["reports"]
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (row["published.date"].value.date(), row["published.date"].is_date, row["published"].value) == (date(2014, 3, 5), True, "2014-03-05")
    assert (row["complaints"].value, row["complaints"].data_type, row["reviews.total"].value) == (0, "n", None)
    assert row["period.end.date"].value == "1899-12-31"  # before Excel's calendar


def test_a_text_longer_than_a_cell_of_excel_is_cut_and_told(tmp_path: Path) -> None:
    report = Report.model_validate({"problems": [{"text": "长" * 40_000}]})
    (note,) = write_table([report], tmp_path / "a.xlsx")
    assert note.startswith("sheet “facts”, J2: 40,000 characters, of which Excel's cells hold 32,767")
    assert len(read_back(tmp_path / "a.xlsx", "long", "facts").loc[0, "text"]) == 32_767
    write_table([report], tmp_path / "a.csv", layout="long")
    assert len(read_back(tmp_path / "a.csv", "long").loc[0, "text"]) == 40_000


def test_more_rows_than_excel_knows_are_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: Report) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 500)
    stream = iter([form] * 100)

    with pytest.raises(GovIEError, match=r"more than 500 rows in the layout “cells” \(from report 3 on\); write CSV or Parquet"):
        write_table(stream, tmp_path / "a.xlsx")
    assert len(list(stream)) == 97
    assert list(tmp_path.iterdir()) == []


def test_parquet_carries_the_data_dictionary(tmp_path: Path, form: Report) -> None:
    write_table([form], tmp_path / "a.parquet", layout="wide")
    schema = pq.read_schema(tmp_path / "a.parquet")
    about = {key.decode(): value.decode() for key, value in schema.field("fees.charged").metadata.items()}
    assert {key: about[key] for key in ("term", "meaning", "unit", "source")} == {"term": "收取费用", "meaning": "fees charged", "unit": "yuan", "source": "fees.charged"}
    assert b'"layout": "wide"' in schema.metadata[b"gov_ie"]


@pytest.mark.parametrize(
    ("name", "layout", "message"),
    [
        ("a.xlsx", "long", r"a\.xlsx: a layout goes with a \.csv or \.parquet file"), ("a.csv", "tall", "there is no layout 'tall': wide, long, cells"), ("a.dta", None, r"a\.dta: tables are written as \.csv, \.xlsx, \.parquet"),
        ("none/a.csv", None, "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said_before_a_report_is_read(tmp_path: Path, name: str, layout: str | None, message: str) -> None:
    stream = iter([Report()])
    with pytest.raises(GovIEError, match=message):
        write_table(stream, tmp_path / name, layout=layout)
    assert len(list(stream)) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("suffix", "library"), [(".csv", "pandas"), (".xlsx", "openpyxl"), (".parquet", "pyarrow")])
def test_a_missing_library_is_said_before_a_report_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    stream = iter([Report()])
    with pytest.raises(GovIEError, match=r"pip install 'gov-ie\[table\]'"):
        write_table(stream, tmp_path / f"a{suffix}")
    assert len(list(stream)) == 1


def test_without_pandas_a_table_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    for make in (lambda: gov_ie.to_frame([]), lambda: gov_ie.to_long([]), lambda: gov_ie.tables_frame([]), gov_ie.data_dictionary):
        with pytest.raises(ImportError, match=r"pip install 'gov-ie\[table\]'"):
            make()


# ---------------------------------------------------------------- the command


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: Report):  # type: ignore[no-untyped-def]
    """``gov-ie extract`` on one file, whose facts are given."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gov_ie.api.load", lambda path=None: None)
    monkeypatch.setattr("gov_ie.api.extract_many", lambda files, **_: iter([form, Report.model_validate({"problems": [{"text": "长" * 33_000}]})]))
    Path("a.txt").write_text("年度报告", encoding="utf-8")
    return lambda *words: CliRunner().invoke(app, ["extract", "a.txt", *words])


@pytest.mark.parametrize(("name", "words", "layout"), [("p.csv", [], "wide"), ("p.CSV", ["--layout", "wide"], "wide"), ("p.csv", ["--layout", "long"], "long"), ("p.parquet", ["--layout", "cells"], "cells")])
def test_the_layout_is_chosen(command, name: str, words: list[str], layout: str) -> None:  # type: ignore[no-untyped-def]
    result = command("-o", name, *words)
    assert (result.exit_code, result.output) == (0, "")
    frame = pd.read_parquet(name) if name.endswith("parquet") else pd.read_csv(name)
    assert list(frame.columns) == [column.name for column in LAYOUTS[layout].columns]


def test_a_workbook_has_all_layouts_and_what_was_cut_is_told(command) -> None:  # type: ignore[no-untyped-def]
    result = command("-o", "p.xlsx")
    assert result.exit_code == 0
    assert result.output.startswith("gov-ie: p.xlsx: sheet “facts”")
    assert list(pd.read_excel("p.xlsx", sheet_name=None)) == ["reports", "facts", "cells", "data dictionary"]


@pytest.mark.parametrize("words", [["--layout", "long"], ["-o", "p.jsonl", "--layout", "long"], ["-o", "p.xlsx", "--layout", "wide"]])
def test_a_layout_without_a_file_for_it_is_refused(command, words: list[str]) -> None:  # type: ignore[no-untyped-def]
    result = command(*words)
    assert isinstance(result.exception, GovIEError)
    assert "a layout goes with a .csv or .parquet file" in str(result.exception)
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt"]


SINGLE = pytest.mark.parametrize("make", [gov_ie.to_frame, gov_ie.to_long, gov_ie.tables_frame, gov_ie.series, gov_ie.to_page])


@SINGLE
def test_a_single_report_is_a_list_of_one(form: Report, make: Callable[[Any], Any], tmp_path: Path) -> None:
    one, many = make(form), make([form])
    assert one.equals(many) if isinstance(one, pd.DataFrame) else one == many
    write_table(form, tmp_path / "a.csv")
    assert len(pd.read_csv(tmp_path / "a.csv")) == 1
    gov_ie.write_page(form, tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == gov_ie.to_page([form])


@SINGLE
@pytest.mark.parametrize(("given", "shown"), [("a.txt", "str 'a.txt'"), (["a.txt"], "str 'a.txt'"), ([Path("a.txt")], "'a.txt'"), (None, "NoneType"), ({"year": 2013}, "dict"), ([{"year": 2013}], "dict"), (pd.DataFrame({"year": [2013]}), "DataFrame"), (2013, "int")])
def test_what_is_no_report_is_refused(given: Any, shown: str, make: Callable[[Any], Any]) -> None:
    with pytest.raises(GovIEError, match=rf"{shown} is no gov_ie\.Report"):
        make(given)
