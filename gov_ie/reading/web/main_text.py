"""Which part of a web page is the report: what is no text goes before, what stands around the report goes after.

An article extractor points at the likely place. What a report must have (its title, numbered headings, tables of figures, dates) is looked for in
the whole page, and the place is widened until it holds all of it: a page is left too long rather than a report too short.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from lxml.html import HtmlElement, document_fromstring

from gov_ie.reading.grid import RawCell

_NEVER_TEXT = "title script style noscript template head iframe object embed applet svg math canvas audio video map button select input textarea datalist rp rt dialog".split()
_AROUND = "nav aside header footer menu".split()
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"}
_NAMES = set(
    "nav navbar navigation topnav subnav menu breadcrumb breadcrumbs crumb crumbs dqwz sitemap footer foot copyright share bdsharebuttonbox bshare jiathis sidebar toolbar fontsize noprint".split()
)
_WORDS = re.compile(r"[a-z]+")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!\s*important\s*)?(?:;|$)", re.I)

TITLE = re.compile(r"报告|年报|總結|总结|報告|年報")
_NUMBERED = re.compile(r"\s*(?:第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]{1,3}\s*[、.．])\s*[^。；]{0,40}$")
PUBLISHED = re.compile(r"(?:发布|公开|发文|成文|公布|更新|生成|发表)(?:日期|时间)|^\s*(?:日期|时间)[：:]")
_DAY = re.compile(r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_SIGNED = re.compile(r"\s*[\d〇○零一二三四五六七八九十０-９]{4}\s*年\s*[\d〇一二三四五六七八九十０-９]{1,3}\s*月\s*[\d〇一二三四五六七八九十０-９]{1,3}\s*日\s*")
_ATTACHED = re.compile(r"\s*附[件表：:]")

#: From this length on, a line is prose; shorter ones may be anything.
_PROSE = 40
#: The share of a page's text outside links that its report has at least (what stands around is mostly links): where the extractor has seen the page, and where not.
_MOST_SEEN, _MOST_UNSEEN = 0.7, 0.85
#: The extractor looks at each text once for every element around it; pages that would keep it busy for long are taken whole.
_EXTRACTOR_ELEMENTS, _EXTRACTOR_CHARACTERS = 20_000, 8_000_000


@dataclass(frozen=True)
class Block:
    """A line of the page or a table: ``element`` holds it, ``linked`` of its non-blank characters are links."""

    element: HtmlElement
    text: str
    linked: int = 0
    cells: tuple[RawCell, ...] = ()

    @cached_property
    def solid(self) -> int:
        """Its characters without blanks."""
        return len("".join(self.text.split()))

    @property
    def links(self) -> float:
        """The share of it that is links."""
        return self.linked / max(self.solid, 1)

    @cached_property
    def needed(self) -> bool:
        """Whether it is something that a report must have: a title, a numbered heading, a table with figures, a date."""
        if self.links > 0.5:
            return False
        if self.cells:
            return any(c.isdigit() for c in self.text)
        return _is_title(self.text) or bool(_NUMBERED.fullmatch(self.text)) or bool(_SIGNED.fullmatch(self.text)) or is_published(self.text)


def strip_furniture(body: HtmlElement) -> None:
    """Take out of the tree what is never part of a text, what is hidden, and what is marked as standing around the text."""
    for element in list(body.iter(*_NEVER_TEXT)):
        _drop(element, body)
    whole = len(body.text_content())
    for element in body.xpath(".//*[@hidden or @style]"):
        # Some pages hide their text until a script shows it.
        if (element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))) and len(element.text_content()) <= whole // 2:
            _drop(element, body)
    for element in [e for e in body.iterdescendants() if _stands_around(e)]:
        if not _is_report(element):
            _drop(element, body)
    for line in dict.fromkeys(link.getparent() for link in body.xpath(".//a[starts-with(normalize-space(@href), 'javascript:')]")):
        if _is_tools(line):
            _drop(line, body)


def _is_tools(line: HtmlElement) -> bool:
    """Whether a short line with links that run a script (larger type, print, close) is no more than those and what introduces them."""
    if line.tag not in ("div", "p", "span", "li", "ul") or len(line) > 20:
        return False
    text = "".join(line.text_content().split())
    return len(text) <= _PROSE and not _DAY.search(text) and not _is_title(text)


def _drop(element: HtmlElement, body: HtmlElement) -> None:
    """Empty an element where it stands: to cut it out would copy the text behind it each time."""
    if element is not body:
        element.clear(keep_tail=True)
        element.tag = "span"


def _stands_around(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("a", "td", "tr", "table"):
        return False
    if element.tag in ("header", "footer"):
        # Inside an article these hold its title and its signature.
        return next(element.iterancestors("article", "main", "section"), None) is None
    named = f"{element.get('id', '')[:100]} {element.get('class', '')[:200]}".lower()
    return element.tag in _AROUND or element.get("role") in _ROLES or not _NAMES.isdisjoint(_WORDS.findall(named))


def _is_report(element: HtmlElement) -> bool:
    """Whether something that is called furniture holds a report all the same: much text outside links, or a title, heading or form."""
    length = 0
    for text in _unlinked(element):
        length += len(text.strip())
        if length > 400 or _NUMBERED.fullmatch(text) or _is_title(text):
            return True
    return False


def _unlinked(element: HtmlElement) -> Iterator[str]:
    """The pieces of text outside links."""
    if element.text:
        yield element.text
    for child in element.iterdescendants():
        if child.text and isinstance(child.tag, str) and child.tag != "a" and next(child.iterancestors("a"), None) is None:
            yield child.text
        if child.tail and next(child.iterancestors("a"), None) is None:
            yield child.tail


def _is_title(text: str) -> bool:
    return 6 <= len(text.strip()) <= 80 and bool(re.search("公开", text)) and bool(TITLE.search(text)) and not re.search("[。；]", text)


def select(blocks: list[Block], body: HtmlElement) -> list[Block]:
    """The blocks of the report, in order: those in the smallest element that holds what the extractor chose and what a report must have."""
    extracted = _extracted(body, blocks)
    node = _common([*extracted, *(block.element for block in blocks if block.needed)])
    if node is None:
        return blocks
    node = _wide_enough(node, blocks, _MOST_SEEN if extracted else _MOST_UNSEEN)
    inside = set(node.iter())
    return _without_link_edges([block for block in blocks if block.element in inside])


def _wide_enough(node: HtmlElement, blocks: list[Block], share: float) -> HtmlElement:
    """The nearest element from ``node`` upwards that holds this share of the page's text outside links."""
    path = [node, *node.iterancestors()]
    place = {element: i for i, element in enumerate(path)}
    held = [0] * len(path)
    for block in blocks:
        at = next((place[e] for e in (block.element, *block.element.iterancestors()) if e in place), len(path) - 1)
        held[at] += block.solid - block.linked
    return next((element for element, sum_so_far in zip(path, accumulate(held), strict=True) if sum_so_far >= share * sum(held)), path[-1])


