"""The corpus reader for ``spacy train``: annotated reports, tidied, each as it is and in augmented copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.corpus.reports import read_annotated, tidied_annotations, to_doc


@registry.readers("gov_ie.AnnotatedReports.v1")
def annotated_reports(
    path: str | Path, copies: int = 0, seed: int = 0, augment: Callable[[AnnotatedText, Random], AnnotatedText] | None = None, share: float = 1.0
) -> Callable[[Language], Iterator[Example]]:
    """Read a folder of annotated reports as examples.

    Args:
        path: the folder (``annotations/train``).
        copies: augmented copies of each report besides the report itself.
        seed: seed of the augmentation.
        augment: what makes the copies.
        share: share of the reports to use, the first by name (for learning curves).
    """

    def read(nlp: Language) -> Iterator[Example]:
        rng = Random(seed)
        reports = read_annotated(path)
        for report in reports[: max(1, round(share * len(reports)))]:
            versions = [report.content]
            if augment is not None:
                versions += [augment(report.content, rng) for _ in range(copies)]
            for version in versions:
                content = tidied_annotations(version)
                yield Example(nlp.make_doc(content.text), to_doc(nlp.make_doc, content))

    return read
