"""Labels as tools know them: one flat list of names over stretches of text.

A label with a role becomes one name, ``COUNT:received``; with several roles, as many names over the same stretch. Read back, the names of
one label over one stretch are one annotation again. Of several labels over the same stretch the one that stands first is the outer one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from gov_ie.corpus.formats.tasks import Task
from gov_ie.corpus.markup import AnnotatedText, Annotation
from gov_ie.errors import AnnotationError
from gov_ie.labels import ENTITY_LABELS, FIGURE_LABELS, NAME_LABELS, NULL_LABEL, ROLES, UNIT_LABELS

_PLAIN = (*UNIT_LABELS, NULL_LABEL, *NAME_LABELS, *ENTITY_LABELS)
_WITH_ROLES = (*FIGURE_LABELS, NULL_LABEL)
#: Every name that a tool has to know: each label, and each label that carries roles with each role.
FLAT_LABELS = tuple(name for label in _PLAIN for name in (label, *(f"{label}:{role}" for role in ROLES if label in _WITH_ROLES)))
_KNOWN = frozenset(FLAT_LABELS)


class Flat(NamedTuple):
    """A named stretch ``text[start:end]``, in characters (code points)."""

    start: int
    end: int
    label: str


def flat_labels(own: Collection[str] = ()) -> tuple[str, ...]:
    """Every name that a tool has to know, with the entity labels that a user has added."""
    return (*FLAT_LABELS, *own)


def flatten(task: Task, own: Collection[str] = ()) -> list[Flat]:
    """The annotations of a task as flat labels, outer before inner.

    Args:
        task: an annotated report.
        own: entity labels besides those of the project.

    Raises:
        AnnotationError: a label or role is unknown, or what the tools cannot hold: the same label twice over one stretch.
    """
    flats: list[Flat] = []
    seen: set[tuple[int, int, str]] = set()
    for a in task.content.annotations:
        if (a.start, a.end, a.label) in seen:
            raise AnnotationError(f"{task.name}: offset {a.start}: {{{a.label} …}} stands twice over the same words; leave one of them", offset=a.start)
        seen.add((a.start, a.end, a.label))
        if len(set(a.roles)) < len(a.roles):
            raise AnnotationError(f"{task.name}: offset {a.start}: {{{a.label}:{','.join(a.roles)} …}} names a role twice", offset=a.start)
        for label in [f"{a.label}:{role}" for role in a.roles] or [a.label]:
            flats.append(Flat(a.start, a.end, known(label, task.name, a.start, own)))
    annotate(task.name, task.content.text, flats, own)
    return flats


def annotate(where: str, text: str, flats: Iterable[Flat], own: Collection[str] = ()) -> AnnotatedText:
    """A text with flat labels as an annotated text; the inverse of :func:`flatten`.

    Args:
        where: what to call the place in a message: file, line, name.
        text: the text.
        flats: its labels; the order decides only between labels over the same stretch.
        own: entity labels besides those of the project.

    Raises:
        AnnotationError: a label is unknown, outside the text, empty, or crosses another one; ``offset`` is the character in ``text``.
    """
    roles: dict[tuple[int, int, str], list[str]] = {}
    for start, end, name in flats:
        label, _, role = known(name, where, start, own).partition(":")
        if not 0 <= start < end <= len(text):
            raise AnnotationError(f"{where}: offset {start}: {name} from {start} to {end} holds nothing of the text of {len(text)} characters; was the text changed?", offset=start)
        of_this = roles.setdefault((start, end, label), [])
        if role and role not in of_this:
            of_this.append(role)
    annotations = sorted((Annotation(*key, tuple(named)) for key, named in roles.items()), key=lambda a: (a.start, -a.end))
    open_ones: list[Annotation] = []
    for a in annotations:
        while open_ones and open_ones[-1].end <= a.start:
            open_ones.pop()
        if open_ones and a.end > open_ones[-1].end:
            other = open_ones[-1]
            raise AnnotationError(
                f"{where}: offset {a.start}: {a.label} {_shown(text, a)} crosses {other.label} {_shown(text, other)} at {other.start}; let one hold the other whole, or end where it begins",
                offset=a.start,
            )
        open_ones.append(a)
    return AnnotatedText(text, tuple(annotations))


def known(name: Any, where: str, offset: int, own: Collection[str] = ()) -> str:
    """``name`` if it is one of :data:`FLAT_LABELS` or of a user's own.

    Raises:
        AnnotationError: it is not.
    """
    if not isinstance(name, str) or (name not in _KNOWN and name not in own):
        raise AnnotationError(f"{where}: offset {offset}: the project knows no label {name!r}; annotations/README.md lists labels and roles (COUNT:received); one of your own is named in labels.json first", offset=offset)
    return name


def offsets(start: Any, end: Any, where: str) -> tuple[int, int]:
    """The two offsets of a label in a tool's file.

    Raises:
        AnnotationError: they are no whole numbers.
    """
    for value in (start, end):
        if not isinstance(value, int) or isinstance(value, bool):
            raise AnnotationError(f"{where}: a label's offset is {value!r} and not a whole number; is --from the right format?")
    return start, end


def _shown(text: str, a: Annotation) -> str:
    words = text[a.start : a.end]
    return repr(words if len(words) < 20 else words[:17] + "…")
