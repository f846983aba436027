"""Model architectures: an embedding of characters that knows pkuseg's cuts, and a span classifier that sees a candidate's context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.attrs import IDX, NORM, TAG
from spacy.ml.extract_spans import extract_spans
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    Dropout,
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    reduce_first,
    reduce_last,
    reduce_max,
    reduce_mean,
    with_array,
    with_getitem,
)
from thinc.types import Floats2d, Ragged

from gov_ie.pipeline.contexts import doc_keys, number_of_fields
from gov_ie.pipeline.lexicon import lexicon_codes

_MIX = tuple(np.uint64(p) for p in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
#: Columns of the keys that :func:`character_keys` makes.
FEATURES = ("character", "before", "after", "word", "place", "lexicon")


def character_keys(doc: Doc) -> np.ndarray:
    """Keys of every token, shape ``(len(doc), 6)``: itself, the pairs it forms with its neighbours, its pkuseg word, its place in that
    word, and what it is in the lexicon of public bodies.

    The word is read off the tags ``B M E S`` which the tokenizer leaves.
    """
    norms, tags = doc.to_array([NORM, TAG]).reshape(-1, 2).T.astype(np.uint64)
    n = len(norms)
    keys = np.zeros((n, len(FEATURES)), dtype=np.uint64)
    if not n:
        return keys
    strings = doc.vocab.strings
    opens = (tags != np.uint64(strings["M"])) & (tags != np.uint64(strings["E"]))
    opens[0] = True
    with np.errstate(over="ignore"):
        mixed = norms * _MIX[0]
        keys[:, 0] = norms
        keys[1:, 1] = (mixed[:-1] ^ (norms[1:] >> np.uint64(7))) * _MIX[1] + norms[1:]
        keys[:-1, 2] = (mixed[:-1] ^ (norms[1:] >> np.uint64(7))) * _MIX[1] + norms[1:]
        starts = np.flatnonzero(opens)
        lengths = np.diff(np.append(starts, n))
        position = np.arange(n) - np.repeat(starts, lengths)
        spread = norms * (np.uint64(2) * position.astype(np.uint64) + np.uint64(1)) * _MIX[2]
        keys[:, 3] = np.repeat(np.add.reduceat(spread, starts), lengths)
        keys[:, 4] = tags
        keys[:, 5] = lexicon_codes(doc.text)[doc.to_array(IDX).astype(np.int64)]
    return keys


def _forward_keys(model: Model, docs: list[Doc], is_train: bool) -> tuple[list, Callable]:
    return [model.ops.asarray(character_keys(doc), dtype="uint64") for doc in docs], lambda d: []


@registry.architectures("gov_ie.CharacterEmbed.v1")
def character_embed(width: int, rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """Embed tokens by character, pairs of characters, pkuseg word and place in the word; a column with 0 rows is left out.

    Args:
        width: the width of the vectors.
        rows: table sizes for the columns of :data:`FEATURES`.
    """
    used = [column for column, n in enumerate(rows) if n]
    embeds = [HashEmbed(width, rows[column], column=column, seed=column + 8, dropout=0.0) for column in used]
    extract: Model = Model("character_keys", _forward_keys)
    mix = Maxout(width, width * len(embeds), nP=3, dropout=0.0, normalize=True)
    return chain(extract, with_array(chain(concatenate(*embeds) if len(embeds) > 1 else embeds[0], mix)))


def _forward_contexts(model: Model, inputs: tuple[list[Doc], Ragged], is_train: bool) -> tuple[Ragged, Callable]:
    docs, spans = inputs
    contexts = model.attrs["contexts"]
    parts: list[tuple[np.ndarray, np.ndarray]] = []
    at = 0
    offsets = np.asarray(spans.dataXd)
    for doc, n in zip(docs, spans.lengths, strict=True):
        if n:
            parts.append(doc_keys(doc, offsets[at : at + int(n)], contexts))
        at += int(n)
    keys = np.concatenate([k for k, _ in parts]) if parts else np.zeros((0,), dtype=np.uint64)
    lengths = np.concatenate([n for _, n in parts]) if parts else np.zeros((0,), dtype="i")
    return Ragged(model.ops.asarray(keys.reshape(-1, 1), dtype="uint64"), model.ops.asarray(lengths)), lambda d: ([], None)


def _forward_rows(model: Model, vectors: Floats2d, is_train: bool) -> tuple[Floats2d, Callable]:
    fields = model.attrs["fields"]
    shape = vectors.shape
    return vectors.reshape((shape[0] // fields, shape[1] * fields)), lambda d: d.reshape(shape)


@registry.architectures("gov_ie.ContextSpanCategorizer.v1")
def context_span_categorizer(
    tok2vec: Model[list[Doc], list[Floats2d]], scorer: Model[Floats2d, Floats2d], contexts: str, hidden_size: int = 128, width: int = 48, rows: int = 20000, dropout: float = 0.2
) -> Model[tuple[list[Doc], Ragged], Floats2d]:
    """Classify candidates by the vectors of their tokens and by the n-grams of their contexts.

    Args:
        tok2vec: token vectors, usually a listener on a shared layer.
        scorer: hidden vector → label scores (softmax or logistic).
        contexts: which contexts to read, ``"units"`` or ``"facts"`` (:mod:`gov_ie.pipeline.contexts`).
        hidden_size: width of the hidden layer.
        width: width of the n-gram embedding; rows: its table size.
        dropout: dropout on the hidden layer's input.
    """
    fields = number_of_fields(contexts)
    extract: Model = Model("context_keys", _forward_contexts, attrs={"contexts": contexts})
    by_row: Model = Model("fields_to_row", _forward_rows, attrs={"fields": fields})
    ngrams = chain(extract, _on_ragged(HashEmbed(width, rows, column=0, seed=7, dropout=0.0)), reduce_mean(), by_row)
    tokens = chain(
        with_getitem(0, chain(tok2vec, list2ragged())),
        extract_spans(),
        concatenate(reduce_first(), reduce_last(), reduce_mean(), reduce_max()),
    )
    hidden = Maxout(hidden_size, nP=3, normalize=True, dropout=0.0)
    model = chain(concatenate(tokens, ngrams), Dropout(dropout), hidden, scorer)
    model.set_ref("tok2vec", tok2vec)
    model.set_ref("scorer", scorer)
    return model


def _on_ragged(layer: Model) -> Model[Ragged, Ragged]:
    """Apply a layer to the data of a ragged array. (Its functions are the module's own, so that a pipeline can be pickled.)"""
    return Model("on_ragged", _forward_ragged, init=_init_ragged, layers=[layer], dims={"nO": layer.maybe_get_dim("nO")})


def _forward_ragged(model: Model, ragged: Ragged, is_train: bool) -> tuple[Ragged, Callable]:
    if not is_train and len(ragged.dataXd):  # half of the keys or more repeat: each is embedded once
        keys, places = np.unique(np.asarray(ragged.dataXd), return_inverse=True)
        once = model.layers[0].predict(model.ops.asarray(keys.reshape(-1, 1)))
        return Ragged(once[places.ravel()], ragged.lengths), lambda d: ragged
    out, backprop = model.layers[0](ragged.dataXd, is_train)

    def back(d: Ragged) -> Ragged:
        return Ragged(backprop(d.dataXd), ragged.lengths)

    return Ragged(out, ragged.lengths), back


def _init_ragged(model: Model, X: Any = None, Y: Any = None) -> None:
    model.layers[0].initialize(X.dataXd if X is not None else None, None)
