"""Who reports, for which year and period, under which title, published when."""

from __future__ import annotations

import itertools
import re

from spacy.tokens import Doc, Span

from gov_ie.assembly import numbers
from gov_ie.assembly.draft import Draft
from gov_ie.assembly.origins import by_rule, of_entity
from gov_ie.pipeline.layout import Layout

_TITLE = re.compile(
    r"^[#\s*《]*(?:标\s?题[：:]|名\s?称[：:])?\s*(?P<title>[^\n。；：]{0,60}?(?:政府信息公开|政务公开|信息公开|政务信息公开|公开政府信息)[^\n。；，：:]{0,12}?(?:工作)?[^\n。；，：:]{0,8}?(?:年度报告|年报|报告|总结)(?:[（(][^）)\n]{1,12}[）)])?)[\s*]*(?=\n|$|\s|》\s*(?:\n|$)|(?![》”的如编有制等中、，工格和是由情及汇须应将，要已全内]))",
    re.MULTILINE,
)
_CHINESE_YEAR = "[一二][〇○零九O][〇○零一二三四五六七八九O]{2}"
#: A school year by its two years: ``2021—2022学年``.
_SCHOOL_YEAR = rf"(?:(?:\d{{4}}|{_CHINESE_YEAR})\s?年?\s?[-—–－~～/至到]+\s?(?P<ends>\d{{4}}|{_CHINESE_YEAR})\s?学年(?:度)?)"
_SCHOOL_YEARS = re.compile(_SCHOOL_YEAR)
_TITLE_PARTS = re.compile(
    rf"^(?:(?P<lead>.*?))(?:(?P<year>{_SCHOOL_YEAR}|(?:19|20)\d\d|{_CHINESE_YEAR}|[０-９]{{4}})\s?学?年?(?:度)?\s?)?(?:政府|政务)?(?:门户网站)?(?:信息)?(?:和政务)?(?:公开)"
)
_YEAR_WORDS = re.compile(rf"(?:\d{{4}}|[０-９]{{4}}|{_CHINESE_YEAR})\s?学?年?(?:度)?")
_BREADCRUMB = re.compile(r"当前位置|首页\s*[>»]|您(?:现在)?的位置|[>»]")
_RANGE = re.compile(r"^\s?(?:起始|开始|计起|起算|起|始)?[，,]?\s?(?:截至|截止到|截止|至|到|—+|-+|－+|–|~|～|─+|止于)\s?$")
_PERIOD_WORDS = re.compile(r"统计|现将|数字|所列|报告期|期限|起止|截止|数据|时限|时间|周期|时段|本报告|本年度报告|年报|自|从")
_STATED = re.compile(r"(?:发布|成文|生成|发文|公开|公布|发表|印发|更新|报告|编制)?(?:日期|时间)\s?[：:]?\s?$")
_SIGNED_END = re.compile(r"\s*(?:$|\n|[（(【\[]|更多|附件|附[：:]|打印|关闭|责任|扫一扫|来源|下载|（此件|印发)")


def read_header(draft: Draft, doc: Doc, layout: Layout) -> None:
    """Fill title, organization, year, period and published."""
    title = _find_title(layout)
    if title is not None:
        draft.put("title", re.sub(r"\s+", "", layout.text[slice(*title)]), *title, origin=by_rule("the first line that reads as the title of such a report"))
    _organization(draft, doc, layout, title)
    _period(draft, doc, layout)
    _year(draft, doc, title)
    _published(draft, doc, layout)


def _find_title(layout: Layout) -> tuple[int, int] | None:
    """The first line that reads as the title of such a report; a body's name or a year alone on the line above belongs to it."""
    text = layout.text
    head = text[:1500]
    for match in _TITLE.finditer(head):
        start, end = match.span("title")
        line = head[head.rfind("\n", 0, start) + 1 : start + 4]
        if _BREADCRUMB.search(line) or _BREADCRUMB.search(match.group("title")) or re.match(r"(?:根据|按照|现将|现发布|为)", match.group("title")):
            continue
        lead = _TITLE_PARTS.match(match.group("title"))
        named = lead is not None and len(_YEAR_WORDS.sub("", lead.group("lead") or "").strip()) >= 2
        above = re.search(r"(?:^|\n)([^\n。；，：:>]{2,36})\n$", head[:start])
        if not named and above and re.search(r"[\u4e00-\u9fff]", above.group(1)) and not re.search(r"索引|发布|来源|字号|首页|目录", above.group(1)):
            start = above.start(1)
        return start, end
    return None


def _organization(draft: Draft, doc: Doc, layout: Layout, title: tuple[int, int] | None) -> None:
    """The body in the title, as printed there; else the first body that the opening names, else the signature."""
    text = layout.text
    if title is not None:
        inner = [e for e in doc.ents if e.label_ == "ORG" and title[0] <= e.start_char and e.end_char <= title[1]]
        span = _title_body(text, *title)
        if span is not None and (not inner or inner[0].start_char <= span[0]):
            span = (inner[0].start_char if inner and inner[0].start_char >= title[0] else span[0], span[1])
        if span is None and inner:
            span = (inner[0].start_char, inner[-1].end_char if len(inner) > 1 and inner[-1].start_char == inner[0].end_char else inner[0].end_char)
        if span is not None:
            draft.put("organization.name", re.sub(r"\s+", "", text[slice(*span)]), *span, 0.97, origin=by_rule("the body that the title names", "ORG" if inner else None))
            return
    after = title[1] if title else 0
    bodies = [e for e in doc.ents if e.label_ == "ORG" and e.start_char >= after]
    own = next((e for e in bodies if e.start_char < after + 600 and not _is_superior(e)), None)
    signed = next((e for e in reversed(bodies) if e.end_char > len(text) - 120 and not _is_superior(e)), None)
    chosen = own or signed
    if chosen is not None:
        draft.put("organization.name", re.sub(r"\s+", "", chosen.text), chosen.start_char, chosen.end_char, 0.6, origin=of_entity(chosen, "the first body that the opening names" if own else "the body under the signature"))


