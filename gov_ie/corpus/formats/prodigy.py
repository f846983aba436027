"""Prodigy: one JSON object a line with ``text``, ``tokens`` and ``spans``, offsets in code points; for the recipe ``spans.manual``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from gov_ie.corpus.formats.flat import Flat, annotate, flat_labels, flatten, offsets
from gov_ie.corpus.formats.tasks import DIGEST_KEY, NAME_KEY, LeftOut, Task, digest, json_list, json_object, name_of, read_lines, text_of, write_exactly, write_lines
from gov_ie.corpus.formats.tokens import cut_tokens
from gov_ie.errors import AnnotationError

SUFFIXES = (".jsonl",)


def write(tasks: Sequence[Task], folder: Path, own: Collection[str] = ()) -> list[Path]:
    """Write ``tasks.jsonl``, and ``labels.txt`` for the option ``--label`` of the recipe.

    Raises:
        AnnotationError: a task has labels that a flat list cannot hold.
    """
    return [write_lines(folder / "tasks.jsonl", [_record(task, own) for task in tasks]), write_exactly(folder / "labels.txt", "\n".join(flat_labels(own)) + "\n")]


def _record(task: Task, own: Collection[str]) -> dict[str, Any]:
    text, flats = task.content.text, flatten(task, own)
    tokens = cut_tokens(text, flats)
    first = {start: i for i, (start, _) in enumerate(tokens)}
    last = {end: i for i, (_, end) in enumerate(tokens)}
    meta: dict[str, Any] = {NAME_KEY: task.name}
    if task.certainty is not None:
        meta["certainty"] = round(task.certainty, 4)
    return {
        "text": text,
        "tokens": [{"text": text[start:end], "start": start, "end": end, "id": i, "ws": False} for i, (start, end) in enumerate(tokens)],
        "spans": [{"start": f.start, "end": f.end, "label": f.label, "token_start": first[f.start], "token_end": last[f.end]} for f in flats],
        "meta": meta,
        DIGEST_KEY: digest(text),
    }


def read(path: Path, own: Collection[str] = ()) -> Iterator[Task | LeftOut]:
    """Read what ``prodigy db-out`` wrote; tasks that were rejected or ignored are named and left out.

    Raises:
        AnnotationError: it holds what an annotated report cannot: relations, crossing or unknown labels, a changed text.
    """
    for number, (where, record) in enumerate(read_lines(path), 1):
        meta = json_object(record.get("meta") or {}, where)
        name = name_of(meta.get(NAME_KEY), where, path, number)
        where = f"{where}: {name}"
        answer = record.get("answer", "accept")
        if answer != "accept":
            yield LeftOut(where, f"its answer is “{answer}”")
            continue
        text = text_of(record, where, given=record.get(DIGEST_KEY))
        if record.get("relations"):
            raise AnnotationError(f"{where}: relations between labels are not kept; take them out")
        for token in json_list(record.get("tokens"), where):
            start, end = offsets(json_object(token, where).get("start"), token.get("end"), where)
            if text[start:end] != token.get("text"):
                raise AnnotationError(f"{where}: offset {start}: the token {token.get('text')!r} is not what the text says there; was the text changed?", offset=start)
        flats = []
        for span in json_list(record.get("spans"), where):
            start, end = offsets(json_object(span, where).get("start"), span.get("end"), where)
            flats.append(Flat(start, end, span.get("label", "")))
        yield Task(name, annotate(where, text, flats, own))
