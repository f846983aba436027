"""Signs of Markdown, HTML and LaTeX made blank, character by character, so that offsets hold: ``**0**``, ``$0$``, ``1\\.``, ``&nbsp;``, ``<br>``."""

from __future__ import annotations

import re

#: Tags that only dress up what stands between them, or part its words.
_TAGS = "br|p|b|i|u|em|s|strong|span|font|div|center|sup|sub|a|o:p|strike|del|ins|small|big|code"
_MARKUP = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,1000}})?/?>|<!--|-->|&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);|\\(?=[!-/:-@\[-`{{-~])|[*_`$~]+", re.IGNORECASE)
#: Signs that draw the borders of a table, and the plain ones that do.
_BORDERS = {ord(sign): plain for signs, plain in (("｜│┃║╎┆┊￨∣", "|"), ("─━═┄┈┅┉╌", "-"), ("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯", "+")) for sign in signs}


#: A point or a unit on a line of its own, of an amount that a tool has torn apart.
_TORN = re.compile(r"(?<=\d)[ \t]*\n[ \t]*(?:\.[ \t]*\n[ \t]*(?=\d)|(?=[万亿]?元[ \t]*\n))")


def without_markup(text: str) -> str:
    """The text with every sign of markup made blank and every drawn border plain, as long as it was."""
    plain = _MARKUP.sub(lambda match: " " * len(match.group()), text).translate(_BORDERS)
    return _TORN.sub(lambda match: match.group().replace("\n", " "), plain)
