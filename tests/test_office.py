"""Files of the old kinds, made by LibreOffice from a generated Word file, and what is refused before or after it has tried."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

docx = pytest.importorskip("docx")

from docx.oxml import parse_xml  # noqa: E402

from gov_ie.errors import ReadError  # noqa: E402
from gov_ie.reading.word import office  # noqa: E402
from gov_ie.reading.word.office import read_office  # noqa: E402

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(os.name != "posix", reason="stands in for LibreOffice with a shell script")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LIST = (
    '<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
)


def report() -> bytes:
    """A report of invented content: a numbered heading, a paragraph, a table with merged cells."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LIST))
    key = numbering.add_num(90).numId
    document.add_paragraph("青桐县水务局2021年政府信息公开工作年度报告")
    for heading in ("总体情况", "申请情况"):
        properties = document.add_paragraph(heading).paragraph_format.element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = key
    document.add_paragraph("全年主动公开政府信息86条。")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "信息内容"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "本年件数"
    for column, text in enumerate(("制发", "废止"), 1):
        table.cell(1, column).text = text
    for column, text in enumerate(("规章", "0", "")):
        table.cell(2, column).text = text
    document.add_paragraph("青桐县水务局")  # as in any file of Word's own: LibreOffice loses a table at the very end of a .doc that it writes
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same report as LibreOffice writes it in the old kinds."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(report())
    files = {}
    for kind in ("doc:MS Word 97", "rtf", "odt"):
        command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / "report.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        suffix = "." + kind.partition(":")[0]
        files[suffix] = (folder / f"report{suffix}").read_bytes()
    files[".rtf"] = files[".rtf"].replace(rb"\'02\'00\'3f;", rb"\'02\'00\u12289\'3f;")  # LibreOffice 7 writes «?» for the mark in a list's pattern; Word writes the mark
    return files


@needs_libreoffice
@pytest.mark.parametrize(("kind", "suffix"), [(".doc", ".doc"), (".doc", ".WPS"), (".rtf", ".rtf"), (".rtf", ".doc"), (".odt", ".odt")])
def test_old_kinds_give_the_same_text_and_table(made: dict[str, bytes], kind: str, suffix: str) -> None:
    content = read_office(made[kind], name=f"年报{suffix}", suffix=suffix)
    assert content.text.splitlines()[:4] == ["青桐县水务局2021年政府信息公开工作年度报告", "一、总体情况", "二、申请情况", "全年主动公开政府信息86条。"]
    (table,) = content.tables
    assert all(content.text[c.start : c.end] == c.text for c in table.cells)
    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in table.cells] == [
        ("信息内容", 0, 0, 2, 1), ("本年件数", 0, 1, 1, 2), ("制发", 1, 1, 1, 1), ("废止", 1, 2, 1, 1), ("规章", 2, 0, 1, 1), ("0", 2, 1, 1, 1), ("", 2, 2, 1, 1),
    ]  # fmt: skip


