"""Whether a text can be such a report at all: warnings, never refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = re.compile(r"[\u4e00-\u9fff]")
_GENRE = re.compile(r"信息公开|政务公开|公开信息|資訊公開|信息公開|政務公開")
_TRADITIONAL = re.compile("[開關於務與會報請門書當來對說時從應發電單個國學實點條為產無辦員]")
_SIMPLIFIED = re.compile("[开关于务与会报请门书当来对说时从应发电单个国学实点条为产无办员]")
#: UTF-8 read as Latin-1 or Windows-1252, GBK read as Latin-1, UTF-8 read as GBK, and what is left of characters that were lost.
_MOJIBAKE = re.compile(r"(?:[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]{1,2}){2,}|[\u00a1-\u00ff]{4,}|锟斤拷|烫烫烫|屯屯屯|ï¿½|\ufffd{2,}|淇℃伅|鏀垮簻|鍏紑")
#: Text longer than this is read in full, but such a report is unusual.
LONG = 200_000


def judge(text: str) -> Iterator[str]:
    """Yield warnings: no Chinese, another genre, traditional characters, mojibake, unusual length."""
    sample = text[:100_000]
    letters = sum(not c.isspace() for c in sample)
    if not letters:
        yield "the text holds nothing but blanks"
        return
    han = len(_HAN.findall(sample))
    broken = sum(len(m) for m in _MOJIBAKE.findall(sample))
    if broken > 0.02 * letters:
        yield "the text looks garbled (mojibake): it was decoded wrongly before it came here; get the original file"
    if han < 0.1 * letters:
        yield "the text holds hardly any Chinese"
    elif not _GENRE.search(text):
        yield "the text never speaks of 信息公开 or 政务公开: it may be no annual report on open government information"
    traditional, simplified = len(_TRADITIONAL.findall(sample)), len(_SIMPLIFIED.findall(sample))
    if traditional > simplified and traditional > 10:
        yield "the text is in traditional characters; the model knows simplified ones: convert it first (e.g. with OpenCC)"
    if len(text) > LONG:
        yield f"the text is unusually long for such a report ({len(text)} characters)"
