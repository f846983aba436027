"""Whether the checks that a value takes part in hold."""

from __future__ import annotations

from gov_ie.checks import paths_of
from gov_ie.export.columns import Column
from gov_ie.report import Report

STATE = Column("check", "string", "核对结果", "ok: all checks with this value hold; failed: one of them does not; unchecked: there is none. A field read from a form shares the checks of its cells", source="checks")


def check_states(report: Report) -> dict[str, str]:
    """Path → ``ok`` or ``failed`` for every value that takes part in a check; a value that is not there is unchecked."""
    states: dict[str, str] = {}
    for check in report.checks:
        for path in paths_of(check, report):
            if not check.ok or path not in states:
                states[path] = "ok" if check.ok else "failed"
    for path, origin in report.origins.items():
        below = {states[cell] for cell in origin.cells if cell in states}
        if below:
            states[path] = "failed" if "failed" in below or states.get(path) == "failed" else "ok"
    return states
