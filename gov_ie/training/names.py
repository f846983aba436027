"""Names of public bodies, put together as real ones are: place × organ × office, by level, in long and short forms.

Used to augment the training reports: what a tagger misses most is names it has never seen.  The kinds of organ are those of Chinese
administration in 2008–2025; places are drawn from the provinces' names and otherwise made up of characters common in place names.
"""

from __future__ import annotations

import re
from random import Random

from gov_ie.pipeline.organs import COUNTY_ORGANS as ORGANS
from gov_ie.pipeline.organs import MINISTRIES, OFFICES, PROVINCES, PROVINCIAL

_HEADS = "安保北昌长朝成城崇川春慈大丹德定东都恩丰凤阜富甘高固广桂海汉合和河黑衡红洪弘怀淮黄惠吉济佳嘉建江金锦景靖九巨开康兰乐雷黎丽连凉辽林临灵龙隆陇罗洛马茂梅孟密绵民明木南宁盘平普齐祁千乾青清庆琼曲泉仁荣瑞三沙山商上绍沈石双水顺松泰唐滕天铁桐通潼同万望威文乌无武西溪仙咸湘新信兴徐宣炎盐雁阳伊宜义银鹰永余玉元远云昭郑镇中舟珠资紫遵"
_TAILS = "安坝滨埠昌城池川德东都峰丰福冈港沟谷关归桂海和河湖化淮汇会江津京井靖康口宽兰郎乐里凉林岭陵龙隆罗门密明木南宁盘坪坡浦棋迁桥青清庆曲泉仁容沙山善胜石寿水宿台塘田亭头湾潍文武西溪县祥新信兴阳营源岳云泽寨湛镇州洲竹庄"
_ETHNIC = ["回族", "藏族", "苗族", "彝族", "土家族", "蒙古族", "满族", "侗族", "瑶族", "畲族", "傣族", "布依族", "土族", "维吾尔", "哈萨克", "羌族", "壮族", "黎族", "朝鲜族"]
_LEVELS = ("省", "自治区", "市", "县", "区", "州", "旗", "地区", "盟")
_GROUPS = ["政务公开工作领导小组", "政府信息公开工作领导小组", "政务公开领导小组", "信息公开工作领导小组", "政府信息公开领导小组", "政务公开工作领导小组办公室", "政府信息公开工作领导小组办公室", "政务公开与政务服务领导小组", "党务政务公开领导小组", "全面推进政务公开工作领导小组", "保密审查领导小组", "网站管理领导小组", "网络舆情应对领导小组", "政府网站工作领导小组"]


def place(rng: Random, kind: str) -> str:
    """An invented place with its ending: ``kind`` is 市, 县, 区, 镇, 乡, 街道, 州 or 旗."""
    name = rng.choice(_HEADS) + rng.choice(_TAILS)
    if kind in ("镇", "乡", "街道") and rng.random() < 0.25:
        name += rng.choice(_TAILS)
    if kind == "县" and rng.random() < 0.15:
        return f"{name}{rng.choice(_ETHNIC)}自治县"
    if kind == "乡" and rng.random() < 0.3:
        return f"{name}{rng.choice(_ETHNIC)}乡"
    if kind == "州":
        return f"{name}{rng.choice(_ETHNIC)}自治州"
    return name + kind


