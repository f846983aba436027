"""``{repository} FILE``: a Markdown file of the repository, or a part of it, on a page of the documentation; its links to files that are no pages become their words."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).parents[2]
#: Files that are pages here.
PAGES = {"CONTRIBUTING.md": "contributing.md", "DESIGN.md": "design.md", "CHANGELOG.md": "changelog.md", "annotations/README.md": "labels.md"}
_LINK = re.compile(r"\[([^\]\n]*)\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_FENCED = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)


def part_of(text: str, start: str | None, before: str | None) -> str:
    """What stands between two strings that have to be there, ``start`` included.

    Raises:
        ValueError: one of them is not there; a file that was rewritten must not lose its place here in silence.
    """
    at = 0 if start is None else text.index(start)
    return text[at:] if before is None else text[at : text.index(before, at)]


def with_links_here(text: str, file: str) -> str:
    """The links of a file as links between pages; to files that are none, as plain words."""

    def link(found: re.Match[str]) -> str:
        words, target, anchor = found[1], found[2], found[3] or ""
        if not target:
            return found[0]
        page = PAGES.get(normpath(join(dirname(file), target)))
        return f"[{words}]({page}{anchor})" if page else words

    return _LINK.sub(link, text)


class Repository(SphinxDirective):
    """Options: ``from``, the words the part begins with, and ``before``, those behind it; ``level`` of its widest headings."""

    required_arguments = 1
    option_spec = {"from": directives.unchanged, "before": directives.unchanged, "level": directives.positive_int}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """The part, parsed as Markdown."""
        file = self.arguments[0]
        path = ROOT / file
        self.env.note_dependency(str(path))
        text = path.read_text(encoding="utf-8")
        try:
            text = part_of(text, self.options.get("from"), self.options.get("before"))
        except ValueError:
            raise self.error(f"{file} has no {self.options}") from None
        return parsed(self, with_links_here(text, file))


def parsed(directive: SphinxDirective, text: str) -> list[nodes.Node]:
    """Markdown as nodes; its headings are sections of the page, the widest at the level that the option ``level`` says (1 is the page's title)."""
    level = directive.options.get("level", 1)
    outside = _FENCED.sub("", text)
    if levels := [len(found) for found in _HEADING.findall(outside)]:
        shift = level - min(levels)
        text = "".join(part if part.startswith("```") else _HEADING.sub(lambda found: "#" * (len(found[1]) + shift) + " ", part) for part in _FENCED.split(text))
    node = nodes.Element()
    node.document = directive.state.document
    directive.state.nested_parse(StringList(text.splitlines(), "generated"), 0, node, match_titles=True)
    return list(node.children)


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known."""
    app.add_directive("repository", Repository)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
