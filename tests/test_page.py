"""The page that ``gov-ie page`` writes, as a document; ``test_page_in_browser.py`` opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import html
from page_reports import LONG, all_reports, archive, form, report, township, unreadable
from typer.testing import CliRunner

import gov_ie.show.page
from gov_ie import GovIEError, Report, to_frame, to_page, write_page
from gov_ie.cli import app
from gov_ie.errors import ReadError
from gov_ie.export.files import to_json_line
from gov_ie.export.stored import is_stored, read_stored
from gov_ie.forms.annex import annex_form
from gov_ie.places import Place
from gov_ie.reading import Source, read_all
from gov_ie.show.page_repeats import Issue, repeats

CHECKS = [{"rule": f"rule {i}", "left": 1, "right": 1 + (i == 0), "ok": i > 0} for i in range(3)]


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8")) if isinstance(page, bytes) else html.document_fromstring(page)


def table(page: str) -> list[list[str]]:
    """The index, a list of the cells' texts a row, the head first."""
    (index,) = parsed(page).xpath("//table[@id='index']")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in index.xpath(".//tr")]


def named(name: str, confidence: dict[str, float], checks: int = 0, error: str | None = None) -> Report:
    return Report(organization={"name": name}, confidence=confidence, checks=CHECKS[:checks], source={"name": name} | ({"error": error} if error else {}))


def test_the_index_tells_the_worst_first() -> None:
    reports = [named("sure", {"year": 0.9}), named("doubtful", {"year": 0.4}), named("failed", {"year": 0.99}, checks=2), named("empty", {}), named("broken", {}, error="damaged")]
    rows = table(to_page(reports))
    assert [row[0] for row in rows[1:]] == ["broken broken ✗ cannot be read", "failed failed", "empty empty", "doubtful doubtful", "sure sure"]


def test_the_index_keeps_nought_and_nothing_apart() -> None:
    head, *rows = table(to_page(all_reports()))
    assert head == ["Report", "Year", "Failed checks", "Lowest confidence", "Below 0.80", "Values", "Read from", "Level", "Notes"]
    none = "– none"
    assert rows == [
        ["scan.rar ✗ cannot be read", none, none, none, none, none, none, none, "reports/scan.rar: a RAR archive; unpack it first"],
        ["松澜县档案馆 songlan-2018.txt", "2018", "✗ 1 of 2", "0.61", "2", "14", "text", "county", "⚠ 1 warning"],
        ["望桥区教育局 wangqiao-2022.jsonl", "2022", "0 of 1", none, "0", "0", "form", "county", ""],
        ["临汀乡2015年政府信息公开工作年度报告 linting.txt", "2015", none, "0.55", "1", "3", "text", none, ""],
    ]
    assert "Level" not in table(to_page([township()]))[0]


def test_every_link_has_its_target_and_every_id_is_used_once() -> None:
    page = parsed(to_page([archive(), township(), archive(), form(), unreadable()]))
    ids = page.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    links = page.xpath("//a/@href")
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)
    start = LONG.index("128条")
    assert [f"r{n}-at-{start}-{start + 4}" in ids for n in (1, 2, 3)] == [True, False, True]


def test_the_whole_text_is_there() -> None:
    page = parsed(to_page([archive()]))
    said = re.sub(r"\s", "", page.xpath("//*[@class='read']")[0].text_content())
    assert all(line in said for line in ("局机关定期更新目录，遇有疑问由办公室会同法规科研究答复", "联系地址：松澜县文澜路8号"))
    assert said.count("归档备查") == LONG.count("归档备查") == 60


