"""The administrative level of a public body and the divisions of China it belongs to, for panels of counties, cities and provinces."""

from gov_ie.places.location import locate
from gov_ie.places.place import LEVELS, Division, Kind, Level, Place

__all__ = ["LEVELS", "Division", "Kind", "Level", "Place", "locate"]
