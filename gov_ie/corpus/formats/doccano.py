"""doccano: one JSON object a line, ``{"text", "label": [[start, end, name], …]}``, offsets in code points.

Read are also the export with ``entities`` (objects with ``start_offset`` and ``end_offset``) and the older one with ``labels``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from gov_ie.corpus.formats.flat import Flat, annotate, flat_labels, flatten, offsets
from gov_ie.corpus.formats.tasks import DIGEST_KEY, NAME_KEY, LeftOut, Task, digest, json_list, name_of, read_lines, text_of, write_exactly, write_lines
from gov_ie.errors import AnnotationError

SUFFIXES = (".jsonl",)
_KEYS = ("label", "labels", "entities")


def write(tasks: Sequence[Task], folder: Path, own: Collection[str] = ()) -> list[Path]:
    """Write ``tasks.jsonl``, and ``doccano-labels.json`` for doccano's list of labels.

    Raises:
        AnnotationError: a task has labels that a flat list cannot hold.
    """
    records = [
        {"text": task.content.text, "label": [list(flat) for flat in flatten(task, own)], NAME_KEY: task.name, DIGEST_KEY: digest(task.content.text)}
        for task in tasks
    ]  # fmt: skip
    labels = json.dumps([{"text": label} for label in flat_labels(own)], ensure_ascii=False, indent=1) + "\n"
    return [write_lines(folder / "tasks.jsonl", records), write_exactly(folder / "doccano-labels.json", labels)]


def read(path: Path, own: Collection[str] = ()) -> Iterator[Task | LeftOut]:
    """Read an export of doccano's (JSONL).

    Raises:
        AnnotationError: it holds what an annotated report cannot: relations, crossing or unknown labels, a changed text.
    """
    for number, (where, record) in enumerate(read_lines(path), 1):
        # additional columns come back in the object itself, or under "metadata"
        extra = {**(record.get("metadata") or {}), **record} if isinstance(record.get("metadata"), dict | None) else record
        name = name_of(extra.get(NAME_KEY), where, path, number)
        where = f"{where}: {name}"
        text = text_of(record, where, given=extra.get(DIGEST_KEY))
        if record.get("relations"):
            raise AnnotationError(f"{where}: relations between labels are not kept; take them out in doccano")
        given = [key for key in _KEYS if key in record]
        if not given:
            raise AnnotationError(f"{where}: none of “label”, “labels”, “entities” in it; export as JSONL from a sequence labelling project")
        filled = [key for key in given if record[key]] or given[:1]
        if len(filled) > 1:
            raise AnnotationError(f"{where}: labels stand under both “{filled[0]}” and “{filled[1]}”; leave one of them")
        flats = [_flat(entry, where) for entry in json_list(record[filled[0]], where)]
        yield Task(name, annotate(where, text, flats, own))
        if record.get("Comments") or record.get("comments"):
            yield LeftOut(where, "its comments are not kept")


def _flat(entry: Any, where: str) -> Flat:
    if isinstance(entry, dict):
        start, end = offsets(entry.get("start_offset"), entry.get("end_offset"), where)
        return Flat(start, end, entry.get("label", ""))
    if isinstance(entry, list) and len(entry) == 3:
        start, end = offsets(entry[0], entry[1], where)
        return Flat(start, end, entry[2])
    raise AnnotationError(f"{where}: a label is {json.dumps(entry, ensure_ascii=False)[:60]} and not [start, end, name]")
