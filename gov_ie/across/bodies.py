"""Whether two names are names of one body: the same but for blanks and width, or one of them with its province, city or county before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_DIVISION = r"[\u4e00-\u9fff]{2,}?(?:特别行政区|自治[区州县旗]|地区|林区|新区|省|市|州|盟|县|区|旗|镇|乡|街道)"
_PLACE = re.compile(_DIVISION)
_PLACES = re.compile(rf"(?:{_DIVISION})+")
#: Kinds of districts that many cities have under the same name.
_GENERIC = re.compile(r"(?:高新|经开|开发|经济|技术|产业|工业|园|新|城|郊|矿|综合|保税|示范|旅游|度假|风景|名胜)+区")


def plain_name(name: str) -> str:
    """A name in half width and without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def same_body(one: str, other: str) -> bool:
    """Whether two names can be told to be of one body.

    ``平川县水利局`` and ``南江市平川县水利局`` are; ``平川县水利局`` and ``平川县水务局`` are not, nor is a name that names no place of its own (``水利局``, ``高新区管委会``) one with any other.
    """
    long, short = sorted((plain_name(one), plain_name(other)), key=len, reverse=True)
    return long == short or _prefixed(long, short)


def _prefixed(long: str, short: str) -> bool:
    """Whether ``long`` is ``short`` with places before it, and ``short`` names a place of its own."""
    place = _PLACE.match(short)
    return len(long) > len(short) and long.endswith(short) and place is not None and not _GENERIC.fullmatch(place.group()) and _PLACES.fullmatch(long[: -len(short)]) is not None


def find_bodies(reports: Sequence[tuple[str | None, int | None]]) -> list[str | None]:
    """The body of every report, named by the longest of its names.

    Names of one body are joined only where the reports leave no doubt: a name without its province or city belongs to the one longer name that ends in it, if that is the
    only one, and if no year has reports under both.

    Args:
        reports: name of the body and year of each report, as far as they are known.
    """
    years: dict[str, set[int | None]] = {}
    for name, year in reports:
        if name is not None and plain_name(name):
            years.setdefault(plain_name(name), set()).add(year)
    body: dict[str, str] = {}
    for name in sorted(years, key=lambda n: (-len(n), n)):
        longer = {body[other] for other in body if _prefixed(other, name)}
        known = longer.pop() if len(longer) == 1 else name
        body[name] = name if known != name and _years_of(known, body, years) & years[name] else known
    return [body.get(plain_name(name)) if name is not None else None for name, _ in reports]


def _years_of(known: str, body: dict[str, str], years: dict[str, set[int | None]]) -> set[int | None]:
    named: Iterable[str] = (name for name, joined in body.items() if joined == known)
    return {year for name in named for year in years[name] if year is not None}
