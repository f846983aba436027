"""The examples: the same report in every kind of file gives the same facts, the crawl gives one report a row, and the files are those that ``make_examples.py`` makes."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from spacy.language import Language

import gov_ie
from gov_ie import Report
from gov_ie.reading.grid import Grid

EXAMPLES = Path(__file__).parents[1] / "examples"
#: The same report in four kinds of file, and the optional library that reads each.
KINDS = {"form.html": "", "form.docx": "docx", "form.pdf": "pypdfium2", "form.txt": ""}

#: What the report says, in the running text and in the tables.
FACTS: dict[str, Any] = {
    "title": "槐溪县自然资源局2022年政府信息公开工作年度报告",
    "organization.name": "槐溪县自然资源局",
    "year": 2022,
    "period.start": "2022-01-01",
    "period.end": "2022-12-31",
    "published": "2023-01-18",
    "contact.address": "槐溪县青石街8号",
    "contact.postcode": "478200",
    "contact.phone": "0788-5550126",
    "contact.email": "zrzyj@huaixi.example",
    "contact.website": None,
    "disclosure.total": 1286,
    "disclosure.cumulative": None,
    "responses.press_conferences": 1,
    "responses.online_interviews": 1,
    "responses.interpretations": 12,
    "applications.received": 31,
    "applications.carried_in": 2,
    "applications.carried_out": 2,
    "applications.handled": 31,
    "applications.granted": 14,
    "applications.partially_granted": 3,
    "applications.refused": 2,
    "applications.unavailable": 8,
    "applications.not_processed": 3,
    "applications.other": 1,
    "fees.charged": 0.0,
    "reviews.total": 2,
    "reviews.upheld": 1,
    "reviews.corrected": 1,
    "reviews.other": 0,
    "reviews.pending": 0,
    "litigation.total": 2,
    "litigation.upheld": 1,
    "litigation.corrected": 0,
    "litigation.pending": 1,
    "resources.staff": 8,
    "resources.staff_full_time": 1,
    "resources.staff_part_time": 7,
    "resources.reading_points": 1,
    "training.meetings": 3,
    "training.sessions": 2,
    "training.attendees": 134,
    "tables.disclosure.normative_documents.in_force": 9,
    "tables.disclosure.licences.decisions": 286,
    "tables.disclosure.fees.amount": 864250,
    "tables.applications.received.natural_person": 26,
    "tables.applications.received.total": 31,
    "tables.applications.not_held.legal_service": 1,
    "tables.applications.overdue_correction.natural_person": 1,
    "tables.litigation.after_review.pending": 1,
}
CHANNELS = {
    "disclosure.by_channel": [("县政府门户网站", 743), ("政务微信“槐溪自然资源”", 418), ("大厅电子屏和村组公示栏", 125)],
    "applications.by_channel": [("网络", 17), ("信函", 9), ("当面", 5)],
}

#: Row by row: body, year, pieces disclosed, requests received, what kind of tables.
CRAWL = [
    ("松坞县民政局", 2010, 96, 3, None),
    ("苇泽县教育局", 2014, 358, 6, "annex"),
    ("云岫市人民政府", 2017, 68420, 214, None),
    ("石漪镇人民政府", 2019, 174, 5, "applications"),
    ("泠川县卫生健康局", 2021, 632, 9, "applications"),
    ("岚桥区城市管理局", 2023, 407, 12, "applications"),
    ("岚桥区柳浦街道办事处", 2024, 88, 0, "applications"),
]


@pytest.fixture(scope="module")
def maker() -> Iterator[ModuleType]:
    """``examples/make_examples.py`` as a module; what it adds to the path is taken away again."""
    pytest.importorskip("docx")
    pytest.importorskip("reportlab")
    path = list(sys.path)
    spec = importlib.util.spec_from_file_location("make_examples", EXAMPLES / "make_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = path


def _read(name: str) -> gov_ie.Source:
    if library := KINDS.get(name):
        pytest.importorskip(library)
    return gov_ie.read(EXAMPLES / name)


def _figures(tables: dict[str, Any], path: str = "") -> dict[str, float]:
    """Cell → figure."""
    found: dict[str, float] = {}
    for key, value in tables.items():
        found |= _figures(value, f"{path}{key}.") if isinstance(value, dict) else {path + key: value}
    return found


@pytest.fixture(scope="module")
def reports(trained: Language) -> dict[str, Report]:
    """The report of each kind of file, read once."""
    return {name: gov_ie.extract(_read(name), nlp=trained) for name, library in KINDS.items() if not library or importlib.util.find_spec(library)}


@pytest.fixture(scope="module")
def crawl(trained: Language) -> list[Report]:
    return list(gov_ie.extract_many([EXAMPLES / "reports.csv"], nlp=trained))


@pytest.mark.parametrize("name", KINDS)
class TestEveryKindOfFile:
    @pytest.fixture
    def report(self, name: str, reports: dict[str, Report]) -> Report:
        if name not in reports:
            pytest.skip(f"{KINDS[name]} is not installed")
        return reports[name]

    def test_the_facts_are_read(self, report: Report) -> None:
        assert {path: report.get(path) for path in FACTS} == FACTS
        assert {path: [(entry.name, entry.count) for entry in report.get(path)] for path in CHANNELS} == CHANNELS

    def test_every_cell_of_the_tables_is_read(self, report: Report, maker: ModuleType) -> None:
        assert _figures(report.tables) == _figures(maker.contents("2021", maker.REPORT.figures))
        assert report.warnings == []

    def test_what_is_read_is_right_where_it_says(self, report: Report, name: str) -> None:
        text = _read(name).text
        assert {path for path, e in report.evidence.items() if text[e.start : e.end] != e.text} == set()
        assert {path for path, value in FACTS.items() if value is not None} <= report.evidence.keys()

    def test_the_sums_hold_and_text_and_tables_agree(self, report: Report) -> None:
        assert len(report.checks) > 40
        assert [check.rule for check in report.checks if not check.ok] == []
        assert "applications.received: text = table" in [check.rule for check in report.checks]

    def test_problems_and_improvements_are_told_apart(self, report: Report) -> None:
        assert [len(report.problems), len(report.improvements)] == [2, 2]
        assert "人手紧" in report.problems[1].text
        assert "月度检查" in report.improvements[1].text

    def test_what_stands_around_it_is_no_part_of_it(self, name: str, report: Report) -> None:
        assert not {"首页", "字号", "主办单位", "— 2 —"} & {passage.text for passage in (*report.measures, *report.problems, *report.improvements)}
        assert len(report.measures) >= 8


def test_each_row_of_the_crawl_is_a_report(crawl: list[Report], maker: ModuleType) -> None:
    assert [report.title for report in crawl] == [row.title for row in maker.CRAWL]
    assert [(report.organization.name, report.year, report.disclosure.total, report.applications.received) for report in crawl] == [row[:4] for row in CRAWL]
    assert [report.period.end for report in crawl] == [f"{row[1]}-12-31" for row in CRAWL]


def test_the_tables_of_the_crawl_are_read_whatever_their_form(crawl: list[Report], maker: ModuleType) -> None:
    """What digits that were run together leave open is left out, with a warning, and nothing is read wrongly."""
    for report, row, (*_, table) in zip(crawl, maker.CRAWL, CRAWL, strict=True):
        assert table in report.tables if table else report.tables == {}
        assert [check.rule for check in report.checks if not check.ok] == []
        if table != "applications":
            continue
        printed, read = _figures(maker.contents(row.form, row.figures)), _figures(report.tables)
        assert {path: (value, printed.get(path)) for path, value in read.items() if value != printed.get(path)} == {}
        assert (len(read) < len(printed)) == any("can be read in" in warning for warning in report.warnings)
    annex = crawl[1].tables["annex"]
    assert {name: annex[name] for name in maker.CRAWL[1].figures} == maker.CRAWL[1].figures


@pytest.mark.parametrize(("name", "make"), [("form.html", lambda m: m.html_page(m.REPORT)), ("form.txt", lambda m: m.crawled(m.REPORT)), ("reports.csv", lambda m: m.crawl())])
def test_the_text_files_are_those_that_are_made(name: str, make: Any, maker: ModuleType) -> None:
    assert (EXAMPLES / name).read_bytes() == make(maker).encode("utf-8"), "run: python examples/make_examples.py"


@pytest.mark.parametrize(("name", "make"), [("form.docx", lambda m: m.word_file(m.REPORT)), ("form.pdf", lambda m: m.pdf_file(m.REPORT, embed=False))])
def test_the_other_files_say_what_those_that_are_made_say(name: str, make: Any, maker: ModuleType, tmp_path: Path) -> None:
    """Whatever font a PDF is set in, it has the same characters and the same cells."""
    (tmp_path / name).write_bytes(make(maker))
    kept, made = _read(name), gov_ie.read(tmp_path / name)
    assert "".join(kept.text.split()) == "".join(made.text.split()), "run: python examples/make_examples.py"
    assert [_cells(grid) for grid in kept.tables] == [_cells(grid) for grid in made.tables]


def _cells(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [("".join(c.text.split()), c.row, c.column, c.rows, c.columns) for c in grid.cells]


def test_the_pdf_brings_its_font() -> None:
    """It can be rendered where there is no Chinese font, and is small."""
    data = (EXAMPLES / "form.pdf").read_bytes()
    assert b"/FontFile2" in data
    assert len(data) < 300_000


def test_figures_that_contradict_each_other_are_refused(maker: ModuleType) -> None:
    with pytest.raises(ValueError, match="contradict each other"):
        maker.contents("2021", {"applications": {"received": (3,), "granted": (2,)}})
    with pytest.raises(ValueError, match="no lines of the annex"):
        maker.annex({"主动公开数": 1})


def test_evidence_of_a_pdf_has_a_page() -> None:
    pytest.importorskip("pypdfium2")
    source = gov_ie.read(EXAMPLES / "form.pdf")
    assert source.page_at(0) == 1
    assert source.page_at(source.text.index("其他需要报告的事项")) == len(source.pages)
    assert gov_ie.read(EXAMPLES / "form.html").page_at(0) is None
