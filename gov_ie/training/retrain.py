"""Retraining with annotated reports of one's own: check them, hold a part out, train together with the project's, say what was gained and lost."""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from spacy.language import Language
from spacy.util import load_config

from gov_ie.corpus.lint import lint_text, read_own_labels
from gov_ie.corpus.markup import parse, read_marked
from gov_ie.errors import AnnotationError, GovIEError
from gov_ie.facts import facts_path, read_facts
from gov_ie.training.build import CONFIG, SEED, make, tokens, write_pipeline
from gov_ie.training.gains import format_gains, label_scores
from gov_ie.training.start import weights_hash

#: Every so many-th report is held out where the user has not said which.
HELD_OUT = 5
#: Passes over the data, and the learning rate at their beginning, when the shipped weights are the start.
BASE_EPOCHS, BASE_RATE = 2, 0.0005
#: The user's reports, with their augmented copies, are to be this share of what is trained on, as far as ``_MOST_COPIES`` allow.
_SHARE, _MOST_COPIES = 0.2, 20
#: Added reports are told from the project's by the beginning of their names.
_PREFIX = "added."


@dataclass(frozen=True)
class Added:
    """A user's reports: the files to train on, those held out, and the entity labels that the project does not have, with their meanings."""

    train: tuple[Path, ...]
    dev: tuple[Path, ...]
    labels: dict[str, str]


def read_added(folder: Path, *, seed: int = SEED) -> Added:
    """Check a folder of annotated reports (``NAME.txt``, ``NAME.facts.json``) and part it.

    Args:
        folder: the reports, or ``train`` and ``dev`` with reports; ``labels.json`` in it names entity labels of the user's own.
        seed: seed of the order in which every fifth report is held out, where there is no ``dev``.

    Raises:
        AnnotationError: a report breaks the form or the guideline, or its expected facts are no report; the message names the file and the place.
        GovIEError: too few reports, or one that is both trained on and held out.
    """
    labels = read_own_labels(folder)
    flat, train, dev = (sorted(place.glob("*.txt")) for place in (folder, folder / "train", folder / "dev"))
    if flat and (train or dev):
        raise GovIEError(f"{folder}: reports lie both there and in train/ or dev/ below ({flat[0].name} for one); keep to one way")
    if not dev:
        train, dev = split(flat or train, seed=seed)
    if not train or not dev:
        raise GovIEError(f"{folder}: {len(train)} annotated report(s) to train on and {len(dev)} to hold out; at least one each is needed (NAME.txt, flat or in train/ and dev/)")
    texts: dict[str, Path] = {}
    for path in (*train, *dev):
        text = _checked(path, labels)
        if path in dev and text in texts and texts[text] in train:
            raise GovIEError(f"{path}: the same text as {texts[text]}, which is trained on; keep it in one part only")
        texts.setdefault(text, path)
    return Added(tuple(train), tuple(dev), labels)


def split(files: Iterable[Path], *, seed: int = SEED) -> tuple[list[Path], list[Path]]:
    """Part reports into those to train on and those held out: every fifth by a seeded order, at least one; both parts sorted.

    A single report is trained on, and none held out.
    """
    order = sorted(files)
    Random(seed).shuffle(order)
    held = order[HELD_OUT - 1 :: HELD_OUT] or order[1:2]
    return sorted(set(order) - set(held)), sorted(held)


def _checked(path: Path, labels: dict[str, str]) -> str:
    """The text of a report that may be trained on."""
    marked = read_marked(path)
    errors = [f for f in lint_text(marked, own=labels) if f.level == "error"]
    if errors:
        first = errors[0]
        offset = sum(len(line) + 1 for line in marked.split("\n")[: first.line - 1]) + first.column - 1
        more = f" (and {len(errors) - 1} more: gov-ie lint {path})" if len(errors) > 1 else ""
        raise AnnotationError(f"{path}:{first.line}:{first.column}: offset {offset}: {first.message}{more}", offset=offset)
    facts = facts_path(path)
    if facts.is_file():
        read_facts(facts)
    return parse(marked).text


