"""Text from reports in files that spreadsheet programs open: it must do nothing there, and stay readable for other programs."""

from __future__ import annotations

import re

#: What spreadsheet programs take as the beginning of a formula, with the marks of full width, and white space that some of them pass over (OWASP ASVS 5.0, 1.2.10).
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n\0]")
_NUMBER = re.compile(r"[+\-]?\d+(?:\.\d+)?")
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Characters that a cell of Excel can hold.
MAX_CELL = 32_767


def guard(text: str) -> str:
    """A text for CSV: one that a spreadsheet program would take for a formula gets an apostrophe before it, which tells the program that it is text.

    Plain numbers (``-3``) stay as they are. One rule undoes it: a text that begins with apostrophes and one of ``= + - @ ＝ ＋ － ＠``, tab or line end behind them has one
    apostrophe less: ``re.sub(r"^'(?='*[=+\\-@＝＋－＠\\t\\r\\n])", "", text)``. NUL, which no reader of CSV takes, becomes ``␀``.
    """
    text = text.replace("\0", "␀")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def visible(text: str) -> str:
    """A text for XML, which knows no control characters: each is shown by its picture (form feed: ``␌``), half a surrogate pair and non-characters by ``\\ufffd``."""
    return _NOT_XML.sub(lambda match: chr(0x2400 + ord(match.group())) if match.group() < " " else "\ufffd", text)
