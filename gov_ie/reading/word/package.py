"""The parts of a Word file that hold its text, taken out of the ZIP archive with every bound checked first."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from gov_ie.errors import ReadError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: An archive may unpack to so many bytes in all, and a single part that is read to so many. Pictures are never unpacked, but a file that claims more is no report.
MAX_TOTAL = 200 * 2**20
MAX_PART = 16 * 2**20
#: Text packs about ten to one, a long table thirty to one; beyond this ratio a big archive is a bomb. Small ones are harmless whatever their ratio.
MAX_RATIO = 200
_SMALL = 8 * 2**20

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = {"w": W[1:-1]}
# The «strict» form of the format differs, for text, in the names of its namespaces only.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError, OverflowError, NotImplementedError)


@dataclass(frozen=True)
class Package:
    """The parsed parts of a Word file: elements of lxml, ``None`` where the file has no such part."""

    body: Any
    numbering: Any = None
    styles: Any = None


def value(element: Any, path: str, default: str | None = None) -> str | None:
    """The ``w:val`` of the first element at ``path`` below ``element``; ``default`` where there is none."""
    found = element.find(path, NAMESPACES)
    return default if found is None else found.get(W + "val", default)


def number(element: Any, path: str, default: int) -> int:
    """The ``w:val`` at ``path`` as a whole number; ``default`` where it is missing or none."""
    try:
        return int(value(element, path) or default)
    except ValueError:
        return default


def switch(element: Any, path: str) -> bool | None:
    """A property that is on by being there and can be off by its value; ``None`` where it is not given."""
    found = element.find(path, NAMESPACES)
    return None if found is None else found.get(W + "val", "true") not in ("0", "false", "off")


def open_archive(data: bytes, *, name: str) -> zipfile.ZipFile:
    """The ZIP archive in ``data``, after a look at what its directory promises.

    Raises:
        ReadError: the archive is damaged, or would unpack to far more than a document holds.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ReadError(f"{name}: the file is damaged or cut off; download or save it again") from error
    total = sum(info.file_size for info in archive.infolist())
    if total > MAX_TOTAL or (total > _SMALL and total > MAX_RATIO * len(data)):
        raise ReadError(f"{name}: the file would unpack to {total / 2**20:.0f} MB from {len(data) / 2**20:.1f} MB, which no report does; it is not opened")
    return archive


def is_encrypted(data: bytes) -> bool:
    """Whether this is an Office file behind a password: an old container with the encrypted package in it."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


def open_package(data: bytes, *, name: str) -> Package:
    """The text parts of a Word file; macros, pictures and embedded files are not unpacked, and no relation to the outside is followed.

    Raises:
        ReadError: python-docx is not installed, or the file is no Word file, protected by a password, damaged or far too big.
    """
    try:
        import docx.oxml  # noqa: F401
    except ImportError as error:
        raise ReadError(f'{name}: reading Word files needs python-docx; install it with: pip install "gov-ie[docx]"') from error
    _refuse_other_kinds(data, name)
    with open_archive(data, name=name) as archive:
        members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()}

        def part(path: str | None) -> Any:
            info = members.get(path.lower()) if path else None
            return None if info is None else _parse(unpack(archive, info, name), name)

        def related(source: str, kind: str) -> str | None:
            """The part that ``source`` names as its ``kind``."""
            folder, _, file = source.rpartition("/")
            relations = part(posixpath.join(folder, "_rels", f"{file}.rels"))
            for relation in () if relations is None else relations.iter("{*}Relationship"):
                if relation.get("Type", "").rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "").replace("\\", "/"))).lstrip("/")
            return None

        main = related("", "officeDocument") or "word/document.xml"
        document = part(main)
        body = None if document is None else document.find("w:body", NAMESPACES)
        if body is None:
            raise ReadError(f"{name}: {_kind_of_archive(set(members))}, no Word document")
        return Package(body, part(related(main, "numbering")), part(related(main, "styles")))


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if not data:
        raise ReadError(f"{name}: the file is empty")
    if is_encrypted(data):
        raise ReadError(f"{name}: the file is protected by a password; save it without one")
    if data.startswith(OLE):
        raise ReadError(f"{name}: this is an old Office file under a new name; rename it to .doc (or .xls), whichever it is")
    if data.startswith(b"{\\rtf"):
        raise ReadError(f"{name}: this is an RTF file under another name; rename it to .rtf")
    if not data.startswith(b"PK"):
        raise ReadError(f"{name}: this is no Word file (.docx), or its beginning is lost; save it again, or name it by its kind")


def _kind_of_archive(members: set[str]) -> str:
    for folder, kind in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation"), ("meta-inf/manifest.xml", "an OpenDocument file")):
        if any(member.startswith(folder) for member in members):
            return f"this is {kind}"
    return "this is a ZIP archive" if "[content_types].xml" not in members else "this is an Office file without a text"


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """One part; never more than ``MAX_PART`` bytes of it, whatever the directory says."""
    if info.flag_bits & 0x1:
        raise ReadError(f"{name}: the file is protected by a password; save it without one")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the only ones that the format knows, and that unpack bounded
        raise ReadError(f"{name}: {info.filename} is packed in a way that no Word file is; save it again in Word")
    try:
        with archive.open(info) as stream:
            blob = stream.read(MAX_PART + 1)
    except (*_BROKEN, RuntimeError) as error:
        raise ReadError(f"{name}: the file is damaged ({info.filename}); download or save it again") from error
    if len(blob) > MAX_PART:
        raise ReadError(f"{name}: {info.filename} is larger than {MAX_PART // 2**20} MB, which no report is; it is not read")
    return blob


def _parse(blob: bytes, name: str) -> Any:
    """An XML part, by python-docx's parser: it resolves no entities and fetches nothing; a part that declares any is refused all the same."""
    from docx.oxml import parse_xml
    from lxml import etree

    if any("<!DOCTYPE".encode(encoding) in blob for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise ReadError(f"{name}: the file declares XML entities, which no Word file does; it is not read")
    for strict, usual in _STRICT:
        blob = blob.replace(strict, usual)
    try:
        return parse_xml(blob)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{name}: the file is damaged (its XML breaks off or is faulty); open it in Word and save it again") from error
