"""A report as a short text for people."""

from __future__ import annotations

import re

from gov_ie.export.cells import count_cells
from gov_ie.export.frame import scalar_fields
from gov_ie.report import Report

#: A blank beside a Chinese character; those between figures tell cells apart.
_SPACED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")


def summarize(report: Report, *, prose: int = 3) -> str:
    """What a report says, field by field, each with the words it was read from and its confidence; ``prose`` units of each kind."""
    lines = [f"{report.source.get('name', '')}: {report.title or 'no title'}", ""]
    rows = [(path, report.get(path)) for path in scalar_fields() if path != "title" and report.get(path) is not None]
    rows += [(f"{path}[{i}]", item) for path in ("disclosure.by_category", "disclosure.by_channel", "applications.by_channel") for i, item in enumerate(report.get(path))]
    for path, value in rows:
        if not isinstance(value, str | int | float):
            shown = f"{value.name} {'' if value.count is None else value.count}" + (f" ({value.percent}%)" if getattr(value, "percent", None) is not None else "")
            path_of_evidence = f"{path}.count" if f"{path}.count" in report.evidence else f"{path}.percent"
        else:
            shown, path_of_evidence = str(value), path
        evidence = report.evidence.get(path_of_evidence)
        words = _SPACED.sub("", " ".join(evidence.text.split()))[:36] if evidence else ""
        lines.append(f"  {path:32} {shown:28} ← “{words}” ({report.confidence.get(path_of_evidence, 0):.2f})")
    if report.regulations:
        lines += ["", f"  regulations ({len(report.regulations)}): " + "、".join(report.regulations)]
    for name in ("measures", "problems", "improvements"):
        units = report.get(name)
        lines += ["", f"  {name} ({len(units)}):"] + [f"    - {unit.text[:70]}{'…' if len(unit.text) > 70 else ''}" for unit in units[:prose]]
        lines += [f"    … {len(units) - prose} more"] if len(units) > prose else []
    if report.tables:
        lines += ["", "  tables: " + ", ".join(f"{name} ({count_cells(cells)} cells)" for name, cells in report.tables.items())]
    failed = [check for check in report.checks if not check.ok]
    lines += ["", f"  checks: {len(report.checks) - len(failed)} hold, {len(failed)} fail"] + [f"    ✗ {c.rule}: {c.left:g} ≠ {c.right:g}" for c in failed]
    lines += [f"  warning: {warning}" for warning in report.warnings]
    return "\n".join(lines)
