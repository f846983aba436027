"""Reports that are there twice: all are kept, and marked."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gov_ie.export.columns import Column
from gov_ie.places import Division, Place
from gov_ie.places.apart import plain_name, tell_apart

if TYPE_CHECKING:
    import pandas as pd

DUPLICATES = (
    Column("duplicate.key", "string", "机关与年度", "name of the body (half width, without blanks) and year, “平川县水利局|2013”; where reports of one name and year are of different places, the place too, “鼓楼区水务局(江苏省南京市鼓楼区)|2013”; missing where name or year is not stated", source="organization.name, year, place"),
    Column("duplicate.count", "Int64", "同机关同年度报告数", "reports of this key; more than 1: several texts of one report, or bodies of one name in places that are not known to differ", source="duplicate.key"),
    Column("duplicate", "Int64", "重复序号", "place of the report among those of its key, from 1; keep 1 and missing for one row a body and year", source="duplicate.key"),
    Column("duplicate.copy_of", "Int64", "相同文本的报告序号", "number of the first report with the very same text; missing for that one and for all others", source="text"),
)


def mark_duplicates(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of :data:`DUPLICATES` to the table of reports."""
    names = frame["organization.name"].map(plain_name, na_action="ignore").astype("string")
    years = "|" + frame["year"].astype("string")
    frame["duplicate.key"] = names + _places(frame, names + years) + years
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


def places_of(frame: pd.DataFrame) -> list[Place]:
    """Where each body is, from the columns of the table of reports."""
    rows = frame[["organization.level", *(f"organization.{level}{part}" for level in ("province", "city", "county") for part in ("_code", ""))]].astype(object)
    places = []
    for level, *told in rows.where(rows.notna(), None).itertuples(index=False, name=None):
        province, city, county = (Division(code, name) if code is not None else None for code, name in zip(told[::2], told[1::2], strict=True))
        places.append(Place(level=level, province=province, city=city, county=county))
    return places


def _places(frame: pd.DataFrame, keys: pd.Series[str]) -> pd.Series[str]:
    """What tells reports of one key apart: where their bodies are."""
    shared = keys[keys.notna() & keys.duplicated(keep=False)]
    rows: defaultdict[str, list[tuple[int, Place]]] = defaultdict(list)
    for key, at, place in zip(shared, shared.index, places_of(frame.loc[shared.index]), strict=True):
        rows[key].append((at, place))
    told = keys.where(keys.isna(), "")
    for group in rows.values():
        for (at, _), words in zip(group, tell_apart([place for _, place in group]), strict=True):
            told.at[at] = words
    return told
