"""Sentences that a report takes over from another one.

Each sentence is looked up by what is left of it when width, blanks and kinds of quotes do not count, and, if that is not found, when its figures do not count either. A look-up by the whole sentence takes
linear time, says the same in both directions, and every hit can be seen by eye; sentences that are only alike are no hits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, Field

from gov_ie.pipeline.units import cut_units
from gov_ie.reading import from_text
from gov_ie.report import Evidence
from gov_ie.tables import read_forms

#: Chinese characters that a sentence needs in order to count: shorter ones are headings, formulae and denials that all reports share.
SHORTEST = 15
#: A line without any mark of a sentence or clause is a heading or a caption unless it is longer than this.
_HEADING = 40
_MARKS = re.compile(r"[。；！？，;!?,]")
_CITED = re.compile(r"《[^《》]*》")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"[\d零〇○一二三四五六七八九十百千万亿两](?:[\d零〇○一二三四五六七八九十百千万亿两.,]*[\d零〇○一二三四五六七八九十百千万亿两])?")
_QUOTES = str.maketrans("“”„‟＂「」『』‘’‚‛'", '""""""""' + '"' * 6)


class TakenOver(BaseModel):
    """A sentence that stands in both reports; offsets into the text of each."""

    kind: Literal["identical", "but_for_figures"]
    earlier: Evidence
    later: Evidence


class Extent(BaseModel):
    """How much was taken over, in sentences or in characters (of the later report, blanks not counted).

    Attributes:
        earlier, later: what counts in each report.
        identical: of the later report, what stands in the earlier one word for word.
        but_for_figures: what does so when figures and years do not count.
        share: of the later report, of both kinds together, 0 to 1; ``None`` where nothing of it counts.
    """

    earlier: int
    later: int
    identical: int
    but_for_figures: int
    share: float | None


class Copied(BaseModel):
    """What a report takes over from another one: how much, and where.

    A sentence is a unit as :mod:`gov_ie.pipeline.units` cuts it (between two of ``。；！？`` or the ends of a paragraph, its enumerator off), outside the printed tables. It counts when it has ``shortest`` Chinese
    characters, those of cited titles (``《…》``) aside, and does not stand in a heading: a line of up to 40 characters without any of these marks or a comma. Each sentence is taken over once: the second of its
    kind from the second.
    """

    shortest: int
    sentences: Extent
    characters: Extent
    passages: list[TakenOver] = Field(default_factory=list, description="in the order of the later report")


@dataclass(frozen=True)
class _Sentence:
    evidence: Evidence
    words: str
    without_figures: str


def find_copied(earlier: str, later: str, *, shortest: int = SHORTEST) -> Copied:
    """The sentences of ``later`` that stand in ``earlier``.

    Args:
        earlier, later: texts as they were read.
        shortest: how many Chinese characters a sentence needs in order to count.
    """
    before, after = _sentences(earlier, shortest), _sentences(later, shortest)
    found: dict[int, TakenOver] = {}
    used: set[int] = set()
    passes: tuple[tuple[Literal["identical", "but_for_figures"], Callable[[_Sentence], str]], ...] = (("identical", lambda s: s.words), ("but_for_figures", lambda s: s.without_figures))
    for kind, key in passes:
        left: defaultdict[str, list[int]] = defaultdict(list)
        right: defaultdict[str, list[int]] = defaultdict(list)
        for i, sentence in enumerate(before):
            if i not in used:
                left[key(sentence)].append(i)
        for j, sentence in enumerate(after):
            if j not in found:
                right[key(sentence)].append(j)
        for words, places in right.items():
            for i, j in zip(left.get(words, ()), places, strict=False):
                used.add(i)
                found[j] = TakenOver(kind=kind, earlier=before[i].evidence, later=after[j].evidence)
    return Copied(
        shortest=shortest,
        sentences=_extent([1] * len(before), [1] * len(after), found),
        characters=_extent([len(s.words) for s in before], [len(s.words) for s in after], found),
        passages=[found[j] for j in sorted(found)],
    )


def _extent(before: Sequence[int], after: Sequence[int], found: dict[int, TakenOver]) -> Extent:
    identical, other = (sum(after[j] for j, passage in found.items() if passage.kind == kind) for kind in ("identical", "but_for_figures"))
    return Extent(earlier=sum(before), later=sum(after), identical=identical, but_for_figures=other, share=(identical + other) / sum(after) if after else None)


@lru_cache(maxsize=16)  # in a row of years every report but the first and last is asked for twice
def _sentences(text: str, shortest: int) -> tuple[_Sentence, ...]:
    tidied = from_text(text).without(read_forms(text).stretches)
    found = []
    for start, end in cut_units(tidied.text):
        piece = tidied.text[start:end]
        if len(_HAN.findall(_CITED.sub("", piece))) < shortest or _in_heading(tidied.text, start, end):
            continue
        first, last = tidied.original(start, end)
        words = re.sub(r"\s+", "", unicodedata.normalize("NFKC", piece)).translate(_QUOTES)
        found.append(_Sentence(Evidence(start=first, end=last, text=text[first:last]), words, _FIGURE.sub("#", words)))
    return tuple(found)


def _in_heading(text: str, start: int, end: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : stop if (stop := text.find("\n", end)) >= 0 else len(text)]
    return len(line) <= _HEADING and not _MARKS.search(line)
