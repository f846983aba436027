"""How the API pages are made: signatures that can be read, and the language of the Chinese page."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from sphinx.application import Sphinx

_PYDANTIC = re.compile("model_.*")


def without_fields(app: Sphinx, what: str, name: str, obj: Any, options: Any, signature: str | None, annotation: str | None) -> tuple[str, str | None] | None:
    """Leave the signature of a pydantic model out: its fields stand below it."""
    return ("", annotation) if what == "class" and issubclass(obj, BaseModel) else None


def without_pydantic(app: Sphinx, what: str, name: str, obj: Any, skip: bool, options: Any) -> bool | None:
    """Leave out what every pydantic model has."""
    return True if _PYDANTIC.fullmatch(name) else None


def language_of(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Say that a Chinese page is Chinese."""
    if page.endswith(".zh"):
        context["language"] = "zh-CN"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to Sphinx's events."""
    app.connect("autodoc-process-signature", without_fields)
    app.connect("autodoc-skip-member", without_pydantic)
    app.connect("html-page-context", language_of)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
