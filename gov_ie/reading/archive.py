"""ZIP archives: every document in them, read in memory; nothing is ever written to disk.

A member's name is only a name here: one that climbs out of the archive (``../``, an absolute path, a drive) loses those parts, and its source says so.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from gov_ie.errors import ReadError
from gov_ie.reading.documents import Failure, read_document
from gov_ie.reading.kinds import HEAD, RECORDS, Kind, detect, is_furniture, is_readable, web_page_parts
from gov_ie.reading.sheets.records import read_records
from gov_ie.reading.source import Source

#: Bytes that one member may have unpacked, and all members together; and how far more than :data:`_SUSPECT` bytes may have been packed.
MAX_MEMBER = 100_000_000
MAX_TOTAL = 1_000_000_000
MAX_RATIO = 200
MAX_MEMBERS = 100_000
_SUSPECT = 10_000_000
_CHUNK = 1 << 20
_UTF8 = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class _Member:
    info: zipfile.ZipInfo
    name: PurePosixPath
    warning: str = ""


def read_archive(data: bytes, *, path: str, text_column: str | None = None, title_column: str | None = None) -> Iterator[Source | Failure]:
    """The documents in a ZIP archive, sorted by name; ``path`` of each is ``ARCHIVE.zip!/folder/name``, its ``name`` only the last part.

    A member that is encrypted, damaged, a ZIP archive itself or too large unpacked is a failure, and costs nothing but itself.

    Raises:
        ReadError: the archive is damaged, has too many members, holds no document, or (while it is read) more than :data:`MAX_TOTAL` bytes.
    """
    with _opened(data, path) as archive:
        members, _ = _sorted_out(archive)
        if not members:
            raise ReadError(f"{path}: the archive holds no document of a kind that is read")
        left = MAX_TOTAL
        for member in members:
            where = f"{path}!/{member.name}"
            try:
                content = _unpacked(archive, member.info, where, left)
                left -= len(content)
                for item in _read(content, member, where, text_column, title_column):
                    yield replace(item, warnings=(member.warning, *item.warnings)) if member.warning and isinstance(item, Source) else item
            except ReadError as error:
                yield Failure(member.name.name, where, error)
            if left <= 0:
                raise ReadError(f"{path}: the archive holds more than {MAX_TOTAL // 1_000_000} MB unpacked; the rest was not read")


def other_members(data: bytes) -> list[str]:
    """The names of what is no document in an archive; none for one that cannot be opened."""
    try:
        with _opened(data, "archive") as archive:
            return [str(member.name) for member in _sorted_out(archive)[1]]
    except ReadError:
        return []


def _read(content: bytes, member: _Member, where: str, text_column: str | None, title_column: str | None) -> Iterator[Source | Failure]:
    found = detect(content, member.name.name)
    if found.kind is Kind.ZIP:
        raise ReadError(f"{where}: a ZIP archive inside a ZIP archive is not opened; unpack it first")
    if found.kind in RECORDS:
        yield from read_records(content, found, name=member.name.name, path=where, text_column=text_column, title_column=title_column)
    else:
        yield read_document(content, found, name=member.name.name, path=where)


def _opened(data: bytes, path: str) -> zipfile.ZipFile:
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:  # before zipfile makes an object of each
        raise ReadError(f"{path}: the archive has more than {MAX_MEMBERS} members; unpack it and give the folder")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # zipfile raises errors of many kinds for damaged archives
        raise ReadError(f"{path}: the ZIP archive is damaged or incomplete ({error}); get it again") from error


def _sorted_out(archive: zipfile.ZipFile) -> tuple[list[_Member], list[_Member]]:
    """The documents of an archive, and its other members; folders, links and what systems put there are neither."""
    members = [
        _member(info)
        for info in archive.infolist()
        if not info.is_dir() and not _raw_name(info).endswith(("/", "\\")) and not stat.S_ISLNK(info.external_attr >> 16)
    ]
    members = sorted((m for m in members if not is_furniture(m.name.parts)), key=lambda member: member.name)
    parts = web_page_parts(member.name for member in members)
    documents: list[_Member] = []
    others: list[_Member] = []
    for member in members:
        taken = parts.isdisjoint(member.name.parents) and is_readable(member.name.name, _head(archive, member))
        (documents if taken or member.name.suffix.lower() == ".zip" else others).append(member)
    return documents, others


def _head(archive: zipfile.ZipFile, member: _Member) -> bytes:
    try:
        with archive.open(member.info) as stream:
            return stream.read(HEAD)
    except Exception:  # reading it says what is wrong with it
        return b""


def _raw_name(info: zipfile.ZipInfo) -> str:
    """A member's name: without its UTF-8 flag zipfile takes it for cp437, but it is UTF-8 all the same, or the GBK of a Chinese Windows."""
    name = info.orig_filename.split("\0")[0]
    if info.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        packed = name.encode("cp437")
    except UnicodeEncodeError:  # the name came from elsewhere (a Unicode field)
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return packed.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _member(info: zipfile.ZipInfo) -> _Member:
    called = _raw_name(info)
    raw = called.replace("\\", "/")
    parts = [part for part in raw.split("/") if part not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", part)]
    climbs = raw.startswith("/") or ".." in raw.split("/") or bool(re.match("[A-Za-z]:", raw))
    name = PurePosixPath(*(re.sub("^[A-Za-z]:|[\0-\x1f]", "", part) or "_" for part in parts)) if parts else PurePosixPath("unnamed")
    return _Member(info, name, f"the archive names it {called!r}, outside of itself; nothing was written there" if climbs else "")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, left: int) -> bytes:
    """The bytes of a member; they are counted as they come, whatever the archive says of them."""
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(f"{where}: encrypted with a password; unpack the archive first")
    limit = min(MAX_MEMBER, left)
    unpacked = bytearray()
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += chunk
                if len(unpacked) > limit:
                    raise ReadError(f"{where}: more than {limit // 1_000_000} MB unpacked; unpack the archive and give the file itself")
                if len(unpacked) > _SUSPECT and len(unpacked) > MAX_RATIO * max(info.compress_size, 1):
                    raise ReadError(f"{where}: packed more than {MAX_RATIO} to 1, which no report is (a ZIP bomb?); not read")
    except ReadError:
        raise
    except Exception as error:  # zipfile and its decompressors raise errors of many kinds
        raise ReadError(f"{where}: damaged, or packed in a way that is not known ({type(error).__name__}: {error})") from error
    return bytes(unpacked)
