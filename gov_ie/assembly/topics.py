"""From statements to fields, a function per topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import ClassVar

from spacy.tokens import Doc, Span

from gov_ie.assembly import names
from gov_ie.assembly.draft import Draft
from gov_ie.assembly.origins import of_statement
from gov_ie.assembly.statements import Statement
from gov_ie.labels import NAMES_KEY, ROLE_FIELDS
from gov_ie.pipeline.figures import Candidate
from gov_ie.pipeline.layout import Layout

_LISTED = ("category", "channel", "route")


#: What stands between a count and its own share: 占, 占总数的, （.
_SHARE_OF = re.compile(r"(?:左右|信息)?[，,、；;（(\s]*(?:大?约|均|各)?(?:占(?:比|比例)?[^，。；、\d]{0,12}|比例为?|比重为?)?[：:]?")


def read_figures(draft: Draft, statements: list[Statement], rejected: Iterable[Statement] = ()) -> None:
    """Fill every field that holds one number: the likeliest statement of each role, a figure before a mere denial; the others are noted as considered."""
    by_role: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.role not in _LISTED:
            by_role.setdefault(statement.role, []).append(statement)
    for role, rows in by_role.items():
        best = max(rows, key=lambda s: (not s.denied, round(s.score, 1), -s.start))
        draft.put(ROLE_FIELDS[role], best.value, best.start, best.end, best.score, origin=of_statement(best))
        for row in rows:
            if row is not best:
                draft.pass_over(ROLE_FIELDS[role], row.value, row.start, row.end, _why_not(row, best))
    for row in rejected:
        if row.role in ROLE_FIELDS and row.role not in _LISTED:
            draft.pass_over(ROLE_FIELDS[row.role], row.value, row.start, row.end, row.rejected)


def _why_not(row: Statement, best: Statement) -> str:
    if row.denied and not best.denied:
        return "a denial, and there is a figure"
    return "less certain" if round(row.score, 1) < round(best.score, 1) else "said again later" if row.value == best.value else "as certain, but later"


class Names:
    """The names that the tagger found, and where it found none beside a figure, those that the wording gives."""

    _WORDING: ClassVar = {"CATEGORY": names.category, "CHANNEL": names.channel, "ROUTE": names.route}

    def __init__(self, doc: Doc, layout: Layout) -> None:
        self._text = layout.text
        self._bodies = {at: e.start_char for e in doc.ents if e.label_ == "ORG" for at in range(e.start_char + 1, e.end_char + 1)}
        found = [(self._whole(doc, span), span.label_) for span in doc.spans.get(NAMES_KEY, [])]
        tidied = [(names.tidy_channel(self._text, *place) if label == "CHANNEL" else place, label) for place, label in found]
        self._tagged = sorted((*place, label) for place, label in tidied if place is not None)

    def _whole(self, doc: Doc, span: Span) -> tuple[int, int]:
        """A tagged name made whole: to the borders of pkuseg's words, of the quotes it lies in, and of the body right before it."""
        first, last = span.start, span.end
        while first > 0 and doc[first].tag_ in ("M", "E") and span.start - first < 4:
            first -= 1
        while last < len(doc) and doc[last].tag_ in ("M", "E") and last - span.end < 4:
            last += 1
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        text = self._text
        if span.label_ != "CHANNEL":
            kind = names.CATEGORY_REST.match(text, end) if span.label_ == "CATEGORY" else None
            return start, kind.end() if kind else end
        for opening, closing in ("“”", "《》", '""', "「」"):
            inside = text[start:end]
            if inside.count(closing) > inside.count(opening) or (text[start - 1 : start] == closing and start):
                left = text.rfind(opening, max(0, start - 20), start - (text[start - 1 : start] == closing))
                start = left if left >= 0 else start
            inside = text[start:end]
            if opening != closing and inside.count(opening) > inside.count(closing):
                right = text.find(closing, end, end + 16)
                end = right + 1 if right >= 0 else end
        lead = names.CHANNEL_LEAD.search(text, max(0, start - 8), start) if text[start : start + 1] in ("“", '"', "《") else None
        start = lead.start() if lead else start
        rest = names.CHANNEL_REST.match(text, end)
        return self._bodies.get(start, start), rest.end() if rest else end

    def beside(self, candidate: Candidate, label: str) -> tuple[int, int] | None:
        """The name that belongs to a figure: the nearest one before it in its clause, else after it there, else before it in the sentence."""
        near = [(s, e) for s, e, found in self._tagged if found == label and candidate.unit_start <= s < candidate.unit_end]
        before = [place for place in near if candidate.piece_start <= place[0] and place[1] <= candidate.start]
        after = [p for p in near if candidate.end <= p[0] and p[1] <= candidate.piece_end and not re.search("[、，,]", self._text[candidate.end : p[0]])]
        earlier = [place for place in near if place[1] <= candidate.piece_start] if label == "CHANNEL" else []
        if before:
            return self._longer(candidate, before[-1]) if label == "CATEGORY" else before[-1]
        if after and (label != "CATEGORY" or candidate.start - candidate.piece_start < 3):
            return after[0]
        if earlier and candidate.piece_start - earlier[-1][1] < 40 and not self._has_figure(earlier[-1][1], candidate.piece_start):
            return earlier[-1]
        return self._WORDING[label](self._text, candidate)

    def _longer(self, candidate: Candidate, place: tuple[int, int]) -> tuple[int, int]:
        """The name as the wording has it, where the tagger cut a word or two off its front."""
        worded = names.category(self._text, candidate)
        return worded if worded and worded[1] == place[1] and 0 < place[0] - worded[0] <= 3 else place

    def _has_figure(self, start: int, end: int) -> bool:
        return re.search(r"\d\s?(?:条|件|篇|份|期|次|个)", self._text[start:end]) is not None


