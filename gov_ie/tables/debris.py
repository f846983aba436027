"""Finding where the text of a printed form stands: runs of its printed labels with nothing but figures between them.

The labels are those of the forms of 2019 (国办公开办函〔2019〕60号) and 2021 (国办公开办函〔2021〕30号) and of the annex of 2014
(政府信息公开情况统计表).  Text that stands there is no prose: units, figures and facts are not looked for in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABELS = (
    # the forms of 2019 and 2021: proactive disclosure
    "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量", "本年制发件数", "本年废止件数", "现行有效件数", "本年新制作", "本年新公开", "制发件数", "废止件数",
    "上一年项目数量", "本年增/减", "本年增减", "处理决定数量", "本年处理决定数量", "本年收费金额", "采购项目数量", "采购总金额", "单位：万元", "规章", "行政规范性文件", "规范性文件",
    "行政许可", "其他对外管理服务事项", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购",
    # requests
    "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和", "本列数据的勾稽关系为", "第一项加第二项之和", "等于第三项加第四项之和", "申请人情况", "自然人", "法人或其他组织", "商业企业", "科研机构", "社会公益组织",
    "法律服务机构", "其他", "总计", "合计", "本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "本年度办理结果", "予以公开", "部分公开",
    "区分处理的，只计这一情形，不计其他情形", "不予公开", "属于国家秘密", "其他法律行政法规禁止公开", "其他法律、行政法规禁止公开", "危及“三安全一稳定”", "保护第三方合法权益", "属于三类内部事务信息",
    "属于四类过程性信息", "属于行政执法案卷", "属于行政查询事项", "无法提供", "本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确",
    "不予处理", "信访举报投诉类申请", "重复申请", "要求提供公开出版物", "无正当理由大量反复申请", "要求行政机关确认或重新出具已获取信息", "其他处理",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "结转下年度继续办理",
    # reviews and lawsuits
    "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "结果纠正", "其他结果", "尚未审结",
    "维持", "纠正", "结果", "尚未", "审结",
    # the annex of 2014
    "统计指标", "指标名称", "单位", "统计数", "数量", "主动公开政府信息数", "主动公开规范性文件数", "制发规范性文件总数", "其中：主动公开规范性文件数", "通过不同渠道和方式公开政府信息的情况",
    "政府公报公开政府信息数", "政府网站公开政府信息数", "政务微博公开政府信息数", "政务微信公开政府信息数", "其他方式公开政府信息数", "回应解读情况", "回应公众关注热点或重大舆情数",
    "通过不同渠道和方式回应解读的情况", "参加或举办新闻发布会总次数", "主要负责同志参加新闻发布会次数", "政府网站在线访谈次数", "主要负责同志参加政府网站在线访谈次数", "政策解读稿件发布数", "微博微信回应事件数",
    "其他方式回应事件数", "依申请公开情况", "收到申请数", "当面申请数", "传真申请数", "网络申请数", "信函申请数", "申请办结数", "按时办结数", "延期办结数", "申请答复数", "属于已主动公开范围数", "同意公开答复数",
    "同意部分公开答复数", "不同意公开答复数", "涉及国家秘密", "涉及商业秘密", "涉及个人隐私", "危及国家安全、公共安全、经济安全和社会稳定", "不是《条例》所指政府信息", "法律法规规定的其他情形", "不属于本行政机关公开数",
    "申请信息不存在数", "告知作出更改补充数", "告知通过其他途径办理数", "行政复议数量", "维持具体行政行为数", "被依法纠错数", "其他情形数", "行政诉讼数量", "维持具体行政行为或者驳回原告诉讼请求数",
    "被依法纠错数", "举报投诉数量", "依申请公开信息收取的费用", "机构建设和保障经费情况", "政府信息公开工作专门机构数", "设置政府信息公开查阅点数", "从事政府信息公开工作人员数", "专职人员数", "兼职人员数",
    "政府信息公开专项经费", "不包括用于政府公报编辑管理及政府网站建设维护等方面的经费", "政府信息公开会议和培训情况", "召开政府信息公开工作会议或专题会议数", "举办各类培训班数", "接受培训人员数", "不同渠道和方式公开政府信息的情况",
    "主动公开情况", "收费情况", "其中", "项目", "序号",
)  # fmt: skip
_GAP = re.compile(
    r"第\s*二\s*十\s*条\s*第\s*[（(]\s*[一二三四五六七八九十]\s*[）)]\s*项|[\s\d０-９.%％/／\\|｜:：（）()\[\]*#\-—－–+_“”\"]+|(?<=\d),(?=\d)|[一二三四五六七八九十]+\s*[、．.]?|(?<=[\s|\d])(?:项|条|件|次|人|个|元|份|篇|场|期|万元|人次)(?=[\s|\d])|（[一二三四五六七八九十\d]+）"
)
_SQUEEZED = re.compile(r"\s+")


def _loose(label: str) -> str:
    """A pattern for the label in which blanks and line ends may stand between any two characters, and marks may vary."""
    vary = {"“": "[“\"”]?", "”": "[”\"“]?", "，": "[，,、]?", "：": "[：:]?", "、": "[、，,]?", "/": "[/／]?"}
    return r"\s*".join(vary.get(c, re.escape(c)) for c in label)


_LABEL = re.compile("|".join(_loose(label) for label in sorted(set(_LABELS), key=len, reverse=True)))
_STRONG = re.compile(
    "|".join(
        _loose(label)
        for label in (
            "本年新制作数量", "对外公开总数量", "本年制发件数", "现行有效件数", "处理决定数量", "法人或其他组织", "社会公益组织", "法律服务机构", "本列数据的勾稽关系为", "属于国家秘密", "其他法律行政法规禁止公开",
            "属于三类内部事务信息", "属于四类过程性信息", "属于行政执法案卷", "属于行政查询事项", "没有现成信息需要另行制作", "补正后申请内容仍不明确", "要求提供公开出版物", "结转下年度继续办理", "未经复议直接起诉", "复议后起诉",
            "主动公开政府信息数", "政府公报公开政府信息数", "收到申请数", "申请办结数", "同意公开答复数", "行政诉讼数量", "从事政府信息公开工作人员数", "接受培训人员数", "统计指标", "尚未审结", "结果维持",
        )
    )
)  # fmt: skip


def find_debris(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the stretches of ``text`` that are the text of a printed form.

    A stretch is a run of at least four printed labels, one of them found in forms alone, between which stand only figures, marks,
    blanks and enumerators.
    """
    start = end = -1
    labels = strong = 0
    for match in _LABEL.finditer(text):
        if start >= 0 and not _is_gap(text[end : match.start()]):
            if labels >= 4 and strong:
                yield start, _absorb(text, end)
            start = -1
        if start < 0:
            start, labels, strong = match.start(), 0, 0
        end = match.end()
        labels += 1
        strong += _STRONG.match(match.group()) is not None
    if start >= 0 and labels >= 4 and strong:
        yield start, _absorb(text, end)


def _is_gap(between: str) -> bool:
    return not _GAP.sub("", between)


def _absorb(text: str, end: int) -> int:
    """Take the figures after the last label along, but not the number of the next heading."""
    tail = re.compile(r"(?:[\s|｜\t]*[\d０-９.]+(?![、.．]?\s*[\u4e00-\u9fff]))*[\d０-９]*(?:万元|元)?[\s|｜\-:]*").match(text, end)
    return tail.end() if tail else end
