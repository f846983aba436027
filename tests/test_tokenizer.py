"""The tokenizer: nothing is lost, no token runs over a formal border, and it survives being stored, copied and pickled."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from gov_ie.errors import ModelError
from gov_ie.pipeline.tokenizer import PkusegTokenizer

TEXTS = ("", "平川县水利局2013年公开86条", " 平川  县\n\n水利 局\t", "Open Data 平台（www.pc.gov.cn）", "😀占４８．６５％\r\n", "没有发生行政复议和行政诉讼。")
_PLAIN = PkusegTokenizer(Vocab())
_ANY = st.text(st.one_of(st.sampled_from("平川县水利局公开信息86条，。 \n\t\r　（）《》Ａ９a.😀\u200b"), st.characters(exclude_categories=["Cs"])), max_size=40)


@given(_ANY)
def test_no_character_is_lost(text: str) -> None:
    assert _PLAIN(text).text == text


@pytest.mark.parametrize("granularity", ["characters", "words"])
def test_with_a_segmenter_no_character_is_lost_either(small_segmenter: Path, granularity: str) -> None:
    tokenizer = PkusegTokenizer(Vocab(), granularity=granularity)  # type: ignore[arg-type]
    tokenizer.initialize(pkuseg_model=str(small_segmenter))
    for text in (*TEXTS, "平川县水利局主动公开政府信息" * 60):
        assert tokenizer(text).text == text
        assert "".join(tokenizer.segment(text)) == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("公开86条", ["公", "开", "86", "条"]),
        ("2013年", ["2013", "年"]),
        ("48.65%", ["48", ".", "65", "%"]),
        ("１２条", ["１２", "条"]),
        ("www.pc.gov", ["www", ".", "pc", ".", "gov"]),
        ("《条例》", ["《", "条", "例", "》"]),
        ("甲 乙", ["甲", "乙"]),
        ("甲\n\n乙", ["甲", "\n\n", "乙"]),
        ("二〇一三年", ["二", "〇", "一", "三", "年"]),
        ("A局B", ["A", "局", "B"]),
    ],
)
def test_cut_at_formal_borders(text: str, tokens: list[str]) -> None:
    assert [t.text for t in _PLAIN(text)] == tokens


def test_every_border_of_a_value_is_a_border_of_a_token() -> None:
    text = "平川县水利局2013年度主动公开信息86条（占48.65%），收费0元，电话：0799-6660123。"
    doc = _PLAIN(text)
    for words in ("平川县水利局", "2013年度", "86条", "48.65%", "0元", "0799-6660123"):
        start = text.index(words)
        assert doc.char_span(start, start + len(words)) is not None, words


def test_tags_tell_the_words_and_words_are_their_characters(small_segmenter: Path) -> None:
    characters, words = PkusegTokenizer(Vocab()), PkusegTokenizer(Vocab(), granularity="words")
    for tokenizer in (characters, words):
        tokenizer.initialize(pkuseg_model=str(small_segmenter))
    text = "平川县水利局主动公开政府信息86条，没有发生行政诉讼。"
    joined: list[str] = []
    for token in characters(text):
        if token.tag_ in ("B", "S"):
            joined.append(token.text)
        else:
            assert token.tag_ in ("M", "E")
            joined[-1] += token.text
    assert joined == [t.text for t in words(text)]
    assert any(len(word) > 1 for word in joined)


def _same(first: PkusegTokenizer, second: PkusegTokenizer) -> None:
    assert second.granularity == first.granularity
    for text in TEXTS:
        a, b = first(text), second(text)
        assert [(t.text, t.whitespace_, t.tag_) for t in a] == [(t.text, t.whitespace_, t.tag_) for t in b]


@pytest.fixture(scope="module", params=["characters", "words"])
def tokenizer(small_segmenter: Path, request: pytest.FixtureRequest) -> PkusegTokenizer:
    made = PkusegTokenizer(Vocab(), granularity=request.param)
    made.initialize(pkuseg_model=str(small_segmenter))
    return made


def test_bytes(tokenizer: PkusegTokenizer) -> None:
    _same(tokenizer, PkusegTokenizer(Vocab()).from_bytes(tokenizer.to_bytes()))


def test_disk(tokenizer: PkusegTokenizer, tmp_path: Path) -> None:
    tokenizer.to_disk(tmp_path / "tokenizer")
    _same(tokenizer, PkusegTokenizer(Vocab()).from_disk(tmp_path / "tokenizer"))


def test_pickle(tokenizer: PkusegTokenizer) -> None:
    _same(tokenizer, pickle.loads(pickle.dumps(tokenizer)))


def test_without_a_segmenter_it_is_stored_as_well(tmp_path: Path) -> None:
    plain = PkusegTokenizer(Vocab())
    plain.to_disk(tmp_path / "tokenizer")
    _same(plain, PkusegTokenizer(Vocab()).from_disk(tmp_path / "tokenizer"))
    _same(plain, PkusegTokenizer(Vocab()).from_bytes(plain.to_bytes()))
    _same(plain, pickle.loads(pickle.dumps(plain)))


def test_a_language_names_it_in_its_config() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "gov_ie.PkusegTokenizer.v1", "granularity": "words"}}})
    assert isinstance(nlp.tokenizer, PkusegTokenizer)
    assert [doc.text for doc in nlp.pipe(TEXTS)] == list(TEXTS)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no pkuseg model"):
        PkusegTokenizer(Vocab()).initialize(pkuseg_model=str(tmp_path))
