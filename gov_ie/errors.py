"""The exceptions of gov_ie: one base class, one catalogue of messages."""

from __future__ import annotations


class GovIEError(Exception):
    """Base class of every error that gov_ie raises on purpose."""


class ReadError(GovIEError):
    """A file cannot be read as the text of a report. The message names the file, what is wrong and what to do."""


class ModelError(GovIEError):
    """The trained pipeline is missing or does not fit this version of gov_ie."""


class AnnotationError(GovIEError):
    """An annotated report breaks the form described in ``annotations/README.md``."""

    def __init__(self, message: str, *, offset: int | None = None) -> None:
        super().__init__(message)
        self.offset = offset
