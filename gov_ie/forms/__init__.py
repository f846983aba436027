"""The printed forms as data: ``2014.json`` (the statistics annex, see :mod:`gov_ie.forms.annex`), ``2019.json`` (国办公开办函〔2019〕60号), ``2021.json`` (国办公开办函〔2021〕30号).

A form says how its rows and columns are called in print and as keys of ``Report.tables``, under which headings they stand, which sums it
promises, and which fields of a report its cells fill.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

FormId = Literal["2019", "2021"]
FORM_IDS: tuple[FormId, ...] = ("2019", "2021")


@dataclass(frozen=True)
class Label:
    """How a row or column is printed: its key, its label and the variants of the label, and the headings above it."""

    key: str
    label: str
    variants: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The label and its variants."""
        return (self.label, *self.variants)


@dataclass(frozen=True)
class Section:
    """A part of the first table: rows that share their columns."""

    heading: str
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]


@dataclass(frozen=True)
class Disclosure:
    """The first table, 主动公开政府信息情况; ``money`` gives the unit in which a cell is printed when the print does not say."""

    title: str
    sections: tuple[Section, ...]
    money: dict[str, str]


@dataclass(frozen=True)
class Relation:
    """The sum of the cells ``left`` equals the sum of the cells ``right``."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Applications:
    """The second table, 收到和处理政府信息公开申请情况."""

    title: str
    note: str
    headings: tuple[str, ...]
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    across: Relation
    down: tuple[Relation, ...]
    fields: dict[str, tuple[str, ...]]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The rows that add up to the row ``handled``."""
        return next(r.left for r in self.down if r.right == ("handled",))


@dataclass(frozen=True)
class Proceedings:
    """The third table, on 行政复议 and 行政诉讼: blocks of the same five columns; a block's key is its path below ``tables``."""

    title: str
    blocks: tuple[Label, ...]
    columns: tuple[Label, ...]
    across: Relation


@dataclass(frozen=True)
class Form:
    """One of the printed forms."""

    id: FormId
    disclosure: Disclosure
    applications: Applications
    proceedings: Proceedings


@lru_cache(maxsize=4)
def load_form(form: FormId) -> Form:
    """The description of a form."""
    data = json.loads((files("gov_ie.forms") / f"{form}.json").read_text(encoding="utf-8"))["tables"]
    first, second, third = data["disclosure"], data["applications"], data["proceedings"]
    disclosure = Disclosure(first["title"], tuple(Section(s["heading"], _labels(s["columns"]), _labels(s["rows"])) for s in first["sections"]), first["money"])
    applications = Applications(
        title=second["title"],
        note=second["note"],
        headings=tuple(second["headings"]),
        columns=_labels(second["columns"]),
        rows=_labels(second["rows"]),
        across=_across(second),
        down=tuple(Relation(tuple(r["left"]), tuple(r["right"])) for r in second["sums"]["rows"]),
        fields={path: tuple(rows) for path, rows in second["fields"].items()},
    )
    proceedings = Proceedings(third["title"], _labels([{**block, "key": block["path"]} for block in third["blocks"]]), _labels(third["columns"]), _across(third))
    return Form(form, disclosure, applications, proceedings)


def _labels(rows: list[dict[str, Any]]) -> tuple[Label, ...]:
    return tuple(Label(r["key"], r["label"], tuple(r.get("variants", ())), tuple(r.get("groups") or filter(None, [r.get("under")]))) for r in rows)


def _across(table: dict[str, Any]) -> Relation:
    (row,) = table["sums"]["columns"]
    return Relation(tuple(row["parts"]), (row["whole"],))
