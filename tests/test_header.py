"""Who reports for which year under which title: read from entities set by hand, without a model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from gov_ie.assembly import assemble
from gov_ie.report import Report

Tagged = Callable[..., Doc]
BODY = "\n一、概述\n全年主动公开政府信息86条。\n二、存在问题\n更新不够及时，需要改进。\n"


def _report(tagged: Tagged, text: str, entities: list[tuple[str, str]]) -> Report:
    report = assemble(tagged(text, entities))
    for evidence in report.evidence.values():
        assert text[evidence.start : evidence.end] == evidence.text
    return report


@pytest.mark.parametrize(
    ("opening", "entities", "title", "organization", "year"),
    [
        ("平川县水利局2013年政府信息公开工作年度报告\n根据条例编制。", [("ORG", "平川县水利局"), ("YEAR", "2013年")], "平川县水利局2013年政府信息公开工作年度报告", "平川县水利局", 2013),
        ("平川县水利局\n2013年政府信息公开年度报告\n", [("ORG", "平川县水利局"), ("YEAR", "2013年")], "平川县水利局2013年政府信息公开年度报告", "平川县水利局", 2013),
        ("2013年度平川县云溪镇政府信息公开年度报告\n", [("YEAR", "2013年度"), ("ORG", "平川县云溪镇")], "2013年度平川县云溪镇政府信息公开年度报告", "平川县云溪镇", 2013),
        ("云溪镇2019年政府信息公开工作年度报告\n", [("ORG", "云溪镇"), ("YEAR", "2019年")], "云溪镇2019年政府信息公开工作年度报告", "云溪镇", 2019),
        ("平川市教育局政府信息公开\n2011年年度报告\n", [("ORG", "平川市教育局"), ("YEAR", "2011年")], None, "平川市教育局", 2011),
        ("平川县人民政府办公室关于2015年度政府信息公开工作情况的报告\n", [("ORG", "平川县人民政府办公室"), ("YEAR", "2015年度")], "平川县人民政府办公室关于2015年度政府信息公开工作情况的报告", "平川县人民政府办公室", 2015),
        ("平川县财政局二〇一二年政府信息公开年度报告\n", [("ORG", "平川县财政局"), ("YEAR", "二〇一二年")], "平川县财政局二〇一二年政府信息公开年度报告", "平川县财政局", 2012),
        ("平川县财政局2014年政务公开工作总结\n", [("ORG", "平川县财政局"), ("YEAR", "2014年")], "平川县财政局2014年政务公开工作总结", "平川县财政局", 2014),
        ("平 川 县 审 计 局\n2016 年政府信息公开工作报告\n", [("ORG", "平 川 县 审 计 局"), ("YEAR", "2016 年")], "平川县审计局2016年政府信息公开工作报告", "平川县审计局", 2016),
        ("# 平川县气象局2018年政府信息公开工作年度报告\n", [("ORG", "平川县气象局"), ("YEAR", "2018年")], "平川县气象局2018年政府信息公开工作年度报告", "平川县气象局", 2018),
        ("当前位置：首页 > 政府信息公开年报\n平川县卫生局2010年政府信息公开年度报告\n", [("ORG", "平川县卫生局"), ("YEAR", "2010年")], "平川县卫生局2010年政府信息公开年度报告", "平川县卫生局", 2010),
        ("平川县司法局2020年政府信息公开工作年度报告（公开版）\n", [("ORG", "平川县司法局"), ("YEAR", "2020年")], "平川县司法局2020年政府信息公开工作年度报告（公开版）", "平川县司法局", 2020),
        ("平川大学2021—2022学年信息公开工作年度报告\n", [("ORG", "平川大学")], "平川大学2021—2022学年信息公开工作年度报告", "平川大学", 2022),
        ("平川大学\n2018-2019 学年度信息公开年度报告\n", [], "平川大学2018-2019学年度信息公开年度报告", "平川大学", 2019),
        ("平川职业学院\n二〇一一至二〇一二学年信息公开工作报告\n", [("ORG", "平川职业学院")], "平川职业学院二〇一一至二〇一二学年信息公开工作报告", "平川职业学院", 2012),
        ("平川大学信息公开工作年度报告（2016/2017学年）\n", [], "平川大学信息公开工作年度报告（2016/2017学年）", "平川大学", 2017),
        ("平川开放大学2014学年信息公开工作报告\n", [], "平川开放大学2014学年信息公开工作报告", "平川开放大学", 2014),
    ],
)  # fmt: skip
def test_title_body_and_year(tagged: Tagged, opening: str, entities: list[tuple[str, str]], title: str | None, organization: str, year: int) -> None:
    report = _report(tagged, opening + BODY, entities)
    if title is not None:
        assert report.title == title
    assert report.organization.name == organization
    assert report.year == year


def test_without_a_title_the_opening_names_the_body(tagged: Tagged) -> None:
    text = "2013年，在县政府的领导下，平川县水利局认真贯彻条例。" + BODY
    report = _report(tagged, text, [("YEAR", "2013年"), ("ORG", "县政府"), ("ORG", "平川县水利局")])
    assert (report.title, report.organization.name, report.year) == (None, "平川县水利局", 2013)


def test_an_empty_document(tagged: Tagged) -> None:
    report = _report(tagged, "", [])
    assert report == Report()


@pytest.mark.parametrize(
    ("text", "dates", "start", "end"),
    [
        ("本报告所列数据的统计期限自2013年1月1日起至2013年12月31日止。", ["2013年1月1日", "2013年12月31日"], "2013-01-01", "2013-12-31"),
        ("数据统计时间为2013年1月1日至12月31日。", ["2013年1月1日", "12月31日"], "2013-01-01", "2013-12-31"),
        ("统计时限：2014.1.1—2014.12.31", ["2014.1.1", "2014.12.31"], "2014-01-01", "2014-12-31"),
        ("报告期限从二〇一二年一月一日到二〇一二年十二月三十一日。", ["二〇一二年一月一日", "二〇一二年十二月三十一日"], "2012-01-01", "2012-12-31"),
        ("统计期限为2008年5月至2009年2月。", ["2008年5月", "2009年2月"], "2008-05", "2009-02"),
        ("本年度报告中使用数据的统计期限为2016年1月1日～2016年12月31日", ["2016年1月1日", "2016年12月31日"], "2016-01-01", "2016-12-31"),
        ("文中数字自2014年1月1日计起，到12月31日为止。", ["2014年1月1日", "12月31日"], "2014-01-01", "2014-12-31"),
        ("2020年1月1日到12月31日，全区新增公开信息3377条。", ["2020年1月1日", "12月31日"], "2020-01-01", "2020-12-31"),
        ("2013年3月1日至3月5日，局里举办了公开日活动。", ["2013年3月1日", "3月5日"], None, None),
        ("统计表于2013年1月1日印发，2013年12月31日废止。", ["2013年1月1日", "2013年12月31日"], None, None),
    ],
)
def test_period(tagged: Tagged, text: str, dates: list[str], start: str | None, end: str | None) -> None:
    report = _report(tagged, "平川县水利局政府信息公开年度报告\n" + text + BODY, [("ORG", "平川县水利局"), *(("DATE", d) for d in dates)])
    assert (report.period.start, report.period.end) == (start, end)


def test_the_period_gives_the_year_when_the_title_has_none(tagged: Tagged) -> None:
    text = "平川县水利局政府信息公开年度报告\n统计期限为2013年1月1日至2013年12月31日，比2012年多。" + BODY
    assert _report(tagged, text, [("DATE", "2013年1月1日"), ("DATE", "2013年12月31日"), ("YEAR", "2012年")]).year == 2013


@pytest.mark.parametrize(
    ("ending", "entities", "published"),
    [
        ("平川县水利局\n2014年3月5日\n", [("ORG", "平川县水利局"), ("DATE", "2014年3月5日")], "2014-03-05"),
        ("平川县水利局\n二〇一四年三月五日", [("ORG", "平川县水利局"), ("DATE", "二〇一四年三月五日")], "2014-03-05"),
        ("2014年3月5日\n（此件公开发布）", [("DATE", "2014年3月5日")], "2014-03-05"),
        ("特此报告。平川县水利局 2014年3月5日", [("ORG", "平川县水利局"), ("DATE", "2014年3月5日")], "2014-03-05"),
        ("下一步将在2014年3月5日前完成整改。", [("DATE", "2014年3月5日")], None),
        ("平川县水利局\n2014年3月\n", [("ORG", "平川县水利局"), ("DATE", "2014年3月")], None),
    ],
)
def test_the_date_under_the_signature(tagged: Tagged, ending: str, entities: list[tuple[str, str]], published: str | None) -> None:
    text = "平川县水利局2013年政府信息公开年度报告\n" + BODY + ending
    assert _report(tagged, text, entities).published == published


@pytest.mark.parametrize("caption", ["发布日期：", "发布时间: ", "成文日期：", "公开日期："])
def test_a_stated_date_of_publication(tagged: Tagged, caption: str) -> None:
    text = f"平川县水利局2013年政府信息公开年度报告\n{caption}2014-03-05 来源：平川县水利局\n" + BODY
    assert _report(tagged, text, [("DATE", "2014-03-05")]).published == "2014-03-05"


def test_contact_details(tagged: Tagged) -> None:
    text = "平川县水利局2013年政府信息公开年度报告\n本报告电子版可在http://slj.pc.gov.cn下载。如有疑问，请联系局办公室（地址：平川县人民路1号；邮编：337000；电话：0799-6660123；传真：0799-6660124；邮箱：slj@pc.gov.cn）。" + BODY
    report = _report(
        tagged, text,
        [("URL", "http://slj.pc.gov.cn"), ("ADDRESS", "平川县人民路1号"), ("POSTCODE", "337000"), ("PHONE", "0799-6660123"), ("FAX", "0799-6660124"), ("EMAIL", "slj@pc.gov.cn")],
    )  # fmt: skip
    assert report.contact.model_dump() == {
        "address": "平川县人民路1号", "postcode": "337000", "phone": "0799-6660123", "fax": "0799-6660124", "email": "slj@pc.gov.cn", "website": "http://slj.pc.gov.cn",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "url", "website"),
    [
        ("查阅全文请上http://slj.pc.example/nb/。", "http://slj.pc.example/nb/", "http://slj.pc.example/nb/"),
        ("本局网址：www.slj.example", "www.slj.example", "www.slj.example"),
        ("来源：http://www.pc.example/art/2014/3/5/art_12_88.html 下载", "http://www.pc.example/art/2014/3/5/art_12_88.html", None),
    ],
)
def test_a_site_for_readers_but_not_the_crawlers_link(tagged: Tagged, sentence: str, url: str, website: str | None) -> None:
    assert _report(tagged, f"平川县水利局2013年政府信息公开年度报告\n{sentence}" + BODY, [("URL", url)]).contact.website == website


def test_a_site_named_as_a_place_of_publication_is_no_contact(tagged: Tagged) -> None:
    text = "平川县水利局2013年政府信息公开年度报告\n在县政府网站http://www.pc.gov.cn开设专栏，及时更新。" + BODY
    assert _report(tagged, text, [("URL", "http://www.pc.gov.cn")]).contact.website is None


def test_regulations_once_in_order_without_short_names(tagged: Tagged) -> None:
    named = ["《中华人民共和国政府信息公开条例》", "《条例》", "《平川县水利局政府信息公开指南》", "《中华人民共和国政府信息公开条例》", "《平川县水利局保密审查制度》", "《指南》", "《公开办法》"]
    text = "平川县水利局2013年政府信息公开年度报告\n根据{}（以下简称{}）和{}，对照{}，修订了{}，完善{}，按省里出台的规定（简称{}）执行。".format(*named) + BODY
    report = _report(tagged, text, [("REGULATION", name) for name in named])
    assert report.regulations == ["中华人民共和国政府信息公开条例", "平川县水利局政府信息公开指南", "平川县水利局保密审查制度"]
