"""Bodies of one name told apart by where they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from gov_ie.places.divisions import gazetteer, short_names
from gov_ie.places.place import Division, Place


def plain_name(name: str) -> str:
    """A name in half width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def apart(one: Place, other: Place) -> bool:
    """Whether two bodies are known to be in different places.

    Compared are the divisions they belong to, where both are known, else the narrowest level known of both, and in any case the provinces. Two codes are of one division if they were never in force in the same
    year and the names agree but for their kind: 大方县 got another code in 2011, 铜山县 became 铜山区.
    """
    known = [(a, b) for a, b in zip(_divisions(one), _divisions(other), strict=True) if a is not None and b is not None]
    return any(_differ(a, b) for a, b in {*known[:1], *known[-1:]})


def tell_apart(places: Sequence[Place]) -> list[str]:
    """Where each of several bodies of one name is, as far as it takes to tell them apart.

    A place that could be any of several others, such as one of which nothing is known, is taken for none of them.

    Args:
        places: of the bodies.

    Returns:
        for each ``(江苏省南京市鼓楼区)``; ``(江苏省内)`` where its own division is not known; nothing where they all may be one body, or nothing is known of its place.
    """
    if len(set(places)) < 2:
        return [""] * len(places)
    groups: list[list[Place]] = []
    member: dict[Place, list[Place]] = {}
    for place in sorted(set(places), key=_order):
        fitting = [group for group in groups if not any(apart(place, known) for known in group)]
        group = fitting[0] if len(fitting) == 1 else []
        if not group:
            groups.append(group)
        group.append(place)
        member[place] = group
    return [_words(member[place][0]) if len(groups) > 1 else "" for place in places]


def _divisions(place: Place) -> tuple[Division | None, ...]:
    """The body's own division, then its county, city and province."""
    above = place.county, place.city, place.province
    return next((division for division in above if division is not None and division.code == place.code), None), *above


def _order(place: Place) -> tuple[int, list[str]]:
    """The best known places first."""
    codes = [division.code if division is not None else "" for division in _divisions(place)]
    return codes.count(""), codes


def _words(place: Place) -> str:
    own, *above = _divisions(place)
    names = "".join(division.name for division in reversed(above) if division is not None)
    return f"({names}{'' if own is not None else '内'})" if names else ""


@lru_cache(maxsize=4096)
def _differ(one: Division, other: Division) -> bool:
    if one.code == other.code:
        return False
    codes = gazetteer().codes
    together = any(max(a.first or 0, b.first or 0) <= min(a.last or 9999, b.last or 9999) for a in codes.get(one.code, ()) for b in codes.get(other.code, ()))
    return together or _stem(one) != _stem(other)


def _stem(division: Division) -> str:
    return short_names(division.name)[1] or division.name
