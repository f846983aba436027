"""What users hand over by mistake or on purpose: a clear outcome for each file, and the batch goes on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gov_ie.reading import Failure, Source, read_all

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
