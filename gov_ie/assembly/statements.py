"""From tags to statements: what a figure counts, or a clause denies, where the span classification and the wording agree.

The classifier says what is being said (``received``); the wording must not contradict it: the measure word has to fit what is counted,
and some things (行政复议, 新闻发布会 …) have to be named in the sentence or in the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
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
    "disclosed_cumulative": "累计|以来|共|总|历年|截至|截止", "staff_full_time": "专职|专人|专门", "staff_part_time": "兼职|兼",
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
        score = score_at(scores, i)
        for statement in _statements(layout, candidate, span.label_, score):
            key = (statement.start, statement.end, statement.role)
            if key not in found or found[key].score < score:
                found[key] = statement
    for statement in list(_worded(layout, {(s.start, s.end) for s in found.values()}, {s.role for s in found.values()})):
        found[statement.start, statement.end, statement.role] = statement
    return sorted(_one_role_each(found.values()), key=lambda s: (s.start, s.end))


def score_at(scores: Any, i: int) -> float:
    """The classifier's score of the span ``i``: spaCy keeps one number a span, or one a label, by the version of its span classifier."""
    return float(np.max(scores[i])) if scores is not None and i < len(scores) else 1.0


_RECEIVED = re.compile(r"(?:收到|受理|接到|接收)[^，。；]{0,24}申请[^，。；\d]{0,6}$")
_RECEIVED_AFTER = re.compile(r"[^，。；]{0,24}(?:信息公开|公开信息|公开)的?申请")


def _worded(layout: Layout, told: set[tuple[int, int]], roles: set[str]) -> Iterator[Statement]:
    """Statements that the classifier passed over and the wording makes beyond doubt, with a low score."""
    text = layout.text
    for candidate in layout.candidates:
        if (candidate.start, candidate.end) in told or candidate.kind != "COUNT":
            continue
        role = None
        if _published_there(layout, candidate):
            role = "channel"
        elif re.search(r"(?:次|场|期)$", text[candidate.start : candidate.end]):
            role = _worded_event(text, candidate)
        elif re.search(r"(?:件|份|条|宗|起|次|例)$", text[candidate.start : candidate.end]):
            role = _worded_outcome(text, candidate)
            before = text[candidate.piece_start : candidate.start]
            if role is None and "received" not in roles and "复议" not in before:
                asked = _RECEIVED.search(before) or (re.search(r"(?:收到|受理|接到)$", before) and _RECEIVED_AFTER.match(text, candidate.end))
                role = "received" if asked else None
        value = numbers.count(text[candidate.start : candidate.end])
        if role is not None and value is not None and _fits(role, layout, candidate):
            for each in (role, *_second_roles(role, text, candidate)):
                yield Statement(each, value, candidate.start, candidate.end, WORDING_SCORE, candidate, shared=each != role)


def _worded_event(text: str, candidate: Candidate) -> str | None:
    """Press conferences and online interviews named right beside a figure."""
    before, after = text[candidate.piece_start : candidate.start], text[candidate.end : candidate.piece_end]
    for role, words in (("press_conferences", "(?:新闻)?发布会"), ("online_interviews", "(?:在线|网上|网络)访谈")):
        if (re.search(rf"(?<![、和及]){words}(?:活动|共|累计)?$", before) and "、" not in before) or re.match(words, after):
            return role
    return None


def _one_role_each(statements):  # type: ignore[no-untyped-def]
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


def _statements(layout: Layout, candidate: Candidate, label: str, score: float):  # type: ignore[no-untyped-def]
    text = layout.text
    if label.startswith(DENIED):
        if candidate.kind != "NULL":
            return
        clause = text[candidate.start : candidate.end]
        roles = {label[len(DENIED) :]}
        named = {role for role, words in _DENIED_WORDS if words.search(clause)}
        if roles & _PROCEEDINGS or (named & _PROCEEDINGS and not roles & named and not named - _PROCEEDINGS):
            roles = named & _PROCEEDINGS or roles
        elif "fees_charged" in roles or "fees_waived" in roles:
            roles |= named & {"fees_charged", "fees_waived"}
        elif roles & _EVENTS:
            roles |= named & _EVENTS
        elif "received" in roles:
            roles |= named & _PROCEEDINGS
        if re.search("纠错|纠正|撤销|败诉", clause):
            roles = {f"{role}_corrected" if role in ("reviews", "lawsuits") else role for role in roles}
        for role in sorted(roles):
            if _is_named(role, layout, candidate):
                yield Statement(role, 0, candidate.start, candidate.end, score, candidate, denied=True)
        return
    if candidate.kind == "NULL":
        return
    role = _right_event(_right_proceedings(label, text, candidate), text, candidate)
    if not _fits(role, layout, candidate):
        return
    words = text[candidate.start : candidate.end]
    parse = {"COUNT": numbers.count, "PERCENT": numbers.percent, "MONEY": numbers.money}[candidate.kind]
    value = parse(words)
    if value is None:
        return
    if re.match(r"[一1１](?!\d)", words) and re.search(r"(?:无|没有(?:发生|出现|收到)?过?|未(?:发生|出现|收到|接到)过?)$", text[max(candidate.piece_start, candidate.start - 8) : candidate.start]):
        value = 0  # 无一例, 没有发生一起
    role = (_worded_outcome(text, candidate) or role) if role in _OUTCOME_ROLES else role
    if role in _PUBLISHED and not _is_publication(role, text, candidate):
        return
    if role == "disclosed" and _of_one_channel(text, candidate):
        role = "channel"
    yield Statement(role, value, candidate.start, candidate.end, score, candidate)
    for other in _second_roles(role, text, candidate):
        yield Statement(other, value, candidate.start, candidate.end, score, candidate, shared=True)


