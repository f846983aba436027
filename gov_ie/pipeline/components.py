"""The components that follow the trained ones: formal rules, section finder, assembler. Registered by entry points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span

from gov_ie.labels import ENTITY_LABELS, SECTIONS_KEY
from gov_ie.pipeline.formal import MEASURE_WORDS, RULE_ID
from gov_ie.pipeline.layout import analyse
from gov_ie.pipeline.organs import PROVINCES
from gov_ie.report import Report, Tag


def _get_report(doc: Doc) -> Report | None:
    data = doc._.report_data
    if data is None:
        return None
    report = Report.model_validate(data)
    report.keep(doc.text, tags_of(doc))
    return report


def tags_of(doc: Doc) -> list[Tag]:
    """The tags of a document: its entities, then its groups of spans; offsets are characters of its text."""
    groups: list[tuple[str, Iterable[Span]]] = [(ENTS, doc.ents), *((key, group) for key, group in doc.spans.items() if key != ENTS)]
    return [Tag(span.start_char, span.end_char, span.label_, key) for key, group in groups for span in group]


if not Doc.has_extension("report_data"):
    # A plain dict survives to_bytes, DocBin and worker processes; the model object is made from it on demand.
    Doc.set_extension("report_data", default=None)
if not Doc.has_extension("report"):
    Doc.set_extension("report", getter=_get_report)

#: The group of the entities among the tags.
ENTS = "ents"


class FormalRules:
    """Join what the formal rules find with what the trained model found.

    Where the form alone decides, the rule wins, unless a longer entity of the model's encloses it (a number inside a name). Where words
    must decide, the rule's borders count if the model agrees on the label. What only the model found stays, outside printed forms.
    """

    def __init__(self, name: str = "formal") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        layout = analyse(doc.text)
        model = [e for e in doc.ents if not _in_stretch(e, layout.debris)]
        spans: list[Span] = []
        dropped: set[int] = set()
        for match in layout.formal:
            span = doc.char_span(match.start, match.end, label=match.label, span_id=RULE_ID, alignment_mode="strict")
            if span is None:
                continue
            touching = [(i, e) for i, e in enumerate(model) if e.start < span.end and span.start < e.end]
            if any(_encloses(e, span) for _, e in touching):
                continue
            if not match.certain and not any(e.label_ == match.label for _, e in touching):
                continue
            spans.append(span)
            dropped.update(i for i, _ in touching)
            # a year that ran into a body's name leaves the name behind
            model += [_after(doc, e, span) for _, e in touching if e.label_ == "ORG" and e.start == span.start and e.end > span.end]
        for i, entity in enumerate(model):
            if i not in dropped and _plausible(entity):
                spans.extend(_bodies(doc, entity) if entity.label_ == "ORG" else [entity])
        doc.set_ents(spans)
        return doc


class SectionFinder:
    """Put the sections of the first level into ``doc.spans["sections"]``, each labelled with its kind."""

    def __init__(self, name: str = "sections") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        layout = analyse(doc.text)
        firsts = [h for h in layout.headings if h.level == 1]
        spans = []
        for heading, after in zip(firsts, [*firsts[1:], None], strict=False):
            end = after.start if after is not None else len(layout.text)
            span = doc.char_span(heading.start, max(end, heading.end), label=heading.kind, alignment_mode="contract")
            if span is not None:
                spans.append(span)
        doc.spans[SECTIONS_KEY] = spans
        return doc


class Assembler:
    """Assemble the tags into ``doc._.report``.

    ``calibration`` is what ``gov-ie train`` measured on the dev reports; it is stored with the pipeline.
    """

    def __init__(self, name: str = "report") -> None:
        self.name = name
        self.calibration: dict[str, Any] | None = None

    def __call__(self, doc: Doc) -> Doc:
        from gov_ie.assembly import assemble
        from gov_ie.assembly.confidence import calibrate
        from gov_ie.checks import find_checks

        report = assemble(doc)
        report.checks = find_checks(report)
        if self.calibration:
            calibrate(report, self.calibration)
        doc._.report_data = report.model_dump(mode="python")
        return doc

    def to_bytes(self, **kwargs: Any) -> bytes:
        return srsly.msgpack_dumps({"calibration": self.calibration})

    def from_bytes(self, data: bytes, **kwargs: Any) -> Assembler:
        self.calibration = srsly.msgpack_loads(data)["calibration"]
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        srsly.write_json(folder / "calibration.json", self.calibration)

    def from_disk(self, path: str | Path, **kwargs: Any) -> Assembler:
        self.calibration = srsly.read_json(Path(path) / "calibration.json")
        return self


#: Labels of which the rules find every instance: what only the model found is no such thing.
_CLOSED = ("YEAR", "DATE", "PERCENT", "MONEY", "EMAIL", "URL", "POSTCODE")
_UNMARKED = re.compile(r"(?:中华人民共和国)?政府信息公开条例$|.*[〔［\[【（(]\s?(?:19|20)\d\d.*号$|.*令\s?第?\d+号$")
_MEASURED = re.compile(rf"(?:{'|'.join(MEASURE_WORDS)})$")
_NUMERAL = re.compile(r"[\d０-９一二三四五六七八九十百千万两零〇数几]")
_MARKS = re.compile(r"[\s#*>|.．·、，。：:；;！？!?—-]+")
#: What the names of bodies end with: the characters that end a name in the annotated training reports, and such as 旗 or 省 that go with them; 城乡 is no township.
_BODY = re.compile(r"(?:[局室府办心委厅院处组馆科会所站队镇部股学校道区团署司市场央县台关社协联大中园庭村段师地口系班行议小屋州问厂木省国旗盟军警狱库港矿店楼）)”\"》]|(?<!城)乡)$")
_DEPUTY = re.compile(r"(?:常务)?副[省市县区州旗镇乡厅局处科所院校部]$")
_PAIR = re.compile(r"(?:党中央|(?:省|市|县|区|州|旗|镇|乡|自治区)委)(?=(?:国务院|(?:省|市|县|区|州|旗|镇|乡|自治区)(?:人民)?政府))")


def _plausible(entity: Span) -> bool:
    """Whether an entity that only the model found can be one: a count holds a numeral, a title in 《》 is left to the rules."""
    if entity.label_ in _CLOSED or not entity.text.strip():
        return False
    if entity.label_ == "COUNT":
        return _NUMERAL.match(entity.text) is not None and len(entity.text) > 1 and _MEASURED.search(entity.text) is not None
    if entity.label_ == "REGULATION":
        return _UNMARKED.match(entity.text) is not None
    if entity.label_ == "ORG":
        return entity.text not in PROVINCES and not re.search(r"[。；！？\n]", entity.text.strip()) and _BODY.search(entity.text.strip()) is not None
    return True


def _encloses(entity: Span, span: Span) -> bool:
    """Whether an entity of the model's holds what a rule found, as a name holds a number; a year in front of a name is no part of it.

    The rules know nothing of labels that a user has added: such an entity may hold anything.
    """
    if entity.label_ not in ENTITY_LABELS:
        return entity.start <= span.start and entity.end >= span.end
    if entity.label_ not in ("ORG", "ADDRESS") or "《" in entity.text or len(entity) <= len(span):
        return False
    return entity.start <= span.start and entity.end >= span.end and not (entity.start == span.start and span.label_ in ("YEAR", "DATE"))


def _after(doc: Doc, entity: Span, span: Span) -> Span:
    """What is left of an entity behind a span at its front."""
    blank = doc[span.end].is_space
    return Span(doc, span.end + blank, entity.end, label=entity.label_)


def _bodies(doc: Doc, entity: Span) -> list[Span]:
    """Two bodies named in one breath (省委省政府) are two; blanks and marks before a name, and the beginning of an officer's title behind it (水利局副局|长), are no part of it."""
    marks = _MARKS.match(entity.text)
    title = _DEPUTY.search(entity.text) if entity.end < len(doc) and doc[entity.end].text.startswith("长") else None
    start, end = marks.end() if marks else 0, title.start() if title and title.start() else len(entity.text)
    if (start, end) != (0, len(entity.text)):
        shorter = doc.char_span(entity.start_char + start, entity.start_char + end, label="ORG")
        return [] if shorter is None else _bodies(doc, shorter)
    pair = _PAIR.match(entity.text)
    if pair is None:
        return [entity]
    middle = entity.start_char + pair.end()
    parts = (doc.char_span(entity.start_char, middle, label="ORG"), doc.char_span(middle, entity.end_char, label="ORG"))
    return [part for part in parts if part is not None]


def _in_stretch(span: Span, stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= span.start_char < end for start, end in stretches)


@Language.factory("gov_ie_formal", assigns=["doc.ents", "token.ent_type"], retokenizes=False)
def create_formal_rules(nlp: Language, name: str) -> FormalRules:
    """The factory ``gov_ie_formal``."""
    return FormalRules(name)


@Language.factory("gov_ie_sections", assigns=["doc.spans"])
def create_section_finder(nlp: Language, name: str) -> SectionFinder:
    """The factory ``gov_ie_sections``."""
    return SectionFinder(name)


@Language.factory("gov_ie_report", assigns=["doc._.report"], requires=["doc.ents", "doc.spans"])
def create_assembler(nlp: Language, name: str) -> Assembler:
    """The factory ``gov_ie_report``."""
    return Assembler(name)


__all__ = ["Assembler", "FormalRules", "SectionFinder"]
