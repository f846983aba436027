"""Execute the notebooks and keep what they print: ``python notebooks/execute.py [FILE…]``, all of this folder by default (also ``make notebooks``).

What is written depends on the notebook and on its outputs alone: no times, no machine, no version of Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


def execute(path: Path, *, folder: Path | None = None, seconds: int = 1800) -> nbformat.NotebookNode:
    """Run all cells of a notebook in order, in a kernel of its own.

    Args:
        path: the notebook.
        folder: where it runs; by default the folder it lies in.
        seconds: how long one cell may take.

    Returns:
        the notebook with its outputs.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=seconds, kernel_name="python3", coalesce_streams=True, resources={"metadata": {"path": str(folder or path.parent)}})
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return notebook


def main(files: list[str]) -> None:
    """Execute the files given, or every notebook of this folder, in place; a file is replaced only when all its cells have run."""
    for path in [Path(file) for file in files] or sorted(HERE.glob("*.ipynb")):
        nbformat.write(execute(path), path)
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
