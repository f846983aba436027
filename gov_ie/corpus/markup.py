"""Annotated reports as plain text: ``{LABEL text}`` and ``{LABEL:role,role text}``, nested at will.

The text is stored once and the labels stand in it, so that they cannot drift from it: take the braces out and the report's own
text is left, to the character. The form is described in ``annotations/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gov_ie.errors import AnnotationError
from gov_ie.labels import NAME_LABELS, NULL_LABEL, UNIT_LABELS

_OPEN = re.compile(r"\{([A-Z]+)(?::([a-z_]+(?:,[a-z_]+)*))?[ ]")
_ESCAPED = "{}\\"


@dataclass(frozen=True, order=True)
class Annotation:
    """A labelled stretch ``text[start:end]``; ``roles`` say what its figure counts or its words deny."""

    start: int
    end: int
    label: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnnotatedText:
    """A text and its annotations, outer before inner.

    ``places[i]`` is the offset of the character ``i`` in the marked-up form that :func:`parse` read; empty for a text from elsewhere.
    """

    text: str
    annotations: tuple[Annotation, ...]
    places: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def of(self, labels: Iterable[str]) -> list[Annotation]:
        """The annotations with one of these labels, in the order of the text."""
        wanted = set(labels)
        return [a for a in self.annotations if a.label in wanted]

    def entities(self) -> list[Annotation]:
        """The annotated entities, whatever their labels: those of the project and those that a user has added. The linter knows which may be."""
        others = {*UNIT_LABELS, *NAME_LABELS, NULL_LABEL}
        return [a for a in self.annotations if a.label not in others]


def read_marked(path: Path) -> str:
    """The marked-up text of a file, its line ends as they are.

    Raises:
        AnnotationError: the file is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{path}: offset {error.start}: not UTF-8; save the file as UTF-8", offset=error.start) from error


def parse(marked: str) -> AnnotatedText:
    """Read marked-up text.

    Raises:
        AnnotationError: a brace is unbalanced or opens no label; ``offset`` is the character in ``marked``.
    """
    pieces: list[str] = []
    places: list[int] = []
    found: list[tuple[int, int, int, str, tuple[str, ...]]] = []
    stack: list[tuple[int, int, str, tuple[str, ...]]] = []
    at = 0
    while at < len(marked):
        char = marked[at]
        if char == "\\" and at + 1 < len(marked) and marked[at + 1] in _ESCAPED:
            pieces.append(marked[at + 1])
            places.append(at)
            at += 2
        elif char == "{":
            opening = _OPEN.match(marked, at)
            if opening is None:
                raise AnnotationError(f"'{marked[at : at + 20]}': '{{' opens no label; write '\\{{' for a brace of the text", offset=at)
            label, roles = opening.group(1), opening.group(2)
            stack.append((len(pieces), at, label, tuple(roles.split(",")) if roles else ()))
            at = opening.end()
        elif char == "}":
            if not stack:
                raise AnnotationError("'}' closes nothing; write '\\}' for a brace of the text", offset=at)
            start, opened_at, label, roles_ = stack.pop()
            if start == len(pieces):
                raise AnnotationError(f"{{{label}}} holds no text", offset=opened_at)
            found.append((start, -len(pieces), opened_at, label, roles_))
            at += 1
        else:
            pieces.append(char)
            places.append(at)
            at += 1
    if stack:
        raise AnnotationError(f"{{{stack[-1][2]} … is never closed", offset=stack[-1][1])
    annotations = tuple(Annotation(s, -e, label, r) for s, e, _, label, r in sorted(found, key=lambda f: f[:3]))
    return AnnotatedText("".join(pieces), annotations, tuple(places))


def format_marked(text: str, annotations: Iterable[Annotation]) -> str:
    """Write ``text`` with its labels in braces; the inverse of :func:`parse`.

    Raises:
        AnnotationError: two annotations cross, or one lies outside the text.
    """
    ordered = sorted(annotations, key=lambda a: (a.start, -a.end))
    opens: dict[int, list[Annotation]] = {}
    closes: dict[int, int] = {}
    stack: list[Annotation] = []
    for annotation in ordered:
        if not 0 <= annotation.start < annotation.end <= len(text):
            raise AnnotationError(f"{annotation}: lies outside the text of {len(text)} characters")
        while stack and stack[-1].end <= annotation.start:
            stack.pop()
        if stack and annotation.end > stack[-1].end:
            raise AnnotationError(f"{annotation} crosses {stack[-1]}", offset=annotation.start)
        stack.append(annotation)
        opens.setdefault(annotation.start, []).append(annotation)
        closes[annotation.end] = closes.get(annotation.end, 0) + 1
    pieces: list[str] = []
    for i, char in enumerate(text):
        pieces.append("}" * closes.get(i, 0))
        for annotation in opens.get(i, ()):
            roles = f":{','.join(annotation.roles)}" if annotation.roles else ""
            pieces.append(f"{{{annotation.label}{roles} ")
        pieces.append("\\" + char if char in _ESCAPED else char)
    pieces.append("}" * closes.get(len(text), 0))
    return "".join(pieces)
