"""The documentation: its examples run and give what they show, its messages are the real ones, and it builds without a warning into pages that load nothing from elsewhere."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from snippets import ELSEWHERE, blocks, commands_in, make_checkout, run, shows
from typer.testing import CliRunner

import gov_ie
from gov_ie.cli import app
from gov_ie.export.dictionary import LAYOUTS
from gov_ie.fields import FIELDS
from gov_ie.forms import FORM_IDS, load_form
from gov_ie.labels import ENTITY_LABELS, NAME_LABELS, ROLE_FIELDS, UNIT_LABELS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: A page for each different run of examples: pages in two languages have the same.
PAGES = sorted({tuple(blocks(page)): page.name for page in sorted(DOCS.glob("*.md"), reverse=True) if blocks(page)}.values())


@pytest.fixture
def checkout(model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_checkout(tmp_path))
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_examples(page: str, checkout: Path) -> None:
    """The blocks of a page run one after the other, in one folder."""
    names: dict[str, Any] = {}
    for block in blocks(DOCS / page):
        if block.language == "python":
            ran = run(block.body, names, name=page)
            assert [real for _, real in ran.values] == [shown for shown, _ in ran.values]
            assert (block.printed is None) == (not ran.printed), ran.printed
            assert shows(block.printed or "", ran.printed) is None, ran.printed
            continue
        for command, shown in commands_in(block.body):
            if not ELSEWHERE.match(command):
                name, *arguments = shlex.split(command)
                assert name == "gov-ie", command
                result = CliRunner().invoke(app, arguments)
                assert result.exit_code == 0, f"{command}\n{result.output}{result.exception!r}"
                assert shows(shown, result.stdout) is None, result.stdout


# The pages as built

#: Attributes whose address a browser loads by itself.
_LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src", "video": "src", "audio": "src", "object": "data", "embed": "src", "image": "href"}
_FROM_ELSEWHERE = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//")


class Page(HTMLParser):
    """The addresses that a page loads and links to, its ids, its language, and the code in its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.language: str | None = None
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.ids |= {found["id"]} if found.get("id") else set()
        self.language = found.get("lang") if tag == "html" else self.language
        if tag == "a":
            self.links.append(found.get("href") or "")
        elif tag in _LOADED and found.get("rel") not in ("next", "prev", "search", "index"):
            self.loads.append(found.get(_LOADED[tag]) or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="session")
def site(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built as ``make docs`` does: any warning is an error."""
    pytest.importorskip("sphinx")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run([sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "trees"), str(DOCS), str(folder / "html")], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    return {page.name: Page(page.read_text(encoding="utf-8")) for page in site.glob("*.html")}


def test_every_page_is_built(pages: dict[str, Page]) -> None:
    assert {f"{page.stem}.html" for page in DOCS.glob("*.md")} <= pages.keys()


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[str, Page]) -> None:
    assert [(name, address) for name, page in pages.items() for address in page.loads if re.match(r"(?:https?:)?//", address)] == []
    styles = [*site.rglob("*.css"), *site.glob("*.html")]
    assert len(styles) > 20
    assert [str(file) for file in styles if _FROM_ELSEWHERE.search(file.read_text(encoding="utf-8"))] == []


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for name, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if re.match(r"https?:|mailto:", link) or (target and not target.endswith(".html") and (site / target).is_file()):
                continue
            there = pages.get(target or name)
            if there is None or (anchor and anchor not in there.ids and name != "example-page.html"):
                broken.append((name, link))
    assert broken == []


def test_every_command_and_its_options_are_there(pages: dict[str, Page]) -> None:
    sections = dict(re.findall(r"\ngov-ie ([a-z]+)#\n(.*?)(?=\ngov-ie [a-z]+#\n|$)", "".join(pages["commands.html"].words), re.DOTALL))
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert len(names) > 5
    assert list(sections) == names
    for name in names:
        told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", CliRunner().invoke(app, [name, "--help"]).stdout)) - {"--help"}
        assert told == set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", sections[name])), name


def test_the_accuracy_is_that_of_the_readme(pages: dict[str, Page]) -> None:
    scores = (ROOT / "README.md").read_text(encoding="utf-8").partition("<!-- scores -->")[2].partition("<!-- /scores -->")[0]
    figures = re.findall(r"\b[01]\.\d{3}\b", scores)
    assert len(figures) > 40
    assert [figure for figure in figures if figure not in "".join(pages["accuracy.html"].words)] == []


def test_both_languages_have_the_same_examples() -> None:
    assert blocks(DOCS / "start.zh.md") == blocks(DOCS / "start.md")


def test_the_chinese_page_says_that_it_is_chinese(pages: dict[str, Page]) -> None:
    assert pages["start.zh.html"].language == "zh-CN"
    assert pages["start.html"].language == "en"


def test_every_field_and_every_column_has_its_row(pages: dict[str, Page]) -> None:
    words = set(pages["fields.html"].words)
    text = "\n".join(pages["fields.html"].words)
    assert {path for path in FIELDS if path not in words} == set()
    assert {field.term for field in FIELDS.values() if field.term not in text} == set()
    assert {column.name for layout in LAYOUTS.values() for column in layout.columns} <= words


def test_every_row_of_every_form_is_there(pages: dict[str, Page]) -> None:
    words = set(pages["forms.html"].words)
    for edition in FORM_IDS:
        form = load_form(edition)
        rows = [*form.applications.rows, *(row for section in form.disclosure.sections for row in section.rows)]
        assert {row.label for row in rows} <= words
        assert {f"tables.applications.{row.key}" for row in form.applications.rows} <= words
        assert {f"tables.{block.key}" for block in form.proceedings.blocks} <= words


def test_every_label_stands_in_the_guideline_and_every_role_with_its_field(pages: dict[str, Page]) -> None:
    words = set(pages["labels.html"].words)
    assert {*ENTITY_LABELS, *UNIT_LABELS, *NAME_LABELS} - {label for word in words for label in re.findall("[A-Z]+", word)} == set()
    assert {*ROLE_FIELDS, *ROLE_FIELDS.values()} <= words


def test_every_public_name_is_documented(pages: dict[str, Page]) -> None:
    ids = pages["api.html"].ids
    homes = {getattr(getattr(gov_ie, name), "__module__", "gov_ie") for name in gov_ie.__all__}
    assert {name for name in gov_ie.__all__ if name != "__version__" and not any(f"{home}.{name}" in ids for home in ("gov_ie", *homes))} == set()


def test_chinese_words_are_found(site: Path) -> None:
    index = json.loads((site / "searchindex.js").read_text(encoding="utf-8").removeprefix("Search.setIndex(").removesuffix(")"))
    assert {"不予公开", "公开"} <= index["terms"].keys()  # a cell, and two characters of it: the search page finds parts only of three or more
