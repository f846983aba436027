"""The baseline of :mod:`speed`: a pipeline of the shape of spaCy's small Chinese models, for tokens that gov_ie cut."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from gov_ie.corpus.reports import read_annotated, tidied_annotations, to_doc
from gov_ie.labels import ENTITY_LABELS

ANNOTATIONS = Path(__file__).parent.parent / "annotations"
#: Sizes of the label sets: those of zh_core_web_sm, rounded.
TAGS, DEPENDENCIES, ENTITIES = 35, 40, 18
#: By then the parser takes as long as after any more training (README.md); at the start it takes half as long again.
TRAINING_STEPS, BATCH = 400, 3


def _tok2vec(attrs: str, rows: list[int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": attrs.split(), "rows": rows, "include_static_vectors": False},
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3},
    }


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    shape = {"state_type": state, "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
    return {"@architectures": "spacy.TransitionBasedParser.v2", **shape, "tok2vec": tok2vec}


_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
#: The shape of zh_core_web_sm, without its attribute ruler, which costs next to nothing.
BASELINE: dict[str, Any] = {
    "nlp": {"lang": "zh", "pipeline": ["tok2vec", "tagger", "parser", "ner"], "tokenizer": {"@tokenizers": "spacy.zh.ChineseTokenizer", "segmenter": "char"}},
    "components": {
        "tok2vec": {"factory": "tok2vec", "model": _tok2vec("NORM PREFIX SUFFIX SHAPE SPACY IS_SPACE", [5000, 1000, 2500, 2500, 50, 50])},
        "tagger": {"factory": "tagger", "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}},
        "parser": {"factory": "parser", "min_action_freq": 1, "model": _transitions("parser", _LISTENER)},
        "ner": {"factory": "ner", "model": _transitions("ner", _tok2vec("NORM PREFIX SUFFIX SHAPE", [5000, 1000, 2500, 2500]))},
    },
}


def build_baseline(ours: Language) -> tuple[Language, dict[str, Any]]:
    """A pipeline of the shape of zh_core_web_sm, trained for some steps on pseudo-gold so that its parsers behave as trained ones do.

    Returns:
        the pipeline, and how it does on pseudo-gold: its scores, and how many sentences and entities it finds in a thousand tokens.
    """
    fix_random_seed(0)
    nlp = util.load_model_from_config(BASELINE, auto_fill=True)
    examples = [Example(bare(nlp, gold), gold) for gold in pseudo_gold(ours, nlp)]
    for i in range(TAGS):
        nlp.get_pipe("tagger").add_label(f"T{i}")  # type: ignore[attr-defined]
    for i in range(ENTITIES):
        nlp.get_pipe("ner").add_label(f"E{i}")  # type: ignore[attr-defined]
    held_out, training = examples[::10], [e for i, e in enumerate(examples) if i % 10]
    optimizer = nlp.initialize(lambda: examples)
    shuffle = random.Random(0)
    for _ in range(TRAINING_STEPS):
        nlp.update(shuffle.sample(training, min(BATCH, len(training))), sgd=optimizer, drop=0.1)
    return nlp, _sanity(nlp, held_out)


def _sanity(nlp: Language, examples: list[Example]) -> dict[str, Any]:
    """How the baseline does on pseudo-gold that it was not trained on: a degenerate parser would show here."""
    scores = nlp.evaluate([Example(bare(nlp, e.reference), e.reference) for e in examples])
    docs = [nlp(bare(nlp, e.reference)) for e in examples]
    tokens = sum(map(len, docs)) / 1000
    labels = {name: len(nlp.get_pipe(name).labels) for name in ("tagger", "parser", "ner")}  # type: ignore[attr-defined]
    return {
        "labels": labels,
        "tag_acc": scores["tag_acc"],
        "dep_uas": scores["dep_uas"],
        "ents_f": scores["ents_f"],
        "sentences_per_1000_tokens": {"found": sum(sum(1 for _ in d.sents) for d in docs) / tokens, "gold": sum(sum(1 for _ in e.reference.sents) for e in examples) / tokens},
        "entities_per_1000_tokens": {"found": sum(len(d.ents) for d in docs) / tokens, "gold": sum(len(e.reference.ents) for e in examples) / tokens},
    }


def bare(nlp: Language, doc: Doc) -> Doc:
    """The same tokens without any annotation, in the vocabulary of ``nlp``."""
    return Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])


def pseudo_gold(ours: Language, nlp: Language) -> Iterator[Doc]:
    """Lines of annotated reports, as gov_ie cuts them, with made-up tags and trees and our gold entities.

    A tag is a function of the character. A character depends on the last one of its word, a word on the next one of its clause, a mark on the
    word before it, a clause on the first one of its sentence: left and right arcs, short and long ones, sentences as they are printed.
    """
    entities = {label: f"E{i}" for i, label in enumerate(ENTITY_LABELS)}
    for report in read_annotated(ANNOTATIONS / "train")[::6]:
        gold = to_doc(ours.tokenizer, tidied_annotations(report.content))
        for start, end in _lines(gold):
            tokens = gold[start:end]
            heads, labels, starts = _tree(tokens)
            iob = [f"{t.ent_iob_}-{entities[t.ent_type_]}" if t.ent_type_ in entities else "O" for t in tokens]
            yield Doc(
                nlp.vocab,
                words=[t.text for t in tokens],
                spaces=[bool(t.whitespace_) for t in tokens],
                tags=[f"T{_code(t.text) % TAGS}" for t in tokens],
                heads=heads,
                deps=labels,
                sent_starts=starts,
                ents=["B" + tag[1:] if i == 0 and tag != "O" else tag for i, tag in enumerate(iob)],
            )


def _code(text: str) -> int:
    """A number that depends on the character alone; digits and latin letters share one each."""
    return 1 if text.isdigit() else 2 if text.isascii() and text.isalpha() else sum(map(ord, text))


def _lines(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of 20 to 200 tokens that end with a line or, in a long line, with a sentence."""
    start = 0
    for token in doc:
        long_enough = token.i + 1 - start >= 20
        if long_enough and ("\n" in token.text or (token.text == "。" and token.i - start > 100)):
            if token.i + 1 - start <= 200:
                yield start, token.i + 1
            start = token.i + 1


