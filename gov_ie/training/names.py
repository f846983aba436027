"""Names of public bodies, put together as real ones are: place × organ × office, by level, in long and short forms.

Used to augment the training reports: what a tagger misses most is names it has never seen.  The kinds of organ are those of Chinese
administration in 2008–2025; places are drawn from the provinces' names and otherwise made up of characters common in place names.
"""

from __future__ import annotations

import re
from random import Random

PROVINCES = (
    "北京市 天津市 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 "
    "陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区 上海市 河北省"
).split()
_HEADS = "安保北昌长朝成城崇川春慈大丹德定东都恩丰凤阜富甘高固广桂海汉合和河黑衡红洪弘怀淮黄惠吉济佳嘉建江金锦景靖九巨开康兰乐雷黎丽连凉辽林临灵龙隆陇罗洛马茂梅孟密绵民明木南宁盘平普齐祁千乾青清庆琼曲泉仁荣瑞三沙山商上绍沈石双水顺松泰唐滕天铁桐通潼同万望威文乌无武西溪仙咸湘新信兴徐宣炎盐雁阳伊宜义银鹰永余玉元远云昭郑镇中舟珠资紫遵"
_TAILS = "安坝滨埠昌城池川德东都峰丰福冈港沟谷关归桂海和河湖化淮汇会江津京井靖康口宽兰郎乐里凉林岭陵龙隆罗门密明木南宁盘坪坡浦棋迁桥青清庆曲泉仁容沙山善胜石寿水宿台塘田亭头湾潍文武西溪县祥新信兴阳营源岳云泽寨湛镇州洲竹庄"
_ETHNIC = "回族 藏族 苗族 彝族 土家族 蒙古族 满族 侗族 瑶族 畲族 傣族 布依族 土族 维吾尔 哈萨克 羌族 壮族 黎族 朝鲜族".split()
#: Kinds of organ: what stands after «place + 市/县/区» in the full name, or after the level in the short one.
ORGANS = (
    "水利局 水务局 农业局 农业农村局 农牧局 畜牧兽医局 林业局 林业和草原局 教育局 教育体育局 科技局 科学技术局 工业和信息化局 经济和信息化局 经济贸易局 经济和信息化委员会 商务局 民政局 司法局 财政局 人力资源和社会保障局 人社局 "
    "自然资源局 国土资源局 国土资源和规划局 生态环境局 环境保护局 环保局 住房和城乡建设局 住建局 城乡规划局 城市管理局 城市管理综合执法局 城管局 交通运输局 交通局 公路管理局 文化广电新闻出版局 文化和旅游局 文化体育局 文旅局 旅游局 体育局 "
    "卫生局 卫生和计划生育局 卫生健康局 卫生健康委员会 卫健委 卫计委 人口和计划生育局 退役军人事务局 应急管理局 安全生产监督管理局 安监局 审计局 统计局 市场监督管理局 市场监管局 工商行政管理局 工商局 质量技术监督局 食品药品监督管理局 药监局 "
    "医疗保障局 医保局 乡村振兴局 扶贫开发办公室 扶贫办 信访局 行政审批局 行政审批服务局 政务服务管理局 政务服务中心 政务服务数据管理局 大数据局 大数据发展管理局 数据局 金融工作局 粮食局 粮食和物资储备局 物价局 发展和改革局 发展和改革委员会 发展改革委 发改委 发改局 "
    "公安局 公安局交警支队 消防救援大队 气象局 地震局 国家税务局 地方税务局 税务局 烟草专卖局 档案局 档案馆 图书馆 国家档案馆 地方志办公室 供销合作社联合社 残疾人联合会 总工会 妇联 团委 红十字会 "
    "国有资产监督管理委员会 国资委 民族宗教事务局 民族事务委员会 民宗局 外事办公室 侨务办公室 机关事务管理局 人民防空办公室 人防办 住房公积金管理中心 公共资源交易中心 疾病预防控制中心 不动产登记中心 电子政务中心 信息中心 广播电视台 广播电视局 融媒体中心 新闻办公室 新闻办 "
    "法制办公室 法制办 政府法制办公室 政府办公室 政府办 人民政府办公室 人民政府办公厅 人大常委会 人大 政协 人大办 政协办 纪委监委 纪委 监察局 监察委员会 组织部 宣传部 编办 机构编制委员会办公室 委宣传部 委组织部 委办公室 委办 委网信办 政务公开办 政务公开领导小组办公室 "
    "人民法院 中级人民法院 人民检察院 文明办 综治办 督查室 督查办 考核办 目标办 口岸办 招商局 投资促进局 海洋与渔业局 渔政站 水库移民管理局 地质矿产局 煤炭工业局 能源局 知识产权局 国家保密局 保密局 保密委员会 审改办 职改办"
).split()  # fmt: skip
PROVINCIAL = (
    "教育厅 科学技术厅 科技厅 公安厅 民政厅 司法厅 财政厅 人社厅 人力资源社会保障厅 自然资源厅 国土资源厅 生态环境厅 环境保护厅 环保厅 住房和城乡建设厅 住建厅 交通运输厅 交通厅 水利厅 农业农村厅 农业厅 林业厅 商务厅 文化厅 文化和旅游厅 卫生厅 "
    "卫生健康委员会 卫生健康委 卫生计生委 退役军人事务厅 应急管理厅 审计厅 国资委 市场监督管理局 市场监管局 体育局 统计局 地方金融监督管理局 信访局 粮食局 广播电视局 新闻出版广电局 药品监督管理局 地质矿产勘查开发局 民族宗教事务委员会 人民防空办公室 "
    "发展和改革委员会 发展改革委 物价局 测绘地理信息局 监狱管理局 煤矿安全监察局 通信管理局 地震局 气象局 档案局 机关事务管理局 政务服务管理局 大数据管理局 知识产权局 公共资源交易中心 人民政府新闻办公室 政府办公厅 人民政府办公厅 政务公开办公室 委宣传部 纪委监委 教育考试院 疾控中心"
).split()  # fmt: skip
MINISTRIES = (
    "国务院 国务院办公厅 国务院法制办公室 教育部 水利部 财政部 民政部 司法部 公安部 商务部 审计署 农业部 农业农村部 交通运输部 自然资源部 国土资源部 生态环境部 环境保护部 住房和城乡建设部 住建部 文化和旅游部 国家卫生健康委 卫生部 应急管理部 退役军人事务部 "
    "国家发展改革委 国家发展和改革委员会 国家税务总局 国家统计局 国家林业局 国家气象局 中国气象局 海关总署 国家市场监督管理总局 国家医保局 国家档案局 国家保密局 国务院办公厅政府信息与政务公开办公室 中办 国办 中共中央办公厅 党中央 中央办公厅 工业和信息化部 科技部 人力资源和社会保障部 国家烟草专卖局 国家能源局 最高人民法院"
).split()  # fmt: skip
OFFICES = (
    "办公室 综合科 办公室（政策法规科） 法规科 法制科 政策法规科 政策法规处 政策法规股 党政办 党政办公室 党政综合办公室 信息中心 信息科 秘书科 综合股 宣传科 人事科 监察室 纪检监察室 政务服务科 行政审批科 审批办 机关党委 财务科 计财科 财务股 规划财务处 督查科 信访办 信访室 "
    "政务公开办公室 政务公开科 信息公开科 政府信息公开办公室 政务公开工作领导小组 政府信息公开工作领导小组 信息公开领导小组 政务公开领导小组办公室 政府信息公开工作领导小组办公室 保密委员会 保密工作领导小组 网络安全和信息化领导小组 新闻宣传中心 执法大队 执法支队 监督所 财政所 司法所 派出所 农业服务中心 社会事务办公室 社会保障服务中心 便民服务中心 文化站 计生办 综治办 "
    "国土所 民政办 民政所 经济发展办公室 城建办 农经站 水利站 中心学校 卫生院 党群服务中心 综合执法队 退役军人服务站 宣传办 纪委 党委 人大 经发办 村镇办 党建办 平安法治办公室 行政审批大厅 政务大厅 办事大厅"
).split()  # fmt: skip
_LEVELS = ("省", "自治区", "市", "县", "区", "州", "旗", "地区", "盟")
_GROUPS = "政务公开工作领导小组 政府信息公开工作领导小组 政务公开领导小组 信息公开工作领导小组 政府信息公开领导小组 政务公开工作领导小组办公室 政府信息公开工作领导小组办公室 政务公开与政务服务领导小组 党务政务公开领导小组 全面推进政务公开工作领导小组 保密审查领导小组 网站管理领导小组 网络舆情应对领导小组 政府网站工作领导小组".split()


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
