"""From tags to statements: what a figure counts, or a clause denies, where the span classification and the wording agree.

The classifier says what is being said (``received``); the wording must not contradict it: the measure word has to fit what is counted,
and some things (行政复议, 新闻发布会 …) have to be named in the sentence or in the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from spacy.tokens import Doc

from gov_ie.assembly import numbers
from gov_ie.assembly.wording import (
    OUTCOME_ROLES,
    PUBLISHED,
    asked_for,
    is_publication,
    of_one_channel,
    of_the_year,
    published_there,
    right_event,
    right_proceedings,
    second_roles,
    worded_event,
    worded_outcome,
)
from gov_ie.labels import DENIED, FACTS_KEY
from gov_ie.pipeline.figures import Candidate
from gov_ie.pipeline.layout import Layout

_PIECES = "条|件|份|项|篇|个|类|则|期|次|部|张|余|批|幅|宗|起|例|封|人次|人|户|页|块|卷|集|册|种|字|支|场|款|回|票|笔|单|桩|案|期次"
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
    "disclosed_cumulative": "累计|以来|共|总|历年|截至|截止", "offices": "机构|办公室|科室|部门|窗口|中心|岗", "reading_points": "查阅|查询|阅览|场所|点|室|窗口|大厅", "complaints": "举报|投诉|申诉|意见", "staff_full_time": "专职|专人|专门", "staff_part_time": "兼职|兼",
    **dict.fromkeys(("received", "handled", "granted", "partially_granted", "refused", "unavailable", "not_processed", "other_outcome", "carried_in", "carried_out", "route"), "申请|依申请"),
}  # fmt: skip
_NAMED_PATTERNS = {role: re.compile(words) for role, words in _NAMED.items()}
#: What a denying clause names → the role it denies, once the classifier found that it denies something.
_DENIED_WORDS = (
    ("received", re.compile(r"(?:收到|受理|接到|依申请|申请公开|公开申请|信息申请)")),
    ("reviews", re.compile("复议")),
    ("lawsuits", re.compile("诉讼|应诉")),
    ("complaints", re.compile("举报|投诉|申诉")),
    ("press_conferences", re.compile("发布会")),
    ("online_interviews", re.compile("访谈")),
    ("fees_waived", re.compile("减免")),
    ("fees_charged", re.compile("收费|收取|费用")),
)
_PROCEEDINGS = {"reviews", "lawsuits", "complaints"}
_EVENTS = {"press_conferences", "online_interviews"}


#: Score of a statement that the wording alone makes.
WORDING_SCORE = 0.5


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
    shared: bool = False  # the figure's second role
    why: str = ""  # where the words beside the figure decided, what they did
    rejected: str = ""  # why it does not count


def read_statements(doc: Doc, layout: Layout) -> tuple[list[Statement], list[Statement]]:
    """The statements of a document, and those that the wording contradicts or another role of the same figure outdoes, each in the order of its text."""
    group = doc.spans.get(FACTS_KEY)
    if group is None:
        return [], []
    scores = group.attrs.get("scores")
    candidates = {(c.start, c.end): c for c in layout.candidates}
    found: dict[tuple[int, int, str], Statement] = {}
    rejected: list[Statement] = []
    for i, span in enumerate(group):
        candidate = candidates.get((span.start_char, span.end_char))
        if candidate is None:
            continue
        score = score_at(scores, i)
        for statement in _statements(layout, candidate, span.label_, score):
            key = (statement.start, statement.end, statement.role)
            if statement.rejected:
                rejected.append(statement)
            elif key not in found or found[key].score < score:
                found[key] = statement
    for statement in list(_worded(layout, {(s.start, s.end) for s in found.values()}, {s.role for s in found.values()})):
        found[statement.start, statement.end, statement.role] = statement
    kept = list(_one_role_each(found.values()))
    rejected += [replace(s, rejected="the figure more likely counts something else") for s in found.values() if s not in kept]
    return sorted(kept, key=lambda s: (s.start, s.end)), sorted(rejected, key=lambda s: (s.start, s.end))


def score_at(scores: Any, i: int) -> float:
    """The classifier's score of the span ``i``: spaCy keeps one number a span, or one a label, by the version of its span classifier."""
    return float(np.max(scores[i])) if scores is not None and i < len(scores) else 1.0


