"""Invented reports of six bodies over the years 2014 to 2023, for ``explore.ipynb``: :func:`write_panel` writes the files and says what they state.

Every request for information is drawn by itself, with who made it, how, when, and how it ended, so that the figures of a report, of its tables, and of the year after fit together as those of real
reports should. Each body writes in a manner of its own, takes sentences over from the year before, and publishes in one kind of file. Where reports go wrong is planted (:data:`SLIPS`).
Bodies, places, figures and sentences are invented. Needs a checkout: the forms are printed by ``examples/make_examples.py`` and ``tests/printing``.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "examples"), str(ROOT / "tests")]

from make_examples import contents  # noqa: E402
from panel_words import Body, after, before, title  # noqa: E402
from printing import Block, Paragraph, changed, form_blocks, html, random_style, text, word  # noqa: E402

YEARS = range(2014, 2024)
APPLICANTS = {"natural_person": 78, "enterprise": 14, "research": 1, "public_interest": 2, "legal_service": 4, "other": 1}
#: Row of the form → how often requests end so, in percent, and the field of the report that it belongs to.
OUTCOMES = {
    "granted": (47, "granted"), "partially_granted": (12, "partially_granted"),
    "third_party": (3, "refused"), "internal_affairs": (2, "refused"), "process_information": (4, "refused"),
    "not_held": (17, "unavailable"), "requires_creation": (3, "unavailable"), "still_unclear": (2, "unavailable"),
    "petition": (4, "not_processed"), "repeated": (3, "not_processed"),
    "other": (3, "other"),
}  # fmt: skip
#: What goes wrong, as in real reports: (body, year) → what. ``missing`` reports are not written at all.
SLIPS = {
    ("霜岭县教育局", 2016): "category", ("霜岭县教育局", 2018): "missing", ("霜岭县教育局", 2020): "corrected",
    ("鹭洲区人民政府", 2020): "cell", ("鹭洲区人民政府", 2022): "carried", ("青汀市人民政府", 2021): "twice",
    ("鹭洲区石栏街道办事处", 2014): "missing", ("鹭洲区石栏街道办事处", 2017): "missing",
}  # fmt: skip

BODIES = (
    Body("霜岭县水利局", "我局", 310, 9, "bureau", "wrapped", "霜岭县河堤路16号", "425918", "0746-5550163", ("政策文件", "工程建设", "行政许可", "水雨情", "工作动态"), 0.07),
    Body("霜岭县教育局", "我局", 640, 15, "bureau", "html", "霜岭县文昌街3号", "425918", "0746-5550271", ("政策文件", "招生考试", "教育收费", "人事师资", "工作动态"), 0.09),
    Body("青汀市人民政府", "全市", 41800, 240, "government", "html", "青汀市滨湖大道1号", "335810", "0701-5550100", ("机构职能", "政策法规", "财政资金", "民生", "工作动态"), 0.05),
    Body("青汀市卫生和计划生育委员会", "我委", 1150, 22, "commission", "docx", "青汀市望江路88号", "335810", "0701-5550188", ("政策文件", "卫生监督", "疾病防控", "行政许可", "工作动态"), 0.1, renamed=(2019, "青汀市卫生健康委员会")),
    Body("鹭洲区人民政府", "全区", 8600, 85, "government", "tabs", "鹭洲区人民路200号", "335821", "0701-5550400", ("机构职能", "政策法规", "征地拆迁", "财政资金", "工作动态"), 0.06),
    Body("鹭洲区石栏街道办事处", "街道", 96, 2, "township", "run-together", "鹭洲区石栏路12号", "335821", "0701-5550533", ("惠民补贴", "社区事务", "财务公开"), 0.04),
)  # fmt: skip


@dataclass
class Year:
    """What happened at a body in a year."""

    year: int
    disclosed: int
    categories: dict[str, int]
    channels: dict[str, int]
    received: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    carried_in: Counter[str] = field(default_factory=Counter)
    carried_out: Counter[str] = field(default_factory=Counter)
    ended: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: dict[str, Counter[str]] = field(default_factory=dict)
    resources: dict[str, int] = field(default_factory=dict)

    @property
    def outcomes(self) -> Counter[str]:
        """Requests answered, by field of the report."""
        counts: Counter[str] = Counter()
        for (row, _), count in self.ended.items():
            counts[OUTCOMES[row][1]] += count
        return counts

    def results(self, kind: str) -> dict[str, int]:
        """How ``reviews`` or lawsuits (``litigation``) ended, as the reports of the year count it: until 2018 pending ones are among the others."""
        counts = self.cases["reviews"] if kind == "reviews" else self.cases["direct"] + self.cases["after_review"]
        if self.year >= 2019:
            return {result: counts[result] for result in ("upheld", "corrected", "other", "pending")}
        return {"upheld": counts["upheld"], "corrected": counts["corrected"], "other": counts["other"] + counts["pending"]}

    def figures(self, form: str) -> dict[str, Any]:
        """The figures of the printed form."""
        rows = {row: [self.ended[row, who] for who in APPLICANTS] for row in OUTCOMES}
        rows |= {name: [getattr(self, name)[who] for who in APPLICANTS] for name in ("received", "carried_in", "carried_out")}
        return {
            "applications": rows,
            "disclosure": self._forms(form),
            **{kind: [counts[result] for result in ("upheld", "corrected", "other", "pending")] for kind, counts in self.cases.items()},
        }

    def _forms(self, form: str) -> dict[str, dict[str, int]]:
        made = 1 + self.disclosed % 4
        documents = {"made": made, "in_force": 6 + made + self.year - 2019} | ({"disclosed": made} if form == "2019" else {"repealed": self.disclosed % 2})
        return {"normative_documents": documents, "licences": {"decisions": self.disclosed // 6}, "penalties": {"decisions": self.disclosed // 40}}


def _drawn(rng: random.Random, mean: float) -> int:
    """A count about ``mean``, spread as counts are."""
    return max(0, round(rng.gauss(mean, 1.2 * mean**0.5)))


def _parts(rng: random.Random, total: int, names: tuple[str, ...], weights: list[float]) -> dict[str, int]:
    shares = [weight * rng.uniform(0.8, 1.25) for weight in weights]
    parts = [int(total * share / sum(shares)) for share in shares]
    return dict(zip(names, [*parts[:-1], total - sum(parts[:-1])], strict=True))


def history(body: Body) -> Iterator[Year]:
    """The years of a body, each going on from the one before."""
    rng = random.Random(f"panel {body.name}")
    weights = [rng.uniform(0.6, 2.0) for _ in body.categories]
    trend, pending = 0.0, Counter[str]()
    for i, year in enumerate(YEARS):
        trend = 0.6 * trend + rng.gauss(0, 0.09)
        disclosed = round(body.disclosed * 2.718 ** (body.growth * i + trend))
        now = Year(year, disclosed, _parts(rng, disclosed, body.categories, weights), _parts(rng, disclosed, body.channels, [3.0, 0.4 + 0.12 * i, 0.5]), carried_in=Counter(pending))
        # Who has asked, how; and of these and of those left from last year, how each ended. One in sixteen waits for the new year.
        for _ in range(_drawn(rng, body.requests * (1 + 0.07 * i))):
            who = rng.choices(list(APPLICANTS), list(APPLICANTS.values()))[0]
            now.received[who] += 1
            now.ways[rng.choices(("网络", "信函", "当面"), (50 + 4 * i, 30, 20 - i))[0]] += 1
            if rng.random() < 1 / 16:
                now.carried_out[who] += 1
            else:
                now.ended[_outcome(rng), who] += 1
        for who, count in pending.items():
            for _ in range(count):
                now.ended[_outcome(rng), who] += 1
        pending = now.carried_out
        answered = now.ended.total()
        now.cases = {kind: Counter(rng.choices(("upheld", "corrected", "other", "pending"), (66, 13, 13, 8), k=_drawn(rng, rate * answered))) for kind, rate in (("reviews", 0.045), ("direct", 0.018), ("after_review", 0.008))}
        size = max(1, round(disclosed**0.35))
        now.resources = {"full": max(1, size // 6), "part": size, "meetings": rng.randint(1, 4), "courses": rng.randint(1, 3), "people": size * rng.randint(6, 14)}
        yield now


def _outcome(rng: random.Random) -> str:
    return rng.choices(list(OUTCOMES), [weight for weight, _ in OUTCOMES.values()])[0]


def stated(body: Body, now: Year, slip: str | None) -> dict[str, Any]:
    """What the report says, by path; what it does not say is left out."""
    facts: dict[str, Any] = {"organization.name": body.named(now.year), "year": now.year, "applications.received": now.received.total()}
    facts["disclosure.total"] = now.disclosed // 10 if slip == "misprint" else now.disclosed
    facts["reviews.total"] = sum(now.results("reviews").values())
    if now.year < 2019 and body.kind == "township":
        return facts  # says nothing of lawsuits, and not how its requests ended
    facts["litigation.total"] = sum(now.results("litigation").values())
    for kind in ("reviews", "litigation"):
        ended = {result: count for result, count in now.results(kind).items() if count or now.year >= 2019}
        if now.year >= 2019 or len(ended) > 1:
            facts |= {f"{kind}.{result}": count for result, count in ended.items()}
    if now.year >= 2019 or now.received.total() + now.carried_in.total():
        facts |= {f"applications.{name}": count for name in ("granted", "partially_granted", "refused", "unavailable") if (count := now.outcomes[name]) or now.year >= 2019}
    if now.year < 2019 and (elsewhere := now.outcomes["not_processed"] + now.outcomes["other"]):
        facts |= {"applications.other": elsewhere}
    if now.year >= 2019:
        facts |= {"applications.not_processed": now.outcomes["not_processed"], "applications.other": now.outcomes["other"], "applications.handled": now.ended.total()}
        facts |= {"applications.carried_in": now.carried_in.total() + (slip == "carried"), "applications.carried_out": now.carried_out.total()}
        facts["applications.handled"] += slip == "carried"
        facts["applications.granted"] += slip in ("carried", "cell")
    return facts


def _blocks(body: Body, now: Year, rng: random.Random, slip: str | None) -> list[Block]:
    paragraphs = [Paragraph(line, "heading" if line[1] == "、" else "body") for line in before(body, now, slip)]
    tables: list[Block] = []
    if now.year >= 2019:
        form = "2019" if now.year < 2021 else "2021"
        printed = contents(form, now.figures(form))
        requests = printed["applications"]
        if slip == "carried":  # one more than the year before handed over, granted
            for row in ("carried_in", "granted", "handled"):
                for column in ("natural_person", "total"):
                    printed = changed(printed, f"applications.{row}.{column}", printed["applications"][row][column] + 1)
        if slip == "cell":  # the total of a row, which its row and its column contradict
            printed = changed(printed, "applications.granted.total", requests["granted"]["total"] + 1)
        tables = form_blocks(printed, form, random_style(len(body.name)), rng)
    closing = [Paragraph(line, "heading" if line[1] == "、" else "body") for line in after(body, now, day=30 if slip == "corrected" else 0)]
    return [Paragraph(title(body, now.year), "title"), *paragraphs, *tables, *closing]


def _wrapped(blocks: list[Block], rng: random.Random) -> str:
    """Hard-wrapped lines on numbered pages, as copied out of a PDF; tables with tabs."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            whole = block.text if block.role == "title" else f"　　{block.text}"
            lines += [whole[at : at + 38] for at in range(0, len(whole), 38)]
        else:
            lines += text.tabs([block], random_style(0), rng).rstrip("\n").split("\n")
    pages = [lines[at : at + 27] for at in range(0, len(lines), 27)]
    return "\n".join(line for number, page in enumerate(pages, 1) for line in [*page, *(["", f"- {number} -", ""] if number < len(pages) else [])]) + "\n"


