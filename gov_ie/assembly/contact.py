"""Contact details that the report gives its readers."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from gov_ie.assembly.draft import Draft
from gov_ie.assembly.origins import of_entity

_FIELDS = {"ADDRESS": "address", "POSTCODE": "postcode", "PHONE": "phone", "FAX": "fax", "EMAIL": "email"}
_FOR_READERS = re.compile(r"下载|电子版|全文|网址|网页|本报告|年度报告|年报|疑问|联系(?:方式|地址|电话|人)|查阅本|(?:电\s?话|传\s?真|邮\s?编|地\s?址|邮政编码)[：:\s]")
#: A link to a single page, as crawlers put it before a report; characters of the text that are its head.
_PAGE = re.compile(r"\.s?html?$|/\d{4,}|art_|content_")
_HEAD = 300
_PLACES_OF_PUBLICATION = re.compile(r"公开形式|公开渠道|主要形式")


def read_contact(draft: Draft, doc: Doc) -> None:
    """Fill ``contact``: the first of each kind; a site counts when the words around it are for the reader of the report."""
    for entity in doc.ents:
        if entity.label_ in _FIELDS:
            draft.put(f"contact.{_FIELDS[entity.label_]}", re.sub(r"\s+", "", entity.text), entity.start_char, entity.end_char, 0.9, origin=of_entity(entity))
        elif entity.label_ == "URL":
            line = draft.text[draft.text.rfind("\n", 0, entity.start_char) + 1 : entity.end_char + 30]
            around = line[-130:]
            before = draft.text[max(0, entity.start_char - 260) : entity.start_char]
            if entity.start_char < _HEAD and _PAGE.search(entity.text):
                continue  # a crawler's link to the page itself
            if not _FOR_READERS.search(around) or _PLACES_OF_PUBLICATION.search(before):
                draft.pass_over("contact.website", re.sub(r"\s+", "", entity.text), entity.start_char, entity.end_char, "named as a place of publication, not for the report's readers")
            else:
                draft.put("contact.website", re.sub(r"\s+", "", entity.text), entity.start_char, entity.end_char, 0.8, origin=of_entity(entity))
