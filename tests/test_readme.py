"""The README's examples run, and print what it shows; the Chinese README has the same examples and figures."""

from __future__ import annotations

import os
import re
import shlex
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from snippets import ELSEWHERE, blocks, commands_in, make_checkout, run, shows
from typer.testing import CliRunner

from gov_ie.cli import app

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.zh.md")
_SCORES = re.compile(r"<!-- scores -->(.*?)<!-- /scores -->", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def commands(page: str) -> list[tuple[str, str]]:
    """``(command, shown output)`` of every command line."""
    return [row for block in blocks(ROOT / page, "console") for row in commands_in(block.body)]


QUICK = [row for row in dict.fromkeys(row for page in PAGES for row in commands(page)) if not ELSEWHERE.match(row[0])]


@pytest.fixture
def checkout(model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the checkout, in which the examples may leave files."""
    monkeypatch.chdir(make_checkout(tmp_path))
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_readme_shows_commands(page: str) -> None:
    named = {shlex.split(command)[1] for command, _ in commands(page) if command.startswith("gov-ie ")}
    assert named == {"extract", "page", "compare", "tag", "annotate", "train", "evaluate", "lint", "schema"}
    assert [command for command, _ in commands(page)].count("make demo") == 1
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


@pytest.mark.parametrize("page", PAGES)
def test_python(page: str, checkout: Path) -> None:
    names: dict[str, Any] = {}
    found = []
    for block in blocks(ROOT / page, "python"):
        if "zh_gov_ie" in block.body and find_spec("zh_gov_ie") is None and not os.environ.get("CI"):
            continue
        found += run(block.body, names, name=page).values
    assert len(found) >= 8
    assert [real for _, real in found] == [shown for shown, _ in found]


def test_both_languages_show_the_same_commands_and_output() -> None:
    assert commands("README.zh.md") == commands("README.md")


def scores(page: str) -> str:
    found = _SCORES.search((ROOT / page).read_text(encoding="utf-8"))
    assert found is not None, f"{page} has no scores between <!-- scores --> and <!-- /scores -->"
    return found[1]


def test_both_languages_give_the_same_scores() -> None:
    english, chinese = (_NUMBER.findall(scores(page)) for page in PAGES)
    assert len(english) > 80
    assert chinese == english


def test_both_languages_are_linked() -> None:
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert "](README.zh.md)" in english
    assert "](README.md)" in chinese
