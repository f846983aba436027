"""The schema of a report: what :func:`gov_ie.extract` returns, and nothing else.

``None`` is what the report does not say; ``0`` is what it says. Field names and meanings are the contract that other programs rely on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

if TYPE_CHECKING:
    from gov_ie.explain import Explanation
    from gov_ie.places import Place


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Organization(_Part):
    """The body that issues the report, as its title or opening names it."""

    name: str | None = None


class Period(_Part):
    """The stated reporting period, ISO 8601 dates as precise as the text."""

    start: str | None = None
    end: str | None = None


class Contact(_Part):
    """Contact details that the report gives its readers."""

    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None


class CategoryCount(_Part):
    """Pieces of one kind of information; ``percent`` is their printed share."""

    name: str
    count: int | None = None
    percent: float | None = None


class NamedCount(_Part):
    """Pieces, or requests, of one channel."""

    name: str
    count: int | None = None


class Disclosure(_Part):
    """Information proactively disclosed: pieces in the year, the running total, and how they divide."""

    total: int | None = None
    cumulative: int | None = None
    electronic_rate: float | None = Field(None, description="percent")
    by_category: list[CategoryCount] = Field(default_factory=list)
    by_channel: list[NamedCount] = Field(default_factory=list)


class Responses(_Part):
    """Press conferences (新闻发布会), online interviews (在线访谈), pieces of policy interpretation (政策解读稿件)."""

    press_conferences: int | None = None
    online_interviews: int | None = None
    interpretations: int | None = None


class Applications(_Part):
    """Requests for information and how they ended."""

    received: int | None = None
    carried_in: int | None = None
    carried_out: int | None = None
    by_channel: list[NamedCount] = Field(default_factory=list)
    handled: int | None = None
    granted: int | None = None
    partially_granted: int | None = None
    refused: int | None = None
    unavailable: int | None = None
    not_processed: int | None = None
    other: int | None = None


class Fees(_Part):
    """Fees for information on request, in yuan."""

    charged: float | None = None
    waived: float | None = None


class Proceedings(_Part):
    """Administrative reconsiderations (行政复议) or lawsuits (行政诉讼) and their results."""

    total: int | None = None
    upheld: int | None = None
    corrected: int | None = None
    other: int | None = None
    pending: int | None = None


class Resources(_Part):
    """People, offices, reading points and money (yuan) for disclosure work."""

    staff: int | None = None
    staff_full_time: int | None = None
    staff_part_time: int | None = None
    offices: int | None = None
    reading_points: int | None = None
    budget: float | None = None


class Training(_Part):
    """Meetings, courses, and people trained."""

    meetings: int | None = None
    sessions: int | None = None
    attendees: int | None = None


class Passage(_Part):
    """A unit of the text: a measure, a shortcoming or a plan."""

    text: str


class Evidence(_Part):
    """The words a value was read from: ``text == source[start:end]``, offsets in characters of the text that was read."""

    start: int
    end: int
    text: str


class Considered(_Part):
    """Another reading of a field that was passed over: its value, its words (``text == source[start:end]``), and why."""

    value: int | float | str | None = None
    start: int
    end: int
    text: str
    why: str


class Origin(_Part):
    """Who decided on a value, and what else was considered.

    Attributes:
        by: ``model`` (the trained components), ``rule`` (the form of the words alone), ``wording`` (the words beside a figure, against or without the model), ``form`` (a printed table);
            ``None`` where readings were considered and none was taken.
        label: the tag it was made of (``ORG``, ``COUNT:disclosed``), or the edition of the form.
        detail: the rule, or the cells of the form, in words.
        cells: of a form, those that the value was read or added up from; paths of the report (``tables.reviews.total``).
        considered: readings passed over, in the order of the text.
    """

    by: Literal["model", "rule", "wording", "form"] | None = None
    label: str | None = None
    detail: str | None = None
    cells: list[str] = Field(default_factory=list)
    considered: list[Considered] = Field(default_factory=list)


class Tag(NamedTuple):
    """A labelled stretch of the text that was read, of one of the groups ``ents``, ``units``, ``facts``, ``names``, ``sections``."""

    start: int
    end: int
    label: str
    group: str


class Check(_Part):
    """An arithmetic relation that the report promises, and whether it holds; ``evidence`` where its sides are no fields of the report."""

    rule: str
    left: float
    right: float
    ok: bool
    evidence: list[Evidence] = Field(default_factory=list)


_ANNEX = "tables.annex."


class _NoSuchPath(KeyError):
    """A path that a report does not have; in words only when somebody reads them, since programs try many paths."""

    def __str__(self) -> str:
        from difflib import get_close_matches

        from gov_ie.fields import FIELDS, find_field

        path = str(self.args[0])
        if find_field(path) is not None:
            return f"{path}: a field of the schema, but this report has no such item"
        if path.startswith("tables."):
            return f"{path}: the printed tables of this report have no such cell, or it is empty"
        near = [known for known in FIELDS if known.endswith(f".{path}")][:3] or get_close_matches(path, list(FIELDS), 3)
        return f"{path}: this report has no such path" + (f"; near: {', '.join(near)}" if near else "")


class Report(_Part):
    """The facts of one annual report, each with its evidence and confidence under the same path."""

    title: str | None = None
    organization: Organization = Field(default_factory=Organization)
    year: int | None = None
    period: Period = Field(default_factory=Period)
    published: str | None = None
    contact: Contact = Field(default_factory=Contact)
    disclosure: Disclosure = Field(default_factory=Disclosure)
    responses: Responses = Field(default_factory=Responses)
    applications: Applications = Field(default_factory=Applications)
    fees: Fees = Field(default_factory=Fees)
    reviews: Proceedings = Field(default_factory=Proceedings)
    litigation: Proceedings = Field(default_factory=Proceedings)
    complaints: int | None = None
    resources: Resources = Field(default_factory=Resources)
    training: Training = Field(default_factory=Training)
    regulations: list[str] = Field(default_factory=list)
    measures: list[Passage] = Field(default_factory=list)
    problems: list[Passage] = Field(default_factory=list)
    improvements: list[Passage] = Field(default_factory=list)
    tables: dict[str, Any] = Field(default_factory=dict)
    checks: list[Check] = Field(default_factory=list)
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    confidence: dict[str, float] = Field(default_factory=dict)
    origins: dict[str, Origin] = Field(default_factory=dict)
    warnings: list[str] = Field(default_factory=list)
    source: dict[str, Any] = Field(default_factory=dict)
    _text: str | None = PrivateAttr(None)
    _tags: list[Tag] = PrivateAttr(default_factory=list)

    @property
    def text(self) -> str | None:
        """The text that was read, into which all offsets point; not part of the JSON, so ``None`` for a report made from it."""
        return self._text

    @property
    def tags(self) -> list[Tag]:
        """The tags of the text, in its order; not part of the JSON."""
        return self._tags

    @property
    def place(self) -> Place:
        """The administrative level of the body and the divisions it belongs to, worked out from its name, the year, the title and the contact details; not part of the JSON."""
        from gov_ie.places import locate

        contact = self.contact
        return locate(self.organization.name or "", year=self.year, hints=[hint for hint in (self.title, contact.address, contact.postcode, contact.website) if hint])

    def keep(self, text: str, tags: list[Tag]) -> None:
        """Keep the text that was read and its tags, to show them and explain values by them."""
        self._text, self._tags = text, tags

    def explain(self, path: str) -> Explanation:
        """Why the value at a path is what it is: its words, who decided, what else was considered, and the checks it takes part in.

        Raises:
            KeyError: there is no such path.
        """
        from gov_ie.explain import explain

        return explain(self, path)

    def __repr__(self) -> str:
        name = self.organization.name or self.source.get("name") or "no body named"
        return f"<Report of {name}, {self.year or 'no year'}: {len(self.evidence)} values, {sum(not check.ok for check in self.checks)} of {len(self.checks)} checks failed>"

    def _repr_html_(self) -> str:
        from gov_ie.show.html import report_html

        return report_html(self)

    def __rich__(self) -> Any:
        from gov_ie.show.terminal import report_renderable

        return report_renderable(self)

    def __eq__(self, other: object) -> bool:
        """Whether two reports say the same; the text that was read, which JSON does not hold, is left out."""
        return self.__dict__ == other.__dict__ if isinstance(other, Report) else NotImplemented

    def get(self, path: str) -> Any:
        """The value at a path such as ``disclosure.by_category[2].count``.

        Raises:
            KeyError: there is no such path.
        """
        if path.startswith(_ANNEX):  # the printed names of its lines hold any character
            if (figure := self.tables.get("annex", {}).get(path.removeprefix(_ANNEX))) is None:
                raise _NoSuchPath(path)
            return figure
        value: Any = self
        for step in path.replace("[", ".[").split("."):
            try:
                value = value[int(step[1:-1])] if step.startswith("[") else value[step] if isinstance(value, dict) else getattr(value, step)
            except (AttributeError, IndexError, KeyError, ValueError) as error:
                raise _NoSuchPath(path) from error
        return value
