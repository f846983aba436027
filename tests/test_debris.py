"""Printed forms that reached the text as loose words: found whole, and prose left alone."""

from __future__ import annotations

import itertools

import pytest

from gov_ie.tables.debris import find_debris

FORM_2021 = """第二十条第（一）项
信息内容
本年制发件数
本年废止件数
现行有效件数
规章
0
0
0
行政规范性文件
3
1
12
第二十条第（五）项
信息内容
本年处理决定数量
行政许可
205
第二十条第（八）项
信息内容
本年收费金额（单位：万元）
行政事业性收费
0
"""
FORM_2019 = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n规范性文件\t2\t2\t31\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t48\t-3\t1207\n其他对外管理服务事项\t12\t0\t88\n"
REQUESTS = """（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
申请人情况
自然人 法人或其他组织 总计
商业企业 科研机构 社会公益组织 法律服务机构 其他
一、本年新收政府信息公开申请数量 7 2 0 0 0 0 9
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
三、本年度办理结果
（一）予以公开 5 2 0 0 0 0 7
（二）部分公开（区分处理的，只计这一情形，不计其他情形） 1 0 0 0 0 0 1
（三）不予公开 1.属于国家秘密 0 0 0 0 0 0 0
2.其他法律行政法规禁止公开 0 0 0 0 0 0 0
四、结转下年度继续办理 1 0 0 0 0 0 1
"""
REVIEWS = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n0 0 0 0 0 1 0 0 0 1 0 0 0 0 0\n"
ANNEX = "统计指标 单位 统计数\n一、主动公开情况\n（一）主动公开政府信息数 条 86\n其中：主动公开规范性文件数 条 3\n（二）通过不同渠道和方式公开政府信息的情况\n1.政府公报公开政府信息数 条 0\n2.政府网站公开政府信息数 条 80\n二、依申请公开情况\n（一）收到申请数 件 9\n1.当面申请数 件 3\n（二）申请办结数 件 9\n"
ONE_LINE = "信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件3112第二十条第（五）项信息内容本年处理决定数量行政许可205"


@pytest.mark.parametrize("form", [FORM_2021, FORM_2019, REQUESTS, REVIEWS, ANNEX, ONE_LINE], ids=["2021", "2019", "requests", "reviews", "annex of 2014", "without any blank"])
def test_a_form_is_found_and_the_prose_around_it_is_not(form: str) -> None:
    before, after = "二、主动公开政府信息情况\n全年主动公开信息86条。\n", "\n五、存在的主要问题及改进情况\n更新不够及时，形式单一。"
    text = before + form + after
    inside = bytearray(len(text))
    for start, end in find_debris(text):
        inside[start:end] = b"\1" * (end - start)
    covered = sum(inside[len(before) : len(before) + len(form)])
    assert covered >= 0.85 * len(form.strip())
    assert not any(inside[: text.index("全年主动公开信息86条") + 11])
    assert not any(inside[text.index("存在的主要问题") :])


@pytest.mark.parametrize(
    "prose",
    [
        "全年主动公开政府信息86条，其中规范性文件3件。",
        "按照行政许可、行政处罚、行政强制等类别公开信息。",
        "没有发生因政府信息公开引起的行政复议、行政诉讼。",
        "收到申请9件，均为自然人申请；上年结转1件，结转下年度继续办理0件。",
        "主动公开行政事业性收费、政府集中采购、行政许可和行政处罚信息，其他信息按规定公开。",
        "本单位规章、规范性文件、行政许可事项由县政府统一公开。",
        "",
    ],
)
def test_prose_is_no_form(prose: str) -> None:
    assert list(find_debris(prose)) == []


@pytest.mark.parametrize(
    "prose",
    [
        "全年办理申请33件，其中予以公开3件，部分公开2件，不予公开1件，不予处理1件，结转下年度继续办理1件。全年未收取费用。",
        "办结１９件，其中予以公开９件，部分公开５件，不予公开４件，无法提供１件，结转下年度继续办理１件。",
    ],
)
def test_outcomes_listed_in_a_sentence_are_no_form(prose: str) -> None:
    assert list(find_debris(prose)) == []


def test_stretches_are_ordered_and_apart() -> None:
    text = FORM_2021 + "\n三、收到和处理政府信息公开申请情况，如下表所示。\n" + REQUESTS + "\n四、复议诉讼情况见下表，全年败诉为零。\n" + REVIEWS
    found = list(find_debris(text))
    assert len(found) == 3
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert "如下表所示" not in "".join(text[s:e] for s, e in found)
