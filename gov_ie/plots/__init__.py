"""Plots of a panel of reports, on matplotlib.

Every function takes reports or the frame of :func:`gov_ie.series`, draws on ``ax`` or on a figure of its own (``ax.figure``; pyplot is not used), and returns the Axes. What no report states is a gap
and no nought. Labels are English or Chinese (``language``); Chinese ones need a font that has the characters, and where none has, English ones, names in pinyin or numbers (:func:`key`) take their place.

>>> from gov_ie import plots
>>> ax = plots.over_time(reports, "disclosure.total")  # doctest: +SKIP
>>> ax.figure.savefig("disclosure.pdf")  # doctest: +SKIP
"""

from gov_ie.plots.checks import failed_checks
from gov_ie.plots.fonts import key
from gov_ie.plots.lines import over_time
from gov_ie.plots.proceedings import proceedings
from gov_ie.plots.shares import applicants, outcomes

__all__ = ["applicants", "failed_checks", "key", "outcomes", "over_time", "proceedings"]
