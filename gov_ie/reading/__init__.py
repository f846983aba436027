"""Files → :class:`Source`. Knows no labels and no fields."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from gov_ie.errors import ReadError
from gov_ie.reading.decode import decode
from gov_ie.reading.genre import judge
from gov_ie.reading.source import Source, from_text
from gov_ie.reading.tidy import Tidied, tidy

__all__ = ["SUFFIXES", "Source", "Tidied", "find_files", "from_text", "passed_over", "read", "tidy"]

#: Files of these kinds are taken from a folder; a file that is named itself is read whatever its name.
SUFFIXES = (".txt", ".md", ".markdown", ".text")


def read(path: str | Path) -> Source:
    """Read a text or Markdown file.

    Args:
        path: a file in UTF-8 (with or without BOM), UTF-16 or GB18030; the encoding is detected and recorded.

    Raises:
        ReadError: there is no such file, or it is empty, binary or of no known encoding; the message says which file and what to do.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except IsADirectoryError as error:
        raise ReadError(f"{file}: this is a folder; give a file, or use extract_many for the files in it") from error
    except FileNotFoundError as error:
        raise ReadError(f"{file}: there is no such file") from error
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from error
    text, encoding = decode(data, name=str(file))
    if not text.strip():
        raise ReadError(f"{file}: the file holds nothing but blanks")
    return Source(text, name=file.name, path=str(file), sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, warnings=tuple(judge(text)))


#: Kinds of documents that are not read yet; in a folder they are passed over, and named.
OTHER_SUFFIXES = (".pdf", ".html", ".htm", ".mht", ".doc", ".docx", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".csv", ".jsonl", ".parquet", ".zip", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


def passed_over(paths: Iterable[str | Path]) -> list[Path]:
    """The documents in the folders among ``paths`` that :func:`find_files` passes over because their kind is not read."""
    folders = [path for path in map(Path, paths) if path.is_dir()]
    return sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in OTHER_SUFFIXES and p.is_file())


def find_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files behind ``paths``: files as they are, folders by their readable files, sorted, without hidden ones."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
        else:
            yield path
