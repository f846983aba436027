"""A report for people: as HTML (:mod:`gov_ie.show.html`) and in the terminal (:mod:`gov_ie.show.terminal`)."""
