"""The names beside figures: kinds of information, channels of publication, ways in which requests arrive."""

from __future__ import annotations

import re

from gov_ie.pipeline.figures import Candidate

Place = tuple[int, int]
_HAN = "\u4e00-\u9fff"
#: What a channel's name ends with; brackets and quotes may follow.
_CHANNEL_HEADS = (
    "门户网站 政府网站 官方网站 部门网站 网站 官网 子网站 网页 网 政务微博 官方微博 微博 微博客 微信公众号 微信公众平台 公众号 公众平台 微信平台 政务微信 微信 抖音号 抖音 视频号 "
    "头条号 今日头条 新媒体 政务新媒体 客户端 APP 手机报 短信平台 短信 政府公报 公报 公开栏 公示栏 公告栏 政务公开栏 村务公开栏 宣传栏 橱窗 电子显示屏 电子屏 显示屏 LED屏 "
    "触摸屏 查询机 大屏 大屏幕 广播站 广播 村村通 大喇叭 电视台 电视 报刊 报纸 日报 晚报 新闻媒体 媒体 杂志 简报 手册 明白纸 明白卡 宣传单 宣传册 宣传材料 折页 "
    "便民手册 查阅点 查阅室 查阅场所 服务大厅 办事大厅 大厅 档案馆 图书馆 平台 专栏 栏目 信息网 目录 公开目录 新闻发布会 发布会 一体机 小程序 微信群 宣传车 "
    "其他 其他方式 其他渠道 其它 其它方式 专区 窗口 公众微信 快手 快手号"
).split()
_HEAD = "|".join(sorted(map(re.escape, _CHANNEL_HEADS), key=len, reverse=True))
_CHANNEL = re.compile(
    rf"《[^》\n]{{1,14}}(?:报|网|公报|杂志)》|(?:[“\"《][^”\"》\n]{{1,16}}[”\"》])?(?:(?![通利用依托借经由从向往据按并且及或还又再已共计])[{_HAN}A-Za-z·]){{0,18}}?(?:{_HEAD})(?:[“\"《][^”\"》\n]{{1,16}}[”\"》])?(?:（[^）\n]{{1,16}}）|等(?:渠道|方式))?"
)
_OPENINGS = re.compile(
    r"^(?:年度?|过|属于|属|关于|发放|印制|制作|张贴|其中|另外|此外|同时|全年|本年度?|今年|年内|一年来|当年|[\d０-９]{4}年度?|共计|共|累计|主要|分别|包括|包含|涉及|具体|按照|(?:我|本)(?:局|厅|委|办|镇|乡|街道|县|市|区|单位|机关)(?:制发|制定|印发|出台)的?|我局|并|还|又|另|再|即|如|有|为|是|了|的|由|在|于|通过|利用|依托|借助|经由|经|从|向|运用|以|采用|采取|使用|凭|靠|用|：|:|、|，|,|（|\(|\s)+"
)
#: What may go on with a channel's name right behind what was taken for all of it.
CHANNEL_REST = re.compile(
    r"(?:政务|官方|门户|政府)?(?:微信公众号|微信公众平台|微信公号|公众号|公众平台|微博|微信|网站|手机报|报(?![告送道名])|抖音号?|视频号|头条号|客户端|APP|小程序)(?:(?:、|和|及)(?:政务|官方)?(?:微信公众号|公众号|微博|微信))?"
)
#: What kind of channel a quoted name is, right before it: 微信公众号|“平川发布”.
CHANNEL_LEAD = re.compile(r"(?:政务|官方|政府)?(?:微信公众号|公众号|微博|微信|抖音号?|视频号|头条号|客户端|小程序|手机报)$")
#: What goes on with the name of a kind behind what was taken for all of it (人事任免|文件), up to the figure.
CATEGORY_REST = re.compile(r"[类性的]{0,2}(?:文件|公文)(?=\s*(?:有|共|计|共计|总计|合计|累计|各|约|近)?\s*[\d０-９一二三四五六七八九十百两])")
_CHANNEL_END = re.compile(r"(?:上|中|里|内|等|等渠道|平台上)$")
#: A verb of publishing that is no part of a name, as it is in 公开栏, 信息发布平台, “平川发布”.
_VERB = re.compile(
    r"(?:累计|共计|总共|共|全年|主动|依法)*(?:(?:公开|公布|发布)(?!\s*(?:栏|专栏|平台|目录|系统|中心|网|厅|会|室|点|屏|号|墙|专区|窗口))|推送|编发|更新|刊登|登载|播发|播出|上传|张贴|发送)(?![\"》]|[^“”，。\n]*”)"
)
_ROUTE = re.compile(
    r"当面|现场|来人|来访|上门|窗口|信函|来信|邮寄|书面|邮政寄送|邮政|快递|挂号信|传真|政府网站|门户网站|网站|网络平台|网络|网上|互联网|在线|线上|线下|依申请公开平台|平台|系统|电子邮件|电子邮箱|邮箱|电邮|E-?mail|电话|口头|热线|其他(?:方式|形式|渠道)?|其它(?:方式|形式)?|信件|纸质|直接"
)
_TAIL = re.compile(r"(?:类别|类|的|信息|政府信息)$")
_FILLERS = re.compile(
    r"(?:主动|依法|公开|发布|更新|推送|公布|登载|刊登|刊发|编发|转发|发出|上传|张贴|印发|制作|播出|播发|信息|政府信息|各类|各种|数量|数|总数|总量|条数|共计|合计|共有|共|计|达到|达|为|有|约|近|超过|超|累计|总计|方面|内容|的|了|：|:|，|,|、|占|约占|各|\s|（|\(|“|”)+$"
)
_KIND_BREAK = re.compile(r"[，,、；;：:。\n（(]|其中|分别是|分别为|包括|主要有|以及|公开了|发布了|涉及|年(?:度)?(?=[\u4e00-\u9fff])|共公开|公开(?=[\u4e00-\u9fff]{2})|发布(?=[\u4e00-\u9fff]{2})|更新(?=[\u4e00-\u9fff]{2})|新增(?=[\u4e00-\u9fff]{2})|和(?=[\u4e00-\u9fff]{2,8}$)|(?<=[\u4e00-\u9fff])及(?=[\u4e00-\u9fff]{2,8}$)")
#: A bracketed note behind a kind of information: 工作动态（含通知公告）类信息. It is part of the name as printed, an aside is not.
_BRACKET = re.compile(r"（(?P<aside>其中|详?见|以下|附|注|占)?[^（）\n]{1,24}）(?P<rest>\s*(?:类|的|政府|信息|公开|共|计|有|为)*\s*)$")
_FOLLOWS = re.compile(r"\s*(?:是|为|属于?|涉及|关于|：|:)?(?P<name>[\u4e00-\u9fff]{2,12}?)(?:类|方面|信息|的|$|[，,。；])")


