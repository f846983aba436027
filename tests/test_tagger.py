"""The tagger of stretches: legal sequences, scores, names carried over within a document, entities and groups of spans."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Model, fix_random_seed

from gov_ie.pipeline.tagger import SCORES_KEY, SequenceTagger
from gov_ie.pipeline.tokenizer import PkusegTokenizer

LABELS = ("ORG", "DATE")
BLANK = spacy.blank("zh")
BLANK.tokenizer = PkusegTokenizer(BLANK.vocab)


def tagger(**settings: Any) -> SequenceTagger:
    made = SequenceTagger(BLANK.vocab, Model("none", lambda model, docs, is_train: ([], lambda d: d)), **settings)
    for label in LABELS:
        made.add_label(label)
    return made


def is_legal(tags: list[str]) -> bool:
    """Read off the definition of BILUO, tag by tag."""
    inside = None
    for tag in tags:
        prefix, label = tag[0], tag[2:]
        if (prefix in "IL") != (inside is not None) or (prefix in "IL" and label != inside):
            return False
        inside = label if prefix in "BI" else None
    return inside is None


def random_probabilities(seed: int, length: int, sharpness: float, width: int) -> np.ndarray:
    raw = np.exp(sharpness * np.random.default_rng(seed).standard_normal((length, width)))
    return (raw / raw.sum(axis=1, keepdims=True)).astype("f")


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.sampled_from([0.3, 1.0, 3.0, 8.0]))
def test_what_is_decoded_is_always_legal(seed: int, length: int, sharpness: float) -> None:
    here = tagger()
    probabilities = random_probabilities(seed, length, sharpness, len(here.tags))
    best, scores = here._decode(probabilities)
    assert len(best) == len(scores) == length
    assert is_legal([here.tags[i] for i in best])
    assert np.array_equal(scores, probabilities[np.arange(length), best])


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_what_is_decoded_is_the_likeliest_legal_sequence(seed: int, length: int) -> None:
    here = tagger()
    probabilities = random_probabilities(seed, length, 0.7, len(here.tags))
    best, _ = here._decode(probabilities)
    legal = [row for row in itertools.product(range(len(here.tags)), repeat=length) if is_legal([here.tags[i] for i in row])]
    assert np.log(probabilities[np.arange(length), best]).sum() == pytest.approx(max(np.log(probabilities[np.arange(length), row]).sum() for row in legal), abs=1e-4)


@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_a_legal_sequence_of_likeliest_tags_stays_as_it_is(seed: int, length: int) -> None:
    here, rng = tagger(), np.random.default_rng(seed)
    tags: list[str] = []
    while len(tags) < length:
        label = LABELS[rng.integers(2)]
        tags += [["O"], [f"U-{label}"], [f"B-{label}", f"L-{label}"], [f"B-{label}", f"I-{label}", f"I-{label}", f"L-{label}"]][rng.integers(4)]
    wanted = [here.tags.index(tag) for tag in tags]
    probabilities = random_probabilities(seed, len(tags), 1.0, len(here.tags))
    probabilities[np.arange(len(tags)), wanted] += 1.0
    assert here._decode(probabilities)[0].tolist() == wanted


def test_an_entity_cut_short_by_a_sure_neighbour_is_closed_before_it() -> None:
    here = tagger()
    probabilities = np.full((4, len(here.tags)), 0.001, dtype="f")
    for i, tag in enumerate(["B-ORG", "I-ORG", "O", "O"]):
        probabilities[i, here.tags.index(tag)] = 0.95
    assert [here.tags[i] for i in here._decode(probabilities)[0]] == ["B-ORG", "L-ORG", "O", "O"]


def annotated(text: str, found: list[tuple[str, str, float]], *, preset: tuple[str, str] | None = None, **settings: Any) -> Doc:
    """``text`` with its entities as the tagger sets them, when the model tags the ``found`` words (in their order) so likely."""
    here, doc = tagger(**settings), BLANK.make_doc(text)
    if preset is not None:
        start = text.index(preset[1])
        doc.set_ents([doc.char_span(start, start + len(preset[1]), label=preset[0])])
    tags, scores, at = np.zeros(len(doc), dtype="i"), np.ones(len(doc), dtype="f"), 0
    for label, words, score in found:
        start = text.index(words, at)
        at = start + len(words)
        span = doc.char_span(start, at)
        prefixes = "U" if len(span) == 1 else f"B{'I' * (len(span) - 2)}L"
        tags[span.start : span.end] = [here.tags.index(f"{prefix}-{label}") for prefix in prefixes]
        scores[span.start : span.end] = score
    here.set_annotations([doc], [(tags, scores)])
    return doc


def seen(spans: Any) -> list[tuple[int, str, str]]:
    return [(s.start_char, s.text, s.label_) for s in spans]


BUREAU = "平川县水利局"


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        pytest.param(f"{BUREAU}发文，{BUREAU}存档。", [("ORG", BUREAU, 0.95)], [(0, BUREAU), (9, BUREAU)], id="a sure name is carried to its other mention"),
        pytest.param(f"报{BUREAU}，由{BUREAU}存档。", [("ORG", BUREAU, 0.85)], [(1, BUREAU)], id="an unsure one is not"),
        pytest.param("县府发文，县府存档。", [("ORG", "县府", 0.99)], [(0, "县府")], id="nor one of two characters"),
        pytest.param("县政府发文，县政府采购。", [("ORG", "县政府", 0.99)], [(0, "县政府")], id="nor a body by its level, which other words begin with"),
        pytest.param(f"{BUREAU}发文，{BUREAU}存档。", [("ORG", BUREAU, 0.95), ("ORG", "水利局", 0.7)], [(0, BUREAU), (9, BUREAU)], id="a fragment gives way to the whole name"),
        pytest.param(f"{BUREAU}发文，{BUREAU}办公室存档。", [("ORG", BUREAU, 0.95), ("ORG", f"{BUREAU}办公室", 0.7)], [(0, BUREAU), (9, f"{BUREAU}办公室")], id="a longer name stands"),
        pytest.param(f"{BUREAU}发文，由{BUREAU}存档。", [("ORG", BUREAU, 0.95), ("ORG", f"由{BUREAU}", 0.7)], [(0, BUREAU), (10, BUREAU)], id="one stray character before a name falls"),
        pytest.param("临川县云溪镇发文，云溪镇存档。", [("ORG", "临川县云溪镇", 0.95)], [(0, "临川县云溪镇"), (9, "云溪镇")], id="a town's own name is known from the full one"),
        pytest.param("5月上旬发文，5月上旬存档。", [("DATE", "5月上旬", 0.99)], [(0, "5月上旬")], id="other labels are not carried"),
        pytest.param(f"{BUREAU}在{BUREAU}", [("ORG", BUREAU, 0.95), ("DATE", BUREAU, 0.95)], [(0, BUREAU), (7, BUREAU)], id="nor over something else as long"),
        pytest.param(f"{BUREAU}发文，会议在水利局。", [("ORG", BUREAU, 0.95)], [(0, BUREAU)], id="nor part of the name"),
    ],
)
def test_consistent_names(text: str, found: list[tuple[str, str, float]], expected: list[tuple[int, str]]) -> None:
    assert [row[:2] for row in seen(annotated(text, found, consistent=["ORG"]).ents)] == expected


def test_without_consistency_nothing_is_carried_over() -> None:
    assert seen(annotated(f"{BUREAU}发文，{BUREAU}存档。", [("ORG", BUREAU, 0.95)]).ents) == [(0, BUREAU, "ORG")]


def test_longer_names_are_carried_first() -> None:
    text = f"{BUREAU}发文，{BUREAU}办公室校对，{BUREAU}办公室存档。"
    doc = annotated(text, [("ORG", BUREAU, 0.99), ("ORG", f"{BUREAU}办公室", 0.95)], consistent=["ORG"])
    assert [e.text for e in doc.ents] == [BUREAU, f"{BUREAU}办公室", f"{BUREAU}办公室"]


@pytest.mark.parametrize(("least", "left"), [(0.0, ["5月上旬", BUREAU, "7月上旬"]), (0.6, ["5月上旬", BUREAU]), (0.9, [BUREAU]), (1.0, [])])
def test_entities_below_the_least_score_are_dropped(least: float, left: list[str]) -> None:
    doc = annotated(f"5月上旬{BUREAU}，7月上旬", [("DATE", "5月上旬", 0.7), ("ORG", BUREAU, 0.95), ("DATE", "7月上旬", 0.5)], min_score=least)
    assert [e.text for e in doc.ents] == left
    assert [s.text for s in doc.spans[SCORES_KEY]] == left


def test_scores_stand_beside_the_entities() -> None:
    doc = annotated(f"{BUREAU}发文，{BUREAU}存档，5月上旬", [("ORG", BUREAU, 0.95), ("DATE", "5月上旬", 0.7)], consistent=["ORG"])
    assert seen(doc.spans[SCORES_KEY]) == seen(doc.ents)
    assert doc.spans[SCORES_KEY].attrs["scores"].tolist() == pytest.approx([0.95, 0.95, 0.7])


def test_entities_set_before_stay() -> None:
    doc = annotated(f"《{BUREAU}指南》，{BUREAU}", [("ORG", BUREAU, 0.95), ("ORG", BUREAU, 0.95)], preset=("REGULATION", f"《{BUREAU}指南》"), consistent=["ORG"])
    assert seen(doc.ents) == [(0, f"《{BUREAU}指南》", "REGULATION"), (11, BUREAU, "ORG")]


def test_with_a_key_the_spans_go_to_their_group_and_entities_are_left_alone() -> None:
    doc = annotated(f"{BUREAU}，5月上旬", [("ORG", BUREAU, 0.9), ("DATE", "5月上旬", 0.8)], preset=("ORG", BUREAU), spans_key="names")
    assert seen(doc.spans["names"]) == [(0, BUREAU, "ORG"), (7, "5月上旬", "DATE")]
    assert doc.spans["names"].attrs["scores"].tolist() == pytest.approx([0.9, 0.8])
    assert seen(doc.ents) == [(0, BUREAU, "ORG")]
    assert SCORES_KEY not in doc.spans


SENTENCES = [("平川县水利局公开信息", (0, 6)), ("临川县教育局答复申请", (0, 6)), ("由平川县财政局受理", (1, 7)), ("信息公开工作", None)]


@pytest.mark.parametrize("spans_key", [None, "names"])
def test_a_tagger_learns(spans_key: str | None) -> None:
    fix_random_seed(0)
    nlp = spacy.blank("zh")
    nlp.tokenizer = PkusegTokenizer(nlp.vocab)
    component = nlp.add_pipe("gov_ie_tagger", config={"spans_key": spans_key})
    examples = []
    for text, place in SENTENCES:
        gold = nlp.make_doc(text)
        spans = [] if place is None else [Span(gold, *place, label="ORG")]
        gold.set_ents(spans)
        gold.spans["names"] = spans
        examples.append(Example(nlp.make_doc(text), gold))
    optimizer = nlp.initialize(lambda: examples)
    assert component.labels == ("ORG",)
    assert component.tags == ["O", "B-ORG", "I-ORG", "L-ORG", "U-ORG"]
    losses = [nlp.update(examples, sgd=optimizer)["gov_ie_tagger"] for _ in range(60)]
    assert losses[-1] < 0.1 * losses[0]
    for text, place in SENTENCES:
        doc = nlp(text)
        assert [(s.start, s.end) for s in (doc.ents if spans_key is None else doc.spans["names"])] == ([] if place is None else [place])
    scores = nlp.evaluate([Example(nlp.make_doc(e.reference.text), e.reference) for e in examples])
    assert scores["ents_f" if spans_key is None else "spans_names_f"] == 1.0


def test_tokens_whose_tag_is_unknown_teach_nothing() -> None:
    here = tagger()
    gold = BLANK.make_doc("平川县水利局公开")
    gold.set_ents([Span(gold, 0, 6, label="ORG")], missing=[gold[6:8]])
    scores = random_probabilities(0, len(gold), 1.0, len(here.tags))
    loss, (gradient,) = here.get_loss([Example(BLANK.make_doc(gold.text), gold)], [scores])
    wanted = [here.tags.index(f"{p}-ORG") for p in "BIIIIL"]
    assert loss == pytest.approx(-np.log(scores[np.arange(6), wanted]).sum(), rel=1e-4)
    assert not gradient[6:].any()
    assert (gradient[np.arange(6), wanted] < 0).all()


def test_documents_without_tokens() -> None:
    here = tagger()
    empty = BLANK.make_doc("")
    ((tags, scores),) = here.predict([empty])
    here.set_annotations([empty], [(tags, scores)])
    assert (len(tags), len(scores), empty.ents) == (0, 0, ())
    assert here.update([Example(empty, empty)]) == {"ner": 0.0}
