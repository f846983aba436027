"""The notebooks run from the first cell to the last, and are committed with what they print and draw."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="the notebooks need gov-ie[notebook]")

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: Folders of the machine on which a notebook was run.
PLACES = re.compile(r"(?:/(?:home|root|tmp|work|Users|usr|opt|var|private)/|[A-Z]:\\)[\w.-]+")


def words_of(cell: dict[str, Any]) -> Iterator[str]:
    """The printed and shown text of a cell, without pictures."""
    for output in cell["outputs"]:
        yield output.get("text", "")
        yield from (text for kind, text in output.get("data", {}).items() if not kind.startswith("image/"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """``notebooks/execute.py`` as a module."""
    pytest.importorskip("nbclient", reason="the notebooks need gov-ie[notebook]")
    spec = importlib.util.spec_from_file_location("execute_notebooks", ROOT / "notebooks" / "execute.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy in which a notebook may leave files, and a kernel that leaves none in the home folder."""
    for name in ("notebooks", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for name in ("annotations", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    for variable, folder in (("IPYTHONDIR", "ipython"), ("JUPYTER_RUNTIME_DIR", "runtime"), ("MPLCONFIGDIR", "matplotlib")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / folder))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    # the kernel finds the same gov_ie as the tests
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]))
    return tmp_path


def test_there_are_notebooks() -> None:
    assert [path.name for path in NOTEBOOKS] == ["explore.ipynb", "retrain.ipynb", "start.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs(path: Path, checkout: Path, script: ModuleType, model_folder: Path) -> None:
    for library in ("ipykernel", "matplotlib", "jieba", "sklearn"):
        pytest.importorskip(library, reason="the notebooks need gov-ie[notebook]")
    before = {file.relative_to(checkout) for file in (checkout / "examples").rglob("*")}
    done = script.execute(checkout / "notebooks" / path.name)
    kept = nbformat.read(path, as_version=4)
    assert [cell.source for cell in done.cells] == [cell.source for cell in kept.cells]
    assert [output.name for cell in done.cells if cell.cell_type == "code" for output in cell.outputs if output.get("name") == "stderr"] == []
    assert [[output.output_type for output in cell.get("outputs", [])] for cell in done.cells] == [[output.output_type for output in cell.get("outputs", [])] for cell in kept.cells]
    assert {file.relative_to(checkout) for file in (checkout / "examples").rglob("*")} == before


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_committed_as_it_was_run(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run: make notebooks"
    assert any({"image/png", "text/html"} & output.get("data", {}).keys() for cell in cells for output in cell.outputs)
    assert sum(bool(cell.outputs) for cell in cells) >= len(cells) / 2
    assert [output.output_type for cell in cells for output in cell.outputs if output.output_type == "error" or output.get("name") == "stderr"] == []
    shown = [text for cell in cells for text in words_of(cell)]
    assert [match for text in shown for match in PLACES.findall(text)] == []
    for place in {str(ROOT), str(Path.home()), tempfile.gettempdir(), sys.prefix}:
        assert not any(place in text for text in shown), place


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_kept_that_changes_by_itself(path: Path) -> None:
    """No times and no version of Python: a run that gives the same outputs gives the same file."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"] == {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    assert [cell["id"] for cell in notebook["cells"] if cell["metadata"]] == []
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(names) == len(set(names))
