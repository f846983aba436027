"""What users hand over by mistake or on purpose: a clear outcome for each file, and the batch goes on."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import gov_ie
from gov_ie.errors import GovIEError, ReadError
from gov_ie.pipeline import components  # noqa: F401
from gov_ie.pipeline.tokenizer import PkusegTokenizer
from gov_ie.reading import Failure, Source, find_files, read_all

GOOD = "云栖县水利局2015年政府信息公开工作年度报告\n2015年，我局主动公开政府信息61条，收到申请2件。\n".encode()


def _zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _encrypted_pdf() -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    stream = io.BytesIO()
    page = canvas.Canvas(stream, encrypt="secret")
    page.drawString(72, 720, "2015")
    page.save()
    return stream.getvalue()


def _docx() -> bytes:
    docx = pytest.importorskip("docx")
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(GOOD.decode())
    document.save(stream)
    return stream.getvalue()


#: Name → its bytes, and words of the outcome: of the error, or of the warning where the file is read all the same.
CASES = {
    "encrypted.pdf": (_encrypted_pdf, "password", True),
    "garbage.pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, "garbage.pdf", True),
    "truncated.docx": (lambda: _docx()[:4000], "truncated.docx", True),
    "inside.zip": (lambda: _zip(**{"more.zip": _zip(**{"a.txt": GOOD})}), "archive inside", True),
    "truncated.zip": (lambda: _zip(**{"a.txt": GOOD * 50})[:150], "truncated.zip", True),
    "traversal.zip": (lambda: _zip(**{"../../outside.txt": GOOD}), "outside", False),
    "huge.html": (lambda: b"<html><body>" + "<p>本局主动公开政府信息。</p>".encode() * 1_400_000, "huge.html", True),
    "wide.html": (lambda: (f"<p>{GOOD.decode()}</p><table><tr>" + "<td>1</td>" * 10_000 + "</tr></table>").encode(), "columns", False),
    "page.doc": (lambda: f"<html><body><p>{GOOD.decode()}</p></body></html>".encode(), "HTML", False),
    "text.pdf": (lambda: GOOD, "text", False),
    "empty.txt": (lambda: b"", "empty.txt", True),
    "program.txt": (lambda: b"\x7fELF" + bytes(400), "program.txt", True),
}


@pytest.mark.parametrize("name", CASES)
def test_each_ends_clearly(tmp_path: Path, name: str) -> None:
    make, words, fails = CASES[name]
    file = tmp_path / name
    file.write_bytes(make())
    (outcome,) = read_all([file])
    assert isinstance(outcome, Failure if fails else Source)
    said = str(outcome.error) if isinstance(outcome, Failure) else " ".join(outcome.warnings)
    assert words.lower() in said.lower()
    assert sorted(path.name for path in tmp_path.rglob("*")) == [name], "nothing is written beside it"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(_zip(**{"bomb.txt": b"0" * 150_000_000, "good.txt": GOOD}))
    outcomes = {item.name: item for item in read_all([tmp_path / "bomb.zip"])}
    assert isinstance(outcomes["bomb.txt"], Failure)
    assert isinstance(outcomes["good.txt"], Source)


def test_a_folder_of_them_is_read_to_its_end(tmp_path: Path) -> None:
    for name in ("garbage.pdf", "truncated.zip", "wide.html", "empty.txt"):
        (tmp_path / name).write_bytes(CASES[name][0]())
    (tmp_path / "z-good.txt").write_bytes(GOOD)
    outcomes = [(item.name, isinstance(item, Source)) for item in read_all([tmp_path])]
    assert ("z-good.txt", True) in outcomes
    assert ("wide.html", True) in outcomes
    assert sum(not read for _, read in outcomes) == 3


@pytest.mark.parametrize("take", [lambda path: [s.name for s in read_all(path)], lambda path: [file.name for file in find_files(path)]], ids=["read_all", "find_files"])
@pytest.mark.parametrize("kind", [str, Path])
def test_one_path_is_no_list_of_characters(tmp_path: Path, kind: type, take: Callable[[Any], list[str]]) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    assert take(kind(tmp_path)) == take(kind(tmp_path / "a.txt")) == ["a.txt"]


def test_what_cannot_be_looked_at_costs_nothing_but_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "locked.txt", "style.css", "z.txt"):
        (tmp_path / name).write_bytes(GOOD)
    (tmp_path / "shut").mkdir()
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing.txt")
    look, scan, reach = Path.stat, os.scandir, Path.open

    def refuse(path: object) -> None:
        if str(path).endswith(("locked.txt", "shut")):
            raise PermissionError(13, "Permission denied", str(path))

    # Not by chmod: root may read everything.
    monkeypatch.setattr(Path, "stat", lambda self, **options: (refuse(self), look(self, **options))[1])
    monkeypatch.setattr(Path, "open", lambda self, *mode, **options: (refuse(self), reach(self, *mode, **options))[1])
    monkeypatch.setattr(os, "scandir", lambda path: (refuse(path), scan(path))[1])
    items = list(read_all([tmp_path]))
    assert [(item.name, isinstance(item, Source)) for item in items] == [("a.txt", True), ("locked.txt", False), ("shut", False), ("z.txt", True)]
    assert [str(item.error) for item in items if isinstance(item, Failure)] == [f"{tmp_path / name}: cannot be read (Permission denied)" for name in ("locked.txt", "shut")]


@Language.component("gov_ie_test_raises")
def raises(doc: Doc) -> Doc:
    if "申请3件" in doc.text:
        raise KeyError("no such cue")
    return doc


@pytest.fixture
def breaking() -> Language:
    """A pipeline that breaks at one of the texts."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = PkusegTokenizer(nlp.vocab)
    nlp.add_pipe("gov_ie_test_raises")
    return nlp