def read_categories(draft: Draft, layout: Layout, found: Names, statements: list[Statement]) -> None:
    """Pieces by kind of information; a share belongs to the count before it, or stands by itself."""
    rows = [s for s in statements if s.role == "category"]
    taken: set[int] = set()
    for i, row in enumerate(rows):
        if row.candidate.kind == "PERCENT" or row.denied:
            continue
        place = found.beside(row.candidate, "CATEGORY")
        if place is None or not names.is_name(layout.text, place):
            continue
        item: dict = {"name": _name(layout.text, place, trim=True), "count": row.value}
        places = {"name": place, "count": (row.start, row.end)}
        after = rows[i + 1] if i + 1 < len(rows) else None
        if after is not None and after.candidate.kind == "PERCENT" and _SHARE_OF.fullmatch(layout.text, row.end, after.start):
            item["percent"], places["percent"] = after.value, (after.start, after.end)
            taken.add(i + 1)
        _add_once(draft, "disclosure.by_category", item, places, row)
    for i, row in enumerate(rows):
        if row.candidate.kind == "PERCENT" and i not in taken:
            place = found.beside(row.candidate, "CATEGORY")
            if place is not None and names.is_name(layout.text, place):
                item = {"name": _name(layout.text, place, trim=True), "percent": row.value}
                _add_once(draft, "disclosure.by_category", item, {"name": place, "percent": (row.start, row.end)}, row)


def read_channels(draft: Draft, layout: Layout, found: Names, statements: list[Statement]) -> None:
    """Pieces by channel of publication, and requests by the way in which they arrived."""
    for role, label, path in (("channel", "CHANNEL", "disclosure.by_channel"), ("route", "ROUTE", "applications.by_channel")):
        for row in _widest([s for s in statements if s.role == role and not s.denied], layout.text):
            place = found.beside(row.candidate, label)
            if place is not None and names.is_name(layout.text, place):
                item = {"name": _name(layout.text, place, request=role == "route"), "count": row.value}
                _add_once(draft, path, item, {"name": place, "count": (row.start, row.end)}, row)


def _widest(rows: list[Statement], text: str) -> list[Statement]:
    """Of two figures side by side (96期1072条) the one that counts pieces."""
    dropped = {i for i, (a, b) in enumerate(pairwise(rows)) if b.start - a.end <= 1 and text[a.end - 1] in "期次辑场" and text[b.end - 1] in "条篇件则"}
    return [row for i, row in enumerate(rows) if i not in dropped]


def _add_once(draft: Draft, path: str, item: dict, places: dict[str, tuple[int, int]], statement: Statement) -> None:
    if all(row["name"] != item["name"] for row in draft.items(path)):
        draft.add(path, item, places, statement.score, origin=of_statement(statement))


def _name(text: str, place: tuple[int, int], *, trim: bool = False, request: bool = False) -> str:
    name = re.sub(r"\s+", "", text[slice(*place)])
    if request:
        return re.sub(r"(?<=.)(?:申请数?|方式|形式|渠道|的|递交|提交|提出|寄来|送来|填表)+$", "", name) or name
    return names.trim_category(name) if trim else name

