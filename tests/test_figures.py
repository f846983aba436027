"""Candidates: every figure and every denying clause of a text, with the words that say what it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.pipeline.figures import find_candidates
from gov_ie.pipeline.layout import analyse


def _figures(text: str) -> list[tuple[str, str]]:
    return [(c.kind, text[c.start : c.end]) for c in find_candidates(text) if c.kind != "NULL"]


def _denials(text: str) -> list[str]:
    return [text[c.start : c.end] for c in find_candidates(text) if c.kind == "NULL"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全年主动公开政府信息86条。", [("COUNT", "86条")]),
        ("收到申请9件，办结9件，收费0元。", [("COUNT", "9件"), ("COUNT", "9件"), ("MONEY", "0元")]),
        ("机构信息38条，占44.19%；财政信息12条，占13.95%。", [("COUNT", "38条"), ("PERCENT", "44.19%"), ("COUNT", "12条"), ("PERCENT", "13.95%")]),
        ("配备专职人员2名、兼职人员5名。", [("COUNT", "2名"), ("COUNT", "5名")]),
        ("二是举办培训班两期，培训57人次。", [("COUNT", "两期"), ("COUNT", "57人次")]),
        ("2013年1月1日，15个工作日内答复。", []),
        ("地址：平川县人民路1号，电话：0799-6660123。", []),
        ("按照第二条规定，国办发〔2016〕80号。", []),
        ("当面申请３件", [("COUNT", "３件")]),
    ],
)
def test_figures(text: str, figures: list[tuple[str, str]]) -> None:
    assert _figures(text) == figures


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("全年未收到公开申请。", ["全年未收到公开申请"]),
        ("没有发生行政复议、行政诉讼。", ["没有发生行政复议、行政诉讼"]),
        ("2013年，无依申请公开事项。", ["无依申请公开事项"]),
        ("收到申请9件，均未收取费用。", ["均未收取费用"]),
        ("全部免费提供。", ["全部免费提供"]),
        ("不存在收费情况；未被申请行政复议。", ["不存在收费情况", "未被申请行政复议"]),
        ("因政府信息公开申请行政复议、提起行政诉讼的情况：无。", ["无"]),
        ("复议和诉讼均为零。", ["复议和诉讼均为零"]),
        ("举报投诉数为0", ["举报投诉数为0"]),
        ("坚持“无申请不公开”，（没有例外）", ["坚持“无申请不公开”", "没有例外）"]),
        ("打造无障碍网站，覆盖未成年人。", []),
        ("因信息不掌握无法提供的2件。", []),
        ("主动公开86条，办结9件。", []),
        ("无正当理由大量反复申请", []),
        ("实现零距离服务", []),
    ],
)
def test_denying_clauses(text: str, clauses: list[str]) -> None:
    assert _denials(text) == clauses


def test_a_figure_and_a_denial_share_a_clause() -> None:
    text = "未收取检索费0元，"
    assert [(c.kind, text[c.start : c.end]) for c in find_candidates(text)] == [("NULL", "未收取检索费0元"), ("MONEY", "0元")]


def test_the_piece_is_what_stands_between_its_neighbours() -> None:
    text = "一是总体情况。其中，当面申请3件、信函申请4件，网上申请2件。"
    found = {text[c.start : c.end]: text[c.piece_start : c.piece_end] for c in find_candidates(text)}
    assert found == {"3件": "当面申请3件、信函申请", "4件": "、信函申请4件", "2件": "网上申请2件"}
    assert {text[c.unit_start : c.unit_end] for c in find_candidates(text)} == {"其中，当面申请3件、信函申请4件，网上申请2件"}


def test_a_printed_form_is_left_alone() -> None:
    form = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t3件\t1件\t12件\n本年处理决定数量\n行政许可\t205件\n"
    text = "公开信息86条。\n" + form + "四、存在的主要问题\n收到意见7条。"
    layout = analyse(text)
    assert [text[c.start : c.end] for c in layout.candidates] == ["86条", "7条"]


def test_layout_of_a_report() -> None:
    text = "一、主动公开情况\n（一）总量\n全年公开86条。\n二、收费及减免情况\n没有收费。\n三、存在问题\n更新不及时。"
    layout = analyse(text)
    assert [(text[h.start : h.end], h.level, h.kind) for h in layout.headings] == [
        ("主动公开情况", 1, "disclosure"),
        ("总量", 2, "unknown"),
        ("收费及减免情况", 1, "fees"),
        ("存在问题", 1, "problems"),
    ]
    assert layout.kind_at(text.index("86条")) == "disclosure"
    assert layout.kind_at(text.index("没有")) == "fees"
    assert layout.kind_at(0) == "start"


_PIECES = st.lists(st.sampled_from(["公开", "86条", "3件", "占48.65%", "0元", "没有", "无", "，", "。", "：", "、", "“", "）", "\n", "一是", "2013年", "《条例》", "两次", " "]), max_size=16).map("".join)


@given(_PIECES)
def test_candidates_lie_in_their_piece_and_their_unit(text: str) -> None:
    found = find_candidates(text)
    assert found == sorted(found)
    for c in found:
        assert 0 <= c.unit_start <= c.start < c.end <= len(text)
        assert c.piece_start <= c.start
        assert c.end <= c.piece_end
        assert text[c.start : c.end].strip() == text[c.start : c.end]
        assert c.kind in ("COUNT", "PERCENT", "MONEY", "NULL")


@given(_PIECES)
def test_no_figure_of_the_rules_is_lost(text: str) -> None:
    layout = analyse(text)
    candidates = {(c.start, c.end) for c in layout.candidates}
    inside_units = [m for m in layout.formal if m.label in ("COUNT", "PERCENT", "MONEY") and any(s <= m.start and m.end <= e for s, e in layout.units)]
    assert {(m.start, m.end) for m in inside_units} <= candidates
