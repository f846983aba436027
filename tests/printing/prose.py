"""A whole report around a form: an invented body, its title and opening, and sentences that state no figure."""

from __future__ import annotations

import random
from typing import Any

from printing.layout import Block, Paragraph, form_blocks
from printing.style import Style

_PLACES = ("临川县", "平岭市", "云溪区", "安澜县", "松阳市", "青浦洼镇", "石门岭乡", "北渡区")
_ORGANS = ("人民政府", "水务局", "教育局", "交通运输局", "民政局", "财政局", "市场监督管理局", "卫生健康局")
_WORK = (
    "健全信息发布审核制度，做到先审后发，专人负责。",
    "及时更新门户网站栏目，方便群众查找办事信息。",
    "围绕群众关心的教育、就业和养老问题，主动发布有关政策和解读材料。",
    "规范依申请公开答复文书，加强与申请人的沟通。",
    "组织业务人员学习条例，提高办理能力。",
    "指定科室统一受理申请，登记、转办、答复各有专人。",
    "定期检查政务新媒体账号，发现错漏立即改正。",
)
_PROBLEMS = (
    "一是政策解读的形式还比较单一，图表和视频用得不多。",
    "二是个别科室公开信息不够及时，栏目更新存在滞后。",
    "二是基层工作人员变动较大，业务不够熟练。",
)
_PLANS = (
    "下一步，将丰富解读形式，多用群众看得懂的语言说明政策。",
    "下一步，将加强业务培训，完善考核办法，督促各科室按时公开。",
)
_OTHER = ("本单位没有其他需要报告的事项。", "无其他需要报告的事项。", "暂无其他需要报告的事项。")


def report_facts(form: str, seed: int) -> dict[str, Any]:
    """What the report of this seed says of itself: ``title``, ``organization.name``, ``year``, ``period.start``, ``period.end``."""
    rng = random.Random(f"facts {form} {seed}")
    place = rng.choice(_PLACES)
    name = place + ("人民政府" if place.endswith(("镇", "乡")) else rng.choice(_ORGANS))
    year = rng.choice((2019, 2020) if form == "2019" else (2021, 2022, 2023, 2024))
    title = f"{name}{year}年{rng.choice(('政府信息公开工作年度报告', '度政府信息公开工作年度报告'))}"
    return {"title": title, "organization.name": name, "year": year, "period.start": f"{year}-01-01", "period.end": f"{year}-12-31"}


def report_blocks(tables: dict[str, Any], form: str, seed: int, style: Style) -> list[Block]:
    """Title, opening, 一、 to 六、 with the form's tables as 二、 to 四、."""
    facts = report_facts(form, seed)
    rng = random.Random(f"prose {form} {seed}")
    year = facts["year"]
    opening = f"根据《中华人民共和国政府信息公开条例》的规定，现公布{facts['organization.name']}{year}年度政府信息公开工作年度报告。本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    return [
        Paragraph(facts["title"], "title"),
        Paragraph(opening),
        Paragraph("一、总体情况", "heading"),
        *(Paragraph(sentence) for sentence in rng.sample(_WORK, rng.randint(2, 4))),
        *form_blocks(tables, form, style, rng),
        Paragraph("五、存在的主要问题及改进情况", "heading"),
        Paragraph("工作中还存在一些不足：" + _PROBLEMS[0] + rng.choice(_PROBLEMS[1:])),
        Paragraph(rng.choice(_PLANS)),
        Paragraph("六、其他需要报告的事项", "heading"),
        Paragraph(rng.choice(_OTHER)),
    ]