_ROUTES = r"(?:信函|当面|现场|网络|网上|互联网|在线|传真|电子邮件|电子邮箱|邮寄|书面|信件|来信|政府网站|邮箱)"
_BY_ROUTE = re.compile(rf"(?:以|通过|采用|经|均为|均通过|全部为|全部通过|皆为|都是){_ROUTES}(?!.{{0,6}}、)|{_ROUTES}(?:形式|方式|渠道)?(?:提出|提交|申请的)")
_SINGLE_CHANNEL = re.compile(
    r"(?:网站|官网|公众号|微博|微信|平台|抖音|视频号|手机报|客户端|公告栏|公开栏|公示栏|电子屏|显示屏)[”\"]?[^，。；、]{0,8}?(?:公开|发布|更新|推送|登载|公布|上传|发出|新增|编发)"
)
_SEVERAL = re.compile(r"等|、|及|以及|多种|各类?平台|各种|各渠道")
_HANDED_OVER = re.compile(r"移交|报送|送交|转交|上报|呈报|内网|OA|办公系统|办公平台")
_NO_PUBLICATION = re.compile(r"移交|报送|送交|转交|上报|呈报|内网|OA|办公系统|留言|来信|咨询|提问|回复|答复|投诉|建议|提案|粉丝|关注|浏览|阅读|点击|访问|播放|采用|媒体|报刊|发稿|热线|工单|专栏\d|解读")


def _right_proceedings(role: str, text: str, candidate: Candidate) -> str:
    """Reviews and lawsuits have the same results: which of the two a figure counts is told by the one named last before it."""
    kind, _, result = role.partition("_")
    if kind not in ("reviews", "lawsuits"):
        return role
    before = text[candidate.unit_start : candidate.start]
    review, suit = before.rfind("复议"), max(before.rfind(word) for word in ("诉讼", "应诉", "起诉", "行政案件"))
    if review == suit:  # neither before the figure: the one named right behind it
        after = text[candidate.end : candidate.piece_end]
        review, suit = ("复议" in after) - 1, any(word in after for word in ("诉讼", "应诉")) - 1
    if review == suit:
        return role
    result = _worded_result(text, candidate) or result if result else result
    kind = "reviews" if review > suit else "lawsuits"
    return f"{kind}_{result}" if result else kind


_RESULT_TERMS = (("upheld", "维持|驳回"), ("corrected", "纠错|纠正|撤销|败诉"), ("pending", "未审结|未结|正在审理|审理中"))


def _worded_result(text: str, candidate: Candidate) -> str | None:
    """The result that a figure's piece names, when it names one alone."""
    piece = text[candidate.piece_start : candidate.piece_end]
    named = [result for result, words in _RESULT_TERMS if re.search(words, piece)]
    return named[0] if len(named) == 1 else None


_PUBLISHED = ("disclosed", "category", "channel")
_OUTCOME_ROLES = ("received", "handled", "granted", "partially_granted", "refused", "unavailable", "not_processed", "other_outcome", "carried_out")
#: The forms' own terms for outcomes; the one nearest before a figure says what it counts.
_OUTCOME_TERMS = (
    ("partially_granted", re.compile(r"部分公开")),
    ("refused", re.compile(r"不予公开|不同意公开")),
    ("unavailable", re.compile(r"无法提供|(?:政府|申请)?信息不存在|不属于本(?:机关|行政机关|单位|部门)")),
    ("not_processed", re.compile(r"不予处理|不再处理")),
    ("other_outcome", re.compile(r"其他处理|其它处理")),
    ("granted", re.compile(r"(?<!不)予以公开|(?<!不)同意公开|准予公开")),
)
_MESSAGES = re.compile(r"留言|受理|回复|提问|咨询|来信|信件|工单|接通|答题|答复|互动交流|办理")
_PUBLISHING = re.compile(r"发布|推送|公开|更新|编发|登载|上传|发出|刊发|公布|张贴|发放|制发|印发|信息")


