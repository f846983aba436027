"""Text from anywhere as harmless text: markup escaped, invisible controls made visible."""

from __future__ import annotations

import re
import unicodedata
from html import escape as _escape

#: What stands in place of an invisible control.
BOX = "▯"
# Invisible letters and marks that Unicode does not class as format controls: grapheme joiner, Khmer inherent vowels, Hangul fillers.
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_PLAIN = re.compile(r"[\t\n\r -~\u00a1-\u00ac\u00ae-\u02ff\u3000-\u3163\u3165-\ud7a3\uff01-\uff9f]*")


def is_control(character: str) -> bool:
    """Whether a character cannot be seen but acts, or cannot stand in a document: bidi and other format controls, C0 and C1 controls, separators of lines
    and paragraphs, fillers, lone surrogates, noncharacters. Tab, line feed and carriage return are none."""
    if character in "\t\n\r":
        return False
    code = ord(character)
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or character in _BLANK or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def visible(text: str) -> str:
    """The text with every control (:func:`is_control`) as :data:`BOX`: as long as before, so that offsets hold."""
    return text if _PLAIN.fullmatch(text) else "".join(BOX if is_control(c) else c for c in text)


def escape(text: object) -> str:
    """A text as HTML, also for attributes in double quotes: its text content is :func:`visible` of the text. Carriage returns are kept."""
    return _escape(visible(str(text))).replace("\r", "&#13;")


def escape_text(text: str) -> str:
    """The same for running text, but each control is a box of its own that tells its code point when it is pointed at."""
    if _PLAIN.fullmatch(text):
        return escape(text)
    return "".join(f'<span class="gi-control" title="{_code_point(c)}">{BOX}</span>' if is_control(c) else escape(c) for c in text)


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
