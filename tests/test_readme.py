"""The README's examples run, and print what it shows.

In a ``console`` block a line ``$ command`` is followed by its output, where ``…`` stands for what is left out and confidences do not count.
In a ``python`` block a comment ``# → value`` says what the line before it gives.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gov_ie.cli import app

ROOT = Path(__file__).parent.parent
#: Lines that take long, or need a shell or another project: ``.ci/run`` sees to those that can be run.
ELSEWHERE = re.compile(r"make |pip |python |git |gov-ie (?:train|evaluate)\b")
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONFIDENCE = re.compile(r"\(\d\.\d\d\)")


def blocks(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [body for kind, body in _BLOCK.findall(text) if kind == language]


def commands() -> list[tuple[str, str]]:
    """``(command, shown output)`` of every command line."""
    found: list[tuple[str, str]] = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            found.append((line.split("  #")[0].strip(), output.strip("\n")))
    return found


QUICK = [row for row in commands() if not ELSEWHERE.match(row[0])]


@pytest.fixture
def checkout(model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the checkout, in which the examples may leave files."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "annotations").symlink_to(ROOT / "annotations")
    monkeypatch.chdir(tmp_path)
    return tmp_path


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


def test_the_readme_shows_commands() -> None:
    named = {shlex.split(command)[1] for command, _ in commands() if command.startswith("gov-ie ")}
    assert named == {"extract", "tag", "annotate", "train", "evaluate", "lint", "schema"}
    assert [command for command, _ in commands()].count("make demo") == 1
    assert len(QUICK) >= 6


@pytest.mark.parametrize(("command", "shown"), QUICK, ids=[row[0] for row in QUICK])
def test_command(command: str, shown: str, checkout: Path) -> None:
    name, *arguments = shlex.split(command)
    assert name == "gov-ie"
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert shows(shown, result.stdout) is None, result.stdout
    for option, target in pairwise(arguments):
        if option == "-o":
            assert (checkout / target).stat().st_size > 0


def run(block: str, names: dict[str, Any]) -> list[tuple[str, str]]:
    """Execute a block; ``(shown, real)`` of every line that says what it gives."""
    lines = block.splitlines()
    found = []
    for node in ast.parse(block).body:
        _, arrow, shown = lines[(node.end_lineno or 1) - 1].partition("# → ")
        if isinstance(node, ast.Expr):
            value = eval(compile(ast.Expression(node.value), "README.md", "eval"), names)
            if arrow:
                found.append((shown.strip(), repr(value)))
        else:
            exec(compile(ast.Module([node], []), "README.md", "exec"), names)
    return found


def test_python(checkout: Path) -> None:
    names: dict[str, Any] = {}
    found = []
    for block in blocks("python"):
        if "zh_gov_ie" in block and find_spec("zh_gov_ie") is None and not os.environ.get("CI"):
            continue
        found += run(block, names)
    assert len(found) >= 8
    assert [real for _, real in found] == [shown for shown, _ in found]