@pytest.mark.parametrize("leaves_out", [False, True], ids=["raises", "leaves the document out"])
@pytest.mark.parametrize("n_process", [1, 2])
def test_a_report_that_breaks_the_pipeline_costs_nothing_but_itself(tmp_path: Path, breaking: Language, n_process: int, leaves_out: bool) -> None:
    for i in range(5):
        (tmp_path / f"{i}.txt").write_text(GOOD.decode().replace("2件", f"{i}件"), encoding="utf-8")
    if leaves_out:
        breaking.set_error_handler(lambda name, component, docs, error: None)  # type: ignore[arg-type,return-value]
    told: list[tuple[Path, str]] = []
    reports = list(gov_ie.extract_many(tmp_path, nlp=breaking, n_process=n_process, on_error=lambda path, error: told.append((path, str(error)))))
    assert [(report.source["name"], "error" in report.source) for report in reports] == [(f"{i}.txt", i == 3) for i in range(5)]
    assert [report.text is None for report in reports] == [i == 3 for i in range(5)]
    error = reports[3].source["error"]
    assert told == [(tmp_path / "3.txt", error)]
    assert reports[3].warnings == [error]
    assert "report it as a bug" in error
    assert leaves_out or "KeyError: 'no such cue'" in error
    assert gov_ie.to_frame(reports)["error"].notna().tolist() == [i == 3 for i in range(5)]


def test_an_interrupt_ends_the_run(tmp_path: Path, breaking: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.txt").write_bytes(GOOD)
    monkeypatch.setattr("gov_ie.api._finish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(gov_ie.extract_many(tmp_path, nlp=breaking))


@pytest.mark.parametrize("step", ["gov_ie.reading.read_document", "gov_ie.api.read_forms", "gov_ie.api._finish"])
def test_every_step_may_break(tmp_path: Path, breaking: Language, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    (tmp_path / "a.txt").write_bytes(GOOD)
    monkeypatch.setattr(step, broken)
    (report,) = gov_ie.extract_many([tmp_path / "a.txt"], nlp=breaking)
    assert report.source["error"].startswith(f"{tmp_path / 'a.txt'}: an error that is not expected (RecursionError: too deep)")


@pytest.mark.parametrize("n_process", [0, -2, "2", None])
def test_numbers_of_processes_that_are_none(n_process: Any) -> None:
    with pytest.raises(GovIEError, match="n_process="):
        gov_ie.extract_many(["a.txt"], n_process=n_process)


def test_a_process_for_every_processor(tmp_path: Path, breaking: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    (tmp_path / "a.txt").write_bytes(GOOD)
    (tmp_path / "b.txt").write_bytes(GOOD)
    assert [report.source["name"] for report in gov_ie.extract_many(tmp_path, nlp=breaking, n_process=-1)] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": ""}, "text: the text is empty"),
        ({"text": " \n\u3000", "name": "年报"}, "年报: the text holds nothing but blanks"),
        ({"path_or_text": ""}, "text: the text is empty"),
        ({"path_or_text": "\n\n"}, "text: the text holds nothing but blanks"),
        ({"path_or_text": "云栖县水利局公开61条。"}, "云栖县水利局公开61条。: there is no such file; if this is a text, pass it as text=…"),
        ({"path_or_text": "云栖县水利局公开61条。" * 30}, f"{('云栖县水利局公开61条。' * 30)[:60]}…: there is no such file; if this is a text, pass it as text=…"),
        ({"path_or_text": Path("none.txt")}, "none.txt: there is no such file"),
    ],
)
def test_what_is_no_text_and_no_file(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ReadError) as caught:
        gov_ie.extract(**arguments)
    assert str(caught.value) == said