def retrain(
    folder: Path,
    output: Path,
    *,
    annotations: Path = Path("annotations"),
    base: bool = False,
    shipped: Path | None = None,
    config: Path | None = None,
    epochs: int | None = None,
    rate: float = BASE_RATE,
    seed: int = SEED,
) -> Language:
    """Train on the project's reports and a user's, print what was gained and lost, write the pipeline.

    Args:
        folder: the user's reports, see :func:`read_added`.
        output: where the pipeline goes, see :func:`target_folder`.
        annotations: the project's reports, all of which are trained on too, so that nothing is forgotten.
        base: start from the shipped weights instead of from none.
        shipped: the shipped pipeline, with which the new one is compared; that of :func:`gov_ie.api.model_path` by default.
        config: a training config; the shipped one by default.
        epochs: passes over the data; with ``base`` 2 by default, else as many steps as the config's for the project's reports alone, and more in proportion.
        rate: learning rate at the beginning with ``base``; it falls to nought.
        seed: seed of the held-out part and of the training. The same reports, seed and machine give the same weights.

    Returns:
        the finished pipeline.

    Raises:
        GovIEError: see :func:`read_added` and :func:`target_folder`.
    """
    import spacy

    from gov_ie.api import model_path

    target = target_folder(output)
    added = read_added(folder, seed=seed)
    shipped = shipped or model_path()
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus"
        held_out = Path(work) / "held-out"
        counts = _join(annotations, added, corpus)
        _copy(added.dev, held_out)
        settings = load_config(config or CONFIG)
        copies = settings["corpora"]["train"]["augmenter"]["copies"]
        own_copies = _own_copies(corpus / "train", copies)
        changes: dict[str, Any] = {"system.seed": seed, "corpora.train.favoured": _PREFIX, "corpora.train.augmenter.favoured_copies": own_copies}
        if not base and epochs is None:  # as many passes over more reports
            more = tokens(corpus / "train", copies, favoured=_PREFIX, favoured_copies=own_copies) / tokens(annotations / "train", copies)
            changes["training.max_steps"] = math.ceil(settings["training"]["max_steps"] * more)
        if base:
            epochs = BASE_EPOCHS if epochs is None else epochs
            steps = max(math.ceil(epochs * tokens(corpus / "train", copies, favoured=_PREFIX, favoured_copies=own_copies) / settings["training"]["batcher"]["size"]), 10)
            changes["training.optimizer.learn_rate"] = {"@schedules": "warmup_linear.v1", "warmup_steps": steps // 10, "total_steps": steps, "initial_rate": rate}
        print(f"training on {counts['train']} reports of the project and {len(added.train)} of {folder}; held out: {', '.join(p.stem for p in added.dev)}", file=sys.stderr)
        nlp = make(corpus, config=config, epochs=epochs, start=shipped if base else None, changes=changes)
        old = spacy.load(shipped)
        before, after = {}, {}
        for name, place, own in (("the project's dev reports", annotations / "dev", False), ("the reports held out", held_out, True)):
            before[name], after[name] = (label_scores(each, place, added.labels, annotated=own) for each in (old, nlp))
            print(f"\n{name}\n{format_gains(before[name], after[name])}")
    project, own_part = after.values()
    nlp.meta["performance"] = project.table
    nlp.meta["corpus"]["added"] = {
        "labels": added.labels,
        "train": len(added.train),
        "dev": len(added.dev),
        "performance": own_part.table,
        "start": "shipped weights" if base else None,
        "seed": seed,
    }
    nlp.meta["weights"] = weights_hash(nlp)
    write_pipeline(nlp, target)
    print(f"\nweights {nlp.meta['weights']}, written to {target}; use it with gov_ie.load({str(target)!r}) or --model {target}")
    return nlp


def target_folder(output: Path) -> Path:
    """Where in ``output`` the pipeline goes: into a model package folder as its ``zh_gov_ie/data``; else ``output`` is itself the pipeline's folder.

    Raises:
        GovIEError: the folder holds something that is no pipeline, which would be lost.
    """
    target = output / "zh_gov_ie" / "data" if (output / "zh_gov_ie").is_dir() else output
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not (target / "config.cfg").is_file()):
        raise GovIEError(f"{target}: there is something that is no pipeline, and it would be replaced; name another folder with -o")
    return target


def _join(annotations: Path, added: Added, corpus: Path) -> dict[str, int]:
    """Lay the project's reports and the user's side by side; how many the project has in each part."""
    counts = {}
    for part, own in (("train", added.train), ("dev", added.dev)):
        files = sorted((annotations / part).glob("*.txt"))
        if not files:
            raise GovIEError(f"{annotations / part}: no annotated reports (*.txt) there; name the project's annotations/ with --annotations")
        _copy(files, corpus / part)
        _copy(own, corpus / part, prefix=_PREFIX)
        counts[part] = len(files)
    return counts


def _copy(files: Iterable[Path], folder: Path, *, prefix: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in files:
        for each in (path, path.with_name(f"{path.stem}.facts.json")):
            if each.is_file():
                shutil.copyfile(each, folder / f"{prefix}{each.name}")


def _own_copies(train: Path, copies: int) -> int:
    """As many augmented copies of each of the user's reports as make them a fifth of all text, at least as many as the project's have."""
    sizes = {own: sum(path.stat().st_size for path in train.glob("*.txt") if path.name.startswith(_PREFIX) == own) for own in (True, False)}
    wanted = _SHARE / (1 - _SHARE) * sizes[False] * (1 + copies) / max(sizes[True], 1)
    return max(copies, min(math.ceil(wanted) - 1, _MOST_COPIES))
