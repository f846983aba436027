"""What a file is, by its bytes; what of a folder is a document."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

import pytest

from gov_ie.reading.kinds import Kind, detect, is_furniture, is_readable, web_page_parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _zip(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def _streams(*names: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") + bytes(64) for name in names)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.txt", Kind.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.7\n", "a.pdf", Kind.PDF),
        ("PDF文件以%PDF-1.7开头".encode(), "a.txt", Kind.TEXT),
        (_zip("[Content_Types].xml", "word/document.xml"), "a.zip", Kind.DOCX),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "a.doc", Kind.XLSX),
        (_zip("[Content_Types].xml", "xl/workbook.xml")[:60] + b"xl/workbook.xml", "a.xlsx", Kind.XLSX),
        (_zip("word/notes.txt", "xl/b.txt"), "a.zip", Kind.ZIP),
        (_zip(), "a.zip", Kind.ZIP),
        (_zip(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", Kind.ODT),
        (_streams("Root Entry", "WordDocument"), "a.wps", Kind.DOC),
        (_streams("Root Entry", "WordDocument", "Workbook"), "a.doc", Kind.DOC),
        (_streams("Root Entry", "WordDocument", "Workbook"), "a.xls", Kind.XLS),
        (_streams("Root Entry", "Workbook"), "a.doc", Kind.XLS),
        (b"{\\rtf1\\ansi}", "a.doc", Kind.RTF),
        (b"PAR1....PAR1", "a.bin", Kind.PARQUET),
        (b"\xff\xd8\xff\xe0", "a.jpg", Kind.IMAGE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a", Kind.IMAGE),
        (b"II*\0\x08\0\0\0", "a.tif", Kind.IMAGE),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0" + bytes(40), "a.bmp", Kind.IMAGE),
        (b"BMW\xe5\x9c\xa8", "a.txt", Kind.TEXT),
        (b"<!DOCTYPE html><p>x", "a.txt", Kind.HTML),
        (b"\xef\xbb\xbf\n\n  <HTML>", "a.doc", Kind.HTML),
        (b'<?xml version="1.0"?>\n<!-- a -- b --><!DOCTYPE html PUBLIC "x">', "a.xls", Kind.HTML),
        (b"<table border=1><tr><td>1</table>", "a.xls", Kind.HTML),
        ("<html>公开".encode("utf-16"), "a", Kind.HTML),
        ("<p>公开</p>".encode("utf-16-le"), "a", Kind.HTML),
        (b'<p align="center">x</p>\n\n# y', "a.md", Kind.TEXT),
        (b"<html><p>x", "a.md", Kind.HTML),
        (b"x <b>y</b>", "a.html", Kind.HTML),
        (b"x < y", "a.html", Kind.TEXT),
        ("<政府信息公开条例>".encode(), "a.txt", Kind.TEXT),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "a.doc", Kind.MHT),
        (b"Date: today\n\nMIME-Version: 1.0", "a.txt", Kind.TEXT),
        (b'{"text": "x"}\n{"text": "y"}', "a.txt", Kind.JSON),
        (b'\xef\xbb\xbf[\n {"text": "x"}]', "a", Kind.JSON),
        (b"[1]", "a.json", Kind.JSON),
        ("[附件]".encode(), "a.txt", Kind.TEXT),
        (b"a,b\n1,2", "a.csv", Kind.CSV),
        (b"a\tb\n1\t2", "a.xls", Kind.CSV),
        (b"a,b\n1,2", "a.txt", Kind.TEXT),
        (b"", "a.csv", Kind.TEXT),
        (b"x", "a.pdf", Kind.TEXT),
    ],
)
def test_content_decides(data: bytes, name: str, kind: Kind) -> None:
    assert detect(data, name).kind is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_streams("EncryptedPackage"), "password"),
        (_streams("PowerPoint Document"), "PowerPoint"),
        (_zip("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        (_zip("[Content_Types].xml", "xl/workbook.bin"), "save it as .xlsx"),
        (_zip("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "save it as .xlsx"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z archive"),
        (b"\0\0\0\x18ftypheic", "JPEG"),
        (b"SQLite format 3\0", "CSV"),
    ],
)
def test_what_is_known_and_not_read_says_what_to_do(data: bytes, words: str) -> None:
    found = detect(data, "a.doc")
    assert found.kind is Kind.OTHER
    assert words in found.complaint


@pytest.mark.parametrize(
    ("data", "name", "warned"),
    [(b"<html>", "a.doc", True), (b"<html>", "a.HTM", False), (b"<html>", "a.dat", False), (b"%PDF-1.4", "a.docx", True), (_zip("word/document.xml"), "a.wps", False), (b"x", "a.doc", True), (b"x", "a.log", False)],
)
def test_a_wrong_ending_is_warned_of(data: bytes, name: str, warned: bool) -> None:
    assert (detect(data, name).warning is not None) == warned


def test_a_page_with_many_comments_before_it_is_looked_at_once() -> None:
    assert detect(b"<!-- - -->\n" * 4000 + b"-", "a.txt").kind is Kind.TEXT
    assert detect(b"<!-- - -->\n" * 4000 + b"<p>", "a.txt").kind is Kind.HTML


@pytest.mark.parametrize(
    ("name", "head", "readable"),
    [
        ("a.pdf", b"", True), ("a.JPG", b"", True), ("a.css", b"p {}", False), ("a.js", b"<!-- x", False), ("a.woff", b"wOFF", False), ("a.jar", _zip("META-INF/x"), False), ("a", b"%PDF-1.4", True), ("a.tmp", b"<html>", True),
        ("a", b"text", False), ("a.rar", b"Rar!\x1a\x07", False), ("a.mp4", b"\0\0\0\x18ftypisom", False), ("a.json", b'{"year": 2013}', False), ("a.json", b'{"a": 1}\n{"a": 2}', True), ("a.json", b'[{"a": 1}]', True), ("a.jsonl", b'{"a": 1}', True),
    ],
)  # fmt: skip
def test_what_of_a_folder_is_a_document(name: str, head: bytes, readable: bool) -> None:
    assert is_readable(name, head) == readable


def test_what_systems_and_browsers_leave_behind() -> None:
    assert [name for name in ("a/.git/b", "~$a.doc", "__MACOSX/a", "x/Thumbs.db", "a/b.txt", "~a.doc") if not is_furniture(name.split("/"))] == ["a/b.txt", "~a.doc"]
    assert web_page_parts([PurePosixPath("a/p.htm"), PurePosixPath("b.txt")]) == {PurePosixPath("a/p_files"), PurePosixPath("a/p.files")}
