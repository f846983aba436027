"""Every message in docs/errors.md is one that is really given, and every case here is a message there."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gov_ie
from gov_ie import plots
from gov_ie.cli import extract as extract_command
from gov_ie.corpus.preannotate import import_finished
from gov_ie.corpus.reports import read_annotated
from gov_ie.errors import GovIEError
from gov_ie.export.files import to_json_line, write_table
from gov_ie.export.stored import read_stored
from gov_ie.facts import read_facts
from gov_ie.reading import Failure, read_all
from gov_ie.report import Report
from gov_ie.tables import read_forms
from gov_ie.training.retrain import read_added

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
MESSAGES = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
CLASSES = {"ReadError": gov_ie.errors.ReadError, "ModelError": gov_ie.errors.ModelError, "AnnotationError": gov_ie.errors.AnnotationError, "GovIEError": GovIEError, "ImportError": ImportError}
TEXT = "平川县水利局2013年政府信息公开工作年度报告\n2013年，我局主动公开政府信息86条。\n"
ONE = Report.model_validate({"organization": {"name": "平川县水利局"}, "year": 2013, "disclosure": {"total": 86}})
Patch = pytest.MonkeyPatch


def zipped(name: str = "report.txt", data: bytes = TEXT.encode()) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def locked() -> bytes:
    """An archive whose member says that it is encrypted."""
    data = bytearray(zipped())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def pdf(password: str | None = None) -> bytes:
    """A protected page, or one that is nothing but a picture."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    stream = io.BytesIO()
    page = canvas.Canvas(stream, encrypt=password)
    if password is None:
        image, utils = pytest.importorskip("PIL.Image"), pytest.importorskip("reportlab.lib.utils")
        page.drawImage(utils.ImageReader(image.new("L", (600, 800), 128)), 0, 0, 595, 842)
    page.showPage()
    page.save()
    return stream.getvalue()


def docx() -> bytes:
    library = pytest.importorskip("docx")
    stream = io.BytesIO()
    library.Document().save(stream)
    return stream.getvalue()


def xlsx() -> bytes:
    library = pytest.importorskip("openpyxl")
    stream = io.BytesIO()
    library.Workbook().save(stream)
    return stream.getvalue()


def reading(name: str, data: str | bytes | Callable[[], bytes], *missing: str, **options: Any) -> Callable[[Patch], None]:
    """Reading a file of this content, where some libraries are missing."""

    def job(patch: Patch) -> None:
        content = data() if callable(data) else data
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        without(*missing)(patch)
        (item,) = read_all([name], **options)
        assert isinstance(item, Failure)
        raise item.error

    return job


def without(*libraries: str) -> Callable[[Patch], None]:
    return lambda patch: [patch.setitem(sys.modules, library, None) for library in libraries] and None


def written(name: str, data: str) -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(data, encoding="utf-8")
    return path


def no_libreoffice(patch: Patch) -> None:
    patch.setenv("PATH", "")
    reading("report.rtf", b"{\\rtf1 x}")(patch)


def no_pipeline(patch: Patch) -> None:
    patch.setattr("gov_ie.api.__file__", str(Path("elsewhere/gov_ie/api.py").resolve()))
    gov_ie.api.model_path()


def label_unknown(patch: Patch) -> None:
    task = written("tasks.jsonl", '{"text": "平川县水利局", "label": [[0, 6, "AGENCY"]]}\n')
    import_finished([task], Path("corrected"), source="doccano")


def second_row() -> None:
    rows = written("rows.jsonl", json.dumps({"title": "年报", "text": TEXT}) + '\n{"title": "年')
    _, item = read_all([rows])
    assert isinstance(item, Failure)
    raise item.error


def broken_reader(patch: Patch) -> None:
    def read_document(*_: object, **__: object) -> None:
        raise TypeError("unsupported operand")

    patch.setattr("gov_ie.reading.read_document", read_document)
    reading("report.txt", TEXT)(patch)


def second_fact() -> None:
    def refuse(path: Path, error: GovIEError) -> None:
        raise error

    list(read_stored(written("facts.jsonl", to_json_line(ONE) + '\n{"title": "年'), refuse))


