"""Starting a training from the weights of a finished pipeline, also when there are labels that it does not know yet."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from thinc.api import Config, Model

from gov_ie.corpus.reports import read_annotated, tidied_annotations
from gov_ie.errors import ModelError
from gov_ie.training.reader import labels_of


def start_from(folder: Path, settings: Config) -> Language:
    """A pipeline ready for the training in ``settings``, with architecture and weights of the finished one in ``folder``.

    Its labels are those of the finished pipeline and those that the training reports add. What it knew it knows as before; the weights of a
    new label begin at nought.

    Raises:
        ModelError: the finished pipeline lacks a component that is to be trained.
    """
    old = spacy.load(folder)
    names = settings["nlp"]["pipeline"]
    missing = [name for name in names if name not in old.pipe_names]
    if missing:
        raise ModelError(f"{folder}: no component {', '.join(missing)} there; start from a pipeline that 'gov-ie train' has built")
    settings["nlp"]["tokenizer"] = old.config["nlp"]["tokenizer"]
    settings["components"] = {name: old.config["components"][name] for name in names}
    settings["initialize"]["components"] = {name: {"labels": labels} for name, labels in _labels(old, settings["paths"]["train"], names).items()}
    nlp = init_nlp(settings)
    for name in names:
        _copy_weights(old.get_pipe(name), nlp.get_pipe(name))
    return nlp


def _labels(old: Language, reports: str, names: list[str]) -> dict[str, list[str]]:
    """Component → the labels it has, in their order, then those that only the training reports have."""
    found = labels_of(tidied_annotations(report.content) for report in read_annotated(reports))
    labels = {}
    for name in names:
        pipe: Any = old.get_pipe(name)
        known = list(getattr(pipe, "labels", ()))
        if known:
            labels[name] = known + [label for label in found[pipe.cfg.get("spans_key") or "ents"] if label not in known]
    return labels


def _rows(pipe: Any) -> list[str]:
    """What the rows of a component's last layer stand for: BILUO tags of a tagger; labels, then «none», of a span classifier."""
    return list(pipe.tags) if hasattr(pipe, "tags") else [*getattr(pipe, "labels", ()), ""]


def _copy_weights(old: Any, new: Any) -> None:
    """Give ``new`` the weights of ``old``, which is of the same make but may have fewer labels."""
    place = {row: i for i, row in enumerate(_rows(new))}
    rows = [place[row] for row in _rows(old)]
    for ours, theirs in zip(new.model.walk(), old.model.walk(), strict=True):
        if "seed" in theirs.attrs:
            ours.attrs["seed"] = theirs.attrs["seed"]  # which row of its table a hashed symbol has
        for param in theirs.param_names:
            if theirs.has_param(param):
                ours.set_param(param, _fitted(ours, param, theirs.get_param(param), rows))


def _fitted(layer: Model, param: str, weights: Any, rows: list[int]) -> Any:
    if layer.name != "softmax":  # the only layer whose rows are labels
        return weights
    fresh = layer.get_param(param)
    grown = np.zeros(fresh.shape, dtype=weights.dtype)
    grown[rows] = layer.ops.to_numpy(weights)
    return layer.ops.asarray(grown)  # type: ignore[arg-type]


def weights_hash(nlp: Language) -> str:
    """SHA-256 over all weights of a pipeline, 16 hexadecimal digits of it: the same for the same reports, settings, seed and machine."""
    digest = hashlib.sha256()
    for name, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for i, layer in enumerate(model.walk() if isinstance(model, Model) else ()):
            for param in sorted(p for p in layer.param_names if layer.has_param(p)):
                digest.update(f"{name} {i} {param}\0".encode() + layer.ops.to_numpy(layer.get_param(param)).tobytes())
    return digest.hexdigest()[:16]
