"""ZIP archives: what is read, under which name, and what no archive can do."""

from __future__ import annotations

import io
import random
import stat
import zipfile
from pathlib import Path

import pytest

from gov_ie.errors import ReadError
from gov_ie.reading import Failure, Source, archive, passed_over, read, read_all

REPORT = "平川县水利局2013年政府信息公开工作年度报告\n一、概述\n全年主动公开政府信息86条。\n"


def _zip(path: Path, members: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def _raw(path: Path, name: bytes, data: bytes = REPORT.encode()) -> Path:
    """An archive whose one member has these bytes for a name and no UTF-8 flag."""
    _zip(path, {"x" * len(name): data})
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name))
    return path


def _names(path: Path) -> list[tuple[type, str]]:
    return [(type(item), item.path.removeprefix(f"{path}!/")) for item in read_all([path])]


def test_documents_and_records_of_an_archive_come_in_order(tmp_path: Path) -> None:
    html = f"<html><meta charset=utf-8><body>{''.join(f'<p>{line}</p>' for line in REPORT.split())}</body></html>"
    path = _zip(
        tmp_path / "a.zip",
        {
            "年报/b.txt": REPORT, "年报/a.html": html, "年报/": b"", "c.jsonl": '{"text": "政府信息公开工作年度报告，全年共公开信息若干条。"}\n{"text": "政府信息公开工作年度报告。全年没有收到申请。"}\n', "bad.txt": b"", "__MACOSX/b.txt": "x", ".DS_Store": "x",
            "s.css": "p {}", "年报/a_files/logo.png": "x", "run.exe": "MZ\x90\0",
        },
    )  # fmt: skip
    items = list(read_all([path]))
    assert [(type(item), item.name, item.path) for item in items] == [
        (Failure, "bad.txt", f"{path}!/bad.txt"),
        (Source, "c.jsonl#1", f"{path}!/c.jsonl"),
        (Source, "c.jsonl#2", f"{path}!/c.jsonl"),
        (Source, "a.html", f"{path}!/年报/a.html"),
        (Source, "b.txt", f"{path}!/年报/b.txt"),
    ]
    assert str(items[0].error) == f"{path}!/bad.txt: the file is empty"  # type: ignore[union-attr]
    assert passed_over([tmp_path]) == [f"{path}!/run.exe", f"{path}!/s.css", f"{path}!/年报/a_files/logo.png"]


def test_an_archive_with_one_report_is_a_report_and_one_with_two_is_not(tmp_path: Path) -> None:
    assert read(_zip(tmp_path / "a.zip", {"x/b.txt": REPORT, "x/c.css": "p {}"})).name == "b.txt"
    with pytest.raises(ReadError, match=r"several reports.*extract_many"):
        read(_zip(tmp_path / "a.zip", {"b.txt": REPORT, "c.txt": REPORT}))
    with pytest.raises(ReadError, match="holds no document"):
        read(_zip(tmp_path / "a.zip", {"c.css": "p {}"}))
    with pytest.raises(ReadError, match="holds no document"):
        read(_zip(tmp_path / "a.zip", {}))


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("name", ["平川县/年报.txt", "乗口/a.txt"])  # the second character's GBK ends in the byte of a backslash
def test_names_without_the_utf8_flag(tmp_path: Path, encoding: str, name: str) -> None:
    path = _raw(tmp_path / "a.zip", name.encode(encoding))
    assert _names(path) == [(Source, name)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../etc/a.txt", "etc/a.txt"), ("/etc/a.txt", "etc/a.txt"), ("C:\\x\\a.txt", "x/a.txt"), ("..\\a.txt", "a.txt"), ("C:a.txt", "a.txt"), ("x/../a.txt", "x/a.txt")],
)
def test_a_name_that_climbs_out_is_only_a_name(tmp_path: Path, name: str, shown: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = _raw(folder / "a.zip", name.encode())
    (source,) = read_all([path])
    assert isinstance(source, Source)
    assert (source.path, source.text) == (f"{path}!/{shown}", REPORT)
    assert any("outside of itself" in warning for warning in source.warnings)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


def test_links_are_ignored(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
        made.writestr("b.txt", REPORT)
    assert _names(tmp_path / "a.zip") == [(Source, "b.txt")]


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("a.txt", REPORT)
    path = _zip(tmp_path / "a.zip", {"inner.zip": inner.getvalue(), "b.txt": REPORT})
    first, second = read_all([path])
    assert isinstance(second, Failure)
    assert "inner.zip: a ZIP archive inside a ZIP archive is not opened; unpack it first" in str(second.error)
    assert first.name == "b.txt"


def test_an_encrypted_member_fails_alone(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.txt": REPORT, "b.txt": REPORT})
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[entry + 8] |= 1
    path.write_bytes(data)
    failure, source = read_all([path])
    assert isinstance(failure, Failure)
    assert "encrypted with a password" in str(failure.error)
    assert source.name == "b.txt"


def test_bombs_are_left_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _zip(tmp_path / "a.zip", {"a.txt": b" " * 12_000_000, "b.txt": REPORT})
    failure, source = read_all([path])
    assert isinstance(failure, Failure)
    assert "ZIP bomb" in str(failure.error)
    assert source.name == "b.txt"

    noise = random.Random(1).randbytes(3_000_000)
    path = _zip(tmp_path / "a.zip", {"a.txt": noise, "b.txt": REPORT})
    monkeypatch.setattr(archive, "MAX_MEMBER", 2_000_000)
    failure, source = read_all([path])
    assert isinstance(failure, Failure)
    assert "more than 2 MB unpacked" in str(failure.error)

    monkeypatch.setattr(archive, "MAX_TOTAL", len(REPORT.encode()))
    path = _zip(tmp_path / "a.zip", {"a.txt": REPORT, "b.txt": REPORT})
    source, failure = read_all([path])
    assert isinstance(failure, Failure)
    assert (source.name, failure.name) == ("a.txt", "a.zip")
    assert "the rest was not read" in str(failure.error)

    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    (failure,) = read_all([path])
    assert isinstance(failure, Failure)
    assert "more than 1 members" in str(failure.error)


def test_a_size_that_lies_does_not_matter(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.txt": b" " * 12_000_000})
    path.write_bytes(path.read_bytes().replace((12_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    (failure,) = read_all([path])
    assert isinstance(failure, Failure)
    assert "a.txt: " in str(failure.error)


def test_a_truncated_archive_and_a_damaged_member(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a.txt": REPORT * 50, "b.txt": REPORT})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    (failure,) = read_all([path])
    assert isinstance(failure, Failure)
    assert "damaged or incomplete" in str(failure.error)

    path.write_bytes(whole[:60] + bytes(20) + whole[80:])
    failure, source = read_all([path])
    assert isinstance(failure, Failure)
    assert "a.txt: damaged" in str(failure.error)
    assert source.name == "b.txt"


@pytest.mark.parametrize("cut", range(0, 300, 23))
def test_an_archive_with_any_byte_changed_has_an_outcome(tmp_path: Path, cut: int) -> None:
    whole = _zip(tmp_path / "a.zip", {"a.txt": REPORT, "年报.txt": REPORT}).read_bytes()
    for value in (0, 0xFF):
        (tmp_path / "a.zip").write_bytes(whole[:cut] + bytes([value]) + whole[cut + 1 :])
        items = list(read_all([tmp_path / "a.zip"]))
        assert all(isinstance(item, Source | Failure) for item in items)
        assert items
