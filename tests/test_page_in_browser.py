"""The page of ``gov-ie page`` in a browser: as a reader, with and without script, and somebody who writes markup into a report, would find it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from page_reports import LONG, all_reports, archive, report, township

from gov_ie import Report, to_page

pytest_plugins = ["chromium"]
Open = Callable[..., Any]

_IN_VIEW = """element => {
  const box = element.getBoundingClientRect(), frame = element.closest('.gi-text').getBoundingClientRect();
  return box.height > 0 && box.top >= Math.max(0, frame.top) - 1 && box.bottom <= Math.min(innerHeight, frame.bottom) + 1;
}"""


def shown_rows(page: Any) -> list[str]:
    return [row.inner_text() for row in page.locator("#index tbody tr:visible th a").all()]


def open_report(page: Any, name: str) -> Any:
    page.locator("#index").get_by_role("link", name=name).click()
    return page.locator(".report", has=page.locator("h2", has_text=name))


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_fact_leads_to_its_words(opened: Open, width: int, script: bool) -> None:
    """The words far below come into view, outlined; the report of a link in the index opens by itself."""
    page = opened(to_page(all_reports()), width=width, script=script)
    section = open_report(page, "松澜县档案馆")
    address = LONG.index("松澜县文澜路8号")
    words = page.locator(f"#r3-at-{address}-{address + 8}")
    assert words.inner_text().startswith("松澜县文澜路8号")
    assert not words.evaluate(_IN_VIEW)
    section.locator(f"a[href='#r3-at-{address}-{address + 8}']").click()
    page.wait_for_function(f"() => ({_IN_VIEW})(document.querySelector(':target'))") if script else page.wait_for_timeout(600)
    assert words.evaluate(_IN_VIEW)
    assert words.evaluate("element => [element.matches(':target'), getComputedStyle(element).outlineStyle]") == [True, "solid"]


def test_the_facts_stay_where_they_are_when_their_words_are_scrolled_to(opened: Open) -> None:
    page = opened(to_page([archive()]))
    open_report(page, "松澜县档案馆")
    row = page.locator("[id='r1-fact-contact.website']")
    before = row.bounding_box()
    row.get_by_role("link").click()
    page.wait_for_function(f"() => ({_IN_VIEW})(document.querySelector(':target'))")
    assert row.bounding_box() == before


def test_words_lead_back_to_their_fact(opened: Open) -> None:
    page = opened(to_page([archive()]))
    start = LONG.index("128条")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator(f"#r1-at-{start}-{start + 4}").click()
    fact = page.locator("[id='r1-fact-disclosure.total']")
    page.wait_for_function("() => (box => box.top >= 0 && box.bottom <= innerHeight)(document.getElementById('r1-fact-disclosure.total').getBoundingClientRect())")
    assert fact.evaluate("row => row.classList.contains('found')")


def test_back_goes_back(opened: Open) -> None:
    page = opened(to_page(all_reports()))
    open_report(page, "松澜县档案馆").locator(".gi-facts a").first.click()
    assert "#r3-at-" in page.url
    page.go_back()
    assert page.url.endswith("#r3")


def test_without_script_all_is_there(opened: Open) -> None:
    page = opened(to_page(all_reports()), script=False)
    assert shown_rows(page) == ["scan.rar", "松澜县档案馆", "望桥区教育局", "临汀乡2015年政府信息公开工作年度报告"]
    assert not page.locator("#controls").is_visible()
    assert page.locator("#index thead button").count() == 0
    assert "a RAR archive; unpack it first" in page.locator("#index").inner_text()
    page.locator("summary", has_text="临汀乡").click()
    assert "我乡主动公开政府信息" in page.locator(".report[open] .gi-text").inner_text()
    assert "not kept in JSON" in page.locator(".report", has_text="望桥区教育局").text_content()


def test_the_index_sorts(opened: Open) -> None:
    page = opened(to_page(all_reports()))
    order = {
        "Year": [["linting.txt", "songlan-2018.txt", "wangqiao-2022.jsonl", "scan.rar"], ["wangqiao-2022.jsonl", "songlan-2018.txt", "linting.txt", "scan.rar"]],
        "Lowest confidence": [["linting.txt", "songlan-2018.txt", "scan.rar", "wangqiao-2022.jsonl"], ["songlan-2018.txt", "linting.txt", "scan.rar", "wangqiao-2022.jsonl"]],
        "Level": [["songlan-2018.txt", "wangqiao-2022.jsonl", "scan.rar", "linting.txt"]] * 2,
        "Failed checks": [["songlan-2018.txt", "wangqiao-2022.jsonl", "scan.rar", "linting.txt"], ["wangqiao-2022.jsonl", "songlan-2018.txt", "scan.rar", "linting.txt"]],
    }
    for name, (first, second) in order.items():
        head = page.locator("#index th", has=page.get_by_role("button", name=name))
        states = []
        for wanted in (first, second, first):
            head.get_by_role("button").click()
            states.append(head.get_attribute("aria-sort"))
            files = [row.locator("th").inner_text().removesuffix("✗ cannot be read").split()[-1] for row in page.locator("#index tbody tr").all()]
            assert files == wanted
        assert sorted(set(states)) == ["ascending", "descending"]
        assert states[0] == states[2] == ("descending" if name == "Failed checks" else "ascending")
        assert page.locator("#index [aria-sort]").count() == 1
    page.get_by_role("button", name="Worst first").click()
    assert shown_rows(page)[:2] == ["scan.rar", "松澜县档案馆"]
    assert page.locator("#index [aria-sort]").count() == 0


@pytest.mark.parametrize(
    ("words", "failed", "found", "said"),
    [
        ("", False, 4, ""),
        ("  ", False, 4, ""),
        ("望桥", False, 1, "1 of 4 reports"),
        ("LINTING", False, 1, "1 of 4 reports"),
        ("归档备查", False, 1, "1 of 4 reports"),
        ("2018 档案馆", False, 1, "1 of 4 reports"),
        ("2018 望桥", False, 0, "0 of 4 reports"),
        (".*", False, 0, "0 of 4 reports"),
        ("", True, 1, "1 of 4 reports"),
        ("望桥", True, 0, "0 of 4 reports"),
    ],
)
def test_the_filter(opened: Open, words: str, failed: bool, found: int, said: str) -> None:
    page = opened(to_page(all_reports()))
    page.get_by_label("only with failed checks").set_checked(failed)
    page.get_by_label("Find").fill(words)
    page.wait_for_function("n => document.querySelectorAll('#index tbody tr:not([hidden])').length === n", arg=found)
    assert page.get_by_role("status").inner_text() == said
    assert page.locator(".report:visible").count() == found
    page.get_by_label("Find").press("Enter")
    assert page.get_by_role("status").inner_text() == said


def test_labels_of_the_page_are_not_searched(opened: Open) -> None:
    page = opened(to_page(all_reports()))
    for words, found in (("form", 1), ("业务动态", 1), ("songlan-dangan", 1), ("pieces", 0), ("none", 0), ("机关名称", 0), ("confidence", 0)):
        page.get_by_label("Find").fill(words)
        page.wait_for_function("n => document.querySelectorAll('#index tbody tr:not([hidden])').length === n", arg=found)
    assert "No report fits" in page.locator("#nothing").inner_text()
    page.get_by_role("button", name="Show all reports").click()
    assert len(shown_rows(page)) == 4
    assert not page.locator("#nothing").is_visible()


def test_no_failed_check_is_said(opened: Open) -> None:
    page = opened(to_page([township()]))
    page.get_by_label("only with failed checks").check()
    assert page.locator("#nothing").inner_text().startswith("No report has a failed check.")


def test_figures_are_not_broken_in_a_narrow_window(opened: Open) -> None:
    page = opened(to_page([archive()]), width=390)
    figures = page.locator(".gi-text .gi-figure")
    lines = figures.evaluate_all("all => all.map(figure => { const range = document.createRange(); range.selectNodeContents(figure); return new Set([...range.getClientRects()].map(box => box.top)).size; })")
    assert set(lines) == {1}
    assert len(lines) > 5


def test_a_mark_paints_no_blank_lines(opened: Open) -> None:
    page = opened(to_page([report("我镇目录更新\n \n　\n不够及时。", {"problems": [{"text": "目录更新不够及时"}]}, {"problems[0].text": ("目录更新\n \n　\n不够及时", 0.9)})]))
    page.locator(".gi-prose a").click()
    seen = page.locator(".gi-text .gi-mark").evaluate_all("all => all.map(mark => [mark.textContent.trim(), getComputedStyle(mark).backgroundColor !== 'rgba(0, 0, 0, 0)', getComputedStyle(mark).outlineStyle])")
    assert seen == [["目录更新", True, "solid"], ["", False, "none"], ["不够及时", True, "solid"]]


def test_duplicates_can_be_picked_out(opened: Open) -> None:
    assert opened(to_page(all_reports())).get_by_label("only duplicates").count() == 0
    page = opened(to_page([*all_reports(), archive()]))
    page.get_by_label("only duplicates").check()
    assert [row.locator("td").nth(1).inner_text() for row in page.locator("#index tbody tr:visible").all()] == ["1 of 2", "2 of 2"]
    page.get_by_label("only duplicates").uncheck()
    page.get_by_role("button", name="Duplicate").click()
    assert [row.locator("td").nth(1).inner_text() for row in page.locator("#index tbody tr").all()][:2] == ["1 of 2", "2 of 2"]


MARKUP = [
    "<script>window.pwned = 1</script>", "</script><script>window.pwned = 1</script>", "</style><style>body { display: none }</style>", "<img src=x onerror='window.pwned = 1'>", '"><svg onload=alert(1)>', "<!--",
    "' onmouseover=alert(1) x='", "javascript:alert(1)", "<meta http-equiv=refresh content='0;url=https://pwned.example'>", "<iframe srcdoc='<script>top.pwned = 1</script>'></iframe>", "<base href='https://pwned.example/'>", "\u202e<b>",
]  # fmt: skip


def hostile(words: str) -> Report:
    return report(
        f"{words}公开5条。\n", {"title": words, "organization": {"name": words}, "contact": {"website": words}, "measures": [{"text": words}], "tables": {"annex": {words: 5}}},
        {"organization.name": (words, 0.5), "measures[0].text": (words, 0.5), "tables.annex." + words: ("5条", 0.4)},
        checks=[{"rule": f"disclosure.total = {words}", "left": 1, "right": 2, "ok": False}], warnings=[words], source={"name": words},
    )  # fmt: skip


def test_markup_in_a_report_does_nothing(opened: Open) -> None:
    page = opened(to_page([*map(hostile, MARKUP), Report(source={"name": MARKUP[0], "error": MARKUP[3]})], title=MARKUP[1]))
    assert page.evaluate("[typeof pwned, document.scripts.length, document.styleSheets.length, document.querySelectorAll('main b b, img, svg, iframe, base, a:not([href^=\"#\"])').length]") == ["undefined", 1, 1, 0]
    assert page.locator(".report").count() == len(MARKUP) + 1
    assert page.title() == MARKUP[1]
    for summary in page.locator("summary:visible").all():
        summary.hover()
    page.get_by_label("Find").fill("<script>")
    page.wait_for_function("() => document.querySelectorAll('#index tbody tr:not([hidden])').length === 4")
    assert page.evaluate("typeof pwned") == "undefined"


@pytest.mark.parametrize("script", [True, False])
def test_right_to_left_overrides_do_not_turn_the_page_round(opened: Open, script: bool) -> None:
    page = opened(to_page([hostile("\u202eabc\u2067"), township()]), script=script)
    assert page.evaluate("document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069]/)") is None if script else True
    left = page.locator("#index tbody tr").nth(0).locator("th a").bounding_box()["x"]
    assert left == page.locator("#index tbody tr").nth(1).locator("th a").bounding_box()["x"]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window(opened: Open, width: int) -> None:
    page = opened(to_page([*all_reports(), hostile("长" * 300), hostile("x" * 300)]), width=width)
    for summary in page.locator(".report > summary").all():
        summary.click()
    assert page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]") == [width, width]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(opened: Open, width: int, dark: bool) -> None:
    Axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: pip install 'gov-ie[browser]'").Axe
    page = opened(to_page(all_reports()), width=width, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.get_by_role("button", name="Year").click()
    found = [violation for violation in Axe().run(page).response["violations"] if violation["impact"] in ("serious", "critical")]
    assert [(violation["id"], [node["html"][:200] for node in violation["nodes"][:3]]) for violation in found] == []


def test_it_can_be_used_with_the_keyboard(opened: Open) -> None:
    page = opened(to_page(all_reports()))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the reports"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    opened_report = page.locator("details.report[open]")
    assert opened_report.count() == 1
    assert page.locator("summary:focus-visible").evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
