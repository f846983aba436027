"""Building the pipeline, on a handful of reports: what is written, that it loads, and that the same reports give the same pipeline."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from conftest import shortest_reports

from gov_ie import __version__
from gov_ie.corpus.markup import parse
from gov_ie.corpus.reports import corpus_hash
from gov_ie.errors import GovIEError
from gov_ie.labels import ENTITY_LABELS
from gov_ie.report import Report

pytest.importorskip("jieba", reason="training needs gov-ie[train]")
pytest.importorskip("sklearn", reason="training needs gov-ie[train]")

from gov_ie.training.build import CONFIG, build, read_meta
from gov_ie.training.segmenter import train_segmenter

TRAIN, DEV = 4, 2


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shortest reports of each part, with their expected facts."""
    return shortest_reports(tmp_path_factory.mktemp("corpus"), train=TRAIN, dev=DEV)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped config, without augmented copies and with small batches, so that there are several steps to differ in."""
    path = tmp_path_factory.mktemp("config") / "config.cfg"
    text = CONFIG.read_text(encoding="utf-8")
    for before, after in (("copies = 2", "copies = 1"), ("size = 4000", "size = 2000"), ("eval_frequency = 200", "eval_frequency = 4")):
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(corpus: Path, config: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two pipelines built from the same reports, each in a process of its own, as ``gov-ie train`` does."""
    # pkuseg shuffles by the global ``random``, see test_the_same_texts_give_the_same_segmenter.
    code = "import sys, pathlib; from gov_ie.training.build import build; corpus, config, output = map(pathlib.Path, sys.argv[1:]); build(corpus, output, config=config, epochs=1)"
    outputs = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    # Sets and dicts must not decide anything: the second process hashes differently.
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(corpus), str(config), str(output)], env={**os.environ, "PYTHONHASHSEED": seed}, stderr=subprocess.PIPE, text=True)
        for output, seed in zip(outputs, "12", strict=True)
    ]
    for run in runs:
        _, complaints = run.communicate(timeout=300)
        assert run.returncode == 0, complaints[-3000:]
    return outputs[0] / "zh_gov_ie" / "data", outputs[1] / "zh_gov_ie" / "data"


def test_the_built_pipeline_loads_and_reads(built: tuple[Path, Path]) -> None:
    nlp = spacy.load(built[0])
    assert nlp.pipe_names == ["tok2vec", "ner", "names", "units", "facts", "formal", "sections", "report"]
    assert set(nlp.get_pipe("ner").labels) <= set(ENTITY_LABELS)
    doc = nlp("平川县水利局2013年政府信息公开工作年度报告\n2013年主动公开信息86条。\n")
    assert isinstance(doc._.report, Report)
    assert set(doc._.report.confidence) == set(doc._.report.evidence)


def test_what_went_into_it_is_written_down(built: tuple[Path, Path], corpus: Path) -> None:
    meta = read_meta(built[0])
    assert meta["corpus"]["hash"] == corpus_hash([corpus / "train", corpus / "dev"])
    assert (meta["corpus"]["train"]["reports"], meta["corpus"]["dev"]["reports"]) == (TRAIN, DEV)
    assert (meta["lang"], meta["name"], meta["version"]) == ("zh", "gov_ie", __version__)
    assert set(meta["performance"]) == {"entities", "units", "facts", "fields"}
    assert meta["performance"]["fields"]["all"]["gold"] > 0


def test_it_is_calibrated(built: tuple[Path, Path]) -> None:
    calibration = json.loads((built[0] / "report" / "calibration.json").read_text(encoding="utf-8"))
    assert set(calibration) == {"kinds", "default"}
    assert all(0 <= row["share"] <= 1 for row in [calibration["default"], *calibration["kinds"].values()])


def test_it_names_no_folder_of_the_build(built: tuple[Path, Path], corpus: Path) -> None:
    for name in ("config.cfg", "meta.json"):
        text = (built[0] / name).read_text(encoding="utf-8")
        assert str(corpus) not in text
        assert "/tmp" not in text


def test_the_same_reports_give_the_same_pipeline(built: tuple[Path, Path]) -> None:
    first, second = ({p.relative_to(folder): p for p in sorted(folder.rglob("*")) if p.is_file()} for folder in built)
    assert set(first) == set(second)
    archives = [name for name in first if name.suffix == ".npz"]  # these hold the time of day besides their arrays
    assert [str(name) for name in archives if not _same_arrays(first[name], second[name])] == []
    assert [str(name) for name, path in first.items() if name not in archives and path.read_bytes() != second[name].read_bytes()] == []


def _same_arrays(one: Path, other: Path) -> bool:
    with np.load(one) as a, np.load(other) as b:
        return a.files == b.files and all(np.array_equal(a[key], b[key]) for key in a.files)


def test_the_same_texts_give_the_same_segmenter(tmp_path: Path) -> None:
    organs, deeds = ("水利局", "教育局", "财政局", "档案馆", "审计局"), ("主动公开政府信息", "受理依申请公开", "没有发生行政复议", "举办业务培训班", "召开工作会议")
    contents = [parse(f"平川县{organ}{deed}。\n") for organ in organs for deed in deeds]
    first, second = (train_segmenter(contents, tmp_path / name, iterations=2) for name in ("first", "second"))
    assert _same_arrays(first / "weights.npz", second / "weights.npz")


def test_an_old_pipeline_is_replaced_and_the_package_around_it_stays(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gov_ie.training.build as module

    def trained(*arguments: object) -> spacy.Language:
        return spacy.blank("zh")

    monkeypatch.setattr(module, "_train", trained)
    monkeypatch.setattr(module, "train_segmenter", lambda contents, folder, **options: folder)
    old = tmp_path / "zh_gov_ie" / "data"
    old.mkdir(parents=True)
    (old / "config.cfg").write_text("old", encoding="utf-8")
    (old / "leftover").write_text("old", encoding="utf-8")
    (tmp_path / "zh_gov_ie" / "__init__.py").write_text("", encoding="utf-8")
    build(corpus, tmp_path)
    assert (old / "config.cfg").read_text(encoding="utf-8") != "old"
    assert not (old / "leftover").exists()
    assert sorted(p.name for p in (tmp_path / "zh_gov_ie").iterdir()) == ["__init__.py", "data"]


def test_a_build_that_fails_leaves_the_old_pipeline_whole(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gov_ie.training.build as module

    def fail(*arguments: object, **options: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(module, "train_segmenter", fail)
    old = tmp_path / "zh_gov_ie" / "data"
    old.mkdir(parents=True)
    (old / "config.cfg").write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        build(corpus, tmp_path)
    assert (old / "config.cfg").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("missing", ["train", "dev"])
def test_a_folder_without_reports_is_named(corpus: Path, tmp_path: Path, missing: str) -> None:
    shutil.copytree(corpus, tmp_path / "corpus")
    shutil.rmtree(tmp_path / "corpus" / missing)
    with pytest.raises(GovIEError, match=missing):
        build(tmp_path / "corpus", tmp_path / "out")
    assert not (tmp_path / "out").exists()
