"""How digits that lost their separators may be cut into cells, so that the sums of the form hold. Every search is bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: More ways than this to cut one row, or more partial sums than this on the way down a table, and the search gives up.
MAX_SPLITS = 4_000
MAX_SUMS = 20_000
#: No body has counts of more digits than this, so longer runs than seven of them are no row.
MAX_COUNT = 8
MAX_DIGITS = 7 * MAX_COUNT

Cells = tuple[int, ...]
#: Print for an empty cell; in a cut it counts as 0 and is one character long, as 0 is.
MARKS = "/—"


class TooMany(Exception):
    """There are more readings than the search looks at."""


def split_row(digits: str, width: int) -> list[Cells]:
    """Every cut of ``digits`` into ``width`` counts without leading zeros, of which the last is the sum of the others.

    Raises:
        TooMany: there are more than :data:`MAX_SPLITS`.
    """
    if not width <= len(digits) <= MAX_DIGITS:
        return []
    found: list[Cells] = []
    for at in range(len(digits) - 1, width - 2, -1):
        if digits[at] in MARKS:
            break
        if digits[at] == "0" and at < len(digits) - 1:
            continue
        total = int(digits[at:])
        for parts in _summing(digits[:at], width - 1, total):
            found.append((*parts, total))
            if len(found) > MAX_SPLITS:
                raise TooMany
        if len(digits) - at >= MAX_COUNT:
            break
    return found


def _summing(digits: str, width: int, total: int) -> Iterator[Cells]:
    """Every cut of ``digits`` into ``width`` counts that add up to ``total``."""
    if width == 1:
        if digits in MARKS:
            yield from ((0,),) if total == 0 else ()
        elif digits.isdigit() and (digits == "0" or not digits.startswith("0")) and int(digits) == total:
            yield (total,)
        return
    if digits[0] in MARKS:
        yield from ((0, *rest) for rest in _summing(digits[1:], width - 1, total))
        return
    # What is left must hold one digit a cell, and can hold no more digits than the total has in each.
    longest = len(str(total))
    for size in range(1, min(longest, len(digits) - width + 1) + 1):
        if len(digits) - size > (width - 1) * longest:
            continue
        if size > 1 and (digits[0] == "0" or not digits[:size].isdigit()):
            break
        first = int(digits[:size])
        if first > total:
            break
        # One of the cells to come has at least this many digits, and so is at least so large.
        longest_to_come = -(-(len(digits) - size) // (width - 1))
        if longest_to_come > 1 and first + 10 ** (longest_to_come - 1) > total:
            continue
        for rest in _summing(digits[size:], width - 1, total - first):
            yield (first, *rest)


def split_sparse(digits: str, width: int) -> set[tuple[int, Cells | None]]:
    """Readings of a row whose empty cells vanished: the total, and all its cells where none is empty.

    At least one count stands before the total. Where some cells vanished, which ones is not known, so only the total is.
    """
    found: set[tuple[int, Cells | None]] = set()
    for cells in range(2, width + 1):
        for row in split_row(digits, cells):
            found.add((row[-1], row if cells == width else None))
    return found


def split_blocks(digits: str, blocks: int, width: int) -> list[Cells]:
    """Every cut of ``digits`` into ``blocks`` rows of ``width`` counts, each row's last the sum of its others.

    Raises:
        TooMany: there are more than :data:`MAX_SPLITS`.
    """
    if blocks == 1:
        return split_row(digits, width)
    if len(digits) > 3 * MAX_DIGITS:
        return []
    found: list[Cells] = []
    for end in range(width, min(len(digits) - width * (blocks - 1), MAX_DIGITS) + 1):
        heads = split_row(digits[:end], width)
        if heads:
            tails = split_blocks(digits[end:], blocks - 1, width)
            found.extend((*head, *tail) for head in heads for tail in tails)
            if len(found) > MAX_SPLITS:
                raise TooMany
    return found


def add(*rows: Sequence[int]) -> Cells:
    """The rows added up, column by column."""
    return tuple(sum(column) for column in zip(*rows, strict=True))


def subtract(left: Sequence[int], right: Sequence[int]) -> Cells:
    """``left`` less ``right``, column by column."""
    return tuple(a - b for a, b in zip(left, right, strict=True))
