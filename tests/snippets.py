"""Examples in Markdown: commands and Python with what they print and give, found, run and compared.

In a ``console`` block a line ``$ command`` is followed by its output, where ``…`` stands for what is left out and confidences do not count.
In a ``python`` block a comment ``# → value`` says what the line before it gives; a ``text`` block right behind it is what it prints.
"""

from __future__ import annotations

import ast
import io
import re
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$(?:\n\s*^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
_CONFIDENCE = re.compile(r"\(\d\.\d\d\)|(?<=confidence )\d\.\d\d\b")
#: Lines that take long, or need a shell or another project: ``.ci/run`` sees to those that can be run.
ELSEWHERE = re.compile(r"make |pip |python |git |gov-ie (?:train|evaluate)\b")


class Block(NamedTuple):
    """A block of a page; ``printed`` is the ``text`` block behind a Python block."""

    language: str
    body: str
    printed: str | None


def make_checkout(folder: Path) -> Path:
    """Make a folder look like the checkout, in which examples may leave files."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "annotations").symlink_to(ROOT / "annotations")
    return folder


def blocks(page: Path, *languages: str) -> list[Block]:
    """The ``console`` and ``python`` blocks of a page, or those of the languages named."""
    found = [Block(language, body, printed or None) for language, body, printed in _BLOCK.findall(page.read_text(encoding="utf-8"))]
    return [block for block in found if not languages or block.language in languages]


def commands_in(body: str) -> list[tuple[str, str]]:
    """``(command, shown output)`` of every command line of a ``console`` block."""
    found: list[tuple[str, str]] = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        found.append((line.split("  #")[0].strip(), output.strip("\n")))
    return found


def normal(text: str) -> list[str]:
    return [" ".join(_CONFIDENCE.sub("(p)", line).split()) for line in text.splitlines() if line.strip()]


def shows(shown: str, real: str) -> str | None:
    """The first shown line that the real output does not have in its place; ``…`` skips lines, at a line's end the rest of it."""
    lines = iter(normal(real))
    skipping = False
    for expected in normal(shown):
        if expected == "…":
            skipping = True
            continue
        start = expected.removesuffix("…").rstrip()

        def same(line: str, expected: str = expected, start: str = start) -> bool:
            return line.startswith(start) if expected.endswith("…") else line == expected

        candidates = lines if skipping else [next(lines, "")]
        if not any(same(line) for line in candidates):
            return expected
        skipping = False
    return None


class Ran(NamedTuple):
    """What a Python block gave: ``(shown, real)`` of every line that says what it gives, and what was printed."""

    values: list[tuple[str, str]]
    printed: str


def run(body: str, names: dict[str, Any], *, name: str) -> Ran:
    """Execute a block of the page ``name``."""
    lines = body.splitlines()
    found = []
    with redirect_stdout(io.StringIO()) as stream:
        for node in ast.parse(body).body:
            _, arrow, shown = lines[(node.end_lineno or 1) - 1].partition("# → ")
            if isinstance(node, ast.Expr):
                value = eval(compile(ast.Expression(node.value), name, "eval"), names)
                if arrow:
                    found.append((shown.strip(), repr(value)))
            else:
                exec(compile(ast.Module([node], []), name, "exec"), names)
    return Ran(found, stream.getvalue())
