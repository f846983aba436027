"""Forms as web pages: merged cells as in the form, and the mark-up that editors and Word leave in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from printing.layout import Block, Cell, Paragraph, Table
from printing.style import Style

_CSS = "body{font:16px/1.8 SimSun,serif;width:900px;margin:auto}table{border-collapse:collapse;width:100%}td,th{border:1px solid #333;padding:2px 4px}p{margin:0;text-indent:2em}td p{text-indent:0}"


def page(blocks: Sequence[Block], style: Style, rng: random.Random) -> str:
    """A page with the blocks in its body; in cells plain text, ``<p>`` or Word's ``<span>``, empty cells ``&nbsp;`` or nothing."""
    wrap = rng.choice((_plain, _paragraph, _word))
    empty, line_end = rng.choice(("", "&nbsp;", "&#160;")), rng.choice(("<br />", "<br>", "\n"))
    heads, upper = rng.random() < 0.3, rng.random() < 0.1
    title = next((escape(b.text) for b in blocks if isinstance(b, Paragraph) and b.role == "title"), "政府信息公开")
    parts = []
    for block in blocks:
        if isinstance(block, Table):
            parts.append(_table(block, style, wrap=wrap, empty=empty, line_end=line_end, heads=heads))
        else:
            parts.append(f"<h1>{escape(block.text)}</h1>" if block.role == "title" else f"<p>{'<strong>' * (block.role == 'heading')}{escape(block.text)}{'</strong>' * (block.role == 'heading')}</p>")
    body = ("\n" if rng.random() < 0.5 else "").join(parts)
    if upper:
        for name in ("table", "tbody", "tr", "td"):
            body = body.replace(f"<{name}", f"<{name.upper()}").replace(f"</{name}>", f"</{name.upper()}>")
    navigation = '<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div><script>var counts = [1, 2, 3];</script>' if rng.random() < 0.5 else ""
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title><style>{_CSS}</style></head><body>{navigation}<div class="article">{body}</div></body></html>\n'


def _plain(text: str) -> str:
    return text


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def _word(text: str) -> str:
    """As Word saves it: digits in spans of their own."""
    runs = (f'<span lang="EN-US">{"".join(run)}</span>' if digits else "".join(run) for digits, run in groupby(text, key=lambda c: c in "0123456789"))
    return f'<p class="MsoNormal" align="center" style="text-align:center"><span style="font-size:10.5pt">{"".join(runs)}</span></p>'


def _table(table: Table, style: Style, *, wrap: Callable[[str], str], empty: str, line_end: str, heads: bool) -> str:
    rows = []
    by_row = {row[0].row: row for row in table.rows()}
    for at in range(table.height):
        cells = []
        for cell in by_row.get(at, []):
            inner = wrap(line_end.join(escape(part, quote=False) for part in cell.text.split("\n"))) if cell.text else wrap("").replace("></", f">{empty}</", 1) or empty
            cells.append(_cell(cell, inner, "th" if heads and cell.role == "head" else "td", style))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1"><tbody>{"".join(rows)}</tbody></table>'


def _cell(cell: Cell, inner: str, name: str, style: Style) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
    colour = ' style="background:#c6d9f1"' if style.shaded and cell.role == "heading" else ""
    return f"<{name}{spans}{colour}>{inner}</{name}>"
