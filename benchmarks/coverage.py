"""How much of reports the training reports have seen: the share of their word pairs, by number of training reports.

    python benchmarks/coverage.py                       # the project's dev reports
    python benchmarks/coverage.py --reports DIR         # other reports as well (annotated or not)

Words are the shipped segmenter's cuts, digits made equal; a pair is two words next to each other inside a run of Chinese characters and figures. Training reports are
taken in one seeded order, so that each line holds the reports of the line above. Where the curve still climbs, more reports of other making would still teach something; where it does
not, more of the same would not.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language

import gov_ie
import gov_ie.tables
from gov_ie.corpus.reports import read_annotated
from gov_ie.reading import Source, read_all

ROOT = Path(__file__).resolve().parents[1]
STEPS = (10, 20, 40, 80, 120, 160, 200, 240, 280, 320, 360, 400)
_RUN = re.compile(r"[\u3400-\u9fff\d]+")


def word_pairs(text: str, nlp: Language) -> list[tuple[str, str]]:
    """The pairs of neighbouring words of a text, with repetition."""
    doc = nlp.make_doc(text)
    words: list[str] = []
    for token in doc:  # tokens are characters; their tags say where words begin
        if token.tag_ in ("M", "E") and words:
            words[-1] += token.text
        else:
            words.append(token.text)
    words = [re.sub(r"\d+", "0", word) for word in words]
    return [(a, b) for a, b in itertools.pairwise(words) if _RUN.fullmatch(a) and _RUN.fullmatch(b)]


def curve(train: list[list[tuple[str, str]]], other: list[tuple[str, str]]) -> Iterator[tuple[int, float, float]]:
    """``(number of training reports, share of other's pairs seen, share of its different pairs seen)`` for the steps."""
    seen: set[tuple[str, str]] = set()
    different = set(other)
    for number, pairs in enumerate(train, start=1):
        seen.update(pairs)
        if number in STEPS or number == len(train):
            yield number, sum(pair in seen for pair in other) / max(len(other), 1), len(different & seen) / max(len(different), 1)


def texts_of(folder: Path) -> Iterable[str]:
    """The texts of a folder of reports."""
    return (item.without(gov_ie.tables.read_forms(item.text, item.tables).stretches).text for item in read_all([folder]) if isinstance(item, Source))


def main() -> None:
    """Parse the command line and print one curve for each set of reports."""
    parser = argparse.ArgumentParser(description="Share of word pairs that the training reports have seen.")
    parser.add_argument("--reports", type=Path, nargs="*", default=[], metavar="DIR", help="folders of other reports")
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations", metavar="DIR")
    args = parser.parse_args()
    nlp = gov_ie.load()
    reports = read_annotated(args.annotations / "train")
    random.Random(2008).shuffle(reports)
    train = [word_pairs(report.content.text, nlp) for report in reports]
    sets = {"annotations/dev": [report.content.text for report in read_annotated(args.annotations / "dev")], **{folder.name: list(texts_of(folder)) for folder in args.reports}}
    for name, texts in sets.items():
        other = [pair for text in texts for pair in word_pairs(text, nlp)]
        print(f"{name}: {len(texts)} reports, {len(other)} pairs of words, {len(set(other))} different\n{'training reports':>18}{'of all pairs':>14}{'of different':>14}")
        print(*(f"{number:18}{100 * share:13.1f}%{100 * kinds:13.1f}%" for number, share, kinds in curve(train, other)), sep="\n")


if __name__ == "__main__":
    main()
