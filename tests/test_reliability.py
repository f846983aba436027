"""Whether confidence can be believed: the figures on values whose truth is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("sklearn", reason="training needs gov-ie[train]")

from gov_ie.training.calibrate import Judged
from gov_ie.training.reliability import Rated, cross_validated, format_reliability, reliability


def rated(*groups: tuple[float, int, int]) -> list[Rated]:
    """``(confidence, right, wrong)`` → that many values, the wrong ones first."""
    return [Rated("year", confidence, i >= wrong) for confidence, right, wrong in groups for i in range(right + wrong)]


@pytest.mark.parametrize(
    ("values", "ece", "review"),
    [
        (rated((0.9, 9, 1)), 0.0, 1.0),  # as often right as it says
        (rated((0.9, 5, 5)), 0.4, 0.2),  # too sure; one of ten is reviewed, of five that are wrong
        (rated((1.0, 10, 0), (0.5, 5, 5)), 0.0, 0.4),
        (rated((0.95, 90, 0), (0.15, 0, 10)), 0.06, 1.0),
        (rated((1.0, 80, 10), (0.2, 10, 0)), 0.18, 0.0),  # review is sent to the right ones
        (rated((1.0, 20, 0)), 0.0, 1.0),  # nothing is wrong
    ],
)
def test_calibration_error_and_review(values: list[Rated], ece: float, review: float) -> None:
    result = reliability(values)
    assert result["ece"] == pytest.approx(ece, abs=1e-4)
    assert result["review"] == pytest.approx(review, abs=1e-4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_value_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    result = reliability([Rated("year", confidence, right) for confidence, right in pairs])
    assert sum(row[2] for row in result["bins"]) == result["values"] == len(pairs)
    assert all(low <= mean + 1e-4 and mean <= high + 1e-4 for low, high, _, mean, _ in result["bins"])
    assert 0 <= result["ece"] <= 1
    assert 0 <= result["review"] <= 1


def values(reports: int = 20) -> list[Judged]:
    """Scores that mean what they say: of those at 0.8, four fifths are right."""
    return [Judged(f"r{i:02}", "disclosure.total", score, i % 20 < score * 20) for i in range(reports) for score in (0.05, 0.3, 0.6, 0.8, 0.9, 0.95, 1.0)]


def test_every_value_is_rated_by_other_reports_than_its_own() -> None:
    odd = [Judged("odd", "disclosure.total", 0.99, False)] * 40  # one report that turns the curve, were it judged by itself
    found = cross_validated([*values(), *odd])
    assert len(found) == len(values()) + len(odd)
    assert sum(r.confidence > 0.8 and not r.right for r in found) >= 40


def test_meaningful_scores_stay_as_they_are() -> None:
    result = reliability(cross_validated(values(100)))
    assert result["ece"] < 0.05
    assert result["review"] > 0.2
    assert "expected calibration error" in format_reliability(result)
    assert len(format_reliability(result).splitlines()) == 2 + len(result["bins"])


def test_a_single_report_is_its_own_measure() -> None:
    assert len(cross_validated(values(1))) == 7
    assert cross_validated([]) == []
