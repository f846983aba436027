"""Parts of pipelines that gov_ie itself does not have, for :mod:`variants`: jieba's cuts, and units and facts learned as one group of spans."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import jieba
import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from thinc.api import get_current_ops
from thinc.types import Ragged

from gov_ie.labels import FACTS_KEY, UNIT_LABELS, UNITS_KEY
from gov_ie.pipeline.contexts import suggest_facts, suggest_units
from gov_ie.pipeline.tokenizer import PkusegTokenizer
from gov_ie.training.reader import annotated_reports
from gov_ie.training.segmenter import GENRE_WORDS

#: The group in which both kinds of spans are learned.
BOTH = "both"
jieba.setLogLevel(logging.ERROR)


class JiebaTokenizer(PkusegTokenizer):
    """jieba's cuts on the characters, with the words of the genre that our segmenter learns."""

    def __init__(self, vocab: Any, *, granularity: Any = "characters") -> None:
        super().__init__(vocab, granularity=granularity)
        self._words = jieba.Tokenizer()
        for word in GENRE_WORDS:
            self._words.add_word(word)

    def _segment(self, run: str) -> list[str]:
        if run not in self._cache:
            self._cache[run] = self._words.lcut(run, HMM=False)
        return self._cache[run]


@registry.tokenizers("benchmarks.JiebaTokenizer.v1")
def create_jieba_tokenizer() -> Callable[[Language], PkusegTokenizer]:
    """A tokenizer for ``[nlp.tokenizer]``."""
    return lambda nlp: JiebaTokenizer(nlp.vocab)


@registry.misc("benchmarks.BothSuggester.v1")
def both_suggester() -> Callable[..., Ragged]:
    """Units, figures and denying clauses together; a stretch that is both is suggested once."""

    def suggest(docs: Iterable[Doc], *, ops: Any = None) -> Ragged:
        docs = list(docs)
        found = [suggest(docs, ops=ops) for suggest in (suggest_units, suggest_facts)]
        starts = [np.concatenate([[0], np.cumsum(np.asarray(each.lengths))]) for each in found]
        rows, lengths = [], []
        for i in range(len(docs)):
            spans = {tuple(row) for each, at in zip(found, starts, strict=True) for row in np.asarray(each.dataXd)[at[i] : at[i + 1]].reshape(-1, 2).tolist()}
            rows += sorted(spans)
            lengths.append(len(spans))
        ops = ops or get_current_ops()
        data = np.array(rows, dtype="i") if rows else np.zeros((0, 0), dtype="i")
        return Ragged(ops.asarray2i(data), ops.asarray1i(np.array(lengths, dtype="i")))

    return suggest


@registry.readers("benchmarks.OneGroup.v1")
def one_group(
    path: str, augmenter: Callable[[Language, Example], Iterator[Example]] | None = None, shuffle: bool = False, seed: int = 0, favoured: str | None = None
) -> Callable[[Language], Iterator[Example]]:
    """The project's reader, with units and facts in one group; where both lie on the same words, the fact."""
    read = annotated_reports(path, augmenter, shuffle, seed, favoured)

    def with_both(nlp: Language) -> Iterator[Example]:
        for example in read(nlp):
            spans = example.reference.spans
            facts = list(spans[FACTS_KEY])
            taken = {(s.start, s.end) for s in facts}
            spans[BOTH] = [*facts, *(s for s in spans[UNITS_KEY] if (s.start, s.end) not in taken)]
            yield example

    return with_both


@Language.component("benchmarks_parts", assigns=["doc.spans"])
def parts(doc: Doc) -> Doc:
    """Part the one group again by label, with the scores."""
    both = doc.spans.get(BOTH, [])
    scores = both.attrs.get("scores", [1.0] * len(both)) if both else []
    for key in (UNITS_KEY, FACTS_KEY):
        chosen = [(span, score) for span, score in zip(both, scores, strict=True) if (span.label_ in UNIT_LABELS) == (key == UNITS_KEY)]
        doc.spans[key] = [span for span, _ in chosen]
        doc.spans[key].attrs["scores"] = np.array([score for _, score in chosen], dtype="f")
    return doc
