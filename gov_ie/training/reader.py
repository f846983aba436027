"""The corpus reader for ``spacy train``: annotated reports, tidied, as examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans, registry

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.corpus.reports import gold_facts, read_annotated, tidied_annotations, to_doc
from gov_ie.errors import GovIEError
from gov_ie.labels import ENTITY_LABELS, FACTS_KEY, NAME_LABELS, NAMES_KEY, UNIT_LABELS, UNITS_KEY
from gov_ie.training.edits import rewrite

#: ``user_data`` key of an example's origin.
_ORIGIN = "gov_ie.origin"
#: Between how many others a shuffled example comes.
_SPREAD = 120


class Origin(NamedTuple):
    """Where an example comes from: what augmenters start from again."""

    content: AnnotatedText
    favoured: bool
    #: Entity label that the project does not have → words that stand under it somewhere.
    own: dict[str, list[str]]
    #: Words that would be an entity under a label that this report does not carry.
    unlabelled: list[str]


@registry.readers("gov_ie.AnnotatedReports.v1")
def annotated_reports(
    path: str | Path,
    augmenter: Callable[[Language, Example], Iterator[Example]] | None = None,
    shuffle: bool = False,
    seed: int = 0,
    favoured: str | None = None,
) -> Callable[[Language], Iterator[Example]]:
    """Read a folder of annotated reports as examples, tidied.

    Args:
        path: the folder (``annotations/train``).
        augmenter: what makes further examples of each.
        shuffle: give the examples of each pass in an order of its own, for ``training.max_epochs = -1``, which makes the copies anew every pass.
        seed: seed of the order.
        favoured: reports whose names begin so may be given more copies by the augmenter: a few added reports must be heard among many.
    """
    rng = Random(seed)

    def read(nlp: Language) -> Iterator[Example]:
        reports = read_annotated(path)
        own = own_names(report.content for report in reports)
        words = [word for each in own.values() for word in each]
        origins = []
        for report in reports:
            liked = bool(favoured) and report.name.startswith(favoured or "")
            # Who labels ``惠民热线`` in their reports does not want the project's to teach that it is nothing.
            origins.append(Origin(report.content, liked, own, [] if liked else words))
        if not shuffle:
            yield from _examples(nlp, origins, augmenter)
            return
        rng.shuffle(origins)
        waiting: list[Example] = []  # a report and its copies are spread, not given in a row
        for example in _examples(nlp, origins, augmenter):
            waiting.append(example)
            if len(waiting) > _SPREAD:
                yield waiting.pop(rng.randrange(len(waiting)))
        rng.shuffle(waiting)
        yield from waiting

    return read


def _examples(nlp: Language, origins: Iterable[Origin], augmenter: Callable[[Language, Example], Iterator[Example]] | None) -> Iterator[Example]:
    for origin in origins:
        example = to_example(nlp, origin)
        yield from augmenter(nlp, example) if augmenter is not None else [example]


def to_example(nlp: Language, origin: Origin) -> Example:
    """The example of a report, which keeps its origin."""
    content = tidied_annotations(origin.content)
    gold = gold_doc(nlp.make_doc, content, unknown=origin.unlabelled)
    gold.user_data[_ORIGIN] = origin
    return Example(nlp.make_doc(content.text), gold)


def origin_of(example: Example) -> Origin:
    """The origin of an example.

    Raises:
        GovIEError: it was not read by ``gov_ie.AnnotatedReports.v1``.
    """
    try:
        return example.reference.user_data[_ORIGIN]
    except KeyError:
        raise GovIEError("this augmenter works on annotated reports; read them with @readers = \"gov_ie.AnnotatedReports.v1\"") from None


def labels_of(contents: Iterable[AnnotatedText]) -> dict[str, list[str]]:
    """Group of spans (``"ents"`` for the entities) → the labels that stand in these (tidied) reports, sorted."""
    found: dict[str, set[str]] = {"ents": set(), UNITS_KEY: set(), NAMES_KEY: set(), FACTS_KEY: set()}
    for content in contents:
        found["ents"].update(a.label for a in content.entities())
        found[UNITS_KEY].update(a.label for a in content.of(UNIT_LABELS))
        found[NAMES_KEY].update(a.label for a in content.of(NAME_LABELS))
        found[FACTS_KEY].update(role for _, _, role in gold_facts(content))
    return {group: sorted(labels) for group, labels in found.items()}


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
    """The gold document of a tidied report.

    Args:
        tokenize: a tokenizer, or ``nlp.make_doc``.
        content: a tidied annotated text.
        unknown: words that would be an entity under a label that this report does not carry: where they stand outside any entity, nothing is learned.
    """
    doc = to_doc(tokenize, content)
    places = [match.span() for word in unknown for match in re.finditer(re.escape(word), doc.text)]
    taken = {token.i for entity in doc.ents for token in entity}
    missing = [span for start, end in places if (span := doc.char_span(start, end)) is not None and taken.isdisjoint(range(span.start, span.end))]
    if missing:
        doc.set_ents(list(doc.ents), missing=filter_spans(missing))
    return doc
