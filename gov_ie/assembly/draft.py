"""The draft of a report: values are put in together with the words they were read from and who decided, so that no value lacks evidence or origin."""

from __future__ import annotations

from typing import Any

from gov_ie.report import Considered, Evidence, Origin, Report

#: Readings passed over that are kept for a field.
_MOST_CONSIDERED = 8


class Draft:
    """Collects values, evidence, confidence and origins by path, and makes the :class:`~gov_ie.report.Report`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._values: dict[str, Any] = {}
        self._lists: dict[str, list[dict[str, Any]]] = {}
        self._evidence: dict[str, Evidence] = {}
        self._confidence: dict[str, float] = {}
        self._origins: dict[str, Origin] = {}
        self._considered: dict[str, list[Considered]] = {}
        self.warnings: list[str] = []

    def __contains__(self, path: str) -> bool:
        return path in self._values

    def get(self, path: str) -> Any:
        """The value at a path, ``None`` when nothing is there yet."""
        return self._values.get(path)

    def place(self, path: str) -> tuple[int, int]:
        """Where the value at a path was read."""
        evidence = self._evidence[path]
        return evidence.start, evidence.end

    def put(self, path: str, value: Any, start: int, end: int, confidence: float | None = None, *, origin: Origin) -> None:
        """Fill a field; the first value stays, and a later one that differs is noted as considered."""
        if value is None:
            return
        if path in self._values:
            if value != self._values[path]:
                self.pass_over(path, value, start, end, "another stood there first")
            return
        self._values[path] = value
        self._mark(path, start, end, confidence, origin)

    def add(self, path: str, item: dict[str, Any], places: dict[str, tuple[int, int]], confidence: float | None = None, *, origin: Origin) -> None:
        """Append an item to a list; ``places`` says for each of its keys where it was read."""
        rows = self._lists.setdefault(path, [])
        rows.append(item)
        for key, (start, end) in places.items():
            self._mark(f"{path}[{len(rows) - 1}].{key}" if key else f"{path}[{len(rows) - 1}]", start, end, confidence, origin)

    def pass_over(self, path: str, value: Any, start: int, end: int, why: str) -> None:
        """Note a reading of a field that is not taken; of each place the first reason, and only so many."""
        rows = self._considered.setdefault(path, [])
        if len(rows) < _MOST_CONSIDERED and all((row.start, row.end) != (start, end) for row in rows):
            rows.append(Considered(value=value, start=start, end=end, text=self.text[start:end], why=why))

    def items(self, path: str) -> list[dict[str, Any]]:
        """The items of a list so far."""
        return self._lists.get(path, [])

    def _mark(self, path: str, start: int, end: int, confidence: float | None, origin: Origin) -> None:
        self._origins[path] = origin
        self._evidence[path] = Evidence(start=start, end=end, text=self.text[start:end])
        if confidence is not None:
            self._confidence[path] = round(float(confidence), 4)

    def report(self) -> Report:
        """The report, its values in place."""
        tree: dict[str, Any] = {}
        for path, value in [*self._values.items(), *self._lists.items()]:
            node = tree
            *parents, last = path.split(".")
            for step in parents:
                node = node.setdefault(step, {})
            node[last] = value
        if "regulations" in tree:
            tree["regulations"] = [row["name"] for row in tree["regulations"]]
        return Report(**tree, evidence=self._evidence, confidence=self._confidence, origins=self._with_considered(), warnings=self.warnings)

    def _with_considered(self) -> dict[str, Origin]:
        origins = dict(self._origins)
        for path, rows in self._considered.items():
            origins[path] = origins.get(path, Origin()).model_copy(update={"considered": sorted(rows, key=lambda row: row.start)})
        return origins
