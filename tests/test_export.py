"""Reports as tables, lines and summaries."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from gov_ie.errors import GovIEError
from gov_ie.export.files import Whole, check_ending, to_json_line, write_table
from gov_ie.export.frame import list_fields, scalar_fields, to_frame
from gov_ie.export.summary import summarize
from gov_ie.report import Report


@pytest.fixture
def report() -> Report:
    return Report.model_validate(
        {
            "title": "平川县水利局2013年政府信息公开工作年度报告", "organization": {"name": "平川县水利局"}, "year": 2013, "published": "2014-03-05",
            "disclosure": {"total": 86, "electronic_rate": 98.5, "by_category": [{"name": "机构", "count": 38, "percent": 44.19}, {"name": "财政", "count": None, "percent": 55.81}]},
            "applications": {"received": 0}, "fees": {"charged": 0.0}, "regulations": ["政府信息公开条例", "保密法"],
            "measures": [{"text": "召开会议3次"}], "problems": [{"text": "更新不及时"}, {"text": "形式单一"}],
            "checks": [{"rule": "a = b", "left": 1, "right": 2, "ok": False}, {"rule": "c = d", "left": 1, "right": 1, "ok": True}],
            "evidence": {"disclosure.total": {"start": 10, "end": 13, "text": "86条"}}, "confidence": {"disclosure.total": 0.97}, "source": {"name": "a.txt"}, "warnings": ["the text is in traditional characters"],
        }
    )  # fmt: skip


def test_a_column_for_every_field_of_one_value() -> None:
    fields = scalar_fields()
    assert {"title": "str", "organization.name": "str", "year": "int", "disclosure.electronic_rate": "float", "complaints": "int", "fees.charged": "float", "litigation.pending": "int"}.items() <= fields.items()
    assert not {"evidence", "checks", "measures", "disclosure.by_category", "tables"} & set(fields)
    assert set(fields) == {path for path in fields if Report().get(path) is None}
    assert list(list_fields()) == ["disclosure.by_category", "disclosure.by_channel", "applications.by_channel", "regulations", "measures", "problems", "improvements"]


def test_nought_and_silence_stay_apart(report: Report) -> None:
    frame = to_frame([report, Report()])
    assert frame.loc[0, "applications.received"] == 0
    assert frame.loc[0, "applications.handled"] is pd.NA
    assert frame.loc[1, "applications.received"] is pd.NA
    assert str(frame["applications.received"].dtype) == "Int64"
    assert str(frame["fees.charged"].dtype) == "Float64"
    assert str(frame["organization.name"].dtype) == "string"


def test_lists_prose_and_failed_checks_in_a_row(report: Report) -> None:
    row = to_frame([report]).iloc[0]
    assert (row["disclosure.by_category"], row["disclosure.by_category.n"]) == ("机构=38; 财政=", 2)
    assert (row["regulations"], row["regulations.n"]) == ("政府信息公开条例; 保密法", 2)
    assert (row["measures"], row["problems"], row["improvements"], row["checks.failed"]) == (1, 2, 0, 1)
    assert (row["report"], row["source"], row["error"]) == (1, "a.txt", pd.NA)


def test_no_reports_give_an_empty_table_with_all_columns(report: Report) -> None:
    frame = to_frame([])
    assert len(frame) == 0
    assert list(frame.columns) == list(to_frame([report]).columns)


@pytest.mark.parametrize(("suffix", "read"), [(".csv", lambda p: pd.read_csv(p, encoding="utf-8-sig")), (".xlsx", pd.read_excel), (".parquet", pd.read_parquet)])
def test_a_table_is_read_back_as_it_was(tmp_path: Path, report: Report, suffix: str, read) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"out{suffix}"
    write_table([report, Report(source={"name": "b.txt", "error": "b.txt: the file is empty"})], path)
    frame = read(path)
    assert list(frame.columns) == list(to_frame([]).columns)
    assert list(frame["source"]) == ["a.txt", "b.txt"]
    assert frame.loc[0, "disclosure.total"] == 86
    assert frame.loc[0, "applications.received"] == 0
    assert pd.isna(frame.loc[1, "applications.received"])
    assert frame.loc[0, "organization.name"] == "平川县水利局"
    assert frame.loc[1, "error"] == "b.txt: the file is empty"


def test_excel_opens_the_csv_in_the_right_encoding(tmp_path: Path, report: Report) -> None:
    write_table([report], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_line_of_json_holds_the_whole_report(report: Report) -> None:
    line = to_json_line(report)
    assert "\n" not in line
    assert "平川县水利局" in line
    assert Report.model_validate(json.loads(line)) == report


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")

    def write_half() -> None:
        with Whole(path) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_text(encoding="utf-8") == "old"
    with Whole(path) as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_failing_source_of_reports_leaves_no_file(tmp_path: Path, report: Report) -> None:
    def reports():  # type: ignore[no-untyped-def]
        yield report
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        write_table(reports(), tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, report: Report) -> None:
    with pytest.raises(GovIEError, match="cannot be written"):
        write_table([report], tmp_path / "none" / "out.csv")


def test_summary(report: Report) -> None:
    text = summarize(report)
    assert text.splitlines()[0] == "a.txt: 平川县水利局2013年政府信息公开工作年度报告"
    assert any(line.split()[:2] == ["disclosure.total", "86"] and "“86条” (0.97)" in line for line in text.splitlines())
    assert any(line.split()[:2] == ["applications.received", "0"] for line in text.splitlines())
    assert "机构 38 (44.19%)" in text
    assert "checks: 1 hold, 1 fail" in text
    assert "warning: the text is in traditional characters" in text


def test_summary_of_an_unreadable_file() -> None:
    assert "b.txt: the file is empty" in summarize(Report(source={"name": "b.txt", "error": "b.txt: the file is empty"}, warnings=["b.txt: the file is empty"]))


@pytest.mark.parametrize(("path", "value"), [("disclosure.total", 86), ("disclosure.by_category[0].count", 38), ("disclosure.by_category[1].percent", 55.81), ("regulations[1]", "保密法"), ("problems[0].text", "更新不及时"), ("reviews.total", None)])
def test_a_value_by_its_path(report: Report, path: str, value: object) -> None:
    assert report.get(path) == value


@pytest.mark.parametrize("path", ["nothing", "disclosure.nothing", "disclosure.by_category[9].count", "regulations[x]", ""])
def test_a_path_that_is_none(report: Report, path: str) -> None:
    with pytest.raises(KeyError):
        report.get(path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("disclosure.totl", "disclosure.totl: this report has no such path; near: disclosure.total"),
        ("handled", "handled: this report has no such path; near: applications.handled"),
        ("zzz", "zzz: this report has no such path"),
        ("disclosure.by_category[9].count", "disclosure.by_category[9].count: a field of the schema, but this report has no such item"),
        ("tables.annex.无此项", "tables.annex.无此项: the printed tables of this report have no such cell, or it is empty"),
    ],
)
def test_a_path_that_is_none_is_told_with_those_near_it(report: Report, path: str, said: str) -> None:
    for find in (report.get, report.explain):
        with pytest.raises(KeyError) as caught:
            find(path)
        assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("count", "told"), [(0, []), (3, []), (4, ["… 1 more"]), (7, ["… 4 more"])])
def test_a_summary_says_what_it_leaves_out(count: int, told: list[str]) -> None:
    text = summarize(Report.model_validate({"problems": [{"text": f"问题{i}"} for i in range(count)]}))
    assert [line.strip() for line in text.splitlines() if "more" in line] == told
    assert text.count("    - 问题") == min(count, 3)


@pytest.mark.parametrize(("name", "summary", "said"), [("a.jsonl", False, None), ("a.CSV", False, None), ("a.parquet", False, None), ("a.txt", True, None), (None, False, None), (None, True, None), ("a.ods", False, "tables are written as"), ("a.json", False, "JSON lines as .jsonl"), ("a", False, "tables are written as"), ("a.txt", False, "tables are written as"), ("a.xlsx", True, "a summary is written as .txt")])
def test_endings_that_extract_writes(name: str | None, summary: bool, said: str | None) -> None:
    path = None if name is None else Path(name)
    if said is None:
        check_ending(path, summary=summary)
    else:
        with pytest.raises(GovIEError, match=said):
            check_ending(path, summary=summary)


def test_the_schema_refuses_unknown_fields_and_wrong_kinds() -> None:
    with pytest.raises(ValueError, match="published_at"):
        Report.model_validate({"published_at": "2014"})
    with pytest.raises(ValueError, match="total"):
        Report.model_validate({"disclosure": {"total": 86.5}})
