"""Structured facts, with evidence, from Chinese annual reports on open government information (政府信息公开工作年度报告).

>>> import gov_ie
>>> report = gov_ie.extract("report.txt")  # doctest: +SKIP
>>> report.disclosure.total, report.evidence["disclosure.total"].text  # doctest: +SKIP
(86, '86条')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["GovIEError", "Report", "Source", "__version__", "compare", "data_dictionary", "extract", "extract_many", "load", "read", "series", "tables_frame", "to_frame", "to_long", "to_page", "write_page", "write_table"]

if TYPE_CHECKING:
    from gov_ie import places as places
    from gov_ie import plots as plots
    from gov_ie.across import compare, series
    from gov_ie.api import extract, extract_many, load
    from gov_ie.errors import GovIEError
    from gov_ie.export.cells import tables_frame
    from gov_ie.export.dictionary import data_dictionary
    from gov_ie.export.files import write_table
    from gov_ie.export.frame import to_frame
    from gov_ie.export.long import to_long
    from gov_ie.reading import Source, read
    from gov_ie.report import Report
    from gov_ie.show.page import to_page, write_page

_WHERE = {
    "extract": "gov_ie.api", "extract_many": "gov_ie.api", "load": "gov_ie.api", "read": "gov_ie.reading", "Source": "gov_ie.reading",
    "Report": "gov_ie.report", "GovIEError": "gov_ie.errors", "to_frame": "gov_ie.export.frame", "to_long": "gov_ie.export.long",
    "tables_frame": "gov_ie.export.cells", "data_dictionary": "gov_ie.export.dictionary", "write_table": "gov_ie.export.files",
    "to_page": "gov_ie.show.page", "write_page": "gov_ie.show.page", "compare": "gov_ie.across", "series": "gov_ie.across",
}  # fmt: skip
_PACKAGES = ("places", "plots")


def __getattr__(name: str) -> Any:
    """Import on first use: ``import gov_ie`` itself loads neither spaCy nor pandas."""
    if name not in _WHERE and name not in _PACKAGES:
        raise AttributeError(f"module 'gov_ie' has no attribute {name!r}")
    from importlib import import_module

    value = import_module(f"gov_ie.{name}") if name in _PACKAGES else getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *_PACKAGES])
