"""Invented contents of the forms of 2019 and 2021, with every promised sum kept, and ways to break one."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

FORMS = ("2019", "2021")
#: The most requests received that a body of this size has in a year.
SIZES = {"small": 20, "medium": 900, "large": 15000}


@dataclass(frozen=True)
class Relation:
    """A promised sum: the figures at ``left`` (paths such as ``applications.received.total``) add up to those at ``right``."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@cache
def description(form: str) -> dict[str, Any]:
    """The tables of a form as the package describes them: ``disclosure``, ``applications``, ``proceedings``."""
    text = resources.files("gov_ie.forms").joinpath(f"{form}.json").read_text(encoding="utf-8")
    return json.loads(text)["tables"]


def random_form(form: str, seed: int, *, size: str = "small", zeros: float = 0.7, blanks: float = 0.0) -> dict[str, Any]:
    """The content of a form, ``tables[table][row][column]``; counts are integers, money is in yuan, an empty cell is ``None``.

    Args:
        form: ``"2019"`` or ``"2021"``.
        seed: the same seed gives the same content.
        size: how many requests there are at most: a key of :data:`SIZES`.
        zeros: how likely a kind of applicant or an outcome does not occur.
        blanks: how likely a cell that is zero is left empty.
    """
    rng = random.Random(f"figures {form} {seed} {size}")
    most = SIZES[size]
    described = description(form)
    tables: dict[str, Any] = {
        "disclosure": _disclosure(described["disclosure"], rng, most, zeros),
        "applications": _applications(described["applications"], rng, most, zeros),
    }
    for block in described["proceedings"]["blocks"]:
        _put(tables, block["path"], _proceeding(described["proceedings"], rng, most, zeros))
    for path, value in list(cells(tables)):
        if value == 0 and rng.random() < blanks:
            _put(tables, path, None)
    return tables


