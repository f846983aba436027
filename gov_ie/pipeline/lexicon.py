"""What each character is in the vocabulary of public bodies: part of a level, of an organ's name, of an office's; a feature of the embedding.

The words are those of Chinese administration in general (:mod:`gov_ie.pipeline.organs`); a lexicon tells the tagger more about names it has never
seen than any amount of invented ones.
"""

from __future__ import annotations

import re

import numpy as np

from gov_ie.pipeline.organs import HEADS, LEVELS, MINISTRIES, ORGANS, OTHERS, PROVINCES

_CLASSES = (("head", HEADS), ("organ", ORGANS), ("province", PROVINCES), ("ministry", MINISTRIES), ("level", LEVELS), ("other", OTHERS))


#: Word → its class; where two classes hold a word, the first has it.
_WORDS = {word: kind for kind, words in reversed(_CLASSES) for word in words}
_LONGEST = re.compile("|".join(map(re.escape, sorted(_WORDS, key=lambda word: (-len(word), word)))))
_KINDS = {kind: i for i, (kind, _) in enumerate(_CLASSES)}


def lexicon_codes(text: str) -> np.ndarray:
    """A code for every character: 0 outside the lexicon, else kind × place in the word (first, inner, last, alone)."""
    codes = np.zeros(len(text), dtype=np.uint64)
    for match in _LONGEST.finditer(text):
        start, end = match.span()
        base = 1 + 4 * _KINDS[_WORDS[match.group()]]
        if end - start == 1:
            codes[start] = base + 3
        else:
            codes[start] = base
            codes[start + 1 : end - 1] = base + 1
            codes[end - 1] = base + 2
    return codes
