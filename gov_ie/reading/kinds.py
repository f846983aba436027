"""Which kind of file some bytes are: by content; the name decides only where content cannot (CSV and Markdown against text)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath, PurePosixPath


class Kind(Enum):
    """A kind of file; the value is what messages call it."""

    TEXT = "plain text"
    HTML = "HTML"
    MHT = "a saved web page (MHT)"
    PDF = "PDF"
    DOCX = "Word (.docx)"
    DOC = "Word 97 (.doc)"
    RTF = "RTF"
    ODT = "OpenDocument text (.odt)"
    IMAGE = "a picture"
    CSV = "CSV"
    JSON = "JSON"
    XLSX = "Excel (.xlsx)"
    XLS = "Excel 97 (.xls)"
    PARQUET = "Parquet"
    ZIP = "a ZIP archive"
    OTHER = "of a kind that is not read"


#: The endings that a file of each kind usually has.
ENDINGS: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: (".txt", ".md", ".markdown", ".text"),
    Kind.HTML: (".html", ".htm", ".shtml", ".xhtml"),
    Kind.MHT: (".mht", ".mhtml"),
    Kind.PDF: (".pdf",),
    Kind.DOCX: (".docx", ".docm", ".dotx", ".dotm", ".wps"),
    Kind.DOC: (".doc", ".dot", ".wps"),
    Kind.RTF: (".rtf",),
    Kind.ODT: (".odt",),
    Kind.IMAGE: (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"),
    Kind.CSV: (".csv", ".tsv"),
    Kind.JSON: (".jsonl", ".ndjson", ".json"),
    Kind.XLSX: (".xlsx", ".xlsm", ".xltx", ".et"),
    Kind.XLS: (".xls", ".xlt", ".et"),
    Kind.PARQUET: (".parquet",),
    Kind.ZIP: (".zip",),
}
KNOWN_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)
#: Files that may hold many reports, one a row.
RECORDS = frozenset((Kind.CSV, Kind.JSON, Kind.XLSX, Kind.XLS, Kind.PARQUET))
#: Bytes from the beginning that are enough for :func:`is_readable`.
HEAD = 65_536

_STARTS = (
    (b"{\\rtf", Kind.RTF), (b"PAR1", Kind.PARQUET), (b"\x89PNG\r\n", Kind.IMAGE), (b"\xff\xd8\xff", Kind.IMAGE), (b"GIF87a", Kind.IMAGE), (b"GIF89a", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE), (b"MM\0*", Kind.IMAGE),
)  # fmt: skip
_REFUSED = (
    (b"Rar!\x1a\x07", "a RAR archive; unpack it, or pack the reports as ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it, or pack the reports as ZIP"),
    (b"\x1f\x8b", "a gzip archive; unpack it"),
    (b"BZh9", "a bzip2 archive; unpack it"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it"),
    (b"\x7fELF", "a program, not a report"),
    (b"MZ\x90\0", "a program, not a report"),
    (b"SQLite format 3\0", "a database, not a report; export the reports as CSV or JSON lines"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAGS = "html|head|body|table|tbody|tr|div|p|meta|title|span|style|script|center|font|section|article|h[1-6]|ul|ol|br|link|form|base|main|header"
_BEFORE = r"(?:\s|<!--(?:(?!-->).)*-->|<\?[^>]*>)*"
_HTML_START = re.compile(rf"{_BEFORE}<(?:!doctype\s+html|(?:{_TAGS})(?=[\s>/]))", re.IGNORECASE | re.DOTALL)
_HTML_PAGE = re.compile(rf"{_BEFORE}<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_HTML_TAG = re.compile(rf"<(?:{_TAGS}|a|b|i|td|li|strong|img)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_OFFICE_XML = re.compile(r"<\?mso-application|<office:document[\s>]|urn:schemas-microsoft-com:office:spreadsheet|schemas\.microsoft\.com/office/word/2003|<pkg:package", re.IGNORECASE)
_JSON_START = re.compile(r'\s*(?:\[\s*)?\{\s*"')
#: A line that is an object, of a file whose first line is broken.
_JSON_LINE = re.compile(r'^\{\s*"', re.MULTILINE)
_MHT_START = re.compile(r"\s*(?:(?:from|subject|date|mime-version|content-[a-z-]+|snapshot-content-location):[^\n]*\n(?:[ \t][^\n]*\n)*)+\s", re.IGNORECASE)


@dataclass(frozen=True)
class Detected:
    """A kind; ``complaint`` says for :attr:`Kind.OTHER` what the file is and what to do; ``warning`` that its name says something else."""

    kind: Kind
    complaint: str = ""
    warning: str | None = None


def detect(data: bytes, name: str) -> Detected:
    """The kind of a file.

    Args:
        data: the whole file.
        name: the file's name, for its ending.
    """
    ending = PurePath(name).suffix.lower()
    kind, complaint = _by_content(data, ending)
    warning = None
    if kind is not Kind.OTHER and ending in KNOWN_ENDINGS and ending not in ENDINGS[kind]:
        warning = f"the file is named {ending}, but is {kind.value}; it was read as that"
    return Detected(kind, complaint, warning)


def _by_content(data: bytes, ending: str) -> tuple[Kind, str]:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind, ""
    for start, complaint in _REFUSED:
        if data.startswith(start):
            return Kind.OTHER, complaint
    if re.search(rb"(?:\A|[\r\n])\s*%PDF-\d", data[:1024].removeprefix(b"\xef\xbb\xbf")):
        return Kind.PDF, ""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _container(data)
    if data.startswith(_OLE):
        return _compound(data, ending)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.IMAGE, ""
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and len(data) > 26:
        return Kind.IMAGE, ""
    if data[4:8] == b"ftyp":
        return Kind.OTHER, "a HEIC picture or a film; save a picture as JPEG or PNG" if data[8:11] in (b"hei", b"mif", b"avi") else "a film, not a report"
    return _marked_text(data, ending), _office_xml(data)


def _container(data: bytes) -> tuple[Kind, str]:
    """What kind of ZIP container: Office files are ZIP archives too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100].strip() if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 else b""
    except Exception:  # a damaged archive: its reader says so; zipfile raises errors of many kinds
        names, mimetype = {part for part in ("word/document.xml", "xl/workbook.xml") if part.encode() in data}, b""
    if mimetype:
        if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
            return Kind.ODT, ""
        if mimetype.startswith(b"application/vnd.oasis.opendocument."):
            return Kind.OTHER, "an OpenDocument spreadsheet or presentation; save it as .xlsx or PDF"
        if mimetype == b"application/epub+zip":
            return Kind.OTHER, "an e-book; save it as HTML or PDF"
    if "[Content_Types].xml" in names or "word/document.xml" in names or "xl/workbook.xml" in names:
        if any(name.startswith("word/") for name in names):
            return Kind.DOCX, ""
        if "xl/workbook.bin" in names:
            return Kind.OTHER, "a binary Excel file (.xlsb); save it as .xlsx"
        if any(name.startswith("xl/") for name in names):
            return Kind.XLSX, ""
        if any(name.startswith("ppt/") for name in names):
            return Kind.OTHER, "a PowerPoint file; save it as PDF"
    if "OFD.xml" in names:
        return Kind.OTHER, "an OFD file; save it as PDF"
    return Kind.ZIP, ""


