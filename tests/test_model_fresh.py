"""The trained pipeline was built from the annotated reports as they are now."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import ANNOTATIONS

from gov_ie import __version__
from gov_ie.corpus.reports import corpus_hash


def test_the_model_is_built_from_these_annotations(model_folder: Path) -> None:
    meta = json.loads((model_folder / "meta.json").read_text(encoding="utf-8"))
    assert meta["corpus"]["hash"] == corpus_hash([ANNOTATIONS / "train", ANNOTATIONS / "dev"]), "the annotations changed since the model was built: run gov-ie train"


def test_the_model_is_of_this_version(model_folder: Path) -> None:
    meta = json.loads((model_folder / "meta.json").read_text(encoding="utf-8"))
    assert (meta["lang"], meta["name"], meta["version"]) == ("zh", "gov_ie", __version__)


def test_the_hash_knows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一", encoding="utf-8")
    first = corpus_hash([tmp_path])
    assert corpus_hash([tmp_path]) == first
    (tmp_path / "a.txt").write_text("二", encoding="utf-8")
    second = corpus_hash([tmp_path])
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    (tmp_path / "notes.md").write_text("not a report", encoding="utf-8")
    assert len({first, second, corpus_hash([tmp_path])}) == 3
    (tmp_path / "notes.md").unlink()
    assert len({first, second, corpus_hash([tmp_path])}) == 3
