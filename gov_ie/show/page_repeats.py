"""Reports of one body and year that stand on a page more than once; the same as the columns ``duplicate.*`` of the panel say, which need pandas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from gov_ie.places import Place
from gov_ie.places.apart import plain_name, tell_apart


class Issue(NamedTuple):
    """What report it is: its body, the year, and where the body is."""

    body: str | None
    year: int | None
    place: Place


class Repeat(NamedTuple):
    """A report among those of its body and year.

    Attributes:
        number: its place among them in the order read, from 1.
        among: how many they are, at least 2.
        group: number of the body and year among those that are repeated, from 0.
    """

    number: int
    among: int
    group: int


def repeats(issues: Sequence[Issue]) -> tuple[list[Repeat | None], int]:
    """Which reports are of the same body and year.

    Bodies are the same if their names are, but for width and blanks, and their places are not known to differ. A report that does not state both is a repeat of none.

    Returns:
        for each report its :class:`Repeat`, ``None`` where it stands alone; and the number of different bodies and years.
    """
    named: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, issue in enumerate(issues):
        if issue.body is not None and issue.year is not None:
            named[plain_name(issue.body), issue.year].append(at)
    groups: list[list[int]] = []
    for same in named.values():
        where: defaultdict[str, list[int]] = defaultdict(list)
        for at, words in zip(same, tell_apart([issues[at].place for at in same]), strict=True):
            where[words].append(at)
        groups += where.values()
    found: list[Repeat | None] = [None] * len(issues)
    for number, group in enumerate(group for group in groups if len(group) > 1):
        for place, at in enumerate(group, 1):
            found[at] = Repeat(place, len(group), number)
    return found, len(groups)
