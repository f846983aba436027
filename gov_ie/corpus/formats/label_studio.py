"""Label Studio: a JSON list of tasks with ``predictions`` out, with ``annotations`` back.

Label Studio runs in a browser, where a character beyond U+FFFF (an emoji, a rare Chinese character) counts as two: offsets are UTF-16
code units. Some of its versions count such characters once. What is written counts UTF-16; what is read is told by the words that Label
Studio stores beside the offsets, which must be the words of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from gov_ie.corpus.formats.flat import Flat, annotate, flat_labels, flatten, offsets
from gov_ie.corpus.formats.tasks import DIGEST_KEY, NAME_KEY, LeftOut, Task, digest, json_list, json_object, name_of, parse_json, read_exactly, text_of, write_exactly
from gov_ie.errors import AnnotationError

SUFFIXES = (".json",)
_COLOURS = ("#d4380d", "#096dd9", "#389e0d", "#d48806", "#531dab", "#08979c", "#c41d7f")
#: Label Studio writes the line ends of the words as a backslash and an n.
_BLANKS = re.compile(r"\\[nr]|\s")


def write(tasks: Sequence[Task], folder: Path, own: Collection[str] = ()) -> list[Path]:
    """Write ``tasks.json``, and ``labels.xml`` for the project's labelling interface.

    Raises:
        AnnotationError: a task has labels that a flat list cannot hold.
    """
    records = [_record(task, number, own) for number, task in enumerate(tasks, 1)]
    return [write_exactly(folder / "tasks.json", json.dumps(records, ensure_ascii=False, indent=1) + "\n"), write_exactly(folder / "labels.xml", labelling_config(own))]


def labelling_config(own: Collection[str] = ()) -> str:
    """The labelling interface as XML: all labels, a field to search them, and the text, of which single characters can be marked."""
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Filter", name="filter", toName="label", hotkey="shift+f", minlength="0", placeholder="COUNT:received")
    labels = ElementTree.SubElement(view, "Labels", name="label", toName="text")
    bases = list(dict.fromkeys(label.partition(":")[0] for label in flat_labels(own)))
    for label in flat_labels(own):
        ElementTree.SubElement(labels, "Label", value=label, background=_COLOURS[bases.index(label.partition(":")[0]) % len(_COLOURS)])
    ElementTree.SubElement(view, "Text", name="text", value="$text", granularity="symbol")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _record(task: Task, number: int, own: Collection[str]) -> dict[str, Any]:
    text = task.content.text
    place = _utf16(text)
    result = [
        {"id": f"{number}-{i}", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": place[f.start], "end": place[f.end], "text": text[f.start : f.end], "labels": [f.label]}}
        for i, f in enumerate(flatten(task, own), 1)
    ]
    prediction: dict[str, Any] = {"model_version": "gov_ie", "result": result}
    if task.certainty is not None:
        prediction["score"] = round(task.certainty, 4)
    return {"data": {"text": text, NAME_KEY: task.name, DIGEST_KEY: digest(text)}, "predictions": [prediction]}


def _utf16(text: str) -> list[int]:
    """For each border between characters, from 0 to ``len(text)``, the UTF-16 code units before it."""
    units = [0]
    for char in text:
        units.append(units[-1] + (2 if ord(char) > 0xFFFF else 1))
    return units


def read(path: Path, own: Collection[str] = ()) -> Iterator[Task | LeftOut]:
    """Read an export of Label Studio's in its full form (“JSON”, not “JSON-MIN”); tasks that nobody finished are named and left out.

    Raises:
        AnnotationError: it holds what an annotated report cannot: relations, crossing or unknown labels, several annotations of a task, a
            changed text.
    """
    tasks = parse_json(str(path), read_exactly(path).removeprefix("\ufeff"))
    if not isinstance(tasks, list):
        raise AnnotationError(f"{path}: a list of tasks was expected; export as “JSON”")
    for number, task in enumerate(tasks, 1):
        where = f"{path}: task {number}"
        record = json_object(task, where)
        if "data" not in record:
            raise AnnotationError(f"{where}: no “data” in it; export as “JSON”, not as “JSON-MIN”")
        data = json_object(record["data"], where)
        name = name_of(data.get(NAME_KEY), where, path, number)
        where = f"{where}: {name}"
        annotations = [json_object(a, where) for a in json_list(record.get("annotations"), where)]
        finished = [a for a in annotations if not a.get("was_cancelled")]
        if not finished:
            yield LeftOut(where, "it was skipped" if annotations else "nobody has finished it")
            continue
        if len(finished) > 1:
            raise AnnotationError(f"{where}: {len(finished)} annotations of one task; leave one of them in Label Studio")
        text = text_of(data, where, given=data.get(DIGEST_KEY))
        yield Task(name, annotate(where, text, _flats(json_list(finished[0].get("result"), where), text, where), own))


def _flats(result: list[Any], text: str, where: str) -> list[Flat]:
    values = []
    for entry in result:
        kind = json_object(entry, where).get("type")
        if kind != "labels":
            raise AnnotationError(f"{where}: a result of the type “{kind}” is not kept, only “labels”; take it out in Label Studio")
        value = json_object(entry.get("value"), where)
        start, end = offsets(value.get("start"), value.get("end"), where)
        values.append((start, end, value.get("text"), json_list(value.get("labels"), where)))
    utf16 = {units: at for at, units in enumerate(_utf16(text))}
    code_points = {at: at for at in range(len(text) + 1)}
    ways = [utf16, code_points]
    complaints = []
    for way in ways:
        wrong = next((v for v in values if not _fits(v, way, text)), None)
        if wrong is None:
            return [Flat(way[start], way[end], label) for start, end, _, labels in values for label in _some(labels, where, way[start])]
        complaints.append(wrong)
    start, end, words, _ = complaints[0]
    raise AnnotationError(f"{where}: offset {start}: the label from {start} to {end} stands beside {words!r}, which is not what the text says there; was the text changed?", offset=start)


def _fits(value: tuple[int, int, Any, list[Any]], way: dict[int, int], text: str) -> bool:
    start, end, words, _ = value
    if start not in way or end not in way:
        return False
    return not isinstance(words, str) or _BLANKS.sub("", words) == _BLANKS.sub("", text[way[start] : way[end]])


def _some(labels: list[Any], where: str, offset: int) -> list[Any]:
    if not labels:
        raise AnnotationError(f"{where}: offset {offset}: a stretch without a label; give it one in Label Studio or take it out", offset=offset)
    return labels
