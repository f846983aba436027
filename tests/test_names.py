"""The names beside figures: kinds of information, channels, and ways in which requests arrive."""

from __future__ import annotations

import re

import pytest

from gov_ie.assembly import names
from gov_ie.pipeline.figures import Candidate, find_candidates


def _candidate(text: str, figure: str) -> Candidate:
    return next(c for c in find_candidates(text) if text[c.start : c.end] == figure)


def _name(find, text: str, figure: str) -> str | None:  # type: ignore[no-untyped-def]
    place = find(text, _candidate(text, figure))
    return None if place is None else re.sub(r"\s+", "", text[slice(*place)])


@pytest.mark.parametrize(
    ("text", "figure", "name"),
    [
        ("其中：机构职能类信息38条，占44.19%。", "38条", "机构职能"),
        ("机构概况信息12条，工作动态信息35条。", "35条", "工作动态"),
        ("工作动态类的信息35条。", "35条", "工作动态"),
        ("政策法规类5条、规划计划类3条、业务工作类20条。", "3条", "规划计划"),
        ("公开财政预决算信息4条。", "4条", "财政预决算"),
        ("主动公开信息86条，其中概况类信息6条。", "6条", "概况"),
        ("人事信息7条，占8.1%；财政信息9条，占10.5%。", "9条", "财政"),
        ("公文类政府信息11件。", "11件", "公文"),
        ("工作动态（含通知公告）类信息35条", "35条", "工作动态（含通知公告）"),
        ("行政许可（防雷、施放气球）15条", "15条", "行政许可（防雷、施放气球）"),
        ("行政许可（详见附件）类信息15条", "15条", "行政许可"),
        ("规范性文件类信息共 2 条", "2 条", "规范性文件"),
        ("2013年，全年公开86条，分别是：组织机构类10条。", "10条", "组织机构"),
        ("其他类信息1条。", "1条", "其他"),
        ("行政许可5条；行政处罚6条。", "6条", "行政处罚"),
        ("公开信息86条，其中本委制发的规范性文件4件。", "4件", "规范性文件"),
        ("政策解读类占12.5%。", "12.5%", "政策解读"),
    ],
)
def test_category(text: str, figure: str, name: str) -> None:
    found = _name(names.category, text, figure)
    assert found is not None
    assert names.trim_category(found) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [("工作动态类的信息", "工作动态"), ("机构信息类信息", "机构"), ("概况类", "概况"), ("人事", "人事"), ("类信息", "类"), ("信息", "信息"), ("财政信息类", "财政"), ("政策文件的", "政策文件")],
)
def test_endings_are_taken_off_as_long_as_something_is_left(printed: str, name: str) -> None:
    assert names.trim_category(printed) == name


@pytest.mark.parametrize(
    ("text", "figure", "name"),
    [
        ("通过政府网站公开信息40条。", "40条", "政府网站"),
        ("在局门户网站上公开40条，政务微博公开12条。", "40条", "局门户网站"),
        ("在局门户网站上公开40条，政务微博公开12条。", "12条", "政务微博"),
        ("通过政务微博“平川发布”发布信息120条。", "120条", "政务微博“平川发布”"),
        ("利用微信公众号推送信息56条", "56条", "微信公众号"),
        ("政府公报公开0条", "0条", "政府公报"),
        ("在《平川日报》刊登公告3条", "3条", "《平川日报》"),
        ("其他方式公开信息9条", "9条", "其他方式"),
        ("公开栏张贴信息18条，电子显示屏滚动发布30条。", "30条", "电子显示屏"),
        ("其中，县政府门户网站公开62条", "62条", "县政府门户网站"),
        ("经政务公开栏公布15条", "15条", "政务公开栏"),
        ("通过村级广播播发通知26条", "26条", "村级广播"),
        ("发放宣传册200册", "200册", "宣传册"),
        ("在政府网站平台公开信息30条", "30条", "政府网站平台"),
        ("平川民政手机报推送图文短信24期286条", "286条", "平川民政手机报"),
        ("平川民政手机报编发短信286条", "286条", "平川民政手机报"),
    ],
)
def test_channel(text: str, figure: str, name: str) -> None:
    assert _name(names.channel, text, figure) == name


@pytest.mark.parametrize(
    ("text", "figure", "name"),
    [
        ("当面申请3件，信函申请4件，网络申请2件。", "3件", "当面"),
        ("当面申请3件，信函申请4件，网络申请2件。", "4件", "信函"),
        ("当面申请3件，信函申请4件，网络申请2件。", "2件", "网络"),
        ("通过电子邮件提交的1件", "1件", "电子邮件"),
        ("收到传真申请5件", "5件", "传真"),
        ("网上申请6件、现场申请1件", "6件", "网上"),
        ("其中2件为当面申请", "2件", "当面"),
        ("以信函形式提出的7件", "7件", "信函"),
        ("申请人通过政府网站提交申请8件", "8件", "政府网站"),
        ("其他方式申请0件", "0件", "其他方式"),
        ("邮政寄送3件", "3件", "邮政寄送"),
    ],
)
def test_route(text: str, figure: str, name: str) -> None:
    assert _name(names.route, text, figure) == name


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("在门户网站发布通知3条", "门户网站发布通知", "门户网站"),
        ("在门户网站共发布3条", "门户网站共发布", "门户网站"),
        ("及时发布通知3条", "发布通知", None),
        ("公开栏张贴3条", "公开栏", "公开栏"),
        ("政务公开栏张贴3条", "政务公开栏张贴", "政务公开栏"),
        ("在信息发布平台公布3条", "信息发布平台", "信息发布平台"),
        ("政府信息公开目录更新3条", "政府信息公开目录", "政府信息公开目录"),
        ("政务微博“平川发布”推送3条", "政务微博“平川发布”", "政务微博“平川发布”"),
        ("水利厅门户网站公开3条", "门户网站", "厅门户网站"),
        ("在我局公众号推送3条", "公众号", "我局公众号"),
        ("在全县公开栏张贴3条", "公开栏", "公开栏"),
        ("在各乡镇公开栏张贴3条", "公开栏", "公开栏"),
        ("本厅简报刊登3条", "简报", "简报"),
    ],
)
def test_a_tagged_channel_without_its_verb_and_with_its_level(text: str, tagged: str, name: str | None) -> None:
    start = text.index(tagged)
    place = names.tidy_channel(text, start, start + len(tagged))
    assert (None if place is None else text[slice(*place)]) == name


@pytest.mark.parametrize("find", [names.category, names.channel, names.route])
def test_a_figure_without_a_name(find) -> None:  # type: ignore[no-untyped-def]
    assert _name(find, "共86条。", "86条") is None
