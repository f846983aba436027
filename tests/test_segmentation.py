"""The segmenter cuts as spacy-pkuseg does, by the same features."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy_pkuseg
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.pipeline.segmentation import Segmenter

RUNS = ("平川县水利局主动公开政府信息", "没有发生行政复议和行政诉讼", "局", "水利", "二〇一三年度", "依申请公开", "公开" * 60)
_HAN = st.text(st.one_of(st.sampled_from("平川县水利局主动公开政府信息没有发生行诉讼依申请年度一二三〇"), st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)), min_size=1, max_size=30)


@pytest.fixture(scope="module", params=["small", "shipped"])
def both(request: pytest.FixtureRequest, small_segmenter: Path, model_folder: Path) -> tuple[Segmenter, spacy_pkuseg.pkuseg]:
    folder = small_segmenter if request.param == "small" else model_folder / "tokenizer"
    return Segmenter(folder), spacy_pkuseg.pkuseg(str(folder), user_dict=None)


def _same(ours: Segmenter, theirs: spacy_pkuseg.pkuseg, run: str) -> None:
    nodes = list(theirs.feature_extractor.normalize_text(run))
    for i, row in enumerate(ours.features(run)):
        assert sorted(row) == sorted(theirs.feature_extractor.get_node_features_idx(i, nodes)), (run, i)
    assert ours.cut(run) == theirs._cut(run)


@pytest.mark.parametrize("run", RUNS)
def test_features_and_cuts_of_known_words(both: tuple[Segmenter, spacy_pkuseg.pkuseg], run: str) -> None:
    _same(*both, run)


@given(run=_HAN)
def test_features_and_cuts_of_any_run(both: tuple[Segmenter, spacy_pkuseg.pkuseg], run: str) -> None:
    _same(*both, run)


def test_the_shipped_segmenter_knows_pairs_of_words(model_folder: Path) -> None:
    """What saves the time is exact only where a feature of a pair names two words."""
    segmenter = Segmenter(model_folder / "tokenizer")
    pairs = [name.split(".", 2)[2].split("*") for name in segmenter._features if name.startswith("ww.")]
    assert len(pairs) > 10_000
    assert all(left in segmenter._words and right in segmenter._words for left, right in pairs)


def test_nothing_to_cut(small_segmenter: Path) -> None:
    assert Segmenter(small_segmenter).cut("") == []