def test_the_policy_allows_the_two_inline_blocks_and_nothing_else() -> None:
    page = to_page(all_reports())
    tree = parsed(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    for name in ("style", "script"):
        (block,) = re.findall(rf"<{name}>(.*?)</{name}>", page, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert directives[f"{name}-src"] == f"'sha256-{digest}'"
    assert set(directives) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    assert tree.xpath("//@style | //@*[starts-with(name(), 'on')] | //@src | //link | //iframe | //object | //img") == []


NASTY = [
    "<script>window.pwned = 1</script>", "</script><script>pwned()</script>", "</style><img src=x onerror=pwned()>", "<!--", "-->", "]]>", "<![CDATA[", '"><svg onload=pwned()>', "' autofocus onfocus=pwned() x='",
    "javascript:pwned()", "&lt;b&gt;", "&#x3c;script>", "</details></main><h1>", "<base href=//evil.example>", "\x00<b>", "﻿", "\u202e文件.exe", "\u2066a\u2069", "\ud800", "<a href='http://evil.example'>",
]  # fmt: skip


def everywhere(words: str) -> Report:
    """A report that says ``words`` in every place where a report or a file can say something."""
    text = f"{words}2013年，公开{words}5条。"
    return report(
        text,
        {
            "title": words, "organization": {"name": words}, "year": 2013, "contact": {"website": words, "address": words}, "published": words, "regulations": [words], "measures": [{"text": words}],
            "disclosure": {"by_category": [{"name": words, "count": 5}]}, "tables": {"annex": {words: 5}},
        },
        {"organization.name": (words, 0.5), "disclosure.by_category[0].count": ("5条", 0.5), "measures[0].text": (words, 0.4)},
        checks=[{"rule": f"disclosure.total = {words}", "left": 1, "right": 2, "ok": False, "evidence": [{"start": 0, "end": len(words), "text": words}]}], warnings=[words],
        source={"name": words, "path": words},
    )  # fmt: skip


def skeleton(page: str) -> list[tuple[str, list[str]]]:
    """Elements and their attributes' names: what a report must not be able to change. Boxes in place of invisible controls aside."""
    return [(element.tag, sorted(element.attrib)) for element in parsed(page).iter() if isinstance(element.tag, str) and element.get("class") != "gi-control"]


def comments(page: str) -> list[str]:
    return [str(element) for element in parsed(page).iter() if not isinstance(element.tag, str)]


@pytest.mark.parametrize("words", NASTY)
def test_no_report_can_add_markup(words: str) -> None:
    page = to_page([everywhere(words), Report(source={"name": words, "error": words})], title=words)
    harmless = to_page([everywhere("词" * len(words)), Report(source={"name": "词", "error": "词"})], title="词")
    assert skeleton(page) == skeleton(harmless)
    assert comments(page) == []
    page.encode()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\0]", page)


@given(st.text(alphabet=st.one_of(st.sampled_from("<>&'\"/!-=\\`;# \n\t\r\u202e"), st.characters()), min_size=1, max_size=12).filter(lambda words: words.strip()))
def test_no_text_can_add_markup(words: str) -> None:
    assume(everywhere(words).place.level is None)  # the index has a column for it
    assume(annex_form().indicator(words) is None)  # a cell of it has a unit
    assert skeleton(to_page([everywhere(words)])) == skeleton(to_page([everywhere(re.sub("[^ \t\r\n\u3000\u00a0]", "词", words))]))  # blank lines part a mark


def test_a_website_is_no_link() -> None:
    assert parsed(to_page([archive()])).xpath("//a[not(starts-with(@href, '#'))]") == []


def test_languages_and_headings() -> None:
    page = parsed(to_page(all_reports()))
    assert page.xpath("/html/@lang") == ["en"]
    assert {a.text_content(): a.get("lang") for a in page.xpath("//tbody//th[@scope='row']/a")}["松澜县档案馆"] == "zh"
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert levels.count(1) == 1


def test_one_report_is_open_and_of_several_none_is() -> None:
    assert [len(parsed(to_page(reports)).xpath("//details[contains(@class, 'report')][@open]")) for reports in ([archive()], [archive(), township()])] == [1, 0]


def test_no_reports_make_a_page_that_says_so() -> None:
    assert "0 reports" in parsed(to_page([])).text_content()


def test_a_page_that_no_browser_opens_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gov_ie.show.page, "MAX_BYTES", 2_000)
    with pytest.raises(GovIEError, match=r"after 1 reports .* several pages"):
        to_page(archive() for _ in range(3))


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert write_page([archive()], target, title="馆") == target.stat().st_size
    before = target.read_bytes()

    def breaking() -> Iterator[Report]:
        yield township()
        raise GovIEError("the third file")

    with pytest.raises(GovIEError, match="the third file"):
        write_page(breaking(), target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(GovIEError, match=r"no/page\.html: cannot be written"):
        write_page([], tmp_path / "no" / "page.html")


@pytest.mark.parametrize(
    ("name", "content", "stored"),
    [
        ("facts.jsonl", to_json_line(township()), True),
        ("FACTS.JSONL", "\n\n" + to_json_line(township()), True),
        ("facts.json", to_json_line(township()), False),
        ("rows.jsonl", json.dumps({"title": "甲", "text": "乙"}), False),
        ("rows.jsonl", json.dumps({**json.loads(to_json_line(township())), "text": "乙"}), False),
        ("rows.jsonl", json.dumps({"title": "甲", "source": "乙"}), False),
        ("rows.jsonl", "[1]", False),
        ("rows.jsonl", "not JSON", False),
        ("facts.jsonl", "not JSON\n{\n" + "[" * 100_000 + "\n" + to_json_line(township()), True),
        ("rows.jsonl", "not JSON\n" + json.dumps({"title": "甲", "text": "乙"}), False),
        ("rows.jsonl", "", False),
        ("rows.jsonl", b"\xff\xfe\x00", False),
        ("rows.jsonl", "[" * 100_000, False),
    ],
)
def test_stored_facts_are_told_from_rows_with_texts(tmp_path: Path, name: str, content: str | bytes, stored: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert is_stored(path) is stored


def test_stored_facts_are_read_back_and_broken_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text("\n".join([to_json_line(archive()), "{", '{"year": "soon"}', "", to_json_line(unreadable()), to_json_line(form())]), encoding="utf-8")
    told: list[tuple[str, ReadError]] = []
    reports = list(read_stored(path, lambda file, error: told.append((file.name, error))))
    assert [reports[0], reports[4]] == [archive(), form()]
    assert [name for name, _ in told] == ["facts.jsonl#2", "facts.jsonl#3", "facts.jsonl#5"]
    assert [str(error) for _, error in told] == [r.source["error"] for r in reports[1:4]]
    assert str(told[0][1]) == f"{path}: line 2 is not valid JSON (Expecting property name enclosed in double quotes, column 2); delete the line, or write the file anew with 'gov-ie extract -o'"
    assert str(told[1][1]).startswith(f"{path}: line 3 holds no stored facts, year: Input should be a valid integer")


def test_the_command_with_stored_facts(tmp_path: Path) -> None:
    facts, output = tmp_path / "facts.jsonl", tmp_path / "out.html"
    facts.write_text("".join(to_json_line(r) + "\n" for r in (form(), archive())), encoding="utf-8")
    result = CliRunner().invoke(app, ["page", str(facts), "-o", str(output), "--title", "两个机关"])
    assert (result.exit_code, result.output) == (0, "")
    page = parsed(output.read_text(encoding="utf-8"))
    assert page.xpath("//h1")[0].text_content() == "两个机关"
    assert [row[0] for row in table(output.read_text(encoding="utf-8"))[1:]] == ["松澜县档案馆 songlan-2018.txt", "望桥区教育局 wangqiao-2022.jsonl"]


def test_the_command_names_the_broken_lines_of_stored_facts(tmp_path: Path) -> None:
    facts, output = tmp_path / "facts.jsonl", tmp_path / "out.html"
    facts.write_text(to_json_line(form())[:80] + "\n" + to_json_line(archive()) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["page", str(facts), "-o", str(output)])
    assert result.exit_code == 1
    assert f"gov-ie: {facts}: line 1 is not valid JSON (" in result.output
    assert len(table(output.read_text(encoding="utf-8"))) == 3


def test_the_command_tells_a_large_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, output = tmp_path / "facts.jsonl", tmp_path / "out.html"
    facts.write_text(to_json_line(archive()), encoding="utf-8")
    monkeypatch.setattr(gov_ie.show.page, "LARGE", 1_000)
    result = CliRunner().invoke(app, ["page", str(facts), "-o", str(output)])
    assert result.exit_code == 0
    assert re.search(r"out\.html: 0\.\d MB; beyond .* make several pages", result.output)
    assert len(table(output.read_text(encoding="utf-8"))) == 2


def test_the_command_with_files(model_folder: Path, tmp_path: Path) -> None:
    folder, output = tmp_path / "reports", tmp_path / "out.html"
    folder.mkdir()
    (folder / "a.txt").write_text(LONG, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"Rar!\x1a\x07\0...")
    (folder / "rows.csv").write_text("题名,全文\n临汀乡2015年政府信息公开工作年度报告,2015年，我乡主动公开政府信息36条。\n", encoding="utf-8")
    (folder / "facts.jsonl").write_text(to_json_line(form()), encoding="utf-8")
    result = CliRunner().invoke(app, ["page", str(folder), "-o", str(output), "--model", str(model_folder), "--text-column", "全文", "--title-column", "题名"])
    assert result.exit_code == 1
    (complaint,) = result.output.splitlines()
    assert "b.txt" in complaint
    page = output.read_text(encoding="utf-8")
    rows = table(page)[1:]
    assert {row[0].removesuffix(" ✗ cannot be read").split()[-1] for row in rows} == {"a.txt", "b.txt", "rows.csv#1", "wangqiao-2022.jsonl"}
    assert complaint.removeprefix("gov-ie: ") in rows[0][-1]
    assert "局机关定期更新目录" in page


@pytest.mark.parametrize(
    ("bodies", "expected", "different"),
    [
        ([], [], 0),
        ([("平川县水利局", 2013), ("平川县教育局", 2013)], [None, None], 2),
        ([("平川县水利局", 2013), ("平川县水利局", 2014)], [None, None], 2),
        ([("平川县水利局", 2013), ("平川县教育局", 2013), ("平川县 水利局", 2013)], [(1, 2, 0), None, (2, 2, 0)], 2),
        ([("平川县水利局", None), ("平川县水利局", None), (None, 2013), (None, 2013)], [None] * 4, 0),
    ],
)
def test_reports_of_one_body_and_year_are_told(bodies: list[tuple[str | None, int | None]], expected: list[tuple[int, int, int] | None], different: int) -> None:
    assert repeats([Issue(body, year, Place()) for body, year in bodies]) == (expected, different)


def test_the_index_marks_duplicates_as_the_panel_does() -> None:
    def made(name: str | None, year: int | None, file: str, address: str | None = None) -> Report:
        return Report(organization={"name": name}, year=year, contact={"address": address}, source={"name": file})

    reports = [
        made("平川县水利局", 2013, "a"), made("平川县水利局", 2014, "b"), made("平川县 水利局", 2013, "c"), made(None, 2013, "d"), made("平川县水利局", None, "e"),
        made("鼓楼区水务局", 2016, "f", "南京市鼓楼区新桥路8号"), made("鼓楼区水务局", 2016, "g", "徐州市鼓楼区新桥路8号"), made("鼓楼区水务局", 2016, "h", "徐州市鼓楼区新桥路8号"),
    ]  # fmt: skip
    page = to_page(reports)
    head, *rows = table(page)
    told = {row[0].split()[-1]: row[head.index("Duplicate")] for row in rows}
    frame = to_frame(reports)
    assert told == {name: f"{place} of {count}" if count > 1 else "– none" for name, place, count in zip("abcdefgh", frame["duplicate"], frame["duplicate.count"].fillna(0), strict=True)}
    assert list(told.values()).count("2 of 2") == 2
    assert "8 reports with 0 values; 6 of them of 4 different bodies and years, 2 that do not state both" in parsed(page).xpath("//header/p")[0].text_content()
    assert "Duplicate" not in table(to_page(reports[:2]))[0]


def test_what_is_noted_on_a_file_is_said_once_and_is_no_warning(tmp_path: Path) -> None:
    rows, misnamed = tmp_path / "rows.csv", tmp_path / "page.doc"
    rows.write_text("题名,正文\n" + "".join(f"{name}2015年政府信息公开工作年度报告,2015年，我乡主动公开政府信息36条。\n" for name in ("临汀乡", "望桥乡")), encoding="utf-8")
    misnamed.write_text("<html><body><p>2015年，我乡的政府信息公开工作：主动公开政府信息36条，收到申请0件。</p></body></html>", encoding="utf-8")
    reports = [report(source.text, {"title": source.name}, {}, source={"name": source.name, "path": source.path}, warnings=list(source.warnings)) for source in read_all([rows, misnamed]) if isinstance(source, Source)]
    reports[0].warnings.append("the text looks garbled")
    page = parsed(to_page(reports))
    (notes,) = page.xpath("//details[@class='notes']")
    assert [" ".join(item.text_content().split()) for item in notes.xpath(".//li")] == [
        "page.doc (1 report): the file is named .doc, but is HTML; it was read as that",
        "rows.csv (2 reports): columns guessed: the text from “正文”, the title from “题名”",
    ]
    assert sorted(row[-1] for row in table(to_page(reports))[1:]) == ["", "", "⚠ 1 warning"]
    assert [item.text_content() for item in page.xpath("//*[@class='gi-warnings']/li")] == ["the text looks garbled"]
    assert page.xpath("count(//*[@class='gi-notes']/li)") == 3


def test_bodies_of_one_name_in_different_places_are_no_repeats() -> None:
    places = [Report(organization={"name": "鼓楼区水务局"}, year=2016, contact={"address": f"{city}鼓楼区新桥路8号"}).place for city in ("南京市", "徐州市")]
    assert repeats([Issue("鼓楼区水务局", 2016, place) for place in places]) == ([None, None], 2)