def is_published(text: str) -> bool:
    """Whether a short line says when a page was published."""
    return len(text) <= 120 and bool(PUBLISHED.search(text)) and bool(_DAY.search(text))


def _without_link_edges(blocks: list[Block]) -> list[Block]:
    """Without the lines of links before and after the report (where one is, tools, neighbouring pages); links amid the report are its own."""
    core = [i for i, block in enumerate(blocks) if block.needed or (block.links < 0.3 and block.solid >= _PROSE)]
    if not core:
        return blocks
    return [block for i, block in enumerate(blocks) if core[0] <= i <= core[-1] or block.links < 0.35 or _ATTACHED.match(block.text)]


def _common(elements: Iterable[HtmlElement]) -> HtmlElement | None:
    """The lowest element that holds all of ``elements``."""
    common: list[HtmlElement] | None = None
    for element in elements:
        path = [element, *element.iterancestors()][::-1]
        if common is None:
            common = path
        elif path[: len(common)] != common:
            common = [a for a, b in zip(common, path, strict=False) if a is b]
    return common[-1] if common else None


_MARK = "data-place"


def _extracted(body: HtmlElement, blocks: list[Block]) -> list[HtmlElement]:
    """The elements with text of their own that the article extractor keeps; none where it fails or would take long."""
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").addHandler(logging.NullHandler())
    depth = sum(block.solid * sum(1 for _ in block.element.iterancestors()) for block in blocks)
    if sum(1 for _ in body.iter()) > _EXTRACTOR_ELEMENTS or depth > _EXTRACTOR_CHARACTERS:
        return []
    elements = list(body.iter())
    page = _skeleton(body)
    try:
        article = Document(page).summary()
    except Unparseable:
        return []
    places = [int(e.get(_MARK)) for e in document_fromstring(article).iter() if e.get(_MARK, "").isdigit() and _own_text(e)]
    return [elements[place] for place in places if place < len(elements)]


def _own_text(element: HtmlElement) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _skeleton(body: HtmlElement) -> HtmlElement:
    """A copy for the extractor: each element numbered, the attributes that do not count and the empty elements gone (it is slow on both)."""
    page: HtmlElement = document_fromstring("<html><body></body></html>")
    page.replace(page.body, twin := copy.deepcopy(body))
    twin.tail = None
    for place, element in enumerate(list(twin.iter())):
        if not isinstance(element.tag, str):
            continue
        kept = {name: element.get(name, "")[:100] for name in ("class", "id") if element.get(name)}
        if element.tag == "a":
            kept["href"] = "#"
        element.attrib.clear()
        element.attrib.update({**kept, _MARK: str(place)})
    for element in reversed(list(twin.iterdescendants())):
        if len(element) == 0 and not (element.text or "").strip() and element.tag != "br":
            element.drop_tree()
    return page
