"""Why a value is what it is: its words, who decided on them, what else was considered, and the checks it takes part in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gov_ie.checks import paths_of
from gov_ie.forms.cells import cell_name
from gov_ie.report import Check, Considered, Evidence, Origin, Report

_AROUND = 30
#: Who decided on a value (``Origin.by``), in words.
BY = {"model": "the trained model", "rule": "a rule of form", "wording": "the words beside it", "form": "a printed table"}


@dataclass(frozen=True)
class Explanation:
    """What is known of the value at a path; ``str()`` is plain text, a notebook shows it as HTML.

    Attributes:
        path: of the value, such as ``disclosure.total``.
        value: ``None`` where the report does not say.
        evidence: the words it was read from; ``None`` where there is no value.
        before: what stands before them in the text, at most 30 characters; empty where the text is not there (a report made from JSON).
        after: what stands after them.
        confidence: the share of such values that was right on the dev reports.
        origin: who decided, and what else was considered.
        checks: those the value takes part in.
    """

    path: str
    value: Any
    evidence: Evidence | None
    before: str
    after: str
    confidence: float | None
    origin: Origin
    checks: tuple[Check, ...]

    @property
    def considered(self) -> list[Considered]:
        """The readings that were passed over."""
        return self.origin.considered

    def __str__(self) -> str:
        lines = [f"{self.path} = {'not stated' if self.value is None else self.value}"]
        if self.evidence is not None:
            words = "".join(f"{part}" for part in (self.before, "【", self.evidence.text, "】", self.after))
            lines.append(f"  read at {self.evidence.start}: {'…' * bool(self.before)}{' '.join(words.split())}{'…' * bool(self.after)}")
            label = f" as {self.origin.label}" if self.origin.label else ""
            detail = f" ({self.origin.detail})" if self.origin.detail else ""
            by = BY[self.origin.by] if self.origin.by else "nobody"
            lines.append(f"  by {by}{label}{detail}" + (f", confidence {self.confidence:.2f}" if self.confidence is not None else ""))
        lines += [f"  passed over: {row.value} at {row.start}, “{' '.join(row.text.split())}”: {row.why}" for row in self.considered]
        lines += [f"  check {'holds' if check.ok else 'FAILS'}: {check.rule}: {check.left:g} {'=' if check.ok else '≠'} {check.right:g}" for check in self.checks]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from gov_ie.show.html import explanation_html

        return explanation_html(self)


def explain(report: Report, path: str) -> Explanation:
    """Explain the value at a path of a report; a list item without a value of its own (``disclosure.by_category[0]``) by its figure.

    Raises:
        KeyError: there is no such path.
    """
    value = report.get(path)
    at = next((p for p in (path, f"{path}.count", f"{path}.percent", f"{path}.text") if p in report.evidence), path)
    evidence, text = report.evidence.get(at), report.text
    before, after = (text[max(0, evidence.start - _AROUND) : evidence.start], text[evidence.end : evidence.end + _AROUND]) if evidence and text is not None else ("", "")
    checks = tuple(check for check in report.checks if at in paths_of(check, report))
    return Explanation(path, value, evidence, before, after, report.confidence.get(at), _origin(report, at), checks)


def _origin(report: Report, path: str) -> Origin:
    """The origin of a value; a cell's is that of its tables, with its printed name."""
    origin = report.origins.get(path)
    if origin is not None or not path.startswith("tables."):
        return origin or Origin()
    whole = report.origins.get("tables.annex" if path.startswith("tables.annex.") else "tables", Origin())
    name = cell_name(path, whole.label)
    return whole.model_copy(update={"detail": str(name) if name else whole.detail}) if path in report.evidence else Origin()
