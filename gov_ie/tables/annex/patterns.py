"""The words of the annex as patterns for squeezed text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gov_ie.forms.annex import annex_form, key

TITLE = re.compile(r"(?:政府信息公开[\u4e00-\u9fff]{0,10}|[\u4e00-\u9fff]{0,6}情况)统计(?:报)?表(?:（[^（）]{0,20}）)?")
PROSE = re.compile(r"[。；;！？!?]")


def _loose(name: str) -> str:
    """The name with its marks at will, and either width of them."""
    return "".join(rf"{re.escape(c)}?" if not key(c) else re.escape(c) for c in name)


@lru_cache(maxsize=1)
def label_pattern() -> re.Pattern[str]:
    """The known labels, the longest first."""
    names = sorted((i.name for i in annex_form().indicators.values()), key=len, reverse=True)
    first = "".join(sorted({c for name in names for c in name[:2]}))
    return re.compile(rf"(?=[{re.escape(first)}])(?:{'|'.join(_loose(name) for name in names)})")


def _any(words: Iterable[str]) -> str:
    """A pattern for one of the words; a colon at the end of one may have either width."""
    return "|".join(re.escape(w[:-1]) + "[：:]" if w.endswith("：") else re.escape(w) for w in words)


@lru_cache(maxsize=1)
def stop_pattern() -> re.Pattern[str]:
    """What ends an annex: words of other forms, captions, dates."""
    form = annex_form()
    return re.compile(rf"{_any((*form.other_forms, *form.footers, *form.ends))}|[一二三四五六七八九十○〇零]{{4}}年|20\d\d年\d")


@lru_cache(maxsize=1)
def footer_pattern() -> re.Pattern[str]:
    """The captions of the lines that say who filled the table in, and when."""
    return re.compile(_any(annex_form().footers))
