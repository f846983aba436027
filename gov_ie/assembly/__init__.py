"""The post-processor: tags → fields. Tags nothing itself."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from gov_ie.assembly.contact import read_contact
from gov_ie.assembly.documents import read_regulations
from gov_ie.assembly.draft import Draft
from gov_ie.assembly.header import read_header
from gov_ie.assembly.statements import read_statements, score_at
from gov_ie.assembly.topics import Names, read_categories, read_channels, read_figures
from gov_ie.labels import UNITS_KEY
from gov_ie.pipeline.layout import analyse
from gov_ie.report import Origin, Report

__all__ = ["assemble"]

_PROSE = {"MEASURE": "measures", "PROBLEM": "problems", "IMPROVEMENT": "improvements"}


def assemble(doc: Doc) -> Report:
    """Assemble the tags of a document into a report; evidence offsets are characters of ``doc.text``."""
    layout = analyse(doc.text)
    draft = Draft(layout.text)
    read_header(draft, doc, layout)
    read_contact(draft, doc)
    statements, rejected = read_statements(doc, layout)
    read_figures(draft, statements, rejected)
    found = Names(doc, layout)
    read_categories(draft, layout, found, statements)
    read_channels(draft, layout, found, statements)
    read_regulations(draft, doc)
    _read_prose(draft, doc)
    return draft.report()


def _read_prose(draft: Draft, doc: Doc) -> None:
    group = doc.spans.get(UNITS_KEY)
    if group is None:
        return
    scores = group.attrs.get("scores")
    for i, span in sorted(enumerate(group), key=lambda row: row[1].start):
        text = re.sub(r"\s+", "", span.text)
        score = score_at(scores, i)
        draft.add(_PROSE[span.label_], {"text": text}, {"text": (span.start_char, span.end_char)}, score, origin=Origin(by="model", label=span.label_))
