"""Building the pipeline from the annotated reports: one command, seeded, everything that goes into it written down in ``meta.json``."""

from __future__ import annotations

import json
import math
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import fix_random_seed

from gov_ie import __version__
from gov_ie.corpus.reports import corpus_hash, read_annotated, tidied_annotations
from gov_ie.errors import GovIEError
from gov_ie.training.calibrate import fit_calibration
from gov_ie.training.evaluate import score_annotations
from gov_ie.training.reader import labels_of
from gov_ie.training.segmenter import train_segmenter
from gov_ie.training.start import start_from

#: Seed of the segmenter's training; that of the pipeline stands in the config.
SEED = 2008
CONFIG = Path(__file__).with_name("config.cfg")
#: Components that follow the trained ones: factory → name.
FOLLOWING = {"gov_ie_formal": "formal", "gov_ie_sections": "sections", "gov_ie_report": "report"}


def build(annotations: Path, output: Path, *, config: Path | None = None, epochs: int | None = None) -> Language:
    """Train segmenter, tagger and span classifiers on ``annotations/train``, calibrate on ``annotations/dev``, write the package to ``output``.

    Args:
        annotations: a folder with ``train`` and ``dev``.
        output: the folder of the model package (``models/``); only its pipeline and ``meta.json`` are replaced, and only at the end.
        config: a training config; the shipped one by default.
        epochs: passes over the data, instead of the config's number of steps.

    Returns:
        the finished pipeline.

    Raises:
        GovIEError: there are no annotated reports.
    """
    nlp = make(annotations, config=config, epochs=epochs)
    write_pipeline(nlp, output / "zh_gov_ie" / "data")
    return nlp


def make(annotations: Path, *, config: Path | None = None, epochs: int | None = None, start: Path | None = None, changes: dict[str, Any] | None = None) -> Language:
    """What :func:`build` does, without writing the pipeline anywhere.

    Args:
        annotations: a folder with ``train`` and ``dev``.
        config: a training config; the shipped one by default.
        epochs: passes over the data, instead of the config's number of steps.
        start: a finished pipeline whose segmenter, architecture and weights are the start. Its successor is what the last step gives, not the best on
            dev: the start is good on dev already, and a label that only a few reports have would never win there.
        changes: settings that replace the config's, as ``{"training.dropout": 0.1}``.

    Returns:
        the finished pipeline.

    Raises:
        GovIEError: there are no annotated reports.
    """
    folders = (annotations / "train", annotations / "dev")
    for folder in folders:
        if not any(folder.glob("*.txt")):
            raise GovIEError(f"{folder}: no annotated reports (*.txt) there")
    with tempfile.TemporaryDirectory() as work:
        if start is None:
            print(f"segmenter: training on {folders[0]}", file=sys.stderr)
            contents = [tidied_annotations(report.content) for report in read_annotated(folders[0])]
            segmenter = train_segmenter(contents, Path(work) / "segmenter", seed=SEED)
        else:
            segmenter = start / "tokenizer"  # the weights were learned on its cuts
        nlp = _train(config or CONFIG, folders, segmenter, Path(work) / "trained", epochs, start, changes or {})
    add_following(nlp)
    print("calibrating and scoring on the dev reports", file=sys.stderr)
    nlp.get_pipe("report").calibration = fit_calibration(nlp, folders[1])  # type: ignore[attr-defined]
    nlp.meta.update(_meta(nlp, folders))
    return nlp


def _train(config: Path, folders: tuple[Path, Path], segmenter: Path, work: Path, epochs: int | None, start: Path | None, changes: dict[str, Any]) -> Language:
    settings = load_config(config, overrides=changes)
    settings["paths"].update(train=str(folders[0]), dev=str(folders[1]), segmenter=str(segmenter))
    if epochs is not None:
        settings["training"].update(max_epochs=epochs, max_steps=0)
        rate = settings["training"]["optimizer"]["learn_rate"]
        if isinstance(rate["total_steps"], str):  # the number of steps, which no longer decides
            augmenter = settings["corpora"]["train"].get("augmenter") or {}
            steps = max(math.ceil(epochs * tokens(folders[0], augmenter.get("copies", 0)) / settings["training"]["batcher"]["size"]), 1)
            rate.update(total_steps=steps, warmup_steps=min(rate["warmup_steps"], steps // 4))
    if start is None:  # what is augmented anew at every pass is never seen whole at the beginning
        found = labels_of(tidied_annotations(report.content) for report in read_annotated(folders[0]))
        settings["initialize"]["components"] = settings["initialize"].get("components", {}) | {name: {"labels": found[key]} for name, key in _groups(settings["components"]).items() if key in found}
    fix_random_seed(settings["system"]["seed"])
    work.mkdir(parents=True)
    nlp = init_nlp(settings) if start is None else start_from(start, settings)
    train(nlp, work, stdout=sys.stderr, stderr=sys.stderr)
    best = spacy.load(work / ("model-best" if start is None else "model-last"))
    # What the finished pipeline carries on must not name the folders of this build.
    best.config["paths"] = {"train": "annotations/train", "dev": "annotations/dev", "segmenter": None, "vectors": None, "init_tok2vec": None}
    best.config["initialize"]["tokenizer"] = {"pkuseg_model": None, "pkuseg_user_dict": None}
    best.config["initialize"]["components"] = {}
    return best


def tokens(reports: Path, copies: int, *, favoured: str | None = None, favoured_copies: int = 0) -> float:
    """About how many tokens a pass over annotated reports and their copies has: as many as characters, of three bytes each.

    Args:
        reports: the folder.
        copies: augmented copies of each report.
        favoured: reports whose names begin so have ``favoured_copies`` instead.
        favoured_copies: see ``favoured``.
    """
    return sum(path.stat().st_size / 3 * (1 + (favoured_copies if favoured and path.name.startswith(favoured) else copies)) for path in reports.glob("*.txt"))


def _groups(components: dict[str, Any]) -> dict[str, str]:
    """Component that takes its labels as a list → the group of spans it learns."""
    makes = ("gov_ie_tagger", "spancat", "spancat_singlelabel")
    return {name: component.get("spans_key") or "ents" for name, component in components.items() if component["factory"] in makes}


def add_following(nlp: Language) -> Language:
    """Add the formal rules, the section finder and the assembler behind the trained components."""
    for factory, name in FOLLOWING.items():
        if name not in nlp.pipe_names:
            nlp.add_pipe(factory, name=name)
    return nlp


def _meta(nlp: Language, folders: tuple[Path, Path]) -> dict[str, Any]:
    sizes = {folder.name: {"reports": len(reports := read_annotated(folder)), "characters": sum(len(r.content.text) for r in reports)} for folder in folders}
    return {
        "lang": "zh",
        "name": "gov_ie",
        "version": __version__,
        "description": "Chinese annual reports on open government information: entities, units, what figures count, assembled reports",
        "author": "gov_ie contributors",
        "license": "MIT",
        "url": "",
        "email": "",
        "requirements": [f"gov-ie>={__version__}"],
        "corpus": {"hash": corpus_hash(folders), **sizes},
        "performance": score_annotations(nlp, folders[1])["together"],
    }


def write_pipeline(nlp: Language, target: Path) -> None:
    """Write the pipeline beside its place first, so that a failure leaves the old one whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as beside:
        fresh = Path(beside) / "data"
        nlp.to_disk(fresh)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)


def read_meta(folder: Path) -> dict[str, Any]:
    """The ``meta.json`` of a built pipeline."""
    return json.loads((folder / "meta.json").read_text(encoding="utf-8"))
