"""Files and folders: which files of a folder are documents, which are passed over, and the bytes of one file."""

from __future__ import annotations

import os
import stat
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
    except ValueError as error:  # a NUL in the name
        raise ReadError(f"{str(file)!r}: cannot be read ({error})") from error
    if len(data) > MAX_BYTES:
        raise ReadError(f"{file}: the file is larger than {MAX_BYTES // 1_000_000} MB; split it, or save it without pictures")
    return data


def unexpected(where: str, error: Exception) -> ReadError:
    """What takes the place of a report that broke gov_ie itself, so that the others do not go with it."""
    words = " ".join(str(error).split())[:200]
    return ReadError(f"{where}: an error that is not expected ({type(error).__name__}{': ' if words else ''}{words}); please report it as a bug of gov_ie, with the file if it may be passed on")


def as_paths(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    """A single path as one of its kind: a string is no list of characters."""
    return [Path(paths)] if isinstance(paths, str | os.PathLike) else paths


def find_files(paths: str | Path | Iterable[str | Path]) -> Iterator[Path]:
    """The files behind ``paths``: files as they are, folders by their documents, sorted, without hidden ones and what programs leave there.

    What cannot be looked at (a folder without permission, say) is among them, so that reading it says why.
    """
    for path in map(Path, as_paths(paths)):
        if os.path.isdir(path):
            yield from _sorted_out(path)[0]
        else:
            yield path


def passed_over(paths: str | Path | Iterable[str | Path]) -> list[str]:
    """What is no document of a kind that is read in the folders and ZIP archives among ``paths``; a member of an archive is named ``archive.zip!/member``."""
    from gov_ie.reading.archive import other_members

    found: list[str] = []
    for path in map(Path, as_paths(paths)):
        taken, other = _sorted_out(path) if os.path.isdir(path) else ([path], [])
        found += map(str, other)
        for file in taken:
            try:
                if file.suffix.lower() == ".zip" and os.path.isfile(file) and detect(data := load(file), file.name).kind is Kind.ZIP:
                    found += [f"{file}!/{member}" for member in other_members(data)]
            except ReadError:  # reading it says so
                continue
    return found


def _sorted_out(folder: Path) -> tuple[list[Path], list[Path]]:
    """The documents of a folder, and its other files."""
    locked: list[Path] = []
    found = [Path(where, name) for where, _, names in os.walk(folder, onerror=lambda error: locked.append(Path(error.filename))) for name in names]
    files = sorted(p for p in (*found, *locked) if not is_furniture(p.relative_to(folder).parts) and (p in locked or _is_file(p)))
    parts = web_page_parts(PurePosixPath(file.as_posix()) for file in files)
    documents: list[Path] = []
    others: list[Path] = []
    for file in files:
        of_a_page = bool(parts) and not parts.isdisjoint(PurePosixPath(file.as_posix()).parents)
        (documents if not of_a_page and (file in locked or is_readable(file.name, _head(file))) else others).append(file)
    return documents, others


def _is_file(path: Path) -> bool:
    """Whether it is a file, as far as can be seen: what cannot be looked at is taken for one."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:  # a link to nothing
        return False
    except OSError:
        return True


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b""
