"""The tokens of a text for tools that label tokens: the pipeline's, cut at the borders of labels where these fall inside one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from spacy.vocab import Vocab

from gov_ie.corpus.formats.flat import Flat
from gov_ie.pipeline.tokenizer import PkusegTokenizer


@lru_cache(maxsize=1)
def _tokenizer() -> PkusegTokenizer:
    return PkusegTokenizer(Vocab())


def cut_tokens(text: str, flats: Iterable[Flat]) -> list[tuple[int, int]]:
    """``(start, end)`` of the tokens; together they are the whole text, blanks being tokens of their own, and every label begins and ends with one."""
    borders = {0, len(text)}
    for token in _tokenizer()(text):
        borders |= {token.idx, token.idx + len(token)}
    for flat in flats:
        borders |= {flat.start, flat.end}
    return list(pairwise(sorted(borders)))
