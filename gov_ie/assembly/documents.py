"""The laws, rules and other documents that a report names in 《》."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from gov_ie.assembly.draft import Draft
from gov_ie.assembly.origins import of_entity

_SHORT = re.compile(r"^(?:新|新修订的|修订后的|新修订)?(?:条例|规定|办法|意见|通知|要点|方案|细则|决定|指南|目录|信息公开条例|政府信息公开条例|公开条例|实施意见|实施办法|实施细则|纲要|规范|制度|规划|新条例|国务院条例|省办法|省规定|市规定|法)$")
_DEFINED = re.compile(r"(?:以下|下|下文|后文|下面)?(?:统)?(?:简称|称为|称)[：:]?\s?[“\"]?$")


def read_regulations(draft: Draft, doc: Doc) -> None:
    """Fill ``regulations``: every document once, in order of first mention, without short names of documents named in full."""
    found: dict[str, Span] = {}
    defined: set[str] = set()
    for entity in doc.ents:
        if entity.label_ != "REGULATION" or not entity.text.startswith("《"):
            continue
        name = re.sub(r"\s+", "", entity.text)[1:].removesuffix("》")
        if _DEFINED.search(draft.text[max(0, entity.start_char - 8) : entity.start_char]):
            defined.add(name)
        if name:
            found.setdefault(name, entity)
    for name, entity in found.items():
        longer = any(other != name and other.endswith(name) for other in found)
        if name in defined or (_SHORT.match(name) and (longer or len(name) <= 4)):
            draft.pass_over("regulations", name, entity.start_char, entity.end_char, "a short name")
            continue
        draft.add("regulations", {"name": name}, {"": (entity.start_char, entity.end_char)}, 0.95, origin=of_entity(entity))
