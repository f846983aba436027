"""From classified figures and clauses to statements: what the wording confirms, corrects, adds and refuses."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from spacy.tokens import Doc

from gov_ie.assembly.statements import WORDING_SCORE, Statement, read_statements
from gov_ie.pipeline.layout import analyse

Make = Callable[..., Doc]
#: What the classifier is made to say: words → label; ``words@2`` are the second such words.
Said = dict[str, str]


def read(tagged: Make, text: str, said: Said, scores: list[float] | None = None) -> list[Statement]:
    """The statements of ``text`` when the classifier says ``said``."""
    doc, spans = tagged(text), []
    for words, label in said.items():
        words, _, which = words.partition("@")
        start = [m.start() for m in re.finditer(re.escape(words), text)][int(which or 1) - 1]
        spans.append(doc.char_span(start, start + len(words), label=label))
    doc.spans["facts"] = spans
    if scores is not None:
        doc.spans["facts"].attrs["scores"] = np.array(scores, dtype="f")
    return read_statements(doc, analyse(text))[0]


def rows(statements: list[Statement], text: str) -> list[tuple[str, float, str]]:
    return [(s.role, s.value, text[s.start : s.end]) for s in statements]


def _table(*table: tuple[str, str, Said, list[tuple[str, float, str]]]):  # type: ignore[no-untyped-def]
    return [pytest.param(*row[1:], id=row[0]) for row in table]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    _table(
        ("a total", "全年主动公开政府信息86条。", {"86条": "disclosed"}, [("disclosed", 86, "86条")]),
        ("a rate", "全文电子化率达48.65%。", {"48.65%": "electronic_rate"}, [("electronic_rate", 48.65, "48.65%")]),
        ("an amount", "收取检索费36.5元。", {"36.5元": "fees_charged"}, [("fees_charged", 36.5, "36.5元")]),
        ("an amount of money cannot be a number of pieces", "主动公开信息投入3万元。", {"3万元": "disclosed"}, []),
        ("a rate cannot be a number of pieces", "公开率达到98%。", {"98%": "disclosed"}, []),
        ("pieces cannot be a rate", "全文电子化86条。", {"86条": "electronic_rate"}, []),
        ("people are no pieces", "公开工作人员3名。", {"3名": "disclosed"}, []),
        ("meetings are not counted in people", "召开工作会议，30人参加。", {"30人": "meetings"}, []),
        ("what is counted must be named", "全年共计3件。", {"3件": "reviews"}, []),
        ("the heading above names it as well", "四、行政复议情况\n全年共计3件。", {"3件": "reviews"}, [("reviews", 3, "3件")]),
        ("the sentence before names it as well", "关于行政复议。全年共计3件。", {"3件": "reviews"}, [("reviews", 3, "3件")]),
        ("no fee in words", "申请收费0件。", {"0件": "fees_charged"}, [("fees_charged", 0, "0件")]),
        ("pieces are no fee", "申请收费3件。", {"3件": "fees_charged"}, []),
    ),
)
def test_kind_and_wording_of_a_figure_must_allow_its_role(tagged: Make, text: str, said: Said, expected: list) -> None:
    assert rows(read(tagged, text, said), text) == expected


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    _table(
        (
            "each outcome by the printed term before it",
            "办结申请9件，其中予以公开3件、部分公开2件、不予公开1件、无法提供1件、不予处理1件、其他处理1件。",
            {"3件": "granted", "2件": "granted", "1件@1": "granted", "1件@2": "refused", "1件@3": "refused", "1件@4": "refused"},
            [("granted", 3, "3件"), ("partially_granted", 2, "2件"), ("refused", 1, "1件"), ("unavailable", 1, "1件"), ("not_processed", 1, "1件"), ("other_outcome", 1, "1件")],
        ),
        ("the older terms", "对申请同意公开3件，不同意公开1件。", {"3件": "refused", "1件": "granted"}, [("granted", 3, "3件"), ("refused", 1, "1件")]),
        ("not held", "申请中信息不存在2件，不属于本机关1件。", {"2件": "refused", "1件": "refused"}, [("unavailable", 2, "2件"), ("unavailable", 1, "1件")]),
        ("a term that stands far off says nothing", "对依法予以公开的申请人当面解释清楚并耐心疏导了3件。", {"3件": "handled"}, [("handled", 3, "3件")]),
        ("a printed term that the classifier passed over", "收到申请3件，部分公开2件。", {"3件": "received"}, [("received", 3, "3件"), ("partially_granted", 2, "2件")]),
        ("other outcomes as the classifier says", "收到申请9件，上年结转1件，办结8件。", {"9件": "received", "1件": "carried_in", "8件": "handled"}, [("received", 9, "9件"), ("carried_in", 1, "1件"), ("handled", 8, "8件")]),
    ),
)
def test_outcomes_by_their_printed_terms(tagged: Make, text: str, said: Said, expected: list) -> None:
    assert rows(read(tagged, text, said), text) == expected


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    _table(
        ("one channel is no total", "在局门户网站公开信息40条。", {"40条": "disclosed"}, [("channel", 40, "40条")]),
        ("several channels are", "通过门户网站、公开栏等公开信息40条。", {"40条": "disclosed"}, [("disclosed", 40, "40条")]),
        ("no channel at all", "我局共公开信息40条。", {"40条": "disclosed"}, [("disclosed", 40, "40条")]),
        ("what is handed over is not published", "向县档案馆移交公开信息52份。", {"52份": "disclosed"}, []),
        ("nor is what was drafted for others", "牵头起草县政府规范性文件3件。", {"3件": "category"}, []),
        ("nor what a news site is sent", "向《中国平川》推送信息30条。", {"30条": "disclosed"}, []),
        ("a channel's figure of the year is no running total", "公众号于10月开通，截至12月末发布信息60条。", {"60条": "disclosed_cumulative"}, [("channel", 60, "60条")]),
        ("over years it is", "截至2015年底，门户网站历年累计发布信息600条。", {"600条": "disclosed_cumulative"}, [("disclosed_cumulative", 600, "600条")]),
        ("nor what is sent up", "上报信息30条。", {"30条": "category"}, []),
        ("nor what stands in the intranet", "在内网公开信息30条。", {"30条": "channel"}, []),
        ("messages answered are no channel", "门户网站受理网民留言12条。", {"12条": "channel"}, []),
        ("pieces published after a message are", "受理留言后在门户网站发布信息12条。", {"12条": "channel"}, [("channel", 12, "12条")]),
        ("requests are no pieces disclosed", "依申请公开信息3条。", {"3条": "disclosed"}, []),
        ("the last of a list is no kind by itself", "公开机构、法规、人事等信息86条。", {"86条": "category"}, []),
        ("a kind of information", "公开机构职能类信息38条。", {"38条": "category"}, [("category", 38, "38条")]),
    ),
)
def test_what_counts_as_published(tagged: Make, text: str, said: Said, expected: list) -> None:
    assert rows(read(tagged, text, said), text) == expected


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    _table(
        (
            "results go with what was named last",
            "行政复议2件，维持2件；行政诉讼3件，维持1件。",
            {"2件@1": "reviews", "2件@2": "reviews_upheld", "3件": "reviews", "1件": "reviews_upheld"},
            [("reviews", 2, "2件"), ("reviews_upheld", 2, "2件"), ("lawsuits", 3, "3件"), ("lawsuits_upheld", 1, "1件")],
        ),
        ("a suit after a review", "经复议后起诉的案件1件。", {"1件": "reviews"}, [("lawsuits", 1, "1件")]),
        ("a review after a suit", "行政诉讼外另有行政复议1件。", {"1件": "lawsuits"}, [("reviews", 1, "1件")]),
        ("none of both is named before", "四、行政复议情况\n全年1件。", {"1件": "reviews"}, [("reviews", 1, "1件")]),
        ("the one named right behind the figure", "四、行政复议、行政诉讼情况\n全年有1件行政诉讼。", {"1件": "reviews"}, [("lawsuits", 1, "1件")]),
        ("the result by its term", "行政诉讼2件，被纠正1件。", {"2件": "lawsuits", "1件": "lawsuits_upheld"}, [("lawsuits", 2, "2件"), ("lawsuits_corrected", 1, "1件")]),
        ("a press conference taken for a meeting", "召开新闻发布会3场。", {"3场": "meetings"}, [("press_conferences", 3, "3场")]),
        ("an interview taken for a meeting", "组织在线访谈会3次。", {"3次": "meetings"}, [("online_interviews", 3, "3次")]),
        ("a course taken for a meeting", "召开会议3场，组织集中培训2次。", {"3场": "meetings", "2次": "meetings"}, [("meetings", 3, "3场"), ("training_sessions", 2, "2次")]),
        ("a meeting on courses", "召开培训工作会议2次。", {"2次": "meetings"}, [("meetings", 2, "2次")]),
        ("fees waived taken for charged", "减免检索费14元。", {"14元": "fees_charged"}, [("fees_waived", 14, "14元")]),
        ("fees charged taken for waived", "收取复印费14元。", {"14元": "fees_waived"}, [("fees_charged", 14, "14元")]),
    ),
)
def test_things_of_one_kind_are_told_apart_by_their_names(tagged: Make, text: str, said: Said, expected: list) -> None:
    assert rows(read(tagged, text, said), text) == expected


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    _table(
        ("nothing received", "没有收到公开申请。", {"没有收到公开申请": "no_received"}, [("received", 0, "没有收到公开申请")]),
        ("several at once", "未发生行政复议、行政诉讼和举报。", {"未发生行政复议、行政诉讼和举报": "no_reviews"}, [(r, 0, "未发生行政复议、行政诉讼和举报") for r in ("complaints", "lawsuits", "reviews")]),
        ("only those that are named", "未发生行政诉讼。", {"未发生行政诉讼": "no_reviews"}, [("lawsuits", 0, "未发生行政诉讼")]),
        ("fees charged and waived", "没有收费和减免情况。", {"没有收费和减免情况": "no_fees_charged"}, [("fees_charged", 0, "没有收费和减免情况"), ("fees_waived", 0, "没有收费和减免情况")]),
        ("both events", "未举办新闻发布会和在线访谈。", {"未举办新闻发布会和在线访谈": "no_press_conferences"}, [("online_interviews", 0, "未举办新闻发布会和在线访谈"), ("press_conferences", 0, "未举办新闻发布会和在线访谈")]),
        ("none corrected is not none at all", "行政复议2件，无被纠正的复议。", {"2件": "reviews", "无被纠正的复议": "no_reviews"}, [("reviews", 2, "2件"), ("reviews_corrected", 0, "无被纠正的复议")]),
        ("what is denied must be named", "全年没有发生。", {"全年没有发生": "no_reviews"}, []),
        ("offices too", "未发生败诉。", {"未发生败诉": "no_offices"}, []),
        ("offices that are named", "未设专门机构。", {"未设专门机构": "no_offices"}, [("offices", 0, "未设专门机构")]),
        ("a figure denies nothing", "行政复议0件。", {"0件": "no_reviews"}, []),
        ("a denying clause counts nothing", "没有收到公开申请。", {"没有收到公开申请": "received"}, []),
        ("not a single one", "没有发生1起行政诉讼。", {"1起": "lawsuits"}, [("lawsuits", 0, "1起")]),
    ),
)
def test_denials(tagged: Make, text: str, said: Said, expected: list) -> None:
    found = read(tagged, text, said)
    assert sorted(rows(found, text)) == sorted(expected)
    assert all(s.denied != text[s.start].isdigit() for s in found if s.value == 0)


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    _table(
        ("received by one way", "收到以信函提出的申请2件。", {"2件": "received"}, [("received", 2, "2件"), ("route", 2, "2件")]),
        ("by one way received", "收到信函申请2件。", {"2件": "route"}, [("received", 2, "2件"), ("route", 2, "2件")]),
        ("not where other figures stand beside it", "收到申请9件，其中信函申请2件。", {"9件": "received", "2件": "route"}, [("received", 9, "9件"), ("route", 2, "2件")]),
        ("requests that were all answered", "9件申请均在法定期限内答复。", {"9件": "received"}, [("handled", 9, "9件"), ("received", 9, "9件")]),
        ("not where the figure of the answers follows", "9件申请均已受理，答复8件。", {"9件": "received", "8件": "handled"}, [("handled", 8, "8件"), ("received", 9, "9件")]),
        ("reviews upheld are reviews", "行政复议维持3件。", {"3件": "reviews_upheld"}, [("reviews", 3, "3件"), ("reviews_upheld", 3, "3件")]),
        ("not where the total stands beside them", "行政复议5件，复议维持3件。", {"5件": "reviews", "3件": "reviews_upheld"}, [("reviews", 5, "5件"), ("reviews_upheld", 3, "3件")]),
    ),
)
def test_second_roles_of_a_figure(tagged: Make, text: str, said: Said, expected: list) -> None:
    found = read(tagged, text, said)
    assert sorted(rows(found, text)) == expected
    assert sum(s.shared for s in found) == len(found) - len(said)


@pytest.mark.parametrize(
    ("text", "expected"),
    _wording := [
        ("在官网发布通知1300余篇。", [("channel", 1300, "1300余篇")]),
        ("手机报推送图文短信12期480余条。", [("channel", 12, "12期"), ("channel", 480, "480余条")]),
        ("政务微博推送信息56条。", [("channel", 56, "56条")]),
        ("我局共收到政府信息公开申请9件。", [("received", 9, "9件")]),
        ("全年受理9件政府信息公开申请。", [("received", 9, "9件")]),
        ("依申请公开中部分公开2件。", [("partially_granted", 2, "2件")]),
        ("召开新闻发布会3场。", [("press_conferences", 3, "3场")]),
        ("全年举办2期在线访谈。", [("online_interviews", 2, "2期")]),
        ("新闻发布会、在线访谈5次。", []),
        ("在官网发布政策解读12篇。", []),
        ("微博阅读量56条。", []),
        ("收到行政复议申请2件。", []),
        ("全年办理文件9件。", []),
        ("没有收到申请。", []),
    ],
    ids=[text for text, _ in _wording],
)
def test_what_the_wording_says_beyond_doubt_is_taken_with_a_low_score(tagged: Make, text: str, expected: list) -> None:
    found = read(tagged, text, {})
    assert rows(found, text) == expected
    assert {s.score for s in found} <= {WORDING_SCORE}


def test_the_wording_adds_no_second_number_of_requests(tagged: Make) -> None:
    text = "收到申请9件。另外接到申请2件。"
    assert rows(read(tagged, text, {"9件": "received"}), text) == [("received", 9, "9件")]


def test_a_figure_counts_one_thing_the_likeliest(tagged: Make) -> None:
    doc = tagged("主动公开机构职能类信息38条。")
    spans = [doc.char_span(11, 14, label=label) for label in ("disclosed", "category")]
    doc.spans["facts"] = spans
    doc.spans["facts"].attrs["scores"] = np.array([[0.1, 0.4], [0.55, 0.2]])
    (only,), (other,) = read_statements(doc, analyse(doc.text))
    assert (only.role, only.score) == ("category", pytest.approx(0.55))
    assert (other.role, other.rejected) == ("disclosed", "the figure more likely counts something else")


def test_scores_and_order(tagged: Make) -> None:
    text = "收到申请9件，办结8件。"
    found = read(tagged, text, {"8件": "handled", "9件": "received"}, scores=[0.8, 0.9])
    assert [(s.role, s.score) for s in found] == [("received", pytest.approx(0.9)), ("handled", pytest.approx(0.8))]


def test_spans_that_are_no_candidates_and_documents_without_facts(tagged: Make) -> None:
    assert read(tagged, "主动公开政府信息86条。", {"政府信息": "disclosed"}) == []
    assert read_statements(tagged("主动公开政府信息86条。"), analyse("主动公开政府信息86条。")) == ([], [])