def category(text: str, candidate: Candidate) -> Place | None:
    """The kind of information that a figure counts: the words before it, back to the last mark, without verbs and fillers."""
    start, end = candidate.piece_start, candidate.start
    bracket = _BRACKET.search(text, start, end)
    if bracket and bracket.start() > start:
        end = bracket.start()
    for cut in _KIND_BREAK.finditer(text, start, end):
        if cut.end() < end and _strip_end(text, cut.end(), end) is not None:
            start = cut.end()
    place = _strip_end(text, *_strip_front(text, start, end))
    if place is not None and bracket and place[1] == bracket.start() and not bracket["aside"]:
        return place[0], bracket.start("rest")
    if place is None:
        after = _FOLLOWS.match(text, candidate.end, candidate.piece_end)
        place = after.span("name") if after else None
        place = _strip_end(text, *place) if place else None
    return place


#: How a request ended is no kind of information, and a name does not begin in the middle of an enumeration.
_NO_NAME = re.compile(r"(?:不予|予以|不?同意|部分公开|无法提供|答复|收到|受理)|[等及和与或的该其]")


def is_name(text: str, place: Place) -> bool:
    """Whether the words at a place can name a kind of information or a channel."""
    return _NO_NAME.match(text, *place) is None or text[slice(*place)].startswith(("其他", "其它"))


