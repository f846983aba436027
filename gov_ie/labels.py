"""The label sets: entities, units, roles of figures, and the report field that each role fills."""

from __future__ import annotations

ENTITY_LABELS = (
    "ORG", "YEAR", "DATE", "COUNT", "PERCENT", "MONEY", "REGULATION",
    "ADDRESS", "POSTCODE", "PHONE", "FAX", "EMAIL", "URL",
)  # fmt: skip
UNIT_LABELS = ("MEASURE", "PROBLEM", "IMPROVEMENT")
NAME_LABELS = ("CATEGORY", "CHANNEL", "ROUTE")
NULL_LABEL = "NULL"

#: What a figure can count → the field of the report that it fills.  ``[]`` marks a list whose items carry a name.
ROLE_FIELDS = {
    "disclosed": "disclosure.total",
    "disclosed_cumulative": "disclosure.cumulative",
    "electronic_rate": "disclosure.electronic_rate",
    "category": "disclosure.by_category[]",
    "channel": "disclosure.by_channel[]",
    "press_conferences": "responses.press_conferences",
    "online_interviews": "responses.online_interviews",
    "interpretations": "responses.interpretations",
    "received": "applications.received",
    "carried_in": "applications.carried_in",
    "carried_out": "applications.carried_out",
    "route": "applications.by_channel[]",
    "handled": "applications.handled",
    "granted": "applications.granted",
    "partially_granted": "applications.partially_granted",
    "refused": "applications.refused",
    "unavailable": "applications.unavailable",
    "not_processed": "applications.not_processed",
    "other_outcome": "applications.other",
    "fees_charged": "fees.charged",
    "fees_waived": "fees.waived",
    "reviews": "reviews.total",
    "reviews_upheld": "reviews.upheld",
    "reviews_corrected": "reviews.corrected",
    "reviews_other": "reviews.other",
    "reviews_pending": "reviews.pending",
    "lawsuits": "litigation.total",
    "lawsuits_upheld": "litigation.upheld",
    "lawsuits_corrected": "litigation.corrected",
    "lawsuits_other": "litigation.other",
    "lawsuits_pending": "litigation.pending",
    "complaints": "complaints",
    "staff": "resources.staff",
    "staff_full_time": "resources.staff_full_time",
    "staff_part_time": "resources.staff_part_time",
    "offices": "resources.offices",
    "reading_points": "resources.reading_points",
    "budget": "resources.budget",
    "meetings": "training.meetings",
    "training_sessions": "training.sessions",
    "trainees": "training.attendees",
}
ROLES = tuple(ROLE_FIELDS)
FIGURE_LABELS = ("COUNT", "PERCENT", "MONEY")

#: Prefix of the label of a clause that denies what the role counts.
DENIED = "no_"

#: Keys of ``doc.spans``.
UNITS_KEY = "units"
FACTS_KEY = "facts"
NAMES_KEY = "names"
SECTIONS_KEY = "sections"
