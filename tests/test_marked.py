"""A marked text is sound HTML whose text content is the text, whatever the marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gov_ie.errors import GovIEError
from gov_ie.show.escape import BOX, escape, escape_text, is_control, visible
from gov_ie.show.marked import Mark, marked

_TEXTS = st.text(st.one_of(st.sampled_from("政府，。 \n\t\r<>&\"'％２🏛👩\u200d🔬𠮷\u202e\u2066\u2069\u200f\u0000\u001b\ufeff\u2028\u3164\ufffe\u0301"), st.characters()), max_size=40)


@st.composite
def _marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(_TEXTS)
    places = st.integers(0, len(text))
    borders = draw(st.lists(st.tuples(places, places).map(sorted), max_size=12))
    return text, [Mark(start, end, (f"m{i}",), label=draw(st.sampled_from(["", "ORG", '"><b>'])), id=f"id-{i}", title=draw(st.sampled_from([None, "a & b"]))) for i, (start, end) in enumerate(borders)]


def _parsed(html: str) -> etree._Element:
    """The fragment, read by a parser that forgives nothing: an element left open or closed at the wrong place is an error."""
    return etree.fromstring(f"<div>{html}</div>".encode())


def _content(element: etree._Element) -> str:
    return "".join(element.itertext())


@given(_marked_texts())
def test_tags_nest_and_the_content_is_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    root = _parsed(marked(text, marks))
    assert _content(root) == visible(text)
    for mark in marks:
        pieces = [e for e in root.iter("span") if (mark.kinds and f"gi-{mark.kinds[0]}") in e.get("class", "").split()]
        assert "".join(map(_content, pieces)) == visible(text[mark.start : mark.end])
        if pieces:
            words = [e for e in pieces if "gi-blank" not in e.get("class", "").split()] or pieces[:1]
            assert [e.get("id") for e in words] == [mark.id] + [None] * (len(words) - 1)
            assert [e.get("data-label") for e in words] == [None] * (len(words) - 1) + [visible(mark.label) or None]
            assert all(not _content(e).strip() and e.get("id") is None is e.get("data-label") for e in pieces if e not in words)


@given(_TEXTS)
def test_what_can_be_seen_stays_and_offsets_hold(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert [(old, new) for old, new in zip(text, visible(text), strict=True) if old != new and not (is_control(old) and new == BOX)] == []
    assert visible(visible(text)) == visible(text)
    for html in (escape(text), escape_text(text)):
        assert _content(_parsed(html)) == visible(text)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "云溪镇公开86条"),
        ([Mark(0, 3, ("body",), "ORG")], '<span class="gi-mark gi-body" data-label="ORG">云溪镇</span>公开86条'),
        ([Mark(0, 3, ("a",)), Mark(3, 5, ("b",))], '<span class="gi-mark gi-a">云溪镇</span><span class="gi-mark gi-b">公开</span>86条'),
        ([Mark(5, 8, ("in",)), Mark(0, 8, ("out",))], '<span class="gi-mark gi-out">云溪镇公开<span class="gi-mark gi-in">86条</span></span>'),
        ([Mark(0, 3, ("a",)), Mark(0, 3, ("b",))], '<span class="gi-mark gi-a"><span class="gi-mark gi-b">云溪镇</span></span>公开86条'),
        (
            [Mark(0, 5, ("a",)), Mark(3, 8, ("b",), "B", "x")],
            '<span class="gi-mark gi-a">云溪镇<span class="gi-mark gi-b gi-continues" id="x">公开</span></span><span class="gi-mark gi-b gi-continued" data-label="B">86条</span>',
        ),
        ([Mark(4, 4, ("empty",))], "云溪镇公开86条"),
    ],
    ids=["none", "one", "adjacent", "nested", "same", "crossing", "empty"],
)
def test_marks(marks: list[Mark], expected: str) -> None:
    assert marked("云溪镇公开86条", marks) == expected


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("公开86条", ["公开86条"]),
        ("公开\n86条", ["公开\n86条"]),
        ("公开\n\n　86条", ["公开", "\n\n", "　86条"]),
        ("公开 \n　\r\n \n86条\n\n全年", ["公开 ", "\n　\r\n \n", "86条", "\n\n", "全年"]),
        ("\n公开\n", ["\n", "公开", "\n"]),
        ("\n\n", ["\n\n"]),
    ],
)
def test_a_mark_leaves_blank_lines_out(text: str, pieces: list[str]) -> None:
    root = _parsed(marked(f"全年{text}信息", [Mark(2, 2 + len(text), ("a",), "A", "x")]).replace("&#13;", "&#xD;"))
    assert [_content(e) for e in root] == pieces
    if len(pieces) > 1:
        assert [_content(e) for e in root if "gi-blank" in e.get("class").split()] == [piece for piece in pieces if not piece.strip()]
    assert [e.get("id") for e in root].count("x") == [e.get("data-label") for e in root].count("A") == 1


@pytest.mark.parametrize(("start", "end"), [(0, 4), (-1, 2), (2, 1)])
def test_a_mark_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(GovIEError, match=f"from {start} to {end} .* of 3 characters"):
        marked("云溪镇", [Mark(start, end)])


@pytest.mark.parametrize(
    ("character", "said"),
    [("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("\u2069", "U+2069 POP DIRECTIONAL ISOLATE"), ("\u200f", "U+200F RIGHT-TO-LEFT MARK"), ("\u200b", "U+200B ZERO WIDTH SPACE"), ("\x1b", "U+001B"), ("\ud800", "U+D800")],
)
def test_a_control_is_a_box_that_tells_its_code_point(character: str, said: str) -> None:
    assert escape_text(f"甲{character}乙") == f'甲<span class="gi-control" title="{said}">▯</span>乙'


@pytest.mark.parametrize("text", ["一、主动公开\t１２件\n（２）", "👩🔬🏛️", "𠮷野家", "naïve ½ ％", "العربية", "葛\U000e0100城"])
def test_ordinary_text_stays(text: str) -> None:
    assert visible(text) == text
