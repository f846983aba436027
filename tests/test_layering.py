"""The import contract between the rooms, read from the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "gov_ie"
MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _imports(path: Path, *, inside_functions: bool = True) -> Iterator[str]:
    """The modules that a file imports, but for those that only type checkers see."""
    package = _name(path).split(".") if path.name == "__init__.py" else _name(path).split(".")[:-1]

    def walk(node: ast.AST) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            if _only_for_types(child):
                continue
            if isinstance(child, ast.Import):
                yield from (alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = ".".join(package[: len(package) - child.level + 1] if child.level else []) + ("." if child.level and child.module else "") + (child.module or "")
                yield from (f"{base}.{alias.name}" for alias in child.names)
            elif inside_functions or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from walk(child)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")))


def _room(name: str) -> list[Path]:
    place = PACKAGE / name
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    assert [f for f in files if f.is_file()] == files != [], f"no room {name}"
    return files


def _reaches(imported: str, room: str) -> bool:
    return f"{imported}.".startswith(f"gov_ie.{room}.")


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("forms", ["reading", "labels", "pipeline", "tables", "assembly", "report", "checks", "corpus", "training", "export", "api", "cli"]),
        ("reading", ["labels", "pipeline", "forms", "tables", "assembly", "report", "checks", "corpus", "training", "export", "api", "cli"]),
        ("tables", ["pipeline", "assembly", "report", "checks", "corpus", "training", "export", "api", "cli"]),
        ("pipeline", ["corpus", "training", "export", "api", "cli", "reading.decode", "reading.source"]),
        ("assembly", ["reading", "corpus", "training", "export", "api", "cli", "checks"]),
        ("checks", ["reading", "pipeline", "tables", "assembly", "corpus", "training", "export", "api", "cli", "labels"]),
        ("corpus", ["assembly", "training", "export", "api", "cli"]),
        ("export", ["reading", "pipeline", "tables", "assembly", "corpus", "training", "api", "cli", "labels"]),
        ("fields", ["reading", "labels", "pipeline", "forms", "tables", "assembly", "checks", "corpus", "training", "export", "api", "cli"]),
        ("show", ["reading", "labels", "pipeline", "tables", "assembly", "corpus", "training", "api", "cli"]),
        ("across", ["assembly", "corpus", "training", "cli", "plots"]),
        ("plots", ["reading", "pipeline", "tables", "assembly", "corpus", "training", "api", "cli"]),
        ("places", ["reading", "labels", "forms", "tables", "assembly", "report", "checks", "corpus", "training", "export", "api", "cli"]),
        ("explain", ["reading", "pipeline", "tables", "assembly", "corpus", "training", "export", "api", "cli"]),
        ("api", ["corpus", "training", "export", "cli"]),
        ("training", ["export", "cli"]),
    ],
)
def test_a_room_does_not_know_the_rooms_after_it(room: str, forbidden: list[str]) -> None:
    broken = [f"{_name(path)} imports {imported}" for path in _room(room) for imported in _imports(path) for other in forbidden if _reaches(imported, other)]
    assert broken == []


@pytest.mark.parametrize("module", ["report", "labels", "errors"])
def test_the_schema_the_labels_and_the_errors_stand_alone(module: str) -> None:
    # A report shows and explains itself by what it imports when it is asked to.
    assert [i for path in _room(module) for i in _imports(path, inside_functions=False) if i.split(".")[0] == "gov_ie"] == []


@pytest.mark.parametrize("library", ["spacy", "pandas", "thinc", "spacy_pkuseg"])
@pytest.mark.parametrize("room", ["reading", "report", "checks", "labels", "errors", "tables", "forms", "places", "fields", "show"])
def test_rooms_that_need_no_machine_learning_import_none(room: str, library: str) -> None:
    assert [i for path in _room(room) for i in _imports(path) if i.split(".")[0] == library] == []


@pytest.mark.parametrize("library", ["jieba", "sklearn", "pandas", "openpyxl", "pyarrow", "xlrd", "docx", "pypdfium2", "PIL", "cv2", "rapidocr_onnxruntime", "matplotlib", "pypinyin", "rich"])
def test_optional_libraries_are_imported_only_where_they_are_used(library: str) -> None:
    late = ["gov_ie.reading.pages.picture"]  # itself imported where scans are read
    at_the_top = [_name(path) for path in MODULES if _name(path) not in late and _name(path).split(".")[1:2] != ["training"] for i in _imports(path, inside_functions=False) if i.split(".")[0] == library]
    assert at_the_top == []


def test_the_command_loads_nothing_heavy_before_it_must() -> None:
    heavy = {i for i in _imports(PACKAGE / "cli.py", inside_functions=False) if i.startswith("gov_ie.") and not _reaches(i, "errors")}
    assert heavy == set()


def test_only_reading_corpus_export_training_and_the_pipelines_storage_open_files() -> None:
    """No assembly, table or schema module touches the disk."""
    for room in ("assembly", "tables", "report", "checks", "labels"):
        for path in _room(room):
            names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
            assert not names & {"open", "Path"}, _name(path)


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import gov_ie", ["spacy", "pandas", "thinc", "pydantic", "gov_ie.api"]),
        ("from gov_ie import read; read('pyproject.toml')", ["spacy", "pandas", "thinc"]),
        ("from gov_ie import Report", ["spacy", "pandas"]),
        ("import gov_ie.cli", ["spacy", "pandas"]),
        ("import gov_ie.api", ["pandas", "jieba", "sklearn"]),
    ],
)
def test_what_an_import_leaves_unloaded(statement: str, absent: list[str]) -> None:
    code = f"import sys; {statement}; print([m for m in {absent!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_can_be_had() -> None:
    code = "import gov_ie; print(all(getattr(gov_ie, name) is not None for name in gov_ie.__all__), hasattr(gov_ie, 'nothing'), {*gov_ie.__all__, 'places', 'plots'} <= set(dir(gov_ie)), callable(gov_ie.plots.over_time), callable(gov_ie.places.locate))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True", "True", "True"]
