"""The divisions of China since 2002, by their names, short names and codes, each with the years it was in force.

``divisions.tsv`` is made by ``tools/divisions.py``. Of some 2,810 names of county level in force at a time, about 2,780 stand for one division; 29 (鼓楼区, 城区, 西湖区 …) for 66.
Of their 2,661 short names (六合, 西湖) 72 could be another division too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gov_ie.places.place import Division, Level

_PEOPLES = "蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|鄂温克|独龙|裕固|保安|普米|鄂伦春|各|[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒京]"
_AUTONOMOUS = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})族|蒙古|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克)+自治([州县旗区])$")
_SUFFIX = re.compile(r"(特别行政区|自治[区州县旗]|地区|林区|特区|矿区|省|市|盟|县|区|旗)$")
#: Short names that no rule gives.
_ALIASES = {"内蒙": "内蒙古自治区", "克州": "克孜勒苏柯尔克孜自治州", "博州": "博尔塔拉蒙古自治州", "巴州": "巴音郭楞蒙古自治州", "前郭县": "前郭尔罗斯蒙古族自治县", "喀左县": "喀喇沁左翼蒙古族自治县",
            "杜蒙县": "杜尔伯特蒙古族自治县", "莫旗": "莫力达瓦达斡尔族自治旗", "达茂旗": "达尔罕茂明安联合旗", "版纳州": "西双版纳傣族自治州", "锡盟": "锡林郭勒盟", "阿盟": "阿拉善盟"}  # fmt: skip


#: How many digits of a code tell a division of a level.
_DIGITS: dict[Level, int] = {"province": 2, "prefecture": 4, "county": 6}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a code with a name, and the first and last year at whose end both were in force (``None``: before 2003; still)."""

    code: str
    name: str
    first: int | None
    last: int | None
    level: Level

    @property
    def division(self) -> Division:
        return Division(self.code, self.name)

    def distance(self, year: int) -> int:
        """Years between ``year`` and the time in which the entry was in force."""
        return max((self.first or year) - year, year - (self.last or year), 0)

    def within(self, other: Entry) -> bool:
        """Whether this division lies in another one, or is it, by the codes."""
        return self.code[: _DIGITS[other.level]] == other.code[: _DIGITS[other.level]]


def short_names(name: str) -> tuple[str | None, str | None]:
    """``(恩施州, 恩施)`` of 恩施土家族苗族自治州: the short name with its kind, where it is another one, and without."""
    autonomous = _AUTONOMOUS.search(name)
    stem = name[: autonomous.start()] if autonomous else _SUFFIX.sub("", name)
    return (stem + autonomous[1] if autonomous and autonomous[1] != "区" else None), (stem if len(stem) > 1 and stem != name else None)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The list, indexed: ``full`` by names that end in their kind (六合区, 恩施州), ``short`` by names without it (安徽, 六合), ``codes`` by code, ``hosts`` by romanised name."""

    full: Mapping[str, Sequence[Entry]]
    short: Mapping[str, Sequence[Entry]]
    codes: Mapping[str, Sequence[Entry]]
    hosts: Mapping[str, Sequence[Entry]]
    longest: int

    def ancestor(self, entry: Entry, level: Level, year: int | None) -> Entry | None:
        """The province, or prefecture, that an entry lies in, under its name of that year; itself at its own level."""
        if entry.level == level:
            return entry
        code = entry.code[:2] + "0000" if level == "province" else entry.code[:4] + "00"
        above = [found for found in self.codes.get(code, []) if found.level == level and entry.within(found)]
        return next(iter(in_force(above, entry.last if year is None else year)), None)


def in_force(entries: Iterable[Entry], year: int | None) -> list[Entry]:
    """The entries of a year, else those nearest to it in time; without a year those of today, else the last ones."""
    entries = list(entries)
    when = max((entry.last or 9999 for entry in entries), default=0) if year is None else year
    nearest = min((entry.distance(when) for entry in entries), default=0)
    return [entry for entry in entries if entry.distance(when) == nearest]


def widest(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that lie in no other one: the city of 长沙, not its county of the same short name; a province before all else."""
    entries = list(entries)
    provinces = [entry for entry in entries if entry.level == "province"]
    return provinces or [entry for entry in entries if not any(entry.level != other.level and entry.within(other) for other in entries)]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The list as shipped."""
    tables: tuple[defaultdict[str, list[Entry]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    full, short, codes, hosts = tables
    added: defaultdict[str, list[Entry]] = defaultdict(list)
    for line in files("gov_ie.places").joinpath("divisions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        code, name, first, last, host = (line.split("\t") + [""] * 4)[:5]
        level: Level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        entry = Entry(code, name, int(first) if first else None, int(last) if last else None, level)
        full[name].append(entry)
        codes[code].append(entry)
        if host:
            hosts[host].append(entry)
        with_kind, without = short_names(name)
        if with_kind:
            added[with_kind].append(entry)
        if without:
            short[without].append(entry)
    for alias, name in _ALIASES.items():
        (short if alias == "内蒙" else added)[alias] = full[name]
    for alias, entries in added.items():
        full.setdefault(alias, entries)
    return Gazetteer(full, short, codes, hosts, max(map(len, full)))
