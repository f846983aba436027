"""What :func:`gov_ie.places.locate` returns: the level and kind of a public body, and the divisions it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

#: From the widest to the narrowest. Municipalities (直辖市) are provinces, their districts counties, sub-provincial cities prefectures, as in the codes of GB/T 2260.
Level = Literal["national", "province", "prefecture", "county", "township", "village"]
LEVELS: tuple[Level, ...] = get_args(Level)
Kind = Literal["government", "department", "party", "subdistrict", "village", "zone", "institution", "enterprise", "association"]

#: The cities with the administrative rank of a vice-province (中央机构编制委员会, 中编发〔1994〕1号; 重庆 left in 1997).
SUB_PROVINCIAL = frozenset("210100 210200 220100 230100 320100 330100 330200 350200 370100 370200 420100 440100 440300 510100 610100".split())


@dataclass(frozen=True, slots=True)
class Division:
    """A division of China at county level or above: its six digits by GB/T 2260 and its name, as in force in the year asked for."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a public body stands in the administration. ``None`` is what neither the name nor the hints tell.

    Attributes:
        level: The level of the division that the body belongs to: a county's bureau is at county level, a municipal hospital at prefecture level, a zone's committee at the level of
            the government named with it. Agencies of the centre whose district is no division (customs, river basin commissions) are national.
        kind: ``government`` (a people's government with its general office, also a township's, and 行政公署), ``department`` (局, 厅, 委, 办 … and their branches), ``party`` (organs of a
            party committee, of discipline and supervision), ``subdistrict`` (街道办事处), ``village`` (committees of villages and communities), ``zone`` (development zones, scenic areas and
            the like with everything in them), ``institution`` (schools, hospitals, centres and other 事业单位), ``enterprise``, ``association`` (人民团体, co-operatives). ``None`` also for congresses, consultative conferences and
            courts.
        province: The province, autonomous region or municipality.
        city: The division of prefecture level; none for counties directly under a province and for districts of a municipality.
        county: The division of county level, for bodies at county level and below.
        township: The name of the township, town or subdistrict; their codes are not part of GB/T 2260.
        candidates: Where a name could be any of several divisions and nothing decides, those divisions. What they have in common (a province, a level) is set.
    """

    level: Level | None = None
    kind: Kind | None = None
    province: Division | None = None
    city: Division | None = None
    county: Division | None = None
    township: str | None = None
    candidates: tuple[Division, ...] = ()

    @property
    def code(self) -> str | None:
        """The code of the body's own division, to join with other data; for a township or village, that of its county. ``None`` where the division is not known."""
        if self.level is None or self.level == "national":
            return None
        division = self.province if self.level == "province" else self.city if self.level == "prefecture" else self.county
        return division.code if division else None

    @property
    def sub_provincial(self) -> bool:
        """Whether the body is one of a sub-provincial city (副省级市), which by its code is a prefecture."""
        return self.level == "prefecture" and self.code in SUB_PROVINCIAL
