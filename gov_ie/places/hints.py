"""What an address, a title, a website or a postcode says about where a body is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gov_ie.places.divisions import Entry, gazetteer, in_force
from gov_ie.places.names import read_chain

#: The province codes of postcodes by their first two digits (中国邮政编码簿).
_POSTCODES = {
    **dict.fromkeys(("01", "02"), "15"), **dict.fromkeys(("03", "04"), "14"), **dict.fromkeys(("05", "06", "07"), "13"), "10": "11", **dict.fromkeys(("11", "12"), "21"), "13": "22", **dict.fromkeys(("15", "16"), "23"),
    "20": "31", **dict.fromkeys(("21", "22"), "32"), **dict.fromkeys(("23", "24"), "34"), **dict.fromkeys(("25", "26", "27"), "37"), "30": "12", **dict.fromkeys(("31", "32"), "33"), **dict.fromkeys(("33", "34"), "36"),
    **dict.fromkeys(("35", "36"), "35"), "40": "50", **dict.fromkeys(("41", "42"), "43"), **dict.fromkeys(("43", "44"), "42"), **dict.fromkeys(("45", "46", "47"), "41"), **dict.fromkeys(("51", "52"), "44"),
    **dict.fromkeys(("53", "54"), "45"), **dict.fromkeys(("55", "56"), "52"), "57": "46", **dict.fromkeys(("61", "62", "63", "64"), "51"), **dict.fromkeys(("65", "66", "67"), "53"), **dict.fromkeys(("71", "72"), "61"),
    **dict.fromkeys(("73", "74"), "62"), "75": "64", "81": "63", **dict.fromkeys(("83", "84"), "65"), **dict.fromkeys(("85", "86"), "54"),
}  # fmt: skip
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/].*)?", re.IGNORECASE)
#: Words that are as often a part of any town as a division's name.
_ANYWHERE = re.compile(r"(?:[老新]城|城[中东西南北关厢]?|郊|矿|新市|市中|[东西南北])区")


@lru_cache(maxsize=4096)
def regions(hint: str, year: int | None) -> tuple[Entry, ...]:
    """The divisions that a hint may speak of, several where it does not tell them apart; none where it says nothing.

    Args:
        hint: A postcode, a host or address of a site, or any text; of a text the first chain of divisions counts.
        year: The year the divisions are of.
    """
    names = gazetteer()
    if re.fullmatch(r"\d{6}", hint):
        found: Sequence[Entry] = names.codes.get(_POSTCODES.get(hint[:2], "") + "0000", ())
    elif _HOST.fullmatch(hint):
        labels = hint.lower().split("//")[-1].split("/")[0].split(":")[0].split(".")
        found = next((names.hosts[label] for label in labels if label in names.hosts), ())
    else:
        found = _in_text(hint, year)
    return tuple(in_force(found, year))


def _in_text(text: str, year: int | None) -> tuple[Entry, ...]:
    for start in range(len(text) - 1):
        chain = read_chain(text, start, follows=lambda rest: not rest)
        if not chain.entries:
            continue
        entries = tuple(in_force(chain.entries, year))
        if chain.links > 1 or entries[0].level != "county" or (len(entries) == 1 and not _ANYWHERE.fullmatch(entries[0].name)):
            return entries
    return ()
