"""What kind of body the words after the place name: 人民政府, 水利局, 高新区管委会, 第一人民医院, 雄州街道办事处."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gov_ie.pipeline.organs import COUNTY_ORGANS, PROVINCIAL
from gov_ie.places.place import Kind, Level

_ZONES = (
    "开发区|高新区|高新技术产业园区|经开区|工业园区?|产业园区?|科技园区?|科学城|科技城|园区|新区|新城|新片区|示范区|试验区|实验区|自贸区|自由贸易港|保税港?区|综保区|度假区|风景名胜区|风景区|景区|旅游区|"
    "保护区|管理区|合作区|集聚区|聚集区|功能区|工业区|产业区|化工区|商务区|空港区|港区|先行区"
)
_SCHOOLS_AND_HOSPITALS = "大学|学院|学校|党校|中学|小学|幼儿园|高中|初中|[一二三四五六七八九十]中|校区|医院|卫生院|卫生室|保健院|卫生服务中心|血站"
_INSTITUTIONS = (
    "中心|馆|研究院|研究所|科学院|设计院|农科院|交易所|敬老院|福利院|电视台|电台|报社|杂志社|出版社|气象台|管理处|"
    "农场|林场|牧场|水库|公园|看守所|基地|站|(?<![法察])院"
)
_ASSOCIATIONS = "总工会|妇女联合会|妇联|共青团|团委|残疾人联合会|残联|红十字会|工商业联合会|工商联|文学艺术界联合会|文联|科学技术协会|科协|侨联|社会科学界联合会|社科联|供销合作|供销社|(?:协会|学会|商会|联合会)$"
#: In the order in which they are tried; the first that is found decides. What remains of a body's name when the place is taken off is read by them.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("government", re.compile(r"^(?:(?:(?:人民)?政府|行政公署|行署)?(?:办公厅|办公室|办)?)$")),
    ("enterprise", re.compile(r"(?:公司|集团|自来水厂|水厂|电厂|煤矿|供电所)$|^(?!人民银行).*(?<!人民)银行$")),
    ("institution", re.compile(rf"(?:{_SCHOOLS_AND_HOSPITALS})$")),
    ("zone", re.compile(rf"^[^局厅委办署会]{{0,14}}?(?:{_ZONES})")),
    ("party", re.compile(r"^(?:[省市县区州盟旗镇乡]?(?:委(?!托|员)|纪委|监委)|党(?!群服务)|纪律检查|纪检|监察委|委员会(?:$|办公|宣传|组织|统一)|组织部|宣传部|统战部|政法委|网信办|机构编制|编办|[省市县区州]?直(?:属)?机关工|精神文明|文明办)")),
    ("association", re.compile(_ASSOCIATIONS)),
    ("institution", re.compile(rf"(?:{_INSTITUTIONS})$")),
    ("department", re.compile(r"(?:[局厅委办署会部处科股室队]|领导小组|联席会议|所|海关|指挥部|[支分]行)$")),
)
#: Organs that no kind fits, though their names end like those of departments: congresses, consultative conferences, courts and procuratorates.
_NO_KIND = re.compile(r"人大|人民代表大会|政协|政治协商会议|.*(?:法院|检察院)$")
_ENDS_OF_TOWNSHIPS = re.compile(r"街道|乡|镇|苏木|办事处")
#: What ends like a township and is none.
_NO_TOWNSHIPS = re.compile(r"(?:[城村老下]|小城|特色小|中心|重点)[乡镇]|乡镇|.*驻.*办事处|.*[省市县区]")
#: What can follow the name of a township; 城乡建设局 and 乡村振兴局 cannot.
_OF_TOWNSHIPS = re.compile(
    r"$|(?:人民)?政府|办事处|街道办|党|纪委|人大|机关|便民|综合|总?工会|妇联|团委|残联|武装部|(?:财政|司法|派出|国土|自然资源|农业|水利|文化|卫生|社会|民政|计生|经济|城建|应急|退役|畜牧|敬老|中心)[^局厅]*(?:所|站|中心|办|办公室|院|校|小学|大队|分局)$|"
    r"(?:中心|第)[\u4e00-\u9fff]*(?:小学|中学|学校|幼儿园)$|[\u4e00-\u9fff]{1,10}(?:村|社区|居民委员会|村民委员会|居委会|村委会)"
)
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,14}?(?:(?:村|社区)(?:(?:村民|居民)?委员会|[村居]委会)?|(?:村民|居民)委员会|[村居]委会)$")
#: The Xinjiang corps (新疆生产建设兵团) and its divisions.
CORPS = re.compile(r"(?:新疆)?(?:生产建设)?兵团|(?=第[\d一二三四五六七八九十]+师(?!范))")
_CORPS_DIVISION = re.compile(r"(?:农业?)?第?[\d一二三四五六七八九十]+师")
_CORPS_REGIMENT = re.compile(r"第?[\d一二三四五六七八九十]+团(?:场)?")
#: How the names of departments begin; only before these is a place name without its kind taken for one (安徽+水利厅, not 长春+路街道).
TOPICS = frozenset(organ[:2] for organ in (*COUNTY_ORGANS, *PROVINCIAL)) | frozenset("房产 房管 园林 绿化 港口 海事 监狱 邮政 移民 盐务 农村 农机 防汛 史志 党史 市容 市政 轨道 金融 证监 银保 监管 调查".split())
#: A county, district or city that the list does not have: older than the list, or misspelt. 城市 and 开发区 are none.
_UNLISTED = re.compile(r"(?!自治区)(?:[\u4e00-\u9fff]{2,8}?(自治州|州|自治县|县|自治旗|旗|盟|地区|市|区)|[^各郊全本该我外跨](县))")
_LEVELS: dict[str, Level] = {"自治州": "prefecture", "州": "prefecture", "盟": "prefecture", "地区": "prefecture", "自治县": "county", "县": "county", "自治旗": "county", "旗": "county", "区": "county"}


@dataclass(frozen=True, slots=True)
class Body:
    """A kind, and the level and township where the words tell of one below the county or of the Xinjiang corps, whose units have no codes."""

    kind: Kind | None
    level: Level | None = None
    township: str | None = None


def read_body(text: str) -> Body:
    """What ``text``, the rest of a name after its place, stands for: 「人民政府办公室」, 「水利局」, 「雄州街道办事处」, or nothing at all (a government)."""
    corps = CORPS.match(text)
    if corps:
        return _corps(text[corps.end() :])
    township = _township(text)
    if township:
        return township
    return Body("village", "village") if _VILLAGE.match(text) and not text.startswith(tuple(TOPICS)) else Body(_kind(text))


def follows_a_short_name(text: str) -> bool:
    """Whether ``text`` can go on after a place without its 省, 市 or 县: 水利厅 can, after 安徽; 大学, and 路街道 after 长春, cannot."""
    kind = _kind(text)
    return kind in ("government", "zone", "party") or bool(CORPS.match(text)) or text.startswith(("人民政府", "政府")) or (text[:2] in TOPICS and kind in ("department", "association", "institution"))


def unlisted(text: str) -> tuple[int, Level | None] | None:
    """The end and level of a division's name that no list is needed to see, as 县 in 「某某县水利局」; of a 市 the level stays open."""
    if _kind(text) in ("zone", "enterprise") and _township(text) is None:
        return None
    for end in range(2, min(len(text), 12) + 1):
        found = _UNLISTED.fullmatch(text, 0, end)
        if found and (follows_a_short_name(text[end:]) or (_township(text[end:]) is not None and text[end:][:2] not in TOPICS)):
            return end, _LEVELS.get(found[1] or found[2])
    return None


