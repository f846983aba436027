"""Whether confidence can be believed: reliability by bins, expected calibration error, and how many errors stand where confidence is least.

The curves are fitted on the dev reports, so they are judged on other reports than they were fitted on: five parts, each by the curves of the other four.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

from gov_ie.assembly.confidence import confidence
from gov_ie.training.calibrate import Judged, fit

PARTS = 5
BINS = 10
#: The share of values, least confident first, that a reviewer is sent to.
REVIEWED = 0.1


class Rated(NamedTuple):
    """The confidence of a value, and whether it is right."""

    path: str
    confidence: float
    right: bool


def cross_validated(values: Sequence[Judged], *, seed: int = 0) -> list[Rated]:
    """The confidence of each value by curves that were fitted without its report."""
    names = sorted({value.report for value in values})
    Random(seed).shuffle(names)
    part = {name: i % PARTS for i, name in enumerate(names)}
    rated = []
    for held_out in range(min(PARTS, len(names))):
        calibration = fit(value for value in values if part[value.report] != held_out or len(names) == 1)
        rated += [Rated(v.path, confidence(calibration, v.path, v.score), v.right) for v in values if part[v.report] == held_out]
    return rated


def reliability(rated: Sequence[Rated]) -> dict[str, Any]:
    """How far confidence is from the share of right values, and what review by confidence finds.

    The expected calibration error is the mean distance between confidence and share over bins of equal width, weighted by their values
    (Naeini, Cooper & Hauskrecht 2015, «Obtaining Well Calibrated Probabilities Using Bayesian Binning»).

    Returns:
        ``values``, ``errors``, ``ece``, ``review`` (share of the errors among the tenth of the values with the least confidence), and ``bins``: for each
        bin that holds values ``[from, to, values, mean confidence, share right]``.
    """
    bins = []
    for i in range(BINS):
        inside = [r for r in rated if min(int(r.confidence * BINS), BINS - 1) == i]
        if inside:
            bins.append([i / BINS, (i + 1) / BINS, len(inside), round(sum(r.confidence for r in inside) / len(inside), 4), round(sum(r.right for r in inside) / len(inside), 4)])
    ordered = sorted(rated, key=lambda r: r.confidence)
    errors = sum(not r.right for r in rated)
    reviewed = sum(not r.right for r in ordered[: round(REVIEWED * len(ordered))])
    return {
        "values": len(rated),
        "errors": errors,
        "ece": round(sum(n * abs(mean - share) for _, _, n, mean, share in bins) / max(len(rated), 1), 4),
        "review": round(reviewed / errors, 4) if errors else 1.0,
        "bins": bins,
    }


def format_reliability(result: dict[str, Any]) -> str:
    """The result in lines: the figures, then the reliability diagram as a table."""
    lines = [
        f"confidence ({result['values']} values, {result['errors']} wrong; curves fitted on other reports than judged): "
        f"expected calibration error {result['ece']:.4f}, the least confident tenth holds {100 * result['review']:.0f} % of the errors",
        f"  {'confidence':14}{'values':>8}{'mean':>8}{'right':>8}",
    ]
    lines += [f"  {low:.1f} – {high:.1f}{'':5}{n:8}{mean:8.3f}{share:8.3f}" for low, high, n, mean, share in result["bins"]]
    return "\n".join(lines)