def trim_category(name: str) -> str:
    """Take ``类`` ``的`` ``信息`` off the end as long as one is there, unless nothing would be left."""
    while (shorter := _TAIL.sub("", name)) and shorter != name:
        name = shorter
    return name


def channel(text: str, candidate: Candidate) -> Place | None:
    """The channel that a figure counts for: the nearest name of a channel before it in the clause, else in the clause before, else after it."""
    verb = _VERB.search(text, candidate.piece_start, candidate.start)
    first = ((candidate.piece_start, verb.start()),) if verb and verb.start() > candidate.piece_start else ()
    for start, end in (*first, (candidate.piece_start, candidate.start), (max(candidate.unit_start, candidate.piece_start - 40), candidate.piece_start), (candidate.end, candidate.piece_end)):
        found = _channels(text, start, end)
        if found:
            left, right = _strip_front(text, *(found[-1] if end <= candidate.start else found[0]))
            while tail := _CHANNEL_END.search(text[left:right]):
                if right - left - len(tail.group()) < 2:
                    break
                right -= len(tail.group())
            if right > left:
                return left, right
    return None


def _channels(text: str, start: int, end: int) -> list[Place]:
    """What names channels in a stretch: two heads in a row are one name (政府网站平台), and what was sent is none (推送短信)."""
    joined: list[Place] = []
    for match in _CHANNEL.finditer(text, start, end):
        if _SENT.match(text, *match.span()):
            continue
        if joined and joined[-1][1] == match.start():
            joined[-1] = (joined[-1][0], match.end())
        else:
            joined.append(match.span())
    return joined


_SENT = re.compile(r"(?:推送|编发|发送|制作|播放|播出|印发|刊发|撰写|编印)")


def tidy_channel(text: str, start: int, end: int) -> Place | None:
    """A tagged channel without the verb that ran into it, and with the level (厅, 局, 我局) right before it; ``None`` when only a verb's object is left."""
    verb = _VERB.search(text, start, end)
    if verb:
        if verb.start() - start < 2:
            return None
        end = verb.start()
    level = _LEVEL.search(text, max(0, start - 2), start)
    return (level.start() if level and _SITE.match(text, start, end) else start, end)


_LEVEL = re.compile(r"(?:我|本)?(?<![全各乡])[厅局委省市县区镇乡院校]$")
_SITE = re.compile(r"(?:门户|政府|官方)?(?:网站|官网|网|微信|微博|公众号|公开栏)")


def route(text: str, candidate: Candidate) -> Place | None:
    """The way in which requests arrived: the nearest one named before the figure, else after it."""
    before = list(_ROUTE.finditer(text, candidate.piece_start, candidate.start))
    if before:
        return before[-1].span()
    after = _ROUTE.search(text, candidate.end, candidate.piece_end)
    if after:
        return after.span()
    earlier = list(_ROUTE.finditer(text, max(candidate.unit_start, candidate.piece_start - 15), candidate.piece_start))
    return earlier[-1].span() if earlier else None


def _strip_front(text: str, start: int, end: int) -> Place:
    opening = _OPENINGS.match(text[start:end])
    return (start + opening.end(), end) if opening and opening.end() < end - start else (start, end)


def _strip_end(text: str, start: int, end: int) -> Place | None:
    words = text[start:end]
    filler = _FILLERS.search(words)
    while filler and filler.start() > 0:
        words = words[: filler.start()]
        filler = _FILLERS.search(words)
    if filler and filler.start() == 0 and filler.end() == len(words):
        return None
    words = words.rstrip(" \t“”（(")
    return (start, start + len(words)) if len(re.findall(rf"[{_HAN}A-Za-z]", words)) >= 2 else None
