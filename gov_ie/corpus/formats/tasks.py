"""A report as a task of an annotation tool, and the files such tasks stand in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.errors import AnnotationError

#: Keys of what travels with a task, so that it comes back under its name and with the text it was given.
NAME_KEY = "name"
DIGEST_KEY = "text_sha256"
#: Bytes of a name; file systems take 255 with the ending.
_LONGEST_NAME = 240
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f/\\:\ud800-\udfff]")


@dataclass(frozen=True)
class Task:
    """A report to annotate, or annotated: its name (a file name without its end), text with labels, and how certain they are (0 to 1)."""

    name: str
    content: AnnotatedText
    certainty: float | None = None


@dataclass(frozen=True)
class LeftOut:
    """What a file holds and a report does not take over — an unfinished task, a note — and why: to be told, never dropped in silence."""

    where: str
    why: str


def digest(text: str) -> str:
    """16 hexadecimal digits of the SHA-256 of a text, by which a changed text is told."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def files_of(paths: Sequence[Path], suffixes: tuple[str, ...]) -> list[Path]:
    """The files that ``paths`` stand for: a file for itself, a folder for those in it that end in ``suffixes``.

    Raises:
        AnnotationError: there is no such path, or a folder has no such file.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix in suffixes and p.is_file())
            if not found:
                raise AnnotationError(f"{path}: no file in it ends in {' or '.join(suffixes)}; is --from the right format?")
            files += found
        elif path.is_file():
            files.append(path)
        else:
            raise AnnotationError(f"{path}: no such file or folder")
    return files


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        AnnotationError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise AnnotationError(f"{path}: cannot be read ({error.strerror})") from error


def read_exactly(path: Path) -> str:
    """The text of a UTF-8 file with its line ends as they are.

    Raises:
        AnnotationError: it cannot be read or is not UTF-8; ``offset`` is the byte.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8", offset=error.start) from error


def write_exactly(path: Path, text: str) -> Path:
    """Write a text as UTF-8 with its line ends as they are, and return its path.

    Raises:
        AnnotationError: the file cannot be written, or half a surrogate pair stands in the text.
    """
    try:
        path.write_bytes(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise AnnotationError(f"{path}: character {error.start} is half a surrogate pair and cannot be written; take it out of the text", offset=error.start) from error
    except OSError as error:
        raise AnnotationError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def write_lines(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Write one JSON object a line, and return the path."""
    return write_exactly(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """``(file:line, object)`` for each line of a file with one JSON object a line; empty lines are passed over.

    Raises:
        AnnotationError: a line is no JSON object.
    """
    # Only \n ends a line: JSON strings may hold U+2028 and its like as they are.
    for number, line in enumerate(read_exactly(path).removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            yield where, json_object(parse_json(where, line), where)


def parse_json(where: str, text: str) -> Any:
    """What a JSON text says.

    Raises:
        AnnotationError: it is no JSON; ``offset`` is the character in ``text``.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise AnnotationError(f"{where}: no JSON at character {error.pos} ({error.msg}); is --from the right format?", offset=error.pos) from error
    except RecursionError as error:
        raise AnnotationError(f"{where}: JSON nested too deeply to be an annotated report") from error


def json_object(value: Any, where: str) -> dict[str, Any]:
    """``value`` if it is a JSON object.

    Raises:
        AnnotationError: it is something else.
    """
    if not isinstance(value, dict):
        raise AnnotationError(f"{where}: an object was expected, not {json.dumps(value, ensure_ascii=False)[:40]}; is --from the right format?")
    return value


def json_list(value: Any, where: str) -> list[Any]:
    """``value`` if it is a JSON list; ``null`` is an empty one.

    Raises:
        AnnotationError: it is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise AnnotationError(f"{where}: a list was expected, not {json.dumps(value, ensure_ascii=False)[:40]}; is --from the right format?")
    return value


def text_of(record: dict[str, Any], where: str, *, given: Any = None) -> str:
    """The text of a task, compared with the digest that went out with it.

    Args:
        record: the object with the key ``text``.
        where: what to call the place in a message.
        given: the digest that came back, if any.

    Raises:
        AnnotationError: there is no text, the tool changed it, or it cannot be written.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise AnnotationError(f"{where}: no “text” in it; is --from the right format?")
    half = next((i for i, char in enumerate(text) if "\ud800" <= char <= "\udfff"), None)
    if half is not None:
        raise AnnotationError(f"{where}: offset {half}: half a surrogate pair, which no file can hold; take it out of the text", offset=half)
    if given is not None and given != digest(text):
        raise AnnotationError(f"{where}: the text is not the one that was given out, so the offsets cannot be trusted; import the task into the tool again, unchanged")
    return text


def name_of(given: Any, where: str, path: Path, number: int) -> str:
    """The name of a report: the one given, or the file's with the task's number.

    Raises:
        AnnotationError: the name given cannot be a file's name.
    """
    if given is None:
        return f"{path.stem}-{number:03d}"
    if not isinstance(given, str) or not given.strip(". ") or _NOT_IN_NAMES.search(given) or len(given.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        raise AnnotationError(f"{where}: {_short(given)} cannot be a file's name; change “{NAME_KEY}”")
    return given


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) < 60 else shown[:57] + "…"
