"""From tags to statements: what a figure counts, or a clause denies, where the span classification and the wording agree.

The classifier says what is being said (``received``); the wording must not contradict it: the measure word has to fit what is counted,
and some things (行政复议, 新闻发布会 …) have to be named in the sentence or in the heading above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from gov_ie.assembly import numbers
from gov_ie.labels import DENIED, FACTS_KEY
from gov_ie.pipeline.figures import Candidate
from gov_ie.pipeline.layout import Layout

_PIECES = "条|件|份|项|篇|个|类|则|期|次|部|张|余|批|幅|宗|起|例|封|人次|人|户|页|块|卷|集|册|种|字|支|场|款|回|票|笔|单"
_PEOPLE = "人|名|位|人次|个|员"
_TIMES = "次|场|期|个|届|轮|回|遍|班|讲|场次|期次"
_MEASURES = {
    "staff": _PEOPLE, "staff_full_time": _PEOPLE, "staff_part_time": _PEOPLE, "trainees": _PEOPLE + "|余|多",
    "meetings": _TIMES, "training_sessions": _TIMES, "press_conferences": _TIMES, "online_interviews": _TIMES + "|条|件|篇|项|人次|人",
    "offices": "个|处|家|所|名", "reading_points": "个|处|家|所|间|块|台",
}  # fmt: skip
#: Words of which one must stand in the sentence or in the heading above.
_NAMED = {
    "reviews": "复议", "lawsuits": "诉讼|起诉|应诉|法院|行政案件|官司", "press_conferences": "发布会", "online_interviews": "访谈|在线|直播|做客|热线", "interpretations": "解读|图解|问答|释义",
    "fees": "费|收取|收|元|免|成本", "budget": "经费|资金|预算|投入|安排|元", "electronic_rate": "电子化", "meetings": "会", "training_sessions": "培训|班|讲座|学习|轮训|讲",
    "disclosed_cumulative": "累计|以来|共|总|历年|截至|截止",
}  # fmt: skip
_NAMED_PATTERNS = {role: re.compile(words) for role, words in _NAMED.items()}
#: What a denying clause names → the role it denies, once the classifier found that it denies something.
_DENIED_WORDS = (
    ("received", re.compile(r"(?:收到|受理|接到|依申请|申请公开|公开申请|信息申请)")),
    ("reviews", re.compile("复议")),
    ("lawsuits", re.compile("诉讼|应诉")),
    ("complaints", re.compile("举报|投诉|申诉")),
    ("fees_waived", re.compile("减免")),
    ("fees_charged", re.compile("收费|收取|费用")),
)
_PROCEEDINGS = {"reviews", "lawsuits", "complaints"}


@dataclass(frozen=True)
class Statement:
    """A role with its value, the words it stands in, and the classifier's score (0 to 1)."""

    role: str
    value: float | int
    start: int
    end: int
    score: float
    candidate: Candidate
    denied: bool = False


def read_statements(doc: Doc, layout: Layout) -> list[Statement]:
    """The statements of a document, in the order of its text."""
    group = doc.spans.get(FACTS_KEY)
    if group is None:
        return []
    scores = group.attrs.get("scores")
    candidates = {(c.start, c.end): c for c in layout.candidates}
    found: dict[tuple[int, int, str], Statement] = {}
    for i, span in enumerate(group):
        candidate = candidates.get((span.start_char, span.end_char))
        if candidate is None:
            continue
        score = float(scores[i]) if scores is not None and i < len(scores) else 1.0
        for statement in _statements(layout, candidate, span.label_, score):
            key = (statement.start, statement.end, statement.role)
            if key not in found or found[key].score < score:
                found[key] = statement
    return sorted(_one_role_each(found.values()), key=lambda s: (s.start, s.end))


def _one_role_each(statements):  # type: ignore[no-untyped-def]
    """A figure counts one thing: of several roles the likeliest stays. A clause may deny several."""
    best: dict[tuple[int, int], Statement] = {}
    for statement in statements:
        if statement.denied:
            yield statement
            continue
        key = (statement.start, statement.end)
        if key not in best or best[key].score < statement.score:
            best[key] = statement
    yield from best.values()


def _statements(layout: Layout, candidate: Candidate, label: str, score: float):  # type: ignore[no-untyped-def]
    text = layout.text
    if label.startswith(DENIED):
        if candidate.kind != "NULL":
            return
        clause = text[candidate.start : candidate.end]
        roles = {label[len(DENIED) :]}
        named = {role for role, words in _DENIED_WORDS if words.search(clause)}
        if roles & _PROCEEDINGS:
            roles = named & _PROCEEDINGS or roles
        elif "fees_charged" in roles or "fees_waived" in roles:
            roles |= named & {"fees_charged", "fees_waived"}
        elif "received" in roles:
            roles |= named & _PROCEEDINGS
        for role in sorted(roles):
            if _is_named(role, layout, candidate):
                yield Statement(role, 0, candidate.start, candidate.end, score, candidate, denied=True)
        return
    if candidate.kind == "NULL" or not _fits(label, layout, candidate):
        return
    words = text[candidate.start : candidate.end]
    parse = {"COUNT": numbers.count, "PERCENT": numbers.percent, "MONEY": numbers.money}[candidate.kind]
    value = parse(words)
    if value is None:
        return
    if re.match(r"[一1１]", words) and re.search(r"(?:无|没有|未发生|未|不)[^，,。；]{0,6}$", text[max(candidate.piece_start, candidate.start - 10) : candidate.start]):
        value = 0  # 无一例, 没有发生一起
    yield Statement(label, value, candidate.start, candidate.end, score, candidate)


_RATES = ("category", "electronic_rate")
_AMOUNTS = ("fees_charged", "fees_waived", "budget")


def _fits(role: str, layout: Layout, candidate: Candidate) -> bool:
    """Whether the figure's kind and measure word, and the words around it, allow what the classifier says."""
    words = numbers.plain(layout.text[candidate.start : candidate.end])
    if candidate.kind == "PERCENT":
        return role in _RATES
    if candidate.kind == "MONEY":
        return role in _AMOUNTS
    if role == "electronic_rate" or role == "budget":
        return False
    if role in _AMOUNTS and numbers.number(words) != 0:
        return False
    measures = _MEASURES.get(role, _PIECES)
    return re.search(rf"(?:{measures})$", words) is not None and _is_named(role, layout, candidate)


def _is_named(role: str, layout: Layout, candidate: Candidate) -> bool:
    key = "fees" if role.startswith("fees") else role.split("_")[0] if role.startswith(("reviews", "lawsuits")) else role
    pattern = _NAMED_PATTERNS.get(key)
    if pattern is None:
        return True
    text = layout.text
    if pattern.search(text, candidate.unit_start, candidate.unit_end):
        return True
    before = text[max(0, candidate.unit_start - 80) : candidate.unit_start]
    if pattern.search(before):
        return True
    return any(heading is not None and pattern.search(text, heading.start, heading.end + 12) for heading in layout.headings_at(candidate.start))
