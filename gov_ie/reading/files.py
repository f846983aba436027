"""Files and folders: which files of a folder are documents, which are passed over, and the bytes of one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from gov_ie.errors import ReadError
from gov_ie.reading.kinds import HEAD, Kind, detect, is_furniture, is_readable, web_page_parts

#: No report is larger than this, in bytes.
MAX_BYTES = 200_000_000


def load(file: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ReadError: there is no such file, it is a folder, cannot be read, or is larger than :data:`MAX_BYTES`.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)  # bounded also where the file has no size, as a device
    except IsADirectoryError as error:
        raise ReadError(f"{file}: this is a folder; give a file, or use extract_many for the files in it") from error
    except FileNotFoundError as error:
        raise ReadError(f"{file}: there is no such file") from error
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
    if len(data) > MAX_BYTES:
        raise ReadError(f"{file}: the file is larger than {MAX_BYTES // 1_000_000} MB; split it, or save it without pictures")
    return data


def find_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files behind ``paths``: files as they are, folders by their documents, sorted, without hidden ones and what programs leave there."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from _sorted_out(path)[0]
        else:
            yield path


def passed_over(paths: Iterable[str | Path]) -> list[str]:
    """What is no document of a kind that is read in the folders and ZIP archives among ``paths``; a member of an archive is named ``archive.zip!/member``."""
    from gov_ie.reading.archive import other_members

    found: list[str] = []
    for path in map(Path, paths):
        taken, other = _sorted_out(path) if path.is_dir() else ([path], [])
        found += map(str, other)
        for file in taken:
            try:
                if file.suffix.lower() == ".zip" and file.is_file() and detect(data := load(file), file.name).kind is Kind.ZIP:
                    found += [f"{file}!/{member}" for member in other_members(data)]
            except ReadError:  # reading it says so
                continue
    return found


def _sorted_out(folder: Path) -> tuple[list[Path], list[Path]]:
    """The documents of a folder, and its other files."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not is_furniture(p.relative_to(folder).parts))
    parts = web_page_parts(PurePosixPath(file.as_posix()) for file in files)
    documents: list[Path] = []
    others: list[Path] = []
    for file in files:
        of_a_page = bool(parts) and not parts.isdisjoint(PurePosixPath(file.as_posix()).parents)
        (documents if not of_a_page and is_readable(file.name, _head(file)) else others).append(file)
    return documents, others


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b""