def _worded(layout: Layout, told: set[tuple[int, int]], roles: set[str]) -> Iterator[Statement]:
    """Statements that the classifier passed over and the wording makes beyond doubt, with a low score."""
    text = layout.text
    for candidate in layout.candidates:
        if (candidate.start, candidate.end) in told or candidate.kind != "COUNT":
            continue
        role, why = None, "the words beside the figure say so, and the model passed over it"
        if published_there(text, candidate):
            role = "channel"
        elif re.search(r"(?:次|场|期)$", text[candidate.start : candidate.end]):
            role = worded_event(text, candidate)
        elif re.search(r"(?:件|份|条|宗|起|次|例)$", text[candidate.start : candidate.end]):
            role = worded_outcome(text, candidate)
            if role is None and "received" not in roles and asked_for(text, candidate):
                role = "received"
        value = numbers.count(text[candidate.start : candidate.end])
        if role is not None and value is not None and _fits(role, layout, candidate):
            for each in (role, *second_roles(role, text, candidate)):
                yield Statement(each, value, candidate.start, candidate.end, WORDING_SCORE, candidate, shared=each != role, why=why)


def _one_role_each(statements: Iterable[Statement]) -> Iterator[Statement]:
    """A figure counts one thing: of several roles the likeliest stays. A clause may deny several."""
    best: dict[tuple[int, int], Statement] = {}
    for statement in statements:
        if statement.denied or statement.shared:
            yield statement
            continue
        key = (statement.start, statement.end)
        if key not in best or best[key].score < statement.score:
            best[key] = statement
    yield from best.values()


def _statements(layout: Layout, candidate: Candidate, label: str, score: float) -> Iterator[Statement]:
    """What one span of the classifier's states, once its words have had their say."""
    denied = label.startswith(DENIED)
    if denied != (candidate.kind == "NULL"):
        return
    yield from _denials(layout, candidate, label.removeprefix(DENIED), score) if denied else _figures(layout, candidate, label, score)


def _denials(layout: Layout, candidate: Candidate, role: str, score: float) -> Iterator[Statement]:
    """The noughts of a denying clause: what the classifier says it denies, and what else of that kind its words name."""
    clause = layout.text[candidate.start : candidate.end]
    roles = {role}
    named = {name for name, words in _DENIED_WORDS if words.search(clause)}
    if roles & _PROCEEDINGS or (named & _PROCEEDINGS and not roles & named and not named - _PROCEEDINGS):
        roles = named & _PROCEEDINGS or roles
    elif "fees_charged" in roles or "fees_waived" in roles:
        roles |= named & {"fees_charged", "fees_waived"}
    elif roles & _EVENTS:
        roles |= named & _EVENTS
    elif "received" in roles:
        roles |= named & _PROCEEDINGS
    if re.search("纠错|纠正|撤销|败诉", clause):
        roles = {f"{name}_corrected" if name in ("reviews", "lawsuits") else name for name in roles}
    for name in sorted(roles):
        if _is_named(name, layout, candidate):
            yield Statement(name, 0, candidate.start, candidate.end, score, candidate, denied=True, why="" if name == role else "the clause denies this as well")
        elif name == role:
            yield Statement(name, 0, candidate.start, candidate.end, score, candidate, denied=True, rejected="nothing near it names what would be denied")


def _figures(layout: Layout, candidate: Candidate, label: str, score: float) -> Iterator[Statement]:
    """What a figure states: the classifier's role, put right by the words beside it, and a second role where the same figure says two things."""
    text = layout.text
    role = right_event(right_proceedings(label, text, candidate), text, candidate)
    words = text[candidate.start : candidate.end]
    parse = {"COUNT": numbers.count, "PERCENT": numbers.percent, "MONEY": numbers.money}[candidate.kind]
    value = parse(words)
    if value is None:
        return
    rejected = partial(Statement, role, value, candidate.start, candidate.end, score, candidate)
    if not _fits(role, layout, candidate):
        yield rejected(rejected="its measure word, or the words around it, do not go with that")
        return
    if re.match(r"[一1１](?!\d)", words) and re.search(r"(?:无|没有(?:发生|出现|收到)?过?|未(?:发生|出现|收到|接到)过?)$", text[max(candidate.piece_start, candidate.start - 8) : candidate.start]):
        value = 0  # 无一例, 没有发生一起
    role = (worded_outcome(text, candidate) or role) if role in OUTCOME_ROLES else role
    if role in PUBLISHED and not is_publication(role, text, candidate):
        yield rejected(rejected="the words around it speak of something else than publishing")
        return
    if (role == "disclosed" and of_one_channel(text, candidate)) or (role == "disclosed_cumulative" and of_the_year(text, candidate)):
        if role == "disclosed":
            yield rejected(rejected="of one channel alone")
        role = "channel"
    why = "" if role == label else f"the words beside the figure say so; the model took it for {label}"
    yield Statement(role, value, candidate.start, candidate.end, score, candidate, why=why)
    for other in second_roles(role, text, candidate):
        yield Statement(other, value, candidate.start, candidate.end, score, candidate, shared=True, why=f"the same figure also states this, beside {role}")


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
