"""Where public bodies stand: levels, kinds, codes. Places are real geography; the expected codes are those of GB/T 2260 in the year given."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.places import LEVELS, Place, locate
from gov_ie.places.divisions import Entry, gazetteer, short_names, widest


def codes(place: Place) -> str:
    """Province/city/county by their codes, ``-`` for what is not told."""
    return "/".join(division.code if division else "-" for division in (place.province, place.city, place.county))


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


SETTLED = rows("""
安徽省                              | province   | government  | 340000/-/-
安徽                                | province   | government  | 340000/-/-
安徽省人民政府办公厅                  | province   | government  | 340000/-/-
安徽水利厅                           | province   | department  | 340000/-/-
内蒙古水利厅                         | province   | department  | 150000/-/-
湖北省公安厅                         | province   | department  | 420000/-/-
吉林教育局                           | province   | department  | 220000/-/-
上海市                              | province   | government  | 310000/-/-
香港特别行政区                       | province   | government  | 810000/-/-
新疆生产建设兵团                     | province   | government  | 650000/-/-
新疆生产建设兵团第八师                | prefecture | government  | 650000/-/-
第八师石河子市                       | prefecture | government  | 650000/-/-
石河子市                            | county     | government  | 650000/-/659001
合肥市                              | prefecture | government  | 340000/340100/-
合肥教育局                           | prefecture | department  | 340000/340100/-
合肥市城市管理局                     | prefecture | department  | 340000/340100/-
合肥市城乡建设局                     | prefecture | department  | 340000/340100/-
吉林市教育局                         | prefecture | department  | 220000/220200/-
长沙教育局                           | prefecture | department  | 430000/430100/-
荆州市公安局                         | prefecture | department  | 420000/421000/-
恩施土家族苗族自治州人民政府           | prefecture | government  | 420000/422800/-
恩施州教育局                         | prefecture | department  | 420000/422800/-
海南州教育局                         | prefecture | department  | 630000/632500/-
锡盟教育局                           | prefecture | department  | 150000/152500/-
喀什地区行政公署                     | prefecture | government  | 650000/653100/-
江苏省南京市六合区人民政府办公室        | county     | government  | 320000/320100/320116
南京市六合区                         | county     | government  | 320000/320100/320116
江苏南京六合水务局                    | county     | department  | 320000/320100/320116
六合区 水 务 局                      | county     | department  | 320000/320100/320116
六合区水务局（区河长办）               | county     | department  | 320000/320100/320116
昆山水务局                           | county     | department  | 320000/320500/320583
黟县水利局                           | county     | department  | 340000/341000/341023
黟县乡村振兴局                       | county     | department  | 340000/341000/341023
黟县城乡建设委员会                    | county     | department  | 340000/341000/341023
黟县市场监督管理局                    | county     | department  | 340000/341000/341023
国家税务总局黟县税务局                | county     | department  | 340000/341000/341023
国家统计局黟县调查队                  | county     | department  | 340000/341000/341023
公安县公安局                         | county     | department  | 420000/421000/421022
北京市朝阳区教育局                    | county     | department  | 110000/-/110105
天津市滨海新区教育局                  | county     | department  | 120000/-/120116
河北区教育局                         | county     | department  | 120000/-/120105
重庆市巫山县                         | county     | government  | 500000/-/500237
济源市                              | county     | government  | 410000/-/419001
海南省澄迈县                         | county     | government  | 460000/-/469023
神农架林区                           | county     | government  | 420000/-/429021
六枝特区                            | county     | government  | 520000/520200/520203
三江县教育局                         | county     | department  | 450000/450200/450226
莫旗水利局                           | county     | department  | 150000/150700/150722
东乡族自治县                         | county     | government  | 620000/622900/622926
大同市城区人民政府                    | county     | government  | 140000/140200/140202
中共黟县县委办公室                    | county     | party       | 340000/341000/341023
中国共产党黟县委员会                  | county     | party       | 340000/341000/341023
黟县人大常委会办公室                  | county     | None        | 340000/341000/341023
黟县人民法院                         | county     | None        | 340000/341000/341023
黟县纪委监委                         | county     | party       | 340000/341000/341023
黟县总工会                           | county     | association | 340000/341000/341023
黟县供销合作社联合社                  | county     | association | 340000/341000/341023
黟县自来水有限责任公司                | county     | enterprise  | 340000/341000/341023
黟县人民医院                         | county     | institution | 340000/341000/341023
黟县政务服务中心                     | county     | institution | 340000/341000/341023
黟县档案馆                           | county     | institution | 340000/341000/341023
南京市第一中学                       | prefecture | institution | 320000/320100/-
南京市鼓楼医院                       | prefecture | institution | 320000/320100/-
合肥市社区服务中心                    | prefecture | institution | 340000/340100/-
江苏省人民医院                       | province   | institution | 320000/-/-
合肥高新技术产业开发区管委会           | prefecture | zone        | 340000/340100/-
合肥市经济开发区财政局                | prefecture | zone        | 340000/340100/-
苏州工业园区管委会                    | prefecture | zone        | 320000/320500/-
黄山风景区管理委员会                  | prefecture | zone        | 340000/341000/-
南京市江北新区管委会                  | prefecture | zone        | 320000/320100/-
江北新区管委会                       | prefecture | zone        | 320000/320100/-
六合区经济开发区管委会                | county     | zone        | 320000/320100/320116
雄安新区管委会                       | province   | zone        | 130000/-/-
杨凌示范区管委会                     | province   | zone        | 610000/-/-
中国（上海）自由贸易试验区管理委员会     | province   | zone        | 310000/-/-
浦东新区人民政府                     | county     | government  | 310000/-/310115
昆山市周庄镇人民政府                  | township   | government  | 320000/320500/320583
黟县碧阳镇卫生院                     | township   | institution | 340000/341000/341023
六合区雄州街道办事处                  | township   | subdistrict | 320000/320100/320116
上海市徐汇区湖南路街道办事处           | township   | subdistrict | 310000/-/310104
中山市东区街道办事处                  | township   | subdistrict | 440000/442000/-
黟县西递镇西递村村民委员会             | village    | village     | 340000/341000/341023
""")


@pytest.mark.parametrize(("name", "level", "kind", "expected"), SETTLED, ids=[row[0] for row in SETTLED])
def test_the_name_tells(name: str, level: str, kind: str, expected: str) -> None:
    place = locate(name)
    assert (place.level, str(place.kind), codes(place), place.candidates) == (level, kind, expected, ())


NO_DIVISION = rows("""
国务院办公厅          | national | government
教育部               | national | department
海关总署             | national | department
国家税务总局          | national | department
中国气象局            | national | department
杭州海关             | national | department
中华人民共和国上海海关  | national | department
长江水利委员会         | national | department
水利部长江水利委员会    | national | department
中央编办             | national | party
西湖大学             | None     | institution
浙江大学             | None     | institution
长春大学             | None     | institution
长春路街道办事处       | township | subdistrict
城关镇人民政府         | township | government
南区街道办事处         | township | subdistrict
镇政府               | township | government
省水利厅             | province | department
水利厅               | province | department
自治区教育厅          | province | department
州教育局             | prefecture | department
县政务服务管理局       | county   | department
区城乡规划局          | county   | department
市水务局             | None     | department
市市政管理局          | None     | department
市场监督管理局         | None     | department
市政府办公室          | None     | government
城市管理局            | None     | department
住房和城乡建设局       | None     | department
砚溪县水务局          | county   | department
砚溪市水务局          | None     | department
我局                 | None     | department
本报告               | None     | None
""")


@pytest.mark.parametrize(("name", "level", "kind"), NO_DIVISION, ids=[row[0] for row in NO_DIVISION])
def test_a_name_without_a_division_of_the_list_gets_none(name: str, level: str, kind: str) -> None:
    place = locate(name)
    assert (str(place.level), str(place.kind), codes(place), place.candidates, place.code) == (level, kind, "-/-/-", (), None)


@pytest.mark.parametrize(
    ("name", "level", "expected", "candidates"),
    [
        ("朝阳区人民政府", "county", "-/-/-", ["110105", "220104"]),
        ("城区教育局", "county", "-/-/-", ["140302", "140502", "441502"]),
        ("桥西区财政局", "county", "130000/-/-", ["130104", "130703"]),
        ("朝阳教育局", None, "-/-/-", ["110105", "211300", "220104"]),
        ("永定区高桥镇人民政府", "township", "-/-/-", ["350803", "430802"]),
    ],
)
def test_a_shared_name_stays_open(name: str, level: str | None, expected: str, candidates: list[str]) -> None:
    place = locate(name)
    assert (place.level, codes(place), sorted(each.code for each in place.candidates)) == (level, expected, candidates)


@pytest.mark.parametrize(
    ("name", "hints", "level", "expected"),
    [
        ("鼓楼区水务局", ["南京市鼓楼区某某路1号"], "county", "320000/320100/320106"),
        ("鼓楼区水务局", ["徐州市鼓楼区水务局2016年政府信息公开年度报告"], "county", "320000/320300/320302"),
        ("鼓楼区水务局", ["475000"], "county", "410000/410200/410204"),
        ("鼓楼区水务局", ["221000"], "county", "320000/-/-"),
        ("鼓楼区水务局", ["221000", "http://www.xuzhou.gov.cn/"], "county", "320000/320300/320302"),
        ("鼓楼区水务局", ["安徽省合肥市"], "county", "-/-/-"),
        ("朝阳区", [None, "kjj.changchun.gov.cn"], "county", "220000/220100/220104"),
        ("杭州市西湖区", ["江西省南昌市西湖区某某路2号", "330000"], "county", "330000/330100/330106"),
        ("省水利厅", ["合肥市包河区某某路3号"], "province", "340000/-/-"),
        ("自治区教育厅", ["南宁市某某路4号"], "province", "450000/-/-"),
        ("市水务局", ["江苏省南京市六合区某某路5号"], "prefecture", "320000/320100/-"),
        ("市水务局", ["江苏省昆山市某某路6号"], "county", "320000/320500/320583"),
        ("市水务局", ["上海市徐汇区某某路7号"], "province", "310000/-/-"),
        ("区水务局", ["江苏省南京市六合区某某路5号"], "county", "320000/320100/320116"),
        ("县水利局", ["江苏省南京市六合区某某路5号"], "county", "320000/320100/-"),
        ("水务局", ["南京市六合区水务局2016年政府信息公开年度报告"], "county", "320000/320100/320116"),
        ("水务局", ["南京市六合区某某路5号"], None, "320000/-/-"),
        ("碧阳镇人民政府", ["安徽省黟县碧阳镇"], "township", "340000/341000/341023"),
        ("砚溪县水务局", ["安徽省黄山市某某路8号"], "county", "340000/341000/-"),
        ("教育部", ["北京市西城区某某路9号", "100000"], "national", "-/-/-"),
        ("西湖大学", ["杭州市西湖区某某路9号"], None, "-/-/-"),
        ("水务局", ["老城区南京路12号"], None, "-/-/-"),
    ],
)
def test_hints_settle_what_the_name_leaves_open(name: str, hints: list[str | None], level: str | None, expected: str) -> None:
    place = locate(name, hints=hints)
    assert (place.level, codes(place)) == (level, expected)


@pytest.mark.parametrize(
    ("name", "year", "level", "expected"),
    [
        ("巢湖市", 2009, "prefecture", "340000/341400/-"),  # a county-level city of 合肥 since 2011
        ("巢湖市", 2015, "county", "340000/340100/340181"),
        ("巢湖市", None, "county", "340000/340100/340181"),
        ("铜仁市", 2008, "county", "520000/522200/522201"),
        ("铜仁市", 2014, "prefecture", "520000/520600/-"),
        ("公主岭市", 2019, "county", "220000/220300/220381"),
        ("公主岭市", 2020, "county", "220000/220100/220184"),
        ("寿县", 2012, "county", "340000/341500/341521"),
        ("寿县", 2018, "county", "340000/340400/340422"),
        ("莱芜市教育局", 2015, "prefecture", "370000/371200/-"),
        ("徐水县", 2012, "county", "130000/130600/130625"),
        ("徐水县", None, "county", "130000/130600/130625"),
        ("崇文区", 2012, "county", "110000/-/110103"),  # abolished in 2010
        ("通州区", 2008, "county", "110000/-/110112"),  # 南通's 通州 was a city then
        ("通州区", 2012, "county", "-/-/-"),
        ("襄阳教育局", 2008, "county", "420000/420600/420607"),
        ("襄阳教育局", 2015, "prefecture", "420000/420600/-"),
        ("两江新区管委会", 2015, "province", "500000/-/-"),
        ("两江新区人民政府", 2026, "county", "500000/-/500157"),
    ],
)
def test_divisions_are_those_of_the_year(name: str, year: int | None, level: str, expected: str) -> None:
    place = locate(name, year=year)
    assert (place.level, codes(place)) == (level, expected)


def test_names_are_those_of_the_year_too() -> None:
    before, after = locate("宜城市水务局", year=2008), locate("宜城市水务局", year=2015)
    assert before.city is not None
    assert after.city is not None
    assert (before.city.name, after.city.name, before.code) == ("襄樊市", "襄阳市", after.code)


@pytest.mark.parametrize(("name", "township"), [("昆山市周庄镇人民政府", "周庄镇"), ("六合区雄州街道办事处", "雄州街道"), ("六合区雄州办事处", "雄州街道"), ("黟县西递镇西递村村民委员会", "西递镇"), ("砚溪县云溪镇", "云溪镇"), ("黟县水利局", None)])
def test_townships_are_given_by_name(name: str, township: str | None) -> None:
    assert locate(name).township == township


@pytest.mark.parametrize(
    ("name", "code", "sub_provincial"),
    [("南京市教育局", "320100", True), ("深圳市", "440300", True), ("合肥市", "340100", False), ("重庆市", "500000", False), ("南京市六合区", "320116", False), ("昆山市周庄镇", "320583", False), ("省水利厅", None, False)],
)
def test_the_code_to_join_by(name: str, code: str | None, sub_provincial: bool) -> None:
    place = locate(name)
    assert (place.code, place.sub_provincial) == (code, sub_provincial)


ENTRIES = [entry for entries in gazetteer().codes.values() for entry in entries]


def test_every_division_is_found_by_its_full_name_in_its_years() -> None:
    wrong = []
    for entry in ENTRIES:
        year = entry.last or 2024 if (entry.first or 0) <= 2024 else entry.first
        above = [gazetteer().ancestor(entry, level, year) for level in ("province", "prefecture") if level != entry.level]
        name = "".join(each.name for each in above if each) + entry.name
        found = locate(name, year=year)
        if (found.code, found.level, found.candidates) != (entry.code, entry.level, ()):
            wrong.append((name, year, found))
    assert wrong == []
    assert len(ENTRIES) > 3700


def test_how_many_county_names_are_shared() -> None:
    """The figures that the docstring of ``gov_ie.places.divisions`` gives."""
    counts = Counter(entry.name for entry in ENTRIES if entry.level == "county" and entry.distance(2024) == 0)
    shared = {name: count for name, count in counts.items() if count > 1}
    assert (len(counts), len(shared), sum(shared.values())) == (2809, 29, 66)
    assert all(len(locate(name, year=2024).candidates) == count for name, count in shared.items())
    short = [[entry for entry in entries if entry.distance(2024) == 0] for entries in gazetteer().short.values()]
    of_counties = [entries for entries in short if any(entry.level == "county" for entry in entries)]
    assert (len(of_counties), sum(len(widest(entries)) > 1 for entries in of_counties)) == (2661, 72)


@pytest.mark.parametrize(("name", "short"), [("恩施土家族苗族自治州", ("恩施州", "恩施")), ("长白朝鲜族自治县", ("长白县", "长白")), ("广西壮族自治区", (None, "广西")), ("鄂温克族自治旗", (None, "鄂温克族")), ("赵县", (None, None)), ("六合区", (None, "六合")), ("喀什地区", (None, "喀什"))])
def test_short_names(name: str, short: tuple[str | None, str | None]) -> None:
    assert short_names(name) == short


def test_the_list_of_divisions_needs_no_heavy_library() -> None:
    code = "import sys; from gov_ie.places import locate; locate('黟县', hints=['245500']); print([m for m in ('spacy', 'pandas', 'numpy', 'pydantic') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


words = st.sampled_from("省 市 县 区 州 旗 镇 乡 街道 村 局 厅 委员会 人民政府 办公室 开发区 新区 国家 中国 中共 海关 大学 兵团 第八师 南京 朝阳 鼓楼区 黟县 安徽省 城 公安 ( ） 《 \u3000 1 a.gov.cn 230000".split(" "))
names = st.lists(words | st.text(max_size=3), max_size=8).map("".join)
bodies = st.sampled_from(["", "人民政府", "人民政府办公室", "水利局", "市场监督管理局", "城乡建设局", "乡村振兴局", "总工会", "档案馆", "人民医院", "高新区管委会"])


@given(names, st.lists(names | st.none(), max_size=3), st.none() | st.integers(-9999, 9999))
def test_no_name_is_too_odd(name: str, hints: list[str | None], year: int | None) -> None:
    place = locate(name, hints=hints, year=year)
    assert place.level is None or place.level in LEVELS
    assert len(place.candidates) != 1
    assert locate(name, hints=hints, year=year) == place


@given(st.sampled_from([entry for entry in ENTRIES if entry.level != "province"]), bodies)
def test_a_more_specific_prefix_never_widens_the_level(entry: Entry, body: str) -> None:
    year = entry.last or entry.first or 2024
    province = gazetteer().ancestor(entry, "province", year)
    assert province is not None
    plain, longer = locate(entry.name + body, year=year), locate(province.name + entry.name + body, year=year)
    assert longer.level is not None
    assert plain.level is None or LEVELS.index(longer.level) >= LEVELS.index(plain.level)
    assert longer.kind == plain.kind
    assert set(longer.candidates) <= set(plain.candidates) or not plain.candidates


@given(st.sampled_from(ENTRIES), bodies, st.none() | st.integers(2002, 2026))
def test_candidates_share_the_name(entry: Entry, body: str, year: int | None) -> None:
    _, short = short_names(entry.name)
    assert {each.name for each in locate(entry.name + body, year=year).candidates} <= {entry.name}
    assert all(each.name.startswith(short) for each in locate(short + body, year=year).candidates) if short else True


def test_no_name_is_no_place() -> None:
    assert locate("") == locate(" ") == Place()
