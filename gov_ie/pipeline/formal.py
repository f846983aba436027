"""Rules for language that is formal: dates, counts, rates, money, titles in 《》, document numbers, contact details.

Each rule is one named function that yields stretches of text; :func:`find_formal` runs them in order, earlier rules win.  What a rule
finds is *certain* where the form alone decides (``48.65%``) and only *proposed* where words must (``一个``): a proposal needs the
trained model's vote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

#: Value of ``ent.id_`` where a formal rule, not the model, set the entity.
RULE_ID = "formal"

class Match(NamedTuple):
    """A stretch ``text[start:end]`` that a rule labels; ``certain`` when the form alone decides."""

    start: int
    end: int
    label: str
    certain: bool = True


_D = r"[\d０-９]"
_NUM = rf"{_D}{{1,3}}(?:[,，]{_D}{{3}})+(?:[.．]{_D}+)?|{_D}+(?:[.．]{_D}+)?"
_CN = "[一二三四五六七八九十百千两〇零○壹贰叁肆伍陆柒捌玖拾]"
_YEAR4 = rf"(?:(?:19|20|１９|２０){_D}{{2}}|[一二][九〇○零0Ｏ][〇○零一二0Ｏ][〇○零一二三四五六七八九0Ｏ])"
_MONTH = r"(?:1[0-2]|0?[1-9]|[１-９][０-２]?|０[１-９]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[１２３０]?[０-９]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_PART = "(?:上旬|中旬|下旬|底|初|末|中)"

#: Measure words, longest first.  ``月`` ``年`` ``天`` ``小时`` … are spans of time and stay out.
MEASURE_WORDS = ("人次", "人份", "条次", "件次", "场次", "篇次", "批次", "余次", "户次", "家次", "个次", "台次", "方面", "部门", "部分", "板块", "环节", "层次", "渠道", "领域", "大类", "小类", "子类", "栏目", "专栏", "条", "件", "份", "次", "个", "项", "篇", "期", "场", "宗", "例", "起", "人", "名", "位", "家", "户", "部", "类", "种", "套", "册", "本", "张", "块", "处", "台", "批", "辑", "页", "版", "级", "重", "所", "间", "座", "支", "组", "轮", "幅", "封", "字", "句", "遍", "段", "幢", "栋", "辆", "面", "班", "届", "卷", "盒", "箱", "盘", "只", "架", "条目", "期次", "桩", "案", "讲", "款", "章", "节", "对", "头", "只", "株", "亩", "公里", "平方米", "吨", "斤", "公斤", "米", "则", "集", "帧", "单", "笔", "票", "天次", "回", "趟", "门", "盏", "口", "员", "点")
_MEASURE = "|".join(sorted(set(MEASURE_WORDS), key=len, reverse=True))
_NOT_SPAN = r"(?!工作日|自然日|月|日|年|小时|星期|季度|百分点|周年|世纪|钟头|学期|半月)"
_MONEY_UNIT = "(?:万|亿|千|百|百万|千万)?(?:余|多)?(?:美|欧|港|日)?元(?:整)?"

_COUNT = re.compile(
    rf"(?<![第\d０-９.．/〔\[A-Za-z-])(?<![\d０-９][:：])(?:(?:{_NUM})\s?(?:余|多|几)?(?:万|亿|千|百)?(?:余|多)?)\s?(?:{_MEASURE}){_NOT_SPAN}(?![》〉])"
)
_COUNT_CN = re.compile(
    rf"(?<![第十百千万一二三四五六七八九两之每唯统同专单逐])(?:{_CN}{{1,6}}[万亿]{_CN}{{1,8}}(?:余|多)?|{_CN}{{1,12}}(?:余|多)?(?:万|亿)?(?:余|多)?|十几|几十|数十|数百|上百|上千|几百)(?:{_MEASURE}){_NOT_SPAN}"
)
_CN_NOISE = re.compile(r"一(?:方面|面|级|部分|对|点|种|章|重|字|口|门|批|版|员|头|票|案|讲)|[一二三四五六七八九十]+(?:届|级|是)|十分|万一|千家|百家|百姓|百日|千方百")
_PERCENT = re.compile(rf"(?<![\d０-９.])(?:{_NUM})\s?[%％‰]|百分之(?:{_CN}|点|{_D}|[.．])+")
_MONEY = re.compile(rf"(?<![第\d０-９.])(?:(?:{_NUM})\s?(?:余|多)?{_MONEY_UNIT}|[零一二三四五六七八九十两百千]{{1,6}}(?:万|亿)?(?:余|多)?元(?!旦|素|化|件|复|结构|论))")
_DATE = re.compile(
    rf"{_YEAR4}\s?年\s?{_MONTH}\s?月\s?{_DAY}\s?[日号]|{_YEAR4}\s?年\s?{_MONTH}\s?月(?:份)?(?:{_PART})?|{_YEAR4}\s?年(?:{_PART})(?!期|心|央|国)|{_YEAR4}\s?年度?(?:年底|年末|年初)"
    rf"|(?<!\d)(?:19|20)\d{{2}}[-/.．—](?:1[0-2]|0?[1-9])[-/.．—](?:3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?<![\d年每一二三四五六七八九十１-９个０第])(?:{_MONTH})\s?月\s?{_DAY}\s?[日号]|(?<=年)(?:{_MONTH})月{_DAY}[日号]"
    rf"|(?<![\d年每一二三四五六七八九十１-９个０第])(?<!\d[至到-])(?:{_MONTH})月(?:份)?(?:{_PART})?(?!\d)(?![至到-]{_D})"
)
_YEAR = re.compile(rf"(?<![\d.．〔\[（(【第]){_YEAR4}\s?年度?(?!{_PART}(?!期|央|国))(?!\s?{_MONTH}\s?月)")
_PLAIN_MONTH = re.compile(rf"(?:{_MONTH})月(?:份)?")
_DOC_NUMBER = re.compile(
    rf"[\u4e00-\u9fff]{{1,9}}?\s?[〔［\[【（(﹝]\s?(?:19|20|１９|２０){_D}{{2}}\s?[〕］\]】）)﹞]\s?(?:第\s?)?{_D}{{1,4}}\s?号"
    rf"|(?:中华人民共和国)?(?:国务院|国家[\u4e00-\u9fff]{{2,8}}|[\u4e00-\u9fff]{{1,8}}?(?:人民)?政府|[\u4e00-\u9fff]{{2,4}}部)令\s?(?:[（(〔]第?\s?{_D}{{1,4}}\s?号[）)〕]|第?\s?{_D}{{1,4}}\s?号)|国令第\s?{_D}{{1,4}}\s?号"
)
_FULL_NAME = re.compile(r"(?:中华人民共和国)?政府信息公开条例")
#: What runs into a document number from before it: a preposition, or the body that issued the document, named in full.
_BEFORE_NUMBER = re.compile(
    r"(?:根据|按照|依据|参照|依照|遵照|对照|关于|印发|转发|格式从|从(?!化|江)|按(?!照)|以|及|和(?![平田静硕县龙顺林政布])|与|的|号|[省市县区州][\u4e00-\u9fff]{0,6}(?:局|厅|委|府|办公[室厅])(?=[\u4e00-\u9fff]{3,6}[〔［\[【（(﹝]))(?=[\u4e00-\u9fff])"
)
_NO_REGULATION = re.compile(r"(?:日报|晚报|周报|时报|早报|商报|快报|导报|电视报|简报|专刊|月刊|季刊|期刊|会刊|杂志|信息报|舆情\w*|年鉴|之窗|在线|热线|栏目|节目|直播间|公报|县志|画册|平台|网)[〉>]?》$|^《(?:人民网|新华网|阳光|中国[\u4e00-\u9fff]{2}[》])")
_REPORT_TITLE = re.compile(r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度|年)?(?:工作)?(?:情况)?(?:总结|年度)?报告》$")
_DOCUMENT = re.compile(
    r"(?:条例|办法|规定|规则|意见|通知|要点|方案|细则|指南|目录|制度|规范|标准|规划|计划|纲要|决定|公告|通告|通报|批复|章程|准则|法|清单|措施|函|责任书|流程|手册|预案|实施|任务|分工|汇编|公约|守则|程序|机制|说明|决议|政策|建议|范本|文本|表|书|宪法|令)(?:[（(〔〈<][^》]{1,24}[）)〕〉>])?》$"
)
_ISSUED = re.compile(r"印发|制定|出台|编制|发布|修订|根据|按照|依据|贯彻|落实|执行|起草|学习|制发|下发|、|》")
_NOT_ISSUED = re.compile(r"(?:杂志|栏目|节目|专栏|平台|网站|报纸|专题|在线|留言|问政|群众|[等]?媒体|上(?:发|刊|登)|为题|讲座|辅导|授课|课程|H5|视频|短片|宣传片|图书|丛书|一书|第?\d+期|[\d一二三四五六七八九十]+期)")
_URL = re.compile(r"(?:https?|ftp)[:：]\s?[/／]{1,2}[A-Za-z0-9\-._~:/?#@!$&'*+,=%／]+|(?<![A-Za-z0-9@.])(?:www|WWW)\.[A-Za-z0-9\-._~/?#&=%]+|(?<![A-Za-z0-9@./])[A-Za-z0-9][A-Za-z0-9\-]*(?:\.[A-Za-z0-9\-]+)*\.(?:gov|edu|com|org|net)(?:\.cn)?(?![A-Za-z0-9@])[A-Za-z0-9\-._~/?#&=%]*")
_EMAIL = re.compile(r"[A-Za-z0-9_.+\-]+[@＠][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_DIALLED = r"(?:[（(]\s?0\d{2,3}\s?[）)]\s?|0\d{2,3}\s?[-－—–―‐]{1,2}\s?|0\d{2,3}\s)?(?:1[3-9]\d{9}(?!\d)|\d{7,8}(?:\s?[-转]\s?\d{1,5})?)|400[-\s]?\d{3,4}[-\s]?\d{3,4}"
_CAPTIONED = (
    ("FAX", re.compile(rf"(?:传\s?真(?:电话|号码|机)?|(?<![A-Za-z])(?:FAX|Fax|fax))\s?(?:[：:为是至到]|\s)*(?P<v>{_DIALLED}|0\d{{2,3}}[-－—–]?\d{{7,8}})")),
    ("PHONE", re.compile(rf"(?:电\s?话|热线|致电|拨打)(?:号码|及传真|（传真）|/传真|、传真)?\s?(?:[：:为是]|\s)*\s?(?P<v>{_DIALLED})")),
    ("POSTCODE", re.compile(r"(?:邮\s?政?\s?编\s?码?|邮政编码|邮\s?编)\s?(?:[：:为是]|\s)*\s?(?P<v>\d{6})(?!\d)|(?<=[号楼室层院路街座厦弄栋内旁])\s?[（(]\s?(?P<bracketed>\d{6})\s?[）)]")),
    ("ADDRESS", re.compile(r"(?:地\s?址|办公地点|所在地|住所|请寄|寄至|寄往)(?:[：:]|为|在)?\s?(?P<v>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z\d０-９\-－—#（）()·]{4,48}?(?=[，,；;。、\s]|邮编|邮政编码|电话|联系电话|[）)]?[，。]|$))")),
)  # fmt: skip
_PHONE = re.compile(r"(?<![\d\-.])0\d{2,3}[-－—–]\d{7,8}(?!\d)|(?<![\d\-.])[（(]0\d{2,3}[）)]\d{7,8}(?!\d)")


def _captioned(text: str) -> Iterator[Match]:
    for label, pattern in _CAPTIONED:
        for match in pattern.finditer(text):
            start, end = match.span("bracketed" if label == "POSTCODE" and match["bracketed"] else "v")
            yield Match(start, end - 1 if text[end - 1] in "（(" else end, label)


def _links(text: str) -> Iterator[Match]:
    for match in _EMAIL.finditer(text):
        yield Match(*match.span(), "EMAIL")
    for match in _URL.finditer(text):
        end = match.end() - (len(match.group()) - len(match.group().rstrip(".,;:/?&=。，；'")) if not match.group().endswith("/") else 0)
        yield Match(match.start(), end, "URL")

def _documents(text: str) -> Iterator[Match]:
    """《…》 with what is nested in it; document numbers; the Regulation's bare name."""
    depth_end = -1
    for match in re.finditer("《", text):
        if match.start() < depth_end:
            continue
        end = _closing(text, match.start())
        if end is None:
            continue
        depth_end = end
        name = text[match.start() : end]
        if (_REPORT_TITLE.search(name) and "通知" not in name) or _NO_REGULATION.search(name):
            continue
        certain = _DOCUMENT.search(name) is not None
        if not certain and ((len(name) <= 8 and not _ISSUED.search(text[max(0, match.start() - 6) : match.start()])) or _NOT_ISSUED.match(text, end)):
            continue
        yield Match(match.start(), end, "REGULATION", certain)
    for match in _DOC_NUMBER.finditer(text):
        start = match.start()
        for lead in _BEFORE_NUMBER.finditer(text, start, match.end()):
            if lead.end() - match.start() < 8:
                start = lead.end()
        yield Match(start, match.end(), "REGULATION")
    for match in _FULL_NAME.finditer(text):
        yield Match(*match.span(), "REGULATION", False)


