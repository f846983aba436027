"""Annotation tools: reports as tasks of a tool, and finished tasks back as annotated reports.

Every format is a module with ``write(tasks, folder)`` and ``read(path)``; what both mean by a label stands in
:mod:`gov_ie.corpus.formats.flat`. There and back nothing is lost: what a tool or the project's own form cannot hold is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gov_ie.corpus.formats import brat, docbin, doccano, label_studio, prodigy
from gov_ie.corpus.formats.tasks import LeftOut, Task, files_of

__all__ = ["FORMATS", "Format", "LeftOut", "Task", "read_tasks"]


@dataclass(frozen=True)
class Format:
    """A tool's format: how tasks are written into a folder, how one file is read, and how such files end.

    Both functions are given the entity labels that a user has added to those of the project.
    """

    write: Callable[[Sequence[Task], Path, Collection[str]], list[Path]]
    read: Callable[[Path, Collection[str]], Iterator[Task | LeftOut]]
    suffixes: tuple[str, ...]


#: The name on the command line → the format.
FORMATS = {
    "label-studio": Format(label_studio.write, label_studio.read, label_studio.SUFFIXES),
    "doccano": Format(doccano.write, doccano.read, doccano.SUFFIXES),
    "prodigy": Format(prodigy.write, prodigy.read, prodigy.SUFFIXES),
    "brat": Format(brat.write, brat.read, brat.SUFFIXES),
    "docbin": Format(docbin.write, docbin.read, docbin.SUFFIXES),
}


def read_tasks(paths: Sequence[Path], form: Format, own: Collection[str] = ()) -> Iterator[Task | LeftOut]:
    """Read the finished tasks of files and folders, in order; a folder stands for the files of the format in it.

    Args:
        paths: files and folders.
        form: the format, a value of :data:`FORMATS`.
        own: entity labels besides those of the project.

    Raises:
        AnnotationError: a file cannot be read, or holds what an annotated report cannot; the message names file, task and offset.
    """
    for path in files_of(paths, form.suffixes):
        yield from form.read(path, own)