def full_name(rng: Random) -> str:
    """A body by its full name, of any level."""
    draw = rng.random()
    upper = rng.choice(PROVINCES) if rng.random() < 0.25 else ""
    if draw < 0.12:
        return rng.choice(PROVINCES) + rng.choice([*PROVINCIAL, "人民政府", "政府"])
    if draw < 0.30:
        city = place(rng, rng.choice("市市市州"))
        return (upper if rng.random() < 0.5 else "") + city + rng.choice([*ORGANS, "人民政府"])
    if draw < 0.58:
        county = place(rng, rng.choice("县县县区区市旗"))
        city = place(rng, "市") if rng.random() < 0.25 else ""
        return city + county + rng.choice([*ORGANS, *ORGANS, "人民政府", "人民政府"])
    if draw < 0.82:
        town = place(rng, rng.choice(["镇", "镇", "乡", "街道"]))
        county = place(rng, rng.choice("县区市")) if rng.random() < 0.45 else ""
        tail = rng.choice(["", "", "人民政府", "人民政府", "政府", "党委", "党政办公室"])
        if town.endswith("街道"):
            tail = rng.choice(["", "办事处", "办事处", "办", "党工委"])
        return county + town + tail
    if draw < 0.90:
        zone = rng.choice(["经济开发区", "高新区", "经济技术开发区", "高新技术产业开发区", "工业园区", "新区", "旅游度假区", "风景名胜区", "示范区"])
        return rng.choice([place(rng, "市"), place(rng, "县"), place(rng, "区")[:-1]]) + zone + rng.choice(["管委会", "管理委员会", "管委会办公室", "党工委", "财政局", "社会事务局", ""])
    if draw < 0.95:
        school = rng.choice(["大学", "学院", "职业技术学院", "师范学院", "第一中学", "中心小学", "实验小学", "职业中学", "医学院"])
        return place(rng, rng.choice("市县区"))[: 2 if rng.random() < 0.5 else 3] + school
    hospital = rng.choice(["人民医院", "中医院", "妇幼保健院", "自来水公司", "公交公司", "供电公司", "污水处理厂", "社区居委会", "村民委员会", "敬老院", "文化馆", "博物馆"])
    return place(rng, rng.choice("市县区镇")) + hospital


def short_name(rng: Random) -> str:
    """A body by its level and organ: 县水利局, 省发展改革委, 市委宣传部."""
    draw = rng.random()
    if draw < 0.08:
        return rng.choice(MINISTRIES)
    level = rng.choice(_LEVELS)
    if draw < 0.30:
        return rng.choice(["省", "自治区", "市"]) + rng.choice(PROVINCIAL)
    if draw < 0.42:
        return level + rng.choice(["委", "政府", "人民政府", "委办公室", "政府办公室", "政府办", "委宣传部", "政府办公厅", "政府新闻办", "纪委监委", "编办", "委组织部", "政协", "人大常委会"])
    if draw < 0.50:
        return rng.choice(["镇", "乡", "街道", "办事处"]) + rng.choice(["政府", "党委", "党政办", "财政所", "司法所", "纪委", "党政办公室", "综治办", "便民服务中心", "党工委", "民政办", "人大"])
    return level + rng.choice(ORGANS)


def office_name(rng: Random) -> str:
    """An office or group inside a body: 局办公室, 政策法规科, 政务公开工作领导小组."""
    draw = rng.random()
    if draw < 0.4:
        return rng.choice(["", "", "", "县", "区", "市", "局", "镇", "厅", "乡", "街道", "委", "州", "我局"[1:]]) + rng.choice(_GROUPS)
    office = rng.choice(OFFICES)
    if office == "办公室":
        return rng.choice(["局", "厅", "委", "镇", "县政府", "区政府", "市政府", "管委会"]) + "办公室"
    return rng.choice(["", "", "局", "厅", "委", "镇", "乡"]) + office if rng.random() < 0.6 else office


_SHORT = re.compile(r"^(?:省|自治区|市|县|区|州|旗|地区|盟|镇|乡|街道|办事处|国|中|党)")
_OFFICE = re.compile(r"(?:领导小组|小组|办公室|办|科|股|处|室|中心|大厅|所|站|大队|支队|委员会|党组|党委)$")


def like(name: str, rng: Random) -> str:
    """Another name of the same make as ``name``: full, by level, or of an office."""
    if re.search(r"小组(?:办公室)?$", name) or (len(name) <= 9 and _OFFICE.search(name) and not _SHORT.match(name) and not re.search(r"[市县区镇乡州旗省]", name)):
        return office_name(rng)
    if _SHORT.match(name) and len(name) <= 14:
        return short_name(rng)
    return full_name(rng)
