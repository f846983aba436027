"""What the reports of two years promise about each other, and whether it holds.

*Promised* is what the forms or the words themselves say: requests carried over from last year (上年结转) are those that last year carried over (结转下年度继续办理); the number of items of the year before
(上一年项目数量, form of 2019) is what last year's number and its change (本年增/减) come to; a running total cannot fall, and grows by what is disclosed in between.
*Expected* is what mostly holds without being promised: documents in force (现行有效件数, form of 2021) are those of the year before, those made, less those repealed, but documents also lapse and pass to other
bodies; the total made public (对外公开总数量, form of 2019) grows by no more than what is newly published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel, Field

from gov_ie.forms import load_form
from gov_ie.report import Evidence, Report

_ROUND = re.compile(r"[余多近约几万亿千百]|以上|左右")


class Sighting(BaseModel):
    """A figure that takes part in a relation: the report's year, path, value and words."""

    year: int
    path: str
    value: int | float
    evidence: Evidence | None = None


class YearCheck(BaseModel):
    """A relation between the reports of two years, and whether it holds.

    Attributes:
        rule: with the years; left and right side in this order.
        promised: a failed one is a contradiction; one that is only expected is unusual.
        left, right: the sides.
        ok: whether the relation holds. Rounded figures (``1.2万余条``) are given the room of their last printed digit.
        figures: those that take part.
    """

    rule: str
    promised: bool
    left: int | float
    right: int | float
    ok: bool
    figures: list[Sighting] = Field(default_factory=list)


def find_relations(first: Report, second: Report, *, one_body: bool = True) -> list[YearCheck]:
    """Every relation of which all figures are stated.

    Args:
        first: the report of the earlier year.
        second: of a later one; what holds from one year to the next is looked at only where the years follow each other.
        one_body: whether both are known to be of one body; else nothing is promised.
    """
    if first.year is None or second.year is None or first.year >= second.year:
        return []
    pair = _Pair(first, second)
    found = list(_running_total(pair))
    if second.year == first.year + 1:
        found += [*_carried_over(pair), *_items(pair), *_documents(pair)]
    return found if one_body else [check.model_copy(update={"promised": False}) for check in found]


class _Pair:
    """The two reports, and the relations between their figures."""

    def __init__(self, first: Report, second: Report) -> None:
        self.reports = first, second

    def get(self, side: int, path: str) -> Sighting | None:
        """The figure of the first (0) or second (1) report at a path, where it states it."""
        report = self.reports[side]
        try:
            value = report.get(path)
        except KeyError:
            return None
        if value is None or report.year is None:
            return None
        return Sighting(year=report.year, path=path, value=value, evidence=report.evidence.get(path))

    def check(self, rule: str, left: float, relation: str, right: float, figures: list[Sighting], *, promised: bool, room: float = 0) -> YearCheck:
        """A relation ``=``, ``≤`` or ``≥``; ``{0}`` and ``{1}`` in the rule are the years."""
        holds = {"=": abs(left - right) <= room, "≤": left <= right + room, "≥": left >= right - room}[relation]
        return YearCheck(rule=rule.format(*(report.year for report in self.reports)), promised=promised, left=left, right=right, ok=holds, figures=figures)


def _carried_over(pair: _Pair) -> Iterator[YearCheck]:
    columns = [f".{column.key}" for column in load_form("2021").applications.columns]
    cells = [(f"tables.applications.carried_in{column}", f"tables.applications.carried_out{column}") for column in columns]
    printed = pair.get(1, cells[-1][0]) is not None and pair.get(0, cells[-1][1]) is not None
    for later, earlier in [*([] if printed else [("applications.carried_in", "applications.carried_out")]), *cells]:
        left, right = pair.get(1, later), pair.get(0, earlier)
        if left is not None and right is not None:
            yield pair.check(f"{later} ({{1}}) = {earlier} ({{0}})", left.value, "=", right.value, [left, right], promised=True)


def _running_total(pair: _Pair) -> Iterator[YearCheck]:
    path = "disclosure.cumulative"
    before, after, year = pair.get(0, path), pair.get(1, path), pair.get(1, "disclosure.total")
    if before is None or after is None:
        return
    room = _room(before) + _room(after)
    yield pair.check(f"{path} ({{1}}) ≥ {path} ({{0}})", after.value, "≥", before.value, [after, before], promised=True, room=room)
    grown = after.value - before.value
    if year is None or grown < -room:
        return
    next_year = after.year == before.year + 1
    relation = "=" if next_year else "≥"
    yield pair.check(f"{path} ({{1}}) - {path} ({{0}}) {relation} disclosure.total ({{1}})", grown, relation, year.value, [after, before, year], promised=True, room=room + _room(year))


def _room(figure: Sighting) -> float:
    """How far a figure may be off by its rounding: one of the last digit that it prints, none where it is exact."""
    if figure.evidence is None or not _ROUND.search(figure.evidence.text) or not figure.value:
        return 0
    digits = str(round(figure.value))
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def _items(pair: _Pair) -> Iterator[YearCheck]:
    for section in load_form("2019").disclosure.sections:
        if not any(column.key == "previous_items" for column in section.columns):
            continue
        for row in section.rows:
            at = f"tables.disclosure.{row.key}"
            left, previous, change = pair.get(1, f"{at}.previous_items"), pair.get(0, f"{at}.previous_items"), pair.get(0, f"{at}.change")
            if left is not None and previous is not None and change is not None:
                yield pair.check(f"{at}.previous_items ({{1}}) = {at}.previous_items + change ({{0}})", left.value, "=", previous.value + change.value, [left, previous, change], promised=True)


def _documents(pair: _Pair) -> Iterator[YearCheck]:
    for row in ("rules", "normative_documents"):
        at = f"tables.disclosure.{row}"
        after, before, made, repealed, published = (pair.get(*where) for where in ((1, f"{at}.in_force"), (0, f"{at}.in_force"), (1, f"{at}.made"), (1, f"{at}.repealed"), (1, f"{at}.disclosed")))
        if after is None or before is None:
            continue
        # The column of this key is another one in the form of 2019: both reports have to be of one edition.
        if made is not None and repealed is not None and pair.get(0, f"{at}.repealed") is not None:
            right = before.value + made.value - repealed.value
            yield pair.check(f"{at}.in_force ({{1}}) = in_force ({{0}}) + made - repealed ({{1}})", after.value, "=", right, [after, before, made, repealed], promised=False)
        elif published is not None and pair.get(0, f"{at}.disclosed") is not None:
            right = before.value + published.value
            yield pair.check(f"{at}.in_force ({{1}}) ≤ in_force ({{0}}) + disclosed ({{1}})", after.value, "≤", right, [after, before, published], promised=False)
