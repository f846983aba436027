"""The corpus reader for ``spacy train``: annotated reports, tidied, each as it is and in augmented copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans, registry

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.corpus.reports import read_annotated, tidied_annotations, to_doc
from gov_ie.labels import ENTITY_LABELS
from gov_ie.training.augment import rewrite


@registry.readers("gov_ie.AnnotatedReports.v1")
def annotated_reports(
    path: str | Path,
    copies: int = 0,
    seed: int = 0,
    augment: Callable[[AnnotatedText, Random], AnnotatedText] | None = None,
    share: float = 1.0,
    favoured: str | None = None,
    favoured_copies: int = 0,
) -> Callable[[Language], Iterator[Example]]:
    """Read a folder of annotated reports as examples.

    Args:
        path: the folder (``annotations/train``).
        copies: augmented copies of each report besides the report itself.
        seed: seed of the augmentation.
        augment: what makes the copies.
        share: share of the reports to use, the first by name (for learning curves).
        favoured: reports whose names begin so have ``favoured_copies`` copies instead: a few added reports must be heard among many.
        favoured_copies: see ``favoured``.
    """

    def read(nlp: Language) -> Iterator[Example]:
        rng = Random(seed)
        reports = read_annotated(path)
        names = own_names(report.content for report in reports)
        for report in reports[: max(1, round(share * len(reports)))]:
            versions = [report.content]
            if augment is not None:
                more = favoured_copies if favoured and report.name.startswith(favoured) else copies
                versions += [augment(swap_own(report.content, names, rng), rng) for _ in range(more)]
            for version in versions:
                content = tidied_annotations(version)
                # Who labels ``惠民热线`` in their reports does not want the project's to teach that it is nothing.
                unlabelled = [] if favoured and report.name.startswith(favoured) else [word for words in names.values() for word in words]
                yield Example(nlp.make_doc(content.text), gold_doc(nlp.make_doc, content, unknown=unlabelled))

    return read


def own_names(contents: Iterable[AnnotatedText]) -> dict[str, list[str]]:
    """Entity label that the project does not have → all that stands under it, without repetition."""
    names: dict[str, dict[str, None]] = {}
    for content in contents:
        for a in content.entities():
            if a.label not in ENTITY_LABELS:
                names.setdefault(a.label, {})[content.text[a.start : a.end]] = None
    return {label: list(words) for label, words in names.items()}


def swap_own(content: AnnotatedText, names: dict[str, list[str]], rng: Random) -> AnnotatedText:
    """Give entities of added labels the words of others of their label, so that a few names are met in many sentences."""
    return rewrite(content, [(a.start, a.end, rng.choice(names[a.label])) for a in content.entities() if a.label in names])


def gold_doc(tokenize: Callable[[str], Doc], content: AnnotatedText, *, unknown: Iterable[str] = ()) -> Doc:
    """The gold document of a tidied report, with its entities under whatever labels: the project's and those a user has added.

    An entity of an added label whose border falls inside a token is left out, as one of the project's is.

    Args:
        tokenize: a tokenizer, or ``nlp.make_doc``.
        content: a tidied annotated text.
        unknown: words that would be an entity under a label that this report does not carry: where they stand outside any entity, nothing is learned.
    """
    doc = to_doc(tokenize, content)
    own = [span for a in content.entities() if a.label not in ENTITY_LABELS and (span := doc.char_span(a.start, a.end, label=a.label)) is not None]
    places = [match.span() for word in unknown for match in re.finditer(re.escape(word), doc.text)]
    taken = {token.i for entity in (*doc.ents, *own) for token in entity}
    missing = [span for start, end in places if (span := doc.char_span(start, end)) is not None and taken.isdisjoint(range(span.start, span.end))]
    if own or missing:
        doc.set_ents([*doc.ents, *own], missing=filter_spans(missing))
    return doc
