"""Where a body is and what it is, as columns."""

from __future__ import annotations

from typing import Any, get_args

from gov_ie.export.columns import Column
from gov_ie.places import LEVELS, Kind
from gov_ie.report import Report

_CODE = "its code by GB/T 2260 at the end of the year reported on"
PLACE = (
    Column("organization.level", "string", "行政层级", f"administrative level of the body: {', '.join(LEVELS)}", source="place.level"),
    Column("organization.kind", "string", "机关类型", f"what the body is: {', '.join(get_args(Kind))}", source="place.kind"),
    Column("organization.code", "string", "所属行政区划代码", "code by GB/T 2260 of the body's own division, to join with other data; of a township or village, that of its county", source="place.code"),
    Column("organization.province", "string", "省级行政区", "province, autonomous region or municipality", source="place.province.name"),
    Column("organization.province_code", "string", "省级代码", _CODE, source="place.province.code"),
    Column("organization.city", "string", "地级行政区", "division of prefecture level; missing for a county directly under its province and a district of a municipality", source="place.city.name"),
    Column("organization.city_code", "string", "地级代码", _CODE, source="place.city.code"),
    Column("organization.county", "string", "县级行政区", "division of county level", source="place.county.name"),
    Column("organization.county_code", "string", "县级代码", _CODE, source="place.county.code"),
    Column("organization.township", "string", "乡级行政区", "township, town or subdistrict, as named", source="place.township"),
    Column("organization.candidates", "string", "可能的行政区", "where the name could be any of several divisions and nothing decides: these, “鼓楼区 320106; 鼓楼区 350102”", source="place.candidates"),
)


def place_values(report: Report) -> list[Any]:
    """The values of :data:`PLACE`: worked out from the name, the year and the contact details; missing where these do not tell, and where the body is not named."""
    if report.organization.name is None:
        return [None] * len(PLACE)
    place = report.place
    divisions = [value for division in (place.province, place.city, place.county) for value in ((division.name, division.code) if division is not None else (None, None))]
    candidates = "; ".join(f"{division.name} {division.code}" for division in place.candidates)
    return [place.level, place.kind, place.code, *divisions, place.township, candidates or None]