def _worded_outcome(text: str, candidate: Candidate) -> str | None:
    """The outcome whose printed term stands nearest before a figure in its piece."""
    found = [(match.end(), role) for role, term in _OUTCOME_TERMS for match in term.finditer(text, candidate.piece_start, candidate.start)]
    if not found:
        return None
    end, role = max(found)
    return role if candidate.start - end <= 12 else None


def _is_publication(role: str, text: str, candidate: Candidate) -> bool:
    """Whether the words beside a figure let it count published pieces: not what was handed over, not messages, not requests, not the last of a list."""
    piece = text[candidate.piece_start : candidate.piece_end]
    if _HANDED_OVER.search(piece):
        return False
    before = text[candidate.unit_start : candidate.start]
    messages, publishing = (max((m.end() for m in words.finditer(before)), default=-1) for words in (_MESSAGES, _PUBLISHING))
    if role in ("channel", "category") and messages > publishing:
        return False
    if role == "disclosed" and re.search(r"依申请|不予公开|不公开", text[candidate.piece_start : candidate.start]):
        return False
    return not (role == "category" and re.search(r"等(?:各类|方面|信息|内容|政府信息|相关信息)*$", text[candidate.piece_start : candidate.start]))


def _right_event(role: str, text: str, candidate: Candidate) -> str:
    """A press conference or an interview that was taken for a meeting is told by its name beside the figure."""
    piece = text[candidate.piece_start : candidate.piece_end]
    if role in ("fees_charged", "fees_waived"):
        before = text[candidate.piece_start : candidate.start]
        waived, charged = (max((m.end() for m in re.finditer(words, before)), default=-1) for words in ("减免|免除|免收|减收", "(?<!免)收取|(?<!减)(?<!免)收费|收入"))
        return role if waived == charged else "fees_waived" if waived > charged else "fees_charged"
    if role in ("meetings", "training_sessions"):
        if "发布会" in piece:
            return "press_conferences"
        if "访谈" in piece:
            return "online_interviews"
        if role == "meetings" and re.search("培训|讲座", piece) and not re.search("会", piece):
            return "training_sessions"
    return role


def _published_there(layout: Layout, candidate: Candidate) -> bool:
    """Whether the wording alone says that a figure counts pieces published through a channel: 在官网发布通知1300余篇."""
    text = layout.text
    if candidate.kind != "COUNT" or not re.search(r"(?:条|篇|件|期|则)$", text[candidate.start : candidate.end]):
        return False
    before = text[max(candidate.unit_start, candidate.piece_start - 2) : candidate.start]
    matches = list(_SINGLE_CHANNEL.finditer(before))
    return bool(matches) and len(before) - matches[-1].end() <= 16 and not _NO_PUBLICATION.search(text, candidate.piece_start, candidate.piece_end)


def _of_one_channel(text: str, candidate: Candidate) -> bool:
    """Whether the words before a figure say that it counts the pieces of one channel alone, not of the whole body."""
    before = text[max(candidate.unit_start, candidate.piece_start - 20) : candidate.start]
    matches = list(_SINGLE_CHANNEL.finditer(before))
    match = matches[-1] if matches else None
    return match is not None and not _SEVERAL.search(before[max(0, match.start() - 8) : match.end()])


def _second_roles(role: str, text: str, candidate: Candidate) -> list[str]:
    """What else the same figure says: two requests by letter are two received and two by letter; three reviews upheld are three reviews."""
    piece = text[candidate.piece_start : candidate.piece_end]
    alone = len(re.findall(r"\d+\s?(?:件|份|条|宗|起|例|项|次|个)", text[candidate.unit_start : candidate.unit_end])) <= 1
    if not alone:
        return []
    if role == "received" and _BY_ROUTE.search(piece):
        return ["route"]
    if role == "route" and re.search(r"收到|受理|接到", text[candidate.unit_start : candidate.end]):
        return ["received"]
    if role.startswith(("reviews_", "lawsuits_")) and re.search("复议" if role.startswith("reviews") else "诉讼|应诉", piece):
        return [role.split("_")[0]]
    return []


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
