"""``{show} WORDS``: what a piece of Python gives, drawn as in a notebook: a report, an explanation, a comparison, a plot. And a page of the example reports beside the documentation."""

from __future__ import annotations

import ast
import base64
import html
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).parents[2]
#: What ``looking.md`` links to.
PAGE = "example-page.html"


@contextmanager
def in_checkout() -> Iterator[None]:
    """Work in the checkout, whose ``examples/`` the pieces read."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        yield
    finally:
        os.chdir(before)


def value_of(code: str) -> Any:
    """Run a piece of Python; the value of its last line, an expression."""
    tree = ast.parse(code)
    last = tree.body.pop()
    if not isinstance(last, ast.Expr):
        raise ValueError("the last line is no expression: there is nothing to show")
    names: dict[str, Any] = {}
    with in_checkout():
        exec(compile(tree, "<show>", "exec"), names)
        return eval(compile(ast.Expression(last.value), "<show>", "eval"), names)


def as_html(value: Any, words: str) -> str:
    """A value as HTML; ``words`` say what it shows to whom cannot see it."""
    if hasattr(value, "_repr_html_"):
        return f'<div class="shown" role="group" aria-label="{html.escape(words)}">{value._repr_html_()}</div>'
    import matplotlib

    stream = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "gov_ie"}):
        value.figure.savefig(stream, format="svg", metadata={"Date": None})
    return f'<figure class="shown"><img alt="{html.escape(words)}" src="data:image/svg+xml;base64,{base64.b64encode(stream.getvalue()).decode()}"></figure>'


class Show(SphinxDirective):
    """The argument says in words what is shown; the content is Python."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The value of the content, as HTML."""
        return [nodes.raw("", as_html(value_of("\n".join(self.content)), self.arguments[0]), format="html")]


def write_example_page(app: Sphinx, error: Exception | None) -> None:
    """Put :data:`PAGE` beside the pages, as ``gov-ie page`` writes it."""
    if error is not None or app.builder.format != "html":
        return
    import gov_ie

    with in_checkout():
        gov_ie.write_page(gov_ie.extract_many(["examples/report.txt", "examples/form.html", "examples/reports.csv"]), Path(app.outdir) / PAGE, "Example reports")


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known."""
    app.add_directive("show", Show)
    app.connect("build-finished", write_example_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
