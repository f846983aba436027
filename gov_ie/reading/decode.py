"""Bytes → text: UTF-8, UTF-8 with BOM, UTF-16 and GB18030, decided by content."""

from __future__ import annotations

import codecs
import re

from gov_ie.errors import ReadError

_BINARY_SIGNATURES = (
    (b"%PDF", "a PDF file"), (b"PK\x03\x04", "a ZIP archive (Word, Excel …)"), (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"), (b"\x7fELF", "a program"), (b"\x1f\x8b", "a gzip archive"), (b"{\\rtf", "an RTF file"),
)  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """Decode the bytes of a text file.

    Returns:
        the text, and the encoding it was in.

    Raises:
        ReadError: the file is empty, binary, or in no known encoding.
    """
    if not data:
        raise ReadError(f"{name}: the file is empty")
    for signature, kind in _BINARY_SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"{name}: this is {kind}, not text; convert it to text first")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data, encoding, name)
    wide = _bare_utf16(data)
    if wide is not None:
        return _checked(data, wide, name)
    if b"\0" in data[:4096]:
        raise ReadError(f"{name}: the file is binary, not text; convert it to text first")
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data, encoding, name)
        except ReadError:
            continue
    return _guessed(data, name)


def _checked(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: not valid {encoding} at byte {error.start}; save it as UTF-8") from error
    return _without_controls(text, name), encoding


def _without_controls(text: str, name: str) -> str:
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:20000])
    if controls > 0.02 * min(len(text), 20000):
        raise ReadError(f"{name}: the file is binary, not text; convert it to text first")
    return text


_USUAL = re.compile(r"[\t\n\r -~\u00a0-\u00ff\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e]")
_FREQUENT = re.compile(r"[\t\n\r -~，。、：；《》的一政府信息公开工作年]")


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without a BOM: it has zero bytes (line ends, digits, 一, 开), and in the right byte order nearly every character is a usual one."""
    sample = data[:4000]
    if len(sample) < 8 or len(data) % 2 or 0 not in sample:
        return None
    scores: dict[str, int] = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if len(_USUAL.findall(text)) > 0.95 * len(text):
            scores[encoding] = len(_FREQUENT.findall(text))
    return max(scores, key=lambda encoding: scores[encoding]) if scores else None


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    """A file with a few broken bytes: the likeliest of the Chinese encodings, broken bytes replaced, if little is lost."""
    from charset_normalizer import from_bytes

    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= max(2, 0.002 * len(text)):
            return _without_controls(text, name), f"{encoding} (with errors)"
    best = from_bytes(data[:200_000]).best()
    if best is not None and best.encoding in ("big5", "big5hkscs", "cp950"):
        return data.decode("big5hkscs", "replace"), "big5hkscs"
    raise ReadError(f"{name}: in no encoding that is known here (UTF-8, UTF-16, GB18030); save it as UTF-8")
