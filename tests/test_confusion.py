"""What was found where something else is right, and how scores grow with reports: on cases made by hand, and on a training of a few steps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

pytest.importorskip("jieba", reason="training needs gov-ie[train]")
pytest.importorskip("sklearn", reason="training needs gov-ie[train]")

from conftest import ANNOTATIONS, ROOT

from gov_ie.corpus.markup import parse
from gov_ie.corpus.reports import to_doc
from gov_ie.errors import GovIEError
from gov_ie.pipeline.tokenizer import PkusegTokenizer
from gov_ie.training.build import CONFIG
from gov_ie.training.confusion import NONE, Confusion, confusion
from gov_ie.training.curve import Point, learning_curve
from gov_ie.training.retrain import retrain

UNIVERSITIES = ROOT / "examples" / "universities"
GOLD = "{ORG 平川县水利局}公开{COUNT:disclosed 86条}，收到申请{COUNT:received 3件}。\n{MEASURE 设立专栏}。{PROBLEM 更新不及时}。\n"
FOUND = "平川县{ORG 水利局公开}{COUNT:received 86条}，收到申请{COUNT:received 3件}。\n{PROBLEM 设立专栏}。{PROBLEM 更新不及时}。\n"


def answering(marked: str) -> Callable[[str], Doc]:
    """A pipeline that answers with the labels of a marked text."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = PkusegTokenizer(nlp.vocab)
    return lambda text: to_doc(nlp.make_doc, parse(marked))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(GOLD, encoding="utf-8")
    return tmp_path


def table(found: Confusion) -> dict[tuple[str, str], int]:
    """Every pair that occurs, and how often."""
    return {(right, other): int(found.counts[i, j]) for i, right in enumerate(found.labels) for j, other in enumerate(found.labels) if found.counts[i, j]}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("entities", {("ORG", "ORG"): 3, ("ORG", NONE): 3, (NONE, "ORG"): 2, ("COUNT", "COUNT"): 5, (NONE, NONE): 18}),
        ("units", {("MEASURE", "PROBLEM"): 4, ("PROBLEM", "PROBLEM"): 5, (NONE, NONE): 22}),
        ("facts", {("disclosed", "received"): 1, ("received", "received"): 1}),
    ],
)
def test_every_character_or_figure_is_counted_once(kind: str, expected: dict[tuple[str, str], int], gold: Path) -> None:
    found = confusion(answering(FOUND), gold, kind)  # type: ignore[arg-type]
    assert table(found) == expected
    assert found.labels[-1] == NONE
    assert list(found.labels[:-1]) == sorted(found.labels[:-1])


def test_a_pipeline_that_is_right_everywhere_makes_no_mistake(gold: Path) -> None:
    for kind in ("entities", "units", "facts"):
        found = confusion(answering(GOLD), gold, kind)  # type: ignore[arg-type]
        assert found.mistakes() == []
        assert np.allclose(np.diag(found.shares())[:-1], 1)


def test_mistakes_come_with_the_most_frequent_first(gold: Path) -> None:
    assert confusion(answering(FOUND), gold).mistakes() == [("ORG", NONE, 3), (NONE, "ORG", 2)]  # type: ignore[arg-type]


def test_rows_are_shared_out_and_a_row_without_gold_is_nought() -> None:
    shares = Confusion(("ORG", NONE), np.array([[3, 1], [0, 0]])).shares()
    assert shares.tolist() == [[0.75, 0.25], [0.0, 0.0]]


def test_a_kind_that_is_none_is_refused(gold: Path) -> None:
    with pytest.raises(GovIEError, match="choose entities, units or facts"):
        confusion(answering(GOLD), gold, "roles")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the project's reports."""
    folder = tmp_path_factory.mktemp("project")
    for part, number in (("train", 2), ("dev", 1)):
        (folder / part).mkdir()
        for path in sorted((ANNOTATIONS / part).glob("*.txt"), key=lambda p: (p.stat().st_size, p.name))[:number]:
            shutil.copy(path, folder / part)
    return folder


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "config.cfg"
    path.write_text(CONFIG.read_text(encoding="utf-8").replace("copies = 2", "copies = 0"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the reports on universities."""
    folder = tmp_path_factory.mktemp("reports")
    for part, number in (("train", 2), ("dev", 1)):
        (folder / part).mkdir()
        for path in sorted((UNIVERSITIES / part).glob("*.txt"))[:number]:
            shutil.copy(path, folder / part)
    shutil.copy(UNIVERSITIES / "labels.json", folder)
    return folder


def test_the_learning_curve_begins_with_the_shipped_pipeline_and_ends_with_all_reports(
    reports: Path, project: Path, config: Path, model_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"annotations": project, "shipped": model_folder, "config": config, "base": True, "epochs": 1}
    curve = learning_curve(reports, [2, 0], **settings)  # type: ignore[arg-type]
    assert list(curve) == [0, 2]
    assert capsys.readouterr().out == ""
    for point in curve.values():
        assert point.held_out["entities"]["SCHOOLYEAR"]["gold"] > 0
        assert "SCHOOLYEAR" not in point.project["entities"]
        assert 0.5 < point.project["facts"]["all"]["f"] <= 1
    assert curve[2] == Point.of(retrain(reports, tmp_path / "all", **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("numbers", [[-1, 3], [0, 11]])
def test_more_reports_than_there_are_cannot_be_trained_on(numbers: list[int], model_folder: Path) -> None:
    with pytest.raises(GovIEError, match=r"from 0 to 10 reports can be trained on, not (-1|11)"):
        learning_curve(UNIVERSITIES, numbers, shipped=model_folder)


def test_a_pipeline_that_was_not_retrained_carries_no_scores(trained: Language) -> None:
    with pytest.raises(GovIEError, match="not trained with reports of one's own"):
        Point.of(trained)
