"""Cutting into units: between two closing marks, without enumerators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.pipeline.units import cut_units


def _units(text: str) -> list[str]:
    return [text[start:end] for start, end in cut_units(text)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", []),
        ("。；！", []),
        ("加强培训。", ["加强培训"]),
        ("加强培训，完善制度。", ["加强培训，完善制度"]),
        ("加强培训；完善制度！怎么办？好的。", ["加强培训", "完善制度", "怎么办", "好的"]),
        ("加强培训;完善制度", ["加强培训", "完善制度"]),
        ("第一段没有句号\n第二段。", ["第一段没有句号", "第二段"]),
        ("一是加强培训。二是完善制度。", ["加强培训", "完善制度"]),
        ("（一）强化培训。全年举办2期。", ["强化培训", "全年举办2期"]),
        ("（1）制度不健全；（2）人手不足。", ["制度不健全", "人手不足"]),
        ("1.制度不健全。2、人手不足。3．经费紧张。", ["制度不健全", "人手不足", "经费紧张"]),
        ("①制度不健全；②人手不足", ["制度不健全", "人手不足"]),
        ("第一，加强培训。第二，完善制度。", ["加强培训", "完善制度"]),
        ("一、概述\n全年公开86条。", ["概述", "全年公开86条"]),
        ("存在的问题：一是更新慢，二是形式少。", ["存在的问题", "更新慢", "形式少"]),
        ("主要做法是：（一）抓培训。（二）抓考核。", ["主要做法是", "抓培训", "抓考核"]),
        ("通过网站公开86条，占48.65%。", ["通过网站公开86条，占48.65%"]),
        ("网址www.pc.gov.cn，电话0799-6660123。", ["网址www.pc.gov.cn，电话0799-6660123"]),
        ("属于《条例》第二十条第（一）项规定的情形。", ["属于《条例》第二十条第（一）项规定的情形"]),
        ("印发了《办法》（平政发〔2013〕5号），成效明显。", ["印发了《办法》（平政发〔2013〕5号），成效明显"]),
        ("坚持“谁公开、谁审查”。", ["坚持“谁公开、谁审查”"]),
        ("３．收费情况。全部免费。", ["收费情况", "全部免费"]),
        ("● 公开目录\n■ 公开指南", ["公开目录", "公开指南"]),
        ("2014.12.31 截止", ["2014.12.31 截止"]),
        ("无", []),
    ],
)
def test_cut(text: str, units: list[str]) -> None:
    assert _units(text) == units


@pytest.mark.parametrize(
    "text",
    [
        "我局是全县政务公开的试点单位。",
        "第一季度公开20条。",
        "十一个乡镇全部设立公开栏。",
        "一次性告知办事人所需材料。",
        "实行党政“一把手”负责制。",
        "一如既往、二话不说地办理群众来信。",
    ],
)
def test_what_only_looks_like_an_enumerator_stays_one_unit(text: str) -> None:
    assert len(_units(text)) == 1


@given(st.lists(st.sampled_from(["一是", "（二）", "3.", "①", "第一，", "加强培训", "公开86条", "。", "；", "：", "，", "\n", " ", "《条例》", "“", "”", "（", "）", "2013.5", "😀"]), max_size=20).map("".join))
def test_units_are_ordered_trimmed_and_hold_no_closing_mark(text: str) -> None:
    end_before = 0
    for start, end in cut_units(text):
        assert end_before <= start < end <= len(text)
        unit = text[start:end]
        assert unit[0] not in "。；！？;，、：\n "
        assert unit[-1] not in "。；！？;，、：\n "
        assert not set(unit) & set("。；！？;!?\n")
        end_before = end
