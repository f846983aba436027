"""A tagger of stretches (entities, or names beside figures) that scores every token and decodes the best legal sequence.

Each token gets a distribution over BILUO tags; a Viterbi search over it admits only legal sequences (Ratinov & Roth 2009, «Design Challenges
and Misconceptions in Named Entity Recognition»).  Against spaCy's transition-based recognizer it is faster on characters, its decisions do
not hang on earlier ones, and each entity has a score: the mean probability of its tags.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Config, Maxout, Model, Optimizer, Softmax, chain, set_dropout_rate, with_array
from thinc.types import Floats2d

from gov_ie.pipeline.consistency import carry_over

#: ``doc.spans`` key under which the entities stand with their scores.
SCORES_KEY = "ents"
_NEVER = -1e9

_DEFAULT = Config().from_str(
    """
[model]
@architectures = "gov_ie.SequenceTagger.v1"
hidden_width = 96

[model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[model.tok2vec.embed]
@architectures = "gov_ie.CharacterEmbed.v1"
width = 96
rows = [4000,10000,10000,6000,20,200]

[model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 2
maxout_pieces = 3
"""
)["model"]


@registry.architectures("gov_ie.SequenceTagger.v1")
def sequence_tagger(tok2vec: Model[list[Doc], list[Floats2d]], hidden_width: int = 96, nO: int | None = None) -> Model[list[Doc], list[Floats2d]]:
    """Token vectors → a hidden layer → a softmax over BILUO tags.

    Args:
        tok2vec: token vectors, usually a listener on a shared layer.
        hidden_width: width of the hidden layer.
        nO: number of tags, set on initialisation.
    """
    width = tok2vec.get_dim("nO") if tok2vec.has_dim("nO") else None
    output = Softmax(nO=nO, nI=hidden_width)
    model = chain(tok2vec, with_array(chain(Maxout(hidden_width, width, nP=2, normalize=True, dropout=0.0), output)))
    model.set_ref("tok2vec", tok2vec)
    model.set_ref("output", output)
    return model


class SequenceTagger(TrainablePipe):
    """Set entities from scored BILUO tags, or the spans of a group.

    With ``spans_key`` the stretches go to ``doc.spans[spans_key]`` and are learned from there; without, to ``doc.ents`` (and, with their scores,
    to ``doc.spans["ents"]``). The score of a stretch is in the group's ``attrs["scores"]``. Names with one of the labels ``consistent`` that are
    surely found at one place are carried over to their other mentions in the document; stretches that score below ``min_score`` are dropped.
    """

    def __init__(self, vocab: Vocab, model: Model, name: str = "ner", *, spans_key: str | None = None, consistent: list[str] | None = None, min_score: float = 0.0) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": [], "spans_key": spans_key, "consistent": consistent, "min_score": min_score}
        self.scorer = _score_ents if spans_key is None else partial(_score_spans, spans_key=spans_key, consistent=consistent, min_score=min_score)
        self._legal: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None

    @property
    def spans_key(self) -> str | None:
        """The group of spans that is tagged, ``None`` for entities."""
        return self.cfg.get("spans_key")

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity labels."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> list[str]:
        """The entity labels, for ``[initialize]``."""
        return list(self.labels)

    @property
    def tags(self) -> list[str]:
        """The tags that the model scores, in its order: ``O``, then B, I, L, U of each label."""
        return ["O", *(f"{prefix}-{label}" for label in self.labels for prefix in "BILU")]

    def add_label(self, label: str) -> int:
        """Add an entity label before initialisation; 1 when it is new."""
        if label in self.labels:
            return 0
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label)
        return 1

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, labels: list[str] | None = None) -> None:
        """Take the labels from ``labels`` or the examples and initialise the model."""
        validate_get_examples(get_examples, "SequenceTagger.initialize")
        sample: list[Doc] = []
        found: set[str] = set()
        for example in get_examples():
            found.update(e.label_ for e in (example.reference.ents if self.spans_key is None else example.reference.spans.get(self.spans_key, [])))
            if len(sample) < 5:
                sample.append(example.predicted)
        for label in labels if labels is not None else sorted(found):
            self.add_label(label)
        self.model.get_ref("output").set_dim("nO", len(self.tags))
        self.model.initialize(X=sample)

    def predict(self, docs: Iterable[Doc]) -> list[tuple[np.ndarray, np.ndarray]]:
        """Best legal tags and their probabilities for each document."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [(np.zeros(0, dtype="i"), np.zeros(0, dtype="f")) for _ in docs]
        return [self._decode(np.asarray(scores)) for scores in self.model.predict(docs)]

    def _decode(self, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = len(probabilities)
        best = probabilities.argmax(axis=1).astype("i")
        if n == 0:
            return best, np.zeros(0, dtype="f")
        if self._legal is None:
            self._legal = _transitions(self.tags)
        follows, opens, closes = self._legal
        if opens[best[0]] or closes[best[-1]] or (follows[best[:-1], best[1:]] < 0).any():
            best = self._viterbi(probabilities, best)
        return best, probabilities[np.arange(n), best]

    def _viterbi(self, probabilities: np.ndarray, best: np.ndarray) -> np.ndarray:
        """Search only where the likeliest tags are not legal: from the last sure ``O`` before to the next one after."""
        follows, opens, closes = self._legal  # type: ignore[misc]
        outside = (best == 0) & (probabilities[:, 0] > 0.9)
        borders = [-1, *np.flatnonzero(outside).tolist(), len(best)]
        result = best.copy()
        for left, right in itertools.pairwise(borders):
            start, end = left + 1, right
            if end <= start:
                continue
            piece = best[start:end]
            if not (opens[piece[0]] or closes[piece[-1]] or (follows[piece[:-1], piece[1:]] < 0).any()):
                continue
            scores = np.log(np.maximum(probabilities[start:end], 1e-9))
            back = np.zeros(scores.shape, dtype="i")
            current = scores[0] + np.where(opens, _NEVER, 0)
            for i in range(1, len(scores)):
                paths = current[:, None] + follows
                back[i] = paths.argmax(axis=0)
                current = paths[back[i], np.arange(paths.shape[1])] + scores[i]
            tag = int((current + np.where(closes, _NEVER, 0)).argmax())
            for i in range(len(scores) - 1, -1, -1):
                result[start + i] = tag
                tag = int(back[i, tag])
        return result

    def set_annotations(self, docs: Iterable[Doc], tagged: list[tuple[np.ndarray, np.ndarray]]) -> None:
        """Set what was tagged; entities that a component before has set stay."""
        for doc, (tags, probabilities) in zip(docs, tagged, strict=True):
            preset = list(doc.ents) if self.spans_key is None else []
            taken = {i for e in preset for i in range(e.start, e.end)}
            found = [(s, e, label, float(probabilities[s:e].mean())) for s, e, label in _entities(tags, self.labels) if not taken.intersection(range(s, e))]
            if self.cfg.get("consistent"):
                found = carry_over(doc, found, self.cfg["consistent"], taken)
            found = [f for f in found if f[3] >= self.cfg.get("min_score", 0.0)]
            spans = [Span(doc, start, end, label=label) for start, end, label, _ in found]
            if self.spans_key is None:
                doc.set_ents([*preset, *spans])
            key = self.spans_key or SCORES_KEY
            doc.spans[key] = spans
            doc.spans[key].attrs["scores"] = np.array([score for *_, score in found], dtype="f")

    def _gold(self, example: Example) -> list[str | None]:
        """The gold BILUO tag of every predicted token, ``None`` where it is unknown."""
        if self.spans_key is None:
            return example.get_aligned_ner()
        tags: list[str | None] = ["O"] * len(example.predicted)
        for span in example.get_aligned_spans_y2x(example.reference.spans.get(self.spans_key, [])):
            names = ["U"] if len(span) == 1 else ["B", *"I" * (len(span) - 2), "L"]
            tags[span.start : span.end] = [f"{n}-{span.label_}" for n in names]
        return tags

    def update(self, examples: Iterable[Example], *, drop: float = 0.0, sgd: Optimizer | None = None, losses: dict[str, float] | None = None) -> dict[str, float]:
        """Learn from a batch."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "SequenceTagger.update")
        if not any(len(eg.predicted) for eg in examples):
            return losses
        set_dropout_rate(self.model, drop)
        scores, backprop = self.model.begin_update([eg.predicted for eg in examples])
        loss, gradient = self.get_loss(examples, scores)
        backprop(gradient)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(self, examples: Iterable[Example], scores: list[Floats2d]) -> tuple[float, list[Floats2d]]:
        """Cross entropy; tokens whose gold tag is unknown are left out."""
        index = {tag: i for i, tag in enumerate(self.tags)}
        loss, gradients = 0.0, []
        for example, probabilities in zip(examples, scores, strict=True):
            gold = np.array([index.get(tag, -1) if tag is not None else -1 for tag in self._gold(example)], dtype="i")
            target = np.zeros(probabilities.shape, dtype="f")
            known = np.flatnonzero(gold >= 0)
            target[known, gold[known]] = 1.0
            gradient = np.asarray(probabilities) - target
            gradient[gold < 0] = 0.0
            loss += float(-np.log(np.maximum(np.asarray(probabilities)[known, gold[known]], 1e-8)).sum())
            gradients.append(self.model.ops.asarray(gradient))
        return loss, gradients


def _transitions(tags: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which tag may follow which (0 or a large negative), which may not open a sequence, which may not close one."""
    n = len(tags)
    follows = np.full((n, n), _NEVER, dtype="f")
    for i, a in enumerate(tags):
        for j, b in enumerate(tags):
            inside = a[0] in "BI"
            if (inside and b[0] in "IL" and a[2:] == b[2:]) or (not inside and b[0] in "OBU"):
                follows[i, j] = 0.0
    return follows, np.array([t[0] in "IL" for t in tags]), np.array([t[0] in "BI" for t in tags])


def _entities(tags: np.ndarray, labels: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    start = -1
    for i in np.flatnonzero(tags):
        label, prefix = labels[(tags[i] - 1) // 4], "BILU"[(tags[i] - 1) % 4]
        if prefix == "U":
            yield int(i), int(i) + 1, label
        elif prefix == "B":
            start = int(i)
        elif prefix == "L" and start >= 0:
            yield start, int(i) + 1, label
            start = -1


def _score_ents(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    return get_ner_prf(examples, **kwargs)


def _score_spans(examples: Iterable[Example], *, spans_key: str, **kwargs: Any) -> dict[str, Any]:
    def getter(doc: Doc, key: str) -> Any:
        return doc.spans.get(spans_key, [])

    return Scorer.score_spans(examples, f"spans_{spans_key}", getter=getter, allow_overlap=False)


_FACTORY: dict[str, Any] = {
    "default_config": {"model": _DEFAULT, "spans_key": None, "consistent": None, "min_score": 0.0},
    "default_score_weights": {"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
}


@Language.factory("gov_ie_tagger", assigns=["doc.ents", "token.ent_iob", "token.ent_type", "doc.spans"], **_FACTORY)
def create_sequence_tagger(nlp: Language, name: str, model: Model, spans_key: str | None, consistent: list[str] | None, min_score: float) -> SequenceTagger:
    """The factory ``gov_ie_tagger``."""
    return SequenceTagger(nlp.vocab, model, name, spans_key=spans_key, consistent=consistent, min_score=min_score)