#: Message, as far as its first ``…`` tells → what gives it.
ERRORS: dict[str, Callable[[Patch], Any]] = {
    "missing.txt: there is no such file": lambda _: gov_ie.read("missing.txt"),
    "平川县水利局": lambda _: gov_ie.extract("平川县水利局主动公开政府信息86条。"),
    "reports: this is a folder": lambda _: (Path("reports").mkdir(), gov_ie.read("reports")),
    "reports.csv: the file holds several reports": lambda _: gov_ie.read(_copied("reports.csv")),
    "empty.txt: the file is empty": reading("empty.txt", b""),
    "blank.txt: the file holds nothing but blanks": reading("blank.txt", " \n\n"),
    "text: the text is empty": lambda _: gov_ie.extract(text=""),
    "report.bin: the file is binary": reading("report.bin", bytes(range(256)) * 40),
    "report.txt: in no encoding": reading("report.txt", bytes((i * 7919 + 128) % 224 + 32 for i in range(1, 6000))),
    "report.rar: this is a RAR archive": reading("report.rar", b"Rar!\x1a\x07\0" + bytes(50)),
    "long.txt: 5000001 characters": reading("long.txt", "a" * 5_000_001),
    "reports.zip: the archive holds no document": reading("reports.zip", zipped("style.css", b"p {}")),
    "reports.zip: the ZIP archive is damaged": reading("reports.zip", zipped()[:60]),
    "reports.zip!/inner.zip: a ZIP archive inside": reading("reports.zip", zipped("inner.zip", zipped())),
    "reports.zip!/report.txt: encrypted": reading("reports.zip", locked()),
    "protected.pdf: the PDF is protected": reading("protected.pdf", lambda: pdf("secret")),
    "broken.pdf: damaged or no PDF at all": reading("broken.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20),
    "scan.pdf: PDF without a text layer": reading("scan.pdf", pdf, "rapidocr_onnxruntime", "gov_ie.reading.pages.picture"),
    "report.pdf: reading PDF files needs pypdfium2": reading("report.pdf", pdf, "pypdfium2"),
    "report.docx: ": reading("report.docx", docx, "docx", "docx.oxml"),
    "report.rtf: ": no_libreoffice,
    "reports.xlsx: an Excel file needs another library": reading("reports.xlsx", xlsx, "openpyxl"),
    "rows.csv: no column holds the texts": reading("rows.csv", "id,note\n1,a\n2,b\n"),
    "reports.csv: no table in it has the columns asked for": reading("reports.csv", lambda: ROOT.joinpath("examples/reports.csv").read_bytes(), text_column="body"),
    "rows.json: line 1 is not valid JSON": reading("rows.json", '[{"text": "平川县水利局"'),
    "rows.jsonl#2: the row": lambda _: second_row(),
    "facts.jsonl: line 2 is not valid JSON": lambda _: second_fact(),
    "report.txt: an error that is not expected": broken_reader,
    "my-model: no pipeline there": lambda _: gov_ie.load("my-model"),
    "broken-model: the pipeline cannot be loaded": lambda _: (written("broken-model/config.cfg", "[nlp]\nlang = \"zh\"\npipeline = [\"ner\"]\n"), gov_ie.load("broken-model")),
    "the trained pipeline is not installed": no_pipeline,
    "my-reports/report.txt: '{本局 主动公开}'": lambda _: (written("my-reports/report.txt", "{本局 主动公开}"), read_annotated("my-reports")),
    "my-reports/report.txt: {ORG … is never closed": lambda _: (written("my-reports/report.txt", "{ORG 平川县水利局"), read_annotated("my-reports")),
    "my-reports/report.txt: {ORG} holds no text": lambda _: (written("my-reports/report.txt", "{ORG }年报"), read_annotated("my-reports")),
    "my-reports/report.facts.json: ": lambda _: read_facts(written("my-reports/report.facts.json", "{year: 2013}")),
    "tasks.jsonl:1: ": label_unknown,
    "panel.ods: tables are written as": lambda _: write_table([ONE], Path("panel.ods")),
    "facts.json: tables are written as": lambda _: gov_ie.export.files.check_ending(Path("facts.json")),
    "facts.csv: a summary is written": lambda _: gov_ie.export.files.check_ending(Path("facts.csv"), summary=True),
    "no report found in empty": lambda _: (Path("empty").mkdir(), extract_command([Path("empty")])),
    "n_process=0": lambda _: gov_ie.extract_many(["report.txt"], n_process=0),
    "str 'report.txt' is no gov_ie.Report": lambda _: gov_ie.compare("report.txt", ONE),  # type: ignore[arg-type]
    "years=2016": lambda _: gov_ie.series(ONE, years=2016),  # type: ignore[arg-type]
    "language='de'": lambda _: plots.over_time(ONE, language="de"),  # type: ignore[arg-type]
    "panel.csv: .csv needs more libraries": lambda patch: (without("pandas")(patch), write_table([ONE], Path("panel.csv"))),
    "nowhere/panel.csv: cannot be written": lambda _: write_table([ONE], Path("nowhere/panel.csv")),
    "there is no layout 'width'": lambda _: write_table([ONE], Path("panel.csv"), layout="width"),
    "facts.jsonl: a layout goes with": lambda _: gov_ie.export.files.check_layout(Path("facts.jsonl"), "long"),
    "years=(2018, 2015)": lambda _: gov_ie.series([ONE], years=(2018, 2015)),
    "differences: title": lambda _: gov_ie.series([ONE], differences=["title"]),
    "names: 平川县水利局 → ": lambda _: gov_ie.series([ONE], names={"平川县水利局": "平川县水务局", "平川县水务局": "平川县水利局"}),
    "names: 平川县水利局 would count both as": lambda _: gov_ie.series([ONE], names={"平川县水利局": "平川县水务局", "平川县 水利局": "平川县水电局"}),
    "names: '平川县水利局': nan": lambda _: gov_ie.series([ONE], names={"平川县水利局": float("nan")}),  # type: ignore[dict-item]
    "disclosure.by_channel: no field of one figure": lambda _: plots.over_time([ONE], "disclosure.by_channel"),
    "complaints: none of 1 reports states it": lambda _: plots.over_time([ONE], "complaints"),
    "there is no report to plot": lambda _: plots.over_time([]),
    "my-reports: 0 annotated report(s)": lambda _: (Path("my-reports").mkdir(), read_added(Path("my-reports"))),
    "tables need pandas": lambda patch: (without("pandas")(patch), gov_ie.data_dictionary()),
    "plots need matplotlib": lambda patch: (without("matplotlib", "matplotlib.figure")(patch), plots.over_time([ONE])),
}  # fmt: skip
#: What is said of a file or text that is read all the same → who says it.
WARNINGS: dict[str, Callable[[], Any]] = {
    "columns guessed": lambda: next(iter(read_all([_copied("reports.csv")]))).warnings,
    "the file is named .doc": lambda: gov_ie.read(written("report.doc", f"<html><body><p>{TEXT}</p></body></html>")).warnings,
    "the text never speaks of": lambda: gov_ie.reading.from_text("平川县水利局2013年防汛工作总结。" * 20).warnings,
    "the text holds hardly any Chinese": lambda: gov_ie.reading.from_text("Annual report on the disclosure of information\n" * 20).warnings,
    "the text is in traditional characters": lambda: gov_ie.reading.from_text("平川縣水利局政府資訊公開年度報告，主動公開關於農村飲水與會議的資訊，學校與縣國土單位對應條例來說無誤，電子發放員點會時書門" * 3).warnings,
    "the text looks garbled": lambda: gov_ie.reading.from_text(TEXT.encode().decode("latin-1") * 5).warnings,
    "table of disclosure, 行政许可": lambda: [warning for source in read_all([_copied("reports.csv")]) for warning in read_forms(source.text, source.tables).warnings],
}  # fmt: skip


def _copied(name: str) -> Path:
    path = Path(name)
    path.write_bytes((ROOT / "examples" / name).read_bytes())
    return path


def shown(start: str) -> str:
    (message,) = [message for message in MESSAGES if message.startswith(start)]
    return message


def pattern(message: str) -> re.Pattern[str]:
    return re.compile(".*?".join(map(re.escape, message.split("…"))), re.DOTALL)


def section_of(message: str) -> str:
    """The class that the heading above a message names."""
    above = PAGE[: PAGE.index(f"| `{message}` |")]
    heading = above.rsplit("\n## ", 1)[1]
    return "ImportError" if "`ImportError`" in heading else heading.partition(":")[0].split("\n")[0]


@pytest.mark.parametrize("start", ERRORS)
def test_an_error_that_the_page_shows_is_given(start: str, tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.chdir(tmp_path)
    message = shown(start)
    with pytest.raises((GovIEError, ImportError)) as caught:
        ERRORS[start](monkeypatch)
    assert pattern(message).fullmatch(str(caught.value)), str(caught.value)
    assert type(caught.value) is CLASSES[section_of(message)]


@pytest.mark.parametrize("start", WARNINGS)
def test_a_warning_that_the_page_shows_is_given(start: str, tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.chdir(tmp_path)
    assert any(pattern(shown(start)).fullmatch(warning) for warning in WARNINGS[start]())


def test_every_message_of_the_page_has_its_case() -> None:
    assert [message for message in MESSAGES if not any(message.startswith(start) for start in (*ERRORS, *WARNINGS))] == []
    assert PAGE.count("\n| `") == len(MESSAGES)


def test_the_page_has_every_class_of_errors() -> None:
    classes = {name for name, value in vars(gov_ie.errors).items() if isinstance(value, type) and issubclass(value, GovIEError)}
    assert set(re.findall(r"autoexception:: gov_ie\.errors\.(\w+)", PAGE)) == classes
