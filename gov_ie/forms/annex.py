"""The statistics annex as data: the indicators of 2014, those of local annexes, the fields they fill and the sums they promise.

The data is ``2014.json``; nothing here is computed from a report.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉、，,。.：:；;·/（）()\-—]+")


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """What two prints of one name have in common: width, quotes and marks out."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))


@dataclass(frozen=True)
class Indicator:
    """A printed line that is known: ``unit`` is ``None`` for a heading, ``under`` names the lines it can stand below."""

    name: str
    enumerator: str
    unit: str | None
    under: tuple[str, ...]
    national: bool

    @property
    def heading(self) -> bool:
        """Whether the line never carries a figure."""
        return self.national and self.unit is None


@dataclass(frozen=True)
class Sum:
    """``whole`` is promised to be the sum of ``parts``; the names are those of :class:`~gov_ie.tables.annex.AnnexCell`."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class AnnexForm:
    """The description of the annex.

    Attributes:
        indicators: known lines by :func:`key` of their name; a name that stands at two places is there once, with all it can stand under.
        columns: what the head of a column can say, by the part the column plays (``label unit code year period figure other remark``).
        fields: field path → what fills it: an indicator, or several that are added up; the first of them that is printed wins.
        lists: path of a list of ``{name, count}`` → (name, indicators).
        sums: the sums that the annex promises. Channels of publication are not among them: what is published twice counts once.
        other_forms: words that only the forms of 2019 and 2021 print.
        footers: captions of the lines above and below the table (`审核人`, `填报日期` …).
        ends: what begins something else behind a table (`地址`, `责任编辑` …).
    """

    title: str
    indicators: dict[str, Indicator]
    columns: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[tuple[str, ...], ...]]
    lists: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    sums: tuple[Sum, ...]
    other_forms: tuple[str, ...]
    footers: tuple[str, ...]
    ends: tuple[str, ...]

    def indicator(self, name: str) -> Indicator | None:
        """The known line of this name, however its marks are printed."""
        return self.indicators.get(key(name))


@lru_cache(maxsize=1)
def annex_form() -> AnnexForm:
    """The description of the annex, read once from the package's data."""
    data: dict[str, Any] = json.loads(resources.files("gov_ie.forms").joinpath("2014.json").read_text(encoding="utf-8"))
    indicators: dict[str, Indicator] = {}
    for row in data["rows"]:
        for name in (row["name"], *row["variants"]):
            indicators.setdefault(key(name), Indicator(name, row["enumerator"], row["unit"], tuple(row["under"]), True))
    for name in data["local"]:
        indicators.setdefault(key(name), Indicator(name, "", None, (), False))
    return AnnexForm(
        title=data["title"],
        indicators=indicators,
        columns={part: tuple(words) for part, words in data["columns"].items()},
        fields={path: tuple((either,) if isinstance(either, str) else tuple(either) for either in ways) for path, ways in data["fields"].items()},
        lists={path: tuple((entry["name"], tuple(entry["indicators"])) for entry in entries) for path, entries in data["lists"].items()},
        sums=tuple(Sum(s["whole"], tuple(s["parts"])) for s in data["sums"]),
        other_forms=tuple(data["other_forms"]),
        footers=tuple(data["footers"]),
        ends=tuple(data["ends"]),
    )
