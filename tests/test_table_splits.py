"""Run-together digits: every cut that the sums allow is found, no other, and the search ends."""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_ie.forms import Relation
from gov_ie.tables.solve import solve
from gov_ie.tables.splits import MAX_COUNT, MAX_SPLITS, TooMany, split_blocks, split_row, split_sparse

FLOW = Relation(("received", "carried_in"), ("handled", "carried_out"))
OUTCOMES = Relation(("granted", "state_secret", "not_held"), ("handled",))


def _every_cut(digits: str, width: int) -> set[tuple[int, ...]]:
    """By brute force: all borders, no leading zeros."""
    found = set()
    for borders in combinations(range(1, len(digits)), width - 1):
        parts = [digits[a:b] for a, b in zip((0, *borders), (*borders, len(digits)), strict=True)]
        if all(part == "0" or not part.startswith("0") for part in parts):
            found.add(tuple(map(int, parts)))
    return found


@pytest.mark.parametrize(
    ("digits", "cells"),
    [
        ("5000005", [(5, 0, 0, 0, 0, 0, 5)]),
        ("0000000", [(0, 0, 0, 0, 0, 0, 0)]),
        ("29000029", []),  # 2 and 9 are not 29, and 29 leaves too few cells
        ("290000029", [(29, 0, 0, 0, 0, 0, 29)]),
        ("131000014", [(1, 3, 10, 0, 0, 0, 14), (13, 1, 0, 0, 0, 0, 14)]),
        ("3500003800000", []),  # no cut adds up
        ("12", []),  # fewer digits than cells
    ],
)
def test_a_row_is_cut_where_its_last_cell_is_the_sum_of_the_others(digits: str, cells: list[tuple[int, ...]]) -> None:
    assert split_row(digits, 7) == cells


@given(st.lists(st.integers(0, 40), min_size=2, max_size=5))
def test_a_printed_row_is_among_its_cuts(parts: list[int]) -> None:
    row = (*parts, sum(parts))
    assert row in split_row("".join(map(str, row)), len(row))


@given(st.text("0123459", min_size=1, max_size=11), st.integers(2, 5))
def test_the_cuts_of_a_row_are_those_of_brute_force(digits: str, width: int) -> None:
    assert set(split_row(digits, width)) == {row for row in _every_cut(digits, width) if sum(row[:-1]) == row[-1] and len(str(row[-1])) <= MAX_COUNT}


def test_where_cells_vanished_only_the_total_is_known() -> None:
    assert split_sparse("33", 7) == {(3, None)}
    assert (12, None) in split_sparse("10212", 7)
    assert split_sparse("4000004", 7) == {(4, (4, 0, 0, 0, 0, 0, 4))}


def test_blocks_are_cut_together() -> None:
    assert split_blocks("100010000020103", 3, 5) == [(1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 1, 0, 3)]
    assert split_blocks("1200012" + "00000" + "00101", 3, 5) == [(12, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1)]


@pytest.mark.parametrize("digits", ["1" * 56, "12" * 28, "9" * 56, "1" * 400, "10" * 28, "123456789" * 6, "0" * 56, "1" * 24 + "1111111"])
@pytest.mark.parametrize("cut", [lambda d: split_row(d, 7), lambda d: split_sparse(d, 7), lambda d: split_blocks(d, 3, 5)], ids=["row", "sparse", "blocks"])
def test_no_digits_make_the_search_run_away(digits: str, cut) -> None:  # type: ignore[no-untyped-def]
    with suppress(TooMany):
        assert len(cut(digits)) <= MAX_SPLITS * 7


# -- down the table ----------------------------------------------------------------------------------------------------


def test_the_sums_down_the_table_choose_between_cuts() -> None:
    readings = {
        "received": [(1, 21, 22), (12, 1, 13)],
        "carried_in": [(0, 0, 0)],
        "granted": [(4, 0, 4)],
        "state_secret": [(0, 0, 0)],
        "not_held": [(8, 1, 9)],
        "handled": [(1, 21, 22), (12, 1, 13)],
        "carried_out": [(0, 0, 0)],
    }
    solution = solve(readings, FLOW, OUTCOMES, absent_is_zero=False)
    assert solution.certain("received") == solution.certain("handled") == [12, 1, 13]


def test_a_cell_in_which_all_solutions_agree_is_certain_though_its_row_is_not() -> None:
    readings = {row: [(0, 0, 0)] for row in ("carried_in", "state_secret", "carried_out")}
    readings |= {"received": [(11, 1, 12)], "handled": [(11, 1, 12)], "granted": [(1, 1, 2), (10, 1, 11)], "not_held": [(10, 0, 10), (1, 0, 1)]}
    solution = solve(readings, FLOW, OUTCOMES, absent_is_zero=False)
    assert solution.certain("granted") == [None, 1, None]
    assert solution.certain("not_held") == [None, 0, None]


def test_a_broken_sum_leaves_the_other_to_decide() -> None:
    readings = {row: [(0, 0, 0)] for row in ("carried_in", "state_secret")}
    readings |= {"received": [(5, 0, 5)], "carried_out": [(9, 0, 9)], "granted": [(1, 2, 3)], "not_held": [(1, 0, 1)], "handled": [(2, 2, 4), (0, 4, 4)]}
    solution = solve(readings, FLOW, OUTCOMES, absent_is_zero=False)
    assert solution.satisfied == (OUTCOMES,)
    assert solution.certain("handled") == [2, 2, 4]


def test_rows_that_were_not_printed_count_as_nothing_only_where_they_may() -> None:
    readings = {"received": [(1, 21, 22), (12, 1, 13)], "handled": [(12, 1, 13), (1, 21, 22)], "granted": [(12, 1, 13)]}
    assert solve(readings, FLOW, OUTCOMES, absent_is_zero=True).certain("received") == [12, 1, 13]
    assert solve(readings, FLOW, OUTCOMES, absent_is_zero=False).certain("received") == [None, None, None]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_solving_keeps_just_what_takes_part_in_a_solution(data: st.DataObject) -> None:
    rows = ("received", "carried_in", "carried_out", "granted", "state_secret", "not_held", "handled")
    cell = st.tuples(st.integers(0, 3), st.integers(0, 2))
    readings = {row: data.draw(st.lists(cell, min_size=1, max_size=3, unique=True)) for row in rows}
    every = [dict(zip(rows, chosen, strict=True)) for chosen in _products([readings[row] for row in rows])]

    def holds(chosen: dict[str, tuple[int, int]]) -> bool:
        return all(
            chosen["received"][i] + chosen["carried_in"][i] == chosen["handled"][i] + chosen["carried_out"][i]
            and chosen["granted"][i] + chosen["state_secret"][i] + chosen["not_held"][i] == chosen["handled"][i]
            for i in range(2)
        )

    solved = [chosen for chosen in every if holds(chosen)]
    solution = solve(readings, FLOW, OUTCOMES, absent_is_zero=False)
    if solved and any(len(r) > 1 for r in readings.values()):
        assert {row: set(left) for row, left in solution.readings.items()} == {row: {chosen[row] for chosen in solved} for row in rows}


def _products(choices: list[list[tuple[int, int]]]) -> list[tuple[tuple[int, int], ...]]:
    if not choices:
        return [()]
    return [(first, *rest) for first in choices[0] for rest in _products(choices[1:])]
