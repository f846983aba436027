"""The data dictionary: what every column of every table means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gov_ie.export.cells import CELLS
from gov_ie.export.columns import Column, Layout, frame_of
from gov_ie.export.frame import WIDE
from gov_ie.export.long import LONG

if TYPE_CHECKING:
    import pandas as pd

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (WIDE, LONG, CELLS)}
COLUMNS = (
    Column("layout", "string", "表", "the table: wide (a row a report), long (a row a fact), cells (a row a cell of the printed forms)"),
    Column("column", "string", "列名", "name of the column"),
    Column("type", "string", "类型", "pandas' name of its type"),
    Column("unit", "string", "单位", "unit of its figures"),
    Column("term", "string", "中文名称", "what it is called in Chinese"),
    Column("meaning", "string", "含义", "what it means"),
    Column("source", "string", "来源", "the attribute of Report it is made from"),
)


def data_dictionary() -> pd.DataFrame:
    """The columns of :func:`gov_ie.to_frame` (``wide``), :func:`gov_ie.to_long` (``long``) and :func:`gov_ie.tables_frame` (``cells``), a row each, in order: :data:`COLUMNS`.

    Made of what the tables themselves are made of and of :mod:`gov_ie.fields`. A written CSV is read with the types it had by::

        types = gov_ie.data_dictionary().query("layout == 'wide'").set_index("column")["type"]
        dates = list(types.index[types == "datetime64[ms]"])
        pandas.read_csv(path, dtype=types.drop(dates).to_dict(), parse_dates=dates, keep_default_na=False, na_values=[""])

    Raises:
        ImportError: pandas is missing (``pip install 'gov-ie[table]'``).
    """
    rows = [(layout.name, column.name, column.type, column.unit, column.term, column.meaning, column.source or None) for layout in LAYOUTS.values() for column in layout.columns]
    return frame_of(list(zip(*rows, strict=True)), COLUMNS)
