"""Scores on annotated reports: per label and per field; model alone, rules alone, together; gains and losses by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from gov_ie.corpus.reports import AnnotatedReport, expected_facts, gold_facts, read_annotated, tidied_annotations
from gov_ie.labels import FACTS_KEY, UNIT_LABELS, UNITS_KEY
from gov_ie.pipeline.layout import Layout, analyse
from gov_ie.training.calibrate import judge
from gov_ie.training.reliability import cross_validated, format_reliability, reliability
from gov_ie.training.scoring import Tally, field_items

WAYS = ("model", "rules", "together")


def score_annotations(nlp: Language, folder: Path, *, items: dict[str, set[str]] | None = None) -> dict[str, Any]:
    """Score a finished pipeline on a folder of annotated reports.

    Args:
        nlp: the pipeline with its rules and its assembler.
        folder: annotated reports; ``NAME.facts.json`` beside them holds their expected facts.
        items: a mapping that takes, under ``"wrong"``, every miss and surplus of the whole pipeline by name.

    Returns:
        way → ``{"entities", "units", "facts", "fields"}`` → label → precision, recall, F1; and ``"coverage"``: the share of gold units and
        facts that the suggesters propose.
    """
    reports = read_annotated(folder)
    wrong = items.setdefault("wrong", set()) if items is not None else set()
    result: dict[str, Any] = {"coverage": _coverage(reports)}
    for way in WAYS:
        with _only(nlp, way):
            result[way] = _score(nlp, reports, way, wrong if way == "together" else set())
    return result


def _score(nlp: Language, reports: list[AnnotatedReport], way: str, wrong: set[str]) -> dict[str, Any]:
    tallies = {kind: Tally() for kind in ("entities", "units", "facts", "fields")}
    for report in reports:
        content = tidied_annotations(report.content)
        doc = nlp(content.text)
        gold = {
            "entities": {(a.start, a.end, a.label) for a in content.entities()},
            "units": {(a.start, a.end, a.label) for a in content.of(UNIT_LABELS)},
            "facts": set(gold_facts(content)),
        }
        found = {"entities": {(e.start_char, e.end_char, e.label_) for e in doc.ents}, "units": _spans(doc, UNITS_KEY), "facts": _spans(doc, FACTS_KEY)}
        if way == "rules":
            found |= {"units": rule_units(analyse(doc.text)), "facts": set()}
        for kind, expected in gold.items():
            tallies[kind].add_labelled(expected, found[kind])
            wrong.update(f"{report.name}: missed {label} {content.text[s:e]!r} at {s}" for s, e, label in expected - found[kind])
            wrong.update(f"{report.name}: surplus {label} {content.text[s:e]!r} at {s}" for s, e, label in found[kind] - expected)
        facts = expected_facts(report)
        if facts is not None:
            _score_fields(report.name, facts, doc, tallies["fields"], wrong)
    return {kind: tally.table() for kind, tally in tallies.items()}


def _score_fields(name: str, facts: dict[str, Any], doc: Doc, tally: Tally, wrong: set[str]) -> None:
    predicted = field_items(doc._.report_data or {})
    for group, expected in field_items(facts).items():
        tally.add(group, expected, predicted[group])
        wrong.update(f"{name}: missed {path} = {value}" for path, value in expected - predicted[group])
        wrong.update(f"{name}: surplus {path} = {value}" for path, value in predicted[group] - expected)


def _spans(doc: Doc, key: str) -> set[tuple[int, int, str]]:
    return {(s.start_char, s.end_char, s.label_) for s in doc.spans.get(key, [])}


def rule_units(layout: Layout) -> set[tuple[int, int, str]]:
    """What rules alone would say of units: the heading decides. The measure for what the trained classifier adds."""
    kinds = {"problems": "PROBLEM", "improvements": "IMPROVEMENT"}
    sentences = [(s, e) for s, e in layout.units if layout.text[e : e + 1] in "。；;！" and layout.text[e : e + 1]]
    return {(s, e, kinds.get(layout.kind_at(s), "MEASURE")) for s, e in sentences}


@contextmanager
def _only(nlp: Language, way: str) -> Iterator[None]:
    """The pipeline as it is, without its formal rules, or without its trained components."""
    off = {"model": ["formal"], "rules": ["tok2vec", "ner", "units", "facts"], "together": []}[way]
    with nlp.select_pipes(disable=[name for name in off if name in nlp.pipe_names]):
        yield


def _coverage(reports: list[AnnotatedReport]) -> dict[str, float]:
    """The share of gold units and role figures that the suggesters propose."""
    hits, gold = Counter(), Counter()  # type: ignore[var-annotated]
    for report in reports:
        content = tidied_annotations(report.content)
        layout = analyse(content.text)
        figures = {(c.start, c.end) for c in layout.candidates}
        for kind, wanted, proposed in (
            ("units", {(a.start, a.end) for a in content.of(UNIT_LABELS)}, set(layout.units)),
            ("facts", {(s, e) for s, e, _ in gold_facts(content)}, figures),
        ):
            hits[kind] += len(wanted & proposed)
            gold[kind] += len(wanted)
    return {kind: round(hits[kind] / gold[kind], 4) if gold[kind] else 1.0 for kind in gold}


def format_scores(scores: dict[str, Any]) -> str:
    """The scores as a table: F1 for model, rules and together, then precision and recall together."""
    lines = [f"suggester coverage: units {scores['coverage']['units']:.4f}, facts {scores['coverage']['facts']:.4f}"]
    for kind in ("entities", "units", "facts", "fields"):
        lines.append(f"\n{kind:24}{'model':>8}{'rules':>8}{'both':>8}{'P':>8}{'R':>8}{'gold':>7}")
        for label, row in scores["together"][kind].items():
            model, rules = (scores[way][kind].get(label, {"f": 0.0})["f"] for way in ("model", "rules"))
            lines.append(f"  {label:22}{model:8.3f}{rules:8.3f}{row['f']:8.3f}{row['p']:8.3f}{row['r']:8.3f}{row['gold']:7}")
    return "\n".join(lines)


def evaluate_command(folder: Path, model: Path | None, record: Path | None, *, update: bool = False) -> None:
    """What ``gov-ie evaluate`` does: print the scores, and what was gained and lost against the result in ``record``."""
    from gov_ie.api import load

    items: dict[str, set[str]] = {}
    nlp = load(model)
    scores = score_annotations(nlp, folder, items=items)
    print(format_scores(scores))
    if nlp.has_pipe("report"):
        scores["confidence"] = reliability(cross_validated(judge(nlp, folder)))
        print(f"\n{format_reliability(scores['confidence'])}")
    if record is not None and record.is_file():
        before = set(json.loads(record.read_text(encoding="utf-8"))["wrong"])
        print(f"\ngained (wrong before, right now): {len(before - items['wrong'])}")
        print(*(f"  + {line}" for line in sorted(before - items["wrong"])), sep="\n")
        print(f"lost (right before, wrong now): {len(items['wrong'] - before)}")
        print(*(f"  - {line}" for line in sorted(items["wrong"] - before)), sep="\n")
    if update and record is not None:
        record.write_text(json.dumps({"scores": scores, "wrong": sorted(items["wrong"])}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"\nstored in {record}")
