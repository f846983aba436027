"""The augmenter for ``[corpora.train]``: each report as it is, then copies of it with other names and figures and with the noise of conversion.

Copies are made anew at every pass over the data, from one seeded series of random numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.training.augment import change_marks, change_width, swap_bodies, swap_figures
from gov_ie.training.noise import mistake_characters, put_blanks, wrap_lines
from gov_ie.training.reader import origin_of, swap_own, to_example

Augmenter = Callable[[Language, Example], Iterator[Example]]


@registry.augmenters("gov_ie.ReportAugmenter.v1")
def report_augmenter(
    copies: int = 2,
    bodies: float = 0.7,
    figures: float = 0.5,
    width: float = 0.08,
    marks: float = 0.08,
    blanks: float = 0.0,
    wraps: float = 0.0,
    mistakes: float = 0.0,
    seed: int = 0,
    favoured_copies: int = 0,
) -> Augmenter:
    """All variations one after the other; works on the examples of ``gov_ie.AnnotatedReports.v1``.

    Args:
        copies: augmented copies of each report besides the report itself.
        bodies: share of the bodies of a report that get another name.
        figures: share of its figures that get other digits; its years move together.
        width: share of the reports whose digits turn to full width.
        marks: share of the reports whose punctuation turns to half width.
        blanks: share of the reports that get blanks inside figures.
        wraps: share of the reports whose lines are wrapped, with page numbers in between.
        mistakes: share of the reports some characters of which are mistaken for others.
        seed: seed of the copies.
        favoured_copies: copies of the reports that the reader favours, instead of ``copies``.
    """
    rng = Random(seed)

    def vary(content: AnnotatedText) -> AnnotatedText:
        content = swap_figures(swap_bodies(content, rng, bodies), rng, figures)
        content = change_marks(change_width(content, rng, width), rng, marks)
        return wrap_lines(put_blanks(mistake_characters(content, rng, mistakes), rng, blanks), rng, wraps)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        yield example
        origin = origin_of(example)
        for _ in range(favoured_copies if origin.favoured else copies):
            yield to_example(nlp, origin._replace(content=vary(swap_own(origin.content, origin.own, rng))))

    return augment