def _compound(data: bytes, ending: str) -> tuple[Kind, str]:
    """What kind of OLE container, by the names of its streams, which stand in it in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Kind.OTHER, "password protected; open it with its password and save it without"
    word, excel = holds("WordDocument"), holds("Workbook") or holds("Book\0")
    if excel and (not word or ending in ENDINGS[Kind.XLS]):  # a Word file may hold a workbook, and the other way round
        return Kind.XLS, ""
    if holds("PowerPoint Document") and not word:
        return Kind.OTHER, "a PowerPoint file; save it as PDF"
    if word or ending in ENDINGS[Kind.DOC]:
        return Kind.DOC, ""
    return Kind.OTHER, "an old Office file of unknown kind; save it as .docx or PDF"


def _ascii(data: bytes) -> str:
    """The ASCII characters at the beginning of a text in whatever encoding; UTF-16 is ASCII with zeros between."""
    head = data[:HEAD]
    for bom in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(bom)
    return head.replace(b"\0", b"").decode("latin-1")


def _office_xml(data: bytes) -> str:
    head = _ascii(data[:4096])
    return "an Office file in XML; save it as .docx or .xlsx" if head.lstrip().startswith("<?xml") and _OFFICE_XML.search(head) else ""


def _marked_text(data: bytes, ending: str) -> Kind:
    head = _ascii(data)
    if head.lstrip().startswith("<?xml") and _OFFICE_XML.search(head[:4096]):
        return Kind.OTHER
    headers = _MHT_START.match(head)
    if headers and "mime-version:" in headers.group().lower() and ("multipart/related" in head.lower() or "text/html" in head.lower()):
        return Kind.MHT
    if ending in (".md", ".markdown"):  # Markdown may begin with a tag
        return Kind.HTML if _HTML_PAGE.match(head) else Kind.TEXT
    if ending in ENDINGS[Kind.HTML] and (_HTML_TAG.search(head) or (b"<" in data and _HTML_TAG.search(data[:5_000_000].replace(b"\0", b"").decode("latin-1")))):
        return Kind.HTML
    if _HTML_START.match(head):
        return Kind.HTML
    if _JSON_START.match(head) or (ending in ENDINGS[Kind.JSON] and (head.lstrip()[:1] in ("{", "[") or _JSON_LINE.search(head))):
        return Kind.JSON
    if ending in (*ENDINGS[Kind.CSV], *ENDINGS[Kind.XLS], *ENDINGS[Kind.XLSX]) and head.strip():
        return Kind.CSV
    return Kind.TEXT


def is_readable(name: str, head: bytes) -> bool:
    """Whether a file that was found in a folder or an archive is a document: by its ending, else by its first bytes (:data:`HEAD`).

    A text with an unknown ending (``.css``, ``.py``, none) is none; nor is a ``.json`` file that holds no list of records.
    """
    ending = PurePath(name).suffix.lower()
    if ending == ".json":
        return bool(re.match(r'\s*(?:\[|\{[^\n]*\}\s*\n\s*\{\s*")', _ascii(head)))
    if ending in KNOWN_ENDINGS:
        return True
    kind, _ = _by_content(head, ending)
    if kind is Kind.ZIP:  # a head has no directory of names; .jar, .apk and fonts are archives as well
        return False
    return kind not in (Kind.OTHER, Kind.TEXT, Kind.CSV, Kind.JSON)


def is_furniture(parts: Iterable[str]) -> bool:
    """Whether a path within a folder or archive belongs to a system or a program, not to its owner: hidden files, lock files, ``__MACOSX``, ``Thumbs.db``."""
    return any(part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db", "desktop.ini") for part in parts)


def web_page_parts(names: Iterable[PurePosixPath]) -> frozenset[PurePosixPath]:
    """The folders that browsers and Word put beside a saved page (``page_files`` beside ``page.html``) for its pictures and styles."""
    pages = [name for name in names if name.suffix.lower() in ENDINGS[Kind.HTML]]
    return frozenset(page.with_name(page.stem + tail) for page in pages for tail in ("_files", ".files"))
