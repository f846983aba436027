"""The schema of a report: what :func:`gov_ie.extract` returns, and nothing else.

``None`` is what the report does not say; ``0`` is what it says. Field names and meanings are the contract that other programs rely on.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


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


class Check(_Part):
    """An arithmetic relation that the report promises, and whether it holds; ``evidence`` where its sides are no fields of the report."""

    rule: str
    left: float
    right: float
    ok: bool
    evidence: list[Evidence] = Field(default_factory=list)


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
    warnings: list[str] = Field(default_factory=list)
    source: dict[str, Any] = Field(default_factory=dict)

    def get(self, path: str) -> Any:
        """The value at a path such as ``disclosure.by_category[2].count``.

        Raises:
            KeyError: there is no such path.
        """
        value: Any = self
        for step in path.replace("[", ".[").split("."):
            try:
                value = value[int(step[1:-1])] if step.startswith("[") else value[step] if isinstance(value, dict) else getattr(value, step)
            except (AttributeError, IndexError, KeyError, ValueError) as error:
                raise KeyError(path) from error
        return value
