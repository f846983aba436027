"""The trained pipeline of gov_ie: ``spacy.load("zh_gov_ie")``, or ``zh_gov_ie.load()``."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path

__all__ = ["__version__", "load"]

try:
    __version__ = version("zh-gov-ie")
except PackageNotFoundError:  # the folder is on the path without having been installed
    __version__ = "0"

DATA = Path(__file__).parent / "data"


def load(**overrides: Any) -> Language:
    """Load the pipeline; takes what ``spacy.load`` takes: ``vocab``, ``disable``, ``enable``, ``exclude``, ``config``."""
    return load_model_from_path(DATA, **overrides)
