"""spaCy's DocBin: every label in ``doc.spans["sc"]``, spaCy's key for span categorisation; the entities in ``doc.ents`` too."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from gov_ie.corpus.formats.flat import Flat, annotate, flatten
from gov_ie.corpus.formats.tasks import NAME_KEY, LeftOut, Task, name_of, read_bytes
from gov_ie.corpus.formats.tokens import cut_tokens
from gov_ie.errors import AnnotationError
from gov_ie.labels import ENTITY_LABELS

SUFFIXES = (".spacy",)
SPANS_KEY = "sc"


def write(tasks: Sequence[Task], folder: Path, own: Collection[str] = ()) -> list[Path]:
    """Write ``tasks.spacy``.

    Raises:
        AnnotationError: a task has labels that a flat list cannot hold.
    """
    vocab = Vocab()
    path = folder / "tasks.spacy"
    try:
        DocBin(docs=[_doc(task, vocab, own) for task in tasks], store_user_data=True).to_disk(path)
    except OSError as error:
        raise AnnotationError(f"{path}: cannot be written ({error.strerror})") from error
    return [path]


def _doc(task: Task, vocab: Vocab, own: Collection[str]) -> Doc:
    text, flats = task.content.text, flatten(task, own)
    tokens = cut_tokens(text, flats)
    first = {start: i for i, (start, _) in enumerate(tokens)}
    last = {end: i + 1 for i, (_, end) in enumerate(tokens)}
    doc = Doc(vocab, words=[text[start:end] for start, end in tokens], spaces=[False] * len(tokens))
    doc.user_data[NAME_KEY] = task.name
    doc.spans[SPANS_KEY] = [Span(doc, first[f.start], last[f.end], label=f.label) for f in flats]
    entities = [Span(doc, s.start, s.end, label=base) for s in doc.spans[SPANS_KEY] if (base := s.label_.partition(":")[0]) in (*ENTITY_LABELS, *own)]
    doc.set_ents(filter_spans(entities))
    return doc


def read(path: Path, own: Collection[str] = ()) -> Iterator[Task | LeftOut]:
    """Read the documents of a ``.spacy`` file: ``doc.spans["sc"]`` or, where a document has none, ``doc.ents``.

    Raises:
        AnnotationError: it is no DocBin, has labels elsewhere, or what an annotated report cannot hold: crossing or unknown labels.
    """
    for number, stored in enumerate(_stored(path), 1):
        where = f"{path}: document {number}"
        name = name_of(stored.name, where, path, number)
        where = f"{where}: {name}"
        others = [key for key, flats in stored.groups.items() if key != SPANS_KEY and flats]
        if others:
            raise AnnotationError(f"{where}: labels under doc.spans[{others[0]!r}] are not read; put them into doc.spans[{SPANS_KEY!r}]")
        flats = stored.groups.get(SPANS_KEY, stored.entities)
        spoken_for = {(f.start, f.end, f.label.partition(":")[0]) for f in flats}
        for entity in stored.entities:
            if tuple(entity) not in spoken_for:
                raise AnnotationError(f"{where}: offset {entity.start}: {entity.label} stands in doc.ents but not in doc.spans[{SPANS_KEY!r}]; put it there, or take it out", offset=entity.start)
        yield Task(name, annotate(where, stored.text, flats, own))


class _Stored(NamedTuple):
    """What is read of a document."""

    name: Any
    text: str
    entities: list[Flat]
    groups: dict[str, list[Flat]]


def _stored(path: Path) -> list[_Stored]:
    """The documents of a file, all looked into: a broken one may show only when its spans are asked for."""

    def flats(spans: Iterable[Span]) -> list[Flat]:
        return [Flat(s.start_char, s.end_char, s.label_) for s in spans]

    try:
        docs = DocBin().from_bytes(read_bytes(path)).get_docs(Vocab())
        return [_Stored(doc.user_data.get(NAME_KEY), doc.text, flats(doc.ents), {key: flats(group) for key, group in doc.spans.items()}) for doc in docs]
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, zlib.error) as error:
        raise AnnotationError(f"{path}: no DocBin of spaCy's, or a broken one ({error}); is --from the right format?") from error
