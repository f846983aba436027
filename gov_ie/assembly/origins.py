"""Who decided on a value: the origins that go with it into the draft."""

from __future__ import annotations

from spacy.tokens import Span

from gov_ie.assembly.statements import Statement
from gov_ie.pipeline.formal import RULE_ID
from gov_ie.report import Origin


def of_entity(entity: Span, detail: str | None = None) -> Origin:
    """The origin of a value that is an entity: the formal rule or the model that found it."""
    return Origin(by="rule" if entity.id_ == RULE_ID else "model", label=entity.label_, detail=detail)


def of_statement(statement: Statement) -> Origin:
    """The origin of a figure: the role that the model gave it, or that the words beside it did."""
    kind = "NULL" if statement.denied else statement.candidate.kind
    return Origin(by="wording" if statement.why else "model", label=f"{kind}:{statement.role}", detail=statement.why or None)


def by_rule(detail: str, label: str | None = None) -> Origin:
    """The origin of a value that the form of the words gives."""
    return Origin(by="rule", label=label, detail=detail)
