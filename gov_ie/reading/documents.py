"""One document's bytes → :class:`~gov_ie.reading.source.Source`, through the reader of its kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.decode import decode
from gov_ie.reading.genre import judge
from gov_ie.reading.kinds import Detected, Kind
from gov_ie.reading.source import Source

#: A text longer than this is refused: tidying it would take minutes and gigabytes, and no report comes near it.
MAX_CHARACTERS = 5_000_000


@dataclass(frozen=True)
class Failure:
    """A file, a member of an archive or a row that could not be read: takes its place among the sources.

    Attributes:
        name: as :attr:`Source.name <gov_ie.reading.source.Source.name>` would be.
        path: as :attr:`Source.path <gov_ie.reading.source.Source.path>` would be.
        error: what is wrong, and what to do.
    """

    name: str
    path: str
    error: ReadError


def read_document(data: bytes, found: Detected, *, name: str, path: str) -> Source:
    """Read a file that holds one report.

    Args:
        data: the whole file.
        found: its kind; neither an archive nor records.
        name: the source's name.
        path: where the file is, for the source and for messages.

    Raises:
        ReadError: the file cannot be read, holds no text, or is of a kind that is not read.
    """
    if found.kind is Kind.OTHER:
        raise ReadError(f"{path}: this is {found.complaint}")
    content = guarded(lambda: _content(data, found.kind, name=path), path, found.kind)
    warnings = content.warnings if found.warning is None else (found.warning, *content.warnings)
    return as_source(replace(content, warnings=warnings), name=name, path=path, sha256=hashlib.sha256(data).hexdigest())


def guarded(reader: Callable[[], Content], path: str, kind: Kind) -> Content:
    """What a reader returns; an error of a foreign library becomes a ``ReadError``."""
    try:
        return reader()
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError(f"{path}: there is not enough memory to read it") from error
    except Exception as error:  # a damaged file can make a library raise anything
        words = " ".join(str(error).split())[:200]
        raise ReadError(f"{path}: cannot be read as {kind.value}, it may be damaged ({type(error).__name__}{': ' if words else ''}{words})") from error


def as_source(content: Content, *, name: str, path: str, sha256: str) -> Source:
    """The source with this content, and the warnings that its text deserves.

    Raises:
        ReadError: the text is blank, or longer than :data:`MAX_CHARACTERS`.
    """
    if not content.text.strip():
        raise ReadError(f"{path}: the file holds nothing but blanks")
    if len(content.text) > MAX_CHARACTERS:
        raise ReadError(f"{path}: {len(content.text)} characters are too many for one report (at most {MAX_CHARACTERS}); split the file by reports, or make it CSV or JSON lines with a report a row")
    return Source(
        content.text,
        name=name,
        path=path,
        sha256=sha256,
        encoding=content.encoding,
        tables=content.tables,
        pages=content.pages,
        paragraphs=content.paragraphs,
        warnings=(*content.warnings, *judge(content.text)),
    )


def _content(data: bytes, kind: Kind, *, name: str) -> Content:
    if kind is Kind.TEXT:
        text, encoding = decode(data, name=name)
        return Content(text, encoding=encoding)
    if kind is Kind.HTML:
        from gov_ie.reading.web.html import read_html

        return read_html(data, name=name)
    if kind is Kind.MHT:
        from gov_ie.reading.web.html import read_html

        return read_html(_page_of(data, name), name=name)
    if kind is Kind.PDF:
        from gov_ie.reading.pages.pdf import read_pdf

        return read_pdf(data, name=name)
    if kind is Kind.DOCX:
        from gov_ie.reading.word.docx import read_docx

        return read_docx(data, name=name)
    if kind in (Kind.DOC, Kind.RTF, Kind.ODT):
        from gov_ie.reading.word.office import read_office

        suffix = {Kind.DOC: ".wps" if PurePath(name).suffix.lower() == ".wps" else ".doc", Kind.RTF: ".rtf", Kind.ODT: ".odt"}[kind]
        return read_office(data, name=name, suffix=suffix)
    if kind is Kind.IMAGE:
        from gov_ie.reading.pages.ocr import read_image

        return read_image(data, name=name)
    raise ReadError(f"{name}: this is {kind.value}, which holds no single report")


def _page_of(data: bytes, name: str) -> bytes:
    """The HTML inside a saved web page (MHT is a mail with the page as its first part)."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data.lstrip(), policy=policy.compat32)
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() in ("text/html", "application/xhtml+xml") else None
        if isinstance(page, bytes) and page.strip():
            charset = part.get_content_charset()
            try:
                return b"\xef\xbb\xbf" + page.decode("gb18030" if charset in ("gb2312", "gbk") else charset).encode() if charset else page
            except (LookupError, UnicodeError):
                return page
    raise ReadError(f"{name}: the saved web page holds no HTML; save it again as HTML")
