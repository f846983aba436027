"""The words of the reports that ``panel.py`` writes: how each kind of body says what. All invented."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panel import Year


@dataclass(frozen=True)
class Body:
    """A body that reports every year.

    Attributes:
        name: as it signs.
        we: what it calls itself.
        disclosed: pieces disclosed in the first year, about.
        requests: requests received in the first year, about.
        kind: ``bureau``, ``commission``, ``government`` or ``township``; decides the manner of writing.
        published: ``html``, ``docx``, ``wrapped`` (text copied out of a PDF), ``tabs`` or ``run-together`` (text as a crawler keeps it).
        address: with ``postcode`` and ``phone``, at the end of its opening.
        categories: kinds of information disclosed.
        growth: of what it discloses, a year.
        renamed: year from which it has another name, and the name.
    """

    name: str
    we: str
    disclosed: int
    requests: float
    kind: str
    published: str
    address: str
    postcode: str
    phone: str
    categories: tuple[str, ...]
    growth: float
    renamed: tuple[int, str] | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """Ways of disclosing."""
        return ("政府网站", "政务微信", "政务公开栏") if self.kind == "township" else ("政府网站", "政务微信", "其他方式")

    def named(self, year: int) -> str:
        """Its name in a year."""
        return self.renamed[1] if self.renamed and year >= self.renamed[0] else self.name


#: Kind of body → what is done, what is amiss, and what is planned against it.
_DONE = {
    "bureau": (
        "局办公室统一负责信息的收集、审核和发布，拟稿时同步注明公开属性，不公开的须说明理由",
        "在办事大厅设政府信息查阅点1处，由窗口人员帮助老年人查询和打印",
        "围绕群众集中咨询的事项编写问答手册，随通知一并发到各乡镇",
        "把信息公开列入股室年终考核，每季度通报一次栏目更新情况",
        "对历年不予公开的文件逐件重新审查，能公开的一律转为公开",
    ),
    "commission": (
        "委办公室会同法规科制定政府信息公开审查流程，承办科室初审、法规科复核、分管领导签发",
        "整合下属单位网站栏目，患者在一个入口即可查到诊疗价格和专家排班",
        "疫苗接种单位名单和监督抽检结果按周更新，抽检不合格的同步公布处置情况",
        "组织信息员到基层医疗机构实地核对公示栏，发现内容过期的当场更换",
    ),
    "government": (
        "印发年度政务公开工作要点分工方案，明确牵头单位和完成时限，按季度督查并通报结果",
        "政策文件与解读材料同步起草、同步审签、同步发布，重要政策由起草部门负责人现场答问",
        "推进财政预决算、重大建设项目批准和实施、公共资源配置等领域信息公开，公开内容细化到项目",
        "对政府网站栏目实行月度巡检，更新不及时的栏目限期整改或者关停",
        "开展政府开放日活动，邀请市民代表走进供水、环卫和不动产登记窗口",
    ),
    "township": (
        "街道党政综合办公室指定专人办理信息公开，各社区配备信息员",
        "惠民补贴发放名单在社区公告栏张榜七日，社区干部逐户核对",
        "利用居民微信群转发停水停电和防汛通知，方便居民及时了解",
    ),
}
_AMISS = {
    "bureau": (
        ("政策解读以文字转载为主，图表和视频偏少", "丰富解读形式，重要文件配发图解和问答"),
        ("信息员多由业务骨干兼任，岗位调整后衔接不上", "建立信息员备案制度，调整岗位的须在十日内完成交接和培训"),
        ("个别股室报送信息不及时，专题栏目更新偏慢", "将更新时限列入考核，逾期未更新的由分管领导约谈"),
        ("公开目录与业务事项对应不够紧密，群众查找不便", "按照办事流程重新编排公开目录，增设检索功能"),
    ),
    "commission": (
        ("医疗服务价格分散在各医院网站公布，比对困难", "在委网站集中公布价格并提供对比查询"),
        ("健康科普材料专业术语多，群众不易看懂", "请一线护士参与编写，发布之前先请社区居民试读"),
        ("依申请公开的答复文书格式不统一，说理不够充分", "统一文书模板，组织法律顾问逐件评查"),
        ("基层机构公示栏更换不勤，内容滞后", "每月抽查公示栏并通报结果"),
    ),
    "government": (
        ("部分部门主动公开意识不强，公开内容与群众期待仍有差距", "将群众留言和热线反映集中的事项列入主动公开目录"),
        ("政策解读针对性不强，面向企业的精准推送做得不够", "按行业和规模对企业分类，推送与其相关的政策"),
        ("基层公开工作力量薄弱，人员变动频繁", "依托党校开设专题课程，三年内将基层公开人员轮训一遍"),
        ("依申请公开办理质量参差不齐，个别答复被复议机关纠正", "建立答复会商机制，疑难申请由司法行政部门参与审核"),
        ("政府网站栏目设置重复，同一信息多处发布且版本不一", "清理合并重复栏目，同一信息只保留一个发布源"),
    ),
    "township": (
        ("社区公告栏版式陈旧，老年居民看不清小字", "分批更换大字版公告栏"),
        ("信息员业务不熟，公开内容偏于会议活动", "组织社区信息员到区政务服务中心跟班学习"),
        ("财务公开明细不够具体", "按月公布社区经费收支明细"),
    ),
}


def _kept(pool: int, wanted: int, year: int, name: str) -> list[int]:
    """Which sentences of a pool a body uses in a year: mostly those of the year before."""
    rng = random.Random(f"sentences {name} {pool}")
    chosen = rng.sample(range(pool), wanted)
    for _ in range(2014, year):
        if rng.random() < 0.4 and pool > wanted:
            chosen[rng.randrange(wanted)] = rng.choice([i for i in range(pool) if i not in chosen])
    return chosen


def title(body: Body, year: int) -> str:
    return f"{body.named(year)}{year}年政府信息公开工作年度报告"


def before(body: Body, now: Year, slip: str | None) -> list[str]:
    """Opening and all sections before the printed tables, a paragraph each."""
    name, year = body.named(now.year), now.year
    law = "《中华人民共和国政府信息公开条例》"
    about = f"（地址：{body.address}，邮编：{body.postcode}，电话：{body.phone}）"
    opening = {
        "bureau": f"根据{law}的规定，现公布{name}{year}年政府信息公开工作年度报告。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。对报告有疑问的，请与局办公室联系{about}。",
        "commission": f"本报告由{name}依照{law}编制，数据统计期限为{year}年1月1日至12月31日。联系方式{about}。",
        "government": f"按照{law}要求，{name}编制{year}年政府信息公开工作年度报告，统计期限为{year}年1月1日至{year}年12月31日。如有疑问，请与政府办公室联系{about}。",
        "township": f"现将{name}{year}年政府信息公开工作情况报告如下{about}。",
    }[body.kind]
    done = "。".join(_DONE[body.kind][i] for i in _kept(len(_DONE[body.kind]), min(3, len(_DONE[body.kind]) - 1), year, body.name))
    if year >= 2019:
        requests = f"全年收到政府信息公开申请{now.received.total()}件。" if now.received.total() else "全年未收到政府信息公开申请。"
        return [opening, "一、总体情况", f"{done}。", _disclosed(body, now, slip), requests, _resources(body, now)]
    return [opening, "一、概述", f"{done}。{_resources(body, now)}", "二、主动公开情况", _disclosed(body, now, slip), "三、依申请公开情况", _requested(body, now), "四、收费、行政复议和行政诉讼情况", _disputed(body, now)]


def _listed(parts: dict[str, int], unit: str = "条", behind: str = "") -> str:
    return "，".join(f"{name}{behind}{count}{unit}" for name, count in parts.items())


def _disclosed(body: Body, now: Year, slip: str | None) -> str:
    total = now.disclosed // 10 if slip == "misprint" else now.disclosed
    kinds = dict(now.categories)
    if slip == "category":
        first = next(iter(kinds))
        kinds[first] += 90
    return {
        "bureau": f"{now.year}年，{body.we}主动公开政府信息{total}条，其中{_listed(kinds, behind='类信息')}。",
        "commission": f"全年主动公开政府信息{total}条，按类别分，{_listed(kinds, behind='类')}；按渠道分，{_listed(now.channels, behind='公开')}。",
        "government": f"{now.year}年，{body.we}共主动公开政府信息{total}条，其中{_listed(now.channels, behind='公开')}。",
        "township": f"全年{'' if now.year >= 2019 else '通过政府网站、微信和公开栏'}主动公开政府信息{total}条，其中{_listed(kinds)}。",
    }[body.kind]


def _requested(body: Body, now: Year) -> str:
    received, waiting, left = now.received.total(), now.carried_in.total(), now.carried_out.total()
    if not received + waiting:
        return "全年没有收到政府信息公开申请。"
    said = f"全年收到政府信息公开申请{received}件" + (f"，其中{_listed({k: v for k, v in now.ways.items() if v}, '件', '申请')}" if len(now.ways) > 1 else "")
    if body.kind in ("government", "commission"):
        said += f"。上年结转{waiting}件" if waiting else ""
        said += f"，结转下年度办理{left}件" if left else ""
    if body.kind == "township":
        return f"{said}，均已答复。"
    names = {"granted": "同意公开", "partially_granted": "同意部分公开", "refused": "不予公开", "unavailable": "信息不存在"}
    counts = {said: now.outcomes[key] for key, said in names.items()} | {"告知通过其他途径办理": now.outcomes["not_processed"] + now.outcomes["other"]}
    ended = {said: count for said, count in counts.items() if count}
    return f"{said}。答复{now.ended.total()}件，其中{_listed(ended, '件')}。"


def _disputed(body: Body, now: Year) -> str:
    reviews, suits = now.results("reviews"), now.results("litigation")
    total, sued = sum(reviews.values()), sum(suits.values())
    fees = "依申请提供政府信息未收取费用。"
    if body.kind == "township":
        return fees + (f"因政府信息公开被申请行政复议{total}件。" if total else "没有因政府信息公开被申请行政复议。")
    if not total + sued:
        return f"{fees}{now.year}年，没有发生因政府信息公开引起的行政复议和行政诉讼。"
    said = {"upheld": "维持", "corrected": "纠正", "other": "其他情形"}
    parts = []
    for name, counts in (("行政复议", reviews), ("行政诉讼", suits)):
        ended = {said[key]: count for key, count in counts.items() if count}
        more = f"，其中{_listed(ended, '件')}" if len(ended) > 1 else ""
        parts.append(f"因政府信息公开引起的{name}{sum(counts.values())}件{more}" if ended else f"没有因政府信息公开引起的{name}")
    return f"{fees}{'；'.join(parts)}。"


def _resources(body: Body, now: Year) -> str:
    r = now.resources
    staff = f"从事政府信息公开工作的人员{r['full'] + r['part']}名，其中专职{r['full']}名、兼职{r['part']}名。"
    if body.kind == "township":
        return f"举办培训{r['courses']}期，培训{r['people']}人次。"
    return f"{staff}召开专题会议{r['meetings']}次，举办业务培训班{r['courses']}期，培训{r['people']}人次。"


def after(body: Body, now: Year, day: int = 0) -> list[str]:
    """What stands behind the tables: problems, plans, and the signature with the day, ``day`` days later than usual."""
    chosen = [_AMISS[body.kind][i] for i in _kept(len(_AMISS[body.kind]), 2, now.year, body.name + "amiss")]
    numbers = ("一是", "二是")
    amiss = "；".join(number + problem for number, (problem, _) in zip(numbers, chosen, strict=True))
    plans = "；".join(number + plan for number, (_, plan) in zip(numbers, chosen, strict=True))
    five, six = ("五、存在的主要问题及改进情况", ["六、其他需要报告的事项", "本年度没有收取信息处理费，无其他需要报告的事项。"]) if now.year >= 2019 else ("五、存在的问题和改进措施", [])
    opening = {"bureau": "工作中还存在一些不足", "commission": "主要问题有", "government": "一年来，政府信息公开工作仍存在以下不足", "township": "存在的问题"}[body.kind]
    signed = 3 + (now.disclosed + day) % 25
    return [five, f"{opening}：{amiss}。", f"{now.year + 1}年，将重点做好以下工作：{plans}。", *six, body.named(now.year), f"{now.year + 1}年{2 if day else 1}月{signed}日"]
