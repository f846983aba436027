"""Reports that are there twice: all are kept, and marked."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from gov_ie.export.columns import Column

if TYPE_CHECKING:
    import pandas as pd

DUPLICATES = (
    Column("duplicate.key", "string", "机关与年度", "name of the body (half width, without blanks) and year, “平川县水利局|2013”; missing where either is not stated", source="organization.name, year"),
    Column("duplicate.count", "Int64", "同机关同年度报告数", "reports of this key; more than 1: several texts of one report, or bodies of one name in different places", source="duplicate.key"),
    Column("duplicate", "Int64", "重复序号", "place of the report among those of its key, from 1; keep 1 and missing for one row a body and year", source="duplicate.key"),
    Column("duplicate.copy_of", "Int64", "相同文本的报告序号", "number of the first report with the very same text; missing for that one and for all others", source="text"),
)


def mark_duplicates(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of :data:`DUPLICATES` to the table of reports."""
    names = frame["organization.name"].map(lambda name: "".join(unicodedata.normalize("NFKC", name).split()), na_action="ignore").astype("string")
    frame["duplicate.key"] = names + "|" + frame["year"].astype("string")
    groups = frame.groupby("duplicate.key", sort=False)["report"]
    known = frame["duplicate.key"].notna()
    frame["duplicate.count"] = groups.transform("size").astype("Int64").where(known)
    frame["duplicate"] = (groups.cumcount() + 1).astype("Int64").where(known)
    # A report made from JSON has no text any more: there the bytes of its file have to be the same, and its row in it.
    row = "#" + frame["source"].str.extract(r"#(\d+)$", expand=False).fillna("")
    text = frame["source.text_sha256"].fillna(frame["source.sha256"] + row)
    first = frame.groupby(text, sort=False)["report"].transform("first").astype("Int64")
    frame["duplicate.copy_of"] = first.where(first.notna() & (first < frame["report"]))
    return frame
