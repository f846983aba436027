"""Cutting a run of Chinese characters with a trained pkuseg model: the cuts of spacy-pkuseg, in half of its time.

Most of pkuseg's time goes into asking for features of word pairs: twenty-five pairs to each side of a character, nearly all of which hold no word of the training text.  No feature
can have such a pair, so here only pairs of words are asked for, and each stretch of characters is looked up once instead of four times.  The features found are the same ones (the
tests compare them), the search for the best cuts is spacy-pkuseg's.  The features are those of Sun, Wang and Li, *Fast Online Training with Frequency-Adaptive Learning Rates for
Chinese Word Segmentation and New Word Detection* (ACL 2012), as spacy-pkuseg names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy_pkuseg
from spacy_pkuseg.config import config
from spacy_pkuseg.inference import decodeViterbi_fast


class Segmenter:
    """A trained pkuseg model.

    Args:
        folder: where ``features.msgpack`` and ``weights.npz`` are.
    """

    def __init__(self, folder: str | Path) -> None:
        trained = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
        self._normalize = trained.feature_extractor.normalize_text
        self._features: dict[str, int] = trained.feature_extractor.feature_to_idx
        self._words: set[str] = trained.feature_extractor.unigram
        self._lengths = range(config.wordMax, config.wordMin - 1, -1)
        self._model = trained.model
        self._begins = {index for tag, index in trained.feature_extractor.tag_to_idx.items() if "B" in tag}

    def cut(self, run: str) -> list[str]:
        """The words of ``run``; put together they are ``run``."""
        if not run:
            return []
        _, tags = decodeViterbi_fast(self.features(run), self._model)
        starts = [0, *(i for i in range(1, len(run)) if tags[i] in self._begins)]
        return [run[start:end] for start, end in zip(starts, [*starts[1:], len(run)], strict=True)]

    def features(self, run: str) -> list[list[int]]:
        """The features that the model knows, by character.

        Names: ``c`` the character, ``c-1`` … ``c2`` its neighbours, ``w-1`` and ``w1`` a word that ends or begins with it, ``ww.l`` and ``ww.r`` two words that meet to its left or right.
        """
        nodes = list(self._normalize(run))
        begin, end = self._known_words(nodes)
        known, last = self._features.get, len(nodes) - 1
        rows = []
        for i, c in enumerate(nodes):
            names = [f"c.{c}"]
            if i > 0:
                names += f"c-1.{nodes[i - 1]}", f"c-1c.{nodes[i - 1]}.{c}"
            if i < last:
                names += f"c1.{nodes[i + 1]}", f"cc1.{c}.{nodes[i + 1]}"
            if i > 1:
                names += f"c-2.{nodes[i - 2]}", f"c-2c-1.{nodes[i - 2]}.{nodes[i - 1]}"
            if i < last - 1:
                names.append(f"c2.{nodes[i + 2]}")
            names += [f"w-1.{word}" for word in end[i + 1]]
            names += [f"w1.{word}" for word in begin[i]]
            names += [f"ww.l.{left}*{right}" for left in end[i] for right in begin[i]]
            names += [f"ww.r.{left}*{right}" for left in end[i + 1] for right in begin[i + 1]]
            rows.append([0, *(index for index in map(known, names) if index is not None)])  # 0: the feature that every character has
        return rows

    def _known_words(self, nodes: Sequence[str]) -> tuple[list[list[str]], list[list[str]]]:
        """Words of the training text by where they begin and by where they end, the longest first."""
        begin: list[list[str]] = [[] for _ in range(len(nodes) + 1)]
        end: list[list[str]] = [[] for _ in range(len(nodes) + 1)]
        for i in range(len(nodes)):
            for length in self._lengths:
                if i + length <= len(nodes) and (word := "".join(nodes[i : i + length])) in self._words:
                    begin[i].append(word)
                    end[i + length].append(word)
        return begin, end
