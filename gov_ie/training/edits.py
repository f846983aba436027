"""Replacing stretches of an annotated text while its labels move along."""

from __future__ import annotations

from gov_ie.corpus.markup import AnnotatedText, Annotation


def rewrite(content: AnnotatedText, changes: list[tuple[int, int, str]]) -> AnnotatedText:
    """Replace stretches (sorted, without overlaps) and move the annotations along; a label around or equal to a stretch keeps to it.

    A stretch may be empty, which puts something in; not at the end of a label, which would take it in.
    """
    pieces: list[str] = []
    shifts: list[tuple[int, int, int]] = []  # old start, old end, new length
    at = 0
    for start, end, new in changes:
        pieces += [content.text[at:start], new]
        shifts.append((start, end, len(new)))
        at = end
    pieces.append(content.text[at:])

    def moved(offset: int, closing: bool) -> int:
        shift = 0
        for start, end, length in shifts:
            if end <= offset:
                shift += length - (end - start)
            elif start < offset:
                return start + shift + (length if closing else 0)
            else:
                break
        return offset + shift

    annotations = tuple(Annotation(moved(a.start, False), moved(a.end, True), a.label, a.roles) for a in content.annotations)
    return AnnotatedText("".join(pieces), annotations)