def _disclosure(described: dict[str, Any], rng: random.Random, most: int, zeros: float) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for section in described["sections"]:
        keys = [column["key"] for column in section["columns"]]
        for row in section["rows"]:
            figures: dict[str, Any] = {key: 0 if rng.random() < zeros else rng.randint(1, most * (20 if key == "decisions" else 3)) for key in keys}
            if figures.get("change"):
                figures["change"] = rng.choice((1, -1)) * rng.randint(1, max(1, figures["previous_items"] // 2))
            if figures.get("in_force"):
                figures["in_force"] += max(figures.get("made", 0), figures.get("disclosed", 0))
            if figures.get("amount"):
                figures["amount"] = _yuan(rng, most)
            table[row["key"]] = figures
    return table


def _yuan(rng: random.Random, most: int) -> int | float:
    """An amount of money: mostly round, now and then down to the fen."""
    grain = rng.choice((1, 10, 100, 1000, 10000))
    amount = rng.randint(1, most * 400) * grain
    return amount + rng.randint(1, 99) / 100 if grain == 1 and rng.random() < 0.5 else amount


def _applications(described: dict[str, Any], rng: random.Random, most: int, zeros: float) -> dict[str, Any]:
    keys = [row["key"] for row in described["rows"]]
    (column_sum,) = described["sums"]["columns"]
    balance, outcome = described["sums"]["rows"]
    (handled,) = outcome["right"]
    received, carried_in = balance["left"]
    (carried_out,) = (key for key in balance["right"] if key != handled)
    total = 0 if most <= SIZES["small"] and rng.random() < 0.3 else rng.randint(1, most)
    # People ask far more often than companies, companies more often than all others.
    weights = [100.0 if i == 0 else rng.uniform(0, 30 if i == 1 else 6) * (rng.random() >= zeros) for i in range(len(column_sum["parts"]))]
    likely = {key: rng.expovariate(1.0) * (rng.random() >= zeros) for key in outcome["left"]}
    if not any(likely.values()):
        likely[rng.choice(outcome["left"])] = 1.0
    table: dict[str, dict[str, Any]] = {key: {} for key in keys}
    for part, new in zip(column_sum["parts"], share(total, weights, rng), strict=True):
        old = rng.randint(0, new // 10 + 1) if new and rng.random() >= zeros else 0
        kept = rng.randint(0, (new + old) // 8 + 1) if new and rng.random() >= zeros else 0
        done = new + old - min(kept, new + old)
        figures = {received: new, carried_in: old, handled: done, carried_out: new + old - done}
        figures |= dict(zip(likely, share(done, list(likely.values()), rng), strict=True))
        for key in keys:
            table[key][part] = figures[key]
    for figures in table.values():
        figures[column_sum["whole"]] = sum(figures.values())
    return table


def _proceeding(described: dict[str, Any], rng: random.Random, most: int, zeros: float) -> dict[str, Any]:
    (column_sum,) = described["sums"]["columns"]
    figures = {part: 0 if rng.random() < zeros else rng.randint(1, 2 + most // 50) for part in column_sum["parts"]}
    return figures | {column_sum["whole"]: sum(figures.values())}


def share(total: int, weights: list[float], rng: random.Random) -> list[int]:
    """``total`` as a sum of whole numbers that stand to each other about as the weights do."""
    parts = [int(total * weight / sum(weights)) for weight in weights]
    for _ in range(total - sum(parts)):
        parts[rng.choices(range(len(parts)), weights)[0]] += 1
    return parts


def cells(tables: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, int | float | None]]:
    """Every cell of the contents: its path and its value, in the order of the form."""
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from cells(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def figure(tables: dict[str, Any], path: str) -> int | float | None:
    """The value at a path, ``None`` where the cell is empty or absent."""
    node: Any = tables
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _put(tables: dict[str, Any], path: str, value: Any) -> None:
    *folders, last = path.split(".")
    for key in folders:
        tables = tables.setdefault(key, {})
    tables[last] = value


def form_of(tables: dict[str, Any]) -> str:
    """The form that has these contents; the older one where both could."""
    present = {path for path, _ in cells(tables)}
    return next(form for form in FORMS if present <= {path for path, _ in cells(random_form(form, 0))})


def relations(tables: dict[str, Any]) -> list[Relation]:
    """Every sum that the form promises, over the cells that these contents have."""
    described = description(form_of(tables))
    present = {path for path, _ in cells(tables)}

    def relation(left: Iterable[str], right: Iterable[str]) -> Relation:
        return Relation(tuple(p for p in left if p in present), tuple(p for p in right if p in present))

    applications, proceedings = described["applications"], described["proceedings"]
    places = [(f"applications.{row['key']}", applications) for row in applications["rows"]] + [(b["path"], proceedings) for b in proceedings["blocks"]]
    found = [relation((f"{place}.{part}" for part in s["parts"]), (f"{place}.{s['whole']}",)) for place, table in places for s in table["sums"]["columns"]]
    for s in applications["sums"]["rows"]:
        for column in applications["columns"]:
            found.append(relation(*([f"applications.{row}.{column['key']}" for row in s[side]] for side in ("left", "right"))))
    return [r for r in found if r.left and r.right]


def failing(tables: dict[str, Any]) -> list[Relation]:
    """The relations that the figures contradict; an empty cell counts nothing, a side without any figure promises nothing."""

    def add(paths: tuple[str, ...]) -> int | float | None:
        values = [value for path in paths if (value := figure(tables, path)) is not None]
        return sum(values) if values else None

    sides = [(relation, add(relation.left), add(relation.right)) for relation in relations(tables)]
    return [relation for relation, left, right in sides if left is not None and right is not None and left != right]


def changed(tables: dict[str, Any], path: str, value: int | float | None) -> dict[str, Any]:
    """The same contents with another value in one cell."""
    other = copy.deepcopy(tables)
    _put(other, path, value)
    return other


def break_sum(tables: dict[str, Any], seed: int) -> tuple[dict[str, Any], Relation]:
    """The same contents with one printed figure changed so that exactly one relation fails, and that relation.

    It is always a relation of reviews or lawsuits: every cell of the table of requests stands in a sum across *and* in one down, so a single change
    there breaks two relations or more (:func:`changed` with :func:`failing` says which).

    Raises:
        ValueError: no cell with a figure can break exactly one relation.
    """
    rng = random.Random(f"break {seed}")
    known = relations(tables)
    counted = Counter(path for relation in known for path in relation.left + relation.right)
    paths = sorted(path for path, times in counted.items() if times == 1 and figure(tables, path) is not None)
    rng.shuffle(paths)
    for path in paths:
        value = figure(tables, path) or 0
        broken = changed(tables, path, value + rng.choice((1, 2, 10) if value < 2 else (1, 2, 10, -1, -2)))
        failed = failing(broken)
        if len(failed) == 1:
            return broken, failed[0]
    raise ValueError("no single printed figure breaks exactly one relation of these contents")


def folded(tables: dict[str, Any]) -> dict[str, Any]:
    """The contents with the outcomes of the last group in one row, as bodies print them that never split it as the form of 2021 does."""
    described = description(form_of(tables))["applications"]["rows"]
    (group,) = next(row for row in described if row["key"] == "other")["groups"][1:] or (None,)
    other = copy.deepcopy(tables)
    for row in described:
        if group is not None and row["groups"][1:] == [group] and row["key"] != "other":
            gone = other["applications"].pop(row["key"])
            kept = other["applications"]["other"]
            other["applications"]["other"] = {key: None if value is None and gone[key] is None else (value or 0) + (gone[key] or 0) for key, value in kept.items()}
    return other
