"""Normalising of numbers, rates, money and dates as Chinese reports print them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "O": 0, "两": 2} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
#: No report counts more, and every number up to it is exact: beyond stand account numbers and digits run together.
MOST = 10**15
_CHINESE = re.compile(r"[零〇○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万亿]+")


def plain(text: str) -> str:
    """Half width, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def chinese_number(text: str) -> int | None:
    """``三十六`` → 36, ``一万二千`` → 12000, ``二〇一三`` → 2013; ``None`` when it is no number."""
    if not text or any(c not in _DIGITS and c not in _SCALES and c not in _BIG for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            total += (section + digit) * _BIG[char]
            section = digit = 0
    return total + section + digit


def number(text: str) -> float | None:
    """The number at the front of a figure, up to :data:`MOST`: ``1.2万余条`` → 12000, ``１０余项`` → 10, ``三十六条`` → 36, ``1,234件`` → 1234."""
    text = re.sub(r"(?<=[十百千])[余多几](?=[万亿])", "", plain(text))
    match = _NUMBER.search(text)
    words = _CHINESE.search(text)
    if match is None or (words is not None and words.start() < match.start()):
        spoken = chinese_number(words.group()) if words is not None else None
        return float(spoken) if spoken is not None and spoken <= MOST else None
    value = float(match.group().replace(",", ""))
    scale = re.match(r"[余多几]?(万亿|亿|[千百]?万|千|百)", text[match.end() :])
    if scale:
        for char in scale.group(1):
            value *= _BIG.get(char) or _SCALES[char]
    return value if value <= MOST else None


def count(text: str) -> int | None:
    """A count as an integer; ``None`` when the figure has none (``半数``) or is no whole number."""
    value = number(text)
    return round(value) if value is not None and abs(value - round(value)) < 1e-6 else None


def percent(text: str) -> float | None:
    """``48.65%`` → 48.65, ``百分之三十`` → 30, ``百分之百`` → 100."""
    text = plain(text)
    words = re.match(r"百分之(.+)", text)
    if words is None:
        value = number(text)
        return value / 10 if value is not None and text.endswith("‰") else value
    whole, _, decimals = words.group(1).partition("点")
    value = 100.0 if whole == "百" else number(whole)
    if value is not None and decimals:
        digits = [_DIGITS.get(c, c) for c in decimals]
        value += float("0." + "".join(str(d) for d in digits))
    return value


def money(text: str) -> float | None:
    """An amount in yuan: ``3.5万元`` → 35000."""
    value = number(text)
    return round(value, 4) if value is not None else None


def iso_date(text: str, *, year: int | None = None) -> str | None:
    """A date as ISO 8601, as precise as the text: ``2013年12月31日`` → ``2013-12-31``, ``2008年5月`` → ``2008-05``, ``二〇一四年三月二日`` → ``2014-03-02``.

    Args:
        text: the date as printed.
        year: the year of a date that is printed without one.
    """
    text = plain(text)
    match = re.match(r"(\d{4})[-/.—](\d{1,2})[-/.—](\d{1,2})$", text)
    parts: list[int | None]
    if match:
        parts = [int(g) for g in match.groups()]
    else:
        match = re.match(r"(?:([\d零〇○O一二三四五六七八九]{4})年)?(?:([\d一二三四五六七八九十]{1,3})月份?)?(?:([\d一二三四五六七八九十]{1,3})[日号])?", text)
        if match is None or not any(match.groups()):
            return None
        parts = [None if g is None else int(g) if g.isdigit() else chinese_number(g) for g in match.groups()]
    first = parts[0] if parts[0] is not None else year
    if first is None or not 1949 <= first <= 2100:
        return None
    if parts[1] is None:
        return f"{first:04}"
    if not 1 <= parts[1] <= 12:
        return None
    if parts[2] is None:
        return f"{first:04}-{parts[1]:02}"
    try:
        return date(first, parts[1], parts[2]).isoformat()
    except ValueError:  # a day that no calendar has, such as 2月30日
        return None


def year_of(text: str) -> int | None:
    """``2013年度`` → 2013, ``二〇一三年`` → 2013."""
    match = re.match(r"([\d零〇○O一二三四五六七八九]{4})年?", plain(text))
    if match is None:
        return None
    value = int(match.group(1)) if match.group(1).isdigit() else chinese_number(match.group(1).replace("O", "〇"))
    return value if value is not None and 1990 <= value <= 2100 else None
