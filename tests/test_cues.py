"""Cue words and the lexicon of public bodies: what a sentence is about, and where a character stands in a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.pipeline.cues import cues_between, find_cues
from gov_ie.pipeline.lexicon import lexicon_codes

SENTENCE = "全年收到申请9件，其中予以公开3件、部分公开2件、不予公开1件，结转下年1件。"


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("召开新闻发布会3场", ["press"]),
        ("参加在线访谈2次", ["interview"]),
        ("发布政策解读稿件12篇", ["publish", "interpret", "media"]),
        ("通过政府网站公开信息40条", ["channel", "publish"]),
        ("予以公开3件，部分公开2件，不予公开1件", ["grant", "partial", "refuse"]),
        ("同意公开3件，不同意公开1件", ["grant", "refuse"]),
        ("属于信息不存在的1件", ["unavailable"]),
        ("不予处理1件", ["unprocessed"]),
        ("上年结转1件，结转下年度继续办理0件", ["carry", "carry", "carry", "carry", "answer"]),
        ("行政复议1件，维持1件；行政诉讼0件", ["review", "upheld", "suit"]),
        ("被纠正1件，尚未审结2件", ["corrected", "pending"]),
        ("没有收到举报、投诉", ["receive", "complaint", "complaint"]),
        ("未收取费用，减免0元", ["fee", "fee", "waived"]),
        ("专职人员1名，兼职人员2名", ["fulltime", "staff", "parttime", "staff"]),
        ("举办培训班2期", ["train"]),
        ("移交档案馆52份", ["handover"]),
        ("比去年增长三成", ["before", "before"]),
        ("历年累计86条", ["running", "running"]),
        ("其中工作动态类占44.19%", ["kind", "kind", "share"]),
        ("天气晴朗", []),
        ("", []),
    ],
)
def test_groups_of_cue_words(text: str, groups: list[str]) -> None:
    assert [cue.group for cue in find_cues(text)] == groups


def test_cues_between_two_places_lie_wholly_there() -> None:
    start = SENTENCE.index("予以公开")
    assert [c.group for c in cues_between(SENTENCE, start, start + 4)] == ["grant"]
    assert cues_between(SENTENCE, start, start + 3) == []
    assert cues_between(SENTENCE, start + 1, start + 4) == []


@given(st.integers(0, len(SENTENCE)), st.integers(0, len(SENTENCE)))
def test_cues_between_any_two_places(start: int, end: int) -> None:
    assert cues_between(SENTENCE, start, end) == [c for c in find_cues(SENTENCE) if start <= c.start and c.end <= end]


KINDS = ("head", "organ", "province", "ministry", "level", "other")


def places(text: str) -> list[str]:
    """The codes in words: kind of the word and the character's place in it; ``-`` outside the lexicon."""
    return ["-" if code == 0 else f"{KINDS[(int(code) - 1) // 4]} {('first', 'inner', 'last', 'alone')[(int(code) - 1) % 4]}" for code in lexicon_codes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("水利局", ["organ first", "organ inner", "organ last"]),
        ("平川县水利局", ["-", "-", "level alone", "organ first", "organ inner", "organ last"]),
        ("江西省水利厅", ["province first", "province inner", "province last", "organ first", "organ inner", "organ last"]),
        ("云溪镇人民政府", ["-", "-", "level alone", "head first", "head inner", "head inner", "head last"]),
        ("教育部", ["ministry first", "ministry inner", "ministry last"]),
        ("某局", ["-", "head alone"]),
        ("政府网站", ["other first", "other inner", "other inner", "other last"]),
        ("政府", ["head first", "head last"]),
        ("，。", ["-", "-"]),
        ("", []),
    ],
)
def test_places_in_the_lexicon(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@given(st.text(alphabet="平川县水利局政府网站办公室，江西省。A", max_size=30))
def test_every_character_has_a_code_and_every_word_is_whole(text: str) -> None:
    codes = lexicon_codes(text)
    assert len(codes) == len(text)
    assert codes.max(initial=0) <= 4 * len(KINDS)
    inside = False
    for place in (row.split()[-1] for row in places(text)):
        assert inside == (place in ("inner", "last"))
        inside = place in ("first", "inner")
    assert not inside
