"""Which reports are of one body: names that are the same but for blanks and width, or one of them with its province, city or county before it, in places that are not known to differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gov_ie.errors import GovIEError
from gov_ie.places import Place
from gov_ie.places.apart import apart, plain_name, tell_apart

_DIVISION = r"[\u4e00-\u9fff]{2,}?(?:特别行政区|自治[区州县旗]|地区|林区|新区|省|市|州|盟|县|区|旗|镇|乡|街道)"
_PLACE = re.compile(_DIVISION)
_PLACES = re.compile(rf"(?:{_DIVISION})+")
#: Kinds of districts that many cities have under the same name.
_GENERIC = re.compile(r"(?:高新|经开|开发|经济|技术|产业|工业|园|新|城|郊|矿|综合|保税|示范|旅游|度假|风景|名胜)+区")


class Named(NamedTuple):
    """The name that a report gives its body, the year it is of, and where the body is, as far as they are known."""

    name: str | None
    year: int | None = None
    place: Place = Place()


class _Label(NamedTuple):
    """A plain name, and what :func:`~gov_ie.places.apart.tell_apart` says to tell it from others of that name."""

    name: str
    where: str = ""

    def __str__(self) -> str:
        return self.name + self.where


@dataclass
class _Known:
    """The years and places of the reports of one label."""

    years: set[int] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)

    def take(self, other: _Known) -> None:
        self.years |= other.years
        self.places |= other.places

    def elsewhere(self, other: _Known) -> bool:
        pairs = [(one, two) for one in self.places for two in other.places if one.province is not None and two.province is not None]
        return bool(pairs) and all(apart(one, two) for one, two in pairs)


def find_bodies(reports: Sequence[Named], names: Mapping[str, str] | None = None) -> list[str | None]:
    """The body of every report, named by the longest of its names.

    Names of one body are joined only where the reports leave no doubt: a name without its province or city (``平川县水利局``) belongs to the one longer name that ends in it (``南江市平川县水利局``), if that is
    the only one, and if no year has reports under both. A name that names no place of its own (``水利局``, ``高新区管委会``) is joined with no other. Reports of one name whose places are known and differ
    are of different bodies, which have the place behind their names: ``鼓楼区水务局(江苏省南京市鼓楼区)``.

    Args:
        reports: may be of any number of bodies.
        names: a name as reports give it, or as returned → the name that the body counts under, under all its names. Width and blanks do not matter; a name that no report has is passed over.

    Raises:
        GovIEError: ``names`` go round in a circle, give a name two others, or are no names.
    """
    steps = _steps(names or {})
    labels = _told_apart(reports)
    known: defaultdict[_Label, _Known] = defaultdict(_Known)
    for label, report in zip(labels, reports, strict=True):
        if label is not None:
            known[label].take(_Known({report.year} if report.year is not None else set(), {report.place}))
    joined = _joined(known)
    if steps.keys() & {name for label in known for name in (label.name, str(label))}:
        counted = _counted(known, joined, steps)
        merged: defaultdict[_Label, _Known] = defaultdict(_Known)
        for label, end in counted.items():
            merged[end].take(known[label])
        again = _joined(merged)
        joined = {label: again[end] for label, end in counted.items()}
    return [str(joined[label]) if label is not None else None for label in labels]


def _told_apart(reports: Sequence[Named]) -> list[_Label | None]:
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for i, report in enumerate(reports):
        if name := plain_name(report.name or ""):
            by_name[name].append(i)
    labels: list[_Label | None] = [None] * len(reports)
    for name, own in by_name.items():
        for i, where in zip(own, tell_apart([reports[i].place for i in own]), strict=True):
            labels[i] = _Label(name, where)
    return labels


def _prefixed(long: str, short: str) -> bool:
    """Whether ``long`` is ``short`` with places before it, and ``short`` names a place of its own."""
    place = _PLACE.match(short)
    return len(long) > len(short) and long.endswith(short) and place is not None and not _GENERIC.fullmatch(place.group()) and _PLACES.fullmatch(long[: -len(short)]) is not None


def _joined(known: Mapping[_Label, _Known]) -> dict[_Label, _Label]:
    """The longest label of the body of each."""
    ending: defaultdict[str, list[_Label]] = defaultdict(list)  # by every end of their names: thousands of names are too many for all pairs
    for label in known:
        for start in range(1, len(label.name)):
            ending[label.name[start:]].append(label)
    joined: dict[_Label, _Label] = {}
    bodies: defaultdict[_Label, _Known] = defaultdict(_Known)
    for label in sorted(known, key=lambda own: (-len(own.name), own)):
        longer = {joined[other] for other in ending.get(label.name, ()) if _prefixed(other.name, label.name) and not bodies[joined[other]].elsewhere(known[label])}
        body = longer.pop() if len(longer) == 1 else label
        joined[label] = body if not bodies[body].years & known[label].years else label
        bodies[joined[label]].take(known[label])
    return joined


def _steps(names: Mapping[str, str]) -> dict[str, str]:
    """The mapping of plain names, checked."""
    steps: dict[str, str] = {}
    for given, other in names.items():
        if not (isinstance(given, str) and isinstance(other, str) and plain_name(given) and plain_name(other)):
            raise GovIEError(f"names: {given!r}: {other!r}: a name and the name that its body counts under have to be texts, and not empty")
        name, counted = plain_name(given), plain_name(other)
        if steps.setdefault(name, counted) != counted:
            raise GovIEError(f"names: {name} would count both as {steps[name]} and as {counted}; keep one of them")
    steps = {name: counted for name, counted in steps.items() if name != counted}
    for name in steps:
        passed = [name]
        while (following := steps.get(passed[-1])) is not None:
            if following in passed:
                raise _circle([*passed[passed.index(following) :], following])
            passed.append(following)
    return steps


def _circle(names: Iterable[object]) -> GovIEError:
    return GovIEError(f"names: {' → '.join(map(str, names))} is a circle; give every name the one that shall stay, and that one none")


def _counted(known: Mapping[_Label, _Known], joined: Mapping[_Label, _Label], steps: Mapping[str, str]) -> dict[_Label, _Label]:
    """The label under which each label counts in the end."""
    groups: defaultdict[_Label, list[_Label]] = defaultdict(list)
    called: defaultdict[str, list[_Label]] = defaultdict(list)
    for label, body in joined.items():
        groups[body].append(label)
        for name in {label.name, str(label)}:
            called[name].append(label)

    def told(label: _Label) -> tuple[str, str] | None:
        """What the mapping says of a label: the name, and the place that goes with it."""
        return next(((steps[key], where) for key, where in ((str(label), ""), (label.name, label.where)) if key in steps), None)

    def step(label: _Label, own: _Known) -> _Label | None:
        found = {told(label)} - {None} or {told(one) for one in groups.get(joined.get(label, label), ())} - {None}
        if len(found) != 1 or (one := found.pop()) is None:
            return None
        name, where = one
        there = called[name]
        if len(there) > 1 or where:
            there = [label for label in there if not known[label].elsewhere(own)]
        return there[0] if len(there) == 1 else _Label(name, where)

    def end(label: _Label) -> _Label:
        own, passed = known[label], [label]
        while (following := step(passed[-1], own)) is not None:
            if following == passed[-1]:
                return following
            if following in passed:
                raise _circle([*passed[passed.index(following) :], following])
            passed.append(following)
        return joined.get(passed[-1], passed[-1])

    return {label: end(label) for label in known}
