"""Character n-grams of a candidate and of the words around it, as features for span classification.

What a figure counts is said in the words on its left and right, in the sentence's opening, in the sentence before and in the heading; the
window of a convolutional tok2vec sees little of that.  Each of these contexts is a *field*: its character n-grams (1 to 3) are hashed,
salted with the field's number, and later embedded and averaged per field.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Ops, get_current_ops
from thinc.types import Ragged

from gov_ie.pipeline.cues import cues_between
from gov_ie.pipeline.layout import Heading, Layout, analyse
from gov_ie.pipeline.tones import unit_tones

#: Range of characters → (start, end) pairs of one field, and extra symbols of it.
Field = tuple[list[tuple[int, int]], list[str]]
ContextFunction = Callable[[Layout, int, int], list[Field]]

_PRIMES = tuple(np.uint64(p) for p in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93))
_FULL_TO_HALF = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, ord("〇"): ord("零"), ord("“"): ord('"'), ord("”"): ord('"')}


class Hashes(NamedTuple):
    """Hashes of the n-grams of a text: ``orders[n][i]`` is that of the ``n + 1`` characters that begin at ``i``."""

    orders: tuple[np.ndarray, ...]


def hash_ngrams(text: str) -> Hashes:
    """Hash every 1-, 2- and 3-gram of ``text``; full width equals half width, every digit equals every other."""
    codes = np.array([ord("0") if c.isdigit() else _FULL_TO_HALF.get(ord(c), ord(c)) for c in text], dtype=np.uint64)
    with np.errstate(over="ignore"):
        one = (codes + np.uint64(1)) * _PRIMES[0]
        one ^= one >> np.uint64(29)
        two = (one[:-1] * _PRIMES[1]) ^ one[1:] if len(text) > 1 else one[:0]
        three = (two[:-1] * _PRIMES[2]) ^ one[2:] if len(text) > 2 else one[:0]
    return Hashes((one, two, three))


def field_keys(hashes: Hashes, candidates: Iterable[list[Field]]) -> tuple[np.ndarray, np.ndarray]:
    """The keys of each field of every candidate, one after the other, and how many each has; never none, since every field has a key of its own.

    All keys are cut at once from one table: the field's own key (0), the hashes of the text's n-grams, then those of the symbols.
    """
    bases = [1]
    for order in hashes.orders:
        bases.append(bases[-1] + len(order))
    symbols: list[int] = []
    pieces: list[int] = []  # start in the table, length, field; three numbers a piece
    lengths: list[int] = []
    for fields in candidates:
        for number, (ranges, names) in enumerate(fields, start=1):
            pieces += (0, 1, number)
            length = 1
            for start, end in ranges:
                for n in range(min(end - start, len(hashes.orders))):
                    pieces += (bases[n] + start, end - n - start, number)
                    length += end - n - start
            if names:
                pieces += (bases[-1] + len(symbols), len(names), number)
                symbols += map(_symbol, names)
                length += len(names)
            lengths.append(length)
    starts, counts, numbers = np.array(pieces, dtype=np.int64).reshape(-1, 3).T
    with np.errstate(over="ignore"):
        orders = [order * _PRIMES[1] + np.uint64(n) for n, order in enumerate(hashes.orders)]
        table = np.concatenate([np.zeros(1, dtype=np.uint64), *orders, np.array(symbols, dtype=np.uint64)])
        places = np.arange(counts.sum()) + np.repeat(starts - np.cumsum(counts) + counts, counts)
        keys = table[places] + np.repeat(numbers.astype(np.uint64) * _PRIMES[3], counts)
    return keys, np.array(lengths, dtype="i")


@lru_cache(maxsize=65536)
def _symbol(text: str) -> int:
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def unit_contexts(layout: Layout, start: int, end: int) -> list[Field]:
    """The fields of a unit: all of it, its opening, its end, the headings above, the units around, its place, and the tone of its section."""
    first, lower = layout.headings_at(start)
    at = bisect_left(layout.units, (start, end))
    before = layout.units[at - 1] if at else None
    after = layout.units[at + 1] if at + 1 < len(layout.units) else None
    mark = layout.text[end : end + 1]
    line_start = layout.text.rfind("\n", 0, start) + 1
    place = [
        f"place{int(8 * start / max(len(layout.text), 1))}", f"mark{mark}", f"kind{layout.kind_at(start)}", f"length{min((end - start) // 12, 6)}",
        f"opens{start - line_start < 6}", f"alone{start - line_start < 6 and mark in ('', chr(10))}",
    ]  # fmt: skip
    return [
        ([(start, end)], []),
        ([(start, min(start + 5, end))], []),
        ([(max(end - 5, start), end)], []),
        ([(h.start, h.end) for h in (first, lower) if h is not None and h.start != start], []),
        ([before] if before else [], []),
        ([(after[0], min(after[0] + 12, after[1]))] if after else [], []),
        ([], place),
        ([], _tone(layout, at, start, end, place[2])),
    ]


def _tone(layout: Layout, at: int, start: int, end: int, kind: str) -> list[str]:
    """Whether a unit, the ones around it and the lead-in above it speak of shortcomings or of plans; a section often turns from the one to the other."""
    tones = unit_tones(layout)
    own = tones.own[at] if at < len(layout.units) and layout.units[at] == (start, end) else ""
    before, lead, turn = (tones.before[at], tones.lead[at], tones.turn[at]) if at < len(tones.turn) else ("", "", "")
    after = tones.own[at + 1] if at + 1 < len(tones.own) else ""
    return [f"own{own}", f"before{before}", f"after{after}", f"lead{lead}", f"turn{turn}", f"{kind}+{turn}", f"{kind}+{own}", f"{turn}+{own}", f"{lead}+{own}", f"{lead}+{turn}"]


def fact_contexts(layout: Layout, start: int, end: int) -> list[Field]:
    """The fields of a figure or denying clause: the words on its left and right, what the sentence, the one before and the heading say."""
    at = bisect_left(layout.candidates, (start, end))
    candidate = layout.candidates[at] if at < len(layout.candidates) and layout.candidates[at][:2] == (start, end) else None
    first, lower = layout.headings_at(start)
    kind, left, right, unit_start, unit_end = candidate[2:] if candidate else ("", start, end, start, end)
    inside = layout.text[start:end]
    unit = bisect_left(layout.units, (unit_start, unit_end))
    before = layout.units[unit - 1] if 0 < unit <= len(layout.units) else None
    place = [f"kind{kind}", f"section{layout.kind_at(start)}", f"zero{inside[:1] in '0０零无'}", f"length{min(end - start, 8)}", f"place{int(5 * start / max(len(layout.text), 1))}"]
    if kind == "NULL":
        left = right = start
        around: list[Field] = [([(start, end)], []), ([], []), ([], []), ([], [])]
    else:
        around = [([(left, start)], []), ([(max(start - 4, left), start)], []), ([(end, right)], []), ([(max(start, end - 2), end)], [f"measure{inside.lstrip('0123456789０１２３４５６７８９.,，．余多 ')}"])]
    return [
        *around,
        ([(unit_start, left)] if left > unit_start else [], []),
        ([(unit_start, min(unit_start + 14, left))] if left > unit_start else [], []),
        ([(max(right, end), min(max(right, end) + 14, unit_end))] if unit_end > right else [], []),
        ([before] if before else [], []),
        ([(h.start, h.end) for h in (first, lower) if h is not None], []),
        ([], place),
        ([], _cues(layout.text, start, end, left, right, unit_start, unit_end, [h for h in (first, lower) if h is not None])),
    ]


def _cues(text: str, start: int, end: int, left: int, right: int, unit_start: int, unit_end: int, headings: list[Heading]) -> list[str]:
    """Which cue words stand beside the candidate, in its piece, in its sentence and in the headings above; the nearest ones by their order."""
    symbols = []
    before = cues_between(text, unit_start, start)
    symbols += [f"near{i}{cue.group}" for i, cue in enumerate(reversed(before[-3:]))]
    if before:
        symbols.append(f"pair{'+'.join(c.group for c in before[-2:])}")
    after = cues_between(text, end, right)
    symbols += [f"after{i}{cue.group}" for i, cue in enumerate(after[:2])]
    inside = sorted({c.group for c in cues_between(text, left, start)} | {c.group for c in after} | {c.group for c in cues_between(text, start, end)})
    symbols += [f"piece{group}" for group in inside]
    symbols.append(f"all{'+'.join(inside)}")
    symbols += [f"unit{group}" for group in sorted({c.group for c in cues_between(text, unit_start, unit_end)})]
    symbols += [f"heading{c.group}" for h in headings for c in cues_between(text, h.start, h.end)]
    return symbols


_CONTEXTS: dict[str, tuple[ContextFunction, int]] = {"units": (unit_contexts, 8), "facts": (fact_contexts, 11)}


def number_of_fields(contexts: str) -> int:
    """How many fields a candidate has."""
    return _CONTEXTS[contexts][1]


def doc_keys(doc: Doc, spans: np.ndarray, contexts: str) -> tuple[np.ndarray, np.ndarray]:
    """Keys for every candidate (token offsets, shape ``(n, 2)``) of a document, and how many each of the ``n * number_of_fields`` fields has."""
    layout = analyse(doc.text)
    function, _ = _CONTEXTS[contexts]
    idx, length = doc.to_array([IDX, LENGTH]).reshape(-1, 2).T.astype(np.int64)
    spans = spans.reshape(-1, 2)
    places = zip(idx[spans[:, 0]].tolist(), (idx + length)[spans[:, 1] - 1].tolist(), strict=True)
    return field_keys(hash_ngrams(layout.text), (function(layout, start, end) for start, end in places))


def suggest_units(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
    """The units of each document as token offsets, outside printed forms."""
    return _suggest(docs, lambda layout: list(layout.units), ops)


def suggest_facts(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
    """The figures and denying clauses of each document as token offsets."""
    return _suggest(docs, lambda layout: [(c.start, c.end) for c in layout.candidates], ops)


def _suggest(docs: Iterable[Doc], pick: Callable[[Layout], list[tuple[int, int]]], ops: Ops | None) -> Ragged:
    ops = ops or get_current_ops()
    rows: list[tuple[int, int]] = []
    lengths: list[int] = []
    for doc in docs:
        before = len(rows)
        seen = set()
        for start, end in pick(analyse(doc.text)):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None and (span.start, span.end) not in seen:
                seen.add((span.start, span.end))
                rows.append((span.start, span.end))
        lengths.append(len(rows) - before)
    data = np.array(rows, dtype="i") if rows else np.zeros((0, 0), dtype="i")
    return Ragged(ops.asarray2i(data), ops.asarray1i(np.array(lengths, dtype="i")))  # type: ignore[arg-type]


@registry.misc("gov_ie.UnitSuggester.v1")
def unit_suggester() -> Callable[..., Ragged]:
    """Suggest the units of a text: all gold units and nothing else that crosses one."""
    return suggest_units


@registry.misc("gov_ie.FactSuggester.v1")
def fact_suggester() -> Callable[..., Ragged]:
    """Suggest every figure and every denying clause of a text."""
    return suggest_facts