def _kind(text: str) -> Kind | None:
    return None if _NO_KIND.match(text) else next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def _township(text: str) -> Body | None:
    for end in _ENDS_OF_TOWNSHIPS.finditer(text):
        name, rest = text[: end.end()], text[end.end() :]
        if end.start() == 0 or len(name) > 14 or _NO_TOWNSHIPS.fullmatch(name) or not _OF_TOWNSHIPS.match(rest):
            continue
        if end[0] == "办事处":
            name = name.removesuffix("办事处").removesuffix("街道") + "街道"
        if _VILLAGE.fullmatch(rest):
            return Body("village", "village", name)
        own = re.sub(r"^(?:街道)?办事处|^街道办(?!公)|^(?:人民)?政府", "", rest)
        office: Kind = "subdistrict" if name.endswith("街道") else "government"
        return Body(office if re.fullmatch(r"(?:党政)?(?:综合)?(?:办|办公室)?", own) else _kind(own), "township", name)
    return None


def _corps(rest: str) -> Body:
    """The corps stands like a province, its divisions (师) like prefectures, its regiments (团) like counties."""
    level: Level = "province"
    if division := _CORPS_DIVISION.match(rest):
        level, rest = "prefecture", rest[division.end() :]
    if regiment := _CORPS_REGIMENT.match(rest):
        level, rest = "county", rest[regiment.end() :]
    return Body(_kind(re.sub(r"^[\u4e00-\u9fff]{2,4}市(?!场)", "", rest)), level)
