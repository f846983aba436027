"""Expected facts (``NAME.facts.json`` beside an annotated report): whether they are a :class:`~gov_ie.report.Report`, and whether the report bears them out.

Figures are read as the assembler reads them, so this stands beside the rooms and not in ``corpus/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gov_ie.assembly import numbers
from gov_ie.errors import AnnotationError
from gov_ie.labels import ROLE_FIELDS
from gov_ie.reading.tidy import tidy
from gov_ie.report import Report

#: Fields that no annotated report has to bear out: what a program adds, and cells of forms, whose digits may be printed run together.
_NOT_PRINTED = {"tables", "checks", "evidence", "confidence", "warnings", "source"}
_DIGITS = r"\d[\d,]*(?:\.\d+)?[余多几]?(?:万亿|亿|[千百]?万|千|百)?"
_WORDS = "[零〇○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]"
_FIGURE = re.compile(rf"百分之(?:{_WORDS}|[点\d.])+|{_DIGITS}|{_WORDS}+(?:[余多几]?[万亿]{_WORDS}*)*")
_DATE = re.compile(r"(?:[\d零〇○O一二三四五六七八九]{4}年)?[\d一二三四五六七八九十]{1,3}月(?:份)?[\d一二三四五六七八九十]{1,3}[日号]|\d{4}[-/.—]\d{1,2}[-/.—]\d{1,2}")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


@dataclass(frozen=True)
class Facts:
    """The expected facts of a report: as read, and as written in the file."""

    report: Report
    raw: str

    def place(self, path: str) -> int:
        """Where in ``raw`` the value at a path (``disclosure.by_category[2].count``) stands, in characters; of a value that is not written the nearest that holds it."""
        return _place(self.raw, path)


def facts_path(report: Path) -> Path:
    """Where the expected facts of a report lie, if it has any."""
    return report.with_name(f"{report.stem}.facts.json")


def read_facts(path: Path) -> Facts:
    """Read expected facts.

    Raises:
        AnnotationError: the file is not UTF-8 (``offset`` in bytes), no JSON, or no report (``offset`` in characters); the message names the file and the field.
    """
    try:
        raw = path.read_bytes().decode("utf-8")
        data = json.loads(raw)
        return Facts(Report.model_validate(data), raw)
    except UnicodeDecodeError as error:
        raise AnnotationError(f"{path}: offset {error.start}: not UTF-8; save the file as UTF-8", offset=error.start) from error
    except json.JSONDecodeError as error:
        raise AnnotationError(f"{path}: offset {error.pos}: no JSON ({error.msg})", offset=error.pos) from error
    except ValidationError as error:
        wrong = error.errors()[0]
        field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in wrong["loc"])[1:]
        raise AnnotationError(f"{path}: {field or 'the file'}: {wrong['msg']}; the fields are those of 'gov-ie schema'", offset=_place(raw, field)) from error


def doubtful_values(facts: Report, text: str, figures: Iterable[tuple[str, str, str]], denied: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the values that a report does not bear out.

    Args:
        facts: its expected facts.
        text: its text, as read.
        figures: its figures that have a role: role, label, and the words.
        denied: the roles that it denies.

    Yields:
        ``(level, path, message)``. An ``"error"``: no figure of the text can be read as the number, no date as the date, or the string does not stand there
        (blanks and width of characters aside); nought may also be a denial. A ``"hint"``: the value and the labels say different things.
    """
    stated: dict[str, dict[float, str]] = {field: {} for field in ROLE_FIELDS.values()}
    for role, label, words in figures:
        value = numbers.percent(words) if label == "PERCENT" else numbers.number(words)
        if value is not None and role in ROLE_FIELDS:
            stated[ROLE_FIELDS[role]][round(value, 4)] = f"{{{label}:{role} {words}}}"
    for role in denied:
        if role in ROLE_FIELDS:
            stated[ROLE_FIELDS[role]].setdefault(0.0, f"{{NULL:{role} …}}")
    printed, readable = (numbers.plain(text), numbers.plain(tidy(text).text)), read_values(text)
    given: dict[str, set[float]] = {}
    for path, value in _leaves(facts.model_dump(exclude=_NOT_PRINTED)):
        if isinstance(value, str):
            if not any(_holds_date(each, value, readable) if _dated(path) else numbers.plain(value) in each for each in printed):
                yield "error", path, f"{value!r}: {'no date of the text can be read so' if _dated(path) else 'does not stand in the text'}"
            continue
        field = re.sub(r"\[\d+\]\.\w+$", "[]", path)
        number = round(float(value), 4)
        given.setdefault(field, set()).add(number)
        if number in stated.get(field, ()):
            continue
        if number not in readable and not (path == "year" and str(value) in printed[0]):
            yield "error", path, f"{value}: no figure of the text can be read so{'' if number else ', and nothing is denied that it counts'}"
        elif field in stated:
            yield "hint", path, f"{value}: {' and '.join(stated[field].values()) or 'no label'} in the text"
    for field, values in stated.items():
        for number, label in values.items():
            if number not in given.get(field, ()) and not (number == 0 and field.endswith("[]")):
                yield "hint", field.removesuffix("[]"), f"{label} stands in the text, and no {number:g} here"


def read_values(text: str) -> set[float]:
    """Every number that a figure of the text can be read as: digits with and without 万 and 亿, Chinese numerals, rates; blanks inside figures may be there or not."""
    values: set[float] = set()
    for version in (text, numbers.plain(text)):
        for match in _FIGURE.finditer(version):
            words = match.group()
            parts = [words, *re.findall(r"\d+(?:\.\d+)?", words)]  # 3,5件 may be two figures, 1.2 of 1.2万 stands in a column of 万元
            values.update(round(value, 4) for part in parts for value in (numbers.number(part), numbers.percent(part)) if value is not None)
    return values


def _dated(path: str) -> bool:
    return path.startswith(("period.", "published"))


def _holds_date(text: str, value: str, readable: Collection[float]) -> bool:
    """Whether an ISO date is that of a date in the text: the day as printed, the year perhaps elsewhere (``1月1日至12月31日``); of months and years the numbers."""
    if _ISO.fullmatch(value) is None:
        return False
    year, *rest = (int(part) for part in value.split("-"))
    if len(rest) == 2:
        return (year in readable or str(year) in text) and any(numbers.iso_date(match.group(), year=year) == value for match in _DATE.finditer(text))
    return all(part in readable for part in (year, *rest))


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """``(path, value)`` of every filled value."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _leaves(below, f"{path}[{index}]")
    elif value is not None:
        yield path, value


def _place(raw: str, path: str) -> int:
    tokens = _TOKEN.finditer(raw)
    places = dict(_places(next(tokens), tokens, ""))
    while path not in places:
        path = re.sub(r"(?:^|\.|\[)[^.\[]*$", "", path)
    return places[path]


def _places(token: re.Match[str], tokens: Iterator[re.Match[str]], path: str) -> Iterator[tuple[str, int]]:
    """Path and offset of the value that begins with ``token``, and of all in it. The JSON is known to be sound."""
    yield path, token.start()
    index = 0
    while token.group() in "{[":
        below = next(tokens)
        if below.group() in "}]":
            return
        if below.group() == ",":
            continue
        if token.group() == "[":
            yield from _places(below, tokens, f"{path}[{index}]")
            index += 1
        else:
            next(tokens)  # the colon
            key = json.loads(below.group())
            yield from _places(next(tokens), tokens, f"{path}.{key}" if path else key)
