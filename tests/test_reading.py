"""Files of every kind, good and bad: what is read, what is warned of, what is refused, with a clear outcome each."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.errors import GovIEError, ReadError
from gov_ie.reading import Failure, Source, documents, files, find_files, from_text, passed_over, read, read_all
from gov_ie.reading.decode import decode

REPORT = "平川县水利局2013年政府信息公开工作年度报告\n\n一、概述\n全年主动公开政府信息86条，没有收到依申请公开。\n\n平川县水利局\n2014年3月5日\n"


def _file(tmp_path: Path, data: bytes | str, name: str = "report.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("encode", "encoding"),
    [
        (lambda t: t.encode("utf-8"), "utf-8"),
        (lambda t: codecs.BOM_UTF8 + t.encode("utf-8"), "utf-8-sig"),
        (lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"), "utf-16"),
        (lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"), "utf-16"),
        (lambda t: t.encode("utf-16-le"), "utf-16-le"),
        (lambda t: t.encode("utf-16-be"), "utf-16-be"),
        (lambda t: t.encode("gb18030"), "gb18030"),
        (lambda t: t.encode("gbk"), "gb18030"),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16-le with BOM", "utf-16-be with BOM", "bare utf-16-le", "bare utf-16-be", "gb18030", "gbk"],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, encode, encoding: str) -> None:  # type: ignore[no-untyped-def]
    source = read(_file(tmp_path, encode(REPORT)))
    assert source.text == REPORT
    assert source.encoding == encoding
    assert source.warnings == ()


def test_line_ends_stay_as_they_are_and_evidence_can_point_at_them(tmp_path: Path) -> None:
    text = REPORT.replace("\n", "\r\n")
    source = read(_file(tmp_path, text))
    assert source.text == text
    at = source.tidied.text.index("86条")
    start, end = source.tidied.original(at, at + 3)
    assert source.text[start:end] == "86条"


def test_rare_characters_outside_gbk(tmp_path: Path) -> None:
    text = REPORT.replace("平川县", "䶮川县")
    assert read(_file(tmp_path, text.encode("gb18030"))).text == text


def test_a_source_says_what_it_is(tmp_path: Path) -> None:
    path = _file(tmp_path, REPORT)
    assert read(path).describe() == {
        "name": "report.txt", "path": str(path), "sha256": hashlib.sha256(REPORT.encode()).hexdigest(), "encoding": "utf-8", "characters": len(REPORT),
    }  # fmt: skip
    assert from_text(REPORT, name="mine").describe()["path"] is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n" + "\u3000\u3000".encode(), "nothing but blanks"),
        (codecs.BOM_UTF8, "nothing but blanks"),
        (codecs.BOM_UTF16_LE, "nothing but blanks"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password protected"),
        (b"Rar!\x1a\x07\0" + bytes(50), "RAR archive; unpack it"),
        (gzip.compress(REPORT.encode()), "gzip"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument/>', "Office file in XML; save it as .docx"),
        (bytes(range(256)) * 40, "binary"),
        (b"\0" * 5000, "binary"),
        (bytes(range(1, 32)) * 200, "binary"),
        (bytes((i * 7919 + 128) % 256 for i in range(1, 6000)), "binary|no encoding|save it as UTF-8"),
    ],
    ids=["empty", "blanks", "BOM alone", "UTF-16 BOM alone", "ole", "encrypted docx", "rar", "gzip", "Word 2003 XML", "all bytes", "zeros", "control characters", "noise"],
)
def test_what_is_no_text_is_refused_with_the_file_and_the_reason(tmp_path: Path, data: bytes, message: str) -> None:
    path = _file(tmp_path, data)
    with pytest.raises(ReadError, match=message) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
        ("a.docx", b"PK\x03\x04" + bytes(30) + b"word/document.xml" + bytes(100)),
        ("a.xlsx", b"PK\x03\x04" + bytes(30) + b"xl/workbook.xml" + bytes(100)),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le")),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        ("a.parquet", b"PAR1" + bytes(50)),
        ("a.zip", b"PK\x03\x04" + bytes(50)),
        ("a.json", b'[{"text": '),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"),
    ],
)
def test_a_damaged_file_of_every_kind_is_one_line_that_names_it(tmp_path: Path, name: str, data: bytes) -> None:
    path = _file(tmp_path, data, name)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert [item.path for item in read_all([path]) if isinstance(item, Failure)] == [str(path)]


HTML = f"<html><head><meta charset=utf-8><title>平川县水利局</title></head><body>{''.join(f'<p>{line}</p>' for line in REPORT.split())}</body></html>"


@pytest.mark.parametrize(
    ("name", "warning"),
    [("a.html", ()), ("a.htm", ()), ("a", ()), ("a.doc", ("named .doc, but is HTML",)), ("a.xls", ("named .xls, but is HTML",)), ("a.txt", ("named .txt, but is HTML",)), ("a.pdf", ("named .pdf, but is HTML",))],
)
def test_a_web_page_under_any_name_is_read_as_one(tmp_path: Path, name: str, warning: tuple[str, ...]) -> None:
    source = read(_file(tmp_path, HTML, name))
    assert "主动公开政府信息86条" in source.text
    assert "<p>" not in source.text
    assert len(source.warnings) == len(warning)
    assert all(expected in said for expected, said in zip(warning, source.warnings, strict=True))


@pytest.mark.parametrize(("name", "warnings"), [("a.doc", 1), ("a.html", 1), ("a.pdf", 1), ("a.md", 0), ("a.dat", 0)])
def test_plain_text_under_any_name_is_read_unchanged(tmp_path: Path, name: str, warnings: int) -> None:
    source = read(_file(tmp_path, REPORT, name))
    assert source.text == REPORT
    assert [f"named {Path(name).suffix}, but is plain text" in w for w in source.warnings] == [True] * warnings


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_saved_web_page(tmp_path: Path, encoding: str) -> None:
    page = quopri.encodestring(HTML.replace("charset=utf-8", f"charset={encoding}").encode(encoding))
    head = f"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"cut\"\r\n\r\n--cut\r\nContent-Type: text/html; charset={encoding}\r\n"
    data = head.encode() + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + page + b"\r\n--cut--\r\n"
    for name in ("a.mht", "a.doc"):
        assert "主动公开政府信息86条" in read(_file(tmp_path, data, name)).text


def test_a_reader_that_fails_in_a_way_nobody_thought_of_is_a_read_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise IndexError("list index\nout of range")

    monkeypatch.setattr(documents, "decode", broken)
    path = _file(tmp_path, REPORT)
    with pytest.raises(ReadError, match=r"may be damaged \(IndexError: list index out of range\)") as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, REPORT)
    monkeypatch.setattr(documents, "MAX_CHARACTERS", len(REPORT) - 1)
    with pytest.raises(ReadError, match=r"too many for one report.*split the file"):
        read(path)
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    with pytest.raises(ReadError, match="larger than"):
        read(path)


def test_a_file_that_is_missing_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="folder"):
        read(tmp_path)
    assert issubclass(ReadError, GovIEError)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The quick brown fox jumps over the lazy dog. " * 20, "hardly any Chinese"),
        ("今天天气很好，我们去河边散步，看见几只白鹭飞过稻田。" * 20, "may be no annual report"),
        ("平川縣水利局政府信息公開工作年度報告。關於公開的門類與數據，應當對來訪者說明，從電子平臺發布，無論單位個人。" * 5, "traditional characters"),
        ((REPORT * 9).encode().decode("latin-1"), "mojibake"),
        ((REPORT * 9).encode().decode("cp1252", "ignore"), "mojibake"),
        ((REPORT * 9).encode("gbk").decode("latin-1"), "mojibake"),
        (("政府信息公开工作年度报告，主动公开政府信息。" * 9).encode().decode("gbk", "ignore"), "mojibake"),
        ("锟斤拷锟斤拷政府信息公开锟斤拷锟斤拷锟斤拷" * 20, "mojibake"),
        (REPORT * 4000, "unusually long"),
    ],
    ids=["english", "another genre", "traditional", "utf-8 read as latin-1", "utf-8 read as cp1252", "gbk read as latin-1", "utf-8 read as gbk", "lost characters", "very long"],
)  # fmt: skip
def test_a_doubtful_text_is_read_with_a_warning(tmp_path: Path, text: str, words: str) -> None:
    source = read(_file(tmp_path, text))
    assert source.text == text
    assert any(words in warning for warning in source.warnings), source.warnings
    assert from_text(text).warnings == source.warnings


def test_an_ordinary_report_raises_no_warning() -> None:
    assert from_text(REPORT).warnings == ()


def test_five_megabytes_are_read_and_tidied_whole(tmp_path: Path) -> None:
    text = REPORT * (5_000_000 // len(REPORT.encode()) + 1)
    source = read(_file(tmp_path, text))
    assert source.text == text
    assert source.tidied.text.count("86条") == text.count("86条")


def test_a_few_broken_bytes_are_survived(tmp_path: Path) -> None:
    data = (REPORT * 20).encode()
    broken = data[:301] + b"\xff" + data[301:]
    source = read(_file(tmp_path, broken))
    assert source.text.count("86条") == 20
    assert "with errors" in str(source.encoding)


def test_big5_is_either_read_right_or_refused(tmp_path: Path) -> None:
    text = "平川縣水利局政府信息公開工作年度報告，全年主動公開八十六條，沒有收到申請。" * 20
    refusal, source = "", None
    try:
        source = read(_file(tmp_path, text.encode("big5")))
    except ReadError as error:
        refusal = str(error)
    if source is None:
        assert "save it as UTF-8" in refusal
    else:
        assert source.text == text or source.warnings


@pytest.mark.parametrize("data", [b"a", b"\xff", b"\xe5\xb9", b"\xff\xfe\x00", b"\x00a", "平".encode(), "平".encode("utf-16-le")])
def test_tiny_files_have_an_outcome(data: bytes) -> None:
    refusal, outcome = "", None
    try:
        outcome = decode(data, name="tiny")
    except ReadError as error:
        refusal = str(error)
    if outcome is None:
        assert refusal.startswith("tiny: ")
    else:
        assert all(outcome)


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(HTML if path.suffix == ".html" else REPORT, encoding="utf-8")


def test_a_folder_gives_its_documents_in_order_and_names_the_rest(tmp_path: Path) -> None:
    _write(tmp_path, "b.txt", "a.md", "c.pdf", ".hidden.txt", "sub/d.TXT", ".git/e.txt", "sub/.secret/f.txt", "p.html", "p_files/logo.png", "p_files/x.html", "q_files/y.txt")
    _write(tmp_path, "~$a.docx", "__MACOSX/a.txt", "Thumbs.db", "style.css", "run.exe", "song.mp3", "LICENSE", "page.PHP", "list.json", "facts.json", "lines.json")
    (tmp_path / "page.PHP").write_text(HTML, encoding="utf-8")
    (tmp_path / "list.json").write_text('[{"text": "x"}]')
    (tmp_path / "facts.json").write_text('{"year": 2013}')
    (tmp_path / "lines.json").write_text('{"text": "x"}\n{"text": "y"}\n')
    assert [str(p.relative_to(tmp_path)) for p in find_files([tmp_path])] == ["a.md", "b.txt", "c.pdf", "lines.json", "list.json", "p.html", "page.PHP", "q_files/y.txt", "sub/d.TXT"]
    assert [str(Path(p).relative_to(tmp_path)) for p in passed_over([tmp_path])] == ["LICENSE", "facts.json", "p_files/logo.png", "p_files/x.html", "run.exe", "song.mp3", "style.css"]
    assert list(find_files([tmp_path / "run.exe", tmp_path / "none"])) == [tmp_path / "run.exe", tmp_path / "none"]
    assert passed_over([tmp_path / "run.exe", tmp_path / "none"]) == []


def test_many_files_come_in_order_and_a_failure_takes_its_place(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "c.html")
    (tmp_path / "b.txt").write_bytes(b"")
    items = list(read_all([tmp_path, tmp_path / "none.txt"]))
    assert [(type(item), item.name) for item in items] == [(Source, "a.txt"), (Failure, "b.txt"), (Source, "c.html"), (Failure, "none.txt")]
    assert items[1] == Failure("b.txt", str(tmp_path / "b.txt"), items[1].error)  # type: ignore[union-attr]
    assert "is empty" in str(items[1].error)  # type: ignore[union-attr]


@given(st.binary(max_size=600), st.sampled_from(["", "%PDF-1.4\n", "<html>", '{"', "{\\rtf1", "PK\x03\x04", "MIME-Version: 1.0\n"]), st.sampled_from(["a.txt", "a.html", "a.csv", "a.json", "a.md", "a"]))
def test_any_bytes_have_an_outcome(tmp_path_factory: pytest.TempPathFactory, data: bytes, start: str, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(start.encode("latin-1") + data)
    for item in read_all([path]):
        assert isinstance(item, Source | Failure)
        assert str(path) in str(item.error if isinstance(item, Failure) else item.path)
