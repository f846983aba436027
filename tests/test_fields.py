"""The names of the fields: one entry for every field of the schema, in its order."""

from __future__ import annotations

import re

import pytest

from gov_ie.export.frame import scalar_fields
from gov_ie.fields import _TERMS, ABOUT, FIELDS, find_field, schema_paths
from gov_ie.report import Report


def test_every_field_of_the_schema_has_an_entry_and_there_are_no_others() -> None:
    assert list(schema_paths()) == list(FIELDS)
    assert set(_TERMS) == set(FIELDS)
    assert {path.partition(".")[0].removesuffix("[]") for path in FIELDS} | set(ABOUT) >= set(Report.model_fields)


@pytest.mark.parametrize("path", FIELDS)
def test_an_entry_has_a_chinese_term_and_an_english_meaning(path: str) -> None:
    field = FIELDS[path]
    assert field.path == path
    assert re.fullmatch(r"[\u4e00-\u9fff]+", field.term)
    assert re.fullmatch(r"[a-z][ -~]+", field.meaning)


def test_figures_have_a_unit_and_words_have_none() -> None:
    kinds = scalar_fields()
    assert [path for path, kind in kinds.items() if kind != "str" and not FIELDS[path].unit] == ["year"]
    assert {path for path, kind in kinds.items() if kind == "str" and FIELDS[path].unit} == {"period.start", "period.end", "published"}


def test_no_term_stands_for_two_values() -> None:
    terms = [FIELDS[path].term for path in scalar_fields()]
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(
    ("path", "term"),
    [
        ("disclosure.total", "主动公开政府信息数"), ("disclosure.by_category[12].percent", "类别占比"), ("applications.by_channel[0]", "按申请渠道"), ("measures[3].text", "措施"),
        ("regulations[0]", "文件依据"), ("litigation.pending", "行政诉讼尚未审结"), ("disclosure", "主动公开"), ("tables.reviews.total", None), ("disclosure.sum", None), ("", None),
    ],
)  # fmt: skip
def test_a_path_with_places_in_lists_is_found(path: str, term: str | None) -> None:
    field = find_field(path)
    assert (field.term if field else None) == term
