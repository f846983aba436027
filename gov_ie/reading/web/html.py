"""Web pages → :class:`~gov_ie.reading.content.Content`: any encoding, any markup, the report without the page around it, tables as grids."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.decode import decode
from gov_ie.reading.grid import TextBuilder
from gov_ie.reading.tidy import ENUMERATOR
from gov_ie.reading.web.html_table import read_table, whole
from gov_ie.reading.web.main_text import TITLE, Block, is_published, select, strip_furniture

#: Bytes and tags of the largest page that is read; a report's page has some hundred thousand bytes and some thousand tags.
MAX_BYTES, MAX_TAGS = 20_000_000, 1_000_000

_BLOCKS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary "
    "table tbody td tfoot th thead title tr ul html".split()
)
_CHARSET = re.compile(rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.I)
_GB = re.compile(r"gb[_-]?(?:2312|k|18030)|x-gbk|cp936|ms936|euc-cn|hz-gb", re.I)
_MAIL = re.compile(rb"\s*(?:from|mime-version|content-type|subject|date|snapshot-content-location)\s*:", re.I)
_EMBEDDED = re.compile(r"data:[^\"'\s<>)]{0,200};base64,[A-Za-z0-9+/=%]*")
#: The parser stops at these; pages with a whole page pasted into them go on.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.I)
_INVISIBLE = re.compile("[\u200b-\u200f\ufeff\u00ad\u2060\x00-\x08\x0b\x0e-\x1f]")
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n][ \t\r\n]*(?=[{_HAN}])")
_WRAPPERS = re.compile(r"</?(?:(div|section|article|main|center|form|blockquote)|span|font|a|b|i|u|em|strong|small|big|s|o:p|ins|del|sub|sup)(?:\s[^<>]*)?/?>", re.I)


def read_html(data: bytes, *, name: str) -> Content:
    """Read a web page: HTML, XHTML, a fragment of either, or a page saved as MHT.

    Args:
        data: the file's bytes; the encoding is found out (byte order mark, content, declaration) and recorded.
        name: what error messages call the file.

    Returns:
        the report's text without the page's navigation and the like; each data table is a grid; a warning says what could not be read as it stands.

    Raises:
        ReadError: the file is empty, binary, in an unknown encoding, too large, or broken beyond reading.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name}: the page has {len(data) / 1e6:.0f} MB, the limit is {MAX_BYTES // 1_000_000} MB; save it without its pictures, or only the part with the report")
    markup, encoding = _decoded(_unpacked(data, name), name)
    if markup.count("<") > MAX_TAGS:
        raise ReadError(f"{name}: the page has {markup.count('<')} tags, the limit is {MAX_TAGS}; save only the part with the report")
    root, warnings = _parsed(_ENDS.sub("", _EMBEDDED.sub("", markup)), name)
    titles = _titles(root)
    body = root.find("body")
    if body is None:
        body = root
    strip_furniture(body)
    blocks = select(list(_Walker(body, warnings)), body)
    builder = TextBuilder()
    for line in _missing_head(root, titles, blocks):
        builder.paragraph(line)
    seen: set[str] = set()
    for i, block in enumerate(blocks):
        if block.cells:
            builder.table(block.cells)
            continue
        title = "".join(block.text.split())
        if i < 12 and TITLE.search(title) and title in seen:
            continue
        seen.add(title)
        builder.paragraph(block.text)
    if not builder.text.strip():
        raise ReadError(f"{name}: the page holds no text of its own (perhaps a script loads it); open it in a browser and save what is shown")
    return Content.built(builder, paragraphs=True, encoding=encoding, warnings=tuple(dict.fromkeys(warnings)))


def _unpacked(data: bytes, name: str) -> bytes:
    """The page in a file saved as MHT (a mail message whose first HTML part is the page); other data as they are."""
    if not _MAIL.match(data) or not re.search(rb"multipart/|text/html", data[:8192], re.I):
        return data
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        for part in message_from_bytes(data.lstrip()).walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                charset = part.get_content_charset()
                if isinstance(payload, bytes):
                    declared = f'<meta charset="{charset}">'.encode("ascii", "replace") if charset and not _CHARSET.search(payload[:4096]) else b""
                    return payload if payload.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else declared + payload
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        raise ReadError(f"{name}: a saved page (MHT) that cannot be unpacked; open it in a browser and save it as HTML") from error
    raise ReadError(f"{name}: a saved page (MHT) without an HTML part; open it in a browser and save it as HTML")


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The markup and its encoding. What is valid UTF-8 is UTF-8, whatever it says; what is declared comes next, for a declaration is often a template's, not the page's."""
    declared = _CHARSET.search(data[:16384])
    if declared is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4096]:
        return decode(data, name=name)
    encoding = (declared[1] or declared[2]).decode("ascii", "replace").lower()
    encoding = "gb18030" if _GB.fullmatch(encoding) else "big5hkscs" if encoding.startswith("big5") else encoding
    # Latin-1 can be any bytes, so a page that claims it proves nothing.
    for candidate in ("utf-8", encoding):
        if candidate == encoding and re.match(r"iso-?8859|latin|windows-125|cp125|us-ascii|ascii|utf-?16", encoding):
            break
        try:
            return data.decode(candidate), candidate
        except (UnicodeDecodeError, LookupError):
            continue
    return decode(data, name=name)


def _parsed(markup: str, name: str) -> tuple[HtmlElement, list[str]]:
    """The tree; a page that the parser gives up on (tags hundreds deep) is tried again without the tags that only wrap."""
    for text, warnings in ((markup, []), (None, ["the page's tags are nested too deeply; it was read without those that only wrap others"])):
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
        try:
            root = document_fromstring((_WRAPPERS.sub(lambda m: "<br>" if m[1] else "", markup) if text is None else text).encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
        except (etree.LxmlError, ValueError, AssertionError) as error:
            raise ReadError(f"{name}: the page holds no text; open it in a browser and save what is shown") from error
        if not parser.error_log.filter_from_fatals():
            return root, list(warnings)
    raise ReadError(f"{name}: the page's markup is nested too deeply or has pieces of more than 10 MB; save only the part with the report, or save it as text")


def _titles(root: HtmlElement) -> dict[str, str]:
    """What the page's head says of it: the fields that the standard for government sites prescribes, and the title."""
    found = {e.get("name", "").lower(): e.get("content", "").strip() for e in root.iter("meta")}
    title = root.find(".//title")
    page = " ".join((title.text or "").split()) if title is not None else ""
    parts = [part.strip() for part in re.split(r"[_|｜]|\s[-–—]+\s|-{2,}", page) if TITLE.search(part)]
    return {"title": found.get("articletitle", "") or max(parts, key=len, default=""), "date": found.get("pubdate", "")}


def _missing_head(root: HtmlElement, titles: dict[str, str], blocks: list[Block]) -> Iterator[str]:
    """The title and the date of publication from the page's head, where the page itself does not show them."""
    shown = [block.text for block in blocks[:12]]
    if titles["title"] and TITLE.search(titles["title"]) and not any(TITLE.search(text) and len(text) <= 80 for text in shown):
        yield titles["title"]
    if re.match(r"(?:19|20)\d{2}\D", titles["date"]) and not any(is_published(block.text) for block in blocks):
        yield f"发布日期：{titles['date'][:20]}"


class _Walker:
    """The lines and tables below an element, in order. Walks without recursion, however deep the tags."""

    def __init__(self, root: HtmlElement, warnings: list[str]) -> None:
        self._root = root
        self._warnings = warnings
        self._holders = [root]
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0
        self._preformatted = 0
        self._numbers: dict[HtmlElement, int] = {}
        self._number = ""

    def __iter__(self) -> Iterator[Block]:
        events = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in events:
            tag = element.tag
            if event == "start":
                if tag == "table" and element is not self._root and (read := read_table(element, self._lines_of, self._warnings)) is not None:
                    yield from self._flush()
                    yield from read
                    events.skip_subtree()
                    self._holders.append(element)
                    continue
                if tag in _BLOCKS:
                    yield from self._flush()
                    self._holders.append(element)
                self._enter(element)
                self._add(element.text)
            else:
                if tag in _BLOCKS or tag == "br":
                    yield from self._flush()
                if tag in _BLOCKS and self._holders[-1] is element:
                    self._holders.pop()
                self._links -= tag == "a"
                self._preformatted -= tag == "pre"
                if element is not self._root:
                    self._add(element.tail)
        yield from self._flush()

    def _lines_of(self, element: HtmlElement) -> list[Block]:
        return list(_Walker(element, self._warnings))

    def _enter(self, element: HtmlElement) -> None:
        self._links += element.tag == "a"
        self._preformatted += element.tag == "pre"
        if element.tag == "li" and (parent := element.getparent()) is not None and parent.tag == "ol":
            start = whole(parent.get("start"), 1)
            number = whole(element.get("value"), self._numbers.get(parent, start - 1) + 1)
            self._numbers[parent] = number
            self._number = f"{number}. "

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted:
            text = text.expandtabs(4).replace("\r\n", "\n").replace("\n", "\u2028").replace(" ", "\u00a0")
        self._parts.append(text)
        if self._links:
            self._linked += len("".join(text.split()))

    def _flush(self) -> Iterator[Block]:
        """The line written so far: line ends of the markup are blanks, or nothing between Chinese characters; no-break blanks stay, as they indent."""
        whole, linked = "".join(self._parts), self._linked
        self._parts.clear()
        self._linked = 0
        for line in whole.split("\u2028"):
            text = _BLANKS.sub(" ", _WRAP.sub("", _INVISIBLE.sub("", line))).strip(" ").replace("\u00a0", " ").rstrip()
            if not text:
                continue
            if self._number:
                text = text if ENUMERATOR.match(text.lstrip()) else self._number + text.lstrip()
                self._number = ""
            yield Block(self._holders[-1], text, linked)
