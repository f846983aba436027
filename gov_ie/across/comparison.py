"""Two reports of one body compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from gov_ie.across.bodies import Named, find_bodies
from gov_ie.across.figures import Figure, find_figures
from gov_ie.across.relations import YearCheck, find_relations
from gov_ie.across.sentences import SHORTEST, Copied, find_copied
from gov_ie.export.columns import no_report
from gov_ie.forms.annex import key
from gov_ie.places.apart import plain_name
from gov_ie.report import Report


class Side(BaseModel):
    """Which report it is: the body, the year and the title it states, the file it was read from."""

    organization: str | None = None
    year: int | None = None
    title: str | None = None
    source: str | None = None


class Documents(BaseModel):
    """Laws, regulations and rules that the reports name, matched by name: width, blanks and marks aside."""

    added: list[str] = Field(default_factory=list)
    dropped: list[str] = Field(default_factory=list)
    kept: list[str] = Field(default_factory=list)


class Comparison(BaseModel):
    """What :func:`compare` finds.

    Attributes:
        earlier, later: the two reports.
        figures: every figure that one of them states, fields first, then cells of the printed forms.
        checks: relations between the two years of which all figures are stated.
        copied: sentences taken over; ``None`` where a report does not hold its text (it was loaded from JSON).
        documents: laws, regulations and rules named.
        warnings: what stands in the way of comparing them.
    """

    earlier: Side
    later: Side
    figures: list[Figure] = Field(default_factory=list)
    checks: list[YearCheck] = Field(default_factory=list)
    copied: Copied | None = None
    documents: Documents = Field(default_factory=Documents)
    warnings: list[str] = Field(default_factory=list)

    @property
    def changed(self) -> list[Figure]:
        """Figures that both state, each another one."""
        return [figure for figure in self.figures if figure.status == "changed"]

    @property
    def unchanged(self) -> list[Figure]:
        """Figures that both state alike."""
        return [figure for figure in self.figures if figure.status == "unchanged"]

    @property
    def appeared(self) -> list[Figure]:
        """Figures that only the later report states."""
        return [figure for figure in self.figures if figure.status == "appeared"]

    @property
    def vanished(self) -> list[Figure]:
        """Figures that only the earlier report states."""
        return [figure for figure in self.figures if figure.status == "vanished"]

    @property
    def contradictions(self) -> list[YearCheck]:
        """Relations that the reports promise and that do not hold."""
        return [check for check in self.checks if check.promised and not check.ok]

    @property
    def unusual(self) -> list[YearCheck]:
        """Relations that mostly hold, and do not here."""
        return [check for check in self.checks if not check.promised and not check.ok]

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return self.model_dump(mode="json")

    def __str__(self) -> str:
        from gov_ie.across.text import comparison_text

        return comparison_text(self)

    def __repr__(self) -> str:
        return f"<Comparison: {len(self.changed)} figures changed, {len(self.appeared)} appeared, {len(self.vanished)} vanished, {len(self.contradictions)} contradict>"

    def _repr_html_(self) -> str:
        from gov_ie.across.html import comparison_html

        return comparison_html(self)


def compare(earlier: Report, later: Report, *, shortest: int = SHORTEST, names: Mapping[str, str] | None = None) -> Comparison:
    """Compare two reports of one body: figures, what the years promise about each other, sentences taken over, documents named.

    Args:
        earlier: the report of the earlier year.
        later: of a later year. Other pairs are compared too; ``warnings`` says what is amiss.
        shortest: how many Chinese characters a sentence needs in order to count as taken over; those of cited titles are not counted.
        names: a name that a body has in its reports → the name that it counts under, as in :func:`gov_ie.series`. Two reports of one body under two names are then no longer taken for those of two bodies.

    Returns:
        the comparison; ``str()`` of it is for people.

    Raises:
        GovIEError: one of the two is no report, or ``names`` go round in a circle, give a name two others, or are no names.
    """
    for report in (earlier, later):
        if not isinstance(report, Report):
            raise no_report(report)
    first, second = (earlier, later) if (earlier.year or 0) <= (later.year or 0) else (later, earlier)
    one, other = find_bodies([Named(report.organization.name, place=report.place) for report in (earlier, later)], names)
    known = one is not None and one == other
    return Comparison(
        earlier=_side(earlier),
        later=_side(later),
        figures=find_figures(earlier, later),
        checks=find_relations(first, second, one_body=known),
        copied=find_copied(earlier.text, later.text, shortest=shortest) if earlier.text is not None and later.text is not None else None,
        documents=_documents(earlier.regulations, later.regulations),
        warnings=_warnings(earlier, later, one, other),
    )


def _side(report: Report) -> Side:
    return Side(organization=report.organization.name, year=report.year, title=report.title, source=report.source.get("name"))


def _documents(earlier: list[str], later: list[str]) -> Documents:
    before, after = {key(name): name for name in earlier}, {key(name): name for name in later}
    return Documents(
        added=[name for name in after.values() if key(name) not in before],
        dropped=[name for name in before.values() if key(name) not in after],
        kept=[name for name in after.values() if key(name) in before],
    )


def _warnings(earlier: Report, later: Report, one: str | None, other: str | None) -> list[str]:
    found = []
    for which, report in (("earlier", earlier), ("later", later)):
        if report.source.get("error"):
            found.append(f"the {which} report could not be read: {report.source['error']}")
    if one is None or other is None:
        found.append("a report names no body: whether both are of one body is not known, so nothing between them counts as promised")
    elif one != other and plain_name(earlier.organization.name or "") == plain_name(later.organization.name or ""):
        found.append(f"the bodies have one name, but are in different places ({one}, {other}), so nothing between them counts as promised")
    elif one != other:
        found.append(f"the bodies have different names ({earlier.organization.name}, {later.organization.name}), so nothing between them counts as promised; if it is one body, say so in Python: compare(…, names={{…}})")
    years = earlier.year, later.year
    if years[0] is None or years[1] is None:
        found.append("a report states no year: relations between the years are not checked")
    elif years[0] == years[1]:
        found.append(f"both reports are of {years[0]}: relations between years are not checked")
    elif abs(years[1] - years[0]) > 1:
        found.append(f"{years[0]} and {years[1]} do not follow each other: what one year carries over to the next is not checked")
    if years[0] is not None and years[1] is not None and years[0] > years[1]:
        found.append(f"the report given as the earlier one is of {years[0]}, the other of {years[1]}")
    if earlier.text is None or later.text is None:
        found.append("a report does not hold its text (it was loaded from JSON): sentences are not compared")
    return found