def _closing(text: str, start: int) -> int | None:
    """The end of the 《…》 that opens at ``start``; a nested 《 needs its own 》. ``None`` when it is never closed nearby."""
    depth = 0
    for at in range(start, min(start + 160, len(text))):
        if text[at] == "《":
            depth += 1
        elif text[at] == "》":
            depth -= 1
            if depth == 0:
                return at + 1
        elif text[at] == "\n" and at - start > 80:
            break
    first = text.find("》", start, start + 120)
    return first + 1 if first > 0 else None


def _of(pattern: re.Pattern[str], label: str, certain: bool = True) -> Callable[[str], Iterator[Match]]:
    def rule(text: str) -> Iterator[Match]:
        for match in pattern.finditer(text):
            yield Match(*match.span(), label, certain)

    rule.__name__ = f"_{label.lower()}"
    return rule


def _dates(text: str) -> Iterator[Match]:
    for match in _DATE.finditer(text):
        bare = _PLAIN_MONTH.fullmatch(match.group()) is not None
        if bare and text[max(match.start() - 2, 0) : match.start()] in ("每年", "个工"):
            continue
        yield Match(*match.span(), "DATE", not bare)


def _counts(text: str) -> Iterator[Match]:
    for match in _COUNT.finditer(text):
        yield Match(*match.span(), "COUNT")
    for match in _COUNT_CN.finditer(text):
        if _CN_NOISE.match(match.group()):
            continue
        yield Match(*match.span(), "COUNT", False)


_RULES: tuple[Callable[[str], Iterator[Match]], ...] = (
    _links,
    _captioned,
    _of(_PHONE, "PHONE"),
    _documents,
    _of(_PERCENT, "PERCENT"),
    _of(_MONEY, "MONEY"),
    _dates,
    _of(_YEAR, "YEAR"),
    _counts,
)


def find_formal(text: str, *, skip: tuple[tuple[int, int], ...] = ()) -> list[Match]:
    """Everything that the rules find in ``text``, without overlaps, in order.

    Args:
        text: a tidied text.
        skip: stretches to leave alone, such as the text of a printed form.
    """
    taken = bytearray(len(text) + 1)
    for start, end in skip:
        taken[start:end] = b"\1" * (end - start)
    found: list[Match] = []
    for rule in _RULES:
        for match in rule(text):
            if match.end > match.start and not any(taken[match.start : match.end]):
                found.append(match)
                taken[match.start : match.end] = b"\1" * (match.end - match.start)
    return sorted(found)
