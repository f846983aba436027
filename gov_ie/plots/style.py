"""What all plots share: colours, axes, marks of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Okabe and Ito's colours (https://jfly.uni-koeln.de/color/), told apart with every kind of colour vision; without yellow, which is too light for lines.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
GREY = "#8C8C8C"
MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def open_axes(ax: Axes | None) -> Axes:
    """The axes to draw on: those given, or those of a new figure of its own.

    Raises:
        ImportError: matplotlib is missing (``pip install 'gov-ie[plots]'``).
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError("plots need matplotlib: pip install 'gov-ie[plots]'") from error
    if ax is None:
        ax = Figure(figsize=(7.2, 3.8), layout="constrained").subplots()
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_axisbelow(True)
    return ax


def grid(ax: Axes, axis: str = "y") -> None:
    """Light lines behind the data."""
    ax.grid(axis=axis, color="#D9D9D9", linewidth=0.6)  # type: ignore[arg-type]
    ax.tick_params(axis=axis, length=0)  # type: ignore[arg-type]


def year_axis(ax: Axes, years: Sequence[int], label: str, counts: Sequence[int] | None = None) -> None:
    """A tick for every year, below it how many bodies it stands for."""
    below = [""] * len(years) if counts is None else [f"\nn = {count}" if len(years) <= 14 else f"  n = {count}" for count in counts]
    size = "small" if len(years) <= 9 else "x-small"
    ax.set_xticks(list(years), [f"{year}{count}" for year, count in zip(years, below, strict=True)], fontsize=size, rotation=0 if len(years) <= 14 else 90)
    ax.set_xlim(min(years) - 0.6, max(years) + 0.6)
    ax.set_xlabel(label)


def note(ax: Axes, text: str) -> None:
    """A small line above the plot, on the right: what the numbers are of."""
    ax.set_title(text, loc="right", fontsize="small", color="#555555")
