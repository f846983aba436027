"""What only shows in many annotated reports together: one name labelled in two ways, or here and not there; a report that stands twice, once to learn from and once to measure on."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gov_ie.corpus.findings import Finding, found_at
from gov_ie.corpus.reports import AnnotatedReport, tidied_annotations
from gov_ie.labels import ENTITY_LABELS, NAME_LABELS
from gov_ie.reading.tidy import tidy
from gov_ie.tables.debris import find_debris

#: A near-duplicate: this share of the shorter report's shingles stands in the other one as well. Of the 87 571 pairs of 419 of the project's reports, each written from a brief of its own,
#: half share less than 1 %, 99 of 100 less than 9 %, the two nearest 15 % (the outline of the form of 2019 and the opening sentence); a report with a third of its sentences copied has 30 %.
DUPLICATE = 0.25
#: Letters of a shingle; a report with fewer shingles than ``_FEWEST`` is counted as if it had so many, or one sentence in common would do.
SHINGLE, _FEWEST = 8, 100
#: A name is labelled as a rule when it stands at so many places, and carries the label at this share of them.
_PLACES, _SHARE = 5, 0.8
_SHORTEST = 3
_BLANKS = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Labels that form gives away: their words are no names.
_FORMAL = {*ENTITY_LABELS} - {"ORG", "REGULATION"}
#: Before a name that is part of a longer one, or names a kind of bodies: 各司法所, 市、县政府, 乡镇党政办, 全市|政府信息公开, 我镇|政府.
_BEFORE = re.compile(r"(?:[全各每我本其个校级]|[省市州县区乡镇街][、（）]?|基层|个别|一些|部分|其他)$")
#: After it: the rest of a word (水利部|门); meetings (局党组会), deputies and their proposals (省人大代表, 县政协提案), by the guideline no bodies; 政府信息公开 after a place (but 县政府信息公开网 is the 县政府's site).
_AFTER = re.compile(
    r"(?<=部)[门分]|(?<=所)[有属]|(?<=处)[理罚]|(?<=办)[公理法事]|(?<=人大)代表|(?<=政协)(?:委员|提案)|(?:党组|常务|办公)?会(?!同|商|签|办|审|计|展|场)|(?<=政府)信息公开(?!网|平台|专栏|栏)"
)


@dataclass(frozen=True)
class _Seen:
    """A report as the pipeline sees it, with the way back to the text as read."""

    report: AnnotatedReport
    text: str
    offsets: tuple[int, ...]
    names: tuple[tuple[int, int, str], ...]  # the entities: start, end, label
    taken: bytes  # 1 where a name, a document's title or a printed form stands

    def finding(self, offset: int, level: str, message: str) -> tuple[Path, Finding]:
        return self.report.path, found_at(self.report.content, self.offsets[offset], level, message)


def find_inconsistencies(reports: Sequence[AnnotatedReport]) -> Iterator[tuple[Path, Finding]]:
    """Yield what does not fit together in annotated reports, each finding with its file.

    Errors: near-duplicates in different parts (:func:`near_duplicates`). Hints: a surface under two labels, a name that is labelled elsewhere, an issuer in both ``train`` and ``dev``.
    """
    seen = [_see(report) for report in reports]
    yield from _two_labels(seen)
    yield from _left_out(seen)
    yield from near_duplicates(reports)
    yield from _shared_issuers(reports)


def near_duplicates(reports: Sequence[AnnotatedReport]) -> Iterator[tuple[Path, Finding]]:
    """Yield pairs of reports in different parts that share too much of their text.

    The parts are ``train`` and ``dev``, by the folder's name; reports that lie in neither may be held out one by one, so each of them is a part of its own. Compared are the stretches
    of eight letters, without digits, marks, the text of printed forms and labelled titles of documents, which many reports share: their number in common, by that of the shorter report.
    """
    where: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))  # part → shingle → the reports so far that have it
    looked_at: list[tuple[AnnotatedReport, str, dict[str, int]]] = []
    for number, report in enumerate(reports):
        part, shingles = _part(report), _shingles(report)
        against = [index for other, index in where.items() if other != part or not part]
        common = Counter(itertools.chain.from_iterable(index[shingle] for index in against for shingle in index.keys() & shingles.keys()))
        for other, count in sorted(common.items()):
            known, known_part, known_shingles = looked_at[other]
            share = count / max(min(len(shingles), len(known_shingles)), _FEWEST)
            if share >= DUPLICATE:
                held, trained, places, rest = (known, report, known_shingles, shingles) if known_part == "dev" else (report, known, shingles, known_shingles)
                message = f"shares {share:.0%} of its text with {trained.path}, beginning here; what is trained on cannot measure: drop one, or keep both in train/ or both in dev/"
                yield held.path, found_at(held.content, min(at for shingle, at in places.items() if shingle in rest), "error", message)
        looked_at.append((report, part, shingles))
        for shingle in shingles:
            where[part][shingle].append(number)


def _part(report: AnnotatedReport) -> str:
    folder = report.path.absolute().parent.name
    return folder if folder in ("train", "dev") else ""


def _shingles(report: AnnotatedReport) -> dict[str, int]:
    """Every stretch of eight letters of a report, and where it begins first."""
    text = report.content.text
    skip = sorted([*find_debris(text), *((a.start, a.end) for a in report.content.of(["REGULATION"]))])
    letters: list[int] = []
    at = 0
    for start, end in [*skip, (len(text), len(text))]:
        letters.extend(i for run in _LETTERS.finditer(text, at, max(start, at)) for i in range(*run.span()))
        at = max(at, end)
    plain = "".join(text[i] for i in letters)
    found: dict[str, int] = {}
    for i in range(len(plain) - SHINGLE + 1):
        found.setdefault(plain[i : i + SHINGLE], letters[i])
    return found


def _shared_issuers(reports: Sequence[AnnotatedReport]) -> Iterator[tuple[Path, Finding]]:
    trained: dict[str, AnnotatedReport] = {}
    for part in ("train", "dev"):
        for report in reports:
            first = next(iter(report.content.of(["ORG"])), None)
            if first is None or _part(report) != part:
                continue
            issuer = _BLANKS.sub("", report.content.text[first.start : first.end])
            if part == "train":
                trained.setdefault(issuer, report)
            elif issuer in trained:
                yield report.path, found_at(report.content, first.start, "hint", f"{issuer!r} issues {trained[issuer].path} too, which is trained on; a dev report is by an issuer that no training report has")


def _see(report: AnnotatedReport) -> _Seen:
    tidied = tidy(report.content.text)
    content = tidied_annotations(report.content)
    taken = bytearray(len(tidied.text))
    entities = content.entities()
    quoted = [match.span() for match in re.finditer("《[^》]*》", tidied.text)]
    for start, end in [*((a.start, a.end) for a in (*entities, *content.of(NAME_LABELS))), *quoted, *find_debris(tidied.text)]:
        taken[start:end] = b"\1" * (end - start)
    return _Seen(report, tidied.text, tidied.offsets, tuple((a.start, a.end, a.label) for a in entities), bytes(taken))


def _surfaces(seen: Sequence[_Seen]) -> dict[str, dict[str, list[tuple[_Seen, int]]]]:
    """Surface without blanks → label → its places. Surfaces of fewer than three characters, and numbers, are left out."""
    found: dict[str, dict[str, list[tuple[_Seen, int]]]] = defaultdict(lambda: defaultdict(list))
    for each in seen:
        for start, end, label in each.names:
            surface = _BLANKS.sub("", each.text[start:end])
            if len(surface) >= _SHORTEST and _LETTERS.search(surface):
                found[surface][label].append((each, start))
    return found


def _two_labels(seen: Sequence[_Seen]) -> Iterator[tuple[Path, Finding]]:
    for surface, labels in _surfaces(seen).items():
        usual = max(labels, key=lambda label: len(labels[label]))
        for label, places in labels.items():
            for each, at in places if label != usual else ():
                there, offset = labels[usual][0]
                path, where = there.finding(offset, "hint", "")
                yield each.finding(at, "hint", f"{surface!r} is {label} here and {usual} at {len(labels[usual])} place(s), such as {path}:{where.line}:{where.column}")


def _left_out(seen: Sequence[_Seen]) -> Iterator[tuple[Path, Finding]]:
    """Places where a name that is labelled as a rule stands without a label, as a name of its own."""
    usual: dict[str, tuple[str, int]] = {}  # name → label, number of its places
    for surface, labels in _surfaces(seen).items():
        label = max(labels, key=lambda label: len(labels[label]))
        if label not in _FORMAL and len(labels[label]) >= _SHARE * _PLACES:
            usual[surface] = label, len(labels[label])
    if not usual:
        return
    # the longest first, so that a name inside a longer one is not met
    pattern = re.compile("|".join(re.escape(name) for name in sorted(usual, key=len, reverse=True)))
    bare: dict[str, list[tuple[_Seen, int]]] = defaultdict(list)
    for each in seen:
        for match in pattern.finditer(each.text):
            before = each.text[max(match.start() - 3, 0) : match.start()]
            if not any(each.taken[match.start() : match.end()]) and not _BEFORE.search(before) and not _AFTER.match(each.text, match.end()):
                bare[match.group()].append((each, match.start()))
    for name, places in bare.items():
        label, labelled = usual[name]
        total = labelled + len(places)
        if total >= _PLACES and labelled >= _SHARE * total:
            for each, at in places:
                yield each.finding(at, "hint", f"{name!r} is {label} at {labelled} of {total} places and carries no label here")
