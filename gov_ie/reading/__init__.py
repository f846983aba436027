"""Files → :class:`Source`. Knows no labels and no fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from gov_ie.errors import ReadError
from gov_ie.reading.documents import Failure, read_document
from gov_ie.reading.files import find_files, load, passed_over, unexpected
from gov_ie.reading.kinds import RECORDS, Kind, detect
from gov_ie.reading.source import Source, from_text
from gov_ie.reading.tidy import Tidied, tidy

__all__ = ["Failure", "Source", "Tidied", "find_files", "from_text", "passed_over", "read", "read_all", "tidy"]


def read(path: str | Path) -> Source:
    """Read a file that holds one report, of any kind; what it is, is decided by its content.

    Args:
        path: plain text or Markdown (UTF-8, UTF-16 or GB18030, detected), HTML, PDF, Word and other Office files, a picture; or a ZIP archive or a file of records
            (CSV, JSON, Excel, Parquet) with a single report in it.

    Raises:
        ReadError: there is no such file, it cannot be read, needs a library that is not installed, or holds several reports; the message says which file and what to do.
    """
    file = Path(path)
    items = list(islice(_items(file, None, None), 2))
    if len(items) > 1:
        raise ReadError(f"{file}: the file holds several reports; read them with extract_many or 'gov-ie extract'")
    if not items:
        raise ReadError(f"{file}: the file holds no report")
    (item,) = items
    if isinstance(item, Failure):
        raise item.error
    return item


def read_all(paths: str | Path | Iterable[str | Path], *, text_column: str | None = None, title_column: str | None = None) -> Iterator[Source | Failure]:
    """Read many files, as a stream and in order: the documents of folders, the members of ZIP archives, the rows of records.

    Args:
        paths: files and folders, or one of them.
        text_column: for CSV, JSON, Excel and Parquet: name (or number, from 1) of the column with the text; guessed when not given, and said in the sources' warnings.
        title_column: of the column with the title.

    Yields:
        a source for every report, and a failure in the place of what cannot be read; nothing is raised.
    """
    for file in find_files(paths):
        try:
            yield from _items(file, text_column, title_column)
        except ReadError as error:
            yield Failure(file.name, str(file), error)
        except Exception as error:
            yield Failure(file.name, str(file), unexpected(str(file), error))


def _items(file: Path, text_column: str | None, title_column: str | None) -> Iterator[Source | Failure]:
    data = load(file)
    found = detect(data, file.name)
    if found.kind is Kind.ZIP:
        from gov_ie.reading.archive import read_archive

        yield from read_archive(data, path=str(file), text_column=text_column, title_column=title_column)
    elif found.kind in RECORDS:
        from gov_ie.reading.sheets.records import read_records

        yield from read_records(data, found, name=file.name, path=str(file), text_column=text_column, title_column=title_column)
    else:
        yield read_document(data, found, name=file.name, path=str(file))
