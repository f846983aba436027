"""The annotation form: text with labels in braces, read and written without losing a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.corpus.markup import AnnotatedText, Annotation, format_marked, parse
from gov_ie.errors import AnnotationError

A = Annotation


@pytest.mark.parametrize(
    ("marked", "text", "annotations"),
    [
        ("没有标注", "没有标注", []),
        ("", "", []),
        ("{ORG 平川县水利局}", "平川县水利局", [A(0, 6, "ORG")]),
        ("公开{COUNT:disclosed 86条}。", "公开86条。", [A(2, 5, "COUNT", ("disclosed",))]),
        ("{NULL:reviews,lawsuits 无复议、诉讼}", "无复议、诉讼", [A(0, 6, "NULL", ("reviews", "lawsuits"))]),
        ("{ORG 甲局}{YEAR 2013年}", "甲局2013年", [A(0, 2, "ORG"), A(2, 7, "YEAR")]),
        ("{MEASURE 开会{COUNT:meetings 3次}，{ORG 局办}牵头}", "开会3次，局办牵头", [A(0, 9, "MEASURE"), A(2, 4, "COUNT", ("meetings",)), A(5, 7, "ORG")]),
        ("{CHANNEL {ORG 市政府}}", "市政府", [A(0, 3, "CHANNEL"), A(0, 3, "ORG")]),
        ("{COUNT  12 条}", " 12 条", [A(0, 5, "COUNT")]),
        ("{DATE 2015年\r\n2月}", "2015年\r\n2月", [A(0, 9, "DATE")]),
        (r"集合\{甲，乙\}与\\路径", r"集合{甲，乙}与\路径", []),
        (r"{ORG \{某\}局}", "{某}局", [A(0, 4, "ORG")]),
        ("路径\\n不变", "路径\\n不变", []),
        ("😀{COUNT ３条}😀", "😀３条😀", [A(1, 3, "COUNT")]),
    ],
)
def test_reads(marked: str, text: str, annotations: list[Annotation]) -> None:
    found = parse(marked)
    assert found.text == text
    assert list(found.annotations) == annotations


@pytest.mark.parametrize(
    ("marked", "offset", "message"),
    [
        ("正文{ORG 平川县", 2, "never closed"),
        ("正文}", 2, "closes nothing"),
        ("一{ORG }二", 1, "holds no text"),
        ("一{甲局}", 1, "opens no label"),
        ("一{ORG甲局}", 1, "opens no label"),
        ("一{org 甲局}", 1, "opens no label"),
        ("一{COUNT:Disclosed 3条}", 1, "opens no label"),
        ("一{COUNT: 3条}", 1, "opens no label"),
        ("{MEASURE {COUNT 3条}", 0, "never closed"),
    ],
)
def test_says_where_the_form_is_broken(marked: str, offset: int, message: str) -> None:
    with pytest.raises(AnnotationError, match=message) as caught:
        parse(marked)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "annotations",
    [[A(0, 3, "ORG"), A(2, 5, "YEAR")], [A(0, 9, "ORG")], [A(3, 3, "ORG")], [A(-1, 2, "ORG")], [A(4, 2, "ORG")]],
    ids=["crossing", "beyond the end", "empty", "before the start", "backwards"],
)
def test_refuses_to_write_what_braces_cannot_say(annotations: list[Annotation]) -> None:
    with pytest.raises(AnnotationError):
        format_marked("平川县水利局", annotations)


def test_of_keeps_the_order_of_the_text() -> None:
    content = parse("{YEAR 2013年}{ORG 甲局}{MEASURE 开会{COUNT 3次}}{ORG 乙局}")
    assert [content.text[a.start : a.end] for a in content.of(["ORG", "COUNT"])] == ["甲局", "3次", "乙局"]


# A report as a tree: plain pieces, and labelled nodes that hold pieces and nodes.
_PLAIN = st.text(st.sampled_from("公开信息86条，。 \r\n\t　{}\\nORG:“》８😀𠮷é"), min_size=1, max_size=6)
_LABELS = st.sampled_from(["ORG", "COUNT", "MEASURE", "NULL", "CHANNEL"])
_ROLES = st.lists(st.sampled_from(["received", "fees_charged", "reviews"]), max_size=2, unique=True).map(tuple)
_TREES = st.recursive(_PLAIN, lambda inner: st.tuples(_LABELS, _ROLES, st.lists(inner, min_size=1, max_size=3)), max_leaves=12)


def _flatten(node, at: int = 0) -> tuple[str, list[Annotation]]:  # type: ignore[no-untyped-def]
    if isinstance(node, str):
        return node, []
    label, roles, children = node
    text, inner = "", []
    for child in children:
        piece, below = _flatten(child, at + len(text))
        text += piece
        inner += below
    return text, [Annotation(at, at + len(text), label, roles), *inner]


@given(st.lists(_TREES, max_size=4))
def test_written_and_read_again_is_the_same(nodes: list) -> None:
    text, annotations = "", []
    for node in nodes:
        piece, below = _flatten(node, len(text))
        text += piece
        annotations += below
    assert parse(format_marked(text, annotations)) == AnnotatedText(text, tuple(annotations))


@given(st.lists(_TREES, max_size=4))
def test_without_the_braces_the_text_is_left(nodes: list) -> None:
    text, annotations = "", []
    for node in nodes:
        piece, below = _flatten(node, len(text))
        text += piece
        annotations += below
    bare = format_marked(text, [])
    assert parse(bare).text == text
    assert len(format_marked(text, annotations)) == len(bare) + sum(len(f"{{{a.label} }}") + (len(":" + ",".join(a.roles)) if a.roles else 0) for a in annotations)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(marked: str) -> None:
    content, place = None, None
    try:
        content = parse(marked)
    except AnnotationError as error:
        place = error.offset
    if content is None:
        assert place in range(len(marked))
    else:
        assert parse(format_marked(content.text, content.annotations)) == content
