"""From statements to fields, a function per topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from gov_ie.assembly import names
from gov_ie.assembly.draft import Draft
from gov_ie.assembly.statements import Statement
from gov_ie.labels import ROLE_FIELDS
from gov_ie.pipeline.layout import Layout

_LISTED = ("category", "channel", "route")


def read_figures(draft: Draft, statements: list[Statement]) -> None:
    """Fill every field that holds one number: the likeliest statement of each role, a figure before a mere denial."""
    by_role: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.role not in _LISTED:
            by_role.setdefault(statement.role, []).append(statement)
    for role, rows in by_role.items():
        best = max(rows, key=lambda s: (not s.denied, round(s.score, 1), -s.start))
        draft.put(ROLE_FIELDS[role], best.value, best.start, best.end, best.score)


def read_categories(draft: Draft, layout: Layout, statements: list[Statement]) -> None:
    """Pieces by kind of information; a share belongs to the count before it, or stands by itself."""
    rows = [s for s in statements if s.role == "category"]
    taken: set[int] = set()
    for i, row in enumerate(rows):
        if row.candidate.kind == "PERCENT" or row.denied:
            continue
        place = names.category(layout.text, row.candidate)
        if place is None:
            continue
        item: dict = {"name": _name(layout.text, place, trim=True), "count": row.value}
        places = {"name": place, "count": (row.start, row.end)}
        after = rows[i + 1] if i + 1 < len(rows) else None
        if after is not None and after.candidate.kind == "PERCENT" and after.start - row.end < 14:
            item["percent"], places["percent"] = after.value, (after.start, after.end)
            taken.add(i + 1)
        _add_once(draft, "disclosure.by_category", item, places, row.score)
    for i, row in enumerate(rows):
        if row.candidate.kind == "PERCENT" and i not in taken:
            place = names.category(layout.text, row.candidate)
            if place is not None:
                item = {"name": _name(layout.text, place, trim=True), "percent": row.value}
                _add_once(draft, "disclosure.by_category", item, {"name": place, "percent": (row.start, row.end)}, row.score)


def read_channels(draft: Draft, layout: Layout, statements: list[Statement]) -> None:
    """Pieces by channel of publication, and requests by the way in which they arrived."""
    for role, find, path in (("channel", names.channel, "disclosure.by_channel"), ("route", names.route, "applications.by_channel")):
        for row in statements:
            if row.role != role or row.denied:
                continue
            place = find(layout.text, row.candidate)
            if place is not None:
                item = {"name": _name(layout.text, place), "count": row.value}
                _add_once(draft, path, item, {"name": place, "count": (row.start, row.end)}, row.score)


def _add_once(draft: Draft, path: str, item: dict, places: dict[str, tuple[int, int]], score: float) -> None:
    if all(row["name"] != item["name"] for row in draft.items(path)):
        draft.add(path, item, places, score)


def _name(text: str, place: tuple[int, int], *, trim: bool = False) -> str:
    name = re.sub(r"\s+", "", text[slice(*place)])
    return names.trim_category(name) if trim else name


def overlapping(places: Iterable[tuple[int, int]]) -> bool:
    """Whether any two of the stretches overlap."""
    return any(a[1] > b[0] for a, b in pairwise(sorted(places)))
