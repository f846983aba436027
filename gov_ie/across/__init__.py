"""Reports across years: two of them compared (:func:`compare`), many of them as a panel by body and year (:func:`series`)."""

from gov_ie.across.comparison import Comparison, compare
from gov_ie.across.series import series

__all__ = ["Comparison", "compare", "series"]
