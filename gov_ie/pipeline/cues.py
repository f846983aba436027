"""Words that tell what a sentence is about, in some forty groups: features for span classification, where n-grams are too many to learn from little data."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_GROUPS = {
    "press": "发布会|吹风会",
    "interview": "访谈|直播|做客",
    "interpret": "解读|图解|释义|一图读懂",
    "meeting": "会议|例会|推进会|专题会|部署会|调度会|联席会|座谈会|工作会",
    "train": "培训|讲座|轮训|受训|参训|学习班",
    "channel": "网站|官网|门户|公众号|微信|微博|抖音|快手|视频号|客户端|APP|手机报|公报|公开栏|公示栏|公告栏|宣传栏|橱窗|显示屏|电子屏|触摸屏|大屏|广播|电视|报纸|平台|栏目|专栏|头条|新媒体|短信|手册|宣传单|明白纸|信息网|目录",
    "media": "媒体|报刊|稿件|发稿|采访|通稿|日报|晚报",
    "grant": "予以公开|同意公开|全部公开|准予公开|给予公开|属于公开|予公开",
    "partial": "部分公开",
    "refuse": "不予公开|不同意公开|不公开|不予提供|拒绝公开",
    "unavailable": "无法提供|不存在|不属于|非本|不掌握|没有现成|未制作|未获取|不属本",
    "unprocessed": "不予处理|不再处理|重复申请|信访类|撤回|补正",
    "carry": "结转|转入|转下|上年|顺延|下年|下一年|跨年",
    "review": "复议",
    "suit": "诉讼|应诉|起诉|法院|行政案件|官司",
    "upheld": "维持|驳回",
    "corrected": "纠正|纠错|撤销|败诉|确认违法",
    "pending": "尚未审结|未审结|未结|审理中|正在审|待审",
    "complaint": "举报|投诉|申诉",
    "waived": "减免|免除|免收",
    "fee": "收费|收取|费用|工本费|处理费|免费",
    "money": "经费|资金|预算|投入|拨付|列支",
    "fulltime": "专职",
    "parttime": "兼职",
    "staff": "工作人员|人员|专人|队伍|负责人",
    "reading": "查阅|阅览|场所",
    "office": "专门机构|工作机构|机构",
    "message": "留言|来信|来电|咨询|热线|电话|网民|网友|提问|问政|信箱|回复|工单|咨询件",
    "proposal": "提案|建议|议案",
    "handover": "移交|报送|转交|送交|上报|报送至|送达",
    "audience": "粉丝|关注|浏览|阅读|点击|访问|订阅|播放量|受众|观看|转发量|用户",
    "before": "去年|上年|同比|环比|较|比上|增长|下降|减少|增加|上升|翻",
    "others": "下属|所属|全系统|各乡镇|各部门|各区|各县|各单位|直属",
    "answer": "答复|办结|办理|处理|办复|结案",
    "receive": "收到|受理|接到|收悉|新收|收办",
    "request": "申请",
    "route": "信函|当面|现场|传真|邮件|邮寄|网上申请|网络申请|来函|窗口|线上|线下",
    "running": "历年|以来|截至|截止|累计",
    "total": "总数|总计|合计|总量|共计|全年|共",
    "share": "占|比例",
    "kind": "其中|分别|包括|类",
    "electronic": "电子化",
    "publish": "公开|发布|更新|推送|公布|上传|刊登|登载|编发|张贴|印发|发放",
}
_FIRST = "".join(sorted({word[0] for words in _GROUPS.values() for word in words.split("|")}))
#: The look at the first character spares the search most places.
_PATTERN = re.compile(f"(?=[{_FIRST}])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _GROUPS.items())})")


class Cue(NamedTuple):
    """A cue word: where it starts and ends, and its group."""

    start: int
    end: int
    group: str


@lru_cache(maxsize=1024)
def find_cues(text: str) -> tuple[Cue, ...]:
    """All cue words of a text, in order."""
    return tuple(Cue(m.start(), m.end(), m.lastgroup or "") for m in _PATTERN.finditer(text))


def cues_between(text: str, start: int, end: int) -> list[Cue]:
    """The cue words that lie in ``text[start:end]``."""
    cues = find_cues(text)
    first = bisect_left(cues, (start,))
    found = []
    for cue in islice(cues, first, None):
        if cue.start >= end:
            break
        if cue.end <= end:
            found.append(cue)
    return found