def _tree(tokens: Any) -> tuple[list[int], list[str], list[bool | int | None]]:
    """Heads, dependency labels and sentence starts of a stretch of tokens."""
    n = len(tokens)
    heads, labels = list(range(n)), ["ROOT"] * n
    starts: list[bool | int | None] = [False] * n
    begin = 0
    while begin < n:
        end = begin
        while end < n and tokens[end].text not in "。！？；" and "\n" not in tokens[end].text:
            end += 1
        end = min(end + 1, n)
        starts[begin] = True
        _sentence(tokens, begin, end, heads, labels)
        begin = end
    return heads, labels, starts


def _sentence(tokens: Any, begin: int, end: int, heads: list[int], labels: list[str]) -> None:
    """Fill in the tree of one sentence."""
    clauses: list[list[int]] = [[]]
    marks = []
    word: list[int] = []
    for i in range(begin, end):
        if not tokens[i].text[0].isalnum():
            marks.append(i)
            if tokens[i].text in "，,；：:、" and clauses[-1]:
                clauses.append([])
            continue
        word.append(i)
        if tokens[i].tag_ in ("E", "S") or i + 1 == end or tokens[i + 1].tag_ in ("B", "S"):
            for part in word[:-1]:
                heads[part], labels[part] = word[-1], f"d{_code(tokens[part].text) % 8}"
            clauses[-1].append(word[-1])
            word = []
    clauses = [c for c in clauses if c]
    root = clauses[0][-1] if clauses else begin
    for clause in clauses:
        for this, following in pairwise(clause):
            heads[this], labels[this] = following, f"d{8 + _code(tokens[this].text) % 16}"
        if clause[-1] != root:
            heads[clause[-1]], labels[clause[-1]] = root, f"d{24 + _code(tokens[clause[-1]].text) % (DEPENDENCIES - 28)}"
    for mark in marks:
        if mark != root:
            before = next((c[-1] for c in reversed(clauses) if c[-1] < mark), root)
            heads[mark], labels[mark] = before, f"d{DEPENDENCIES - 4 + _code(tokens[mark].text) % 3}"
