"""What the words beside a figure say it counts, where the form of words is fixed enough to say it: pure functions of text and candidate.

The span classifier tells what is being said; these settle between roles that are said alike (a review or a lawsuit, one channel or the
whole body, a meeting or a press conference), take out what is no publication, and know the forms' own terms for outcomes.
"""

from __future__ import annotations

import re

from gov_ie.pipeline.figures import Candidate

_ROUTES = r"(?:信函|当面|现场|网络|网上|互联网|在线|传真|电子邮件|电子邮箱|邮寄|书面|信件|来信|政府网站|邮箱)"
_BY_ROUTE = re.compile(rf"(?:以|通过|采用|经|均为|均通过|全部为|全部通过|皆为|都是){_ROUTES}(?!.{{0,6}}、)|{_ROUTES}(?:形式|方式|渠道)?(?:提出|提交|申请的)")
_SINGLE_CHANNEL = re.compile(
    r"(?:网站|官网|公众号|微博|微信|平台|抖音|视频号|手机报|客户端|公告栏|公开栏|公示栏|电子屏|显示屏)[”\"]?[^，。；、]{0,8}?(?:公开|发布|更新|推送|登载|公布|上传|发出|新增|编发)"
)
#: Issues right before the pieces in them: 手机报推送图文短信12期|480条.
_ISSUES = re.compile(r"\d+\s?[余多]?(?:期|次|辑|场)[，,]?$")
_SEVERAL = re.compile(r"等|、|及|以及|多种|各类?平台|各种|各渠道")
_HANDED_OVER = re.compile(r"(?:牵头|负责|参与|代)起草|代拟|移交|报送|送交|转交|上报|呈报|内网|OA|办公系统|办公平台|向《[^》]{1,20}》[^，。；]{0,4}?(?:推送|投送|供稿|投稿|提供)")
_OVER_YEARS = re.compile(r"累计|历年|以来|历史|\d{4}年(?:至|到|-|—)")
_CHANNEL_WORD = re.compile(r"网站|官网|公众号|微博|微信|抖音|视频号|头条号|手机报|客户端|公告栏|公开栏|公示栏|电子屏|显示屏")
_NO_PUBLICATION = re.compile(r"移交|报送|送交|转交|上报|呈报|内网|OA|办公系统|留言|来信|咨询|提问|回复|答复|投诉|建议|提案|粉丝|关注|浏览|阅读|点击|访问|播放|采用|媒体|报刊|发稿|热线|工单|专栏\d|解读")


def right_proceedings(role: str, text: str, candidate: Candidate) -> str:
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


PUBLISHED = ("disclosed", "category", "channel")
OUTCOME_ROLES = ("received", "handled", "granted", "partially_granted", "refused", "unavailable", "not_processed", "other_outcome", "carried_out")
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


def worded_outcome(text: str, candidate: Candidate) -> str | None:
    """The outcome whose printed term stands nearest before a figure in its piece."""
    found = [(match.end(), role) for role, term in _OUTCOME_TERMS for match in term.finditer(text, candidate.piece_start, candidate.start)]
    if not found:
        return None
    end, role = max(found)
    return role if candidate.start - end <= 12 else None


def is_publication(role: str, text: str, candidate: Candidate) -> bool:
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


def right_event(role: str, text: str, candidate: Candidate) -> str:
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


def published_there(text: str, candidate: Candidate) -> bool:
    """Whether the wording alone says that a figure counts pieces published through a channel: 在官网发布通知1300余篇."""
    if candidate.kind != "COUNT" or not re.search(r"(?:条|篇|件|期|则)$", text[candidate.start : candidate.end]):
        return False
    issues = _ISSUES.search(text, candidate.unit_start, candidate.start)
    before = text[max(candidate.unit_start, issues.start() - 24) : issues.start()] if issues else text[max(candidate.unit_start, candidate.piece_start - 2) : candidate.start]
    matches = list(_SINGLE_CHANNEL.finditer(before))
    return bool(matches) and len(before) - matches[-1].end() <= 16 and not _NO_PUBLICATION.search(text, candidate.piece_start, candidate.piece_end)


def of_one_channel(text: str, candidate: Candidate) -> bool:
    """Whether the words before a figure say that it counts the pieces of one channel alone, not of the whole body."""
    before = text[max(candidate.unit_start, candidate.piece_start - 20) : candidate.start]
    matches = list(_SINGLE_CHANNEL.finditer(before))
    match = matches[-1] if matches else None
    return match is not None and not _SEVERAL.search(before[max(0, match.start() - 8) : match.end()])


def of_the_year(text: str, candidate: Candidate) -> bool:
    """Whether what was taken for a running total over years is one channel's figure of the year: 公众号10月开通，截至12月末发布60条."""
    before = text[candidate.unit_start : candidate.start]
    return _CHANNEL_WORD.search(before) is not None and _OVER_YEARS.search(text, candidate.unit_start, candidate.unit_end) is None


def second_roles(role: str, text: str, candidate: Candidate) -> list[str]:
    """What else the same figure says: two requests by letter are two received and two by letter; three reviews upheld are three reviews."""
    if role == "received" and _ANSWERED.match(text, candidate.end, candidate.unit_end):
        return ["handled"]
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


#: What says behind a figure that so many requests were answered: 7件申请均在法定期限内答复. Words without a figure of their own (均已办结) count nothing.
_ANSWERED = re.compile(r"\s*(?:政府|依申请)?(?:信息)?(?:公开)?(?:的)?申请(?:事项|件)?[^，,。；、\d]{0,4}(?:均|全部|都|皆)[^，,。；、\d]{0,14}(?:答复|办结|办理完毕|回复|办复)")
_RECEIVED = re.compile(r"(?:收到|受理|接到|接收)[^，。；]{0,24}申请[^，。；\d]{0,6}$")
_RECEIVED_AFTER = re.compile(r"[^，。；]{0,24}(?:信息公开|公开信息|公开)的?申请")


def asked_for(text: str, candidate: Candidate) -> bool:
    """Whether the words around a figure say that so many requests were received: 收到申请12件, 收到2份以信函形式提出的公开申请."""
    before = text[candidate.piece_start : candidate.start]
    if "复议" in before:
        return False
    return bool(_RECEIVED.search(before) or (re.search(r"(?:收到|受理|接到)$", before) and _RECEIVED_AFTER.match(text, candidate.end)))


def worded_event(text: str, candidate: Candidate) -> str | None:
    """Press conferences and online interviews named right beside a figure."""
    before, after = text[candidate.piece_start : candidate.start], text[candidate.end : candidate.piece_end]
    for role, words in (("press_conferences", "(?:新闻)?发布会"), ("online_interviews", "(?:在线|网上|网络)访谈")):
        if (re.search(rf"(?<![、和及]){words}(?:活动|共|累计)?$", before) and "、" not in before) or re.match(words, after):
            return role
    return None
