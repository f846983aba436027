"""The annotated reports: sound in form, within reach of the program, and dev apart from train."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import pytest
from conftest import ANNOTATIONS
from spacy.vocab import Vocab

from gov_ie.corpus.consistency import near_duplicates
from gov_ie.corpus.lint import lint_paths
from gov_ie.corpus.markup import AnnotatedText, format_marked, read_marked
from gov_ie.corpus.reports import AnnotatedReport, read_annotated, tidied_annotations, to_doc
from gov_ie.labels import ENTITY_LABELS, FACTS_KEY, FIGURE_LABELS, NAME_LABELS, NULL_LABEL, ROLES, UNIT_LABELS
from gov_ie.pipeline.contexts import fact_suggester, unit_suggester
from gov_ie.pipeline.layout import analyse
from gov_ie.pipeline.tokenizer import PkusegTokenizer
from gov_ie.report import Report

DEV_FACTS = sorted((ANNOTATIONS / "dev").glob("*.facts.json"))


@cache
def _reports(part: str) -> list[AnnotatedReport]:
    return read_annotated(ANNOTATIONS / part)


@cache
def _tidied() -> list[tuple[str, AnnotatedText]]:
    return [(r.name, tidied_annotations(r.content)) for part in ("train", "dev") for r in _reports(part)]


def test_there_are_enough() -> None:
    assert len(_reports("train")) >= 60
    assert len(_reports("dev")) >= 12


def test_the_corpus_lints_without_errors() -> None:
    found, number = lint_paths([ANNOTATIONS])
    assert number == len(_reports("train")) + len(_reports("dev"))
    assert [f"{path.name}:{f.line}:{f.column}: {f.message}" for path, f in found if f.level == "error"] == []


def test_every_file_is_written_as_it_is_read() -> None:
    """Parsing and writing gives the file back, so that tools may rewrite it."""
    changed = [r.name for part in ("train", "dev") for r in _reports(part) if format_marked(r.content.text, r.content.annotations) != read_marked(r.path)]
    assert changed == []


@pytest.mark.parametrize("part", ["train", "dev"])
@pytest.mark.parametrize("label", [*ENTITY_LABELS, *UNIT_LABELS, *NAME_LABELS, NULL_LABEL])
def test_every_label_occurs(part: str, label: str) -> None:
    assert any(r.content.of([label]) for r in _reports(part))


def test_every_role_is_taught() -> None:
    taught = Counter(role for r in _reports("train") for a in r.content.annotations for role in a.roles)
    assert {role for role in ROLES if taught[role] < 3} == set()


def test_the_suggester_proposes_every_gold_unit() -> None:
    missed = [f"{name}: {t.text[a.start : a.end][:40]}" for name, t in _tidied() for a in t.of(UNIT_LABELS) if (a.start, a.end) not in set(analyse(t.text).units)]
    assert missed == []


def test_the_candidates_hold_nearly_every_figure_with_a_role() -> None:
    figures = [(name, t, a) for name, t in _tidied() for a in t.of(FIGURE_LABELS) if a.roles]
    missed = [f"{name}: {t.text[a.start : a.end]!r}" for name, t, a in figures if not any((c.start, c.end) == (a.start, a.end) for c in analyse(t.text).candidates)]
    assert len(missed) <= 0.01 * len(figures), missed


def test_the_candidates_hold_nearly_every_denial() -> None:
    denials = [(name, t, a) for name, t in _tidied() for a in t.of([NULL_LABEL])]
    missed = [f"{name}: {t.text[a.start : a.end]!r}" for name, t, a in denials if not any(c.kind == "NULL" and c.start < a.end and a.start < c.end for c in analyse(t.text).candidates)]
    assert len(missed) <= 0.02 * len(denials), missed


def test_the_tokenizer_cuts_at_the_borders_of_entities() -> None:
    tokenizer = PkusegTokenizer(Vocab())
    misaligned: list = []
    for _, content in _tidied():
        to_doc(tokenizer, content, misaligned=misaligned)
    total = sum(len(t.of(ENTITY_LABELS)) for _, t in _tidied())
    assert len([a for a in misaligned if a.label in ENTITY_LABELS]) <= 0.005 * total, misaligned[:20]


def test_the_span_suggesters_propose_what_is_to_be_learned() -> None:
    tokenizer = PkusegTokenizer(Vocab())
    docs = [to_doc(tokenizer, content) for _, content in _tidied()[::8]]
    for suggest, key in ((unit_suggester(), "units"), (fact_suggester(), FACTS_KEY)):
        proposed = suggest(docs)
        at, gold, hit = 0, 0, 0
        for doc, n in zip(docs, proposed.lengths, strict=True):
            offsets = {tuple(map(int, row)) for row in proposed.dataXd[at : at + int(n)]}
            at += int(n)
            spans = {(s.start, s.end) for s in doc.spans[key]}
            gold, hit = gold + len(spans), hit + len(spans & offsets)
        assert gold > 100
        assert hit >= 0.99 * gold


def _stem(name: str) -> str:
    return re.sub(r"^[a-z]+\d+-|-\d{4}$", "", name)


def _issuer(report: AnnotatedReport) -> str:
    first = report.content.of(["ORG"])[0]
    return re.sub(r"\s", "", report.content.text[first.start : first.end])


def test_no_issuer_of_dev_is_in_train() -> None:
    assert {_stem(r.name) for r in _reports("dev")} & {_stem(r.name) for r in _reports("train")} == set()
    assert {_issuer(r) for r in _reports("dev")} & {_issuer(r) for r in _reports("train")} == set()


def test_no_dev_report_is_like_one_of_train() -> None:
    assert [f"{path.name}: {f.message}" for path, f in near_duplicates([*_reports("train"), *_reports("dev")])] == []


def test_dev_shares_hardly_a_sentence_with_train() -> None:
    def sentences(part: str) -> list[str]:
        return [s for r in _reports(part) for s in re.split(r"[。；\n]", re.sub(r"[ \u3000]", "", r.content.text)) if len(s) >= 20]

    known = set(sentences("train"))
    dev = sentences("dev")
    shared = [s for s in dev if s in known]
    assert len(shared) <= 0.02 * len(dev), shared[:5]


def test_every_dev_report_has_its_facts() -> None:
    assert [f.name.removesuffix(".facts.json") for f in DEV_FACTS] == [r.name for r in _reports("dev")]


@pytest.mark.parametrize("file", DEV_FACTS, ids=lambda f: f.name.split("-")[0])
def test_the_facts_fit_the_schema_and_the_text(file) -> None:  # type: ignore[no-untyped-def]
    facts = Report.model_validate(json.loads(file.read_text(encoding="utf-8")))
    text = re.sub(r"\s", "", next(r for r in _reports("dev") if r.name == file.name.removesuffix(".facts.json")).content.text)
    assert facts.organization.name
    assert facts.organization.name in text
    assert facts.year is not None
    for name in facts.regulations:
        assert name in text, name
    for item in (*facts.disclosure.by_channel, *facts.applications.by_channel, *facts.disclosure.by_category):
        assert item.name in text, item.name
    for value in (facts.contact.phone, facts.contact.email, facts.contact.website, facts.contact.postcode):
        assert value is None or value in text
