"""What the fields of a report are called: path → Chinese term, meaning and unit; the one source for tables, pages, plots and documentation.

The terms are those of the printed forms (国办公开办函〔2019〕60号, 〔2021〕30号, 政府信息公开情况统计表) where these have one, else those usual in the reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

from gov_ie.report import Report

#: Fields that say something about the reading and not what the report says: they have no entry in :data:`FIELDS`.
ABOUT = ("checks", "evidence", "confidence", "origins", "warnings", "source")


@dataclass(frozen=True)
class Field:
    """A field of the schema, or a topic that holds fields.

    Attributes:
        path: as in ``Report.evidence``, but with ``[]`` for any place in a list (``disclosure.by_category[].count``).
        term: in Chinese.
        meaning: in English, a few words.
        unit: of the figure, in English (``pieces``, ``yuan``, ``%``), ``ISO 8601`` for dates; ``None`` for words, topics and lists.
    """

    path: str
    term: str
    meaning: str
    unit: str | None = None


_PROCEEDINGS = {
    "reviews": ("行政复议", "administrative reconsiderations"),
    "litigation": ("行政诉讼", "administrative lawsuits"),
}
_TERMS: dict[str, tuple[str, str] | tuple[str, str, str]] = {
    "title": ("标题", "title of the report"),
    "organization": ("发布机关", "the body that issues the report"),
    "organization.name": ("机关名称", "name of the issuing body"),
    "year": ("报告年度", "year reported on"),
    "period": ("统计期限", "stated reporting period"),
    "period.start": ("统计起始日期", "first day of the period", "ISO 8601"),
    "period.end": ("统计截止日期", "last day of the period", "ISO 8601"),
    "published": ("发布日期", "date of publication", "ISO 8601"),
    "contact": ("联系方式", "contact details given to readers"),
    "contact.address": ("地址", "postal address"),
    "contact.postcode": ("邮政编码", "postcode"),
    "contact.phone": ("联系电话", "telephone"),
    "contact.fax": ("传真", "fax"),
    "contact.email": ("电子邮箱", "e-mail"),
    "contact.website": ("网址", "website"),
    "disclosure": ("主动公开", "information proactively disclosed"),
    "disclosure.total": ("主动公开政府信息数", "pieces disclosed in the year", "pieces"),
    "disclosure.cumulative": ("累计主动公开政府信息数", "pieces disclosed since records began", "pieces"),
    "disclosure.electronic_rate": ("全文电子化率", "share available as full text in electronic form", "%"),
    "disclosure.by_category": ("按信息类别", "pieces by kind of information"),
    "disclosure.by_category[].name": ("信息类别", "kind of information"),
    "disclosure.by_category[].count": ("类别公开数", "pieces of the kind", "pieces"),
    "disclosure.by_category[].percent": ("类别占比", "printed share of the kind", "%"),
    "disclosure.by_channel": ("按公开渠道", "pieces by channel of publication"),
    "disclosure.by_channel[].name": ("公开渠道", "channel of publication"),
    "disclosure.by_channel[].count": ("渠道公开数", "pieces through the channel", "pieces"),
    "responses": ("回应解读", "answers to public concern, and interpretation of policy"),
    "responses.press_conferences": ("新闻发布会次数", "press conferences", "conferences"),
    "responses.online_interviews": ("在线访谈次数", "online interviews", "interviews"),
    "responses.interpretations": ("政策解读稿件数", "pieces of policy interpretation", "pieces"),
    "applications": ("依申请公开", "requests for information and how they ended"),
    "applications.received": ("本年新收申请数", "requests received in the year", "requests"),
    "applications.carried_in": ("上年结转申请数", "requests carried over from the year before", "requests"),
    "applications.carried_out": ("结转下年度申请数", "requests carried over to the next year", "requests"),
    "applications.by_channel": ("按申请渠道", "requests by the way they came in"),
    "applications.by_channel[].name": ("申请渠道", "way in which requests came in"),
    "applications.by_channel[].count": ("渠道申请数", "requests of the way", "requests"),
    "applications.handled": ("办理结果总计", "requests answered", "requests"),
    "applications.granted": ("予以公开", "granted", "requests"),
    "applications.partially_granted": ("部分公开", "granted in part", "requests"),
    "applications.refused": ("不予公开", "refused", "requests"),
    "applications.unavailable": ("无法提供", "could not be provided: not held, not existing, unclear", "requests"),
    "applications.not_processed": ("不予处理", "not processed", "requests"),
    "applications.other": ("其他处理", "ended in another way", "requests"),
    "fees": ("收费减免", "fees for information on request"),
    "fees.charged": ("收取费用", "fees charged", "yuan"),
    "fees.waived": ("减免费用", "fees waived", "yuan"),
    **_PROCEEDINGS,
    **{
        f"{name}.{key}": (f"{term}{result}", f"{meaning}: {said}", "cases")
        for name, (term, meaning) in _PROCEEDINGS.items()
        for key, result, said in (
            ("total", "总计", "all"),
            ("upheld", "结果维持", "decision upheld"),
            ("corrected", "结果纠正", "decision corrected"),
            ("other", "其他结果", "other result"),
            ("pending", "尚未审结", "pending"),
        )
    },
    "complaints": ("举报投诉数量", "complaints received", "complaints"),
    "resources": ("机构建设和保障经费", "people, offices and money for disclosure work"),
    "resources.staff": ("从事政府信息公开工作人员数", "staff for disclosure work", "people"),
    "resources.staff_full_time": ("专职人员数", "full-time staff", "people"),
    "resources.staff_part_time": ("兼职人员数", "part-time staff", "people"),
    "resources.offices": ("政府信息公开工作专门机构数", "offices for disclosure work", "offices"),
    "resources.reading_points": ("政府信息公开查阅点数", "public reading points", "reading points"),
    "resources.budget": ("政府信息公开专项经费", "money set aside for disclosure work", "yuan"),
    "training": ("会议和培训", "meetings, courses and people trained"),
    "training.meetings": ("工作会议或专题会议数", "meetings on disclosure work", "meetings"),
    "training.sessions": ("举办各类培训班数", "training courses held", "courses"),
    "training.attendees": ("接受培训人员数", "people trained, counted at each course", "attendances"),
    "regulations": ("文件依据", "laws, regulations and rules named"),
    "measures": ("工作措施", "measures taken"),
    "measures[].text": ("措施", "words of a measure"),
    "problems": ("存在问题", "shortcomings stated"),
    "problems[].text": ("问题", "words of a shortcoming"),
    "improvements": ("改进措施", "plans for improvement"),
    "improvements[].text": ("改进", "words of a plan"),
    "tables": ("统计表", "cells of the printed statistics tables"),
}  # fmt: skip


def schema_paths(model: type[BaseModel] = Report, prefix: str = "") -> Iterator[str]:
    """The path of every field below a model in the order of the schema, a topic before its fields, without those of :data:`ABOUT`."""
    for name, info in model.model_fields.items():
        if name in ABOUT and not prefix:
            continue
        path = prefix + name
        yield path
        items = get_args(info.annotation)
        for below, kind in [(f"{path}[].", item) for item in items] or [(f"{path}.", info.annotation)]:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from schema_paths(kind, below)


#: Path → field, in the order of the schema.
FIELDS: dict[str, Field] = {path: Field(path, *_TERMS[path]) for path in schema_paths() if path in _TERMS}


def find_field(path: str) -> Field | None:
    """The field of a path with places in lists (``disclosure.by_category[2].count``, ``regulations[0]``); ``None`` of cells below ``tables`` and unknown paths."""
    general = re.sub(r"\[\d+\]", "[]", path)
    return FIELDS.get(general) or FIELDS.get(general.removesuffix("[]"))