def _file(body: Body, blocks: list[Block], now: Year, rng: random.Random, kind: str) -> tuple[str, bytes]:
    style = random_style(len(body.name))
    if kind == "docx":
        return ".docx", word.document(blocks, style, rng)
    if kind == "html":
        return ".html", html.page(blocks, style, rng).encode()
    if kind == "wrapped":
        return ".txt", _wrapped(blocks, rng).encode()
    printed = (text.run_together if kind == "run-together" and now.year >= 2019 else text.tabs if now.year >= 2019 else text.lines)(blocks, style, rng)
    if body.kind == "government" and now.year < 2019:
        printed += f"附件：{_annex(now)}\n"
    return ".txt", printed.encode()


def _annex(now: Year) -> str:
    """The statistics annex of 2014, run together."""
    channels, outcomes, r = list(now.channels.values()), now.outcomes, now.resources
    reviews, suits = now.results("reviews"), now.results("litigation")
    figures = {
        "主动公开政府信息数": now.disclosed, "政府网站公开政府信息数": channels[0], "政务微信公开政府信息数": channels[1], "其他方式公开政府信息数": channels[2],
        "收到申请数": now.received.total(), "当面申请数": now.ways["当面"], "网络申请数": now.ways["网络"], "信函申请数": now.ways["信函"],
        "申请办结数": now.ended.total(), "按时办结数": now.ended.total(),
        "申请答复数": now.ended.total(), "同意公开答复数": outcomes["granted"], "同意部分公开答复数": outcomes["partially_granted"], "不同意公开答复数": outcomes["refused"],
        "法律法规规定的其他情形": outcomes["refused"], "申请信息不存在数": outcomes["unavailable"], "告知通过其他途径办理数": outcomes["not_processed"] + outcomes["other"],
        "行政复议数量": sum(reviews.values()), "维持具体行政行为数": reviews["upheld"], "行政复议数量/被依法纠错数": reviews["corrected"], "行政复议数量/其他情形数": reviews["other"],
        "行政诉讼数量": sum(suits.values()), "维持具体行政行为或者驳回原告诉讼请求数": suits["upheld"], "行政诉讼数量/被依法纠错数": suits["corrected"], "行政诉讼数量/其他情形数": suits["other"],
        "从事政府信息公开工作人员数": r["full"] + r["part"], "专职人员数": r["full"], "兼职人员数": r["part"],
        "召开政府信息公开工作会议或专题会议数": r["meetings"], "举办各类培训班数": r["courses"], "接受培训人员数": r["people"],
    }  # fmt: skip
    said, chapter = "政府信息公开情况统计表统计指标单位统计数", ""
    for row in json.loads(resources.files("gov_ie.forms").joinpath("2014.json").read_text(encoding="utf-8"))["rows"]:
        chapter = row["name"] if row["enumerator"].endswith("、") else chapter
        figure = figures.get(f"{chapter}/{row['name']}", figures.get(row["name"], 0))
        said += row["enumerator"] + row["name"] + (f"（{row['note']}）" if "note" in row else "") + (f"{row['unit']}{figure}" if row["unit"] else "")
    return said


def write_panel(folder: Path) -> list[dict[str, Any]]:
    """Write the reports into a folder, which is made.

    Returns:
        what each report states: ``file``, and path → value; what it does not say is left out.
    """
    folder.mkdir(parents=True)
    truth = []
    for number, body in enumerate(BODIES, 1):
        for now in history(body):
            slip = SLIPS.get((body.name, now.year))
            if slip == "missing":
                continue
            # Two files of one year: the same report as a second crawl keeps it, or a first version with a digit lost and the one that corrects it, signed a month later.
            versions = {"twice": [(body.published, "", slip), ("run-together", "-text", slip)], "corrected": [(body.published, "", "misprint"), (body.published, "-new", slip)]}
            for kind, suffix, what in versions.get(slip or "", [(body.published, "", slip)]):
                rng = random.Random(f"print {body.name} {now.year}")
                ending, content = _file(body, _blocks(body, now, rng, what), now, rng, kind)
                file = folder / f"{number}-{now.year}{suffix}{ending}"
                file.write_bytes(content)
                truth.append({"file": file.name} | stated(body, now, what))
    return truth