@needs_libreoffice
@pytest.mark.parametrize("data", [OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le") + b"\0" * 3000, b"{\\rtf1"], ids=["doc", "rtf"])
def test_a_damaged_file_is_refused_or_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"坏\.doc: (LibreOffice cannot read it|the document holds no text)"):
        read_office(data, name="坏.doc", suffix=".doc")


def odt(body: str, **more: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="{space}"'
        for short, space in {
            **{k: f"urn:oasis:names:tc:opendocument:xmlns:{v}:1.0" for k, v in {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible", "script": "script"}.items()},
            "xlink": "http://www.w3.org/1999/xlink",
        }.items()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        kind = "application/vnd.oasis.opendocument.text"
        file.writestr("mimetype", kind)
        entries = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{media}"/>' for path, media in [("/", kind), *((path, "text/xml") for path in ("content.xml", *more) if path != "manifest")])
        extra = more.pop("manifest", "")
        file.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}{extra}</m:manifest>')
        file.writestr("content.xml", f"<office:document-content {spaces} office:version='1.2'><office:body><office:text>{body}</office:text></office:body></office:document-content>")
        for path, text in more.items():
            file.writestr(path, text)
    return stream.getvalue()


@needs_libreoffice
def test_linked_files_are_not_drawn_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    section = f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}" text:filter-name="Text"/><text:p>旧内容</text:p></text:section>'
    assert read_office(odt(f"<text:p>正文</text:p>{section}"), name="x.odt", suffix=".odt").text == "正文\n旧内容\n"


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (b"", ".doc", "is empty"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), ".doc", "password"),
        (OLE + b"\0" * 504 + b"\xec\xa5\xc1\0" + b"\0" * 7 + b"\x13" + b"\0" * 500, ".doc", "password"),
        (odt("", manifest="<m:encryption-data/>"), ".odt", "password"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), ".doc", r"rename it to \.xls"),
        (b"<!DOCTYPE html>\n<HTML><body>x</body></HTML>", ".doc", r"rename it to \.html"),
        (b"\x00\x01\x02\x03" * 50, ".wps", "no text document"),
        ("一、概述".encode(), ".rtf", "no text document"),
        (b"PK\x03\x04 cut", ".odt", "cut off"),
        (odt("", **{"Pictures/1.bmp": "\0" * 20_000_000}), ".odt", "would unpack to"),
        (b"{\\rtf1}", ".exe", "none of the kinds"),
    ],
)  # fmt: skip
def test_what_is_refused_before_libreoffice_is_asked(data: bytes, suffix: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: pytest.fail("LibreOffice was looked for"))
    with pytest.raises(ReadError, match=reason) as caught:
        read_office(data, name=f"坏{suffix}", suffix=suffix)
    assert str(caught.value).startswith(f"坏{suffix}: ")


def test_a_word_file_of_today_under_an_old_name_needs_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    assert "全年主动公开政府信息86条。" in read_office(report(), name="x.wps", suffix=".wps").text


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    with pytest.raises(ReadError, match=r"x\.rtf: .*LibreOffice, which is not installed.*install it"):
        read_office(b"{\\rtf1 x}", name="x.rtf", suffix=".rtf")


def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(0o755)
    monkeypatch.setattr(office.shutil, "which", lambda _: str(program))


@posix
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0", "LibreOffice cannot read it"),
        ("echo 'source file could not be loaded' >&2; exit 0", "could not be loaded"),
        ("echo 'fatal' >&2; exit 77", r"LibreOffice failed on it \(fatal\)"),
        ("kill -9 $$", "LibreOffice failed on it"),
        ('while [ "$1" != --outdir ]; do shift; done; echo nonsense > "$2/report.docx"', "no Word file"),
    ],
)
def test_a_failing_libreoffice_is_a_read_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str) -> None:
    _stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(ReadError, match=reason) as caught:
        read_office(b"{\\rtf1 x}", name="x.rtf", suffix=".rtf")
    assert str(caught.value).startswith("x.rtf: ")


@posix
def test_a_libreoffice_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = tmp_path / "child"
    _stand_in(tmp_path, monkeypatch, f"sleep 600 & echo $! > '{noted}.new'; mv '{noted}.new' '{noted}'; wait")
    monkeypatch.setattr(office, "TIMEOUT", 1.0)
    with pytest.raises(ReadError, match="did not finish within 1 seconds"):
        read_office(b"{\\rtf1 x}", name="x.rtf", suffix=".rtf")
    assert not _lives(int(noted.read_text()))


def _lives(pid: int) -> bool:
    """Whether a process still runs, given a moment to be gone; a zombie that waits for its parent does not."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        time.sleep(0.02)
    return True


@posix
def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(office.tempfile, "tempdir", str(temporary))
    _stand_in(tmp_path, monkeypatch, "touch more; exit 1")
    with pytest.raises(ReadError):
        read_office(b"{\\rtf1 x}", name="x.rtf", suffix=".rtf")
    assert list(temporary.iterdir()) == []
