"""Where a public body stands, from its name; an address and the like settle what the name leaves open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from gov_ie.pipeline.organs import MINISTRIES
from gov_ie.places.bodies import CORPS, Body, read_body, unlisted
from gov_ie.places.divisions import Entry, gazetteer, in_force, widest
from gov_ie.places.hints import regions
from gov_ie.places.names import Chain, read_chain
from gov_ie.places.place import LEVELS, Division, Kind, Level, Place

_MINISTRY = (
    "(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|劳动和社会保障|人事|自然资源|国土资源|生态环境|环境保护|住房和城乡建设|建设|交通运输|交通|铁道|水利|"
    "农业农村|农业|商务|文化和旅游|文化|卫生|退役军人事务|应急管理|监察|信息产业)部|审计署|海关总署|中国人民银行|新华通讯社"
)
_NATIONAL = re.compile(
    rf"(?:中华人民共和国|国务院|中共中央|中央)?(?:{'|'.join(sorted(map(re.escape, MINISTRIES), key=len, reverse=True))}|{_MINISTRY}|国家[\u4e00-\u9fff]{{2,16}}?(?:总局|委员会|局|署|委)|中国[\u4e00-\u9fff]{{0,10}}?(?:管理局|地震局|气象局|民航局|委员会|科学院|工程院|联合会))"
)
_STATE = re.compile(r"中华人民共和国|国务院|中共中央|中央(?=[\u4e00-\u9fff]*(?:部|委|办|局|署)$)")
#: Agencies of the centre whose district is no division: customs, basins of rivers, regions of several provinces.
_DISTRICTS_OF_THE_CENTRE = re.compile(r"[\u4e00-\u9fff]{2,8}(?<!总)海关(?:缉私局)?|(?:长江|黄河|淮河|海河|珠江|松辽|太湖)[\u4e00-\u9fff]*(?:委员会|管理局|水利委)|(?:东北|华北|华东|华中|华南|中南|西南|西北|南方)[\u4e00-\u9fff]*(?:监管局|督察局|管理局|监察局|监督局)")
_PARTY = re.compile(r"中国共产党|中共(?!中央)")
_FREE_TRADE_ZONE = re.compile(r"中国\((.+?)\)(?=自由贸易|自贸)")
#: A level without a place: 省水利厅, 区水务局, 镇政府; but not 市场监督管理局 or 区域….
_BARE = re.compile(r"(自治区|省(?!际)|市(?!场|容|政[^府务协策工]|民[^政族宗]|属|域|际)|县(?![域际区])|区(?![域划际])|州|盟|旗|镇(?!村)|乡(?![镇村]))(?:级|直)?(?=[\u4e00-\u9fff])")
_WITH_CODES: tuple[Level, ...] = ("province", "prefecture", "county")
_LEVEL_OF: dict[str, Level | None] = {"自治区": "province", "省": "province", "市": None, "县": "county", "区": "county", "州": "prefecture", "盟": "prefecture", "旗": "county", "镇": "township", "乡": "township"}
#: New areas that are no divisions and do not carry the name of the government that runs them, with its code.
_NEW_AREAS = {"雄安": "130000", "西咸": "610000", "天府": "510000", "贵安": "520000", "赣江": "360000", "滇中": "530000", "湘江": "430100", "金普": "210200", "江北": "320100", "杨凌": "610000", "横琴": "440400", "前海": "440300",
              "西海岸": "370200", "两江": "500000", "平潭": "350000"}  # fmt: skip
_NEW_AREA = re.compile(rf"({'|'.join(_NEW_AREAS)})(?=[\u4e00-\u9fff]{{0,12}}?(?:新区|示范区|合作区|试验区|实验区))")


def locate(name: str, *, hints: Sequence[str | None] = (), year: int | None = None) -> Place:
    """Find the administrative level, the kind and the divisions of a public body from its name.

    A name that several divisions share (朝阳区, 鼓楼区) stays open, with the divisions as ``candidates``, unless a hint tells. Hints never override the name: one that contradicts
    it does not count. Nothing is looked up outside the shipped list of divisions since 2002.

    Args:
        name: The body as a report names it: with or without the divisions above it, with or without 省, 市, 县; blanks do not matter.
        hints: What else is known, surest first: title, address, website, postcode. ``None`` is passed over.
        year: The year of the report: codes and names are those of its end, or else the nearest in time. Without it today's divisions go before former ones.

    Returns:
        The place; with every field ``None`` where the name says nothing, such as 「我局」.
    """
    return _locate(_normal(name), tuple(_normal(hint) for hint in hints if hint), year)


@lru_cache(maxsize=4096)
def _locate(name: str, hints: tuple[str, ...], year: int | None) -> Place:
    if not name:
        return Place()
    if _DISTRICTS_OF_THE_CENTRE.fullmatch(_STATE.sub("", name)):
        return Place(level="national", kind="department")
    name = _after_title(name, hints)
    party = _PARTY.match(name)
    central = None if party else _NATIONAL.match(name) or _STATE.match(name)
    first = party or central
    start = first.end() if first else 0
    chain = read_chain(name, start, follows=lambda rest: read_body(rest).kind == "department") if central else read_chain(name, start)
    if (area := _NEW_AREA.match(name, start)) and f"{area[1]}新区" not in {entry.name for entry in chain.entries if entry.distance(year or 9999) == 0}:
        chain = Chain(start, tuple(gazetteer().codes[_NEW_AREAS[area[1]]]), 1)
    if central and not chain.entries:
        return Place(level="national", kind=_central_kind(name))
    rest = name[chain.end or start :]
    if not chain.entries and CORPS.match(rest):
        chain = Chain(start, tuple(gazetteer().codes["650000"]), 1)
    if not chain.entries:
        return _of_hints(rest, hints, year)
    entries = _settled(widest(in_force(chain.entries, year)), hints, year)
    if entries[0].level != "county" and not CORPS.match(rest) and (other := unlisted(rest)):
        end, level = other
        level = level or ("county" if entries[0].level == "prefecture" else None)
        body = read_body(rest[end:])
        return replace(_place(entries, body, year), level=body.level or level)
    return _place(entries, read_body(rest), year)


def _central_kind(name: str) -> Kind | None:
    if re.match(r"党中央|中共中央|中办|中央(?!人民)", name):
        return "party"
    return "government" if re.fullmatch(r"(?:国务院|中央人民政府)(?:办公厅)?", name) else None if name.endswith("法院") else "department"


def _settled(entries: Sequence[Entry], hints: tuple[str, ...], year: int | None) -> Sequence[Entry]:
    """Those of the possible divisions that agree with the hints, as far as one agrees with any."""
    for hint in hints:
        if len(entries) > 1:
            told = regions(hint, year)
            entries = [entry for entry in entries if any(entry.within(region) or region.within(entry) for region in told)] or entries
    return entries


def _of_hints(text: str, hints: tuple[str, ...], year: int | None) -> Place:
    """The place of a body whose name says at most a level: what the hints tell, down to that level."""
    if other := unlisted(text):
        bare, level, body = "", other[1], read_body(text[other[0] :])
    elif said := _BARE.match(text):
        bare, body = said[1], read_body(text[said.end() :])
        level = _LEVEL_OF[bare]
    else:
        bare, body, level = "", read_body(text), "province" if text.endswith("厅") else None
    level = body.level or level
    told = next((found for hint in hints if (found := regions(hint, year))), ())
    if not told or (not bare and not other and body.kind in ("institution", "enterprise", "association", None)):
        return Place(level=level, kind=body.kind, township=body.township)
    if bare == "市":
        cities = {_lowest_city(entry, year) for entry in told}
        city = cities.pop() if len(cities) == 1 else None
        return _place([city], body, year) if city else Place(kind=body.kind)
    wanted = level or "province"
    if other:
        wanted = "prefecture" if level in ("county", "township", "village") else "province"
    widened = {_at_most(entry, wanted, bare, year) for entry in told}
    return replace(_place(list(widened), body, year), level=level, candidates=())


def _lowest_city(entry: Entry, year: int | None) -> Entry | None:
    """What 市 means in a place: a county-level city, else the prefecture, else the municipality."""
    above = (gazetteer().ancestor(entry, level, year) for level in reversed(_WITH_CODES))
    return next((city for city in above if city and city.name.endswith("市")), None)


def _at_most(entry: Entry, level: Level, kind: str, year: int | None) -> Entry:
    """The division in which ``entry`` lies at ``level``, or above it; a county only where its name ends in the kind that was said."""
    names = gazetteer()
    for each in LEVELS[min(LEVELS.index(entry.level), LEVELS.index(level)) : 0 : -1]:
        found = names.ancestor(entry, each, year)
        if found and (each != "county" or not kind or kind in "镇乡" or found.name.endswith(kind)):
            return found
    return entry


def _place(entries: Sequence[Entry], body: Body, year: int | None) -> Place:
    """The place in the one division of ``entries``; where there are several, what they have in common, and themselves as candidates."""
    names = gazetteer()
    levels = {entry.level for entry in entries}
    level = body.level or (levels.pop() if len(levels) == 1 else None)
    province, city, county = (_common([names.ancestor(entry, each, year) for entry in entries]) for each in _WITH_CODES)
    candidates = tuple(entry.division for entry in entries) if len(entries) > 1 else ()
    return Place(level, body.kind, province, city, county, body.township, candidates)


def _common(entries: Iterable[Entry | None]) -> Division | None:
    found = set(entries)
    one = found.pop() if len(found) == 1 else None
    return one.division if one else None


def _after_title(name: str, hints: tuple[str, ...]) -> str:
    """The name with the divisions that a title puts before it: 鼓楼区水务局 → 徐州市鼓楼区水务局."""
    for hint in hints:
        at = hint.find(name) if len(name) > 2 else -1
        if at > 0 and read_chain(hint).end >= max(at, read_chain(name).end + at) and not _NATIONAL.match(name):
            return hint[:at] + name
    return name


def _normal(text: str) -> str:
    """Without blanks and what stands in brackets; full-width characters as half-width ones."""
    text = re.sub(r"[\s\u200b·•]+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\([^()]*\)|[《》“”\"]", "", _FREE_TRADE_ZONE.sub(r"\1", text))
