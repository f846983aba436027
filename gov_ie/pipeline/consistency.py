"""Carrying names over within a report: what was surely tagged at one place is the same thing at its other mentions."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

#: Start and end token, label, score.
Found = tuple[int, int, str, float]
#: A name is carried over to its other mentions when its tags are at least this likely at one place and it is at least this long.
_SURE, _LONG_ENOUGH = 0.9, 3
#: A town's own name in the full one: 云溪镇 in 临川县云溪镇.
_TOWN = re.compile(r"^[^镇乡]{2,12}(?:省|市|区|县|州|旗)([^省市区县州旗]{2,6}(?:镇|乡|街道))$")
_LEVEL_BODY = re.compile(r"(?:省|市|县|区|州|旗|镇|乡|街道|党)(?:委|政府|人民政府|中央|党委|党组)$|.*[。，；：、\s]")


def carry_over(doc: Doc, found: list[Found], labels: list[str], taken: set[int]) -> list[Found]:
    """Carry a name that was surely tagged at one place over to its other mentions in the document, and over fragments of it.

    One report speaks of the same bodies again and again (label consistency: Krishnan & Manning 2006, «An Effective Two-Stage Model for
    Exploiting Non-Local Dependencies in Named Entity Recognition»). Longer names come first.
    """
    names: dict[str, tuple[str, float]] = {}
    for start, end, label, score in found:
        text = doc[start:end].text
        if label in labels and score >= _SURE and len(text) >= _LONG_ENOUGH and not _LEVEL_BODY.match(text):
            for name in (text, *_TOWN.findall(text)):
                names[name] = (label, max(score, names.get(name, ("", 0.0))[1]))
    result = list(found)
    whole = doc.text
    for name in sorted(names, key=lambda n: (-len(n), n)):
        label, score = names[name]
        for match in re.finditer(re.escape(name), whole):
            span = doc.char_span(match.start(), match.end())
            if span is None or taken.intersection(range(span.start, span.end)):
                continue
            touching = [f for f in result if f[0] < span.end and span.start < f[1]]
            if any((f[2] not in labels and f[1] - f[0] >= len(span)) or (f[0], f[1]) == (span.start, span.end) or _keeps(f, span, score) for f in touching):
                continue
            result = [f for f in result if f not in touching]
            result.append((span.start, span.end, label, score))
    return sorted(result)


def _keeps(found: Found, span: Span, score: float) -> bool:
    """Whether a stretch that was tagged stands against a known name: it reaches beyond the name, by more than a stray character or surely."""
    beyond = max(span.start - found[0], 0) + max(found[1] - span.end, 0)
    return beyond > 0 and (beyond > 1 or found[3] >= score)
