"""How much of a printed form is read back: forms with invented figures are printed in every kind, read as files, and compared cell by cell.

    python benchmarks/forms.py [--forms N] [--seed S] [--kind KIND …] [--examples K]

Prints one Markdown table with two lines a kind: forms in which every cell has a figure, and forms in which about half or all of the noughts are left empty.
The forms are those of 2019 and 2021, the bodies small, middling and large, the manner of printing is another one for every form.

What it measures is an upper bound. The generator (``tests/printing``) and the reader belong to one project: the reader knows the liberties that the generator takes, and
the generator takes none that its authors have not thought of. Real reports add scans, slips of the pen, forms of their own and converters that nobody has seen; for
those, measure on files of your own. Needs a checkout, the extras ``docx`` and ``pdf``, and reportlab.

* *printed*: cells that show a figure (an empty cell is none); *read*: cells that :func:`gov_ie.tables.read_forms` gives a figure for.
* *right*: read as printed; *wrong*: read as another figure, or (*of them into empty cells*) where none is printed; *left out*: printed, but not read.
  So ``read = right + wrong`` and ``printed = right + (wrong - into empty cells) + left out``.
* *apart*, *run together*: right cells of those read, by how their digits stood in the text (``TableCell.apart``).
* *forms exact*: forms of which every printed cell is right and nothing else is read; a form that cannot be read at all counts with all its cells left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from printing import FORMS, KINDS, cells, print_form, random_form

import gov_ie
from gov_ie.tables import TableCell, read_forms

#: The ending of a file of each kind; other kinds are plain text.
ENDINGS = {"html": ".html", "docx": ".docx", "pdf": ".pdf", "pdf-unruled": ".pdf", "md": ".md", "md-torn": ".md"}
SIZES = ("small", "medium", "large")
#: How likely a nought is left empty, form by form.
BLANKS = {"none": (0.0,), "some": (0.5, 1.0)}
#: Half a fen: amounts are printed in 万元 and read in yuan.
NEAR = 0.005
HEAD = ("kind", "empty cells", "printed", "read", "right", "wrong", "into empty cells", "left out", "apart: right / read", "run together: right / read", "forms exact")


@dataclass
class Count:
    """Cells and forms of one kind."""

    printed: int = 0
    read: int = 0
    right: int = 0
    empty: int = 0
    left_out: int = 0
    apart: int = 0
    apart_right: int = 0
    together: int = 0
    together_right: int = 0
    forms: int = 0
    exact: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, printed: dict[str, float], read: dict[str, TableCell], name: str) -> None:
        """Count one form: the figures it shows and what was read, both by path."""
        self.forms += 1
        self.printed += len(printed)
        self.read += len(read)
        self.left_out += len(printed.keys() - read.keys())
        right = 0
        for path, cell in read.items():
            hit = path in printed and abs(printed[path] - cell.value) < NEAR
            right += hit
            self.empty += path not in printed
            if cell.apart:
                self.apart, self.apart_right = self.apart + 1, self.apart_right + hit
            else:
                self.together, self.together_right = self.together + 1, self.together_right + hit
            if not hit:
                self.examples.append(f"{name}: {path} read as {cell.value}, printed {printed.get(path, 'empty')}")
        self.right += right
        self.exact += right == len(printed) == len(read)

    def __add__(self, other: Count) -> Count:
        return Count(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    def row(self, kind: str, blanks: str) -> str:
        """The line of the table."""
        wrong = self.read - self.right
        shown = (kind, blanks, self.printed, self.read, _part(self.right, self.printed), _part(wrong, self.read), self.empty, _part(self.left_out, self.printed),
                 _part(self.apart_right, self.apart, of=True), _part(self.together_right, self.together, of=True), f"{self.exact} / {self.forms}")  # fmt: skip
        return f"| {' | '.join(map(str, shown))} |"


def _part(part: int, whole: int, *, of: bool = False) -> str:
    """``part`` with its share of ``whole``; never rounded up to 100 %."""
    if not whole:
        return "–"
    share = int(10_000 * part / whole) / 100
    return f"{part} / {whole} ({share:.2f} %)" if of else f"{part} ({share:.2f} %)"


def forms(number: int, seed: int, blanks: Sequence[float]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """``number`` forms: the seed of each, which form it is, and its contents."""
    for i in range(number):
        form = FORMS[i % len(FORMS)]
        yield seed + i, form, random_form(form, seed + i, size=SIZES[i % len(SIZES)], blanks=blanks[i // len(FORMS) % len(blanks)])


def read_back(kind: str, blanks: Sequence[float], number: int, seed: int, folder: Path) -> Count:
    """Print ``number`` forms as ``kind``, each to a file, and read them as a user would."""
    count = Count()
    file = folder / f"form{ENDINGS.get(kind, '.txt')}"
    for own, form, tables in forms(number, seed, blanks):
        name = f"{kind}, form {form}, seed {own}"
        page = print_form(tables, form, kind, seed=own)
        file.write_bytes(page if isinstance(page, bytes) else page.encode())
        read: dict[str, TableCell] = {}
        try:
            source = gov_ie.read(file)
            read = read_forms(source.text, source.tables).cells
        except Exception as error:  # one bad form must not end the count; it is named, and counts with all its cells
            print(f"{name}: cannot be read ({type(error).__name__}: {error})", file=sys.stderr)
        count.add({path: float(value) for path, value in cells(tables) if value is not None}, read, name)
    return count


def main() -> None:
    """Parse the command line, count, print."""
    parser = argparse.ArgumentParser(description="Print forms, read them back, and count the cells that are right, by kind of print.")
    parser.add_argument("--forms", type=int, default=100, metavar="N", help="how many forms of each kind, once without and once with empty cells (default: 100)")
    parser.add_argument("--seed", type=int, default=50_000, metavar="S", help="seed of the first form (default: 50000, far from the seeds of the tests)")
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=KINDS, metavar="KIND", help=f"only these kinds ({', '.join(KINDS)})")
    parser.add_argument("--examples", type=int, default=0, metavar="K", help="show up to K cells of each kind that were read wrongly")
    args = parser.parse_args()
    if args.forms < 1:
        parser.error("--forms takes numbers from 1")
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    total = {blanks: Count() for blanks in BLANKS}
    with tempfile.TemporaryDirectory() as folder:
        for kind in args.kind:
            for blanks, shares in BLANKS.items():
                count = read_back(kind, shares, args.forms, args.seed, Path(folder))
                total[blanks] += count
                print(count.row(kind, blanks), flush=True)
                for example in count.examples[: args.examples]:
                    print(f"    {example}", file=sys.stderr)
    for blanks, count in total.items():
        print(count.row("**all**", blanks))


if __name__ == "__main__":
    main()
