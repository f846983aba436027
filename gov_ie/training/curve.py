"""The learning curve: how much better a pipeline gets with how many reports of one's own."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import spacy
from spacy.language import Language

from gov_ie.corpus.lint import OWN_LABELS
from gov_ie.errors import GovIEError
from gov_ie.training.build import SEED
from gov_ie.training.gains import label_scores
from gov_ie.training.retrain import Added, read_added, retrain


class Point(NamedTuple):
    """Scores with so many reports of one's own: kind → label → ``{p, r, f, gold, predicted}``, on the project's dev reports and on those held out."""

    project: dict[str, Any]
    held_out: dict[str, Any]

    @classmethod
    def of(cls, nlp: Language) -> Point:
        """The scores that a retrained pipeline carries with it.

        Raises:
            GovIEError: it was not made by :func:`~gov_ie.training.retrain.retrain`.
        """
        if "added" not in nlp.meta.get("corpus", {}):
            raise GovIEError("this pipeline was not trained with reports of one's own, and carries no scores on such")
        return cls(nlp.meta["performance"], nlp.meta["corpus"]["added"]["performance"])


def learning_curve(folder: Path, numbers: Iterable[int], *, shipped: Path | None = None, annotations: Path = Path("annotations"), seed: int = SEED, **settings: Any) -> dict[int, Point]:
    """Retrain with some of a user's reports, then with more, and score each pipeline on the same held-out ones.

    Args:
        folder: the user's reports, see :func:`~gov_ie.training.retrain.read_added`.
        numbers: how many of those to train on; with 0 the shipped pipeline is scored as it is. More reports hold the fewer ones, drawn in a seeded order.
        shipped: the shipped pipeline; that of :func:`gov_ie.api.model_path` by default.
        annotations: the project's reports.
        seed: seed of the order, and of the training.
        settings: other arguments of :func:`~gov_ie.training.retrain.retrain`, as ``base=True``.

    Returns:
        number of reports → scores; no pipeline is kept.

    Raises:
        GovIEError: there are not that many reports to train on, or see :func:`~gov_ie.training.retrain.read_added`.
    """
    from gov_ie.api import model_path

    numbers, shipped = sorted(set(numbers)), shipped or model_path()
    added = read_added(folder, seed=seed)
    if numbers and not 0 <= numbers[0] <= numbers[-1] <= len(added.train):
        raise GovIEError(f"{folder}: from 0 to {len(added.train)} reports can be trained on, not {numbers[0] if numbers[0] < 0 else numbers[-1]}")
    order = list(added.train)
    Random(seed).shuffle(order)
    curve = {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as work:
            part = _part(added, order[:number], Path(work) / "reports")
            if number:
                with contextlib.redirect_stdout(io.StringIO()):  # gains and losses: the scores are in the pipeline
                    curve[number] = Point.of(retrain(part, Path(work) / "pipeline", annotations=annotations, shipped=shipped, seed=seed, **settings))
            else:
                nlp = spacy.load(shipped)
                curve[number] = Point(*(label_scores(nlp, place, added.labels, annotated=own).table for place, own in ((annotations / "dev", False), (part / "dev", True))))
    return curve


def _part(added: Added, train: Iterable[Path], folder: Path) -> Path:
    """A folder with these reports to train on, and all those held out."""
    for part, files in (("train", train), ("dev", added.dev)):
        (folder / part).mkdir(parents=True)
        for path in files:
            for each in (path, path.with_name(f"{path.stem}.facts.json")):
                if each.is_file():
                    shutil.copy(each, folder / part)
    (folder / OWN_LABELS).write_text(json.dumps(added.labels, ensure_ascii=False), encoding="utf-8")
    return folder
