"""Reports made by hand, with their texts, for tests of what is shown."""

from __future__ import annotations

from typing import Any

from gov_ie.report import Evidence, Report, Tag

_PARAGRAPH = "局机关定期更新目录，遇有疑问由办公室会同法规科研究答复，并将答复意见归档备查。\n"
LONG = (
    "松澜县档案馆2018年政府信息公开工作年度报告\n一、主动公开情况\n2018年，我馆主动公开政府信息128条，其中机构职能类40条，占31.25%；业务动态类80条，占62.50%。\n"
    + _PARAGRAPH * 60
    + "二、依申请公开情况\n全年受理申请9件，没有发生行政复议。\n三、存在的问题\n目录更新不够及时。\n联系地址：松澜县文澜路8号，网址：www.songlan-dangan.example。\n"
)  # fmt: skip
SHORT = "临汀乡2015年政府信息公开工作年度报告\n2015年，我乡主动公开政府信息36条，收到申请0件。\n"


def report(text: str | None, values: dict[str, Any], words: dict[str, tuple[str, float]], **more: Any) -> Report:
    """A report with evidence for the paths of ``words`` (the first such words of the text) and with their confidences."""
    source = text or ""
    evidence = {path: Evidence(start=(at := source.index(found)), end=at + len(found), text=found) for path, (found, _) in words.items()}
    made = Report.model_validate({**values, "evidence": evidence, "confidence": {path: p for path, (_, p) in words.items()}, **more})
    if text is not None:
        made.keep(text, [Tag(row.start, row.end, "ORG" if path == "organization.name" else "COUNT", "ents") for path, row in evidence.items()])
    return made


def archive() -> Report:
    """A long text, a failed check (the kinds do not add up to the total), the last evidence far below the first."""
    return report(
        LONG,
        {
            "title": "松澜县档案馆2018年政府信息公开工作年度报告", "organization": {"name": "松澜县档案馆"}, "year": 2018, "contact": {"address": "松澜县文澜路8号", "website": "www.songlan-dangan.example"},
            "disclosure": {"total": 128, "by_category": [{"name": "机构职能", "count": 40, "percent": 31.25}, {"name": "业务动态", "count": 80, "percent": 62.5}]},
            "applications": {"received": 9}, "reviews": {"total": 0}, "problems": [{"text": "目录更新不够及时"}],
        },
        {
            "organization.name": ("松澜县档案馆", 0.99), "year": ("2018年", 0.99), "disclosure.total": ("128条", 0.99), "applications.received": ("9件", 0.97), "reviews.total": ("没有发生行政复议", 0.72),
            "disclosure.by_category[0].name": ("机构职能", 0.95), "disclosure.by_category[0].count": ("40条", 0.95), "disclosure.by_category[0].percent": ("31.25%", 0.95),
            "disclosure.by_category[1].name": ("业务动态", 0.95), "disclosure.by_category[1].count": ("80条", 0.95), "disclosure.by_category[1].percent": ("62.50%", 0.95),
            "problems[0].text": ("目录更新不够及时", 0.61), "contact.address": ("松澜县文澜路8号", 0.9), "contact.website": ("www.songlan-dangan.example", 0.9),
        },
        checks=[
            {"rule": "sum(disclosure.by_category[].count) = disclosure.total", "left": 120, "right": 128, "ok": False},
            {"rule": "disclosure.by_category[0].percent = count / disclosure.total", "left": 31.25, "right": 31.25, "ok": True},
        ],
        warnings=["columns guessed"], source={"name": "songlan-2018.txt", "path": "reports/songlan-2018.txt", "characters": len(LONG)},
    )  # fmt: skip


def township() -> Report:
    """A short text without checks; nought is stated, the body is not."""
    return report(
        SHORT, {"title": "临汀乡2015年政府信息公开工作年度报告", "year": 2015, "disclosure": {"total": 36}, "applications": {"received": 0}},
        {"year": ("2015年", 0.99), "disclosure.total": ("36条", 0.98), "applications.received": ("0件", 0.55)}, source={"name": "linting.txt"},
    )  # fmt: skip


def form() -> Report:
    """Read from a printed form, all sums hold; empty cells among noughts. Without its text, as from JSON."""
    row = {"natural_person": 3, "commercial": 0, "total": 3}
    return report(
        None, {"title": "望桥区教育局2022年政府信息公开工作年度报告", "organization": {"name": "望桥区教育局"}, "year": 2022, "applications": {"received": 3}, "tables": {"applications": {"received": row}}}, {},
        checks=[{"rule": "tables.applications.received: natural_person + commercial = total", "left": 3, "right": 3, "ok": True}], source={"name": "wangqiao-2022.jsonl"},
    )  # fmt: skip


def unreadable() -> Report:
    """What stands for a file that could not be read."""
    error = "reports/scan.rar: a RAR archive; unpack it first"
    return Report(source={"name": "scan.rar", "path": "reports/scan.rar", "error": error}, warnings=[error])


def all_reports() -> list[Report]:
    return [form(), township(), archive(), unreadable()]
