"""brat: ``NAME.txt`` with ``NAME.ann`` beside it, one label a line, offsets in code points; ``annotation.conf`` with the labels.

A label's name holds no colon in brat: ``COUNT:received`` is ``COUNT-received`` there. A label that runs over a line end is written as brat
itself does, as pieces parted by the line end; pieces with words between them are refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from gov_ie.corpus.formats.flat import Flat, annotate, flat_labels, flatten
from gov_ie.corpus.formats.tasks import LeftOut, Task, name_of, read_exactly, write_exactly
from gov_ie.errors import AnnotationError

SUFFIXES = (".ann",)
_LINE = re.compile(r"T\d+\t(?P<label>\S+) (?P<pieces>\d+ \d+(?:;\d+ \d+)*)\t(?P<words>.*)", re.DOTALL)
_TAB = "\t"
_PIECE = re.compile(r"[^\r\n]+")
_KINDS = {"R": "a relation", "*": "a relation", "E": "an event", "A": "an attribute", "M": "an attribute", "N": "a normalisation"}


def write(tasks: Sequence[Task], folder: Path, own: Collection[str] = ()) -> list[Path]:
    """Write the two files of each task, and ``annotation.conf``.

    Raises:
        AnnotationError: a task has labels that a flat list cannot hold, or one that begins or ends with a line end, which brat cannot show.
    """
    files = []
    for task in tasks:
        files.append(write_exactly(folder / f"{task.name}.txt", task.content.text))
        files.append(write_exactly(folder / f"{task.name}.ann", "".join(_lines(task, own))))
    return [*files, write_exactly(folder / "annotation.conf", _configuration(own))]


def _configuration(own: Collection[str]) -> str:
    entities = "".join(f"{_TAB if ':' in label else ''}{label.replace(':', '-')}\n" for label in flat_labels(own))
    # without this line brat marks every label inside another one as a mistake
    nesting = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    return f"[entities]\n{entities}\n[relations]\n{nesting}\n[events]\n\n[attributes]\n"


def _lines(task: Task, own: Collection[str]) -> Iterator[str]:
    text = task.content.text
    for number, flat in enumerate(flatten(task, own), 1):
        pieces = [match.span() for match in _PIECE.finditer(text, flat.start, flat.end)]
        if not pieces or (pieces[0][0], pieces[-1][1]) != (flat.start, flat.end):
            raise AnnotationError(f"{task.name}: offset {flat.start}: {flat.label} begins or ends with a line end, which brat cannot show; leave the line end out of the label", offset=flat.start)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        yield f"T{number}\t{flat.label.replace(':', '-')} {places}\t{' '.join(text[start:end] for start, end in pieces)}\n"


def read(path: Path, own: Collection[str] = ()) -> Iterator[Task | LeftOut]:
    """Read one report: its ``.ann`` and the ``.txt`` beside it; notes are named and left out.

    Raises:
        AnnotationError: it holds what an annotated report cannot: relations, events, attributes, labels in several pieces, crossing or
            unknown ones, or words that are not those of the text.
    """
    text_file, labels_file = path.with_suffix(".txt"), path.with_suffix(".ann")
    name = name_of(path.stem, str(path), path, 1)
    text = read_exactly(text_file)
    flats = []
    # Only \n ends a line: the words of a label may hold U+2028 and its like.
    for number, line in enumerate(read_exactly(labels_file).split("\n"), 1):
        where = f"{labels_file}:{number}"
        if not line.strip():
            continue
        if line[0] == "#":
            yield LeftOut(where, "a note is not kept")
            continue
        if line[0] in _KINDS:
            raise AnnotationError(f"{where}: {_KINDS[line[0]]} is not kept, only labels are; take it out in brat")
        flats.append(_flat(line, text, where))
    yield Task(name, annotate(str(labels_file), text, flats, own))


def _flat(line: str, text: str, where: str) -> Flat:
    # a file that went through Windows ends its lines in \r\n
    match = _LINE.fullmatch(line) or _LINE.fullmatch(line.removesuffix("\r"))
    if match is None:
        raise AnnotationError(f"{where}: {line[:40]!r} is no line of brat's (T1, tab, label and offsets, tab, words)")
    pieces = [(int(start), int(end)) for start, _, end in (piece.partition(" ") for piece in match["pieces"].split(";"))]
    for (_, end), (start, _) in pairwise(pieces):
        if end > start or text[end:start].strip("\r\n"):
            raise AnnotationError(f"{where}: offset {pieces[0][0]}: {match['label']} is in several pieces, with {text[end:start]!r} left out; make it one piece in brat", offset=pieces[0][0])
    said, stands = match["words"].removesuffix("\r"), " ".join(text[start:end] for start, end in pieces)
    if re.sub(r"\s", "", said) != re.sub(r"\s", "", stands):
        raise AnnotationError(f"{where}: offset {pieces[0][0]}: the label's words are {said!r}, but the text says {stands!r} there; was the text changed?", offset=pieces[0][0])
    return Flat(pieces[0][0], pieces[-1][1], match["label"].replace("-", ":"))