def _title_body(text: str, start: int, end: int) -> tuple[int, int] | None:
    """What is left of a title without year and genre words."""
    match = _TITLE_PARTS.match(text[start:end].replace("\n", " "))
    if match is None or not match.group("lead"):
        return None
    left, right = start, start + match.end("lead")
    opening = re.match(rf"(?:{_YEAR_WORDS.pattern}|\s|关于|《)+", text[left:right])
    if opening:
        left += opening.end()
    closing = re.search(rf"(?:{_YEAR_WORDS.pattern}|\s|的|关于|[（(]|\d{{4}})+$", text[left:right])
    if closing:
        right = left + closing.start()
    return (left, right) if len(re.findall(r"[\u4e00-\u9fff]", text[left:right])) >= 2 else None


def _is_superior(entity: Span) -> bool:
    return re.match(r"(?:国务院|党中央|中央|国办|中办|省委|省政府|市委$|市政府|县委$|县政府|区委$|区政府|省人民政府|全国)", entity.text) is not None


def _period(draft: Draft, doc: Doc, layout: Layout) -> None:
    """The first range of two dates in a sentence that speaks of the reporting period; else the first that is a whole year."""
    dates = [e for e in doc.ents if e.label_ == "DATE"]
    whole: tuple[Span, Span, str, str] | None = None
    stated, whole_year = "two dates where the text speaks of its period", "two dates that bound a whole year"
    for first, second in itertools.pairwise(dates):
        between = layout.text[first.end_char : second.start_char]
        if len(between) > 6 or not _RANGE.match(between):
            continue
        start = numbers.iso_date(first.text)
        end = numbers.iso_date(second.text, year=int(start[:4]) if start else None)
        if not _PERIOD_WORDS.search(layout.text[max(0, first.start_char - 40) : first.start_char]):
            if whole is None and start and end and start.endswith("-01-01") and end == f"{start[:4]}-12-31":
                whole = first, second, start, end
            continue
        if start and end and len(start) > 4 and start < end:
            draft.put("period.start", start, first.start_char, first.end_char, 0.97, origin=of_entity(first, stated))
            draft.put("period.end", end, second.start_char, second.end_char, 0.97, origin=of_entity(second, stated))
            return
    if whole is not None:
        first, second, start, end = whole
        draft.put("period.start", start, first.start_char, first.end_char, 0.8, origin=of_entity(first, whole_year))
        draft.put("period.end", end, second.start_char, second.end_char, 0.8, origin=of_entity(second, whole_year))


def _year(draft: Draft, doc: Doc, title: tuple[int, int] | None) -> None:
    """The year in the title (of a school year the one it ends in); else that of the period; else the first year that the text names."""
    years = [e for e in doc.ents if e.label_ == "YEAR"]
    if title is not None:
        inner = [e for e in years if title[0] <= e.start_char < title[1]]
        for entity in inner:
            draft.put("year", numbers.year_of(entity.text), entity.start_char, entity.end_char, 0.98, origin=of_entity(entity, "the year in the title"))
        school = _SCHOOL_YEARS.search(draft.text, *title)
        if school:
            draft.put("year", numbers.year_of(school["ends"]), *school.span(), 0.95, origin=by_rule("the year in which the school year of the title ends"))
        bare = re.search(r"(?<!\d)20\d\d(?!\d)", draft.text[slice(*title)])
        if bare:
            draft.put("year", int(bare.group()), title[0] + bare.start(), title[0] + bare.end(), 0.95, origin=by_rule("four digits in the title"))
    if "year" in draft:
        return
    end = draft.get("period.end")
    if end:
        place = draft.place("period.end")
        draft.put("year", int(end[:4]), *place, 0.95, origin=by_rule("the year in which the stated period ends", "DATE"))
    for entity in years:
        draft.put("year", numbers.year_of(entity.text), entity.start_char, entity.end_char, 0.8, origin=of_entity(entity, "the first year that the text names"))


def _published(draft: Draft, doc: Doc, layout: Layout) -> None:
    """The date under the signature: the last full date that stands alone; else one that is stated as the date of publication."""
    text = layout.text
    dates = [e for e in doc.ents if e.label_ == "DATE" and (iso := numbers.iso_date(e.text)) and len(iso) == 10]
    bodies = {e.end_char for e in doc.ents if e.label_ == "ORG"}
    year = draft.get("year")
    for entity in reversed(dates):
        if entity.start_char < 0.5 * len(text):
            break
        before = text[: entity.start_char].rstrip(" ")
        alone = before.endswith(("\n", "。")) or len(before) in bodies or re.search(r"[无。]\s*$|(?:局|府|委|办|厅|处|会|中心|大学|学院)$", before)
        if alone and _SIGNED_END.match(text, entity.end_char):
            draft.put("published", numbers.iso_date(entity.text), entity.start_char, entity.end_char, 0.95, origin=of_entity(entity, "the last full date that stands alone"))
            return
    for entity in dates:
        if _STATED.search(text[max(0, entity.start_char - 10) : entity.start_char]):
            iso = numbers.iso_date(entity.text)
            if iso and (year is None or int(iso[:4]) >= year):
                draft.put("published", iso, entity.start_char, entity.end_char, 0.9, origin=of_entity(entity, "stated as the date of publication"))
                return
